"""Scores of generated pictures against the truth, in grey levels."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]

OCTAVES = ((2, 4), (4, 8), (8, 16), (16, 32), (32, 64), (64, 128))
"""Bands of wavelength in pixels, shortest first."""


def rmse(answers: FloatArray, truths: FloatArray) -> float:
    """Root mean squared difference."""
    return float(np.sqrt(np.mean((answers.astype(np.float64) - truths) ** 2)))


def crps(samples: FloatArray, truths: FloatArray, fair: bool = False) -> float:
    """Continuous ranked probability score of samples' own empirical distribution, mean over pixels.

    With one sample it is the mean absolute error.

    Args:
        samples: (chips, samples, ...).
        truths: (chips, ...).
        fair: estimate the score of infinitely many samples of the same distribution (Ferro 2014).
    """
    count = samples.shape[1]
    distance = np.mean(np.abs(samples - truths[:, None]), dtype=np.float64)
    ordered = np.sort(samples, axis=1)
    # The sum over all pairs of |a - b|, from the ordered samples.
    factors = (2 * np.arange(count) - count + 1).reshape((1, count) + (1,) * (samples.ndim - 2))
    spread = np.mean((ordered * factors).sum(axis=1), dtype=np.float64) * 2 / count**2
    return float(distance - spread / 2 * (count / (count - 1) if fair else 1))


def correlation(first: FloatArray, second: FloatArray) -> float:
    """Pearson correlation of all values; 0 where one of them is constant."""
    a, b = first.astype(np.float64).ravel(), second.astype(np.float64).ravel()
    a, b = a - a.mean(), b - b.mean()
    scale = np.sqrt((a**2).sum() * (b**2).sum())
    return float((a * b).sum() / scale) if scale > 0 else 0.0


def mean_correlation(answers: FloatArray, truths: FloatArray) -> float:
    """Correlation of each answer with its truth, mean over chips."""
    return float(np.mean([correlation(answer, truth) for answer, truth in zip(answers, truths, strict=True)]))


def diversity(samples: FloatArray, truths: FloatArray) -> float:
    """Root mean squared difference between two samples of one condition over that between a sample and the truth.

    1 where the truth might be one more sample; less where samples are too much alike.

    Args:
        samples: (chips, samples, ...), at least two.
        truths: (chips, ...).
    """
    between = 2 * np.mean(np.var(samples, axis=1, ddof=1, dtype=np.float64))
    to_truth = np.mean([np.mean((chip - truth) ** 2) for chip, truth in zip(samples, truths, strict=True)])
    return float(np.sqrt(between / to_truth)) if to_truth > 0 else 0.0


def variety(samples: FloatArray, truths: FloatArray) -> float:
    """Root mean squared difference between results of different chips over that between their truths; ideally 1.

    0 where the truths are all alike, as a single one is.
    """
    apart = float(np.var(truths, axis=0).mean())
    return float(np.sqrt(np.var(samples, axis=0, dtype=np.float64).mean() / apart)) if apart > 0 else 0.0


def psnr(answers: FloatArray, truths: FloatArray) -> float:
    """Peak signal-to-noise ratio in decibels, 255 being the peak."""
    error = rmse(answers, truths)
    return float(20 * np.log10(255 / error)) if error > 0 else float("inf")


def relative_power(answers: FloatArray, truths: FloatArray) -> list[float]:
    """Power of answers over the truths', by octave."""
    return [float(value) for value in octave_power(answers) / octave_power(truths)]


def octave_power(pictures: FloatArray) -> NDArray[np.float64]:
    """Power spectrum summed over waves of all directions, by octave, mean over pictures.

    Args:
        pictures: (..., rows, columns), square.

    Returns:
        (len(OCTAVES),) power, a Hann window keeping the borders out.
    """
    side = pictures.shape[-1]
    window = np.outer(np.hanning(side), np.hanning(side)).astype(np.float32)
    flat = pictures.reshape(-1, side, side)
    frequency = np.hypot(np.fft.fftfreq(side)[:, None], np.fft.fftfreq(side)[None, :])
    total = np.zeros(len(OCTAVES))
    for picture in flat:
        power = np.abs(np.fft.fft2((picture - picture.mean()) * window)) ** 2
        total += [power[(frequency > 1 / long) & (frequency <= 1 / short)].sum() for short, long in OCTAVES]
    return total / len(flat)


def power_ratio(
    answers: NDArray[np.float64], truths: NDArray[np.float64], groups: NDArray[np.int64]
) -> tuple[list[float], list[float]]:
    """Power of answers over the truths', by octave, and its standard error.

    Args:
        answers: :func:`octave_power` of each chip's answers (chips, octaves).
        truths: of the chips (chips, octaves).
        groups: which scene each chip comes from (chips,): chips of a scene are much alike.

    Returns:
        The ratios of the sums, and their standard errors by :func:`jackknife_error`; none where there is one scene
        alone.
    """

    def ratio(kept: NDArray[np.bool_]) -> NDArray[np.float64]:
        return np.asarray(answers[kept].sum(axis=0) / truths[kept].sum(axis=0))

    error = jackknife_error(ratio, groups)
    return ratio(np.ones(len(groups), dtype=bool)).tolist(), [] if error is None else error.tolist()


def jackknife_error(
    statistic: Callable[[NDArray[np.bool_]], NDArray[np.float64]], groups: NDArray[np.int64]
) -> NDArray[np.float64] | None:
    """Standard error of a statistic of chips, from leaving out one scene after another (the jackknife).

    Args:
        statistic: of the chips kept, told by a mask (chips,).
        groups: which scene each chip comes from (chips,): chips of a scene are much alike.

    Returns:
        The errors, of the statistic's shape; None where there is one scene alone.
    """
    kinds = np.unique(groups)
    if len(kinds) < 2:
        return None
    without = np.stack([np.asarray(statistic(groups != kind)) for kind in kinds])
    return np.asarray(np.sqrt((len(kinds) - 1) * without.var(axis=0)))


def share_of_pairs_matched(answers: FloatArray, truths: FloatArray, scenes: NDArray[np.int64]) -> float:
    """How often an answer correlates better with its own truth than with another scene's.

    Args:
        answers: (chips, ...).
        truths: (chips, ...).
        scenes: (chips,), which scene each chip comes from; only pairs of different scenes count.
    """
    own = [correlation(answer, truth) for answer, truth in zip(answers, truths, strict=True)]
    wins = [
        own[first] > correlation(answers[first], truths[second])
        for first in range(len(answers))
        for second in range(len(answers))
        if scenes[first] != scenes[second]
    ]
    return float(np.mean(wins))
