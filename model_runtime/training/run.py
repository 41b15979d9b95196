"""A training run from simulated scenes to a bundle on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path

import torch
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC

from model_runtime.contract import MODALITIES, InputError
from model_runtime.model.bundle import save_bundle
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import StreamSpec
from model_runtime.training.autoencoder import train_autoencoder
from model_runtime.training.card import model_card
from model_runtime.training.config import TrainingConfig
from model_runtime.training.data import CHIP, load_chips, make_chips
from model_runtime.training.diffusion import LATENT_SIDE, encode_scenes, measure_scales, train_transformer

INFERENCE_STEPS = 20
"""Network evaluations of the small model unless asked otherwise."""


def fingerprint(*parts: object) -> str:
    """Short digest of the settings that a stage's weights depend on."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def stream_specs(config: TrainingConfig, scales: Mapping[str, float]) -> list[StreamSpec]:
    """The streams of the small model: those of the published one, with their own scales and patches."""
    return [
        StreamSpec(
            name=name,
            modality=name,
            channels=3,
            pixel_size=10.0,
            chip_size=CHIP,
            latent_channels=config.autoencoder.latent_channels,
            latent_height=LATENT_SIDE,
            latent_width=LATENT_SIDE,
            patch_size=config.transformer.patch_size,
            latent_scale=scales[name],
            autoencoder="vae",
            recipe="thumbnail",
            unit="1",
        )
        for name in MODALITIES
    ]


def write_bundle(
    config: TrainingConfig,
    autoencoder: AutoencoderDC,
    transformer: CopGenTransformer,
    scales: Mapping[str, float],
    folder: Path,
) -> Path:
    """Write the bundle in half precision."""
    scheduler = CopGenScheduler(
        num_inference_steps=INFERENCE_STEPS,
        fast_inference_steps=INFERENCE_STEPS // 2,
        pure_start=config.transformer.start_share > 0,
    )
    save_bundle(
        folder,
        stream_specs(config, scales),
        transformer.cpu(),
        {"vae": autoencoder.cpu()},
        scheduler,
        model_card(config, None),
        dtype=torch.float16,
    )
    return folder


def train(config: TrainingConfig, output: Path, resume: bool = False) -> Path:
    """Simulate, train the autoencoder, encode, train the transformer, write the bundle.

    Every stage leaves what it made in ``output`` and goes on from there when resumed; a resumed run
    on the same machine gives the weights of an uninterrupted one.

    Args:
        config: of the run.
        output: folder of data, checkpoints and bundle.
        resume: go on with what is in the folder.

    Returns:
        The bundle's folder.

    Raises:
        InputError: the folder holds another run, or one that was not asked to be resumed.
    """
    checkpoints = [output / "autoencoder.pt", output / "transformer.pt"]
    if not resume and any(path.exists() for path in checkpoints):
        raise InputError(f"{output} already holds a training run: give --resume to go on, or another --output.")
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    seeds = range(config.data.first_seed, config.data.first_seed + config.data.scenes)
    make_chips(output / "cache", seeds, config.data.size)
    chips = load_chips(output / "cache")
    common = (config.seed, config.precision, config.warmup, asdict(config.data))
    first = fingerprint(common, asdict(config.autoencoder))
    autoencoder = train_autoencoder(config, chips, output, first, device)
    latents = encode_scenes(
        autoencoder, chips, config.data.scenes, output / f"latents-{first}", config.precision, device
    )
    scales = measure_scales(latents)
    second = fingerprint(first, asdict(config.transformer))
    transformer = train_transformer(config, latents, scales, output, second, device)
    return write_bundle(config, autoencoder, transformer, scales, output / config.name)
