"""Ways of running one model, measured in turns so that a noisy machine is noisy to all of them."""

from __future__ import annotations

import copy
from collections.abc import Callable, Sequence
from contextlib import ExitStack, nullcontext
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from torch import nn
from tqdm import tqdm

from model_runtime.backends import create_backend
from model_runtime.backends.base import Backend, FloatArray
from model_runtime.backends.cpu_speed import computes_bf16
from model_runtime.backends.torch_backend import PRECISIONS, place_networks
from model_runtime.bench.machine import seconds_of
from model_runtime.bench.published_way import AUTOCAST, as_published
from model_runtime.contract import CopGenError, ResourceError
from model_runtime.model.bundle import Bundle
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import StreamSpec

TIMESTEP = 980.02
PARTS = ("call", "encode", "decode")
CHOICES = {
    "torch": {"cpu": ("fp32", "bf16"), "cuda": ("fp32", "bf16", "fp16"), "mps": ("fp32", "fp16")},
    "onnx": {"cpu": ("fp32", "int8"), "cuda": ("fp32", "fp16"), "mps": ("fp32",)},
    "openvino": {"cpu": ("fp32", "bf16"), "cuda": (), "mps": ()},
}
"""Precisions worth measuring, by backend and device, but for what :func:`precisions` leaves out."""
EMULATED = "Not measured: bfloat16 on torch, which has no kernels for it on this CPU and takes several times as long."
BATCHES = (1, 4, 16)
"""Windows at once, where a batch gains something: on GPUs."""
Call = Callable[[], object]


@dataclass
class Variant:
    """One way of running a model.

    Attributes:
        name: as the table calls it.
        precision: of the transformer.
        calls: one network evaluation of a chip, one picture encoded, one decoded; ``call`` alone if the rest is shared.
        noise: what the network predicts, to compare.
        autocast: whether it runs within the published code's autocast.
        published: whether it is the published way.
        in_batches: an evaluation of several chips at once, by their number.
        memory: most bytes that the networks took in a process of their own; 0 where that is not known.
        predicted: the noise it predicted.
        seconds: measured, by part.
        batch_seconds: of an evaluation, by the number of chips in it.
    """

    name: str
    precision: str
    calls: dict[str, Call]
    noise: Callable[[], FloatArray]
    autocast: bool = False
    published: bool = False
    in_batches: Callable[[int], object] | None = None
    memory: int = 0
    predicted: FloatArray = field(default_factory=lambda: np.zeros(1, np.float32))
    seconds: dict[str, list[float]] = field(default_factory=dict)
    batch_seconds: dict[int, float] = field(default_factory=dict)

    def typical(self, part: str) -> float:
        """Median seconds of a part."""
        return median(self.seconds[part])


def emulates_bf16(device: str) -> bool:
    """Whether bfloat16 on torch is not worth measuring."""
    return device == "cpu" and not computes_bf16()


def precisions(backend: str, device: str) -> list[str]:
    """Precisions worth measuring here."""
    left_out = "bf16" if backend == "torch" and emulates_bf16(device) else ""
    return [precision for precision in CHOICES[backend][device] if precision != left_out]


def of_backend(backend: Backend, name: str = "") -> Variant:
    """The variant that a backend is."""
    chance = np.random.default_rng(0)
    latents = {s.name: chance.standard_normal((1, *s.latent_shape), dtype=np.float32) for s in backend.streams}
    times = {s.name: 0.0 if s.modality == "s2_l2a" else TIMESTEP for s in backend.streams}
    stream = backend.streams[0]
    side = stream.chip_size or 0
    pixels = chance.random((1, stream.channels, side, side), dtype=np.float32) * 2 - 1
    return Variant(
        name or " ".join(filter(None, (backend.name, backend.provider))),
        backend.precision,
        {
            "call": lambda: backend.predict(latents, times),
            "encode": lambda: backend.encode(stream.name, pixels),
            "decode": lambda: backend.decode(stream.name, latents[stream.name]),
        },
        lambda: np.concatenate([noise.ravel() for noise in backend.predict(latents, times).values()]),
        in_batches=lambda count: backend.predict({n: np.repeat(x, count, axis=0) for n, x in latents.items()}, times),
    )


def torch_variant(
    streams: Sequence[StreamSpec],
    transformer: CopGenTransformer,
    autoencoder: AutoencoderKL,
    device: str,
    precision: str,
) -> Variant:
    """Our own way on torch, of networks in memory, which are copied."""
    copied = copy.deepcopy(transformer)
    nn.Module.to(copied, PRECISIONS[precision])
    bundle = Bundle(Path(), list(streams), copied, {"vae": copy.deepcopy(autoencoder)}, CopGenScheduler())
    return of_backend(place_networks(bundle, device))


def published_variants(
    streams: Sequence[StreamSpec], transformer: CopGenTransformer, autoencoder: AutoencoderKL, device: str
) -> list[Variant]:
    """The published way, in plain float32 and, where torch can, under autocast; both share their networks."""
    network = as_published(transformer)
    decoder = copy.deepcopy(autoencoder)
    for module in (network, decoder):
        nn.Module.to(module, device)
    chance = np.random.default_rng(0)
    drawn = [chance.standard_normal((1, *stream.latent_shape), dtype=np.float32) for stream in streams]
    latents = [torch.from_numpy(array).to(device) for array in drawn]
    times = torch.tensor([[0.0 if s.modality == "s2_l2a" else TIMESTEP for s in streams]], device=device)
    side = streams[0].chip_size or 0
    pixels = torch.rand(1, 3, side, side, device=device) * 2 - 1

    def predict() -> list[torch.Tensor]:
        with torch.no_grad():
            return network(latents, times)  # type: ignore[no-any-return]

    @torch.no_grad()
    def encode() -> object:
        return decoder.encode(pixels)

    @torch.no_grad()
    def decode() -> object:
        return decoder.decode(latents[0])

    def noise() -> FloatArray:
        return np.concatenate([part.float().cpu().numpy().ravel() for part in predict()])

    half = str(AUTOCAST[device]).removeprefix("torch.").replace("bfloat16", "bf16").replace("float16", "fp16")
    plain = Variant("published way", "fp32", {"call": predict, "encode": encode, "decode": decode}, noise, False, True)
    cast = Variant("published way, autocast", half, {"call": predict}, noise, True, True)
    return [plain] if emulates_bf16(device) else [plain, cast]


def bundle_variants(path: Path, choices: Sequence[tuple[str, str]], device: str) -> tuple[list[Variant], list[str]]:
    """Variants of a bundle on disk, by (backend, precision), and why others cannot be had."""
    found, refused = [], []
    for name, precision in choices:
        try:
            found.append(of_backend(create_backend(name, path, device, precision)))
        except CopGenError as refusal:
            refused.append(f"{name} {precision}: {refusal}")
    return found, refused


def measure_batches(
    variants: Sequence[Variant], device: str, rounds: int, told: str, batches: Sequence[int] = BATCHES
) -> None:
    """Measure evaluations of several chips at once, after one that warms up; what does not fit is left out."""
    for variant in tqdm(variants, desc=f"{told}, in batches", unit="variant"):
        if variant.in_batches is None:
            continue
        for count in batches:
            run = partial(variant.in_batches, count)
            try:
                run()
                variant.batch_seconds[count] = median(seconds_of(run, device) for _ in range(rounds))
            except ResourceError:
                break


def measure(variants: Sequence[Variant], device: str, rounds: int, told: str) -> None:
    """Measure all variants in turns, after one round that warms up; the autoencoder a third as often."""
    with ExitStack() as stack:
        if any(variant.autocast for variant in variants):
            # One context from the first evaluation to the last: the cast weights are kept, as in a whole run.
            stack.enter_context(torch.autocast(device, AUTOCAST[device]))
        for index in tqdm(range(rounds + 1), desc=told, unit="round"):
            for variant in variants:
                with nullcontext() if variant.autocast else torch.autocast(device, enabled=False):
                    if index == 0:
                        variant.predicted = variant.noise()
                    for part, call in variant.calls.items():
                        if part == "call" and index == 0 or part != "call" and index % 3 > 1:
                            continue
                        taken = seconds_of(call, device)
                        if index:
                            variant.seconds.setdefault(part, []).append(taken)
    # The published way shares one autoencoder.
    for variant in variants:
        for part in PARTS:
            if part not in variant.seconds:
                variant.seconds[part] = variants[0].seconds[part]
