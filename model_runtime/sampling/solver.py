"""The solver: DPM-Solver++ (data prediction), in the published model's own scheme or in one that needs fewer calls.

Lu et al., "DPM-Solver++: Fast Solver for Guided Sampling of Diffusion Probabilistic Models", 2022. The
``reference`` scheme is singlestep, of third order, on a grid uniform in time; every step of order n spans n
cells of it, so each network call lies on a grid point. The ``fast`` scheme is :mod:`.multistep`. Everything
that depends on the schedule alone is worked out beforehand, in float64, as a plan: executing it takes sums
of arrays only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from math import expm1
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from model_runtime.contract import UsageError
from model_runtime.sampling.multistep import multistep_factors
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.spacing import call_times

Latent = NDArray[np.floating[Any]]
Latents = Mapping[str, Latent]
Progress = Callable[[int, int], None]
Scheme = Literal["reference", "fast"]

END_TIME = 0.001


@dataclass(frozen=True)
class Update:
    """How one stream goes on after a network call.

    Attributes:
        time: time of the call, in (0, 1].
        clean_state: factor of the state in the predicted clean latent.
        clean_noise: factor of the predicted noise in it.
        base: factor of the state at the beginning of the solver's step in the next state.
        predictions: factors in the next state of the clean latents predicted last, this call's at the end.
        next_time: time of the next state.
    """

    time: float
    clean_state: float
    clean_noise: float
    base: float
    predictions: tuple[float, ...]
    next_time: float


@dataclass(frozen=True)
class Call:
    """One network call.

    Attributes:
        index: 0 for the first call.
        order: order of the solver's step it belongs to.
        stage: 0 for the step's first call.
        timesteps: what the network is told, by stream.
        updates: what follows, by stream.
    """

    index: int
    order: int
    stage: int
    timesteps: dict[str, float]
    updates: dict[str, Update]


def step_orders(steps: int, rising_start: bool = False) -> list[int]:
    """Orders of the solver's steps, which need ``steps`` network calls in all.

    Args:
        steps: network calls.
        rising_start: whether runs begin without any signal, whence no line leads: their first step is of order 1.

    Raises:
        UsageError: fewer than one call.
    """
    if steps < 1:
        raise UsageError(f"The number of steps must be 1 or more, found {steps}.")
    if rising_start and steps > 1:
        return [1, *step_orders(steps - 1)]
    thirds, rest = divmod(steps, 3)
    return [3] * (thirds - 1) + [2, 1] if rest == 0 else [3] * thirds + [rest]


def plan_calls(
    schedule: NoiseSchedule, steps: int, starts: Mapping[str, float], scheme: Scheme = "reference"
) -> list[Call]:
    """List every network call of a run.

    Args:
        schedule: the noise schedule.
        steps: number of network calls.
        starts: by generated stream, the timestep it starts from (``num_train_timesteps``: noise alone).
            All streams make the same number of cells of their own grids.
        scheme: the published scheme, or the fast one.

    Raises:
        UsageError: fewer than one call, or a start outside the schedule.
    """
    total = schedule.num_train_timesteps
    for stream, start in starts.items():
        if not END_TIME * total < start <= total:
            raise UsageError(f"{stream}: the start must be a timestep above 1 and at most {total}, found {start:g}.")
    plan, orders = _singlestep_stream, step_orders(steps, schedule.rising_start)
    if scheme == "fast":
        plan, orders = _multistep_stream, [1] * steps
    stages = [(order, stage) for order in orders for stage in range(order)]
    streams = {stream: plan(schedule, start / total, orders) for stream, start in starts.items()}
    return [
        Call(
            index,
            order,
            stage,
            {stream: updates[index].time * total for stream, updates in streams.items()},
            {stream: updates[index] for stream, updates in streams.items()},
        )
        for index, (order, stage) in enumerate(stages)
    ]


def solve(
    initial: Latents,
    calls: list[Call],
    predict: Callable[[Call, Latents], Latents],
    progress: Progress | None = None,
) -> dict[str, Latent]:
    """Run a plan.

    Args:
        initial: by generated stream, the state at its start; the result keeps their precision.
        calls: from :func:`plan_calls`.
        predict: predicted noise by stream, for the states at a call's timesteps.
        progress: told after every call how many of how many are done; may raise to cancel.

    Returns:
        The generated latents at time 0.001, the published model's last state, without further denoising.
    """
    states = dict(initial)
    bases = dict(initial)
    clean: dict[str, list[Latent]] = {stream: [] for stream in states}
    for call in calls:
        if call.stage == 0:
            bases = dict(states)
        noise = predict(call, states)
        for stream, update in call.updates.items():
            clean[stream].append(update.clean_state * states[stream] + update.clean_noise * noise[stream])
            clean[stream] = clean[stream][-len(update.predictions) :]
            states[stream] = _combine(bases[stream], update, clean[stream])
        if progress is not None:
            progress(call.index + 1, len(calls))
    return states


def _combine(base: Latent, update: Update, clean: list[Latent]) -> Latent:
    state = update.base * base
    for factor, prediction in zip(update.predictions, clean, strict=True):
        state += factor * prediction
    return state


def _singlestep_stream(schedule: NoiseSchedule, start: float, orders: list[int]) -> list[Update]:
    """One stream's updates in the published scheme; without any signal, unknown to it, denser where pictures form."""
    grid = np.linspace(start, END_TIME, sum(orders) + 1)
    if schedule.rising_start and start == 1.0:
        grid = call_times(schedule, start, sum(orders), END_TIME, forming=True)
    updates: list[Update] = []
    for order in orders:
        first = len(updates)
        step = _step_updates(schedule, grid[first : first + order + 1])
        updates += _from_noise_alone(schedule, step) if first == 0 and _lacks_trace(schedule, start) else step
    return updates


def _multistep_stream(schedule: NoiseSchedule, start: float, orders: list[int]) -> list[Update]:
    """One stream's updates in the fast scheme."""
    times = call_times(schedule, start, len(orders), END_TIME)
    updates = [
        Update(float(time), *schedule.clean_factors(float(time)), base, predictions, float(next_time))
        for time, next_time, (base, predictions) in zip(
            times[:-1], times[1:], multistep_factors(schedule, times), strict=True
        )
    ]
    return _from_noise_alone(schedule, updates[:1]) + updates[1:] if _lacks_trace(schedule, start) else updates


def _lacks_trace(schedule: NoiseSchedule, start: float) -> bool:
    return schedule.pure_start and not schedule.rising_start and start == 1.0


def _step_updates(schedule: NoiseSchedule, times: NDArray[np.float64]) -> list[Update]:
    """The stages of one solver step over the grid points ``times`` (order + 1 of them)."""
    alpha = [float(value) for value in schedule.alpha(times)]
    sigma = [float(value) for value in schedule.sigma(times)]
    lambdas = [float(value) for value in schedule.half_log_snr(times)]
    factors = _factors(alpha, lambdas)
    clean = [schedule.clean_factors(float(time)) for time in times[:-1]]
    return [
        Update(
            time=float(times[stage]),
            clean_state=clean[stage][0],
            clean_noise=clean[stage][1],
            base=sigma[stage + 1] / sigma[0],
            predictions=factors[stage],
            next_time=float(times[stage + 1]),
        )
        for stage in range(len(times) - 1)
    ]


def _from_noise_alone(schedule: NoiseSchedule, updates: list[Update]) -> list[Update]:
    """The first solver step of a run whose first state is noise, and not alpha * clean + sigma * noise as it assumes.

    The first prediction of the clean latent takes the place of the one that is missing.
    """
    alpha, sigma = float(schedule.alpha(updates[0].time)), float(schedule.sigma(updates[0].time))
    return [
        replace(
            update,
            base=update.base * sigma,
            predictions=(update.predictions[0] + update.base * alpha, *update.predictions[1:]),
        )
        for update in updates
    ]


def _factors(alpha: list[float], lambdas: list[float]) -> list[tuple[float, ...]]:
    """Factors of the clean predictions after each stage of a step; the inner points set its ratios."""
    order = len(alpha) - 1
    # Without any signal the first of them is minus infinity, and what follows holds all of the first prediction.
    spans = [0.0, *(value - lambdas[0] for value in lambdas[1:])]
    first = [-alpha[stage] * expm1(-spans[stage]) for stage in range(order + 1)]
    if order == 1:
        return [(first[1],)]
    if order == 2:
        slope = first[2] * 0.5 * spans[2] / spans[1]
        return [(first[1],), (first[2] - slope, slope)]
    inner = alpha[2] * (expm1(-spans[2]) / spans[2] + 1.0) * spans[2] / spans[1]
    outer = alpha[3] * (expm1(-spans[3]) / spans[3] + 1.0) * spans[3] / spans[2]
    return [(first[1],), (first[2] - inner, inner), (first[3] - outer, 0.0, outer)]
