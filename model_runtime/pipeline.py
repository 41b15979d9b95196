"""COP-GEN over single chips as a diffusers pipeline."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import numpy as np
import torch
from diffusers.pipelines.pipeline_utils import DiffusionPipeline
from diffusers.utils.outputs import BaseOutput
from numpy.typing import ArrayLike, NDArray

from model_runtime.backends.base import Backend
from model_runtime.backends.torch_backend import TorchBackend
from model_runtime.contract import UsageError
from model_runtime.modalities.base import picture_to_bytes
from model_runtime.model.autoencoders import Autoencoder, AutoencoderSet
from model_runtime.model.bundle import load_bundle, save_bundle
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.presets import scheme_of, steps_of
from model_runtime.sampling.canvas import Canvas, CanvasNetwork, CanvasNoise, shared_ground
from model_runtime.sampling.roles import (
    FloatArray,
    NoiseSource,
    Role,
    condition,
    generated,
    ignored,
    run_job,
    sample_posterior,
)
from model_runtime.sampling.solver import Progress, Scheme
from model_runtime.streams import StreamSpec


@dataclass
class CopGenOutput(BaseOutput):
    """Generated chips.

    Attributes:
        images: by stream asked for, (samples, H, W, channels) uint8; empty if latents were asked for. A
            scalar stream has no picture.
        latents: by generated stream, (samples, C, h, w) float32, as the network sees them.
    """

    images: dict[str, NDArray[np.uint8]]
    latents: dict[str, FloatArray]


class CopGenPipeline(DiffusionPipeline):
    """Generates any chips from any others.

    Args:
        transformer: predicts the noise.
        vae: the autoencoder, or several of them by name.
        scheduler: noise schedule and step counts.
        streams: the model's streams, in the order of the transformer's inputs.
        card: the model card, Markdown, kept for saving.
    """

    transformer: CopGenTransformer
    vae: Autoencoder | AutoencoderSet
    scheduler: CopGenScheduler

    def __init__(
        self,
        transformer: CopGenTransformer,
        vae: Autoencoder | AutoencoderSet,
        scheduler: CopGenScheduler,
        streams: Sequence[StreamSpec],
        card: str = "",
    ) -> None:
        super().__init__()
        self.register_modules(  # type: ignore[no-untyped-call]
            transformer=transformer, vae=vae, scheduler=scheduler
        )
        self.streams = list(streams)
        self.card = card

    @classmethod
    def from_pretrained(  # type: ignore[override]
        cls, pretrained_model_name_or_path: str | os.PathLike[str], torch_dtype: torch.dtype = torch.float32
    ) -> CopGenPipeline:
        """Load a bundle from its folder; nothing is ever downloaded.

        Args:
            pretrained_model_name_or_path: the folder.
            torch_dtype: precision of the transformer; the autoencoder stays in float32.

        Raises:
            ModelError: a file is missing or broken, or the weights do not fit.
        """
        path = Path(pretrained_model_name_or_path)
        bundle = load_bundle(path, torch_dtype)
        shared = bundle.autoencoders.get("vae")
        card = path / "README.md"
        return cls(
            bundle.transformer,
            AutoencoderSet.of(bundle.autoencoders) if shared is None else shared,
            bundle.scheduler,
            bundle.streams,
            card.read_text(encoding="utf-8") if card.is_file() else "",
        )

    def save_pretrained(  # type: ignore[override]
        self, save_directory: str | os.PathLike[str]
    ) -> None:
        """Write a bundle, see :func:`model_runtime.model.bundle.save_bundle`."""
        path = Path(save_directory)
        save_bundle(path, self.streams, self.transformer, self._autoencoders(), self.scheduler, self.card)

    def __call__(
        self,
        conditions: Mapping[str, ArrayLike] | None = None,
        generate: Sequence[str] | None = None,
        num_inference_steps: int | None = None,
        generator: torch.Generator | None = None,
        num_samples: int = 1,
        ignored_treatment: str | None = None,
        hold: Mapping[str, float] | None = None,
        start: Mapping[str, tuple[ArrayLike, float]] | None = None,
        noise: NoiseSource | None = None,
        output_type: str = "image",
        progress: Progress | None = None,
        preset: Scheme | None = None,
    ) -> CopGenOutput:
        """Generate chips.

        Args:
            conditions: by stream, a chip: uint8 (H, W, 3), a PIL image, or float (H, W, 3) in [-1, 1]; for a
                scalar stream its values.
            generate: streams to return; None for all that are no condition.
            num_inference_steps: network evaluations; None for the preset's, or the model's own number.
            generator: draws one 64-bit seed for the anchored noise; None draws it from torch's own.
            num_samples: samples, each with noise of its own.
            ignored_treatment: None generates every stream that is no condition, as the published
                evaluation does; ``noise-at-0`` (the published code) or ``noise-at-1000`` ignores those
                that are not asked for.
            hold: by condition, the timestep at which it is held (0: trusted in full).
            start: by generated stream, a chip and the timestep it is noised to.
            noise: recorded noise to use in place of anchored noise.
            output_type: ``image``, or ``latent`` to decode nothing.
            progress: told after every evaluation of a sample how many of how many are done.
            preset: ``fast`` for the fast scheme of the solver with the model's smaller number of evaluations;
                ``reference`` for the published 50.

        Raises:
            UsageError: an unknown stream, a chip of another size, nothing to generate, no sample, a start of what is
                not generated, or a hold of what is no condition.
        """
        if num_samples < 1:
            raise UsageError(f"num_samples is {num_samples}, expected 1 or more.")
        backend = self._backend()
        conditions, start = conditions or {}, start or {}
        names = [stream.name for stream in self.streams]
        wanted = list(generate) if generate is not None else [name for name in names if name not in conditions]
        roles = _roles(
            names, conditions, wanted, ignored_treatment, hold or {}, {n: at for n, (_, at) in start.items()}
        )
        canvas = Canvas(self.streams, 0, 0, *shared_ground(self.streams).window)
        noise = noise or CanvasNoise(canvas, _draw_seed(generator))
        moments = self._encode(backend, {**conditions, **{name: picture for name, (picture, _) in start.items()}})
        network = CanvasNetwork(
            canvas, backend.predict, [name for name, role in roles.items() if role.kind == "generated"]
        )
        steps = num_inference_steps if num_inference_steps is not None else steps_of(preset, backend)
        scheme = scheme_of(preset)
        samples = []
        for sample in range(num_samples):
            latents = self._latents(moments, noise, sample)
            samples.append(run_job(roles, latents, backend.schedule, steps, noise, network, sample, progress, scheme))
        latents = {name: np.stack([sample[name] for sample in samples]) for name in samples[0]}
        return CopGenOutput(images=self._decode(backend, latents, wanted, output_type), latents=latents)

    def _backend(self) -> Backend:
        return TorchBackend(self.streams, self.transformer, self._autoencoders(), self.scheduler)

    def _autoencoders(self) -> dict[str, Autoencoder]:
        if isinstance(self.vae, AutoencoderSet):
            members: dict[str, Autoencoder] = self.vae.by_folder()
            return members
        return {"vae": cast(Autoencoder, self.vae)}

    def _encode(self, backend: Backend, pictures: Mapping[str, ArrayLike]) -> dict[str, FloatArray]:
        """Moments of pictures, and the values of scalar streams."""
        encoded = {}
        for stream in self.streams:
            if stream.name in pictures and stream.is_scalar:
                values = np.asarray(pictures[stream.name], dtype=np.float32)
                encoded[stream.name] = values.reshape(stream.latent_shape)
            elif stream.name in pictures:
                encoded[stream.name] = backend.encode(stream.name, _to_pixels(pictures[stream.name], stream)[None])[0]
        return encoded

    def _latents(self, moments: Mapping[str, FloatArray], noise: NoiseSource, sample: int) -> dict[str, FloatArray]:
        latents = {}
        for stream in self.streams:
            if stream.name in moments and stream.is_scalar:
                latents[stream.name] = moments[stream.name]
            elif stream.name in moments:
                drawn = noise.draw("posterior", stream.name, sample)
                latents[stream.name] = sample_posterior(moments[stream.name], drawn, stream.latent_scale)
        return latents

    def _decode(
        self, backend: Backend, latents: Mapping[str, FloatArray], wanted: Sequence[str], output_type: str
    ) -> dict[str, NDArray[np.uint8]]:
        if output_type == "latent":
            return {}
        pictured = [stream.name for stream in self.streams if stream.name in wanted and not stream.is_scalar]
        return {name: to_uint8(backend.decode(name, latents[name])).transpose(0, 2, 3, 1) for name in pictured}


def to_uint8(pixels: FloatArray) -> NDArray[np.uint8]:
    """Round a decoded picture in [-1, 1] to 0..255."""
    return picture_to_bytes((pixels + 1.0) / 2.0)


def _roles(
    names: Sequence[str],
    conditions: Mapping[str, ArrayLike],
    wanted: Sequence[str],
    treatment: str | None,
    hold: Mapping[str, float],
    starts: Mapping[str, float],
) -> dict[str, Role]:
    for name in (*conditions, *wanted, *hold, *starts):
        if name not in names:
            raise UsageError(f"{name}: the model has no such stream; it has {', '.join(names)}.")
    both = [name for name in wanted if name in conditions]
    if both:
        raise UsageError(f"{both[0]}: cannot be condition and result at once.")
    for name in starts:
        if name in conditions or (treatment is not None and name not in wanted):
            raise UsageError(f"{name}: only what is generated can have a start.")
    for name in hold:
        if name not in conditions:
            raise UsageError(f"{name}: only a condition can be held.")
    roles = {}
    for name in names:
        if name in conditions:
            roles[name] = condition(hold.get(name, 0.0))
        elif treatment is None or name in wanted:
            roles[name] = generated(starts.get(name, 1000.0))
        else:
            roles[name] = ignored(treatment)
    return roles


def _draw_seed(generator: torch.Generator | None) -> int:
    device = "cpu" if generator is None else generator.device
    low, high = -(2**63), 2**63 - 1
    return int(torch.randint(low, high, (), generator=generator, device=device, dtype=torch.int64))


def _to_pixels(picture: ArrayLike, stream: StreamSpec) -> FloatArray:
    """A chip as the autoencoder takes it: (channels, H, W) in [-1, 1]."""
    array = np.asarray(picture)
    expected = (stream.chip_size, stream.chip_size, stream.channels)
    if array.shape != expected:
        raise UsageError(f"{stream.name}: a chip has the shape {expected}, found {array.shape}.")
    pixels = array.astype(np.float32) / 127.5 - 1.0 if array.dtype == np.uint8 else array.astype(np.float32)
    return np.ascontiguousarray(pixels.transpose(2, 0, 1))
