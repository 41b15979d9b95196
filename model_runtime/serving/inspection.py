"""What a job would do, found out without running a network.

The answer is an object:

- ``recognised``: by modality, {file, modality, modality_source, bands, band_names, bands_source,
  encoding, offset, offset_source}.
- ``conditions``: in the job's order, {modality, path}; a condition whose modality was ``auto`` (or empty)
  has the one it was taken for.
- ``area``: {width, height, crs, pixel_size, bounds: [west, south, east, north] in that CRS} of the
  working grid; ``output``: the same of the results' grid.
- ``chips``, ``steps``, ``samples``, ``evaluations`` (chips * steps * samples), ``memory_bytes``
  (an estimate), ``model``, ``device``, ``generate``, ``warnings``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Protocol

from odc.geo.geobox import GeoBox

from model_runtime.contract import Condition, Job, UsageError
from model_runtime.generate import Plan, check_job, choose_steps, make_plan
from model_runtime.modalities.facts import band_names
from model_runtime.modalities.guess import Guess, guess_modality
from model_runtime.presets import StepCounts
from model_runtime.raster.geodesy import crs_of, parse_crs
from model_runtime.raster.source import open_source, parse_condition_path
from model_runtime.results import plan_paths
from model_runtime.streams import StreamSpec

UNKNOWN = "auto"
PROCESS_BYTES = 500 << 20
"""Of Python with torch and rasterio, no model loaded."""
BYTES_A_PIXEL = 100
"""At the peak of a job, which is reading or writing, over the pixels that the networks see (measured: 102)."""
BYTES_A_CONDITION_PIXEL = 4
WINDOW_BYTES = 60 << 20
"""Of one window in the networks, beside what grows with their weights (measured with the embedded model)."""
WINDOW_FACTOR = 3
"""Activations of one window in a large network, as a share of its weights."""


class Facts(StepCounts, Protocol):
    """What has to be known of the model, see ``serving.models.ModelFacts``."""

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def streams(self) -> Sequence[StreamSpec]: ...  # noqa: D102
    @property
    def weight_bytes(self) -> int: ...  # noqa: D102


def inspect_job(job: Job, model: Facts, device: str) -> dict[str, Any]:
    """Open the conditions and plan a job.

    Args:
        job: what would be done; ``generate`` and ``output`` may be empty.
        model: what would run.
        device: where.

    Raises:
        CopGenError: in one sentence, why the job cannot be done.
    """
    guesses = [_guess(entry) for entry in job.conditions]
    named = [replace(entry, modality=guess.modality) for entry, guess in zip(job.conditions, guesses, strict=True)]
    _refuse_twins(named, guesses)
    job = replace(job, conditions=named)
    if job.generate:
        check_job(job)
    if job.generate and job.output:
        plan_paths(job)
    plan = make_plan(job, model.streams)
    steps = choose_steps(job, model)
    return {
        "recognised": _recognised(plan, {guess.modality: guess for guess in guesses}),
        "conditions": [{"modality": entry.modality, "path": entry.path} for entry in named],
        "area": _grid(plan.grid.geobox),
        "output": _grid(plan.target),
        "chips": plan.chips,
        "steps": steps,
        "samples": job.samples,
        "evaluations": plan.chips * steps * job.samples,
        "memory_bytes": estimate_memory(plan, model),
        "model": model.name,
        "device": device,
        "generate": job.generate,
        "warnings": list(dict.fromkeys(plan.warnings)),
    }


def _guess(condition: Condition) -> Guess:
    if condition.modality != UNKNOWN:
        return Guess(condition.modality, "user")
    paths = [parse_condition_path(path)[0] for path in condition.path]
    crs = parse_crs(condition.crs) if condition.crs else None
    return guess_modality(open_source(paths, (), crs, condition.nodata).facts)


def _refuse_twins(conditions: Sequence[Condition], guesses: Sequence[Guess]) -> None:
    seen: dict[str, Condition] = {}
    for entry, guess in zip(conditions, guesses, strict=True):
        other = seen.setdefault(entry.modality, entry)
        if other is not entry and guess.source != "user":
            raise UsageError(f"{entry.path[0]} and {other.path[0]} both look like {entry.modality}; say what each is.")


def _recognised(plan: Plan, guesses: dict[str, Guess]) -> dict[str, dict[str, Any]]:
    told = {}
    for entry in plan.conditions:
        name = entry.modality.name
        names = band_names(entry.source.facts)
        told[name] = {
            "file": entry.name,
            **entry.reading.summary(),
            "band_names": [names[band - 1] for band in entry.reading.bands],
            "modality": name,
            "modality_source": guesses[name].source,
        }
    return told


def _grid(geobox: GeoBox) -> dict[str, Any]:
    crs = crs_of(geobox)
    box = geobox.boundingbox
    return {
        "width": geobox.shape.x,
        "height": geobox.shape.y,
        "crs": f"EPSG:{crs.epsg}" if crs.epsg else crs.to_wkt(),
        "pixel_size": abs(geobox.resolution.x),
        "bounds": [box.left, box.bottom, box.right, box.top],
    }


def estimate_memory(plan: Plan, model: Facts) -> int:
    """Estimate the bytes the process will hold at most."""
    pixels = plan.window.height * plan.window.width
    each = BYTES_A_PIXEL + BYTES_A_CONDITION_PIXEL * len(plan.conditions)
    return PROCESS_BYTES + WINDOW_BYTES + model.weight_bytes * (1 + WINDOW_FACTOR) + pixels * each
