"""Each stream is given to the network as its role says."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pytest

from model_runtime.contract import UsageError
from model_runtime.sampling.noise import AnchoredNoise, Purpose
from model_runtime.sampling.roles import RecordedNoise, condition, generated, ignored, run_job, sample_posterior
from model_runtime.sampling.schedule import NoiseSchedule

SCHEDULE = NoiseSchedule()
SHAPE = (4, 8, 8)
CLEAN = np.full(SHAPE, 3.0, dtype=np.float32)


class Noise:
    def draw(self, purpose: Purpose, stream: str, sample: int = 0, call: int = 0) -> np.ndarray:
        return AnchoredNoise(0).block(purpose, stream, SHAPE, 0, 0, sample, call)


class Network:
    """Predicts no noise and remembers what it was given."""

    def __init__(self) -> None:
        self.states: list[dict[str, np.ndarray]] = []
        self.timesteps: list[dict[str, float]] = []

    def __call__(self, states: Mapping[str, np.ndarray], timesteps: Mapping[str, float]) -> dict[str, np.ndarray]:
        self.states.append({name: state.copy() for name, state in states.items()})
        self.timesteps.append(dict(timesteps))
        return {name: np.zeros_like(state) for name, state in states.items()}


def test_a_condition_stays_clean_at_timestep_zero_and_ignored_streams_are_fresh_noise() -> None:
    network = Network()
    roles = {"a": condition(), "b": ignored(), "c": ignored("noise-at-1000"), "d": generated()}
    result = run_job(roles, {"a": CLEAN}, SCHEDULE, 3, Noise(), network)
    assert list(result) == ["d"]
    for call, (states, timesteps) in enumerate(zip(network.states, network.timesteps, strict=True)):
        assert (timesteps["a"], timesteps["b"], timesteps["c"]) == (0.0, 0.0, 1000.0)
        np.testing.assert_array_equal(states["a"], CLEAN)
        np.testing.assert_array_equal(states["b"], Noise().draw("ignored", "b", 0, call))
    assert not np.array_equal(network.states[0]["b"], network.states[1]["b"])
    assert [round(timesteps["d"], 2) for timesteps in network.timesteps] == [1000, 667, 334]


def test_a_held_condition_is_noised_once_to_its_timestep() -> None:
    network = Network()
    run_job({"a": condition(250.0), "d": generated()}, {"a": CLEAN}, SCHEDULE, 2, Noise(), network)
    expected = SCHEDULE.alpha(0.25) * CLEAN + SCHEDULE.sigma(0.25) * Noise().draw("held", "a")
    for states, timesteps in zip(network.states, network.timesteps, strict=True):
        assert timesteps["a"] == 250.0
        np.testing.assert_allclose(states["a"], expected, atol=1e-6)


def test_a_start_is_noised_to_its_timestep_and_runs_from_there() -> None:
    network = Network()
    roles = {"a": generated(400.0), "d": generated()}
    run_job(roles, {"a": CLEAN}, SCHEDULE, 4, Noise(), network)
    expected = SCHEDULE.alpha(0.4) * CLEAN + SCHEDULE.sigma(0.4) * Noise().draw("initial", "a")
    np.testing.assert_allclose(network.states[0]["a"], expected, atol=1e-6)
    assert network.timesteps[0] == {"a": 400.0, "d": 1000.0}
    assert len(network.timesteps) == 4


def test_starting_close_to_the_end_gives_the_picture_back() -> None:
    class Denoiser(Network):
        def __call__(self, states: Mapping[str, np.ndarray], timesteps: Mapping[str, float]) -> dict[str, np.ndarray]:
            times = {name: timestep / 1000 for name, timestep in timesteps.items()}
            return {n: (s - SCHEDULE.alpha(times[n]) * CLEAN) / SCHEDULE.sigma(times[n]) for n, s in states.items()}

    result = run_job({"a": generated(300.0)}, {"a": CLEAN}, SCHEDULE, 6, Noise(), Denoiser())
    np.testing.assert_allclose(result["a"], CLEAN, atol=0.15)
    assert abs(float(result["a"].mean()) - 3.0) < 0.01


def test_another_sample_is_other_noise_and_the_same_one_is_repeatable() -> None:
    first, second, again = (
        run_job({"a": generated()}, {}, SCHEDULE, 2, Noise(), Network(), sample)["a"] for sample in (0, 1, 0)
    )
    assert not np.array_equal(first, second)
    np.testing.assert_array_equal(first, again)


def test_a_posterior_sample_has_the_moments_it_was_drawn_from() -> None:
    moments = np.concatenate([np.full((2, 64, 64), 5.0), np.full((2, 64, 64), np.log(0.25))]).astype(np.float32)
    drawn = sample_posterior(moments, AnchoredNoise(1).block("posterior", "a", (2, 64, 64), 0, 0), 0.5)
    assert drawn.shape == (2, 64, 64)
    assert drawn.mean() == pytest.approx(2.5, abs=0.02)
    assert drawn.std() == pytest.approx(0.25, abs=0.01)
    extreme = sample_posterior(np.full((2, 1, 1), 1e4, np.float32), np.ones((1, 1, 1), np.float32), 1.0)
    assert np.isfinite(extreme).all()


def test_jobs_that_cannot_be_are_refused() -> None:
    def run(roles: dict[str, object]) -> None:
        run_job(roles, {}, SCHEDULE, 2, Noise(), Network())  # type: ignore[arg-type]

    with pytest.raises(UsageError, match="Nothing to generate"):
        run({"a": ignored()})
    with pytest.raises(UsageError, match="no picture of it"):
        run({"a": condition(), "b": generated()})
    with pytest.raises(UsageError, match="no picture to start from"):
        run({"a": generated(500.0)})
    with pytest.raises(UsageError, match="noise-at-0 or noise-at-1000"):
        ignored("sometimes")
    with pytest.raises(UsageError, match="0 to 1000"):
        condition(-1.0)
    with pytest.raises(UsageError, match="No initial noise of a was recorded"):
        RecordedNoise({}).draw("initial", "a")
