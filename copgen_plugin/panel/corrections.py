"""How to correct what was recognised of a condition: its bands, its encoding, its offset."""

from __future__ import annotations

from typing import Any, List, Mapping, Sequence

from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from ...model_runtime.contract import SENTINEL2
from ..terms import ENCODINGS, band_names, encoding_name
from ..translation import tr
from .bits import SPACING, narrow, select_data
from .form import ConditionForm


class Corrections(QWidget):
    """Bands, encoding and offset of one condition, each "as recognised" until the user says otherwise."""

    changed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._modality = ""
        self._layer_bands: List[str] = []
        self._recognised: List[int] = []
        self.bands: List[QComboBox] = []
        self._labels: List[QLabel] = []
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        self._form.setVerticalSpacing(SPACING)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.encoding = narrow(QComboBox(self))
        self.encoding.setAccessibleName(tr("Encoding"))
        self.encoding.currentIndexChanged.connect(self._on_encoding)
        self._form.addRow(_label(tr("Encoding"), self.encoding), self.encoding)
        self.offset = QLineEdit(self)
        self.offset.setPlaceholderText(encoding_name("auto"))
        self.offset.setToolTip(
            tr("Added to the stored numbers before anything else: −1000 for Sentinel-2 since baseline 04.00, else 0.")
        )
        self.offset.setAccessibleName(tr("Offset"))
        self.offset.editingFinished.connect(self.changed)
        self._offset_label = _label(tr("Offset"), self.offset)
        self._form.addRow(self._offset_label, self.offset)

    def load(self, form: ConditionForm, layer_bands: Sequence[str]) -> None:
        """Show a condition.

        Args:
            form: of the condition.
            layer_bands: labels of the layer's bands.
        """
        self._modality, self._layer_bands = form.modality, list(layer_bands)
        blocked = self.encoding.blockSignals(True)
        self.encoding.clear()
        for name in ("auto", *ENCODINGS.get(form.modality, ())):
            self.encoding.addItem(encoding_name(name), name)
        self.encoding.blockSignals(blocked)
        select_data(self.encoding, form.encoding)
        self.offset.setText("" if form.offset == "auto" else form.offset)
        has_offset = form.modality in SENTINEL2
        self.offset.setVisible(has_offset)
        self._offset_label.setVisible(has_offset)
        self._fill_bands(form.band_numbers())

    def store(self, form: ConditionForm) -> None:
        """Write what is shown into a condition."""
        form.encoding = str(self.encoding.currentData() or "auto")
        text = self.offset.text().strip().replace("−", "-")
        form.offset = text or "auto"
        chosen = [int(combo.currentData() or 0) for combo in self.bands]
        known = self._recognised if len(self._recognised) == len(chosen) else [0] * len(chosen)
        complete = [number or found for number, found in zip(chosen, known)]
        form.bands = ",".join(str(number) for number in complete) if any(chosen) else ""

    def show_recognised(self, found: Mapping[str, Any]) -> None:
        """Tell which bands were recognised, so that one of them can be corrected alone.

        Args:
            found: as in an inspection's result, or empty; what was recognised before then stays known.
        """
        if not found.get("bands") or found.get("bands_source") == "user":
            return
        self._recognised = [int(number) for number in found["bands"]]
        for combo, number in zip(self.bands, self._recognised):
            text = tr("band {number}").format(number=number)
            combo.setItemText(0, f"{encoding_name('auto')} ({text})")

    def _on_encoding(self) -> None:
        self._fill_bands([])
        self.changed.emit()

    def _fill_bands(self, chosen: Sequence[int]) -> None:
        encoding = str(self.encoding.currentData() or "auto")
        names = band_names(self._modality, encoding) if self._modality else ()
        for combo in self.bands:
            self._form.removeRow(combo)
        self.bands = []
        self._recognised = []
        for row, name in enumerate(names):
            combo = narrow(QComboBox(self))
            combo.setAccessibleName(name)
            combo.addItem(encoding_name("auto"), 0)
            for number, label in enumerate(self._layer_bands, start=1):
                combo.addItem(label, number)
            if row < len(chosen):
                select_data(combo, chosen[row])
            combo.currentIndexChanged.connect(self.changed)
            self._form.insertRow(row, _label(name, combo), combo)
            self.bands.append(combo)
        self._set_tab_order()

    def _set_tab_order(self) -> None:
        order: List[QWidget] = [*self.bands, self.encoding, self.offset]
        for first, second in zip(order, order[1:]):
            QWidget.setTabOrder(first, second)


def _label(text: str, buddy: QWidget) -> QLabel:
    label = QLabel(text)
    label.setBuddy(buddy)
    return label
