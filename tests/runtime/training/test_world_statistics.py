"""What is compared between the simulated world and real tiles."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import rasterio
from scipy.ndimage import gaussian_filter

from model_runtime.training.evidence.frozen import Place, RealFile
from model_runtime.training.evidence.world import (
    TILE,
    Statistics,
    main,
    measure,
    measure_speckle,
    outliers,
    read_radar,
    simulated_place,
)


def speckled(response: float) -> np.ndarray:
    """Radar image of one ground in dB whose speckle is shared by neighbours as far as the point response reaches."""
    chance = np.random.default_rng(0)
    power = chance.standard_gamma(4.5, (256, 256))
    return 10 * np.log10(gaussian_filter(power, response) if response else power).astype(np.float32)


@pytest.mark.parametrize(("response", "spread", "shared"), [(0.0, 2.0, 0.0), (0.75, 0.65, 0.6)])
def test_speckle_is_told_by_its_strength_and_reach(response: float, spread: float, shared: float) -> None:
    strength, correlation = measure_speckle(speckled(response))
    assert strength == pytest.approx(spread, rel=0.15)
    assert correlation == pytest.approx(shared, abs=0.1)


def test_speckle_bears_places_without_data() -> None:
    image = speckled(0.0)
    image[:40] = np.nan
    assert np.isfinite(measure_speckle(image)).all()


@pytest.fixture(scope="module")
def simulated() -> Statistics:
    places = [simulated_place(seed) for seed in (710_001, 710_002)]
    assert all(picture.shape[1:] == (TILE, TILE) for pictures, _ in places for picture in pictures.values())
    return measure([pictures for pictures, _ in places], [decibels for _, decibels in places])


@pytest.mark.parametrize("wrong", [["--places", "0"], ["--workers", "-1"]])
def test_no_places_or_workers_are_refused(wrong: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([*wrong, "--shared", str(tmp_path)]) == 2
    assert f"{wrong[0]} " in capsys.readouterr().err


def test_radar_of_a_part_of_a_tile_is_read_there(tmp_path: Path) -> None:
    ramp = np.arange(100 * 100, dtype=np.float32).reshape(100, 100)
    transform = rasterio.transform.from_origin(600_000, 5_000_000, 10, 10)
    profile = {"driver": "GTiff", "height": 100, "width": 100, "count": 1, "dtype": "float32"}
    with rasterio.open(tmp_path / "radar.tif", "w", crs="EPSG:32632", transform=transform, **profile) as dataset:
        dataset.write(ramp, 1)
    whole = Place("tile", "a tile", {"s1_rtc": RealFile("radar.tif")})
    part = replace(whole, bounds=(600_200.0, 4_999_500.0, 600_300.0, 4_999_800.0), bounds_crs="EPSG:32632")
    assert np.array_equal(read_radar(whole, tmp_path), ramp)
    assert np.array_equal(read_radar(part, tmp_path), ramp[20:50, 20:30])


def test_what_lies_outside_is_named(simulated: Statistics) -> None:
    chance = np.random.default_rng(0)
    noise = {"s2_l2a": chance.integers(0, 256, (3, TILE, TILE), dtype=np.uint8)}
    found = outliers(simulated, {"somewhere": measure([noise], [])})
    assert len(found) == 1 and found[0].startswith("L2A of somewhere") and "more at 2 to 4 px" in found[0]
    assert "s1_rtc" not in measure([noise], []).power
