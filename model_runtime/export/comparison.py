"""What a check of graphs found: one line for every comparison, a short table, and a verdict."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Answer = Mapping[str, NDArray[np.float32]]
"""What a network computes, by stream."""
HEADS = ("graph", "run by", "largest error", "at", "mean error", "tolerance")
SMALLEST_DEVIATION = 1e-6
"""What numbers that are all the same count as."""


@dataclass(frozen=True)
class Comparison:
    """One call of a network, compared with what torch computes in float32.

    Attributes:
        way: backend and precision.
        network: the graph.
        inputs: in words: ``random batch of 2 at 20.98``.
        largest: error, in standard deviations of what torch computes, of the stream where it is largest.
        mean: error, likewise, of the stream where it is largest.
        tolerance: of the mean error.
    """

    way: str
    network: str
    inputs: str
    largest: float
    mean: float
    tolerance: float

    @property
    def strain(self) -> float:
        """Mean error over its tolerance; infinite where it is no number."""
        return math.inf if math.isnan(self.mean) else self.mean / self.tolerance

    @property
    def holds(self) -> bool:
        """Whether the mean error is tolerated."""
        return self.strain <= 1

    def __str__(self) -> str:
        """Tell all of it in one line."""
        errors = f"largest error {self.largest:.1e}, mean {self.mean:.1e}, tolerance {self.tolerance:.1e}"
        return f"{self.way}: {self.network}, {self.inputs}: {errors}"


def errors_of(expected: Answer, found: Answer) -> tuple[float, float]:
    """Return largest and mean error in standard deviations of what is expected, of the worst stream each."""
    errors = []
    for name, numbers in expected.items():
        error = np.abs(numbers - found[name]) / max(float(numbers.std()), SMALLEST_DEVIATION)
        errors.append((error.max(), error.mean()))
    largest, mean = np.max(errors, axis=0)
    return float(largest), float(mean)


def table(comparisons: Sequence[Comparison]) -> list[str]:
    """Return one row a graph and way of running it, under a head."""
    rows = [HEADS]
    for network in dict.fromkeys(entry.network for entry in comparisons):
        for way in dict.fromkeys(entry.way for entry in comparisons if entry.network == network):
            group = [entry for entry in comparisons if (entry.network, entry.way) == (network, way)]
            largest = max(group, key=lambda entry: math.inf if math.isnan(entry.largest) else entry.largest)
            worst = max(group, key=lambda entry: entry.strain)
            numbers = (f"{worst.mean:.1e}", f"{worst.tolerance:.1e}")
            rows.append((network, way, f"{largest.largest:.1e}", largest.inputs, *numbers))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(map(str.ljust, row, widths)).rstrip() for row in rows]


def verdict(comparisons: Sequence[Comparison]) -> str:
    """Return in a sentence whether the graphs compute what torch does."""
    beyond = [entry for entry in comparisons if not entry.holds]
    if not beyond:
        return f"Verdict: the graphs compute what torch does; all {len(comparisons)} comparisons are within tolerance."
    where = ", ".join(dict.fromkeys(f"{entry.network} on {entry.way}" for entry in beyond))
    return f"Verdict: {len(beyond)} of {len(comparisons)} comparisons are beyond tolerance: {where}."
