"""How like the real one the simulated world is: its pictures' statistics beside those of real tiles.

``python -m model_runtime.training.evidence.world`` writes ``docs/simulated-world.md`` and its figure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import gaussian_filter

from model_runtime.contract import MODALITIES, CopGenError
from model_runtime.modalities.s1_rtc import power_to_thumbnail
from model_runtime.modalities.sentinel2 import reflectance_to_thumbnail
from model_runtime.model.bundle import load_bundle
from model_runtime.simulation.scene import CELL_PIXELS, Scene, simulate_scene
from model_runtime.simulation.thumbnails import scene_thumbnails
from model_runtime.store import find_model
from model_runtime.training.evidence.autoencoder import read_tiles
from model_runtime.training.evidence.frozen import SHORT, read_evidence_list
from model_runtime.training.evidence.real import FOLDER
from model_runtime.training.metrics import OCTAVES, octave_power
from model_runtime.training.sampler import Sampler

Pictures = Mapping[str, NDArray[np.uint8]]
ROOT = Path(__file__).resolve().parents[3]
SHEET = ROOT / "docs" / "simulated-world.md"
FIGURE = ROOT / "docs" / "images" / "simulated-world.png"
FIRST_SEED = 710_001
"""Scenes that nothing else uses."""
TILE = 224
"""Pixels along a side of the real tiles, over which radar is stretched there: no more is shown of a scene."""
SMOOTH = 3.0
"""Standard deviation in pixels of what is taken off before speckle is looked at."""
CALM = 0.1
"""Share of the blocks, the least varied, that count as one ground."""
BLOCK = 16
PAIRS = [(a, b) for at, a in enumerate(MODALITIES) for b in MODALITIES[at + 1 :]]


@dataclass(frozen=True)
class Statistics:
    """What is compared of a set of pictures; a row for each picture.

    Attributes:
        mean: by modality (pictures, channels), grey levels.
        spread: likewise, standard deviations.
        power: by modality (pictures, octaves), standard deviation in grey levels within each octave.
        histogram: by modality (channels, 256), shares.
        correlation: by pair of modalities (pictures,), of the channels' means, without sign.
        speckle: (pictures, 2): standard deviation in dB and correlation of neighbours, on one ground.
    """

    mean: dict[str, NDArray[np.float64]]
    spread: dict[str, NDArray[np.float64]]
    power: dict[str, NDArray[np.float64]]
    histogram: dict[str, NDArray[np.float64]]
    correlation: dict[tuple[str, str], NDArray[np.float64]]
    speckle: NDArray[np.float64]


def measure(pictures: Sequence[Pictures], decibels: Sequence[NDArray[np.float32]]) -> Statistics:
    """Measure a set of places.

    Args:
        pictures: of each place, by modality (channels, rows, columns); not all have all.
        decibels: radar images (rows, columns) in dB.
    """
    by_name = {name: [p[name] for p in pictures if name in p] for name in MODALITIES}
    by_name = {name: found for name, found in by_name.items() if found}
    greys = {pair: [p for p in pictures if pair[0] in p and pair[1] in p] for pair in PAIRS}
    return Statistics(
        mean={name: np.array([p.mean(axis=(1, 2)) for p in found]) for name, found in by_name.items()},
        spread={name: np.array([p.std(axis=(1, 2)) for p in found]) for name, found in by_name.items()},
        power={name: np.sqrt([octave_power(_grey(p)) for p in found]) for name, found in by_name.items()},
        histogram={name: _histogram(found) for name, found in by_name.items()},
        correlation={
            pair: np.array([_correlation(_grey(p[pair[0]]), _grey(p[pair[1]])) for p in found])
            for pair, found in greys.items()
            if found
        },
        speckle=np.array([measure_speckle(image) for image in decibels]).reshape(-1, 2),
    )


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(picture.astype(np.float64).mean(axis=0))


def _histogram(found: Sequence[NDArray[np.uint8]]) -> NDArray[np.float64]:
    channels = [np.concatenate([p[channel].ravel() for p in found]) for channel in range(len(found[0]))]
    return np.array([np.bincount(values, minlength=256) / values.size for values in channels])


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    if first.std() == 0 or second.std() == 0:
        return 0.0
    return abs(float(np.corrcoef(first.ravel(), second.ravel())[0, 1]))


def measure_speckle(decibels: NDArray[np.float32]) -> tuple[float, float]:
    """Speckle of a radar image on its least varied ground.

    Args:
        decibels: (rows, columns); places without data are not finite.

    Returns:
        Standard deviation in dB, and correlation of neighbouring pixels, after taking off what is smooth.
    """
    fine = np.where(np.isfinite(decibels), decibels, np.nanmedian(decibels)).astype(np.float64)
    fine -= gaussian_filter(fine, SMOOTH)
    rows, columns = fine.shape[0] // BLOCK, fine.shape[1] // BLOCK
    blocks = fine[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK).swapaxes(1, 2)
    blocks = blocks.reshape(-1, BLOCK, BLOCK)
    order = np.argsort(blocks.std(axis=(1, 2)))
    calm = blocks[order[: max(3, round(CALM * len(order)))]]
    power = np.square(calm).mean()
    across, along = (calm[:, :, :-1] * calm[:, :, 1:]).mean(), (calm[:, :-1] * calm[:, 1:]).mean()
    return float(np.sqrt(power)), float((across + along) / 2 / power)


def simulated_place(seed: int) -> tuple[Pictures, NDArray[np.float32]]:
    """A corner of a simulated scene as large as a real tile, radar stretched over it alone; and its VV in dB."""
    scene = simulate_scene(seed, CELL_PIXELS)
    row, column = np.random.default_rng(seed).integers(CELL_PIXELS - TILE, size=2)
    window = (slice(None), slice(row, row + TILE), slice(column, column + TILE))
    return _cut(scene, window), (10 * np.log10(scene.s1_rtc[window][0])).astype(np.float32)


def _cut(scene: Scene, window: tuple[slice, slice, slice]) -> Pictures:
    # Relief is stretched over the cell, because a corner of the 30 m cells has no terrain around it.
    shade = scene_thumbnails(scene)["dem"][window]
    optical = {name: getattr(scene, name)[window] / np.float32(10_000) for name in ("s2_l1c", "s2_l2a")}
    return {
        "dem": shade,
        "s1_rtc": power_to_thumbnail(np.ascontiguousarray(scene.s1_rtc[window])),
        **{name: reflectance_to_thumbnail(values.astype(np.float32)) for name, values in optical.items()},
    }
