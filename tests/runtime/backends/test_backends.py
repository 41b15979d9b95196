"""What runs is what was asked for, or a sentence says why not; and whatever runs computes the same."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import openvino
import pytest
import torch

from model_runtime.backends import AUTO_ORDER, Backend, create_backend, torch_backend
from model_runtime.backends.cpu_speed import computes_bf16
from model_runtime.backends.devices import first_working, working_devices
from model_runtime.backends.onnx_backend import available_providers
from model_runtime.backends.torch_backend import _memory_guard, available_devices
from model_runtime.contract import ModelError, ResourceError, UsageError

TIMESTEPS = (0.0, 20.98, 500.0, 980.02, 999.5)


@pytest.fixture(scope="module")
def reference(graph_bundle: Path) -> Backend:
    return create_backend("torch", graph_bundle, "cpu", "fp32")


@pytest.fixture(scope="module", params=AUTO_ORDER)
def backend(request: pytest.FixtureRequest, graph_bundle: Path) -> Backend:
    return create_backend(request.param, graph_bundle, "cpu", "fp32")


def windows(backend: Backend, count: int) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    return {s.name: rng.standard_normal((count, *s.latent_shape)).astype(np.float32) for s in backend.streams}


def pictures(count: int) -> np.ndarray:
    return np.linspace(-1, 1, count * 3 * 256 * 256, dtype=np.float32).reshape(count, 3, 256, 256)


@pytest.mark.parametrize("module", ["model_runtime.backends", "model_runtime.backends.graphs"])
def test_importing_the_package_loads_no_network_library(root: Path, module: str) -> None:
    program = f"import sys, {module}; sys.exit(bool({{'torch', 'onnxruntime', 'openvino'}} & set(sys.modules)))"
    assert subprocess.run([sys.executable, "-c", program], cwd=root, check=False).returncode == 0


def test_it_says_what_runs(backend: Backend) -> None:
    assert (backend.device, backend.precision) == ("cpu", "fp32")
    assert backend.provider == ("CPUExecutionProvider" if backend.name == "onnx" else "")
    assert list(backend.notes) == []
    assert (backend.num_inference_steps, backend.fast_inference_steps) == (4, 2)


def test_all_backends_compute_what_torch_does(backend: Backend, reference: Backend) -> None:
    latents = windows(backend, len(TIMESTEPS))
    clocks = {name: np.roll(np.float32(TIMESTEPS), shift) for shift, name in enumerate(latents)}
    expected, found = reference.predict(latents, clocks), backend.predict(latents, clocks)
    assert list(found) == list(expected)
    for name, noise in expected.items():
        assert found[name].dtype == np.float32
        np.testing.assert_allclose(found[name], noise, atol=2e-5 * noise.std())
    moments = reference.encode("s1_rtc", pictures(2))
    np.testing.assert_allclose(backend.encode("s1_rtc", pictures(2)), moments, atol=2e-5 * np.abs(moments).max())
    np.testing.assert_allclose(
        backend.decode("dem", moments[:, :4]), reference.decode("dem", moments[:, :4]), atol=2e-5
    )


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
    pixels = pictures(2)
    moments = backend.encode("dem", pixels)
    assert moments.shape == (2, 8, 32, 32)
    np.testing.assert_array_equal(backend.encode("dem", pixels[1:])[0], moments[1])
    decoded = backend.decode("dem", moments[:, :4])
    assert decoded.shape == (2, 3, 256, 256)
    np.testing.assert_array_equal(backend.decode("dem", moments[1:, :4])[0], decoded[1])


@pytest.mark.parametrize("name", ["torch", "openvino"])
def test_half_precision_stays_close_and_hands_out_float32(name: str, reference: Backend, graph_bundle: Path) -> None:
    if name == "openvino" and "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        with pytest.raises(UsageError, match="computes no bfloat16"):
            create_backend(name, graph_bundle, "cpu", "bf16")
        return
    half = create_backend(name, graph_bundle, "cpu", "bf16")
    assert half.precision == "bf16"
    if name == "torch":
        assert [note[:34] for note in half.notes] == ([] if computes_bf16() else ["torch is not made for bf16 on this"])
    latents = windows(reference, 1)
    for timestep in (20.98, 980.02, 999.5):
        clocks = dict.fromkeys(latents, timestep)
        exact, rounded = reference.predict(latents, clocks), half.predict(latents, clocks)
        for stream, noise in exact.items():
            assert rounded[stream].dtype == np.float32
            assert np.abs(rounded[stream] - noise).mean() < 0.05 * noise.std()


@pytest.mark.parametrize(
    ("name", "device", "precision", "sentence"),
    [
        ("tensorflow", "auto", "auto", "not a backend; use auto, torch, onnx, openvino"),
        ("torch", "tpu", "auto", "not a device"),
        ("torch", "cpu", "fp16", "no fast half precision on the CPU"),
        ("torch", "cpu", "fp8", "not a precision"),
        ("onnx", "tpu", "auto", "not a device"),
        ("onnx", "cpu", "bf16", "ONNX Runtime runs fp32, fp16, int8"),
        ("onnx", "cpu", "fp16", "no fast half precision on the CPU"),
        ("onnx", "cpu", "int8", "has no graph for it; export the model with --precision int8"),
        ("openvino", "cuda", "auto", "OpenVINO runs on the CPU only"),
        ("openvino", "cpu", "fp16", "OpenVINO runs fp32, bf16 here"),
        ("openvino", "cpu", "int8", "OpenVINO runs fp32, bf16 here"),
        ("auto", "cpu", "fp16", "no fast half precision on the CPU"),
        ("auto", "cpu", "int8", "has no graph for it; export the model with --precision int8"),
    ],
)
def test_what_cannot_be_had_is_refused(
    graph_bundle: Path, name: str, device: str, precision: str, sentence: str
) -> None:
    with pytest.raises(UsageError, match=sentence):
        create_backend(name, graph_bundle, device, precision)


def test_an_absent_device_is_refused_and_never_replaced(graph_bundle: Path) -> None:
    for device in [device for device in ("cuda", "mps") if device not in available_devices()]:
        with pytest.raises(UsageError, match=f"--device {device}: torch .* finds none here; found"):
            create_backend("torch", graph_bundle, device)
        if device not in [found for found, _ in available_providers()]:
            with pytest.raises(UsageError, match=f"--device {device}: ONNX Runtime .* finds none here"):
                create_backend("onnx", graph_bundle, device)
    assert create_backend("auto", graph_bundle).device == working_devices()[0]


@pytest.fixture
def useless_gpu(monkeypatch: pytest.MonkeyPatch) -> str:
    """A device that torch offers and on which nothing computes, in place of a GPU: tensors there have no numbers."""
    monkeypatch.setattr(torch_backend, "DEVICES", ("meta", "cpu"))
    monkeypatch.setattr(torch_backend, "available_devices", lambda: ["meta", "cpu"])
    return "meta"


def test_automatic_runs_pass_over_a_device_that_does_not_compute_and_say_so(
    useless_gpu: str, graph_bundle: Path
) -> None:
    for name in ("torch", "auto"):
        backend = create_backend(name, graph_bundle)
        assert (backend.name, backend.device) == ("torch", "cpu")
        (note,) = backend.notes
        assert note.startswith("torch offers meta, but it does not work here (") and "item()" in note
        latents = windows(backend, 1)
        assert all(
            np.isfinite(noise).all() for noise in backend.predict(latents, dict.fromkeys(latents, 500.0)).values()
        )
    with pytest.raises(UsageError, match=r"--device meta: is there, but does not work here \(.*item"):
        create_backend("torch", graph_bundle, useless_gpu)


def test_the_first_device_that_computes_is_taken() -> None:
    told = {"cuda": "no kernel image is available", "mps": ""}
    assert first_working(["cuda", "mps", "cpu"], told.__getitem__) == (
        "mps",
        ["torch offers cuda, but it does not work here (no kernel image is available)."],
    )
    assert first_working(["mps", "cpu"], told.__getitem__) == ("mps", [])
    assert first_working(["cpu"], told.__getitem__) == ("cpu", []), "there is nothing else"


@pytest.mark.parametrize("name", AUTO_ORDER)
def test_a_missing_bundle_is_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such model folder"):
        create_backend(name, tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["onnx", "openvino"])
def test_graphs_that_are_missing_or_of_other_weights_are_refused(
    name: str, tiny_bundle: Path, graph_bundle: Path, tmp_path: Path
) -> None:
    with pytest.raises(ModelError, match="no ONNX graphs"):
        create_backend(name, tiny_bundle)
    trained = shutil.copytree(graph_bundle, tmp_path / "trained")
    weights = trained / "vae" / "diffusion_pytorch_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    with pytest.raises(ModelError, match="encoder.onnx: is of other weights"):
        create_backend(name, trained)
    assert create_backend("auto", trained).name == "torch"
    cut = shutil.copytree(graph_bundle, tmp_path / "cut")
    graph = cut / "transformer" / "model.onnx"
    graph.write_bytes(graph.read_bytes()[:5000])
    with pytest.raises(ModelError, match="model.onnx: cannot be read as ONNX"):
        create_backend(name, cut)


def test_running_out_of_memory_is_one_sentence() -> None:
    with pytest.raises(ResourceError, match="Out of memory on cpu with 4 windows"), _memory_guard("cpu", 4):
        torch.empty(2**60, dtype=torch.uint8)
    with pytest.raises(RuntimeError, match="shape"), _memory_guard("cpu", 1):
        raise RuntimeError("shape")
