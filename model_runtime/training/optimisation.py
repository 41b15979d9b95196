"""Learning rate, moving average and checkpoints: what both training stages share."""

from __future__ import annotations

import io
import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from model_runtime.contract import InputError
from model_runtime.training.files import as_kept, whole_file


def learning_rate(step: int, steps: int, peak: float, warmup: float) -> float:
    """Linear rise over ``warmup`` x ``steps``, then a cosine down to 1 % of the peak."""
    rising = max(1, round(warmup * steps))
    if step < rising:
        return peak * (step + 1) / rising
    progress = (step - rising) / max(1, steps - rising)
    return peak * (0.01 + 0.99 * 0.5 * (1 + math.cos(math.pi * min(progress, 1.0))))


class MovingAverage:
    """Exponential moving average of a module's parameters.

    The decay of update n is min(largest, (1 + n) / (10 + n)), so short runs forget their start.
    """

    def __init__(self, module: nn.Module, largest: float) -> None:
        self.largest = largest
        self.updates = 0
        self.values = {name: tensor.detach().clone() for name, tensor in module.state_dict().items()}

    @torch.no_grad()
    def update(self, module: nn.Module) -> None:
        """Take in the module's present parameters."""
        self.updates += 1
        decay = min(self.largest, (1 + self.updates) / (10 + self.updates))
        for name, tensor in module.state_dict().items():
            self.values[name].lerp_(tensor.detach(), 1 - decay)

    def state_dict(self) -> dict[str, Any]:
        """Everything needed to go on."""
        return {"updates": self.updates, "values": self.values}

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Go on from a saved state."""
        self.updates = int(state["updates"])
        for name, tensor in state["values"].items():
            self.values[name].copy_(tensor)


def step_generators(
    seed: int, stage: int, step: int, device: torch.device
) -> tuple[np.random.Generator, torch.Generator]:
    """Sources of chance of one step.

    They depend on nothing but their arguments, so a resumed run draws what an uninterrupted one does.
    """
    chance = np.random.default_rng([seed, stage, step])
    generator = torch.Generator(device=device).manual_seed(int(chance.integers(2**62)))
    return chance, generator


def save_checkpoint(path: Path, state: Mapping[str, Any]) -> None:
    """Write a checkpoint so that a kill at any moment leaves the old or the new one, whole."""
    # In memory first: what torch says of a full disk does not tell that it is one.
    content = io.BytesIO()
    torch.save(dict(state), content)
    with whole_file(path) as temporary:
        temporary.write_bytes(content.getbuffer())


def load_checkpoint(path: Path, fingerprint: str, device: torch.device) -> dict[str, Any]:
    """Read a checkpoint of the same configuration.

    Raises:
        InputError: it is damaged, was made with other settings, or of another simulated world.
    """
    with as_kept(path, "remove it, and its stage is begun again"):
        state: dict[str, Any] = torch.load(path, map_location=device, weights_only=True)
        own, _ = state["fingerprint"], int(state["step"])
    if own != fingerprint:
        raise InputError(
            f"{path} belongs to other settings or another simulated world: choose another --output, or remove it."
        )
    return state
