"""``bench`` prints its table in seconds on something tiny, and refuses what it cannot measure in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.backends import create_backend
from model_runtime.backends.cpu_speed import computes_bf16
from model_runtime.bench.machine import count_operations
from model_runtime.bench.published_way import as_published
from model_runtime.bench.random_model import build
from model_runtime.bench.report import ModelReport, model_lines
from model_runtime.bench.variants import measure, measure_batches, of_backend
from model_runtime.cli.main import main


def test_it_prints_a_table_with_the_published_way_beside_ours(capsys: pytest.CaptureFixture[str]) -> None:
    words = ["--model", "full", "--backend", "torch", "--backend", "openvino", "--whole", "--json"]
    assert main(["bench", "--quick", *words]) == 0
    *text, last = capsys.readouterr().out.strip().splitlines()
    assert "Not measured: openvino, which need graphs of this shape; add --graphs." in text
    rows = [[cell.strip("| ") for cell in line.split(" | ")] for line in text if line.startswith("| ")]
    ways = [("published way", "fp32"), ("published way, autocast", "bf16"), ("torch", "fp32"), ("torch", "bf16")]
    if not computes_bf16():
        ways = ways[::2]
        assert "Not measured: bfloat16 on torch, which has no kernels for it on this CPU" in "\n".join(text)
    assert [(row[0], row[1]) for row in rows[1:]] == ways
    assert {row[rows[0].index("of the peak")] for row in rows[1:]} == {"-"}, "a small product reaches no peak"
    assert "Matrix product at its best:" in "\n".join(text) and "with the fast preset (8 evaluations)" in "\n".join(
        text
    )
    model = json.loads(last)["models"][0]
    assert set(model["ratios"]) == {" ".join(way) for way in ways if way[0] != "torch"}
    assert all(variant["memory"] > 0 and not variant["batches"] for variant in model["variants"])
    assert all(seconds > 0 for variant in model["variants"] for part in variant["seconds"].values() for seconds in part)
    assert set(model["whole"]) == {" ".join(way) for way in ways}


def test_it_measures_a_bundle_and_a_whole_job_on_it(graph_bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quick", "--model", str(graph_bundle), "--backend", "onnx"]) == 0
    text = capsys.readouterr().out
    assert f"model {graph_bundle}, as usual (1 evaluations), onnx fp32:" in text
    assert "of it outside the networks; peak memory of its process" in text
    assert "| onnx CPUExecutionProvider | fp32 |" in text and "Not measured: onnx int8: --precision int8" in text


def test_batches_are_measured_as_on_a_gpu(graph_bundle: Path) -> None:
    variant = of_backend(create_backend("onnx", graph_bundle, "cpu"))
    measure_batches([variant], "cpu", 1, "tiny", (1, 2))
    measure([variant], "cpu", 1, "tiny")
    assert set(variant.batch_seconds) == {1, 2} and min(variant.batch_seconds.values()) > 0
    report = ModelReport("tiny", {"call": 1e9, "encode": 1e9, "decode": 1e9}, [variant], 4, 2)
    text = "\n".join(model_lines(report, {"fp32": 1e12}))
    assert "| s a chip in batches of 1 | s a chip in batches of 2 | of the peak at best |" in text


def test_it_compares_the_solvers_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answers = {}
    for backend in ("torch", "openvino"):
        words = ["--cache", str(tmp_path), "--json", "--backend", backend, "--device", "cpu"]
        assert main(["bench", "--quality", "--quick", *words]) == 0
        *text, last = capsys.readouterr().out.strip().splitlines()
        assert text[0] == f"copgen-mini, {backend} on cpu:"
        rows = [line for line in text if line.startswith("| ")]
        assert [line.split(" | ")[1] for line in rows[1:]] == ["reference 2", "fast 2"] * 2
        answers[backend] = json.loads(last)
        assert [score["within"] for score in answers[backend]][::2] == [True, True]
    for one, other in zip(*answers.values(), strict=True):
        # The same noise on another backend: the same pictures but for single grey levels.
        assert one["rmse"] == pytest.approx(other["rmse"], abs=0.02)


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["--model", "no-such-model"], 4, "no-such-model"),
        (["--backend", "abacus"], 2, "abacus"),
        (["--device", "cuda"], 2, "--device cuda"),
        (["--quality", "--model", "full"], 2, "needs one trained model"),
        (["--rounds", "0"], 2, "rounds"),
        (["--quality", "--cache", __file__], 3, "test_bench.py: cannot be a folder (a file has this name)"),
        (["--quality", "--backend", "openvino", "--backend", "onnx"], 2, "on one backend"),
        (["--quality", "--device", "cuda"], 2, "--device cuda"),
    ],
)
def test_what_cannot_be_measured_is_refused_in_a_sentence(
    arguments: list[str], status: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if "cuda" in arguments and torch.cuda.is_available():
        pytest.skip("there is a GPU")
    assert main(["bench", *arguments]) == status
    told = capsys.readouterr()
    assert sentence in told.err and "Traceback" not in told.err and not told.out


def test_the_published_way_computes_what_ours_does() -> None:
    streams, transformer, _ = build(tiny=True)
    latents = [torch.randn(1, *stream.latent_shape) for stream in streams]
    times = torch.tensor([[980.0, 0.0, 980.0, 500.0]])
    with torch.no_grad():
        for ours, theirs in zip(transformer(latents, times), as_published(transformer)(latents, times), strict=True):
            np.testing.assert_allclose(ours.numpy(), theirs.numpy(), atol=1e-5)


def test_operations_are_counted_attention_included() -> None:
    query = torch.randn(1, 2, 10, 4)
    attention = count_operations(lambda: torch.nn.functional.scaled_dot_product_attention(query, query, query))
    assert attention == 2 * (2 * 2 * 10 * 10 * 4)
    assert count_operations(lambda: torch.ones(3, 5) @ torch.ones(5, 7)) == 2 * 3 * 5 * 7
