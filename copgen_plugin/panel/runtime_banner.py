"""What is said at the top of the panel where there is no runtime, or none any more."""

from __future__ import annotations

from typing import List

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..runtime.service import RuntimeStatus
from ..translation import tr
from .bits import MARGIN, SPACING, note

ICON = 20


class RuntimeBanner(QFrame):
    """Shown while the runtime is missing or has died, with the next step."""

    choose_wanted = pyqtSignal()
    start_wanted = pyqtSignal()
    log_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("copgenRuntimeBanner")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        icon = QLabel(self)
        icon.setPixmap(QgsApplication.getThemeIcon("/mIconWarning.svg").pixmap(ICON, ICON))
        self.sentence = note(parent=self)
        self.sentence.setObjectName("copgenRuntimeSentence")
        self.choose = QPushButton(tr("Choose its P&ython…"), self)
        self.choose.setObjectName("copgenChoosePython")
        self.choose.clicked.connect(self.choose_wanted)
        self.start = QPushButton(tr("Start a&gain"), self)
        self.start.clicked.connect(self.start_wanted)
        self.log = QPushButton(tr("Show log"), self)
        self.log.clicked.connect(self.log_wanted)
        text, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        text.setSpacing(MARGIN)
        text.addWidget(icon)
        text.addWidget(self.sentence, 1)
        buttons.setSpacing(SPACING)
        for button in self.order():
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(text)
        column.addLayout(buttons)

    def show_status(self, status: RuntimeStatus) -> None:
        """Show what is wrong, or nothing where nothing is."""
        missing, died = status.state == "missing", status.state == "died"
        self.setVisible(missing or died)
        self.sentence.setText(status.sentence)
        self.choose.setVisible(missing or died)
        self.start.setVisible(died)
        self.log.setVisible(died)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.choose, self.start, self.log]
