"""Layers without a file: the asked area is written, in the right place and pixel size, by another thread."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import numpy
import pytest
from copgen.copgen_plugin.layers.export import ExportTask, LayerExport
from copgen.copgen_plugin.layers.source import LayerError
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsCoordinateReferenceSystem,
    QgsRasterLayer,
    QgsRasterRange,
)
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QColor, QImage

Copied = Callable[[str], str]
DEM = "coloc_terramind/433D_629L_3_1/DEM.tif"


def run_task(task: ExportTask, cancel: bool = False) -> tuple[list[str], list[str]]:
    done: list[str] = []
    failed: list[str] = []
    task.exported.connect(done.append)
    task.failed.connect(failed.append)
    QgsApplication.taskManager().addTask(task)
    if cancel:
        task.cancel()
    for _ in range(2000):
        QCoreApplication.processEvents()
        if done or failed:
            break
        time.sleep(0.01)
    return done, failed


def test_the_whole_layer_keeps_its_pixels(copied: Copied, tmp_path: Path) -> None:
    path = copied(DEM)
    layer = QgsRasterLayer(path, "dem")
    export = LayerExport(layer)
    del layer
    done, failed = run_task(ExportTask(export, str(tmp_path / "out.tif")))
    assert (done, failed) == ([str(tmp_path / "out.tif")], [])
    before, after = gdal.Open(path), gdal.Open(done[0])
    assert after.GetGeoTransform() == pytest.approx(before.GetGeoTransform())
    assert (after.ReadAsArray() == before.ReadAsArray()).all()
    assert after.GetRasterBand(1).DataType == before.GetRasterBand(1).DataType


def test_the_area_on_the_layer_s_own_pixels(copied: Copied, tmp_path: Path) -> None:
    path = copied("dem/felt_dem.tif")
    layer = QgsRasterLayer(path, "degrees")
    box = layer.extent().buffered(-0.01234)
    extent = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    written = QgsRasterLayer(LayerExport(layer, extent, pixel_metres=30.0).write(str(tmp_path / "out.tif")))
    # Outwards, and not just the area: cut through pixels, the layer's would move by up to half of one.
    whole, side = layer.extent(), layer.rasterUnitsPerPixelX()
    assert written.extent().contains(box)
    assert written.extent().width() < box.width() + 2 * side
    places = (
        (written.extent().xMinimum() - whole.xMinimum()) / side,
        (whole.yMaximum() - written.extent().yMaximum()) / side,
    )
    column, row = (round(place) for place in places)
    assert places == pytest.approx((column, row), abs=1e-6)
    assert written.rasterUnitsPerPixelX() == pytest.approx(side), "its own pixels: the runtime averages them"
    before, after = gdal.Open(path).ReadAsArray(), gdal.Open(str(tmp_path / "out.tif")).ReadAsArray()
    assert (after == before[row : row + after.shape[0], column : column + after.shape[1]]).all()
    assert written.crs() == layer.crs()
    assert written.dataProvider().sourceNoDataValue(1) == -99999
    export = LayerExport(layer, extent, pixel_metres=30.0)
    wider = LayerExport(layer, extent, pixel_metres=30.0, margin_metres=300.0)
    assert wider.width * side - export.width * side == pytest.approx(600 / 77600, abs=2 * side)


def test_a_calculated_layer_keeps_its_place(
    copied: Copied, calculated: Callable[[str], QgsRasterLayer], tmp_path: Path
) -> None:
    path = copied(DEM)
    layer = calculated(path)
    box = layer.extent()
    # Half a pixel beside its pixels.
    extent = (box.xMinimum() + 105, box.yMinimum() + 205, box.xMaximum() - 305, box.yMaximum() - 405)
    written = gdal.Open(LayerExport(layer, extent).write(str(tmp_path / "out.tif")))
    before = gdal.Open(path).ReadAsArray()
    assert written.GetGeoTransform()[0] == pytest.approx(box.xMinimum() + 100)
    assert written.GetGeoTransform()[3] == pytest.approx(box.yMaximum() - 400)
    assert (written.ReadAsArray() == before[40:204, 10:194].astype(float) + 1).all()


def test_many_small_pixels_are_averaged(copied: Copied, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = copied("coloc_terramind/433D_629L_3_1/S2L2A.tif")
    layer = QgsRasterLayer(path, "scene")
    before = gdal.Open(path).ReadAsArray()
    limit = int(numpy.median(before[3]))
    layer.dataProvider().setUserNoDataValue(4, [QgsRasterRange(0, limit)])
    for band in {*range(1, 13)} - {4}:
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(0, 0)])
    monkeypatch.setattr("copgen.copgen_plugin.layers.export.LARGEST_SIDE", 100)
    monkeypatch.setattr("copgen.copgen_plugin.layers.pixels.TILE", 50)
    box = layer.extent()
    extent = (box.xMinimum() + 34, box.yMinimum() + 34, box.xMaximum() - 34, box.yMaximum() - 34)
    export = LayerExport(layer, extent, pixel_metres=40.0)
    assert (export.width, export.height) == (73, 73), "218 pixels, three by three"
    written = gdal.Open(export.write(str(tmp_path / "out.tif")))
    assert written.GetGeoTransform()[1] == pytest.approx(30.0)
    after = written.ReadAsArray()
    assert after.dtype == before.dtype
    for band, (row, column) in ((1, (10, 20)), (7, (0, 0)), (11, (60, 71))):
        square = before[band, 3 + 3 * row : 6 + 3 * row, 3 + 3 * column : 6 + 3 * column]
        assert after[band, row, column] == round(square[square > 0].mean())
    last = before[5, 3 + 3 * 72 : 221, 3:6]
    assert after[5, 72, 0] == round(last.mean()), "of what there is"
    dark = before[3, 3:219, 3:219].reshape(72, 3, 72, 3).swapaxes(1, 2).reshape(72, 72, 9)
    lit = (dark > limit).sum(-1)
    mean = (dark * (dark > limit)).sum(-1) / lit.clip(1)
    assert ((lit > 0) & (lit < 9)).any(), "some squares have both"
    assert abs(after[3, :72, :72] - mean)[lit > 0].max() <= 0.5
    assert (after[3, :72, :72][lit == 0] == 0).all()
    assert written.GetRasterBand(1).GetNoDataValue() == 0
    with pytest.raises(LayerError, match="smaller"):
        LayerExport(layer, extent, pixel_metres=15.0)


def test_no_data_that_is_switched_off_is_data(copied: Copied, tmp_path: Path) -> None:
    layer = QgsRasterLayer(copied("s2_openeo_bolzano/S2_L2A_sample_west.tif"), "scene")
    provider = layer.dataProvider()
    assert provider.sourceNoDataValue(1) == 0
    for band in range(1, 6):
        provider.setUseSourceNoDataValue(band, False)
    plain = QgsRasterLayer(LayerExport(layer).write(str(tmp_path / "plain.tif")))
    assert not plain.dataProvider().sourceHasNoDataValue(1)
    for band in range(1, 6):
        provider.setUserNoDataValue(band, [QgsRasterRange(60000, 65535)])
    other = QgsRasterLayer(LayerExport(layer).write(str(tmp_path / "other.tif")))
    assert other.dataProvider().sourceNoDataValue(1) == 60000


def test_bands_without_a_common_no_data_value_are_refused(copied: Copied) -> None:
    layer = QgsRasterLayer(copied("coloc_terramind/433D_629L_3_1/S2L2A.tif"), "scene")
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(7, 7)])
    with pytest.raises(LayerError, match="scene: its bands have no no-data value in common"):
        LayerExport(layer)


def test_nodata_and_crs_set_in_qgis_are_in_the_file(copied: Copied, tmp_path: Path) -> None:
    layer = QgsRasterLayer(copied(DEM), "dem")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32719"))
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(100, 110), QgsRasterRange(240, 300)])
    written = QgsRasterLayer(LayerExport(layer).write(str(tmp_path / "out.tif")))
    assert written.crs().authid() == "EPSG:32719"
    stored, shown = gdal.Open(copied(DEM)).ReadAsArray(), written.dataProvider().block(1, written.extent(), 224, 224)
    hidden = ((stored >= 100) & (stored <= 110)) | (stored >= 240)
    assert hidden.any()
    row, column = (int(numbers[0]) for numbers in hidden.nonzero())
    assert shown.isNoData(row, column)
    row, column = (int(numbers[0]) for numbers in (~hidden).nonzero())
    assert not shown.isNoData(row, column)
    assert shown.value(row, column) == stored[row, column]


def tiles(folder: Path) -> QgsRasterLayer:
    """A map service of real tiles, read from the disk."""
    for zoom in range(3):
        for x in range(2**zoom):
            for y in range(2**zoom):
                image = QImage(256, 256, QImage.Format.Format_RGB32)
                image.fill(QColor(200, 100 + x, 50 + y))
                path = folder / str(zoom) / str(x) / f"{y}.png"
                path.parent.mkdir(parents=True, exist_ok=True)
                image.save(str(path))
    uri = f"type=xyz&zmin=0&zmax=2&url={folder.as_uri()}/%7Bz%7D/%7Bx%7D/%7By%7D.png"
    return QgsRasterLayer(uri, "tiles", "wms")


def test_a_map_service_needs_an_area_and_becomes_a_picture(tmp_path: Path) -> None:
    layer = tiles(tmp_path / "tiles")
    assert layer.isValid()
    with pytest.raises(LayerError, match="choose an area"):
        LayerExport(layer)
    with pytest.raises(LayerError, match="smaller"):
        LayerExport(layer, (0.0, 0.0, 2e6, 2e6))
    done, failed = run_task(ExportTask(LayerExport(layer, (1e6, 5e6, 1.002e6, 5.003e6)), str(tmp_path / "out.tif")))
    assert failed == []
    written = QgsRasterLayer(done[0])
    assert written.crs().authid() == "EPSG:3857"
    assert written.extent().toString(0) == "1000000,5000000 : 1002000,5003000"
    value, found = written.dataProvider().sample(written.extent().center(), 1)
    assert found
    assert value == 200


def test_a_cancelled_export_leaves_no_file(copied: Copied, tmp_path: Path) -> None:
    task = ExportTask(LayerExport(QgsRasterLayer(copied(DEM), "dem")), str(tmp_path / "out.tif"))
    _, failed = run_task(task, cancel=True)
    assert failed == [""], "nothing to tell: it is what the user wanted"
    assert not (tmp_path / "out.tif").exists()


def test_a_service_that_does_not_answer_is_told(tmp_path: Path) -> None:
    layer = tiles(tmp_path / "tiles")
    export = LayerExport(layer, (1e6, 5e6, 1.002e6, 5.003e6))
    shutil.rmtree(tmp_path / "tiles")
    with pytest.raises(LayerError, match="tiles: its pixels could not be exported"):
        export.write(str(tmp_path / "out.tif"))


def test_band_names_and_metadata_come_along(copied: Copied, tmp_path: Path) -> None:
    path = copied("coloc_terramind/433D_629L_3_1/S2L2A.tif")
    named = str(tmp_path / "named.tif")
    made = gdal.Translate(named, path, bandList=[2, 3, 4])
    made.SetMetadataItem("BOA_ADD_OFFSET", "-1000 < & >")
    for band, name in enumerate(("B02", "B03", "B04"), start=1):
        made.GetRasterBand(band).SetDescription(name)
    made = None
    written = gdal.Open(LayerExport(QgsRasterLayer(named, "stack")).write(str(tmp_path / "out.tif")))
    assert [written.GetRasterBand(band).GetDescription() for band in (1, 2, 3)] == ["B02", "B03", "B04"]
    assert written.GetMetadataItem("BOA_ADD_OFFSET") == "-1000 < & >"
