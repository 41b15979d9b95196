"""The noise schedule: how much signal and how much noise a latent holds at a time."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

SMALLEST_TRACE = 1e-6
TRACES = 600
"""How far, and at how many times, the inverse knows the fall of the signal to nothing."""


@dataclass(frozen=True)
class NoiseSchedule:
    """Discrete variance-preserving schedule, read as a function of continuous time.

    A latent at time t is ``alpha(t) * clean + sigma(t) * noise``. Betas rise linearly in their square
    root (Stable Diffusion's schedule); log alpha is linear between the training timesteps, and between
    the first of them and time 0, where the latent is clean. Time t is timestep / num_train_timesteps.

    Attributes:
        beta_start: variance added at the first training timestep.
        beta_end: variance added at the last.
        num_train_timesteps: training timesteps.
        pure_start: whether runs begin as noise alone. At the last timestep the schedule leaves a trace of the
            clean latent, which a run that begins has not; the published model's solver takes it for there all the
            same and loses some of the picture's contrast. With this the solver puts it in, from the first prediction.
        rising_start: whether the signal falls to nothing between the last timestep but one and the last instead, so
            that coarse contrast, which shows early, has several calls in which to form; for models that learned it.
    """

    beta_start: float = 0.00085
    beta_end: float = 0.0120
    num_train_timesteps: int = 1000
    pure_start: bool = False
    rising_start: bool = False
    _log_alphas: NDArray[np.float64] = field(init=False, repr=False, compare=False)
    _timesteps: NDArray[np.float64] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        """Tabulate log alpha at timesteps 0, 1, ..., num_train_timesteps, and where the inverse looks."""
        total = self.num_train_timesteps
        roots = np.linspace(self.beta_start**0.5, self.beta_end**0.5, total, dtype=np.float64)
        log_alphas = np.concatenate([[0.0], 0.5 * np.cumsum(np.log1p(-(roots**2)))])
        object.__setattr__(self, "_log_alphas", log_alphas)
        timesteps = np.arange(total + 1, dtype=np.float64)
        if self.rising_start:
            timesteps = np.concatenate([timesteps[:-1], total - np.geomspace(1, SMALLEST_TRACE, TRACES)[1:]])
        object.__setattr__(self, "_timesteps", timesteps)

    def log_alpha(self, time: ArrayLike) -> NDArray[np.float64]:
        """Logarithm of the signal's share at times 0 to 1."""
        timesteps = np.asarray(time, dtype=np.float64) * self.num_train_timesteps
        log_alpha = np.interp(timesteps, np.arange(len(self._log_alphas)), self._log_alphas)
        if self.rising_start:
            with np.errstate(divide="ignore"):
                log_alpha = log_alpha + np.log(np.clip(self.num_train_timesteps - timesteps, 0.0, 1.0))
        return np.asarray(log_alpha)

    def alpha(self, time: ArrayLike) -> NDArray[np.float64]:
        """Factor of the clean latent at times 0 to 1."""
        return np.exp(self.log_alpha(time))

    def sigma(self, time: ArrayLike) -> NDArray[np.float64]:
        """Factor of the noise at times 0 to 1."""
        return np.sqrt(-np.expm1(2.0 * self.log_alpha(time)))

    def half_log_snr(self, time: ArrayLike) -> NDArray[np.float64]:
        """``log(alpha / sigma)``, the solver's own clock (lambda); falls as time rises, infinite at 0."""
        log_alpha = self.log_alpha(time)
        with np.errstate(divide="ignore"):
            return np.asarray(log_alpha - 0.5 * np.log(-np.expm1(2.0 * log_alpha)))

    def time_of(self, half_log_snr: ArrayLike) -> NDArray[np.float64]:
        """Time at which ``log(alpha / sigma)`` has this value: the inverse of :meth:`half_log_snr`."""
        log_alpha = -0.5 * np.logaddexp(0.0, -2.0 * np.asarray(half_log_snr, dtype=np.float64))
        known = self.log_alpha(self._timesteps / self.num_train_timesteps)
        timesteps = np.interp(log_alpha, known[::-1], self._timesteps[::-1])
        return np.asarray(timesteps / self.num_train_timesteps)

    def clean_factors(self, time: float) -> tuple[float, float]:
        """Factors of state and predicted noise in the clean latent that they stand for.

        Networks speak of noise by the schedule that leaves its trace, so that the clean latent can be told from it at
        the last timestep too.
        """
        trained = replace(self, rising_start=False)
        alpha = float(trained.alpha(time))
        return 1.0 / alpha, -float(trained.sigma(time)) / alpha
