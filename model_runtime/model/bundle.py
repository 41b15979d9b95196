"""The model bundle: a folder in diffusers' layout with the list of streams beside it.

``model_index.json  transformer/  vae/ or vae/<name>/  scheduler/  modalities.json  README.md``; weights
are safetensors only.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import diffusers
import torch
from torch import nn

from model_runtime.contract import ModelError
from model_runtime.model.autoencoders import Autoencoder, AutoencoderSet, autoencoder_kind
from model_runtime.model.files import (
    CONFIG_NAME,
    INDEX_NAME,
    SCHEDULER_NAME,
    STREAMS_NAME,
    TRANSFORMER,
    WEIGHTS_NAME,
    autoencoder_folders,
    bundle_sha256,
    read_bundle_streams,
    read_json,
    transformer_streams,
)
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.model.weights import (
    check_measured,
    check_shapes,
    load_network,
    read_shapes,
    read_some,
    save_network,
    shapes_of,
    skeleton,
)
from model_runtime.streams import StreamSpec, write_streams


@dataclass(frozen=True)
class Bundle:
    """A loaded model.

    Attributes:
        path: its folder.
        streams: in the order of the network's inputs.
        transformer: predicts the noise.
        autoencoders: by folder, as :attr:`StreamSpec.autoencoder` names it.
        scheduler: noise schedule and step counts.
    """

    path: Path
    streams: list[StreamSpec]
    transformer: CopGenTransformer
    autoencoders: dict[str, Autoencoder]
    scheduler: CopGenScheduler


def load_bundle(path: Path, dtype: torch.dtype = torch.float32) -> Bundle:
    """Load a bundle, whatever the precision on disk.

    Args:
        path: its folder.
        dtype: precision of the transformer in memory; autoencoders are always float32.

    Raises:
        ModelError: a file is missing or broken, weights do not fit, or streams and transformer disagree.
    """
    streams = read_bundle_streams(path)
    transformer = load_network(CopGenTransformer, path / TRANSFORMER, dtype)
    autoencoders = {
        folder: load_network(_autoencoder(path / folder), path / folder) for folder in autoencoder_folders(streams)
    }
    return Bundle(path, streams, transformer, autoencoders, load_scheduler(path))


def load_scheduler(path: Path) -> CopGenScheduler:
    """Load a bundle's schedule and step counts alone.

    Raises:
        ModelError: the file is missing or broken.
    """
    config = read_json(path / SCHEDULER_NAME)
    try:
        scheduler: CopGenScheduler = CopGenScheduler.from_config(config)
    except (TypeError, ValueError) as error:
        raise ModelError(f"{path / SCHEDULER_NAME}: is no noise schedule ({error}).") from error
    return scheduler


def verify_bundle(path: Path) -> None:
    """Check that every file is there and that names and shapes of all weights fit, reading headers and buffers only.

    Raises:
        ModelError: naming what is missing or does not fit, or measured values that are no numbers.
    """
    streams = read_bundle_streams(path)
    load_scheduler(path)
    read_json(path / INDEX_NAME)
    networks: list[tuple[str, type[nn.Module]]] = [(TRANSFORMER, CopGenTransformer)]
    networks += [(folder, _autoencoder(path / folder)) for folder in autoencoder_folders(streams)]
    for folder, network in networks:
        built = skeleton(network, read_json(path / folder / CONFIG_NAME), path / folder / CONFIG_NAME)
        weights = path / folder / WEIGHTS_NAME
        check_shapes(shapes_of(built.state_dict()), read_shapes(weights), weights)
        check_measured(read_some(weights, [name for name, _ in built.named_buffers()]), weights)


def save_bundle(
    path: Path,
    streams: Sequence[StreamSpec],
    transformer: CopGenTransformer,
    autoencoders: Mapping[str, Autoencoder],
    scheduler: CopGenScheduler,
    card: str,
    dtype: torch.dtype | None = None,
) -> None:
    """Write a bundle.

    Args:
        path: its folder, created; files of an older bundle in it are overwritten.
        streams: in the order of the network's inputs.
        transformer: predicts the noise.
        autoencoders: by folder, ``vae`` or ``vae/<name>``.
        scheduler: noise schedule and step counts.
        card: the model card, Markdown.
        dtype: precision of the weights on disk; None keeps the networks' own.
    """
    path.mkdir(parents=True, exist_ok=True)
    save_network(transformer, path / TRANSFORMER, dtype)
    for folder, autoencoder in autoencoders.items():
        save_network(autoencoder, path / folder, dtype)
    if "vae" not in autoencoders:
        AutoencoderSet([folder.removeprefix("vae/") for folder in autoencoders]).save_config(path / "vae")
    scheduler.save_pretrained(path / "scheduler")
    write_streams(streams, path / STREAMS_NAME)
    _write_index(path, type(autoencoders["vae"]) if "vae" in autoencoders else AutoencoderSet)
    (path / "README.md").write_text(card, encoding="utf-8")


def _autoencoder(folder: Path) -> type[Autoencoder]:
    return autoencoder_kind(read_json(folder / CONFIG_NAME), folder / CONFIG_NAME)


def _write_index(path: Path, autoencoder: type) -> None:
    library = AutoencoderSet.__module__ if autoencoder is AutoencoderSet else "diffusers"
    index = {
        "_class_name": "CopGenPipeline",
        "_diffusers_version": diffusers.__version__,
        "transformer": [CopGenTransformer.__module__, CopGenTransformer.__name__],
        "vae": [library, autoencoder.__name__],
        "scheduler": [CopGenScheduler.__module__, CopGenScheduler.__name__],
    }
    (path / INDEX_NAME).write_text(json.dumps(index, indent=2) + "\n", encoding="utf-8")


__all__ = [
    "Bundle",
    "bundle_sha256",
    "load_bundle",
    "load_scheduler",
    "save_bundle",
    "transformer_streams",
    "verify_bundle",
]
