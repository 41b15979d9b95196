"""From a raster layer to a condition of a job: plain values read once in the main thread."""

from __future__ import annotations

import html
import os
import re
from dataclasses import dataclass, field
from typing import Any, Dict, Mapping, Optional, Tuple

from qgis.core import (
    Qgis,
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsDatumTransform,
    QgsProviderRegistry,
    QgsRasterDataProvider,
    QgsRasterLayer,
)

from ...model_runtime.contract import Condition
from ..translation import tr
from .nodata import nodata_to_hand_on

FILE_PROVIDER = "gdal"
NOT_A_FILE = ("/vsimem/", "mem:", "pg:", "wms:", "wmts:", "wcs:", "oci:", "georaster:", "eedai:", "plmosaic:", "<")
"""Beginnings of GDAL names that open only inside QGIS, or hold no pixels of their own."""
UNKNOWN_TO_RUNTIME = (".ecw", ".sid", ".kea", ".hdf", ".hdf4")
"""Formats whose GDAL drivers are not part of the runtime's GDAL."""
HARMLESS_OPTIONS = ("NUM_THREADS",)
LARGEST_LONGITUDE = 360.0
LARGEST_LATITUDE = 90.0
_SLACK_DEGREES = 1.0
_OPTION = re.compile(r"\|option:[^|]*")
_TAG = re.compile(r"<li>([A-Za-z0-9_#:.]+)=(.*?)</li>", re.DOTALL)
_BAND_LABEL = re.compile(r"^\D{1,20}\d+(?:: (?P<name>.*))?$", re.DOTALL)


class LayerError(Exception):
    """A layer that cannot be used, in one sentence: what was found and what to do.

    Args:
        message: the sentence, in the user's language.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True)
class LayerSource:
    """What a job needs to know of a raster layer; plain values that any thread may read.

    Attributes:
        id: of the layer.
        name: of the layer.
        provider: QGIS's name of the data provider.
        path: what GDAL opens, in the runtime too; empty where ``needs_export``.
        bands: descriptions of the bands, empty texts where there are none.
        data_types: QGIS's names of the bands' stored types (``UInt16``).
        crs_wkt: coordinate reference system of the layer, empty where it has none.
        crs_authid: such as EPSG:32632; empty for a custom one.
        crs_description: its name for the user.
        crs_differs: the file itself says another one, or none.
        nodata: stored number that the user has declared to be no data in QGIS, NaN for none at all; None where the
            file's own is in force.
        extent: (west, south, east, north) in the layer's coordinate reference system.
        width: columns, 0 where the layer has no size of its own (a map service).
        height: rows, likewise.
        tags: metadata of the file.
        needs_export: the runtime cannot open it; its pixels are to be exported first.
        reason: why, for the user; empty where there is no need.
        problem: why the layer cannot be used at all, in a sentence; else empty.
    """

    id: str
    name: str
    provider: str
    path: str
    bands: Tuple[str, ...]
    data_types: Tuple[str, ...]
    crs_wkt: str
    crs_authid: str
    crs_description: str
    crs_differs: bool
    nodata: Optional[float]
    extent: Tuple[float, float, float, float]
    width: int
    height: int
    tags: Mapping[str, str] = field(default_factory=dict, hash=False)
    needs_export: bool = False
    reason: str = ""
    problem: str = ""


def layer_source(layer: QgsRasterLayer) -> LayerSource:
    """Read what a job needs to know of a layer; call it in the main thread.

    A layer that cannot be used is described too, with ``problem`` set.
    """
    provider = layer.dataProvider()
    if not layer.isValid() or provider is None:
        return _unusable(layer, tr("{layer}: the layer is not valid; its file is missing or damaged."))
    crs = layer.crs()
    path, reason = _path(layer)
    nodata, nodata_reason = nodata_to_hand_on(provider)
    extent = layer.extent()
    return LayerSource(
        id=layer.id(),
        name=layer.name(),
        provider=layer.providerType(),
        path="" if reason or nodata_reason else path,
        bands=band_names(layer),
        data_types=tuple(_type_name(provider, number) for number in range(1, layer.bandCount() + 1)),
        crs_wkt=crs_as_wkt(crs),
        crs_authid=crs.authid(),
        crs_description=crs.description() or crs.authid(),
        crs_differs=crs.isValid() and provider.crs() != crs,
        nodata=nodata,
        extent=(extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()),
        width=max(layer.width(), 0),
        height=max(layer.height(), 0),
        tags=file_tags(layer),
        needs_export=bool(reason or nodata_reason),
        reason=reason or nodata_reason,
        problem=_problem(layer),
    )


def condition_of(
    source: LayerSource,
    modality: str,
    bands: str = "",
    encoding: str = "auto",
    offset: str = "auto",
    exported: str = "",
) -> Condition:
    """Return the condition that a layer is in a job.

    Args:
        source: the layer's values.
        modality: what it shows.
        bands: numbers or names separated by commas; empty means recognised.
        encoding: ``auto`` or what the stored numbers are.
        offset: ``auto`` or the number added to the stored numbers.
        exported: the file its pixels were exported to, where ``needs_export``.

    Raises:
        LayerError: the layer cannot be used, or was not exported although it must be.
    """
    if source.problem:
        raise LayerError(source.problem)
    path = exported or source.path
    if not path:
        raise LayerError(tr("{layer}: its pixels must be exported first.").format(layer=source.name))
    return Condition(
        modality=modality,
        path=[path],
        bands=[band.strip() for band in bands.split(",") if band.strip()],
        encoding=encoding or "auto",
        offset=offset.strip() or "auto",
        # An export holds CRS and nodata already, but a custom CRS may not survive in a GeoTIFF.
        crs=source.crs_wkt if source.crs_differs or exported else None,
        nodata=None if exported else source.nodata,
    )


def crs_as_wkt(crs: QgsCoordinateReferenceSystem) -> str:
    """Return a coordinate reference system in the form that all programs read; empty where it is not valid."""
    return str(crs.toWkt(QgsCoordinateReferenceSystem.WktVariant.WKT_PREFERRED)) if crs.isValid() else ""


def crs_from_wkt(wkt: str) -> QgsCoordinateReferenceSystem:
    """Return a coordinate reference system that coordinates can be transformed to, in the thread that asks.

    QGIS (3.22) keeps what it once made of a text even where the thread that made it, such as one that wrote a raster,
    has ended and taken PROJ's part of it away. Such a system says that it is valid, and transforms nothing: degrees
    are returned as metres.

    Args:
        wkt: as of :func:`crs_as_wkt`.
    """
    crs = QgsCoordinateReferenceSystem.fromWkt(wkt)
    if crs.isValid() and not _is_known_to_proj(crs):
        QgsCoordinateReferenceSystem.invalidateCache()
        QgsCoordinateTransform.invalidateCache()
        crs = QgsCoordinateReferenceSystem.fromWkt(wkt)
    return crs


def _is_known_to_proj(crs: QgsCoordinateReferenceSystem) -> bool:
    other = QgsCoordinateReferenceSystem("EPSG:3857" if crs.authid() == "EPSG:4326" else "EPSG:4326")
    return bool(QgsDatumTransform.operations(other, crs))


def file_tags(layer: QgsRasterLayer) -> Dict[str, str]:
    """Return the metadata that GDAL reads from a layer's file, bands included; empty for other layers."""
    if layer.providerType() != FILE_PROVIDER or layer.dataProvider() is None:
        return {}
    told = layer.dataProvider().htmlMetadata()
    return {key: html.unescape(value) for key, value in _TAG.findall(told)}


def _unusable(layer: QgsRasterLayer, problem: str) -> LayerSource:
    empty: Dict[str, Any] = {"path": "", "bands": (), "data_types": (), "crs_wkt": "", "crs_authid": ""}
    return LayerSource(
        id=layer.id(),
        name=layer.name(),
        provider=layer.providerType(),
        crs_description="",
        crs_differs=False,
        nodata=None,
        extent=(0.0, 0.0, 0.0, 0.0),
        width=0,
        height=0,
        problem=problem.format(layer=layer.name()),
        **empty,
    )


def _path(layer: QgsRasterLayer) -> Tuple[str, str]:
    """Return what GDAL opens, and why the runtime cannot (empty where it can)."""
    if layer.providerType() != FILE_PROVIDER:
        return "", tr("it does not lie in a file")
    parts = QgsProviderRegistry.instance().decodeUri(FILE_PROVIDER, layer.source())
    if parts.get("authcfg") or parts.get("credentialOptions"):
        return "", tr("it needs a login that QGIS keeps")
    path = _OPTION.sub("", layer.source())
    if path.lower().startswith(NOT_A_FILE):
        return "", tr("it does not lie in a file")
    if path.lower().endswith(UNKNOWN_TO_RUNTIME) or path.upper().startswith("HDF4"):
        return "", tr("the model runtime does not read this format")
    if os.path.exists(path):
        # The runtime's working folder is another than QGIS's.
        path = os.path.abspath(path)
    options = [text for text in parts.get("openOptions") or [] if not text.upper().startswith(HARMLESS_OPTIONS)]
    if not options:
        return path, ""
    if any(mark in text for text in (path, *options) for mark in ",?&"):
        return "", tr("it was opened with options that cannot be handed on")
    return "vrt://{}?oo={}".format(path, ",".join(options)), ""


def _problem(layer: QgsRasterLayer) -> str:
    if not layer.crs().isValid():
        text = tr("{layer}: the layer has no coordinate reference system; assign one in its properties.")
        return text.format(layer=layer.name())
    extent = layer.extent()
    if extent.isEmpty() or not extent.isFinite():
        text = tr("{layer}: the layer covers no area; give a georeferenced raster.")
        return text.format(layer=layer.name())
    longitudes = max(abs(extent.xMinimum()), abs(extent.xMaximum()))
    latitudes = max(abs(extent.yMinimum()), abs(extent.yMaximum()))
    beyond = longitudes > LARGEST_LONGITUDE + _SLACK_DEGREES or latitudes > LARGEST_LATITUDE + _SLACK_DEGREES
    if layer.crs().isGeographic() and beyond:
        text = tr(
            "{layer}: its extent, {east:g} by {north:g} degrees, is no place on Earth, as of a raster that has ground "
            "control points but no georeference; warp it first, for example with the Georeferencer."
        )
        return text.format(layer=layer.name(), east=extent.width(), north=extent.height())
    return ""


def band_names(layer: QgsRasterLayer) -> Tuple[str, ...]:
    """Return the descriptions of a layer's bands, empty where there is none."""
    return tuple(_band_name(layer.bandName(number)) for number in range(1, layer.bandCount() + 1))


def _band_name(label: str) -> str:
    """Return the description in QGIS's label of a band ("Band 1: B04"), empty where there is none."""
    found = _BAND_LABEL.match(label)
    return (found.group("name") or "").strip() if found else label


def _type_name(provider: QgsRasterDataProvider, band: int) -> str:
    types = ("Byte", "UInt16", "Int16", "UInt32", "Int32", "Float32", "Float64")
    names = {getattr(Qgis.DataType, name): name for name in types}
    return names.get(provider.sourceDataType(band), "other")
