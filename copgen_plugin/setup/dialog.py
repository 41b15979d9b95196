"""The window of the set-up: what it is about, steps, progress, options, details."""

from __future__ import annotations

import os
from typing import List, Tuple

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QCloseEvent, QFontDatabase
from qgis.PyQt.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from .. import settings
from ..panel.bits import MARGIN, SPACING, name_fold, narrow, note, select_data
from ..runtime.managed import OUTDATED
from ..translation import tr
from .options import SetupOptions
from .presenter import RUNNING, Setup
from .report import setup_report
from .wording import download_text, fetched_share, sizes_text, step_text

STEPS_OF_BAR = 1000


class SetupDialog(QDialog):
    """Not modal; the set-up goes on when it is closed.

    Args:
        setup: without widgets.
        parent: QGIS's main window.
    """

    existing_chosen = pyqtSignal(str)
    """The user has a Python with everything in it already: its path."""

    def __init__(self, setup: Setup, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("copgenSetup")
        self.setWindowTitle(tr("COP-GEN: environment of the models"))
        self.setup = setup
        self.sentence = note(parent=self)
        self.sentence.setObjectName("copgenSetupSentence")
        self.sizes = note(parent=self)
        self.steps = QLabel(self)
        self.steps.setObjectName("copgenSetupSteps")
        self.steps.setTextFormat(Qt.TextFormat.PlainText)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("copgenSetupProgress")
        self.progress.setAccessibleName(tr("Progress of the set-up"))
        self.download = note(parent=self)
        self.options = self._make_options()
        self.details, self.text = self._make_details()
        self._make_buttons()
        self._arrange()
        self._connect()
        self.load()
        self.show_state()

    def _make_options(self) -> QgsCollapsibleGroupBox:
        box = QgsCollapsibleGroupBox(tr("Options"), self)
        box.setObjectName("copgenSetupOptions")
        box.setCollapsed(True)
        name_fold(box)
        self.folder = _place("copgenSetupFolder", QgsFileWidget.StorageMode.GetDirectory, box)
        self.folder.setToolTip(tr("Environment and models lie here, outside QGIS and the plugin."))
        self.python = _place("copgenSetupPython", QgsFileWidget.StorageMode.GetFile, box)
        self.python.setToolTip(
            tr("Python {versions} to make the environment with; empty: looked for.").format(
                versions=self.setup.rules.span()
            )
        )
        self.variant = narrow(QComboBox(box))
        self.variant.setObjectName("copgenSetupVariant")
        for value, title in (("auto", tr("As the machine is")), ("cpu", tr("CPU or Apple GPU")), ("cuda", "NVIDIA")):
            self.variant.addItem(title, value)
        self.wheels = _place("copgenSetupWheels", QgsFileWidget.StorageMode.GetDirectory, box)
        self.wheels.setToolTip(tr("A folder with all wheels; nothing is fetched from a network then."))
        self.index, self.torch_index = QLineEdit(box), QLineEdit(box)
        self.index.setObjectName("copgenSetupIndex")
        self.torch_index.setObjectName("copgenSetupTorchIndex")
        for field in (self.index, self.torch_index):
            field.setPlaceholderText(tr("the usual one"))
        form = QFormLayout(box)
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        form.addRow(tr("&Folder"), self.folder)
        form.addRow(tr("P&ython"), self.python)
        form.addRow(tr("P&rocessor"), self.variant)
        form.addRow(tr("Folder of &wheels"), self.wheels)
        form.addRow(tr("Package inde&x"), self.index)
        form.addRow(tr("Index for &torch"), self.torch_index)
        return box

    def _make_details(self) -> Tuple[QgsCollapsibleGroupBox, QPlainTextEdit]:
        box = QgsCollapsibleGroupBox(tr("Details"), self)
        box.setCollapsed(True)
        name_fold(box)
        text = QPlainTextEdit(box)
        text.setObjectName("copgenSetupDetails")
        text.setReadOnly(True)
        text.setMaximumBlockCount(3000)
        text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        text.setAccessibleName(tr("Details"))
        text.setPlainText("\n".join(self.setup.lines))
        QVBoxLayout(box).addWidget(text)
        return box, text

    def _make_buttons(self) -> None:
        self.start = _button(tr("&Set up"), "copgenSetupStart", self)
        self.start.setDefault(True)
        self.cancel = _button(tr("&Cancel"), "copgenSetupCancel", self)
        self.copy = _button(tr("Copy &report"), "copgenSetupCopy", self)
        self.copy.setToolTip(tr("For a question to others; without your name, home folder, passwords and tokens."))
        self.existing = _button(tr("&Use another Python…"), "copgenSetupExisting", self)
        self.existing.setToolTip(tr("A Python that has all packages already; nothing is installed."))
        self.remove = _button(tr("Re&move…"), "copgenSetupRemove", self)
        self.leave = _button(tr("Cl&ose"), "copgenSetupClose", self)

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        for widget in (self.sentence, self.sizes, self.steps, self.progress, self.download, self.options):
            column.addWidget(widget)
        column.addWidget(self.details, 100)
        # What is folded leaves its room at the bottom.
        column.addStretch(1)
        for buttons in (
            (self.start, self.cancel, self.copy, None, self.leave),
            (self.existing, self.remove, None),
        ):
            row = QHBoxLayout()
            row.setSpacing(SPACING)
            for button in buttons:
                if button is None:
                    row.addStretch(1)
                else:
                    row.addWidget(button)
            column.addLayout(row)
        self.resize(540, 460)

    def _connect(self) -> None:
        self.setup.changed.connect(self.show_state)
        self.setup.logged.connect(self.text.appendPlainText)
        self.start.clicked.connect(self._on_start)
        self.cancel.clicked.connect(self.setup.cancel)
        self.copy.clicked.connect(self._on_copy)
        self.existing.clicked.connect(self._on_existing)
        self.remove.clicked.connect(self._on_remove)
        self.leave.clicked.connect(self.close)
        self.variant.currentIndexChanged.connect(self.show_state)

    def load(self) -> None:
        """Show the choices in the settings."""
        options = SetupOptions.load()
        self.folder.setFilePath(str(settings.data_dir()))
        # Given from outside, it is not ours to change.
        self.folder.setEnabled(not os.environ.get(settings.DATA_DIR_VARIABLE))
        self.python.setFilePath(options.python)
        self.wheels.setFilePath(options.wheels)
        self.index.setText(options.index)
        self.torch_index.setText(options.torch_index)
        select_data(self.variant, options.variant)

    def chosen(self) -> SetupOptions:
        """Return what is filled in."""
        return SetupOptions(
            python=self.python.filePath().strip(),
            wheels=self.wheels.filePath().strip(),
            index=self.index.text().strip(),
            torch_index=self.torch_index.text().strip(),
            variant=str(self.variant.currentData()),
        )

    def show_state(self) -> None:
        """Show how the set-up is."""
        setup, facts = self.setup, self.setup.facts
        state, goes_on = setup.state, bool(setup.running)
        self.sentence.setText("\n".join([setup.message, *([] if goes_on or facts.failure else setup.proof)]))
        self.sizes.setText(facts.gpu if goes_on else sizes_text(str(self.variant.currentData())))
        self.sizes.setVisible(bool(self.sizes.text()) and (goes_on or state != "ready"))
        self.steps.setText("\n".join(step_text(step) for step in facts.steps))
        self.steps.setVisible(bool(facts.steps))
        self._show_progress()
        self.start.setText(
            {"incomplete": tr("&Go on"), "outdated": tr("&Update"), "ready": tr("&Set up again")}.get(
                "incomplete" if state == OUTDATED and setup.is_unfinished else state, tr("&Set up")
            )
        )
        self.cancel.setEnabled(goes_on and not facts.cancelled)
        self.options.setEnabled(not goes_on)
        for button in (self.start, self.existing, self.remove):
            button.setEnabled(state != RUNNING)

    def _show_progress(self) -> None:
        facts = self.setup.facts
        self.progress.setVisible(bool(self.setup.running))
        self.download.setText(download_text(facts))
        self.download.setVisible(bool(self.download.text()))
        done, total = fetched_share(facts)
        if facts.progress is not None and total:
            self.progress.setRange(0, STEPS_OF_BAR)
            self.progress.setValue(STEPS_OF_BAR * min(done, total) // total)
        else:
            self.progress.setRange(0, 0)

    def _on_start(self) -> None:
        options = self.chosen()
        options.save()
        folder = self.folder.filePath().strip()
        is_other = self.folder.isEnabled() and folder != str(settings.data_dir())
        self.text.clear()
        self.setup.start(options, folder if is_other else None)

    def _on_copy(self) -> None:
        QgsApplication.clipboard().setText(setup_report(self.setup))

    def _on_existing(self) -> None:
        path, _ = QFileDialog.getOpenFileName(self, tr("Choose the Python of the models' environment"))
        if path:
            self.existing_chosen.emit(path)

    def _on_remove(self) -> None:
        box = QMessageBox(self)
        box.setObjectName("copgenSetupQuestion")
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(self.windowTitle())
        box.setText(tr("Remove the environment in {folder}?").format(folder=settings.data_dir()))
        box.setInformativeText(tr("What the set-up installed is deleted. Models and results stay."))
        box.setStandardButtons(QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No)
        box.setDefaultButton(QMessageBox.StandardButton.No)
        box.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda *_: self.setup.take_down())
        box.open()

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Keep the choices."""
        self.chosen().save()
        super().closeEvent(event)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        fields = [self.folder, self.python, self.variant, self.wheels, self.index, self.torch_index]
        return [*fields, self.text, self.start, self.cancel, self.copy, self.leave, self.existing, self.remove]


def _button(text: str, name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def _place(name: str, mode: QgsFileWidget.StorageMode, parent: QWidget) -> QgsFileWidget:
    widget = QgsFileWidget(parent)
    widget.setObjectName(name)
    widget.setStorageMode(mode)
    return widget
