"""Which modality a file probably is, where the user has not said: tags and names first, then numbers of bands."""

from __future__ import annotations

import re
from dataclasses import dataclass

from model_runtime.modalities.facts import SENTINEL_ORDER, RasterFacts, band_names

LEVELS = {"S2MSI1C": "s2_l1c", "S2MSI2A": "s2_l2a"}


@dataclass(frozen=True)
class Guess:
    """A modality and the evidence for it: ``user``, ``tags``, ``names``, ``order`` or ``assumed``."""

    modality: str
    source: str


def guess_modality(facts: RasterFacts) -> Guess:
    """Return what a file probably is; the recipes then check whether it can be."""
    own = facts.tags.get("COPGEN_MODALITY")
    if own:
        return Guess(own, "tags")
    level = LEVELS.get(facts.tags.get("PRODUCT_TYPE", ""))
    if level:
        return Guess(level, "tags")
    names = {name for name in band_names(facts) if name}
    if names & {"VV", "VH"}:
        return Guess("s1_rtc", "names")
    if {"B04", "B03", "B02"} <= names:
        return _level(facts, names)
    if facts.count in SENTINEL_ORDER:
        return Guess("s2_l1c" if facts.count == 13 else "s2_l2a", "order")
    if facts.count <= 2:
        return Guess("dem" if facts.count == 1 else "s1_rtc", "order")
    return _level(facts, names)


def _level(facts: RasterFacts, names: set[str]) -> Guess:
    """Tell the levels of Sentinel-2 apart: L1C alone keeps band 10."""
    written = re.search(r"(?:L|S2[A-D])(1C|2A)(?![0-9A-Z])", facts.name.upper())
    if written:
        return Guess(f"s2_l{written.group(1).lower()}", "names")
    return Guess("s2_l1c", "names") if "B10" in names else Guess("s2_l2a", "assumed")
