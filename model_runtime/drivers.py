"""Which graphics processors this machine has, asked of the driver itself; standard library only.

Knows nothing of torch, so that it can tell what torch should have found.
"""

from __future__ import annotations

import ctypes
import platform
import sys
from dataclasses import dataclass

LIBRARIES = ("nvcuda.dll",) if sys.platform == "win32" else ("libcuda.so.1", "libcuda.so")
NAME_LENGTH = 100


@dataclass(frozen=True)
class NvidiaDriver:
    """An NVIDIA driver that answers.

    Attributes:
        name: of its first GPU.
        count: of its GPUs.
        cuda: the newest CUDA it runs, (major, minor).
    """

    name: str
    count: int
    cuda: tuple[int, int]


def nvidia_driver() -> NvidiaDriver | None:
    """Return the NVIDIA driver where there is one with at least one GPU.

    Source: the CUDA driver's interface (cuInit, cuDriverGetVersion, cuDeviceGetCount, cuDeviceGetName).
    """
    library = _load()
    if library is None or library.cuInit(0) != 0:
        return None
    version, count, name = ctypes.c_int(), ctypes.c_int(), ctypes.create_string_buffer(NAME_LENGTH)
    library.cuDriverGetVersion(ctypes.byref(version))
    if library.cuDeviceGetCount(ctypes.byref(count)) != 0 or count.value < 1:
        return None
    library.cuDeviceGetName(name, NAME_LENGTH, 0)
    major, rest = divmod(version.value, 1000)
    return NvidiaDriver(name.value.decode("utf-8", "replace"), count.value, (major, rest // 10))


def is_apple_silicon() -> bool:
    """Tell whether this is a Mac whose GPU torch can use."""
    return sys.platform == "darwin" and platform.machine() == "arm64"


def _load() -> ctypes.CDLL | None:
    for name in LIBRARIES:
        try:
            return ctypes.CDLL(name)
        except OSError:
            continue
    return None
