from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
import rio_cogeo
from affine import Affine
from numpy.typing import NDArray
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from rasterio.enums import ColorInterp, MaskFlags

from model_runtime.contract import InputError
from model_runtime.raster import write
from model_runtime.raster.lattice import Lattice
from model_runtime.raster.write import OutputSpec, write_raster

LATTICE = Lattice(CRS("EPSG:32630"), 10.0)
PICTURE = OutputSpec("uint8", 0, ("red", "green", "blue"), is_rgb=True)
BACKSCATTER = OutputSpec("float32", -9999, ("VV", "VH"), unit="dB")
REFLECTANCE = OutputSpec("uint16", 0, ("B04", "B03", "B02"), unit="1", scale=0.0001, is_rgb=True)


def grid(height: int, width: int) -> GeoBox:
    return LATTICE.geobox(-450000, 50000, height, width)


def array(spec: OutputSpec, height: int = 700, width: int = 1300) -> NDArray[Any]:
    values = np.random.default_rng(0).integers(1, 255, (len(spec.descriptions), height, width))
    return values.astype(spec.dtype)


@pytest.mark.parametrize("spec", [PICTURE, BACKSCATTER, REFLECTANCE])
def test_what_is_written_is_read_back(tmp_path: Path, spec: OutputSpec) -> None:
    values = array(spec)
    values[:, :5] = spec.nodata
    path = tmp_path / "new" / "result.tif"
    write_raster(path, values, grid(700, 1300), spec, {"COPGEN_SYNTHETIC": "YES", "COPGEN_SEED": "3"})
    with rasterio.open(path) as dataset:
        assert np.array_equal(dataset.read(), values)
        assert dataset.transform == grid(700, 1300).affine
        assert dataset.crs.to_epsg() == 32630
        assert dataset.dtypes == (spec.dtype,) * len(spec.descriptions)
        assert set(dataset.nodatavals) == {spec.nodata}
        assert dataset.descriptions == spec.descriptions
        assert set(dataset.units) == {spec.unit or None}
        assert set(dataset.scales) == {spec.scale} and set(dataset.offsets) == {spec.offset}
        assert dataset.tags() == {"COPGEN_SYNTHETIC": "YES", "COPGEN_SEED": "3", "AREA_OR_POINT": "Area"}
        assert dataset.compression.name == "deflate"
        assert dataset.tags(ns="IMAGE_STRUCTURE")["PREDICTOR"] == ("3" if spec.dtype == "float32" else "2")
        assert dataset.block_shapes[0] == (512, 512)
        assert all(flags == [MaskFlags.nodata] for flags in dataset.mask_flag_enums)
        first = ColorInterp.red if spec.is_rgb else ColorInterp.gray
        assert dataset.colorinterp[0] == first
        assert ColorInterp.alpha not in dataset.colorinterp
    assert rio_cogeo.cog_validate(path, quiet=True)[0]
    assert os.listdir(path.parent) == ["result.tif"]


def test_overviews_average_the_valid_pixels(tmp_path: Path) -> None:
    values = np.full((1, 1024, 1024), 100, np.uint8)
    values[:, :, ::2] = 0
    values[:, 1::2] = 200
    write_raster(tmp_path / "a.tif", values, grid(1024, 1024), OutputSpec("uint8", 0, ("hillshade",)))
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert dataset.overviews(1) == [2]
        # Per 2 x 2 pixels: one missing, 100, and 200 twice.
        assert set(np.unique(dataset.read(1, out_shape=(512, 512)))) <= {166, 167}


def test_overviews_of_classes_pick(tmp_path: Path) -> None:
    values = np.random.default_rng(0).choice([1, 9], (1, 1024, 1024)).astype(np.uint8)
    write_raster(tmp_path / "a.tif", values, grid(1024, 1024), OutputSpec("uint8", 0, ("class",), is_classes=True))
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert set(np.unique(dataset.read(1, out_shape=(512, 512)))) == {1, 9}


def test_nan_is_written_as_nodata(tmp_path: Path) -> None:
    values = array(BACKSCATTER, 60, 70)
    values[0, 3, 4] = np.nan
    values[1, -1] = np.nan
    write_raster(tmp_path / "a.tif", values, grid(60, 70), BACKSCATTER)
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert np.array_equal(dataset.read() == -9999, np.isnan(values))


def test_the_same_result_has_the_same_bytes_everywhere(tmp_path: Path) -> None:
    hashes = set()
    for place in ("one", "another/deeper"):
        path = tmp_path / place / "x.tif"
        write_raster(path, array(PICTURE), grid(700, 1300), PICTURE, {"B": "2", "A": "1"})
        hashes.add(hashlib.sha256(path.read_bytes()).hexdigest())
        assert str(tmp_path).encode() not in path.read_bytes()
    assert len(hashes) == 1


@pytest.mark.parametrize(
    "affine",
    [Affine(10, 0, 5e5, 0, 10, 4e6), Affine(10, 0, 5e5, 0, -10, 4e6) * Affine.rotation(20), Affine(20, 0, 0, 0, -5, 0)],
)
def test_any_grid_is_written_exactly(tmp_path: Path, affine: Affine) -> None:
    geobox = GeoBox((60, 70), affine, "EPSG:32630")
    write_raster(tmp_path / "a.tif", array(PICTURE, 60, 70), geobox, PICTURE)
    with rasterio.open(tmp_path / "a.tif") as dataset:
        assert np.allclose(tuple(dataset.transform), tuple(affine), rtol=1e-12, atol=0)


@pytest.mark.parametrize("failure", [KeyboardInterrupt(), RuntimeError("stopped")])
def test_nothing_is_left_of_a_failed_write(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    path = tmp_path / "x.tif"
    write_raster(path, array(PICTURE), grid(700, 1300), PICTURE)
    before = path.read_bytes()

    def stop(*_: object) -> None:
        raise failure

    monkeypatch.setattr(write, "_check_complete", stop)
    with pytest.raises(type(failure)):
        write_raster(path, array(PICTURE) + 1, grid(700, 1300), PICTURE)
    assert os.listdir(tmp_path) == ["x.tif"]
    assert path.read_bytes() == before


FULL_DISK = """
import resource, signal, sys
import numpy as np
from model_runtime.contract import CopGenError
from model_runtime.raster.lattice import Lattice
from model_runtime.raster.write import OutputSpec, write_raster
from odc.geo.crs import CRS
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
values = np.random.default_rng(0).integers(1, 255, (3, 1020, 1020)).astype("uint8")
try:
    write_raster(sys.argv[1], values, Lattice(CRS("EPSG:32630"), 10.0).geobox(0, 0, 1020, 1020),
                 OutputSpec("uint8", 0, ("red", "green", "blue"), is_rgb=True))
except CopGenError as error:
    print(error.message)
    sys.exit(error.status)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="file size limits are POSIX")
@pytest.mark.parametrize("limit", [200_000, 3_100_000, 3_200_000])
def test_a_disk_that_takes_no_more_is_a_resource_error(tmp_path: Path, root: Path, limit: int) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL_DISK, str(tmp_path / "x.tif"), str(limit)],
        capture_output=True,
        text=True,
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(root)},
        check=False,
    )
    assert done.returncode == 5, done
    assert "x.tif" in done.stdout and done.stdout.count("\n") == 1
    assert "Traceback" not in done.stderr
    assert os.listdir(tmp_path) == []


def test_a_folder_that_cannot_be_is_an_input_error(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="folder cannot be made"):
        write_raster(tmp_path / "file" / "x.tif", array(PICTURE, 20, 20), grid(20, 20), PICTURE)
    (tmp_path / "taken.tif").mkdir()
    with pytest.raises(InputError, match=r"taken\.tif"):
        write_raster(tmp_path / "taken.tif", array(PICTURE, 20, 20), grid(20, 20), PICTURE)
    assert sorted(os.listdir(tmp_path)) == ["file", "taken.tif"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_may_not_be_written_to_is_an_input_error(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(InputError, match="may not be written to"):
        write_raster(tmp_path / "x.tif", array(PICTURE, 20, 20), grid(20, 20), PICTURE)


def test_arrays_that_do_not_fit_are_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        write_raster("x.tif", array(PICTURE, 20, 21), grid(20, 20), PICTURE)
    with pytest.raises(ValueError, match="does not fit"):
        write_raster("x.tif", array(BACKSCATTER, 20, 20), grid(20, 20), PICTURE)


def test_what_lay_beside_an_older_result_is_not_read_with_the_new_one(tmp_path: Path) -> None:
    path = tmp_path / "result.tif"
    write_raster(path, array(PICTURE), grid(700, 1300), PICTURE)
    aux = path.with_name("result.tif.aux.xml")
    aux.write_text("<PAMDataset><SRS>EPSG:32633</SRS></PAMDataset>", encoding="utf-8")
    with rasterio.open(path) as dataset:
        assert dataset.crs.to_epsg() == 32633, "such a file counts"
    write_raster(path, array(PICTURE), grid(700, 1300), PICTURE)
    with rasterio.open(path) as dataset:
        assert dataset.crs.to_epsg() == 32630
    assert [entry.name for entry in tmp_path.iterdir()] == ["result.tif"]
