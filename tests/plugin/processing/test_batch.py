"""A folder, or the polygons of a tile index, in one run with one loaded model."""

# ruff: noqa: ANN401

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import (
    QgsFeature,
    QgsField,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QVariant

Copied = Callable[[str], str]
TERRAMIND = "coloc_terramind/433D_629L_3_1/"


def index(*tiles: tuple[str, str]) -> QgsVectorLayer:
    layer = QgsVectorLayer("Polygon?crs=EPSG:32718", "index", "memory")
    layer.dataProvider().addAttributes([QgsField("name", QVariant.String)])
    layer.updateFields()
    features = []
    for name, wkt in tiles:
        feature = QgsFeature(layer.fields())
        feature.setAttribute("name", name)
        feature.setGeometry(QgsGeometry.fromWkt(wkt))
        features.append(feature)
    layer.dataProvider().addFeatures(features)
    return layer


def box(west: float, south: float, east: float, north: float) -> str:
    return QgsGeometry.fromRect(QgsRectangle(west, south, east, north)).asWkt()


def test_a_folder(copied: Copied, run: Any, told: Any, tmp_path: Path) -> None:
    from copgen.copgen_plugin.runtime.service import get_service

    folder, results = tmp_path / "scenes", tmp_path / "results"
    (folder / "north").mkdir(parents=True)
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), folder / "a.tif")
    shutil.copy(copied("derived/433D_629L_3_1_S2L2A_truncated.tif"), folder / "broken.tif")
    shutil.copy(copied("derived/433D_629L_3_1_S2L2A_southup.tif"), folder / "north" / "c.tif")
    before = len(get_service().runs())
    outputs = run(
        "generatebatch",
        FOLDER=str(folder),
        PATTERN="**/*.tif",
        GENERATE=["dem", "s1_rtc"],
        OFFSET="-1000",
        OUTPUT_FOLDER=str(results),
    )
    names = ["a_dem.tif", "a_s1_rtc.tif", "north_c_dem.tif", "north_c_s1_rtc.tif"]
    assert outputs["FILES"].split(";") == [str(results / name) for name in names]
    assert sorted(path.name for path in results.iterdir()) == names
    assert outputs["FAILED"] == "broken"
    assert outputs["MODEL_USED"] == "copgen-mini"
    assert any("broken: " in error and "cannot be read" in error for error in told.errors)
    assert all(QgsRasterLayer(str(results / name)).width() == 224 for name in names)
    assert len(get_service().runs()) == before + 3
    assert not list(folder.rglob("*.aux.xml")), "the inputs' folder stays as it is"


def test_a_tile_index(copied: Copied, run: Any, tmp_path: Path) -> None:
    tiles = index(
        ("north/west", box(717800, 5699000, 718300, 5699600)),
        ("triangle", "Polygon ((718500 5698000, 719500 5698000, 718500 5699000, 718500 5698000))"),
        ("elsewhere", box(0, 0, 100, 100)),
    )
    outputs = run(
        "generatebatch",
        INPUT=copied(TERRAMIND + "S1RTC.tif"),
        TILES=tiles,
        NAME_FIELD="name",
        MODALITY="s1_rtc",
        GENERATE="s2_l2a",
        OUTPUT_FOLDER=str(tmp_path / "results"),
    )
    files = [Path(path) for path in outputs["FILES"].split(";")]
    assert [path.name for path in files] == ["north_west_s2_l2a.tif", "triangle_s2_l2a.tif"]
    assert outputs["FAILED"] == ""
    first = QgsRasterLayer(str(files[0]))
    assert first.extent().contains(QgsRectangle(717800, 5699000, 718300, 5699600))
    assert first.extent().width() <= 520
    shown = gdal.Open(str(files[1])).ReadAsArray()[0] > 0
    assert 0.4 < shown.mean() < 0.6, "outside the polygon there is no data"


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({}, "Give a folder of rasters"),
        ({"FOLDER": "/no/such"}, "nothing there is called"),
        ({"FOLDER": "/no/such", "MODALITY": "dem"}, "both an input and to be generated"),
        ({"FOLDER": "/no/such", "GENERATE": "trees"}, "GENERATE: trees is unknown"),
    ],
)
def test_refusals(parameters: dict[str, Any], found: str, run: Any, tmp_path: Path) -> None:
    with pytest.raises(QgsProcessingException, match=found):
        run("generatebatch", OUTPUT_FOLDER=str(tmp_path / "results"), **parameters)


def test_a_batch_of_nothing_but_failures_fails(copied: Copied, run: Any, tmp_path: Path) -> None:
    (tmp_path / "scenes").mkdir()
    shutil.copy(copied("derived/empty.tif"), tmp_path / "scenes")
    with pytest.raises(QgsProcessingException, match=r"empty\.tif"):
        run("generatebatch", FOLDER=str(tmp_path / "scenes"), OUTPUT_FOLDER=QgsProcessing.TEMPORARY_OUTPUT)


def test_a_result_that_is_open_is_not_written_over(
    copied: Copied, run: Any, told: Any, project: QgsProject, tmp_path: Path
) -> None:
    (tmp_path / "scenes").mkdir()
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), tmp_path / "scenes" / "a.tif")
    shutil.copy(copied(TERRAMIND + "S2L1C.tif"), tmp_path / "scenes" / "b.tif")
    results = tmp_path / "results"
    results.mkdir()
    opened = copied(TERRAMIND + "DEM.tif")
    shutil.copy(opened, results / "a_dem.tif")
    project.addMapLayer(QgsRasterLayer(str(results / "a_dem.tif"), "open"))
    outputs = run("generatebatch", FOLDER=str(tmp_path / "scenes"), OUTPUT_FOLDER=str(results))
    assert outputs["FAILED"] == "a"
    assert any("open as a layer" in error for error in told.errors)
    assert (results / "a_dem.tif").read_bytes() == Path(opened).read_bytes()


def test_a_folder_is_looked_through_once_and_while_it_runs(
    copied: Copied, provider: Any, told: Any, project: QgsProject, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looked: list[str] = []
    glob = Path.glob
    monkeypatch.setattr(Path, "glob", lambda path, pattern: (looked.append(pattern), glob(path, pattern))[1])
    (tmp_path / "scenes").mkdir()
    shutil.copy(copied(TERRAMIND + "S2L2A.tif"), tmp_path / "scenes" / "a.tif")
    given = {
        "FOLDER": str(tmp_path / "scenes"),
        "PATTERN": "**/*.tif",
        "OUTPUT_FOLDER": str(tmp_path / "out"),
        "STEPS": 1,
    }
    algorithm = provider.algorithm("generatebatch").create()
    context = QgsProcessingContext()
    context.setProject(project)
    assert algorithm.checkParameterValues(given, context) == (True, "")
    assert "**/*.tif" not in looked, "the window waits for this"
    assert algorithm.run(given, context, told)[1]
    assert looked.count("**/*.tif") == 1
