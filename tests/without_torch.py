"""The command line in an interpreter where torch and diffusers cannot be imported: ``without_torch.py COMMAND ...``."""

from __future__ import annotations

import sys
from pathlib import Path


class Refuse:
    """Stands before all finders of modules."""

    def find_spec(self, name: str, path: object = None, target: object = None) -> None:
        if name.split(".")[0] in ("torch", "diffusers"):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)


if __name__ == "__main__":
    sys.meta_path.insert(0, Refuse())
    sys.path[0] = str(Path(__file__).resolve().parents[1])
    if sys.argv[1] == "serve":
        from model_runtime.server import main as serve

        sys.exit(serve())
    from model_runtime.cli.main import main

    sys.exit(main(sys.argv[1:]))
