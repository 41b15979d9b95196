"""From torch networks to ONNX graphs in memory, with a batch of any size."""

from __future__ import annotations

import contextlib
import io
import itertools
import logging
import warnings
from collections.abc import Iterator, Sequence

import onnx_ir as ir
import torch
from onnxscript.optimizer import optimize_ir
from torch import Tensor, nn

from model_runtime.model.autoencoders import Autoencoder, encode_moments
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import StreamSpec

PREFIX = "network."
"""Begins the names of a graph's weights; the rest is their name in the bundle."""
BATCH = "batch"
EXAMPLE_BATCH = 2
"""A batch of 1 would silently become part of the graph."""
TRACED_BATCHES = 63
"""Beyond it diffusers' decoder copies its latents, which changes nothing in a graph: that takes larger ones too."""
TIMESTEPS = "timesteps"
MIDDLE = 500.0
LARGEST = 2**31


class _Denoiser(nn.Module):
    """The transformer with float32 outside, whatever it computes in."""

    def __init__(self, network: CopGenTransformer) -> None:
        super().__init__()
        self.network = network

    def forward(self, latents: list[Tensor], timesteps: Tensor) -> list[Tensor]:
        return [noise.float() for noise in self.network(latents, timesteps)]


class _Encoder(nn.Module):
    def __init__(self, network: Autoencoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, pixels: Tensor) -> Tensor:
        return encode_moments(self.network, pixels)


class _Decoder(nn.Module):
    def __init__(self, network: Autoencoder) -> None:
        super().__init__()
        self.network = network

    def forward(self, latents: Tensor) -> Tensor:
        pixels: Tensor = self.network.decode(latents).sample
        return pixels


def trace_transformer(
    transformer: CopGenTransformer, streams: Sequence[StreamSpec], opset: int, fold: bool = False
) -> ir.Model:
    """Trace the transformer.

    Inputs are the streams by name, (batch, C, H, W), and ``timesteps`` (batch, streams); outputs the noise as
    ``noise_<stream>``; all float32.

    Args:
        transformer: its precision is that of the graph.
        streams: in the order of its inputs.
        opset: of ONNX.
        fold: whether what can be worked out beforehand from the weights may replace them.
    """
    latents = [torch.zeros(EXAMPLE_BATCH, *stream.latent_shape) for stream in streams]
    times = torch.full((EXAMPLE_BATCH, len(latents)), MIDDLE)
    batch = {0: torch.export.Dim(BATCH, max=TRACED_BATCHES)}
    names = [stream.name for stream in streams]
    program = _export(_Denoiser(transformer), (latents, times), ([batch] * len(latents), batch))
    return _to_onnx(program, opset, [*names, TIMESTEPS], [f"noise_{name}" for name in names], fold)


def trace_encoder(autoencoder: Autoencoder, stream: StreamSpec, opset: int) -> ir.Model:
    """Trace an encoder: ``pixels`` (batch, channels, H, W) in [-1, 1] to ``moments``, mean then log-variance."""
    size = stream.chip_size or 1
    pixels = torch.zeros(EXAMPLE_BATCH, stream.channels, size, size)
    program = _export(_Encoder(autoencoder), (pixels,), ({0: torch.export.Dim(BATCH, max=TRACED_BATCHES)},))
    return _to_onnx(program, opset, ["pixels"], ["moments"])


def trace_decoder(autoencoder: Autoencoder, stream: StreamSpec, opset: int) -> ir.Model:
    """Trace a decoder: ``latents`` (batch, C, h, w) in the autoencoder's own scale to ``pixels``."""
    latents = torch.zeros(EXAMPLE_BATCH, *stream.latent_shape)
    program = _export(_Decoder(autoencoder), (latents,), ({0: torch.export.Dim(BATCH, max=TRACED_BATCHES)},))
    return _to_onnx(program, opset, ["latents"], ["pixels"])


def _export(module: nn.Module, arguments: tuple[object, ...], shapes: object) -> torch.export.ExportedProgram:
    with torch.no_grad(), _quiet():
        return torch.export.export(module.eval(), arguments, dynamic_shapes=shapes, strict=False)  # type: ignore[arg-type]


def _to_onnx(
    program: torch.export.ExportedProgram, opset: int, inputs: list[str], outputs: list[str], fold: bool = False
) -> ir.Model:
    with _quiet():
        exported = torch.onnx.export(
            program,
            dynamo=True,
            opset_version=opset,
            input_names=inputs,
            output_names=outputs,
            optimize=False,
            verbose=False,
        )
        if exported is None:
            raise RuntimeError("the exporter returned nothing")
        model: ir.Model = exported.model
        # What is folded is a copy of weights, which then could not be referred to.
        if fold:
            optimize_ir(model, input_size_limit=LARGEST, output_size_limit=LARGEST)
        else:
            optimize_ir(model, should_fold=_keeps_weights)
    _name_batch(model)
    _forget_origin(model)
    return model


def _keeps_weights(node: ir.Node) -> bool | None:
    """Tell the optimiser to leave alone what takes a weight, and to decide the rest itself."""
    return False if any(value is not None and (value.name or "").startswith(PREFIX) for value in node.inputs) else None


def _name_batch(model: ir.Model) -> None:
    """Call the batch by its name, not by the symbol the tracer found for it."""
    shape = model.graph.inputs[0].shape
    symbol = shape[0] if shape is not None else BATCH
    values = [*model.graph.inputs, *(output for node in model.graph for output in node.outputs)]
    for value in values:
        if value.shape is not None:
            dims = [BATCH if dim == symbol else dim for dim in value.shape]
            value.shape = ir.Shape(dims)


def shorten(model: ir.Model) -> None:
    """Take out what only a reader would look at: names of steps, and shapes that runtimes work out themselves.

    Names of inputs, outputs and weights stay.
    """
    kept = {*model.graph.inputs, *model.graph.outputs, *model.graph.initializers.values()}
    taken = {value.name for value in kept}
    numbers = (name for name in map("_{:x}".format, itertools.count()) if name not in taken)
    for node in model.graph:
        node.name = None
        for value in node.outputs:
            if value not in kept:
                value.shape, value.type, value.name = None, None, next(numbers)


def _forget_origin(model: ir.Model) -> None:
    """Take out where in which file on this machine each node came from."""
    model.metadata_props.clear()
    model.graph.metadata_props.clear()
    values = [*model.graph.inputs, *model.graph.initializers.values()]
    for node in model.graph:
        node.metadata_props.clear()
        node.doc_string = None
        values += node.outputs
    for value in values:
        value.metadata_props.clear()
        value.doc_string = None


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep what the exporter tells its developers off the user's screen."""
    level = logging.getLogger("torch.onnx").level
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    try:
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        logging.getLogger("torch.onnx").setLevel(level)
