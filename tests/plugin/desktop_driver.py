"""Run inside QGIS's desktop (``qgis --code``): one click on a layer, and a report of what came of it as JSON."""

from __future__ import annotations

import json
import os
import traceback
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QElapsedTimer, QTimer
from qgis.utils import iface, plugins

TICK = 10
"""Milliseconds between two looks."""
SETTLE = 300
"""Ticks for QGIS to finish its start."""
PATIENCE = 500
"""Ticks for the layers of a finished run."""


class Driver:
    """Looks every few milliseconds and goes on when there is something to do."""

    def __init__(self) -> None:
        self.report: dict[str, Any] = {}
        self.ticks = 0
        self.waited = 0
        self.gaps: list[int] = []
        self.starting: list[int] = []
        self.clock = QElapsedTimer()
        self.timer = QTimer()
        self.timer.timeout.connect(self.tick)
        self.timer.start(TICK)

    def tick(self) -> None:
        try:
            self.go_on()
        except Exception:  # noqa: BLE001 - in QGIS it would open a window and wait
            self.report["traceback"] = traceback.format_exc()
            self.leave()

    def go_on(self) -> None:
        self.ticks += 1
        if self.ticks < SETTLE:
            return
        plugin = plugins["copgen"]
        if self.ticks == SETTLE:
            self.click(plugin)
            return
        up = plugin.presenter.service.status().state in ("ready", "busy")
        (self.gaps if up else self.starting).append(self.clock.restart())
        if plugin.presenter.records and plugin.presenter.active() is None:
            # The run ends first, its layers come with the next turns of the loop.
            self.waited += 1
            if plugin.presenter.records[0].layers or self.waited > PATIENCE:
                self.look(plugin)
                self.leave()

    def click(self, plugin: Any) -> None:  # noqa: ANN401
        layer = QgsRasterLayer(os.environ["COPGEN_DRIVER_LAYER"], "S2_L2A")
        QgsProject.instance().addMapLayer(layer)
        iface.setActiveLayer(layer)
        menus = [action.menu() for action in iface.rasterMenu().actions() if action.text() == "COP-GEN"]
        action = next(entry for entry in menus[0].actions() if entry.objectName() == "copgenDemFromS2")
        self.report["action"] = action.text()
        self.report["source"] = [layer.extent().asWktPolygon(), layer.crs().authid()]
        self.clock.start()
        action.trigger()

    def look(self, plugin: Any) -> None:  # noqa: ANN401
        record = plugin.presenter.records[0]
        self.report["state"] = record.state
        self.report["message"] = record.message
        self.report["child"] = plugin.presenter.service.child_pid()
        self.report["gap"] = max(self.gaps)
        self.report["gap_at_start"] = max(self.starting, default=0)
        self.report["turns"] = len(self.gaps)
        self.report["dock"] = plugin.dock.isVisible()
        for layer_id in record.layers:
            layer = QgsProject.instance().mapLayer(layer_id)
            self.report["layer"] = [layer.extent().asWktPolygon(), layer.crs().authid()]
            self.report["name"] = layer.name()
            self.report["renderer"] = layer.renderer().type()

    def leave(self) -> None:
        self.timer.stop()
        with open(os.environ["COPGEN_DRIVER_REPORT"], "w", encoding="utf-8") as file:
            json.dump(self.report, file)
        iface.newProject(False)
        QgsProject.instance().setDirty(False)
        iface.actionExit().trigger()


driver = Driver()
