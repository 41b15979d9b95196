"""Simulated scenes on disk."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import rasterio

from model_runtime.simulation.scene import simulate_scene
from model_runtime.simulation.writer import LATTICE_METRES, scene_origin, write_scene


def test_files_are_georeferenced_on_the_lattice(tmp_path: Path) -> None:
    scene = simulate_scene(12, 258)
    paths = write_scene(scene, tmp_path / "scene_0001")
    assert sorted(path.name for path in paths) == ["dem.tif", "s1_rtc.tif", "s2_l1c.tif", "s2_l2a.tif"]
    assert not list(tmp_path.rglob("*.partial"))
    bounds = set()
    for path in paths:
        with rasterio.open(path) as raster:
            assert raster.crs.is_projected and raster.crs.linear_units == "metre"
            assert raster.bounds.left % LATTICE_METRES == 0 and raster.bounds.top % LATTICE_METRES == 0
            assert raster.res == ((30.0, 30.0) if path.stem == "dem" else (10.0, 10.0))
            bounds.add(tuple(raster.bounds))
            assert all(raster.units)
    assert len(bounds) == 1


def test_pixels_and_band_names_come_back(tmp_path: Path) -> None:
    scene = simulate_scene(12, 258)
    write_scene(scene, tmp_path)
    expected = {
        "s2_l1c": (scene.s2_l1c, ("B04", "B03", "B02")),
        "s2_l2a": (scene.s2_l2a, ("B04", "B03", "B02")),
        "s1_rtc": (scene.s1_rtc, ("VV", "VH")),
        "dem": (scene.dem[None], ("elevation",)),
    }
    for name, (pixels, bands) in expected.items():
        with rasterio.open(tmp_path / f"{name}.tif") as raster:
            assert np.array_equal(raster.read(), pixels)
            assert raster.descriptions == bands
    with rasterio.open(tmp_path / "s2_l2a.tif") as raster:
        assert raster.tags()["BOA_ADD_OFFSET"] == "0" and raster.tags()["PRODUCT_TYPE"] == "S2MSI2A"


def test_neighbouring_seeds_do_not_overlap() -> None:
    assert len({scene_origin(seed) for seed in range(400)}) == 400
