"""Coordinate reference systems measured on the ellipsoid: whether on Earth, how true to scale, which zone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from affine import Affine
from numpy.typing import ArrayLike, NDArray
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from pyproj import CRS as ProjCRS
from pyproj import Geod, Transformer
from pyproj.exceptions import CRSError

from model_runtime.contract import InputError, UsageError

EARTH_RADII = (6.3e6, 6.4e6)
"""Semi-major axes in metres that can only be the Earth's."""

WGS84 = CRS("EPSG:4326")
_GEOD = Geod(ellps="WGS84")
_UTM_LIMIT_DEGREES = 84.0
_UTM_LIMIT_SOUTH_DEGREES = -80.0
_POLAR_DEGREES = 60.0


def parse_crs(definition: str) -> CRS:
    """Read a CRS from anything pyproj reads (``EPSG:32632``, WKT, PROJ string).

    Raises:
        UsageError: not a CRS.
        InputError: one that is not on Earth.
    """
    try:
        crs = horizontal(ProjCRS.from_user_input(definition))
    except CRSError as error:
        raise UsageError(
            f"The coordinate reference system {definition!r} is not known; give an EPSG code such as EPSG:32632."
        ) from error
    refuse_off_earth(crs, f"The coordinate reference system {definition!r}")
    return crs


def horizontal(crs: ProjCRS) -> CRS:
    """The horizontal part of a CRS (a height system beside it changes no pixel's place)."""
    return CRS(crs.sub_crs_list[0] if crs.is_compound else crs)


def refuse_off_earth(crs: CRS, name: str) -> None:
    """Refuse local (engineering) systems, systems of other bodies, and systems without plan coordinates.

    Raises:
        InputError: with ``name`` as the subject of the sentence.
    """
    proj = crs.proj
    if not (proj.is_geographic or proj.is_projected):
        raise InputError(
            f"{name} is a local system ({proj.name}) that says nothing about a place on Earth;"
            " georeference it in a geographic or projected one."
        )
    ellipsoid = proj.ellipsoid
    radius = EARTH_RADII[0] if ellipsoid is None else ellipsoid.semi_major_metre
    if not EARTH_RADII[0] <= radius <= EARTH_RADII[1]:
        raise InputError(
            f"{name} is not on Earth ({proj.name}, radius {radius / 1000:.0f} km); the model has only seen the Earth."
        )


@lru_cache(maxsize=64)
def transformer(source: CRS, target: CRS) -> Transformer:
    """Transformer between two CRSs, x (east, longitude) always first."""
    return Transformer.from_crs(source.proj, target.proj, always_xy=True)


def transform_points(
    source: CRS, target: CRS, x: ArrayLike, y: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Points of one CRS in another; infinite where the target cannot show them."""
    xs, ys = np.asarray(x, float), np.asarray(y, float)
    if source == target:
        return xs, ys
    out_x, out_y = transformer(source, target).transform(xs, ys)
    return np.asarray(out_x, float), np.asarray(out_y, float)


def unit_metres(crs: CRS, x: float, y: float, step: float) -> tuple[float, float]:
    """Metres on the ground of one CRS unit along x and along y at a place; NaN where it has none.

    Args:
        crs: the coordinate reference system.
        x: place, in CRS units.
        y: place, in CRS units.
        step: length measured, in CRS units.
    """
    half = step / 2
    lon, lat = transform_points(crs, WGS84, [x - half, x + half, x, x], [y, y, y - half, y + half])
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        return (float("nan"), float("nan"))
    _, _, length = _GEOD.inv(lon[0::2], lat[0::2], lon[1::2], lat[1::2])
    return (float(length[0] / step), float(length[1] / step))


def pixel_metres(crs: CRS, transform: Affine, column: float, row: float) -> tuple[float, float]:
    """Ground size (along a row, along a column) in metres of the pixel at a place; NaN outside the CRS's domain."""
    columns = np.array([column - 0.5, column + 0.5, column, column])
    rows = np.array([row, row, row - 0.5, row + 0.5])
    x, y = apply_affine(transform, columns, rows)
    lon, lat = transform_points(crs, WGS84, x, y)
    lat = np.clip(lat, -90, 90) if crs.geographic else lat
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        return (float("nan"), float("nan"))
    _, _, length = _GEOD.inv(lon[0::2], lat[0::2], lon[1::2], lat[1::2])
    return (float(length[0]), float(length[1]))


def crs_of(geobox: GeoBox) -> CRS:
    """The CRS of a grid, which ours all have.

    Raises:
        ValueError: a grid without one.
    """
    if geobox.crs is None:
        raise ValueError("the grid has no coordinate reference system")
    return geobox.crs


def apply_affine(affine: Affine, x: ArrayLike, y: ArrayLike) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Many points through an affine transform."""
    xs, ys = np.asarray(x, float), np.asarray(y, float)
    return affine.a * xs + affine.b * ys + affine.c, affine.d * xs + affine.e * ys + affine.f


def is_metric(crs: CRS) -> bool:
    """True for a projected CRS whose axes are in metres."""
    proj = crs.proj
    return bool(proj.is_projected) and all(axis.unit_conversion_factor == 1.0 for axis in proj.axis_info)


def is_true_to_scale(crs: CRS, bounds: tuple[float, float, float, float], tolerance: float) -> bool:
    """Whether a metric CRS keeps lengths within ``tolerance`` over an area, and has north upwards.

    Near the poles no direction is north for a whole raster, so only the scale counts there.

    Args:
        crs: a CRS in metres.
        bounds: (west, south, east, north) in CRS units.
        tolerance: allowed relative error of lengths, e.g. 0.02.
    """
    west, south, east, north = bounds
    step = 100.0
    for x in (west, (west + east) / 2, east):
        for y in (south, (south + north) / 2, north):
            lengths = np.array(unit_metres(crs, x, y, step))
            if not (np.abs(lengths - 1) <= tolerance).all():
                return False
    return _north_is_up(crs, (west + east) / 2, (south + north) / 2, step)


def _north_is_up(crs: CRS, x: float, y: float, step: float) -> bool:
    """False for south-oriented systems, whose pictures would be lit from the wrong side."""
    lon, lat = transform_points(crs, WGS84, [x, x], [y, y + step])
    if abs(lat[0]) > _POLAR_DEGREES:
        return True
    azimuth, _, _ = _GEOD.inv(lon[0], lat[0], lon[1], lat[1])
    return bool(abs(azimuth) < 45)


def zone_crs(longitude: float, latitude: float) -> CRS:
    """The UTM zone of a place in degrees, or the polar stereographic one beyond 84 N and 80 S."""
    if latitude > _UTM_LIMIT_DEGREES:
        return CRS("EPSG:32661")
    if latitude < _UTM_LIMIT_SOUTH_DEGREES:
        return CRS("EPSG:32761")
    zone = int((longitude + 180) % 360 // 6) + 1
    return CRS(f"EPSG:{(32600 if latitude >= 0 else 32700) + zone}")
