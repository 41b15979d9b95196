"""Backends: what runs the networks. Importing this package loads none of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import cast

from model_runtime.backends.base import Backend
from model_runtime.backends.graphs import TRANSFORMER_GRAPHS
from model_runtime.contract import ModelError, UsageError
from model_runtime.model.files import TRANSFORMER

AUTO_ORDER = ("torch", "onnx", "openvino")
"""What ``auto`` tries, in this order."""
BACKENDS = ("auto", *AUTO_ORDER)
PACKAGES = {"torch": ("torch", "diffusers"), "onnx": ("onnxruntime",), "openvino": ("openvino",)}
"""What each needs, beyond the core requirements."""

Load = Callable[[Path, str, str], Backend]


def create_backend(name: str, bundle_path: Path, device: str = "auto", precision: str = "auto") -> Backend:
    """Load a bundle's networks.

    Args:
        name: ``torch``, ``onnx``, ``openvino``, or ``auto``: the first that works.
        bundle_path: the bundle's folder.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``; one that is asked for and absent is refused.
        precision: ``auto``, ``fp32``, ``bf16``, ``fp16`` or ``int8``; one that the backend has not is refused.

    Raises:
        UsageError: a backend, device or precision that cannot be had here.
        ModelError: the bundle is missing or broken, or has no graphs for a backend that needs them.
        ResourceError: the networks do not fit into memory.
    """
    if name not in BACKENDS:
        raise UsageError(f"--backend {name}: not a backend; use {', '.join(BACKENDS)}.")
    if name != "auto":
        absent = missing_packages(name)
        if absent:
            raise UsageError(
                f"--backend {name}: this Python lacks {' and '.join(absent)}; install resources/requirements/cpu.txt "
                "into it, or use --backend auto."
            )
        return _loader(name)(bundle_path, device, precision)
    return _first_that_works(bundle_path, device, precision)


def missing_packages(name: str) -> list[str]:
    """Packages that a backend needs and this Python has not."""
    return [package for package in PACKAGES[name] if not is_installed(package)]


def installed_backends() -> list[str]:
    """Backends whose packages are there, in the order in which ``auto`` tries them."""
    return [name for name in AUTO_ORDER if not missing_packages(name)]


def is_installed(package: str) -> bool:
    """Tell whether this Python has a package, without loading it."""
    try:
        return find_spec(package) is not None
    except (ImportError, ValueError):
        return False


def _first_that_works(bundle_path: Path, device: str, precision: str) -> Backend:
    """Load the networks on the first backend that takes them; the first one's refusal is told if none does."""
    installed = installed_backends()
    if not installed:
        raise UsageError("--backend auto: this Python has neither torch nor onnxruntime nor openvino; install one.")
    if precision == "int8" or (precision == "auto" and _on_cpu(device) and _is_quantised(bundle_path)):
        # No other has it.
        installed.sort(key=lambda name: name != "onnx")
    refusals: list[Exception] = []
    notes: list[str] = []
    for name in installed:
        try:
            load = _loader(name)
        except UsageError as refusal:
            notes.append(refusal.message)
            continue
        try:
            backend = load(bundle_path, device, precision)
        except (UsageError, ModelError) as refusal:
            refusals.append(refusal)
            if isinstance(refusal, ModelError):
                notes.append(f"{name}: {refusal.message}")
        else:
            backend.notes = [*notes, *backend.notes]
            return backend
    raise refusals[0] if refusals else ModelError(" ".join(notes))


def _on_cpu(device: str) -> bool:
    """Whether the CPU is meant, or there is nothing faster."""
    if device == "auto":
        from model_runtime.backends.devices import working_devices

        return working_devices()[:1] in ([], ["cpu"])
    return device == "cpu"


def _is_quantised(bundle_path: Path) -> bool:
    return os.path.lexists(bundle_path / TRANSFORMER / TRANSFORMER_GRAPHS["int8"])


def _loader(name: str) -> Load:
    """Return what loads bundles on a backend.

    Raises:
        UsageError: a library of its packages is missing or does not fit this machine.
    """
    try:
        module = import_module(f"model_runtime.backends.{name}_backend")
    except (ImportError, OSError) as error:
        raise UsageError(
            f"--backend {name}: is installed but cannot be loaded ({' '.join(str(error).split())[:200]}); install "
            "resources/requirements/cpu.txt again, or use another --backend."
        ) from error
    return cast(Load, getattr(module, f"load_{name}_backend"))


__all__ = ["BACKENDS", "Backend", "create_backend", "installed_backends", "is_installed", "missing_packages"]
