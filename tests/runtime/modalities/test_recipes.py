"""Recipes both ways: against matplotlib, Pillow, and their own inverses."""

from __future__ import annotations

import numpy as np
import pytest
from matplotlib.colors import LightSource
from PIL import Image

from model_runtime.modalities import Stretch, get_modality
from model_runtime.modalities.base import Interpretation
from model_runtime.modalities.dem import Dem, enlarge, hillshade, illumination, stretch_illumination
from model_runtime.modalities.s1_rtc import S1Rtc, db_to_power, measure_power, power_to_thumbnail, thumbnail_to_db
from model_runtime.modalities.sentinel2 import reflectance_to_thumbnail, tci_to_reflectance, thumbnail_to_reflectance


def relief(size: int = 356, seed: int = 0) -> np.ndarray:
    steps = np.random.default_rng(seed).normal(size=(size, size))
    return (steps.cumsum(0).cumsum(1) / 10).astype(np.float32)


def test_hillshade_is_matplotlibs_to_the_byte() -> None:
    elevation = relief()
    light = LightSource(azdeg=315, altdeg=45).hillshade(elevation, vert_exag=1, dx=1, dy=1)
    np.testing.assert_array_equal(hillshade(elevation), (light * 255).astype(np.uint8))


def test_enlarging_is_pillows_bilinear_to_the_byte() -> None:
    shade = hillshade(relief())
    expected = np.asarray(Image.fromarray(shade).resize((1068, 1068), Image.Resampling.BILINEAR))
    np.testing.assert_array_equal(enlarge(shade), expected)


def test_flat_ground_is_not_stretched() -> None:
    assert set(np.unique(hillshade(np.full((9, 9), 250.0, np.float32)))) == {180}


def test_light_comes_from_the_north_west() -> None:
    ridge = -np.abs(np.arange(21) - 10).astype(np.float32)[None, :] * np.ones((21, 1), np.float32)
    shade = illumination(ridge)
    assert shade[10, 5] > shade[10, 15]
    assert illumination(ridge.T)[5, 10] > illumination(ridge.T)[15, 10]


def test_missing_elevation_takes_no_part() -> None:
    elevation = relief(60)
    holed = elevation.copy()
    holed[20:30, 20:30] = np.nan
    light, whole = illumination(holed), illumination(elevation)
    assert np.isnan(light[20:30, 20:30]).all()
    far = np.ones_like(light, bool)
    far[18:32, 18:32] = False
    np.testing.assert_array_equal(light[far], whole[far])
    assert np.isfinite(light[19, 19:31]).all(), "the ring around the hole has one-sided slopes"
    assert (hillshade(holed)[20:30, 20:30] == 0).all()


def test_a_hole_does_not_darken_its_neighbours() -> None:
    dem, reading = Dem(), Interpretation("dem", (1,), "elevation")
    elevation = np.full((1, 20, 20), 100.0, np.float32)
    elevation[0, 8:12, 8:12] = np.nan
    picture = dem.to_picture(elevation, reading, Stretch(((0.7071, 0.7071),)))
    assert picture.shape == (3, 48, 48)
    assert set(np.unique(picture)) == {0, 180}
    assert (picture[0] == 0).sum() == 16 * 9


@pytest.mark.parametrize("number", [1, 100, 900, 3333, 6456])
def test_reflectance_survives_the_thumbnail_within_one_grey_level(number: int) -> None:
    reflectance = np.array([number / 10000], np.float32)
    grey = reflectance_to_thumbnail(reflectance)
    assert int(grey[0]) == int(255 * 1.3 * (number / 10000) ** 0.6)
    back = thumbnail_to_reflectance((grey.astype(np.float32) + 0.5) / 255)
    step = np.diff(thumbnail_to_reflectance((np.array([grey[0], grey[0] + 1], np.float32) + 0.5) / 255))[0]
    assert abs(back[0] - reflectance[0]) <= step


def test_reflectance_is_clipped_and_negative_numbers_make_no_nan() -> None:
    grey = reflectance_to_thumbnail(np.array([-0.2, 0.0, 0.645, 0.647, 7.0, np.nan], np.float32))
    assert grey.tolist() == [0, 0, 254, 255, 255, 0]


def test_true_colour_image_is_linear_up_to_a_quarter() -> None:
    np.testing.assert_allclose(tci_to_reflectance(np.array([1, 128, 255], np.uint8)), [0.0, 0.125, 0.25], atol=1e-6)


def test_offset_is_added_before_the_division() -> None:
    level = get_modality("s2_l2a")
    stored = np.full((3, 2, 2), 2000, np.uint16)
    reading = Interpretation("s2_l2a", (1, 2, 3), "reflectance", offset=-1000.0, gain=1e-4)
    physical = level.to_physical(stored, np.ones_like(stored, bool), reading)
    np.testing.assert_allclose(physical, 0.1, atol=1e-7)


def test_valid_reflectance_is_never_nodata() -> None:
    product = get_modality("s2_l1c").to_product(np.zeros((3, 4, 4), np.float32), "reflectance")
    assert product.dtype == np.uint16
    assert product.min() == 1


def speckled(shape: tuple[int, int] = (64, 64)) -> np.ndarray:
    generator = np.random.default_rng(3)
    return np.stack([generator.gamma(4.4, 0.03, shape), generator.gamma(4.4, 0.006, shape)]).astype(np.float32)


def test_backscatter_survives_the_false_colour_picture() -> None:
    power = speckled()
    limits = measure_power(power)
    assert limits is not None
    stretch = Stretch(limits)
    picture = power_to_thumbnail(power, stretch)
    back = thumbnail_to_db((picture.astype(np.float32) + 0.5) / 255, stretch)
    widths = [high - low for low, high in limits[:2]]
    for band, width in zip(back - 10 * np.log10(power), widths, strict=True):
        assert np.abs(band).max() <= width / 255


def test_red_is_vv_and_green_their_sum_spread_to_its_largest() -> None:
    power = speckled()
    picture = power_to_thumbnail(power)
    assert [picture[channel].max() for channel in range(3)] == [255, 255, 255]
    assert np.corrcoef(picture[0].ravel(), power[0].ravel())[0, 1] > 0.9
    assert np.corrcoef(picture[2].ravel(), power[1].ravel())[0, 1] > 0.9


@pytest.mark.parametrize(
    ("encoding", "encode"),
    [
        ("linear", lambda power: power),
        ("db", lambda power: 10 * np.log10(power)),
        ("amplitude", np.sqrt),
        ("scaled", lambda power: 10 ** ((10 * np.log10(power) + 83) / 20)),
    ],
)
def test_every_encoding_means_the_same_power(encoding: str, encode: object) -> None:
    power = speckled().astype(np.float64)
    stored = encode(power)  # type: ignore[operator]
    reading = Interpretation("s1_rtc", (1, 2), encoding)
    physical = S1Rtc().to_physical(stored, np.ones(power.shape, bool), reading)
    np.testing.assert_allclose(physical, power, rtol=2e-5)


def test_no_power_is_no_data() -> None:
    stored = np.array([[[0.0, -1.0, np.nan, 0.1]], [[0.1, 0.1, 0.1, 0.1]]])
    modality, reading = S1Rtc(), Interpretation("s1_rtc", (1, 2), "linear")
    physical = modality.to_physical(stored, np.ones(stored.shape, bool), reading)
    assert modality.valid_pixels(physical, reading).tolist() == [[False, False, False, True]]
    picture = modality.to_picture(physical, reading, Stretch(((-20.0, 0.0), (-20.0, 0.0), (0.0, 510.0))))
    assert (picture[:, 0, :3] == 0).all()
    assert (picture[:, 0, 3] > 0).all()


def test_decibels_are_never_averaged() -> None:
    mean_of_power = 10 * np.log10(db_to_power(np.array([-20.0, 0.0])).mean())
    assert mean_of_power == pytest.approx(-2.967, abs=1e-3)


def test_a_stretch_clips() -> None:
    light = np.array([[0.1, 0.5, 0.9]], np.float32)
    assert stretch_illumination(light, 0.4, 0.6).tolist() == [[0, 127, 255]]
