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
        while self._box.count():
            widget = self._box.takeAt(0).widget()
            # It may be the one whose signal is being handled.
            widget.hide()
            widget.deleteLater()
        self.rows = []
        for number, condition in enumerate(form.conditions):
            if number:
                self._box.addWidget(line(self))
            row = ConditionRow(self)
            row.load(condition)
            row.remove.setEnabled(len(form.conditions) > 1 or bool(condition.layer_id))
            row.changed.connect(self.changed)
            row.layer_chosen.connect(lambda entry=condition: self.layer_chosen.emit(entry))
            row.removed.connect(lambda entry=condition: self._on_remove(entry))
            self._box.addWidget(row)
            self.rows.append(row)
        self.add.setEnabled(len(form.conditions) < MOST)

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
