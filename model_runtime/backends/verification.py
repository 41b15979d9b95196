"""Whether a bundle is complete, as far as this environment can tell."""

from __future__ import annotations

import os
from pathlib import Path

from model_runtime.backends.graphs import TRANSFORMER_GRAPHS, find_graphs
from model_runtime.model.files import TRANSFORMER, verify_files


def verify(path: Path) -> str:
    """Check a bundle's files, and its graphs where it has some.

    Args:
        path: its folder.

    Returns:
        ``complete``, with what of it could not be looked at.

    Raises:
        ModelError: naming what is missing or does not fit.
    """
    has_graphs = any(os.path.lexists(path / TRANSFORMER / name) for name in TRANSFORMER_GRAPHS.values())
    try:
        from model_runtime.model.bundle import verify_bundle
    except (ImportError, OSError):
        verify_files(path)
        told = "complete, shapes of the weights not looked at (this Python has no torch)"
    else:
        verify_bundle(path)
        told = "complete"
    if not has_graphs:
        return f"{told}; no ONNX graphs"
    find_graphs(path)
    return told
