"""Nothing that was there is lost, whatever the names; polygons and words that QGIS itself would trip over."""

# ruff: noqa: ANN401

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import QgsApplication, QgsFeature, QgsGeometry, QgsProcessingException, QgsProject, QgsVectorLayer

Copied = Callable[[str], str]
TERRAMIND = "coloc_terramind/433D_629L_3_1/"
WEST, NORTH = 717729.835, 5700093.331


def bow_tie() -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:32718", "bow tie", "memory")
    feature = QgsFeature()
    corners = ((300, 300), (900, 900), (900, 300), (300, 900), (300, 300))
    text = ", ".join(f"{WEST + x} {NORTH - y}" for x, y in corners)
    feature.setGeometry(QgsGeometry.fromWkt(f"POLYGON(({text}))"))
    layer.dataProvider().addFeatures([feature])
    return layer


def synthetic(path: Path) -> bool:
    return gdal.Open(str(path)).GetMetadataItem("COPGEN_SYNTHETIC") == "YES"


def test_polygons_that_cross_themselves(copied: Copied, run: Any, tmp_path: Path) -> None:
    source = copied(TERRAMIND + "S2L2A.tif")
    shown = gdal.Open(run("demfroms2", INPUT=source, MASK=bow_tie())["OUTPUT"]).ReadAsArray() > 0
    assert 0 < shown.sum() < 60 * 60
    results = tmp_path / "tiles"
    outputs = run("generatebatch", TILES=bow_tie(), INPUT=source, OUTPUT_FOLDER=str(results))
    assert len(outputs["FILES"].split(";")) == 1


def test_a_batch_writes_over_nothing(copied: Copied, run: Any, told: Any, tmp_path: Path) -> None:
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), tmp_path / "site.tif")
    shutil.copy(copied(TERRAMIND + "DEM.tif"), tmp_path / "site_dem.tif")
    measured = (tmp_path / "site_dem.tif").read_bytes()
    folder = str(tmp_path)
    with pytest.raises(QgsProcessingException, match="there already"):
        run("generatebatch", FOLDER=folder, PATTERN="site.tif", OUTPUT_FOLDER=folder)
    assert (tmp_path / "site_dem.tif").read_bytes() == measured


def test_a_batch_keeps_results_of_like_names_apart(copied: Copied, run: Any, tmp_path: Path) -> None:
    (tmp_path / "in" / "a").mkdir(parents=True)
    for name in ("a_b.tif", "a/b.tif"):
        shutil.copy(copied(TERRAMIND + "S2L2A.tif"), tmp_path / "in" / name)
    results = tmp_path / "out"
    outputs = run("generatebatch", FOLDER=str(tmp_path / "in"), PATTERN="**/*.tif", OUTPUT_FOLDER=str(results))
    assert len(set(outputs["FILES"].split(";"))) == 2
    assert len(list(results.glob("*.tif"))) == 2


def test_further_samples_spare_the_input(copied: Copied, run: Any, tmp_path: Path) -> None:
    source = tmp_path / "o_sample2.tif"
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), source)
    with pytest.raises(QgsProcessingException, match="is an input"):
        run("generate", INPUT_S2_L2A=str(source), OUTPUT_DEM=str(tmp_path / "o.tif"), SAMPLES=2)
    assert not synthetic(source)


def test_two_results_need_two_names(copied: Copied, run: Any, tmp_path: Path) -> None:
    target = str(tmp_path / "o.tif")
    with pytest.raises(QgsProcessingException, match="another result"):
        run("generate", INPUT_S2_L2A=copied(TERRAMIND + "S2L2A.tif"), OUTPUT_DEM=target, OUTPUT_S1_RTC=target)


def test_a_run_without_a_check_spares_the_input(copied: Copied, provider: Any, told: Any, tmp_path: Path) -> None:
    from qgis.core import QgsProcessingContext

    source = tmp_path / "scene.tif"
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), source)
    algorithm = QgsApplication.processingRegistry().algorithmById("copgen:demfroms2")
    context = QgsProcessingContext()
    context.setProject(QgsProject.instance())
    given = {"INPUT": str(source), "OUTPUT": str(source), "STEPS": 1}
    assert not algorithm.run(given, context, told)[1]
    assert any("is an input" in text for text in told.errors)
    assert not synthetic(source)


def test_options_by_number(copied: Copied, run: Any, tmp_path: Path) -> None:
    """The numbers that ``qgis_process help`` lists."""
    source = copied(TERRAMIND + "S2L1C.tif")
    target = tmp_path / "by_number.tif"
    run("demfroms2", INPUT=source, LEVEL=2, DEVICE="1", OUTPUT=str(target))
    assert synthetic(target)


def test_names_from_the_folder_one_stands_in(
    copied: Copied, run: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), tmp_path / "here.tif")
    monkeypatch.chdir(tmp_path)
    assert os.path.isfile(run("demfroms2", INPUT="here.tif", OUTPUT=str(tmp_path / "o.tif"))["OUTPUT"])
