"""The lattice: pixels counted from the origin of a CRS, so that a place has one index whatever the area."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from affine import Affine
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox

from model_runtime.raster.footprint import BBox
from model_runtime.raster.geodesy import crs_of

_ROUNDING = 1e-6
"""Pixels by which coordinates may be off through rounding alone."""
_PHASE_STEPS = 2.0**24
"""Steps of a phase in one CRS unit."""


class PixelWindow(NamedTuple):
    """Pixels of a lattice: absolute row and column of the upper-left one, and the size."""

    row: int
    column: int
    height: int
    width: int

    @property
    def is_empty(self) -> bool:
        """True where no pixel is left."""
        return self.height <= 0 or self.width <= 0

    def intersect(self, other: PixelWindow) -> PixelWindow:
        """Pixels in both windows (height or width 0 where there are none)."""
        row, column = max(self.row, other.row), max(self.column, other.column)
        bottom = min(self.row + self.height, other.row + other.height)
        right = min(self.column + self.width, other.column + other.width)
        return PixelWindow(row, column, max(bottom - row, 0), max(right - column, 0))

    def extend(self, multiple: int) -> PixelWindow:
        """Extend outward to multiples of absolute rows and columns."""
        row, column = self.row // multiple * multiple, self.column // multiple * multiple
        bottom = -(-(self.row + self.height) // multiple) * multiple
        right = -(-(self.column + self.width) // multiple) * multiple
        return PixelWindow(row, column, bottom - row, right - column)

    def blocks(self, size: int) -> Iterator[PixelWindow]:
        """The whole blocks of ``size`` pixels, anchored to row and column 0, that cover the window."""
        whole = self.extend(size)
        for row in range(whole.row, whole.row + whole.height, size):
            for column in range(whole.column, whole.column + whole.width, size):
                yield PixelWindow(row, column, size, size)

    def slices_in(self, other: PixelWindow) -> tuple[slice, slice]:
        """Rows and columns of this window inside an array that covers ``other``."""
        row, column = self.row - other.row, self.column - other.column
        return (slice(row, row + self.height), slice(column, column + self.width))


@dataclass(frozen=True)
class Lattice:
    """North-up square pixels over a whole CRS.

    Attributes:
        crs: coordinate reference system.
        pixel_size: side of a pixel in CRS units.
        phase_x: x of the left edge of column 0, in [0, pixel_size).
        phase_y: y of the upper edge of row 0, in [0, pixel_size).
    """

    crs: CRS
    pixel_size: float
    phase_x: float = 0.0
    phase_y: float = 0.0

    @classmethod
    def through(cls, crs: CRS, pixel_size: float, x: float, y: float) -> Lattice:
        """The lattice that has a pixel corner at (x, y)."""
        return cls(crs, pixel_size, _phase(x, pixel_size), _phase(y, pixel_size))

    @classmethod
    def of(cls, geobox: GeoBox) -> tuple[Lattice, PixelWindow]:
        """The lattice of a north-up grid with square pixels, and the grid's window on it.

        Raises:
            ValueError: the grid is rotated, south-up, or its pixels are not square.
        """
        affine = geobox.affine
        if affine.b or affine.d or affine.a <= 0 or abs(affine.a + affine.e) > 1e-9 * affine.a:
            raise ValueError(f"no north-up grid with square pixels: {tuple(affine)[:6]}")
        lattice = cls.through(crs_of(geobox), affine.a, affine.c, affine.f)
        row = round((lattice.phase_y - affine.f) / affine.a)
        column = round((affine.c - lattice.phase_x) / affine.a)
        return lattice, PixelWindow(row, column, *geobox.shape)

    def coarser(self, factor: int) -> Lattice:
        """The lattice whose pixel (r, c) holds this one's pixels (factor * r, factor * c) onward."""
        return Lattice(self.crs, self.pixel_size * factor, self.phase_x, self.phase_y)

    def geobox(self, row: int, column: int, height: int, width: int) -> GeoBox:
        """The grid of a window (give a ``PixelWindow`` with a star)."""
        size = self.pixel_size
        affine = Affine(size, 0.0, self.phase_x + column * size, 0.0, -size, self.phase_y - row * size)
        return GeoBox((height, width), affine, self.crs)

    def window(self, bounds: BBox) -> PixelWindow:
        """The pixels that bounds touch, extended outward to whole ones."""
        west, south, east, north = bounds
        size = self.pixel_size
        column = math.floor((west - self.phase_x) / size + _ROUNDING)
        right = math.ceil((east - self.phase_x) / size - _ROUNDING)
        row = math.floor((self.phase_y - north) / size + _ROUNDING)
        bottom = math.ceil((self.phase_y - south) / size - _ROUNDING)
        return PixelWindow(row, column, max(bottom - row, 0), max(right - column, 0))


def _phase(coordinate: float, pixel_size: float) -> float:
    """Position within a pixel, rounded so that every window of a lattice gives the same one.

    Rounded to a power of two: sums with whole pixels are then exact.
    """
    phase = coordinate - math.floor(coordinate / pixel_size) * pixel_size
    rounded = round(phase * _PHASE_STEPS) / _PHASE_STEPS
    return 0.0 if rounded >= pixel_size - _ROUNDING else rounded
