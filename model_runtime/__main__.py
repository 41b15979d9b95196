"""``python -m model_runtime``."""

from __future__ import annotations

import sys

from model_runtime.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
