"""Moving a physical quantity from one grid to another, without bleeding of missing pixels."""

from __future__ import annotations

import math
from typing import Literal

import numpy as np
from affine import Affine
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox
from rasterio.enums import Resampling
from rasterio.io import MemoryFile
from rasterio.vrt import WarpedVRT

from model_runtime.raster.geodesy import apply_affine, crs_of, pixel_metres, transform_points

Kind = Literal["continuous", "nearest"]
"""``continuous``: averaged where the source is finer, bilinear where coarser; ``nearest``: for classes."""

FINER = 1.05
"""Target pixel / source pixel from which on pixels are averaged."""

_EXACT = 1e-6
"""Pixels by which a warp may be off; the default of 0.125 makes values depend on the window, 0 crashes rasterio."""
_AGREE = 0.01
"""Pixels by which two grids may differ over a whole raster and still be one lattice."""


def relative_size(source: GeoBox, target: GeoBox) -> float:
    """Target pixel / source pixel on the ground, at the source's centre (at the target's, where that is undefined)."""
    height, width = source.shape
    own = _ground_area(source, width / 2, height / 2)
    x, y = apply_affine(source.affine, [width / 2], [height / 2])
    x, y = transform_points(crs_of(source), crs_of(target), x, y)
    column, row = apply_affine(~target.affine, x, y)
    other = _ground_area(target, float(column[0]), float(row[0]))
    if not math.isfinite(other):
        other = _ground_area(target, target.shape[1] / 2, target.shape[0] / 2)
    ratio = math.sqrt(other / own) if own > 0 else float("nan")
    return ratio if math.isfinite(ratio) and ratio > 0 else 1.0


def _ground_area(geobox: GeoBox, column: float, row: float) -> float:
    """Square metres of a pixel."""
    along_row, along_column = pixel_metres(crs_of(geobox), geobox.affine, column, row)
    return along_row * along_column


def shift_between(source: GeoBox, target: GeoBox) -> tuple[int, int, bool] | None:
    """Whole-pixel shift between grids of one lattice, so that pixels can be copied.

    Returns:
        (row, column, flipped): target pixel (r, c) is source pixel (row + r, column + c), or
        (row - r, column + c) where the source is south-up; None where the grids do not agree.
    """
    height, width = source.shape
    columns = np.array([0.0, width, width, 0.0, width / 2])
    rows = np.array([0.0, 0.0, height, height, height / 2])
    x, y = transform_points(crs_of(source), crs_of(target), *apply_affine(source.affine, columns, rows))
    if not (np.isfinite(x).all() and np.isfinite(y).all()):
        return None
    there_column, there_row = apply_affine(~target.affine, x, y)
    flipped = bool(there_row[0] > there_row[2])
    column = round(float(columns[0] - there_column[0]))
    own_row = -rows if flipped else rows
    row = round(float(own_row[0] - there_row[0]))
    off = max(np.abs(there_column + column - columns).max(), np.abs(there_row + row - own_row).max())
    if off > _AGREE:
        return None
    return (-row - 1, column, True) if flipped else (row, column, False)


def resample(
    values: NDArray[np.float32], source: GeoBox, target: GeoBox, kind: Kind, ratio: float
) -> NDArray[np.float32]:
    """Warp bands onto another grid.

    Args:
        values: (bands, rows, columns) on ``source``, NaN where missing.
        source: grid of ``values``.
        target: grid wanted.
        kind: how to resample.
        ratio: ``relative_size`` of the whole rasters (not of these windows, so that windows agree).

    Returns:
        float32 (bands, rows, columns) on ``target``, NaN where missing or outside.
    """
    bands, height, width = values.shape
    with MemoryFile() as file:
        with file.open(driver="GTiff", count=bands, height=height, width=width, dtype="float32") as dataset:
            dataset.write(values)
        # rasterio's reproject() has no tolerance: its positions are off by up to 0.125 pixels.
        with (
            file.open() as dataset,
            WarpedVRT(
                dataset,
                src_crs=crs_of(source).to_wkt(),
                src_transform=source.affine,
                crs=crs_of(target).to_wkt(),
                transform=target.affine,
                width=target.shape[1],
                height=target.shape[0],
                resampling=_method(kind, ratio),
                tolerance=_EXACT,
                src_nodata=np.nan,
                nodata=np.nan,
                UNIFIED_SRC_NODATA="NO",
                XSCALE=str(max(1.0, 1.0 / ratio)),
                YSCALE=str(max(1.0, 1.0 / ratio)),
                num_threads=1,
            ) as warped,
        ):
            return np.asarray(warped.read(), np.float32)


def _method(kind: Kind, ratio: float) -> Resampling:
    if kind == "nearest":
        return Resampling.nearest
    return Resampling.average if ratio > FINER else Resampling.bilinear


def source_pixels(source: GeoBox, target: GeoBox) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Columns and rows of ``source`` under a target grid: its outline and a mesh within; infinite ones dropped."""
    height, width = target.shape
    mesh = np.meshgrid(np.linspace(0, width, 17), np.linspace(0, height, 17))
    columns, rows = mesh[0].ravel(), mesh[1].ravel()
    x, y = transform_points(crs_of(target), crs_of(source), *apply_affine(target.affine, columns, rows))
    seen = np.isfinite(x) & np.isfinite(y)
    x, y = x[seen], y[seen]
    if crs_of(source).geographic and x.size:
        x = np.unwrap(x, period=360)
    column, row = apply_affine(~source.affine, x, y)
    return column, row


def columns_of_a_turn(source: GeoBox) -> float | None:
    """Columns of 360 degrees, for an upright raster in degrees; None for others."""
    affine: Affine = source.affine
    if not crs_of(source).geographic or affine.b or affine.d:
        return None
    return 360 / abs(affine.a)


def turns_in_range(affine: Affine, left: float, right: float) -> list[Affine]:
    """Transforms of an upright raster in degrees, a whole turn apart, that put columns between 180 W and 180 E.

    Projections give longitudes in that range, while files may count from 0 to 360, or cross 180.
    """
    west, east = sorted((affine.c + affine.a * left, affine.c + affine.a * right))
    turns = [turn for turn in (0, -1, 1) if west + 360 * turn < 180 and east + 360 * turn > -180]
    return [Affine.translation(360.0 * turn, 0.0) * affine for turn in turns]
