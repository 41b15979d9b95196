"""One condition on the panel: which layer, what it is, what was recognised, how to correct it."""

from __future__ import annotations

from typing import Any, List, Mapping, Optional

from qgis.core import QgsApplication, QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRasterLayer
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ...model_runtime.contract import MODALITIES
from ..terms import condition_name
from ..translation import tr
from .bits import SPACING, narrow, note, select_data
from .corrections import Corrections
from .form import ConditionForm
from .leaving import LeavingLayers, show_layer
from .wording import recognised_text


class ConditionRow(QWidget):
    """Shows and edits one ``ConditionForm``."""

    changed = pyqtSignal()
    """Something but the layer was edited."""
    layer_chosen = pyqtSignal()
    """Another layer was chosen; what it is has to be guessed anew."""
    lost = pyqtSignal()
    """The layer leaves the project; the project itself may be about to close."""
    removed = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.form = ConditionForm()
        # Before the combo box, which would choose another layer by itself.
        self.leaving = LeavingLayers(self._on_leaving)
        self.layer = narrow(QgsMapLayerComboBox(self))
        self.layer.setFilters(QgsMapLayerProxyModel.Filter.RasterLayer)
        self.layer.setAllowEmptyLayer(True, tr("Choose a raster layer"))
        self.layer.setObjectName("copgenLayer")
        self.layer.setAccessibleName(tr("Layer of the condition"))
        self.layer.layerChanged.connect(self._on_layer)
        self.remove = QToolButton(self)
        self.remove.setAutoRaise(True)
        self.remove.setIcon(QgsApplication.getThemeIcon("/symbologyRemove.svg"))
        self.remove.setToolTip(tr("Remove this condition"))
        self.remove.setAccessibleName(tr("Remove this condition"))
        self.remove.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.remove.clicked.connect(self.removed)
        self.modality = narrow(QComboBox(self))
        self.modality.setObjectName("copgenModality")
        self.modality.setAccessibleName(tr("What the layer shows"))
        self.modality.addItem(tr("What is it?"), "")
        for name in MODALITIES:
            self.modality.addItem(condition_name(name), name)
        self.modality.currentIndexChanged.connect(self._on_modality)
        self.correct = QToolButton(self)
        self.correct.setText(tr("Correct"))
        self.correct.setToolTip(tr("Set bands, encoding and offset yourself"))
        self.correct.setCheckable(True)
        self.correct.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.correct.setArrowType(Qt.ArrowType.RightArrow)
        self.correct.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.correct.toggled.connect(self._on_correct)
        self.found = note(parent=self)
        self.corrections = Corrections(self)
        self.corrections.changed.connect(self._on_corrections)
        self.corrections.hide()
        self._arrange()

    def _arrange(self) -> None:
        first, second = QHBoxLayout(), QHBoxLayout()
        for layout, widgets in ((first, (self.layer, self.remove)), (second, (self.modality, self.correct))):
            layout.setSpacing(SPACING)
            layout.addWidget(widgets[0], 1)
            layout.addWidget(widgets[1])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addLayout(first)
        column.addLayout(second)
        column.addWidget(self.found)
        column.addWidget(self.corrections)
        self.found.hide()

    def load(self, form: ConditionForm) -> None:
        """Show a condition."""
        self.form = form
        show_layer(self.layer, QgsProject.instance().mapLayer(form.layer_id))
        select_data(self.modality, form.modality)
        self._load_corrections()
        self.show_found({})

    def show_found(self, found: Mapping[str, Any], reason: str = "") -> None:
        """Show what the runtime recognised.

        Args:
            found: as in an inspection's result, or empty.
            reason: said instead where there is no inspection, such as why the layer is exported first.
        """
        text = recognised_text(found) or reason
        self.found.setText(text)
        self.found.setVisible(bool(text))
        self.corrections.show_recognised(found)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        edits = self.corrections
        return [self.layer, self.remove, self.modality, self.correct, *edits.bands, edits.encoding, edits.offset]

    def _load_corrections(self) -> None:
        self.corrections.load(self.form, band_labels(self.layer.currentLayer()))
        self.correct.setEnabled(bool(self.form.modality))
        if self.form.bands or self.form.encoding != "auto" or self.form.offset != "auto":
            self.correct.setChecked(True)

    def _on_leaving(self, ids: List[str]) -> None:
        if self.form.layer_id in ids:
            self.form.__dict__.update(ConditionForm().__dict__)
            self.load(self.form)
            self.lost.emit()

    def _on_layer(self, layer: Optional[QgsMapLayer]) -> None:
        layer_id = layer.id() if layer is not None else ""
        if layer_id != self.form.layer_id:
            self.form.__dict__.update(ConditionForm(layer_id).__dict__)
            self.layer_chosen.emit()

    def _on_modality(self) -> None:
        modality = str(self.modality.currentData() or "")
        self.form.__dict__.update(ConditionForm(self.form.layer_id, modality, chosen=bool(modality)).__dict__)
        self._load_corrections()
        self.changed.emit()

    def _on_corrections(self) -> None:
        self.corrections.store(self.form)
        self.changed.emit()

    def _on_correct(self, shown: bool) -> None:
        self.correct.setArrowType(Qt.ArrowType.DownArrow if shown else Qt.ArrowType.RightArrow)
        self.corrections.setVisible(shown)


def band_labels(layer: Optional[QgsMapLayer]) -> List[str]:
    """Return the names of a raster layer's bands, as QGIS shows them."""
    if not isinstance(layer, QgsRasterLayer):
        return []
    return [layer.bandName(number) for number in range(1, layer.bandCount() + 1)]
