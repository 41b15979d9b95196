"""The picture as it denoises: the network's present estimate of one window, as a small PNG."""

from __future__ import annotations

import struct
import zlib

import numpy as np
from numpy.typing import NDArray

from model_runtime.generate import Evaluation
from model_runtime.sampling.windows import Axis
from model_runtime.streams import StreamSpec

PICTURES = 8
"""Previews of a job at most."""
LARGEST_SIDE = 256


def is_wanted(done: int, total: int) -> bool:
    """Tell whether a preview is due after so many evaluations, evenly spread and the last included."""
    pictures = min(PICTURES, total)
    return (done * pictures) // total > ((done - 1) * pictures) // total


def preview_png(evaluation: Evaluation, modality: str) -> bytes:
    """Return a picture of a generated modality: of the whole area if it is one chip, else of its middle.

    Args:
        evaluation: what the last evaluation left.
        modality: one that is generated.
    """
    plan = evaluation.plan
    stream = plan.streams[modality]
    axes = plan.canvas.axes(stream.name)
    inside = plan.grid.area.slices_in(plan.window)
    rows, columns = (_middle(axis, part, stream) for axis, part in zip(axes, inside, strict=True))
    latent = _clean(evaluation, stream)[:, rows, columns]
    pixels = evaluation.backend.decode(stream.name, latent[None])[0]
    pixels = pixels[(slice(None), _cut(rows, inside[0], stream), _cut(columns, inside[1], stream))]
    if modality == "dem":
        pixels = np.broadcast_to(pixels.mean(axis=0, keepdims=True), pixels.shape)
    step = -(-max(pixels.shape[1:]) // LARGEST_SIDE)
    picture = np.clip((pixels[:, ::step, ::step] + 1.0) * 127.5 + 0.5, 0.0, 255.0).astype(np.uint8)
    return encode_png(picture.transpose(1, 2, 0))


def _clean(evaluation: Evaluation, stream: StreamSpec) -> NDArray[np.float32]:
    """Return the clean latent that the network sees in the present state."""
    schedule = evaluation.backend.schedule
    state_factor, noise_factor = schedule.clean_factors(
        evaluation.timesteps[stream.name] / schedule.num_train_timesteps
    )
    state, noise = evaluation.states[stream.name], evaluation.noise[stream.name]
    return (state_factor * state + noise_factor * noise).astype(np.float32)


def _middle(axis: Axis, inside: slice, stream: StreamSpec) -> slice:
    """Return the window, in latent positions, that shows most of the area, of these the one nearest its middle."""
    first, last = inside.start / stream.downsampling, inside.stop / stream.downsampling

    def rank(part: slice) -> tuple[float, float]:
        shown = min(part.stop, last) - max(part.start, first)
        return -shown, abs(part.start + part.stop - first - last)

    return min(axis.slices(), key=rank)


def _cut(window: slice, inside: slice, stream: StreamSpec) -> slice:
    """Return the pixels of a window that lie in the area."""
    first = window.start * stream.downsampling
    return slice(max(inside.start - first, 0), max(inside.stop - first, 1))


def encode_png(picture: NDArray[np.uint8]) -> bytes:
    """Return a picture, uint8 (rows, columns, 3), as PNG."""
    height, width, _ = picture.shape
    lines = b"".join(b"\0" + row.tobytes() for row in np.ascontiguousarray(picture))
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(lines, 6)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
