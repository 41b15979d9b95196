"""Bad inputs: each refused early, in one sentence that names what was found."""

# ruff: noqa: ANN401

from __future__ import annotations

import os
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsCoordinateReferenceSystem, QgsProcessingException, QgsProject, QgsRasterLayer, QgsVectorLayer

Copied = Callable[[str], str]
S2 = "coloc_terramind/433D_629L_3_1/S2L2A.tif"
S1 = "coloc_terramind/433D_629L_3_1/S1RTC.tif"


def refusal(run: Any, name: str, **parameters: Any) -> str:
    with pytest.raises(QgsProcessingException) as caught:
        run(name, **parameters)
    text = str(caught.value).replace("Unable to execute algorithm\n", "").strip()
    assert "\n" not in text, "one sentence"
    assert "Traceback" not in text
    assert "Incorrect parameter value" not in text, "QGIS's own words tell nothing"
    return text


@pytest.mark.parametrize(
    ("file", "found"),
    [
        ("derived/433D_629L_3_1_S2L2A_nocrs.tif", "no coordinate reference system"),
        ("derived/empty.tif", "cannot be opened as a raster"),
        ("derived/433D_629L_3_1_S2L2A_truncated.tif", "cannot be read"),
        ("awkward/RGB.byte.gcp.vrt", "ground control points"),
        ("s1_grd_gcps/cog_gcps.tif", "ground control points"),
        ("awkward/all-nodata.tif", "nodata"),
        ("s1_rtc_linear/Gamma0_VV_10TET_north.tif", "1 band"),
    ],
)
def test_files_that_cannot_be_used(file: str, found: str, copied: Copied, run: Any) -> None:
    if file.endswith("gcp.vrt"):
        copied("awkward/RGB.byte.tif")
    path = copied(file)
    text = refusal(run, "demfroms2", INPUT=path)
    assert found in text
    assert Path(path).name.split(".")[0] in text, "names the file"
    assert "--" not in text and "PATH" not in text, "words of the command line"


def test_no_file_and_no_input(run: Any, tmp_path: Path) -> None:
    assert "there is no file" in refusal(run, "demfroms2", INPUT=str(tmp_path / "gone.tif"))
    assert "INPUT: no raster" in refusal(run, "demfroms2", INPUT=None)
    assert "INPUT_S2_L2A" in refusal(run, "generate", OUTPUT_DEM="TEMPORARY_OUTPUT")


def test_nothing_or_the_same_to_generate(copied: Copied, run: Any) -> None:
    path = copied(S2)
    assert "OUTPUT_DEM" in refusal(run, "generate", INPUT_S2_L2A=path)
    text = refusal(run, "generate", INPUT_S2_L2A=path, OUTPUT_S2_L2A="TEMPORARY_OUTPUT")
    assert "both an input and to be generated" in text


@pytest.mark.parametrize(
    ("parameters", "found"),
    [
        ({"SEED": -1}, "SEED: -1 lies outside"),
        ({"SEED": 2**63}, "SEED: "),
        ({"SEED": 1.5}, "whole number"),
        ({"STEPS": 1001}, "STEPS: 1001 lies outside 0 to 1000"),
        ({"OFFSET": "a lot"}, "OFFSET: a lot is no number"),
        ({"ENCODING": "db"}, "ENCODING: db is unknown; use auto, reflectance"),
        ({"DEVICE": "abacus"}, "DEVICE: abacus is unknown; use auto, cpu"),
        ({"PRESET": "quick"}, "PRESET: quick is unknown; use auto, reference, fast"),
        ({"LEVEL": "l3"}, "LEVEL: l3 is unknown"),
        ({"MODEL": "/no/such/folder"}, "no folder /no/such/folder"),
        ({"MODEL": "copgen-omega"}, "copgen-omega"),
        ({"TARGET_CRS": "EPSG:999999"}, "TARGET_CRS: EPSG:999999"),
        ({"EXTENT": "nowhere"}, "EXTENT: nowhere is no area"),
        ({"EXTENT": "0,1000,0,1000 [EPSG:32718]"}, "does not overlap S2L2A"),
        ({"MASK": "/no/mask.gpkg"}, "MASK: /no/mask.gpkg"),
        ({"BANDS": "B4,B3,B99"}, "no band B4"),
        ({"BANDS": "1,2"}, "3 band"),
    ],
)
def test_values_that_cannot_be(parameters: dict[str, Any], found: str, copied: Copied, run: Any) -> None:
    assert found in refusal(run, "demfroms2", INPUT=copied(S2), **parameters)


def test_the_level_that_does_not_fit(copied: Copied, run: Any) -> None:
    text = refusal(run, "l2afroml1c", INPUT=copied("s2_openeo_bolzano/S2_L2A_sample_west.tif"))
    assert "Sentinel-2 L2A" in text
    assert "set LEVEL" in text
    assert "Sentinel-2 L1C" in refusal(run, "l1cfroml2a", INPUT=copied(S2), LEVEL="l1c")


def test_inputs_of_two_places(copied: Copied, run: Any) -> None:
    text = refusal(
        run,
        "generate",
        INPUT_S2_L2A=copied(S2),
        INPUT_DEM=copied("dem/felt_dem.tif"),
        OUTPUT_S1_RTC="TEMPORARY_OUTPUT",
    )
    assert "felt_dem.tif" in text
    assert re.search("overlap|common", text)


def test_destinations_that_cannot_be(copied: Copied, run: Any, project: QgsProject, tmp_path: Path) -> None:
    path = copied(S2)
    assert "is no GeoTIFF" in refusal(run, "demfroms2", INPUT=path, OUTPUT=str(tmp_path / "out.png"))
    assert "is no GeoTIFF" in refusal(run, "demfroms2", INPUT=path, OUTPUT=str(tmp_path / "out"))
    assert "is an input" in refusal(run, "demfroms2", INPUT=path, OUTPUT=path)
    assert "may not be written to" in refusal(run, "demfroms2", INPUT=path, OUTPUT="/proc/self/x/out.tif")
    taken = copied(S1)
    project.addMapLayer(QgsRasterLayer(taken, "open"))
    assert "open as a layer" in refusal(run, "demfroms2", INPUT=path, OUTPUT=taken)
    (tmp_path / "folder.tif").mkdir()
    assert "is a folder" in refusal(run, "demfroms2", INPUT=path, OUTPUT=str(tmp_path / "folder.tif"))


def test_masks_that_cannot_be(copied: Copied, run: Any) -> None:
    path = copied(S2)
    points = QgsVectorLayer("Point?crs=EPSG:32718", "points", "memory")
    assert "points holds no polygons" in refusal(run, "demfroms2", INPUT=path, MASK=points)
    empty = QgsVectorLayer("Polygon?crs=EPSG:32718", "empty", "memory")
    assert "empty has no polygon" in refusal(run, "demfroms2", INPUT=path, MASK=empty)
    lost = QgsVectorLayer("Polygon", "lost", "memory")
    lost.setCrs(QgsCoordinateReferenceSystem())
    assert "lost has no coordinate reference system" in refusal(run, "demfroms2", INPUT=path, MASK=lost)


def test_without_a_runtime_the_algorithm_is_there_and_says_what_is_missing(
    provider: Any, copied: Copied, run: Any, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from copgen.copgen_plugin.runtime.service import shutdown_service

    shutdown_service()
    monkeypatch.setitem(os.environ, "COPGEN_PYTHON", str(tmp_path / "no-python"))
    algorithm = provider.algorithm("demfroms2")
    assert algorithm.canExecute()[0]
    text = refusal(run, "demfroms2", INPUT=copied(S2))
    assert "COPGEN_PYTHON" in text
    assert "no-python" in text
