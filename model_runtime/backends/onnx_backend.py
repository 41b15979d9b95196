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
from model_runtime.backends.graphs import GraphBackend, GraphFiles, Run, find_graphs, weights_of
from model_runtime.contract import ModelError, ResourceError, UsageError

CPU = "CPUExecutionProvider"
BY_ITSELF = "directml"
"""Of a provider that runs on GPUs of all makers: ``auto`` takes it, ``--device`` has no name for it."""
PROVIDERS = (
    ("cuda", "CUDAExecutionProvider"),
    ("cuda", "TensorrtExecutionProvider"),
    (BY_ITSELF, "DmlExecutionProvider"),
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
DEVICES = ("auto", "cpu", "cuda", "mps")
PRECISIONS = ("auto", "fp32", "fp16", "int8")
ERRORS_ONLY = 4
NO_OVERFLOW = "session.x64quantprecision"
"""Sums products of 8-bit integers without overflow on CPUs whose fastest instruction saturates (before VNNI)."""

Session = Any
"""``onnxruntime.InferenceSession``, which has no types."""


@dataclass(frozen=True)
class Loaded:
    """Networks, loaded on one provider.

    Attributes:
        device: as ``--device`` names it.
        provider: of ONNX Runtime.
        precision: what the transformer computes in.
        transformer: its session.
        autoencoders: sessions of encoder and decoder, by folder.
    """

    device: str
    provider: str
    precision: str
    transformer: Session
    autoencoders: dict[str, tuple[Session, Session]]


class OnnxBackend(GraphBackend):
    """Networks in ONNX Runtime sessions.

    Args:
        files: the bundle's graphs.
        loaded: their sessions.
        notes: for the user.
    """

    name = "onnx"

    def __init__(self, files: GraphFiles, loaded: Loaded, notes: Sequence[str] = ()) -> None:
        runs = {folder: (_runner(one), _runner(other)) for folder, (one, other) in loaded.autoencoders.items()}
        super().__init__(files, _runner(loaded.transformer), runs, loaded.device)
        self.provider, self.precision, self.notes = loaded.provider, loaded.precision, notes

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
            raise ModelError(
                f"ONNX Runtime's {self.provider} fails at this model ({_reason(error)}); choose another --device or "
                "--backend."
            ) from error


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
    return OnnxBackend(files, _choose(files, device, precision, notes, only), notes)


def load_half_on_cpu(bundle_path: Path) -> OnnxBackend:
    """Load the graph in half precision on the CPU, where the runtime turns it into float32: slow, to compare it."""
    files = find_graphs(bundle_path)
    return OnnxBackend(files, _load(files, "cpu", CPU, "fp16"))


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


def _choose(files: GraphFiles, device: str, precision: str, notes: list[str], only: str | None) -> Loaded:
    """Load the networks on the first provider that computes all of them.

    Raises:
        UsageError: none does on the device that was asked for, or not in the precision.
        ModelError: not even the CPU does.
    """
    candidates = [
        entry for entry in available_providers() if only == entry[1] or (only is None and device in ("auto", entry[0]))
    ]
    refusals = []
    for where, provider in candidates:
        try:
            return _load(files, where, provider, _precision_on(where, precision, files))
        except UsageError as refusal:
            refusals.append(refusal)
        except Exception as error:  # noqa: BLE001 - a provider that cannot be had fails in ways of its own
            if provider == CPU:
                raise ModelError(f"{files.path}: ONNX Runtime cannot run this model ({_reason(error)}).") from error
            notes.append(f"ONNX Runtime offers {provider}, but it does not work here ({_reason(error)}).")
    if refusals:
        raise refusals[0]
    why = f"; {' '.join(notes)}" if notes else "."
    raise UsageError(f"--device {device}: ONNX Runtime {onnxruntime.__version__} finds none here{why}")


def _load(files: GraphFiles, device: str, provider: str, precision: str) -> Loaded:
    """Load all networks on one provider, and run them once.

    Raises:
        Exception: of the runtime, where one of them cannot be had there.
    """
    zeros = {s.name: np.zeros((1, *s.latent_shape), np.float32) for s in files.streams}
    times = np.full((1, len(files.streams)), 500.0, np.float32)
    transformer = _open(files.transformer[precision], provider)
    _prove(transformer, {**zeros, "timesteps": times})
    autoencoders = {}
    for folder, pair in files.autoencoders.items():
        encoder, decoder = autoencoders[folder] = _open(pair[0], provider), _open(pair[1], provider)
        if provider != CPU:  # which runs what it opens, and whose first run of a large one takes seconds
            stream = next(stream for stream in files.streams if stream.autoencoder == folder)
            side = stream.chip_size or 1
            _prove(encoder, {"pixels": np.zeros((1, stream.channels, side, side), np.float32)})
            _prove(decoder, {"latents": zeros[stream.name]})
    return Loaded(device, provider, precision, transformer, autoencoders)


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
    options.add_session_config_entry(NO_OVERFLOW, "1")
    threads = os.environ.get("OMP_NUM_THREADS", "")
    options.intra_op_num_threads = int(threads) if threads.isdigit() else 0
    contents = {}
    if provider == CPU:
        # The runtime would map them, and a process that computes with mapped weights is ended by whoever shortens
        # their file.
        contents = {file.name: file.read_bytes() for file in weights_of(graph)}
        lengths = [len(content) for content in contents.values()]
        options.add_external_initializers_from_files_in_memory(list(contents), list(contents.values()), lengths)
    session = onnxruntime.InferenceSession(str(graph), options, providers=[(provider, OPTIONS.get(provider, {}))])
    if session.get_providers()[0] != provider:
        raise RuntimeError(f"it could not be loaded, {session.get_providers()[0]} was")
    return session


def _prove(session: Session, inputs: Mapping[str, FloatArray]) -> None:
    """Run a network once.

    Raises:
        RuntimeError: what comes out are not numbers.
    """
    if not all(np.isfinite(output).all() for output in session.run(None, dict(inputs))):
        raise RuntimeError("it computes what are no numbers")


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200]


def _runner(session: Session) -> Run:
    def run(inputs: Mapping[str, FloatArray]) -> list[FloatArray]:
        outputs: list[FloatArray] = session.run(None, dict(inputs))
        return outputs

    return run


__all__: Sequence[str] = ("OnnxBackend", "available_providers", "load_half_on_cpu", "load_onnx_backend")
