"""What a backend offers: the networks of one bundle behind numpy arrays."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.streams import StreamSpec

FloatArray = NDArray[np.float32]


class Backend(ABC):
    """The networks of one bundle, loaded on one device.

    Attributes:
        name: ``torch``, ``onnx`` or ``openvino``.
        device: what really runs the networks: ``cpu``, ``cuda``, ``mps``, or ``directml``, which only ``auto`` takes.
        provider: what of the backend really runs them, as it calls it (``CUDAExecutionProvider``); empty where
            the backend and the device say it all.
        notes: for the user: what was tried before and does not work here.
        precision: what the transformer really runs in. The autoencoder runs in float32, but for that of a wide
            model in bfloat16 on a CPU, where it would take longer than the fast preset's evaluations.
        streams: in the order of the network's inputs.
        schedule: the model's noise schedule.
        num_inference_steps: the model's usual number of network evaluations.
        fast_inference_steps: its number for the fast preset.
    """

    name: str
    device: str
    provider: str = ""
    notes: Sequence[str] = ()
    precision: str
    streams: Sequence[StreamSpec]
    schedule: NoiseSchedule
    num_inference_steps: int
    fast_inference_steps: int

    @abstractmethod
    def predict(
        self, latents: Mapping[str, FloatArray], timesteps: Mapping[str, float | FloatArray]
    ) -> dict[str, FloatArray]:
        """Predict the noise in a batch of windows.

        Args:
            latents: (B, C, H, W) by stream, for every stream of the model.
            timesteps: by stream, one for all windows or (B,).

        Returns:
            (B, C, H, W) by stream, float32.

        Raises:
            ResourceError: out of memory.
        """

    @abstractmethod
    def encode(self, stream: str, pixels: FloatArray) -> FloatArray:
        """Encode pictures.

        Args:
            stream: name of the pictures' stream.
            pixels: (B, channels, H, W) in [-1, 1].

        Returns:
            Moments of the posterior (B, 2 * latent channels, h, w): mean, then log-variance, in the
            autoencoder's own scale (see :func:`model_runtime.sampling.roles.sample_posterior`).

        Raises:
            ResourceError: out of memory.
        """

    @abstractmethod
    def decode(self, stream: str, latents: FloatArray) -> FloatArray:
        """Decode latents.

        Args:
            stream: name of the latents' stream.
            latents: (B, C, h, w) as the network sees them: ``latent_scale`` is taken off here.

        Returns:
            (B, channels, H, W), about [-1, 1], not clipped.

        Raises:
            ResourceError: out of memory.
        """
