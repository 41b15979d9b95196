"""A whole job on the bundled scene: the share of time outside the networks, and memory."""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import psutil

from model_runtime.backends import create_backend
from model_runtime.backends.base import Backend, FloatArray
from model_runtime.contract import Condition, Job
from model_runtime.generate import LoadedModel, generate
from model_runtime.model.files import bundle_sha256
from model_runtime.store import RESOURCES, StoredModel

Value = TypeVar("Value")


@dataclass(frozen=True)
class JobTimes:
    """What a job took.

    Attributes:
        chips: windows of the network at every evaluation.
        steps: evaluations.
        seconds: after the model was loaded.
        networks: of them inside the networks.
        peak_bytes: most memory of the process so far.
        backend: what ran the networks, with its precision.
    """

    chips: int
    steps: int
    seconds: float
    networks: float
    peak_bytes: int
    backend: str

    @property
    def outside(self) -> float:
        """Share of the time outside the networks."""
        return 1 - self.networks / self.seconds


class Stopwatch(Backend):
    """A backend that adds up the time spent in it."""

    def __init__(self, backend: Backend) -> None:
        self.inner = backend
        self.seconds = 0.0
        self.name, self.device, self.provider = backend.name, backend.device, backend.provider
        self.precision, self.notes = backend.precision, backend.notes
        self.streams, self.schedule = backend.streams, backend.schedule
        self.num_inference_steps = backend.num_inference_steps
        self.fast_inference_steps = backend.fast_inference_steps

    def predict(
        self, latents: Mapping[str, FloatArray], timesteps: Mapping[str, float | FloatArray]
    ) -> dict[str, FloatArray]:
        """As the backend within."""
        return self._timed(lambda: self.inner.predict(latents, timesteps))

    def encode(self, stream: str, pixels: FloatArray) -> FloatArray:
        """As the backend within."""
        return self._timed(lambda: self.inner.encode(stream, pixels))

    def decode(self, stream: str, latents: FloatArray) -> FloatArray:
        """As the backend within."""
        return self._timed(lambda: self.inner.decode(stream, latents))

    def _timed(self, call: Callable[[], Value]) -> Value:
        started = time.perf_counter()
        value = call()
        self.seconds += time.perf_counter() - started
        return value


def run_whole_job(model: str, backend: str, device: str, preset: str | None, small: bool) -> JobTimes:
    """Generate the hillshade and the L1C of the bundled scene from its L2A.

    Args:
        model: as ``--model``.
        backend: as ``--backend``.
        device: as ``--device``.
        preset: as ``--preset``.
        small: one evaluation only, to try the bench itself.
    """
    watches: list[Stopwatch] = []
    started = time.perf_counter()

    def load(job: Job, stored: StoredModel) -> LoadedModel:
        nonlocal started
        watches.append(Stopwatch(create_backend(job.backend, stored.path, job.device, job.precision)))
        loaded = LoadedModel(watches[0], bundle_sha256(stored.path))
        started = time.perf_counter()
        return loaded

    with tempfile.TemporaryDirectory() as folder:
        job = Job(
            conditions=[Condition("s2_l2a", [str(RESOURCES / "scene" / "s2_l2a.tif")])],
            generate=["dem", "s2_l1c"],
            output=folder,
            model=model,
            backend=backend,
            device=device,
            preset=preset,
            steps=1 if small else 0,
        )
        result = generate(job, load=load)
        seconds = time.perf_counter() - started
    used = f"{result.backend} {result.precision}"
    return JobTimes(result.chips, result.steps, seconds, watches[0].seconds, peak_memory(), used)


def peak_memory() -> int:
    """Most memory this process has held, bytes."""
    if sys.platform == "win32":
        return int(psutil.Process().memory_info().peak_wset)
    import resource

    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return int(peak if sys.platform == "darwin" else peak * 1024)
