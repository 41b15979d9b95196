"""Run ``doctor --selftest --json`` by this file's path, with the environment that was just made.

It ends with whoever started it: at once, with the end of stdin.
"""

from __future__ import annotations

import os
import sys


def main() -> int:
    """Run the self-test; its last line is JSON."""
    here = os.path.dirname(os.path.abspath(__file__))
    sys.path[:] = [
        os.path.dirname(os.path.dirname(here)),
        *(entry for entry in sys.path if os.path.abspath(entry or ".") != here),
    ]
    if sys.platform == "win32":
        # As these are loaded they look at stdin, and would wait for the thread that reads it.
        import numpy  # noqa: F401
        import scipy.linalg  # noqa: F401

    from model_runtime.installing.ending import end_with_stdin

    end_with_stdin()
    from model_runtime.cli.main import main as run

    return run(["doctor", "--selftest", "--json"])


if __name__ == "__main__":
    sys.exit(main())
