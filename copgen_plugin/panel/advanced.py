"""The folded section of the panel: preset, steps, samples, seed, device, and where results go that no project takes."""

from __future__ import annotations

from typing import Any, List, Sequence

from qgis.core import QgsApplication
from qgis.gui import QgsCollapsibleGroupBox, QgsFileWidget
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QComboBox, QFormLayout, QHBoxLayout, QLabel, QSizePolicy, QSpinBox, QToolButton, QWidget

from ..settings import output_dir, set_output_dir
from ..terms import PRESETS
from ..translation import tr
from .bits import SPACING, name_fold, narrow, select_data, unmoved_by_wheel
from .form import LARGEST_SAMPLES, LARGEST_SEED, LARGEST_STEPS, PanelForm
from .wording import device_name, device_works


class AdvancedSection(QgsCollapsibleGroupBox):
    """What has sound defaults."""

    changed = pyqtSignal()
    seed_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(tr("Advanced"), parent)
        self.setObjectName("copgenAdvanced")
        name_fold(self)
        self.setSaveCollapsedState(True)
        self.setCollapsed(True)
        self._form = PanelForm()
        self.preset = narrow(QComboBox(self))
        self.preset.setObjectName("copgenPreset")
        for name, text in zip(PRESETS, (tr("As the model says"), tr("Published: 50 steps"), tr("Fast: 8 to 10 steps"))):
            self.preset.addItem(text, name)
        self.preset.setToolTip(
            tr("The fast solver is tried on the embedded model only: on the published one it is unverified.")
        )
        self.preset.currentIndexChanged.connect(self._on_changed)
        self.steps = self._spin("copgenSteps", 0, LARGEST_STEPS)
        self.steps.setSpecialValueText(tr("as the preset says"))
        self.samples = self._spin("copgenSamples", 1, LARGEST_SAMPLES)
        self.seed = self._spin("copgenSeed", 0, LARGEST_SEED)
        self.new_seed = QToolButton(self)
        self.new_seed.setIcon(QgsApplication.getThemeIcon("/mActionRefresh.svg"))
        self.new_seed.setToolTip(tr("Another seed"))
        self.new_seed.setAccessibleName(tr("Another seed"))
        self.new_seed.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.new_seed.clicked.connect(self.seed_wanted)
        self.device = narrow(QComboBox(self))
        self.device.setObjectName("copgenDeviceChoice")
        self.device.currentIndexChanged.connect(self._on_changed)
        self.folder = QgsFileWidget(self)
        self.folder.setObjectName("copgenOutputFolder")
        self.folder.setStorageMode(QgsFileWidget.StorageMode.GetDirectory)
        self.folder.setToolTip(tr("Results of projects without a folder of their own go there"))
        self.folder.fileChanged.connect(set_output_dir)
        for button in self.folder.findChildren(QToolButton):
            button.setAccessibleName(tr("Folder"))
        self._arrange()
        self.show_devices([])

    def _arrange(self) -> None:
        seed = QHBoxLayout()
        seed.setSpacing(SPACING)
        seed.addWidget(self.seed, 1)
        seed.addWidget(self.new_seed)
        form = QFormLayout(self)
        form.setVerticalSpacing(SPACING)
        form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        for text, field, buddy in (
            (tr("Preset"), self.preset, self.preset),
            (tr("Steps"), self.steps, self.steps),
            (tr("Samples"), self.samples, self.samples),
            (tr("Seed"), seed, self.seed),
            (tr("Device"), self.device, self.device),
            (tr("Folder"), self.folder, self.folder.lineEdit()),
        ):
            label = QLabel(text, self)
            label.setBuddy(buddy)
            buddy.setAccessibleName(text)
            form.addRow(label, field)

    def load(self, form: PanelForm) -> None:
        """Show the settings of a form."""
        self._form = form
        for box, value in ((self.steps, form.steps), (self.samples, form.samples), (self.seed, form.seed)):
            blocked = box.blockSignals(True)
            box.setValue(value)
            box.blockSignals(blocked)
        select_data(self.preset, form.preset)
        if self.device.findData(form.device) < 0:
            self.device.addItem(form.device.upper(), form.device)
        select_data(self.device, form.device)
        blocked = self.folder.blockSignals(True)
        self.folder.setFilePath(str(output_dir()))
        self.folder.blockSignals(blocked)

    def show_devices(self, devices: Sequence[Any]) -> None:
        """Offer the devices that compute, beside "automatic"."""
        blocked = self.device.blockSignals(True)
        self.device.clear()
        self.device.addItem(tr("Automatic"), "auto")
        for device in devices:
            if device_works(device):
                self.device.addItem(device_name(device).upper(), device_name(device))
        if self.device.findData(self._form.device) < 0:
            self.device.addItem(self._form.device.upper(), self._form.device)
        self.device.blockSignals(blocked)
        select_data(self.device, self._form.device)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.preset, self.steps, self.samples, self.seed, self.new_seed, self.device, self.folder.lineEdit()]

    def _spin(self, name: str, lowest: int, highest: int) -> QSpinBox:
        box = QSpinBox(self)
        unmoved_by_wheel(box)
        box.setObjectName(name)
        box.setRange(lowest, highest)
        box.setKeyboardTracking(False)
        box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        box.valueChanged.connect(self._on_changed)
        return box

    def _on_changed(self, *_: object) -> None:
        form = self._form
        form.steps, form.samples, form.seed = self.steps.value(), self.samples.value(), self.seed.value()
        form.preset = str(self.preset.currentData())
        form.device = str(self.device.currentData() or "auto")
        self.changed.emit()
