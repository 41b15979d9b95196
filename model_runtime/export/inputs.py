"""Real inputs of a model: one chip of the bundled scene, as a job would read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from model_runtime.backends import Backend
from model_runtime.contract import MODALITIES, Condition, Job, Progress
from model_runtime.generate import Plan, encode_pictures, make_plan, measure_stretches, read_conditions
from model_runtime.generate import trained_pixel_size as pixel_size_of
from model_runtime.sampling.canvas import CanvasNoise
from model_runtime.sampling.roles import sample_posterior
from model_runtime.store import RESOURCES
from model_runtime.streams import StreamSpec

FloatArray = NDArray[np.float32]
SCENE = RESOURCES / "scene"


@dataclass(frozen=True)
class Chip:
    """One chip of every modality that the bundled scene and the model share.

    Attributes:
        plan: of a job over the chip.
        pixels: (channels, H, W) in [-1, 1] by stream.
    """

    plan: Plan
    pixels: dict[str, FloatArray]


def read_chip(streams: Sequence[StreamSpec], given: Sequence[str] = MODALITIES) -> Chip | None:
    """Read the chip in the middle of the bundled scene.

    Args:
        streams: the model's.
        given: modalities to read.

    Returns:
        The chip, or None where the model knows none of them.
    """
    known = [stream.modality for stream in streams if stream.modality in given and not stream.is_scalar]
    if not known:
        return None
    conditions = [Condition(modality, [str(SCENE / f"{modality}.tif")]) for modality in known]
    box = make_plan(Job(conditions=conditions), streams).grid.geobox.boundingbox
    side = pixel_size_of(streams) * max(stream.chip_size or 0 for stream in streams)
    west, north = (round((box.left + box.right - side) / 20) * 10, round((box.bottom + box.top + side) / 20) * 10)
    bounds = (west, north - side, west + side, north)
    plan = measure_stretches(make_plan(Job(conditions=conditions, bounds=bounds), streams))
    pictures = read_conditions(plan, _silent)
    pixels = {
        plan.streams[modality].name: picture.pixels.astype(np.float32) / np.float32(127.5) - np.float32(1.0)
        for modality, picture in pictures.items()
    }
    return Chip(plan, pixels)


def clean_latents(chip: Chip, backend: Backend) -> dict[str, FloatArray]:
    """Return the chip's latents as the network sees them, (C, h, w) by stream."""
    pictures = read_conditions(chip.plan, _silent)
    moments = encode_pictures(chip.plan, backend, pictures, _silent)
    noise = CanvasNoise(chip.plan.canvas, 0)
    found = {}
    for modality, moment in moments.items():
        stream = chip.plan.streams[modality]
        found[stream.name] = sample_posterior(moment, noise.draw("posterior", stream.name), stream.latent_scale)
    return found


def job_over(chip: Chip, source: str, preset: str | None) -> Job:
    """Return a job that generates all the chip's modalities but one from that one."""
    modalities = [entry.modality.name for entry in chip.plan.conditions]
    return Job(generate=[modality for modality in modalities if modality != source], preset=preset)


def only(plan: Plan, source: str) -> Plan:
    """Return a plan with one of its conditions alone."""
    return replace(plan, conditions=[entry for entry in plan.conditions if entry.modality.name == source])


def _silent(progress: Progress) -> None:
    """Tell nobody."""
