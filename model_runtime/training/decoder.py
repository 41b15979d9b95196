"""Second stage: the decoder alone, so that decoded pictures have the power spectrum of the true ones.

An autoencoder trained for the smallest error leaves out what its latents do not tell: a speckle of a pixel or two, the
grain of a field. Pictures without it look smeared, and their radar speckle has twice the looks. Its decoder is
trained further to make detail of the right amount, in every direction and wavelength, where it cannot know the right
one. Latents stay what they are, and so does a transformer trained on them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from numpy.typing import NDArray
from torch import Tensor

from model_runtime.training.autoencoder import draw_crops, fit
from model_runtime.training.config import DecoderConfig, TrainingConfig
from model_runtime.training.progress import Watch

STAGE = 3
WHOLE_EDGES = (1 / 64, 1 / 32, 1 / 16, 1 / 8, 2**-2.5, 1 / 4, 2**-1.5, 1 / 2, 0.71)
"""Bands of frequency of a whole crop, in cycles per pixel: octaves, halved where detail is finest."""
PART = 32
PART_EDGES = (1 / 8, 1 / 4, 1 / 2, 0.71)
"""Side of the parts whose fine detail is compared too, and their bands: what is smooth has to stay smooth, and a
pattern repeated all over a picture is no substitute for its grain."""
SECTORS = 8
"""Directions that are told apart; a wave and its opposite are one."""
FINE, FINEST = 1 / 8, 1 / 4
"""Detail of at least that many cycles per pixel is fine, or finest."""
QUANTISATION = (2 / 255) ** 2 / 12
"""Variance of what rounding to 8 bits does to a picture in [-1, 1]: detail below it is none."""


class Spectrum:
    """Power of square parts of pictures by wavelength and direction.

    Args:
        side: rows and columns of a part; parts overlap by half.
        edges: of the bands, in cycles per pixel.
        device: of the pictures.
    """

    def __init__(self, side: int, edges: Sequence[float], device: torch.device) -> None:
        self.side = side
        window = torch.hann_window(side, periodic=False, device=device)
        self.window = torch.outer(window, window)
        rows, columns = np.meshgrid(np.fft.fftfreq(side), np.fft.rfftfreq(side), indexing="ij")
        frequency, direction = np.hypot(rows, columns), np.arctan2(rows, columns) / np.pi
        # Rows and columns themselves lie in the middle of a sector: hatching is what convolutions make first.
        sector = np.floor(direction * SECTORS + 0.5).astype(int) % SECTORS
        masks = [
            (low, (frequency > low) & (frequency <= high) & (sector == number))
            for low, high in zip(edges[:-1], edges[1:], strict=True)
            for number in range(SECTORS)
        ]
        # In the corners of the spectrum some directions have no wave.
        lows, known = zip(*((low, mask) for low, mask in masks if mask.any()), strict=True)
        self.masks = torch.from_numpy(np.stack(known)).to(device, torch.float32).flatten(1)
        self.lows = torch.tensor(lows, device=device)
        self.floor = QUANTISATION * float(self.window.square().sum()) * self.masks.sum(dim=1)

    def __call__(self, pictures: Tensor) -> Tensor:
        """Power of pictures (batch, channels, rows, columns) in every band (batch, parts, channels, bands)."""
        batch, channels = pictures.shape[:2]
        parts = pictures.unfold(2, self.side, self.side // 2).unfold(3, self.side, self.side // 2)
        parts = parts.reshape(batch, channels, -1, self.side, self.side).transpose(1, 2)
        centred = (parts - parts.mean(dim=(-2, -1), keepdim=True)) * self.window
        power = torch.view_as_real(torch.fft.rfft2(centred)).square().sum(dim=-1)
        return power.flatten(-2) @ self.masks.T

    def _wanted(self, power: Tensor, fine_power: Tensor | None) -> Tensor:
        """Power of truths (count, ..., bands), that of fine and finest detail times what is wanted of it (count, 2)."""
        if fine_power is None:
            return power
        factors = torch.where(self.lows >= FINE, fine_power[:, :1], 1.0)
        factors = torch.where(self.lows >= FINEST, fine_power[:, 1:], factors)
        return power * factors.reshape(len(factors), *[1] * (power.ndim - 2), -1)

    def distance(self, pictures: Tensor, truths: Tensor, fine_power: Tensor | None = None) -> Tensor:
        """Mean squared logarithm of the power of pictures over what is wanted of them (batch,).

        Args:
            pictures: (batch, channels, rows, columns).
            truths: shaped alike.
            fine_power: of fine and of finest detail, wanted over the truth's (batch, 2); None for as much.
        """
        with torch.autocast(pictures.device.type, enabled=False):
            wanted = self._wanted(self(truths.float()), fine_power)
            ratio = torch.log((self(pictures.float()) + self.floor) / (wanted + self.floor))
        return ratio.square().mean(dim=(1, 2, 3))

    def total_distance(
        self, pictures: Tensor, truths: Tensor, groups: Tensor, fine_power: Tensor | None = None
    ) -> Tensor:
        """Mean squared logarithm of the power of all pictures of a group over what is wanted of them (groups,).

        The most contrasted pictures hold nearly all of it, where :meth:`distance` counts a smooth one as much as any.

        Args:
            pictures: (batch, channels, rows, columns).
            truths: shaped alike.
            groups: which pictures belong to each group (groups, batch), 1 or 0; a group of none is not missed.
            fine_power: of fine and of finest detail, wanted over the truth's (groups, 2); None for as much.
        """
        with torch.autocast(pictures.device.type, enabled=False):
            ours, true = (groups @ self(values.float()).mean(dim=(1, 2)) for values in (pictures, truths))
            ratio = torch.log((ours + self.floor) / (self._wanted(true, fine_power) + self.floor))
        return ratio.square().mean(dim=1)


def detail_loss(
    model: AutoencoderDC,
    pictures: Tensor,
    modalities: Tensor,
    spectra: Sequence[Spectrum],
    config: DecoderConfig,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Weighted squared and absolute error, and the distances of the power spectra, of each picture and of all together.

    Returns:
        The loss, and the mean squared error of each picture (batch,).
    """
    with torch.no_grad():
        latent = model.encoder(pictures).float()
    shape = (len(latent), 1, 1, 1)
    level = config.latent_noise * torch.rand(shape, generator=generator, device=latent.device)
    noise = torch.randn(latent.shape, generator=generator, device=latent.device)
    decoded = model.decoder(latent + level * noise).float()
    error = decoded - pictures
    squared = error.square()
    weights, spectrum_weights, power_weights, fine, finest = (
        torch.tensor(values, device=error.device)
        for values in (
            config.weights,
            config.spectrum_weights,
            config.power_weights,
            config.fine_power,
            config.finest_power,
        )
    )
    fine_power = torch.stack([fine, finest], dim=1)
    missed = (4 * squared + 0.2 * error.abs()).mean(dim=(1, 2, 3))
    distances = [spectrum.distance(decoded, pictures, fine_power[modalities]) for spectrum in spectra]
    distance = torch.stack(distances).mean(dim=0)
    loss = (weights[modalities] * missed + spectrum_weights[modalities] * distance).mean()
    if any(config.power_weights):
        groups = F.one_hot(modalities, len(power_weights)).T.float()
        loss = loss + (power_weights * spectra[0].total_distance(decoded, pictures, groups, fine_power)).sum()
    return loss, squared.detach().mean(dim=(1, 2, 3))


def train_decoder(
    config: TrainingConfig,
    model: AutoencoderDC,
    chips: Mapping[str, NDArray[np.uint8]],
    output: Path,
    fingerprint: str,
    device: torch.device,
    watch: Watch | None = None,
) -> AutoencoderDC:
    """Train a decoder further, or go on from ``output/decoder.pt``.

    Args:
        config: of the run.
        model: the trained autoencoder.
        chips: by modality (chips, channels, 256, 256) uint8.
        output: folder of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.
        watch: follows the loop.

    Returns:
        The autoencoder with the averaged weights of its decoder.

    Raises:
        TimeIsUp: the slice of time is over; the checkpoint is written.
    """
    settings = config.decoder
    if settings.steps == 0:
        return model
    model.requires_grad_(False)
    model.decoder.requires_grad_(True)
    torch.nn.Module.to(model, device)
    torch.nn.Module.to(model, memory_format=torch.channels_last)  # type: ignore[call-overload]
    spectra = [Spectrum(settings.crop, WHOLE_EDGES, device), Spectrum(PART, PART_EDGES, device)]

    def step_loss(chance: np.random.Generator, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        pictures, modalities = draw_crops(chips, settings, chance)
        pictures = pictures.to(device, memory_format=torch.channels_last)
        return detail_loss(model, pictures, modalities.to(device), spectra, settings, generator)

    watch = watch or Watch("decoder", output)
    return fit(model, step_loss, config, settings, STAGE, output / "decoder.pt", fingerprint, device, watch)
