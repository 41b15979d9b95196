"""Writing a layer's numbers on its own pixels, or on means of whole squares of them."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Iterator, Optional, Tuple

import numpy as np
from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsRasterBlock,
    QgsRasterBlockFeedback,
    QgsRasterDataProvider,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterNuller,
    QgsRasterPipe,
    QgsRectangle,
)

from ..translation import tr
from .nodata import TYPES, common_nodata
from .source import LayerError

TILE = 512
"""Pixels along a side that are read at once."""


@dataclass(frozen=True)
class Lattice:
    """Some pixels of a layer, its own where it has some, and how many of them along a side become one.

    Attributes:
        west: of the layer.
        north: of the layer.
        across: width of a pixel in the layer's units.
        along: height of a pixel.
        columns: the first one and the one after the last.
        rows: likewise, from the north.
        join: columns and rows that become one pixel.
    """

    west: float
    north: float
    across: float
    along: float
    columns: Tuple[int, int]
    rows: Tuple[int, int]
    join: Tuple[int, int] = (1, 1)

    @property
    def width(self) -> int:
        """Columns that are written."""
        return math.ceil((self.columns[1] - self.columns[0]) / self.join[0])

    @property
    def height(self) -> int:
        """Rows that are written."""
        return math.ceil((self.rows[1] - self.rows[0]) / self.join[1])

    @property
    def rectangle(self) -> QgsRectangle:
        """What is written covers; where pixels are joined it may reach less than one beyond the layer."""
        last = self.columns[0] + self.width * self.join[0], self.rows[0] + self.height * self.join[1]
        return self.part((self.columns[0], last[0]), (self.rows[0], last[1]))

    def part(self, columns: Tuple[int, int], rows: Tuple[int, int]) -> QgsRectangle:
        """Return what some pixels cover."""
        return QgsRectangle(
            self.west + columns[0] * self.across,
            self.north - rows[1] * self.along,
            self.west + columns[1] * self.across,
            self.north - rows[0] * self.along,
        )

    def tiles(self) -> Iterator[Tuple[Tuple[int, int], Tuple[int, int]]]:
        """Yield the columns and rows of pieces that are read at once; none divides what becomes one pixel."""
        steps = [max(TILE // join, 1) * join for join in self.join]
        for top in range(self.rows[0], self.rows[1], steps[1]):
            for left in range(self.columns[0], self.columns[1], steps[0]):
                yield (
                    (left, min(left + steps[0], self.columns[1])),
                    (top, min(top + steps[1], self.rows[1])),
                )


def lattice_of(layer: QgsRasterLayer, area: QgsRectangle) -> Optional[Lattice]:
    """Return a layer's own pixels that an area touches; None for a map service, which has none of its own."""
    if layer.width() <= 0 or layer.height() <= 0:
        return None
    own = layer.extent()
    across, along = own.width() / layer.width(), own.height() / layer.height()
    west, east = (area.xMinimum() - own.xMinimum()) / across, (area.xMaximum() - own.xMinimum()) / across
    north, south = (own.yMaximum() - area.yMaximum()) / along, (own.yMaximum() - area.yMinimum()) / along
    columns, rows = _whole(west, east, layer.width()), _whole(north, south, layer.height())
    return Lattice(own.xMinimum(), own.yMaximum(), across, along, columns, rows)


class PixelWriter:
    """Writes the numbers of one layer.

    Args:
        name: of the layer, for sentences.
        pipe: begins with the layer's data provider.

    Raises:
        LayerError: no number can say in all bands that there is no data.
    """

    def __init__(self, name: str, pipe: QgsRasterPipe) -> None:
        provider = pipe.provider()
        self._pipe = pipe
        self._bands = provider.bandCount()
        kinds = [TYPES[provider.dataType(band)] for band in range(1, self._bands + 1)]
        common = np.result_type(*kinds)
        # Numbers with and without a sign may have none that QGIS writes.
        self._kind = np.dtype(common if common.name in TYPES.values() else "float64")
        try:
            self._nodata = common_nodata(provider, self._kind.name)
        except ValueError as error:
            text = tr("{layer}: its bands have no no-data value in common; set one for all of them in its properties.")
            raise LayerError(text.format(layer=name)) from error
        if self._nodata is not None:
            self._null(name, provider, self._nodata)

    @staticmethod
    def takes(provider: QgsRasterDataProvider) -> bool:
        """Tell whether a layer has real numbers, not a picture or complex ones."""
        return all(provider.dataType(band) in TYPES for band in range(1, provider.bandCount() + 1))

    def write(
        self,
        writer: QgsRasterFileWriter,
        lattice: Lattice,
        crs: QgsCoordinateReferenceSystem,
        watch: QgsRasterBlockFeedback,
    ) -> bool:
        """Write them, in any thread; False where that failed, or was cancelled."""
        types = {name: kind for kind, name in TYPES.items()}
        wanted = types[self._kind.name]
        size = (lattice.width, lattice.height)
        target = writer.createMultiBandRaster(wanted, *size, lattice.rectangle, crs, self._bands)
        if target is None or not target.isValid():
            return False
        target.setEditable(True)
        if self._nodata is not None:
            for band in range(1, self._bands + 1):
                target.setNoDataValue(band, self._nodata)
        done = all(self._write_tile(target, wanted, lattice, tile, watch) for tile in lattice.tiles())
        target.setEditable(False)
        return done

    def _write_tile(
        self,
        target: QgsRasterDataProvider,
        wanted: Qgis.DataType,
        lattice: Lattice,
        tile: Tuple[Tuple[int, int], Tuple[int, int]],
        watch: QgsRasterBlockFeedback,
    ) -> bool:
        (left, right), (top, bottom) = tile
        place = (left - lattice.columns[0]) // lattice.join[0], (top - lattice.rows[0]) // lattice.join[1]
        for band in range(1, self._bands + 1):
            if watch.isCanceled():
                return False
            rectangle = lattice.part(*tile)
            block = self._pipe.last().block(band, rectangle, right - left, bottom - top, watch)
            if block is None or not block.isValid() or not block.convert(wanted):
                return False
            if lattice.join != (1, 1):
                block = self._join(block, wanted, lattice.join)
            if not target.writeBlock(block, band, *place):
                return False
        return True

    def _join(self, block: QgsRasterBlock, wanted: Qgis.DataType, join: Tuple[int, int]) -> QgsRasterBlock:
        """Return the means of squares of pixels, of those that have data."""
        numbers = np.frombuffer(bytes(block.data()), self._kind).reshape(block.height(), block.width())
        means = mean_of_squares(numbers, join, self._nodata)
        joined = QgsRasterBlock(wanted, means.shape[1], means.shape[0])
        joined.setData(means.tobytes())
        return joined

    def _null(self, name: str, provider: QgsRasterDataProvider, nodata: float) -> None:
        nuller = QgsRasterNuller()
        for band in range(1, self._bands + 1):
            nuller.setNoData(band, provider.userNoDataValues(band))
            nuller.setOutputNoDataValue(band, nodata)
        if not self._pipe.insert(self._pipe.size(), nuller):
            raise LayerError(tr("{layer}: its no-data values cannot be applied.").format(layer=name))


def mean_of_squares(numbers: np.ndarray, join: Tuple[int, int], nodata: Optional[float]) -> np.ndarray:
    """Return the means of squares of pixels that have data, in the same type.

    Args:
        numbers: (rows, columns); at the right and the lower edge squares may be cut off.
        join: columns and rows of a square.
        nodata: number of pixels without data, and of squares of nothing else; None where all have data.
    """
    is_data = np.isfinite(numbers) if numbers.dtype.kind == "f" else np.ones(numbers.shape, bool)
    if nodata is not None:
        is_data = is_data & (numbers != nodata)
    places = [np.arange(0, size, step) for size, step in zip(numbers.shape, reversed(join))]

    def total(values: np.ndarray) -> np.ndarray:
        return np.add.reduceat(np.add.reduceat(values, places[0], axis=0), places[1], axis=1)

    counts = total(is_data.astype(np.int64))
    means = total(np.where(is_data, numbers, 0).astype(np.float64)) / np.maximum(counts, 1)
    if numbers.dtype.kind != "f":
        means = np.rint(means)
    means[counts == 0] = math.nan if nodata is None else nodata
    return means.astype(numbers.dtype)


def _whole(first: float, last: float, size: int) -> Tuple[int, int]:
    """Return the pixels between two places, outwards, but for what rounding makes of a pixel's edge."""
    start = min(max(math.floor(first + _EDGE), 0), size - 1)
    return start, max(min(math.ceil(last - _EDGE), size), start + 1)


_EDGE = 1e-6
