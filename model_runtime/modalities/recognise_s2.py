"""Recognise Sentinel-2 files: bands, what the numbers are, and the offset of baseline 04.00."""

from __future__ import annotations

import re

from model_runtime.contract import InputError
from model_runtime.modalities.base import Interpretation
from model_runtime.modalities.facts import (
    SENTINEL_ORDER,
    Overrides,
    RasterFacts,
    band_names,
    common_number,
    find_bands,
    refuse_series,
)
from model_runtime.modalities.sentinel2 import QUANTIFICATION

WANTED = ("B04", "B03", "B02")
BASELINE_OFFSET = -1000.0
"""Added to the digital numbers of processing baseline 04.00 and later."""
DARK = 900.0
"""Digital numbers below this cannot carry the +1000 of baseline 04.00."""
CIRRUS_WITHOUT = 200.0
CIRRUS_WITH = (900.0, 1300.0)
"""Median of B10 (almost black everywhere): below the first no offset, inside the second the offset."""
FLOAT_REFLECTANCE_LIMIT = 5.0
"""Floating point numbers with a 98th percentile above this are digital numbers, not reflectance."""
PLAUSIBLE_MEDIAN = (-0.5, 2.0)


def recognise(facts: RasterFacts, overrides: Overrides, modality: str) -> Interpretation:
    """Return how to read a Sentinel-2 file; see ``recognition.recognise``."""
    _refuse_other_level(facts, modality)
    bands, source, warnings = _bands(facts, overrides, modality)
    encoding, said = _encoding(facts, overrides, bands)
    warnings += said
    if encoding in ("thumbnail", "tci"):
        return Interpretation(modality, bands, encoding, bands_source=source, warnings=warnings)
    alike = bands if overrides.scale is None else bands[:1]
    scale = common_number(facts, facts.scales, "scales", alike, modality) or 1.0
    gain = _gain(facts, bands, scale)
    if overrides.offset is None:
        offset, evidence = _offset(facts, alike, modality, gain, scale)
    else:
        offset, evidence = overrides.offset, "user"
    if evidence == "assumed":
        warnings += (f"{facts.name}: offset undetermined, assumed 0; use --offset {modality}=-1000 or =0.",)
    if overrides.scale is None:
        _refuse_implausible(facts, bands, offset, gain, modality)
    return Interpretation(modality, bands, encoding, offset, gain, evidence, source, warnings=warnings)


def _refuse_other_level(facts: RasterFacts, modality: str) -> None:
    product_type = facts.tags.get("PRODUCT_TYPE", "")
    level = {"S2MSI1C": "s2_l1c", "S2MSI2A": "s2_l2a"}.get(product_type)
    if level and level != modality:
        raise InputError(f"{facts.name}: its metadata say {product_type}; use --condition {level}=PATH.")


def _bands(facts: RasterFacts, overrides: Overrides, modality: str) -> tuple[tuple[int, ...], str, tuple[str, ...]]:
    if overrides.bands:
        return overrides.bands, "user", ()
    named = find_bands(facts, WANTED)
    if named:
        return named, "names", ()
    refuse_series(facts, WANTED)
    there = [name for name in band_names(facts) if name]
    if set(there) & set(WANTED):
        missing = ", ".join(name for name in WANTED if name not in there)
        raise InputError(
            f"{facts.name}: no band {missing} among {', '.join(there)}; give it too, or choose red, green and blue as "
            "PATH:BAND,BAND,BAND."
        )
    order = SENTINEL_ORDER.get(facts.count)
    if order and not any(name in order for name in band_names(facts)):
        return tuple(order.index(name) + 1 for name in WANTED), "order", ()
    if facts.count < len(WANTED):
        raise InputError(
            f"{facts.name}: {facts.count} band(s) found, {modality} needs red, green and blue "
            f"({', '.join(WANTED)}); join single-band files by repeating --condition {modality}=PATH."
        )
    warning = f"{facts.name}: unnamed bands, 1, 2, 3 assumed to be red, green, blue; use PATH:BAND,BAND,BAND."
    return (1, 2, 3), "assumed", (warning,)


def _encoding(facts: RasterFacts, overrides: Overrides, bands: tuple[int, ...]) -> tuple[str, tuple[str, ...]]:
    if overrides.encoding != "auto":
        return overrides.encoding, ()
    if any(facts.dtypes[band - 1] != "uint8" for band in bands):
        return "reflectance", ()
    if re.search(r"(?:^|[^A-Za-z])TCI(?:$|[^A-Za-z])", facts.name):
        return "tci", ()
    return "thumbnail", (
        f"{facts.name}: 8-bit colours assumed to be a thumbnail (1.3 * reflectance ** 0.6); "
        "a true colour image of the product needs --encoding MODALITY=tci.",
    )


def _gain(facts: RasterFacts, bands: tuple[int, ...], scale: float) -> float:
    if scale != 1.0:
        return scale
    bright = max(facts.statistics[band - 1].percentiles[98.0] for band in bands)
    if not facts.dtypes[bands[0] - 1].startswith(("int", "uint")) and bright <= FLOAT_REFLECTANCE_LIMIT:
        return 1.0
    quantification = facts.tags.get("BOA_QUANTIFICATION_VALUE") or facts.tags.get("QUANTIFICATION_VALUE")
    return 1.0 / (_number(quantification) or QUANTIFICATION)


def _offset(facts: RasterFacts, bands: tuple[int, ...], modality: str, gain: float, scale: float) -> tuple[float, str]:
    """Return (offset, evidence) by the order of SPEC section 5."""
    known = _offset_from_metadata(facts, bands)
    if known is not None:
        return known, "metadata"
    declared = common_number(facts, facts.offsets, "offsets", bands, modality)
    if declared != 0.0:
        return _declared_offset(declared, scale, gain), "metadata"
    if facts.tags.get("earthsearch:boa_offset_applied", "").lower() == "true":
        return 0.0, "metadata"
    if gain == 1.0:
        return 0.0, "reflectance"
    if modality == "s2_l1c":
        return _offset_from_cirrus(facts)
    names = {*WANTED}
    stack = SENTINEL_ORDER.get(facts.count, ())
    found = [
        index for index, name in enumerate(band_names(facts)) if (name or (stack[index] if stack else "")) in names
    ] or list(range(min(3, facts.count)))
    dark = min(facts.statistics[index].percentiles[0.1] for index in found)
    return (0.0, "statistics") if dark < DARK else (0.0, "assumed")


def _declared_offset(offset: float, scale: float, gain: float) -> float:
    """Return a band's declared offset as a number added before the gain.

    Declared without a scale, it is in stored numbers; digital numbers have none below 1, which is a reflectance.
    """
    if scale == 1.0 and abs(offset) < 1.0:
        return offset / gain
    return offset / scale


def _offset_from_metadata(facts: RasterFacts, bands: tuple[int, ...]) -> float | None:
    for tags in (*(facts.band_tags[band - 1] for band in bands), facts.tags):
        for key, value in tags.items():
            if key.upper().startswith(("BOA_ADD_OFFSET", "RADIO_ADD_OFFSET")):
                return _number(value)
    return None


def _offset_from_cirrus(facts: RasterFacts) -> tuple[float, str]:
    cirrus = find_bands(facts, ("B10",))
    order = SENTINEL_ORDER.get(facts.count, ())
    if cirrus is None and "B10" in order:
        cirrus = (order.index("B10") + 1,)
    if cirrus:
        median = facts.statistics[cirrus[0] - 1].percentiles[50.0]
        if median < CIRRUS_WITHOUT:
            return 0.0, "statistics"
        if CIRRUS_WITH[0] <= median <= CIRRUS_WITH[1]:
            return BASELINE_OFFSET, "statistics"
    return 0.0, "assumed"


def _refuse_implausible(facts: RasterFacts, bands: tuple[int, ...], offset: float, gain: float, modality: str) -> None:
    median = facts.statistics[bands[0] - 1].percentiles[50.0]
    reflectance = (median + offset) * gain
    if not PLAUSIBLE_MEDIAN[0] <= reflectance <= PLAUSIBLE_MEDIAN[1]:
        raise InputError(
            f"{facts.name}: band {bands[0]} has a median of {median:g}, a reflectance of {reflectance:g}, "
            f"which no ground has; say what the numbers are with --scale {modality}=GAIN,OFFSET."
        )


def _number(text: str | None) -> float | None:
    try:
        return float(text) if text else None
    except ValueError:
        return None
