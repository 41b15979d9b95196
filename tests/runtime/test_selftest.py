"""The self-test: the stored pictures belong to the embedded model, and wrong ones are found."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from model_runtime import selftest
from model_runtime.backends import unused
from model_runtime.cli.main import main
from model_runtime.contract import ModelError
from model_runtime.drivers import NvidiaDriver


def test_the_stored_pictures_are_of_the_embedded_weights() -> None:
    answer = selftest.read_answer()
    assert {name: picture.shape for name, picture in answer.items()} == {"dem": (1, 256, 256), "s2_l1c": (3, 256, 256)}
    assert all(picture.std() > 3 for picture in answer.values()), "pictures, not one colour"


def test_doctor_runs_the_model_and_says_how_fast(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doctor", "--selftest", "--json"]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert told["ok"]
    proof = next(device for device in told["devices"] if device["device"] == "cpu")
    assert proof["works"]
    assert proof["mean_difference"] < 0.05
    assert "s/chip" in told["lines"][-1]


def test_wrong_pictures_are_no_proof(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    right = selftest.read_answer()
    wrong = {name: np.clip(picture.astype(int) + 2, 1, 255).astype(np.uint8) for name, picture in right.items()}
    monkeypatch.setattr(selftest, "run_model", lambda device: (wrong, 0.1, "torch, fp32"))
    assert main(["doctor", "--selftest", "--json"]) == 1
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert not told["ok"]
    assert "its pictures are wrong" in told["lines"][0]


def test_pictures_of_other_weights_are_refused(tmp_path: Path) -> None:
    with np.load(selftest.ANSWER) as stored:
        np.savez(tmp_path / "answer.npz", **{**dict(stored), "model": np.array("0" * 64)})
    with pytest.raises(ModelError, match="make answer"):
        selftest.read_answer(tmp_path / "answer.npz")
    shutil.copy(__file__, tmp_path / "answer.npz")
    with pytest.raises(ModelError, match="cannot be read"):
        selftest.read_answer(tmp_path / "answer.npz")


@pytest.mark.parametrize(
    ("cuda_of_torch", "reason"),
    [((13, 0), "update the driver"), (None, "set it up again for NVIDIA")],
)
def test_a_gpu_that_is_not_used_is_the_first_line(
    cuda_of_torch: tuple[int, int] | None,
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """No test machine has one: what the driver and torch would say is put in their place."""
    monkeypatch.setattr(unused, "nvidia_driver", lambda: NvidiaDriver("NVIDIA RTX A2000", 1, (12, 4)))
    monkeypatch.setattr(unused, "available_devices", lambda: ["cpu"])
    monkeypatch.setattr(unused, "_cuda_of_torch", lambda: cuda_of_torch)
    assert main(["doctor"]) == 0
    first = capsys.readouterr().out.splitlines()[0]
    assert first.startswith("CUDA: NVIDIA RTX A2000, not used: ")
    assert reason in first
