"""Names of modalities, bands, encodings, presets and stages, as the user reads them."""

from __future__ import annotations

import re
from typing import Dict, Mapping, Optional, Tuple

from .translation import tr

ENCODINGS: Dict[str, Tuple[str, ...]] = {
    "dem": ("elevation", "hillshade", "thumbnail", "scaled"),
    "s1_rtc": ("linear", "amplitude", "db", "scaled", "thumbnail"),
    "s2_l1c": ("reflectance", "thumbnail", "tci", "scaled"),
    "s2_l2a": ("reflectance", "thumbnail", "tci", "scaled"),
}
"""What the stored numbers of a modality can be."""

PICTURES = ("thumbnail", "tci")
"""Encodings that are pictures of three channels."""

PRESETS = ("auto", "reference", "fast")
"""auto: what the model was made for."""


def preset_of(choice: str) -> Optional[str]:
    """Return a choice of :data:`PRESETS` as a job has it."""
    return None if choice == "auto" else choice


def modality_name(modality: str) -> str:
    """Return the name of a modality; the word itself where it is unknown."""
    names = {
        "dem": tr("DEM hillshade"),
        "s1_rtc": tr("Sentinel-1 RTC"),
        "s2_l1c": tr("Sentinel-2 L1C"),
        "s2_l2a": tr("Sentinel-2 L2A"),
    }
    return names.get(modality, modality)


def condition_name(modality: str) -> str:
    """Return the name of a modality as a condition, where elevation itself is what is usually given."""
    return tr("Elevation (DEM)") if modality == "dem" else modality_name(modality)


def band_names(modality: str, encoding: str = "auto") -> Tuple[str, ...]:
    """Return what the bands of a condition are called, in the order the recipe wants them."""
    if modality == "dem" and encoding not in PICTURES:
        return (tr("Elevation"),)
    if modality == "s1_rtc" and encoding not in PICTURES:
        return ("VV", "VH")
    if modality in ("s2_l1c", "s2_l2a") and encoding not in PICTURES:
        return (tr("Red (B04)"), tr("Green (B03)"), tr("Blue (B02)"))
    return (tr("Red"), tr("Green"), tr("Blue"))


def encoding_name(encoding: str) -> str:
    """Return what the stored numbers are, in words."""
    names = {
        "auto": tr("as recognised"),
        "elevation": tr("elevation in metres"),
        "hillshade": tr("hillshade picture"),
        "thumbnail": tr("8-bit picture"),
        "tci": tr("true colour image (TCI)"),
        "scaled": tr("scaled numbers"),
        "linear": tr("linear power"),
        "amplitude": tr("amplitude"),
        "db": tr("decibels"),
        "reflectance": tr("reflectance"),
    }
    return names.get(encoding, encoding)


def evidence_name(source: str) -> str:
    """Return the evidence for something recognised, in words; empty where there is nothing to tell."""
    names = {
        "metadata": tr("from the metadata"),
        "tags": tr("from the file's tags"),
        "statistics": tr("from the numbers"),
        "names": tr("by their names"),
        "order": tr("by their order"),
        "user": tr("set by you"),
        "assumed": tr("assumed"),
    }
    return names.get(source, "" if source in ("none", "") else source)


def stage_name(stage: str) -> str:
    """Return what is being done, in words."""
    names = {
        "export": tr("Exporting layers"),
        "load": tr("Loading the model"),
        "graphs": tr("Writing the graphs"),
        "read": tr("Reading"),
        "measure": tr("Measuring"),
        "encode": tr("Encoding"),
        "denoise": tr("Denoising"),
        "decode": tr("Decoding"),
        "write": tr("Writing"),
    }
    return names.get(stage, stage)


def state_name(state: str) -> str:
    """Return the state of a run, in words."""
    names = {
        "preparing": tr("preparing"),
        "queued": tr("waiting"),
        "running": tr("running"),
        "finished": tr("finished"),
        "failed": tr("failed"),
        "cancelled": tr("cancelled"),
    }
    return names.get(state, state)


_COMMAND_LINE = (
    (r"use --condition (\w+)=PATH", r"give it as \1"),
    (r"(?:by )?repeating --condition(?: \w+=PATH)?", "in a virtual raster"),
    (r", or use larger pixels with --resolution", ""),
    # QGIS has no place for a gain.
    (r"--scale [a-z0-9_]+=[A-Z0-9,]+", "the raster calculator"),
    # A flag of one modality names one input: "--offset s2_l2a=-1000" is OFFSET=-1000.
    (r"(--[a-z-]+) (?:[a-z][a-z0-9_]*|MODALITY)=", r"\1="),
)
"""What the command line offers and QGIS does otherwise, or not."""


def without_flags(sentence: str, names: Mapping[str, str]) -> str:
    """Return a sentence of the runtime in the words of a place in QGIS.

    Args:
        sentence: as the command line says it.
        names: what flags are called there, by their name without hyphens; ``bands`` is for the bands of a condition.
    """
    for pattern, words in _COMMAND_LINE:
        sentence = re.sub(pattern, words, sentence)
    sentence = re.sub(r"--([a-z][a-z-]*)", lambda found: names.get(found.group(1), found.group(0)), sentence)
    return re.sub(r"PATH:BAND,BAND(?:,BAND)?", names.get("bands", "PATH"), sentence)


STAGES = {
    "export": (0.0, 0.0),
    "graphs": (0.0, 1.0),
    "load": (0.0, 0.02),
    "measure": (0.02, 0.03),
    "read": (0.03, 0.05),
    "encode": (0.05, 0.12),
    "denoise": (0.12, 0.85),
    "decode": (0.85, 0.98),
    "write": (0.98, 1.0),
}
"""Which part of the progress bar each stage fills."""


def overall_share(stage: str, done: float, total: float) -> float:
    """Return how much of the whole run is done, from 0 to 1; 0 for a stage that is unknown."""
    first, last = STAGES.get(stage, (0.0, 0.0))
    share = min(max(done / total, 0.0), 1.0) if total else 0.0
    return first + (last - first) * share
