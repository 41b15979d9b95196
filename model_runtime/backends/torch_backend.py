"""The networks on torch."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from torch import Tensor, nn

from model_runtime.backends.base import Backend, FloatArray
from model_runtime.backends.cpu_speed import (
    WIDE,
    can_pack,
    channels_last,
    computes_bf16,
    halve_pictures,
    is_channels_last,
    multiplies_bf16,
    pack,
)
from model_runtime.backends.devices import first_working, torch_problem
from model_runtime.contract import ResourceError, UsageError
from model_runtime.model.autoencoders import Autoencoder, encode_moments
from model_runtime.model.bundle import Bundle, load_bundle
from model_runtime.model.files import CONFIG_NAME, TRANSFORMER, read_json
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import StreamSpec

PRECISIONS = {"fp32": torch.float32, "bf16": torch.bfloat16, "fp16": torch.float16}
DEVICES = ("cpu", "cuda", "mps")


class TorchBackend(Backend):
    """Networks that are already in memory; they stay where and as precise as they are.

    Args:
        streams: in the order of the transformer's inputs.
        transformer: predicts the noise.
        autoencoders: by folder, as the streams name them.
        scheduler: noise schedule and step counts.
    """

    name = "torch"

    def __init__(
        self,
        streams: Sequence[StreamSpec],
        transformer: CopGenTransformer,
        autoencoders: Mapping[str, Autoencoder],
        scheduler: CopGenScheduler,
    ) -> None:
        self.streams = streams
        self.transformer = transformer
        self.autoencoders = {
            stream.name: autoencoders[stream.autoencoder] for stream in streams if stream.autoencoder is not None
        }
        self.scales = {stream.name: stream.latent_scale for stream in streams}
        self.schedule = scheduler.schedule
        self.num_inference_steps = scheduler.num_inference_steps
        self.fast_inference_steps = scheduler.fast_inference_steps
        parameter = transformer.pos_embed
        self.torch_device = parameter.device
        self.device = parameter.device.type
        self.precision = next((name for name, dtype in PRECISIONS.items() if dtype == parameter.dtype), "fp32")

    @torch.inference_mode()
    def predict(
        self, latents: Mapping[str, FloatArray], timesteps: Mapping[str, float | FloatArray]
    ) -> dict[str, FloatArray]:
        """Predict the noise in a batch of windows, see :meth:`Backend.predict`."""
        inputs = [self._put(latents[stream.name]) for stream in self.streams]
        batch = len(inputs[0])
        columns = [np.broadcast_to(np.float32(timesteps[stream.name]), (batch,)) for stream in self.streams]
        times = self._put(np.stack(columns, axis=1))
        with _memory_guard(self.device, batch):
            predictions = self._in_batches(lambda part: self.transformer([x[part] for x in inputs], times[part]), batch)
        return {stream.name: _get(noise) for stream, noise in zip(self.streams, predictions, strict=True)}

    @torch.inference_mode()
    def encode(self, stream: str, pixels: FloatArray) -> FloatArray:
        """Encode pictures to moments, see :meth:`Backend.encode`."""
        autoencoder = self.autoencoders[stream]
        inputs = _like(self._put(pixels), autoencoder)
        with _memory_guard(self.device, len(inputs)), _exact_convolutions():
            (moments,) = self._in_batches(lambda part: [encode_moments(autoencoder, inputs[part])], len(inputs))
        return _get(moments)

    @torch.inference_mode()
    def decode(self, stream: str, latents: FloatArray) -> FloatArray:
        """Decode latents to pictures, see :meth:`Backend.decode`."""
        autoencoder = self.autoencoders[stream]
        inputs = _like(self._put(latents) / self.scales[stream], autoencoder)
        with _memory_guard(self.device, len(inputs)), _exact_convolutions():
            (pixels,) = self._in_batches(lambda part: [autoencoder.decode(inputs[part]).sample], len(inputs))
        return _get(pixels)

    def _put(self, array: FloatArray) -> Tensor:
        return torch.from_numpy(np.ascontiguousarray(array, dtype=np.float32)).to(self.torch_device)

    def _in_batches(self, run: Callable[[slice], Sequence[Tensor]], batch: int) -> list[Tensor]:
        """Run a batch at once; on CPU one by one, where a batch gains nothing and changes the last bits."""
        size = 1 if self.device == "cpu" else batch
        parts = [run(slice(first, first + size)) for first in range(0, batch, size)]
        return [torch.cat(tensors) for tensors in zip(*parts, strict=True)]


def load_torch_backend(bundle_path: Path, device: str = "auto", precision: str = "auto") -> TorchBackend:
    """Load a bundle's networks onto a device, see :func:`model_runtime.backends.create_backend`."""
    device, notes = _choose_device(device)
    precision = _choose_precision(precision, device, bundle_path)
    with _memory_guard(device, 1):
        bundle = load_bundle(bundle_path, PRECISIONS[precision])
    backend = place_networks(bundle, device)
    if (device, precision) == ("cpu", "bf16") and not computes_bf16():
        notes.append("torch is not made for bf16 on this CPU and took many times as long as in fp32.")
    backend.notes = notes
    return backend


def place_networks(bundle: Bundle, device: str) -> TorchBackend:
    """Put loaded networks onto a device, laid out for it; the networks can no longer be saved."""
    with _memory_guard(device, 1):
        networks: list[nn.Module] = [bundle.transformer, *bundle.autoencoders.values()]
        for network in networks:
            network.requires_grad_(False)
            network.to(device)
        if bundle.transformer.detail is not None:
            # Its features are; otherwise every call rearranges the weights: a quarter of a convolution in bfloat16.
            channels_last(bundle.transformer.detail)
        if device == "cpu":
            for autoencoder in bundle.autoencoders.values():
                if isinstance(autoencoder, AutoencoderDC):
                    channels_last(autoencoder)
        if device == "cpu" and bundle.transformer.pos_embed.dtype == torch.bfloat16:
            if bundle.transformer.pos_embed.shape[-1] >= WIDE:
                for autoencoder in bundle.autoencoders.values():
                    halve_pictures(autoencoder)
            if can_pack():
                pack(bundle.transformer)
    return TorchBackend(bundle.streams, bundle.transformer, bundle.autoencoders, bundle.scheduler)


def available_devices() -> list[str]:
    """Devices that torch offers here, fastest first; whether they compute is not known yet."""
    present = {"cuda": torch.cuda.is_available(), "mps": torch.backends.mps.is_available(), "cpu": True}
    return [device for device, usable in present.items() if usable]


def _choose_device(device: str) -> tuple[str, list[str]]:
    """Return the device to take, one that computes, and what is to be told of those that ``auto`` passed over."""
    available = available_devices()
    if device == "auto":
        return first_working(available)
    if device not in DEVICES:
        raise UsageError(f"--device {device}: not a device; use auto, {', '.join(DEVICES)}.")
    if device not in available:
        raise UsageError(f"--device {device}: torch {torch.__version__} finds none here; found {', '.join(available)}.")
    problem = torch_problem(device)
    if problem:
        refusal = ResourceError if "out of memory" in problem else UsageError
        raise refusal(f"--device {device}: is there, but does not work here ({problem}); use auto or another device.")
    return device, []


def _choose_precision(precision: str, device: str, bundle_path: Path) -> str:
    if precision == "auto":
        return (
            "bf16" if device == "cuda" or (device == "cpu" and _is_wide(bundle_path) and multiplies_bf16()) else "fp32"
        )
    if precision == "int8":
        raise UsageError("--precision int8: torch runs fp32, bf16 and fp16; use --backend onnx on an int8 export.")
    if precision not in PRECISIONS:
        raise UsageError(f"--precision {precision}: not a precision; use auto, {', '.join(PRECISIONS)}.")
    if precision == "fp16" and device == "cpu":
        others = "fp32 or bf16" if computes_bf16() else "fp32"
        raise UsageError(f"--precision fp16: no fast half precision on the CPU; use {others}, or a GPU.")
    return precision


def _like(pictures: Tensor, autoencoder: Autoencoder) -> Tensor:
    """Pictures in the autoencoder's precision and layout."""
    layout = torch.channels_last if is_channels_last(autoencoder) else torch.contiguous_format
    return pictures.to(autoencoder.dtype, memory_format=layout)


def _is_wide(bundle_path: Path) -> bool:
    config = bundle_path / TRANSFORMER / CONFIG_NAME
    width = read_json(config).get("embed_dim", WIDE) if config.is_file() else 0
    return isinstance(width, int) and width >= WIDE


def _get(tensor: Tensor) -> FloatArray:
    array: FloatArray = tensor.float().cpu().numpy()
    return array


@contextmanager
def _exact_convolutions() -> Iterator[None]:
    """Float32 convolutions in float32: by default torch lets a GPU round their inputs to 10 bits."""
    with torch.backends.cudnn.flags(enabled=True, benchmark=False, deterministic=True, allow_tf32=False):
        yield


@contextmanager
def _memory_guard(device: str, batch: int) -> Iterator[None]:
    """Turn every way of running out of memory into one sentence."""
    try:
        yield
    except (MemoryError, torch.OutOfMemoryError) as error:
        raise _out_of_memory(device, batch) from error
    except RuntimeError as error:
        if "can't allocate memory" not in str(error) and "not enough memory" not in str(error):
            raise
        raise _out_of_memory(device, batch) from error


def _out_of_memory(device: str, batch: int) -> ResourceError:
    windows = "one window" if batch == 1 else f"{batch} windows at once"
    return ResourceError(f"Out of memory on {device} with {windows}; close other programs or choose another device.")
