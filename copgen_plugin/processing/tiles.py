"""Polygons of a tile index, each an area to generate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional, Set, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsFeature,
    QgsFeatureRequest,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsProject,
    QgsRectangle,
)

from ..layers.results import plain_name
from ..layers.source import LayerSource, crs_from_wkt
from ..translation import tr
from .masks import UNCHECKED, write_polygons
from .request import Refusal


@dataclass(frozen=True)
class Tile:
    """One polygon of a tile index.

    Attributes:
        name: unique, fit for a file name.
        geometry: outside of which there is no data.
        crs: of the geometry.
        bounds: (west, south, east, north) around it in the raster's coordinate reference system.
        bounds_crs: WKT.
    """

    name: str
    geometry: QgsGeometry
    crs: QgsCoordinateReferenceSystem
    bounds: Tuple[float, float, float, float]
    bounds_crs: str


def read_tiles(
    parameter: str, source: Optional[QgsProcessingFeatureSource], raster: LayerSource, name_field: str
) -> List[Tile]:
    """Return the polygons that overlap a raster, in the main thread.

    Args:
        parameter: its name, for sentences.
        source: the polygons.
        raster: of which the areas are taken.
        name_field: field with their names; empty numbers them by their ids.

    Raises:
        Refusal: none overlaps.
    """
    if source is None:
        raise Refusal(tr("{name}: no polygons are given; choose a layer.").format(name=parameter))
    there = crs_from_wkt(raster.crs_wkt)
    transform = QgsCoordinateTransform(source.sourceCrs(), there, QgsProject.instance().transformContext())
    whole = QgsRectangle(*raster.extent)
    tiles: List[Tile] = []
    taken: Set[str] = set()
    for feature in source.getFeatures(QgsFeatureRequest(), UNCHECKED):
        try:
            box = transform.transformBoundingBox(feature.geometry().boundingBox())
        except QgsCsException:
            continue
        if not feature.hasGeometry() or box.intersect(whole).isEmpty():
            continue
        bounds = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
        name = _name(feature, name_field, taken)
        tiles.append(Tile(name, feature.geometry(), source.sourceCrs(), bounds, raster.crs_wkt))
    if not tiles:
        text = tr("{name}: no polygon overlaps {layer}; give tiles of the same place.")
        raise Refusal(text.format(name=parameter, layer=raster.name))
    return tiles


def write_tile(tile: Tile, path: Path) -> str:
    """Write a tile's polygon for the runtime and return the path."""
    return write_polygons([tile.geometry], tile.crs, path)


def _name(feature: QgsFeature, field: str, taken: Set[str]) -> str:
    """Return a name that no other tile has."""
    told = feature.attribute(field) if field and field in feature.fields().names() else None
    name = plain_name(str(told)) if told not in (None, "") else f"tile_{feature.id()}"
    return unique_name(name, taken)


def unique_name(name: str, taken: Set[str]) -> str:
    """Return a name that is not taken yet, numbered where it was, and take it."""
    unique, number = name, 2
    while unique in taken:
        unique, number = f"{name}_{number}", number + 1
    taken.add(unique)
    return unique
