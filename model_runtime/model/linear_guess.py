"""The best linear guess of clean latents from noised ones, of all streams together.

What one modality tells of another is, for the most part, linear: the same ground seen through haze, in other
bands, in other units. A small network that had to learn to copy every fine detail from one stream to the other
would spend its training on that. So the linear part is measured once, as mean and covariance of the latent
channels of all streams at one place, and the network adds what a line misses: the preconditioning of Karras et
al. 2022 (https://arxiv.org/abs/2206.00364), for several streams with a timestep each.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from model_runtime.sampling.schedule import NoiseSchedule

LAST = 1000
FIRST = 1.0
"""Timesteps below this count as it: a clean latent is known up to its faint noise, and no matrix is singular."""
NEWTON_STEPS = 24
SMALLEST_SPREAD = 1e-3
LOG_ALPHAS = NoiseSchedule().log_alpha(np.linspace(0.0, 1.0, LAST + 1)).astype(np.float32)
"""Logarithm of the signal's share at timesteps 0 to 1000 of the schedule all these models share."""


def schedule_levels(timesteps: Tensor) -> tuple[Tensor, Tensor]:
    """Signal's and noise's share at timesteps of any shape, from 1 to 1000, float32."""
    table = torch.from_numpy(LOG_ALPHAS).to(timesteps.device)
    times = timesteps.float().clamp(FIRST, float(LAST))
    below = times.floor().clamp(max=float(LAST - 1))
    index = below.long()
    log_alpha = torch.lerp(table[index], table[index + 1], times - below)
    return torch.exp(log_alpha), torch.sqrt(-torch.expm1(2 * log_alpha))


def spd_inverse(matrix: Tensor) -> Tensor:
    """Inverse of symmetric positive definite matrices (B, N, N) by Newton's iteration.

    Made of matrix products alone, because exported graphs know no other way to an inverse. Rows and columns are
    scaled to a diagonal of ones first; the iteration then doubles its correct digits until float32 is exhausted. What
    is lost grows with the condition (``tests/runtime/model/test_linear_guess.py``), most for means over large squares.
    """
    scale = torch.rsqrt(torch.diagonal(matrix, dim1=-2, dim2=-1))
    scaled = scale[:, :, None] * matrix * scale[:, None, :]
    # Made of the input, as large as it: a constant would be stored in graphs.
    twice = torch.diag_embed(2 * torch.ones_like(scale))
    # The largest row sum bounds the largest eigenvalue, so that the iteration converges.
    inverse = 0.5 * twice / scaled.abs().sum(dim=-1).amax(dim=-1)[:, None, None]
    for _ in range(NEWTON_STEPS):
        inverse = inverse @ (twice - scaled @ inverse)
    return scale[:, :, None] * inverse * scale[:, None, :]


def block_means(latents: Tensor, side: int) -> Tensor:
    """Means (B, C, H / side, W / side) of latents (B, C, H, W) over squares of a side."""
    batch, channels, rows, columns = latents.shape
    return latents.reshape(batch, channels, rows // side, side, columns // side, side).mean(dim=(3, 5))


def spread_out(means: Tensor, columns: int) -> Tensor:
    """Means (B, C, H / side, columns / side) of squares, each in all places of its square: (B, C, H, columns)."""
    side = columns // means.shape[-1]
    return means if side == 1 else means.repeat_interleave(side, dim=-2).repeat_interleave(side, dim=-1)


def wrong_squares(blocks: Sequence[int], rows: int, columns: int) -> str | None:
    """What is wrong with sides of squares for latents of these rows and columns, or None."""
    if any(side < 2 for side in blocks):
        return f"guess_blocks must be sides of 2 places or more, found {list(blocks)}"
    if any(coarse % fine or coarse == fine for coarse, fine in pairwise(blocks)):
        return f"guess_blocks must be multiples of one another, from coarse to fine, found {list(blocks)}"
    if blocks and (rows % blocks[0] or columns % blocks[0]):
        return f"guess_blocks {list(blocks)} do not divide latents of {rows} x {columns} places"
    return None


class LinearGuess(nn.Module):
    """Linear least squares guess of every clean latent, from all streams at the same place.

    Its buffers ``mean`` (N,) and ``covariance`` (N, N), N the sum of the channels, hold the statistics of the clean
    latents; in less than float32 the covariance would lose its meaning.

    With ``blocks`` the latents are taken apart into their means over squares of those sides, each less the means
    before, and what is left. These parts are orthogonal, and ``covariance`` (parts, N, N) has one for each: per
    dimension of the part, which is ``side ** 2`` times the covariance of its means, so that noise has variance 1 in all
    of them. How bright a whole picture is stands out of the noise long before any of its places does, and depends on
    other things.

    Args:
        channels: latent channels of each stream; all streams share rows and columns.
        blocks: sides of squares in places, from coarse to fine, which ``wrong_squares`` has nothing against.
    """

    mean: Tensor
    covariance: Tensor

    def __init__(self, channels: Sequence[int], blocks: Sequence[int] = ()) -> None:
        super().__init__()
        self.channels, self.blocks = list(channels), list(blocks)
        densities = [side**-2 for side in blocks] + [1.0]
        self.shares = [now - before for before, now in pairwise([0.0, *densities])]
        """Dimensions of each part over those of all."""
        count = sum(self.channels)
        self.register_buffer("mean", torch.zeros(count))
        one = torch.eye(count)
        self.register_buffer("covariance", one.repeat(len(self.shares), 1, 1) if blocks else one)

    def forward(self, states: Sequence[Tensor], timesteps: Tensor) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
        """Guess the clean latents.

        Nothing of the picture is taken to be left at timestep 1000, though the schedule keeps 7 % there: absent
        streams and the start of a run are noise alone.

        Args:
            states: one (B, C, H, W) per stream, alpha * clean + sigma * noise.
            timesteps: (B, streams), 0 (clean) to 1000 (noise), may be fractional.

        Returns:
            Per stream, float32: the states with mean 0 and standard deviation 1 in every channel; the guesses, both
            shaped as ``states``; and how far these miss, as standard deviations (B, C, 1, 1) over all places.
        """
        device = timesteps.device.type
        if torch.is_autocast_enabled(device):
            with torch.autocast(device, enabled=False):
                return self._guess(states, timesteps)
        return self._guess(states, timesteps)

    def _guess(self, states: Sequence[Tensor], timesteps: Tensor) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
        alpha = self._signal(timesteps)
        noise = 1 - alpha.square()
        state = torch.cat([value.float() for value in states], dim=1)
        rest = state - (alpha * self.mean)[:, :, None, None]
        shared = self._covariances() * alpha[:, None, None, :]
        power = alpha[:, None, :, None] * shared + torch.diag_embed(noise)[:, None]
        inverse = spd_inverse(power.flatten(0, 1)).reshape(power.shape)
        guess, taken = self.mean[:, None, None].expand_as(rest), torch.zeros_like(rest)
        for index, part in enumerate(self.parts(rest)):
            found = inverse[:, index] @ part.flatten(2)
            taken = taken + spread_out(found.reshape(part.shape), rest.shape[-1])
            guess = guess + spread_out((shared[:, index] @ found).reshape(part.shape), rest.shape[-1])
        missed = torch.diagonal(self._covariances() - shared @ inverse @ shared.mT, dim1=-2, dim2=-1)
        # Where signal outweighs noise it follows from the noise: a difference of large clean values would leave that
        # no digits.
        clear, signal = alpha.square() > noise, alpha.clamp_min(0.5)
        kept = (noise / signal.square())[:, None] * (1 - noise[:, None] * torch.diagonal(inverse, dim1=-2, dim2=-1))
        missed = self._overall(torch.where(clear[:, None], kept, missed))
        without = (state - noise[:, :, None, None] * taken) / signal[:, :, None, None]
        guess = torch.where(clear[:, :, None, None], without, guess)
        spread = missed.clamp_min(SMALLEST_SPREAD**2).sqrt()[:, :, None, None]
        normal = rest * self._overall(torch.diagonal(power, dim1=-2, dim2=-1)).rsqrt()[:, :, None, None]
        normals, guesses, spreads = (list(torch.split(v, self.channels, dim=1)) for v in (normal, guess, spread))
        return normals, guesses, spreads

    def parts(self, latents: Tensor) -> list[Tensor]:
        """Take latents (B, C, H, W) apart: means (B, C, H / side, W / side) less the coarser ones, and what is left."""
        means = [*(block_means(latents, side) for side in self.blocks), latents]
        finer = [now - spread_out(before, now.shape[-1]) for before, now in pairwise(means)]
        return [means[0], *finer]

    def deviations(self, latents: Tensor, index: int, signal: float = 1.0) -> list[Tensor]:
        """Take one stream's clean latents less their mean apart; of noised ones, less the mean's ``signal`` share."""
        mean = torch.split(self.mean, self.channels)[index][:, None, None]
        return self.parts(latents.float() - signal * mean)

    @property
    def unmeasured(self) -> bool:
        """Whether it knows nothing yet, or there are parts and no differences of theirs have been measured."""
        covariance = self._covariances()
        unknown = torch.equal(covariance, torch.eye(len(self.mean)).to(covariance).expand_as(covariance))
        return unknown or (bool(self.blocks) and bool((covariance == covariance[:1]).all()))

    def _covariances(self) -> Tensor:
        """Covariance of every part (parts, N, N)."""
        return self.covariance.reshape(len(self.shares), *self.covariance.shape[-2:])

    def _overall(self, variances: Tensor) -> Tensor:
        """Variances (..., N) over all places from those of the parts (..., parts, N)."""
        parts = [share * part for share, part in zip(self.shares, variances.unbind(dim=-2), strict=True)]
        return torch.stack(parts).sum(dim=0)

    def standardise(self, latents: Sequence[Tensor]) -> list[Tensor]:
        """Clean latents or guesses, with mean 0 and standard deviation 1 in every channel of the clean ones."""
        means = torch.split(self.mean, self.channels)
        deviations = self._overall(torch.diagonal(self._covariances(), dim1=-2, dim2=-1)).sqrt()
        spreads = torch.split(deviations, self.channels)
        return [
            (latent.float() - mean[:, None, None]) / spread[:, None, None]
            for latent, mean, spread in zip(latents, means, spreads, strict=True)
        ]

    def _signal(self, timesteps: Tensor) -> Tensor:
        """Signal's share (B, N) of every channel at the timesteps of its stream."""
        alpha, _ = schedule_levels(timesteps)
        alpha = alpha * (LAST - timesteps.float()).clamp(0.0, 1.0)
        return torch.cat([alpha[:, at, None].expand(-1, count) for at, count in enumerate(self.channels)], dim=1)
