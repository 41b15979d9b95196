"""What this machine can run the networks on, found out by computing something there."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from types import ModuleType

import psutil

from model_runtime.backends import missing_packages
from model_runtime.contract import CopGenError
from model_runtime.store import EMBEDDED

SMALL = "copgen-mini"
"""Small enough to try a device with."""


@dataclass(frozen=True)
class Device:
    """One device.

    Attributes:
        name: as ``--device`` takes it.
        title: for people.
        memory_bytes: its memory, 0 where it is not known.
        works: whether it really computes.
        problem: why it is not there or does not work; empty where it does.
    """

    name: str
    title: str
    memory_bytes: int
    works: bool
    problem: str = ""


def find_devices() -> list[Device]:
    """Return the devices that are there, fastest first: torch's, or without torch those of ONNX Runtime."""
    return [device for device in (*_gpus(), _cpu()) if device.works or device.memory_bytes]


def available_devices() -> list[str]:
    """Names of the devices that are there, fastest first."""
    return [device.name for device in find_devices()]


def absent_devices() -> list[Device]:
    """Return the devices that are not there, each with the reason where one is known."""
    return [device for device in _gpus() if not device.works and not device.memory_bytes]


def _torch() -> ModuleType | None:
    """Return torch where it can be loaded."""
    try:
        return import_module("torch")
    except (ImportError, OSError):
        return None


def _gpus() -> Sequence[Device]:
    torch = _torch()
    if torch is None:
        return _gpus_of_onnx()
    memory = psutil.virtual_memory().total
    gpus = []
    if torch.cuda.is_available():
        properties = torch.cuda.get_device_properties(0)
        gpus.append(_tried(Device("cuda", properties.name, properties.total_memory, True)))
    else:
        reason = "this torch is a build without CUDA" if torch.version.cuda is None else ""
        gpus.append(Device("cuda", "", 0, False, reason))
    there = torch.backends.mps.is_available()
    gpus.append(_tried(Device("mps", "Apple GPU", memory, True)) if there else Device("mps", "", 0, False))
    return gpus


@cache
def _gpus_of_onnx() -> tuple[Device, ...]:
    """Return the GPUs that ONNX Runtime's providers name, each tried with the embedded model, once in a process."""
    if missing_packages("onnx"):
        return ()
    from model_runtime.backends.onnx_backend import DEVICES, available_providers, load_onnx_backend

    found = []
    for name in dict.fromkeys(device for device, _ in available_providers() if device in DEVICES and device != "cpu"):
        try:
            used = load_onnx_backend(EMBEDDED / SMALL, name)
        except (CopGenError, ImportError, OSError, RuntimeError) as error:
            found.append(Device(name, "", 0, False, " ".join(str(error).split())[:200]))
        else:
            found.append(Device(name, f"{name} through ONNX Runtime's {used.provider}", 0, True))
    return tuple(found)


def _cpu() -> Device:
    memory = psutil.virtual_memory().total
    threads = os.environ.get("OMP_NUM_THREADS") or str(psutil.cpu_count(logical=False) or psutil.cpu_count() or 1)
    torch = _torch()
    if torch is None:
        return Device("cpu", f"CPU, {_threads(threads)}", memory, True)
    return _tried(Device("cpu", f"CPU, {_threads(str(torch.get_num_threads()))}", memory, True))


def _tried(device: Device) -> Device:
    """Prove a device of torch by a small product of matrices."""
    import torch

    try:
        ones = torch.ones(8, 8, device=device.name)
        works = float((ones @ ones).sum().item()) == 512.0
        problem = "" if works else "it computes wrongly"
    except RuntimeError as error:
        works, problem = False, " ".join(str(error).split())[:200]
    return Device(device.name, device.title, device.memory_bytes, works, problem)


def _threads(count: str) -> str:
    return "1 thread" if count == "1" else f"{count} threads"
