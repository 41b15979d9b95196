"""Results of the real runtime, made in its own environment, for QGIS to open."""

from __future__ import annotations

import gc
import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
RUNTIME = ROOT / ".venv" / "bin" / "python"

MAKE = """
import sys
from pathlib import Path
sys.path[:0] = [{root!r}, {root!r} + "/tests"]
from tiny_bundle import make_tiny_bundle
from model_runtime.cli.main import main
from model_runtime.simulation.scene import simulate_scene
from model_runtime.simulation.writer import write_scene
folder = Path({folder!r})
make_tiny_bundle(folder / "tiny")
write_scene(simulate_scene(3, 300), folder / "scene")
sys.exit(main(["generate", "--condition", "s2_l2a=" + str(folder / "scene" / "s2_l2a.tif"), "--generate", "dem",
    "--generate", "s2_l1c", "--generate", "s1_rtc", "--model", str(folder / "tiny"), "--steps", "1",
    "--output", str(folder / "out"), "--json"]))
"""


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Run the runtime on a simulated scene; paths by modality, and the input under ``source``."""
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    folder = tmp_path_factory.mktemp("made")
    environment = {
        key: value
        for key, value in os.environ.items()
        if key not in {"PYTHONPATH", "PYTHONHOME", "PROJ_LIB", "GDAL_DATA", "VIRTUAL_ENV"}
    }
    done = subprocess.run(
        [str(RUNTIME), "-c", MAKE.format(root=str(ROOT), folder=str(folder))],
        capture_output=True,
        text=True,
        env=environment,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    outputs = json.loads(done.stdout.strip().splitlines()[-1])["outputs"]
    return {**{entry["modality"]: entry["path"] for entry in outputs}, "source": str(folder / "scene" / "s2_l2a.tif")}


@pytest.fixture(scope="session", autouse=True)
def collected(qgis_app: object) -> Iterator[None]:
    """Have what caught exceptions still hold of QGIS go before QGIS itself, else Python ends with a crash."""
    yield
    gc.collect()


@pytest.fixture
def calculated() -> Callable[..., Any]:
    """Make a layer that is worked out from a file's first band, called dem@1, and has no file of its own."""
    from qgis.core import QgsRasterDataProvider, QgsRasterLayer

    def make(path: str, formula: str = '"dem@1" + 1') -> QgsRasterLayer:
        file = QgsRasterLayer(path)
        parameters = QgsRasterDataProvider.VirtualRasterParameters()
        parameters.crs, parameters.extent = file.crs(), file.extent()
        parameters.width, parameters.height = file.width(), file.height()
        parameters.formula = formula
        entry = QgsRasterDataProvider.VirtualRasterInputLayers()
        entry.name, entry.uri, entry.provider = "dem", path, "gdal"
        parameters.rInputLayers = [entry]
        uri = QgsRasterDataProvider.encodeVirtualRasterProviderUri(parameters)
        return QgsRasterLayer(uri, "calculated", "virtualraster")

    return make


@pytest.fixture
def copied(tmp_path: Path, shared: Path) -> Callable[[str], str]:
    """Copy a real raster: QGIS writes its statistics beside what it opens."""

    def copy(name: str) -> str:
        source, target = shared / "data" / name, tmp_path / Path(name).name
        if source.is_dir():
            shutil.copytree(source, target)
        else:
            shutil.copyfile(source, target)
        return str(target)

    return copy


def pytest_sessionfinish(session: pytest.Session, exitstatus: int) -> None:
    """Where QGIS is required, a skipped test is one that did not run, and that is an error."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = len(reporter.stats.get("skipped", [])) if reporter else 0
    if os.environ.get("COPGEN_REQUIRE_QGIS") == "1" and skipped and exitstatus == 0:
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
