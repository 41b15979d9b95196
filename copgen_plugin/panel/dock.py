"""The panel: the sections one below the other, the foot always in sight."""

from __future__ import annotations

from typing import Any, List, Optional, Sequence

from qgis.core import QgsRectangle
from qgis.gui import QgsDockWidget, QgsMapCanvas, QgsMapTool, QgsMapToolExtent
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtWidgets import (
    QFileDialog,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction

from ..layers.source import crs_as_wkt
from ..translation import tr
from .advanced import AdvancedSection
from .area_section import AreaSection
from .bits import MARGIN, SPACING, heading, line
from .conditions import ConditionsSection
from .guide import MODEL, SET_UP, Guide
from .guide_section import GuideSection
from .history import HistorySection
from .presenter import PanelPresenter, random_seed
from .records import RunRecord
from .running import RunningSection
from .runtime_banner import RuntimeBanner
from .settings_view import SettingsView
from .targets import TargetsSection
from .wording import device_text, estimate_text, settings_text

NARROWEST = 260
"""Pixels below which the panel is not made narrower."""
ICON_SIDE = 20


class CopGenDock(QgsDockWidget):
    """Shows what the presenter holds, and hands it what the user does.

    Args:
        presenter: without widgets.
        canvas: to draw a rectangle on, None where there is none.
        actions: the one-click tasks.
        parent: QGIS's main window.
    """

    log_wanted = pyqtSignal()
    set_up_wanted = pyqtSignal()
    models_wanted = pyqtSignal()

    def __init__(
        self,
        presenter: PanelPresenter,
        canvas: Optional[QgsMapCanvas],
        actions: Sequence[QAction],
        parent: Optional[QWidget] = None,
    ) -> None:
        super().__init__("COP-GEN", parent)
        self.setObjectName("copgenDock")
        self.presenter = presenter
        self._canvas = canvas
        self._tool: Optional[QgsMapToolExtent] = None
        self._tool_before: Optional[QgsMapTool] = None
        self.page = QWidget()
        self.guide = Guide(presenter)
        self.first_steps = GuideSection(self.page)
        self.banner = RuntimeBanner(self.page)
        self.conditions = ConditionsSection(self.page)
        self.targets = TargetsSection(self.page)
        self.area = AreaSection(self.page)
        self.advanced = AdvancedSection(self.page)
        self.history = HistorySection(self.page)
        self._unused: List[str] = []
        self.shortcuts = self._shortcuts(actions)
        self.foot = QWidget()
        self.running = RunningSection(self.foot)
        self._arrange()
        self._connect()
        self.load()
        self.show_runtime()
        self.show_runs()
        self.show_guide()

    def _shortcuts(self, actions: Sequence[QAction]) -> List[QToolButton]:
        buttons = []
        for action in actions:
            button = QToolButton(self.page)
            button.setDefaultAction(action)
            button.setAutoRaise(True)
            button.setIconSize(QSize(ICON_SIDE, ICON_SIDE))
            button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            button.setAccessibleName(action.text())
            buttons.append(button)
        return buttons

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(2)
        row.addWidget(heading(tr("One click"), self.page), 1)
        for button in self.shortcuts:
            row.addWidget(button)
        column = QVBoxLayout(self.page)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(MARGIN + SPACING // 2)
        column.addWidget(self.first_steps)
        column.addWidget(self.banner)
        column.addLayout(row)
        for section in (self.conditions, self.targets, self.area, self.advanced, self.history):
            column.addWidget(section)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self.page)
        foot = QVBoxLayout(self.foot)
        foot.setContentsMargins(MARGIN, SPACING, MARGIN, MARGIN)
        foot.addWidget(self.running)
        whole = QWidget(self)
        whole.setMinimumWidth(NARROWEST)
        body = QVBoxLayout(whole)
        body.setContentsMargins(0, 0, 0, 0)
        body.setSpacing(0)
        body.addWidget(scroll, 1)
        body.addWidget(line(whole))
        body.addWidget(self.foot)
        self.setWidget(whole)

    def _connect(self) -> None:
        presenter = self.presenter
        for section in (self.conditions, self.targets, self.area, self.advanced):
            section.changed.connect(self._on_edit)
        self.conditions.layer_chosen.connect(presenter.layer_chosen)
        self.conditions.lost.connect(presenter.layer_lost)
        self.area.lost.connect(presenter.layer_lost)
        self.area.draw_wanted.connect(self._on_draw)
        self.advanced.seed_wanted.connect(lambda: self.advanced.seed.setValue(random_seed()))
        self.first_steps.step_wanted.connect(self._on_step)
        self.first_steps.close_wanted.connect(self.guide.close)
        self.guide.changed.connect(self.show_guide)
        self.targets.models_wanted.connect(self.models_wanted)
        self.banner.choose_wanted.connect(self._on_choose)
        self.banner.set_up_wanted.connect(self.set_up_wanted)
        presenter.setup.changed.connect(self.show_runtime)
        self.banner.start_wanted.connect(presenter.service.start)
        self.banner.log_wanted.connect(self.log_wanted)
        self.running.run_wanted.connect(presenter.start)
        self.running.cancel_wanted.connect(presenter.cancel)
        self.history.again_wanted.connect(presenter.run_again)
        self.history.seed_wanted.connect(lambda record: presenter.run_again(record, new_seed=True))
        self.history.settings_wanted.connect(self._on_settings)
        self.history.log_wanted.connect(self.log_wanted)
        if self._canvas is not None:
            self._canvas.extentsChanged.connect(self._on_view)
        presenter.form_replaced.connect(self.load)
        presenter.findings_changed.connect(self.show_findings)
        presenter.runtime_changed.connect(self.show_runtime)
        presenter.runs_changed.connect(self.show_runs)

    def load(self) -> None:
        """Show the whole form."""
        form = self.presenter.form
        self.conditions.load(form)
        self.targets.load(form)
        self.area.load(form)
        self.advanced.load(form)
        self._set_tab_order()
        self.show_findings()

    def show_findings(self) -> None:
        """Show what was recognised, and what the run will take."""
        presenter = self.presenter
        for number, row in enumerate(self.conditions.rows):
            row.show_found(presenter.finding(number), presenter.export_reason(row.form))
        inspector = presenter.inspector
        text = inspector.problem or estimate_text(inspector.answer, presenter.expected_seconds())
        if not text and inspector.busy:
            text = tr("Looking at the layers…")
        self.area.show_estimate(text)
        self.running.run.setEnabled(not presenter.problem())
        self.running.run.setToolTip(presenter.problem())
        self._show_device()

    def show_runtime(self) -> None:
        """Show how the runtime is and what it has."""
        status = self.presenter.status()
        self.banner.show_status(status, self.presenter.setup)
        if status.models:
            self.targets.show_models(status.models)
        if status.devices:
            self.advanced.show_devices(status.devices)
        # Read here, from a file, not at every step of a run.
        self._unused = self.presenter.setup.unused
        self.running.device.setToolTip("\n".join(self.presenter.setup.proof))
        self._show_device()

    def show_guide(self) -> None:
        """Show the first steps, or not."""
        self.first_steps.show_guide(self.guide)

    def show_runs(self) -> None:
        """Show the runs and how far the one is that goes on."""
        presenter = self.presenter
        waiting = sum(1 for record in presenter.records if not record.ended) - 1
        self.running.show_record(presenter.active(), max(waiting, 0))
        self.history.show_records(presenter.listed())
        self._show_device()

    def _show_device(self) -> None:
        presenter = self.presenter
        status = presenter.status()
        steps = float(presenter.inspector.answer.get("steps", 0))
        # What is wrong is told by the banner.
        sentence = "" if status.state in ("missing", "died") else status.sentence
        pace = presenter.pace() * steps
        text = device_text(status.devices, presenter.form.device, pace) if status.devices or not sentence else ""
        # A GPU that is there and not used comes first, with the reason.
        told = [*self._unused, " ".join(part for part in (sentence, text) if part)]
        self.running.device.setText("\n".join(told))

    def _set_tab_order(self) -> None:
        order: List[Any] = [*self.first_steps.order(), *self.banner.order(), *self.shortcuts]
        for section in (self.conditions, self.targets, self.area, self.advanced, self.history, self.running):
            order += section.order()
        for first, second in zip(order, order[1:]):
            QWidget.setTabOrder(first, second)

    def _on_step(self, name: str) -> None:
        if name == SET_UP:
            self.set_up_wanted.emit()
        elif name == MODEL:
            self.models_wanted.emit()
        else:
            self.guide.try_scene()

    def _on_edit(self) -> None:
        self.targets.load(self.presenter.form)
        self.presenter.edited()
        self._set_tab_order()

    def _on_view(self) -> None:
        # A hidden panel starts nothing.
        if self.isVisible():
            self.presenter.view_moved()

    def _on_choose(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose the Python of the models' environment"))
        if path:
            self.presenter.choose_interpreter(path)

    def _on_settings(self, record: RunRecord) -> None:
        result = record.run.result if record.run is not None else None
        SettingsView(record.title, settings_text(record.job, result), self).show()

    def _on_draw(self, wanted: bool) -> None:
        if self._canvas is None:
            return
        self._stop_drawing()
        if not wanted:
            return
        self._tool_before = self._canvas.mapTool()
        self._tool = QgsMapToolExtent(self._canvas)
        self._tool.extentChanged.connect(self._on_rectangle)
        self._tool.deactivated.connect(self.area.stop_drawing)
        self._canvas.setMapTool(self._tool)

    def _on_rectangle(self, rectangle: QgsRectangle) -> None:
        if self._canvas is not None and not rectangle.isEmpty():
            self.area.take_rectangle(rectangle, crs_as_wkt(self._canvas.mapSettings().destinationCrs()))
            self._stop_drawing()

    def _stop_drawing(self) -> None:
        tool, self._tool = self._tool, None
        before, self._tool_before = self._tool_before, None
        if tool is None or self._canvas is None:
            return
        tool.deactivated.disconnect(self.area.stop_drawing)
        # Where another tool was taken meanwhile, that one stays.
        if self._canvas.mapTool() is tool:
            if before is None or sip.isdeleted(before):
                self._canvas.unsetMapTool(tool)
            else:
                self._canvas.setMapTool(before)
        tool.deleteLater()

    def close_down(self) -> None:
        """Let go of the map before the panel is deleted."""
        self._stop_drawing()
        if self._canvas is not None:
            self._canvas.extentsChanged.disconnect(self._on_view)
        self.conditions.let_go()
        self.area.leaving.stop()
        self.presenter.form_replaced.disconnect(self.load)
        self.presenter.findings_changed.disconnect(self.show_findings)
        self.presenter.runtime_changed.disconnect(self.show_runtime)
        self.presenter.setup.changed.disconnect(self.show_runtime)
        self.presenter.runs_changed.disconnect(self.show_runs)
        self.guide.let_go()
