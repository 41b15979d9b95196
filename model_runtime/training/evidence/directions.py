"""Samples of every direction on held-out scenes, kept as they are made, and their scores."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from model_runtime.contract import MODALITIES
from model_runtime.training.baselines import Baseline, Spread, fit_for, fit_spread, join
from model_runtime.training.evidence.frozen import ALL_BUT_ONE, SINGLE, Direction, EvidenceList
from model_runtime.training.files import as_kept, whole_file
from model_runtime.training.metrics import (
    crps,
    diversity,
    jackknife_error,
    mean_correlation,
    octave_power,
    power_ratio,
    relative_power,
    rmse,
    variety,
)
from model_runtime.training.sampler import Sampler

FloatArray = NDArray[np.float32]
Chips = Mapping[str, FloatArray]
ROUND_TRIP = "autoencoder round trip of the truth"
ONE_SAMPLE = "one-sample"
"""Folder beside the samples, of the chips that have one of each condition."""
FOR_POWER = "power"
"""Folder beside them, of the chips of more scenes that are for the power alone; with the first one's seed."""


@dataclass(frozen=True)
class Trivial:
    """A trivial answer and the spread of its residuals."""

    baseline: Baseline
    spread: Spread


def sample_file(folder: Path, sources: Sequence[str], number: int) -> Path:
    """Where the samples of one chip from given modalities are kept."""
    return folder / f"from-{'-'.join(sources)}-{number:02d}.npz"


def list_file(folder: Path, frozen: EvidenceList, sources: Sequence[str], number: int) -> Path:
    """Where the samples of one chip of the list are kept: those behind its count have one of each condition."""
    return sample_file(folder if number < frozen.count else folder / ONE_SAMPLE, sources, number)


def draw_all(sampler: Sampler, chips: Chips, frozen: EvidenceList, folder: Path) -> None:
    """Draw samples of every chip from each modality alone and from all but one; those already there are kept.

    Args:
        sampler: the model.
        chips: all of the list by modality (chips, channels, 256, 256) in grey levels. Those behind the list's count
            get one sample of each condition, for the power alone.
        frozen: how many chips, samples and steps.
        folder: gets one file for each chip and set of conditions.
    """
    runs = [(given, number) for number in range(len(chips["dem"])) for given in (*SINGLE, *ALL_BUT_ONE)]
    bar = tqdm(runs, desc="sampling", unit="run", mininterval=5)
    for given, number in bar:
        bar.set_postfix_str(f"chip {number + 1} from {'+'.join(given)}", refresh=False)
        seed = frozen.seed + 1000 * (SINGLE + ALL_BUT_ONE).index(given) + number
        draw_one(
            sampler,
            {name: chips[name][number] for name in given},
            frozen if number < frozen.count else replace(frozen, samples=1),
            seed,
            list_file(folder, frozen, given, number),
        )


def draw_one(sampler: Sampler, conditions: Chips, frozen: EvidenceList, seed: int, path: Path) -> None:
    """Draw the samples of one chip's missing modalities, unless the file is there."""
    if path.exists():
        return
    targets = [name for name in MODALITIES if name not in conditions]
    drawn = sampler.generate(conditions, targets, frozen.samples, frozen.steps, seed)
    path.parent.mkdir(parents=True, exist_ok=True)
    kept: dict[str, Any] = {name: values.astype(np.uint8) for name, values in drawn.items()}
    with whole_file(path, ".tmp.npz") as temporary:
        np.savez(temporary, **kept)


def read_samples(path: Path, target: str) -> FloatArray:
    """Samples (samples, channels, rows, columns) in grey levels."""
    with as_kept(path, "remove it, and its samples are drawn again"), np.load(path) as stored:
        return np.asarray(stored[target], dtype=np.float32)


def direction_samples(folder: Path, direction: Direction, count: int) -> FloatArray:
    """Samples (chips, samples, channels, rows, columns) of one direction."""
    paths = [sample_file(folder, direction.sources, number) for number in range(count)]
    return np.stack([read_samples(path, direction.target) for path in paths])


def draw_for_power(sampler: Sampler, chips: Chips, frozen: EvidenceList, folder: Path) -> None:
    """Draw one sample of each chip that is for the power alone; those already there are kept.

    Args:
        sampler: the model.
        chips: these by modality (chips, channels, 256, 256) in grey levels.
        frozen: how many of them from which conditions, and how many steps.
        folder: gets one file for each chip and set of conditions.
    """
    every = (*SINGLE, *ALL_BUT_ONE)
    runs = [(given, number) for given in every for number in range(frozen.powers_from(given))]
    for given, number in tqdm(runs, desc="sampling for the power", unit="run", mininterval=5):
        seed = frozen.seed + 1_000_000 * (1 + every.index(given)) + number
        conditions = {name: chips[name][number] for name in given}
        draw_one(sampler, conditions, replace(frozen, samples=1), seed, power_file(folder, frozen, given, number))


def power_file(folder: Path, frozen: EvidenceList, sources: Sequence[str], number: int) -> Path:
    """Where the sample of one chip for the power alone is kept: with more scenes behind it, it is the same."""
    return sample_file(folder / f"{FOR_POWER}-{frozen.power_seeds.start}", sources, number)


def score_power(
    direction: Direction, chips: Chips, frozen: EvidenceList, folder: Path, more: Chips | None = None
) -> dict[str, Any]:
    """Power of single samples over the truths' on all chips of the list.

    Args:
        direction: what was asked.
        chips: all of the list by modality, in grey levels.
        frozen: how many of them have many samples, and how many scenes they come from.
        folder: of the samples.
        more: chips of as many more scenes, whose samples were drawn for the power alone.

    Returns:
        ``ratio`` and its standard ``error`` by octave, and of how many ``chips``.
    """
    target = direction.target
    paths = [list_file(folder, frozen, direction.sources, number) for number in range(len(chips[target]))]
    truths, scenes = list(chips[target]), scenes_of(len(chips[target]), frozen)
    if more is not None:
        drawn = range(frozen.powers_from(direction.sources))
        paths += [power_file(folder, frozen, direction.sources, number) for number in drawn]
        truths += list(more[target][: len(drawn)])
        scenes = np.append(scenes, len(frozen.scenes) + np.arange(len(drawn)))
    found = np.stack([octave_power(read_samples(path, target)) for path in paths])
    ratio, error = power_ratio(found, np.stack([octave_power(truth) for truth in truths]), scenes)
    return {"ratio": ratio, "error": error, "chips": len(truths)}


def scenes_of(count: int, frozen: EvidenceList) -> NDArray[np.int64]:
    """Which scene of the list each of its first chips comes from: all scenes' first chip comes first."""
    return np.arange(count) % len(frozen.scenes)


def fit_trivial(direction: Direction, training: Chips) -> list[Trivial]:
    """Trivial answers to one direction with their spread, fitted on training scenes."""
    given = join(training, direction.sources)
    return [
        Trivial(entry, fit_spread(entry, given, training[direction.target]))
        for entry in fit_for(direction.sources, direction.target, training)
    ]


def score_samples(samples: FloatArray, truths: FloatArray) -> dict[str, Any]:
    """Scores of samples (chips, samples, channels, rows, columns) against truths (chips, channels, rows, columns)."""
    mean = samples.mean(axis=1)
    return {
        "rmse": rmse(mean, truths),
        "correlation": mean_correlation(mean, truths),
        "crps": crps(samples, truths, fair=True),
        "power": relative_power(samples, truths),
        "diversity": diversity(samples, truths),
    }


def score_answers(answers: FloatArray, truths: FloatArray, spread: Spread) -> dict[str, Any]:
    """Scores of single answers: alone, and with the spread of their residuals for the CRPS."""
    return {
        "rmse": rmse(answers, truths),
        "correlation": mean_correlation(answers, truths),
        "crps": spread.crps(answers, truths),
        "power": relative_power(answers, truths),
    }


def score_round_trip(answers: FloatArray, truths: FloatArray) -> dict[str, Any]:
    """Scores of what the autoencoder leaves of the truth; the CRPS of a single answer is its mean absolute error."""
    return {
        "rmse": rmse(answers, truths),
        "correlation": mean_correlation(answers, truths),
        "crps": crps(answers[:, None], truths),
        "power": relative_power(answers, truths),
    }


def score_direction(
    direction: Direction,
    samples: FloatArray,
    chips: Chips,
    trivial: Sequence[Trivial],
    clean: FloatArray | None = None,
    scenes: NDArray[np.int64] | None = None,
    round_trip: FloatArray | None = None,
) -> dict[str, Any]:
    """All scores of one direction.

    Args:
        direction: what was asked.
        samples: (chips, samples, channels, rows, columns) in grey levels.
        chips: held-out chips by modality.
        trivial: its trivial answers, fitted on training chips.
        clean: radar pictures without speckle, scored too where the target is S1.
        scenes: which scene each chip comes from; with them it is told how far the best trivial answer lies behind.
        round_trip: what the autoencoder leaves of the truths, compared with the clean pictures too.
    """
    truths, given = chips[direction.target], join(chips, direction.sources)
    answers = {entry.baseline.name: entry.baseline.answer(given) for entry in trivial}
    found: dict[str, Any] = {
        "title": direction.title,
        "sources": list(direction.sources),
        "target": direction.target,
        "model": {**score_samples(samples, truths), "variety": variety(samples[:, 0], truths)},
        "trivial": {
            entry.baseline.name: score_answers(answers[entry.baseline.name], truths, entry.spread) for entry in trivial
        },
    }
    if scenes is not None:
        found["ahead"] = {
            "rmse": _rmse_ahead(samples, answers[best_trivial(found, "rmse")], truths, scenes),
            "crps": _crps_ahead(samples, answers, truths, trivial, best_trivial(found, "crps"), scenes),
        }
    if clean is not None and direction.target == "s1_rtc":
        shown = {"model": samples.mean(axis=1), **answers} | ({} if round_trip is None else {ROUND_TRIP: round_trip})
        found["clean"] = {
            name: {"rmse": rmse(answer, clean), "correlation": mean_correlation(answer, clean)}
            for name, answer in shown.items()
        }
    return found


def _rmse_ahead(
    samples: FloatArray, answers: FloatArray, truths: FloatArray, scenes: NDArray[np.int64]
) -> dict[str, float | None]:
    """By how much the RMSE of the samples' mean is lower, and the standard error of that, both on the same chips."""
    squares = [
        np.mean((values.astype(np.float64) - truths) ** 2, axis=(1, 2, 3)) for values in (answers, samples.mean(axis=1))
    ]

    def lower(kept: NDArray[np.bool_]) -> NDArray[np.float64]:
        theirs, ours = (np.sqrt(values[kept].mean()) for values in squares)
        return np.asarray(theirs - ours)

    return _with_error(lower, scenes)


def _crps_ahead(
    samples: FloatArray,
    answers: Mapping[str, FloatArray],
    truths: FloatArray,
    trivial: Sequence[Trivial],
    name: str,
    scenes: NDArray[np.int64],
) -> dict[str, float | None]:
    """By how much the samples' CRPS is lower, and the standard error of that, both on the same chips."""
    spread = next(entry.spread for entry in trivial if entry.baseline.name == name)
    one = [slice(number, number + 1) for number in range(len(truths))]
    differences = np.array(
        [spread.crps(answers[name][chip], truths[chip]) - crps(samples[chip], truths[chip], fair=True) for chip in one]
    )
    return _with_error(lambda kept: np.asarray(differences[kept].mean()), scenes)


def _with_error(
    statistic: Callable[[NDArray[np.bool_]], NDArray[np.float64]], scenes: NDArray[np.int64]
) -> dict[str, float | None]:
    error = jackknife_error(statistic, scenes)
    return {"by": float(statistic(np.ones(len(scenes), dtype=bool))), "error": None if error is None else float(error)}


def best_trivial(scores: Mapping[str, Any], measure: str) -> str:
    """Name of the trivial answer that is best by a measure that should be low."""
    answers: Mapping[str, Mapping[str, float]] = scores["trivial"]
    return min(answers, key=lambda name: answers[name][measure])
