"""Pixels without a signal: collars are nodata, holes inside take the smallest number, over the whole file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray
from scipy.ndimage import label

from model_runtime.conditions import open_condition, read_picture, with_stretch
from model_runtime.contract import Condition
from model_runtime.raster.gaps import close_gaps
from model_runtime.raster.lattice import Lattice, PixelWindow
from model_runtime.raster.read import read_physical
from model_runtime.raster.runs import Runs
from model_runtime.raster.source import open_source

MakeRaster = Callable[..., str]

GRID = Affine(10, 0, 500_000, 0, -10, 5_160_000)
SIZE = 300


def power() -> NDArray[np.float32]:
    """VV and VH with a slanted collar of zeros on the left, and gaps of every kind inside."""
    generator = np.random.default_rng(5)
    values = generator.gamma(4.4, 0.02, (2, SIZE, SIZE)).astype(np.float32) + np.float32(1e-3)
    rows, columns = np.indices((SIZE, SIZE))
    values[:, columns < 30 + rows // 10] = 0
    values[0, 100, 200] = 0
    values[0, 120:125, 210:230] = -0.01
    values[1, 140, 180:190] = np.nan
    values[0, 150, 150] = 4e-4
    return values


def physical(path: str, window: PixelWindow | None = None, **settings: object) -> NDArray[np.float32]:
    """What is read of a file as a condition, on its own lattice."""
    condition = open_condition(Condition("s1_rtc", [path], **settings))
    lattice, whole = Lattice.of(condition.source.geobox)
    window = window or PixelWindow(0, 0, *whole[2:])
    geobox = lattice.geobox(whole.row + window.row, whole.column + window.column, window.height, window.width)

    def linear(stored: NDArray[np.generic], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
        return condition.modality.to_physical(stored, valid, condition.reading)

    return read_physical(condition.source, condition.reading.bands, geobox, linear)


def expected(values: NDArray[np.float32]) -> NDArray[np.float32]:
    result = values.copy()
    rows, columns = np.indices((SIZE, SIZE))
    gaps = ~(values > 0)
    for band in range(2):
        result[band][gaps[band]] = values[band][values[band] > 0].min()
        result[band][columns < 30 + rows // 10] = np.nan
    return result


def test_a_collar_is_nodata_and_a_hole_takes_the_smallest_power(make_raster: MakeRaster) -> None:
    values = power()
    read = physical(make_raster(values, GRID))
    np.testing.assert_array_equal(read, expected(values))
    assert read[0, 100, 200] == np.float32(4e-4)


@pytest.mark.parametrize("blocks", [{}, {"tiled": True, "blockxsize": 64, "blockysize": 64}])
def test_a_part_reads_as_the_same_part_of_the_whole(make_raster: MakeRaster, blocks: dict[str, object]) -> None:
    path = make_raster(power(), GRID, **blocks)
    whole = physical(path)
    for window in (PixelWindow(90, 170, 60, 70), PixelWindow(0, 0, 50, 50), PixelWindow(200, 35, 100, 265)):
        np.testing.assert_array_equal(physical(path, window), whole[(slice(None), *window.slices_in(_all()))])


def _all() -> PixelWindow:
    return PixelWindow(0, 0, SIZE, SIZE)


def test_the_picture_of_a_part_is_the_same_part_of_the_picture(make_raster: MakeRaster) -> None:
    opened = open_condition(Condition("s1_rtc", [make_raster(power(), GRID)]))
    lattice, whole = Lattice.of(opened.source.geobox)
    condition = with_stretch(opened, lattice)
    part = PixelWindow(whole.row + 80, whole.column + 140, 100, 120)
    large, small = (read_picture(condition, lattice, window) for window in (whole, part))
    rows, columns = part.slices_in(whole)
    np.testing.assert_array_equal(small.pixels, large.pixels[:, rows, columns])
    assert small.valid.all(), "holes inside are weak, not missing"


def test_declared_nodata_and_what_touches_it_is_nodata(make_raster: MakeRaster) -> None:
    values = power()
    values[:, 60:70, 100:110] = 0
    values[:, 70, 105] = -1
    read = physical(make_raster(values, GRID, nodata=0.0))
    assert np.isnan(read[:, 60:70, 100:110]).all()
    assert np.isnan(read[:, 70, 105]).all(), "connected to declared nodata"
    assert np.isnan(read[0, 100, 200]), "a declared zero is nodata wherever it lies"
    assert (read[0, 120:125, 210:230] == np.float32(4e-4)).all(), "negative power alone is not declared"


@pytest.mark.parametrize("encoding", ["db", "amplitude"])
def test_gaps_mean_the_same_in_every_encoding(make_raster: MakeRaster, encoding: str) -> None:
    values = power()
    with np.errstate(invalid="ignore", divide="ignore"):
        stored = 10 * np.log10(values) if encoding == "db" else np.where(values > 0, np.sqrt(values), values)
    read = physical(make_raster(stored.astype(np.float32), GRID), encoding=encoding)
    np.testing.assert_allclose(read, expected(values), rtol=1e-5)


def test_bands_joined_from_two_files_have_their_own_gaps(make_raster: MakeRaster) -> None:
    values = power()
    paths = [make_raster(values[band], GRID, name=f"{name}.tif") for band, name in enumerate(("VV", "VH"))]
    condition = open_condition(Condition("s1_rtc", paths))
    floors = [band.gaps.smallest for band in condition.source.bands if band.gaps is not None]
    assert floors == [float(values[band][values[band] > 0].min()) for band in range(2)]


def test_infinite_power_is_no_weak_signal(make_raster: MakeRaster) -> None:
    values = power()
    values[0, 50, 250] = np.inf
    assert np.isnan(physical(make_raster(values, GRID))[0, 50, 250])


def test_a_collar_over_more_than_half_of_the_file_is_no_reason_to_refuse_it(make_raster: MakeRaster) -> None:
    values = power()
    values[:, :, :190] = 0
    read = physical(make_raster(values, GRID))
    assert np.isnan(read[:, :, :190]).all()
    assert np.isfinite(read[:, :, 190:]).all()


def test_noise_taken_off_power_does_not_make_it_decibels(make_raster: MakeRaster) -> None:
    values = power()
    values[:, 200:240, 100:200] = -1e-3
    condition = open_condition(Condition("s1_rtc", [make_raster(values, GRID)]))
    assert condition.reading.encoding == "linear"


def test_files_without_gaps_and_other_modalities_stay_as_they_are(make_raster: MakeRaster, shared: Path) -> None:
    positive = np.maximum(power(), np.float32(1e-3))
    positive[~np.isfinite(positive)] = 0.1
    condition = open_condition(Condition("s1_rtc", [make_raster(positive, GRID)]))
    assert all(band.gaps is None for band in condition.source.bands)
    elevation = np.zeros((50, 50), np.float32)
    elevation[20:30, 20:30] = -3
    condition = open_condition(Condition("dem", [make_raster(elevation, GRID, name="sea.tif")]))
    assert condition.source.bands[0].gaps is None
    real = shared / "data" / "s1_rtc_linear" / "Gamma0_VV_10TET_north.tif"
    source = open_source([real])
    with rasterio.open(real) as dataset:
        stored = dataset.read(1)
    assert (close_gaps(source, [1], 0.0).bands[0].gaps is None) == (stored[stored != 0] > 0).all()


def test_regions_of_runs_are_those_of_scipy() -> None:
    generator = np.random.default_rng(1)
    for density in (0.02, 0.3, 0.5, 0.9):
        mask = generator.random((60, 80)) < density
        runs = Runs.of_mask(mask)
        np.testing.assert_array_equal(runs.mask(0, 0, 60, 80), mask)
        np.testing.assert_array_equal(runs.mask(13, 7, 20, 30), mask[13:33, 7:37])
        regions, _ = label(mask, np.ones((3, 3)))
        border = np.zeros_like(mask)
        border[[0, -1]] = border[:, [0, -1]] = True
        touching = np.isin(regions, np.unique(regions[border & mask]))
        np.testing.assert_array_equal(runs.connected_to(runs.at_border).mask(0, 0, 60, 80), mask & touching)
