"""The fast scheme: DPM-Solver++ multistep of second order, which makes more of every network call.

Lu et al. 2022, algorithm 2: each step is taken with the clean latent as it was predicted now, carried on along the
line through the prediction before. Numbers alone, no arrays of a picture's size.
"""

from __future__ import annotations

from math import expm1

import numpy as np
from numpy.typing import NDArray

from model_runtime.sampling.schedule import NoiseSchedule


def multistep_factors(schedule: NoiseSchedule, times: NDArray[np.float64]) -> list[tuple[float, tuple[float, ...]]]:
    """What becomes of a state after each call: its factor, and those of the last one or two predictions, oldest first.

    Args:
        schedule: the noise schedule.
        times: of the calls and of the result, from :func:`.spacing.call_times`.
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
