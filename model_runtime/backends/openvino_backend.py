"""The networks on OpenVINO, which reads the same ONNX graphs. CPU only."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import openvino

from model_runtime.backends.base import FloatArray
from model_runtime.backends.graphs import GraphBackend, Run, find_graphs
from model_runtime.backends.openvino_parts import compile_in_parts
from model_runtime.contract import ModelError, ResourceError, UsageError

HINTS = {"fp32": "f32", "bf16": "bf16"}


class OpenVinoBackend(GraphBackend):
    """Networks compiled by OpenVINO."""

    name = "openvino"

    def _guarded(self, run: Run, inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        try:
            return run(inputs)
        except (MemoryError, RuntimeError) as error:
            if isinstance(error, MemoryError) or "alloc" in str(error):
                raise ResourceError("Out of memory on cpu with one window; close other programs.") from error
            reason = " ".join(str(error).split())[:200]
            raise ModelError(f"OpenVINO fails at this model ({reason}); choose another --backend.") from error


def load_openvino_backend(bundle_path: Path, device: str = "auto", precision: str = "auto") -> OpenVinoBackend:
    """Load a bundle's graphs, see :func:`model_runtime.backends.create_backend`."""
    if device not in ("auto", "cpu"):
        raise UsageError(f"--device {device}: OpenVINO runs on the CPU only; use --device cpu or another backend.")
    core = openvino.Core()
    # A process that computes with mapped weights is ended by whoever shortens their file.
    core.set_property({"ENABLE_MMAP": False})
    chosen = _choose_precision(core, precision)
    files = find_graphs(bundle_path)
    autoencoders = {
        folder: (_compile(core, encoder, "fp32"), _compile(core, decoder, "fp32"))
        for folder, (encoder, decoder) in files.autoencoders.items()
    }
    transformer = _compile(core, files.transformer["fp32"], chosen)
    backend = OpenVinoBackend(files, transformer, autoencoders, "cpu")
    backend.precision = chosen
    return backend


def _choose_precision(core: Any, precision: str) -> str:  # noqa: ANN401 - the library has no types
    if precision == "auto":
        return "fp32"
    if precision not in HINTS:
        raise UsageError(f"--precision {precision}: OpenVINO runs {', '.join(HINTS)} here; choose one of them.")
    if precision == "bf16" and "BF16" not in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES"):
        raise UsageError("--precision bf16: this CPU computes no bfloat16, says OpenVINO; use fp32.")
    return precision


def _compile(core: Any, graph: Path, precision: str) -> Run:  # noqa: ANN401 - the library has no types
    settings: dict[str, object] = {"PERFORMANCE_HINT": "LATENCY"}
    threads = os.environ.get("OMP_NUM_THREADS", "")
    if threads.isdigit():
        settings["INFERENCE_NUM_THREADS"] = int(threads)

    def compile_as(model: Any, chosen: str) -> Any:  # noqa: ANN401
        return core.compile_model(model, "CPU", {**settings, "INFERENCE_PRECISION_HINT": HINTS[chosen]})

    try:
        model = core.read_model(str(graph))
        if precision != "fp32":
            return compile_in_parts(model, compile_as, precision)
        compiled = compile_as(model, precision)
    except RuntimeError as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelError(f"{graph}: OpenVINO cannot run this graph ({reason}).") from error

    def run(inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        found = compiled(dict(inputs))
        return [np.array(found[output], dtype=np.float32) for output in compiled.outputs]

    return run
