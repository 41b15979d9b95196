"""``doctor``: what this machine and this environment can do, each line found out now."""

from __future__ import annotations

import importlib.metadata
import json
import platform
from typing import cast

import click
import psutil

from model_runtime import __version__, store
from model_runtime.contract import CopGenError, UsageError
from model_runtime.failures import INTERNAL_ERROR, as_failure

PACKAGES = (
    "torch",
    "diffusers",
    "numpy",
    "rasterio",
    "pyproj",
    "odc-geo",
    "onnxruntime",
    "onnxruntime-gpu",
    "openvino",
    "onnx",
    "onnxscript",
)


@click.command(short_help="Devices, memory, versions and models found.")
@click.option("--selftest", is_flag=True, help="Also run the embedded model on every device and compare its pictures.")
@click.option("--json", "as_json", is_flag=True, help="With --selftest: print only that, as one JSON object.")
def command(selftest: bool, as_json: bool) -> int:
    """Print devices and backends that really compute, memory, versions and models found.

    A GPU that is there and not used is the first line, with the reason.
    """
    if as_json and not selftest:
        raise UsageError("doctor --json: only with --selftest.")
    if selftest:
        from model_runtime.selftest import prove_devices, to_dict

        told = to_dict(prove_devices())
        if as_json:
            click.echo(json.dumps(told))
            return 0 if told["ok"] else INTERNAL_ERROR
        first = cast(list[str], told["lines"])
    else:
        from model_runtime.backends.unused import unused_gpus, unused_line

        first = [unused_line(device) for device in unused_gpus()]
    for line in (*first, *_machine(), *_devices(), *_backends(), *_packages(), *_models()):
        click.echo(line)
    return 0 if not selftest or told["ok"] else INTERNAL_ERROR


def _machine() -> list[str]:
    memory = psutil.virtual_memory()
    return [
        f"model_runtime {__version__}, Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        f"memory: {memory.available / 2**30:.1f} of {memory.total / 2**30:.1f} GiB free, "
        f"{psutil.cpu_count(logical=False) or psutil.cpu_count()} cores",
    ]


def _devices() -> list[str]:
    """Return one line a device, each proved by computing something there."""
    from model_runtime.backends.devices import absent_devices, find_devices

    lines = [
        f"device {device.name}: {'works' if device.works else f'found but fails ({device.problem})'} ({device.title})"
        for device in find_devices()
    ]
    for device in absent_devices():
        lines.append(f"device {device.name}: not there{f' ({device.problem})' if device.problem else ''}")
    return lines


def _backends() -> list[str]:
    """Return one line a backend and provider, each proved by a forward of the embedded model's transformer."""
    from model_runtime.backends import AUTO_ORDER, missing_packages
    from model_runtime.backends.proof import prove_backend

    lines = []
    for name in AUTO_ORDER:
        absent = missing_packages(name)
        if absent:
            lines.append(f"backend {name}: not installed (lacks {', '.join(absent)})")
            continue
        lines += [f"backend {name}{told}" for told in prove_backend(name, store.EMBEDDED / "copgen-mini")]
    return lines


def _packages() -> list[str]:
    lines = []
    for name in PACKAGES:
        try:
            lines.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"{name} not installed")
    return lines


def _models() -> list[str]:
    from model_runtime.backends.verification import verify

    lines = [f"models in {store.data_dir() / 'models'} and embedded:"]
    for model in store.list_models():
        try:
            state = verify(model.path)
        except (CopGenError, OSError) as error:
            state = f"broken: {as_failure(error)}"
        lines.append(f"  {model.name} ({'embedded' if model.embedded else model.path}): {state}")
    if len(lines) == 1:
        lines.append("  none")
    return lines
