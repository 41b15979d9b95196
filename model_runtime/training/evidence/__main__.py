"""Measure and picture a model: ``python -m model_runtime.training.evidence --model DIR --cache DIR --write``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from model_runtime.contract import InputError, UsageError
from model_runtime.model.bundle import bundle_sha256, load_bundle
from model_runtime.training.commands import run_command
from model_runtime.training.data import world_digest
from model_runtime.training.evidence.autoencoder import measure_autoencoder, read_tiles
from model_runtime.training.evidence.directions import (
    Trivial,
    direction_samples,
    draw_all,
    draw_for_power,
    fit_trivial,
    scenes_of,
    score_direction,
    score_power,
    score_round_trip,
)
from model_runtime.training.evidence.expectations import check_expectations
from model_runtime.training.evidence.frozen import (
    FROM_ALL_OTHERS,
    ONE_TO_ONE,
    EvidenceList,
    read_evidence_list,
)
from model_runtime.training.evidence.images import draw_pictures
from model_runtime.training.evidence.real import FOLDER, sample_tile, score_tile
from model_runtime.training.evidence.sheet import CARD_HEADING, card_section, write_sheet
from model_runtime.training.files import write_whole
from model_runtime.training.held_out import pick_chips, pick_clean, pick_of_many
from model_runtime.training.metrics import OCTAVES
from model_runtime.training.run import fingerprint
from model_runtime.training.sampler import Sampler

FloatArray = NDArray[np.float32]
ROOT = Path(__file__).resolve().parents[3]
SHEET = ROOT / "docs" / "embedded-model.md"
EMBEDDED = ROOT / "resources" / "models"


def _in_order(chips: FloatArray, frozen: EvidenceList) -> FloatArray:
    """All scenes' first chips, then all scenes' second, and so on."""
    by_scene = chips.reshape(len(frozen.scenes), len(frozen.chips), *chips.shape[1:])
    return np.moveaxis(by_scene, 1, 0).reshape(chips.shape)


def drawn_from(frozen: EvidenceList) -> str:
    """Digest of everything that a chip's samples depend on besides model and world: how many chips there are is not.

    Nor are the scenes for the power alone, whose samples lie by themselves.
    """
    unasked = replace(frozen, count=0, fit_scenes=[], fit_chips=[], power_scenes=(), power_count=0)
    return fingerprint(asdict(unasked))


def measure(
    model: Path, cache: Path, frozen: EvidenceList, shared: Path, images: Path, listed: int | None = None
) -> dict[str, Any]:
    """Everything the sheet tells; what an interrupted call left in the cache is used.

    Args:
        model: the bundle's folder.
        cache: folder of simulated chips and samples.
        frozen: what to look at.
        shared: folder of real rasters; skipped if absent.
        images: gets the pictures.
        listed: on how many chips the power is measured; all of the list unless given.
    """
    # Of a part of the list no others are asked.
    whole = listed is None and bool(frozen.power_scenes)
    sampler, sha = Sampler(load_bundle(model)), bundle_sha256(model)
    picked = pick_chips(cache / "held_out", frozen.scenes, frozen.chips, frozen.size)
    ordered = {name: _in_order(values, frozen)[:listed] for name, values in picked.items()}
    chips = {name: values[: frozen.count] for name, values in ordered.items()}
    every_clean, every_limit = pick_clean(cache / "held_out", frozen.scenes, frozen.chips, frozen.size)
    training = pick_chips(cache / "fitted", frozen.fit_scenes, frozen.fit_chips, frozen.size)
    samples = cache / "evidence" / f"{sha[:12]}-{world_digest()[:8]}-{drawn_from(frozen)}"
    tiles = read_tiles(frozen, shared, sampler)
    for number, tile in enumerate(tqdm(tiles, desc="real tiles", unit="tile")):
        sample_tile(sampler, tile, frozen, samples, number)
    draw_all(sampler, ordered, frozen, samples)
    more = pick_of_many(cache / "more", frozen.power_seeds, frozen.chips[:1], frozen.size) if whole else None
    if more is not None:
        draw_for_power(sampler, more, frozen, samples)
    directions = [*ONE_TO_ONE, *FROM_ALL_OTHERS]
    asked = tqdm(directions, desc="fitting trivial answers", unit="direction")
    trivial = {entry.title: fit_trivial(entry, training) for entry in asked}
    trips = {name: sampler.round_trip(values, name) for name, values in chips.items()}
    return {
        "name": model.resolve().name,
        "sha": sha[:16],
        "bytes": sum(path.stat().st_size for path in model.rglob("*") if path.is_file()),
        "chips": len(chips["dem"]),
        "round_trips": len(picked["dem"]),
        "powers": len(ordered["dem"]),
        "fitted": len(frozen.fit_scenes),
        "scenes": min(len(frozen.scenes), len(chips["dem"])),
        "samples": frozen.samples,
        "steps": frozen.steps,
        "octaves": [f"{short}-{long}" for short, long in OCTAVES],
        "autoencoder": measure_autoencoder(sampler, picked, every_clean, every_limit, tiles),
        "round_trip": {name: score_round_trip(answers, chips[name]) for name, answers in trips.items()},
        "directions": score_all(chips, trivial, _in_order(every_clean, frozen)[: frozen.count], trips, frozen, samples),
        "power": {entry.title: score_power(entry, ordered, frozen, samples, more) for entry in directions},
        "power_of_few": {
            entry.title: score_power(entry, ordered, frozen, samples) for entry in directions if more is not None
        },
        "real": [score_tile(tile, samples, trivial) for tile in tiles],
        "images": {name: path.name for name, path in draw_pictures(chips, tiles, samples, images).items()},
    }


def score_all(
    chips: Mapping[str, FloatArray],
    trivial: Mapping[str, list[Trivial]],
    clean: FloatArray,
    trips: Mapping[str, FloatArray],
    frozen: EvidenceList,
    samples: Path,
) -> dict[str, Any]:
    """Scores of all directions on simulated chips, by title; round trips are scored as answers about radar too."""
    scenes = scenes_of(len(chips["dem"]), frozen)
    directions = tqdm([*ONE_TO_ONE, *FROM_ALL_OTHERS], desc="scoring", unit="direction")
    return {
        entry.title: score_direction(
            entry,
            direction_samples(samples, entry, len(chips["dem"])),
            chips,
            trivial[entry.title],
            clean,
            scenes,
            trips[entry.target],
        )
        for entry in directions
    }


def main(arguments: Sequence[str] | None = None) -> int:
    """Print what is expected and whether it was met and, if asked, write the sheet and its pictures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--cache", type=Path, required=True, help="folder for simulated chips and samples")
    parser.add_argument("--list", type=Path, help="another list than resources/training/evidence.json")
    parser.add_argument("--chips", type=int, help="held-out chips, and no others for the power (else as listed)")
    parser.add_argument("--samples", type=int, help="samples of each condition (likewise)")
    parser.add_argument("--shared", type=Path, default=FOLDER, help="folder of real rasters; left out if absent")
    parser.add_argument(
        "--write",
        action="store_true",
        help=f"write {SHEET.relative_to(ROOT)}, its pictures, and the summary in the model's card",
    )
    parser.add_argument("--output", type=Path, help="write them here (the sheet's path) instead")
    given = parser.parse_args(arguments)
    return run_command(lambda: _measure_and_write(given))


def _asked(given: argparse.Namespace) -> str:
    """The arguments with which a sheet is made again."""
    if given.write:
        return f"--model {given.model.resolve().relative_to(ROOT)} --cache DIR --write"
    options = {name: getattr(given, name) for name in ("list", "chips", "samples")}
    more = [f"--{name} {value}" for name, value in options.items() if value is not None]
    return " ".join([f"--model {given.model} --cache DIR", *more])


def _measure_and_write(given: argparse.Namespace) -> None:
    frozen = read_evidence_list(given.list)
    count = frozen.count if given.chips is None else given.chips
    samples = frozen.samples if given.samples is None else given.samples
    if count < 1 or samples < 2:
        raise UsageError(f"--chips is {count} and --samples {samples}: at least 1 and 2 are needed.")
    if given.write and (given.list or given.chips or given.samples or given.output):
        raise UsageError("--write is of the whole list: leave --list, --chips, --samples and --output out.")
    card = given.model / "README.md"
    if given.write and given.model.resolve().parent != EMBEDDED:
        raise UsageError(f"--write is of a model in {EMBEDDED}: give one of these, or --output in place of --write.")
    if given.write and not card.is_file():
        raise UsageError(f"{card} is not there: --write puts a summary into the model's card.")
    sheet = given.output or (SHEET if given.write else given.cache / "embedded-model.md")
    if sheet.is_dir():
        # Before hours of measuring.
        raise InputError(f"{sheet}: is a folder, and the sheet is a file; give --output a file's name in it.")
    frozen = replace(frozen, count=min(count, len(frozen.scenes) * len(frozen.chips)), samples=samples)
    given.cache.mkdir(parents=True, exist_ok=True)
    results = measure(given.model, given.cache, frozen, given.shared, sheet.parent / "images", given.chips)
    results |= {"asked": _asked(given), "list": str(given.list or "resources/training/evidence.json")}
    write_whole(given.cache / "evidence.json", json.dumps(results, indent=2) + "\n")
    write_whole(sheet, write_sheet(results, {name: f"images/{file}" for name, file in results["images"].items()}))
    if given.write:
        told = card.read_text(encoding="utf-8").split(CARD_HEADING)[0].rstrip()
        write_whole(card, f"{told}\n\n{card_section(results)}")
    print("\n".join(entry.line() for entry in check_expectations(results)))
    print(f"Written: {sheet}")


if __name__ == "__main__":
    sys.exit(main())
