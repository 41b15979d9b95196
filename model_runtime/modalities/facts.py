"""What recognition looks at: facts of a file, and names of bands made comparable."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from model_runtime.contract import InputError


class BandStatistics(Protocol):
    """Statistics of one band over its valid pixels, from a reduced reading."""

    @property
    def minimum(self) -> float: ...  # noqa: D102
    @property
    def maximum(self) -> float: ...  # noqa: D102
    @property
    def percentiles(self) -> Mapping[float, float]:
        """Values at 0.1, 1, 2, 50, 98 and 99.9 percent."""

    @property
    def is_integer(self) -> bool:
        """True where every value is a whole number."""


class RasterFacts(Protocol):
    """Facts of an opened raster; ``model_runtime.raster.source.SourceFacts`` has them all."""

    @property
    def name(self) -> str:
        """File name, for sentences."""

    @property
    def count(self) -> int: ...  # noqa: D102
    @property
    def dtypes(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def descriptions(self) -> Sequence[str]:
        """One name a band, empty where the file has none."""

    @property
    def file_bands(self) -> Sequence[str]:
        """The band that the file's name speaks of, for each band; empty where it speaks of none."""

    @property
    def color_interpretations(self) -> Sequence[str]: ...  # noqa: D102
    @property
    def tags(self) -> Mapping[str, str]: ...  # noqa: D102
    @property
    def band_tags(self) -> Sequence[Mapping[str, str]]: ...  # noqa: D102
    @property
    def scales(self) -> Sequence[float]: ...  # noqa: D102
    @property
    def offsets(self) -> Sequence[float]: ...  # noqa: D102
    @property
    def units(self) -> Sequence[str]:
        """One unit a band, empty where the file has none."""

    @property
    def statistics(self) -> Sequence[BandStatistics]: ...  # noqa: D102


@dataclass(frozen=True)
class Overrides:
    """What the user says about a file; None or ``auto`` leaves it to recognition.

    Attributes:
        bands: numbers from 1.
        encoding: a name of the modality's ``encodings``.
        offset: added to the stored numbers.
        scale: (gain, offset): stored number * gain + offset is the physical number.
    """

    bands: tuple[int, ...] = ()
    encoding: str = "auto"
    offset: float | None = None
    scale: tuple[float, float] | None = None


COLOURS = {"RED": "B04", "GREEN": "B03", "BLUE": "B02", "R": "B04", "G": "B03", "B": "B02"}
SENTINEL_ORDER = {
    12: ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B11", "B12"),
    13: ("B01", "B02", "B03", "B04", "B05", "B06", "B07", "B08", "B8A", "B09", "B10", "B11", "B12"),
}
"""Order of unnamed stacks, by their number of bands."""
KNOWN_BANDS = {*SENTINEL_ORDER[13], "VV", "VH"}
"""Standard names; any other one says nothing of the band."""


def normalise_band(name: str) -> str:
    """Return a band's standard name: B4, B04 and red are B04; VV and Gamma0_VV are VV."""
    text = name.strip().upper()
    if text in COLOURS:
        return COLOURS[text]
    polarisation = re.search(r"(?:^|[^A-Z])(VV|VH)(?:$|[^A-Z])", text)
    if polarisation:
        return polarisation.group(1)
    band = re.search(r"(?:^|[^A-Z0-9])B(?:AND)?[ _]?0?(\d{1,2}A?)(?:$|[^A-Z0-9])", text)
    if band:
        number = band.group(1)
        return f"B{number}" if number == "8A" else f"B{int(number):02d}" if number.isdigit() else text
    return text


def band_names(facts: RasterFacts) -> list[str]:
    """Return the standard name of every band: description, tag, the file's own name, then colour interpretation."""
    names = []
    for index in range(facts.count):
        tags = facts.band_tags[index]
        name = normalise_band(facts.descriptions[index] or tags.get("DESCRIPTION") or tags.get("NETCDF_VARNAME", ""))
        if name not in KNOWN_BANDS:
            name = facts.file_bands[index] or name
        colour = normalise_band(facts.color_interpretations[index])
        names.append(colour if colour.startswith("B0") and not name else name)
    return names


def common_number(
    facts: RasterFacts, numbers: Sequence[float], told: str, bands: Sequence[int], modality: str
) -> float:
    """Return the number that several bands declare, which are read alike.

    Args:
        facts: of the file.
        numbers: of all of its bands.
        told: what they are, for the sentence.
        bands: numbers of those that are read.
        modality: the name of the modality, for the sentence.

    Raises:
        InputError: they declare different ones.
    """
    found = [numbers[band - 1] for band in bands]
    if len(set(found)) > 1:
        each = ", ".join(f"band {band}: {number:g}" for band, number in zip(bands, found, strict=True))
        raise InputError(
            f"{facts.name}: its bands declare different {told} ({each}); say how to read all of them with --scale "
            f"{modality}=GAIN,OFFSET."
        )
    return found[0]


def refuse_series(facts: RasterFacts, wanted: Sequence[str]) -> None:
    """Refuse bands of which several bear one of the wanted names, as the dates of a time series do.

    Raises:
        InputError: which name, and how many bear it.
    """
    names = band_names(facts)
    for name in wanted:
        if names.count(name) > 1:
            raise InputError(
                f"{facts.name}: {names.count(name)} of its {facts.count} bands are called {name}, as if they were"
                " several dates; choose one each as PATH:BAND,BAND."
            )


def find_bands(facts: RasterFacts, wanted: Sequence[str]) -> tuple[int, ...] | None:
    """Return the numbers of the bands that bear the wanted names, or None unless each is found once."""
    names = band_names(facts)
    if any(names.count(name) != 1 for name in wanted):
        return None
    return tuple(names.index(name) + 1 for name in wanted)
