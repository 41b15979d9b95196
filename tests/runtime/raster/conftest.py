"""Small rasters made for each test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from affine import Affine
from numpy.typing import NDArray

MakeRaster = Callable[..., str]


@pytest.fixture
def make_raster(tmp_path: Path) -> MakeRaster:
    """Write an array as a GeoTIFF and return its path."""

    def make(
        array: NDArray[Any],
        transform: Affine,
        crs: str | None = "EPSG:32630",
        name: str = "scene.tif",
        **profile: Any,
    ) -> str:
        bands = array if array.ndim == 3 else array[None]
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        with rasterio.open(
            path,
            "w",
            driver="GTiff",
            count=bands.shape[0],
            height=bands.shape[1],
            width=bands.shape[2],
            dtype=bands.dtype,
            crs=crs,
            transform=transform,
            **profile,
        ) as dataset:
            dataset.write(bands)
        return str(path)

    return make


@pytest.fixture
def noise() -> NDArray[np.uint16]:
    """A picture of 90 x 120 pixels in which no two places look the same."""
    return np.random.default_rng(7).integers(1, 5000, (90, 120)).astype(np.uint16)
