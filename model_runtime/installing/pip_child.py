"""Run pip so that it ends with whoever started it: ``python -I pip_child.py WHEEL|- ARGUMENT ...``.

The end of stdin ends it at once, in the middle of whatever it does; Windows has no process groups that would. With a
wheel, that pip is run from inside it, as ``ensurepip`` does; with ``-`` the environment's own.
"""

from __future__ import annotations

import os
import runpy
import sys
import threading


def main() -> None:
    """Run pip with the arguments given."""
    threading.Thread(target=_end_with_stdin, daemon=True).start()
    wheel, *arguments = sys.argv[1:]
    # Not this folder: its files would shadow others.
    sys.path[:] = [entry for entry in sys.path if os.path.abspath(entry) != os.path.dirname(os.path.abspath(__file__))]
    if wheel != "-":
        sys.path.insert(0, wheel)
    sys.argv = ["pip", *arguments]
    runpy.run_module("pip", run_name="__main__", alter_sys=True)


def _end_with_stdin() -> None:
    while os.read(0, 4096):
        pass
    os._exit(130)


if __name__ == "__main__":
    main()
