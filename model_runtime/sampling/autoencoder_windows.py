"""The autoencoder over areas of any size: windows of the chip size, halo cropped, the rest blended.

Group normalisation and attention see a whole window, so a halo alone does not make the autoencoder
local: windows are always as large as a chip, and what remains of their overlap is blended. Windows run
one at a time, because on CPU the autoencoder's last bits depend on the batch.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from numpy.typing import NDArray

from model_runtime.sampling.canvas import Canvas
from model_runtime.sampling.solver import Progress
from model_runtime.sampling.windows import Axis, blending_weights, plan_axis
from model_runtime.streams import StreamSpec

FloatArray = NDArray[np.float32]
Network = Callable[[FloatArray], FloatArray]
"""Encoder or decoder of one window, (1, C, H, W) to (1, C', H', W')."""

HALO = 1 / 8
"""Cropped at either end of a window, as a share of it: 32 of 256 pixels."""

STRIDE = 5 / 8
"""Distance between windows, as a share of a window; as seamless as 1/2, with 100 windows for 169 over 1680 px."""


def encode_canvas(
    canvas: Canvas, stream: StreamSpec, pixels: FloatArray, encode: Network, progress: Progress | None = None
) -> FloatArray:
    """Encode a picture that covers a canvas.

    Args:
        canvas: the area.
        stream: the picture's stream.
        pixels: (C, H, W) in [-1, 1]; ``downsampling`` pixels to each latent position of the canvas.
        encode: picture of one window (1, C, chip, chip) to its moments (1, 2 latent channels, h, w).
        progress: told after every window how many of how many are done; may raise to cancel.

    Returns:
        The blended moments, (2 latent channels, rows, columns): mean, then log-variance.
    """
    axes = _axes(canvas, stream)
    moments = np.zeros((2 * stream.latent_channels, *canvas.shape(stream.name)[1:]), dtype=np.float32)
    finer = (axes[0].scaled(stream.downsampling), axes[1].scaled(stream.downsampling))
    _blend(pixels, finer, moments, axes, encode, progress)
    return moments


def decode_canvas(
    canvas: Canvas, stream: StreamSpec, latent: FloatArray, decode: Network, progress: Progress | None = None
) -> FloatArray:
    """Decode a latent canvas.

    Args:
        canvas: the area.
        stream: the latent's stream.
        latent: (C, rows, columns).
        decode: latent of one window (1, C, h, w) to its picture (1, channels, chip, chip).
        progress: told after every window how many of how many are done; may raise to cancel.

    Returns:
        The blended picture, (channels, H, W), about [-1, 1], not clipped.
    """
    axes = _axes(canvas, stream)
    finer = (axes[0].scaled(stream.downsampling), axes[1].scaled(stream.downsampling))
    pixels = np.zeros((stream.channels, finer[0].length, finer[1].length), dtype=np.float32)
    _blend(latent, axes, pixels, finer, decode, progress)
    return pixels


def _axes(canvas: Canvas, stream: StreamSpec) -> tuple[Axis, Axis]:
    """The autoencoder's windows, anchored to absolute latent positions as the network's are."""
    rows, columns = canvas.axes(stream.name)
    return (
        plan_axis(rows.origin, rows.length, rows.window, max(int(rows.window * STRIDE), 1)),
        plan_axis(columns.origin, columns.length, columns.window, max(int(columns.window * STRIDE), 1)),
    )


def _blend(
    source: FloatArray,
    source_axes: tuple[Axis, Axis],
    target: FloatArray,
    target_axes: tuple[Axis, Axis],
    network: Network,
    progress: Progress | None,
) -> None:
    weights = [blending_weights(axis, int(axis.window * HALO)) for axis in target_axes]
    parts = zip(_parts(source_axes), _parts(target_axes), _products(weights), strict=True)
    total = len(source_axes[0].starts) * len(source_axes[1].starts)
    for index, (taken, put, weight) in enumerate(parts):
        window = np.ascontiguousarray(source[(slice(None), *taken)])[None]
        target[(slice(None), *put)] += weight * network(window)[0]
        if progress is not None:
            progress(index + 1, total)


def _parts(axes: tuple[Axis, Axis]) -> Iterator[tuple[slice, slice]]:
    for rows in axes[0].slices():
        for columns in axes[1].slices():
            yield rows, columns


def _products(weights: list[list[FloatArray]]) -> Iterator[FloatArray]:
    for rows in weights[0]:
        for columns in weights[1]:
            yield rows[:, None] * columns[None, :]
