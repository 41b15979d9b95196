"""The scheduler as diffusers saves it: the numpy solver's settings under a class of our own.

No setting of diffusers' own schedulers gives the published model's numbers, so this class only keeps
the settings on disk and hands the work to :mod:`model_runtime.sampling`.
"""

from __future__ import annotations

from collections.abc import Mapping

from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.schedulers.scheduling_utils import SchedulerMixin

from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.solver import Call, Scheme, plan_calls


class CopGenScheduler(SchedulerMixin, ConfigMixin):  # type: ignore[misc]
    """Noise schedule and step counts of a model.

    Args:
        beta_start: variance added at the first training timestep.
        beta_end: variance added at the last; between them the square root rises linearly.
        num_train_timesteps: training timesteps.
        num_inference_steps: network evaluations unless somebody asks for another number.
        fast_inference_steps: network evaluations of the fast preset.
        pure_start: whether the model learned its first evaluation from noise alone, see :class:`NoiseSchedule`.
        rising_start: whether it learned how the signal rises from nothing too.
    """

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        beta_start: float = 0.00085,
        beta_end: float = 0.0120,
        num_train_timesteps: int = 1000,
        num_inference_steps: int = 50,
        fast_inference_steps: int = 8,
        pure_start: bool = False,
        rising_start: bool = False,
    ) -> None:
        self.schedule = NoiseSchedule(beta_start, beta_end, num_train_timesteps, pure_start, rising_start)
        self.num_inference_steps = num_inference_steps
        self.fast_inference_steps = fast_inference_steps

    def plan(self, starts: Mapping[str, float], steps: int | None = None, scheme: Scheme = "reference") -> list[Call]:
        """List every network call, see :func:`model_runtime.sampling.solver.plan_calls`."""
        return plan_calls(self.schedule, steps or self.num_inference_steps, starts, scheme)
