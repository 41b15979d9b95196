"""Content lands where it belongs, whatever grid it is stored on, and does not depend on the window read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from numpy.typing import NDArray
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from scipy.ndimage import gaussian_filter

from model_runtime.raster.geodesy import transform_points
from model_runtime.raster.grid import input_grid, working_grid
from model_runtime.raster.lattice import Lattice
from model_runtime.raster.read import read_physical
from model_runtime.raster.source import open_source
from model_runtime.raster.warp import warp_result

MakeRaster = Callable[..., str]
UTM = CRS("EPSG:32630")


def as_is(stored: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
    return stored.astype(np.float32)


def waves(geobox: GeoBox, to: CRS = UTM) -> NDArray[np.float32]:
    """A smooth picture that is a function of the place alone: a sum of waves of 300 to 900 m."""
    height, width = geobox.shape
    columns, rows = np.meshgrid(np.arange(width) + 0.5, np.arange(height) + 0.5)
    affine = geobox.affine
    x = affine.a * columns + affine.b * rows + affine.c
    y = affine.d * columns + affine.e * rows + affine.f
    assert geobox.crs is not None
    x, y = transform_points(geobox.crs, to, x.ravel(), y.ravel())
    value = np.sin(x / 50) + np.cos(y / 70) + np.sin((x + y) / 130)
    return (value.reshape(height, width) * 100).astype(np.float32)


def offset(first: NDArray[np.float32], second: NDArray[np.float32]) -> tuple[float, float]:
    """Rows and columns by which the second picture lies further down and right (least squares on gradients)."""
    keep = np.isfinite(first) & np.isfinite(second)
    filled = [gaussian_filter(np.where(keep, picture, np.median(picture[keep])), 1.0) for picture in (first, second)]
    inner = np.zeros_like(keep)
    inner[12:-12, 12:-12] = keep[12:-12, 12:-12]
    down, right = np.gradient((filled[0] + filled[1]) / 2)
    slope = np.column_stack([down[inner], right[inner]])
    shift, *_ = np.linalg.lstsq(slope, (filled[0] - filled[1])[inner], rcond=None)
    return float(shift[0]), float(shift[1])


STORED = {
    "3857": ("EPSG:3857", Affine(13.2, 0, -334500, 0, -13.2, 4961800)),
    "degrees": ("EPSG:4326", Affine(9e-5, 0, -3.005, 0, -9e-5, 40.655)),
    "degrees south-up": ("EPSG:4326", Affine(9e-5, 0, -3.005, 0, 9e-5, 40.61)),
    "other zone": ("EPSG:32631", Affine(10, 0, -8600, 0, -10, 4519000)),
    "rotated": ("EPSG:32630", Affine(10, 0, 499000, 0, -10, 4500500) * Affine.rotation(25)),
    "shifted": ("EPSG:32630", Affine(10, 0, 499506.4, 0, -10, 4500503.7)),
    "finer": ("EPSG:32630", Affine(4, 0, 499502, 0, -4, 4500502)),
    "coarser": ("EPSG:32630", Affine(30, 0, 499485, 0, -30, 4500495)),
    "flat pixels": ("EPSG:32630", Affine(20, 0, 499490, 0, -5, 4500495)),
}


@pytest.mark.parametrize("kind", STORED)
def test_content_lands_at_its_place(make_raster: MakeRaster, kind: str) -> None:
    crs, transform = STORED[kind]
    stored = GeoBox((700, 900), transform, crs)
    source = open_source(make_raster(waves(stored), transform, crs))
    target = Lattice(UTM, 10.0).geobox(-449990, 50010, 200, 220)
    if kind in ("rotated", "other zone"):
        target = Lattice(UTM, 10.0).geobox(-449700, 50250, 200, 220)
    values = read_physical(source, [1], target, as_is)[0]
    truth = waves(target)
    assert np.isfinite(values).all()
    assert np.corrcoef(values.ravel(), truth.ravel())[0, 1] > 0.99
    assert np.abs(offset(truth, values)).max() < 0.01


@pytest.mark.parametrize(("name", "bands"), [("S2L2A_3857", (4, 3, 2)), ("DEM_4326", (1,))])
def test_real_warped_files_lie_on_their_originals(shared: Path, name: str, bands: tuple[int, ...]) -> None:
    folder = shared / "data/coloc_terramind/433D_629L_3_1"
    original = open_source(folder / f"{name.split('_')[0]}.tif")
    grid = working_grid([original], 10.0)
    truth = read_physical(original, bands, grid.geobox, as_is)
    warped = read_physical(open_source(shared / f"data/derived/433D_629L_3_1_{name}.tif"), bands, grid.geobox, as_is)
    for first, second in zip(truth, warped, strict=True):
        keep = np.isfinite(second)
        assert keep.mean() > 0.98
        assert np.corrcoef(first[keep], second[keep])[0, 1] > 0.97
        assert np.abs(offset(first, second)).max() < 0.1


@pytest.mark.parametrize("kind", ["3857", "degrees", "rotated", "shifted", "finer", "coarser"])
def test_a_part_read_alone_has_the_same_bits(make_raster: MakeRaster, kind: str) -> None:
    crs, transform = STORED[kind]
    noise = np.random.default_rng(3).normal(size=(700, 900)).astype(np.float32)
    noise[200:230, 300:400] = np.nan
    source = open_source(make_raster(noise, transform, crs))
    lattice = working_grid([source], 10.0).lattice
    whole = read_physical(source, [1], lattice.geobox(-450100, 49900, 500, 600), as_is)
    for row, column, height, width in ((0, 0, 1, 1), (17, 120, 256, 256), (250, 333, 100, 61), (499, 0, 1, 600)):
        part = lattice.geobox(-450100 + row, 49900 + column, height, width)
        values = read_physical(source, [1], part, as_is)
        assert np.array_equal(values, whole[:, row : row + height, column : column + width], equal_nan=True)


def test_two_overlapping_readings_of_a_real_file_agree(shared: Path) -> None:
    source = open_source(shared / "data/coloc_sen1floods11/Spain_7370579_S1Hand.tif")
    grid = working_grid([source], 10.0)
    row, column = grid.area.row, grid.area.column
    first = read_physical(source, [1, 2], grid.lattice.geobox(row, column, 300, 300), as_is)
    second = read_physical(source, [1, 2], grid.lattice.geobox(row + 41, column + 77, 300, 300), as_is)
    assert np.array_equal(first[:, 41:, 77:], second[:, : 300 - 41, : 300 - 77], equal_nan=True)


def test_a_finer_source_is_averaged_exactly(make_raster: MakeRaster) -> None:
    noise = np.random.default_rng(5).random((100, 150)).astype(np.float32)
    source = open_source(make_raster(noise, Affine(2, 0, 500000, 0, -2, 4500000)))
    values = read_physical(source, [1], Lattice(UTM, 10.0).geobox(-450000, 50000, 20, 30), as_is)[0]
    assert np.allclose(values, noise.reshape(20, 5, 30, 5).mean(axis=(1, 3)), rtol=1e-5)


def test_means_take_no_part_of_missing_pixels(make_raster: MakeRaster) -> None:
    array = np.full((100, 150), 8.0, np.float32)
    array[:, ::2] = -9999
    array[40:45, 50:55] = -9999
    source = open_source(make_raster(array, Affine(2, 0, 500000, 0, -2, 4500000), nodata=-9999.0))
    values = read_physical(source, [1], Lattice(UTM, 10.0).geobox(-450000, 50000, 20, 30), as_is)[0]
    assert np.isnan(values[8, 10])
    values[8, 10] = 8
    assert (values == 8).all()


@pytest.mark.parametrize("transform", [Affine(30, 0, 500000, 0, -30, 4500000), Affine(10, 0, 500004, 0, -10, 4500004)])
def test_interpolation_takes_no_part_of_missing_pixels(make_raster: MakeRaster, transform: Affine) -> None:
    array = np.full((2, 60, 60), 8.0, np.float32)
    array[0, 5:12, 5:12] = -9999
    source = open_source(make_raster(array, transform, nodata=-9999.0))
    values = read_physical(source, [1, 2], Lattice(UTM, 10.0).geobox(-449995, 50005, 50, 50), as_is)
    assert np.allclose(values[np.isfinite(values)], 8)
    assert np.isnan(values[0]).any()
    assert np.isfinite(values[1]).all()


def test_power_is_averaged_not_decibels(make_raster: MakeRaster) -> None:
    decibels = np.where(np.indices((100, 150)).sum(axis=0) % 2, -20.0, 0.0).astype(np.float32)
    source = open_source(make_raster(decibels, Affine(5, 0, 500000, 0, -5, 4500000)))

    def power(stored: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
        return np.power(np.float32(10), stored / 10)

    values = read_physical(source, [1], Lattice(UTM, 10.0).geobox(-450000, 50000, 50, 75), power)
    assert np.allclose(values, (1 + 0.01) / 2)


def test_classes_are_picked_not_mixed(make_raster: MakeRaster) -> None:
    classes = np.random.default_rng(0).choice([1, 9], (100, 150)).astype(np.uint8)
    for size in (4, 10, 30):
        source = open_source(make_raster(classes, Affine(size, 0, 499999, 0, -size, 4500001), name=f"{size}.tif"))
        values = read_physical(source, [1], Lattice(UTM, 10.0).geobox(-450000, 50000, 30, 50), as_is, "nearest")
        assert set(np.unique(values)) == {1, 9}


@pytest.mark.parametrize("west", [179.97, -180.03])
def test_a_file_across_the_antimeridian_is_read_whole(make_raster: MakeRaster, west: float) -> None:
    zone = CRS("EPSG:32660")
    stored = GeoBox((500, 600), Affine(1e-4, 0, west, 0, -1e-4, -17.0), "EPSG:4326")
    source = open_source(make_raster(waves(stored, zone), stored.affine, "EPSG:4326"))
    x, y = transform_points(CRS("EPSG:4326"), zone, [180.0], [-17.025])
    lattice = Lattice(zone, 10.0)
    row, column = round(-float(y[0]) / 10), round(float(x[0]) / 10)
    target = lattice.geobox(row - 100, column - 100, 200, 200)
    values = read_physical(source, [1], target, as_is)[0]
    assert np.isfinite(values).all()
    assert np.corrcoef(values.ravel(), waves(target, zone).ravel())[0, 1] > 0.999
    assert np.abs(offset(waves(target, zone), values)).max() < 0.01


def test_a_world_map_has_no_gap_at_the_antimeridian(make_raster: MakeRaster) -> None:
    longitude = np.abs(np.arange(3600) * 0.1 - 180 + 0.05)
    world = np.tile(longitude.astype(np.float32), (1800, 1))
    source = open_source(make_raster(world, Affine(0.1, 0, -180, 0, -0.1, 90), "EPSG:4326"))
    x, y = transform_points(CRS("EPSG:4326"), CRS("EPSG:32660"), [180.0], [10.0])
    lattice = Lattice(CRS("EPSG:32660"), 1000.0)
    target = lattice.geobox(round(-float(y[0]) / 1000) - 50, round(float(x[0]) / 1000) - 50, 100, 100)
    values = read_physical(source, [1], target, as_is)[0]
    assert np.isfinite(values).all()
    assert values.min() > 179.3 and values.max() <= 180


@pytest.mark.parametrize(
    "affine",
    [
        Affine(10, 0, 500000, 0, -10, 4500000) * Affine.rotation(31),
        Affine(10, 0, 500000, 0, 10, 4497000),
        Affine(30, 0, 500000, 0, -30, 4500000),
    ],
)
def test_a_result_goes_back_onto_the_grid_it_came_from(make_raster: MakeRaster, affine: Affine) -> None:
    own = GeoBox((300, 350), affine, UTM)
    source = open_source(make_raster(waves(own), affine))
    grid = working_grid([source], 10.0)
    there = read_physical(source, [1], grid.geobox, as_is)
    back = warp_result(there, float("nan"), grid.geobox, input_grid(source))
    assert back.shape == (1, 300, 350)
    inner = (slice(5, -5), slice(5, -5))
    assert np.isfinite(back[0][inner]).all()
    assert np.abs(back[0] - waves(own))[inner].mean() < 3
    assert np.abs(offset(waves(own), back[0])).max() < 0.01


def test_a_result_on_the_same_lattice_is_copied() -> None:
    lattice = Lattice(UTM, 10.0)
    picture = np.random.default_rng(1).random((3, 40, 50)).astype(np.float32)
    picture[:, 5, 5] = -9999
    here = lattice.geobox(-450000, 50000, 40, 50)
    part = warp_result(picture, -9999, here, lattice.geobox(-450010, 50005, 30, 60))
    assert np.array_equal(part[:, 10:, :45], picture[:, :20, 5:])
    assert (part[:, :10] == -9999).all() and (part[:, :, 45:] == -9999).all()
    flipped = GeoBox((40, 50), Affine(10, 0, 500000, 0, 10, 4500000 - 400), UTM)
    assert np.array_equal(warp_result(picture, -9999, here, flipped), picture[:, ::-1])
    assert np.array_equal(warp_result(warp_result(picture, -9999, here, flipped), -9999, flipped, here), picture)
