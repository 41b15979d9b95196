"""Recognise Sentinel-1 files: polarisations, and whether the numbers are power, decibels or a picture."""

from __future__ import annotations

from model_runtime.contract import InputError
from model_runtime.modalities.base import Interpretation
from model_runtime.modalities.facts import Overrides, RasterFacts, common_number, find_bands, refuse_series

WANTED = ("VV", "VH")
DB_LIMITS = (-60.0, 30.0)
"""Decibels whose median lies outside are none."""
POWER_LIMITS = (1e-6, 100.0)
"""Linear power whose median lies outside is none."""
NEGATIVE_DB = -1.0
"""Where 1 percent of the numbers lie below this they are decibels; noise taken off power is never so negative."""


def recognise(facts: RasterFacts, overrides: Overrides, modality: str) -> Interpretation:
    """Return how to read a Sentinel-1 file; see ``recognition.recognise``."""
    bands, source, warnings = _bands(facts, overrides)
    encoding = _encoding(facts, overrides, bands)
    if encoding == "thumbnail":
        said = (
            ()
            if overrides.encoding != "auto"
            else (f"{facts.name}: 8-bit colours assumed to be the false colour thumbnail (VV, VV + VH, VH).",)
        )
        return Interpretation(modality, bands, encoding, bands_source=source, warnings=warnings + said)
    if not _says_terrain_corrected(facts):
        warnings += (
            f"{facts.name}: nothing in it says gamma-nought; if it is sigma-nought it is used as it is, "
            "which is not terrain-flattened gamma-nought.",
        )
    alike = bands if overrides.scale is None else bands[:1]
    gain = common_number(facts, facts.scales, "scales", alike, modality) or 1.0
    offset = overrides.offset
    if offset is None:
        offset = common_number(facts, facts.offsets, "offsets", alike, modality) / gain
    evidence = "user" if overrides.offset is not None else "none"
    if overrides.scale is None:
        _refuse_implausible(facts, bands, encoding, offset, gain)
    return Interpretation(modality, bands, encoding, offset, gain, evidence, source, warnings=warnings)


def _bands(facts: RasterFacts, overrides: Overrides) -> tuple[tuple[int, ...], str, tuple[str, ...]]:
    if overrides.bands:
        return overrides.bands, "user", ()
    named = find_bands(facts, WANTED)
    if named:
        return named, "names", ()
    refuse_series(facts, WANTED)
    if facts.count >= 3 and set(facts.dtypes[:3]) == {"uint8"}:
        warning = f"{facts.name}: unnamed bands, 1, 2, 3 assumed to be red, green, blue."
        return (1, 2, 3), "assumed", (warning,)
    if facts.count == len(WANTED):
        warning = f"{facts.name}: two unnamed bands assumed to be VV, VH; use PATH:BAND,BAND."
        return (1, 2), "assumed", (warning,)
    raise InputError(
        f"{facts.name}: {facts.count} band(s) found and not one each named VV and VH; "
        "name them as PATH:BAND,BAND or join two files by repeating --condition s1_rtc=PATH."
    )


def _encoding(facts: RasterFacts, overrides: Overrides, bands: tuple[int, ...]) -> str:
    if overrides.encoding != "auto":
        return overrides.encoding
    first = bands[0] - 1
    if len(bands) == 3 and facts.dtypes[first] == "uint8":
        return "thumbnail"
    has_scale = facts.scales[first] not in (0.0, 1.0)
    if facts.dtypes[first].startswith(("int", "uint")) and not has_scale:
        raise InputError(
            f"{facts.name}: whole numbers ({facts.dtypes[first]}) are uncalibrated amplitudes; calibrate to "
            "gamma-nought first, or say what they are with --encoding s1_rtc=scaled|amplitude|db|linear."
        )
    named_db = "DB" in facts.descriptions[first].upper()
    levels = facts.statistics[first].percentiles
    return "db" if named_db or levels[50.0] < 0 or levels[1.0] < NEGATIVE_DB else "linear"


def _says_terrain_corrected(facts: RasterFacts) -> bool:
    text = " ".join([facts.name, *facts.descriptions, *facts.tags, *facts.tags.values()]).upper()
    return any(word in text for word in ("GAMMA", "RTC"))


def _refuse_implausible(facts: RasterFacts, bands: tuple[int, ...], encoding: str, offset: float, gain: float) -> None:
    limits = {"db": DB_LIMITS, "linear": POWER_LIMITS}.get(encoding)
    if limits is None:
        return
    levels = facts.statistics[bands[0] - 1].percentiles
    middle = (levels[50.0] + offset) * gain
    if encoding == "linear" and middle <= 0:
        # More than half of the file may be a collar of zeros that is not declared.
        middle = (levels[98.0] + offset) * gain
    if not limits[0] <= middle <= limits[1]:
        raise InputError(
            f"{facts.name}: a typical {middle:g} is no backscatter as {encoding}; "
            "say what the numbers are with --encoding s1_rtc=linear|amplitude|db|scaled."
        )
