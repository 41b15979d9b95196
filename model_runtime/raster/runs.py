"""Pixels of a whole raster kept as runs along its rows: small in memory, and labelled as they come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

BoolArray = NDArray[np.bool_]
IntArray = NDArray[np.int64]


@dataclass(frozen=True)
class Runs:
    """Some pixels of a raster: runs of neighbours in a row, by row and then by column.

    Attributes:
        shape: (rows, columns) of the raster.
        rows: row of each run.
        starts: its first column.
        stops: the column behind its last.
    """

    shape: tuple[int, int]
    rows: IntArray
    starts: IntArray
    stops: IntArray

    @classmethod
    def of_mask(cls, mask: BoolArray, shape: tuple[int, int] | None = None, top: int = 0) -> Runs:
        """The runs of a mask (rows, columns): of a whole raster, or of its rows from ``top`` onward."""
        steps = np.diff(mask.astype(np.int8), axis=1, prepend=np.int8(0), append=np.int8(0))
        rows, starts = np.nonzero(steps == 1)
        _, stops = np.nonzero(steps == -1)
        return cls(shape or (mask.shape[0], mask.shape[1]), rows + top, starts, stops)

    @classmethod
    def joined(cls, parts: Sequence[Runs]) -> Runs:
        """The runs of consecutive strips of rows, from the top."""
        rows, starts, stops = (
            np.concatenate([getattr(part, name) for part in parts]) for name in ("rows", "starts", "stops")
        )
        return cls(parts[0].shape, rows, starts, stops)

    def __len__(self) -> int:
        """Number of runs."""
        return int(self.rows.size)

    def where(self, kept: BoolArray) -> Runs:
        """Only some of the runs."""
        return Runs(self.shape, self.rows[kept], self.starts[kept], self.stops[kept])

    def holding(self, mask: BoolArray, top: int = 0) -> BoolArray:
        """Which runs hold a pixel of a mask that covers their rows, the first of them being ``top``."""
        before = np.zeros((mask.shape[0], mask.shape[1] + 1), np.int32)
        np.cumsum(mask, axis=1, out=before[:, 1:])
        return np.asarray(before[self.rows - top, self.stops] > before[self.rows - top, self.starts])

    @property
    def at_border(self) -> BoolArray:
        """Which runs hold a pixel of the raster's border."""
        height, width = self.shape
        at: BoolArray = (self.rows == 0) | (self.rows == height - 1) | (self.starts == 0) | (self.stops == width)
        return at

    def labels(self) -> IntArray:
        """The number of the connected region each run belongs to; diagonal neighbours are connected."""
        width = self.shape[1] + 1
        below = (self.rows + 1) * width
        # Runs are sorted both by their first and by their last pixel, so neighbours are one range.
        first = np.searchsorted(self.rows * width + self.stops, below + self.starts, side="left")
        behind = np.searchsorted(self.rows * width + self.starts, below + self.stops, side="right")
        count = np.maximum(behind - first, 0)
        upper = np.repeat(np.arange(len(self)), count)
        lower = np.arange(upper.size) - np.repeat(np.cumsum(count) - count, count) + np.repeat(first, count)
        links = coo_matrix((np.ones(upper.size, bool), (upper, lower)), shape=(len(self), len(self)))
        labels: IntArray = connected_components(links, directed=False)[1].astype(np.int64)
        return labels

    def connected_to(self, seeds: BoolArray) -> Runs:
        """The runs of every region that holds one of the seeds (True for each such run)."""
        if not len(self):
            return self
        labels = self.labels()
        seeded = np.zeros(labels.max() + 1, bool)
        seeded[labels[seeds]] = True
        return self.where(seeded[labels])

    def mask(self, row: int, column: int, height: int, width: int) -> BoolArray:
        """The pixels of a window of the raster that belong to a run, (height, width)."""
        inside = slice(*np.searchsorted(self.rows, [row, row + height]))
        rows = self.rows[inside] - row
        starts = np.clip(self.starts[inside] - column, 0, width)
        stops = np.clip(self.stops[inside] - column, 0, width)
        # Runs of a row neither overlap nor touch, but several may be clipped to one edge of the window.
        steps = np.zeros((height, width + 1), np.int32)
        np.add.at(steps, (rows, starts), 1)
        np.add.at(steps, (rows, stops), -1)
        return np.asarray(np.cumsum(steps, axis=1)[:, :width] > 0)
