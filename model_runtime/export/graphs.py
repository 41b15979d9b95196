"""A bundle's graphs, written beside its weights."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import asdict
from pathlib import Path

import onnx_ir as ir
import torch

from model_runtime import __version__
from model_runtime.backends.graphs import DECODER, ENCODER, TRANSFORMER_GRAPHS
from model_runtime.backends.metadata import (
    METADATA_NETWORK,
    METADATA_PRECISION,
    METADATA_SHA256,
    METADATA_STREAMS,
    METADATA_VERSION,
    seal,
)
from model_runtime.export.bundle import DEFAULT_OPSET
from model_runtime.export.references import refer_to
from model_runtime.export.tracing import shorten, trace_decoder, trace_encoder, trace_transformer
from model_runtime.model.autoencoders import Autoencoder
from model_runtime.model.bundle import Bundle, load_bundle
from model_runtime.model.files import TRANSFORMER, WEIGHTS_NAME, autoencoder_folders, network_sha256, read_header
from model_runtime.streams import StreamSpec

Told = Callable[[str], None]


def write_graphs(path: Path, opset: int = DEFAULT_OPSET, told: Told = lambda name: None) -> list[Path]:
    """Write the graphs of a bundle, computing in float32, in the bundle's own folder.

    Each refers to the safetensors file beside it, so that weights are stored once.

    Args:
        path: the bundle's folder.
        opset: of ONNX.
        told: told each file's name, within the bundle, before it is made.

    Returns:
        The files written: those of every autoencoder, then the transformer's.

    Raises:
        ModelError: a file of the bundle is missing or broken.
    """
    bundle = load_bundle(path)
    written = []
    for folder in autoencoder_folders(bundle.streams):
        stream = next(stream for stream in bundle.streams if stream.autoencoder == folder)
        traces: dict[str, Callable[[Autoencoder, StreamSpec, int], ir.Model]] = {
            ENCODER: trace_encoder,
            DECODER: trace_decoder,
        }
        for name, trace in traces.items():
            told(f"{folder}/{name}")
            model = trace(bundle.autoencoders[folder], stream, opset)
            written.append(_write(model, bundle, folder, name, "fp32"))
    told(f"{TRANSFORMER}/{TRANSFORMER_GRAPHS['fp32']}")
    model = trace_transformer(bundle.transformer, bundle.streams, opset)
    return [*written, _write(model, bundle, TRANSFORMER, TRANSFORMER_GRAPHS["fp32"], "fp32")]


def write_half_graph(path: Path, opset: int = DEFAULT_OPSET) -> Path:
    """Write the graph of a bundle's transformer that computes in half precision, for GPUs."""
    bundle = load_bundle(path, torch.float16)
    model = trace_transformer(bundle.transformer, bundle.streams, opset)
    return _write(model, bundle, TRANSFORMER, TRANSFORMER_GRAPHS["fp16"], "fp16")


def describe(model: ir.Model, bundle: Bundle, folder: str, network: str, precision: str) -> None:
    """Write into a graph what it is of."""
    model.metadata_props.update(
        {
            METADATA_NETWORK: network,
            METADATA_PRECISION: precision,
            METADATA_SHA256: network_sha256(bundle.path / folder),
            METADATA_STREAMS: json.dumps(_streams_of(bundle.streams, folder)),
            METADATA_VERSION: __version__,
        }
    )
    model.producer_name, model.producer_version = "model_runtime", __version__


def _streams_of(streams: Sequence[StreamSpec], folder: str) -> list[dict[str, object]]:
    return [asdict(stream) for stream in streams if folder in (TRANSFORMER, stream.autoencoder)]


def _write(model: ir.Model, bundle: Bundle, folder: str, name: str, precision: str) -> Path:
    """Write a graph under a temporary name first, so that a broken one never lies under its own."""
    weights = bundle.path / folder / WEIGHTS_NAME
    refer_to(model, weights, read_header(weights))
    shorten(model)
    describe(model, bundle, folder, name.removesuffix(".onnx"), precision)
    handle, unfinished = tempfile.mkstemp(prefix=f".{name}-", dir=bundle.path / folder)
    os.close(handle)
    try:
        ir.save(model, unfinished)
        seal(Path(unfinished))
        Path(unfinished).chmod(0o644)
        return Path(unfinished).replace(bundle.path / folder / name)
    finally:
        Path(unfinished).unlink(missing_ok=True)
