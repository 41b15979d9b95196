"""``copgen:exportonnx`` in QGIS: a folder that other algorithms take as their model."""

# ruff: noqa: ANN401

from __future__ import annotations

import shutil
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingException, QgsProcessingParameterFolderDestination

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny random model, made by the runtime's Python."""
    folder = tmp_path_factory.mktemp("models") / "tiny"
    program = f"import pathlib, tiny_bundle; tiny_bundle.make_tiny_bundle(pathlib.Path({str(folder)!r}))"
    subprocess.run(
        [str(ROOT / ".venv" / "bin" / "python"), "-c", program],
        check=True,
        env={"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PATH": "/usr/bin:/bin", "OMP_NUM_THREADS": "1"},
    )
    return folder


def test_parameters_are_those_of_the_contract(provider: Any) -> None:
    algorithm = provider.algorithm("exportonnx")
    defaults = {entry.name(): entry.defaultValue() for entry in algorithm.parameterDefinitions()}
    assert set(defaults) == {"MODEL", "PRECISION", "OPSET", "OUTPUT"}
    assert (defaults["MODEL"], defaults["PRECISION"], defaults["OPSET"]) == ("auto", "fp32", 18)
    assert isinstance(algorithm.parameterDefinition("OUTPUT"), QgsProcessingParameterFolderDestination)
    assert {entry.name() for entry in algorithm.outputDefinitions()} == {"OUTPUT", "MODEL_USED", "DEVICE_USED"}


def test_an_exported_model_is_written_with_progress_and_then_used(
    provider: Any, told: Any, model: Path, tmp_path: Path
) -> None:
    import processing

    given = {"MODEL": str(model), "PRECISION": "fp16", "OPSET": 20, "OUTPUT": str(tmp_path / "half")}
    made = processing.run("copgen:exportonnx", given, feedback=told)
    assert made == {"OUTPUT": str(tmp_path / "half"), "MODEL_USED": "tiny", "DEVICE_USED": "cpu"}
    assert told.stages == ["Writing the graphs"]
    assert told.shares == sorted(told.shares)
    assert told.shares[-1] == 100.0
    assert len(set(told.shares)) > 3
    names = {path.relative_to(tmp_path / "half").as_posix() for path in (tmp_path / "half").rglob("*.onnx")}
    graphs = {"transformer/model.onnx", "transformer/model_fp16.onnx", "vae/encoder.onnx", "vae/decoder.onnx"}
    assert names == graphs
    assert [path.name for path in tmp_path.iterdir()] == ["half"]
    scene = shutil.copy(ROOT / "resources" / "scene" / "s2_l2a.tif", tmp_path / "scene.tif")
    area = "687310,689870,5012710,5015270 [EPSG:32632]"
    settings = {"MODEL": made["OUTPUT"], "STEPS": 1, "EXTENT": area, "OUTPUT": str(tmp_path / "dem.tif")}
    results = processing.run("copgen:demfroms2", {"INPUT": str(scene), **settings}, feedback=told)
    assert results["MODEL_USED"] == "half"
    assert (tmp_path / "dem.tif").is_file()


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"MODEL": "nonsense"}, "nonsense: no such model"),
        ({"PRECISION": "bf16"}, "PRECISION"),
        ({"OPSET": 17}, "OPSET"),
        ({"OUTPUT": str(ROOT / "resources")}, "is there already and not empty"),
    ],
)
def test_what_cannot_be_exported_is_refused(
    provider: Any, told: Any, tmp_path: Path, given: dict[str, Any], sentence: str
) -> None:
    import processing

    with pytest.raises(QgsProcessingException) as refusal:
        processing.run("copgen:exportonnx", {"OUTPUT": str(tmp_path / "new"), **given}, feedback=told)
    assert sentence in " ".join([str(refusal.value), *told.errors])
    assert not (tmp_path / "new").exists()


def test_a_cancelled_export_leaves_nothing(provider: Any, told: Any, model: Path, tmp_path: Path) -> None:
    algorithm = provider.algorithm("exportonnx").create()
    context = QgsProcessingContext()
    given = {"MODEL": str(model), "OUTPUT": str(tmp_path / "new")}
    threading.Thread(target=_cancel_once_it_runs, args=(told,), daemon=True).start()
    algorithm.run(given, context, told)
    assert told.isCanceled()
    deadline = time.monotonic() + 10
    while list(tmp_path.iterdir()) and time.monotonic() < deadline:
        time.sleep(0.1)
    assert not list(tmp_path.iterdir())


def _cancel_once_it_runs(told: Any) -> None:
    deadline = time.monotonic() + 60
    while not told.stages and time.monotonic() < deadline:
        time.sleep(0.05)
    told.cancel()
