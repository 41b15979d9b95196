"""Recognise elevation rasters and hillshades."""

from __future__ import annotations

from model_runtime.contract import InputError
from model_runtime.modalities.base import Interpretation
from model_runtime.modalities.facts import Overrides, RasterFacts
from model_runtime.modalities.units import is_no_length, metres_of

ELEVATION_NAMES = ("ELEVATION", "DEM", "DSM", "DTM", "HEIGHT", "ALTITUDE")
EARTH_LIMITS = (-500.0, 9000.0)
"""Land elevations outside, in metres, are worth a warning."""


def recognise(facts: RasterFacts, overrides: Overrides, modality: str) -> Interpretation:
    """Return how to read an elevation raster; see ``recognition.recognise``."""
    band, source = _band(facts, overrides)
    index = band - 1
    encoding = overrides.encoding
    warnings: tuple[str, ...] = ()
    if encoding == "auto":
        encoding, warnings = _encoding(facts, index)
    if encoding in ("hillshade", "thumbnail"):
        return Interpretation(modality, (band,), encoding, bands_source=source, warnings=warnings)
    gain = facts.scales[index] or 1.0
    offset = facts.offsets[index] / gain
    evidence = "none"
    if overrides.offset is not None:
        offset, evidence = overrides.offset, "user"
    if overrides.scale is None:
        metres, said = _unit(facts, index, modality)
        gain *= metres
        warnings += said + _doubts(facts, index, offset, gain)
    return Interpretation(modality, (band,), encoding, offset, gain, evidence, source, warnings=warnings)


def _band(facts: RasterFacts, overrides: Overrides) -> tuple[int, str]:
    if overrides.bands:
        return overrides.bands[0], "user"
    if facts.count == 1:
        return 1, "order"
    named = [
        number
        for number, name in enumerate(facts.descriptions, start=1)
        if any(word in name.upper() for word in ELEVATION_NAMES)
    ]
    if len(named) != 1:
        raise InputError(
            f"{facts.name}: {facts.count} bands found and none tells that it is the elevation; name it as PATH:BAND."
        )
    return named[0], "names"


def _encoding(facts: RasterFacts, index: int) -> tuple[str, tuple[str, ...]]:
    if facts.dtypes[index] == "uint8":
        warning = f"{facts.name}: 8-bit numbers assumed to be a hillshade; elevation needs --encoding dem=elevation."
        return "hillshade", (warning,)
    return "elevation", ()


def _unit(facts: RasterFacts, index: int, modality: str) -> tuple[float, tuple[str, ...]]:
    """Return the metres of one of the declared unit, 1 where none is declared, and what is to be told of it."""
    unit = facts.units[index]
    if is_no_length(unit):
        raise InputError(
            f"{facts.name}: the unit of band {index + 1} is {unit}, which no elevation has; give elevations, or say "
            f"how to make metres of the numbers with --scale {modality}=GAIN,OFFSET."
        )
    metres = metres_of(unit) if unit else 1.0
    if metres is None:
        return 1.0, (
            f"{facts.name}: the unit {unit} is not known, assumed metres; use --scale {modality}=GAIN,OFFSET.",
        )
    if metres == 1.0:
        return metres, ()
    return metres, (
        f"{facts.name}: elevations in {unit} are taken times {metres:.9g}, as metres; if they are metres use --scale "
        f"{modality}=1,0.",
    )


def _doubts(facts: RasterFacts, index: int, offset: float, gain: float) -> tuple[str, ...]:
    statistics = facts.statistics[index]
    low, high = ((value + offset) * gain for value in (statistics.minimum, statistics.maximum))
    doubts: tuple[str, ...] = ()
    if statistics.is_integer and gain == 1.0:
        doubts += (f"{facts.name}: elevations in whole metres; terraces in the hillshade are an artefact of that.",)
    if low < EARTH_LIMITS[0] or high > EARTH_LIMITS[1]:
        doubts += (
            f"{facts.name}: elevations from {low:g} to {high:g} m; if the unit is another one use --scale dem=GAIN,0.",
        )
    return doubts
