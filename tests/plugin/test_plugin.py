"""The plugin in QGIS: it loads, adds its entries, and leaves nothing behind."""

from __future__ import annotations

import configparser
import gc
import os
from pathlib import Path
from typing import Any

import copgen
import pytest
from copgen.copgen_plugin.processing.running import UnloadedPlugin, open_service
from qgis.core import QgsApplication, QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QEvent, QThread
from qgis.PyQt.QtWidgets import QAction, QDockWidget, QToolBar

ACTIONS = {
    "copgenDemFromS2", "copgenL2aFromL1c", "copgenL1cFromL2a", "copgenS1FromS2", "copgenS2FromS1", "copgenGenerate",
}  # fmt: skip


class Desktop:
    """Records what a plugin adds to QGIS's interface and removes from it; the rest is pytest-qgis's."""

    def __init__(self, iface: Any) -> None:  # noqa: ANN401
        self._iface = iface
        self.menu: list[QAction] = []
        self.context: list[QAction] = []
        self.docks: list[QDockWidget] = []

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401
        return getattr(self._iface, name)

    def addPluginToRasterMenu(self, name: str, action: QAction) -> None:  # noqa: N802
        self.menu.append(action)

    def removePluginRasterMenu(self, name: str, action: QAction) -> None:  # noqa: N802
        self.menu.remove(action)

    def addCustomActionForLayerType(self, action: QAction, menu: str, kind: int, every: bool) -> None:  # noqa: N802
        assert every, "for all layers, those added later too"
        self.context.append(action)

    def removeCustomActionForLayerType(self, action: QAction) -> bool:  # noqa: N802
        self.context.remove(action)
        return True

    def addDockWidget(self, area: int, dock: QDockWidget) -> None:  # noqa: N802
        self.docks.append(dock)

    def removeDockWidget(self, dock: QDockWidget) -> None:  # noqa: N802
        self.docks.remove(dock)


@pytest.fixture
def desktop(qgis_iface: object, qgis_app: object) -> Desktop:
    return Desktop(qgis_iface)


def threads() -> int:
    return len(os.listdir("/proc/self/task"))


def listeners() -> list[int]:
    project = QgsProject.instance()
    signals = (project.cleared, project.readProject, project.projectSaved, project.layersWillBeRemoved["QStringList"])
    return [project.receivers(signal) for signal in signals]


def delete_later() -> None:
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()
    gc.collect()


def left_in(window: Any) -> list[str]:  # noqa: ANN401
    """Return the names of our objects that QGIS's main window holds."""
    kinds = (QAction, QDockWidget, QToolBar)
    names = [child.objectName() for kind in kinds for child in window.findChildren(kind)]
    return [name for name in names if name.startswith("copgen")]


def test_entries_are_where_users_look(desktop: Desktop) -> None:
    plugin = copgen.classFactory(desktop)
    plugin.initGui()
    assert {action.objectName() for action in desktop.menu} == {
        *ACTIONS,
        "copgenModels",
        "copgenSetUp",
        "copgenFirstSteps",
    }
    assert {action.objectName() for action in desktop.context} == ACTIONS
    assert [dock.objectName() for dock in desktop.docks] == ["copgenDock"]
    assert desktop.docks[0].isHidden(), "nobody has asked for it yet"
    assert "copgen" in [provider.id() for provider in QgsApplication.processingRegistry().providers()]
    plugin.unload()
    delete_later()


def test_loading_and_unloading_ten_times_leaves_nothing(desktop: Desktop) -> None:
    window = desktop.mainWindow()
    before = None
    for turn in range(11):
        plugin = copgen.classFactory(desktop)
        plugin.initGui()
        plugin.unload()
        delete_later()
        assert desktop.menu == desktop.context == desktop.docks == []
        assert left_in(window) == []
        assert "copgen" not in [provider.id() for provider in QgsApplication.processingRegistry().providers()]
        assert not [thread for thread in QCoreApplication.instance().findChildren(QThread) if thread.isRunning()]
        # The first turn imports modules and warms up what Qt keeps.
        state = (len(window.findChildren(object)), listeners(), threads())
        if turn == 1:
            before = state
        elif turn > 1:
            assert state[:2] == before[:2], "objects in the main window, listeners of the project"
            assert state[2] <= before[2], "threads"


def test_headless_there_is_no_interface() -> None:
    plugin = copgen.classFactory(None)
    plugin.initProcessing()
    assert "copgen" in [provider.id() for provider in QgsApplication.processingRegistry().providers()]
    open_service()
    plugin.unload()
    assert "copgen" not in [provider.id() for provider in QgsApplication.processingRegistry().providers()]
    with pytest.raises(UnloadedPlugin):
        open_service()


@pytest.mark.parametrize("field", ["name", "description", "about", "version", "author", "qgisMinimumVersion"])
def test_metadata_has_what_qgis_asks_for(field: str, root: Path) -> None:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(root / "metadata.txt", encoding="utf-8")
    assert metadata["general"][field]
    assert (root / metadata["general"]["icon"]).is_file()
    assert metadata["general"]["hasProcessingProvider"] == "yes"
