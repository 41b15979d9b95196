"""Import of the published checkpoints into a bundle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from torch import Tensor

from model_runtime.contract import InputError, ModelError
from model_runtime.model.bundle import save_bundle, transformer_streams
from model_runtime.model.files import CONFIG_NAME, WEIGHTS_NAME, new_bundle, read_json
from model_runtime.model.published import MODEL_CARD, RECIPES, thumbnail_streams
from model_runtime.model.published_layouts import (
    autoencoder_config,
    current_names,
    diffusers_names,
    transformer_config,
)
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.model.weights import fill, read_pickle, read_safetensors, skeleton
from model_runtime.provenance import write_provenance


def import_published(transformer: Path, vae: Path, output: Path, sources: Mapping[str, str] | None = None) -> None:
    """Convert the published transformer and its autoencoder into a bundle.

    Args:
        transformer: bare weights, ``.pth`` or ``.safetensors``; a ``config.json`` beside it tells the
            number of heads.
        vae: weights under LDM or diffusers names (``.pth`` or ``.safetensors``), or a diffusers folder; what a
            diffusers ``config.json`` beside them does not say is told by their sizes, or is as published.
        output: the bundle's folder; must not exist yet.
        sources: SHA-256 of the two files by role where they are published ones, to be recorded.

    Raises:
        InputError: a file is missing.
        ModelError: a file is broken or holds code; weights are missing, extra or misshapen; or
            the folder exists. Nothing is left under the final name then.
    """
    if output.exists():
        raise ModelError(f"{output}: exists already; remove it or choose another folder.")
    network, sizes = _read_transformer(transformer)
    autoencoder = _read_autoencoder(vae)
    downsampling = 2 ** (len(autoencoder.config["block_out_channels"]) - 1)
    streams = thumbnail_streams(
        latent_channels=sizes["channels"],
        latent_size=sizes["height"],
        patch_size=sizes["patch_size"],
        latent_scale=autoencoder.config["scaling_factor"],
        chip_size=sizes["height"] * downsampling,
    )
    if autoencoder.config["latent_channels"] != sizes["channels"]:
        raise ModelError(
            f"{vae}: makes latents of {autoencoder.config['latent_channels']} channels, but {transformer} takes "
            f"{sizes['channels']}; give the autoencoder it was trained with."
        )
    with new_bundle(output) as unfinished:
        save_bundle(unfinished, streams, network, {"vae": autoencoder}, CopGenScheduler(), MODEL_CARD)
        write_provenance(unfinished, sources or {})


def _read_transformer(path: Path) -> tuple[CopGenTransformer, dict[str, int]]:
    state = _read_weights(path)
    if not any(name.startswith("patch_embeds.") for name in state):
        raise ModelError(f"{path}: holds no transformer of COP-GEN-Beta; give its file, and the autoencoder's apart.")
    beside = path.parent / CONFIG_NAME
    config = transformer_config(state, read_json(beside) if beside.is_file() else {})
    sizes = config["streams"][0]
    if len(config["streams"]) != len(RECIPES):
        raise ModelError(f"{path}: has {len(config['streams'])} streams, the published model {len(RECIPES)}.")
    streams = thumbnail_streams(sizes["channels"], sizes["height"], sizes["patch_size"])
    network = skeleton(CopGenTransformer, {**config, "streams": transformer_streams(streams)}, path)
    return fill(network, state, path), sizes


def _read_autoencoder(path: Path) -> AutoencoderKL:
    file = path / WEIGHTS_NAME if path.is_dir() else path
    state = _read_weights(file)
    if not any(name.startswith("decoder.") for name in state):
        raise ModelError(f"{file}: holds no autoencoder; give its file, and the transformer's apart.")
    beside: dict[str, Any] = {}
    if any(name.startswith("encoder.down.") for name in state):
        state = diffusers_names(state)
    else:
        state = current_names(state)
        if path.is_dir() or (file.parent / CONFIG_NAME).is_file():
            beside = read_json(file.parent / CONFIG_NAME)
        if not path.is_dir() and "block_out_channels" not in beside:
            beside = {}  # the transformer's
    # Files written before the scale became a setting do not name it; it was the published one.
    network: AutoencoderKL = skeleton(AutoencoderKL, {**autoencoder_config(state), **beside}, file)
    return fill(network, state, file)


def _read_weights(path: Path) -> dict[str, Tensor]:
    if not path.is_file():
        found = "is a folder; give the file in it" if path.is_dir() else "there is no such file; check the path"
        raise InputError(f"{path}: {found}.")
    state = read_safetensors(path) if path.suffix == ".safetensors" else read_pickle(path)
    for name, tensor in state.items():
        if not tensor.is_floating_point() or not tensor.isfinite().all():
            raise ModelError(f"{path}: {name} holds no finite numbers; the file is damaged, fetch it again.")
    return state
