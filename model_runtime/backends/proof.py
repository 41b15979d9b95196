"""Whether a backend works here: it runs a model once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np

from model_runtime.backends import Backend, create_backend
from model_runtime.contract import CopGenError


def prove_backend(name: str, bundle_path: Path) -> list[str]:
    """Try a backend with a model, each of its providers by itself.

    Args:
        name: ``torch``, ``onnx`` or ``openvino``; its packages are there.
        bundle_path: a small model, with graphs.

    Returns:
        A line's end for each: ``: works (cpu, fp32)`` or ``, CUDAExecutionProvider: fails (why)``.
    """
    if name != "onnx":
        return [_tried(lambda: create_backend(name, bundle_path))]
    from model_runtime.backends.onnx_backend import available_providers, load_onnx_backend

    lines = []
    for _, provider in available_providers():
        told = _tried(lambda: load_onnx_backend(bundle_path, only=provider))  # noqa: B023 - called at once
        lines.append(f", {provider}{told}")
    return lines


def _tried(load: Callable[[], Backend]) -> str:
    try:
        backend = load()
        latents = {stream.name: np.zeros((1, *stream.latent_shape), np.float32) for stream in backend.streams}
        found = backend.predict(latents, dict.fromkeys(latents, 500.0))
    except (CopGenError, ImportError, OSError, RuntimeError) as error:
        return f": fails ({' '.join(str(error).split())[:200]})"
    if not all(np.isfinite(noise).all() for noise in found.values()):
        return ": fails (it computes what are no numbers)"
    return f": works ({backend.device}, {backend.precision})"
