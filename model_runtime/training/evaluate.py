"""Evaluate the embedded model on held-out simulated scenes: ``python -m model_runtime.training.evaluate``."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from model_runtime.model.bundle import load_bundle
from model_runtime.training.commands import run_command
from model_runtime.training.config import CONFIG_FOLDER
from model_runtime.training.evidence.directions import (
    fit_trivial,
    score_answers,
    score_round_trip,
    score_samples,
)
from model_runtime.training.evidence.frozen import Direction, read_entries
from model_runtime.training.held_out import pick_chips
from model_runtime.training.metrics import (
    OCTAVES,
    correlation,
    share_of_pairs_matched,
)
from model_runtime.training.sampler import Sampler

FloatArray = NDArray[np.float32]
TASKS = {
    "L2A from L1C": ("s2_l1c", "s2_l2a"),
    "L1C from L2A": ("s2_l2a", "s2_l1c"),
    "hillshade from L2A": ("s2_l2a", "dem"),
}
"""Source and target of each task."""
FIT_CHIPS = (0, 5, 10, 15)
"""Chips of each training scene that trivial answers are fitted on."""


@dataclass(frozen=True)
class FrozenList:
    """What is evaluated, fixed before training.

    Attributes:
        scenes: seeds of held-out scenes.
        chips: numbers of the chips taken from each.
        samples: per condition.
        steps: network evaluations per sample.
        seed: of the sampling.
        fit_scenes: seeds of training scenes for the trivial answers.
    """

    scenes: list[int]
    chips: list[int]
    samples: int
    steps: int
    seed: int
    fit_scenes: list[int]


def read_frozen_list(path: Path | None = None) -> FrozenList:
    """Read the frozen list, ``resources/training/evaluation.json`` unless another is given.

    Raises:
        InputError: it is no such list.
    """
    return FrozenList(**read_entries(path or CONFIG_FOLDER / "evaluation.json", FrozenList))


def evaluate_task(
    sampler: Sampler,
    task: str,
    held_out: Mapping[str, FloatArray],
    training: Mapping[str, FloatArray],
    frozen: FrozenList,
) -> dict[str, Any]:
    """Scores of one task."""
    source, target = TASKS[task]
    truths = held_out[target]
    samples = np.stack(
        [
            sampler.generate({source: chip}, [target], frozen.samples, frozen.steps, frozen.seed + number)[target]
            for number, chip in enumerate(tqdm(held_out[source], desc=task, mininterval=5))
        ]
    )
    mean = samples.mean(axis=1)
    scenes = np.repeat(np.arange(len(frozen.scenes)), len(frozen.chips))
    trivial = fit_trivial(Direction((source,), target), training)
    return {
        "model": score_samples(samples, truths),
        "trivial": {
            entry.baseline.name: score_answers(entry.baseline.answer(held_out[source]), truths, entry.spread)
            for entry in trivial
        },
        "round_trip": score_round_trip(sampler.round_trip(truths, target), truths),
        "matches": share_of_pairs_matched(mean, truths, scenes),
    }


def evaluate_replaced(sampler: Sampler, held_out: Mapping[str, FloatArray], frozen: FrozenList) -> dict[str, float]:
    """Hillshade from L2A and S1: correlation with the truth, with both conditions and with one of another scene."""
    truths, optical, radar = held_out["dem"], held_out["s2_l2a"], held_out["s1_rtc"]
    shift = len(frozen.chips)
    cases = {
        "both of the place": (optical, radar),
        "L2A of another scene": (np.roll(optical, shift, axis=0), radar),
        "S1 of another scene": (optical, np.roll(radar, shift, axis=0)),
    }
    found = {}
    for name, (first, second) in cases.items():
        values = []
        for number in tqdm(range(len(truths)), desc=name, mininterval=5):
            conditions = {"s2_l2a": first[number], "s1_rtc": second[number]}
            samples = sampler.generate(conditions, ["dem"], 2, frozen.steps, frozen.seed + number)["dem"]
            values.append(correlation(samples.mean(axis=0), truths[number]))
        found[name] = float(np.mean(values))
    return found


def evaluate(model: Path, cache: Path, frozen: FrozenList | None = None) -> dict[str, Any]:
    """Evaluate a bundle.

    Args:
        model: the bundle's folder.
        cache: folder for simulated chips, reused if it holds them already.
        frozen: what to evaluate; the frozen list if None.
    """
    frozen = frozen or read_frozen_list()
    sampler = Sampler(load_bundle(model))
    held_out = pick_chips(cache / "held_out", frozen.scenes, frozen.chips)
    training = pick_chips(cache / "fitted", frozen.fit_scenes, FIT_CHIPS)
    results: dict[str, Any] = {
        "scenes": len(frozen.scenes),
        "chips": len(frozen.chips),
        "samples": frozen.samples,
        "steps": frozen.steps,
        "octaves": [f"{short}-{long}" for short, long in OCTAVES],
        "tasks": {},
    }
    for task in TASKS:
        results["tasks"][task] = evaluate_task(sampler, task, held_out, training, frozen)
    results["replaced"] = evaluate_replaced(sampler, held_out, frozen)
    return results


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the evaluation as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--cache", type=Path, required=True, help="folder for simulated chips")
    given = parser.parse_args(arguments)
    return run_command(lambda: _print_evaluation(given.model, given.cache))


def _print_evaluation(model: Path, cache: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    print(json.dumps(evaluate(model, cache), indent=2))


if __name__ == "__main__":
    sys.exit(main())
