"""What the backends on ONNX graphs share: where the graphs lie, whose they are, and arrays in and out."""

from __future__ import annotations

import os
from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from model_runtime.backends.base import Backend, FloatArray
from model_runtime.backends.metadata import (
    METADATA_DATA,
    METADATA_NETWORK,
    METADATA_SHA256,
    METADATA_STREAMS,
    check_seal,
    json_of,
    read_metadata,
)
from model_runtime.contract import ModelError
from model_runtime.model.files import (
    TRANSFORMER,
    WEIGHTS_NAME,
    SchedulerSettings,
    autoencoder_folders,
    network_sha256,
    read_bundle_streams,
    read_header,
    read_scheduler,
)
from model_runtime.streams import StreamSpec

ENCODER = "encoder.onnx"
DECODER = "decoder.onnx"
TRANSFORMER_GRAPHS = {"fp32": "model.onnx", "fp16": "model_fp16.onnx", "int8": "model_int8.onnx"}
"""Graphs of the transformer by what they compute in; only the first is always there."""

Run = Callable[[Mapping[str, FloatArray]], list[FloatArray]]
"""A network: inputs by name to outputs in order, all float32."""


@dataclass(frozen=True)
class GraphFiles:
    """Where the graphs of a bundle lie.

    Attributes:
        path: the bundle's folder.
        streams: in the order of the network's inputs.
        scheduler: noise schedule and step counts.
        transformer: by what they compute in: ``fp32``, and ``fp16`` or ``int8`` where the bundle has them.
    """

    path: Path
    streams: list[StreamSpec]
    scheduler: SchedulerSettings
    transformer: dict[str, Path]

    @property
    def autoencoders(self) -> dict[str, tuple[Path, Path]]:
        """Encoder and decoder by folder."""
        folders = autoencoder_folders(self.streams)
        return {folder: (self.path / folder / ENCODER, self.path / folder / DECODER) for folder in folders}


def find_graphs(path: Path) -> GraphFiles:
    """Find a bundle's graphs and check that they, and all the weights they take, are what was exported.

    Raises:
        ModelError: the bundle is broken, has no graphs, has those of other weights, or lies about in links.
    """
    streams = read_bundle_streams(path)
    graphs = {precision: path / TRANSFORMER / name for precision, name in TRANSFORMER_GRAPHS.items()}
    there = {precision: graph for precision, graph in graphs.items() if precision == "fp32" or os.path.lexists(graph)}
    files = GraphFiles(path, streams, read_scheduler(path), there)
    _check(list(there.values()), path / TRANSFORMER, streams)
    for folder, pair in files.autoencoders.items():
        _check(pair, path / folder, [stream for stream in streams if stream.autoencoder == folder])
    return files


def weights_of(graph: Path) -> list[Path]:
    """Return the files that a graph takes its weights from: the model's own, or those that were made for it.

    Raises:
        ModelError: the graph is broken.
    """
    own = json_of(graph, read_metadata(graph), METADATA_DATA, dict)
    return [graph.parent / Path(str(name)).name for name in own or (WEIGHTS_NAME,)]


def _check(graphs: Sequence[Path], folder: Path, streams: Sequence[StreamSpec]) -> None:
    for graph in graphs:
        _check_there(graph)
    # What is cut off is told as such, not as being of another graph.
    read_header(folder / WEIGHTS_NAME)
    digest, expected = network_sha256(folder), [asdict(stream) for stream in streams]
    for graph in graphs:
        found = read_metadata(graph)
        if found.get(METADATA_SHA256) != digest or json_of(graph, found, METADATA_STREAMS, list) != expected:
            raise ModelError(
                f"{graph}: is of other weights than those beside it, or these have changed since; put the right files "
                "back or export the model again."
            )
        if found.get(METADATA_NETWORK) != graph.stem:
            raise ModelError(
                f"{graph}: holds the graph {found.get(METADATA_NETWORK)}.onnx under another name; put the right files "
                "back or export the model again."
            )
        check_seal(graph, found)
        for weights in weights_of(graph):
            _check_place(weights)


def _check_there(graph: Path) -> None:
    """Refuse what is no file, with a word of what is there instead."""
    if graph.is_file():
        return
    if not os.path.lexists(graph):
        raise ModelError(f"{graph}: not there; no ONNX graphs: run `export`, or use --backend torch.")
    what = "a link to nothing" if graph.is_symlink() else "a folder" if graph.is_dir() else "no file"
    raise ModelError(f"{graph}: is {what}, not a graph; remove it or export the model again.")


def _check_place(weights: Path) -> None:
    """Refuse weights that runtimes of graphs refuse, with a word of what to do."""
    if not weights.resolve().is_relative_to(weights.parent.resolve()):
        raise ModelError(
            f"{weights}: is a link to {weights.resolve()}, and runtimes of graphs take weights from the graph's own "
            "folder only; put the file itself there, or use --backend torch."
        )


class GraphBackend(Backend):
    """Networks that are graphs: turns batches of arrays into runs.

    Args:
        files: the bundle's graphs.
        transformer: runs the transformer.
        autoencoders: by folder, what runs encoder and decoder.
        device: what runs them.
    """

    def __init__(
        self, files: GraphFiles, transformer: Run, autoencoders: Mapping[str, tuple[Run, Run]], device: str
    ) -> None:
        self.streams = files.streams
        self.schedule = files.scheduler.schedule
        self.num_inference_steps = files.scheduler.num_inference_steps
        self.fast_inference_steps = files.scheduler.fast_inference_steps
        self.device = device
        self._transformer = transformer
        self._autoencoders = {
            stream.name: autoencoders[stream.autoencoder] for stream in files.streams if stream.autoencoder is not None
        }
        self._scales = {stream.name: np.float32(stream.latent_scale) for stream in files.streams}

    def predict(
        self, latents: Mapping[str, FloatArray], timesteps: Mapping[str, float | FloatArray]
    ) -> dict[str, FloatArray]:
        """Predict the noise in a batch of windows, see :meth:`Backend.predict`."""
        names = [stream.name for stream in self.streams]
        batch = len(latents[names[0]])
        columns = [np.broadcast_to(np.float32(timesteps[name]), (batch,)) for name in names]
        inputs = {name: latents[name] for name in names}
        predictions = self._in_batches(self._transformer, {**inputs, "timesteps": np.stack(columns, axis=1)})
        return dict(zip(names, predictions, strict=True))

    def encode(self, stream: str, pixels: FloatArray) -> FloatArray:
        """Encode pictures to moments, see :meth:`Backend.encode`."""
        return self._in_batches(self._autoencoders[stream][0], {"pixels": pixels})[0]

    def decode(self, stream: str, latents: FloatArray) -> FloatArray:
        """Decode latents to pictures, see :meth:`Backend.decode`."""
        return self._in_batches(self._autoencoders[stream][1], {"latents": latents / self._scales[stream]})[0]

    def _in_batches(self, run: Run, inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        """Run a batch at once; on CPU one by one, where a batch gains nothing and changes the last bits."""
        whole = {name: np.ascontiguousarray(array, dtype=np.float32) for name, array in inputs.items()}
        batch = len(next(iter(whole.values())))
        size = 1 if self.device == "cpu" else batch
        parts = [
            self._guarded(run, {name: array[first : first + size] for name, array in whole.items()})
            for first in range(0, batch, size)
        ]
        return [np.concatenate(outputs) for outputs in zip(*parts, strict=True)]

    @abstractmethod
    def _guarded(self, run: Run, inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        """Run, and turn what the runtime says when memory runs out into one sentence."""
