"""Convolutions behind the tokens of a small transformer, at the full resolution of the latents.

A token of 4 x 4 places in a few hundred numbers cannot carry every slope and edge from one modality to another, and
neighbouring tokens do not meet at their borders. What happens between a place and its neighbours, such as a slope
that follows from its shading, is what convolutions learn in a few hundred steps. So the tokens say what needs the
whole chip, and these say the rest.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch
import torch.nn.functional as F
from torch import Tensor, nn

TIME_DIMENSION = 32
"""Sinusoids of each stream's timestep."""
TIME_HIDDEN = 64


class DetailBlock(nn.Module):
    """Two 3 x 3 convolutions added to their input, scaled and shifted by the timesteps; the identity at first.

    Args:
        channels: of input and output.
    """

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.norm = nn.LayerNorm(channels)
        self.modulation = nn.Linear(TIME_HIDDEN, 2 * channels)
        self.conv1 = nn.Conv2d(channels, channels, 3, padding=1)
        self.conv2 = nn.Conv2d(channels, channels, 3, padding=1)

    def forward(self, features: Tensor, time: Tensor) -> Tensor:
        """Transform features (B, channels, H, W) at times (B, TIME_HIDDEN)."""
        scale, shift = self.modulation(time)[:, :, None, None].chunk(2, dim=1)
        # Normalised place by place, so that no place depends on how large the window around it is.
        normal = self.norm(features.permute(0, 2, 3, 1)).permute(0, 3, 1, 2)
        hidden = self.conv1(F.silu(normal * (1 + scale) + shift))
        added: Tensor = features + self.conv2(F.silu(hidden))
        return added


class Detail(nn.Module):
    """What the tokens' answer lacks, from it and the network's inputs, for all streams together.

    Args:
        latent_channels: of each stream; all streams share rows and columns.
        answered: the first channels of each stream, which the tokens answer for.
        seen: channels of what they are given beside the tokens' answer, all streams together.
        channels: inside.
        blocks: how many :class:`DetailBlock`.
    """

    def __init__(
        self, latent_channels: Sequence[int], answered: Sequence[int], seen: int, channels: int, blocks: int
    ) -> None:
        super().__init__()
        self.latent_channels = list(latent_channels)
        self.left = [whole - part for whole, part in zip(latent_channels, answered, strict=True)]
        total = sum(self.latent_channels)
        self.time1 = nn.Linear(TIME_DIMENSION * len(self.latent_channels), TIME_HIDDEN)
        self.time2 = nn.Linear(TIME_HIDDEN, TIME_HIDDEN)
        self.enter = nn.Conv2d(sum(answered) + seen, channels, 3, padding=1)
        self.blocks = nn.ModuleList(DetailBlock(channels) for _ in range(blocks))
        self.leave = nn.Conv2d(channels, total, 3, padding=1)

    def forward(
        self,
        answers: Sequence[Tensor],
        inputs: Sequence[Tensor],
        timesteps: Tensor,
        embed: Callable[[Tensor, int], Tensor],
    ) -> list[Tensor]:
        """Complete the tokens' answer.

        Args:
            answers: one (B, answered, H, W) per stream, from the tokens.
            inputs: what they are given beside these (B, channels, H, W), one after the other.
            timesteps: (B, streams).
            embed: sinusoids (B, dimension) of timesteps (B,), float32.
        """
        dtype = self.enter.weight.dtype
        sinusoids = [embed(timesteps[:, index], TIME_DIMENSION) for index in range(len(answers))]
        time = F.silu(self.time2(F.silu(self.time1(torch.cat(sinusoids, dim=1).to(dtype)))))
        together = torch.cat([value.to(dtype) for value in (*answers, *inputs)], dim=1)
        features = self.enter(together.contiguous(memory_format=torch.channels_last))
        for block in self.blocks:
            features = block(features, time)
        added = torch.split(self.leave(F.silu(features)), self.latent_channels, dim=1)
        whole = [
            F.pad(answer, (0, 0, 0, 0, 0, left)) if left else answer
            for answer, left in zip(answers, self.left, strict=True)
        ]
        return [answer + more for answer, more in zip(whole, added, strict=True)]

    def reset_outputs(self) -> None:
        """Begin as the identity: nothing is added to the answer."""
        for convolution in [self.leave, *(block.conv2 for block in self.blocks if isinstance(block, DetailBlock))]:
            if not convolution.weight.is_meta:
                nn.init.zeros_(convolution.weight)
                if convolution.bias is not None:
                    nn.init.zeros_(convolution.bias)
