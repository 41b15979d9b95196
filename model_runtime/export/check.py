"""Whether exported graphs compute what the model they were made of does on torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model_runtime.backends import Backend, create_backend, missing_packages
from model_runtime.backends.graphs import TRANSFORMER_GRAPHS
from model_runtime.backends.onnx_backend import load_half_on_cpu
from model_runtime.backends.torch_backend import load_torch_backend
from model_runtime.contract import ModelError, UsageError
from model_runtime.export.comparison import Answer, Comparison, errors_of, table, verdict
from model_runtime.export.inputs import Chip, clean_latents, read_chip
from model_runtime.model.files import TRANSFORMER, WEIGHTS_NAME, read_header

FloatArray = NDArray[np.float32]
BATCHES = (1, 2, 3, 5)
TIMESTEPS = (0.0, 20.98, 980.02, 999.5)
TOLERANCES = {"fp32": 5e-3, "fp16": 2e-2, "bf16": 0.1, "int8": 0.2}
"""Largest mean error, in standard deviations of what torch computes, by what a graph computes in."""
ROUNDING_TOLERANCE = 2e-2
"""Likewise of the same networks with the weights as they are stored."""
ROUNDED = "torch, weights as stored"
HEADING = (
    "Compared with torch in float32 on random and real inputs, in batches of {batches}, the transformer at the "
    "timesteps {timesteps}. Errors are in standard deviations of what torch computes; the mean error counts."
)

Report = Callable[[str], None]


@dataclass(frozen=True)
class Case:
    """One call of a network.

    Attributes:
        network: which.
        inputs: in words.
        call: makes it.
        expected: what the source's networks answer, in float32 on torch.
        rounding: mean error of the same networks with the exported weights; 0 where these are the source's.
    """

    network: str
    inputs: str
    call: Callable[[Backend], Answer]
    expected: Answer
    rounding: float = 0.0


def check_bundle(
    path: Path,
    told: Report,
    after_part: Callable[[], None] = lambda: None,
    source: Path | None = None,
    each: Report = lambda line: None,
) -> None:
    """Compare the graphs of a bundle, on every backend that is installed, with its source on torch in float32.

    Args:
        path: the bundle's folder.
        told: takes the lines of a table, a row a graph and backend, and of the verdict.
        after_part: called when one of :func:`parts` is done.
        source: what was exported; the bundle itself if None.
        each: takes a line for each comparison, when it was made.

    Raises:
        ModelError: a graph computes something else.
    """
    reference = load_torch_backend(source or path, "cpu", "fp32")
    chip = read_chip(reference.streams)
    clean = {} if chip is None else clean_latents(chip, reference)
    calls = _calls(reference, chip, clean, np.random.default_rng(0))
    cases = [Case(network, inputs, call, call(reference)) for network, inputs, call in calls]
    del reference
    comparisons: list[Comparison] = []
    if source is not None and loses_digits(source, path):
        comparisons = _compare(ROUNDED, load_torch_backend(path, "cpu", "fp32"), cases, ROUNDING_TOLERANCE, each)
        if not all(found.holds for found in comparisons):
            # Graphs of such weights need no look.
            _conclude(comparisons, [], told)
        cases = [replace(case, rounding=found.mean) for case, found in zip(cases, comparisons, strict=True)]
    after_part()
    left_out = []
    for name, load in _loaders(path):
        try:
            graphs = load()
        except UsageError as refusal:
            # OpenVINO in bfloat16, on a CPU that has none.
            left_out.append(f"{name}: not compared ({refusal})")
        else:
            comparisons += _compare(name, graphs, cases, TOLERANCES[graphs.precision], each)
        after_part()
    _conclude(comparisons, left_out, told)


def _conclude(comparisons: Sequence[Comparison], left_out: Sequence[str], told: Report) -> None:
    """Tell table and verdict.

    Raises:
        ModelError: naming the comparison that is furthest beyond its tolerance.
    """
    told(HEADING.format(batches=", ".join(map(str, BATCHES)), timesteps=", ".join(f"{t:g}" for t in TIMESTEPS)))
    for line in (*table(comparisons), *left_out, verdict(comparisons)):
        told(line)
    worst = max(comparisons, key=lambda entry: entry.strain)
    if not worst.holds:
        raise ModelError(_refusal(worst))


def _refusal(worst: Comparison) -> str:
    what = "rounding the weights changes it" if worst.way == ROUNDED else f"the graph on {worst.way} differs from torch"
    advice = "; use fp32" if worst.way == ROUNDED else ""
    return (
        f"{worst.network}, {worst.inputs}: {what} by {worst.mean:.1e} standard deviations on average, more than "
        f"{worst.tolerance:.1e}; nothing was exported{advice}."
    )


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
            yield "onnx fp16, in float32 on the CPU", lambda: load_half_on_cpu(path)
        else:
            yield (
                f"{backend} {precision}",
                lambda backend=backend, precision=precision: create_backend(backend, path, "cpu", precision),  # type: ignore[misc]
            )


def _compare(way: str, backend: Backend, cases: Sequence[Case], tolerance: float, each: Report) -> list[Comparison]:
    """Compare all networks; in less than float32 the transformer alone, of which alone there are such graphs."""
    found = []
    for case in cases:
        if backend.precision != "fp32" and case.network != TRANSFORMER:
            continue
        errors = errors_of(case.expected, case.call(backend))
        found.append(Comparison(way, case.network, case.inputs, *errors, tolerance + case.rounding))
        each(str(found[-1]))
    return found


def _calls(
    backend: Backend, chip: Chip | None, clean: Mapping[str, FloatArray], rng: np.random.Generator
) -> Iterator[tuple[str, str, Callable[[Backend], Answer]]]:
    """Every call that is compared: the network, its inputs in words, and what makes the call."""
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
                yield f"{stream.autoencoder} encoder", f"{kind} batch of {batch}", _encoding(stream.name, pixels[kind])
                yield f"{stream.autoencoder} decoder", f"{kind} batch of {batch}", _decoding(stream.name, latents[kind])
    for batch in BATCHES:
        for timestep in TIMESTEPS:
            noise = {s.name: _normal(rng, (batch, *s.latent_shape)) for s in backend.streams}
            alpha = float(backend.schedule.alpha(timestep / backend.schedule.num_train_timesteps))
            sigma = float(backend.schedule.sigma(timestep / backend.schedule.num_train_timesteps))
            yield TRANSFORMER, f"random batch of {batch} at {timestep:g}", _evaluation(noise, timestep)
            if clean:
                real = {
                    name: np.float32(alpha) * clean.get(name, 0.0) + np.float32(sigma) * n for name, n in noise.items()
                }
                yield TRANSFORMER, f"real batch of {batch} at {timestep:g}", _evaluation(real, timestep)


def _encoding(stream: str, pixels: FloatArray) -> Callable[[Backend], Answer]:
    return lambda backend: {stream: backend.encode(stream, pixels)}


def _decoding(stream: str, latents: FloatArray) -> Callable[[Backend], Answer]:
    return lambda backend: {stream: backend.decode(stream, latents)}


def _evaluation(latents: Mapping[str, FloatArray], timestep: float) -> Callable[[Backend], Answer]:
    return lambda backend: backend.predict(latents, dict.fromkeys(latents, timestep))


def _normal(rng: np.random.Generator, shape: tuple[int, ...]) -> FloatArray:
    return rng.standard_normal(shape, dtype=np.float32)
