"""Presets: which scheme of the solver, with how many network evaluations."""

from __future__ import annotations

from typing import Protocol

from model_runtime.contract import UsageError
from model_runtime.sampling.solver import Scheme

REFERENCE_STEPS = 50
"""Network evaluations of the published results."""
PRESETS = ("reference", "fast")


class StepCounts(Protocol):
    """What tells a model's usual numbers of evaluations: its backend, or its scheduler alone."""

    @property
    def num_inference_steps(self) -> int: ...  # noqa: D102
    @property
    def fast_inference_steps(self) -> int: ...  # noqa: D102


def steps_of(preset: str | None, model: StepCounts) -> int:
    """Return a preset's number of network evaluations; without one the model's own.

    Raises:
        UsageError: an unknown preset.
    """
    check_preset(preset)
    numbers = {"reference": REFERENCE_STEPS, "fast": model.fast_inference_steps, None: model.num_inference_steps}
    return numbers[preset]


def scheme_of(preset: str | None) -> Scheme:
    """Return the solver's scheme: the fast one for the fast preset, whatever the number of evaluations."""
    check_preset(preset)
    return "fast" if preset == "fast" else "reference"


def check_preset(preset: str | None) -> None:
    """Refuse a name that is no preset.

    Raises:
        UsageError: naming those there are.
    """
    if preset is not None and preset not in PRESETS:
        raise UsageError(f"--preset {preset}: unknown; use {' or '.join(PRESETS)}.")
