"""``make setup`` makes both environments, and leaves the system alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture
def checkout(root: Path, tmp_path: Path) -> Path:
    """What ``make setup`` needs of a checkout, with the runtime's environment made already; no packages to fetch."""
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    (tmp_path / "tests").mkdir()
    for name in ("Makefile", "tests/qgis_environment.sh"):
        shutil.copy(root / name, tmp_path / name)
    requirements = tmp_path / "resources" / "requirements"
    requirements.mkdir(parents=True)
    (requirements / "qgis-test.txt").write_text("")
    (tmp_path / ".venv").mkdir()
    (tmp_path / ".venv" / ".ready").write_text("")
    return tmp_path


def make_setup(checkout: Path, modules: Path) -> str:
    """Run it with a Python that has these modules too, as QGIS's own has QGIS's; what it says."""
    words = ["make", "--no-print-directory", "setup", f"QGIS_PYTHON={sys.executable}"]
    # This may run under make itself.
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    variables = {**inherited, "PYTHONPATH": str(modules), "LC_ALL": "C.UTF-8"}
    done = subprocess.run(words, cwd=checkout, env=variables, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_where_qgis_is_its_python_gets_an_environment_once(checkout: Path) -> None:
    qgis = checkout / "modules" / "qgis"
    qgis.mkdir(parents=True)
    (qgis / "__init__.py").write_text("")
    (qgis / "core.py").write_text("")
    make_setup(checkout, qgis.parent)
    ready = checkout / ".venv-qgis" / ".ready"
    python = ready.parent / "bin" / "python"
    words = [str(python), "-c", "import sys; print(sys.prefix)"]
    assert subprocess.check_output(words, text=True).strip() == str(ready.parent)
    assert "system-site-packages = true" in (ready.parent / "pyvenv.cfg").read_text()
    made = ready.stat().st_mtime_ns
    assert "Nothing to be done" in make_setup(checkout, qgis.parent)
    assert ready.stat().st_mtime_ns == made


def test_without_qgis_it_says_so_and_goes_on(checkout: Path) -> None:
    assert make_setup(checkout, checkout / "nothing") == "QGIS is not installed: .venv-qgis is not made\n"
    assert not (checkout / ".venv-qgis").exists()
