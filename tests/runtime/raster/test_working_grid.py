from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pytest
from affine import Affine
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox

from model_runtime.contract import InputError, UsageError
from model_runtime.raster.footprint import grid_footprint, move
from model_runtime.raster.geodesy import parse_crs, pixel_metres, transform_points
from model_runtime.raster.grid import check_pixel_size, input_grid, output_grid, working_grid


@dataclass(frozen=True)
class Raster:
    path: str
    geobox: GeoBox


def raster(
    crs: str, x: float, y: float, size: float = 10.0, shape: tuple[int, int] = (300, 400), name: str = "scene.tif"
) -> Raster:
    return Raster(name, GeoBox(shape, Affine(size, 0, x, 0, -size, y), crs))


def around(crs: str, longitude: float, latitude: float, size: float = 10.0) -> Raster:
    x, y = transform_points(CRS("EPSG:4326"), CRS(crs), [longitude], [latitude])
    return raster(crs, float(x[0]), float(y[0]), size)


@pytest.mark.parametrize(
    ("crs", "longitude", "latitude", "expected"),
    [
        ("EPSG:32630", -3, 45, "EPSG:32630"),
        ("EPSG:25832", 9, 50, "EPSG:25832"),
        ("EPSG:3035", 10, 52, "EPSG:3035"),
        ("EPSG:27700", -2, 53, "EPSG:27700"),
        ("EPSG:32630", 3.5, 45, "EPSG:32630"),
        ("EPSG:32630", 20, 45, "EPSG:32634"),
        ("EPSG:3857", -3, 45, "EPSG:32630"),
        ("EPSG:3857", 37, 0.2, "EPSG:3857"),
        ("EPSG:2263", -74, 40.7, "EPSG:32618"),
        ("EPSG:32661", 10, 88, "EPSG:32661"),
        ("EPSG:3413", -45, 70, "EPSG:3413"),
        ("EPSG:2048", 19.5, -33, "EPSG:32734"),
    ],
)
def test_the_first_conditions_crs_is_kept_where_metres_are_metres(
    crs: str, longitude: float, latitude: float, expected: str
) -> None:
    grid = working_grid([around(crs, longitude, latitude)], 10.0)
    assert grid.geobox.crs == CRS(expected)


@pytest.mark.parametrize(
    ("longitude", "latitude", "expected"),
    [
        (2.3, 48.9, "EPSG:32631"),
        (-58.4, -34.6, "EPSG:32721"),
        (20, 85, "EPSG:32661"),
        (-140, -81, "EPSG:32761"),
        (179.99, -17, "EPSG:32760"),
        (180.01, -17, "EPSG:32701"),
        (-180.0, 66, "EPSG:32601"),
    ],
)
def test_degrees_are_worked_on_in_the_zone_of_the_area(longitude: float, latitude: float, expected: str) -> None:
    degrees = Raster("d.tif", GeoBox((20, 20), Affine(1e-4, 0, longitude, 0, -1e-4, latitude), "EPSG:4326"))
    grid = working_grid([degrees], 10.0)
    assert grid.geobox.crs == CRS(expected)
    assert grid.geobox.affine.a == 10.0 == -grid.geobox.affine.e


def test_the_files_own_pixels_are_kept_to_the_fraction() -> None:
    scene = raster("EPSG:32718", 717729.8352050781, 5700093.330553174)
    grid = working_grid([scene], 10.0)
    assert grid.geobox.shape == scene.geobox.shape
    assert np.allclose(tuple(grid.geobox.affine), tuple(scene.geobox.affine), rtol=0, atol=1e-7)


def test_a_south_up_file_has_the_grid_of_its_north_up_twin() -> None:
    north = raster("EPSG:32630", 500003.0, 4500007.0)
    south = Raster("s.tif", GeoBox((300, 400), Affine(10, 0, 500003.0, 0, 10, 4500007.0 - 3000), "EPSG:32630"))
    assert working_grid([south], 10.0) == working_grid([north], 10.0)


def test_a_rotated_file_is_worked_on_north_up_around_all_of_it() -> None:
    turned = Affine(10, 0, 500000, 0, -10, 4500000) * Affine.rotation(17)
    scene = Raster("r.tif", GeoBox((300, 400), turned, "EPSG:32630"))
    grid = working_grid([scene], 10.0)
    assert grid.geobox.affine.b == grid.geobox.affine.d == 0
    assert grid.geobox.boundingbox.polygon.contains(scene.geobox.extent)


def test_the_area_is_what_the_conditions_share() -> None:
    first = raster("EPSG:32630", 500000, 4500000, name="a.tif")
    second = raster("EPSG:32630", 501003, 4499004, name="b.tif")
    grid = working_grid([first, second], 10.0)
    assert grid.geobox.boundingbox.bbox == (501000, 4497000, 504000, 4499010)
    swapped = working_grid([second, first], 10.0)
    assert swapped.geobox.boundingbox.bbox == (500993 + 10, 4497000 - 6, 504003, 4499004)


def test_a_small_scene_in_a_world_map_is_the_area() -> None:
    scene = raster("EPSG:32630", 500000, 4500000)
    world = Raster("world.tif", GeoBox((360, 720), Affine(0.5, 0, -180, 0, -0.5, 90), "EPSG:4326"))
    assert working_grid([scene, world], 10.0) == working_grid([scene], 10.0)
    assert working_grid([world, scene], 10.0).area.width in (400, 401, 402)


def test_longitudes_beyond_180_meet_those_below() -> None:
    east = Raster("a.tif", GeoBox((300, 300), Affine(1e-4, 0, 179.99, 0, -1e-4, -17), "EPSG:4326"))
    west = Raster("b.tif", GeoBox((300, 300), Affine(1e-4, 0, -180.0, 0, -1e-4, -17), "EPSG:4326"))
    grid = working_grid([east, west], 10.0)
    # 0.02 degrees at 17 S are 2.13 km.
    assert grid.geobox.crs == CRS("EPSG:32701")
    assert 212 <= grid.area.width <= 222
    bounds = working_grid([east], 10.0, bounds=(179.999, -17.02, -179.999, -17.0), bounds_crs=CRS("EPSG:4326"))
    assert 20 <= bounds.area.width <= 26


def test_bounds_cut_the_area_outward_to_whole_pixels() -> None:
    scene = raster("EPSG:32630", 500000, 4500000)
    grid = working_grid([scene], 10.0, bounds=(501001, 4498001, 501999, 4498999))
    assert grid.geobox.boundingbox.bbox == (501000, 4498000, 502000, 4499000)
    lonlat = working_grid([scene], 10.0, bounds=(-3.0, 40.63, -2.98, 40.64), bounds_crs=CRS("EPSG:4326"))
    # 0.02 degrees of longitude at 40.6 N are 1.69 km, 0.01 of latitude 1.11 km.
    assert 169 <= lonlat.area.width <= 172
    assert 111 <= lonlat.area.height <= 114


def test_bounds_alone_make_a_grid() -> None:
    grid = working_grid([], 10.0, bounds=(2.3, 48.8, 2.4, 48.9), bounds_crs=CRS("EPSG:4326"))
    assert grid.geobox.crs == CRS("EPSG:32631")
    metric = working_grid([], 10.0, bounds=(500000, 4e6, 501000, 4.001e6), bounds_crs=CRS("EPSG:32630"))
    assert metric.geobox.boundingbox.bbox == (500000, 4e6, 501000, 4.001e6)


@pytest.mark.parametrize("bounds", [None, (0.0, 0.0, 1.0, 1.0)])
def test_without_a_condition_the_area_must_be_complete(bounds: tuple[float, float, float, float] | None) -> None:
    with pytest.raises(UsageError, match="--bounds-crs"):
        working_grid([], 10.0, bounds=bounds)


def test_rasters_of_different_places_are_refused_by_name() -> None:
    first = raster("EPSG:32630", 500000, 4500000, name="spain.tif")
    second = raster("EPSG:32718", 717729, 5700093, name="chile.tif")
    with pytest.raises(InputError, match=r"spain\.tif and chile\.tif do not overlap"):
        working_grid([first, second], 10.0)


def test_rasters_that_only_touch_do_not_overlap() -> None:
    first, second = raster("EPSG:32630", 500000, 4500000), raster("EPSG:32630", 504000, 4500000)
    with pytest.raises(InputError, match="do not overlap"):
        working_grid([first, second], 10.0)


def test_an_area_outside_the_raster_is_refused() -> None:
    with pytest.raises(InputError, match=r"--bounds lies outside scene\.tif"):
        working_grid([raster("EPSG:32630", 500000, 4500000)], 10.0, bounds=(0, 0, 1000, 1000))
    with pytest.raises(InputError, match=r"--bounds lies outside scene\.tif"):
        input_grid(raster("EPSG:32630", 500000, 4500000), bounds=(0, 0, 1000, 1000))
    with pytest.raises(InputError, match="give an area inside it, or --bounds-crs EPSG:4326 where these are degrees"):
        working_grid([raster("EPSG:32630", 500000, 4500000)], 10.0, bounds=(-3.1, 40.5, -3.0, 40.6))


def test_too_large_an_area_names_the_way_out() -> None:
    with pytest.raises(InputError, match="--bounds"):
        working_grid([raster("EPSG:32630", 500000, 4500000, shape=(4001, 4000))], 10.0)
    assert working_grid([raster("EPSG:32630", 500000, 4500000, shape=(4000, 4000))], 10.0).area.height == 4000
    assert working_grid([raster("EPSG:32630", 500000, 4500000, shape=(4001, 4000))], 10.0, limit=None)


def test_a_wanted_crs_is_worked_in_only_where_it_is_true_to_scale() -> None:
    scene = raster("EPSG:32630", 500000, 4500000)
    assert working_grid([scene], 10.0, crs=CRS("EPSG:3035")).geobox.crs == CRS("EPSG:3035")
    assert working_grid([scene], 10.0, crs=CRS("EPSG:3857")).geobox.crs == CRS("EPSG:32630")
    assert working_grid([scene], 10.0, crs=CRS("EPSG:4326")).geobox.crs == CRS("EPSG:32630")


@pytest.mark.parametrize("code", ["EPSG:4326", "EPSG:3857", "EPSG:25831"])
def test_an_output_grid_covers_the_area_with_pixels_as_small(code: str) -> None:
    area = working_grid([raster("EPSG:32630", 500000, 4500000)], 10.0).geobox
    target = output_grid(area, CRS(code))
    assert target.crs == CRS(code)
    outline = move(grid_footprint("", area).polygon, CRS("EPSG:32630"), CRS(code))
    assert grid_footprint("", target).polygon.buffer(1e-9).contains(outline)
    height, width = target.shape
    assert 7.5 < min(pixel_metres(CRS(code), target.affine, width / 2, height / 2)) < 10.1
    assert max(pixel_metres(CRS(code), target.affine, width / 2, height / 2)) < 10.1
    assert output_grid(area, area.crs) is area


@pytest.mark.parametrize(
    "affine",
    [
        Affine(10, 0, 500003, 0, -10, 4500007),
        Affine(10, 0, 500003, 0, 10, 4500007),
        Affine(10, 0, 500003, 0, -10, 4500007) * Affine.rotation(31),
        Affine(10, 0, 500003, 0, -8, 4500007),
    ],
)
def test_the_input_grid_is_the_files_own(affine: Affine) -> None:
    scene = Raster("s.tif", GeoBox((300, 400), affine, "EPSG:32630"))
    assert input_grid(scene) == scene.geobox
    inner = scene.geobox[20:40, 50:90].boundingbox
    part = input_grid(scene, bounds=inner.bbox)
    assert tuple(part.affine)[0:2] == tuple(affine)[0:2]
    column, row = ~affine * (part.affine.c, part.affine.f)
    assert abs(column - round(column)) < 1e-6 and abs(row - round(row)) < 1e-6
    assert part.extent.buffer(1e-3).contains(scene.geobox[20:40, 50:90].extent)
    if affine.b == 0:
        assert part.shape == (20, 40)


def test_the_input_grid_in_degrees_is_cut_across_the_antimeridian() -> None:
    scene = Raster("s.tif", GeoBox((300, 300), Affine(1e-4, 0, 179.99, 0, -1e-4, -17), "EPSG:4326"))
    part = input_grid(scene, bounds=(-179.999, -17.01, -179.99, -17.0))
    assert part.shape == (100, 90)
    assert part.affine.c == pytest.approx(180.001)


@pytest.mark.parametrize(
    ("metres", "distance", "warned"),
    [(10, 10, False), (14.9, 10, False), (15, 10, True), (60.02, 10, True), (92.6, 30, True), (30.8, 30, False)],
)
def test_coarse_rasters_are_warned_about(metres: float, distance: float, warned: bool) -> None:
    assert (check_pixel_size(metres, distance, "x.tif") is not None) == warned


@pytest.mark.parametrize(("metres", "distance"), [(61, 10), (200, 30), (500, 10)])
def test_far_too_coarse_rasters_are_refused(metres: float, distance: float) -> None:
    with pytest.raises(InputError, match=r"x\.tif.*--resolution"):
        check_pixel_size(metres, distance, "x.tif")


@pytest.mark.parametrize(
    "definition",
    [
        "IAU_2015:30110",
        "+proj=utm +zone=30 +R=1737400 +units=m",
        'LOCAL_CS["site",UNIT["metre",1]]',
        "EPSG:5773",
        "EPSG:4978",
    ],
)
def test_crs_that_are_not_places_on_earth_are_refused(definition: str) -> None:
    with pytest.raises((InputError, UsageError)):
        parse_crs(definition)


def test_an_unknown_crs_is_refused_by_its_name() -> None:
    with pytest.raises(UsageError, match="EPSG:999999"):
        parse_crs("EPSG:999999")


def test_a_height_system_beside_the_plan_is_dropped() -> None:
    assert parse_crs("EPSG:32630+5773") == CRS("EPSG:32630")
