"""From the zip on a QGIS without anything to the first DEM of the bundled scene: the real desktop, packages and index.

Fetches about 470 MB (the CPU variant), so that it is only there when asked for::

    COPGEN_FULL_SETUP=1 QT_QPA_PLATFORM=offscreen .venv-qgis/bin/python -m pytest -s -o qgis_gui_enabled=false \
        tests/plugin/setup/test_full_setup.py

``COPGEN_FULL_TORCH_INDEX`` names another index of PyTorch's wheels than the public one.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

from tools.package import build

ROOT = Path(__file__).resolve().parents[3]
SETTINGS = """[PythonPlugins]
copgen=true
[qgis]
checkVersion=false
[copgen]
output_dir={folder}/results
setup\\torch_index={index}
setup\\variant=cpu
"""

if os.environ.get("COPGEN_FULL_SETUP") == "1":

    def test_from_the_zip_to_the_first_dem(tmp_path: Path) -> None:
        desktop, screen = shutil.which("qgis.bin") or shutil.which("qgis"), shutil.which("xvfb-run")
        assert desktop, "QGIS is needed"
        assert screen, "xvfb-run is needed"
        profile = tmp_path / "profiles" / "default"
        (profile / "python" / "plugins").mkdir(parents=True)
        (profile / "QGIS").mkdir()
        index = os.environ.get("COPGEN_FULL_TORCH_INDEX", "")
        settings = SETTINGS.format(folder=tmp_path, index=index)
        (profile / "QGIS" / "QGIS3.ini").write_text(settings, encoding="utf-8")
        build(ROOT, tmp_path / "copgen.zip")
        with zipfile.ZipFile(tmp_path / "copgen.zip") as archive:
            archive.extractall(profile / "python" / "plugins")
        (tmp_path / "pictures").mkdir()
        dropped = ("QT_QPA_PLATFORM", "DISPLAY", "COPGEN_PYTHON", "COPGEN_DATA_DIR")
        installed = profile / "python" / "plugins" / "copgen"
        variables = {
            **{key: value for key, value in os.environ.items() if key not in dropped},
            "PATH": os.pathsep.join(["/usr/bin", os.environ.get("PATH", "")]),
            "XDG_DATA_HOME": str(tmp_path / "share"),
            "COPGEN_DRIVER_SCENE": str(
                profile / "python" / "plugins" / "copgen" / "resources" / "scene" / "s2_l2a.tif"
            ),
            "COPGEN_DRIVER_REPORT": str(tmp_path / "report.json"),
            "COPGEN_DRIVER_PICTURES": str(tmp_path / "pictures"),
        }
        command = [screen, "-a", "-s", "-screen 0 1280x900x24", desktop, "--noversioncheck", "--nologo"]
        command += ["--profiles-path", str(tmp_path), "--code", str(Path(__file__).with_name("full_driver.py"))]
        done = subprocess.run(command, env=variables, capture_output=True, text=True, check=False, timeout=3000)
        assert (tmp_path / "report.json").exists(), done.stdout + done.stderr
        report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
        assert "traceback" not in report, report.get("traceback")
        for name in ("banner", "sentence", "steps", "progress", "gap", "runtime", "run", "names", "device"):
            print(f"{name}: {report.get(name)}")
        assert report["state"] == "ready", "\n".join(report["lines"][-30:])
        assert "s/chip" in report["sentence"]
        assert report["run"][0] == "finished", report["run"]
        assert report["names"] == ["DEM hillshade (synthetic)"]
        assert (tmp_path / "share" / "copgen" / "runtime" / "copgen-environment.json").is_file()
        leftover = [path for path in installed.rglob("*") if path.suffix in (".so", ".whl")]
        assert [path.parent.name for path in leftover] == ["pip"], "nothing is installed into the plugin's folder"
