"""Recognise what a file holds: metadata and band names first, statistics second, the user above all."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from model_runtime.contract import InputError, UsageError
from model_runtime.modalities import recognise_dem, recognise_s1, recognise_s2
from model_runtime.modalities.base import Interpretation, Modality, Stretch
from model_runtime.modalities.facts import Overrides, RasterFacts, band_names, normalise_band

SYNTHETIC_TAG = "COPGEN_SYNTHETIC"


def recognise(modality: Modality, facts: RasterFacts, overrides: Overrides) -> Interpretation:
    """Decide bands, encoding and offset of a file that is to serve as one modality.

    Args:
        modality: what the user says the file is.
        facts: what the file says of itself.
        overrides: what the user says about its numbers.

    Raises:
        InputError: the file cannot be this modality, or nothing tells how to read it.
        UsageError: a band or encoding was asked for that does not exist.
    """
    if overrides.encoding != "auto" and overrides.encoding not in modality.encodings:
        raise UsageError(
            f"--encoding {modality.name}={overrides.encoding}: unknown; use auto, {', '.join(modality.encodings)}."
        )
    if facts.tags.get(SYNTHETIC_TAG) == "YES":
        reading = _from_own_tags(modality, facts, overrides)
    else:
        reading = _RECOGNISERS[modality.name](facts, overrides, modality.name)
    if overrides.bands:
        reading = replace(reading, bands=overrides.bands, bands_source="user")
    if overrides.scale is not None:
        gain, offset = overrides.scale
        if gain == 0:
            raise UsageError(f"--scale {modality.name}={gain},{offset}: the gain must not be 0.")
        reading = replace(reading, gain=gain, offset=offset / gain, offset_source="user")
    needed = modality.bands_of(reading.encoding)
    if len(reading.bands) != needed:
        names = modality.bands if needed == len(modality.bands) else ("red", "green", "blue")
        raise InputError(
            f"{facts.name}: {modality.name} as {reading.encoding} needs {needed} band(s) "
            f"({', '.join(names)}), {len(reading.bands)} given; name them as PATH:BAND,BAND."
        )
    return reading


def find_band(facts: RasterFacts, wanted: str) -> int:
    """Return the number of the band that a user names by number or name.

    Raises:
        InputError: there is no such band.
    """
    if wanted.strip().isdecimal():
        number = int(wanted)
        if 1 <= number <= facts.count:
            return number
    names = band_names(facts)
    raw = [name.strip().upper() for name in facts.descriptions]
    for pool, name in ((raw, wanted.strip().upper()), (names, normalise_band(wanted))):
        if pool.count(name) == 1:
            return pool.index(name) + 1
    if normalise_band(wanted) in names:
        raise InputError(
            f"{facts.name}: {names.count(normalise_band(wanted))} bands are called {wanted}; give a number."
        )
    known = ", ".join(dict.fromkeys(name for name in names if name)) or "none named"
    raise InputError(
        f"{facts.name}: no band {wanted}; it has {facts.count} band(s) ({known}). Name its bands or give their numbers."
    )


def parse_limits(modality: Modality, text: str) -> Stretch:
    """Read ``LO,HI[;LO,HI]`` for the modality's stretch channels.

    Raises:
        UsageError: the text is not such a list or the modality has no stretch.
    """
    wanted = len(modality.bands)
    try:
        limits = [_pair(part) for part in text.split(";")]
    except ValueError:
        raise UsageError(f"--stretch {modality.name}={text}: give LOW,HIGH, separated by ; for each band.") from None
    if not modality.stretch_channels or len(limits) not in {wanted, len(modality.stretch_channels)}:
        channels = " ; ".join(modality.stretch_channels) or "none"
        raise UsageError(f"--stretch {modality.name}={text}: {len(limits)} pair(s) given, it has {channels}.")
    return modality.limits_from_user(limits)


def _pair(text: str) -> tuple[float, float]:
    low, high = (float(number) for number in text.split(","))
    if not -np.inf < low < high < np.inf:
        raise ValueError(text)
    return low, high


def _from_own_tags(modality: Modality, facts: RasterFacts, overrides: Overrides) -> Interpretation:
    made_as = facts.tags.get("COPGEN_MODALITY", "")
    product = facts.tags.get("COPGEN_PRODUCT", "")
    if made_as != modality.name:
        raise InputError(
            f"{facts.name}: its tags say it is a generated {made_as}, not {modality.name}; "
            f"use --condition {made_as}=PATH."
        )
    if overrides.encoding not in ("auto", product):
        raise InputError(
            f"{facts.name}: its tags say it is {modality.name} as {product}, not {overrides.encoding}; "
            f"leave --encoding {modality.name} out."
        )
    scale = facts.scales[0] or 1.0
    return Interpretation(
        modality.name,
        tuple(range(1, modality.bands_of(product) + 1)),
        product,
        offset=facts.offsets[0] / scale if overrides.offset is None else overrides.offset,
        gain=scale,
        offset_source="tags" if overrides.offset is None else "user",
        bands_source="tags",
        warnings=(f"{facts.name} is itself synthetic (generated by {facts.tags.get('COPGEN_MODEL', 'a model')}).",),
    )


_RECOGNISERS = {
    "dem": recognise_dem.recognise,
    "s1_rtc": recognise_s1.recognise,
    "s2_l1c": recognise_s2.recognise,
    "s2_l2a": recognise_s2.recognise,
}
