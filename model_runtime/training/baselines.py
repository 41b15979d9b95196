"""Trivial answers, fitted on training scenes: what the model has to beat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
FILTER = 9
"""Side of the linear filter's window in pixels."""


@dataclass(frozen=True)
class Baseline:
    """A trivial answer.

    Attributes:
        name: what it is called in the table.
        answer: condition (chips, channels, rows, columns) to result (chips, channels, rows, columns).
    """

    name: str
    answer: Callable[[FloatArray], FloatArray]


def _grey(pictures: FloatArray, channels: int) -> FloatArray:
    """Pictures with as many channels as the target: their mean where it has one."""
    if pictures.shape[1] == channels:
        return pictures
    return np.repeat(pictures.mean(axis=1, keepdims=True), channels, axis=1).astype(np.float32)


def fit_linear(sources: FloatArray, targets: FloatArray) -> Baseline:
    """Least squares line of each channel on its own, or of the only channel on all of the source's."""
    channels = targets.shape[1]
    lines = []
    for channel in range(channels):
        inputs = sources[:, channel : channel + 1] if sources.shape[1] == channels else sources
        columns = np.moveaxis(inputs, 1, -1).reshape(-1, inputs.shape[1])[::7].astype(np.float64)
        design = np.concatenate([columns, np.ones((len(columns), 1))], axis=1)
        lines.append(np.linalg.lstsq(design, targets[:, channel].ravel()[::7].astype(np.float64), rcond=None)[0])

    def answer(pictures: FloatArray) -> FloatArray:
        results: list[NDArray[np.floating[Any]]] = []
        for channel, line in enumerate(lines):
            inputs = pictures[:, channel : channel + 1] if pictures.shape[1] == channels else pictures
            results.append(np.asarray(np.tensordot(line[:-1], inputs, axes=(0, 1)) + line[-1]))
        return np.clip(np.stack(results, axis=1), 0, 255).astype(np.float32)

    return Baseline("per-channel linear fit", answer)


def _windows(pictures: FloatArray) -> FloatArray:
    """Every pixel's surroundings: (chips, channels, rows, columns, FILTER, FILTER), borders reflected."""
    half = FILTER // 2
    padded = np.pad(pictures, ((0, 0), (0, 0), (half, half), (half, half)), mode="reflect")
    windows: FloatArray = np.lib.stride_tricks.sliding_window_view(padded, (FILTER, FILTER), axis=(2, 3))
    return windows


def fit_filter(sources: FloatArray, targets: FloatArray) -> Baseline:
    """Least squares filter of 9 x 9 pixels over all channels of the source."""
    size = sources.shape[1] * FILTER**2 + 1
    normal, right = np.zeros((size, size)), np.zeros((size, targets.shape[1]))
    for source, target in zip(sources, targets, strict=True):
        # Every fifth row and column: neighbouring pixels tell the same.
        windows = _windows(source[None])[0][:, 2::5, 2::5]
        columns = windows.transpose(1, 2, 0, 3, 4).reshape(-1, size - 1).astype(np.float64)
        design = np.concatenate([columns, np.ones((len(columns), 1))], axis=1)
        wanted = target[:, 2::5, 2::5].reshape(len(target), -1).T
        normal += design.T @ design
        right += design.T @ wanted
    weights = np.linalg.solve(normal + 1e-3 * np.eye(size), right)

    def answer(pictures: FloatArray) -> FloatArray:
        kernel = weights[:-1].reshape(pictures.shape[1], FILTER, FILTER, -1).astype(np.float32)
        results = [
            np.einsum("crwij,cijk->krw", _windows(picture[None])[0], kernel, optimize=True) for picture in pictures
        ]
        shift = weights[-1].astype(np.float32)[None, :, None, None]
        clipped: FloatArray = np.clip(np.stack(results) + shift, 0, 255).astype(np.float32)
        return clipped

    return Baseline("linear 9 x 9 filter", answer)


def fit_baselines(sources: FloatArray, targets: FloatArray, with_filter: bool) -> list[Baseline]:
    """Identity, linear fit, mean picture and, if asked for, the filter.

    Args:
        sources: (chips, channels, rows, columns) in grey levels, of training scenes.
        targets: likewise.
        with_filter: fit the 9 x 9 filter too.
    """
    mean = targets.mean(axis=0, dtype=np.float64).astype(np.float32)
    channels = targets.shape[1]
    found = [
        Baseline("identity", lambda pictures: _grey(pictures, channels)),
        fit_linear(sources, targets),
        Baseline("mean picture", lambda pictures: np.broadcast_to(mean, (len(pictures), *mean.shape))),
    ]
    return [*found, fit_filter(sources, targets)] if with_filter else found
