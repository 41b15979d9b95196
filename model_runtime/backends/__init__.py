"""Backends: what runs the networks. Importing this package loads none of them."""

from __future__ import annotations

from pathlib import Path

from model_runtime.backends.base import Backend
from model_runtime.contract import UsageError

BACKENDS = ("auto", "torch", "onnx", "openvino")


def create_backend(name: str, bundle_path: Path, device: str = "auto", precision: str = "auto") -> Backend:
    """Load a bundle's networks.

    Args:
        name: ``auto`` or ``torch``.
        bundle_path: the bundle's folder.
        device: ``auto``, ``cpu``, ``cuda`` or ``mps``; one that is asked for and absent is refused.
        precision: ``auto``, ``fp32``, ``bf16`` or ``fp16``.

    Raises:
        UsageError: a backend, device or precision that cannot be had here.
        ModelError: the bundle is missing or broken.
        ResourceError: the networks do not fit into memory.
    """
    if name not in BACKENDS:
        raise UsageError(f"--backend {name}: not a backend; use auto or torch.")
    if name not in ("auto", "torch"):
        raise UsageError(f"--backend {name}: this version runs torch only; use --backend auto or torch.")
    from model_runtime.backends.torch_backend import load_torch_backend

    return load_torch_backend(bundle_path, device, precision)


__all__ = ["BACKENDS", "Backend", "create_backend"]
