from __future__ import annotations

import numpy as np
import pytest
from affine import Affine
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox

from model_runtime.raster.lattice import Lattice, PixelWindow

UTM = CRS("EPSG:32630")


@pytest.mark.parametrize("origin", [(500000.0, 4500000.0), (717729.835, 5700093.331), (-3.3, -7.7), (0.0, 0.0)])
@pytest.mark.parametrize("pixel_size", [10.0, 30.0, 2.5, 13.7])
def test_a_grid_and_its_window_are_the_same_thing(origin: tuple[float, float], pixel_size: float) -> None:
    x, y = origin
    geobox = GeoBox((31, 17), Affine(pixel_size, 0, x, 0, -pixel_size, y), UTM)
    lattice, window = Lattice.of(geobox)
    again = lattice.geobox(*window)
    assert np.allclose(tuple(again.affine), tuple(geobox.affine), rtol=0, atol=1e-6)
    assert again.shape == geobox.shape
    assert Lattice.of(again) == (lattice, window)


def test_every_part_of_a_file_lies_on_the_lattice_of_the_whole() -> None:
    whole = GeoBox((5000, 5000), Affine(10, 0, 717729.835, 0, -10, 5700093.331), UTM)
    lattice, window = Lattice.of(whole)
    for row, column in ((0, 1), (17, 4999), (4321, 1234)):
        part_lattice, part = Lattice.of(whole[row : row + 1, column : column + 1])
        assert part_lattice == lattice
        assert part == PixelWindow(window.row + row, window.column + column, 1, 1)


def test_an_area_is_extended_outward_but_not_by_rounding() -> None:
    lattice = Lattice(UTM, 10.0)
    assert lattice.window((100.0, 100.0, 120.0, 130.0)) == PixelWindow(-13, 10, 3, 2)
    assert lattice.window((100.0 + 1e-6, 100.0 - 1e-6, 120.0 - 1e-6, 130.0 + 1e-6)) == PixelWindow(-13, 10, 3, 2)
    assert lattice.window((99.9, 99.9, 120.1, 130.1)) == PixelWindow(-14, 9, 5, 4)


def test_a_canvas_has_whole_multiples_of_absolute_coordinates() -> None:
    canvas = PixelWindow(-570009, 71772, 224, 224).extend(240)
    assert all(edge % 240 == 0 for edge in canvas)
    assert canvas.intersect(PixelWindow(-570009, 71772, 224, 224)) == PixelWindow(-570009, 71772, 224, 224)
    assert canvas.extend(240) == canvas


def test_blocks_cover_a_window_once_and_do_not_depend_on_it() -> None:
    window = PixelWindow(-700, 35, 900, 500)
    blocks = list(window.blocks(480))
    covered = np.zeros((window.height, window.width), int)
    for block in blocks:
        covered[block.intersect(window).slices_in(window)] += 1
    assert (covered == 1).all()
    assert set(PixelWindow(-500, 40, 10, 10).blocks(480)) < set(blocks)


def test_windows_apart_have_nothing_in_common() -> None:
    assert PixelWindow(0, 0, 5, 5).intersect(PixelWindow(5, 0, 5, 5)).is_empty


def test_a_coarser_lattice_groups_whole_pixels() -> None:
    fine = Lattice(UTM, 10.0, 3.25, 9.75)
    coarse = fine.coarser(3)
    assert coarse.geobox(-2, 5, 4, 6).boundingbox == fine.geobox(-6, 15, 12, 18).boundingbox
    assert Lattice.of(coarse.geobox(-2, 5, 4, 6)) == (coarse, PixelWindow(-2, 5, 4, 6))


@pytest.mark.parametrize(
    "affine", [Affine(10, 0, 0, 0, 10, 0), Affine(10, 1, 0, 1, -10, 0), Affine(10, 0, 0, 0, -9, 0)]
)
def test_a_lattice_is_north_up_with_square_pixels(affine: Affine) -> None:
    with pytest.raises(ValueError, match="no north-up grid"):
        Lattice.of(GeoBox((4, 4), affine, UTM))
