"""The canvas: one latent per stream for the whole area. It hides the windows from the solver.

At every evaluation the network sees windows of the canvas, and its predictions are blended with fixed
weights, so that windows cannot disagree. Windows lie at absolute multiples of the stride, in a unit of
ground that all streams share, and are summed in that order: far enough from the border nothing depends
on where the area ends, and nothing anywhere on how the windows are batched.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

import numpy as np
from numpy.typing import NDArray

from model_runtime.sampling.noise import AnchoredNoise, Purpose
from model_runtime.sampling.windows import Axis, blending_weights, plan_axis
from model_runtime.streams import StreamSpec

FloatArray = NDArray[np.float32]
WindowNetwork = Callable[[Mapping[str, FloatArray], Mapping[str, float]], Mapping[str, FloatArray]]
"""Noise of a batch of windows, (B, C, H, W) by stream, each stream at its own timestep."""


@dataclass(frozen=True)
class Ground:
    """How the streams of a model share the ground.

    Attributes:
        unit: ground size in metres of the coarsest step that is a whole number of latent positions in
            every stream.
        window: (rows, columns) of a window, in units.
        default_stride: units between windows if nobody says otherwise.
        shift: units by which windows move from one evaluation to the next.
        positions: latent positions in a unit, by stream; none for scalar streams.
    """

    unit: float
    window: tuple[int, int]
    default_stride: int
    shift: int
    positions: dict[str, int]


def shared_ground(streams: Sequence[StreamSpec]) -> Ground:
    """Find the unit of ground all streams share.

    The default stride is the largest one, up to three quarters of a window, that keeps every stream's
    tokens on one absolute lattice: a quarter of overlap costs 1.8 times the work of none. The shift has no divisor in
    common with stride and tokens, so that in the course of a run the windows' edges and those of their tokens come to
    lie everywhere.

    Raises:
        ValueError: pictures whose windows are not equally large on the ground.
    """
    pictures = [stream for stream in streams if not stream.is_scalar]
    sizes = {s.name: round((s.pixel_size or 0) * s.downsampling * 1000) for s in pictures}
    unit = math.lcm(*sizes.values())
    windows = {(s.latent_height * sizes[s.name] // unit, s.latent_width * sizes[s.name] // unit) for s in pictures}
    if len(windows) != 1:
        raise ValueError(f"the streams' windows differ on the ground: {windows} units of {unit / 1000} m")
    window = windows.pop()
    tokens = math.lcm(*(s.patch_size * sizes[s.name] for s in pictures)) // unit
    stride = max(min(window) * 3 // 4 // tokens * tokens, 1)
    shift = next(n for n in count(max(stride // 4, 1)) if math.gcd(n, stride * tokens) == 1)
    return Ground(unit / 1000, window, stride, shift, {name: unit // size for name, size in sizes.items()})


class Canvas:
    """An area of latents and the windows over it.

    Args:
        streams: the model's streams, in order.
        row: absolute first row, in units of the shared ground (see :func:`shared_ground`); rows run
            downwards, and so does the absolute lattice.
        column: absolute first column, in units.
        rows: rows, in units; at least a window.
        columns: columns, in units; at least a window.
        stride: units between windows; None for the default.
        offset: units by which the windows are moved.
    """

    def __init__(
        self,
        streams: Sequence[StreamSpec],
        row: int,
        column: int,
        rows: int,
        columns: int,
        stride: int | None = None,
        offset: int = 0,
    ) -> None:
        self.streams = {stream.name: stream for stream in streams}
        self.ground = shared_ground(streams)
        self.stride = stride or self.ground.default_stride
        self.rows = plan_axis(row, rows, self.ground.window[0], self.stride, offset)
        self.columns = plan_axis(column, columns, self.ground.window[1], self.stride, offset)

    def at_evaluation(self, number: int) -> Canvas:
        """The same area with the windows of an evaluation, counted from 0.

        A network leaves traces of its windows' and tokens' edges. At the same place in every evaluation they would add
        up; moved, they are averaged away. Scalar streams belong to their windows, which then have to stay.
        """
        offset = number * self.ground.shift % self.stride
        if offset == 0 or any(stream.is_scalar for stream in self.streams.values()):
            return self
        area = (self.rows.origin, self.columns.origin, self.rows.length, self.columns.length)
        return Canvas(list(self.streams.values()), *area, self.stride, offset)

    @property
    def windows(self) -> list[tuple[int, int]]:
        """Indices (row, column) of all windows, in the order in which they are summed."""
        return [(row, column) for row in range(len(self.rows.starts)) for column in range(len(self.columns.starts))]

    def axes(self, stream: str) -> tuple[Axis, Axis]:
        """The windows in a stream's own latent positions; a scalar stream's lie side by side."""
        spec = self.streams[stream]
        if spec.is_scalar:
            return _side_by_side(self.rows, spec.latent_height), _side_by_side(self.columns, spec.latent_width)
        positions = self.ground.positions[stream]
        return self.rows.scaled(positions), self.columns.scaled(positions)

    def part(self, stream: str, row: int, column: int) -> tuple[slice, slice, slice]:
        """A window's part of a stream's latent canvas."""
        rows, columns = self.axes(stream)
        return slice(None), rows.slices()[row], columns.slices()[column]

    def shape(self, stream: str) -> tuple[int, int, int]:
        """Shape (channels, rows, columns) of a stream's latent canvas."""
        rows, columns = self.axes(stream)
        return self.streams[stream].latent_channels, rows.length, columns.length

    def noise(self, noise: AnchoredNoise, purpose: Purpose, stream: str, sample: int = 0, call: int = 0) -> FloatArray:
        """Anchored noise over a stream's whole canvas (of each window, for a scalar stream)."""
        spec = self.streams[stream]
        rows, columns = self.axes(stream)
        if not spec.is_scalar:
            return noise.block(purpose, stream, self.shape(stream), rows.origin, columns.origin, sample, call)
        drawn = np.empty(self.shape(stream), dtype=np.float32)
        for top, row in zip(self.rows.starts, rows.slices(), strict=True):
            for left, column in zip(self.columns.starts, columns.slices(), strict=True):
                place = (top * spec.latent_height, left * spec.latent_width)
                drawn[:, row, column] = noise.block(purpose, stream, spec.latent_shape, *place, sample, call)
        return drawn


def _side_by_side(axis: Axis, window: int) -> Axis:
    count = len(axis.starts)
    return Axis(0, count * window, window, tuple(index * window for index in range(count)))


class CanvasNoise:
    """Anchored noise of one seed over one canvas: the noise source of a job."""

    def __init__(self, canvas: Canvas, seed: int) -> None:
        self.canvas = canvas
        self.anchored = AnchoredNoise(seed)

    def draw(self, purpose: Purpose, stream: str, sample: int = 0, call: int = 0) -> FloatArray:
        """Noise shaped as the stream's canvas."""
        return self.canvas.noise(self.anchored, purpose, stream, sample, call)


class CanvasNetwork:
    """The network over the windows of a canvas, blended: what the solver takes for the network in one run.

    It counts its calls, for the windows move from one to the next.

    Args:
        canvas: the area.
        predict: the network on a batch of windows.
        generated: streams whose prediction is wanted.
        batch_size: windows in one batch.
        progress: told after every batch how many windows of this evaluation are done, and of how many;
            may raise to cancel.
    """

    def __init__(
        self,
        canvas: Canvas,
        predict: WindowNetwork,
        generated: Collection[str],
        batch_size: int = 1,
        progress: Callable[[int, int], None] | None = None,
    ) -> None:
        self.canvas = canvas
        self.predict = predict
        self.batch_size = batch_size
        self.progress = progress
        self.generated = list(generated)
        self.evaluations = 0

    def __call__(self, states: Mapping[str, FloatArray], timesteps: Mapping[str, float]) -> dict[str, FloatArray]:
        """Predict the noise in the generated streams' canvases.

        Args:
            states: (C, H, W) by stream, for every stream of the model.
            timesteps: by stream.

        Returns:
            (C, H, W) by generated stream, float32.
        """
        placed = self.canvas.at_evaluation(self.evaluations)
        self.evaluations += 1
        weights = {name: tuple(blending_weights(axis) for axis in placed.axes(name)) for name in self.generated}
        blended = {name: np.zeros(placed.shape(name), dtype=np.float32) for name in self.generated}
        windows = placed.windows
        for first in range(0, len(windows), self.batch_size):
            batch = windows[first : first + self.batch_size]
            parts = {name: [placed.part(name, *at) for at in batch] for name in states}
            latents = {name: np.stack([state[part] for part in parts[name]]) for name, state in states.items()}
            predictions = self.predict(latents, timesteps)
            for name, canvas in blended.items():
                rows, columns = weights[name]
                for (row, column), part, prediction in zip(batch, parts[name], predictions[name], strict=True):
                    canvas[part] += rows[row][:, None] * columns[column][None, :] * prediction
            if self.progress is not None:
                self.progress(first + len(batch), len(windows))
        return blended
