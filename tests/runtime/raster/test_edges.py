"""What a network is shown beyond a raster's edge continues the ground: black wedges there darken the results."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from affine import Affine

from model_runtime.conditions import open_condition, read_picture
from model_runtime.contract import Condition
from model_runtime.raster.geodesy import parse_crs
from model_runtime.raster.lattice import Lattice, PixelWindow

MakeRaster = Callable[..., str]
CENTRE = (503_000.0, 5_157_000.0)


@pytest.mark.parametrize("angle", [0.0, 2.0, 25.0])
def test_slanted_edges_are_continued(make_raster: MakeRaster, angle: float) -> None:
    ground = np.full((3, 200, 200), 3000, np.uint16)
    place = Affine.translation(*CENTRE) * Affine.rotation(angle) * Affine.scale(10, -10)
    path = make_raster(ground, place * Affine.translation(-100, -100), nodata=0)
    condition = open_condition(Condition("s2_l2a", [path], ["1", "2", "3"], offset="0", encoding="reflectance"))
    lattice = Lattice.through(parse_crs("EPSG:32630"), 10.0, *CENTRE)
    around = lattice.window((CENTRE[0] - 1600, CENTRE[1] - 1600, CENTRE[0] + 1600, CENTRE[1] + 1600))
    picture = read_picture(condition, lattice, around)
    assert 0 < picture.valid.mean() < 0.5, "most of the window lies outside"
    assert np.ptp(picture.pixels.astype(int)) <= 1


def test_a_hole_takes_what_lies_around_it(make_raster: MakeRaster) -> None:
    ground = np.full((3, 200, 200), 3000, np.uint16)
    ground[:, :, 100:] = 6000
    ground[:, 80:120, 20:60] = 0
    path = make_raster(ground, Affine(10, 0, 500_000, 0, -10, 5_160_000), nodata=0)
    condition = open_condition(Condition("s2_l2a", [path], ["1", "2", "3"], offset="0", encoding="reflectance"))
    lattice, whole = Lattice.of(condition.source.geobox)
    picture = read_picture(condition, lattice, PixelWindow(*whole))
    assert not picture.valid[80:120, 20:60].any() and picture.valid.sum() == 200 * 200 - 40 * 40
    assert np.ptp(picture.pixels[:, :, :100].astype(int)) == 0
