"""Many samples of one chip on any backend, to judge solver settings where they are to run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
import torch
from torch import nn

from model_runtime.backends import Backend, create_backend
from model_runtime.backends.base import FloatArray
from model_runtime.backends.torch_backend import PRECISIONS
from model_runtime.bench.variants import precisions
from model_runtime.contract import UsageError
from model_runtime.model.bundle import load_bundle
from model_runtime.sampling.roles import sample_posterior
from model_runtime.sampling.solver import Call, Latents, solve
from model_runtime.training.data import CHANNELS
from model_runtime.training.sampler import Sampler, levels_of


class DrawsSamples(Protocol):
    """What draws all samples of a chip."""

    names: list[str]

    def generate(
        self,
        conditions: Mapping[str, FloatArray],
        targets: Sequence[str],
        samples: int,
        steps: int,
        seed: int,
        plan: list[Call] | None = None,
    ) -> dict[str, FloatArray]:
        """Samples by target, see :meth:`model_runtime.training.sampler.Sampler.generate`."""


class BackendSampler:
    """Draws what :class:`model_runtime.training.sampler.Sampler` does, from the same noise, on a backend.

    Args:
        backend: the networks.
    """

    def __init__(self, backend: Backend) -> None:
        self.backend = backend
        self.names = [stream.name for stream in backend.streams]
        self._streams = {stream.name: stream for stream in backend.streams}

    def generate(
        self,
        conditions: Mapping[str, FloatArray],
        targets: Sequence[str],
        samples: int,
        steps: int,
        seed: int,
        plan: list[Call] | None = None,
    ) -> dict[str, FloatArray]:
        """Samples (samples, channels, rows, columns) in grey levels, by target; ``plan`` says how."""
        if plan is None:
            raise ValueError("a plan is needed")
        chance = np.random.default_rng(seed)
        given = {}
        for name, chip in conditions.items():
            stream = self._streams[name]
            pixels = np.broadcast_to(chip[None] / np.float32(127.5) - 1, (1, stream.channels, *chip.shape[1:]))
            moments = self.backend.encode(name, np.asarray(pixels, dtype=np.float32))[0]
            noises = [chance.standard_normal(stream.latent_shape, dtype=np.float32) for _ in range(samples)]
            given[name] = np.stack([sample_posterior(moments, noise, stream.latent_scale) for noise in noises])
        missing = [name for name in self.names if name not in given]
        shape = (samples, *self.backend.streams[0].latent_shape)
        initial = {name: chance.standard_normal(shape, dtype=np.float32) for name in missing}

        def predict(call: Call, states: Latents) -> dict[str, FloatArray]:
            latents = {name: np.asarray(value, dtype=np.float32) for name, value in {**given, **states}.items()}
            noise = self.backend.predict(latents, {name: call.timesteps.get(name, 0.0) for name in self.names})
            return {name: noise[name] for name in missing}

        latents = solve(initial, plan, predict)
        decoded = {name: self.backend.decode(name, np.asarray(latents[name], dtype=np.float32)) for name in targets}
        return {name: levels_of(torch.from_numpy(pixels), CHANNELS[name]) for name, pixels in decoded.items()}


def samplers_of(model: Path, backend: str, device: str) -> tuple[dict[str, DrawsSamples], list[str]]:
    """Samplers of a backend by precision, the first of them in float32, and why others cannot be had.

    Args:
        model: the bundle's folder.
        backend: its name.
        device: ``cpu``, ``cuda`` or ``mps``.

    Raises:
        UsageError: the backend does not run on the device.
        ModelError: the model is missing or broken, or has no graphs for the backend.
    """
    found: dict[str, DrawsSamples] = {}
    refused = []
    for precision in precisions(backend, device) or ["fp32"]:
        try:
            found[precision] = _sampler(model, backend, device, precision)
        except UsageError as refusal:
            if not found:
                raise
            refused.append(f"{backend} {precision}: {refusal}")
    return found, refused


def _sampler(model: Path, backend: str, device: str, precision: str) -> DrawsSamples:
    if backend != "torch":
        return BackendSampler(create_backend(backend, model, device, precision))
    # Straight on the networks, several samples at once: half the time on a CPU.
    bundle = load_bundle(model, PRECISIONS[precision])
    networks: list[nn.Module] = [bundle.transformer, *bundle.autoencoders.values()]
    for network in networks:
        network.to(device)
    return Sampler(bundle)
