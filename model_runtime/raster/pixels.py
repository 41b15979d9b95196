"""Stored numbers of a band file, and which of them are data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox
from rasterio.enums import MaskFlags, Resampling
from rasterio.io import DatasetReader
from rasterio.windows import Window

from model_runtime.raster.facts import PERCENTILES, BandStatistics
from model_runtime.raster.opening import open_dataset, reading
from model_runtime.raster.runs import Runs

SAMPLE_SIDE = 1000
"""Rows and columns of a sample, at most."""


@dataclass(frozen=True)
class Gaps:
    """What becomes of a band's pixels without a signal (see ``gaps.close_gaps``).

    Attributes:
        limit: stored numbers at or below it, and NaN, are no signal.
        smallest: smallest stored number of the whole file that is one.
        collar: pixels without a signal that have no data; the others are given ``smallest``.
    """

    limit: float
    smallest: float
    collar: Runs = field(repr=False)


@dataclass(frozen=True)
class Band:
    """Where one band of a source lies.

    Attributes:
        dataset: what GDAL opens.
        index: band number in it, from 1.
        geobox: its grid, in the CRS in force.
        nodata: number that means "no data" instead of what the file declares; None keeps the file's.
        gaps: what becomes of pixels without a signal; None where nothing is known of any.
    """

    dataset: str
    index: int
    geobox: GeoBox
    nodata: float | None
    gaps: Gaps | None = field(default=None, compare=False, repr=False)


def read_stored(
    dataset: DatasetReader,
    bands: Sequence[Band],
    window: Window | None = None,
    shape: tuple[int, int] | None = None,
) -> tuple[NDArray[Any], NDArray[np.bool_]]:
    """Stored numbers of some bands of one open dataset, and where they are valid.

    Args:
        dataset: the open dataset all the bands lie in.
        bands: bands to read.
        window: pixels to read; all where None.
        shape: (rows, columns) to reduce to, by picking pixels; not reduced where None.

    Returns:
        Two arrays (bands, rows, columns). Not valid: the declared or overriding nodata number, NaN,
        infinity, transparent and masked pixels.
    """
    indexes = [band.index for band in bands]
    out_shape = None if shape is None else (len(indexes), *shape)
    stored = dataset.read(indexes, window=window, out_shape=out_shape, resampling=Resampling.nearest)
    valid = np.ones(stored.shape, bool)
    for position, band in enumerate(bands):
        numbers = stored[position]
        declared = declared_nodata(dataset, band, numbers, window, shape)
        if band.gaps is not None and shape is None:
            _close_gaps(numbers, band.gaps, declared, window)
        valid[position] = ~declared & (np.isfinite(numbers) if numbers.dtype.kind == "f" else True)
    return stored, valid


def _close_gaps(numbers: NDArray[Any], gaps: Gaps, declared: NDArray[np.bool_], window: Window | None) -> None:
    """Give weak pixels the smallest number, and count the collar as declared nodata (both in place)."""
    row, column = (0, 0) if window is None else (int(window.row_off), int(window.col_off))
    declared |= gaps.collar.mask(row, column, *numbers.shape)
    numbers[~declared & ~(numbers > gaps.limit)] = gaps.smallest


def declared_nodata(
    dataset: DatasetReader,
    band: Band,
    stored: NDArray[Any],
    window: Window | None = None,
    shape: tuple[int, int] | None = None,
) -> NDArray[np.bool_]:
    """Which of the stored numbers the file, or whoever overrides it, declares to be no data.

    Args:
        dataset: the open dataset of the band.
        band: the band.
        stored: its numbers (rows, columns) in ``window``, reduced to ``shape``.
        window: see ``read_stored``.
        shape: see ``read_stored``.
    """
    declared = np.zeros(stored.shape, bool)
    flags = dataset.mask_flag_enums[band.index - 1]
    if MaskFlags.all_valid not in flags and not (band.nodata is not None and MaskFlags.nodata in flags):
        mask = dataset.read_masks(band.index, window=window, out_shape=shape, resampling=Resampling.nearest)
        declared |= mask == 0
    if band.nodata is not None:
        declared |= np.isnan(stored) if np.isnan(band.nodata) else stored == band.nodata
    return declared


def sample_statistics(path: str, band: Band) -> BandStatistics:
    """Statistics of a band over a reduced reading of the whole of it.

    Args:
        path: the source as the user named it, for sentences.
        band: the band.

    Raises:
        InputError: the pixels cannot be read.
    """
    with reading(path), open_dataset(band.dataset) as dataset:
        reduction = max(1.0, max(dataset.shape) / SAMPLE_SIDE)
        shape = (max(1, round(dataset.height / reduction)), max(1, round(dataset.width / reduction)))
        stored, valid = read_stored(dataset, [band], shape=shape)
    return summarise(stored[0], valid[0])


def summarise(stored: NDArray[Any], valid: NDArray[np.bool_]) -> BandStatistics:
    """Statistics of stored numbers where they are valid."""
    numbers = stored[valid].astype(np.float64)
    if numbers.size == 0:
        nothing = float("nan")
        return BandStatistics(0, 0.0, nothing, nothing, dict.fromkeys(PERCENTILES, nothing), nothing, False)
    # A frame of zeros that no one declared to be no data says nothing of what is shown.
    shown = numbers[numbers != 0]
    levels = np.percentile(shown if shown.size else numbers, PERCENTILES)
    return BandStatistics(
        count=int(numbers.size),
        share_valid=numbers.size / valid.size,
        minimum=float(numbers.min()),
        maximum=float(numbers.max()),
        percentiles={level: float(value) for level, value in zip(PERCENTILES, levels, strict=True)},
        share_zero=float(np.mean(numbers == 0)),
        is_integer=bool((numbers == np.rint(numbers)).all()),
    )
