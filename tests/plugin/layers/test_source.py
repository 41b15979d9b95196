"""From a layer to a condition: what the runtime is told, and what it cannot be told."""

from __future__ import annotations

import math
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from copgen.copgen_plugin.layers.guess import guess_modality
from copgen.copgen_plugin.layers.source import (
    LayerError,
    LayerSource,
    condition_of,
    crs_as_wkt,
    crs_from_wkt,
    layer_source,
)
from osgeo import gdal
from qgis.core import (
    QgsCoordinateReferenceSystem,
    QgsCoordinateTransform,
    QgsCoordinateTransformContext,
    QgsDatumTransform,
    QgsRasterLayer,
    QgsRasterRange,
    QgsRectangle,
)

Copied = Callable[[str], str]
S2 = "coloc_terramind/433D_629L_3_1/S2L2A.tif"
CUSTOM = QgsCoordinateReferenceSystem.fromProj("+proj=laea +lat_0=46 +lon_0=11 +datum=WGS84 +units=m +no_defs")


def layer_of(path: str, name: str = "layer") -> QgsRasterLayer:
    return QgsRasterLayer(path, name)


def test_a_file_is_handed_on_as_it_is(copied: Copied) -> None:
    path = copied(S2)
    source = layer_source(layer_of(path, "S2L2A"))
    assert (source.path, source.needs_export, source.problem) == (path, False, "")
    assert (source.width, source.height, len(source.bands)) == (224, 224, 12)
    assert source.crs_authid == "EPSG:32718"
    condition = condition_of(source, "s2_l2a", " B4, 3 ,blue")
    assert (condition.path, condition.bands) == ([path], ["B4", "3", "blue"])
    assert condition.crs is None, "the file's own is right, and need not be said again"
    assert condition.nodata is None


def test_a_crs_set_in_qgis_reaches_the_job(copied: Copied) -> None:
    layer = layer_of(copied("derived/433D_629L_3_1_S2L2A_nocrs.tif"), "naked")
    assert "coordinate reference system" in layer_source(layer).problem
    assert "naked" in layer_source(layer).problem
    with pytest.raises(LayerError, match="naked"):
        condition_of(layer_source(layer), "s2_l2a")
    for crs in (QgsCoordinateReferenceSystem("EPSG:32718"), CUSTOM):
        layer.setCrs(crs)
        condition = condition_of(layer_source(layer), "s2_l2a")
        assert QgsCoordinateReferenceSystem.fromWkt(condition.crs) == crs
    assert layer_source(layer).crs_authid == ""


def test_nodata_set_in_qgis_reaches_the_job(copied: Copied) -> None:
    layer = layer_of(copied(S2))
    provider = layer.dataProvider()
    for band in range(1, 13):
        provider.setUserNoDataValue(band, [QgsRasterRange(7, 7)])
    assert condition_of(layer_source(layer), "s2_l2a").nodata == 7
    provider.setUserNoDataValue(3, [QgsRasterRange(7, 9)])
    assert layer_source(layer).needs_export
    assert "no-data" in layer_source(layer).reason


def test_a_second_nodata_value_beside_the_file_s_own_is_exported(copied: Copied) -> None:
    layer = layer_of(copied("s2_openeo_bolzano/S2_L2A_sample_west.tif"))
    assert not layer_source(layer).needs_export
    for band in range(1, 6):
        layer.dataProvider().setUserNoDataValue(band, [QgsRasterRange(65535, 65535)])
    assert layer_source(layer).needs_export, "0 of the file and 65535 are both no data"
    for band in range(1, 6):
        layer.dataProvider().setUseSourceNoDataValue(band, False)
    assert condition_of(layer_source(layer), "s2_l2a").nodata == 65535


def test_a_file_s_nodata_that_is_switched_off_reaches_the_job(copied: Copied) -> None:
    layer = layer_of(copied("s2_openeo_bolzano/S2_L2A_sample_west.tif"))
    for band in range(1, 6):
        layer.dataProvider().setUseSourceNoDataValue(band, False)
    source = layer_source(layer)
    assert (source.needs_export, bool(source.path)) == (False, True)
    assert math.isnan(condition_of(source, "s2_l2a").nodata), "which hides no number"
    layer.dataProvider().setUseSourceNoDataValue(1, True)
    assert layer_source(layer).needs_export, "not the same in all bands"


def test_nodata_of_scaled_numbers_reaches_the_job_as_it_is_stored(copied: Copied, tmp_path: Path) -> None:
    path = str(tmp_path / "scaled.tif")
    made = gdal.Translate(path, copied("coloc_terramind/433D_629L_3_1/DEM.tif"), outputType=gdal.GDT_Int16)
    made.GetRasterBand(1).SetScale(0.5)
    numbers = made.ReadAsArray()
    numbers[:5, :5] = -9999
    made.GetRasterBand(1).WriteArray(numbers)
    made = None
    layer = layer_of(path)
    layer.dataProvider().setUserNoDataValue(1, [QgsRasterRange(-4999.5, -4999.5)])
    assert layer.dataProvider().block(1, layer.extent(), 224, 224).isNoData(0, 0), "QGIS compares scaled numbers"
    assert condition_of(layer_source(layer), "dem").nodata == -9999, "the runtime stored ones"


@pytest.mark.parametrize(
    "uri",
    [
        'NETCDF:"{}":S2-L2A-B02',
        "NETCDF:{}:S2-L2A-B02",
    ],
)
def test_subdatasets_keep_their_gdal_name(uri: str, copied: Copied) -> None:
    text = uri.format(copied("coloc_worldcereal/worldcereal_preprocessed_inputs.nc"))
    layer = layer_of(text)
    assert layer.isValid()
    assert layer_source(layer).path == text


def test_a_raster_in_a_geopackage(copied: Copied) -> None:
    path = copied("derived/433D_629L_3_1_S2RGB.gpkg")
    table = gdal.Open(path).GetMetadataItem("IDENTIFIER")
    for text in (path, f"GPKG:{path}:{table}"):
        layer = layer_of(text)
        assert layer.isValid()
        assert layer_source(layer).path == text


def test_open_options_are_handed_on(copied: Copied) -> None:
    path = copied(S2)
    assert layer_source(layer_of(f"{path}|option:NUM_THREADS=2")).path == path, "changes no pixel"
    told = layer_source(layer_of(f"{path}|option:GEOREF_SOURCES=INTERNAL|option:NUM_THREADS=2")).path
    assert told == f"vrt://{path}?oo=GEOREF_SOURCES=INTERNAL"
    if int(gdal.VersionInfo()) >= 3080000:
        assert gdal.OpenEx(told) is not None, "GDAL 3.8 and later, as the runtime's, take options in the name"


def test_a_raster_without_a_place_is_refused(copied: Copied) -> None:
    copied("awkward/RGB.byte.tif")
    layer = layer_of(copied("awkward/RGB.byte.gcp.vrt"), "points only")
    assert layer.isValid(), "QGIS shows it at 0 to 791 degrees"
    problem = layer_source(layer).problem
    assert problem.startswith("points only: ")
    assert "791" in problem
    assert "Georeferencer" in problem


def test_a_broken_layer_is_described_too(copied: Copied) -> None:
    source = layer_source(layer_of(copied("derived/empty.tif"), "nothing"))
    assert source.problem.startswith("nothing: ")
    assert guess_modality(source) is None


def test_layers_without_a_file_are_to_be_exported(copied: Copied, calculated: Callable[[str], QgsRasterLayer]) -> None:
    path = copied(S2)
    gdal.Translate("/vsimem/copgen_test.tif", path)
    layers = {
        "memory": layer_of("/vsimem/copgen_test.tif"),
        "calculated": calculated(copied("coloc_terramind/433D_629L_3_1/DEM.tif")),
    }
    for name, layer in layers.items():
        assert layer.isValid(), name
        source = layer_source(layer)
        assert source.needs_export, name
        assert source.reason, name
        assert source.path == "", name
        with pytest.raises(LayerError, match="exported"):
            condition_of(source, "dem")
        assert condition_of(source, "dem", exported="/x.tif").path == ["/x.tif"]
    gdal.Unlink("/vsimem/copgen_test.tif")


@pytest.mark.parametrize(
    ("name", "modality"),
    [
        ("coloc_terramind/433D_629L_3_1/S2L2A.tif", "s2_l2a"),
        ("coloc_terramind/433D_629L_3_1/S2L1C.tif", "s2_l1c"),
        ("coloc_terramind/433D_629L_3_1/S1RTC.tif", "s1_rtc"),
        ("coloc_terramind/433D_629L_3_1/DEM.tif", "dem"),
        ("coloc_sen1floods11/Spain_7370579_S1Hand.tif", "s1_rtc"),
        ("coloc_sen1floods11/Spain_7370579_S2Hand.tif", "s2_l1c"),
        ("s2_openeo_bolzano/S2_L2A_sample_west.tif", "s2_l2a"),
        ("s2_sen2r_barbellino/S2A1C_20170703_022_Barbellino_TOA_10.tif", "s2_l1c"),
        ("s2_sen2r_barbellino/S2A2A_20170703_022_Barbellino_BOA_10.tif", "s2_l2a"),
        ("s1_rtc_linear/Gamma0_VV_10TET_north.tif", "s1_rtc"),
        ("dem/srtm_ref.tif", "dem"),
        ("awkward/scene_band1.tif", None),
    ],
)
def test_the_first_guess(name: str, modality: str | None, copied: Copied) -> None:
    path = copied(name)
    assert guess_modality(layer_of(path, path.rsplit("/", 1)[-1])) == modality
    if modality is not None and "433D" not in name:
        assert guess_modality(layer_of(path, "layer 1")) == modality, "whatever the layer is called"


@pytest.mark.parametrize(
    ("path", "name", "bands", "modality"),
    [
        ("/data/S1_project/dem.tif", "dem", 1, "dem"),
        ("/data/GRD/ortho_rgb.tif", "ortho_rgb", 3, "s2_l2a"),
        ("/data/S1_project/VV.tif", "VV", 1, "s1_rtc"),
        ("/data/dem/S1_VV.tif", "layer 1", 1, "s1_rtc"),
        ("/data/S1_project/scene.tif", "layer 1", 2, "s1_rtc"),
    ],
)
def test_the_nearest_name_tells_what_a_raster_is(path: str, name: str, bands: int, modality: str) -> None:
    types = ("Float32" if bands < 3 else "Byte",) * bands
    source = LayerSource("x", name, "gdal", path, ("",) * bands, types, "", "", "", False, None, (0, 0, 1, 1), 9, 9)
    assert guess_modality(source) == modality


def test_results_are_guessed_from_their_tags(made: dict[str, str]) -> None:
    for modality in ("dem", "s1_rtc", "s2_l1c"):
        assert guess_modality(layer_of(made[modality], "renamed")) == modality


def test_a_crs_outlives_the_thread_that_first_read_it() -> None:
    degrees = QgsCoordinateReferenceSystem("EPSG:4326")
    wkt = crs_as_wkt(QgsCoordinateReferenceSystem("EPSG:32605"))
    read, shared, over = threading.Event(), threading.Event(), threading.Event()

    def first() -> None:
        QgsDatumTransform.operations(degrees, QgsCoordinateReferenceSystem.fromWkt(wkt))
        read.set()
        shared.wait()

    def second() -> None:
        read.wait()
        QgsDatumTransform.operations(degrees, QgsCoordinateReferenceSystem.fromWkt(wkt))
        shared.set()
        over.wait()

    threads = [threading.Thread(target=work) for work in (first, second)]
    for thread in threads:
        thread.start()
    threads[0].join()
    while os.path.exists(f"/proc/self/task/{threads[0].native_id}"):
        time.sleep(0.01)  # Python's part of a thread ends before PROJ's.
    try:
        crs = crs_from_wkt(wkt)
        transform = QgsCoordinateTransform(degrees, crs, QgsCoordinateTransformContext())
        west = transform.transformBoundingBox(QgsRectangle(-153, 0, -152, 1)).xMinimum()
        assert (crs.authid(), round(west)) == ("EPSG:32605", 500_000)
    finally:
        over.set()
        threads[1].join()


@pytest.mark.parametrize("name", ["EPSG:4326", "EPSG:3857", "EPSG:32632"])
def test_a_crs_and_its_text(name: str) -> None:
    crs = QgsCoordinateReferenceSystem(name)
    assert crs_from_wkt(crs_as_wkt(crs)) == crs
    assert crs_as_wkt(crs_from_wkt(crs_as_wkt(CUSTOM))) == crs_as_wkt(CUSTOM)
    assert not crs_from_wkt("").isValid()
