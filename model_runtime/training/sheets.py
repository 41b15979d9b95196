"""Sheets of pictures that a training run leaves now and then."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import torch
from numpy.typing import NDArray
from PIL.Image import Image
from torch import nn

from model_runtime.contract import MODALITIES
from model_runtime.model.bundle import Bundle
from model_runtime.training.pictures import picture_grid
from model_runtime.training.sampler import Sampler, levels_of, pixels_of

SEED = 1
STEPS = 20


def _spread_over(chips: NDArray[np.uint8], count: int) -> NDArray[np.float32]:
    return np.asarray(chips[:: max(1, len(chips) // count)][:count], dtype=np.float32)


@torch.inference_mode()
def round_trip_sheet(model: nn.Module, chips: Mapping[str, NDArray[np.uint8]]) -> Image:
    """Chips of every modality, and what the autoencoder leaves of them.

    Args:
        model: the autoencoder.
        chips: by modality (chips, channels, 256, 256) uint8.
    """
    device = next(model.parameters()).device
    rows = []
    for name in MODALITIES:
        shown = _spread_over(chips[name], 2)
        latent = model.encode(pixels_of(shown).to(device)).latent  # type: ignore[operator]
        answers = levels_of(model.decode(latent).sample, shown.shape[1])  # type: ignore[operator]
        rows.append([picture for pair in zip(shown, answers, strict=True) for picture in pair])
    columns = ["truth", "round trip"] * (len(rows[0]) // 2)
    return picture_grid(rows, columns, list(MODALITIES))


def sample_sheet(bundle: Bundle, chips: Mapping[str, NDArray[np.uint8]]) -> Image:
    """One chip: its truth, and what is generated from each modality alone (the condition itself in its own place).

    Args:
        bundle: the model as it is.
        chips: by modality (chips, channels, 256, 256) uint8.
    """
    sampler = Sampler(bundle)
    truth = {name: _spread_over(chips[name], 2)[-1] for name in MODALITIES}
    rows, captions = [list(truth.values())], ["truth"]
    for given in MODALITIES:
        missing = [name for name in MODALITIES if name != given]
        drawn = sampler.generate({given: truth[given]}, missing, 1, STEPS, SEED)
        rows.append([truth[name] if name == given else drawn[name][0] for name in MODALITIES])
        captions.append(f"from {given}")
    return picture_grid(rows, list(MODALITIES), captions)
