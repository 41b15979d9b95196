"""A small window that asks for a model of the user's own: the folder of a bundle, or the files of a checkpoint."""

from __future__ import annotations

from pathlib import Path

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
        self.bundle = self._place("copgenImportBundle", QgsFileWidget.StorageMode.GetDirectory, tr("Choose a folder"))
        self.bundle.fileChanged.connect(self._suggest_name)
        self.transformer = self._place(
            "copgenImportTransformer", QgsFileWidget.StorageMode.GetFile, tr("Choose a file")
        )
        self.vae = self._place("copgenImportVae", QgsFileWidget.StorageMode.GetFile, tr("Choose a file"))
        self.said = note(
            tr(
                "Either the folder of a model, or its two files in a published layout: .pth or .safetensors. They stay "
                "where they are; a copy is made."
            ),
            self,
        )
        self.said.setObjectName("copgenImportSaid")
        form = QFormLayout()
        form.setVerticalSpacing(SPACING)
        form.addRow(tr("&Folder of a model"), self.bundle)
        form.addRow(tr("&Transformer"), self.transformer)
        form.addRow(tr("&Autoencoder"), self.vae)
        form.addRow(tr("&Name"), self.name)
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
        self.resize(460, 230)

    def _place(self, name: str, mode: QgsFileWidget.StorageMode, action: str) -> QgsFileWidget:
        widget = QgsFileWidget(self)
        widget.setObjectName(name)
        widget.setStorageMode(mode)
        widget.setFilter(FILTER)
        for button in widget.findChildren(QToolButton):
            button.setAccessibleName(action)
        return widget

    def _suggest_name(self, folder: str) -> None:
        if not self.name.text().strip():
            self.name.setText(Path(folder).name)

    def _on_accepted(self) -> None:
        name = self.name.text().strip()
        given = {"bundle": self.bundle, "transformer": self.transformer, "vae": self.vae}
        files = {role: widget.filePath().strip() for role, widget in given.items()}
        problem = self._store.import_files(name, {role: path for role, path in files.items() if path})
        if problem:
            self.said.setText(problem)
            return
        self.begun.emit(name)
        self.close()
