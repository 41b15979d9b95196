"""The section of the panel that says what to generate, and with which model."""

from __future__ import annotations

from typing import Any, Dict, List, Sequence

from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QLabel, QToolButton, QVBoxLayout, QWidget

from ...model_runtime.contract import MODALITIES
from ..terms import modality_name
from ..translation import tr
from .bits import SPACING, Columns, heading, narrow, select_data
from .form import PanelForm


class TargetsSection(QWidget):
    """A box to tick for every modality; those given as conditions cannot be ticked."""

    changed = pyqtSignal()
    models_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = PanelForm()
        self.boxes: Dict[str, QCheckBox] = {}
        for name in MODALITIES:
            box = QCheckBox(modality_name(name), self)
            box.setObjectName(f"copgenGenerate_{name}")
            box.toggled.connect(self._on_toggled)
            self.boxes[name] = box
        self.model = narrow(QComboBox(self))
        self.model.setObjectName("copgenModel")
        self.model.setAccessibleName(tr("Model"))
        self.model.currentIndexChanged.connect(self._on_model)
        label = QLabel(tr("Model"), self)
        label.setBuddy(self.model)
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(label)
        row.addWidget(self.model, 1)
        self.manage = QToolButton(self)
        self.manage.setObjectName("copgenManageModels")
        self.manage.setText("…")
        self.manage.setToolTip(tr("Download, check and remove models"))
        self.manage.setAccessibleName(tr("Models"))
        self.manage.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.manage.clicked.connect(self.models_wanted)
        row.addWidget(self.manage)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(heading(tr("Generate"), self))
        column.addWidget(Columns(list(self.boxes.values()), self))
        column.addLayout(row)
        self.show_models([])

    def load(self, form: PanelForm) -> None:
        """Show what a form wants."""
        self._form = form
        given = form.given()
        for name, box in self.boxes.items():
            blocked = box.blockSignals(True)
            box.setChecked(name in form.generate and name not in given)
            box.blockSignals(blocked)
            box.setEnabled(name not in given)
            box.setToolTip(tr("Given as a condition") if name in given else "")
        if self.model.findData(form.model) < 0:
            self.model.addItem(form.model, form.model)
        select_data(self.model, form.model)

    def show_models(self, models: Sequence[Any]) -> None:
        """Offer the models the runtime has found, beside "automatic" and what is filled in."""
        blocked = self.model.blockSignals(True)
        self.model.clear()
        self.model.addItem(tr("Automatic"), "auto")
        for model in models:
            facts = model if isinstance(model, dict) else {"name": str(model)}
            self.model.addItem(str(facts.get("title") or facts["name"]), str(facts["name"]))
        if self.model.findData(self._form.model) < 0:
            self.model.addItem(self._form.model, self._form.model)
        self.model.blockSignals(blocked)
        select_data(self.model, self._form.model)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [*self.boxes.values(), self.model, self.manage]

    def _on_toggled(self) -> None:
        given = self._form.given()
        # What is a condition now may be wanted again once it is none.
        kept = [name for name in self._form.generate if name in given]
        ticked = [name for name, box in self.boxes.items() if box.isChecked()]
        self._form.generate = [name for name in MODALITIES if name in kept or name in ticked]
        self.changed.emit()

    def _on_model(self) -> None:
        self._form.model = str(self.model.currentData() or "auto")
        self.changed.emit()
