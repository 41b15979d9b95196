"""Layers without a file that the runtime can open: the asked area, written as a GeoTIFF on the layer's own pixels."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path
from typing import Optional, Tuple
from xml.etree import ElementTree  # nosec B405

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransformContext,
    QgsCsException,
    QgsDistanceArea,
    QgsPointXY,
    QgsProject,
    QgsRasterBandStats,
    QgsRasterBlockFeedback,
    QgsRasterFileWriter,
    QgsRasterLayer,
    QgsRasterPipe,
    QgsRectangle,
    QgsTask,
)
from qgis.PyQt.QtCore import pyqtSignal

from ..translation import tr
from .pixels import Lattice, PixelWriter, lattice_of
from .source import LayerError, band_names, crs_as_wkt, file_tags

PIXEL_METRES = 10.0
"""Side of the pixels the networks work on."""
CONTEXT_METRES = 2560.0
"""One chip: how far beyond the area the networks look."""
LARGEST_SIDE = 4000 + 2 * 256
"""Working pixels along a side that the runtime takes, and what lies around; the layer's own are joined beyond that."""
PICTURE_BANDS = 4
Extent = Tuple[float, float, float, float]


class LayerExport:
    """The asked area of one layer, ready to be written by any thread.

    Make it in the main thread: it takes a clone of the layer's data provider, so that the layer may be
    removed meanwhile.

    Args:
        layer: to be exported.
        extent: (west, south, east, north) in the layer's coordinate reference system; the layer's own if None. It is
            extended outwards to whole pixels of the layer.
        pixel_metres: ground size of the pixels wanted. A layer keeps its own, which the runtime averages; where they
            are many and smaller, squares of them are averaged already, up to this size. A map service is drawn in it.
        transform_context: of the project.
        margin_metres: exported around the extent too, as far as the layer reaches.

    Raises:
        LayerError: a map service without an extent, an area without pixels or with too many.
    """

    def __init__(
        self,
        layer: QgsRasterLayer,
        extent: Optional[Extent] = None,
        pixel_metres: float = PIXEL_METRES,
        transform_context: Optional[QgsCoordinateTransformContext] = None,
        margin_metres: float = 0.0,
    ) -> None:
        self.name = layer.name()
        self.crs = layer.crs()
        self.context = transform_context or QgsProject.instance().transformContext()
        area = _area(layer, extent, margin_metres, self.context)
        own = lattice_of(layer, area)
        if own is None:
            self._lattice = _drawn(self.name, area, self.crs, pixel_metres, self.context)
        else:
            self._lattice = _joined(self.name, own, self.crs, pixel_metres, self.context)
        self.width, self.height = self._lattice.width, self._lattice.height
        self.extent = as_extent(self._lattice.rectangle)
        self._names = band_names(layer)
        self._tags = file_tags(layer)
        self._pipe = _pipe(layer)
        takes = PixelWriter.takes(self._pipe.provider())
        self._pixels = PixelWriter(self.name, self._pipe) if takes else None

    def write(self, path: str, feedback: Optional[QgsRasterBlockFeedback] = None) -> str:
        """Write the pixels.

        Args:
            path: of the GeoTIFF, replaced where it is there.
            feedback: cancels the writing.

        Returns:
            The path.

        Raises:
            LayerError: cancelled, or the pixels could not be read or written.
        """
        writer = QgsRasterFileWriter(path)
        writer.setOutputFormat("GTiff")
        writer.setOutputProviderKey("gdal")
        writer.setCreateOptions(["COMPRESS=DEFLATE", "TILED=YES", "BIGTIFF=IF_SAFER"])
        watch = feedback or QgsRasterBlockFeedback()
        done = self._write(writer, watch)
        if watch.isCanceled():
            Path(path).unlink(missing_ok=True)
            raise LayerError(tr("{layer}: the export was cancelled.").format(layer=self.name))
        if not done or not Path(path).is_file() or self._is_blank(path):
            Path(path).unlink(missing_ok=True)
            text = tr("{layer}: its pixels could not be exported; see whether QGIS shows the layer there.")
            raise LayerError(text.format(layer=self.name))
        self._write_names(path)
        return path

    def _write(self, writer: QgsRasterFileWriter, watch: QgsRasterBlockFeedback) -> bool:
        if self._pixels is not None:
            return self._pixels.write(writer, self._lattice, self.crs, watch)
        # QGIS's own way is for pictures: it declares what is no data in the file even where that is switched off.
        rectangle = QgsRectangle(*self.extent)
        told = writer.writeRaster(self._pipe, self.width, self.height, rectangle, self.crs, self.context, watch)
        return bool(told == QgsRasterFileWriter.WriterError.NoError)

    def _write_names(self, path: str) -> None:
        """Put band names and metadata beside the pixels, where GDAL looks for them: they tell bands and offset."""
        told = ElementTree.Element("PAMDataset")
        metadata = ElementTree.SubElement(told, "Metadata")
        for key, value in self._tags.items():
            ElementTree.SubElement(metadata, "MDI", key=key).text = value
        for number, name in enumerate(self._names, start=1):
            if name:
                band = ElementTree.SubElement(told, "PAMRasterBand", band=str(number))
                ElementTree.SubElement(band, "Description").text = name
        Path(path + ".aux.xml").write_bytes(ElementTree.tostring(told, "utf-8"))

    def _is_blank(self, path: str) -> bool:
        """Tell whether a map service sent nothing: QGIS keeps that quiet and writes a transparent picture."""
        provider = self._pipe.provider()
        if provider.dataType(1) not in (Qgis.DataType.ARGB32, Qgis.DataType.ARGB32_Premultiplied):
            return False
        written = QgsRasterLayer(path, "written")
        alpha = written.bandCount()
        largest = written.dataProvider().bandStatistics(alpha, QgsRasterBandStats.Stats.Max).maximumValue
        return alpha == PICTURE_BANDS and largest == 0


class ExportTask(QgsTask):
    """Writes one layer's pixels in the background.

    Signals:
        exported: the path, in the main thread.
        failed: the sentence, in the main thread; empty where it was cancelled.

    Args:
        export: made in the main thread.
        path: of the GeoTIFF.
    """

    exported = pyqtSignal(str)
    failed = pyqtSignal(str)

    def __init__(self, export: LayerExport, path: str) -> None:
        super().__init__(tr("Exporting {layer}").format(layer=export.name), QgsTask.Flag.CanCancel)
        self._export = export
        self._path = path
        self._message = ""
        self._feedback = QgsRasterBlockFeedback()

    def run(self) -> bool:
        """Write the pixels, in a worker thread."""
        try:
            self._export.write(self._path, self._feedback)
        except LayerError as error:
            self._message = error.message
            return False
        return True

    def cancel(self) -> None:
        """Stop writing at the next block."""
        self._feedback.cancel()
        super().cancel()

    def finished(self, result: bool) -> None:
        """Tell how it ended, in the main thread."""
        if result:
            self.exported.emit(self._path)
        else:
            self.failed.emit("" if self.isCanceled() else self._message)


def _area(
    layer: QgsRasterLayer, extent: Optional[Extent], margin_metres: float, context: QgsCoordinateTransformContext
) -> QgsRectangle:
    own = layer.extent()
    if extent is None:
        if layer.width() <= 0 or layer.height() <= 0:
            text = tr("{layer}: a map service covers no area of its own; choose an area.")
            raise LayerError(text.format(layer=layer.name()))
        area = own
    else:
        area = _grow(QgsRectangle(*extent), margin_metres, layer.crs(), context).intersect(own)
    if area.isEmpty():
        raise LayerError(tr("{layer}: the layer does not cover the chosen area.").format(layer=layer.name()))
    return area


def _grow(
    area: QgsRectangle, metres: float, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> QgsRectangle:
    """Return an area that reaches so many metres further on every side."""
    if metres <= 0 or area.isEmpty():
        return area
    across, along = _metres(as_extent(area), crs, context)
    east, north = metres * area.width() / across, metres * area.height() / along
    return QgsRectangle(
        area.xMinimum() - east, area.yMinimum() - north, area.xMaximum() + east, area.yMaximum() + north
    )


def _drawn(
    name: str,
    area: QgsRectangle,
    crs: QgsCoordinateReferenceSystem,
    pixel_metres: float,
    context: QgsCoordinateTransformContext,
) -> Lattice:
    """Return the pixels in which a map service is drawn."""
    columns, rows = (max(math.ceil(length / pixel_metres), 1) for length in _metres(as_extent(area), crs, context))
    _check_size(name, columns, rows)
    across, along = area.width() / columns, area.height() / rows
    return Lattice(area.xMinimum(), area.yMaximum(), across, along, (0, columns), (0, rows))


def _joined(
    name: str,
    lattice: Lattice,
    crs: QgsCoordinateReferenceSystem,
    pixel_metres: float,
    context: QgsCoordinateTransformContext,
) -> Lattice:
    """Return a layer's own pixels, as many of them joined as must be and the wanted size allows."""
    metres = _metres(as_extent(lattice.rectangle), crs, context)
    own = lattice.width, lattice.height
    _check_size(name, *(min(math.ceil(length / pixel_metres), count) for length, count in zip(metres, own)))
    columns, rows = (
        max(1, min(math.ceil(count / LARGEST_SIDE), math.floor(pixel_metres * count / length)))
        for length, count in zip(metres, own)
    )
    return replace(lattice, join=(columns, rows))


def _check_size(name: str, width: int, height: int) -> None:
    if max(width, height) > LARGEST_SIDE:
        text = tr("{layer}: the area has {width} by {height} pixels, at most {largest} a side; choose a smaller area.")
        raise LayerError(text.format(layer=name, width=width, height=height, largest=LARGEST_SIDE))


def as_extent(area: QgsRectangle) -> Extent:
    """Return west, south, east and north of an area."""
    return area.xMinimum(), area.yMinimum(), area.xMaximum(), area.yMaximum()


def _metres(
    extent: Extent, crs: QgsCoordinateReferenceSystem, context: QgsCoordinateTransformContext
) -> Tuple[float, float]:
    """Return width and height of an extent on the ground, through its middle."""
    west, south, east, north = extent
    ruler = QgsDistanceArea()
    ruler.setSourceCrs(crs, context)
    ruler.setEllipsoid(crs.ellipsoidAcronym() or "EPSG:7030")
    middle = QgsPointXY((west + east) / 2, (south + north) / 2)
    across = [QgsPointXY(west, middle.y()), middle, QgsPointXY(east, middle.y())]
    along = [QgsPointXY(middle.x(), south), middle, QgsPointXY(middle.x(), north)]
    try:
        return ruler.measureLine(across), ruler.measureLine(along)
    except QgsCsException as error:
        text = tr("The area cannot be measured in {crs}; choose another.")
        raise LayerError(text.format(crs=crs.authid() or crs_as_wkt(crs)[:40])) from error


def _pipe(layer: QgsRasterLayer) -> QgsRasterPipe:
    """Return a chain of its own that reads the layer's numbers, or its picture where it has no numbers."""
    pipe = QgsRasterPipe()
    provider = layer.dataProvider().clone()
    if provider is None or not pipe.set(provider):
        raise LayerError(tr("{layer}: its pixels cannot be read.").format(layer=layer.name()))
    return pipe
