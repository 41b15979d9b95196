"""The published shape with random weights: as fast as the published model, without its files."""

from __future__ import annotations

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from torch import nn

from model_runtime.model.files import transformer_streams
from model_runtime.model.published import LATENT_SCALE, thumbnail_streams
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import StreamSpec

LEVELS = 4


def build(tiny: bool = False) -> tuple[list[StreamSpec], CopGenTransformer, AutoencoderKL]:
    """Streams, transformer and autoencoder.

    Args:
        tiny: a hundredth of the size, to try the bench itself.
    """
    streams = thumbnail_streams()
    with torch.device("meta"):
        sizes = {"embed_dim": 64, "depth": 2, "num_heads": 4} if tiny else {}
        transformer = CopGenTransformer(transformer_streams(streams), **sizes)
        autoencoder = AutoencoderKL(
            down_block_types=("DownEncoderBlock2D",) * LEVELS,
            up_block_types=("UpDecoderBlock2D",) * LEVELS,
            block_out_channels=(8, 8, 16, 16) if tiny else (128, 256, 512, 512),
            layers_per_block=1 if tiny else 2,
            latent_channels=4,
            norm_num_groups=4 if tiny else 32,
            sample_size=256,
            scaling_factor=LATENT_SCALE,
        )
    for network in (transformer, autoencoder):
        network.to_empty(device="cpu").eval().requires_grad_(False)
        fill(network)
    return streams, transformer, autoencoder


def fill(network: nn.Module, seed: int = 0) -> None:
    """Draw weights that keep the size of what passes through; normalisations and biases change nothing."""
    chance = torch.Generator().manual_seed(seed)
    for name, parameter in network.named_parameters():
        if parameter.ndim > 1:
            parameter.normal_(0.0, parameter[0].numel() ** -0.5, generator=chance)
        else:
            parameter.fill_(1.0 if "norm" in name and name.endswith("weight") else 0.0)
