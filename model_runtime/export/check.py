"""Whether exported graphs compute what torch does."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model_runtime.backends import Backend
from model_runtime.backends.onnx_backend import load_onnx_backend
from model_runtime.backends.torch_backend import load_torch_backend
from model_runtime.contract import ModelError
from model_runtime.export.inputs import Chip, clean_latents, read_chip

FloatArray = NDArray[np.float32]
BATCHES = (1, 2, 3, 5)
TIMESTEPS = (0.0, 20.98, 980.02, 999.5)
TOLERANCE = 5e-3
"""Largest mean difference, over the standard deviation of what torch computes, of a graph in float32."""
INT8_TOLERANCE = 0.2

Report = Callable[[str], None]


def check_bundle(path: Path, told: Report, after_part: Callable[[], None] = lambda: None) -> None:
    """Compare the graphs of a bundle with torch on random and real inputs, and tell the errors.

    Args:
        path: the bundle's folder.
        told: takes a line for each comparison.
        after_part: called when one of :func:`parts` is done.

    Raises:
        ModelError: a graph computes something else.
    """
    torch, exact = load_torch_backend(path, "cpu", "fp32"), load_onnx_backend(path, "cpu", "fp32")
    precisions = [name for name in ("fp32", "int8") if name == "fp32" or _has(path, name)]
    chip = read_chip(torch.streams)
    latents = {} if chip is None else clean_latents(chip, torch)
    rng = np.random.default_rng(0)
    for line, error in _autoencoders(torch, exact, chip, latents, rng):
        _judge(line, error, TOLERANCE, told)
    after_part()
    for precision in precisions:
        graphs = exact if precision == "fp32" else load_onnx_backend(path, "cpu", precision)
        for line, error in _transformer(torch, graphs, latents, rng):
            _judge(f"{precision} {line}", error, TOLERANCE if precision == "fp32" else INT8_TOLERANCE, told)
        after_part()


def parts(precision: str) -> int:
    """How many parts the check of an exported bundle has."""
    return 3 if precision == "int8" else 2


def _has(path: Path, precision: str) -> bool:
    from model_runtime.backends.graphs import TRANSFORMER_GRAPHS
    from model_runtime.model.files import TRANSFORMER

    return (path / TRANSFORMER / TRANSFORMER_GRAPHS[precision]).is_file()


def _judge(line: str, error: tuple[float, float, float], tolerance: float, told: Report) -> None:
    largest, mean, spread = error
    told(f"{line}: largest error {largest:.1e}, mean {mean:.1e}, of numbers with standard deviation {spread:.2f}")
    if not mean <= tolerance * max(spread, 1e-6):
        raise ModelError(f"{line}: the graph differs from torch by {mean:.1e} on average; nothing was exported.")


def _transformer(
    torch: Backend, graphs: Backend, clean: Mapping[str, FloatArray], rng: np.random.Generator
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    for batch in BATCHES:
        for timestep in TIMESTEPS:
            noise = {s.name: _normal(rng, (batch, *s.latent_shape)) for s in torch.streams}
            alpha = float(torch.schedule.alpha(timestep / torch.schedule.num_train_timesteps))
            sigma = float(torch.schedule.sigma(timestep / torch.schedule.num_train_timesteps))
            inputs = {"random": noise}
            if clean:
                inputs["real"] = {
                    name: (alpha * clean.get(name, 0.0) + sigma * drawn).astype(np.float32)
                    for name, drawn in noise.items()
                }
            for kind, latents in inputs.items():
                clocks = dict.fromkeys(latents, timestep)
                pair = (torch.predict(latents, clocks), graphs.predict(latents, clocks))
                yield f"transformer, {kind} batch of {batch} at {timestep:g}", _errors(*pair)


def _autoencoders(
    torch: Backend,
    graphs: Backend,
    chip: Chip | None,
    clean: Mapping[str, FloatArray],
    rng: np.random.Generator,
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    """Compare encoder and decoder of the first stream of each autoencoder."""
    firsts = {stream.autoencoder: stream for stream in reversed(torch.streams) if stream.autoencoder is not None}
    for stream in firsts.values():
        size = stream.chip_size or 1
        for batch in BATCHES:
            pixels = {"random": rng.uniform(-1, 1, (batch, stream.channels, size, size)).astype(np.float32)}
            latents = {"random": _normal(rng, (batch, *stream.latent_shape))}
            if chip is not None and stream.name in clean:
                pixels["real"] = np.repeat(chip.pixels[stream.name][None], batch, axis=0)
                latents["real"] = np.repeat(clean[stream.name][None], batch, axis=0)
            for kind, values in pixels.items():
                pair = [{stream.name: backend.encode(stream.name, values)} for backend in (torch, graphs)]
                yield f"{stream.autoencoder} encoder, {kind} batch of {batch}", _errors(*pair)
            for kind, values in latents.items():
                pair = [{stream.name: backend.decode(stream.name, values)} for backend in (torch, graphs)]
                yield f"{stream.autoencoder} decoder, {kind} batch of {batch}", _errors(*pair)


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    return rng.standard_normal(shape, dtype=np.float32)


def _errors(expected: Mapping[str, FloatArray], found: Mapping[str, FloatArray]) -> tuple[float, float, float]:
    """Return largest and mean error and the standard deviation of what is expected, of the worst stream."""
    worst = (0.0, 0.0, 0.0)
    for name, numbers in expected.items():
        error = np.abs(numbers - found[name])
        told = (float(error.max()), float(error.mean()), float(numbers.std()))
        worst = told if np.isnan(told[0]) or told[0] >= worst[0] else worst
    return worst
