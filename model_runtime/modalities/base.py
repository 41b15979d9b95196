"""What every modality offers: reading, the recipe to the network's picture, and the way back."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, ClassVar

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float32]
BoolArray = NDArray[np.bool_]
ByteArray = NDArray[np.uint8]

FLAT_RANGE = 1e-6
"""A range of physical values below this is not stretched (SPEC section 5)."""


@dataclass(frozen=True)
class Stretch:
    """Limits between which physical values are spread over 0..255.

    Attributes:
        limits: (low, high) for each of the modality's ``stretch_channels``.
        source: where they come from: ``file``, ``user`` or ``tags``.
    """

    limits: tuple[tuple[float, float], ...]
    source: str = "file"


@dataclass(frozen=True)
class Product:
    """One kind of output of a modality.

    Attributes:
        name: as in file names (``hillshade``, ``reflectance``, ``thumbnail``).
        dtype: numpy name of the stored type.
        nodata: value of pixels without data.
        bands: descriptions of the bands.
        unit: unit of the stored values after scale and offset; empty for a picture.
        scale: physical value = stored value * scale + offset.
        offset: see ``scale``.
        is_rgb: the three bands are red, green and blue.
    """

    name: str
    dtype: str
    nodata: float
    bands: tuple[str, ...]
    unit: str = ""
    scale: float = 1.0
    offset: float = 0.0
    is_rgb: bool = False


@dataclass(frozen=True)
class Interpretation:
    """How the pixels of one file are to be read.

    Attributes:
        modality: name of the modality.
        bands: band numbers from 1, in the order the recipe wants them.
        encoding: what the stored numbers are (see ``Modality.encodings``).
        offset: added to the stored number before ``gain``.
        gain: the stored number plus ``offset`` is multiplied by this.
        offset_source: the evidence for ``offset`` (``metadata``, ``statistics``, ``user``, ``assumed``, ...).
        bands_source: the evidence for ``bands``.
        stretch: limits carried by the file itself, or None.
        warnings: sentences for the user.
    """

    modality: str
    bands: tuple[int, ...]
    encoding: str
    offset: float = 0.0
    gain: float = 1.0
    offset_source: str = "none"
    bands_source: str = "names"
    stretch: Stretch | None = None
    warnings: tuple[str, ...] = ()

    def summary(self) -> dict[str, Any]:
        """Return what was recognised, ready for JSON."""
        return {
            "bands": list(self.bands),
            "bands_source": self.bands_source,
            "encoding": self.encoding,
            "offset": self.offset,
            "offset_source": self.offset_source,
        }


class Modality(ABC):
    """One modality of the model: its facts and its recipe both ways.

    Arrays are (bands, rows, columns); physical values are float32 with NaN where there is no data;
    the network's picture is uint8 (3, rows, columns) with 0 where there is no data.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    ground_sampling_distance: ClassVar[float]
    """Pixel size of the product in metres."""
    bands: ClassVar[tuple[str, ...]]
    """Names of the physical bands, in the order the recipe wants them."""
    encodings: ClassVar[tuple[str, ...]]
    products: ClassVar[Mapping[str, Product]]
    default_product: ClassVar[str]
    stretch_channels: ClassVar[tuple[str, ...]] = ()
    evidence_bands: ClassVar[tuple[str, ...]] = ()
    """Names of bands that tell how the others are to be read, where a folder of band files has them."""

    @property
    def band_files(self) -> tuple[str, ...]:
        """Names of the bands that a folder of band files must have; none where one file holds all."""
        return self.bands if len(self.bands) > 1 else ()

    def bands_of(self, encoding: str) -> int:
        """Return how many bands of a file this encoding needs."""
        return 3 if encoding in ("thumbnail", "tci") else len(self.bands)

    def reading_factor(self, encoding: str) -> int:
        """Return the side of a reading pixel in network pixels."""
        return 1

    def margin(self, encoding: str) -> int:
        """Return how many reading pixels around the area the recipe needs."""
        return 0

    def needs_stretch(self, encoding: str) -> bool:
        """Tell whether the recipe needs limits measured over the whole file."""
        return bool(self.stretch_channels) and encoding != "thumbnail"

    def signal_limit(self, reading: Interpretation) -> float | None:
        """Return the stored number at and below which a pixel shows no signal; None where every number is one."""
        return None

    @abstractmethod
    def to_physical(self, stored: NDArray[Any], valid: BoolArray, reading: Interpretation) -> FloatArray:
        """Turn stored numbers into the physical quantity that may be resampled.

        Band by band: the bands of one file may lie on different grids and then arrive apart.

        Args:
            stored: (bands, rows, columns), as in the file.
            valid: same shape, False where the file has no data.
            reading: how to read them.

        Returns:
            float32, NaN without data. For an 8-bit picture the picture itself.
        """

    def valid_pixels(self, physical: FloatArray, reading: Interpretation) -> BoolArray:
        """Tell which pixels have data: all bands of a quantity, any band of an 8-bit picture (black is a colour)."""
        finite = np.isfinite(physical)
        is_picture = reading.encoding in ("thumbnail", "tci")
        return np.asarray(finite.any(axis=0) if is_picture else finite.all(axis=0))

    def measure(self, physical: FloatArray) -> tuple[tuple[float, float], ...] | None:
        """Return (low, high) of one cell for each stretch channel, None without data.

        Args:
            physical: (bands, rows, columns), NaN without data, at the reading pixel size.
        """
        return None

    @abstractmethod
    def to_picture(self, physical: FloatArray, reading: Interpretation, stretch: Stretch | None) -> ByteArray:
        """Make the network's picture.

        Args:
            physical: (bands, rows, columns) at the reading pixel size, with ``margin`` pixels around.
            reading: how the file was read.
            stretch: limits, where ``needs_stretch``.

        Returns:
            uint8 (3, rows, columns) at the network's pixel size, 0 without data.
        """

    @abstractmethod
    def to_product(self, picture: FloatArray, product: str) -> NDArray[Any]:
        """Turn a decoded picture into a product.

        Args:
            picture: float32 (3, rows, columns), the decoder's output in [0, 1].
            product: a key of ``products``.

        Returns:
            (bands, rows, columns) in the product's type; every pixel valid.
        """

    def limits_from_user(self, limits: Sequence[tuple[float, float]]) -> Stretch:
        """Make a stretch from limits the user gives, one pair a stretch channel."""
        return Stretch(tuple(limits), "user")


def thumbnail_product() -> Product:
    """Return the 8-bit true or false colour picture that every three-channel modality offers."""
    return Product("thumbnail", "uint8", 0, ("red", "green", "blue"), is_rgb=True)


def picture_to_bytes(picture: FloatArray) -> ByteArray:
    """Return floor(255 * clip(picture, 0, 1) + 0.5), as the reference writes its pictures."""
    rounded: ByteArray = np.floor(255.0 * np.clip(picture, 0.0, 1.0) + 0.5).astype(np.uint8)
    return rounded


def valid_bytes(picture: FloatArray) -> ByteArray:
    """Return the 8-bit picture with valid pixels in 1..255 (0 is nodata)."""
    return np.maximum(picture_to_bytes(picture), 1)


def stored_thumbnail(stored: NDArray[Any], valid: BoolArray) -> FloatArray:
    """Return an 8-bit picture as float32 with NaN without data."""
    return np.where(valid, stored.astype(np.float32), np.float32(np.nan))


def thumbnail_to_picture(physical: FloatArray) -> ByteArray:
    """Return a resampled 8-bit picture as uint8, 0 without data."""
    filled = np.nan_to_num(physical, nan=0.0)
    rounded: ByteArray = np.floor(np.clip(filled, 0.0, 255.0) + 0.5).astype(np.uint8)
    return rounded
