from __future__ import annotations

from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from odc.geo.crs import CRS

from model_runtime.contract import InputError
from model_runtime.raster.footprint import move
from model_runtime.raster.lattice import Lattice
from model_runtime.raster.polygons import read_mask

UTM = CRS("EPSG:32630")
GRID = Lattice(UTM, 10.0).geobox(-450000, 50000, 100, 120)


def write(path: Path, shapes: list[shapely.Geometry], crs: str | None, kind: str = "Polygon", **options: object) -> str:
    pyogrio.raw.write(
        str(path), shapely.to_wkb(np.array(shapes, object)), [], [], geometry_type=kind, crs=crs, **options
    )
    return str(path)


def test_pixels_whose_centre_lies_in_a_polygon(tmp_path: Path) -> None:
    hole = shapely.box(500300, 4499600, 500400, 4499700)
    shape = shapely.box(500100, 4499500, 500600, 4499900) - hole
    mask = read_mask(write(tmp_path / "m.gpkg", [shape], "EPSG:32630"), GRID)
    expected = np.zeros((100, 120), bool)
    expected[10:50, 10:60] = True
    expected[30:40, 30:40] = False
    assert np.array_equal(mask, expected)


@pytest.mark.parametrize("crs", ["EPSG:4326", "EPSG:3857", "EPSG:3035"])
@pytest.mark.parametrize("suffix", ["gpkg", "shp", "geojson"])
def test_polygons_of_another_crs_lie_in_the_same_place(tmp_path: Path, crs: str, suffix: str) -> None:
    crs = "EPSG:4326" if suffix == "geojson" else crs
    shape = shapely.box(500103, 4499503, 500603, 4499903)
    path = write(tmp_path / f"m.{suffix}", [move(shape, UTM, CRS(crs))], crs)
    mask = read_mask(path, GRID)
    assert np.array_equal(mask, read_mask(write(tmp_path / "own.gpkg", [shape], "EPSG:32630"), GRID))


def test_polygons_elsewhere_and_lines_do_not_matter(tmp_path: Path) -> None:
    shapes = [shapely.box(500100, 4499500, 500600, 4499900), shapely.box(0, 0, 10, 10), None]
    line = shapely.LineString([(500000, 4500000), (501000, 4499000)])
    path = write(tmp_path / "m.gpkg", [*shapes, line], "EPSG:32630", "Unknown")
    assert read_mask(path, GRID).sum() == 50 * 40


def test_a_world_polygon_covers_everything(tmp_path: Path) -> None:
    assert read_mask(write(tmp_path / "w.geojson", [shapely.box(-180, -90, 180, 90)], "EPSG:4326"), GRID).all()


def test_one_layer_of_several_is_named(tmp_path: Path) -> None:
    path = tmp_path / "m.gpkg"
    write(path, [shapely.box(500100, 4499500, 500600, 4499900)], "EPSG:32630", layer="fields")
    write(path, [shapely.Point(500000, 4500000)], "EPSG:32630", "Point", layer="trees", append=True)
    with pytest.raises(InputError, match=r"2 layers \(fields, trees\).*layername"):
        read_mask(path, GRID)
    assert read_mask(f"{path}|layername=fields", GRID).any()
    with pytest.raises(InputError, match="no polygons"):
        read_mask(f"{path}|layername=trees", GRID)
    with pytest.raises(InputError, match="fields, trees"):
        read_mask(f"{path}|layername=roads", GRID)


def test_a_mask_of_another_place_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"m\.gpkg: no polygon lies in the area"):
        read_mask(write(tmp_path / "m.gpkg", [shapely.box(0, 0, 10, 10)], "EPSG:32630"), GRID)


def test_what_is_no_vector_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("nothing here")
    with pytest.raises(InputError, match=r"notes\.txt: not a vector file"):
        read_mask(tmp_path / "notes.txt", GRID)
    with pytest.raises(InputError, match=r"absent\.gpkg: there is no such file"):
        read_mask(tmp_path / "absent.gpkg", GRID)
    with pytest.raises(InputError, match="no coordinate reference system"):
        read_mask(write(tmp_path / "m.shp", [shapely.box(0, 0, 10, 10)], None), GRID)
