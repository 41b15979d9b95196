"""The solver makes the published calls and gives the published numbers."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from model_runtime.contract import Cancelled, UsageError
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.solver import Call, Latents, Scheme, plan_calls, solve, step_orders

SCHEDULE = NoiseSchedule()
STEPS = (50, 20, 10, 12, 27)


def toy_network(call: Call, states: Latents) -> dict[str, Any]:
    """The recorded toy model: eps(x, t) = 0.8 sin(1.3 x + 2 pi t) + 0.1 x."""
    state, time = states["x"], call.updates["x"].time
    return {"x": (0.8 * np.sin(1.3 * state + 2 * np.pi * time) + 0.1 * state).astype(state.dtype)}


@pytest.mark.parametrize("steps", STEPS)
def test_calls_are_the_published_ones(shared: Path, steps: int) -> None:
    golden = json.loads((shared / "golden/sampler/timesteps.json").read_text())[str(steps)]
    calls = plan_calls(SCHEDULE, steps, {"x": 1000.0})
    assert len(calls) == golden["nfe"]
    assert step_orders(steps) == golden["orders"]
    np.testing.assert_allclose([call.timesteps["x"] for call in calls], golden["t_x1000_f64"], atol=1e-9)
    assert calls[-1].updates["x"].next_time == pytest.approx(golden["end_t"])


@pytest.mark.parametrize("steps", STEPS)
def test_toy_trajectories_are_the_published_ones(shared: Path, steps: int) -> None:
    golden = np.load(shared / "golden/sampler/toy.npz")
    calls = plan_calls(SCHEDULE, steps, {"x": 1000.0})
    visited: list[np.ndarray] = []

    def recording(call: Call, states: Latents) -> dict[str, Any]:
        visited.append(states["x"].copy())
        return toy_network(call, states)

    double = solve({"x": golden["x_init"]}, calls, recording)["x"]
    np.testing.assert_allclose(double, golden[f"x_final_f64_{steps}"], atol=1e-11)
    np.testing.assert_allclose(np.array(visited), golden[f"x_calls_f64_{steps}"], atol=1e-11)
    single = solve({"x": golden["x_init"].astype(np.float32)}, calls, toy_network)["x"]
    assert single.dtype == np.float32
    np.testing.assert_allclose(single, golden[f"x_final_f32_{steps}"], atol=1e-4)


@pytest.mark.parametrize("steps", [1, 2, 3, 4, 5, 6, 7, 60, 333])
def test_any_number_of_steps_makes_that_many_calls(steps: int) -> None:
    calls = plan_calls(SCHEDULE, steps, {"x": 1000.0})
    assert [call.index for call in calls] == list(range(steps))
    assert sum(step_orders(steps)) == steps
    times = [call.updates["x"].time for call in calls] + [calls[-1].updates["x"].next_time]
    np.testing.assert_allclose(times, np.linspace(1, 0.001, steps + 1))


def gaussian(scale: float) -> Callable[[Call, Latents], dict[str, Any]]:
    """The exact network for data of a normal distribution with this standard deviation."""

    def predict(call: Call, states: Latents) -> dict[str, Any]:
        noises = {}
        for name, state in states.items():
            time = call.updates[name].time
            alpha, sigma = SCHEDULE.alpha(time), SCHEDULE.sigma(time)
            noises[name] = state * sigma / (alpha**2 * scale**2 + sigma**2)
        return noises

    return predict


def test_every_stream_runs_on_its_own_clock_to_the_same_end() -> None:
    starts = {"whole": 1000.0, "part": 400.0}
    calls = plan_calls(SCHEDULE, 10, starts)
    assert calls[0].timesteps == starts
    assert {round(update.next_time, 9) for update in calls[-1].updates.values()} == {0.001}
    initial = {name: np.random.default_rng(0).standard_normal(50) for name in starts}
    together = solve(initial, calls, gaussian(0.5))
    for name, start in starts.items():
        alone = solve({name: initial[name]}, plan_calls(SCHEDULE, 10, {name: start}), gaussian(0.5))
        np.testing.assert_array_equal(together[name], alone[name])


def test_it_solves_the_equation_it_is_for() -> None:
    state = np.linspace(-2, 2, 9)
    solved = solve({"x": state}, plan_calls(SCHEDULE, 100, {"x": 1000.0}), gaussian(0.5))["x"]
    spread = [np.sqrt(SCHEDULE.alpha(t) ** 2 * 0.25 + SCHEDULE.sigma(t) ** 2) for t in (0.001, 1.0)]
    np.testing.assert_allclose(solved, state * spread[0] / spread[1], rtol=1e-2)


def test_progress_sees_every_call_and_may_cancel() -> None:
    calls, seen = plan_calls(SCHEDULE, 7, {"x": 1000.0}), []

    def progress(done: int, total: int) -> None:
        seen.append((done, total))
        if done == 3:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        solve({"x": np.zeros(2)}, calls, toy_network, progress)
    assert seen == [(1, 7), (2, 7), (3, 7)]


def test_wrong_steps_and_starts_are_refused() -> None:
    with pytest.raises(UsageError, match="1 or more"):
        plan_calls(SCHEDULE, 0, {"x": 1000.0})
    for start in (0.0, 1.0, 1001.0):
        with pytest.raises(UsageError, match="above 1 and at most 1000"):
            plan_calls(SCHEDULE, 5, {"x": start})


@pytest.mark.parametrize("rising", [False, True])
@pytest.mark.parametrize("scheme", ["reference", "fast"])
@pytest.mark.parametrize("steps", [1, 2, 3, 10, 20])
def test_a_run_from_noise_alone_holds_the_whole_picture_after_its_first_step(
    steps: int, scheme: Scheme, rising: bool
) -> None:
    schedule = NoiseSchedule(pure_start=True, rising_start=rising)
    rng = np.random.default_rng(0)
    clean, noise = rng.normal(3, 1, 500), rng.standard_normal(500)
    seen: dict[int, np.ndarray] = {}

    def knowing(call: Call, states: Latents) -> dict[str, np.ndarray]:
        seen[call.index] = states["a"]
        update = call.updates["a"]
        return {"a": (clean - update.clean_state * states["a"]) / update.clean_noise}

    calls = plan_calls(schedule, steps, {"a": 1000.0}, scheme)
    assert len(calls) == steps
    result = solve({"a": noise}, calls, knowing)["a"]
    last = calls[-1].updates["a"].next_time
    for index, state in [*((call.index, seen[call.index]) for call in calls[1:]), (steps, result)]:
        time = calls[index].updates["a"].time if index < steps else last
        assert np.allclose(state, schedule.alpha(time) * clean + schedule.sigma(time) * noise, atol=1e-9)


@pytest.mark.parametrize("rising", [False, True])
def test_a_run_that_starts_from_a_picture_holds_it_from_the_beginning(rising: bool) -> None:
    schedule = NoiseSchedule(pure_start=True, rising_start=rising)
    rng = np.random.default_rng(0)
    clean, noise = rng.normal(3, 1, 500), rng.standard_normal(500)
    starts = {"a": 700.0, "b": 1000.0}
    calls = plan_calls(schedule, 10, starts)

    def knowing(call: Call, states: Latents) -> dict[str, np.ndarray]:
        return {
            name: (clean - update.clean_state * states[name]) / update.clean_noise
            for name, update in call.updates.items()
        }

    began = schedule.alpha(0.7) * clean + schedule.sigma(0.7) * noise
    found = solve({"a": began, "b": noise}, calls, knowing)
    expected = schedule.alpha(0.001) * clean + schedule.sigma(0.001) * noise
    assert all(np.allclose(found[name], expected, atol=1e-9) for name in starts)
