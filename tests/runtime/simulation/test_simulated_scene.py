"""The simulated world: plausible products of one place that inform each other."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.contract import UsageError
from model_runtime.modalities.dem import illumination
from model_runtime.simulation.cover import Cover
from model_runtime.simulation.noise import block_mean, enlarge, fractal_noise
from model_runtime.simulation.scene import Scene, simulate_scene
from model_runtime.simulation.thumbnails import scene_thumbnails

SIZE = 516


@pytest.fixture(scope="module")
def scenes() -> list[Scene]:
    return [simulate_scene(seed, SIZE) for seed in (1, 3, 5, 7, 11, 16)]


def test_a_seed_is_a_scene(scenes: list[Scene]) -> None:
    again = simulate_scene(1, SIZE)
    for name in ("s2_l1c", "s2_l2a", "s1_rtc", "dem", "cover"):
        assert np.array_equal(getattr(scenes[0], name), getattr(again, name))
    assert not np.array_equal(scenes[0].dem, scenes[1].dem)


def test_products_have_shape_and_unit_of_the_real_ones(scenes: list[Scene]) -> None:
    for scene in scenes:
        assert scene.s2_l1c.shape == scene.s2_l2a.shape == (3, SIZE, SIZE)
        assert scene.s2_l1c.dtype == scene.s2_l2a.dtype == np.uint16
        assert scene.s1_rtc.shape == (2, SIZE, SIZE) and scene.s1_rtc.dtype == np.float32
        assert scene.dem.shape == (SIZE // 3, SIZE // 3) and scene.dem.dtype == np.float32
        assert scene.s2_l2a.min() >= 1 and np.median(scene.s2_l2a) < 6000
        assert np.isfinite(scene.dem).all() and scene.dem.min() >= -1 and scene.dem.max() < 6000
        decibel = 10 * np.log10(scene.s1_rtc)
        assert decibel.min() >= -40.01 and -25 < np.median(decibel) < -4
        assert np.median(decibel[0]) > np.median(decibel[1])


def test_air_adds_light_most_in_blue(scenes: list[Scene]) -> None:
    for scene in scenes:
        dark = np.percentile(scene.s2_l1c, 2, axis=(1, 2)) - np.percentile(scene.s2_l2a, 2, axis=(1, 2))
        assert dark[2] > dark[1] > 0


def test_water_is_dark_and_flat_in_all_products(scenes: list[Scene]) -> None:
    found, dark = 0, 0
    for scene in scenes:
        water = block_mean((scene.cover == Cover.WATER).astype(np.float32), 3) == 1
        # Only where the surroundings are water too: the radar and the camera blur the shore.
        inner = water & (np.abs(np.stack(np.gradient(scene.dem))).max(axis=0) < 1e-3)
        if inner.sum() < 200 or inner.mean() > 0.9:
            continue
        found += 1
        fine = np.repeat(np.repeat(inner, 3, axis=0), 3, axis=1)
        land = scene.cover != Cover.WATER
        assert scene.s1_rtc[1][fine].mean() < 0.6 * scene.s1_rtc[1][land].mean()
        dark += np.median(scene.s2_l2a[0][fine]) < np.median(scene.s2_l2a[0][land])
    # Laden with sediment, water may be as bright as a forest.
    assert found >= 2 and dark > found / 2


def test_relief_shows_in_the_optical_picture() -> None:
    correlations = []
    for seed in (3, 7, 11):  # under a clear sky
        scene = simulate_scene(seed, SIZE)
        brightness = np.log(block_mean(scene.s2_l2a.mean(axis=0).astype(np.float32), 3))
        land = block_mean((scene.cover == Cover.WATER).astype(np.float32), 3) < 0.01
        # The sun stands in the south-east, the hillshade's light in the north-west.
        correlations.append(np.corrcoef(brightness[land], illumination(scene.dem)[land])[0, 1])
    assert max(correlations) < -0.15, correlations


def test_speckle_has_four_to_five_looks(scenes: list[Scene]) -> None:
    scene = max(scenes, key=lambda entry: float((entry.cover == Cover.WATER).mean()))
    water = block_mean((scene.cover == Cover.WATER).astype(np.float32), 12) == 1
    blocks = scene.s1_rtc[0][: SIZE // 12 * 12, : SIZE // 12 * 12].reshape(SIZE // 12, 12, SIZE // 12, 12)
    means, variances = blocks.mean(axis=(1, 3))[water], blocks.var(axis=(1, 3))[water]
    assert 3.5 < np.median(means**2 / variances) < 5.5


def test_thumbnails_are_what_the_network_sees(scenes: list[Scene]) -> None:
    pictures = scene_thumbnails(scenes[0])
    assert list(pictures) == ["dem", "s1_rtc", "s2_l1c", "s2_l2a"]
    for name, picture in pictures.items():
        assert picture.shape == (1 if name == "dem" else 3, SIZE, SIZE) and picture.dtype == np.uint8
        assert picture.std() > 5


def test_size_must_hold_whole_cells() -> None:
    with pytest.raises(UsageError, match="multiple of 3"):
        simulate_scene(1, 100)


def test_noise_has_unit_variance_and_its_wavelengths() -> None:
    rng = np.random.default_rng(0)
    field = np.concatenate([fractal_noise(rng, 256, 8, 32).ravel() for _ in range(4)]).reshape(-1, 256)
    assert abs(field.std() - 1) < 0.1 and abs(field.mean()) < 0.1
    assert np.abs(np.diff(field)).mean() < 0.3


def test_enlarging_keeps_places() -> None:
    field = np.random.default_rng(0).normal(size=(20, 20)).astype(np.float32)
    for order in (1, 3):
        assert np.corrcoef(block_mean(enlarge(field, 3, order), 3).ravel(), field.ravel())[0, 1] > 0.9
