"""The fast scheme reaches the solution with few calls, from any start, with roles and canvases as the other does."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import numpy as np
import pytest

from model_runtime.contract import UsageError
from model_runtime.presets import scheme_of, steps_of
from model_runtime.sampling.canvas import Canvas, CanvasNetwork, CanvasNoise
from model_runtime.sampling.roles import FloatArray, condition, generated, ignored, run_job
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.solver import Call, Latents, Scheme, plan_calls, solve
from model_runtime.streams import StreamSpec

SCHEDULE = NoiseSchedule()
PURE = NoiseSchedule(pure_start=True)
RISING = NoiseSchedule(pure_start=True, rising_start=True)


SPREAD = 0.5
"""Standard deviation of the clean values."""


def spread_at(time: float, spread: float = SPREAD) -> float:
    """Standard deviation of the states at a time."""
    return float(np.sqrt((SCHEDULE.alpha(time) * spread) ** 2 + SCHEDULE.sigma(time) ** 2))


def gaussian(call: Call, states: Latents, spread: float = SPREAD) -> dict[str, Any]:
    """The exact network for normal data; along the solution states grow and shrink as ``spread_at`` does."""
    times = {name: call.updates[name].time for name in states}
    return {
        name: state * SCHEDULE.sigma(times[name]) / spread_at(times[name], spread) ** 2
        for name, state in states.items()
    }


def error_of(steps: int, scheme: Scheme, spread: float = SPREAD) -> float:
    """How much too large (above 0) or small the result is, relatively."""
    calls = plan_calls(SCHEDULE, steps, {"x": 1000.0}, scheme)
    found = float(solve({"x": np.ones(1)}, calls, partial(gaussian, spread=spread))["x"][0])
    return found * spread_at(1.0, spread) / spread_at(calls[-1].updates["x"].next_time, spread) - 1


@pytest.mark.parametrize("steps", [1, 2, 3, 10, 12])
def test_it_makes_as_many_calls_as_asked_and_ends_where_the_reference_does(steps: int) -> None:
    calls = plan_calls(SCHEDULE, steps, {"x": 1000.0}, "fast")
    times = [call.updates["x"].time for call in calls]
    assert [call.index for call in calls] == list(range(steps)) and calls[0].timesteps == {"x": 1000.0}
    assert times == sorted(times, reverse=True)
    assert [plan[-1].updates["x"].next_time for plan in (calls, plan_calls(SCHEDULE, 50, {"x": 1000.0}))] == [0.001] * 2
    clean = solve({"x": np.ones(3)}, calls, lambda call, states: {"x": np.zeros(3)})
    assert np.isfinite(clean["x"]).all()


def test_ten_calls_come_closer_than_ten_of_the_reference_scheme() -> None:
    assert abs(error_of(10, "fast")) < 0.5 * abs(error_of(10, "reference"))
    assert abs(error_of(40, "fast")) < 0.25 * abs(error_of(10, "fast"))


@pytest.mark.parametrize("spread", [0.02, 0.05, 0.1])
def test_detail_weaker_than_the_noise_of_the_last_call_keeps_its_power(spread: float) -> None:
    assert 0.9 < (1 + error_of(8, "fast", spread)) ** 2 < 1.1


def test_a_run_from_noise_alone_takes_its_first_prediction_for_the_trace_it_lacks() -> None:
    picture = np.full(4, 3.0)

    def knows(call: Call, states: Latents) -> dict[str, Any]:
        time = call.updates["x"].time
        return {"x": (states["x"] - float(PURE.alpha(time)) * picture) / float(PURE.sigma(time))}

    calls = plan_calls(PURE, 3, {"x": 1000.0}, "fast")
    seen: list[Any] = []

    def recording(call: Call, states: Latents) -> dict[str, Any]:
        seen.append(states["x"].copy())
        if call.index == 0:
            # The prediction is made of noise alone, which the state is.
            alpha, sigma = float(PURE.alpha(1.0)), float(PURE.sigma(1.0))
            return {"x": (states["x"] - alpha * picture) / sigma}
        return knows(call, states)

    noise = np.random.default_rng(1).standard_normal(4)
    result = solve({"x": noise}, calls, recording)["x"]
    for found, number in ((seen[1], 0), (result, 2)):
        after = calls[number].updates["x"].next_time
        expected = float(PURE.alpha(after)) * picture + float(PURE.sigma(after)) * noise
        np.testing.assert_allclose(found, expected, atol=1e-9)


@pytest.mark.parametrize(("scheme", "steps"), [("fast", 10), ("reference", 20), ("reference", 50)])
@pytest.mark.parametrize("spread", [0.2, 1.0, 4.0, 10.0, 30.0])
def test_coarse_contrast_forms_while_the_signal_rises(scheme: Scheme, steps: int, spread: float) -> None:
    """A wave across many places is a value of large spread, which stands out of the noise early."""

    def exact(call: Call, states: Latents) -> dict[str, Any]:
        update = call.updates["x"]
        alpha, sigma = float(RISING.alpha(update.time)), float(RISING.sigma(update.time))
        clean = alpha * spread**2 / ((alpha * spread) ** 2 + sigma**2) * states["x"]
        return {"x": (clean - update.clean_state * states["x"]) / update.clean_noise}

    result = solve({"x": np.ones(1)}, plan_calls(RISING, steps, {"x": 1000.0}, scheme), exact)["x"]
    assert float(result[0]) ** 2 == pytest.approx(spread_at(0.001, spread) ** 2, rel=0.08)


def test_every_stream_runs_on_its_own_clock() -> None:
    starts = {"whole": 1000.0, "part": 400.0}
    initial = {name: np.random.default_rng(0).standard_normal(50) for name in starts}
    together = solve(initial, plan_calls(SCHEDULE, 8, starts, "fast"), gaussian)
    for name, start in starts.items():
        alone = solve({name: initial[name]}, plan_calls(SCHEDULE, 8, {name: start}, "fast"), gaussian)
        np.testing.assert_array_equal(together[name], alone[name])


def stream(name: str) -> StreamSpec:
    return StreamSpec(
        name=name, modality=name, channels=3, pixel_size=10.0, chip_size=16, latent_channels=2, latent_height=4,
        latent_width=4, patch_size=2, latent_scale=1.0, autoencoder="vae", recipe="thumbnail", unit="1",
    )  # fmt: skip


def test_holds_starts_ignored_streams_and_blended_canvases_work_with_it() -> None:
    streams = [stream(name) for name in ("dem", "s1_rtc", "s2_l1c", "s2_l2a")]
    canvas = Canvas(streams, 0, 0, 10, 7)
    told: list[dict[str, float]] = []

    def network(states: Mapping[str, FloatArray], timesteps: Mapping[str, float]) -> dict[str, FloatArray]:
        told.append(dict(timesteps))
        return {name: 0.1 * state for name, state in states.items()}

    roles = {"dem": generated(), "s1_rtc": ignored(), "s2_l1c": condition(250.0), "s2_l2a": generated(600.0)}
    given = {name: np.ones(canvas.shape(name), np.float32) for name in ("s2_l1c", "s2_l2a")}
    results = []
    for _ in range(2):
        blended = CanvasNetwork(canvas, network, ["dem", "s2_l2a"], batch_size=3)
        results.append(run_job(roles, given, SCHEDULE, 5, CanvasNoise(canvas, 7), blended, scheme="fast"))
    assert {name: array.shape for name, array in results[0].items()} == {"dem": (2, 10, 7), "s2_l2a": (2, 10, 7)}
    for name, array in results[0].items():
        assert array.dtype == np.float32
        np.testing.assert_array_equal(array, results[1][name])
    first = told[0]
    assert first == {"dem": 1000.0, "s1_rtc": 0.0, "s2_l1c": 250.0, "s2_l2a": 600.0}
    assert all(entry["s2_l1c"] == 250.0 and entry["dem"] > entry["s2_l2a"] for entry in told)


class Numbers:
    num_inference_steps = 20
    fast_inference_steps = 10


def test_presets_choose_scheme_and_number_of_evaluations() -> None:
    assert [steps_of(name, Numbers()) for name in ("reference", "fast", None)] == [50, 10, 20]
    assert [scheme_of(name) for name in ("reference", "fast", None)] == ["reference", "fast", "reference"]
    with pytest.raises(UsageError, match="--preset quick: unknown; use reference or fast"):
        scheme_of("quick")
    with pytest.raises(UsageError, match="1 or more"):
        plan_calls(SCHEDULE, 0, {"x": 1000.0}, "fast")
