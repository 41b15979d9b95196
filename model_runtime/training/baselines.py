"""Trivial answers, fitted on training scenes: what the model has to beat."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
FILTER = 9
"""Side of the linear filter's window in pixels."""
LEVELS = 256
NEAREST = {"dem": "s2_l2a", "s1_rtc": "s2_l2a", "s2_l1c": "s2_l2a", "s2_l2a": "s2_l1c"}
"""Whose picture is likest to a modality's own, where several are given."""
SPREAD_STEP = 2
"""Of every how many rows and columns the residuals are measured."""


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


def fit_linear(sources: FloatArray, targets: FloatArray, joint: bool = False) -> Baseline:
    """Least squares line of each channel.

    Args:
        sources: (chips, channels, rows, columns).
        targets: likewise.
        joint: from all of the source's channels, even where it has as many as the target; otherwise each channel
            is made from the same one where there is one.
    """
    channels = targets.shape[1]
    apart = sources.shape[1] == channels and not joint
    lines = []
    for channel in range(channels):
        inputs = sources[:, channel : channel + 1] if apart else sources
        columns = np.moveaxis(inputs, 1, -1).reshape(-1, inputs.shape[1])[::7].astype(np.float64)
        design = np.concatenate([columns, np.ones((len(columns), 1))], axis=1)
        lines.append(np.linalg.lstsq(design, targets[:, channel].ravel()[::7].astype(np.float64), rcond=None)[0])

    def answer(pictures: FloatArray) -> FloatArray:
        results: list[NDArray[np.floating[Any]]] = []
        for channel, line in enumerate(lines):
            inputs = pictures[:, channel : channel + 1] if apart else pictures
            results.append(np.asarray(np.tensordot(line[:-1], inputs, axes=(0, 1)) + line[-1]))
        return np.clip(np.stack(results, axis=1), 0, 255).astype(np.float32)

    return Baseline("linear fit on all channels" if joint else "per-channel linear fit", answer)


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

    half = FILTER // 2
    kernel = torch.from_numpy(weights[:-1].T.reshape(-1, sources.shape[1], FILTER, FILTER).astype(np.float32))
    shift = torch.from_numpy(weights[-1].astype(np.float32))

    def answer(pictures: FloatArray) -> FloatArray:
        padded = np.pad(pictures, ((0, 0), (0, 0), (half, half), (half, half)), mode="reflect")
        parts = [torch.nn.functional.conv2d(torch.from_numpy(part[None]), kernel, shift) for part in padded]
        return np.asarray(torch.cat(parts).clamp(0, 255).numpy(), dtype=np.float32)

    return Baseline("linear 9 x 9 filter", answer)


def fit_for(sources: Sequence[str], target: str, chips: Mapping[str, FloatArray]) -> list[Baseline]:
    """Every trivial answer to one question, from one or several modalities given.

    A radar picture's speckle and a hillshade's slopes ask for the surroundings, so the filter is always among them.

    Args:
        sources: modalities given, in the order in which their channels are joined.
        target: modality asked for.
        chips: by modality (chips, channels, rows, columns) in grey levels, of training scenes.
    """
    given, targets = join(chips, sources), chips[target]
    mean = targets.mean(axis=0, dtype=np.float64).astype(np.float32)
    nearest = NEAREST[target] if NEAREST[target] in sources else sources[0]
    first = sum(chips[name].shape[1] for name in sources[: list(sources).index(nearest)])
    own = slice(first, first + chips[nearest].shape[1])
    found = [
        Baseline("identity", lambda pictures: _grey(pictures[:, own], targets.shape[1])),
        Baseline("mean picture", lambda pictures: np.broadcast_to(mean, (len(pictures), *mean.shape))),
        fit_linear(given, targets, joint=True),
        fit_filter(given, targets),
    ]
    if chips[nearest].shape[1] == targets.shape[1]:
        line = fit_linear(chips[nearest], targets)
        found.insert(2, Baseline(line.name, lambda pictures: line.answer(pictures[:, own])))
    return found


def join(chips: Mapping[str, FloatArray], names: Sequence[str]) -> FloatArray:
    """Channels of several modalities behind each other: (chips, channels, rows, columns)."""
    return np.concatenate([chips[name] for name in names], axis=1)


@dataclass(frozen=True)
class Spread:
    """A trivial answer with the spread of its own residuals: a distribution, to be scored as samples are.

    Attributes:
        scores: (channels, 256, 256) CRPS by the answer's grey level and the truth's.
    """

    scores: FloatArray

    def crps(self, answers: FloatArray, truths: FloatArray) -> float:
        """Mean score of answers, whole grey levels taken, (chips, channels, rows, columns)."""
        levels = [np.clip(np.rint(values), 0, LEVELS - 1).astype(np.int64) for values in (answers, truths)]
        channel = np.arange(len(self.scores))[None, :, None, None]
        return float(self.scores[channel, levels[0], levels[1]].mean(dtype=np.float64))


def fit_spread(baseline: Baseline, sources: FloatArray, targets: FloatArray) -> Spread:
    """Measure a trivial answer's residuals on training chips.

    The distribution around an answer is the residuals' empirical one (256 quantiles of each channel), cut to the
    grey levels there are.
    """
    residuals = (targets - np.rint(baseline.answer(sources)))[:, :, ::SPREAD_STEP, ::SPREAD_STEP]
    shares = (np.arange(LEVELS) + 0.5) / LEVELS
    levels = np.arange(LEVELS, dtype=np.float64)
    tables = [
        [_crps_by_truth(np.clip(level + steps, 0, LEVELS - 1), levels) for level in levels]
        for steps in (np.quantile(residuals[:, channel], shares) for channel in range(targets.shape[1]))
    ]
    return Spread(np.asarray(tables, dtype=np.float32))


def _crps_by_truth(members: NDArray[np.float64], truths: NDArray[np.float64]) -> NDArray[np.float64]:
    """CRPS of one ensemble, its members rising, for every truth; sums over ordered members need no pairs."""
    count = len(members)
    sums = np.concatenate([[0.0], np.cumsum(members)])
    below = np.searchsorted(members, truths)
    distance = (truths * (2 * below - count) + sums[-1] - 2 * sums[below]) / count
    return np.asarray(distance - members @ (2 * np.arange(count) - count + 1) / count**2)
