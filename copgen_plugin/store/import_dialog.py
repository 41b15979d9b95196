"""A small window that asks for the files of a checkpoint of the user's own."""

from __future__ import annotations

from qgis.gui import QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QLineEdit, QToolButton, QVBoxLayout, QWidget

from ..panel.bits import MARGIN, SPACING, note
from ..translation import tr
from .store import ModelStore

FILTER = "*.pth *.pt *.safetensors"


class ImportDialog(QDialog):
    """Not modal; gone once it is closed.

    Args:
        store: has the bundle made.
        parent: the window of the models.
    """

    begun = pyqtSignal(str)
    """Name of the model that is being made."""

    def __init__(self, store: ModelStore, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("copgenImport")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(tr("Import a model"))
        self._store = store
        self.name = QLineEdit(self)
        self.name.setObjectName("copgenImportName")
        self.transformer = self._file("copgenImportTransformer")
        self.vae = self._file("copgenImportVae")
        self.said = note(
            tr("Files in a published layout: .pth or .safetensors. They stay where they are; a copy is converted."),
            self,
        )
        self.said.setObjectName("copgenImportSaid")
        form = QFormLayout()
        form.setVerticalSpacing(SPACING)
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("&Transformer"), self.transformer)
        form.addRow(tr("&Autoencoder"), self.vae)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel, parent=self
        )
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.addLayout(form)
        column.addWidget(self.said)
        column.addStretch(1)
        column.addWidget(buttons)
        self.buttons = buttons
        self.resize(460, 200)

    def _file(self, name: str) -> QgsFileWidget:
        widget = QgsFileWidget(self)
        widget.setObjectName(name)
        widget.setStorageMode(QgsFileWidget.StorageMode.GetFile)
        widget.setFilter(FILTER)
        for button in widget.findChildren(QToolButton):
            button.setAccessibleName(tr("Choose a file"))
        return widget

    def _on_accepted(self) -> None:
        name = self.name.text().strip()
        problem = self._store.import_files(name, self.transformer.filePath(), self.vae.filePath())
        if problem:
            self.said.setText(problem)
            return
        self.begun.emit(name)
        self.close()
