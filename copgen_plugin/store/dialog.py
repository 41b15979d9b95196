"""The window of the models: what there is, what it is under, and fetching, checking and removing it."""

from __future__ import annotations

from typing import List, Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import (
    QCheckBox,
    QDialog,
    QFileDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QMessageBox,
    QProgressBar,
    QPushButton,
    QSplitter,
    QTextBrowser,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from ..panel.bits import MARGIN, SPACING, heading, note
from ..runtime.service import RuntimeService
from ..translation import tr
from .catalogue import ABSENT, EMBEDDED, FETCHED, PARTLY, KnownModel, ModelState
from .import_dialog import ImportDialog
from .store import ModelStore
from .wording import activity_text, facts_text, state_text

TICKS = 1000


class ModelsDialog(QDialog):
    """Not modal; what goes on goes on when it is closed.

    Args:
        store: without widgets.
        service: the runtime; a model can only be checked or converted where there is one.
        parent: QGIS's main window.
    """

    def __init__(self, store: ModelStore, service: RuntimeService, parent: Optional[QWidget] = None) -> None:
        super().__init__(parent)
        self.setObjectName("copgenModels")
        self.setWindowTitle(tr("COP-GEN: models"))
        self._store = store
        self._service = service
        self._agreed: List[str] = []
        self.list = QListWidget(self)
        self.list.setObjectName("copgenModelList")
        self.list.setAccessibleName(tr("Models"))
        self.list.setWordWrap(True)
        self.title = heading("", self)
        self.facts = note(parent=self)
        self.facts.setObjectName("copgenModelFacts")
        self.card = QTextBrowser(self)
        self.card.setObjectName("copgenModelCard")
        self.card.setAccessibleName(tr("Card of the model"))
        self.card.setOpenLinks(False)
        self._make_source()
        self.agree = QCheckBox(tr("I have read the licence and the card"), self)
        self.agree.setObjectName("copgenModelAgree")
        self.progress = QProgressBar(self)
        self.progress.setObjectName("copgenModelProgress")
        self.progress.setAccessibleName(tr("Progress"))
        self.said = note(parent=self)
        self.said.setObjectName("copgenModelSaid")
        self._make_buttons()
        self._arrange()
        self._connect()
        self.show_models()

    def _make_source(self) -> None:
        self.source_label = QLabel(tr("&From"), self)
        self.source = QLineEdit(self)
        self.source.setObjectName("copgenModelSource")
        self.source.setPlaceholderText(tr("the usual hub; or a mirror's address, or a folder"))
        self.source_label.setBuddy(self.source)
        self.browse = QToolButton(self)
        self.browse.setText("…")
        self.browse.setAccessibleName(tr("Choose a folder"))
        self.browse.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def _make_buttons(self) -> None:
        self.download = _button(tr("&Download"), "copgenModelDownload", self)
        self.cancel = _button(tr("&Cancel"), "copgenModelCancel", self)
        self.cancel.setToolTip(tr("What arrived is kept for the next time."))
        self.verify = _button(tr("&Verify"), "copgenModelVerify", self)
        self.verify.setToolTip(tr("Read all of the model and compare it with what was installed."))
        self.remove = _button(tr("&Remove…"), "copgenModelRemove", self)
        self.add = _button(tr("&Import files…"), "copgenModelImport", self)
        self.leave = _button(tr("Cl&ose"), "copgenModelsClose", self)

    def _arrange(self) -> None:
        source = QHBoxLayout()
        for widget in (self.source_label, self.source, self.browse):
            source.addWidget(widget)
        right = QWidget(self)
        column = QVBoxLayout(right)
        column.setContentsMargins(MARGIN, 0, 0, 0)
        column.setSpacing(SPACING)
        for widget in (self.title, self.facts):
            column.addWidget(widget)
        column.addWidget(self.card, 1)
        column.addLayout(source)
        for widget in (self.agree, self.progress, self.said):
            column.addWidget(widget)
        column.addLayout(_row(self.download, self.cancel, self.verify, self.remove, None))
        halves = QSplitter(Qt.Orientation.Horizontal, self)
        halves.setChildrenCollapsible(False)
        halves.addWidget(self.list)
        halves.addWidget(right)
        halves.setStretchFactor(1, 1)
        halves.setSizes([190, 470])
        whole = QVBoxLayout(self)
        whole.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        whole.setSpacing(SPACING)
        whole.addWidget(halves, 1)
        whole.addLayout(_row(self.add, None, self.leave))
        self.resize(700, 480)

    def _connect(self) -> None:
        self._store.changed.connect(self.show_models)
        self._service.status_changed.connect(self.show_model)
        self.list.currentRowChanged.connect(lambda _: self.show_model())
        self.agree.toggled.connect(self._on_agree)
        self.browse.clicked.connect(self._on_browse)
        self.download.clicked.connect(self._on_download)
        self.cancel.clicked.connect(lambda: self._store.cancel(self.chosen()))
        self.verify.clicked.connect(lambda: self._store.verify(self.chosen()))
        self.remove.clicked.connect(self._on_remove)
        self.add.clicked.connect(self._on_import)
        self.leave.clicked.connect(self.close)

    def chosen(self) -> str:
        """Return the name of the model that is shown, empty without one."""
        item = self.list.currentItem()
        return str(item.data(Qt.ItemDataRole.UserRole)) if item is not None else ""

    def choose(self, name: str) -> None:
        """Show a model."""
        for row in range(self.list.count()):
            if self.list.item(row).data(Qt.ItemDataRole.UserRole) == name:
                self.list.setCurrentRow(row)

    def show_models(self) -> None:
        """Show the models and the chosen one."""
        chosen, models = self.chosen(), self._store.models
        blocked = self.list.blockSignals(True)
        while self.list.count() > len(models):
            self.list.takeItem(self.list.count() - 1)
        for row, model in enumerate(models):
            if row == self.list.count():
                self.list.addItem(QListWidgetItem())
            item = self.list.item(row)
            item.setText(f"{model.title}\n{self._state_text(model)}")
            item.setData(Qt.ItemDataRole.UserRole, model.name)
        self.choose(chosen)
        if self.list.currentRow() < 0:
            # The first that is not here yet is what one comes for.
            absent = [row for row, model in enumerate(models) if model.files]
            self.list.setCurrentRow(absent[0] if absent else 0)
        self.list.blockSignals(blocked)
        self.show_model()

    def _state_text(self, model: KnownModel) -> str:
        going = activity_text(self._store.download(model.name), self._store.run(model.name))
        return going or state_text(model, self._store.state(model.name))

    def show_model(self) -> None:
        """Show the chosen model."""
        model = self._store.model(self.chosen())
        if model is None:
            return
        state, busy = self._store.state(model.name), self._store.is_busy(model.name)
        self.title.setText(model.title)
        self.facts.setText(facts_text(model, state))
        _show_card(self.card, model.card)
        self._show_progress(model)
        self._show_choices(model, state, busy)

    def _show_choices(self, model: KnownModel, state: ModelState, busy: bool) -> None:
        fetchable = bool(model.files) and state.kind in (ABSENT, PARTLY, FETCHED)
        begun = state.kind in (PARTLY, FETCHED)
        blocked = self.agree.blockSignals(True)
        self.agree.setChecked(begun or model.name in self._agreed)
        self.agree.blockSignals(blocked)
        self.agree.setVisible(fetchable and not begun and not busy)
        for widget in (self.source_label, self.source, self.browse):
            widget.setVisible(fetchable)
            widget.setEnabled(not busy)
        self.download.setText(
            tr("Ma&ke the model")
            if state.kind == FETCHED
            else tr("&Continue the download")
            if state.kind == PARTLY
            else tr("&Download")
        )
        self.download.setVisible(fetchable)
        self.download.setEnabled(not busy and self.agree.isChecked())
        self.download.setToolTip("" if self.agree.isChecked() else tr("Read the licence and the card first."))
        self.cancel.setVisible(busy)
        has_runtime = self._service.status().state != "missing"
        self.verify.setVisible(state.path is not None or state.kind == EMBEDDED)
        self.verify.setEnabled(not busy and has_runtime)
        self.remove.setVisible(state.path is not None or begun)
        self.remove.setEnabled(not busy)
        self.add.setEnabled(has_runtime)
        self.add.setToolTip("" if has_runtime else tr("Set up the models' environment first."))

    def _show_progress(self, model: KnownModel) -> None:
        download, run = self._store.download(model.name), self._store.run(model.name)
        self.progress.setVisible(download is not None or run is not None)
        done, total = (download.done, download.total) if download is not None else (0, 0)
        if run is not None and run.progress is not None:
            done, total = run.progress.done, run.progress.total
        # Without a measure it only shows that something goes on.
        self.progress.setRange(0, TICKS if total else 0)
        self.progress.setValue(round(TICKS * done / total) if total else 0)
        self.said.setText(activity_text(download, run) or self._store.said.get(model.name, ""))
        self.said.setVisible(bool(self.said.text()))

    def _on_agree(self, agreed: bool) -> None:
        name = self.chosen()
        self._agreed = [other for other in self._agreed if other != name] + ([name] if agreed else [])
        self.show_model()

    def _on_browse(self) -> None:
        folder = QFileDialog.getExistingDirectory(self, tr("Choose the folder that holds the model's files"))
        if folder:
            self.source.setText(folder)

    def _on_download(self) -> None:
        self._store.start_download(self.chosen(), self.source.text())

    def _on_import(self) -> None:
        window = ImportDialog(self._store, self)
        window.begun.connect(self.choose)
        window.show()

    def _on_remove(self) -> None:
        name = self.chosen()
        state = self._store.state(name)
        text = tr("Remove “{name}” from this computer?") if state.path else tr("Remove what was fetched of “{name}”?")
        box = QMessageBox(
            QMessageBox.Icon.Question,
            tr("COP-GEN: models"),
            text.format(name=name),
            QMessageBox.StandardButton.Yes | QMessageBox.StandardButton.No,
            self,
        )
        box.setObjectName("copgenModelRemoveQuestion")
        box.setDefaultButton(QMessageBox.StandardButton.No)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.button(QMessageBox.StandardButton.Yes).clicked.connect(lambda: self._store.remove(name))
        box.open()

    def close_down(self) -> None:
        """Let go of store and service before the window is deleted."""
        self._store.changed.disconnect(self.show_models)
        self._service.status_changed.disconnect(self.show_model)


def _button(text: str, name: str, parent: QWidget) -> QPushButton:
    button = QPushButton(text, parent)
    button.setObjectName(name)
    button.setAutoDefault(False)
    return button


def _row(*widgets: Optional[QWidget]) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(SPACING)
    for widget in widgets:
        if widget is None:
            row.addStretch(1)
        else:
            row.addWidget(widget)
    return row


def _show_card(view: QTextBrowser, card: str) -> None:
    if view.property("card") == card:
        return
    view.setProperty("card", card)
    if hasattr(view, "setMarkdown"):
        view.setMarkdown(card)
    else:  # Qt before 5.14
        view.setPlainText(card)
