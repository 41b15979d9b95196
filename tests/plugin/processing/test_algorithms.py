"""Every algorithm run on real rasters, its output opened again."""

# ruff: noqa: ANN401

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from osgeo import gdal
from qgis.core import Qgis, QgsRasterLayer, QgsRectangle

Copied = Callable[[str], str]
TERRAMIND = "coloc_terramind/433D_629L_3_1/"
BOLZANO = "s2_openeo_bolzano/S2_L2A_sample_west.tif"
BOLZANO_AREA = "676000,677280,5152000,5153000 [EPSG:32632]"


def tags(path: str) -> dict[str, str]:
    return dict(gdal.Open(path).GetMetadata())


def opened(path: str) -> QgsRasterLayer:
    layer = QgsRasterLayer(path, "result")
    assert layer.isValid()
    return layer


def same_place(layer: QgsRasterLayer, source: QgsRasterLayer) -> bool:
    return layer.crs() == source.crs() and layer.extent().toString(3) == source.extent().toString(3)


@pytest.mark.parametrize(
    ("name", "file", "modality", "bands", "kind"),
    [
        ("demfroms2", TERRAMIND + "S2L2A.tif", "dem", ["hillshade"], Qgis.DataType.Byte),
        ("l2afroml1c", TERRAMIND + "S2L1C.tif", "s2_l2a", ["B04", "B03", "B02"], Qgis.DataType.Float32),
        ("l1cfroml2a", TERRAMIND + "S2L2A.tif", "s2_l1c", ["B04", "B03", "B02"], Qgis.DataType.Float32),
        ("s1froms2", "derived/433D_629L_3_1_S2RGB.gpkg", "s1_rtc", ["red", "green", "blue"], Qgis.DataType.Byte),
        ("s2froms1", TERRAMIND + "S1RTC.tif", "s2_l2a", ["B04", "B03", "B02"], Qgis.DataType.Float32),
    ],
)
def test_one_click(
    name: str, file: str, modality: str, bands: list[str], kind: Qgis.DataType, copied: Copied, run: Any
) -> None:
    path = copied(file)
    results = run(name, INPUT=path, SEED=3)
    assert set(results) == {"OUTPUT", "MODEL_USED", "DEVICE_USED"}
    assert (results["MODEL_USED"], results["DEVICE_USED"]) == ("copgen-mini", "cpu")
    layer = opened(results["OUTPUT"])
    assert same_place(layer, opened(path))
    assert layer.bandCount() == len(bands)
    for band, wanted in enumerate(bands, start=1):
        assert wanted in layer.bandName(band)
        assert layer.dataProvider().sourceDataType(band) == kind, "QGIS shows scaled numbers in their unit"
        assert layer.dataProvider().sourceNoDataValue(band) == 0
    told = tags(results["OUTPUT"])
    assert (told["COPGEN_SYNTHETIC"], told["COPGEN_MODALITY"], told["COPGEN_SEED"]) == ("YES", modality, "3")
    assert json.loads(told["COPGEN_CONDITIONS"])[0]["name"] == Path(path).name
    assert not list(Path(results["OUTPUT"]).parent.glob(".copgen_*")), "no working folder is left"


def test_the_example_scene_in_part(copied: Copied, run: Any, told: Any) -> None:
    results = run("demfroms2", INPUT=copied(BOLZANO), EXTENT=BOLZANO_AREA)
    layer = opened(results["OUTPUT"])
    assert layer.extent() == QgsRectangle(676000, 5152000, 677280, 5153000)
    assert layer.crs().authid() == "EPSG:32632"
    assert "B04" not in " ".join(told.warnings)
    assert any("S2_L2A_sample_west.tif, bands 1, 2, 3 (names)" in info for info in told.infos), told.infos
    assert told.stages, "what is being done is told"
    assert told.shares == sorted(told.shares), "never backwards"


def test_an_extent_in_another_crs(copied: Copied, run: Any) -> None:
    results = run("demfroms2", INPUT=copied(BOLZANO), EXTENT="11.305,11.318,46.515,46.523 [EPSG:4326]")
    layer = opened(results["OUTPUT"])
    assert layer.crs().authid() == "EPSG:32632"
    assert 900 < layer.extent().width() < 1200
    assert 800 < layer.extent().height() < 1050


def test_a_raster_in_degrees_and_the_crs_asked_for(copied: Copied, run: Any) -> None:
    path = copied("coloc_sen1floods11/Spain_7370579_S2Hand.tif")
    area = "-0.765,-0.755,38.10,38.11 [EPSG:4326]"
    automatic = opened(run("demfroms2", INPUT=path, EXTENT=area, LEVEL="l1c")["OUTPUT"])
    assert automatic.crs().authid() == "EPSG:32630"
    asked = opened(run("demfroms2", INPUT=path, EXTENT=area, LEVEL="l1c", TARGET_CRS="EPSG:3857")["OUTPUT"])
    assert asked.crs().authid() == "EPSG:3857"
    custom = "PROJ4:+proj=laea +lat_0=38 +lon_0=-1 +datum=WGS84 +units=m +no_defs"
    own = opened(run("demfroms2", INPUT=path, EXTENT=area, LEVEL="l1c", TARGET_CRS=custom)["OUTPUT"])
    assert "+proj=laea" in own.crs().toProj()


def test_the_level_that_is_asked_for(copied: Copied, run: Any) -> None:
    results = run("s2froms1", INPUT=copied(TERRAMIND + "S1RTC.tif"), LEVEL="l1c")
    assert tags(results["OUTPUT"])["COPGEN_MODALITY"] == "s2_l1c"


def test_bands_encoding_and_offset_reach_the_runtime(copied: Copied, run: Any, told: Any) -> None:
    path = copied(TERRAMIND + "S2L2A.tif")
    run("demfroms2", INPUT=path, BANDS="4,3,2", ENCODING="reflectance", OFFSET="-1000")
    assert any("bands 4, 3, 2 (user), reflectance, offset -1000.0 (user)" in info for info in told.infos)
    assert told.warnings == []
    run("demfroms2", INPUT=path)
    assert any("use OFFSET=-1000" in warning for warning in told.warnings), "named as the parameter it is here"


def test_generate_several_from_several(copied: Copied, run: Any, tmp_path: Path) -> None:
    folder = tmp_path / "results"
    results = run(
        "generate",
        INPUT_S2_L2A=copied(TERRAMIND + "S2L2A.tif"),
        INPUT_DEM=copied(TERRAMIND + "DEM.tif"),
        OFFSET_S2_L2A="-1000",
        SAMPLES=2,
        OUTPUT_S1_RTC=str(folder / "radar.tiff"),
        OUTPUT_S2_L1C="TEMPORARY_OUTPUT",
    )
    assert set(results) == {"OUTPUT_S1_RTC", "OUTPUT_S2_L1C", "SAMPLE_FILES", "MODEL_USED", "DEVICE_USED"}
    assert results["OUTPUT_S1_RTC"] == str(folder / "radar.tiff")
    samples = results["SAMPLE_FILES"].split(";")
    stem = Path(results["OUTPUT_S2_L1C"]).with_suffix("")
    assert samples == [str(folder / "radar_sample2.tiff"), f"{stem}_sample2.tif"]
    first, second = (gdal.Open(path).ReadAsArray() for path in (results["OUTPUT_S1_RTC"], samples[0]))
    assert first.shape == second.shape
    assert (first != second).any()
    assert {entry["modality"] for entry in json.loads(tags(samples[0])["COPGEN_CONDITIONS"])} == {"s2_l2a", "dem"}
    assert sorted(path.name for path in folder.iterdir()) == ["radar.tiff", "radar_sample2.tiff"]


def test_what_was_taken_for_granted_is_told(copied: Copied, run: Any, told: Any) -> None:
    run("demfroms2", INPUT=copied(TERRAMIND + "S2RGB.tif"), ENCODING="tci")
    assert any("nothing tells its level, taken for Sentinel-2 L2A" in warning for warning in told.warnings)
    assert any("Temporary results go when QGIS is closed" in info for info in told.infos)


def test_a_model_in_a_folder(copied: Copied, run: Any, made: dict[str, Any]) -> None:
    model = str(Path(made["source"]).parents[1] / "tiny")
    results = run("demfroms2", INPUT=copied(TERRAMIND + "S2L2A.tif"), MODEL=model)
    assert results["MODEL_USED"] == "tiny"


def test_the_fast_preset_and_its_number_of_steps(copied: Copied, run: Any) -> None:
    path = copied(TERRAMIND + "S2L2A.tif")
    found = tags(run("demfroms2", INPUT=path, PRESET="fast", STEPS=0)["OUTPUT"])
    assert (found["COPGEN_SOLVER"], found["COPGEN_STEPS"]) == ("fast", "10")
    assert tags(run("demfroms2", INPUT=path)["OUTPUT"])["COPGEN_SOLVER"] == "reference"


def test_the_same_seed_gives_the_same_bytes(copied: Copied, run: Any) -> None:
    path = copied(TERRAMIND + "S2L2A.tif")
    first, second, third = (Path(run("demfroms2", INPUT=path, SEED=seed)["OUTPUT"]).read_bytes() for seed in (5, 5, 6))
    assert first == second
    assert first != third


def test_a_subdataset_of_netcdf(copied: Copied, run: Any) -> None:
    path = copied("coloc_worldcereal/worldcereal_preprocessed_inputs.nc")
    results = run(
        "generate",
        INPUT_DEM=f'NETCDF:"{path}":elevation',
        BANDS_DEM="1",
        OUTPUT_S2_L2A="TEMPORARY_OUTPUT",
    )
    layer = opened(results["OUTPUT_S2_L2A"])
    assert layer.crs().authid() == "EPSG:32631"
    assert (layer.width(), layer.height()) == (100, 100)
    assert np.count_nonzero(gdal.Open(results["OUTPUT_S2_L2A"]).ReadAsArray()) == 30000
