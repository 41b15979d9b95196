"""Simulated chips on disk: made once, read in any order."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock, Timeout
from numpy.typing import NDArray
from tqdm import tqdm

from model_runtime.contract import MODALITIES, InputError
from model_runtime.training.files import as_kept, kept_array, whole_file, write_whole
from model_runtime.workers import worker_pool

CHIP = 256
"""Pixels along the side of a chip."""
CHIPS_PER_SIDE = 4
HELD_OUT_FROM = 100_001
"""Seed from which on no scene is trained on: those that a model is measured on or shown with."""
CHANNELS = {"dem": 1, "s1_rtc": 3, "s2_l1c": 3, "s2_l2a": 3}
"""Channels kept on disk; a hillshade's three are equal."""
SOURCES = Path(__file__).resolve().parents[1]
WORLD = ("simulation/*.py", "modalities/dem.py", "modalities/s1_rtc.py", "modalities/sentinel2.py")
"""Files that decide what a seed looks like."""
BESIDE = ("writer.py", "sample.py")
"""What of them only writes scenes to disk."""
COMPLETE = ("seeds.npy", "clean.npz")
"""Files of a cache without which it is not taken to be complete."""
BEGUN = "begun.json"
"""In a cache that is not complete: of which scenes it will be, and how many of them are there."""
KEPT_EVERY = 20
"""Scenes after which a cache says how far it is."""
STAMP = "world.txt"
"""Says which world and what size of scenes the chips are of."""
LOCK = ".lock"


@contextmanager
def one_at_a_time(folder: Path, waits: bool = True) -> Iterator[None]:
    """Hold a folder, which is made where it is missing, while files are made in it.

    The system lifts the lock of a process that dies.

    Args:
        folder: to hold.
        waits: for another process that holds it, else it is refused.

    Raises:
        InputError: another process holds it, and it is not waited for.
    """
    folder.mkdir(parents=True, exist_ok=True)
    lock = FileLock(folder / LOCK)
    try:
        lock.acquire(blocking=False)
    except Timeout:
        if not waits:
            raise InputError(
                f"{folder}: another process trains in this folder; wait for its end, or choose another --output."
            ) from None
        print(f"{folder}: another process makes these files; waiting for it.", file=sys.stderr, flush=True)
        lock.acquire()
    try:
        yield
    finally:
        lock.release()


def scene_chips(seed: int, size: int) -> dict[str, NDArray[np.uint8]]:
    """Simulate a scene and cut its centre into chips.

    Args:
        seed: of the scene.
        size: pixels along the scene's side; a cell of 1068 gives 4 x 4 chips.

    Returns:
        By modality (chips, channels, 256, 256) uint8, row by row.
    """
    # Imported here: the training loop itself needs neither scipy nor the recipes.
    from model_runtime.simulation.scene import simulate_scene
    from model_runtime.simulation.thumbnails import scene_thumbnails

    return {name: cut_chips(picture) for name, picture in scene_thumbnails(simulate_scene(seed, size)).items()}


def cut_chips(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Chips (chips, channels, 256, 256) of the centre of a picture (channels, rows, columns), row by row."""
    size = picture.shape[-1]
    side = min(CHIPS_PER_SIDE, size // CHIP)
    start = (size - side * CHIP) // 2
    centre = picture[:, start : start + side * CHIP, start : start + side * CHIP]
    blocks = centre.reshape(-1, side, CHIP, side, CHIP).transpose(1, 3, 0, 2, 4)
    return np.ascontiguousarray(blocks.reshape(side * side, -1, CHIP, CHIP))


def world_digest() -> str:
    """Short digest of the code of the simulated world: another world, other chips."""
    digest = hashlib.sha256()
    for path in sorted(file for pattern in WORLD for file in SOURCES.glob(pattern)):
        if path.name in BESIDE:
            continue
        digest.update(path.name.encode() + path.read_bytes().replace(b"\r\n", b"\n"))
    return digest.hexdigest()[:16]


def keep_to_this_world(folder: Path, size: int) -> None:
    """Let chips be simulated anew where a cache is of another world or of scenes of another size, or does not say.

    Args:
        folder: of simulated chips; says from now on what it is of.
        size: pixels along a scene's side.
    """
    folder.mkdir(parents=True, exist_ok=True)
    if not is_of_this_world(folder, size):
        for name in (*COMPLETE, BEGUN):
            (folder / name).unlink(missing_ok=True)
        (folder / STAMP).write_text(_stamp(size), encoding="utf-8")


def make_chips(folder: Path, seeds: Sequence[int], size: int, workers: int = 0) -> None:
    """Simulate scenes and store their chips, unless the folder already holds them, of this world and size.

    A call that was killed is gone on with where it last said how far it was. One process simulates, others that want
    the same wait for it, however long that takes.

    Args:
        folder: gets ``<modality>.npy`` of shape (chips, channels, 256, 256) uint8 and, when complete, ``seeds.npy``.
        seeds: one scene each.
        size: pixels along a scene's side.
        workers: processes; 0 takes all cores.
    """
    if _holds(folder, seeds, size):
        return
    with one_at_a_time(folder):
        if not _holds(folder, seeds, size):
            _make_chips(folder, seeds, size, workers)


def _holds(folder: Path, seeds: Sequence[int], size: int) -> bool:
    """Whether a folder holds the chips of all these scenes, of this world and size."""
    finished = folder / "seeds.npy"
    if not (is_of_this_world(folder, size) and finished.exists()):
        return False
    with as_kept(finished, "remove it, and the scenes are simulated again"):
        return np.array_equal(np.load(finished), np.asarray(seeds))


def is_of_this_world(folder: Path, size: int) -> bool:
    """Whether a folder of chips says that it is of the present simulated world and of scenes of that size."""
    stamp = folder / STAMP
    return stamp.exists() and stamp.read_bytes() == _stamp(size).encode()


def _stamp(size: int) -> str:
    return f"{world_digest()} {size}"


def _make_chips(folder: Path, seeds: Sequence[int], size: int, workers: int) -> None:
    keep_to_this_world(folder, size)
    finished = folder / "seeds.npy"
    # Until all is simulated the folder holds nothing that may be taken for complete.
    finished.unlink(missing_ok=True)
    each = min(CHIPS_PER_SIDE, size // CHIP) ** 2
    begun = _begun(folder, seeds)
    if not begun:
        (folder / BEGUN).unlink(missing_ok=True)
    arrays = {
        name: kept_array(
            folder / f"{name}.npy", np.uint8, (len(seeds) * each, CHANNELS[name], CHIP, CHIP), again=begun > 0
        )
        for name in MODALITIES
    }
    left = seeds[begun:]
    scenes = _simulate(left, size, min(workers or os.cpu_count() or 1, max(1, len(left))))
    bar = tqdm(scenes, initial=begun, total=len(seeds), desc="simulating", unit="scene")
    for number, chips in enumerate(bar, begun):
        for name, values in chips.items():
            arrays[name][number * each : (number + 1) * each] = values
        if (number + 1) % KEPT_EVERY == 0:
            _flush(arrays)
            write_whole(folder / BEGUN, json.dumps({"scenes": list(seeds), "made": number + 1}))
    _flush(arrays)
    with whole_file(finished, ".tmp.npy") as temporary:
        np.save(temporary, np.asarray(seeds))
    (folder / BEGUN).unlink(missing_ok=True)


def _begun(folder: Path, seeds: Sequence[int]) -> int:
    """How many of these scenes an earlier call made before it was killed."""
    try:
        told = json.loads((folder / BEGUN).read_text(encoding="utf-8"))
        made = int(told["made"]) if told["scenes"] == list(seeds) else 0
    except (OSError, ValueError, KeyError, TypeError):
        return 0
    return made if 0 <= made <= len(seeds) and all((folder / f"{name}.npy").is_file() for name in MODALITIES) else 0


def _flush(arrays: Mapping[str, np.memmap[Any, np.dtype[np.uint8]]]) -> None:
    for array in arrays.values():
        array.flush()


def _simulate(seeds: Sequence[int], size: int, workers: int) -> Iterator[dict[str, NDArray[np.uint8]]]:
    simulate = partial(scene_chips, size=size)
    if workers == 1:
        yield from map(simulate, seeds)
        return
    with worker_pool(workers) as pool:
        yield from pool.map(simulate, seeds)


def load_chips(folder: Path) -> dict[str, NDArray[np.uint8]]:
    """Open stored chips as read-only memory maps, by modality in the model's order.

    Raises:
        InputError: a file is missing or damaged.
    """
    chips = {}
    for name in MODALITIES:
        path = folder / f"{name}.npy"
        with as_kept(path, f"remove the folder {folder}, and its scenes are simulated again"):
            chips[name] = np.load(path, mmap_mode="r")
    return chips
