"""A transformer with a linear guess and convolutions behind its tokens: the same on every backend and precision."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import openvino
import pytest
import torch
from torch.nn import functional as F

from model_runtime.backends import AUTO_ORDER, Backend, create_backend
from model_runtime.backends.openvino_parts import compile_in_parts
from model_runtime.export.graphs import write_half_graph

CLOCKS = ((0.0, 500.0, 980.02, 999.5), (20.98, 20.98, 0.0, 20.98), (1000.0, 1000.0, 1000.0, 0.0))


@pytest.fixture(scope="module")
def reference(detail_bundle: Path) -> Backend:
    return create_backend("torch", detail_bundle, "cpu", "fp32")


def answers(backend: Backend, clocks: tuple[float, ...], batch: int = 2) -> dict[str, np.ndarray]:
    rng = np.random.default_rng(0)
    latents = {s.name: rng.standard_normal((batch, *s.latent_shape)).astype(np.float32) for s in backend.streams}
    return backend.predict(latents, dict(zip(latents, clocks, strict=True)))


def computes_bf16(name: str) -> bool:
    return name == "torch" or "BF16" in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")


def is_near(backend: Backend, reference: Backend, share: float) -> None:
    for clocks in CLOCKS:
        expected, found = answers(reference, clocks), answers(backend, clocks)
        for stream, clock in zip(expected, clocks, strict=True):
            if clock:  # a condition's own noise is asked for by nobody
                error = np.abs(found[stream] - expected[stream]).mean()
                assert error < share * expected[stream].std(), (stream, clocks)


@pytest.mark.parametrize("name", AUTO_ORDER)
def test_all_backends_compute_what_torch_does(name: str, detail_bundle: Path, reference: Backend) -> None:
    is_near(create_backend(name, detail_bundle, "cpu", "fp32"), reference, 1e-4)


@pytest.mark.parametrize("name", ["torch", "openvino"])
def test_bfloat16_stays_close(name: str, detail_bundle: Path, reference: Backend) -> None:
    if not computes_bf16(name):
        pytest.skip("this CPU computes no bfloat16")
    half = create_backend(name, detail_bundle, "cpu", "bf16")
    assert half.precision == "bf16"
    is_near(half, reference, 0.03)


def test_openvino_runs_the_convolutions_in_bfloat16_and_nothing_before_them(detail_bundle: Path) -> None:
    if not computes_bf16("openvino"):
        pytest.skip("this CPU computes no bfloat16")
    core = openvino.Core()
    parts = compile_in_parts(
        core.read_model(str(detail_bundle / "transformer" / "model.onnx")),
        lambda model, precision: core.compile_model(
            model, "CPU", {"INFERENCE_PRECISION_HINT": {"fp32": "f32", "bf16": "bf16"}[precision]}
        ),
        "bf16",
    )

    def kinds(compiled: openvino.CompiledModel, layer: str) -> list[str]:
        found = [node.get_rt_info() for node in compiled.get_runtime_model().get_ordered_ops()]
        return [facts["runtimePrecision"].astype(str) for facts in found if facts["layerType"].astype(str) == layer]

    # Where the features enter, two in each of two blocks, and where they leave.
    assert [kind for kind in kinds(parts.middle, "Convolution") if kind == "bf16"][-6:] == ["bf16"] * 6
    assert not kinds(parts.before, "Convolution") and not kinds(parts.after, "Convolution")
    assert "bf16" not in [*kinds(parts.before, "MatMul"), *kinds(parts.before, "Math"), *kinds(parts.after, "Eltwise")]


def test_the_graph_in_half_precision_stays_close(detail_bundle: Path, reference: Backend, tmp_path: Path) -> None:
    folder = shutil.copytree(detail_bundle, tmp_path / "half")
    write_half_graph(folder)
    session = onnxruntime.InferenceSession(
        folder / "transformer" / "model_fp16.onnx", providers=["CPUExecutionProvider"]
    )
    rng = np.random.default_rng(0)
    latents = {s.name: rng.standard_normal((2, *s.latent_shape)).astype(np.float32) for s in reference.streams}
    for clocks in CLOCKS:
        expected = reference.predict(latents, dict(zip(latents, clocks, strict=True)))
        found = session.run(None, {**latents, "timesteps": np.float32([clocks, clocks])})
        for noise, stream, clock in zip(found, expected, clocks, strict=True):
            if clock:
                assert np.abs(noise - expected[stream]).mean() < 5e-3 * expected[stream].std()


def test_integers_leave_the_convolutions_alone(int8_bundle: Path, reference: Backend) -> None:
    graph = onnx.load(int8_bundle / "transformer" / "model_int8.onnx", load_external_data=False).graph
    kinds = [node.op_type for node in graph.node]
    assert kinds.count("Conv") == 6
    assert "ConvInteger" not in kinds and kinds.count("MatMulInteger") >= 3 * 4
    is_near(create_backend("onnx", int8_bundle, "cpu", "int8"), reference, 0.2)


@pytest.mark.parametrize("batch", [1, 4])
@pytest.mark.parametrize(("inside", "outside"), [(128, 144), (144, 144), (144, 64)])
def test_torch_multiplies_such_convolutions_rightly_in_bfloat16(batch: int, inside: int, outside: int) -> None:
    """It does not for those that move by their own width of 4."""
    generator = torch.Generator().manual_seed(0)
    values = torch.randn(batch, inside, 32, 32, generator=generator)
    weights = torch.randn(outside, inside, 3, 3, generator=generator) * (9 * inside) ** -0.5
    expected = F.conv2d(values.double(), weights.double(), padding=1)
    for layout in (torch.contiguous_format, torch.channels_last):
        pair = [tensor.to(torch.bfloat16).contiguous(memory_format=layout) for tensor in (values, weights)]
        assert (F.conv2d(*pair, padding=1) - expected).abs().mean() < 0.005 * expected.std()
