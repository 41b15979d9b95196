"""Outlines of rasters and areas, moved between coordinate reference systems and intersected."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import shapely
import shapely.affinity
from numpy.typing import NDArray
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from shapely.geometry.base import BaseGeometry

from model_runtime.raster.geodesy import crs_of, transform_points, unit_metres

BBox = tuple[float, float, float, float]
"""West, south, east, north."""

_POINTS_AROUND = 1200


@dataclass(frozen=True)
class Footprint:
    """An outline in a CRS, and the file (or option) it belongs to."""

    name: str
    crs: CRS
    polygon: BaseGeometry

    @property
    def is_empty(self) -> bool:
        """True where no area is left."""
        return bool(self.polygon.is_empty or self.polygon.area == 0)

    @property
    def square_metres(self) -> float:
        """Rough area on the ground, to tell a small outline from a large one."""
        centre = self.polygon.centroid
        step = 1e-3 if self.crs.geographic else 10.0
        x, y = unit_metres(self.crs, centre.x, centre.y, step)
        return float(self.polygon.area * x * y) if np.isfinite(x * y) else float("inf")


def grid_footprint(name: str, geobox: GeoBox) -> Footprint:
    """Outline of a grid's pixels (exact, in its own CRS)."""
    height, width = geobox.shape
    corners = [geobox.affine * corner for corner in ((0, 0), (width, 0), (width, height), (0, height))]
    return Footprint(name, crs_of(geobox), shapely.Polygon(corners))


def bounds_footprint(name: str, bounds: BBox, crs: CRS) -> Footprint:
    """Outline of bounds; west may be larger than east across the antimeridian."""
    west, south, east, north = bounds
    if crs.geographic and west > east:
        east += 360
    return Footprint(name, crs, shapely.box(west, south, east, north))


def intersect(area: Footprint, other: Footprint) -> Footprint:
    """The part of ``area`` inside ``other``, in the CRS of ``area``; exact where the CRSs agree.

    ``area`` should be the smaller one: each is only moved where both lie, because a CRS made for
    one country cannot show a whole globe.
    """
    if area.crs == other.crs:
        return Footprint(area.name, area.crs, _meet(area.polygon, other.polygon, area.crs))
    there = move(area.polygon, area.crs, other.crs)
    part = _meet(there, other.polygon, other.crs)
    if not there.is_empty and shapely.equals_exact(part.normalize(), there.normalize(), 0):
        return area
    back = move(part, other.crs, area.crs)
    return Footprint(area.name, area.crs, _meet(area.polygon, back, area.crs))


def intersect_polygons(polygons: Iterable[BaseGeometry], crs: CRS, area: Footprint) -> list[BaseGeometry]:
    """The parts of polygons inside an area, in the area's CRS; polygons elsewhere are left out."""
    there = move(area.polygon, area.crs, crs)
    parts = [_meet(there, polygon, crs) for polygon in polygons]
    return [_areal(move(part, crs, area.crs)) for part in parts if not part.is_empty]


def move(polygon: BaseGeometry, source: CRS, target: CRS) -> BaseGeometry:
    """A polygon in another CRS, its edges densified; empty where the target cannot show it."""
    if source == target or polygon.is_empty:
        return polygon
    dense = shapely.segmentize(polygon, max(polygon.length / _POINTS_AROUND, 1e-9))
    parts = [_move_ring(part, source, target) for part in getattr(dense, "geoms", [dense]) if part.area > 0]
    return shapely.union_all(parts) if parts else shapely.Polygon()


def _move_ring(polygon: BaseGeometry, source: CRS, target: CRS) -> BaseGeometry:
    ring = shapely.get_coordinates(shapely.get_exterior_ring(polygon))
    x, y = transform_points(source, target, ring[:, 0], ring[:, 1])
    seen = np.isfinite(x) & np.isfinite(y)
    if seen.sum() < 4:
        return shapely.Polygon()
    x, y = x[seen], y[seen]
    if target.geographic:
        return _geographic_polygon(x, y)
    return shapely.Polygon(np.column_stack([x, y])).buffer(0)


def _geographic_polygon(lon: NDArray[np.float64], lat: NDArray[np.float64]) -> BaseGeometry:
    """A ring of longitudes and latitudes without jumps at the antimeridian; a cap where it goes round a pole."""
    lon = np.unwrap(lon, period=360)
    if abs(lon[-1] - lon[0]) > 180:
        north = lat.mean() > 0
        return shapely.box(-180, lat.min() if north else -90, 180, 90 if north else lat.max())
    return shapely.Polygon(np.column_stack([lon, lat])).buffer(0)


def _meet(first: BaseGeometry, second: BaseGeometry, crs: CRS) -> BaseGeometry:
    """Intersection where both are; longitudes a whole turn apart are the same place."""
    if not crs.geographic:
        return _areal(first & second)
    turns = [shapely.affinity.translate(second, 360.0 * turn) for turn in (-2, -1, 0, 1, 2)]
    met = [_areal(first & turned) for turned in turns if first.intersects(turned)]
    return max(met, key=lambda part: part.area) if len(met) == 1 else shapely.union_all(met)


def _areal(geometry: BaseGeometry) -> BaseGeometry:
    """Drop the points and lines of an intersection of outlines that only touch."""
    parts = [part for part in getattr(geometry, "geoms", [geometry]) if part.area > 0]
    return parts[0] if len(parts) == 1 else shapely.union_all(parts)
