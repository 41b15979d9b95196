"""Sentinel-1 radiometrically terrain corrected backscatter as a false colour picture.

Linear gamma-nought power becomes decibels; VV and VH are each spread over 0..255 (red and blue);
green is their sum, spread to its own largest value. Only power is ever averaged, never decibels.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

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
    thumbnail_product,
    thumbnail_to_picture,
    valid_bytes,
)

LARGEST_SUM = 510.0
"""Largest sum of two stretched bands; used for green where the user gives VV and VH limits only."""
SCALED_DB_OFFSET = -83.0
"""Integers of WorldCereal's S1: decibels = 20 * log10(number) - 83."""


def power_to_db(power: FloatArray) -> FloatArray:
    """Return 10 * log10(power); NaN where power is not positive."""
    positive = np.where(power > 0, power, np.nan)
    decibels: FloatArray = (10.0 * np.log10(positive)).astype(np.float32)
    return decibels


def db_to_power(decibels: NDArray[Any]) -> FloatArray:
    """Return 10 ** (decibels / 10) as float32."""
    power: FloatArray = (10.0 ** (decibels.astype(np.float64) / 10.0)).astype(np.float32)
    return power


def spread(decibels: FloatArray, low: float, high: float) -> FloatArray:
    """Spread decibels between limits over 0..255, clipped; NaN stays."""
    width = high - low if high - low > FLAT_RANGE else 1.0
    share = (decibels.astype(np.float64) - low) / width
    spread_out: FloatArray = (255.0 * np.clip(share, 0.0, 1.0)).astype(np.float32)
    return spread_out


def measure_power(power: FloatArray) -> tuple[tuple[float, float], ...] | None:
    """Return (low, high) of VV and VH in decibels and (0, largest sum) of the two stretched bands.

    Args:
        power: linear power (2, rows, columns), NaN without data.

    Returns:
        Limits for the channels VV, VH and SUM, or None where no pixel is valid.
    """
    decibels = power_to_db(power)
    valid = np.isfinite(decibels).all(axis=0)
    if not valid.any():
        return None
    limits = [(float(band[valid].min()), float(band[valid].max())) for band in decibels]
    total = sum(spread(band[valid], *limit) for band, limit in zip(decibels, limits, strict=True))
    return (*limits, (0.0, max(float(np.max(total)), 1.0)))


def power_to_thumbnail(power: FloatArray, stretch: Stretch | None = None) -> ByteArray:
    """Return the false colour picture (red VV, green VV + VH, blue VH).

    Args:
        power: linear gamma-nought power (2, rows, columns), NaN without data.
        stretch: limits of VV, VH (decibels) and SUM; the area's own where None.

    Returns:
        uint8 (3, rows, columns), 0 without data.
    """
    limits = stretch.limits if stretch else measure_power(power)
    if limits is None:
        return np.zeros((3, *power.shape[1:]), np.uint8)
    decibels = power_to_db(power)
    vv, vh = (spread(band, *limit) for band, limit in zip(decibels, limits[:2], strict=True))
    green = 255.0 * np.clip((vv + vh) / limits[2][1], 0.0, 1.0)
    picture = np.stack([vv, green, vh])
    valid = np.isfinite(picture).all(axis=0)
    return np.where(valid, np.nan_to_num(picture), 0.0).astype(np.uint8)


def thumbnail_to_db(picture: FloatArray, stretch: Stretch) -> FloatArray:
    """Invert the recipe from red and blue.

    Args:
        picture: float (3, rows, columns) in [0, 1].
        stretch: the limits it was made with.

    Returns:
        float32 (2, rows, columns): VV and VH in decibels.
    """
    pairs = zip(picture[[0, 2]], stretch.limits[:2], strict=True)
    decibels: FloatArray = np.stack([low + band * (high - low) for band, (low, high) in pairs]).astype(np.float32)
    return decibels


class S1Rtc(Modality):
    """Sentinel-1 RTC false colour."""

    name = "s1_rtc"
    title = "Sentinel-1 RTC"
    ground_sampling_distance = 10.0
    bands = ("VV", "VH")
    encodings = ("linear", "amplitude", "db", "scaled", "thumbnail")
    default_product = "thumbnail"
    products: ClassVar[dict[str, Product]] = {"thumbnail": thumbnail_product()}
    stretch_channels = ("VV", "VH", "SUM")

    def signal_limit(self, reading: Interpretation) -> float | None:
        """No power is none; decibels have no such number, only infinity and NaN."""
        if reading.encoding == "thumbnail" or reading.gain <= 0:
            return None
        return -np.inf if reading.encoding == "db" else -reading.offset

    def to_physical(self, stored: NDArray[Any], valid: BoolArray, reading: Interpretation) -> FloatArray:
        """Return linear power, NaN without data (or the 8-bit picture for ``thumbnail``)."""
        if reading.encoding == "thumbnail":
            return stored_thumbnail(stored, valid)
        numbers = (stored.astype(np.float64) + reading.offset) * reading.gain
        if reading.encoding == "db":
            power = db_to_power(numbers)
        elif reading.encoding == "amplitude":
            power = (np.maximum(numbers, 0.0) ** 2).astype(np.float32)
        elif reading.encoding == "scaled":
            decibels = 20.0 * np.log10(np.where(numbers > 0, numbers, np.nan)) + SCALED_DB_OFFSET
            power = db_to_power(decibels)
        else:
            power = numbers.astype(np.float32)
        usable = valid & np.isfinite(power) & (power > 0)
        return np.where(usable, power, np.float32(np.nan))

    def measure(self, physical: FloatArray) -> tuple[tuple[float, float], ...] | None:
        """Return the limits of one cell of power."""
        return measure_power(physical)

    def to_picture(self, physical: FloatArray, reading: Interpretation, stretch: Stretch | None) -> ByteArray:
        """Make the false colour picture."""
        if reading.encoding == "thumbnail":
            return thumbnail_to_picture(physical)
        return power_to_thumbnail(physical, stretch)

    def to_product(self, picture: FloatArray, product: str) -> NDArray[Any]:
        """Return the 8-bit picture, at least 1."""
        return valid_bytes(picture)

    def limits_from_user(self, limits: Sequence[tuple[float, float]]) -> Stretch:
        """VV and VH limits, and optionally those of their sum."""
        pairs = tuple(limits) if len(limits) > len(self.bands) else (*limits, (0.0, LARGEST_SUM))
        return Stretch(pairs, "user")
