"""Units, scales and offsets that files declare."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

from model_runtime.conditions import OpenCondition, open_condition
from model_runtime.contract import Condition, InputError
from model_runtime.modalities.units import metres_of

MakeRaster = Callable[..., str]
NORTH_UP = Affine(10, 0, 500000, 0, -10, 4500000)


def opened(modality: str, path: str, bands: tuple[str, ...] = (), **settings: Any) -> OpenCondition:
    return open_condition(Condition(modality, [path], list(bands), **settings))


@pytest.fixture
def elevation(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> Callable[..., str]:
    def write(unit: str | None, crs: str = "EPSG:32630", dtype: str = "float32") -> str:
        path = make_raster((noise / 10.3).astype(dtype), NORTH_UP, crs, name="dem.tif")
        if unit is not None:
            with rasterio.open(path, "r+") as dataset:
                dataset.units = (unit,)
        return path

    return write


@pytest.mark.parametrize(
    ("unit", "metres"),
    [
        ("US survey foot", 1200 / 3937), ("ftUS", 1200 / 3937), ("Foot_US", 1200 / 3937), ("us-ft", 1200 / 3937),
        ("feet (US survey)", 1200 / 3937), ("foot", 0.3048), ("ft", 0.3048), ("Feet above sea level", 0.3048),
        ("cm", 0.01), ("dm", 0.1), ("km", 1000.0), ("metre", 1.0), ("m", 1.0), ("metres above geoid", 1.0),
        ("fathom", None), ("British foot", None),
    ],
)  # fmt: skip
def test_lengths_are_known_by_their_names(unit: str, metres: float | None) -> None:
    assert metres_of(unit) == metres


@pytest.mark.parametrize(("unit", "metres"), [("US survey foot", 1200 / 3937), ("ft", 0.3048), ("m", 1.0), (None, 1.0)])
def test_elevations_become_metres(elevation: Callable[..., str], unit: str | None, metres: float) -> None:
    path = elevation(unit)
    condition = opened("dem", path)
    stored = np.full((1, 2, 2), 1000, np.float32)
    physical = condition.modality.to_physical(stored, np.ones(stored.shape, bool), condition.reading)
    np.testing.assert_allclose(physical, 1000 * metres, rtol=1e-6)
    told = [warning for warning in condition.reading.warnings if "--scale dem=1,0" in warning]
    assert len(told) == (metres != 1.0) and all(f"dem.tif: elevations in {unit}" in warning for warning in told)
    given = opened("dem", path, scale="1,0")
    assert given.reading.gain == 1.0 and not given.reading.warnings


def test_the_unit_of_a_vertical_reference_system_counts(elevation: Callable[..., str]) -> None:
    assert opened("dem", elevation(None, "EPSG:32630+6360")).reading.gain == 1200 / 3937


def test_a_scale_and_a_unit_are_both_used(elevation: Callable[..., str]) -> None:
    path = elevation("ft", dtype="int16")
    with rasterio.open(path, "r+") as dataset:
        dataset.scales, dataset.offsets = (0.1,), (-50.0,)
    reading = opened("dem", path).reading
    assert (reading.gain, reading.offset) == pytest.approx((0.03048, -500.0))


def test_units_that_are_not_known_are_told_and_those_of_no_elevation_refused(elevation: Callable[..., str]) -> None:
    reading = opened("dem", elevation("fathom")).reading
    assert reading.gain == 1.0
    assert "dem.tif: the unit fathom is not known, assumed metres; use --scale dem=GAIN,OFFSET." in reading.warnings
    path = elevation("degrees")
    with pytest.raises(InputError, match=r"dem\.tif: the unit of band 1 is degrees, which no elevation has; .*--scale"):
        opened("dem", path)
    assert opened("dem", path, scale="1,0").reading.gain == 1.0


@pytest.fixture
def reflectance(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> Callable[..., str]:
    def write(scales: tuple[float, ...], offsets: tuple[float, ...]) -> str:
        stack = np.stack([noise // 2 + 1200] * len(offsets)).astype(np.uint16)
        path = make_raster(stack, NORTH_UP)
        with rasterio.open(path, "r+") as dataset:
            dataset.scales, dataset.offsets = scales, offsets
        return path

    return write


@pytest.mark.parametrize(
    ("scale", "offset"), [(1.0, -1000.0), (0.0001, -0.1), (1.0, -0.1)], ids=["stored", "scaled", "reflectance"]
)
def test_a_declared_offset_is_that_of_baseline_4_however_it_is_written(
    reflectance: Callable[..., str], scale: float, offset: float
) -> None:
    reading = opened("s2_l2a", reflectance((scale,) * 4, (offset,) * 4), ("3", "2", "1")).reading
    assert (reading.offset, reading.gain) == pytest.approx((-1000.0, 0.0001))
    assert reading.offset_source == "metadata"


def test_a_frame_of_zeros_is_no_evidence_of_an_offset(make_raster: MakeRaster, noise: NDArray[np.uint16]) -> None:
    def source(level: int, frame: int) -> str:
        stack = np.stack([noise // 2 + level] * 3).astype(np.uint16)
        stack[:, :, :frame] = 0
        return str(opened("s2_l2a", make_raster(stack, NORTH_UP), ("1", "2", "3")).reading.offset_source)

    width = noise.shape[1]
    assert source(1200, 0) == source(1200, width // 10) == source(1200, width // 2) == "assumed"
    assert source(5, 0) == source(5, width // 10) == "statistics"


def test_the_offset_of_the_chosen_bands_counts(reflectance: Callable[..., str]) -> None:
    path = reflectance((1.0,) * 4, (0.0, -1000.0, -1000.0, -1000.0))
    reading = opened("s2_l2a", path, ("4", "3", "2")).reading
    assert (reading.offset, reading.offset_source) == (-1000.0, "metadata")
    with pytest.raises(InputError, match=r"scene\.tif: .*different offsets .band 3: -1000, band 2: -1000, band 1: 0"):
        opened("s2_l2a", path, ("3", "2", "1"))
    assert opened("s2_l2a", path, ("3", "2", "1"), offset="-1000").reading.offset == -1000
    assert opened("s2_l2a", path, ("3", "2", "1"), scale="0.0001,-0.1").reading.offset == pytest.approx(-1000)


def test_bands_that_declare_different_scales_are_refused(
    reflectance: Callable[..., str], make_raster: MakeRaster, noise: NDArray[np.uint16]
) -> None:
    path = reflectance((0.0001, 0.0002, 0.0001), (0.0,) * 3)
    with pytest.raises(InputError, match="different scales .*--scale s2_l2a=GAIN,OFFSET"):
        opened("s2_l2a", path, ("1", "2", "3"))
    power = make_raster(np.stack([noise, noise]), NORTH_UP, name="rtc.tif")
    with rasterio.open(power, "r+") as dataset:
        dataset.scales, dataset.descriptions = (1e-4, 1e-5), ("VV", "VH")
    with pytest.raises(InputError, match=r"rtc\.tif: its bands declare different scales"):
        opened("s1_rtc", power)
