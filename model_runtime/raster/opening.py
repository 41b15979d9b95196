"""Opening datasets quietly, and failures of GDAL told in one sentence."""

from __future__ import annotations

import logging
import os
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import rasterio
from rasterio._err import CPLE_BaseError
from rasterio.errors import NotGeoreferencedWarning, RasterioError
from rasterio.io import DatasetReader

from model_runtime.contract import InputError, ResourceError

GDAL_ERRORS = (RasterioError, CPLE_BaseError)
"""What rasterio raises: its own errors, and in places GDAL's as they are."""

NO_SPACE = ("no space left", "disk full", "not enough space", "enospc")


@contextmanager
def quiet_gdal() -> Iterator[None]:
    """Keep GDAL's own messages off stderr: what a user needs to know is in our sentences."""
    logger = logging.getLogger("rasterio")
    level = logger.level
    logger.setLevel(logging.CRITICAL + 1)
    try:
        with rasterio.Env(), warnings.catch_warnings():
            warnings.simplefilter("ignore", NotGeoreferencedWarning)
            yield
    finally:
        logger.setLevel(level)


@contextmanager
def reading(path: str) -> Iterator[None]:
    """Turn every failure of GDAL while a file is read into an InputError that names the file.

    Raises:
        InputError: the pixels cannot be read.
        ResourceError: memory ran out.
    """
    with quiet_gdal():
        try:
            yield
        except MemoryError as error:
            raise ResourceError(f"Not enough memory to read {path}; give a smaller area with --bounds.") from error
        except (*GDAL_ERRORS, OSError) as error:
            raise InputError(
                f"{path}: its pixels cannot be read ({first_line(error)}); the file is damaged or cut off,"
                " copy or download it again."
            ) from error


def try_open(path: str) -> DatasetReader | None:
    """The opened dataset, or None where GDAL knows no way to open it (call inside ``quiet_gdal``)."""
    try:
        return rasterio.open(path)
    except (*GDAL_ERRORS, OSError, UnicodeError):
        return None


def is_openable(path: str) -> bool:
    """Whether GDAL opens the path as a raster."""
    with quiet_gdal():
        dataset = try_open(path)
        if dataset is not None:
            dataset.close()
        return dataset is not None


def open_dataset(path: str) -> DatasetReader:
    """Open one dataset (call inside ``quiet_gdal``).

    Raises:
        InputError: missing, empty, or no raster.
    """
    dataset = try_open(path)
    if dataset is None:
        raise InputError(_why_not(path))
    return dataset


def _why_not(path: str) -> str:
    file = Path(path)
    try:
        exists = file.exists()
    except OSError:
        exists = False
    if not exists:
        return f"{path}: there is no such file; check the path."
    if file.is_file() and file.stat().st_size == 0:
        return f"{path}: the file is empty (0 bytes); copy or download it again."
    if not os.access(file, os.R_OK):
        return f"{path}: the file may not be read; change its permissions."
    return f"{path}: not a raster that GDAL can read, or damaged; give a GeoTIFF or another georeferenced raster."


def first_line(error: BaseException) -> str:
    """What went wrong, shortened to the innermost cause's first line."""
    cause: BaseException = error
    while cause.__cause__ is not None:
        cause = cause.__cause__
    text = str(cause).strip() or type(cause).__name__
    return text.splitlines()[0].rstrip(".")[:200]
