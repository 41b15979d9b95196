"""Units that elevation rasters declare, in metres."""

from __future__ import annotations

import re

US_SURVEY_FOOT = 1200.0 / 3937.0
LENGTHS = {
    "m": 1.0, "metre": 1.0, "meter": 1.0, "metres": 1.0, "meters": 1.0,
    "dm": 0.1, "decimetre": 0.1, "decimeter": 0.1, "decimetres": 0.1, "decimeters": 0.1,
    "cm": 0.01, "centimetre": 0.01, "centimeter": 0.01, "centimetres": 0.01, "centimeters": 0.01,
    "mm": 0.001, "millimetre": 0.001, "millimeter": 0.001, "millimetres": 0.001, "millimeters": 0.001,
    "km": 1000.0, "kilometre": 1000.0, "kilometer": 1000.0, "kilometres": 1000.0, "kilometers": 1000.0,
    "ft": 0.3048, "foot": 0.3048, "feet": 0.3048, "international foot": 0.3048, "international feet": 0.3048,
    "us survey foot": US_SURVEY_FOOT, "us survey feet": US_SURVEY_FOOT, "survey foot": US_SURVEY_FOOT,
    "survey feet": US_SURVEY_FOOT, "us foot": US_SURVEY_FOOT, "us feet": US_SURVEY_FOOT, "us ft": US_SURVEY_FOOT,
    "foot us": US_SURVEY_FOOT, "feet us": US_SURVEY_FOOT, "ft us": US_SURVEY_FOOT, "ftus": US_SURVEY_FOOT,
    "foot us survey": US_SURVEY_FOOT, "feet us survey": US_SURVEY_FOOT,
    "yd": 0.9144, "yard": 0.9144, "yards": 0.9144,
}  # fmt: skip
"""Metres of one unit, by its name in small letters."""
NO_LENGTHS = {
    "degree", "degrees", "deg", "°", "radian", "radians", "rad", "percent", "%", "db", "decibel", "k", "kelvin",
    "celsius", "°c", "degree celsius", "degrees celsius", "m/s", "m s-1", "mm/h", "kg/m3", "kg m-3", "w/m2", "w m-2",
}  # fmt: skip
"""What is measured in these is no elevation."""


def metres_of(unit: str) -> float | None:
    """Return the metres of one unit, None for one that is not known.

    Args:
        unit: as written: ``m``, ``US survey foot``, ``ftUS``, ``feet (US survey)``, ``metres above sea level``.
    """
    name = _normalised(unit)
    return LENGTHS.get(name, LENGTHS.get(name.partition(" above ")[0]))


def is_no_length(unit: str) -> bool:
    """Tell whether a unit is plainly none of elevations."""
    return _normalised(unit) in NO_LENGTHS


def _normalised(unit: str) -> str:
    return " ".join(re.sub(r"[_.()\[\],]|(?<=[a-z])-(?=[a-z])", " ", unit.lower()).split())
