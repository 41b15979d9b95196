from __future__ import annotations

import hashlib
import os
import shutil
import zipfile
from collections.abc import Callable
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import numpy as np
import pytest
import rasterio
import rasterio.shutil
from affine import Affine
from numpy.typing import NDArray
from odc.geo.crs import CRS
from rasterio.control import GroundControlPoint
from rasterio.transform import from_gcps

from model_runtime.conditions import OpenCondition, Picture, open_condition
from model_runtime.contract import Cancelled, Condition, InputError
from model_runtime.raster.source import LARGEST_HASHED, content_hash, open_source, parse_condition_path

MakeRaster = Callable[..., str]
NORTH_UP = Affine(10, 0, 500000, 0, -10, 4500000)

OPENED = [
    "awkward/RGB.byte.tif",
    "awkward/RGBA.uint16.tif",
    "awkward/Unevenly_spaced_time_series_R_terra.tif",
    "awkward/alpha.tif",
    "awkward/au-3577-rotated.tif",
    "awkward/cog_scale_epsg4326.tif",
    "awkward/hls_10band_float32.tif",
    "awkward/noweb.tif",
    "awkward/scene_band1.tif",
    "awkward/shade.tif",
    "coloc_sen1floods11/Spain_7370579_S1Hand.tif",
    "coloc_sen1floods11/Spain_7370579_S2Hand.tif",
    "coloc_terramind/433D_629L_3_1/S1RTC.tif",
    "coloc_terramind/433D_629L_3_1/S2L2A.tif",
    "coloc_terramind/433D_629L_3_1/DEM.tif",
    "dem/dem_cm_utm30.tif",
    "dem/felt_dem.tif",
    "dem/srtm_ref.tif",
    "derived/433D_629L_3_1_DEM_4326.tif",
    "derived/433D_629L_3_1_S1RTC_linear_f32.tif",
    "derived/433D_629L_3_1_S2L2A_3857.tif",
    "derived/433D_629L_3_1_S2L2A_rot.tif",
    "derived/433D_629L_3_1_S2L2A_southup.tif",
    "derived/433D_629L_3_1_S2RGB.gpkg",
    "s1_rtc_linear/Gamma0_VV_10TET_north.tif",
    "s2_iamap/test.tif",
    "s2_openeo_bolzano/S2_L2A_sample_west.tif",
    "s2_sen2r_barbellino/S2A1C_20170703_022_Barbellino_TOA_10.tif",
    "s2_sen2r_barbellino/S2A2A_20170703_022_Barbellino_RGB432B_10.vrt",
]
REFUSED = {
    "awkward/RGB.byte.gcp.vrt": "only 4 ground control points",
    "awkward/RGB.byte.rpc.vrt": "only RPCs",
    "awkward/RGB.nc": "3 rasters.*Band1",
    "awkward/all-nodata.tif": "every pixel is nodata",
    "awkward/corrupt.tif": "cannot be read",
    "awkward/float_nan.tif": "no coordinate reference system",
    "awkward/inverted_lat.tif": "every pixel is nodata",
    "awkward/rotated.tif": "no coordinate reference system",
    "coloc_worldcereal/worldcereal_preprocessed_inputs.nc": "15 rasters.*S2-L2A-B04",
    "derived/433D_629L_3_1_S2L2A_nocrs.tif": "no coordinate reference system",
    "derived/433D_629L_3_1_S2L2A_truncated.tif": "cannot be read",
    "derived/empty.tif": "empty",
    "s1_grd_gcps/cog_gcps.tif": "only 210 ground control points",
    "INDEX.md": "not a raster",
    "nowhere.tif": "no such file",
}
SAFE = "s2_safe_T29UNU/S2A_MSIL2A_20221005T115411_N0400_R023_T29UNU_20221005T164454.SAFE"


@pytest.mark.parametrize("name", OPENED)
def test_real_rasters_open(shared: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    source = open_source(shared / "data" / name)
    with rasterio.open(shared / "data" / name) as dataset:
        assert source.facts.count == dataset.count
        assert source.facts.dtypes == dataset.dtypes
        assert source.geobox.shape == dataset.shape
        assert source.geobox.affine == dataset.transform
        assert source.facts.crs.to_epsg() == dataset.crs.to_epsg()
    assert source.facts.name == Path(name).name
    assert all(np.isfinite(source.facts.pixel_metres))
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", REFUSED)
def test_unusable_files_are_refused_in_one_sentence(shared: Path, name: str, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(InputError, match=REFUSED[name]) as refused:
        open_source(shared / "data" / name)
    message = refused.value.message
    assert Path(name).name in message and "\n" not in message
    assert message.endswith(".") and ";" in message
    assert capfd.readouterr() == ("", "")


def test_every_raster_of_the_shared_folder_opens_or_is_refused_in_a_sentence(shared: Path) -> None:
    for path in sorted((shared / "data").rglob("*")):
        if path.suffix in (".tif", ".nc", ".vrt", ".gpkg"):
            try:
                assert open_source(path).facts.statistics[0].count > 0
            except InputError as refusal:
                assert str(path) in refusal.message


def test_facts_of_a_real_file(shared: Path) -> None:
    facts = open_source(shared / "data/derived/433D_629L_3_1_S2L2A_southup.tif").facts
    assert facts.south_up and not facts.rotated
    assert facts.pixel_metres == pytest.approx((9.998, 9.998), abs=1e-3)
    assert facts.statistics[0].minimum == 1088 and facts.statistics[0].maximum == 1674
    assert facts.statistics[0].is_integer
    assert open_source(shared / "data/derived/433D_629L_3_1_S2L2A_rot.tif").facts.rotated
    assert open_source(shared / "data/awkward/alpha.tif").facts.alpha_band == 4


def test_a_safe_folder_gives_its_finest_complete_bands_and_its_metadata(shared: Path) -> None:
    folder = shared / "data" / SAFE
    source = open_source(folder, ["B04", "B03", "B02"])
    assert source.facts.descriptions == ("B04", "B03", "B02")
    assert source.facts.pixel_metres[0] == pytest.approx(60, abs=0.1)
    assert source.facts.tags["PROCESSING_BASELINE"] == "04.00"
    assert source.facts.tags["BOA_QUANTIFICATION_VALUE"] == "10000"
    assert [tags["BOA_ADD_OFFSET"] for tags in source.facts.band_tags] == ["-1000"] * 3
    assert source.facts.nodata == (0, 0, 0)
    assert source.facts.name == folder.name
    by_metadata = open_source(folder / "MTD_MSIL2A.xml", ["B04", "B03", "B02"])
    assert by_metadata.bands == source.bands
    by_folder = open_source(next(folder.rglob("R60m")), ["B04", "B03", "B02"])
    assert by_folder.facts.tags["PROCESSING_BASELINE"] == "04.00"
    one_file = open_source(next(folder.rglob("*_B04_60m.jp2")))
    assert one_file.facts.descriptions == ("B04",)
    assert one_file.facts.band_tags[0]["BOA_ADD_OFFSET"] == "-1000"


def test_a_band_missing_from_a_folder_is_named(shared: Path) -> None:
    with pytest.raises(InputError, match="band B08 was found .only B02, B03, B04 are there"):
        open_source(shared / "data" / SAFE, ["B04", "B08"])


def test_a_folder_of_band_files(make_raster: MakeRaster, noise: NDArray[np.uint16], tmp_path: Path) -> None:
    for resolution, names in ((10, ("B02", "B4")), (20, ("B02", "B04", "B8A", "B11"))):
        transform = Affine(resolution, 0, 500000, 0, -resolution, 4500000)
        for name in names:
            make_raster(noise, transform, name=f"T30_{name}_{resolution}m.tif")
    fine = open_source(tmp_path, ["B04", "B02"])
    assert [Path(band.dataset).name for band in fine.bands] == ["T30_B4_10m.tif", "T30_B02_10m.tif"]
    whole = open_source(tmp_path, ["B04", "B8A"])
    assert [Path(band.dataset).name for band in whole.bands] == ["T30_B04_20m.tif", "T30_B8A_20m.tif"]
    shutil.copy(tmp_path / "T30_B8A_20m.tif", tmp_path / "other_B8A_20m.tif")
    with pytest.raises(InputError, match=r"T30_B8A_20m\.tif and other_B8A_20m\.tif"):
        open_source(tmp_path, ["B8A"])


def test_single_bands_of_one_modality_are_joined(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    paths = [make_raster(noise + at, NORTH_UP, name=f"s1_{name}.tif") for at, name in enumerate(("VV", "VH"))]
    source = open_source(paths)
    assert source.facts.count == 2
    assert source.facts.descriptions == ("VV", "VH")
    assert source.facts.statistics[1].minimum == source.facts.statistics[0].minimum + 1
    assert all(path in source.path for path in paths)
    assert len(source.files) == 2


def test_only_one_subdataset_is_taken(shared: Path) -> None:
    path = shared / "data/awkward/RGB.nc"
    source = open_source(f"netcdf:{path}:Band1")
    assert source.facts.count == 1
    assert source.files == (path,)


def test_a_file_of_several_rasters_is_refused_though_its_first_opens(
    make_raster: MakeRaster, noise: NDArray[np.uint16]
) -> None:
    path = make_raster(noise, NORTH_UP)
    assert open_source(path).facts.count == 1
    make_raster(noise[::-1], NORTH_UP, APPEND_SUBDATASET="YES")
    with pytest.raises(
        InputError, match=rf"scene\.tif: .*2 rasters; give one of GTIFF_DIR:1:{path}, GTIFF_DIR:2:{path}"
    ):
        open_source(path)
    for number, first in ((1, noise[0, 0]), (2, noise[-1, 0])):
        source = open_source(f"GTIFF_DIR:{number}:{path}")
        with rasterio.open(source.bands[0].dataset) as dataset:
            assert dataset.read(1)[0, 0] == first
        assert source.files == (Path(path),)


def test_overviews_and_masks_are_no_rasters_of_their_own(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    path = make_raster(noise, NORTH_UP)
    with rasterio.Env(GDAL_TIFF_INTERNAL_MASK=True), rasterio.open(path, "r+") as dataset:
        dataset.write_mask(noise > 10)
        dataset.build_overviews([2, 4])
    source = open_source(path)
    assert source.facts.count == 1 and source.facts.has_mask


def test_a_crs_and_a_nodata_number_can_be_given(shared: Path) -> None:
    path = shared / "data/derived/433D_629L_3_1_S2L2A_nocrs.tif"
    source = open_source(path, crs=CRS("EPSG:32718"), nodata=1088)
    assert source.facts.crs == CRS("EPSG:32718")
    assert source.facts.statistics[0].minimum > 1088
    assert source.facts.nodata[0] == 1088


@pytest.mark.parametrize(
    ("crs", "transform", "found"),
    [
        ("IAU_2015:30110", NORTH_UP, "not on Earth"),
        ('LOCAL_CS["site",UNIT["metre",1]]', NORTH_UP, "local system"),
        ("EPSG:4326", NORTH_UP, "degrees"),
        ("EPSG:32630", Affine(10, 0, 5e9, 0, -10, 4e9), "outside"),
        ("EPSG:32630", Affine.identity(), "no geotransform"),
    ],
)
def test_places_that_are_none_are_refused(
    make_raster: MakeRaster, noise: NDArray[np.uint16], crs: str, transform: Affine, found: str
) -> None:
    path = make_raster(noise, transform, crs)
    with pytest.raises(InputError, match=f"scene.tif.*{found}"):
        open_source(path)


def test_complex_numbers_are_refused(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    with pytest.raises(InputError, match="complex"):
        open_source(make_raster(noise.astype(np.complex64), NORTH_UP))


def test_a_file_with_only_nan_is_refused(make_raster: MakeRaster) -> None:
    with pytest.raises(InputError, match="every pixel is nodata"):
        open_source(make_raster(np.full((20, 30), np.nan, np.float32), NORTH_UP))


def test_control_points_beside_a_transform_do_not_matter(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    points = [
        GroundControlPoint(row, col, 500000 + 10 * col, 4500000 - 10 * row) for row in (0, 90) for col in (0, 120)
    ]
    assert open_source(make_raster(noise, from_gcps(points))).facts.crs == CRS("EPSG:32630")


def test_spellings_of_one_crs_are_one_crs(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    spelt = "+proj=utm +zone=30 +datum=WGS84 +units=m +no_defs"
    assert open_source(make_raster(noise, NORTH_UP, spelt)).facts.crs == CRS("EPSG:32630")


def test_a_band_that_does_not_exist_is_refused(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    source = open_source(make_raster(noise, NORTH_UP))
    with pytest.raises(InputError, match=r"scene\.tif: there is no band 3, the source has 1"):
        source.select([1, 3])


@pytest.mark.parametrize("bands", ["3,2,1", "B04, B03,B02", "VV"])
def test_bands_follow_the_last_colon(make_raster: MakeRaster, noise: NDArray[np.uint16], bands: str) -> None:
    path = make_raster(noise, NORTH_UP)
    assert parse_condition_path(path) == (path, ())
    assert parse_condition_path(f"{path}:{bands}") == (path, tuple(part.strip() for part in bands.split(",")))


def test_colons_that_belong_to_a_path_stay(shared: Path, make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    whole = f"netcdf:{shared}/data/awkward/RGB.nc:Band1"
    assert parse_condition_path(whole) == (whole, ())
    assert parse_condition_path(f"{whole}:1") == (whole, ("1",))
    geopackage = f"GPKG:{shared}/data/derived/433D_629L_3_1_S2RGB.gpkg:433D_629L_3_1_S2RGB"
    assert parse_condition_path(geopackage)[0] in (geopackage, geopackage.rpartition(":")[0])
    colon = make_raster(noise, NORTH_UP, name="at 10:30.tif")
    assert parse_condition_path(colon) == (colon, ())
    assert parse_condition_path(f"{colon}:2") == (colon, ("2",))
    assert parse_condition_path(r"C:\scenes\missing.tif") == (r"C:\scenes\missing.tif", ())
    assert parse_condition_path(r"C:\scenes\missing.tif:4,3,2") == (r"C:\scenes\missing.tif", ("4", "3", "2"))
    assert parse_condition_path("C:missing") == ("C:missing", ())


def test_a_folder_may_have_bands_too(tmp_path: Path) -> None:
    assert parse_condition_path(str(tmp_path)) == (str(tmp_path), ())
    assert parse_condition_path(f"{tmp_path}:B04,B03,B02") == (str(tmp_path), ("B04", "B03", "B02"))


def test_the_hash_is_that_of_the_bytes(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    path = make_raster(noise, NORTH_UP)
    assert content_hash(open_source(path)) == hashlib.sha256(Path(path).read_bytes()).hexdigest()
    same = shutil.copy(path, path.replace("scene", "twin"))
    assert content_hash(open_source(same)) == content_hash(open_source(path))


def identity(condition: OpenCondition) -> dict[str, str]:
    ones = np.ones((3, 8, 8), np.uint8)
    assert Picture(ones, ones[0] > 0).sha256() != Picture(ones, ones[0] > 1).sha256()
    return condition.identity(Picture(ones, ones[0] > 0))


def test_a_very_large_file_is_not_read_through_for_its_hash(
    make_raster: MakeRaster, noise: NDArray[np.uint16], tmp_path: Path
) -> None:
    path = make_raster(noise, NORTH_UP)
    known = identity(open_condition(Condition("dem", [path])))
    assert known["sha256"] == hashlib.sha256(Path(path).read_bytes()).hexdigest() and len(known) == 3
    # A hole, which takes no place on the disk.
    os.truncate(path, LARGEST_HASHED + 1)
    mosaic = tmp_path / "mosaic.vrt"
    rasterio.shutil.copy(path, mosaic, driver="VRT")
    for name in (path, mosaic):
        condition = open_condition(Condition("dem", [str(name)]))
        assert Path(path) in condition.source.files
        known = identity(condition)
        assert known["name"] == Path(name).name and len(known["picture_sha256"]) == 64 and len(known) == 3


def test_hashing_can_be_cancelled_between_blocks(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    path = make_raster(noise, NORTH_UP)
    os.truncate(path, 100 << 20)
    heard: list[int] = []

    def told() -> None:
        heard.append(len(heard))
        if len(heard) == 2:
            raise Cancelled("cancelled.")

    with pytest.raises(Cancelled):
        content_hash(open_source(path), told)
    assert heard == [0, 1], "not all of it is read first"


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Leave stderr alone."""


def test_what_does_not_lie_in_files_here_has_no_hash_of_nothing(
    make_raster: MakeRaster, noise: NDArray[np.uint16], tmp_path: Path
) -> None:
    path = make_raster(noise, NORTH_UP)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(tmp_path))) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            remote = f"/vsicurl/http://127.0.0.1:{server.server_port}/{Path(path).name}"
            rasterio.shutil.copy(remote, tmp_path / "mosaic.vrt", driver="VRT")
            for name in (remote, str(tmp_path / "mosaic.vrt")):
                condition = open_condition(Condition("dem", [name]))
                assert condition.source.files == () and content_hash(condition.source) is None
                assert set(identity(condition)) == {"modality", "name", "picture_sha256"}
        finally:
            server.shutdown()


def test_a_raster_in_an_archive_opens(make_raster: MakeRaster, noise: NDArray[np.uint16], tmp_path: Path) -> None:
    path = make_raster(noise, NORTH_UP)
    with zipfile.ZipFile(tmp_path / "scene.zip", "w") as archive:
        archive.write(path, "scene.tif")
    source = open_source(f"/vsizip/{tmp_path}/scene.zip/scene.tif")
    assert source.facts.count == 1
    assert source.files == (tmp_path / "scene.zip",)


def test_statistics_leave_nodata_out(make_raster: MakeRaster) -> None:
    array = np.full((40, 50), 7.5, np.float32)
    array[:10], array[10:20, :25], array[20] = -9999, np.nan, 0
    statistics = open_source(make_raster(array, NORTH_UP, nodata=-9999.0)).facts.statistics[0]
    assert (statistics.minimum, statistics.maximum) == (0, 7.5)
    assert statistics.share_valid == pytest.approx(1 - (500 + 250) / 2000)
    assert statistics.share_zero == pytest.approx(50 / 1250)
    assert not statistics.is_integer
