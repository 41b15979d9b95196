"""The same place gives the same picture, whatever the area, the batch or the number of threads."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.warp import transform

from model_runtime import generate as generate_module
from model_runtime.cli.main import main
from model_runtime.conditions import open_condition, read_picture, with_stretch
from model_runtime.contract import Condition
from model_runtime.raster.geodesy import parse_crs
from model_runtime.raster.lattice import Lattice, PixelWindow
from model_runtime.sampling.autoencoder_windows import HALO

CHIP = 256
LATENT = 8
WEST, NORTH = 500_030.0, 5_160_010.0

# A pixel depends on the autoencoder's windows over it, their latents on the network's windows over them, and
# those on conditions encoded in windows that must not touch the border of the area.
CROPPED = CHIP - int(CHIP * HALO)
REACH = CROPPED + (CHIP - LATENT) + CROPPED


def relief(x: NDArray[np.float64], y: NDArray[np.float64]) -> NDArray[np.float64]:
    """Elevation in metres of an invented landscape, at coordinates of EPSG:32632."""
    waves = [(90.0, 2900.0, 1700.0), (25.0, -800.0, 900.0), (6.0, 410.0, 260.0)]
    return 800 + sum(height * np.sin(x / along + y / across) for height, along, across in waves)


def write(path: Path, pixels: NDArray[Any], west: float = WEST, north: float = NORTH, size: float = 10.0) -> Path:
    bands = pixels if pixels.ndim == 3 else pixels[np.newaxis]
    with rasterio.open(
        path, "w", driver="GTiff", count=len(bands), height=bands.shape[1], width=bands.shape[2], dtype=bands.dtype,
        crs="EPSG:32632", transform=Affine(size, 0, west, 0, -size, north),
    ) as dataset:  # fmt: skip
        dataset.write(bands)
    return path


def reflectance(rows: int, columns: int, seed: int = 3) -> NDArray[np.uint16]:
    """Fields and noise, 12 bands in Sentinel order."""
    generator = np.random.default_rng(seed)
    fields = generator.uniform(200, 3000, (12, rows // 20 + 1, columns // 20 + 1))
    picture = np.kron(fields, np.ones((20, 20)))[:, :rows, :columns] + generator.normal(0, 40, (12, rows, columns))
    return np.clip(picture, 1, 10_000).astype(np.uint16)


def elevation(rows: int, columns: int) -> NDArray[np.float32]:
    x, y = WEST + 10 * (np.arange(columns) + 0.5), NORTH - 10 * (np.arange(rows) + 0.5)
    return relief(x[np.newaxis], y[:, np.newaxis]).astype(np.float32)


def generate(out: Path, bundle: Path, *words: str) -> NDArray[Any]:
    status = main(["generate", "--model", str(bundle), "--steps", "1", "--seed", "4", "--output", str(out), *words])
    assert status == 0
    with rasterio.open(next(out.glob("*.tif"))) as dataset:
        return dataset.read()


def bounds_of(window: PixelWindow) -> list[str]:
    west, north = WEST + 10 * window.column, NORTH - 10 * window.row
    edges = (west, north - 10 * window.height, west + 10 * window.width, north)
    return ["--bounds", *(f"{edge:.0f}" for edge in edges)]


@pytest.mark.parametrize(
    ("given", "wanted", "upright"), [("s2_l2a", "dem", False), ("dem", "s2_l1c", True)], ids=["dem", "s2"]
)
def test_a_part_is_the_same_part_of_the_whole(
    given: str, wanted: str, upright: bool, tiny_bundle: Path, tmp_path: Path
) -> None:
    long, short, cut = 2 * REACH + 560, 280, 170
    shape = (long, short) if upright else (short, long)
    pixels = elevation(*shape) if given == "dem" else reflectance(*shape)
    path = write(tmp_path / "whole.tif", pixels)
    words = ("--condition", f"{given}={path}", "--generate", wanted)
    whole = generate(tmp_path / "whole", tiny_bundle, *words)
    part = PixelWindow(cut, 0, long - 2 * cut, short) if upright else PixelWindow(0, cut, short, long - 2 * cut)
    own = generate(tmp_path / "part", tiny_bundle, *words, *bounds_of(part))
    rows, columns = part.slices_in(PixelWindow(0, 0, *shape))
    same = (own == whole[:, rows, columns]).all(axis=(0, 2 if upright else 1))
    assert same[REACH:-REACH].all()
    assert same[REACH:-REACH].size > 200
    assert not same.all(), "near its border a part sees less than the whole"


def test_at_most_a_chip_reads_its_surroundings_if_the_file_has_them(tiny_bundle: Path, tmp_path: Path) -> None:
    pixels = reflectance(700, 700)
    around = PixelWindow(222, 172, CHIP, CHIP)
    inner = PixelWindow(250, 200, 200, 200)
    rows, columns = around.slices_in(PixelWindow(0, 0, 700, 700))
    inside = inner.slices_in(PixelWindow(0, 0, 700, 700))
    whole = write(tmp_path / "whole.tif", pixels)
    chip = write(tmp_path / "chip.tif", pixels[:, rows, columns], WEST + 10 * around.column, NORTH - 10 * around.row)
    alone = write(tmp_path / "alone.tif", pixels[(slice(None), *inside)], WEST + 2000, NORTH - 2500)
    words = ("--generate", "dem", "--offset", "s2_l2a=0", *bounds_of(inner))
    results = {
        path.stem: generate(tmp_path / path.stem, tiny_bundle, "--condition", f"s2_l2a={path}", *words)
        for path in (whole, chip, alone)
    }
    assert results["whole"].shape == (1, 200, 200)
    np.testing.assert_array_equal(results["whole"], results["chip"])
    assert (results["whole"] != results["alone"]).any(), "without surroundings it is reflected"


@pytest.mark.parametrize("shape", [(24, 24), (100, 100), (42, 24), (90, 700)])
def test_below_a_chip_works_by_reflection(shape: tuple[int, int], tiny_bundle: Path, tmp_path: Path) -> None:
    path = write(tmp_path / "small.tif", reflectance(*shape))
    result = generate(tmp_path / "out", tiny_bundle, "--condition", f"s2_l2a={path}", "--generate", "dem")
    assert result.shape == (1, *shape)
    assert (result > 0).all()
    assert result.std() > 0


def test_the_batch_size_changes_no_byte(tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(tmp_path / "scene.tif", reflectance(280, 700))
    written = []
    for size in (1, 3, 8):
        monkeypatch.setattr(generate_module, "WINDOWS_IN_A_BATCH", size)
        out = tmp_path / str(size)
        generate(out, tiny_bundle, "--condition", f"s2_l2a={path}", "--generate", "s1_rtc")
        written.append((out / "s1_rtc_thumbnail.tif").read_bytes())
    assert written[0] == written[1] == written[2]


def command(out: Path, bundle: Path, *words: str) -> list[str]:
    start = [sys.executable, "-m", "model_runtime", "generate", "--model", str(bundle), "--output", str(out), "--json"]
    return [*start, *words]


def test_other_thread_counts_differ_by_less_than_the_contract_allows(
    root: Path, tiny_bundle: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "scene.tif", reflectance(270, 300))
    results = []
    for threads in ("1", "2"):
        out = tmp_path / threads
        words = command(out, tiny_bundle, "--condition", f"s2_l2a={path}", "--generate", "dem", "--steps", "2")
        environment = {**os.environ, "OMP_NUM_THREADS": threads, "MKL_NUM_THREADS": threads}
        subprocess.run(words, cwd=root, env=environment, check=True, capture_output=True)
        with rasterio.open(out / "dem_hillshade.tif") as dataset:
            results.append(dataset.read(1).astype(int))
    difference = np.abs(results[0] - results[1])
    assert difference.mean() < 0.05
    assert (difference > 1).mean() <= 0.001


@pytest.mark.skipif(os.name == "nt", reason="POSIX signals")
@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_ends_a_run_in_one_sentence_and_leaves_nothing(
    sent: signal.Signals, root: Path, tiny_bundle: Path, tmp_path: Path
) -> None:
    path = write(tmp_path / "scene.tif", reflectance(270, 300))
    out = tmp_path / "out"
    # Many samples, so that the signal comes after the first files and long before the last one.
    words = command(
        out, tiny_bundle, "--condition", f"s2_l2a={path}", "--generate", "dem", "--steps", "1", "--samples", "900"
    )
    process = subprocess.Popen(words, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        until = time.monotonic() + 120
        while not list(out.glob("*.tif")) and process.poll() is None and time.monotonic() < until:
            time.sleep(0.02)
        process.send_signal(sent)
        told, err = process.communicate(timeout=60)
    finally:
        process.kill()
    assert process.returncode == 130, err
    error = json.loads(told.splitlines()[-1])["error"]
    assert error["status"] == 130
    assert len(error["message"].splitlines()) == 1
    assert "Traceback" not in err
    left = sorted(out.rglob("*"))
    assert all(file.parent == out and file.suffix == ".tif" for file in left), left
    for file in left:
        with rasterio.open(file) as dataset:
            assert (dataset.read() > 0).all(), "every file under its final name is whole"


def test_elevation_at_any_pixel_size_and_in_degrees_gives_nearly_one_hillshade(tmp_path: Path) -> None:
    fine = write(tmp_path / "fine.tif", elevation(900, 900))
    x, y = WEST + 30 * (np.arange(300) + 0.5), NORTH - 30 * (np.arange(300) + 0.5)
    coarse = write(tmp_path / "coarse.tif", relief(x[np.newaxis], y[:, np.newaxis]).astype(np.float32), size=30.0)
    degrees = tmp_path / "degrees.tif"
    write_in_degrees(degrees)
    lattice = Lattice.through(parse_crs("EPSG:32632"), 10.0, WEST, NORTH)
    whole = lattice.window((WEST, NORTH - 9000, WEST + 9000, NORTH))
    window = PixelWindow(whole.row + 100, whole.column + 100, 700, 700)
    pictures = []
    for path in (fine, coarse, degrees):
        condition = with_stretch(open_condition(Condition("dem", [str(path)])), lattice)
        pictures.append(read_picture(condition, lattice, window).pixels[0].astype(float))
    for other in pictures[1:]:
        assert np.abs(pictures[0] - other).mean() < 1.5
        assert best_shift(pictures[0], other) == (0, 0)


def write_in_degrees(path: Path) -> None:
    """The relief in EPSG:4326 with pixels of one arc-second."""
    second = 1 / 3600
    (west, east), (south, north) = transform(
        "EPSG:32632", "EPSG:4326", [WEST - 300, WEST + 9300], [NORTH - 9300, NORTH + 300]
    )
    columns, rows = int((east - west) / second) + 1, int((north - south) / second) + 1
    lon, lat = np.meshgrid(west + second * (np.arange(columns) + 0.5), north - second * (np.arange(rows) + 0.5))
    x, y = (np.reshape(c, lon.shape) for c in transform("EPSG:4326", "EPSG:32632", lon.ravel(), lat.ravel()))
    with rasterio.open(
        path, "w", driver="GTiff", count=1, height=rows, width=columns, dtype="float32", crs="EPSG:4326",
        transform=Affine(second, 0, west, 0, -second, north),
    ) as dataset:  # fmt: skip
        dataset.write(relief(x, y).astype(np.float32), 1)


def best_shift(first: NDArray[np.float64], second: NDArray[np.float64]) -> tuple[int, int]:
    """The shift in pixels at which two pictures differ least."""
    reach = 4
    inner = first[reach:-reach, reach:-reach]
    shifts = [(down, right) for down in range(-reach, reach + 1) for right in range(-reach, reach + 1)]
    height, width = first.shape
    differences = [
        np.abs(inner - second[reach + d : height - reach + d, reach + r : width - reach + r]).mean() for d, r in shifts
    ]
    return shifts[int(np.argmin(differences))]
