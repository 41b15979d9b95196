"""Driving the panel as a user would: waiting while QGIS's event loop runs, clicking, reading the message bar."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QEvent
from qgis.PyQt.QtWidgets import QPushButton

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".venv" / "bin" / "python"
LONG = 300.0
"""Seconds after which a test gives up; nothing is measured by it."""


def spin(seconds: float = 0.05) -> None:
    """Let the event loop run for a while."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.005)


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Let the event loop run until something holds; fails the test after ``LONG``."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        QCoreApplication.processEvents()
        if condition():
            return
        time.sleep(0.005)
    pytest.fail(f"waited in vain: {what}")


def delete_later() -> None:
    """Have Qt delete what is to be deleted."""
    for _ in range(3):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        QCoreApplication.processEvents()


def add_layer(path: str | Path, name: str = "scene") -> QgsRasterLayer:
    layer = QgsRasterLayer(str(path), name)
    assert layer.isValid(), path
    QgsProject.instance().addMapLayer(layer)
    return layer


class Desk:
    """QGIS with the plugin, as far as a test needs to see it.

    Attributes:
        iface: QGIS's interface.
        plugin: loaded.
    """

    def __init__(self, iface: Any, plugin: Any) -> None:  # noqa: ANN401
        self.iface = iface
        self.plugin = plugin
        self.dock = plugin.dock
        self.presenter = plugin.presenter

    def tidy(self) -> None:
        """End what goes on and forget what was."""
        for record in self.presenter.records:
            if record.run is not None and not record.ended:
                record.run.cancel()
                record.run.wait(LONG)
        spin()
        self.presenter.records.clear()
        QgsProject.instance().clear()
        self.iface.messageBar().clearWidgets()
        self.dock.setFloating(False)
        self.dock.hide()
        spin()

    def select(self, *layers: QgsRasterLayer) -> None:
        """Select layers in the layer tree."""
        view = self.iface.layerTreeView()
        view.setCurrentLayer(layers[0])
        model = view.selectionModel()
        model.clearSelection()
        for layer in layers:
            node = QgsProject.instance().layerTreeRoot().findLayer(layer.id())
            model.select(view.node2index(node), model.SelectionFlag.Select)
        assert set(view.selectedLayersRecursive()) == set(layers)

    def click(self, action: str) -> None:
        """Choose an entry of the menu."""
        self.plugin.actions.by_name()[action].trigger()

    def wait_for_end(self) -> Any:  # noqa: ANN401
        """Wait until no run goes on; return the newest."""
        wait_until(lambda: self.presenter.records and self.presenter.active() is None, "the end of the run")
        # Another thread ends it; what the panel does then comes through its event loop.
        spin(0.2)
        return self.presenter.records[0]

    def wait_for_stage(self, stage: str) -> Any:  # noqa: ANN401
        """Wait until a run is so far; return it."""

        def there() -> bool:
            record = self.presenter.active()
            progress = record.run.progress if record is not None and record.run is not None else None
            return progress is not None and progress.stage == stage

        wait_until(there, f"stage {stage}")
        return self.presenter.active()

    def message(self) -> str:
        """Return the message on top of the message bar, empty without one."""
        item = self.iface.messageBar().currentItem()
        return f"{item.title()}: {item.text()}" if item is not None else ""

    def press_in_message(self, text: str) -> None:
        """Press a button in the message on top."""
        item = self.iface.messageBar().currentItem()
        next(button for button in item.findChildren(QPushButton) if button.text() == text).click()
