"""``doctor``: what this machine and this environment can do, each line found out now."""

from __future__ import annotations

import importlib.metadata
import platform

import click
import psutil

from model_runtime import __version__, store
from model_runtime.contract import CopGenError

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
)


@click.command(short_help="Devices, memory, versions and models found.")
def command() -> int:
    """Print devices that really compute, memory, versions and models found."""
    for line in (*_machine(), *_devices(), *_packages(), *_models()):
        click.echo(line)
    return 0


def _machine() -> list[str]:
    memory = psutil.virtual_memory()
    return [
        f"model_runtime {__version__}, Python {platform.python_version()} on {platform.system()} {platform.machine()}",
        f"memory: {memory.available / 2**30:.1f} of {memory.total / 2**30:.1f} GiB free, "
        f"{psutil.cpu_count(logical=False) or psutil.cpu_count()} cores",
    ]


def _devices() -> list[str]:
    """Return one line a device, each proved by a small product of matrices."""
    import torch

    lines = []
    found = {"cpu": True, "cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available()}
    for name, there in found.items():
        if not there:
            lines.append(f"device {name}: not there{_missing_cuda_reason(name)}")
            continue
        try:
            ones = torch.ones(8, 8, device=name)
            works = float((ones @ ones).sum().item()) == 512.0
        except RuntimeError as error:
            lines.append(f"device {name}: found but fails ({' '.join(str(error).split())[:200]})")
            continue
        label = torch.cuda.get_device_name(0) if name == "cuda" else platform.processor() or platform.machine()
        lines.append(f"device {name}: {'works' if works else 'computes wrongly'} ({label})")
    return lines


def _missing_cuda_reason(name: str) -> str:
    import torch

    if name == "cuda" and torch.version.cuda is None:
        return " (this torch is a build without CUDA)"
    return ""


def _packages() -> list[str]:
    lines = []
    for name in PACKAGES:
        try:
            lines.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            lines.append(f"{name} not installed")
    return lines


def _models() -> list[str]:
    from model_runtime.model.bundle import verify_bundle

    lines = [f"models in {store.data_dir() / 'models'} and embedded:"]
    for model in store.list_models():
        try:
            verify_bundle(model.path)
            state = "complete"
        except CopGenError as error:
            state = f"broken: {error}"
        lines.append(f"  {model.name} ({'embedded' if model.embedded else model.path}): {state}")
    if len(lines) == 1:
        lines.append("  none")
    return lines
