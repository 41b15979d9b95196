"""Processes that take a share of the work and end with the one that began them."""

from __future__ import annotations

import multiprocessing
import os
from concurrent.futures import ProcessPoolExecutor
from threading import Thread


def worker_pool(count: int | None = None) -> ProcessPoolExecutor:
    """A pool of fresh processes, none of which outlives this one, however it ends.

    Args:
        count: of processes; None for one on each core.
    """
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), _end_with_parent)


def _end_with_parent() -> None:
    Thread(target=_watch_parent, daemon=True).start()


def _watch_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
