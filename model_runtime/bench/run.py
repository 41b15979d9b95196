"""The bench: which models, measured how."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import strftime
from typing import Any

import torch
from tqdm import tqdm

from model_runtime.backends.torch_backend import TorchBackend, available_devices
from model_runtime.bench import random_model
from model_runtime.bench.machine import count_operations, describe, matrix_peak, seconds_of
from model_runtime.bench.own_process import PUBLISHED, Row, in_own_process, memory_of
from model_runtime.bench.published_way import AUTOCAST
from model_runtime.bench.report import (
    MODALITIES,
    ModelReport,
    job_lines,
    joined,
    model_lines,
    peak_line,
    values_of,
)
from model_runtime.bench.variants import (
    EMULATED,
    Variant,
    bundle_variants,
    emulates_bf16,
    measure,
    measure_batches,
    precisions,
    published_variants,
    torch_variant,
)
from model_runtime.bench.whole_job import run_whole_job
from model_runtime.contract import UsageError
from model_runtime.model.bundle import load_bundle, save_bundle
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.presets import REFERENCE_STEPS
from model_runtime.store import find_model

FULL = "full"
CARD = "# Random weights of the published shape\n"


@dataclass(frozen=True)
class Options:
    """What is measured.

    Attributes:
        models: ``full`` for the published shape with random weights, or names and folders as ``--model``.
        backends: names.
        device: ``auto`` or a device.
        rounds: measurements of each evaluation.
        quick: everything tiny or once, to see whether the bench works.
        graphs: whether the published shape is exported too, for the backends that need graphs.
        whole: whether the published protocol is also run from beginning to end.
    """

    models: Sequence[str]
    backends: Sequence[str]
    device: str
    rounds: int
    quick: bool = False
    graphs: bool = False
    whole: bool = False


def run_bench(options: Options) -> tuple[str, dict[str, Any]]:
    """Measure; return the Markdown, and the same as plain values.

    Raises:
        UsageError: a device that is not there.
        ModelError: a model that is missing or broken.
    """
    device = device_of(options.device)
    paths = {name: None if name == FULL else find_model(name).path for name in options.models}
    sections = [[f"Measured on {strftime('%Y-%m-%d')}: {describe(device)}."]]
    peaks = _peaks(options, device)
    reports, jobs = [], []
    for name, path in paths.items():
        if path is None:
            report = _full(options, device)
        else:
            report = _installed(name, path, options, device)
            for preset in (None, "fast"):
                times = in_own_process(run_whole_job, name, _only(options.backends), device, preset, options.quick)
                jobs.append((times, report.title, preset or "as usual"))
        reports.append(report)
    # Once more: other programs may have held the machine.
    again = _peaks(options, device)
    peaks = {name: max(peak, again[name]) for name, peak in peaks.items()}
    how = f"Medians of {options.rounds} evaluations of every variant, in turns"
    memory = "MiB: the most that the networks of a row take while they run, in a process of their own"
    sections.append(
        [f"{peak_line(peaks)}. {how}; a chip's time is the median times the number of evaluations. {memory}.", ""]
    )
    if options.quick:
        sections.append(
            ["Tiny or once, as --quick has it: these numbers tell that the bench works, and nothing else.", ""]
        )
    # What a small product reaches is no peak.
    sections += [model_lines(report, {} if options.quick else peaks) for report in reports]
    sections += [job_lines(*job) for job in jobs]
    values = {"device": device, "peaks": peaks, "models": [values_of(report) for report in reports]}
    return joined(sections), values


def _peaks(options: Options, device: str) -> dict[str, float]:
    """Operations a second of the matrix product, by precision."""
    kinds = {"fp32": torch.float32}
    if not emulates_bf16(device):
        kinds["bf16"] = torch.bfloat16
    side = 256 if options.quick else 0
    return {name: matrix_peak(dtype, device, side) for name, dtype in kinds.items()}


def device_of(wanted: str) -> str:
    """Return the device that is meant.

    Raises:
        UsageError: it is not there.
    """
    available = available_devices()
    if wanted != "auto" and wanted not in available:
        raise UsageError(f"--device {wanted}: not found here; found {', '.join(available)}.")
    return available[0] if wanted == "auto" else wanted


def _only(backends: Sequence[str]) -> str:
    """The backend of whole jobs: the one that was asked for, or the one a job would take."""
    return backends[0] if len(backends) == 1 else "auto"


def _choices(options: Options, device: str) -> list[tuple[str, str]]:
    return [(name, precision) for name in options.backends for precision in precisions(name, device)]


def _installed(name: str, path: Path, options: Options, device: str) -> ModelReport:
    """A model on disk, on all backends."""
    bundle = load_bundle(path)
    plain = TorchBackend(bundle.streams, bundle.transformer, bundle.autoencoders, bundle.scheduler)
    operations = _operations(plain)
    variants, refused = bundle_variants(path, _choices(options, device), device)
    if not variants:
        raise UsageError("bench: no backend runs this model here: " + " ".join(refused))
    measure(variants, device, options.rounds, name)
    _measure_more(variants, [_row(variant, str(path), device, options) for variant in variants], device, options, name)
    notes = [f"Not measured: {sentence}" for sentence in refused]
    if "torch" in options.backends and emulates_bf16(device):
        notes.append(EMULATED)
    scheduler = bundle.scheduler
    return ModelReport(name, operations, variants, scheduler.num_inference_steps, scheduler.fast_inference_steps, notes)


def _operations(backend: TorchBackend) -> dict[str, float]:
    from model_runtime.bench.variants import of_backend

    return {part: count_operations(call) for part, call in of_backend(backend).calls.items()}


def _full(options: Options, device: str) -> ModelReport:
    """The published shape with random weights, beside the published way."""
    streams, transformer, autoencoder = random_model.build(tiny=options.quick)
    scheduler = CopGenScheduler()
    operations = _operations(TorchBackend(streams, transformer, {"vae": autoencoder}, scheduler))
    variants = published_variants(streams, transformer, autoencoder, device)
    if "torch" in options.backends:
        variants += [torch_variant(streams, transformer, autoencoder, device, p) for p in precisions("torch", device)]
    notes = [EMULATED] if emulates_bf16(device) else []
    rows = [Row("", PUBLISHED, v.precision, device, options.quick, v.autocast) for v in variants if v.published]
    rows += [_row(variant, "", device, options) for variant in variants if not variant.published]
    with tempfile.TemporaryDirectory() as folder:
        others = [name for name in options.backends if name != "torch"]
        if others and options.graphs:
            from model_runtime.export.graphs import write_graphs

            save_bundle(Path(folder), streams, transformer, {"vae": autoencoder}, scheduler, CARD)
            write_graphs(Path(folder))
            choices = [(name, p) for name in others for p in precisions(name, device) if p != "int8"]
            found, refused = bundle_variants(Path(folder), choices, device)
            variants += found
            rows += [_row(variant, folder, device, options) for variant in found]
            notes += [f"Not measured: {sentence}" for sentence in refused]
        elif others:
            notes.append(f"Not measured: {' and '.join(others)}, which need graphs of this shape; add --graphs.")
        measure(variants, device, options.rounds, FULL)
        _measure_more(variants, rows, device, options, FULL)
        title = "The published shape, made small" if options.quick else "The published shape, random weights"
        report = ModelReport(title, operations, variants, REFERENCE_STEPS, scheduler.fast_inference_steps, notes)
        if options.whole:
            report.whole = {f"{v.name} {v.precision}": _whole(v, variants[0], device) for v in variants}
        return report


def _row(variant: Variant, path: str, device: str, options: Options) -> Row:
    """How another process sets up a variant of a backend."""
    return Row(path, variant.name.split()[0], variant.precision, device, options.quick)


def _measure_more(variants: Sequence[Variant], rows: Sequence[Row], device: str, options: Options, told: str) -> None:
    """Batches where there is a GPU, and the memory of every row."""
    if device != "cpu":
        measure_batches(variants, device, options.rounds, told)
    for variant, row in zip(variants, tqdm(rows, desc=f"{told}, memory", unit="row"), strict=True):
        variant.memory = memory_of(row)


def _whole(variant: Variant, shared: Variant, device: str) -> float:
    """Seconds of the published protocol from beginning to end."""
    calls = {**shared.calls, **variant.calls}

    def run() -> None:
        calls["encode"]()
        with torch.autocast(device, AUTOCAST[device], enabled=variant.autocast):
            for _ in range(REFERENCE_STEPS):
                calls["call"]()
        for _ in range(MODALITIES):
            calls["decode"]()

    return seconds_of(run, device)
