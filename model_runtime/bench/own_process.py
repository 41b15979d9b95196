"""Measurements in a process of their own, so that memory is that of one thing alone."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeVar

import psutil
import torch

from model_runtime.backends import AUTO_ORDER, create_backend
from model_runtime.bench import random_model
from model_runtime.bench.published_way import AUTOCAST
from model_runtime.bench.variants import Variant, of_backend, published_variants, torch_variant
from model_runtime.contract import CopGenError
from model_runtime.workers import worker_pool

Value = TypeVar("Value")
PUBLISHED = "published"
BETWEEN_LOOKS = 0.005
"""Seconds between two looks at the memory of the process."""


@dataclass(frozen=True)
class Row:
    """One way of running a model, told so that another process can set it up.

    Attributes:
        path: the bundle; empty for the published shape with random weights.
        backend: its name; ``published`` (:data:`PUBLISHED`) for the published way.
        precision: of the transformer.
        device: what it runs on.
        tiny: whether the published shape is made small.
        autocast: whether the published way runs under autocast.
    """

    path: str
    backend: str
    precision: str
    device: str
    tiny: bool = False
    autocast: bool = False


def in_own_process(function: Callable[..., Value], *arguments: object) -> Value:
    """Call a function of a module in a fresh process.

    Raises:
        BrokenProcessPool: that process died.
    """
    with worker_pool(1) as pool:
        return pool.submit(function, *arguments).result()


def memory_of(row: Row) -> int:
    """Most memory that the networks of a row take while they run, in bytes; 0 where it cannot be found out."""
    try:
        return in_own_process(measure_memory, row)
    except (BrokenProcessPool, CopGenError):
        return 0


def measure_memory(row: Row) -> int:
    """Load a row's networks in this process, run each once, and return what that takes beyond Python and libraries.

    On a CPU the resident memory, files that are mapped included; on a GPU what torch holds there.
    """
    if row.backend in AUTO_ORDER:
        import_module(f"model_runtime.backends.{row.backend}_backend")
    _ = torch.ones(8, 8) @ torch.ones(8, 8)
    gc.collect()
    process = psutil.Process()
    before = process.memory_info().rss
    variant = _set_up(row)
    gc.collect()
    peak, over = process.memory_info().rss, threading.Event()

    def look() -> None:
        nonlocal peak
        while not over.wait(BETWEEN_LOOKS):
            peak = max(peak, process.memory_info().rss)

    watcher = threading.Thread(target=look)
    watcher.start()
    try:
        with torch.autocast(row.device, AUTOCAST[row.device], enabled=row.autocast):
            for call in variant.calls.values():
                call()
    finally:
        over.set()
        watcher.join()
    if row.device == "cuda":
        return int(torch.cuda.max_memory_allocated())
    return int(max(peak, process.memory_info().rss) - before)


def _set_up(row: Row) -> Variant:
    if row.path:
        return of_backend(create_backend(row.backend, Path(row.path), row.device, row.precision))
    streams, transformer, autoencoder = random_model.build(tiny=row.tiny)
    if row.backend == PUBLISHED:
        return published_variants(streams, transformer, autoencoder, row.device)[int(row.autocast)]
    return torch_variant(streams, transformer, autoencoder, row.device, row.precision)
