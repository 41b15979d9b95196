"""Export a model to ONNX: ``python model_runtime/export_onnx.py --model NAME|DIR --output DIR``, as ``export`` does."""

from __future__ import annotations

import os
import sys


def _repair_path() -> None:
    """Have the repository's root on the path and not this folder, whose files shadow the standard library's."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [os.path.dirname(here), *(entry for entry in sys.path if os.path.abspath(entry or ".") != here)]


if __name__ == "__main__":
    _repair_path()
    from model_runtime.cli.main import main

    sys.exit(main(["export", *sys.argv[1:]]))
