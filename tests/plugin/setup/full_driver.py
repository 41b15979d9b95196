"""Run inside QGIS's desktop (``qgis --code``): from the first steps' buttons to the picture; a report as JSON.

``COPGEN_DRIVER_FOLDER`` gets the report and pictures of the screen. With ``COPGEN_DRIVER_STORY=set_up`` the set-up is
all there is, to be killed: the file ``started`` says that it goes on.
"""

from __future__ import annotations

import json
import os
import sys
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from qgis.core import QgsApplication, QgsProject, QgsRasterBandStats, QgsRasterLayer
from qgis.PyQt.QtCore import Qt, QTimer
from qgis.PyQt.QtTest import QTest
from qgis.PyQt.QtWidgets import QAbstractButton, QDialog
from qgis.utils import iface, plugins

TICK = 10
"""Milliseconds between two looks."""
SETTLE = 300
"""Ticks for QGIS to finish its start."""
LATE = 50
"""Milliseconds after which the event loop is late."""
PAINTED = 0.3
"""Seconds after which what was shown is painted."""
FOLDER = Path(os.environ["COPGEN_DRIVER_FOLDER"])

Story = Iterator[Callable[[], object]]


class Watch(threading.Thread):
    """Looks what the main thread does whenever its event loop is late.

    Attributes:
        gaps: of each: milliseconds, of them computing and waiting for a processor, and the lines Python was at.
    """

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.gaps: list[tuple[int, int, int, list[str]]] = []
        self._main = threading.get_ident()
        self._lines: set[str] = set()
        self._beat, self._used = time.monotonic(), _processor()

    def run(self) -> None:
        while True:
            time.sleep(LATE / 4000)
            if time.monotonic() - self._beat > LATE / 2000:
                frame = sys._current_frames().get(self._main)
                self._lines.add(f"{Path(frame.f_code.co_filename).name}:{frame.f_lineno}" if frame else "Qt")

    def beat(self, counted: bool = True) -> None:
        """The event loop is here; what was between is nobody's fault if it is not counted."""
        now, used = time.monotonic(), _processor()
        gap = round(1000 * (now - self._beat))
        if counted and gap > LATE:
            computing, waiting = used[0] - self._used[0], used[1] - self._used[1]
            self.gaps.append((gap, computing, waiting, sorted(self._lines)))
        self._beat, self._used, self._lines = now, used, set()


def _processor() -> tuple[int, int]:
    """Milliseconds that the main thread has computed, and waited for a processor."""
    computed, waited, _ = Path("/proc/self/schedstat").read_text().split()
    return int(computed) // 1_000_000, int(waited) // 1_000_000


class Driver:
    """Goes through a story, which says after each step what to wait for."""

    def __init__(self) -> None:
        self.report: dict[str, Any] = {"seen": {}, "downloads": []}
        self.story = self.set_up_alone() if os.environ.get("COPGEN_DRIVER_STORY") == "set_up" else self.all_of_it()
        self.wanted: Callable[[], object] = lambda: self.ticks == SETTLE
        self.ticks = self.pictures = 0
        self.watch = Watch()
        self.watch.start()
        self.timer = QTimer()
        self.timer.setTimerType(Qt.TimerType.PreciseTimer)
        self.timer.timeout.connect(self.tick)
        self.timer.start(TICK)

    def tick(self) -> None:
        self.ticks += 1
        self.watch.beat(counted=self.ticks > SETTLE)
        try:
            if self.wanted():
                self.wanted = next(self.story)
        except StopIteration:
            self.leave()
        except Exception:  # noqa: BLE001 - in QGIS it would open a window and wait
            self.report["traceback"] = traceback.format_exc()
            self.look("traceback")
            self.leave()

    def set_up_alone(self) -> Story:
        yield from self.reopen()
        yield from self.press("copgenGuide_set_up")
        yield from self.press("copgenSetupStart")
        (FOLDER / "started").touch()
        yield from self.wait_for_set_up()

    def all_of_it(self) -> Story:
        # No window manager does it.
        iface.mainWindow().showNormal()
        iface.mainWindow().setGeometry(QgsApplication.primaryScreen().geometry())
        plugin = plugins["copgen"]
        setup, presenter = plugin.setup, plugin.presenter
        setup.changed.connect(self.on_changed)
        begun = time.monotonic()
        yield from self.reopen()
        yield from self.see("bare")
        yield from self.press("copgenGuide_set_up")
        yield from self.see("window")
        yield from self.press("copgenSetupStart")
        yield lambda: self.is_at("torch")
        yield from self.see("torch")
        # Window and panel are closed in the middle, and opened again.
        yield from self.press("copgenSetupClose")
        yield from self.reopen()
        yield from self.see("going_on")
        yield from self.press("copgenGuide_set_up")
        yield lambda: not setup.running or self.is_at("packages") and setup.facts.progress
        yield from self.see("packages")
        yield from self.press("copgenSetupCancel")
        yield lambda: not setup.running
        yield from self.see("cancelled")
        yield from self.press("copgenSetupClose")
        yield from self.reopen()
        yield from self.see("unfinished")
        yield from self.press("copgenGuide_set_up")
        yield from self.press("copgenSetupStart")
        yield lambda: not setup.running or setup.facts.installing
        yield from self.see("unpacking")
        yield from self.wait_for_set_up()
        self.report["seconds"] = time.monotonic() - begun
        yield from self.see("ready")
        if setup.state != "ready":
            return
        yield from self.press("copgenSetupClose")
        yield from self.press("copgenGuideClose")
        self.report["closed"] = not plugin.dock.first_steps.isVisible()
        yield from self.reopen()
        yield from self.see("set_up")
        yield from self.press("copgenGuide_try")
        yield lambda: presenter.records and (presenter.active() is None or self.is_denoising())
        yield from self.reopen()
        yield from self.see("trying")
        yield lambda: presenter.active() is None
        record = presenter.records[0]
        self.report["run"] = [record.state, record.message]
        yield lambda: record.layers or record.state != "finished"
        yield lambda: not iface.mapCanvas().isDrawing()
        yield from self.see("done")
        self.report["layers"] = [self.layer(layer) for layer in iface.mapCanvas().layers()]
        self.report["device"] = plugin.dock.running.device.text()
        self.report["same"] = plugins["copgen"] is plugin

    def wait_for_set_up(self) -> Story:
        plugin = plugins["copgen"]
        yield lambda: not plugin.setup.running
        self.report["state"] = plugin.setup.state
        self.report["sentence"] = plugin.setup_dialog.sentence.text()
        self.report["steps"] = [[step.name, step.state, step.seconds] for step in plugin.setup.facts.steps]
        self.report["lines"] = list(plugin.setup.lines)

    def reopen(self) -> Story:
        """Close the panel by its own button where it is open, and open it by the menu's entry."""
        dock = plugins["copgen"].dock
        if dock.isVisible():
            yield from self.press("qt_dockwidget_closebutton")
            yield lambda: not dock.isVisible()
        menu = next(entry.menu() for entry in iface.rasterMenu().actions() if entry.text() == "COP-GEN")
        next(entry for entry in menu.actions() if entry.objectName() == "copgenFirstSteps").trigger()
        yield self.painted()

    def press(self, name: str) -> Story:
        """As a mouse does: where the button can be seen, and is enabled."""
        plugin = plugins["copgen"]
        inside = plugin.setup_dialog if name.startswith("copgenSetup") else plugin.dock
        button = inside.findChild(QAbstractButton, name)
        if not button.isEnabled() or button.visibleRegion().isEmpty():
            raise AssertionError(f"{name} {button.text()!r} cannot be pressed")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        yield self.painted()

    def painted(self) -> Callable[[], object]:
        until = time.monotonic() + PAINTED
        return lambda: time.monotonic() > until

    def is_at(self, name: str) -> bool:
        return any(step.name == name and step.state == "running" for step in plugins["copgen"].setup.facts.steps)

    def is_denoising(self) -> bool:
        run = plugins["copgen"].presenter.active().run
        return run is not None and run.progress is not None and run.progress.stage == "denoise"

    def on_changed(self) -> None:
        """Take down what the window says of the downloads."""
        dialog = plugins["copgen"].setup_dialog
        text = dialog.download.text() if dialog is not None else ""
        if text and text not in self.report["downloads"]:
            self.report["downloads"].append(text)

    def see(self, name: str) -> Story:
        """Report the first steps and the window as they are shown, and take a picture."""
        yield self.painted()
        section = plugins["copgen"].dock.first_steps
        dialog = iface.mainWindow().findChild(QDialog, "copgenSetup")
        self.report["seen"][name] = {
            step: [section.marks[step].text(), section.texts[step].text(), button.text(), button.isEnabled()]
            for step, button in section.buttons.items()
        }
        self.report["seen"][name]["end"] = section.end.isVisible()
        self.report["seen"][name]["window"] = dialog is not None and dialog.isVisible() and dialog.start.text()
        self.look(name)

    def look(self, name: str) -> None:
        self.pictures += 1
        QgsApplication.primaryScreen().grabWindow(0).save(str(FOLDER / f"{self.pictures:02}_{name}.png"))
        self.watch.beat(counted=False)

    def layer(self, layer: QgsRasterLayer) -> dict[str, Any]:
        statistics = layer.dataProvider().bandStatistics(1, QgsRasterBandStats.Stats.All)
        extent = layer.extent()
        return {
            "name": layer.name(),
            "source": layer.source(),
            "crs": layer.crs().authid(),
            "extent": [extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum()],
            "spread": statistics.stdDev,
        }

    def leave(self) -> None:
        self.timer.stop()
        self.report["gaps"], self.report["turns"] = self.watch.gaps, self.ticks
        (FOLDER / "report.json").write_text(json.dumps(self.report), encoding="utf-8")
        iface.newProject(False)
        QgsProject.instance().setDirty(False)
        iface.actionExit().trigger()


driver = Driver()
