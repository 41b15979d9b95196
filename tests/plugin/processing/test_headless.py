"""``qgis_process`` from a fresh profile: the algorithms are there, run, and refuse in a sentence."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import (
    QgsCoordinateTransformContext,
    QgsFeature,
    QgsGeometry,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorFileWriter,
    QgsVectorLayer,
)

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".venv" / "bin" / "python"
Copied = Callable[[str], str]
Process = Callable[..., "subprocess.CompletedProcess[str]"]
MARK = "COPGEN_TEST_MARK"
S2 = "coloc_terramind/433D_629L_3_1/S2L2A.tif"


@pytest.fixture(scope="module")
def qgis_process(tmp_path_factory: pytest.TempPathFactory) -> Process:
    """Call ``qgis_process`` with the plugin enabled in a profile of its own."""
    # The wrapper of 3.22 is broken; what it calls is not.
    program = shutil.which("qgis_process.bin") or shutil.which("qgis_process")
    if program is None:
        pytest.skip("qgis_process is not installed")
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    profile = tmp_path_factory.mktemp("profile")
    plugins = profile / "profiles" / "default" / "python" / "plugins"
    plugins.mkdir(parents=True)
    (plugins / "copgen").symlink_to(ROOT)
    environment = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "QGIS_CUSTOM_CONFIG_PATH": str(profile),
        "COPGEN_PYTHON": str(RUNTIME),
        "OMP_NUM_THREADS": "1",
    }

    def call(*words: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [program, *words],
            capture_output=True,
            text=True,
            env={**environment, **variables},
            check=False,
            timeout=300,
        )

    assert call("plugins", "enable", "copgen").returncode == 0
    return call


def alive(mark: str) -> list[str]:
    """Return the processes that inherited a mark from the call that started them."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/environ"):
        try:
            if f"{MARK}={mark}".encode() in entry.read_bytes().split(b"\0"):
                found.append(entry.parent.name)
        except OSError:
            continue
    return found


def test_the_algorithms_are_listed(qgis_process: Process) -> None:
    listed = qgis_process("list").stdout
    for name in ("demfroms2", "l2afroml1c", "l1cfroml2a", "s1froms2", "s2froms1", "generate"):
        assert f"copgen:{name}" in listed
    told = qgis_process("help", "copgen:generate").stdout
    for word in ("INPUT_S2_L2A", "OUTPUT_DEM", "SAMPLE_FILES", "MODEL_USED", "DEVICE_USED"):
        assert word in told


def test_a_run_with_extent_and_mask(qgis_process: Process, copied: Copied, tmp_path: Path) -> None:
    output, mask = tmp_path / "out" / "dem.tif", tmp_path / "mask.gpkg"
    layer = QgsVectorLayer("Polygon?crs=EPSG:32718", "mask", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(QgsRectangle(718200, 5698200, 718600, 5698600)))
    layer.dataProvider().addFeatures([feature])
    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, str(mask), QgsCoordinateTransformContext(), options)
    done = qgis_process(
        "run",
        "copgen:demfroms2",
        "--json",
        f"--INPUT={copied(S2)}",
        f"--MASK={mask}",
        "--EXTENT=718000,719000,5698000,5699000 [EPSG:32718]",
        "--STEPS=1",
        f"--OUTPUT={output}",
        **{MARK: tmp_path.name},
    )
    assert done.returncode == 0, done.stderr[-2000:]
    results = json.loads(done.stdout[done.stdout.index("{") :])["results"]
    assert results["OUTPUT"] == str(output)
    assert results["MODEL_USED"] == "copgen-mini"
    assert results["DEVICE_USED"] == "cpu"
    result = QgsRasterLayer(str(output))
    assert result.isValid()
    assert result.extent().contains(QgsRectangle(718000, 5698000, 719000, 5699000))
    assert result.extent().width() <= 1010.001, "extended to whole pixels"
    value, found = result.dataProvider().sample(QgsRectangle(718200, 5698200, 718600, 5698600).center(), 1)
    assert found
    assert value >= 1
    assert not result.dataProvider().sample(QgsRectangle(718800, 5698800, 718900, 5698900).center(), 1)[1]
    assert sorted(path.name for path in output.parent.iterdir() if not path.name.endswith(".xml")) == ["dem.tif"]
    assert alive(tmp_path.name) == [], "the runtime ends with qgis_process"


@pytest.mark.parametrize(
    ("words", "variables", "found"),
    [
        (["--INPUT={raster}", "--SEED=-1"], {}, "SEED"),
        (["--INPUT={raster}"], {"COPGEN_PYTHON": "/gone/python"}, "/gone/python"),
    ],
)
def test_a_refusal(
    words: list[str], variables: dict[str, str], found: str, qgis_process: Process, copied: Copied, tmp_path: Path
) -> None:
    given = [word.format(raster=copied(S2)) for word in words]
    output: Any = tmp_path / "out" / "dem.tif"
    done = qgis_process("run", "copgen:demfroms2", *given, f"--OUTPUT={output}", **variables)
    assert done.returncode != 0
    assert found in done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert not output.exists()
