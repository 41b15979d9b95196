"""Elevation as a hillshade: light from azimuth 315, altitude 45 degrees, on a 30 m grid.

The recipe (SPEC section 5) takes metres over pixel index, so slopes are exaggerated 30 times; the
illumination is spread between limits over 0..255 and enlarged three times with bilinear weights.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import distance_transform_edt

from model_runtime.modalities.base import (
    FLAT_RANGE,
    BoolArray,
    ByteArray,
    FloatArray,
    Interpretation,
    Modality,
    Product,
    Stretch,
    stored_thumbnail,
    thumbnail_to_picture,
    valid_bytes,
)

AZIMUTH = 315.0
ALTITUDE = 45.0
CELL_FACTOR = 3
"""Network pixels along a side of a hillshade cell (10 m and 30 m)."""
MARGIN = 2
"""Cells around the area: one for the gradient, one for the enlargement."""


def slope(elevation: FloatArray, axis: int) -> NDArray[np.float64]:
    """Return the gradient in metres per pixel, from valid neighbours only.

    Central where both neighbours are valid, one-sided where one is, 0 where none is.

    Args:
        elevation: (rows, columns) in metres, NaN without data.
        axis: 0 for rows, 1 for columns.
    """
    values = np.moveaxis(elevation.astype(np.float64), axis, 0)
    edge = np.full((1, values.shape[1]), np.nan)
    before = np.concatenate([edge, values[:-1]])
    after = np.concatenate([values[1:], edge])
    forward, backward = after - values, values - before
    both = (after - before) / 2.0
    one = np.where(np.isnan(forward), backward, forward)
    gradient = np.where(np.isnan(both), np.nan_to_num(one, nan=0.0), both)
    return np.moveaxis(gradient, 0, axis)


def illumination(elevation: FloatArray) -> FloatArray:
    """Return the cosine between surface normal and light, before any stretch.

    Args:
        elevation: (rows, columns) in metres, north-up, NaN without data.

    Returns:
        float32 (rows, columns) in [-1, 1]; flat ground is 0.7071; NaN without data.
    """
    down, right = slope(elevation, 0), slope(elevation, 1)
    azimuth, altitude = np.radians(90.0 - AZIMUTH), np.radians(ALTITUDE)
    east, north, up = np.cos(azimuth) * np.cos(altitude), np.sin(azimuth) * np.cos(altitude), np.sin(altitude)
    # Rows grow southward, so the northward slope is -down and its normal component +down.
    cosine = (-right * east + down * north + up) / np.sqrt(right**2 + down**2 + 1.0)
    return np.where(np.isnan(elevation), np.nan, cosine).astype(np.float32)


def stretch_illumination(light: FloatArray, low: float, high: float) -> ByteArray:
    """Spread illumination over 0..255, truncated; flat ground (no range) is not stretched.

    Args:
        light: (rows, columns), NaN without data.
        low: illumination that becomes 0.
        high: illumination that becomes 255.

    Returns:
        uint8; 0 without data.
    """
    values = np.nan_to_num(light, nan=low).astype(np.float64)
    if high - low > FLAT_RANGE:
        values = (values - low) / (high - low)
    shade = (255.0 * np.clip(values, 0.0, 1.0)).astype(np.uint8)
    return np.where(np.isnan(light), np.uint8(0), shade)


def enlarge(shade: ByteArray, factor: int = CELL_FACTOR) -> ByteArray:
    """Enlarge with bilinear weights between cell centres; the outermost cells repeat.

    Args:
        shade: uint8 (rows, columns).
        factor: an odd whole number.

    Returns:
        uint8 (rows * factor, columns * factor), rounded.
    """
    grown = shade
    # Columns first and rounded after each axis: the order of the picture library behind the thumbnails.
    for axis in (1, 0):
        grown = np.floor(_enlarge_axis(grown, axis, factor) + 0.5).astype(np.uint8)
    return grown


def _enlarge_axis(values: ByteArray, axis: int, factor: int) -> NDArray[np.float64]:
    moved = np.moveaxis(values, axis, 0).astype(np.float64)
    padded = np.concatenate([moved[:1], moved, moved[-1:]])
    phases = []
    for phase in range(factor):
        shift = (phase + 0.5) / factor - 0.5
        neighbour = padded[:-2] if shift < 0 else padded[2:]
        weight = abs(shift)
        phases.append(moved * (1 - weight) + neighbour * weight)
    stacked = np.stack(phases, axis=1)
    return np.moveaxis(stacked.reshape(-1, *moved.shape[1:]), 0, axis)


def _repeat_nearest(shade: ByteArray, missing: BoolArray) -> ByteArray:
    """Fill cells without data from the nearest valid one, so that enlarging does not darken their neighbours."""
    if not missing.any() or missing.all():
        return shade
    nearest = distance_transform_edt(missing, return_distances=False, return_indices=True)
    filled: ByteArray = shade[tuple(nearest)]
    return filled


def hillshade(elevation: FloatArray, low: float | None = None, high: float | None = None) -> ByteArray:
    """Return the 30 m hillshade of one area, stretched by its own range unless limits are given.

    Args:
        elevation: (rows, columns) in metres on a 30 m north-up grid, NaN without data.
        low: illumination that becomes 0; the smallest one if None.
        high: illumination that becomes 255; the largest one if None.

    Returns:
        uint8 (rows, columns), 0 without data.
    """
    light = illumination(elevation)
    if np.isnan(light).all():
        return np.zeros(light.shape, np.uint8)
    low = float(np.nanmin(light)) if low is None else low
    high = float(np.nanmax(light)) if high is None else high
    return stretch_illumination(light, low, high)


class Dem(Modality):
    """Hillshade of Copernicus GLO-30."""

    name = "dem"
    title = "DEM hillshade"
    ground_sampling_distance = 30.0
    bands = ("elevation",)
    encodings = ("elevation", "hillshade", "thumbnail", "scaled")
    default_product = "hillshade"
    products: ClassVar[dict[str, Product]] = {"hillshade": Product("hillshade", "uint8", 0, ("hillshade",))}
    stretch_channels = ("HILLSHADE",)

    def bands_of(self, encoding: str) -> int:
        """One band, whether metres or a hillshade."""
        return 1

    def reading_factor(self, encoding: str) -> int:
        """Elevation is read and shaded at 30 m; a hillshade is read as it is."""
        return 1 if encoding in ("hillshade", "thumbnail") else CELL_FACTOR

    def margin(self, encoding: str) -> int:
        """Cells that the gradient and the enlargement look at outside the area."""
        return 0 if encoding in ("hillshade", "thumbnail") else MARGIN

    def needs_stretch(self, encoding: str) -> bool:
        """Only elevation is shaded and stretched."""
        return encoding not in ("hillshade", "thumbnail")

    def to_physical(self, stored: NDArray[Any], valid: BoolArray, reading: Interpretation) -> FloatArray:
        """Return metres, or the hillshade's grey levels."""
        if reading.encoding in ("hillshade", "thumbnail"):
            return stored_thumbnail(stored, valid)
        metres = ((stored.astype(np.float64) + reading.offset) * reading.gain).astype(np.float32)
        return np.where(valid & np.isfinite(metres), metres, np.float32(np.nan))

    def measure(self, physical: FloatArray) -> tuple[tuple[float, float], ...] | None:
        """Return the range of the illumination of one cell of metres."""
        light = illumination(physical[0])
        if np.isnan(light).all():
            return None
        return ((float(np.nanmin(light)), float(np.nanmax(light))),)

    def to_picture(self, physical: FloatArray, reading: Interpretation, stretch: Stretch | None) -> ByteArray:
        """Shade, stretch, enlarge and repeat to three channels."""
        if reading.encoding in ("hillshade", "thumbnail") or stretch is None:
            return np.repeat(thumbnail_to_picture(physical), 3, axis=0)
        low, high = stretch.limits[0]
        shade = stretch_illumination(illumination(physical[0]), low, high)
        missing = np.isnan(physical[0])
        shade = enlarge(_repeat_nearest(shade, missing))
        shade[np.kron(missing, np.ones((CELL_FACTOR, CELL_FACTOR), bool))] = 0
        edge = MARGIN * CELL_FACTOR
        inner = shade[edge : shade.shape[0] - edge, edge : shade.shape[1] - edge]
        return np.repeat(inner[np.newaxis], 3, axis=0)

    def to_product(self, picture: FloatArray, product: str) -> NDArray[Any]:
        """Return the hillshade: the rounded mean of the three channels, at least 1."""
        return valid_bytes(picture.mean(axis=0, keepdims=True))
