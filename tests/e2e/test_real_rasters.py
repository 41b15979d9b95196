"""Every real raster in every role either works or is refused in one sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio

from model_runtime.cli.main import main
from model_runtime.contract import MODALITIES

DATA = Path(__file__).resolve().parents[3] / "shared" / "data"
SUFFIXES = {".tif", ".jp2", ".nc", ".vrt", ".gpkg", ".SAFE"}
INSIDE_SAFE = ("R60m/T29UNU_20221005T115411_B04_60m.jp2", "R60m/T29UNU_20221005T115411_TCI_60m.jp2")


def rasters() -> list[Path]:
    found = [path for path in sorted(DATA.rglob("*")) if path.suffix in SUFFIXES]
    inside = [path for path in found if any(parent.suffix == ".SAFE" for parent in path.parents)]
    kept = [path for path in inside if path.as_posix().endswith(INSIDE_SAFE)]
    return [path for path in found if path not in inside] + kept


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    capsys.readouterr()
    status = main(["generate", *words, "--json"])
    captured = capsys.readouterr()
    return status, json.loads(captured.out.strip().splitlines()[-1]), captured.err


@pytest.mark.parametrize("modality", MODALITIES)
@pytest.mark.parametrize("path", rasters(), ids=lambda path: path.relative_to(DATA).as_posix())
def test_every_raster_in_every_role(
    path: Path, modality: str, shared: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = "s2_l2a" if modality != "s2_l2a" else "dem"
    status, result, err = run(
        capsys, "--condition", f"{modality}={path}", "--generate", target, "--product", PRODUCT[target],
        "--model", str(tiny_bundle), "--steps", "1", "--output", str(tmp_path),
    )  # fmt: skip
    assert "Traceback" not in err
    if status == 0:
        with rasterio.open(result["outputs"][0]["path"]) as made:
            assert made.tags()["COPGEN_SYNTHETIC"] == "YES"
            assert (made.read() > 0).any()
        return
    assert status == 3, result
    message = result["error"]["message"]
    assert len(message.splitlines()) == 1
    assert path.name in message or "--bounds" in message, message
    assert not list(tmp_path.iterdir()), "nothing half-written"


PRODUCT = {"dem": "dem=hillshade", "s2_l2a": "s2_l2a=thumbnail"}


@pytest.mark.parametrize(
    ("file", "modality", "settings"),
    [
        ("s2_openeo_bolzano/S2_L2A_sample_west.tif", "s2_l2a", []),
        ("coloc_terramind/433D_629L_3_1/S2L2A.tif", "s2_l2a", []),
        ("coloc_sen1floods11/Spain_7370579_S2Hand.tif", "s2_l1c", ["--crs", "input"]),
        ("derived/433D_629L_3_1_S2L2A_southup.tif", "s2_l2a", ["--crs", "input"]),
        ("derived/433D_629L_3_1_S2L2A_rot.tif", "s2_l2a", ["--crs", "input"]),
        ("derived/433D_629L_3_1_S2L2A_3857.tif", "s2_l2a", ["--crs", "input"]),
    ],
)
def test_results_lie_exactly_on_the_input(
    file: str,
    modality: str,
    settings: list[str],
    shared: Path,
    tiny_bundle: Path,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    path = shared / "data" / file
    status, result, _ = run(
        capsys, "--condition", f"{modality}={path}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1",
        "--output", str(tmp_path), *settings,
    )  # fmt: skip
    assert status == 0, result
    with rasterio.open(result["outputs"][0]["path"]) as made, rasterio.open(path) as source:
        assert made.crs == source.crs
        assert made.shape == source.shape
        np.testing.assert_allclose(made.transform, source.transform, rtol=0, atol=1e-7)
        covered = (made.read(1) > 0).mean()
    assert covered > 0.9


def test_two_conditions_at_once_of_different_instruments(
    shared: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = shared / "data" / "coloc_sen1floods11"
    status, result, _ = run(
        capsys, "--condition", f"s2_l1c={folder / 'Spain_7370579_S2Hand.tif'}", "--condition",
        f"s1_rtc={folder / 'Spain_7370579_S1Hand.tif'}", "--generate", "dem", "--model", str(tiny_bundle), "--steps",
        "1", "--crs", "input", "--output", str(tmp_path),
    )  # fmt: skip
    assert status == 0, result
    assert result["recognised"]["s1_rtc"]["encoding"] == "db"
    assert any("gamma-nought" in warning for warning in result["warnings"])
    with rasterio.open(result["outputs"][0]["path"]) as made:
        assert (made.crs.to_epsg(), made.shape) == (4326, (512, 512))


TRUE_OFFSETS = {
    ("38D_378R_2_3", "S2L1C"): (0.0, "statistics"),
    ("38D_378R_2_3", "S2L2A"): (0.0, "statistics"),
    ("282D_485L_3_3", "S2L1C"): (-1000.0, "statistics"),
    ("282D_485L_3_3", "S2L2A"): (0.0, "statistics"),
    ("433D_629L_3_1", "S2L1C"): (-1000.0, "statistics"),
    ("433D_629L_3_1", "S2L2A"): (0.0, "assumed"),
}


@pytest.mark.parametrize(("tile", "level"), TRUE_OFFSETS)
def test_the_offset_of_baseline_4_is_told_by_each_file_itself(
    tile: str, level: str, shared: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    modality = {"S2L1C": "s2_l1c", "S2L2A": "s2_l2a"}[level]
    path = shared / "data" / "coloc_terramind" / tile / f"{level}.tif"
    _, result, _ = run(
        capsys, "--condition", f"{modality}={path}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1",
        "--output", str(tmp_path),
    )  # fmt: skip
    found = result["recognised"][modality]
    assert (found["offset"], found["offset_source"]) == TRUE_OFFSETS[tile, level]
    with rasterio.open(tmp_path / "dem_hillshade.tif") as made:
        tags = made.tags()
    assert tags["COPGEN_OFFSET_SOURCE"] == found["offset_source"]
    assert float(tags[f"COPGEN_OFFSET_{modality.upper()}"]) == found["offset"]
    assert any("--offset" in warning for warning in result["warnings"]) == (found["offset_source"] == "assumed")


def test_a_safe_product_asks_for_bounds_and_tells_its_offset(
    shared: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    safe = next((shared / "data" / "s2_safe_T29UNU").glob("*.SAFE"))
    words = ("--condition", f"s2_l2a={safe}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1")
    status, result, _ = run(capsys, *words, "--output", str(tmp_path))
    assert status == 3
    assert "--bounds" in result["error"]["message"]
    bounds = ("--bounds", "560000", "5840000", "562000", "5842000")
    status, result, _ = run(capsys, *words, *bounds, "--output", str(tmp_path))
    assert status == 0, result
    found = result["recognised"]["s2_l2a"]
    assert (found["offset"], found["offset_source"]) == (-1000.0, "metadata")
    assert any("upsampled" in warning for warning in result["warnings"])
    with rasterio.open(tmp_path / "dem_hillshade.tif") as made:
        assert (made.shape, made.res) == ((200, 200), (10.0, 10.0))
    words = ("--condition", f"s2_l1c={safe}", "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1")
    status, result, _ = run(capsys, *words, *bounds, "--output", str(tmp_path / "other"))
    assert status == 3
    assert "S2MSI2A" in result["error"]["message"]


def test_band_files_are_joined_by_repeating_the_condition(
    shared: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = next((shared / "data" / "s2_safe_T29UNU").rglob("R60m"))
    files = [folder / f"T29UNU_20221005T115411_B0{band}_60m.jp2" for band in (2, 4, 3)]
    conditions = [word for file in files for word in ("--condition", f"s2_l2a={file}")]
    status, result, _ = run(
        capsys, *conditions, "--generate", "dem", "--model", str(tiny_bundle), "--steps", "1", "--bounds", "560000",
        "5840000", "562000", "5842000", "--output", str(tmp_path),
    )  # fmt: skip
    assert status == 0, result
    assert result["recognised"]["s2_l2a"]["bands"] == [2, 3, 1]
