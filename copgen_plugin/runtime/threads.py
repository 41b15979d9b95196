"""Ending a thread of ours without ending QGIS."""

from __future__ import annotations

from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QThread


def let_go(thread: QThread, worker: QObject, milliseconds: int) -> bool:
    """Wait for a thread's end.

    Qt ends the process where a thread that runs is destroyed, so one that does not end in time is left to it for good.

    Args:
        thread: that was told to end.
        worker: what lives in it.
        milliseconds: to wait at most.

    Returns:
        Whether it has ended.
    """
    ended = bool(thread.wait(milliseconds))
    if not ended:
        for left in (thread, worker):
            sip.transferto(left, None)
    return ended
