"""First stage: one autoencoder for the pictures of all modalities."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from model_runtime.contract import MODALITIES
from model_runtime.training.config import AutoencoderConfig, TrainingConfig
from model_runtime.training.data import CHIP
from model_runtime.training.optimisation import (
    MovingAverage,
    learning_rate,
    load_checkpoint,
    save_checkpoint,
    step_generators,
)

STAGE = 1
LOGVAR_RANGE = (-30.0, 20.0)
COLOUR_PIXELS = 4
GUIDE_SCALE = 30.0


def build_autoencoder(config: AutoencoderConfig) -> AutoencoderKL:
    """A small autoencoder of the published kind: 3 x 256 x 256 to 4 x 32 x 32, no attention."""
    depth = len(config.block_out_channels)
    model: AutoencoderKL = AutoencoderKL(
        in_channels=3,
        out_channels=3,
        down_block_types=("DownEncoderBlock2D",) * depth,
        up_block_types=("UpDecoderBlock2D",) * depth,
        block_out_channels=config.block_out_channels,
        layers_per_block=config.layers_per_block,
        latent_channels=config.latent_channels,
        norm_num_groups=config.norm_groups,
        sample_size=CHIP,
        mid_block_add_attention=False,
    )
    return model


def draw_crops(
    chips: Mapping[str, NDArray[np.uint8]], config: AutoencoderConfig, chance: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Crops at random places of random chips.

    Returns:
        Pictures (batch, 3, crop, crop) in [-1, 1] and the weight of each one's error (batch, 1, 1, 1).
    """
    shares = np.asarray(config.shares) / sum(config.shares)
    pictures = np.empty((config.batch_size, 3, config.crop, config.crop), dtype=np.float32)
    weights = np.empty((config.batch_size, 1, 1, 1), dtype=np.float32)
    for index, modality in enumerate(chance.choice(len(MODALITIES), config.batch_size, p=shares)):
        stored = chips[MODALITIES[modality]]
        row, column = chance.integers(0, CHIP - config.crop + 1, 2)
        chip = stored[chance.integers(len(stored)), :, row : row + config.crop, column : column + config.crop]
        pictures[index] = chip / np.float32(127.5) - 1
        weights[index] = config.weights[modality]
    return torch.from_numpy(pictures), torch.from_numpy(weights)


def colour_differences(pictures: Tensor) -> Tensor:
    """Red minus green and blue minus green over each latent's 8 x 8 pixels, about as large as other latents.

    Args:
        pictures: (batch, 3, rows, columns) in [-1, 1].

    Returns:
        (batch, 2, rows / 8, columns / 8).
    """
    means = torch.nn.functional.avg_pool2d(pictures, 8)
    return GUIDE_SCALE * torch.stack([means[:, 0] - means[:, 1], means[:, 2] - means[:, 1]], dim=1)


def reconstruction_loss(
    model: AutoencoderKL, pictures: Tensor, weights: Tensor, config: AutoencoderConfig, generator: torch.Generator
) -> tuple[Tensor, Tensor]:
    """Weighted absolute and squared error, and a little divergence.

    Returns:
        The loss, and the mean squared error of each picture (batch,).
    """
    mean, logvar = model.encode(pictures).latent_dist.parameters.float().chunk(2, dim=1)
    logvar = logvar.clamp(*LOGVAR_RANGE)
    noise = torch.randn(mean.shape, generator=generator, device=mean.device)
    latent = mean + torch.exp(0.5 * logvar) * noise
    error = model.decode(latent).sample.float() - pictures
    squared = error.square()
    # The absolute error sharpens early, the squared one is what the pictures are judged by.
    loss = (weights * (error.abs() + 4 * squared)).mean()
    if config.colour_weight:
        # Brightness is learned long before hue, which hardly shows in single pixels; in means over a few it does.
        coarse = torch.nn.functional.avg_pool2d(error, COLOUR_PIXELS)
        loss = loss + config.colour_weight * (weights * (coarse.abs() + 4 * coarse.square())).mean()
    if config.guide_weight:
        loss = loss + config.guide_weight * (mean[:, -2:] - colour_differences(pictures)).abs().mean()
    divergence = 0.5 * (mean.square() + logvar.exp() - 1 - logvar).mean()
    return loss + config.kl_weight * divergence, squared.detach().mean(dim=(1, 2, 3))


def train_autoencoder(
    config: TrainingConfig,
    chips: Mapping[str, NDArray[np.uint8]],
    output: Path,
    fingerprint: str,
    device: torch.device,
) -> AutoencoderKL:
    """Train, or go on from ``output/autoencoder.pt``.

    Args:
        config: of the run.
        chips: by modality (chips, channels, 256, 256) uint8.
        output: folder of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.

    Returns:
        The autoencoder with the averaged weights.
    """
    settings = config.autoencoder
    torch.manual_seed(config.seed)
    model = build_autoencoder(settings)
    torch.nn.Module.to(model, device)
    optimiser = torch.optim.AdamW(model.parameters(), lr=settings.learning_rate, weight_decay=settings.weight_decay)
    average = MovingAverage(model, settings.ema_decay)
    path, start = output / "autoencoder.pt", 0
    if path.exists():
        state = load_checkpoint(path, fingerprint, device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.load_state_dict(state["average"])
        start = int(state["step"])
    bar = tqdm(range(start, settings.steps), initial=start, total=settings.steps, desc="autoencoder", mininterval=5)
    began, shown = time.monotonic(), 0.0
    for step in bar:
        chance, generator = step_generators(config.seed, STAGE, step, device)
        pictures, weights = draw_crops(chips, settings, chance)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, settings.steps, settings.learning_rate, config.warmup)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16"):
            loss, squared = reconstruction_loss(model, pictures.to(device), weights.to(device), settings, generator)
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        shown = shown + 0.02 * (float(loss.detach()) - shown) if step > start else float(loss.detach())
        if step % 20 == 0:
            bar.set_postfix(
                loss=f"{shown:.4f}", db=f"{-10 * float(torch.log10(squared.mean() / 4)):.1f}", refresh=False
            )
        if (step + 1) % config.checkpoint_every == 0 or step + 1 == settings.steps:
            save_checkpoint(
                path,
                {
                    "fingerprint": fingerprint,
                    "step": step + 1,
                    "model": model.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "average": average.state_dict(),
                    "seconds": time.monotonic() - began,
                },
            )
    model.load_state_dict(average.values)
    model.eval()
    return model
