"""Ending with whoever started this process, and taking along what it has started itself."""

from __future__ import annotations

import os
import signal
import threading

CANCELLED = 130


def end_with_stdin() -> None:
    """From now on, end this process at once when its stdin ends, in the middle of whatever it does.

    Where it leads a group of processes, the rest of that group is ended too. Call it in the main thread.
    """
    if hasattr(os, "killpg"):
        # A function and no ``SIG_IGN``, which what is started would inherit.
        signal.signal(signal.SIGTERM, lambda *_: os._exit(CANCELLED))
    threading.Thread(target=_wait, daemon=True).start()


def _wait() -> None:
    while os.read(0, 4096):
        pass
    if hasattr(os, "killpg") and os.getpgrp() == os.getpid():
        os.killpg(os.getpid(), signal.SIGTERM)
    os._exit(CANCELLED)
