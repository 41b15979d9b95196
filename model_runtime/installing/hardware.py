"""Which variant of the packages fits this machine."""

from __future__ import annotations

import json
import sys
from dataclasses import dataclass
from typing import Any

from model_runtime.drivers import is_apple_silicon, nvidia_driver
from model_runtime.installing.order import ROOT

TORCH_INDEXES = ROOT / "resources" / "torch_indexes.json"


@dataclass(frozen=True)
class Fit:
    """What to install.

    Attributes:
        variant: ``cpu`` or ``cuda``.
        gpu: for people: what was found, and why it is not used where it is not; empty without any.
    """

    variant: str
    gpu: str


def find_fit(wanted: str) -> Fit:
    """Return what fits, or what was asked for.

    Args:
        wanted: ``auto``, ``cpu`` or ``cuda``.
    """
    driver = nvidia_driver()
    needed = (int(read_indexes()["cuda_version"][0]), int(read_indexes()["cuda_version"][1]))
    if driver is None:
        found = "Apple GPU" if is_apple_silicon() else ""
        return Fit("cpu" if wanted == "auto" else wanted, found)
    told = f"NVIDIA {driver.name.removeprefix('NVIDIA ')}, CUDA {driver.cuda[0]}.{driver.cuda[1]}"
    if driver.cuda < needed:
        told += f"; the packages need a driver for CUDA {needed[0]}.{needed[1]}"
    elif wanted == "cpu":
        told += "; not used, as asked"
    fits = driver.cuda >= needed
    return Fit(("cuda" if fits else "cpu") if wanted == "auto" else wanted, told)


def torch_index(variant: str, chosen: str) -> str:
    """Return the index of PyTorch's own wheels, where torch comes from; empty where the usual one has the build.

    Args:
        variant: ``cpu`` or ``cuda``.
        chosen: by the user, instead of the public one.
    """
    if chosen:
        return chosen
    # Elsewhere the package index's own build is that for the CPU, on a Mac for its GPU too.
    return str(read_indexes()[variant]) if variant == "cuda" or sys.platform == "linux" else ""


def read_indexes() -> dict[str, Any]:
    """Return ``resources/torch_indexes.json``."""
    indexes: dict[str, Any] = json.loads(TORCH_INDEXES.read_text(encoding="utf-8"))
    return indexes
