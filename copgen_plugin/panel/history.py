"""The last runs, and what can be done with them."""

from __future__ import annotations

from typing import Dict, List, Optional

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from ..terms import state_name
from ..translation import tr
from .bits import SPACING, Columns, name_fold
from .records import RunRecord
from .wording import duration_text

ICONS: Dict[str, str] = {
    "finished": "/mIconSuccess.svg",
    "failed": "/mIconWarning.svg",
    "cancelled": "/mTaskCancel.svg",
    "running": "/mTaskRunning.svg",
    "preparing": "/mTaskRunning.svg",
    "queued": "/mTaskQueued.svg",
}
VISIBLE = 3
"""Runs visible at once, two lines each."""


class HistorySection(QgsCollapsibleGroupBox):
    """A list of runs and four buttons for the one that is selected."""

    again_wanted = pyqtSignal(object)
    seed_wanted = pyqtSignal(object)
    settings_wanted = pyqtSignal(object)
    log_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Last runs"), parent)
        self.setObjectName("copgenHistory")
        name_fold(self)
        self.setSaveCollapsedState(True)
        self._records: List[RunRecord] = []
        self.list = QListWidget(self)
        self.list.setObjectName("copgenRuns")
        self.list.setAccessibleName(tr("Last runs"))
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Otherwise the list holds on to the Tab key.
        self.list.setTabKeyNavigation(False)
        self.list.currentRowChanged.connect(self._on_row)
        self.again = self._button("copgenRunAgain", tr("Run aga&in"))
        self.seed = self._button("copgenNewSeed", tr("New seed"))
        self.settings = self._button("copgenShowSettings", tr("Show se&ttings"))
        self.log = self._button("copgenShowLog", tr("Show log"))
        self.again.clicked.connect(lambda: self._tell(self.again_wanted))
        self.seed.clicked.connect(lambda: self._tell(self.seed_wanted))
        self.settings.clicked.connect(lambda: self._tell(self.settings_wanted))
        self.log.clicked.connect(self.log_wanted)
        column = QVBoxLayout(self)
        column.setSpacing(SPACING)
        column.addWidget(self.list)
        column.addWidget(Columns((self.again, self.seed, self.settings, self.log), self))
        self._on_row(-1)

    def show_records(self, records: List[RunRecord]) -> None:
        """Show runs, newest first; the selected one stays selected until there is a newer one."""
        is_new = bool(records) and records[0] not in self._records
        selected = None if is_new else self.selected()
        self._records = records
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(records):
            self.list.takeItem(self.list.count() - 1)
        while self.list.count() < len(records):
            self.list.addItem(QListWidgetItem())
        for row, record in enumerate(records):
            self._fill(self.list.item(row), record)
        row = records.index(selected) if selected in records else 0
        self.list.setCurrentRow(row if records else -1)
        self.list.blockSignals(blocked)
        lines = 2.3 * min(max(len(records), 1), VISIBLE)
        self.list.setFixedHeight(round(lines * self.list.fontMetrics().height()) + SPACING)
        self._on_row(self.list.currentRow())
        self.setVisible(bool(records))

    def selected(self) -> Optional[RunRecord]:
        """Return the selected run."""
        row = self.list.currentRow()
        return self._records[row] if 0 <= row < len(self._records) else None

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.list, self.again, self.seed, self.settings, self.log]

    def _fill(self, item: QListWidgetItem, record: RunRecord) -> None:
        tip = "\n".join(part for part in (record.title, record.message, record.folder) if part)
        text = f"{record.title}\n{_outcome(record)}"
        if (item.text(), item.toolTip()) == (text, tip):
            return
        item.setText(text)
        item.setIcon(QgsApplication.getThemeIcon(ICONS.get(record.state, "/mTaskQueued.svg")))
        item.setToolTip(tip)

    def _button(self, name: str, text: str) -> QPushButton:
        button = QPushButton(text, self)
        button.setObjectName(name)
        return button

    def _tell(self, signal: pyqtSignal) -> None:
        record = self.selected()
        if record is not None:
            signal.emit(record)

    def _on_row(self, row: int) -> None:
        there = 0 <= row < len(self._records)
        for button in (self.again, self.seed, self.settings):
            button.setEnabled(there)


def _outcome(record: RunRecord) -> str:
    """Return the state of a run, its seed, and how long it took."""
    parts = [state_name(record.state), tr("seed {seed}").format(seed=record.form.seed)]
    result = record.run.result if record.run is not None else None
    if result and "seconds" in result:
        parts.append(duration_text(float(result["seconds"])))
    return " · ".join(parts)
