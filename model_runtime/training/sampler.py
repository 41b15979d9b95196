"""Many samples of one chip at once: for evaluations and the sheets of a training run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model_runtime.model.autoencoders import Autoencoder, encode_moments
from model_runtime.model.bundle import Bundle
from model_runtime.sampling.roles import sample_posterior
from model_runtime.sampling.solver import Call, Latents, solve
from model_runtime.training.data import CHANNELS

FloatArray = NDArray[np.float32]
BATCH = 8
"""Samples the network sees at once; more take no less time each on a CPU."""


def pixels_of(chips: FloatArray) -> Tensor:
    """Chips as the autoencoder takes them: (chips, 3, rows, columns) in [-1, 1]."""
    return torch.from_numpy(chips / np.float32(127.5) - 1).expand(-1, 3, -1, -1)


def levels_of(decoded: Tensor, channels: int) -> FloatArray:
    """Decoded pictures in whole grey levels; a hillshade's channels averaged."""
    levels = torch.floor(255 * ((decoded + 1) / 2).clamp(0, 1) + 0.5)
    return np.asarray((levels.mean(dim=1, keepdim=True).round() if channels == 1 else levels).cpu().numpy())


class Sampler:
    """A bundle that draws all samples of a chip at once.

    The pipeline takes one after the other, which gives the same pictures and takes twice as long here.

    Args:
        bundle: the model, on whatever device it lies.
    """

    def __init__(self, bundle: Bundle) -> None:
        self.bundle = bundle
        self.names = [stream.name for stream in bundle.streams]
        self.scales = {stream.name: stream.latent_scale for stream in bundle.streams}
        self.device = next(bundle.transformer.parameters()).device

    def _autoencoder(self, name: str) -> Autoencoder:
        folder = next(stream.autoencoder for stream in self.bundle.streams if stream.name == name)
        return self.bundle.autoencoders[folder or "vae"]

    @torch.inference_mode()
    def generate(
        self,
        conditions: Mapping[str, FloatArray],
        targets: Sequence[str],
        samples: int,
        steps: int,
        seed: int,
        plan: list[Call] | None = None,
    ) -> dict[str, FloatArray]:
        """Samples (samples, channels, rows, columns) in grey levels, by target; all that is no condition is generated.

        Args:
            conditions: by modality one chip (channels, rows, columns) in grey levels.
            targets: modalities to return.
            samples: how many.
            steps: network evaluations.
            seed: of the noise.
            plan: another solver's calls for the modalities that are not given; ``steps`` is not looked at then.
        """
        chance = np.random.default_rng(seed)
        given = {}
        for name, chip in conditions.items():
            pixels = pixels_of(chip[None]).to(self.device)
            moments = encode_moments(self._autoencoder(name), pixels)[0].cpu().numpy()
            shape = (len(moments) // 2, *moments.shape[1:])
            noises = [chance.standard_normal(shape, dtype=np.float32) for _ in range(samples)]
            given[name] = np.stack([sample_posterior(moments, noise, self.scales[name]) for noise in noises])
        missing = [name for name in self.names if name not in given]
        shape = (samples, *self.bundle.streams[0].latent_shape)
        initial = {name: chance.standard_normal(shape, dtype=np.float32) for name in missing}
        calls = plan or self.bundle.scheduler.plan(dict.fromkeys(missing, 1000.0), steps)

        def predict(call: Call, states: Latents) -> dict[str, FloatArray]:
            return self._noise({**given, **states}, [call.timesteps.get(name, 0.0) for name in self.names], missing)

        latents = solve(initial, calls, predict)
        return {name: self._decode(name, np.asarray(latents[name], dtype=np.float32)) for name in targets}

    def _noise(self, states: Latents, timesteps: Sequence[float], wanted: Sequence[str]) -> dict[str, FloatArray]:
        count = len(next(iter(states.values())))
        found: dict[str, list[Tensor]] = {name: [] for name in wanted}
        for first in range(0, count, BATCH):
            inputs = [
                torch.from_numpy(np.asarray(states[name][first : first + BATCH], dtype=np.float32)).to(self.device)
                for name in self.names
            ]
            times = torch.tensor([list(timesteps)] * len(inputs[0]), device=self.device)
            noise = self.bundle.transformer(inputs, times)
            for name in wanted:
                found[name].append(noise[self.names.index(name)].float().cpu())
        return {name: torch.cat(parts).numpy() for name, parts in found.items()}

    def _decode(self, name: str, latents: FloatArray) -> FloatArray:
        autoencoder, scale = self._autoencoder(name), self.scales[name]
        parts = [
            autoencoder.decode(torch.from_numpy(latent[None]).to(self.device) / scale).sample for latent in latents
        ]
        return levels_of(torch.cat(parts), CHANNELS[name])

    @torch.inference_mode()
    def round_trip(self, chips: FloatArray, name: str = "s2_l2a") -> FloatArray:
        """What the autoencoder leaves of the truth.

        Args:
            chips: (chips, channels, rows, columns) in grey levels.
            name: modality, for models whose modalities have autoencoders of their own.
        """
        autoencoder = self._autoencoder(name)
        decoded = [
            autoencoder.decode(
                encode_moments(autoencoder, pixels_of(chip[None]).to(self.device)).chunk(2, dim=1)[0]
            ).sample
            for chip in chips
        ]
        return levels_of(torch.cat(decoded), chips.shape[1])
