"""``bench`` prints its table in seconds on something tiny, and refuses what it cannot measure in a sentence."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.bench.machine import count_operations
from model_runtime.bench.published_way import as_published
from model_runtime.bench.random_model import build
from model_runtime.cli.main import main


def test_it_prints_a_table_with_the_published_way_beside_ours(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quick", "--model", "full", "--backend", "torch", "--whole", "--json"]) == 0
    *text, last = capsys.readouterr().out.strip().splitlines()
    rows = [line for line in text if line.startswith("| ")]
    assert [row.split(" | ")[0].strip("| ") for row in rows[1:]] == [
        "published way", "published way, autocast", "torch", "torch",
    ]  # fmt: skip
    assert "Matrix product at its best:" in "\n".join(text) and "with the fast preset (8 evaluations)" in "\n".join(
        text
    )
    model = json.loads(last)["models"][0]
    assert set(model["ratios"]) == {"published way fp32", "published way, autocast bf16"}
    assert all(seconds > 0 for variant in model["variants"] for part in variant["seconds"].values() for seconds in part)
    assert set(model["whole"]) == {"published way fp32", "published way, autocast bf16", "torch fp32", "torch bf16"}


def test_it_measures_a_bundle_and_a_whole_job_on_it(tiny_bundle: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quick", "--model", str(tiny_bundle), "--backend", "torch"]) == 0
    text = capsys.readouterr().out
    assert "of it outside the networks; peak memory of the process" in text and "| torch | bf16 |" in text


def test_it_compares_the_solvers_settings(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bench", "--quality", "--quick", "--cache", str(tmp_path), "--json"]) == 0
    *text, last = capsys.readouterr().out.strip().splitlines()
    assert [line.split(" | ")[1] for line in text[2:]] == ["reference 2", "fast 2"] * 2
    assert [score["within"] for score in json.loads(last)][::2] == [True, True]


@pytest.mark.parametrize(
    ("arguments", "status", "sentence"),
    [
        (["--model", "no-such-model"], 4, "no-such-model"),
        (["--backend", "abacus"], 2, "abacus"),
        (["--device", "cuda"], 2, "--device cuda"),
        (["--quality", "--model", "full"], 2, "needs one trained model"),
        (["--rounds", "0"], 2, "rounds"),
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
