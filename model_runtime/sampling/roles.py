"""Roles: what each stream does in a job, and the job itself, from clean conditions to generated latents."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np
from numpy.typing import NDArray

from model_runtime.contract import UsageError
from model_runtime.sampling.noise import Purpose
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.solver import Call, Latents, Progress, Scheme, plan_calls, solve

FloatArray = NDArray[np.float32]
Network = Callable[[Mapping[str, FloatArray], Mapping[str, float]], Mapping[str, FloatArray]]
"""Noise in the generated streams, (C, H, W) by stream, from every stream's state and timestep."""

TREATMENTS: dict[str, float] = {"noise-at-0": 0.0, "noise-at-1000": 1000.0}
"""What the network is told of an ignored stream's noise: clean, as the published code does, or noise."""


class NoiseSource(Protocol):
    """Where a job's noise comes from: anchored to the ground, or recorded."""

    def draw(self, purpose: Purpose, stream: str, sample: int = 0, call: int = 0) -> FloatArray:
        """Noise shaped as the stream's state."""


@dataclass(frozen=True)
class Role:
    """What one stream does.

    Attributes:
        kind: ``generated``; ``condition`` (its clean latent is given); or ``ignored`` (neither: it is
            fresh noise at every network call).
        timestep: where a generated stream starts; where a condition is held (0: trusted in full); what
            the network is told of an ignored one.
    """

    kind: Literal["generated", "condition", "ignored"]
    timestep: float


def generated(start: float = 1000.0) -> Role:
    """Generate the stream, from noise alone or from its own picture noised to ``start``."""
    return Role("generated", start)


def condition(hold: float = 0.0) -> Role:
    """Condition on the stream's latent, noised once to the timestep ``hold``."""
    if not 0 <= hold <= 1000:
        raise UsageError(f"A condition is held at a timestep from 0 to 1000, found {hold:g}.")
    return Role("condition", hold)


def ignored(treatment: str = "noise-at-0") -> Role:
    """Neither generate the stream nor condition on it."""
    if treatment not in TREATMENTS:
        raise UsageError(f"Ignored modalities are treated as {' or '.join(TREATMENTS)}, found {treatment!r}.")
    return Role("ignored", TREATMENTS[treatment])


class RecordedNoise:
    """Noise that was drawn elsewhere, to repeat a run of another implementation.

    Args:
        arrays: by purpose and stream, (samples, C, H, W); for ``ignored`` (samples, calls, C, H, W).
    """

    def __init__(self, arrays: Mapping[str, Mapping[str, FloatArray]]) -> None:
        self.arrays = arrays

    def draw(self, purpose: Purpose, stream: str, sample: int = 0, call: int = 0) -> FloatArray:
        """The recorded noise.

        Raises:
            UsageError: nothing was recorded for it.
        """
        try:
            recorded = self.arrays[purpose][stream][sample]
            return np.asarray(recorded[call] if purpose == "ignored" else recorded, dtype=np.float32)
        except (KeyError, IndexError) as error:
            raise UsageError(f"No {purpose} noise of {stream} was recorded (sample {sample}, call {call}).") from error


def run_job(
    roles: Mapping[str, Role],
    latents: Mapping[str, FloatArray],
    schedule: NoiseSchedule,
    steps: int,
    noise: NoiseSource,
    network: Network,
    sample: int = 0,
    progress: Progress | None = None,
    scheme: Scheme = "reference",
) -> dict[str, FloatArray]:
    """Generate one sample.

    Args:
        roles: by stream, for every stream of the model.
        latents: clean latents, (C, H, W), of the conditions and of the streams that start from a picture.
        schedule: the noise schedule.
        steps: number of network evaluations.
        noise: where noise comes from.
        network: the network, over a chip or over a canvas.
        sample: index of the sample; another sample is other noise.
        progress: told after every evaluation how many of how many are done; may raise to cancel.
        scheme: of the solver.

    Returns:
        Latents of the generated streams, float32.

    Raises:
        UsageError: nothing to generate, a condition without latent, or a start without picture.
    """
    _check(roles, latents)
    starts = {name: role.timestep for name, role in roles.items() if role.kind == "generated"}
    initial = {
        name: _initial(name, start, latents.get(name), schedule, noise, sample) for name, start in starts.items()
    }
    held = {
        name: _held(name, role.timestep, latents[name], schedule, noise, sample)
        for name, role in roles.items()
        if role.kind == "condition"
    }
    fixed_timesteps = {name: role.timestep for name, role in roles.items() if role.kind != "generated"}
    fresh = [name for name, role in roles.items() if role.kind == "ignored"]

    def predict(call: Call, states: Latents) -> Latents:
        drawn = {name: noise.draw("ignored", name, sample, call.index) for name in fresh}
        everything = {**held, **drawn, **states}
        timesteps = {**fixed_timesteps, **call.timesteps}
        return network({name: everything[name] for name in roles}, timesteps)

    return solve(initial, plan_calls(schedule, steps, starts, scheme), predict, progress)


def sample_posterior(moments: FloatArray, noise: FloatArray, scale: float) -> FloatArray:
    """Draw a latent from the autoencoder's posterior.

    Args:
        moments: (2C, H, W): mean, then log-variance (clamped to -30..20).
        noise: (C, H, W), standard normal.
        scale: the stream's ``latent_scale``.

    Returns:
        (C, H, W), as the network sees it.
    """
    mean, log_variance = np.split(moments, 2)
    return np.asarray(scale * (mean + np.exp(0.5 * np.clip(log_variance, -30.0, 20.0)) * noise), dtype=np.float32)


def _check(roles: Mapping[str, Role], latents: Mapping[str, FloatArray]) -> None:
    if not any(role.kind == "generated" for role in roles.values()):
        raise UsageError("Nothing to generate: every modality is a condition or ignored.")
    for name, role in roles.items():
        if name not in latents and role.kind == "condition":
            raise UsageError(f"{name} is a condition, but no picture of it was given.")
        if name not in latents and role.kind == "generated" and role.timestep < 1000.0:
            raise UsageError(f"{name} starts at timestep {role.timestep:g}, but no picture to start from was given.")


def _noised(clean: FloatArray, timestep: float, schedule: NoiseSchedule, noise: FloatArray) -> FloatArray:
    time = timestep / schedule.num_train_timesteps
    return np.asarray(float(schedule.alpha(time)) * clean + float(schedule.sigma(time)) * noise, dtype=np.float32)


def _initial(
    name: str, start: float, clean: FloatArray | None, schedule: NoiseSchedule, noise: NoiseSource, sample: int
) -> FloatArray:
    drawn = noise.draw("initial", name, sample)
    return drawn if clean is None else _noised(clean, start, schedule, drawn)


def _held(
    name: str, timestep: float, clean: FloatArray, schedule: NoiseSchedule, noise: NoiseSource, sample: int
) -> FloatArray:
    clean = np.asarray(clean, dtype=np.float32)
    return clean if timestep == 0 else _noised(clean, timestep, schedule, noise.draw("held", name, sample))
