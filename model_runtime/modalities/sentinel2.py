"""Sentinel-2 radiometry shared by both processing levels.

Thumbnail recipe (SPEC section 5): ``v = 1.3 * reflectance ** 0.6``, clipped to [0, 1], times 255,
truncated. The true colour image of the products (TCI) is another radiometry: linear, 255 at a
reflectance of 0.25, 0 without data.
"""

from __future__ import annotations

from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

from model_runtime.modalities.base import (
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

QUANTIFICATION = 10_000.0
"""Digital numbers per unit of reflectance."""
THUMBNAIL_GAIN = 1.3
THUMBNAIL_EXPONENT = 0.6
TCI_REFLECTANCE = 0.25
"""Reflectance at which the true colour image saturates."""


def reflectance_to_thumbnail(reflectance: FloatArray) -> ByteArray:
    """Return the Major TOM thumbnail of offset-free reflectance.

    Args:
        reflectance: any shape, unit 1, NaN without data.

    Returns:
        uint8 of the same shape, 0 without data.
    """
    clipped = np.clip(np.nan_to_num(reflectance, nan=0.0), 0.0, 1.0).astype(np.float64)
    bright = np.clip(THUMBNAIL_GAIN * clipped**THUMBNAIL_EXPONENT, 0.0, 1.0)
    return (255.0 * bright).astype(np.uint8)


def thumbnail_to_reflectance(picture: FloatArray) -> FloatArray:
    """Invert the thumbnail recipe; exact below a reflectance of 0.6457, where it saturates.

    Args:
        picture: brightness in [0, 1] (for an 8-bit file use ``(v + 0.5) / 255``).

    Returns:
        float32 reflectance, unit 1.
    """
    bright = np.clip(picture, 0.0, 1.0).astype(np.float64)
    return ((bright / THUMBNAIL_GAIN) ** (1.0 / THUMBNAIL_EXPONENT)).astype(np.float32)


def tci_to_reflectance(stored: NDArray[Any]) -> FloatArray:
    """Return the reflectance of a true colour image (0 is nodata, 255 saturated at 0.25)."""
    return (TCI_REFLECTANCE * (stored.astype(np.float32) - 1.0) / 254.0).astype(np.float32)


class Sentinel2(Modality):
    """What both Sentinel-2 levels share; a level is a subclass."""

    ground_sampling_distance = 10.0
    bands = ("B04", "B03", "B02")
    encodings = ("reflectance", "thumbnail", "tci", "scaled")
    default_product = "reflectance"
    products: ClassVar[dict[str, Product]] = {
        "reflectance": Product("reflectance", "uint16", 0, ("B04", "B03", "B02"), "1", 1.0 / QUANTIFICATION, 0.0, True),
        "thumbnail": thumbnail_product(),
    }

    def to_physical(self, stored: NDArray[Any], valid: BoolArray, reading: Interpretation) -> FloatArray:
        """Return reflectance (unit 1), or the 8-bit picture for the encoding ``thumbnail``."""
        if reading.encoding == "thumbnail":
            return stored_thumbnail(stored, valid)
        if reading.encoding == "tci":
            reflectance = np.where(stored > 0, tci_to_reflectance(stored), np.float32(np.nan))
        else:
            reflectance = ((stored.astype(np.float64) + reading.offset) * reading.gain).astype(np.float32)
        return np.where(valid, np.clip(reflectance, 0.0, 1.0), np.float32(np.nan))

    def to_picture(self, physical: FloatArray, reading: Interpretation, stretch: Stretch | None) -> ByteArray:
        """Make the true colour thumbnail."""
        if reading.encoding == "thumbnail":
            return thumbnail_to_picture(physical)
        return reflectance_to_thumbnail(physical)

    def to_product(self, picture: FloatArray, product: str) -> NDArray[Any]:
        """Return ``reflectance`` (uint16, at least 1) or ``thumbnail`` (uint8, at least 1)."""
        if product == "thumbnail":
            return valid_bytes(picture)
        numbers = np.rint(thumbnail_to_reflectance(picture) * QUANTIFICATION)
        stored: NDArray[np.uint16] = np.clip(numbers, 1, np.iinfo(np.uint16).max).astype(np.uint16)
        return stored
