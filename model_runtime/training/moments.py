"""Last stage: gains on the transformer's predictions, measured along runs on training chips.

Runs on chips of training scenes go step by step, all chips together. At each network call the mean product of state and
predicted clean latent is compared with what it would be for the true one (:class:`MomentGains`), and the runs go on
with the prediction times their ratio. Nothing is learned by gradients, and nothing but second moments of training
scenes is looked at. Where nothing tells of clouds, they can be asked for with more power than the true ones.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from model_runtime.contract import MODALITIES, SENTINEL2, InputError, UsageError
from model_runtime.model.linear_guess import LinearGuess, schedule_levels, spread_out
from model_runtime.model.moments import MomentGains, channel_groups
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.sampling.solver import Call, Latents, solve
from model_runtime.training.config import MomentsConfig
from model_runtime.training.diffusion import draw_latents
from model_runtime.training.files import as_kept, whole_file

STAGE = 4
BATCH = 8
CANDIDATES = 8
"""Windows drawn for each chip that is chosen, at least; and at least as many as there are scenes."""
FloatArray = NDArray[np.float32]


def with_gains(model: CopGenTransformer, times: Sequence[float]) -> CopGenTransformer:
    """The same transformer with gains at these timesteps, which change nothing yet; without any for none."""
    settings = {name: value for name, value in model.config.items() if not name.startswith("_")}
    grown: CopGenTransformer = CopGenTransformer(**{**settings, "moment_times": list(times)})
    weights = {name: value for name, value in model.state_dict().items() if not name.startswith("moment_gains.")}
    grown.load_state_dict(weights, strict=not times)
    return grown.eval()


def second_moments(parts: Sequence[Tensor], others: Sequence[Tensor]) -> FloatArray:
    """Mean products of two latents of each chip, by part and group of channels: (chips, parts, groups).

    Up to a factor of each part and group, which is the same for all latents.
    """
    edges, columns = channel_groups(parts[0].shape[1]), parts[-1].shape[-1]
    found = []
    for one, other in zip(parts, others, strict=True):
        side = columns // one.shape[-1]
        product = side**2 * (one.double() * other.double()).mean(dim=(2, 3))
        found.append(torch.stack([product[:, a:b].sum(dim=1) for a, b in itertools.pairwise(edges)], dim=1))
    return np.asarray(torch.stack(found, dim=1).cpu().numpy())


def choose_chips(moments: FloatArray, count: int) -> list[int]:
    """Numbers of the chips whose mean second moments come nearest to those of all of them, one added after another.

    Args:
        moments: (chips, features), each feature's mean above 0.
        count: how many; no chip is taken twice.
    """
    relative = moments / moments.mean(axis=0)
    total, chosen = np.zeros(relative.shape[1]), list[int]()
    for number in range(1, count + 1):
        missed = ((total + relative) / number - 1) ** 2
        missed[chosen] = np.inf
        chosen.append(int(missed.sum(axis=1).argmin()))
        total += relative[chosen[-1]]
    return chosen


def factors(found: FloatArray, wanted: FloatArray, largest: float) -> FloatArray:
    """Factors that give predictions the products they should have.

    Args:
        found: products of state and prediction (chips, ...).
        wanted: those with the true latent, of the same shape.
        largest: factor; the smallest is 1 over it.

    Returns:
        (...): the ratio of the means, the nearer to 1 the less is known of it by so many chips.
    """
    mean, goal = found.mean(axis=0), wanted.mean(axis=0)
    error = (found - wanted).std(axis=0, ddof=1) / np.sqrt(len(found))
    known = goal**2 / (goal**2 + error**2)
    ratio = goal / np.maximum(mean, goal / (2 * largest))
    return np.asarray((1 + known * (ratio - 1)).clip(1 / largest, largest))


def subset_number(stream: str, given: Sequence[str]) -> int:
    """Number of the subset of the other streams that are given, as :class:`MomentGains` counts."""
    others = [name for name in MODALITIES if name != stream]
    return sum(1 << at for at, name in enumerate(others) if name in given)


def set_name(given: Sequence[str]) -> str:
    """Under which the gains of a set of given modalities are kept."""
    return "+".join(given) or "nothing"


def tells_of_clouds(given: Sequence[str]) -> bool:
    """Whether a set of given modalities has one that clouds can be seen in."""
    return any(stream in given for stream in SENTINEL2)


def conditions() -> list[tuple[str, ...]]:
    """All sets of given modalities that leave something to generate."""
    return [given for count in range(len(MODALITIES)) for given in itertools.combinations(MODALITIES, count)]


def measured_times(scheduler: CopGenScheduler, steps: int, lowest: float) -> list[float]:
    """Timesteps of the calls from the first one to the first below ``lowest``; at both ends nothing is changed."""
    name = MODALITIES[0]
    calls = [call.timesteps[name] for call in scheduler.plan({name: 1000.0}, steps)]
    kept = [time for time in calls if time >= lowest]
    return [*kept, next(time for time in [*calls, 1.0] if time < lowest)]


def chips_of_mean_power(
    model: CopGenTransformer,
    latents: Mapping[str, NDArray[np.float16]],
    scales: Mapping[str, float],
    settings: MomentsConfig,
    seed: int,
) -> dict[int, list[Tensor]]:
    """Clean latents of training chips that together have the second moments of all scenes.

    Returns:
        By how many there are, for both counts of the settings, one tensor per modality.
    """
    guess, device = _guess(model), next(model.parameters()).device
    chance = np.random.default_rng([seed, STAGE])
    counts = {settings.chips, settings.cloud_chips or settings.chips}
    wanted = max(CANDIDATES * settings.chips, settings.cloud_chips, len(latents[MODALITIES[0]]))
    drawn: list[list[Tensor]] = []
    moments = []
    for first in range(0, wanted, BATCH):
        clean = draw_latents(latents, scales, min(BATCH, wanted - first), chance, device)
        parts = [guess.deviations(latent, index) for index, latent in enumerate(clean)]
        moments.append(np.concatenate([second_moments(p, p).reshape(len(clean[0]), -1) for p in parts], axis=1))
        drawn.append([latent.half() for latent in clean])
    together = [torch.cat(batches) for batches in zip(*drawn, strict=True)]
    features = np.concatenate(moments)
    if not (np.isfinite(features).all() and (features.mean(axis=0) > 0).all()):
        raise InputError(
            "latents: some are no numbers, or all of a modality alike; remove the folder latents-... in the run's "
            "cache, and the scenes are encoded again."
        )
    chosen = {count: choose_chips(features, count) for count in counts}
    return {count: [latent[numbers].float() for latent in together] for count, numbers in chosen.items()}


@torch.inference_mode()
def measure_gains(
    model: CopGenTransformer,
    scheduler: CopGenScheduler,
    latents: Mapping[str, NDArray[np.float16]],
    scales: Mapping[str, float],
    settings: MomentsConfig,
    seed: int,
    progress: Path,
) -> CopGenTransformer:
    """Measure a transformer's gains for every set of given modalities.

    Args:
        model: trained; gains it has are forgotten.
        scheduler: whose plan the runs follow.
        latents: by modality (scenes, latent channels, rows, columns).
        scales: factor on each modality's latents.
        settings: of the stage.
        seed: of the run.
        progress: a ``.npz`` file for what is measured, set by set: where it exists, its sets are not measured again.

    Returns:
        The transformer with gains.

    Raises:
        InputError: that file or the latents are damaged.
        UsageError: the transformer predicts no numbers.
    """
    device = next(model.parameters()).device
    times = measured_times(scheduler, settings.steps, settings.lowest)
    grown = with_gains(model, times)
    torch.nn.Module.to(grown, device)
    known = _measured_before(progress, _gains(grown).excess.shape[2:])
    clean: dict[int, list[Tensor]] = {}
    for given in tqdm(conditions(), desc="moments", unit="set", mininterval=5):
        name = set_name(given)
        if name not in known:
            clean = clean or chips_of_mean_power(grown, latents, scales, settings, seed)
            alone = len(given) == 1 and not tells_of_clouds(given)
            chips = (alone and settings.cloud_chips) or settings.chips
            known[name] = _along_runs(grown, scheduler, clean[chips], given, settings, seed)
            _save(progress, known)
        missing = [stream for stream in MODALITIES if stream not in given]
        _gains(grown).excess[[MODALITIES.index(s) for s in missing], [subset_number(s, given) for s in missing]] = (
            torch.from_numpy(known[name]).to(device)
        )
    return grown


def _guess(model: CopGenTransformer) -> LinearGuess:
    if model.linear_guess is None:
        raise ValueError("gains need prediction_type preconditioned")
    guess: LinearGuess = model.linear_guess
    return guess


def _gains(model: CopGenTransformer) -> MomentGains:
    if model.moment_gains is None:
        raise ValueError("the transformer has no gains")
    gains: MomentGains = model.moment_gains
    return gains


def _measured_before(path: Path, shape: Sequence[int]) -> dict[str, FloatArray]:
    """Factors less 1 that an earlier call left, by set of given modalities, each (missing, times, parts, groups)."""
    known: dict[str, FloatArray] = {}
    if path.exists():
        with as_kept(path, "remove it, and all gains are measured again"), np.load(path) as stored:
            for given in conditions():
                if (name := set_name(given)) in stored:
                    known[name] = np.asarray(stored[name], dtype=np.float32)
                    if (
                        known[name].shape != (len(MODALITIES) - len(given), *shape)
                        or not np.isfinite(known[name]).all()
                    ):
                        raise ValueError(name)
    return known


def _save(path: Path, arrays: Mapping[str, Any]) -> None:
    with whole_file(path, ".tmp.npz") as temporary:
        np.savez(temporary, **arrays)


def _along_runs(
    model: CopGenTransformer,
    scheduler: CopGenScheduler,
    clean: Sequence[Tensor],
    given: Sequence[str],
    settings: MomentsConfig,
    seed: int,
) -> FloatArray:
    """Factors less 1 (missing, times, parts, groups), each measured with those of the calls before in place."""
    guess, gains, device = _guess(model), _gains(model), clean[0].device
    missing = [stream for stream in MODALITIES if stream not in given]
    found = np.zeros((len(missing), *gains.excess.shape[2:]), dtype=np.float32)
    # Never 0 at the end, which numpy takes for nothing: that is where windows are drawn from.
    number = conditions().index(tuple(given)) or len(conditions())
    chance = np.random.default_rng([seed, STAGE, number])
    shape = tuple(clean[0].shape)
    initial = {stream: chance.standard_normal(shape, dtype=np.float32) for stream in missing}
    numbers = {stream: MODALITIES.index(stream) for stream in missing}
    goals = {s: second_moments(p, p) for s in missing for p in [guess.deviations(clean[numbers[s]], numbers[s])]}
    if settings.cloud_power and not tells_of_clouds(given):
        goals |= {s: goals[s] * np.array(settings.cloud_power)[:, None] for s in SENTINEL2}

    def predict(call: Call, states: Latents) -> dict[str, FloatArray]:
        time = call.timesteps[missing[0]]
        timesteps = torch.tensor([[0.0 if s in given else time for s in MODALITIES]] * shape[0], device=device)
        inputs = [
            clean[at] if s in given else torch.from_numpy(np.asarray(states[s], dtype=np.float32)).to(device)
            for at, s in enumerate(MODALITIES)
        ]
        batches = [
            model([x[at : at + BATCH] for x in inputs], timesteps[at : at + BATCH]) for at in range(0, shape[0], BATCH)
        ]
        noises = {s: torch.cat([batch[numbers[s]] for batch in batches]) for s in missing}
        if 0 < call.index < len(gains.times) - 1:
            alpha, sigma = (float(level) for level in schedule_levels(torch.tensor(time)))
            # From timestep 999 on the signal falls to nothing.
            signal = alpha * min(1.0, 1000 - time)
            for row, s in enumerate(missing):
                state = inputs[numbers[s]]
                predicted = guess.deviations((state - sigma * noises[s]) / alpha, numbers[s])
                products = second_moments(guess.deviations(state, numbers[s], signal), predicted)
                factor = factors(products, signal * goals[s], settings.largest)
                found[row, call.index] = factor - 1
                excess = torch.from_numpy(found[row, call.index]).to(device)
                for part, piece in enumerate(predicted):
                    more = piece * gains.per_channel(excess[part])[None, :, None, None]
                    noises[s] = noises[s] - (alpha / sigma) * spread_out(more, shape[-1])
        return {s: np.asarray(noise.cpu().numpy()) for s, noise in noises.items()}

    solve(initial, scheduler.plan(dict.fromkeys(missing, 1000.0), settings.steps), predict)
    if not np.isfinite(found).all():
        raise UsageError(
            "moments: what the transformer predicts is no number: give the settings a lower learning_rate and begin "
            "the run again in another --output."
        )
    return found
