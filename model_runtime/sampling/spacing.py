"""The times at which a run calls its network, spaced in log(alpha / sigma).

Numbers alone, no arrays of a picture's size.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from model_runtime.sampling.schedule import NoiseSchedule

TRACE_LEFT = 0.1
"""What the second call of a run from noise alone finds of the last timestep's signal: so little that nothing can be
read from it but that it is missing."""
FORMING, FORMING_WIDTH = -1.0, 3.0
"""The log(alpha / sigma) at which a picture forms, and how far from there calls may lie half as dense."""


def call_times(
    schedule: NoiseSchedule, start: float, steps: int, end: float, forming: bool = False
) -> NDArray[np.float64]:
    """Times of the network calls, and that of the result behind them.

    Uniform in time, too few of ten calls fall where detail appears, and the finest octaves lose power. So they do where
    the last prediction of the clean latent is taken for the result: it is the mean of what may lie below the noise.
    A run from noise alone makes its first call there, where the logarithm is infinite.

    Args:
        schedule: the noise schedule.
        start: time of the first call, in (0, 1].
        steps: number of calls.
        end: time of the result.
        forming: denser where a picture forms, in place of uniform in log(alpha / sigma). Whether there are clouds or
            fields is settled in a short span of it, and calls that step over that come out averagely flat. It takes a
            solver of third order to afford the wide steps elsewhere.
    """
    if schedule.rising_start and start == 1.0:
        if steps == 1:
            return np.array([start, end])
        second = 1.0 - TRACE_LEFT / schedule.num_train_timesteps
        return np.concatenate([[start], call_times(schedule, second, steps - 1, end, forming)])
    ends = schedule.half_log_snr(np.array([start, end]))
    if forming:
        # Angles under which log(alpha / sigma) is seen from a distance of the width.
        ends = np.arctan((ends - FORMING) / FORMING_WIDTH)
    spaced = np.linspace(ends[0], ends[1], steps + 1)
    times = schedule.time_of(FORMING + FORMING_WIDTH * np.tan(spaced) if forming else spaced)
    times[0], times[-1] = start, end
    return times
