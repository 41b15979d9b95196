"""Where a raster lies: its CRS and transform checked, or refused in one sentence."""

from __future__ import annotations

import numpy as np
from affine import Affine
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from pyproj import CRS as ProjCRS
from pyproj.exceptions import CRSError
from rasterio.io import DatasetReader

from model_runtime.contract import InputError
from model_runtime.raster.geodesy import (
    apply_affine,
    horizontal,
    pixel_metres,
    refuse_off_earth,
    transform_points,
)

_SAME_PLACE_METRES = 1e-3


def georeference(path: str, dataset: DatasetReader, override: CRS | None) -> GeoBox:
    """The grid of an open dataset.

    Args:
        path: as the user named it, for sentences.
        dataset: the open dataset.
        override: CRS in force instead of the dataset's own.

    Raises:
        InputError: no CRS, no geotransform, not on Earth, or outside the CRS's domain.
    """
    if dataset.transform.is_identity:
        raise InputError(_no_transform(path, dataset))
    if dataset.transform.is_degenerate:
        raise InputError(f"{path}: the pixel size is zero; georeference the file again.")
    crs = override or _own_crs(path, dataset)
    refuse_off_earth(crs, f"{path}: the coordinate reference system")
    if crs.geographic:
        _refuse_outside_degrees(path, dataset)
    width, height = dataset.width, dataset.height
    if not np.isfinite(pixel_metres(crs, dataset.transform, width / 2, height / 2)).all():
        raise InputError(
            f"{path}: the coordinates lie outside {crs.proj.name}, as if the coordinate reference system were"
            " another one; assign the right one."
        )
    simple = crs if override else _shortest(crs, dataset.transform, width, height)
    return GeoBox((height, width), dataset.transform, simple)


def _no_transform(path: str, dataset: DatasetReader) -> str:
    points, _ = dataset.gcps
    if points:
        return (
            f"{path}: it has no geotransform, only {len(points)} ground control points; warp it first, for example"
            " with gdalwarp, or in QGIS with the Georeferencer."
        )
    if dataset.rpcs is not None:
        return f"{path}: it has no geotransform, only RPCs; orthorectify it first, for example with gdalwarp -rpc."
    return f"{path}: it has no georeference (no geotransform); georeference it first, for example in QGIS."


def _own_crs(path: str, dataset: DatasetReader) -> CRS:
    if not dataset.crs:
        raise InputError(
            f"{path}: it has no coordinate reference system; assign one first, in QGIS with Assign projection"
            " or with gdal_edit -a_srs."
        )
    try:
        return horizontal(ProjCRS.from_wkt(dataset.crs.to_wkt()))
    except CRSError as error:
        raise InputError(
            f"{path}: its coordinate reference system cannot be understood; assign a known one, such as EPSG:32632."
        ) from error


def _refuse_outside_degrees(path: str, dataset: DatasetReader) -> None:
    corners = [dataset.transform * (x, y) for x in (0, dataset.width) for y in (0, dataset.height)]
    lons, lats = zip(*corners, strict=True)
    # Global grids centre their outermost pixels on the poles, so that half a pixel sticks out.
    margin = min(1.0, max(abs(dataset.transform.a), abs(dataset.transform.e)))
    if max(map(abs, lons)) > 360 + margin or max(map(abs, lats)) > 90 + margin:
        raise InputError(
            f"{path}: it says degrees, but its coordinates reach from {min(lons):.6g} to {max(lons):.6g} and from"
            f" {min(lats):.6g} to {max(lats):.6g}; assign the right coordinate reference system."
        )


def _shortest(crs: CRS, transform: Affine, width: int, height: int) -> CRS:
    """The EPSG code that puts the corners in the same place, or the CRS itself.

    Formats write one CRS in many spellings; without this, files of one lattice would seem to differ.
    """
    code = crs.proj.to_epsg(min_confidence=70)
    if code is None:
        return crs
    simple = CRS(f"EPSG:{code}")
    if simple.proj.is_geographic != crs.proj.is_geographic or simple.proj.is_compound:
        return crs
    columns, rows = np.array([0.0, width, width, 0.0]), np.array([0.0, 0.0, height, height])
    x, y = apply_affine(transform, columns, rows)
    there = transform_points(crs, simple, x, y)
    limit = _SAME_PLACE_METRES / 1e5 if crs.geographic else _SAME_PLACE_METRES
    same = max(np.abs(there[0] - x).max(), np.abs(there[1] - y).max()) <= limit
    return simple if same else crs
