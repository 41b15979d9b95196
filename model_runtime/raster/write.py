"""Writing results: cloud-optimised GeoTIFFs that appear whole or not at all."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import rasterio
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox
from rasterio.enums import ColorInterp
from rasterio.shutil import copy as copy_raster

from model_runtime.contract import InputError, ResourceError
from model_runtime.raster.geodesy import crs_of
from model_runtime.raster.opening import GDAL_ERRORS, NO_SPACE, first_line, quiet_gdal

STALE = (".aux.xml", ".ovr", ".msk")
"""Endings of files beside a raster that are read with it."""
_SPARE_BYTES = 1 << 20
_RGB = (ColorInterp.red, ColorInterp.green, ColorInterp.blue)
_CLOUD_OPTIMISED = {
    "driver": "COG",
    "COMPRESS": "DEFLATE",
    "PREDICTOR": "YES",
    "BLOCKSIZE": "512",
    "BIGTIFF": "IF_SAFER",
    "OVERVIEWS": "AUTO",
    "STATISTICS": "NO",
    "NUM_THREADS": "1",
}


@dataclass(frozen=True)
class OutputSpec:
    """How a result is stored.

    Attributes:
        dtype: numpy name of the stored type.
        nodata: stored number of pixels without data.
        descriptions: one name a band.
        unit: unit of the values after scale and offset; empty for a picture.
        scale: physical value = stored number * scale + offset.
        offset: see ``scale``.
        is_rgb: the first three bands are red, green and blue.
        is_classes: the numbers are classes: overviews pick instead of averaging.
    """

    dtype: str
    nodata: float
    descriptions: tuple[str, ...]
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0
    is_rgb: bool = False
    is_classes: bool = False


def write_raster(
    path: str | Path, array: NDArray[Any], geobox: GeoBox, spec: OutputSpec, tags: Mapping[str, str] | None = None
) -> None:
    """Write a result under its final name only when it is complete; the same input gives the same bytes.

    Args:
        path: the GeoTIFF to write; an existing one is replaced.
        array: (bands, rows, columns) in ``spec.dtype``; NaN is written as nodata.
        geobox: its grid.
        spec: how it is stored.
        tags: metadata of the file.

    Raises:
        ValueError: shape or type do not fit ``geobox`` and ``spec``.
        InputError: the folder cannot be written to.
        ResourceError: the disk is full.
    """
    path = Path(path)
    if array.shape != (len(spec.descriptions), *geobox.shape) or array.dtype != np.dtype(spec.dtype):
        raise ValueError(f"{array.dtype}{array.shape} does not fit {spec.dtype}{spec.descriptions} on {geobox.shape}")
    # The number lets whoever had to kill the process remove what it left.
    prefix = f".copgen-{os.getpid()}-"
    with _writing(path, array.nbytes), tempfile.TemporaryDirectory(prefix=prefix, dir=path.parent) as folder:
        plain, final = Path(folder) / "plain.tif", Path(folder) / "final.tif"
        _write_plain(plain, array, geobox, spec, tags or {})
        resampling = "NEAREST" if spec.is_classes else "AVERAGE"
        copy_raster(str(plain), str(final), OVERVIEW_RESAMPLING=resampling, **_CLOUD_OPTIMISED)
        _check_complete(final, array)
        for ending in STALE:
            # What other programs, QGIS too, wrote beside an older one would be read with the new one.
            path.with_name(path.name + ending).unlink(missing_ok=True)
        os.replace(final, path)


def _write_plain(path: Path, array: NDArray[Any], geobox: GeoBox, spec: OutputSpec, tags: Mapping[str, str]) -> None:
    stored = array
    if stored.dtype.kind == "f" and np.isnan(stored).any():
        stored = np.where(np.isnan(stored), stored.dtype.type(spec.nodata), stored)
    bands, height, width = stored.shape
    with rasterio.open(
        path,
        "w",
        driver="GTiff",
        width=width,
        height=height,
        count=bands,
        dtype=spec.dtype,
        crs=crs_of(geobox).to_wkt(),
        transform=geobox.affine,
        nodata=spec.nodata,
        tiled=True,
        blockxsize=512,
        blockysize=512,
        BIGTIFF="IF_SAFER",
        photometric="RGB" if spec.is_rgb else "MINISBLACK",
    ) as dataset:
        dataset.write(stored)
        dataset.update_tags(**dict(sorted(tags.items())))
        dataset.descriptions = spec.descriptions
        dataset.units = [spec.unit] * bands
        dataset.scales = [spec.scale] * bands
        dataset.offsets = [spec.offset] * bands
        undefined = [ColorInterp.undefined] * (bands - 1)
        dataset.colorinterp = [*_RGB, *undefined][:bands] if spec.is_rgb else [ColorInterp.gray, *undefined]


def _check_complete(path: Path, array: NDArray[Any]) -> None:
    """GDAL may report a full disk only in its log, so the last pixels are read back."""
    with rasterio.open(path) as dataset:
        row = dataset.read(array.shape[0], window=((array.shape[1] - 1, array.shape[1]), (0, array.shape[2])))
    same = row[0] == array[-1, -1]
    if not (same | (array[-1, -1] != array[-1, -1])).all():
        raise OSError(errno.EIO, "the file read back differs from what was written")


@contextmanager
def _writing(path: Path, size: int) -> Iterator[None]:
    """Failures of writing, in one sentence."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise InputError(f"{path.parent}: the folder cannot be made ({error.strerror}); choose another one.") from error
    with quiet_gdal():
        try:
            yield
        except PermissionError as error:
            raise InputError(f"{path.parent}: the folder may not be written to; choose another one.") from error
        except (*GDAL_ERRORS, OSError) as error:
            if isinstance(error, OSError) and error.errno in (errno.EROFS, errno.EISDIR, errno.ENOTDIR):
                raise InputError(f"{path}: cannot be written ({error.strerror}); choose another folder.") from error
            raise ResourceError(_no_room(path, size, error)) from error


def _no_room(path: Path, size: int, error: BaseException) -> str:
    cause = first_line(error)
    statistics = os.statvfs(path.parent) if hasattr(os, "statvfs") else None
    free = statistics.f_bavail * statistics.f_frsize if statistics is not None else None
    if any(mark in cause.lower() for mark in NO_SPACE) or (free is not None and free < size + _SPARE_BYTES):
        return f"{path}: the disk is full; it needs about {2 * size / 1e6:.0f} MB, free some or choose another disk."
    return f"{path}: writing failed ({cause}); check the disk, or choose another folder."
