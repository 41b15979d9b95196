"""The section of the panel that lists the conditions."""

from __future__ import annotations

from typing import List

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ..translation import tr
from .bits import SPACING, heading, line
from .condition_row import ConditionRow
from .form import ConditionForm, PanelForm

MOST = 12
"""Conditions on the panel: single-band layers each count as one."""


class ConditionsSection(QWidget):
    """One row a condition, and a button for another one."""

    changed = pyqtSignal()
    lost = pyqtSignal()
    """A layer left the project."""
    layer_chosen = pyqtSignal(object)
    """The ``ConditionForm`` whose layer is another one now."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: List[ConditionRow] = []
        self._form = PanelForm()
        self.add = QToolButton(self)
        self.add.setObjectName("copgenAddCondition")
        self.add.setText(tr("&Add"))
        self.add.setToolTip(tr("Add a layer as another condition"))
        self.add.setIcon(QgsApplication.getThemeIcon("/symbologyAdd.svg"))
        self.add.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.add.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.add.clicked.connect(self._on_add)
        top = QHBoxLayout()
        top.addWidget(heading(tr("Conditions"), self), 1)
        top.addWidget(self.add)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(SPACING)
        self._column.addLayout(top)
        self._box = QVBoxLayout()
        self._box.setSpacing(SPACING)
        self._column.addLayout(self._box)

    def load(self, form: PanelForm) -> None:
        """Show the conditions of a form."""
        self._form = form
        while len(self.rows) > len(form.conditions):
            self._drop_row()
        while len(self.rows) < len(form.conditions):
            self._add_row()
        for row, condition in zip(self.rows, form.conditions):
            row.load(condition)
            row.remove.setEnabled(len(form.conditions) > 1 or bool(condition.layer_id))
        self.add.setEnabled(len(form.conditions) < MOST)

    def let_go(self) -> None:
        """Listen to the project no more."""
        for row in self.rows:
            row.leaving.stop()

    def _add_row(self) -> None:
        if self.rows:
            self._box.addWidget(line(self))
        row = ConditionRow(self)
        row.changed.connect(self.changed)
        row.lost.connect(self.lost)
        row.layer_chosen.connect(lambda: self.layer_chosen.emit(row.form))
        row.removed.connect(lambda: self._on_remove(row.form))
        self._box.addWidget(row)
        self.rows.append(row)

    def _drop_row(self) -> None:
        self.rows.pop().leaving.stop()
        for _ in range(2 if self.rows else 1):
            widget = self._box.takeAt(self._box.count() - 1).widget()
            # It may be the one whose signal is being handled.
            widget.hide()
            widget.deleteLater()

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.add, *(widget for row in self.rows for widget in row.order())]

    def _on_add(self) -> None:
        self._form.conditions.append(ConditionForm())
        self.load(self._form)
        self.changed.emit()
        self.rows[-1].layer.setFocus()

    def _on_remove(self, condition: ConditionForm) -> None:
        kept = [entry for entry in self._form.conditions if entry is not condition]
        self._form.conditions = kept or [ConditionForm()]
        self.load(self._form)
        self.changed.emit()
        self.rows[0].layer.setFocus()
