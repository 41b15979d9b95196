"""The fast scheme: DPM-Solver++ multistep of second order, which makes more of every network call.

Lu et al. 2022, algorithm 2: each step is taken with the clean latent as it was predicted now, carried on along the
line through the prediction before. Numbers alone, no arrays of a picture's size.
"""

from __future__ import annotations

from math import expm1

import numpy as np
from numpy.typing import NDArray

from model_runtime.sampling.schedule import NoiseSchedule

TRACE_LEFT = 0.1
"""What the second call of a run from noise alone finds of the last timestep's signal: so little that nothing can be
read from it but that it is missing."""


def multistep_times(schedule: NoiseSchedule, start: float, steps: int, end: float) -> NDArray[np.float64]:
    """Times of the network calls, uniform in log(alpha / sigma), and that of the result behind them.

    Uniform in time, too few of ten calls fall where detail appears, and the finest octaves lose power. So they do where
    the last prediction of the clean latent is taken for the result: it is the mean of what may lie below the noise.
    A run from noise alone makes its first call there, where the logarithm is infinite.

    Args:
        schedule: the noise schedule.
        start: time of the first call, in (0, 1].
        steps: number of calls.
        end: time of the result.
    """
    if schedule.rising_start and start == 1.0:
        if steps == 1:
            return np.array([start, end])
        second = 1.0 - TRACE_LEFT / schedule.num_train_timesteps
        return np.concatenate([[start], multistep_times(schedule, second, steps - 1, end)])
    lambdas = np.linspace(float(schedule.half_log_snr(start)), float(schedule.half_log_snr(end)), steps + 1)
    times = schedule.time_of(lambdas)
    times[0], times[-1] = start, end
    return times


def multistep_factors(schedule: NoiseSchedule, times: NDArray[np.float64]) -> list[tuple[float, tuple[float, ...]]]:
    """What becomes of a state after each call: its factor, and those of the last one or two predictions, oldest first.

    Args:
        schedule: the noise schedule.
        times: from :func:`multistep_times`.
    """
    alpha, sigma, lambdas = schedule.alpha(times), schedule.sigma(times), schedule.half_log_snr(times)
    factors: list[tuple[float, tuple[float, ...]]] = []
    for index in range(len(times) - 1):
        span = float(lambdas[index + 1] - lambdas[index])
        base, whole = float(sigma[index + 1] / sigma[index]), -float(alpha[index + 1]) * expm1(-span)
        if index == 0:
            factors.append((base, (whole,)))
            continue
        slope = 0.5 * whole * span / float(lambdas[index] - lambdas[index - 1])
        factors.append((base, (-slope, whole + slope)))
    return factors
