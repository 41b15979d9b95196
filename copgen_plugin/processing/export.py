"""Inputs without a file that the runtime can open: cloned in the main thread, written before the run."""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Tuple

from qgis.core import (
    QgsCoordinateTransform,
    QgsCsException,
    QgsProcessingFeedback,
    QgsProject,
    QgsRasterBlockFeedback,
    QgsRectangle,
)
from qgis.PyQt.QtCore import Qt

from ..layers.export import CONTEXT_METRES, LayerExport
from ..layers.results import plain_name
from ..layers.source import LayerError, crs_from_wkt
from ..translation import tr
from .request import Given, Refusal, Request
from .running import CancelledRun

Extent = Tuple[float, float, float, float]


def prepare_exports(request: Request) -> None:
    """Take clones of the layers that must be exported; in the main thread.

    Raises:
        LayerError: a map service without an area, or an area with too many pixels.
        Refusal: the area cannot be found in the layer's coordinate reference system.
    """
    for entry in request.given:
        if entry.source.needs_export and entry.layer is not None:
            area = _area(request, entry)
            entry.export = LayerExport(entry.layer, area, margin_metres=CONTEXT_METRES)
        # No other thread may touch it.
        entry.layer = None


def export_inputs(request: Request, folder: Path, feedback: QgsProcessingFeedback) -> None:
    """Write the pixels of the layers that must be exported; in any thread.

    Raises:
        LayerError: the pixels cannot be read or written.
        CancelledRun: the user cancelled.
    """
    for entry in request.given:
        if entry.export is None:
            continue
        text = tr("{layer} is exported first: {reason}.")
        feedback.pushInfo(text.format(layer=entry.source.name, reason=entry.source.reason))
        watch = QgsRasterBlockFeedback()
        # Direct: this thread runs no event loop that would deliver the signal.
        feedback.canceled.connect(watch.cancel, Qt.ConnectionType.DirectConnection)
        try:
            # The file's name stays in the result's tags: the layer's own says what it was.
            path = folder / f"input_{entry.modality}" / f"{plain_name(entry.source.name)}.tif"
            path.parent.mkdir()
            entry.exported = entry.export.write(str(path), watch)
        except LayerError:
            if feedback.isCanceled():
                raise CancelledRun from None
            raise


def _area(request: Request, entry: Given) -> Optional[Extent]:
    """Return the asked area in a layer's coordinate reference system, None for all of it."""
    leading = request.given[0]
    bounds = request.bounds or (leading.source.extent if entry is not leading else None)
    if bounds is None:
        return None
    here = crs_from_wkt(leading.source.crs_wkt)
    there = crs_from_wkt(entry.source.crs_wkt)
    transform = QgsCoordinateTransform(here, there, QgsProject.instance().transformContext())
    try:
        moved = transform.transformBoundingBox(QgsRectangle(*bounds))
    except QgsCsException as error:
        text = tr("{layer}: the area lies where its coordinate reference system has no coordinates.")
        raise Refusal(text.format(layer=entry.source.name)) from error
    return moved.xMinimum(), moved.yMinimum(), moved.xMaximum(), moved.yMaximum()
