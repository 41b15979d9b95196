"""Real tiles: read as a job reads them, sampled, scored where the truth is there."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from model_runtime.contract import MODALITIES, Condition, Job
from model_runtime.generate import make_plan, measure_stretches, read_conditions
from model_runtime.training.baselines import join
from model_runtime.training.data import CHANNELS
from model_runtime.training.evidence.directions import (
    Trivial,
    draw_one,
    read_samples,
    sample_file,
    score_answers,
    score_samples,
)
from model_runtime.training.evidence.frozen import Direction, EvidenceList, Place
from model_runtime.training.sampler import Sampler

FloatArray = NDArray[np.float32]
FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data"
"""Where the real rasters lie, beside the repository."""


@dataclass(frozen=True)
class Tile:
    """Pictures of a place.

    Attributes:
        place: what it is.
        pictures: by modality (channels, 256, 256) in grey levels, reflected beyond the tile.
        inside: rows and columns that hold the tile, a square.
        valid: of these, where all pictures have data.
    """

    place: Place
    pictures: dict[str, FloatArray]
    inside: tuple[slice, slice]
    valid: NDArray[np.bool_]

    def cut(self, picture: FloatArray) -> FloatArray:
        """The part of a picture (..., rows, columns) that holds the tile."""
        return picture[..., self.inside[0], self.inside[1]]


def read_tile(place: Place, folder: Path, sampler: Sampler) -> Tile:
    """Read all pictures of a place on one grid, as the conditions of a job.

    Raises:
        InputError: a file cannot be used.
    """
    conditions = [
        Condition(name, [str(folder / place.files[name].path)], offset=place.files[name].offset)
        for name in MODALITIES
        if name in place.files
    ]
    job = Job(conditions=conditions, bounds=place.bounds, bounds_crs=place.bounds_crs)
    plan = measure_stretches(make_plan(job, sampler.bundle.streams))
    read = read_conditions(plan, lambda progress: None)
    rows, columns = plan.grid.area.slices_in(plan.window)
    # Square, for the spectra.
    side = min(rows.stop - rows.start, columns.stop - columns.start)
    inside = (slice(rows.start, rows.start + side), slice(columns.start, columns.start + side))
    pictures = {name: picture.pixels[: CHANNELS[name]].astype(np.float32) for name, picture in read.items()}
    valid = np.logical_and.reduce([picture.valid[inside] for picture in read.values()])
    return Tile(place, {name: pictures[name] for name in MODALITIES if name in pictures}, inside, valid)


def tile_directions(tile: Tile) -> list[Direction]:
    """What a user would ask of these rasters."""
    optical = "s2_l2a" if "s2_l2a" in tile.pictures else "s2_l1c"
    wanted = [
        ("s2_l1c", "s2_l2a"),
        ("s2_l2a", "s2_l1c"),
        (optical, "dem"),
        ("s1_rtc", "dem"),
        (optical, "s1_rtc"),
    ]
    return [Direction((source,), target) for source, target in wanted if source in tile.pictures]


def sample_tile(sampler: Sampler, tile: Tile, frozen: EvidenceList, folder: Path, number: int) -> None:
    """Draw the samples of all directions of a tile; those already there are kept."""
    for source in {direction.sources[0]: None for direction in tile_directions(tile)}:
        seed = frozen.seed + 100_000 + 1000 * MODALITIES.index(source) + number
        draw_one(sampler, {source: tile.pictures[source]}, frozen, seed, tile_file(folder, tile, source))


def tile_file(folder: Path, tile: Tile, source: str) -> Path:
    """Where the samples of a tile from one modality are kept: those of another picture of the place lie elsewhere."""
    digest = hashlib.sha256(tile.pictures[source].tobytes()).hexdigest()[:8]
    return sample_file(folder / f"{tile.place.name}-{digest}", (source,), 0)


def score_tile(tile: Tile, folder: Path, trivial: Mapping[str, list[Trivial]]) -> dict[str, Any]:
    """Scores of all directions of a tile whose truth is there; of the others only that there is none.

    Args:
        tile: its pictures.
        folder: of the samples.
        trivial: by a direction's title, the trivial answers fitted on simulated scenes.
    """
    rows: dict[str, Any] = {}
    for direction in tile_directions(tile):
        truth = tile.pictures.get(direction.target)
        if truth is None:
            rows[direction.title] = None
            continue
        samples = tile.cut(read_samples(tile_file(folder, tile, direction.sources[0]), direction.target))[None]
        given = join({name: picture[None] for name, picture in tile.pictures.items()}, direction.sources)
        inner = tile.cut(truth)[None]
        rows[direction.title] = {
            "sources": list(direction.sources),
            "target": direction.target,
            "model": score_samples(samples, inner),
            "trivial": {
                entry.baseline.name: score_answers(tile.cut(entry.baseline.answer(given)), inner, entry.spread)
                for entry in trivial[direction.title]
            },
        }
    return {"name": tile.place.name, "about": tile.place.about, "valid": float(tile.valid.mean()), "directions": rows}
