"""Results: from a decoded picture to a product on its grid, with the tags that say what it is."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from odc.geo.geobox import GeoBox

from model_runtime import __version__
from model_runtime.conditions import OpenCondition
from model_runtime.contract import SENTINEL2, InputError, Job, UsageError
from model_runtime.modalities import Modality, Product, get_modality
from model_runtime.modalities.base import BoolArray, FloatArray
from model_runtime.raster.warp import warp_result
from model_runtime.raster.write import OutputSpec, write_raster

FIXING = ("metadata", "statistics", "user")
"""Evidence of a condition's offset that tells its processing baseline."""


def products_of(job: Job, modality: str) -> list[str]:
    """Return the products wanted of a generated modality.

    Raises:
        UsageError: the modality has no such product.
    """
    facts = get_modality(modality)
    wanted = list(dict.fromkeys(job.products.get(modality, []))) or [facts.default_product]
    for name in wanted:
        if name not in facts.products:
            raise UsageError(f"--product {modality}={name}: unknown; {modality} has {', '.join(facts.products)}.")
    return wanted


def plan_paths(job: Job) -> dict[tuple[str, str, int], Path]:
    """Return the path of every file the job will write, by (modality, product, sample from 1).

    Raises:
        UsageError: no output folder, or a product asked for that is not generated.
        InputError: one of them is already there and may not be replaced.
    """
    if not job.output:
        raise UsageError("--output is missing; name the folder for the results.")
    for modality in job.products:
        if modality not in job.generate:
            raise UsageError(f"--product {modality}: {modality} is not among what is to be generated.")
    try:
        folder = Path(os.path.expanduser(job.output)).resolve()
    except (OSError, RuntimeError, ValueError) as error:
        raise InputError(f"--output {job.output!r}: cannot be a folder ({error}); choose another.") from error
    paths = {}
    for modality in job.generate:
        for product in products_of(job, modality):
            for sample in range(1, job.samples + 1):
                suffix = f"_sample{sample}" if job.samples > 1 else ""
                paths[modality, product, sample] = folder / f"{modality}_{product}{suffix}.tif"
    _check_folder(folder)
    present = [path for path in paths.values() if path.exists()]
    if present and not job.overwrite:
        raise InputError(f"{present[0]}: already there; use --overwrite or another --output.")
    folders = [path for path in present if path.is_dir()]
    if folders:
        raise InputError(f"{folders[0]}: a folder has this name; remove it or choose another --output.")
    return paths


def _check_folder(folder: Path) -> None:
    """Refuse a folder that cannot be written to now, not after hours of work."""
    try:
        there = next(path for path in (folder, *folder.parents) if path.exists())
        if not there.is_dir():
            raise InputError(f"--output {folder}: {there} is a file; choose a folder.")
    except OSError as error:
        raise InputError(f"--output {folder}: cannot be a folder ({error.strerror}); choose another.") from error
    if not os.access(there, os.W_OK | os.X_OK):
        raise InputError(f"--output {folder}: {there} may not be written to; choose another folder.")


def job_tags(
    job: Job,
    conditions: Sequence[OpenCondition],
    identities: Sequence[Mapping[str, str]],
    model: str,
    model_hash: str,
    steps: int,
) -> dict[str, str]:
    """Return the tags that all results of a job share; no time, host or absolute path among them.

    Args:
        job: the job.
        conditions: what it starts from.
        identities: name and hash of each.
        model: name of the model.
        model_hash: SHA-256 of the model's files.
        steps: number of network evaluations.
    """
    tags = {
        "COPGEN_SYNTHETIC": "YES",
        "COPGEN_MODEL": model,
        "COPGEN_MODEL_SHA256": model_hash,
        "COPGEN_SEED": str(job.seed),
        "COPGEN_STEPS": str(steps),
        "COPGEN_CONDITIONS": json.dumps(list(identities), sort_keys=True),
        "COPGEN_VERSION": __version__,
    }
    evidence = sorted({c.reading.offset_source for c in conditions if c.modality.name in SENTINEL2})
    tags["COPGEN_OFFSET_SOURCE"] = ",".join(evidence) or "none"
    for condition in conditions:
        if condition.modality.name in SENTINEL2:
            tags[f"COPGEN_OFFSET_{condition.modality.name.upper()}"] = f"{condition.reading.offset:.9g}"
        if condition.stretch is not None:
            for channel, (low, high) in zip(condition.modality.stretch_channels, condition.stretch.limits, strict=True):
                tags[f"COPGEN_STRETCH_{channel}"] = f"{low:.9g},{high:.9g}"
    assumed = [c.modality.name for c in conditions if c.reading.bands_source == "assumed"]
    if assumed:
        tags["COPGEN_BANDS_SOURCE"] = ",".join(f"{name}=assumed" for name in sorted(assumed))
    return tags


def product_tags(
    modality: str, product: str, sample: int, conditions: Sequence[OpenCondition], mixed_baselines: bool
) -> dict[str, str]:
    """Return the tags of one file beside those of the job.

    Args:
        modality: what the file shows.
        product: as what.
        sample: number of the sample, from 1.
        conditions: what it was generated from.
        mixed_baselines: the model's training data may mix Sentinel-2 processing baselines.
    """
    tags = {"COPGEN_MODALITY": modality, "COPGEN_PRODUCT": product, "COPGEN_SAMPLE": str(sample)}
    optical = [c.reading for c in conditions if c.modality.name in SENTINEL2]
    fixed = any(reading.offset_source in FIXING or reading.encoding == "tci" for reading in optical)
    if product == "reflectance" and mixed_baselines and not fixed:
        # Nothing tells whether the 0.1 of baseline 04.00 is in the numbers.
        tags["COPGEN_OFFSET_AMBIGUOUS"] = "YES"
    return tags


def write_product(
    path: Path,
    modality: Modality,
    name: str,
    picture: FloatArray,
    valid: BoolArray,
    grid: GeoBox,
    target: GeoBox,
    tags: Mapping[str, str],
) -> None:
    """Write one product of a decoded picture.

    Args:
        path: final name.
        modality: what the picture shows.
        name: a key of the modality's products.
        picture: float32 (3, rows, columns) in [0, 1], on ``grid``.
        valid: (rows, columns), False where the result has no data.
        grid: the working grid's area.
        target: the grid to write on; the same or another.
        tags: metadata.
    """
    product = modality.products[name]
    stored = modality.to_product(picture, name)
    if target != grid:
        stored, valid = _move(stored, valid, grid, target)
    stored = np.where(valid, stored, np.asarray(product.nodata, stored.dtype))
    write_raster(path, stored, target, _output_spec(product), dict(tags))


def _move(
    stored: NDArray[np.generic], valid: BoolArray, grid: GeoBox, target: GeoBox
) -> tuple[NDArray[np.generic], BoolArray]:
    """Bring stored numbers onto another grid, by bilinear weights between valid pixels."""
    numbers = np.where(valid, stored, np.nan).astype(np.float32)
    moved = warp_result(numbers, np.nan, grid, target)
    there = np.asarray(np.isfinite(moved).all(axis=0))
    kept = np.maximum(np.rint(np.nan_to_num(moved)), 1.0) if stored.dtype.kind in "ui" else moved
    return kept.astype(stored.dtype), there


def _output_spec(product: Product) -> OutputSpec:
    return OutputSpec(
        dtype=product.dtype,
        nodata=product.nodata,
        descriptions=product.bands,
        unit=product.unit,
        scale=product.scale,
        offset=product.offset,
        is_rgb=product.is_rgb,
    )
