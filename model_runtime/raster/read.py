"""Windowed reading of a physical quantity onto a lattice; the same pixels whatever the window."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack
from typing import Any

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox
from rasterio.io import DatasetReader
from rasterio.windows import Window

from model_runtime.raster.footprint import grid_footprint, move
from model_runtime.raster.geodesy import crs_of
from model_runtime.raster.lattice import Lattice, PixelWindow
from model_runtime.raster.opening import open_dataset, reading
from model_runtime.raster.pixels import Band, read_stored
from model_runtime.raster.resample import (
    Kind,
    columns_of_a_turn,
    relative_size,
    resample,
    shift_between,
    source_pixels,
    turns_in_range,
)
from model_runtime.raster.source import Source

ToPhysical = Callable[[NDArray[Any], NDArray[np.bool_]], NDArray[np.float32]]
"""Stored numbers and validity, both (bands, rows, columns) -> float32 of the same shape; pixel by pixel."""

BLOCK = 480
"""Pixels of the lattice that are always warped together, so that a part equals the same part of the whole."""

CELL_METRES = 10_680
"""Side of a Major TOM cell, over which stretches are measured."""

_LARGEST_SIDE = 4096
_MARGIN = 3


def read_physical(
    source: Source,
    bands: Sequence[int],
    geobox: GeoBox,
    to_physical: ToPhysical,
    kind: Kind = "continuous",
    at_once: bool = False,
) -> NDArray[np.float32]:
    """Read bands as a physical quantity on a grid.

    Where the source lies on the grid's lattice its pixels are copied (a south-up source flipped);
    otherwise the physical quantity is averaged (finer source) or interpolated (coarser or shifted).

    Args:
        source: the opened source.
        bands: band numbers from 1, in the order wanted.
        geobox: a north-up grid with square pixels; may reach beyond the source.
        to_physical: makes the quantity from stored numbers, before any resampling.
        kind: ``nearest`` for masks and classes.
        at_once: warp the grid in one piece, for grids that are themselves anchored; without it a part
            equals the same part of the whole.

    Returns:
        float32 (bands, rows, columns), NaN without data.

    Raises:
        InputError: no such band, or its pixels cannot be read.
    """
    lattice, window = Lattice.of(geobox)
    chosen = source.select(bands)
    result = np.full((len(chosen), *geobox.shape), np.nan, np.float32)
    with reading(source.path), ExitStack() as stack:
        opened = {name: stack.enter_context(open_dataset(name)) for name in {band.dataset for band in chosen}}
        for grid in dict.fromkeys(band.geobox for band in chosen):
            reader = _Reader(opened, chosen, grid, to_physical)
            reader.fill(result, lattice, window, kind, at_once)
    return result


def cells(footprint: GeoBox, lattice: Lattice, metres: float = CELL_METRES) -> Iterator[GeoBox]:
    """The cells of a lattice that a whole raster touches, row by row from the north-west.

    Args:
        footprint: the raster's grid.
        lattice: in metres; cells are anchored to its row and column 0.
        metres: side of a cell.
    """
    outline = move(grid_footprint("", footprint).polygon, crs_of(footprint), lattice.crs)
    if outline.is_empty:
        return
    size = max(1, round(metres / lattice.pixel_size))
    for cell in lattice.window(outline.bounds).blocks(size):
        geobox = lattice.geobox(*cell)
        if grid_footprint("", geobox).polygon.intersection(outline).area > 0:
            yield geobox


class _Reader:
    """Reads the chosen bands that lie on one grid."""

    def __init__(
        self,
        opened: dict[str, DatasetReader],
        chosen: Sequence[Band],
        grid: GeoBox,
        to_physical: ToPhysical,
    ) -> None:
        self._opened = opened
        self._chosen = chosen
        self._grid = grid
        self._to_physical = to_physical
        self._positions = [position for position, band in enumerate(chosen) if band.geobox == grid]

    def fill(
        self, result: NDArray[np.float32], lattice: Lattice, window: PixelWindow, kind: Kind, at_once: bool
    ) -> None:
        """Write this grid's bands into ``result``, which covers ``window``."""
        whole = lattice.geobox(*window)
        shift = shift_between(self._grid, whole)
        if shift is not None:
            self._copy(result, window, shift)
            return
        ratio = relative_size(self._grid, lattice.geobox(0, 0, 1, 1))
        is_small = max(window.height, window.width) * ratio <= _LARGEST_SIDE
        for block in [window] if at_once and is_small else window.blocks(_block_size(ratio)):
            part = block.intersect(window)
            rows, columns = part.slices_in(window)
            warped = self._warp(lattice.geobox(*block), kind, ratio)
            if warped is not None:
                result[self._positions, rows, columns] = warped[(slice(None), *part.slices_in(block))]

    def _copy(self, result: NDArray[np.float32], window: PixelWindow, shift: tuple[int, int, bool]) -> None:
        """Copy pixels of the same lattice, some rows at a time."""
        first_row, first_column, flipped = shift
        for top in range(0, window.height, BLOCK):
            height = min(BLOCK, window.height - top)
            row = first_row - top - height + 1 if flipped else first_row + top
            asked = PixelWindow(row, first_column, height, window.width)
            there = asked.intersect(PixelWindow(0, 0, *self._grid.shape))
            if there.is_empty:
                continue
            values = self._read(there)
            rows, columns = there.slices_in(asked)
            strip = result[:, top : top + height]
            strip = strip[:, ::-1] if flipped else strip
            for position, band in zip(self._positions, values, strict=True):
                strip[position, rows, columns] = band

    def _warp(self, target: GeoBox, kind: Kind, ratio: float) -> NDArray[np.float32] | None:
        """One whole block, or None where the source has no pixel of it."""
        columns, rows = source_pixels(self._grid, target)
        if columns.size == 0:
            return None
        margin = _MARGIN + math.ceil(ratio)
        top, bottom = math.floor(rows.min()) - margin, math.ceil(rows.max()) + margin
        left, right = math.floor(columns.min()) - margin, math.ceil(columns.max()) + margin
        asked = PixelWindow(top, left, bottom - top, right - left)
        result: NDArray[np.float32] | None = None
        for there, affine in self._pieces(asked):
            values = self._read(there)
            grid = GeoBox(values.shape[1:], affine * Affine.translation(there.column, there.row), self._grid.crs)
            warped = resample(values, grid, target, kind, ratio)
            result = warped if result is None else np.where(np.isnan(result), warped, result)
        return result

    def _pieces(self, asked: PixelWindow) -> Iterator[tuple[PixelWindow, Affine]]:
        """The source pixels of a window, each with a transform whose longitudes meet those of a projection."""
        whole = PixelWindow(0, 0, *self._grid.shape)
        turn = columns_of_a_turn(self._grid)
        if turn is None:
            there = asked.intersect(whole)
            if not there.is_empty:
                yield there, self._grid.affine
            return
        for columns in (-round(turn), 0, round(turn)):
            moved = PixelWindow(asked.row, asked.column + columns, asked.height, asked.width)
            there = moved.intersect(whole)
            if not there.is_empty:
                for affine in turns_in_range(self._grid.affine, there.column, there.column + there.width):
                    yield there, affine

    def _read(self, window: PixelWindow) -> NDArray[np.float32]:
        """This grid's bands as a physical quantity, NaN without data."""
        shape = (len(self._chosen), window.height, window.width)
        stored = np.zeros(shape, self._stored_type())
        valid = np.zeros(shape, bool)
        pixels = Window(window.column, window.row, window.width, window.height)
        for name in dict.fromkeys(self._chosen[position].dataset for position in self._positions):
            positions = [at for at in self._positions if self._chosen[at].dataset == name]
            part = read_stored(self._opened[name], [self._chosen[at] for at in positions], pixels)
            stored[positions], valid[positions] = part
        physical = np.asarray(self._to_physical(stored, valid), np.float32)[self._positions]
        return np.where(valid[self._positions], physical, np.float32(np.nan))

    def _stored_type(self) -> np.dtype[Any]:
        types = [self._opened[self._chosen[at].dataset].dtypes[self._chosen[at].index - 1] for at in self._positions]
        return np.result_type(*types)


def _block_size(ratio: float) -> int:
    """Lattice pixels of a block; smaller over very fine sources, so that memory stays bounded."""
    size = BLOCK
    while size * ratio > _LARGEST_SIDE and size > 15:
        size //= 2
    return size
