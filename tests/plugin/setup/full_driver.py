"""Run inside QGIS's desktop (``qgis --code``): the set-up by its buttons, then the first DEM; a report as JSON."""

from __future__ import annotations

import json
import os
import traceback
from typing import Any

from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QElapsedTimer, QTimer
from qgis.PyQt.QtWidgets import QDialog, QPushButton
from qgis.utils import iface, plugins

TICK = 20
"""Milliseconds between two looks."""
SETTLE = 150
"""Ticks for QGIS to finish its start."""
PICTURES = os.environ.get("COPGEN_DRIVER_PICTURES", "")


class Driver:
    """Looks every few milliseconds and goes on when there is something to do."""

    def __init__(self) -> None:
        self.report: dict[str, Any] = {"progress": [], "gap": 0}
        self.ticks = 0
        self.stage = self.begin
        self.clock = QElapsedTimer()
        self.timer = QTimer()
        self.timer.timeout.connect(self.tick)
        self.timer.start(TICK)

    def tick(self) -> None:
        self.ticks += 1
        if self.ticks < SETTLE:
            return
        try:
            self.stage()
        except Exception:  # noqa: BLE001 - in QGIS it would open a window and wait
            self.report["traceback"] = traceback.format_exc()
            self.leave()

    @property
    def plugin(self) -> Any:  # noqa: ANN401
        return plugins["copgen"]

    def begin(self) -> None:
        self.plugin.actions.by_name()["copgenGenerate"].trigger()
        button = self.plugin.dock.findChild(QPushButton, "copgenSetUpButton")
        self.report["banner"] = self.plugin.dock.banner.sentence.text()
        button.click()
        dialog = iface.mainWindow().findChild(QDialog, "copgenSetup")
        dialog.findChild(QPushButton, "copgenSetupStart").click()
        self.clock.start()
        self.stage = self.set_up

    def set_up(self) -> None:
        setup = self.plugin.setup
        self.report["gap"] = max(self.report["gap"], self.clock.restart())
        progress = setup.facts.progress
        if progress is not None and progress.done == progress.total:
            told = [progress.what, progress.total]
            if told not in self.report["progress"]:
                self.report["progress"].append(told)
                self.picture("running")
        if setup.running:
            return
        self.report["state"] = setup.state
        self.report["sentence"] = self.plugin.setup_dialog.sentence.text()
        self.report["steps"] = [[step.name, step.state, step.seconds] for step in setup.facts.steps]
        self.report["lines"] = list(setup.lines)
        self.picture("done")
        if setup.state != "ready":
            self.leave()
            return
        self.stage = self.wait_for_runtime

    def wait_for_runtime(self) -> None:
        if self.plugin.presenter.status().state not in ("ready", "died"):
            return
        self.report["runtime"] = self.plugin.presenter.status().sentence
        layer = QgsRasterLayer(os.environ["COPGEN_DRIVER_SCENE"], "scene")
        QgsProject.instance().addMapLayer(layer)
        iface.setActiveLayer(layer)
        self.plugin.actions.by_name()["copgenDemFromS2"].trigger()
        self.stage = self.generate

    def generate(self) -> None:
        presenter = self.plugin.presenter
        if not presenter.records or presenter.active() is not None:
            return
        record = presenter.records[0]
        self.report["run"] = [record.state, record.message]
        self.report["names"] = [QgsProject.instance().mapLayer(number).name() for number in record.layers]
        self.report["device"] = self.plugin.dock.running.device.text()
        self.leave()

    def picture(self, name: str) -> None:
        if PICTURES:
            self.plugin.setup_dialog.grab().save(f"{PICTURES}/{name}.png")

    def leave(self) -> None:
        self.timer.stop()
        with open(os.environ["COPGEN_DRIVER_REPORT"], "w", encoding="utf-8") as file:
            json.dump(self.report, file)
        iface.newProject(False)
        QgsProject.instance().setDirty(False)
        iface.actionExit().trigger()


driver = Driver()
