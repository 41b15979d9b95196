"""What the machine is, what its matrix product reaches, and how much a network asks of it."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import torch
from torch.utils.flop_counter import FlopCounterMode

SIDES = {"cpu": 2048, "cuda": 8192, "mps": 4096}
ROUNDS = 9


def describe(device: str) -> str:
    """One line: processor or chip, threads, memory, torch."""
    memory = psutil.virtual_memory().total / 2**30
    text = f"{processor_name()}, {torch.get_num_threads()} threads, {memory:.0f} GiB, torch {torch.__version__}"
    if device == "cuda":
        properties = torch.cuda.get_device_properties(0)
        return f"{properties.name}, {properties.total_memory / 2**30:.0f} GiB; {text}"
    return text


def processor_name() -> str:
    """The processor as the system calls it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.machine()


def seconds_of(call: Callable[[], object], device: str) -> float:
    """Seconds of one call; on a GPU between two events, waited for."""
    if device == "cuda":
        begin, end = (torch.cuda.Event(enable_timing=True) for _ in range(2))  # type: ignore[no-untyped-call]
        torch.cuda.synchronize()
        begin.record()
        call()
        end.record()
        torch.cuda.synchronize()
        return float(begin.elapsed_time(end)) / 1000
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def matrix_peak(dtype: torch.dtype, device: str, side: int = 0) -> float:
    """Operations a second of the best of several square matrix products."""
    side = side or SIDES[device]
    first, second = (torch.randn(side, side, device=device).to(dtype) for _ in range(2))
    with torch.inference_mode():
        times = [seconds_of(lambda: first @ second, device) for _ in range(ROUNDS)]
    return 2.0 * side**3 / min(times)


def count_operations(call: Callable[[], object]) -> float:
    """Floating-point operations of a call, two for each multiplication with its addition, attention on CPU included."""

    def attention(
        query: tuple[int, ...], key: tuple[int, ...], value: tuple[int, ...], *_: object, **__: object
    ) -> int:
        batch, heads, length, size = query
        return 2 * batch * heads * length * key[-2] * (size + value[-1])

    mapping = {torch.ops.aten._scaled_dot_product_flash_attention_for_cpu: attention}
    with FlopCounterMode(display=False, custom_mapping=mapping) as counter, torch.inference_mode():
        call()
    return float(counter.get_total_flops())
