"""What this machine can run the networks on, found out by computing something there."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
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


def working_devices() -> list[str]:
    """Names of the devices that really compute, fastest first: what ``auto`` may take."""
    return [device.name for device in find_devices() if device.works]


def first_working(names: Sequence[str], problem_of: Callable[[str], str] | None = None) -> tuple[str, list[str]]:
    """Return the first of torch's devices that computes.

    Args:
        names: of devices that torch offers, the CPU as the last, which is taken where no other works.
        problem_of: tries one; :func:`torch_problem` if None.

    Returns:
        Its name, and a sentence for the user about each that was passed over.
    """
    try_out = problem_of or torch_problem
    notes: list[str] = []
    for name in names[:-1]:
        problem = try_out(name)
        if not problem:
            return name, notes
        notes.append(f"torch offers {name}, but it does not work here ({problem}).")
    return names[-1], notes


def torch_problem(name: str) -> str:
    """Return why torch does not compute on a device, empty where it does: proved by a small product of matrices."""
    import torch

    try:
        ones = torch.ones(8, 8, device=name)
        return "" if float((ones @ ones).sum().item()) == 512.0 else "it computes wrongly"
    except RuntimeError as error:
        return " ".join(str(error).split())[:200] or type(error).__name__


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
    """Prove a device of torch."""
    problem = torch_problem(device.name)
    return replace(device, works=not problem, problem=problem)


def _threads(count: str) -> str:
    return "1 thread" if count == "1" else f"{count} threads"
