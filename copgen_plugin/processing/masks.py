"""Polygons of any vector layer, written to a file that the runtime reads."""

from __future__ import annotations

from pathlib import Path

from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsFeatureRequest,
    QgsFeatureSink,
    QgsFields,
    QgsProcessingFeatureSource,
    QgsProcessingFeedback,
    QgsVectorFileWriter,
    QgsWkbTypes,
)

from ..translation import tr
from .request import Refusal


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


def write_mask(source: QgsProcessingFeatureSource, folder: Path, feedback: QgsProcessingFeedback) -> str:
    """Write the geometries of a mask into a GeoPackage.

    Args:
        source: of polygons, from the main thread; only selected ones where the user chose so.
        folder: to write into.
        feedback: cancels the writing.

    Returns:
        The path.

    Raises:
        Refusal: the file cannot be written.
    """
    path = str(folder / "mask.gpkg")
    options = QgsVectorFileWriter.SaveVectorOptions()
    options.driverName = "GPKG"
    options.layerName = "mask"
    kind = QgsWkbTypes.multiType(QgsWkbTypes.flatType(source.wkbType()))
    writer = QgsVectorFileWriter.create(
        path, QgsFields(), kind, source.sourceCrs(), QgsCoordinateTransformContext(), options
    )
    if writer.hasError() != QgsVectorFileWriter.WriterError.NoError:
        raise Refusal(tr("The polygons of the mask cannot be written ({reason}).").format(reason=writer.errorMessage()))
    for feature in source.getFeatures(QgsFeatureRequest().setNoAttributes()):
        if feedback.isCanceled():
            break
        if feature.hasGeometry():
            geometry = feature.geometry()
            geometry.convertToMultiType()
            plain = QgsFeature()
            plain.setGeometry(geometry)
            writer.addFeature(plain, QgsFeatureSink.Flag.FastInsert)
    del writer
    return path
