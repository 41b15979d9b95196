"""Solver settings against quality: on held-out simulated scenes, beside the 50-evaluation answer and the truth."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from model_runtime.bench.samplers import DrawsSamples, samplers_of
from model_runtime.model.files import read_scheduler
from model_runtime.presets import REFERENCE_STEPS
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.solver import Scheme, plan_calls
from model_runtime.training.data import CHIP
from model_runtime.training.evaluate import read_frozen_list
from model_runtime.training.held_out import SCENE_SIZE, pick_chips
from model_runtime.training.metrics import OCTAVES, crps, octave_power, rmse

SMALLEST_CHANGE = 0.02
OCTAVE_CHANGE = 0.10
"""What the fast preset may differ by from 50 evaluations."""
TARGETS = {"dem": "hillshade", "s2_l1c": "L1C"}
"""What is generated, both from L2A."""


@dataclass(frozen=True)
class Setting:
    """A way of sampling.

    Attributes:
        scheme: of the solver.
        steps: network evaluations.
        precision: of the transformer.
    """

    scheme: Scheme
    steps: int
    precision: str = "fp32"

    @property
    def name(self) -> str:
        """As the table calls it."""
        return f"{self.scheme} {self.steps}" + ("" if self.precision == "fp32" else f" {self.precision}")


@dataclass(frozen=True)
class Score:
    """How one setting answers one task.

    Attributes:
        task: what was generated from what.
        setting: how.
        rmse: of the mean of all samples, grey levels.
        crps: mean absolute error of single samples, which is the CRPS of one sample.
        crps_of_all: of all samples together.
        power: by octave, over that of 50 evaluations.
        difference: mean distance of the samples from those of 50 evaluations, grey levels.
        rmse_change: relative to 50 evaluations.
        crps_change: relative to 50 evaluations, of single samples; and of all of them.
        crps_of_all_change: likewise.
    """

    task: str
    setting: Setting
    rmse: float
    crps: float
    crps_of_all: float
    power: list[float]
    difference: float
    rmse_change: float
    crps_change: float
    crps_of_all_change: float

    @property
    def within(self) -> bool:
        """Whether it stays within what the fast preset may differ by."""
        changes = (abs(self.rmse_change), abs(self.crps_change), abs(self.crps_of_all_change))
        return max(changes) <= SMALLEST_CHANGE and max(abs(value - 1) for value in self.power) <= OCTAVE_CHANGE


def settings_of(fast_steps: int, precisions: Sequence[str] = ("fp32", "bf16")) -> list[Setting]:
    """The settings that are compared; the first is what the others are compared with."""
    fast = sorted({fast_steps, 8, 10, 12})
    return [
        *(Setting("reference", REFERENCE_STEPS, precision) for precision in precisions),
        Setting("reference", 20),
        Setting("reference", 10),
        *(Setting("fast", steps) for steps in fast),
    ]


def measure_quality(
    model: Path,
    cache: Path,
    chips: int,
    samples: int,
    few: bool = False,
    backend: str = "torch",
    device: str = "cpu",
) -> tuple[list[Score], list[str]]:
    """Scores of all settings for both tasks, and what could not be measured; every setting starts from the same noise.

    Args:
        model: the bundle's folder.
        cache: folder of simulated chips, reused.
        chips: how many held-out chips, of as many scenes.
        samples: per chip.
        few: the least that can be compared, to try the bench itself.
        backend: what runs the networks.
        device: where.
    """
    samplers, refused = samplers_of(model, backend, device)
    frozen = read_frozen_list()
    scenes, numbers, size = frozen.scenes[:chips], frozen.chips[:1], SCENE_SIZE
    if few:
        numbers, size = [0], CHIP + 2  # whole cells of 30 m
    held_out = pick_chips(cache / "held_out", scenes, numbers, size)
    scheduler = read_scheduler(model)
    settings = settings_of(scheduler.fast_inference_steps, list(samplers))
    if few:
        settings = [Setting("reference", 2), Setting("fast", 2)]
    drawn = {
        setting: _samples(
            samplers[setting.precision], scheduler.schedule, held_out["s2_l2a"], setting, samples, frozen.seed
        )
        for setting in tqdm(settings, desc="quality", unit="setting")
    }
    return [score for target in TARGETS for score in _scores(target, drawn, held_out[target])], refused


def _samples(
    sampler: DrawsSamples,
    schedule: NoiseSchedule,
    conditions: NDArray[np.float32],
    setting: Setting,
    samples: int,
    seed: int,
) -> dict[str, NDArray[np.float32]]:
    """Samples (chips, samples, channels, rows, columns) by target."""
    missing = [name for name in sampler.names if name != "s2_l2a"]
    plan = plan_calls(schedule, setting.steps, dict.fromkeys(missing, 1000.0), setting.scheme)
    found = [
        sampler.generate({"s2_l2a": chip}, list(TARGETS), samples, setting.steps, seed + number, plan)
        for number, chip in enumerate(conditions)
    ]
    return {target: np.stack([entry[target] for entry in found]) for target in TARGETS}


def _scores(
    target: str, drawn: dict[Setting, dict[str, NDArray[np.float32]]], truths: NDArray[np.float32]
) -> list[Score]:
    scores: list[Score] = []
    basis = next(iter(drawn.values()))[target]
    power = octave_power(basis)
    task = f"{TARGETS[target]} from L2A"
    for setting, by_target in drawn.items():
        answers = by_target[target]
        found = (rmse(answers.mean(axis=1), truths), _single(answers, truths), crps(answers, truths))
        first = (scores[0].rmse, scores[0].crps, scores[0].crps_of_all) if scores else found
        changes = [a / b - 1 for a, b in zip(found, first, strict=True)]
        shares = [float(value) for value in octave_power(answers) / power]
        scores.append(Score(task, setting, *found, shares, float(np.abs(answers - basis).mean()), *changes))
    return scores


def _single(answers: NDArray[np.float32], truths: NDArray[np.float32]) -> float:
    return float(np.mean([crps(answers[:, index : index + 1], truths) for index in range(answers.shape[1])]))


def quality_table(scores: Sequence[Score]) -> list[str]:
    """Markdown."""
    octaves = ", ".join(f"{short}-{long}" for short, long in OCTAVES)
    lines = [
        "| task | solver, evaluations | RMSE of the mean | CRPS of one sample | CRPS of all "
        f"| power by octave ({octaves} px) | grey levels from the first | within 2 %, 10 % |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for score in scores:
        power = ", ".join(f"{value - 1:+.1%}" for value in score.power)
        lines.append(
            f"| {score.task} | {score.setting.name} | {score.rmse:.2f} ({score.rmse_change:+.1%}) | {score.crps:.2f} "
            f"({score.crps_change:+.1%}) | {score.crps_of_all:.2f} ({score.crps_of_all_change:+.1%}) | {power} "
            f"| {score.difference:.2f} | {'yes' if score.within else 'no'} |"
        )
    return lines
