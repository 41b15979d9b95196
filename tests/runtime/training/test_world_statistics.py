"""What is compared between the simulated world and real tiles."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.ndimage import gaussian_filter

from model_runtime.training.evidence.world import TILE, Statistics, measure, measure_speckle, outliers, simulated_place


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


def test_what_lies_outside_is_named(simulated: Statistics) -> None:
    chance = np.random.default_rng(0)
    noise = {"s2_l2a": chance.integers(0, 256, (3, TILE, TILE), dtype=np.uint8)}
    found = outliers(simulated, {"somewhere": measure([noise], [])})
    assert len(found) == 1 and found[0].startswith("L2A of somewhere") and "more at 2 to 4 px" in found[0]
    assert "s1_rtc" not in measure([noise], []).power
