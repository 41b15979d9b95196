"""Masks drawn as polygons."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pyogrio
import pyogrio.errors
import shapely
from numpy.typing import NDArray
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from pyproj import CRS as ProjCRS
from rasterio.features import rasterize

from model_runtime.contract import InputError
from model_runtime.raster.footprint import grid_footprint, intersect_polygons
from model_runtime.raster.geodesy import horizontal

_POLYGONS = (shapely.GeometryType.POLYGON, shapely.GeometryType.MULTIPOLYGON)


def read_mask(path: str | Path, geobox: GeoBox) -> NDArray[np.bool_]:
    """Read a polygon layer as a mask.

    Args:
        path: any vector file GDAL reads; ``FILE|layername=LAYER`` names one layer of several.
        geobox: the grid wanted.

    Returns:
        bool (rows, columns), True for pixels whose centre lies in a polygon.

    Raises:
        InputError: no readable vector file, no polygons, no CRS, or no polygon in the grid.
    """
    polygons, crs = _read_polygons(str(path))
    here = intersect_polygons(polygons, crs, grid_footprint("", geobox))
    shapes = [shape for shape in here if not shape.is_empty]
    if not shapes:
        raise InputError(f"{path}: no polygon lies in the area; give a mask of the same place.")
    burnt = rasterize(shapes, out_shape=geobox.shape, transform=geobox.affine, fill=0, default_value=1, dtype="uint8")
    return np.asarray(burnt, bool)


def _read_polygons(path: str) -> tuple[NDArray[Any], CRS]:
    file, _, option = path.partition("|")
    layer = option.removeprefix("layername=") if option.startswith("layername=") else None
    try:
        layers = [str(name) for name in pyogrio.list_layers(file)[:, 0]]
        if layer is None and len(layers) > 1:
            raise InputError(
                f"{file}: the file holds {len(layers)} layers ({', '.join(layers)}); name one as"
                f" {file}|layername={layers[0]}."
            )
        meta, _, geometry, _ = pyogrio.raw.read(file, layer=layer, columns=[])
    except pyogrio.errors.DataSourceError as error:
        found = "not a vector file that GDAL can read" if Path(file).exists() else "there is no such file"
        raise InputError(f"{file}: {found}; give polygons, for example a GeoPackage.") from error
    except (pyogrio.errors.DataLayerError, ValueError) as error:
        raise InputError(f"{path}: there is no such layer; the file has {', '.join(layers)}.") from error
    if not meta["crs"]:
        raise InputError(f"{path}: the polygons have no coordinate reference system; assign one first.")
    shapes = shapely.from_wkb(geometry[[item is not None for item in geometry]])
    shapes = shapely.make_valid(shapes[np.isin(shapely.get_type_id(shapes), _POLYGONS)])
    if shapes.size == 0:
        raise InputError(f"{path}: the layer holds no polygons; give a polygon layer.")
    return shapes, horizontal(ProjCRS.from_user_input(meta["crs"]))
