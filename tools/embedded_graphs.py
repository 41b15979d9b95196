"""Rewrite the ONNX graphs of the embedded model, beside the weights they refer to.

    python tools/embedded_graphs.py [FOLDER ...]

Needed whenever the weights, the settings or the streams of a bundle in ``resources/models`` change; runtimes refuse
graphs that are of other weights, and a test does. Then compares them with torch, as ``export --check`` does.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))


def main() -> int:
    """Write the graphs of the folders that are named, else of every embedded model."""
    from model_runtime.export.check import check_bundle
    from model_runtime.export.graphs import write_graphs

    folders = [Path(word) for word in sys.argv[1:]] or sorted(
        index.parent for index in (ROOT / "resources" / "models").glob("*/model_index.json")
    )
    for folder in folders:
        for file in write_graphs(folder):
            print(f"{file}: {file.stat().st_size / 1e3:.0f} kB")
        check_bundle(folder, print)
    return 0


if __name__ == "__main__":
    sys.exit(main())
