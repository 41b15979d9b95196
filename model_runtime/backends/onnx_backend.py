"""The networks on ONNX Runtime, with the fastest of its providers that really works."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime

from model_runtime.backends.base import FloatArray
from model_runtime.backends.graphs import GraphBackend, GraphFiles, Run, find_graphs
from model_runtime.contract import ModelError, ResourceError, UsageError

CPU = "CPUExecutionProvider"
PROVIDERS = (
    ("cuda", "CUDAExecutionProvider"),
    ("cuda", "TensorrtExecutionProvider"),
    ("directml", "DmlExecutionProvider"),
    ("mps", "CoreMLExecutionProvider"),
    ("cpu", "OpenVINOExecutionProvider"),
    ("cpu", CPU),
)
"""Device and provider, in the order in which they are tried."""
OPTIONS: dict[str, dict[str, str]] = {
    # Float32 means float32: by default the provider rounds what it multiplies to 10 bits.
    "CUDAExecutionProvider": {"use_tf32": "0"},
    "OpenVINOExecutionProvider": {"device_type": "CPU", "precision": "FP32"},
}
DEVICES = ("auto", *dict.fromkeys(device for device, _ in PROVIDERS))
PRECISIONS = ("auto", "fp32", "fp16", "int8")
ERRORS_ONLY = 4

Session = Any
"""``onnxruntime.InferenceSession``, which has no types."""


@dataclass(frozen=True)
class Choice:
    """What the networks were loaded on.

    Attributes:
        device: as ``--device`` names it.
        provider: of ONNX Runtime.
        precision: what the transformer computes in.
        transformer: the transformer, loaded.
    """

    device: str
    provider: str
    precision: str
    transformer: Session


class OnnxBackend(GraphBackend):
    """Networks in ONNX Runtime sessions."""

    name = "onnx"

    def _guarded(self, run: Run, inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        try:
            return run(inputs)
        except Exception as error:  # the runtime's own errors have no common class that it documents
            if isinstance(error, MemoryError) or "alloc" in str(error):
                windows = len(next(iter(inputs.values())))
                raise ResourceError(
                    f"Out of memory on {self.device} with {windows} window(s); close other programs or choose "
                    "another device."
                ) from error
            raise


def load_onnx_backend(
    bundle_path: Path, device: str = "auto", precision: str = "auto", only: str | None = None
) -> OnnxBackend:
    """Load a bundle's graphs, see :func:`model_runtime.backends.create_backend`.

    Args:
        bundle_path: the bundle's folder.
        device: ``auto`` or a device.
        precision: ``auto`` or a precision.
        only: a provider, if no other is to be tried.
    """
    _refuse_unknown(device, precision)
    files = find_graphs(bundle_path)
    notes: list[str] = []
    choice = _choose(files, device, precision, notes, only)
    autoencoders = {
        folder: (_runner(_open(encoder, choice.provider)), _runner(_open(decoder, choice.provider)))
        for folder, (encoder, decoder) in files.autoencoders.items()
    }
    backend = OnnxBackend(files, _runner(choice.transformer), autoencoders, choice.device)
    backend.provider, backend.precision, backend.notes = choice.provider, choice.precision, notes
    return backend


def available_providers() -> list[tuple[str, str]]:
    """Device and provider of what this ONNX Runtime was built with, in the order in which they are tried."""
    built_in = onnxruntime.get_available_providers()
    return [(device, provider) for device, provider in PROVIDERS if provider in built_in]


def _refuse_unknown(device: str, precision: str) -> None:
    if device not in DEVICES:
        raise UsageError(f"--device {device}: not a device; use {', '.join(DEVICES)}.")
    if precision not in PRECISIONS:
        raise UsageError(f"--precision {precision}: ONNX Runtime runs {', '.join(PRECISIONS[1:])}; choose one of them.")
    if precision == "fp16" and device == "cpu":
        raise UsageError("--precision fp16: no fast half precision on the CPU; use fp32, or a GPU.")


def _choose(files: GraphFiles, device: str, precision: str, notes: list[str], only: str | None) -> Choice:
    """Load the transformer on the first provider that computes.

    Raises:
        UsageError: none does on the device that was asked for, or not in the precision.
    """
    candidates = [entry for entry in available_providers() if device in ("auto", entry[0]) and only in (None, entry[1])]
    refusals = []
    for where, provider in candidates:
        try:
            chosen = _precision_on(where, precision, files)
            session = _open(files.transformer[chosen], provider)
            _prove(session, files)
        except UsageError as refusal:
            refusals.append(refusal)
            continue
        except Exception as error:  # noqa: BLE001 - a provider that cannot be had fails in ways of its own
            reason = " ".join(str(error).split())[:200]
            if provider == CPU:
                raise ModelError(f"{files.path}: ONNX Runtime cannot run this model ({reason}).") from error
            notes.append(f"ONNX Runtime offers {provider}, but it does not work here ({reason}).")
            continue
        return Choice(where, provider, chosen, session)
    if refusals:
        raise refusals[0]
    why = f"; {' '.join(notes)}" if notes else "."
    raise UsageError(f"--device {device}: ONNX Runtime {onnxruntime.__version__} finds none here{why}")


def _precision_on(device: str, wanted: str, files: GraphFiles) -> str:
    """Return the precision of the graph to take on a device."""
    if wanted == "auto":
        preferred = "int8" if device == "cpu" else "fp16"
        return preferred if preferred in files.transformer else "fp32"
    if wanted == "fp16" and device == "cpu":
        raise UsageError("--precision fp16: no fast half precision on the CPU; use fp32, or a GPU.")
    if wanted == "int8" and device != "cpu":
        raise UsageError(f"--precision int8: runs on the CPU only, not on {device}; use --device cpu.")
    if wanted not in files.transformer:
        raise UsageError(
            f"--precision {wanted}: {files.path.name} has no graph for it; export the model with "
            f"--precision {wanted}, or use fp32."
        )
    return wanted


def _open(graph: Path, provider: str) -> Session:
    """Open a session on one provider.

    Raises:
        RuntimeError: the provider was not taken; the runtime itself would go on with the CPU without a word.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = ERRORS_ONLY
    threads = os.environ.get("OMP_NUM_THREADS", "")
    options.intra_op_num_threads = int(threads) if threads.isdigit() else 0
    session = onnxruntime.InferenceSession(str(graph), options, providers=[(provider, OPTIONS.get(provider, {}))])
    if session.get_providers()[0] != provider:
        raise RuntimeError(f"it could not be loaded, {session.get_providers()[0]} was")
    return session


def _prove(session: Session, files: GraphFiles) -> None:
    """Run the transformer once.

    Raises:
        RuntimeError: what comes out are not numbers.
    """
    inputs: dict[str, FloatArray] = {s.name: np.zeros((1, *s.latent_shape), np.float32) for s in files.streams}
    inputs["timesteps"] = np.full((1, len(files.streams)), 500.0, np.float32)
    if not all(np.isfinite(output).all() for output in session.run(None, inputs)):
        raise RuntimeError("it computes what are no numbers")


def _runner(session: Session) -> Run:
    def run(inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        outputs: list[FloatArray] = session.run(None, dict(inputs))
        return outputs

    return run


__all__: Sequence[str] = ("OnnxBackend", "available_providers", "load_onnx_backend")
