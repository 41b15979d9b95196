"""Awkward settings and files through the command line: done right, or refused in one sentence before any work."""

from __future__ import annotations

import json
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from model_runtime.cli.main import main

Run = Callable[..., tuple[int, dict[str, Any]]]

NORTH_UP = Affine(10, 0, 500_000, 0, -10, 5_160_000)


def write(path: Path, pixels: NDArray[Any], transform: Affine = NORTH_UP, names: tuple[str, ...] = ()) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    with rasterio.open(
        path, "w", driver="GTiff", count=len(pixels), height=pixels.shape[1], width=pixels.shape[2],
        dtype=pixels.dtype, crs="EPSG:32632", transform=transform,
    ) as dataset:  # fmt: skip
        dataset.write(pixels)
        if names:
            dataset.descriptions = names
    return path


def reflectance(size: int = 60, bands: int = 12) -> NDArray[np.uint16]:
    fields = np.random.default_rng(2).integers(300, 2500, (bands, size // 10, size // 10))
    return np.kron(fields, np.ones((10, 10))).astype(np.uint16)


def power(size: int = 60) -> NDArray[np.float32]:
    return np.random.default_rng(2).gamma(4.4, 0.02, (2, size, size)).astype(np.float32)


@pytest.fixture
def scene(tmp_path: Path) -> Path:
    return write(tmp_path / "in" / "l2a.tif", reflectance())


@pytest.fixture
def run(tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def call(*words: object, out: object = None) -> tuple[int, dict[str, Any]]:
        where = ("--output", str(out or tmp_path / "out"))
        capsys.readouterr()
        status = main(
            ["generate", *map(str, words), *where, "--model", str(tiny_bundle), "--steps", "1", "--overwrite", "--json"]
        )
        captured = capsys.readouterr()
        assert "Traceback" not in captured.err
        return status, json.loads(captured.out.splitlines()[-1])

    return call


def refused(answer: tuple[int, dict[str, Any]], status: int, *told: str) -> None:
    found, result = answer
    assert found == status, result
    message = result["error"]["message"]
    assert len(message.splitlines()) == 1
    for part in told:
        assert part in message, message


@pytest.mark.parametrize(
    ("bounds", "crs", "status", "told"),
    [
        ("nan nan nan nan", "EPSG:32632", 2, "finite"),
        ("0 inf 1 inf", "EPSG:32632", 2, "finite"),
        ("501000 5159000 500000 5160000", "EPSG:32632", 2, "W S E N"),
        ("500000 5160000 501000 5159000", "EPSG:32632", 2, "W S E N"),
        ("500000 5159000 500000 5160000", "EPSG:32632", 2, "W S E N"),
        ("0 94 1 95", "EPSG:4326", 2, "-90 and 90"),
        ("-1e30 -1e30 1e30 1e30", "EPSG:32632", 3, "nowhere on Earth"),
        ("1e8 1e8 1.0001e8 1.0001e8", "EPSG:32632", 3, "nowhere on Earth"),
        ("0 0 40 40", "EPSG:4326", 3, "smaller"),
    ],
)
def test_bounds_that_are_no_area_are_refused(run: Run, bounds: str, crs: str, status: int, told: str) -> None:
    refused(run("--generate", "dem", "--bounds", *bounds.split(), "--bounds-crs", crs), status, "--bounds", told)


def test_an_area_across_the_antimeridian_works_and_is_not_torn_apart(run: Run) -> None:
    bounds = ("--generate", "dem", "--bounds", 179.99, -17.01, -179.99, -16.99, "--bounds-crs", "EPSG:4326")
    status, result = run(*bounds)
    assert status == 0
    with rasterio.open(result["outputs"][0]["path"]) as made:
        assert made.crs.to_epsg() == 32701
        assert max(made.shape) < 250
    refused(run(*bounds, "--crs", "EPSG:3857"), 3, "EPSG:3857", "--crs")


@pytest.mark.parametrize("size", ["nan", "inf"])
def test_a_resolution_is_a_number(run: Run, scene: Path, size: str) -> None:
    refused(run("--condition", f"s2_l2a={scene}", "--generate", "dem", "--resolution", size), 2, "--resolution")


def test_an_output_that_cannot_be_written_is_refused_before_any_work(run: Run, scene: Path, tmp_path: Path) -> None:
    words = ("--condition", f"s2_l2a={scene}", "--generate", "dem", "--model", "no-such-model")
    taken = tmp_path / "taken"
    taken.write_text("")
    refused(run(*words, out=taken), 3, "a file")
    refused(run(*words, out=taken / "below"), 3, "a file")
    refused(run(*words, out=tmp_path / ("x" * 300)), 3, "--output")
    (tmp_path / "link").symlink_to(tmp_path / "link")
    refused(run(*words, out=tmp_path / "link"), 3, "--output")
    refused(run("--condition", f"s2_l2a={scene}:²,1,2", "--generate", "dem"), 3, "no band ²", "give their numbers")
    (tmp_path / "other" / "dem_hillshade.tif").mkdir(parents=True)
    refused(run(*words, out=tmp_path / "other"), 3, "a folder has this name")


def test_paths_with_colons_spaces_and_letters_of_any_script(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "rä um" / "x:4,3,2 = 日本.tif", reflectance())
    out = tmp_path / "été: a,b=c"
    for words in (f"s2_l2a={path}", f"s2_l2a={path}:4,3,2"):
        status, result = run("--condition", words, "--generate", "dem", out=out)
        assert status == 0, result
        assert result["recognised"]["s2_l2a"]["bands"] == [4, 3, 2]
        assert Path(result["outputs"][0]["path"]).parent == out


def test_a_tilde_is_the_users_folder(run: Run, scene: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", str(scene.parent))
    monkeypatch.setenv("USERPROFILE", str(scene.parent))
    assert run("--condition", f"s2_l2a=~/{scene.name}", "--generate", "dem")[0] == 0


def test_bands_that_the_user_names_decide_the_encoding(run: Run, tmp_path: Path) -> None:
    decibels = 10 * np.log10(power())
    angle = np.full((1, 60, 60), 38.5, np.float32)
    path = write(tmp_path / "in" / "stack.tif", np.concatenate([angle, angle + 0.5 * (angle > 0), decibels]))
    status, result = run("--condition", f"s1_rtc={path}:3,4", "--generate", "dem")
    assert status == 0, result
    assert result["recognised"]["s1_rtc"]["encoding"] == "db"
    refused(run("--condition", f"s1_rtc={path}:1,2", "--encoding", "s1_rtc=db", "--generate", "dem"), 3, "38.5")


def test_a_time_series_of_one_band_is_no_stack_of_bands(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "series.tif", reflectance(), names=("B04",) * 12)
    refused(run("--condition", f"s2_l2a={path}", "--generate", "dem"), 3, "12 of its 12 bands are called B04")
    refused(run("--condition", f"s2_l2a={path}:B04,B03,B02", "--generate", "dem"), 3, "12 bands are called B04")
    assert run("--condition", f"s2_l2a={path}:3,2,1", "--generate", "dem")[0] == 0


def test_variables_of_a_netcdf_file_have_their_names(run: Run, shared: Path) -> None:
    path = shared / "data" / "coloc_worldcereal" / "worldcereal_preprocessed_inputs.nc"
    refused(run("--condition", f"s2_l2a=NETCDF:{path}:S2-L2A-B04", "--generate", "dem"), 3, "called B04")
    joined = [word for b in "243" for word in ("--condition", f"s2_l2a=NETCDF:{path}:S2-L2A-B0{b}:5")]
    status, result = run(*joined, "--generate", "dem")
    assert status == 0, result
    assert len(result["recognised"]["s2_l2a"]["bands"]) == 3


def test_tags_of_a_result_and_the_users_word_may_not_contradict(run: Run, scene: Path, tmp_path: Path) -> None:
    status, result = run("--condition", f"s2_l2a={scene}", "--generate", "s1_rtc")
    assert status == 0
    made = result["outputs"][0]["path"]
    words = ("--condition", f"s1_rtc={made}", "--generate", "dem")
    assert run(*words, "--encoding", "s1_rtc=thumbnail", out=tmp_path / "next")[0] == 0
    refused(run(*words, "--encoding", "s1_rtc=linear", out=tmp_path / "next"), 3, "thumbnail", "--encoding")
    refused(run(*words, "--stretch", "s1_rtc=-20,0;-25,-5", out=tmp_path / "next"), 2, "--stretch", "8-bit")
    refused(run("--condition", f"s1_rtc={made}:1,2", "--generate", "dem"), 3, "red, green, blue")


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("--scale", "nan,0"), ("--scale", "1,inf"), ("--offset", "nan"), ("--stretch", "-inf,inf"),
        ("--stretch", "nan,1"),
    ],
)  # fmt: skip
def test_settings_that_are_no_numbers_are_wrong_usage(run: Run, tmp_path: Path, option: str, value: str) -> None:
    path = write(tmp_path / "in" / "dem.tif", 100 + 1000 * power()[:1])
    refused(run("--condition", f"dem={path}", "--generate", "s2_l2a", option, f"dem={value}"), 2, option)


def test_feet_become_metres_and_an_offset_changes_no_hillshade(run: Run, tmp_path: Path) -> None:
    metres = 100 + 1000 * power()[:1]
    pictures = []
    for name, pixels, extra in (
        ("m", metres, ()),
        ("ft", (metres / 0.3048).astype(np.float32), ("--scale", "dem=0.3048,0")),
        ("cm", np.rint(metres * 100).astype(np.int32), ("--scale", "dem=0.01,-50")),
    ):
        path = write(tmp_path / "in" / f"{name}.tif", pixels)
        status, result = run("--condition", f"dem={path}", "--generate", "s2_l2a", *extra, out=tmp_path / name)
        assert status == 0, result
        with rasterio.open(result["outputs"][0]["path"]) as made:
            pictures.append(made.read().astype(int))
    assert np.abs(pictures[0] - pictures[1]).max() <= 2
    assert np.abs(pictures[0] - pictures[2]).mean() < 5


def test_the_manifest_of_a_product_stands_for_the_product(run: Run, shared: Path) -> None:
    manifest = next((shared / "data" / "s2_safe_T29UNU").glob("*.SAFE/manifest.safe"))
    bounds = ("--bounds", 560000, 5840000, 561000, 5841000)
    status, result = run("--condition", f"s2_l2a={manifest}", "--generate", "dem", *bounds)
    assert status == 0, result
    assert result["recognised"]["s2_l2a"]["offset_source"] == "metadata"


def test_a_run_warns_in_its_own_words_only(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "shifted.tif", reflectance(), NORTH_UP * Affine.rotation(20))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", category=PendingDeprecationWarning)
        status, result = run("--condition", f"s2_l2a={path}", "--generate", "dem", "--crs", "input")
    assert status == 0, result


def test_a_hole_in_elevation_is_the_same_hole_in_the_result(run: Run, tmp_path: Path) -> None:
    elevation = 100 + 1000 * power(90)[:1]
    elevation[0, 31:52, 20:40] = -9999
    elevation[0, 70, 71] = -9999
    path = write(tmp_path / "in" / "holed.tif", elevation)
    with rasterio.open(path, "r+") as dataset:
        dataset.nodata = -9999
    status, result = run("--condition", f"dem={path}", "--generate", "s2_l1c")
    assert status == 0, result
    with rasterio.open(result["outputs"][0]["path"]) as made:
        np.testing.assert_array_equal((made.read() > 0).all(axis=0), elevation[0] > 0)


def test_a_named_band_does_not_stand_for_another_one(run: Run, tmp_path: Path) -> None:
    path = write(tmp_path / "in" / "infrared.tif", reflectance(bands=3), names=("B08", "B04", "B03"))
    refused(run("--condition", f"s2_l2a={path}", "--generate", "dem"), 3, "no band B02", "B08, B04, B03")
    assert run("--condition", f"s2_l2a={path}:1,2,3", "--generate", "dem")[0] == 0


def test_two_files_of_one_band_are_told_apart(run: Run, tmp_path: Path) -> None:
    for date in ("may", "june"):
        for band in ("B02", "B03", "B04"):
            write(tmp_path / "in" / date / f"{band}.tif", reflectance(bands=1))
    refused(run("--condition", f"s2_l2a={tmp_path / 'in'}", "--generate", "dem"), 3, "june", "may", "B02")
    assert run("--condition", f"s2_l2a={tmp_path / 'in' / 'may'}", "--generate", "dem")[0] == 0
