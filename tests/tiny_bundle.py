"""A tiny model with random weights, for tests that need some model and no sense in its pictures."""

from __future__ import annotations

from pathlib import Path

import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

from model_runtime.model.bundle import save_bundle, transformer_streams
from model_runtime.model.published import thumbnail_streams
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer

DETAIL = {
    "prediction_type": "preconditioned",
    "detail_channels": 12,
    "detail_blocks": 2,
    "detail_reads": "both",
    "guess_blocks": [8, 2],
}
"""What a transformer can have beyond the published one: a linear guess that takes means over squares by themselves, and
convolutions that read it too."""


def make_tiny_bundle(path: Path, seed: int = 0, detail: bool = False) -> Path:
    """Write a bundle of the published kind with small random networks; the same seed, the same bytes."""
    streams = thumbnail_streams()
    with torch.random.fork_rng():
        torch.manual_seed(seed)
        more = DETAIL if detail else {}
        transformer = CopGenTransformer(transformer_streams(streams), embed_dim=64, depth=2, num_heads=4, **more)
        for parameter in transformer.parameters():
            # Initial weights of a network that is to be trained predict next to nothing.
            if parameter.ndim == 2:
                torch.nn.init.normal_(parameter, std=parameter.shape[1] ** -0.5)
        if transformer.detail is not None and transformer.linear_guess is not None:
            for parameter in transformer.detail.parameters():
                torch.nn.init.normal_(parameter, std=0.1 if parameter.ndim == 1 else parameter[0].numel() ** -0.5)
            mixed = torch.randn(len(streams) * 4, len(streams) * 4) / 4
            covariance = mixed @ mixed.T + torch.eye(len(mixed)) / 4
            transformer.linear_guess.covariance.copy_(covariance * torch.tensor([8.0, 2.0, 0.5])[:, None, None])
        autoencoder = AutoencoderKL(
            block_out_channels=(8, 8, 16, 16),
            down_block_types=("DownEncoderBlock2D",) * 4,
            up_block_types=("UpDecoderBlock2D",) * 4,
            layers_per_block=1,
            latent_channels=4,
            norm_num_groups=4,
            sample_size=256,
        )
    scheduler = CopGenScheduler(num_inference_steps=4, fast_inference_steps=2)
    save_bundle(path, streams, transformer, {"vae": autoencoder}, scheduler, "# Tiny random model for tests\n")
    return path
