"""The main job on every backend: the same pictures, with and without torch."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import openvino
import pytest
import rasterio

from model_runtime.backends import AUTO_ORDER
from model_runtime.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
SCENE = ROOT / "resources" / "scene"
WITHOUT_TORCH = ROOT / "tests" / "without_torch.py"
CHIP = ["687310", "5012710", "689870", "5015270"]
JOB = [
    *("--condition", f"s2_l2a={SCENE / 's2_l2a.tif'}", "--generate", "dem", "--generate", "s2_l1c"),
    *("--product", "s2_l1c=thumbnail", "--bounds", *CHIP, "--steps", "6", "--seed", "3", "--model", "copgen-mini"),
    *("--device", "cpu", "--json"),
]


def pictures(folder: Path) -> list[np.ndarray]:
    found = []
    for name in ("dem_hillshade.tif", "s2_l1c_thumbnail.tif"):
        with rasterio.open(folder / name) as dataset:
            found.append(dataset.read().astype(np.int16))
    return found


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory) -> list[np.ndarray]:
    folder = tmp_path_factory.mktemp("torch")
    assert main(["generate", *JOB, "--precision", "fp32", "--backend", "torch", "--output", str(folder)]) == 0
    return pictures(folder)


def same(found: list[np.ndarray], expected: list[np.ndarray]) -> None:
    """As the contract has it."""
    for one, other in zip(found, expected, strict=True):
        difference = np.abs(one - other)
        assert difference.mean() < 0.05
        assert (difference > 1).mean() <= 0.001
        assert other.std() > 5


@pytest.mark.parametrize("backend", AUTO_ORDER)
def test_all_backends_draw_the_same(
    backend: str, expected: list[np.ndarray], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    capsys.readouterr()
    words = ["--precision", "fp32", "--backend", backend, "--output", str(tmp_path)]
    assert main(["generate", *JOB, *words]) == 0
    told = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert (told["backend"], told["device"], told["precision"]) == (backend, "cpu", "fp32")
    assert told["provider"] == ("CPUExecutionProvider" if backend == "onnx" else "")
    same(pictures(tmp_path), expected)
    with rasterio.open(tmp_path / "dem_hillshade.tif") as dataset:
        assert dataset.tags()["COPGEN_BACKEND"].split()[0] == backend


@pytest.mark.parametrize("backend", ["torch", "openvino"])
def test_half_precision_stays_within_a_grey_level(backend: str, expected: list[np.ndarray], tmp_path: Path) -> None:
    """Where the CPU has it: the sinusoids and the linear guess must stay in float32."""
    status = main(["generate", *JOB, "--precision", "bf16", "--backend", backend, "--output", str(tmp_path)])
    if status:
        assert "BF16" not in openvino.Core().get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        return
    for one, other in zip(pictures(tmp_path), expected, strict=True):
        assert 0 < np.abs(one - other).mean() < 1


def without_torch(*words: str, input: str = "") -> subprocess.CompletedProcess[str]:  # noqa: A002
    return subprocess.run(
        [sys.executable, str(WITHOUT_TORCH), *words],
        capture_output=True,
        text=True,
        check=False,
        input=input,
        env={**os.environ, "COPGEN_DATA_DIR": os.devnull},
    )


@pytest.mark.parametrize(("backend", "runs"), [("auto", "onnx"), ("openvino", "openvino")])
def test_the_embedded_model_draws_without_torch(
    backend: str, runs: str, expected: list[np.ndarray], tmp_path: Path
) -> None:
    done = without_torch("generate", *JOB, "--backend", backend, "--output", str(tmp_path))
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout.splitlines()[-1])
    assert (told["backend"], told["precision"], told["warnings"]) == (runs, "fp32", [])
    same(pictures(tmp_path), expected)


def test_other_commands_need_no_torch_either(tmp_path: Path) -> None:
    done = without_torch("doctor")
    assert done.returncode == 0, done.stderr
    assert "device cpu: works" in done.stdout
    assert "backend torch: not installed (lacks torch, diffusers)" in done.stdout
    assert "backend onnx, CPUExecutionProvider: works" in done.stdout
    assert "backend openvino: works" in done.stdout
    for words in (("models", "info", "copgen-mini"), ("models", "verify", "copgen-mini"), ("models", "list")):
        done = without_torch(*words)
        assert done.returncode == 0, done.stderr
        assert "copgen-mini" in done.stdout
    done = without_torch("generate", *JOB, "--backend", "torch", "--output", str(tmp_path))
    assert done.returncode == 2
    assert "--backend torch: this Python lacks torch and diffusers; install resources/requirements/cpu" in done.stderr
    done = without_torch("export", "--model", "copgen-mini", "--output", str(tmp_path / "new"))
    assert done.returncode == 2
    assert "this Python lacks torch, diffusers" in done.stderr


def test_a_torch_that_is_broken_is_told_and_another_backend_draws(tmp_path: Path) -> None:
    """As where a library of the system is missing that its own need."""
    (tmp_path / "torch").mkdir()
    (tmp_path / "torch" / "__init__.py").write_text("raise OSError('libgomp.so.1: cannot open shared object file')\n")
    words = {
        "auto": ["generate", *JOB, "--steps", "1", "--output", str(tmp_path / "auto")],
        "torch": ["generate", *JOB, "--backend", "torch", "--output", str(tmp_path / "torch_only")],
        "export": ["export", "--model", "copgen-mini", "--output", str(tmp_path / "new")],
    }
    done = {
        name: subprocess.run(
            [sys.executable, "-m", "model_runtime", *line],
            capture_output=True,
            text=True,
            check=False,
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(tmp_path)},
        )  # fmt: skip
        for name, line in words.items()
    }
    assert [done[name].returncode for name in words] == [0, 2, 2]
    told = json.loads(done["auto"].stdout.splitlines()[-1])
    assert told["backend"] == "onnx" and "torch: is installed but cannot be loaded (libgomp.so.1" in told["warnings"][0]
    assert "error: --backend torch: is installed but cannot be loaded (libgomp.so.1" in done["torch"].stderr
    assert "export: what it needs is installed but cannot be loaded (libgomp.so.1" in done["export"].stderr
    assert not (tmp_path / "new").exists()


def test_the_resident_process_needs_no_torch(tmp_path: Path) -> None:
    job = {
        "conditions": [{"modality": "s2_l2a", "path": str(SCENE / "s2_l2a.tif")}],
        "generate": ["dem"], "output": str(tmp_path), "steps": 1, "bounds": [float(edge) for edge in CHIP],
    }  # fmt: skip
    calls = [("a", "initialize", {}), ("b", "inspect", job), ("c", "generate", {**job, "preview": True})]
    lines = [json.dumps({"jsonrpc": "2.0", "id": i, "method": name, "params": params}) for i, name, params in calls]
    process = subprocess.Popen(
        [sys.executable, str(WITHOUT_TORCH), "serve"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdin and process.stdout
    with process:
        process.stdin.write("\n".join(lines) + "\n")
        process.stdin.flush()
        answers = {}
        for line in process.stdout:
            message = json.loads(line)
            if "id" in message:
                answers[message["id"]] = message
            if len(answers) == len(calls):
                break
        process.stdin.close()
    assert not [answer for answer in answers.values() if "error" in answer], answers
    assert [device["name"] for device in answers["a"]["result"]["devices"]][-1] == "cpu"
    assert answers["b"]["result"]["device"] == "cpu"
    assert answers["c"]["result"]["backend"] == "onnx"
