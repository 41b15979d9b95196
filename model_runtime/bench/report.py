"""The measurements as Markdown and as plain values."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from model_runtime.bench.variants import Variant
from model_runtime.bench.whole_job import JobTimes
from model_runtime.presets import REFERENCE_STEPS

MODALITIES = 4
"""Pictures the published code decodes, whatever was asked for."""


@dataclass
class ModelReport:
    """What was measured of one model.

    Attributes:
        title: heading.
        operations: floating-point operations of one evaluation, one encoding and one decoding.
        variants: measured.
        usual_steps: evaluations of the model's usual run.
        fast_steps: evaluations of its fast preset.
        notes: for the reader.
        whole: seconds of whole runs of the published protocol, by the variants' names, where they were made.
    """

    title: str
    operations: dict[str, float]
    variants: list[Variant]
    usual_steps: int
    fast_steps: int
    notes: list[str] = field(default_factory=list)
    whole: dict[str, float] = field(default_factory=dict)


def chip_seconds(variant: Variant, steps: int, decoded: int) -> float:
    """One chip from one condition: an encoding, evaluations, and pictures decoded."""
    return variant.typical("encode") + steps * variant.typical("call") + decoded * variant.typical("decode")


def model_lines(report: ModelReport, peaks: dict[str, float]) -> list[str]:
    """One model's table and, where the published way was measured, how much faster ours is."""
    operations = report.operations
    basis = report.variants[0].predicted
    lines = [
        f"### {report.title}",
        "",
        f"One evaluation: {operations['call'] / 1e9:.1f} GFLOP; one picture encoded {operations['encode'] / 1e9:.1f}, "
        f"decoded {operations['decode'] / 1e9:.1f}.",
        "",
        f"| backend | precision | s an evaluation | GFLOP/s | of the peak | s encode | s decode | s a chip: "
        f"{REFERENCE_STEPS}, four decoded | {report.usual_steps}, one decoded | fast {report.fast_steps}, one decoded "
        "| error of the noise | MiB |",
        "|---|---|---|---|---|---|---|---|---|---|---|---|",
    ]
    for variant in report.variants:
        rate = operations["call"] / variant.typical("call")
        peak = peaks.get("bf16" if variant.precision == "fp16" else variant.precision)
        error = float(np.abs(variant.predicted - basis).mean() / basis.std())
        # The published code has but one way: all pictures, 50 evaluations.
        usual, fast = (
            "-" if variant.published else f"{chip_seconds(variant, steps, 1):.2f}"
            for steps in (report.usual_steps, report.fast_steps)
        )
        lines.append(
            f"| {variant.name} | {variant.precision} | {variant.typical('call'):.4f} | {rate / 1e9:.0f} "
            f"| {f'{rate / peak:.0%}' if peak else '-'} | {variant.typical('encode'):.3f} "
            f"| {variant.typical('decode'):.3f} | {chip_seconds(variant, REFERENCE_STEPS, MODALITIES):.2f} "
            f"| {usual} | {fast} | {error:.4f} | {f'{variant.memory / 2**20:.0f}' if variant.memory else '-'} |"
        )
    return [*lines, "", *_batch_lines(report, peaks), *_ratios(report), *(f"{note}\n" for note in report.notes)]


def _batch_lines(report: ModelReport, peaks: dict[str, float]) -> list[str]:
    """What batches gain, where they were measured."""
    rows = [variant for variant in report.variants if variant.batch_seconds]
    if not rows:
        return []
    sizes = sorted({size for variant in rows for size in variant.batch_seconds})
    heads = " | ".join(f"s a chip in batches of {size}" for size in sizes)
    lines = [
        f"| backend | precision | {heads} | of the peak at best |",
        "|---|---|" + "---|" * (len(sizes) + 1),
    ]
    for variant in rows:
        each = {size: seconds / size for size, seconds in variant.batch_seconds.items()}
        peak = peaks.get("bf16" if variant.precision == "fp16" else variant.precision)
        share = f"{report.operations['call'] / min(each.values()) / peak:.0%}" if peak else "-"
        cells = [f"{each[size]:.4f}" if size in each else "-" for size in sizes]
        lines.append(f"| {variant.name} | {variant.precision} | {' | '.join(cells)} | {share} |")
    return [*lines, ""]


def ratios(report: ModelReport) -> dict[str, dict[str, float]]:
    """How many times faster our fastest variant is, by the published way it is compared with."""
    published = [variant for variant in report.variants if variant.published]
    ours = [variant for variant in report.variants if not variant.published]
    if not published or not ours:
        return {}
    best = min(ours, key=lambda variant: variant.typical("call"))
    found = {}
    for variant in published:
        whole = chip_seconds(variant, REFERENCE_STEPS, MODALITIES)
        found[f"{variant.name} {variant.precision}"] = {
            "evaluation": variant.typical("call") / best.typical("call"),
            "same work": whole / chip_seconds(best, REFERENCE_STEPS, MODALITIES),
            "what was asked": whole / chip_seconds(best, REFERENCE_STEPS, 1),
            "fast, same work": whole / chip_seconds(best, report.fast_steps, MODALITIES),
            "fast, what was asked": whole / chip_seconds(best, report.fast_steps, 1),
        }
    return found


def _ratios(report: ModelReport) -> list[str]:
    lines = []
    for name, values in ratios(report).items():
        lines.append(
            f"Than the {name}, our fastest is {values['evaluation']:.2f} times faster in an evaluation, "
            f"{values['same work']:.2f} times in a chip of {REFERENCE_STEPS} evaluations with four pictures decoded, "
            f"{values['what was asked']:.2f} times if only the picture asked for is decoded (the published code "
            f"decodes four), and with the fast preset ({report.fast_steps} evaluations) "
            f"{values['fast, same work']:.2f} and {values['fast, what was asked']:.2f} times."
        )
    for name, seconds in report.whole.items():
        lines.append(
            f"Run as a whole, {REFERENCE_STEPS} evaluations with four pictures decoded: {name} {seconds:.1f} s."
        )
    return [line + "\n" for line in lines]


def job_lines(times: JobTimes, model: str, preset: str) -> list[str]:
    """The whole job's line."""
    return [
        f"Hillshade and L1C of the bundled scene, model {model}, {preset} ({times.steps} evaluations), "
        f"{times.backend}: {times.chips} chips in {times.seconds:.1f} s after load, "
        f"{times.seconds / times.chips:.2f} s a chip, {times.outside:.1%} of it outside the networks; "
        f"peak memory of its process, Python and libraries included, {times.peak_bytes / 2**20:.0f} MiB.",
        "",
    ]


def values_of(report: ModelReport) -> dict[str, Any]:
    """A model's measurements as plain values."""
    return {
        "title": report.title,
        "operations": report.operations,
        "variants": [
            {
                "name": v.name,
                "precision": v.precision,
                "seconds": v.seconds,
                "batches": v.batch_seconds,
                "memory": v.memory,
                "published": v.published,
            }
            for v in report.variants
        ],
        "ratios": ratios(report),
        "whole": report.whole,
        "fast_steps": report.fast_steps,
    }


def peak_line(peaks: dict[str, float]) -> str:
    """The matrix product's line."""
    return "Matrix product at its best: " + ", ".join(f"{v / 1e9:.0f} GFLOP/s in {name}" for name, v in peaks.items())


def joined(sections: Sequence[Sequence[str]]) -> str:
    """All sections as one text."""
    return "\n".join(line for section in sections for line in section)
