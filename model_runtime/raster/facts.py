"""What a raster says about itself: everything a recipe may decide on, and no pixels or file handles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import overload

from affine import Affine
from odc.geo.crs import CRS

PERCENTILES = (0.1, 1.0, 2.0, 50.0, 98.0, 99.9)
"""Percentiles kept of a sampled band."""


@dataclass(frozen=True)
class BandStatistics:
    """Statistics of a band's stored numbers over a sample of its valid pixels.

    Attributes:
        count: valid pixels in the sample.
        share_valid: share of the sampled pixels that are valid (0..1).
        minimum: smallest sampled number (NaN without valid pixels, as all below).
        maximum: largest sampled number.
        percentiles: percentile (0..100, those of ``PERCENTILES``) -> number.
        share_zero: share of the valid pixels that are exactly 0.
        is_integer: True where every sampled number is whole.
    """

    count: int
    share_valid: float
    minimum: float
    maximum: float
    percentiles: Mapping[float, float]
    share_zero: float
    is_integer: bool


class LazyStatistics(Sequence[BandStatistics]):
    """Statistics of every band, each sampled when it is first asked for.

    Args:
        count: number of bands.
        sample: index from 0 -> statistics; raises InputError where the pixels cannot be read.
    """

    def __init__(self, count: int, sample: Callable[[int], BandStatistics]) -> None:
        self._sample = sample
        self._kept: list[BandStatistics | None] = [None] * count

    def __len__(self) -> int:
        """Number of bands."""
        return len(self._kept)

    @overload
    def __getitem__(self, index: int) -> BandStatistics: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[BandStatistics]: ...
    def __getitem__(self, index: int | slice) -> BandStatistics | Sequence[BandStatistics]:
        """Statistics of one band, or of several."""
        if isinstance(index, slice):
            return [self[position] for position in range(*index.indices(len(self)))]
        position = range(len(self))[index]
        kept = self._kept[position]
        if kept is None:
            kept = self._kept[position] = self._sample(position)
        return kept

    def __iter__(self) -> Iterator[BandStatistics]:
        """Statistics of one band after the other."""
        return (self[position] for position in range(len(self)))


@dataclass(frozen=True)
class SourceFacts:
    """Facts of a source; the tuples have one entry per band, band 1 first.

    Attributes:
        name: file or folder name, without its folder.
        driver: GDAL's short driver name.
        dtypes: numpy names of the stored types.
        descriptions: band descriptions ("" where there is none; of a file of one band, the band its name speaks of).
        file_bands: band that the name of the file speaks of, for each band ("" where it speaks of none).
        color_interpretations: GDAL's names in lower case ("red", "gray", "undefined", ...).
        band_tags: metadata of each band.
        tags: metadata of the dataset; of the product where it comes from a .SAFE folder.
        scales: declared scale of each band.
        offsets: declared offset of each band.
        units: declared unit of each band ("" where there is none).
        nodata: nodata number of each band, or None.
        alpha_band: number of the alpha band, or None.
        has_mask: True where the file carries a mask of its own.
        crs: coordinate reference system, in force (after an override).
        transform: pixel -> CRS coordinates of band 1.
        width: columns of band 1.
        height: rows of band 1.
        pixel_metres: true ground size (x, y) in metres of the pixel at the centre.
        rotated: True where rows do not run along the CRS's axes.
        south_up: True where the first row is the southernmost one.
        statistics: of every band, sampled when asked for.
    """

    name: str
    driver: str
    dtypes: tuple[str, ...]
    descriptions: tuple[str, ...]
    file_bands: tuple[str, ...]
    color_interpretations: tuple[str, ...]
    band_tags: tuple[Mapping[str, str], ...]
    tags: Mapping[str, str]
    scales: tuple[float, ...]
    offsets: tuple[float, ...]
    units: tuple[str, ...]
    nodata: tuple[float | None, ...]
    alpha_band: int | None
    has_mask: bool
    crs: CRS
    transform: Affine
    width: int
    height: int
    pixel_metres: tuple[float, float]
    rotated: bool
    south_up: bool
    statistics: Sequence[BandStatistics] = field(repr=False, compare=False)

    @property
    def count(self) -> int:
        """Number of bands."""
        return len(self.dtypes)
