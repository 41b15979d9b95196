"""Simulated scenes as GeoTIFFs that look like the real products."""

from __future__ import annotations

import errno
import os
import shutil
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from affine import Affine
from numpy.typing import NDArray
from rasterio.errors import RasterioIOError

from model_runtime.contract import InputError
from model_runtime.simulation.optics import BANDS
from model_runtime.simulation.scene import Scene

CRS = "EPSG:32632"
LATTICE_METRES = 10_680.0
"""Side of one cell; every scene starts on a corner of the lattice."""
FIRST_COLUMN, FIRST_ROW = 47, 470
"""Cell of the first scene: eastings from 501,960 m, northings below 5,019,600 m."""


def scene_origin(seed: int) -> tuple[float, float]:
    """Easting and northing of a scene's upper left corner, a corner of the lattice.

    Seeds count through a block of 20 x 20 cells, so that neighbouring seeds do not overlap.
    """
    index = seed % 400
    easting = (FIRST_COLUMN + index % 20) * LATTICE_METRES
    northing = (FIRST_ROW - index // 20) * LATTICE_METRES
    return easting, northing


def _write(
    path: Path,
    pixels: NDArray[Any],
    pixel: float,
    origin: tuple[float, float],
    names: tuple[str, ...],
    unit: str,
    tags: dict[str, str],
) -> None:
    profile = {
        "driver": "GTiff",
        "dtype": pixels.dtype.name,
        "count": len(pixels),
        "height": pixels.shape[1],
        "width": pixels.shape[2],
        "crs": CRS,
        "transform": Affine(pixel, 0, origin[0], 0, -pixel, origin[1]),
        "compress": "deflate",
        "predictor": 3 if pixels.dtype.kind == "f" else 2,
        "tiled": True,
        "blockxsize": 256,
        "blockysize": 256,
    }
    temporary = path.with_suffix(".partial")
    try:
        with rasterio.open(temporary, "w", **profile) as target:
            target.write(pixels)
            target.update_tags(**tags)
            for number, name in enumerate(names, start=1):
                target.set_band_description(number, name)
                target.set_band_unit(number, unit)
        temporary.replace(path)
    except RasterioIOError as error:
        if shutil.disk_usage(path.parent).free < pixels.nbytes:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path)) from error
        raise InputError(f"{path}: cannot be written ({error}); choose another folder.") from error
    finally:
        temporary.unlink(missing_ok=True)


def write_scene(scene: Scene, folder: Path) -> list[Path]:
    """Write the four products of a scene.

    ``s2_l1c.tif``, ``s2_l2a.tif``: uint16, reflectance x 10000 without offset, B04 B03 B02, 10 m;
    ``s1_rtc.tif``: float32 linear gamma nought, VV VH, 10 m; ``dem.tif``: float32 metres, 30 m cells
    on the same lattice.

    Args:
        scene: to write.
        folder: made if missing.

    Returns:
        The files.
    """
    folder.mkdir(parents=True, exist_ok=True)
    origin = scene_origin(scene.seed)
    common = {"SIMULATED": "YES", "SCENE_SEED": str(scene.seed)}
    optical = {**common, "QUANTIFICATION_VALUE": "10000", "RADIO_ADD_OFFSET": "0"}
    bottom = {**common, "QUANTIFICATION_VALUE": "10000", "BOA_ADD_OFFSET": "0"}
    radar = {**common, "CALIBRATION": "gamma0", "SCALE": "linear power"}
    files: dict[str, tuple[NDArray[Any], float, tuple[str, ...], str, dict[str, str]]] = {
        "s2_l1c": (scene.s2_l1c, 10.0, BANDS, "reflectance x 10000", {**optical, "PRODUCT_TYPE": "S2MSI1C"}),
        "s2_l2a": (scene.s2_l2a, 10.0, BANDS, "reflectance x 10000", {**bottom, "PRODUCT_TYPE": "S2MSI2A"}),
        "s1_rtc": (scene.s1_rtc, 10.0, ("VV", "VH"), "linear power", radar),
        "dem": (scene.dem[np.newaxis], 30.0, ("elevation",), "metre", common),
    }
    paths = []
    for name, (pixels, pixel, bands, unit, tags) in files.items():
        paths.append(folder / f"{name}.tif")
        _write(paths[-1], pixels, pixel, origin, tuple(bands), unit, tags)
    return paths
