"""The working grid: which CRS, lattice and area a job is computed on, and the grids results are written on."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import reduce
from typing import Protocol

import numpy as np
import shapely
import shapely.affinity
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox

from model_runtime.contract import InputError, UsageError
from model_runtime.raster.footprint import BBox, Footprint, bounds_footprint, grid_footprint, intersect, move
from model_runtime.raster.geodesy import (
    WGS84,
    apply_affine,
    crs_of,
    is_metric,
    is_true_to_scale,
    transform_points,
    unit_metres,
    zone_crs,
)
from model_runtime.raster.lattice import Lattice, PixelWindow

SCALE_TOLERANCE = 0.02
CANVAS_MULTIPLE = 240
"""Pixels: 30 m hillshade cells, 8 px latents and patches fit a whole number of times."""
PIXEL_LIMIT = 4000 * 4000
UPSAMPLING_LIMIT = 6.0
UPSAMPLING_WARNING = 1.5
LARGEST_DEGREES = 360
"""Numbers up to this, in metres of a projection, are taken for degrees by whoever gave them."""
_GROWTH_LIMIT = 16
"""Times that a result may grow in the CRS wanted for it; two by a rotation, six by the meridians of 80 degrees."""
_MEASURED = 1e-3
"""Relative error of a measured pixel size that must not decide about a limit."""


class HasGrid(Protocol):
    """A condition: a path for sentences and a grid (``Source`` has both)."""

    @property
    def path(self) -> str: ...  # noqa: D102
    @property
    def geobox(self) -> GeoBox: ...  # noqa: D102


@dataclass(frozen=True)
class WorkingGrid:
    """The grid a job is computed on.

    Attributes:
        lattice: the lattice every window and cell is anchored to.
        area: the pixels asked for.
    """

    lattice: Lattice
    area: PixelWindow

    @property
    def geobox(self) -> GeoBox:
        """The grid of the area."""
        return self.lattice.geobox(*self.area)

    def canvas(self, multiple: int = CANVAS_MULTIPLE) -> PixelWindow:
        """The area extended outward to multiples of absolute lattice coordinates."""
        return self.area.extend(multiple)


def working_grid(
    conditions: Sequence[HasGrid],
    pixel_size: float,
    bounds: BBox | None = None,
    bounds_crs: CRS | None = None,
    crs: CRS | None = None,
    limit: int | None = PIXEL_LIMIT,
) -> WorkingGrid:
    """Choose CRS, lattice and area.

    The first condition's CRS and lattice are taken where that raster is unrotated and the CRS is in
    metres and true to scale within 2 %; otherwise the UTM (or polar) zone of the area's centre.

    Args:
        conditions: the conditions, the first one leading; may be empty where bounds are given.
        pixel_size: side of a working pixel in metres.
        bounds: (west, south, east, north) that cut the area, or None.
        bounds_crs: CRS of ``bounds``; the first condition's where None.
        crs: CRS wanted for the result; worked in where it is in metres and true to scale.
        limit: largest number of pixels of the area, or None.

    Raises:
        UsageError: neither conditions nor bounds with a CRS, or numbers that are none.
        InputError: no common area, an area outside a raster, or too many pixels.
    """
    if not (math.isfinite(pixel_size) and pixel_size > 0):
        raise UsageError(f"--resolution {pixel_size:g}: give a number of metres above 0.")
    outlines = _outlines(conditions, bounds, bounds_crs)
    common = _common_area(outlines)
    lattice = _lattice(common, conditions, pixel_size, crs)
    here = [_outline_on(lattice.crs, outline, common) for outline in outlines]
    polygon = reduce(lambda first, second: first & second, here)
    if polygon.is_empty:
        polygon = move(common.polygon, common.crs, lattice.crs)
    if polygon.is_empty:
        raise InputError(_nowhere(common))
    area = lattice.window(polygon.bounds)
    if limit is not None and area.height * area.width > limit:
        side = math.isqrt(limit)
        raise InputError(
            f"The area has {area.width} x {area.height} pixels of {pixel_size:g} m, more than {side} x {side}; give a"
            " smaller one with --bounds."
        )
    return WorkingGrid(lattice, area)


def input_grid(condition: HasGrid, bounds: BBox | None = None, bounds_crs: CRS | None = None) -> GeoBox:
    """Exactly a condition's own grid, rotated or south-up too, cut to the pixels that bounds touch.

    Raises:
        InputError: the bounds lie outside the raster.
    """
    geobox = condition.geobox
    if bounds is None:
        return geobox
    own = grid_footprint(condition.path, geobox)
    asked = bounds_footprint("--bounds", bounds, bounds_crs or crs_of(geobox))
    part = intersect(asked, own)
    if part.is_empty:
        raise InputError(_outside(asked, own))
    polygon = move(part.polygon, part.crs, crs_of(geobox))
    inverse = ~geobox.affine
    pixels = shapely.transform(polygon, lambda xy: np.column_stack(apply_affine(inverse, xy[:, 0], xy[:, 1])))
    if crs_of(geobox).geographic:
        turn = 360 / math.hypot(geobox.affine.a, geobox.affine.d)
        pixels = shapely.affinity.translate(pixels, -turn * round((pixels.centroid.x - geobox.shape[1] / 2) / turn))
    left, top, right, bottom = pixels.bounds
    rows = slice(max(math.floor(top + 1e-6), 0), min(math.ceil(bottom - 1e-6), geobox.shape[0]))
    columns = slice(max(math.floor(left + 1e-6), 0), min(math.ceil(right - 1e-6), geobox.shape[1]))
    return geobox[rows, columns]


def output_grid(area: GeoBox, crs: CRS) -> GeoBox:
    """A north-up grid in another CRS that covers an area with pixels no larger on the ground."""
    if area.crs == crs:
        return area
    outline = move(grid_footprint("", area).polygon, crs_of(area), crs)
    if outline.is_empty:
        raise InputError(f"The area does not lie in {crs}; choose another coordinate reference system with --crs.")
    metres = math.hypot(area.affine.a, area.affine.d)
    if not (is_metric(crs) and is_true_to_scale(crs, outline.bounds, SCALE_TOLERANCE)):
        centre = outline.centroid
        metres /= max(unit_metres(crs, centre.x, centre.y, 1e-3 if crs.geographic else 100.0))
    lattice = Lattice(crs, metres)
    window = lattice.window(outline.bounds)
    if window.height * window.width > _GROWTH_LIMIT * (area.shape[0] + _GROWTH_LIMIT) * (area.shape[1] + _GROWTH_LIMIT):
        raise InputError(
            f"The area would be torn apart or stretched to {window.width} x {window.height} pixels in {crs}; choose"
            " another coordinate reference system with --crs."
        )
    return lattice.geobox(*window)


def check_pixel_size(source_metres: float, sampling_distance: float, name: str) -> str | None:
    """Compare a raster's pixels with what the model was trained on.

    Args:
        source_metres: side of the raster's pixels on the ground, in metres.
        sampling_distance: the modality's own ground sampling distance, in metres.
        name: the raster, as the user named it.

    Returns:
        A warning where the raster is upsampled, else None.

    Raises:
        InputError: the pixels are more than six times too large.
    """
    times = source_metres / sampling_distance
    if times > UPSAMPLING_LIMIT * (1 + _MEASURED):
        raise InputError(
            f"{name}: the pixels are {source_metres:.4g} m, more than {UPSAMPLING_LIMIT:g} times the"
            f" {sampling_distance:g} m the model knows; give a finer raster, or use larger pixels with --resolution."
        )
    if times >= UPSAMPLING_WARNING * (1 - _MEASURED):
        return (
            f"{name}: the pixels are {source_metres:.4g} m, {times:.2g} times the {sampling_distance:g} m the model"
            " knows; they were upsampled, and detail finer than that is invented."
        )
    return None


def _outlines(conditions: Sequence[HasGrid], bounds: BBox | None, bounds_crs: CRS | None) -> list[Footprint]:
    outlines = [grid_footprint(condition.path, condition.geobox) for condition in conditions]
    if bounds is None:
        if not outlines:
            raise UsageError("Without a condition there is no area; give it with --bounds and --bounds-crs.")
        return outlines
    crs = bounds_crs or (outlines[0].crs if outlines else None)
    if crs is None:
        raise UsageError(
            "Without a condition --bounds needs its coordinate reference system; give it with --bounds-crs."
        )
    return [*outlines, _asked(bounds, crs)]


def _asked(bounds: BBox, crs: CRS) -> Footprint:
    west, south, east, north = bounds
    told = f"--bounds {' '.join(f'{edge:.10g}' for edge in bounds)}"
    if not all(map(math.isfinite, bounds)):
        raise UsageError(f"{told}: give four finite numbers, W S E N.")
    if crs.geographic and not -90 <= south < north <= 90:
        raise UsageError(f"{told}: in {crs} south and north lie between -90 and 90; the order is W S E N.")
    # In degrees west may be larger than east, across the antimeridian.
    if south >= north or west == east or (west > east and not crs.geographic):
        raise UsageError(f"{told} holds no area; the order is W S E N.")
    return bounds_footprint("--bounds", bounds, crs)


def _common_area(outlines: Sequence[Footprint]) -> Footprint:
    """The area in all outlines, in the CRS of the smallest one."""
    ordered = sorted(outlines, key=lambda outline: outline.square_metres)
    area = ordered[0]
    for outline in ordered[1:]:
        met = intersect(area, outline)
        if met.is_empty:
            raise InputError(_outside(*_blame(outline, outlines)))
        area = met
    return area


def _blame(outline: Footprint, outlines: Sequence[Footprint]) -> tuple[Footprint, Footprint]:
    """The two outlines that do not meet, in the order they were given."""
    for other in outlines:
        if other is not outline and intersect(*sorted((outline, other), key=lambda one: one.square_metres)).is_empty:
            first, second = sorted((outline, other), key=outlines.index)
            return first, second
    first = next(other for other in outlines if other is not outline)
    return first, outline


def _outside(first: Footprint, second: Footprint) -> str:
    asked = next((one for one in (first, second) if one.name == "--bounds"), None)
    if asked is None:
        return f"{first.name} and {second.name} do not overlap; give rasters of the same place."
    raster = second if asked is first else first
    west, south, east, north = raster.polygon.bounds
    as_degrees = not asked.crs.geographic and max(map(abs, asked.polygon.bounds)) <= LARGEST_DEGREES
    remedy = ", or --bounds-crs EPSG:4326 where these are degrees" if as_degrees else ""
    return (
        f"--bounds lies outside {raster.name}, which reaches from {west:.7g} {south:.7g} to {east:.7g} {north:.7g} in"
        f" {raster.crs}; give an area inside it{remedy}."
    )


def _lattice(common: Footprint, conditions: Sequence[HasGrid], pixel_size: float, wanted: CRS | None) -> Lattice:
    first = conditions[0].geobox if conditions else None
    if wanted is not None and _is_suitable(wanted, common):
        crs = wanted
    elif first is not None and _is_upright(first) and _is_suitable(crs_of(first), common):
        crs = crs_of(first)
    elif first is None and _is_suitable(common.crs, common):
        crs = common.crs
    else:
        crs = _zone(common)
    if first is not None and crs == first.crs and _is_upright(first):
        return Lattice.through(crs, pixel_size, first.affine.c, first.affine.f)
    return Lattice(crs, pixel_size)


def _is_upright(geobox: GeoBox) -> bool:
    affine = geobox.affine
    return affine.a > 0 and max(abs(affine.b), abs(affine.d)) <= 1e-9 * affine.a


def _is_suitable(crs: CRS, common: Footprint) -> bool:
    if not is_metric(crs):
        return False
    here = move(common.polygon, common.crs, crs)
    return not here.is_empty and is_true_to_scale(crs, here.bounds, SCALE_TOLERANCE)


def _zone(common: Footprint) -> CRS:
    # The middle of the bounds, not the centroid: a corner cut off must not change the zone.
    west, south, east, north = common.polygon.bounds
    lon, lat = transform_points(common.crs, WGS84, [(west + east) / 2], [(south + north) / 2])
    if not (np.isfinite(lon).all() and np.isfinite(lat).all()):
        raise InputError(_nowhere(common))
    return zone_crs(float(lon[0]), float(lat[0]))


def _nowhere(outline: Footprint) -> str:
    return f"{outline.name} lies nowhere on Earth in {outline.crs}; check the coordinates and their reference system."


def _outline_on(crs: CRS, outline: Footprint, common: Footprint) -> shapely.Geometry:
    """An outline in the working CRS: exact where it is its own, else the part near the common area."""
    if outline.crs == crs:
        return outline.polygon
    near = intersect(common, outline) if outline.crs != common.crs else common
    return move(near.polygon, near.crs, crs)
