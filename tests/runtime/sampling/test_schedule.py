"""The noise schedule is diffusers' own at whole timesteps and continuous between them."""

from __future__ import annotations

import numpy as np
import pytest
from diffusers import DDPMScheduler

from model_runtime.sampling.schedule import NoiseSchedule

SCHEDULE = NoiseSchedule()


def test_whole_timesteps_are_those_of_diffusers() -> None:
    theirs = DDPMScheduler(beta_start=0.00085, beta_end=0.012, beta_schedule="scaled_linear").alphas_cumprod
    ours = SCHEDULE.alpha(np.arange(1, 1001) / 1000) ** 2
    np.testing.assert_allclose(ours, theirs.numpy(), rtol=1e-4)


def test_time_zero_is_clean_and_nothing_is_nan_on_the_way_there() -> None:
    times = np.array([0.0, 1e-9, 0.0005, 0.001])
    assert SCHEDULE.alpha(0) == 1
    assert SCHEDULE.sigma(0) == 0
    assert np.all(np.diff(SCHEDULE.sigma(times)) > 0)
    assert np.all(np.isfinite(SCHEDULE.sigma(times)))


def test_signal_and_noise_share_the_variance() -> None:
    times = np.linspace(0, 1, 77)
    np.testing.assert_allclose(SCHEDULE.alpha(times) ** 2 + SCHEDULE.sigma(times) ** 2, 1, atol=1e-15)


def test_half_log_snr_and_its_inverse() -> None:
    times = np.linspace(0.001, 1, 333)
    np.testing.assert_allclose(SCHEDULE.time_of(SCHEDULE.half_log_snr(times)), times, rtol=1e-12)
    assert SCHEDULE.half_log_snr(0.0) == np.inf
    assert SCHEDULE.time_of(np.inf) == pytest.approx(0.0)


def test_with_a_rising_start_the_signal_falls_to_nothing_behind_the_last_timestep_but_one() -> None:
    rising = NoiseSchedule(rising_start=True)
    times = np.linspace(0, 0.999, 50)
    np.testing.assert_array_equal(rising.alpha(times), SCHEDULE.alpha(times))
    assert rising.alpha(1.0) == 0 and rising.sigma(1.0) == 1
    falling = 1 - np.array([1.0, 0.5, 0.1, 0.01]) / 1000
    np.testing.assert_allclose(rising.alpha(falling) / SCHEDULE.alpha(falling), [1, 0.5, 0.1, 0.01], rtol=1e-9)
    np.testing.assert_allclose(rising.time_of(rising.half_log_snr(falling)), falling, rtol=1e-8)


def test_the_clean_latent_can_be_told_at_every_time() -> None:
    rising = NoiseSchedule(rising_start=True)
    for time in (0.001, 0.5, 0.9995, 1.0):
        alpha, sigma = float(SCHEDULE.alpha(time)), float(SCHEDULE.sigma(time))
        assert rising.clean_factors(time) == pytest.approx((1 / alpha, -sigma / alpha))
