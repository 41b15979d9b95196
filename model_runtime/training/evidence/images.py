"""Pictures of the sheet: what was given, what came out, what is true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from model_runtime.contract import MODALITIES
from model_runtime.training.evidence.directions import read_samples, sample_file
from model_runtime.training.evidence.frozen import ALL_BUT_ONE, SHORT, SINGLE
from model_runtime.training.evidence.real import Tile, tile_directions, tile_file
from model_runtime.training.pictures import picture_grid, save_picture

FloatArray = NDArray[np.float32]
SHOWN = 2
"""Chips of simulated scenes that are shown."""
CELL = 176


def draw_pictures(
    chips: Mapping[str, FloatArray], tiles: Sequence[Tile], samples: Path, output: Path
) -> dict[str, Path]:
    """Write all pictures of the sheet.

    Args:
        chips: held-out chips by modality.
        tiles: real ones, maybe none.
        samples: folder of the samples.
        output: gets the pictures.

    Returns:
        By name, the files.
    """
    found: dict[str, Path] = {}
    for number in range(min(SHOWN, len(chips["dem"]))):
        for name, rows, columns, captions in (
            ("matrix", _matrix(chips, samples, number), [SHORT[name] for name in MODALITIES], _given(SINGLE)),
            ("others", _others(chips, samples, number), ["truth", "sample 1", "sample 2", "mean"], _given(ALL_BUT_ONE)),
        ):
            path = output / f"evidence-{name}-{number + 1}.jpg"
            save_picture(picture_grid(rows, columns, captions, CELL), path)
            found[f"{name} {number + 1}"] = path
    for tile in tiles:
        path = output / f"evidence-real-{tile.place.name}.jpg"
        titles = [direction.title for direction in tile_directions(tile)]
        columns = ["given", "truth", "sample 1", "sample 2", "mean"]
        save_picture(picture_grid(_tile_rows(tile, samples), columns, titles, CELL), path)
        found[f"real {tile.place.name}"] = path
    return found


def _given(sets: Sequence[Sequence[str]]) -> list[str]:
    return ["from " + " + ".join(SHORT[name] for name in given) for given in sets]


def _matrix(chips: Mapping[str, FloatArray], samples: Path, number: int) -> list[list[FloatArray | None]]:
    return [
        [
            chips[name][number] if name in given else read_samples(sample_file(samples, given, number), name)[0]
            for name in MODALITIES
        ]
        for given in SINGLE
    ]


def _others(chips: Mapping[str, FloatArray], samples: Path, number: int) -> list[list[FloatArray | None]]:
    rows: list[list[FloatArray | None]] = []
    for given, name in zip(ALL_BUT_ONE, MODALITIES, strict=True):
        drawn = read_samples(sample_file(samples, given, number), name)
        rows.append([chips[name][number], drawn[0], drawn[-1], drawn.mean(axis=0)])
    return rows


def _tile_rows(tile: Tile, samples: Path) -> list[list[FloatArray | None]]:
    rows: list[list[FloatArray | None]] = []
    for direction in tile_directions(tile):
        drawn = tile.cut(read_samples(tile_file(samples, tile, direction.sources[0]), direction.target))
        truth = tile.pictures.get(direction.target)
        given = tile.cut(tile.pictures[direction.sources[0]])
        rows.append([given, None if truth is None else tile.cut(truth), drawn[0], drawn[-1], drawn.mean(axis=0)])
    return rows
