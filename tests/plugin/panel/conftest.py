"""The loaded plugin with the real runtime behind it, in an offscreen QGIS."""

# ruff: noqa: ANN401

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import copgen
import pytest
from osgeo import gdal
from qgis.core import QgsLayerTreeModel, QgsProject, QgsSettings
from qgis.gui import QgsLayerTreeView
from qgis.PyQt import sip

sys.path.insert(0, str(Path(__file__).parent))
from panel_helpers import RUNTIME, Desk, add_layer, delete_later

gdal.UseExceptions()
CHIP = 200
"""Pixels of a side; at most 256 are one chip."""


@pytest.fixture(scope="module")
def iface(qgis_iface: Any, qgis_app: object) -> Iterator[Any]:
    """pytest-qgis's interface, with a layer tree that is the real one."""
    QgsProject.instance().clear()
    view = QgsLayerTreeView()
    model = QgsLayerTreeModel(QgsProject.instance().layerTreeRoot())
    view.setModel(model)
    qgis_iface.layerTreeView = lambda: view
    qgis_iface.messageBar().clearWidgets()
    yield qgis_iface
    qgis_iface.messageBar().clearWidgets()
    # A view that outlives its model ends QGIS at the next layer that is added.
    del qgis_iface.layerTreeView
    sip.delete(view)
    sip.delete(model)


@pytest.fixture(scope="module")
def runtime() -> Iterator[None]:
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPGEN_PYTHON", str(RUNTIME))
        patch.setenv("OMP_NUM_THREADS", "1")
        yield


@pytest.fixture
def settings(tmp_path: Path, qgis_app: object) -> Iterator[QgsSettings]:
    """Settings of the plugin as in a fresh profile, results of unsaved projects into a temporary folder."""
    store = QgsSettings()
    store.remove("copgen")
    store.setValue("copgen/output_dir", str(tmp_path / "results"))
    yield store
    store.remove("copgen")


@pytest.fixture(scope="module")
def loaded(iface: Any, runtime: None) -> Iterator[Desk]:
    """The plugin, loaded once for the tests of a file, so that they share one runtime process."""
    plugin = copgen.classFactory(iface)
    plugin.initGui()
    yield Desk(iface, plugin)
    plugin.unload()
    delete_later()


@pytest.fixture
def desk(loaded: Desk, settings: QgsSettings) -> Iterator[Desk]:
    """The plugin as in a QGIS that has just started."""
    loaded.tidy()
    yield loaded
    loaded.tidy()


@pytest.fixture
def tiny(made: dict[str, Any]) -> str:
    """Folder of a tiny random model."""
    return str(Path(made["source"]).parents[1] / "tiny")


@pytest.fixture
def scene(made: dict[str, Any], tmp_path: Path) -> dict[str, str]:
    """Rasters of one simulated place by modality, of one chip; copied, as QGIS writes beside what it opens."""
    paths = {}
    for name in ("s2_l2a", "s2_l1c", "s1_rtc", "dem"):
        paths[name] = str(tmp_path / f"{name}.tif")
        gdal.Translate(paths[name], str(Path(made["source"]).parent / f"{name}.tif"), srcWin=[0, 0, CHIP, CHIP])
    return paths


@pytest.fixture
def ready(desk: Desk, tiny: str, scene: dict[str, str]) -> Desk:
    """The panel with a layer of Sentinel-2 L2A, and settings that run in a second."""
    add_layer(scene["s2_l2a"], "valley")
    desk.presenter.form.model = tiny
    desk.presenter.form.steps = 1
    return desk
