"""GPUs that are there and that the packages of this environment cannot use, with the reason and what to do."""

from __future__ import annotations

from model_runtime.backends import missing_packages
from model_runtime.backends.devices import Device, absent_devices, available_devices
from model_runtime.drivers import is_apple_silicon, nvidia_driver


def unused_gpus() -> list[Device]:
    """Return the GPUs whose drivers answer while nothing here computes on them."""
    usable = available_devices()
    reasons = {device.name: device.problem for device in absent_devices()}
    found = []
    driver = nvidia_driver()
    if driver is not None and "cuda" not in usable:
        needed = _cuda_of_torch()
        if needed is not None and driver.cuda < needed:
            have, want = (".".join(map(str, version)) for version in (driver.cuda, needed))
            problem = f"its driver runs CUDA {have}, this torch needs {want}; update the driver"
        else:
            problem = f"{reasons.get('cuda') or 'this environment has no CUDA'}; set it up again for NVIDIA"
        found.append(Device("cuda", driver.name, 0, False, problem))
    if is_apple_silicon() and "mps" not in usable:
        found.append(Device("mps", "Apple GPU", 0, False, reasons.get("mps") or "torch does not offer it"))
    return found


def unused_line(device: Device) -> str:
    """Return what is told of one: ``CUDA: NVIDIA ..., not used: why; what to do``."""
    return f"{device.name.upper()}: {device.title}, not used: {device.problem}"


def _cuda_of_torch() -> tuple[int, int] | None:
    """Return the CUDA that this torch was built for, None for a build without."""
    if missing_packages("torch"):
        return None
    import torch

    version = torch.version.cuda
    if not version:
        return None
    major, minor = (int(part) for part in str(version).split(".")[:2])
    return major, minor
