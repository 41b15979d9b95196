"""Masks and inputs of every kind: polygons from memory, layers without a file, settings made in QGIS."""

# ruff: noqa: ANN401

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsFeature,
    QgsGeometry,
    QgsProcessingException,
    QgsProcessingFeatureSourceDefinition,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)

Copied = Callable[[str], str]
TERRAMIND = "coloc_terramind/433D_629L_3_1/"


def polygons(crs: str, *texts: str) -> QgsVectorLayer:
    layer = QgsVectorLayer(f"Polygon?crs={crs}", "tiles", "memory")
    features = []
    for text in texts:
        feature = QgsFeature()
        feature.setGeometry(QgsGeometry.fromWkt(text))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def box(west: float, south: float, east: float, north: float) -> str:
    return QgsGeometry.fromRect(QgsRectangle(west, south, east, north)).asWkt()


def valid(path: str) -> np.ndarray[Any, Any]:
    return np.asarray(gdal.Open(path).ReadAsArray() > 0)


def test_polygons_from_memory(copied: Copied, run: Any) -> None:
    west, north = 717729.835, 5700093.331
    mask = polygons("EPSG:32718", box(west + 500, north - 900, west + 1000, north - 300))
    shown = valid(run("demfroms2", INPUT=copied(TERRAMIND + "S2L2A.tif"), MASK=mask)["OUTPUT"])
    assert shown.shape == (224, 224), "the rest is nodata, not cut off"
    assert shown[30:90, 50:100].all()
    assert shown.sum() == 60 * 50


def test_selected_polygons_in_another_crs(copied: Copied, run: Any, project: QgsProject) -> None:
    mask = polygons("EPSG:4326", box(-72.49, -38.835, -72.48, -38.825), box(-72.48, -38.835, -72.47, -38.825))
    project.addMapLayer(mask)
    path = copied(TERRAMIND + "S2L2A.tif")
    both = valid(run("demfroms2", INPUT=path, MASK=mask.id())["OUTPUT"]).sum()
    mask.selectByIds([mask.allFeatureIds()[0]])
    chosen = QgsProcessingFeatureSourceDefinition(mask.id(), selectedFeaturesOnly=True)
    one = valid(run("demfroms2", INPUT=path, MASK=chosen)["OUTPUT"]).sum()
    assert 0.4 * both < one < 0.6 * both


def test_a_mask_elsewhere(copied: Copied, run: Any) -> None:
    mask = polygons("EPSG:32718", box(0, 0, 100, 100))
    with pytest.raises(QgsProcessingException, match="polygon"):
        run("demfroms2", INPUT=copied(TERRAMIND + "S2L2A.tif"), MASK=mask)


def test_a_layer_as_the_extent(copied: Copied, run: Any, project: QgsProject) -> None:
    around = polygons("EPSG:32718", box(718000, 5698000, 719000, 5699000))
    project.addMapLayer(around)
    layer = QgsRasterLayer(run("demfroms2", INPUT=copied(TERRAMIND + "S2L2A.tif"), EXTENT=around.id())["OUTPUT"])
    assert layer.extent().contains(around.extent())
    assert layer.extent().width() <= 1010 + 1e-6


def test_a_crs_set_in_qgis(copied: Copied, run: Any, project: QgsProject) -> None:
    layer = QgsRasterLayer(copied("derived/433D_629L_3_1_S2L2A_nocrs.tif"), "naked")
    layer.setCrs(QgsCoordinateReferenceSystem("EPSG:32718"))
    project.addMapLayer(layer)
    result = QgsRasterLayer(run("demfroms2", INPUT=layer.id())["OUTPUT"])
    assert result.crs().authid() == "EPSG:32718"
    assert result.extent().toString(3) == layer.extent().toString(3)


@pytest.mark.parametrize("extent", [None, "718000,719000,5698000,5699000 [EPSG:32718]"])
def test_a_layer_without_a_file_is_exported(
    extent: str | None, copied: Copied, calculated: Any, run: Any, told: Any, project: QgsProject
) -> None:
    layer = calculated(copied(TERRAMIND + "DEM.tif"), '"dem@1" * 1.5')
    project.addMapLayer(layer)
    parameters = {"EXTENT": extent} if extent else {}
    results = run("generate", INPUT_DEM=layer.id(), OUTPUT_S2_L2A="TEMPORARY_OUTPUT", **parameters)
    result = QgsRasterLayer(results["OUTPUT_S2_L2A"])
    wanted = QgsRectangle(718000, 5698000, 719000, 5699000) if extent else layer.extent()
    assert result.crs() == layer.crs()
    assert abs(result.extent().xMinimum() - wanted.xMinimum()) <= 10
    assert abs(result.extent().width() - wanted.width()) <= 10
    assert any("calculated is exported first" in info for info in told.infos)


def test_a_raster_in_memory(copied: Copied, run: Any) -> None:
    gdal.Translate("/vsimem/copgen_input.tif", copied(TERRAMIND + "S1RTC.tif"))
    result = QgsRasterLayer(run("s2froms1", INPUT="/vsimem/copgen_input.tif")["OUTPUT"])
    assert (result.width(), result.height()) == (224, 224)
    gdal.Unlink("/vsimem/copgen_input.tif")


def test_a_map_service(copied: Copied, run: Any, project: QgsProject, tmp_path: Path) -> None:
    from qgis.PyQt.QtGui import QImage

    rng = np.random.default_rng(0)
    for zoom, x, y in ((0, 0, 0),):
        noise = rng.integers(1, 255, (256, 256, 4), dtype=np.uint8)
        noise[..., 3] = 255
        path = tmp_path / str(zoom) / str(x) / f"{y}.png"
        path.parent.mkdir(parents=True)
        QImage(noise.tobytes(), 256, 256, QImage.Format.Format_RGBA8888).save(str(path))
    uri = f"type=xyz&zmin=0&zmax=0&url={tmp_path.as_uri()}/%7Bz%7D/%7Bx%7D/%7By%7D.png"
    layer = QgsRasterLayer(uri, "tiles", "wms")
    project.addMapLayer(layer)
    with pytest.raises(QgsProcessingException, match="tiles: a map service covers no area of its own"):
        run("demfroms2", INPUT=layer.id())
    area = "5000000,5002000,100000,102000 [EPSG:3857]"
    results = run("demfroms2", INPUT=layer.id(), EXTENT=area, ENCODING="tci")
    result = QgsRasterLayer(results["OUTPUT"])
    assert result.isValid()
    assert 1900 < result.extent().width() < 2100
