"""Layers without a file: the asked area is written, in the right place and pixel size, by another thread."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from copgen.copgen_plugin.layers.export import ExportTask, LayerExport
from copgen.copgen_plugin.layers.source import LayerError
from osgeo import gdal
from qgis.core import QgsApplication, QgsCoordinateReferenceSystem, QgsRasterLayer, QgsRasterRange
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


def test_only_the_area_at_the_working_pixel_size(copied: Copied, tmp_path: Path) -> None:
    layer = QgsRasterLayer(copied("dem/felt_dem.tif"), "degrees")
    box = layer.extent().buffered(-0.012)
    extent = (box.xMinimum(), box.yMinimum(), box.xMaximum(), box.yMaximum())
    export = LayerExport(layer, extent, pixel_metres=30.0)
    assert export.width == pytest.approx(box.width() * 77600 / 30, rel=0.02), "a degree of longitude is 77.6 km here"
    assert export.height == pytest.approx(box.height() * 111100 / 30, rel=0.02)
    written = QgsRasterLayer(export.write(str(tmp_path / "out.tif")))
    assert written.extent().toString(5) == box.toString(5)
    assert written.crs() == layer.crs()
    assert written.dataProvider().sourceNoDataValue(1) == -99999
    finer = LayerExport(layer, extent, pixel_metres=1.0)
    assert finer.width == pytest.approx(box.width() / layer.rasterUnitsPerPixelX(), abs=2), "no finer than the layer"
    wider = LayerExport(layer, extent, pixel_metres=30.0, margin_metres=300.0)
    assert wider.width == pytest.approx(export.width + 20, abs=2)


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
