"""Polygons of any vector layer, written to a file that the runtime reads."""

from __future__ import annotations

from pathlib import Path
from typing import Iterable

from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsGeometry,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ..translation import tr
from .request import Mask, Refusal

UNCHECKED = QgsProcessingFeatureSource.Flag.FlagSkipGeometryValidityChecks
"""QGIS stops at a polygon that crosses itself with an exception that Python cannot catch; the runtime mends them."""


def check_mask(name: str, source: QgsProcessingFeatureSource) -> None:
    """Refuse a mask that cannot be one.

    Args:
        name: of the parameter.
        source: what was given.

    Raises:
        Refusal: no polygons, none of them, or no coordinate reference system.
    """
    layer = source.sourceName()
    if QgsWkbTypes.geometryType(source.wkbType()) != QgsWkbTypes.GeometryType.PolygonGeometry:
        raise Refusal(tr("{name}: {layer} holds no polygons; give a polygon layer.").format(name=name, layer=layer))
    if not source.sourceCrs().isValid():
        text = tr("{name}: {layer} has no coordinate reference system; assign one in its properties.")
        raise Refusal(text.format(name=name, layer=layer))
    if source.featureCount() == 0:
        raise Refusal(tr("{name}: {layer} has no polygon to use; draw or select one.").format(name=name, layer=layer))


def copy_mask(source: QgsProcessingFeatureSource) -> Mask:
    """Return the polygons of a source, in the main thread; only selected ones where the user chose so."""
    features = source.getFeatures(QgsFeatureRequest().setNoAttributes(), UNCHECKED)
    return Mask([QgsGeometry(f.geometry()) for f in features if f.hasGeometry()], source.sourceCrs())


def write_mask(mask: Mask, path: Path, feedback: QgsProcessingFeedback) -> str:
    """Write the polygons of a mask into a GeoPackage.

    Args:
        mask: to write.
        path: of the GeoPackage.
        feedback: cancels the writing.

    Returns:
        The path.

    Raises:
        Refusal: the file cannot be written.
    """
    wanted = (geometry for geometry in mask.geometries if not feedback.isCanceled())
    return write_polygons(wanted, mask.crs, path)


def write_polygons(geometries: Iterable[QgsGeometry], crs: QgsCoordinateReferenceSystem, path: Path) -> str:
    """Write polygons into a GeoPackage of one layer, flat and with straight edges.

    Returns:
        The path.

    Raises:
        Refusal: the file cannot be written.
    """
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = path.stem
    kind = QgsWkbTypes.Type.MultiPolygon
    context = QgsCoordinateTransformContext()
    writer = QgsVectorFileWriter.create(str(path), QgsFields(), kind, crs, context, options)
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise Refusal(tr("The polygons of the mask cannot be written ({reason}).").format(reason=writer.errorMessage()))
    for geometry in geometries:
        straight = QgsGeometry(geometry.constGet().segmentize())
        straight.convertToMultiType()
        straight.get().dropZValue()
        straight.get().dropMValue()
        feature = QgsFeature()
        feature.setGeometry(straight)
        if not writer.addFeature(feature, QgsFeatureSink.Flag.FastInsert):
            raise Refusal(
                tr("The polygons of the mask cannot be written ({reason}).").format(reason=writer.errorMessage())
            )
    del writer
    return str(path)
