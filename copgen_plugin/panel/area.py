"""From the area filled in on the panel to bounds and polygons."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCsException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsReferencedRectangle,
    QgsVectorLayer,
)

from ..layers.source import LayerError, crs_as_wkt, crs_from_wkt
from ..translation import tr
from .form import CANVAS, POLYGONS, RECTANGLE, AreaForm

Bounds = Tuple[float, float, float, float]


@dataclass(frozen=True)
class Area:
    """Where to generate.

    Attributes:
        rectangle: None means all that the conditions cover.
        crs: of the rectangle.
        polygons: outside of these there is to be no data; None where there are none.
    """

    rectangle: Optional[QgsRectangle] = None
    crs: Optional[QgsCoordinateReferenceSystem] = None
    polygons: Optional[QgsVectorLayer] = None

    def bounds(self) -> Optional[Bounds]:
        """Return west, south, east, north, or None for all."""
        return None if self.rectangle is None else as_bounds(self.rectangle)

    def crs_wkt(self) -> Optional[str]:
        """Return the rectangle's coordinate reference system, None without a rectangle."""
        return crs_as_wkt(self.crs) if self.rectangle is not None and self.crs is not None else None

    def extent_in(self, layer: QgsRasterLayer, project: QgsProject) -> Optional[Bounds]:
        """Return the rectangle in a layer's coordinate reference system, for its export.

        Raises:
            LayerError: the one cannot be expressed in the other.
        """
        if self.rectangle is None or self.crs is None:
            return None
        transform = QgsCoordinateTransform(self.crs, layer.crs(), project.transformContext())
        try:
            return as_bounds(transform.transformBoundingBox(self.rectangle))
        except QgsCsException as error:
            text = tr("{layer}: the chosen area does not exist in its coordinate reference system.")
            raise LayerError(text.format(layer=layer.name())) from error


def as_bounds(rectangle: QgsRectangle) -> Bounds:
    """Return west, south, east, north of a rectangle."""
    return rectangle.xMinimum(), rectangle.yMinimum(), rectangle.xMaximum(), rectangle.yMaximum()


def area_of(form: AreaForm, project: QgsProject, view: Optional[QgsReferencedRectangle]) -> Area:
    """Return the area that is filled in.

    Args:
        form: as filled in.
        project: holds the polygon layer.
        view: what the map canvas shows, None without a canvas.

    Raises:
        LayerError: no rectangle is drawn, no polygon layer is chosen, or there is no canvas.
    """
    if form.kind == CANVAS:
        if view is None or view.isEmpty():
            raise LayerError(tr("The map shows no area; choose another area."))
        return Area(QgsRectangle(view), view.crs())
    if form.kind == RECTANGLE:
        if form.rectangle is None:
            raise LayerError(tr("Draw a rectangle on the map, or choose another area."))
        return Area(QgsRectangle(*form.rectangle), crs_from_wkt(form.crs))
    if form.kind == POLYGONS:
        layer = project.mapLayer(form.polygons_id)
        if not isinstance(layer, QgsVectorLayer) or not layer.isValid():
            raise LayerError(tr("Choose a polygon layer, or another area."))
        if layer.extent().isEmpty():
            raise LayerError(tr("{layer}: the layer holds no polygon.").format(layer=layer.name()))
        return Area(layer.extent(), layer.crs(), layer)
    return Area()
