"""From the zip on a QGIS without anything to the picture, by the first steps' own buttons: real desktop and packages.

Fetches about 470 MB (the CPU variant) and takes minutes, so that it is only there when asked for::

    COPGEN_FULL_SETUP=1 QT_QPA_PLATFORM=offscreen .venv-qgis/bin/python -m pytest -s -o qgis_gui_enabled=false \
        tests/plugin/setup/test_full_setup.py

``COPGEN_FULL_SETUP=killed`` has QGIS killed in the middle of it too, which takes as long again.
``COPGEN_FULL_TORCH_INDEX`` names another index of PyTorch's wheels than the public one; ``pip`` is pip's own.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import random
import re
import shutil
import signal
import subprocess
import time
import zipfile
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal

from tools.package import build

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".venv" / "bin" / "python"
LONG = 3000.0
"""Seconds after which a test gives up; nothing is measured by it."""
KILLS = 5
SETTINGS = """[PythonPlugins]
copgen=true
[qgis]
checkVersion=false
[copgen]
output_dir={folder}/results
setup\\torch_index={index}
setup\\variant=cpu
"""
ORDINARY_INDEX = """from pip._internal.commands import create_command
print(create_command("install").parse_args([])[0].index_url)
"""

OPEN = ["1.", "Set up the models' environment", "Set up…", True]
GOES_ON = ["1.", "Setting up the models' environment…", "Show…", True]
UNFINISHED = ["1.", "Finish setting up the models' environment", "Go on…", True]
SET_UP = ["✓", "Set up the models' environment (done)", "Set up…", True]
DOWNLOAD = ["2.", "If you like, download the published model", "Models…", True]
NOT_YET = ["3.", "Try it on the bundled scene", "Try it", False]
TRY = ["3.", "Try it on the bundled scene", "Try it", True]
TRYING = ["3.", "Generating the hillshade of the bundled scene…", "Try it", False]
TRIED = ["✓", "Try it on the bundled scene (done)", "Try it", True]
SEEN = {
    "bare": (OPEN, NOT_YET, False),
    "window": (OPEN, NOT_YET, "&Set up"),
    "torch": (GOES_ON, NOT_YET, "&Set up"),
    "going_on": (GOES_ON, NOT_YET, False),
    "packages": (GOES_ON, NOT_YET, "&Set up"),
    "cancelled": (UNFINISHED, NOT_YET, "&Go on"),
    "unfinished": (UNFINISHED, NOT_YET, False),
    "unpacking": (GOES_ON, NOT_YET, "&Set up"),
    "ready": (SET_UP, TRY, "&Set up again"),
    "set_up": (SET_UP, TRY, False),
    "trying": (SET_UP, TRYING, False),
    "done": (SET_UP, TRIED, False),
}
"""The first step, the last one, and the first button of the set-up's window where that is open."""


class Desktop:
    """A QGIS that never had the plugin, which is installed from its zip."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        profile = folder / "profiles" / "default"
        (profile / "python" / "plugins").mkdir(parents=True)
        (profile / "QGIS").mkdir()
        self.index = os.environ.get("COPGEN_FULL_TORCH_INDEX", "")
        if self.index == "pip":
            self.index = subprocess.check_output([RUNTIME, "-c", ORDINARY_INDEX], text=True).strip()
        self.settings = profile / "QGIS" / "QGIS3.ini"
        self.settings.write_text(SETTINGS.format(folder=folder, index=self.index), encoding="utf-8")
        build(ROOT, folder / "copgen.zip")
        with zipfile.ZipFile(folder / "copgen.zip") as archive:
            archive.extractall(profile / "python" / "plugins")
        self.plugin = profile / "python" / "plugins" / "copgen"
        self.environment = folder / "share" / "copgen" / "runtime"
        self.seen = folder / "seen"

    def start(self, story: str = "") -> subprocess.Popen[str]:
        """Start QGIS with the driver, in a process group of its own."""
        shutil.rmtree(self.seen, ignore_errors=True)
        self.seen.mkdir()
        dropped = ("QT_QPA_PLATFORM", "DISPLAY", "COPGEN_PYTHON", "COPGEN_DATA_DIR")
        variables = {
            **{key: value for key, value in os.environ.items() if key not in dropped},
            "PATH": os.pathsep.join(["/usr/bin", os.environ.get("PATH", "")]),
            "XDG_DATA_HOME": str(self.folder / "share"),
            "COPGEN_DRIVER_FOLDER": str(self.seen),
            "COPGEN_DRIVER_STORY": story,
        }
        desktop, screen = shutil.which("qgis.bin") or shutil.which("qgis"), shutil.which("xvfb-run")
        assert desktop and screen, "QGIS and xvfb-run are needed"
        command = [screen, "-a", "-s", "-screen 0 1280x900x24", desktop, "--noversioncheck", "--nologo"]
        command += ["--profiles-path", str(self.folder), "--code", str(Path(__file__).with_name("full_driver.py"))]
        return subprocess.Popen(
            command, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True
        )

    def report(self, process: subprocess.Popen[str]) -> dict[str, Any]:
        """Wait for QGIS's end; what the driver saw."""
        said, _ = process.communicate(timeout=LONG)
        assert (self.seen / "report.json").exists(), said
        told: dict[str, Any] = json.loads((self.seen / "report.json").read_text(encoding="utf-8"))
        assert "traceback" not in told, told.get("traceback")
        assert told["state"] == "ready", told["sentence"] + "\n" + "\n".join(told["lines"][-30:])
        return told

    def contents(self) -> dict[str, str]:
        """Every file of the environment by its hash, but for compiled code and the marker, which bear times."""
        paths = [path for path in self.environment.rglob("*") if path.is_file() and path.suffix != ".pyc"]
        return {
            str(path.relative_to(self.environment)): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in paths
            if path.name != "copgen-environment.json"
        }


if os.environ.get("COPGEN_FULL_SETUP"):

    @pytest.fixture(scope="module")
    def desktop(tmp_path_factory: pytest.TempPathFactory) -> Desktop:
        return Desktop(tmp_path_factory.mktemp("full"))

    @pytest.fixture(scope="module")
    def report(desktop: Desktop) -> dict[str, Any]:
        """Go through the first steps in one session of QGIS."""
        return desktop.report(desktop.start())

    def test_the_first_steps_tell_where_somebody_is(report: dict[str, Any]) -> None:
        """Window and panel are closed and opened again on the way, and the set-up is cancelled and gone on with."""
        seen = report["seen"]
        assert {name: (shown["set_up"], shown["try"], shown["window"]) for name, shown in seen.items()} == SEEN
        assert all(shown["model"] == DOWNLOAD for shown in seen.values())
        assert [name for name, shown in seen.items() if shown["end"]] == ["done"]
        assert report["closed"], "by their own button; the menu brings them back"
        assert report["same"], "the plugin was never loaded again"

    def test_the_set_up_ends_in_an_environment_outside_the_plugin(report: dict[str, Any], desktop: Desktop) -> None:
        assert "s/chip" in report["sentence"]
        states = {name: state for name, state, _ in report["steps"]}
        assert states == {"environment": "done", "pip": "kept", "torch": "kept", "packages": "done", "proof": "done"}
        assert (desktop.environment / "copgen-environment.json").is_file()
        leftover = [path for path in desktop.plugin.rglob("*") if path.suffix in (".so", ".whl")]
        assert [path.parent.name for path in leftover] == ["pip"], "nothing is installed into the plugin's folder"

    def test_what_is_fetched_is_told_before_and_while_it_is(report: dict[str, Any]) -> None:
        texts = [text.splitlines()[0] for text in report["downloads"]]
        told = [re.fullmatch(r"In all: (\d+) MB of about (\d+) MB", text) for text in texts]
        fetched = [(int(found[1]), int(found[2])) for found in told if found]
        assert {total for _, total in fetched} == {470, 278}, "torch is not fetched again"
        assert fetched[-1][0] == pytest.approx(278, rel=0.2), "resources/setup_sizes.json is out of date"

    def test_the_picture_lies_on_the_scene(report: dict[str, Any], desktop: Desktop) -> None:
        assert report["run"] == ["finished", ""]
        picture, scene = report["layers"]
        assert picture["name"] == "DEM hillshade (synthetic)"
        left, width, _, top, _, height = gdal.Open(
            str(desktop.plugin / "resources" / "scene" / "s2_l2a.tif")
        ).GetGeoTransform()
        assert (scene["extent"][0], scene["extent"][3]) == (left, top)
        assert (picture["crs"], picture["extent"]) == (scene["crs"], scene["extent"])
        assert picture["spread"] > 1, "a single grey is no picture"

    def test_the_event_loop_goes_on(report: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
        with capsys.disabled():
            print("\nlate turns of the event loop (ms, of them computing and waiting for a processor, where):")
            for gap in sorted(report["gaps"], reverse=True)[:10]:
                print("  ", *gap)
            print(f"steps: {report['steps']}, then {report['device']}")
        assert report["turns"] > 0


def wait_for_end_of_set_up(folder: Path) -> None:
    """Wait until its lock is free: then all that it had started is gone."""
    folder.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + LONG
    with (folder / "setup.lock").open("a") as lock:
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                return
            except BlockingIOError:
                assert time.monotonic() < until, "the set-up outlives QGIS"
                time.sleep(0.05)


if os.environ.get("COPGEN_FULL_SETUP") == "killed":

    @pytest.fixture
    def wheels(report: dict[str, Any], desktop: Desktop) -> Path:
        """The packages of the environment as a folder of wheels."""
        python, folder = desktop.environment / "bin" / "python", desktop.folder / "wheels"
        listed = subprocess.check_output([python, "-m", "pip", "list", "--format=freeze", "--exclude=pip"], text=True)
        extra = ["--extra-index-url", desktop.index] if desktop.index else []
        words = ["download", "--quiet", "--no-deps", *extra, "--dest", folder, *listed.split()]
        subprocess.run([python, "-m", "pip", *words], check=True)
        return folder

    def test_killed_with_all_of_qgis_it_ends_in_the_same_environment(
        report: dict[str, Any], desktop: Desktop, wheels: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        wanted = desktop.contents()
        shutil.rmtree(desktop.environment)
        desktop.settings.write_text(desktop.settings.read_text() + f"\n[copgen]\nsetup\\wheels={wheels}\n")
        seed = random.randrange(1_000_000)
        chance = random.Random(seed)
        moments: list[str] = []
        while len(moments) < KILLS:
            process = desktop.start("set_up")
            until = time.monotonic() + LONG
            while not (desktop.seen / "started").exists() and time.monotonic() < until:
                time.sleep(0.05)
            moment = chance.uniform(0.0, 0.25) * report["seconds"]
            time.sleep(moment)
            if (desktop.seen / "report.json").exists():
                # Earlier kills had left it little to do: begin again.
                desktop.report(process)
                shutil.rmtree(desktop.environment)
                continue
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            wait_for_end_of_set_up(desktop.environment.parent)
            marker = desktop.environment / "copgen-environment.json"
            facts = json.loads(marker.read_text()) if marker.exists() else {}
            assert facts.get("state") != "complete"
            moments.append(f"{moment:.1f} s ({', '.join(facts.get('steps', {})) or 'nothing'} done)")
        with capsys.disabled():
            print(f"\nkilled after {', '.join(moments)} (seed {seed})")
        desktop.report(desktop.start("set_up"))
        found = desktop.contents()
        assert {path for path in {*found, *wanted} if found.get(path) != wanted.get(path)} == set(), f"seed {seed}"
