"""What runs is what was asked for, or a sentence says why not."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.backends import Backend, create_backend
from model_runtime.backends.torch_backend import _memory_guard, available_devices
from model_runtime.contract import ModelError, ResourceError, UsageError


@pytest.fixture(scope="module")
def backend(tiny_bundle: Path) -> Backend:
    return create_backend("auto", tiny_bundle, "cpu")


def windows(backend: Backend, count: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return {s.name: rng.standard_normal((count, *s.latent_shape)).astype(np.float32) for s in backend.streams}


def test_importing_the_package_does_not_load_torch(root: Path) -> None:
    program = "import sys, model_runtime.backends; sys.exit('torch' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_it_says_what_runs(backend: Backend) -> None:
    assert (backend.name, backend.device, backend.precision) == ("torch", "cpu", "fp32")
    assert (backend.num_inference_steps, backend.fast_inference_steps) == (4, 2)


def test_batches_do_not_change_a_bit_on_the_cpu(backend: Backend) -> None:
    latents = windows(backend, 3)
    clocks = {name: np.array([0.0, 250.5, 999.0], np.float32) for name in latents}
    together = backend.predict(latents, clocks)
    for index in range(3):
        alone = backend.predict(
            {name: latent[index : index + 1] for name, latent in latents.items()},
            {name: float(clock[index]) for name, clock in clocks.items()},
        )
        for name, noise in alone.items():
            assert noise.dtype == np.float32
            np.testing.assert_array_equal(noise[0], together[name][index])


def test_pictures_go_to_moments_and_latents_to_pictures(backend: Backend) -> None:
    pixels = np.linspace(-1, 1, 2 * 3 * 256 * 256, dtype=np.float32).reshape(2, 3, 256, 256)
    moments = backend.encode("dem", pixels)
    assert moments.shape == (2, 8, 32, 32)
    np.testing.assert_array_equal(backend.encode("dem", pixels[1:])[0], moments[1])
    decoded = backend.decode("dem", moments[:, :4])
    assert decoded.shape == (2, 3, 256, 256)
    np.testing.assert_array_equal(backend.decode("dem", moments[1:, :4])[0], decoded[1])


def test_half_precision_stays_close_and_hands_out_float32(backend: Backend, tiny_bundle: Path) -> None:
    half = create_backend("torch", tiny_bundle, "cpu", "bf16")
    assert half.precision == "bf16"
    latents = windows(backend, 1)
    clocks = dict.fromkeys(latents, 980.02)
    exact, rounded = backend.predict(latents, clocks), half.predict(latents, clocks)
    for name, noise in exact.items():
        assert rounded[name].dtype == np.float32
        assert np.abs(rounded[name] - noise).mean() < 0.05 * noise.std()


@pytest.mark.parametrize(
    ("name", "device", "precision", "sentence"),
    [
        ("tensorflow", "auto", "auto", "not a backend"),
        ("torch", "tpu", "auto", "not a device"),
        ("torch", "cpu", "fp16", "no fast half precision on the CPU"),
        ("torch", "cpu", "int8", "fp32, bf16 and fp16 only"),
        ("torch", "cpu", "fp8", "not a precision"),
    ],
)
def test_what_cannot_be_had_is_refused(
    tiny_bundle: Path, name: str, device: str, precision: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        create_backend(name, tiny_bundle, device, precision)


def test_an_absent_device_is_refused_and_never_replaced(tiny_bundle: Path) -> None:
    absent = [device for device in ("cuda", "mps") if device not in available_devices()]
    for device in absent:
        with pytest.raises(UsageError, match=f"--device {device}: torch .* finds none here; found"):
            create_backend("torch", tiny_bundle, device)
    assert create_backend("auto", tiny_bundle).device == available_devices()[0]


def test_a_missing_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model folder"):
        create_backend("auto", tmp_path / "nowhere")


def test_running_out_of_memory_is_one_sentence() -> None:
    with pytest.raises(ResourceError, match="Out of memory on cpu with 4 windows"), _memory_guard("cpu", 4):
        torch.empty(2**60, dtype=torch.uint8)
    with pytest.raises(RuntimeError, match="shape"), _memory_guard("cpu", 1):
        raise RuntimeError("shape")
