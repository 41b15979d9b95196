"""Whether exported graphs compute what the model they were made of does on torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model_runtime.backends import Backend, create_backend, missing_packages
from model_runtime.backends.graphs import TRANSFORMER_GRAPHS
from model_runtime.backends.onnx_backend import load_half_on_cpu
from model_runtime.backends.torch_backend import load_torch_backend
from model_runtime.contract import ModelError, UsageError
from model_runtime.export.inputs import Chip, clean_latents, read_chip
from model_runtime.model.files import TRANSFORMER, WEIGHTS_NAME, read_header

FloatArray = NDArray[np.float32]
Answer = Mapping[str, FloatArray]
BATCHES = (1, 2, 3, 5)
TIMESTEPS = (0.0, 20.98, 980.02, 999.5)
TOLERANCES = {"fp32": 5e-3, "fp16": 2e-2, "bf16": 0.1, "int8": 0.2}
"""Largest mean difference, over the standard deviation of what torch computes, by what a graph computes in."""
ROUNDING_TOLERANCE = 2e-2
"""Likewise of the same networks with the weights as they are stored."""

Report = Callable[[str], None]


@dataclass(frozen=True)
class Case:
    """One call of a network.

    Attributes:
        line: what it is.
        call: makes it.
        expected: what the source's networks answer, in float32 on torch.
        rounding: mean error of the same networks with the exported weights; 0 where these are the source's.
    """

    line: str
    call: Callable[[Backend], Answer]
    expected: Answer
    rounding: float = 0.0


def check_bundle(
    path: Path, told: Report, after_part: Callable[[], None] = lambda: None, source: Path | None = None
) -> None:
    """Compare the graphs of a bundle, on every backend that is installed, with its source on torch in float32.

    Args:
        path: the bundle's folder.
        told: takes a line for each comparison, on random and real inputs.
        after_part: called when one of :func:`parts` is done.
        source: what was exported; the bundle itself if None.

    Raises:
        ModelError: a graph computes something else.
    """
    reference = load_torch_backend(source or path, "cpu", "fp32")
    chip = read_chip(reference.streams)
    clean = {} if chip is None else clean_latents(chip, reference)
    calls = list(_calls(reference, chip, clean, np.random.default_rng(0)))
    cases = [Case(line, call, call(reference)) for line, call in calls]
    del reference
    if source is not None and loses_digits(source, path):
        cases = _with_rounding(cases, path, told)
    after_part()
    for name, load in _loaders(path):
        try:
            graphs = load()
        except UsageError as refusal:
            # OpenVINO in bfloat16, on a CPU that has none.
            told(f"{name}: not compared ({refusal})")
        else:
            _compare(name, graphs, cases, told)
        after_part()


def parts(precision: str) -> int:
    """How many parts the check of an exported bundle has."""
    return 1 + len(_names([precision] if precision != "fp32" else []))


def loses_digits(source: Path, path: Path) -> bool:
    """Tell whether a bundle's transformer is stored in fewer digits than its source's."""
    before, after = (read_header(folder / TRANSFORMER / WEIGHTS_NAME) for folder in (source, path))
    return any(stored.length < before[name].length for name, stored in after.items() if name in before)


def _names(extra: Sequence[str]) -> list[tuple[str, str]]:
    """Backend and precision of what is compared."""
    more = [] if missing_packages("openvino") else [("openvino", "fp32"), ("openvino", "bf16")]
    return [("onnx", "fp32"), *(("onnx", precision) for precision in extra), *more]


def _loaders(path: Path) -> Iterator[tuple[str, Callable[[], Backend]]]:
    extra = [name for name in ("fp16", "int8") if (path / TRANSFORMER / TRANSFORMER_GRAPHS[name]).is_file()]
    for backend, precision in _names(extra):
        if precision == "fp16":
            yield "onnx fp16, turned into float32 for the CPU", lambda: load_half_on_cpu(path)
        else:
            yield (
                f"{backend} {precision}",
                lambda backend=backend, precision=precision: create_backend(backend, path, "cpu", precision),  # type: ignore[misc]
            )


def _with_rounding(cases: Sequence[Case], path: Path, told: Report) -> list[Case]:
    """Find out how much of all errors comes from the rounded weights alone."""
    rounded = load_torch_backend(path, "cpu", "fp32")
    found = []
    for case in cases:
        largest, mean, spread = _errors(case.expected, case.call(rounded))
        told(f"weights as stored, on torch: {case.line}: {_in_words(largest, mean, spread)}")
        if not mean <= ROUNDING_TOLERANCE * max(spread, 1e-6):
            raise ModelError(f"{case.line}: rounding the weights changes it by {mean:.1e} on average; use fp32.")
        found.append(Case(case.line, case.call, case.expected, mean))
    return found


def _compare(name: str, graphs: Backend, cases: Sequence[Case], told: Report) -> None:
    for case in cases:
        if graphs.precision != "fp32" and not case.line.startswith(TRANSFORMER):
            # The autoencoder's graphs have no other precision.
            continue
        largest, mean, spread = _errors(case.expected, case.call(graphs))
        share = f", of the mean {case.rounding:.1e} by rounding the weights" if case.rounding else ""
        told(f"{name}: {case.line}: {_in_words(largest, mean, spread)}{share}")
        if not mean <= TOLERANCES[graphs.precision] * max(spread, 1e-6) + case.rounding:
            raise ModelError(
                f"{name}: {case.line}: the graph differs from torch by {mean:.1e} on average; nothing was exported."
            )


def _in_words(largest: float, mean: float, spread: float) -> str:
    return f"largest error {largest:.1e}, mean {mean:.1e}, of numbers with standard deviation {spread:.2f}"


def _calls(
    backend: Backend, chip: Chip | None, clean: Mapping[str, FloatArray], rng: np.random.Generator
) -> Iterator[tuple[str, Callable[[Backend], Answer]]]:
    """Every call that is compared, in words and as what makes it."""
    firsts = {stream.autoencoder: stream for stream in reversed(backend.streams) if stream.autoencoder is not None}
    for stream in firsts.values():
        size = stream.chip_size or 1
        for batch in BATCHES:
            pixels = {"random": rng.uniform(-1, 1, (batch, stream.channels, size, size)).astype(np.float32)}
            latents = {"random": _normal(rng, (batch, *stream.latent_shape))}
            if chip is not None and stream.name in clean:
                pixels["real"] = np.repeat(chip.pixels[stream.name][None], batch, axis=0)
                latents["real"] = np.repeat(clean[stream.name][None], batch, axis=0)
            for kind in pixels:
                yield f"{stream.autoencoder} encoder, {kind} batch of {batch}", _encoding(stream.name, pixels[kind])
                yield f"{stream.autoencoder} decoder, {kind} batch of {batch}", _decoding(stream.name, latents[kind])
    for batch in BATCHES:
        for timestep in TIMESTEPS:
            noise = {s.name: _normal(rng, (batch, *s.latent_shape)) for s in backend.streams}
            alpha = float(backend.schedule.alpha(timestep / backend.schedule.num_train_timesteps))
            sigma = float(backend.schedule.sigma(timestep / backend.schedule.num_train_timesteps))
            yield f"transformer, random batch of {batch} at {timestep:g}", _evaluation(noise, timestep)
            if clean:
                real = {
                    name: np.float32(alpha) * clean.get(name, 0.0) + np.float32(sigma) * n for name, n in noise.items()
                }
                yield f"transformer, real batch of {batch} at {timestep:g}", _evaluation(real, timestep)


def _encoding(stream: str, pixels: FloatArray) -> Callable[[Backend], Answer]:
    return lambda backend: {stream: backend.encode(stream, pixels)}


def _decoding(stream: str, latents: FloatArray) -> Callable[[Backend], Answer]:
    return lambda backend: {stream: backend.decode(stream, latents)}


def _evaluation(latents: Mapping[str, FloatArray], timestep: float) -> Callable[[Backend], Answer]:
    return lambda backend: backend.predict(latents, dict.fromkeys(latents, timestep))


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    return rng.standard_normal(shape, dtype=np.float32)


def _errors(expected: Answer, found: Answer) -> tuple[float, float, float]:
    """Return largest and mean error and the standard deviation of what is expected, of the worst stream."""
    worst = (0.0, 0.0, 0.0)
    for name, numbers in expected.items():
        error = np.abs(numbers - found[name])
        told = (float(error.max()), float(error.mean()), float(numbers.std()))
        worst = told if np.isnan(told[0]) or told[0] >= worst[0] else worst
    return worst
