"""Gains on predicted clean latents that keep a run's states as strong as noised clean latents are.

A small network says less than it should of what it is unsure of; the next states lack that, so that it says less again,
and pictures end up with too little contrast, long before the squared error it is trained for tells.
What a run's state must hold is known: its product with the prediction has to have the mean that it has with the clean
latent. So the factor that gives it this mean is measured on training chips, call by call along runs
(:mod:`model_runtime.training.moments`), and kept with the weights. Ning et al. 2024 (https://arxiv.org/abs/2308.15321)
scale the predicted noise for the same reason; here each part of the spectrum has a factor of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

from model_runtime.model.linear_guess import spread_out


def channel_groups(count: int) -> list[int]:
    """First channels of the groups that share a gain, and the count behind the last: each half of those up to it.

    Latent channels go from coarse to fine: 24 of them make groups from 0, 1, 3, 6 and 12 on.
    """
    edges = [count]
    while edges[-1] > 1:
        edges.append(edges[-1] // 2)
    return [0, *reversed(edges)]


def wrong_times(times: Sequence[float]) -> str | None:
    """What is wrong with the timesteps of gains, or None."""
    known = isinstance(times, list | tuple) and all(isinstance(t, int | float) and 0 <= t <= 1000 for t in times)
    # As far apart as the network's own precision tells them.
    single = [np.float32(time) for time in times] if known else []
    if not known or len(times) == 1 or any(now >= before for before, now in pairwise(single)):
        return f"moment_times must be two timesteps or more, falling, between 1000 and 0, found {times}"
    return None


class MomentGains(nn.Module):
    """Factors of predicted clean latents by stream, timestep, what else is given, part of the picture and channels.

    Its buffer ``excess`` (streams, subsets, times, parts, groups) holds the factors less 1; all zeros change nothing.
    Bit j of a subset's number says whether the j-th of the other streams is given. Parts are those of a
    :class:`~model_runtime.model.linear_guess.LinearGuess`, groups those of :func:`channel_groups`.

    Args:
        streams: how many.
        channels: latent channels of every stream.
        parts: how many parts a picture is taken apart into.
        times: falling timesteps; between two of them factors are interpolated, beyond the first and the last they stay.
    """

    excess: Tensor

    def __init__(self, streams: int, channels: int, parts: int, times: Sequence[float]) -> None:
        super().__init__()
        self.times = [float(time) for time in times]
        self.edges = channel_groups(channels)
        subsets, groups = 2 ** (streams - 1), len(self.edges) - 1
        self.register_buffer("excess", torch.zeros(streams, subsets, len(self.times), parts, groups))

    def forward(self, parts: Sequence[Tensor], timesteps: Tensor) -> Tensor:
        """What is to be added to predicted clean latents, (B, channels of all streams, H, W).

        Args:
            parts: of the predictions of all streams, one after the other and less their means, from coarse to fine:
                (B, channels of all streams, H / side, W / side), float32.
            timesteps: (B, streams), 0 (clean) to 1000 (noise).
        """
        weights = self._weights(timesteps.float()).flatten(2)
        excess = (weights[..., None] * self.excess.float().flatten(1, 2).flatten(2)).sum(dim=2)
        excess = self.per_channel(excess.reshape(*excess.shape[:2], *self.excess.shape[-2:])).transpose(1, 2).flatten(2)
        columns = parts[-1].shape[-1]
        added = torch.zeros_like(parts[-1])
        for part, factors in zip(parts, excess.unbind(dim=1), strict=True):
            added = added + spread_out(part * factors[:, :, None, None], columns)
        return added

    def per_channel(self, values: Tensor) -> Tensor:
        """Values of groups (..., groups) as those of channels (..., channels)."""
        index = [at for at, (first, last) in enumerate(pairwise(self.edges)) for _ in range(last - first)]
        return values[..., torch.tensor(index, device=values.device)]

    def _weights(self, timesteps: Tensor) -> Tensor:
        """Share (B, streams, subsets, times) of every measured factor in those of each stream.

        Another stream counts as given as far as it is ahead of this one on its way from noise.
        """
        count = timesteps.shape[1]
        times = torch.tensor(self.times, device=timesteps.device)
        place = ((times[:-1] - timesteps[..., None]) / (times[:-1] - times[1:])).clamp(0.0, 1.0).sum(dim=-1)
        order = torch.arange(len(self.times), dtype=torch.float32, device=timesteps.device)
        near = (1 - (place[..., None] - order).abs()).clamp_min(0.0)
        others = torch.tensor([[at for at in range(count) if at != own] for own in range(count)])
        ahead = timesteps[..., None] - timesteps[:, others.to(timesteps.device)]
        given = (ahead / timesteps[..., None].clamp_min(1.0)).clamp(0.0, 1.0)
        share = torch.ones_like(near[..., :1])
        for number in range(count - 1):
            one = given[..., number : number + 1]
            share = torch.cat([share * (1 - one), share * one], dim=-1)
        return share[..., None] * near[:, :, None]
