"""Which Python runs the models, and what is said where there is none that can."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from copgen.copgen_plugin.runtime.interpreter import child_environment, environment_python, find_interpreter
from copgen.copgen_plugin.runtime.service import RuntimeService
from copgen.copgen_plugin.settings import set_data_dir, set_python_path
from copgen.model_runtime.contract import ENVIRONMENT_MARKER, MADE_BY
from runtime_helpers import LONG


@pytest.fixture(autouse=True)
def no_choice(qgis_app: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    set_python_path("")
    set_data_dir(str(tmp_path / "data"))
    yield
    set_python_path("")
    set_data_dir("")


def program(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("#!/bin/sh\n")
    path.chmod(0o755)
    return path


def test_variable_then_setting_then_managed_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert find_interpreter().problem
    managed = program(environment_python(tmp_path / "data" / "runtime"))
    assert find_interpreter().path == str(managed)
    chosen = program(tmp_path / "chosen" / "python")
    set_python_path(str(chosen))
    assert find_interpreter().path == str(chosen)
    program(environment_python(tmp_path / "folder"))
    monkeypatch.setenv("COPGEN_PYTHON", str(tmp_path / "folder"))
    assert find_interpreter().path == str(environment_python(tmp_path / "folder")), "an environment's folder will do"


def test_an_environment_that_lost_its_settings_is_to_be_set_up_again(tmp_path: Path) -> None:
    """Its Python is the one behind it then, which lacks all packages."""
    folder = tmp_path / "data" / "runtime"
    managed = program(environment_python(folder))
    (folder / ENVIRONMENT_MARKER).write_text(json.dumps({"made_by": MADE_BY, "state": "complete"}))
    (folder / "pyvenv.cfg").write_text("")
    assert find_interpreter().path == str(managed)
    (folder / "pyvenv.cfg").unlink()
    assert "set-up of the models' environment is not finished" in find_interpreter().problem


def test_a_choice_that_leads_nowhere_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(environment_python(tmp_path / "data" / "runtime"))
    monkeypatch.setenv("COPGEN_PYTHON", "/nowhere/python")
    found = find_interpreter()
    assert found.path == ""
    assert "COPGEN_PYTHON" in found.problem
    assert "/nowhere/python" in found.problem


def test_without_an_interpreter_status_and_runs_say_so(
    fresh_service: RuntimeService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COPGEN_PYTHON")
    assert fresh_service.status().state == "missing"
    assert "COPGEN_PYTHON" in fresh_service.status().sentence, "the next step"
    run = fresh_service.submit({"generate": ["dem"]})
    assert run.wait(LONG)
    assert run.state == "failed"
    assert run.error is not None
    assert run.error.message == fresh_service.status().sentence


@pytest.mark.parametrize(
    ("interpreter", "words"),
    [
        (sys.executable, "requirements"),
        ("/bin/false", "ended with status 1"),
        ("/etc/hostname", "could not be started"),
    ],
)
def test_a_python_that_cannot_run_the_models_is_told_and_can_be_replaced(
    interpreter: str, words: str, fresh_service: RuntimeService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    works = os.environ["COPGEN_PYTHON"]
    if interpreter == "/etc/hostname":
        interpreter = str(tmp_path / "no_program")
        Path(interpreter).write_text("neither script nor program")
        Path(interpreter).chmod(0o755)
    monkeypatch.setenv("COPGEN_PYTHON", interpreter)
    runs = [fresh_service.inspect({"conditions": []}), fresh_service.inspect({"conditions": []})]
    for run in runs:
        assert run.wait(LONG)
        assert run.state == "failed"
        assert run.error is not None
        assert words in run.error.message
    assert fresh_service.status().state == "died"
    monkeypatch.setenv("COPGEN_PYTHON", works)
    run = fresh_service.inspect({"conditions": [{"modality": "dem", "path": "/nowhere.tif"}]})
    assert run.wait(LONG)
    assert run.error is not None
    assert run.error.status == 3, "it answers"


def test_the_childs_environment_keeps_what_is_the_users() -> None:
    given = {
        "PATH": "/bin", "HOME": "/home/x", "HTTPS_PROXY": "p", "OMP_NUM_THREADS": "2", "PYTHONPATH": "x",
        "DYLD_LIBRARY_PATH": "x", "QT_QPA_PLATFORM": "x", "QGIS_PREFIX_PATH": "x", "QML2_IMPORT_PATH": "x",
    }  # fmt: skip
    kept = child_environment(given)
    assert set(given) & set(kept) == {"PATH", "HOME", "HTTPS_PROXY", "OMP_NUM_THREADS"}
    assert kept["COPGEN_DATA_DIR"].endswith("data"), "models are looked for where the user wants them"


@pytest.mark.parametrize(
    "says", ['{"id": "initialize", "result": {}}', '{"id": "initialize", "result": {"protocol": 2}}']
)
def test_a_program_that_speaks_otherwise_is_told(
    says: str, fresh_service: RuntimeService, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    stranger = program(tmp_path / "stranger")
    stranger.write_text(f"#!/bin/sh\necho 'no JSON'\necho '{says}'\nsleep 100\n")
    monkeypatch.setenv("COPGEN_PYTHON", str(stranger))
    run = fresh_service.inspect({"conditions": []})
    assert run.wait(LONG)
    assert run.error is not None
    assert "another language" in run.error.message
    assert fresh_service.child_pid() == 0
