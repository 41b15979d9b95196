from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from affine import Affine
from numpy.typing import NDArray
from odc.geo.crs import CRS

from model_runtime.contract import InputError
from model_runtime.raster.grid import working_grid
from model_runtime.raster.lattice import Lattice
from model_runtime.raster.read import cells, read_physical
from model_runtime.raster.source import Source, open_source

MakeRaster = Callable[..., str]
NORTH_UP = Affine(10, 0, 500003, 0, -10, 4500007)


def as_is(stored: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
    return stored.astype(np.float32)


def read(source: Source, bands: tuple[int, ...] = (1,), pad: int = 0) -> NDArray[np.float32]:
    grid = working_grid([source], 10.0)
    row, column, height, width = grid.area
    around = grid.lattice.geobox(row - pad, column - pad, height + 2 * pad, width + 2 * pad)
    return read_physical(source, bands, around, as_is)


@pytest.mark.parametrize("dtype", ["uint8", "int16", "uint16", "float32", "float64"])
def test_pixels_of_the_same_lattice_are_copied(make_raster: MakeRaster, noise: NDArray[Any], dtype: str) -> None:
    array = (noise % 200).astype(dtype)
    source = open_source(make_raster(np.stack([array, array + 1]), NORTH_UP))
    assert np.array_equal(read(source, (2, 1)), np.stack([array + 1, array]))


def test_beyond_the_file_there_is_nothing(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    padded = read(open_source(make_raster(noise, NORTH_UP)), pad=7)
    assert np.array_equal(padded[0, 7:-7, 7:-7], noise)
    padded[0, 7:-7, 7:-7] = np.nan
    assert np.isnan(padded).all()


def test_a_south_up_file_is_turned_over(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    south_up = Affine(10, 0, 500003, 0, 10, 4500007 - 900)
    source = open_source(make_raster(noise[::-1], south_up))
    assert np.array_equal(read(source)[0], noise)
    padded = read(source, pad=5)
    assert np.array_equal(padded[0, 5:-5, 5:-5], noise)
    lattice = working_grid([source], 10.0).lattice
    part = lattice.geobox(-450000 + 11, 50000 + 3, 20, 30)
    assert np.array_equal(read_physical(source, [1], part, as_is)[0], noise[11:31, 3:33])


def test_a_real_south_up_file_equals_its_original(shared: Path) -> None:
    original = open_source(shared / "data/coloc_terramind/433D_629L_3_1/S2L2A.tif")
    south_up = open_source(shared / "data/derived/433D_629L_3_1_S2L2A_southup.tif")
    assert working_grid([south_up], 10.0) == working_grid([original], 10.0)
    assert np.array_equal(read(south_up, (4, 3, 2)), read(original, (4, 3, 2)))


def test_a_part_of_a_file_equals_the_same_part_of_the_whole(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    source = open_source(make_raster(noise, NORTH_UP))
    grid = working_grid([source], 10.0)
    part = grid.lattice.geobox(grid.area.row + 13, grid.area.column + 40, 30, 50)
    assert np.array_equal(read_physical(source, [1], part, as_is), read(source)[:, 13:43, 40:90])


def test_missing_pixels_are_nan_however_the_file_says_so(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    missing = np.zeros(noise.shape, bool)
    missing[3:20, 50:70] = True
    declared = make_raster(np.where(missing, 0, noise).astype("uint16"), NORTH_UP, name="a.tif", nodata=0)
    given = make_raster(np.where(missing, 9999, noise).astype("uint16"), NORTH_UP, name="b.tif")
    undefined = make_raster(np.where(missing, np.nan, noise).astype("float32"), NORTH_UP, name="c.tif")
    alpha = make_raster(
        np.stack([noise % 255, *[noise % 7] * 2, np.where(missing, 0, 255)]).astype("uint8"),
        NORTH_UP,
        name="d.tif",
        photometric="RGB",
        alpha="YES",
    )
    for source in (
        open_source(declared),
        open_source(given, nodata=9999),
        open_source(undefined),
        open_source(alpha),
    ):
        assert np.array_equal(np.isnan(read(source)[0]), missing)


def test_missing_is_what_the_override_says_not_the_file(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    path = make_raster(noise, NORTH_UP, nodata=int(noise[5, 5]))
    source = open_source(path, nodata=int(noise[6, 6]))
    missing = np.isnan(read(source)[0])
    assert not missing[5, 5] and missing[6, 6]


def test_the_recipe_sees_stored_numbers_and_may_drop_pixels(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    source = open_source(make_raster(noise, NORTH_UP, nodata=int(noise[0, 0])))
    seen: list[str] = []

    def recipe(stored: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
        seen.append(str(stored.dtype))
        return np.where(stored > 2500, np.float32(np.nan), stored / np.float32(2))

    values = read_physical(source, [1], working_grid([source], 10.0).geobox, recipe)[0]
    assert set(seen) == {"uint16"}
    keep = (noise <= 2500) & (noise != noise[0, 0])
    assert np.array_equal(np.isnan(values), ~keep)
    assert np.array_equal(values[keep], noise[keep] / np.float32(2))


def test_bands_of_several_grids_each_come_from_their_own(make_raster: MakeRaster, tmp_path: Path) -> None:
    fine = np.arange(80 * 60, dtype=np.uint16).reshape(80, 60) + 1
    make_raster(fine, Affine(10, 0, 500000, 0, -10, 4500000), name="S2_B04.tif")
    coarse = np.full((40, 30), 77, np.uint16)
    make_raster(coarse, Affine(20, 0, 500000, 0, -20, 4500000), name="S2_B11.tif")
    source = open_source(tmp_path, ["B11", "B04"])

    def scaled(stored: NDArray[Any], valid: NDArray[np.bool_]) -> NDArray[np.float32]:
        return stored * np.array([2, 3], np.float32)[:, None, None]

    grid = Lattice(CRS("EPSG:32630"), 10.0).geobox(-450000, 50000, 80, 60)
    values = read_physical(source, [1, 2], grid, scaled)
    assert (values[0] == 154).all()
    assert np.array_equal(values[1], fine * np.float32(3))


def test_pixels_that_cannot_be_read_are_an_input_error(
    make_raster: MakeRaster, capfd: pytest.CaptureFixture[str]
) -> None:
    array = np.random.default_rng(0).integers(0, 60000, (1500, 600)).astype("uint16")
    source = open_source(make_raster(array, NORTH_UP))
    path = Path(source.path)
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])
    with pytest.raises(InputError, match=r"scene\.tif: its pixels cannot be read"):
        read(source)
    path.unlink()
    with pytest.raises(InputError, match="no such file"):
        read(source)
    assert capfd.readouterr() == ("", "")


def test_a_missing_band_is_an_input_error(make_raster: MakeRaster, noise: NDArray[Any]) -> None:
    with pytest.raises(InputError, match="there is no band 4"):
        read(open_source(make_raster(noise, NORTH_UP)), (4,))


def test_cells_are_anchored_and_cover_the_whole_file(make_raster: MakeRaster) -> None:
    source = open_source(make_raster(np.ones((2000, 1500), "uint8"), NORTH_UP))
    lattice = working_grid([source], 10.0).lattice
    found = list(cells(source.geobox, lattice))
    assert all(cell.shape == (1068, 1068) for cell in found)
    assert all(
        window.row % 1068 == 0 and window.column % 1068 == 0 for _, window in (Lattice.of(cell) for cell in found)
    )
    assert sum(int(np.isfinite(read_physical(source, [1], cell, as_is)).sum()) for cell in found) == 2000 * 1500
    thirty = list(cells(source.geobox, lattice.coarser(3)))
    assert [cell.boundingbox for cell in thirty] == [cell.boundingbox for cell in found]
