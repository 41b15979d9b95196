"""Results brought onto the grid they are wanted on."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox

from model_runtime.raster.opening import quiet_gdal
from model_runtime.raster.resample import Kind, relative_size, resample, shift_between


def warp_result(
    array: NDArray[np.floating[Any]],
    nodata: float,
    source: GeoBox,
    target: GeoBox,
    kind: Kind = "continuous",
) -> NDArray[np.float32]:
    """Bring a result onto another grid; pixels are copied where the grids share a lattice.

    Args:
        array: (bands, rows, columns) on ``source``; floats, so that rounding happens once, afterwards.
        nodata: number (or NaN) of pixels without data, in and out.
        source: the working grid.
        target: the grid wanted, rotated or south-up too.
        kind: ``nearest`` for masks and classes.

    Returns:
        float32 (bands, rows, columns) on ``target``.
    """
    values = np.asarray(array, np.float32)
    if not np.isnan(nodata):
        values = np.where(values == np.float32(nodata), np.float32(np.nan), values)
    shift = shift_between(source, target)
    if shift is not None:
        result = _copy_shifted(values, (target.height, target.width), shift)
    else:
        with quiet_gdal():
            result = resample(values, source, target, kind, relative_size(source, target))
    return result if np.isnan(nodata) else np.where(np.isnan(result), np.float32(nodata), result)


def _copy_shifted(
    values: NDArray[np.float32], shape: tuple[int, int], shift: tuple[int, int, bool]
) -> NDArray[np.float32]:
    first_row, first_column, flipped = shift
    rows = first_row + np.arange(shape[0]) * (-1 if flipped else 1)
    columns = first_column + np.arange(shape[1])
    rows_in = (rows >= 0) & (rows < values.shape[1])
    columns_in = (columns >= 0) & (columns < values.shape[2])
    result = np.full((values.shape[0], *shape), np.nan, np.float32)
    every = range(values.shape[0])
    result[np.ix_(every, rows_in, columns_in)] = values[np.ix_(every, rows[rows_in], columns[columns_in])]
    return result
