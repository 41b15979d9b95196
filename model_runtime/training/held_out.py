"""Chips of frozen lists: simulated once, kept in a cache, made again when the simulated world changes."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from model_runtime.training.data import (
    CHIP,
    CHIPS_PER_SIDE,
    is_of_this_world,
    keep_to_this_world,
    load_chips,
    make_chips,
    one_at_a_time,
    world_digest,
)
from model_runtime.training.files import as_kept, whole_file
from model_runtime.training.run import fingerprint
from model_runtime.workers import worker_pool

FloatArray = NDArray[np.float32]
SCENE_SIZE = 1068
CHIPS_PER_SCENE = CHIPS_PER_SIDE**2
IN_A_FILE = 128
"""Scenes whose chosen chips are kept in one file."""


def scenes_folder(folder: Path, seeds: Sequence[int], size: int) -> Path:
    """Where a cache keeps the chips of some scenes: lists of others may lie beside them."""
    return folder / fingerprint([int(seed) for seed in seeds], size)


def pick_chips(
    folder: Path, seeds: Sequence[int], chips: Sequence[int], size: int = SCENE_SIZE
) -> dict[str, FloatArray]:
    """Chosen chips of every scene, scene by scene, by modality (chips, channels, 256, 256) in grey levels.

    Args:
        folder: cache of all chips of these scenes, and of other lists of scenes.
        seeds: of the scenes.
        chips: numbers of the chips taken from each.
        size: pixels along a scene's side.
    """
    place = scenes_folder(folder, seeds, size)
    make_chips(place, seeds, size)
    each = min(CHIPS_PER_SIDE, size // CHIP) ** 2
    chosen = [scene * each + chip for scene in range(len(seeds)) for chip in chips]
    return {name: np.asarray(array[chosen], dtype=np.float32) for name, array in load_chips(place).items()}


def pick_of_many(
    folder: Path, seeds: Sequence[int], chips: Sequence[int], size: int = SCENE_SIZE
) -> dict[str, FloatArray]:
    """As :func:`pick_chips`, of many scenes: nothing but the chosen chips stays on disk.

    A longer list of seeds finds what a shorter one that begins alike has left.
    """
    blocks = [seeds[first : first + IN_A_FILE] for first in range(0, len(seeds), IN_A_FILE)]
    parts = [_pick_and_forget(folder, block, chips, size) for block in blocks]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _pick_and_forget(folder: Path, seeds: Sequence[int], chips: Sequence[int], size: int) -> dict[str, FloatArray]:
    path = folder / f"{fingerprint([int(seed) for seed in seeds], list(chips), size, world_digest())}.npz"
    with one_at_a_time(folder):
        if not path.exists():
            picked = pick_chips(folder, seeds, chips, size)
            chosen: dict[str, Any] = {name: values.astype(np.uint8) for name, values in picked.items()}
            with whole_file(path, ".tmp.npz") as temporary:
                np.savez(temporary, **chosen)
        # Also what a call that was killed here has left.
        shutil.rmtree(scenes_folder(folder, seeds, size), ignore_errors=True)
    with as_kept(path, "remove it, and its scenes are simulated again"), np.load(path) as stored:
        return {name: np.asarray(stored[name], dtype=np.float32) for name in stored}


def _clean_chips(seed: int, size: int) -> tuple[FloatArray, FloatArray]:
    """What :func:`pick_clean` keeps of one scene: its chips without speckle, and its limits in decibels."""
    # Imported here, as in data.py: a training process needs neither scipy nor the recipes.
    from model_runtime.modalities.base import Stretch
    from model_runtime.modalities.s1_rtc import db_to_power, measure_power, power_to_db, power_to_thumbnail
    from model_runtime.simulation.scene import simulate_scene
    from model_runtime.training.data import cut_chips

    scene = simulate_scene(seed, size)
    limits = measure_power(scene.s1_rtc)
    if limits is None:
        raise ValueError(f"scene {seed}: no radar picture")
    noisy, clean = power_to_db(scene.s1_rtc), power_to_db(scene.s1_clean)
    # The mean of speckle in decibels is below 0: what many samples of a picture in decibels average to.
    expected = clean + (noisy - clean).mean(axis=(1, 2), keepdims=True)
    picture = power_to_thumbnail(db_to_power(expected), Stretch(limits))
    return cut_chips(picture).astype(np.float32), np.asarray(limits[:2], dtype=np.float32)


def pick_clean(
    folder: Path, seeds: Sequence[int], chips: Sequence[int], size: int = SCENE_SIZE
) -> tuple[FloatArray, FloatArray]:
    """Radar pictures as the mean over all speckle would be, stretched as the measured ones are.

    Args:
        folder: cache, as for :func:`pick_chips`.
        seeds: of the scenes.
        chips: numbers of the chips taken from each.
        size: pixels along a scene's side.

    Returns:
        Chips (chips, 3, 256, 256) in grey levels, and the limits in decibels of VV and VH (chips, 2, 2).
    """
    place = scenes_folder(folder, seeds, size)
    path = place / "clean.npz"
    if not (is_of_this_world(place, size) and path.exists()):
        with one_at_a_time(place):
            keep_to_this_world(place, size)
            if not path.exists():
                _make_clean(path, seeds, size)
    with as_kept(path, "remove it, and its pictures are made again"), np.load(path) as stored:
        pictures, limits = stored["pictures"], stored["limits"]
    return pictures[:, list(chips)].reshape(-1, 3, CHIP, CHIP), np.repeat(limits, len(chips), axis=0)


def _make_clean(path: Path, seeds: Sequence[int], size: int) -> None:
    with worker_pool() as pool:
        made = list(tqdm(pool.map(_clean_chips, seeds, [size] * len(seeds)), total=len(seeds), desc="without speckle"))
    with whole_file(path, ".tmp.npz") as temporary:
        np.savez(
            temporary,
            pictures=np.stack([entry[0] for entry in made]),
            limits=np.stack([entry[1] for entry in made]),
        )
