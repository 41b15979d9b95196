"""The transformer in 8-bit integers, and whether its pictures stay what they were."""

from __future__ import annotations

import json
import logging
import tempfile
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import onnx
import onnx_ir as ir
from onnxruntime.quantization import QuantType, quantize_dynamic

from model_runtime.backends.graphs import TRANSFORMER_GRAPHS
from model_runtime.backends.metadata import METADATA_DATA, seal
from model_runtime.backends.onnx_backend import load_onnx_backend
from model_runtime.contract import ModelError, Progress
from model_runtime.export.graphs import describe
from model_runtime.export.inputs import job_over, only, read_chip
from model_runtime.export.tracing import trace_transformer
from model_runtime.generate import decode_area, denoise, encode_pictures, read_conditions
from model_runtime.model.bundle import load_bundle
from model_runtime.model.files import TRANSFORMER, file_sha256

LARGEST_CHANGE = 1.0
"""Mean difference in grey levels to the picture in float32, beyond which integers are not offered."""
SOURCES = ("s2_l2a", "s2_l1c", "s1_rtc", "dem")
"""What the trial generates the others from: the first that the model knows."""


def write_int8_graph(path: Path, opset: int) -> list[Path]:
    """Write the graph of a bundle's transformer whose matrix products are of 8-bit integers.

    Weights are quantised once, for each column by itself; activations when they are there. Everything else, the
    autoencoder included, stays in float32.

    Args:
        path: the bundle's folder.
        opset: of ONNX.

    Returns:
        The graph and its weights, which are not those of the safetensors file.
    """
    bundle = load_bundle(path)
    name = TRANSFORMER_GRAPHS["int8"]
    model = trace_transformer(bundle.transformer, bundle.streams, opset, fold=True)
    describe(model, bundle, TRANSFORMER, name.removesuffix(".onnx"), "int8")
    metadata = dict(model.metadata_props)
    del bundle
    with tempfile.TemporaryDirectory(prefix=".int8-", dir=path / TRANSFORMER) as scratch:
        whole, reduced = Path(scratch) / "whole.onnx", Path(scratch) / name
        ir.save(model, whole, external_data="whole.onnx.data")
        del model
        _quantise(whole, reduced)
        data = sorted(Path(scratch).glob(f"{name}.*"))
        metadata[METADATA_DATA] = json.dumps({file.name: file_sha256(file) for file in data})
        graph = onnx.load(reduced, load_external_data=False)
        onnx.helper.set_model_props(graph, metadata)
        onnx.save(graph, reduced)
        seal(reduced)
        files = [*data, reduced]
        for file in files:
            file.chmod(0o644)
        return [file.replace(path / TRANSFORMER / file.name) for file in files]


def _quantise(whole: Path, reduced: Path) -> None:
    level = logging.getLogger().level
    logging.getLogger().setLevel(logging.ERROR)
    try:
        quantize_dynamic(
            whole,
            reduced,
            op_types_to_quantize=["MatMul"],
            per_channel=True,
            weight_type=QuantType.QInt8,
            use_external_data_format=True,
            extra_options={"MatMulConstBOnly": True},
        )
    finally:
        logging.getLogger().setLevel(level)


def try_int8(path: Path, evaluations: Mapping[str | None, int]) -> float:
    """Generate a chip of the bundled scene in float32 and in integers.

    Args:
        path: a bundle with both graphs.
        evaluations: number of network calls by preset; None is the model's usual setting.

    Returns:
        Mean difference in grey levels, of the picture and preset where it is largest.

    Raises:
        ModelError: it is larger than is offered, or the model knows nothing that the scene holds.
    """
    exact, reduced = (load_onnx_backend(path, "cpu", precision) for precision in ("fp32", "int8"))
    known = {stream.modality for stream in exact.streams}
    source = next((modality for modality in SOURCES if modality in known), None)
    chip = read_chip(exact.streams) if source else None
    if source is None or chip is None or len(known) < 2:
        raise ModelError(
            "--precision int8: cannot be tried, for the model knows no two modalities of the bundled scene."
        )
    plan = only(chip.plan, source)
    moments = encode_pictures(plan, exact, read_conditions(plan, _silent), _silent)
    changes = []
    for preset, steps in evaluations.items():
        job, pictures = job_over(chip, source, preset), []
        for backend in (exact, reduced):
            latents = denoise(job, plan, backend, moments, steps, 1, _silent)
            streams = [plan.streams[modality] for modality in job.generate]
            pictures.append([decode_area(plan, exact, stream, latents[stream.name], _silent) for stream in streams])
        changes += [255.0 * float(np.abs(one - other).mean()) for one, other in zip(*pictures, strict=True)]
    change = max(changes)
    if not change <= LARGEST_CHANGE:
        raise ModelError(
            f"--precision int8: the model's pictures change by {change:.2f} grey levels on average, more than "
            f"{LARGEST_CHANGE:g}; use fp32 or fp16."
        )
    return change


def _silent(progress: Progress) -> None:
    """Tell nobody."""
