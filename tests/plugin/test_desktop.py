"""The zip in a fresh profile of the real desktop, in German: one click on a layer ends with a styled layer in place."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from tools.package import build

ROOT = Path(__file__).resolve().parents[2]

RUNTIME = ROOT / ".venv" / "bin" / "python"
DESKTOP, SCREEN = shutil.which("qgis.bin") or shutil.which("qgis"), shutil.which("xvfb-run")
SETTINGS = """[PythonPlugins]
copgen=true
[locale]
overrideFlag=true
userLocale=de
[qgis]
checkVersion=false
[copgen]
output_dir={folder}/results
"""
CHIP = 200


@pytest.fixture(scope="module")
def report(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run QGIS once; what the driver saw."""
    if DESKTOP is None or SCREEN is None:
        pytest.skip("the desktop needs qgis and xvfb-run; see QGIS_PACKAGES in the Makefile")
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    folder = tmp_path_factory.mktemp("desktop")
    profile = folder / "profiles" / "default"
    (profile / "python" / "plugins").mkdir(parents=True)
    (profile / "QGIS").mkdir()
    (profile / "QGIS" / "QGIS3.ini").write_text(SETTINGS.format(folder=folder), encoding="utf-8")
    build(ROOT, folder / "copgen.zip")
    with zipfile.ZipFile(folder / "copgen.zip") as archive:
        archive.extractall(profile / "python" / "plugins")
    scene = shared / "data" / "s2_openeo_bolzano" / "S2_L2A_sample_west.tif"
    gdal.Translate(str(folder / "S2_L2A.tif"), str(scene), srcWin=[100, 200, CHIP, CHIP])
    kept = {key: value for key, value in os.environ.items() if key not in ("QT_QPA_PLATFORM", "DISPLAY")}
    variables = {
        **kept,
        # QGIS finds its Python by the first one on the path.
        "PATH": os.pathsep.join(["/usr/bin", os.environ.get("PATH", "")]),
        "COPGEN_PYTHON": str(RUNTIME),
        "COPGEN_DRIVER_LAYER": str(folder / "S2_L2A.tif"),
        "COPGEN_DRIVER_REPORT": str(folder / "report.json"),
    }
    command = [SCREEN, "-a", "-s", "-screen 0 1280x900x24", DESKTOP, "--noversioncheck", "--nologo"]
    command += ["--profiles-path", str(folder), "--code", str(ROOT / "tests" / "plugin" / "desktop_driver.py")]
    done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=900)
    assert (folder / "report.json").exists(), done.stdout + done.stderr
    told: dict[str, Any] = json.loads((folder / "report.json").read_text(encoding="utf-8"))
    assert "traceback" not in told, told.get("traceback")
    return told


def test_the_action_is_translated(report: dict[str, Any]) -> None:
    assert report["action"] == "DEM aus S2 erzeugen"


def test_one_click_ends_with_a_styled_layer_in_its_place(report: dict[str, Any]) -> None:
    assert report["state"] == "finished", report["message"]
    assert report["layer"] == report["source"]
    assert report["name"] == "DEM-Schummerung (synthetisch)"
    assert report["renderer"] == "singlebandgray"
    assert report["dock"], "the panel shows the run"


def test_the_event_loop_goes_on(report: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    with capsys.disabled():
        start, run = report["gap_at_start"], report["gap"]
        print(f"\nlongest gap of the desktop's event loop: {start} ms until the runtime has started, {run} ms after")
    assert report["turns"] > 0


def test_no_process_is_left(report: dict[str, Any]) -> None:
    assert report["child"] > 0
    assert not Path(f"/proc/{report['child']}").exists()
