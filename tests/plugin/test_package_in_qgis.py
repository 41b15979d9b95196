"""The zip in a fresh QGIS profile: enabled and run as a user without a desktop does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsRasterLayer

from tools.package import build

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / ".venv" / "bin" / "python"
QGIS_PROCESS = shutil.which("qgis_process.bin") or shutil.which("qgis_process")


@pytest.fixture(scope="module")
def profile(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Install what is committed into a new profile; the variables under which QGIS uses it."""
    if QGIS_PROCESS is None:
        pytest.skip("qgis_process is not installed; see QGIS_PACKAGES in the Makefile")
    folder = tmp_path_factory.mktemp("profile")
    package = folder / "copgen.zip"
    build(ROOT, package)
    plugins = folder / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    with zipfile.ZipFile(package) as archive:
        archive.extractall(plugins)
    variables = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(folder),
        "COPGEN_PYTHON": str(RUNTIME),
    }
    told = qgis_process(variables, "plugins", "enable", "copgen")
    assert told.returncode == 0, told.stderr
    return variables


def qgis_process(variables: dict[str, str], *words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([QGIS_PROCESS, *words], env=variables, capture_output=True, text=True, check=False)


def children() -> list[str]:
    """Return the runtimes that are alive and belong to nobody."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if parent == "1" and any(word.endswith(b"model_runtime/server.py") for word in words):
            found.append(folder.name)
    return found


def test_the_algorithms_are_listed(profile: dict[str, str]) -> None:
    told = qgis_process(profile, "list")
    for name in ("demfroms2", "l2afroml1c", "l1cfroml2a", "s1froms2", "s2froms1", "generate"):
        assert f"copgen:{name}" in told.stdout, told.stderr


def test_the_installed_zip_generates_a_hillshade(profile: dict[str, str], made: dict[str, Any], tmp_path: Path) -> None:
    source = str(shutil.copy(made["source"], tmp_path / "scene.tif"))
    output = tmp_path / "hills.tif"
    before = children()
    told = qgis_process(
        profile, "run", "copgen:demfroms2", f"--INPUT={source}", f"--OUTPUT={output}", "--STEPS=2",
        "--MODEL=copgen-mini", "--json",
    )  # fmt: skip
    assert told.returncode == 0, told.stderr
    results = json.loads(told.stdout[told.stdout.index("{") :])["results"]
    assert Path(results["OUTPUT"]) == output
    assert results["MODEL_USED"] == "copgen-mini"
    layer, given = QgsRasterLayer(str(output), "hills"), QgsRasterLayer(source, "scene")
    assert layer.isValid()
    assert (layer.crs(), layer.extent()) == (given.crs(), given.extent())
    assert children() == before, "no orphan"


def test_a_bad_input_ends_in_a_sentence(profile: dict[str, str], tmp_path: Path) -> None:
    told = qgis_process(
        profile, "run", "copgen:demfroms2", "--INPUT=/nowhere/x.tif", f"--OUTPUT={tmp_path / 'out.tif'}"
    )
    assert told.returncode != 0
    assert "Traceback" not in told.stdout + told.stderr
    assert not list(tmp_path.iterdir())
