"""What is said at the top of the panel where there is no runtime, none any more, or one of an earlier version."""

from __future__ import annotations

from typing import List

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from ..runtime.managed import INCOMPLETE
from ..runtime.service import RuntimeStatus
from ..setup.presenter import RUNNING, Setup
from ..translation import tr
from .bits import MARGIN, SPACING, note

ICON = 20


class RuntimeBanner(QFrame):
    """Shown while the runtime is missing, is being set up, has died or has to be updated, with the next step."""

    set_up_wanted = pyqtSignal()
    choose_wanted = pyqtSignal()
    start_wanted = pyqtSignal()
    log_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("copgenRuntimeBanner")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.icon = QLabel(self)
        self.sentence = note(parent=self)
        self.sentence.setObjectName("copgenRuntimeSentence")
        self.set_up = QPushButton(tr("Set &up…"), self)
        self.set_up.setObjectName("copgenSetUpButton")
        self.set_up.clicked.connect(self.set_up_wanted)
        self.choose = QPushButton(tr("Choose its P&ython…"), self)
        self.choose.setObjectName("copgenChoosePython")
        self.choose.clicked.connect(self.choose_wanted)
        self.start = QPushButton(tr("Start a&gain"), self)
        self.start.clicked.connect(self.start_wanted)
        self.log = QPushButton(tr("Show log"), self)
        self.log.clicked.connect(self.log_wanted)
        text, buttons, column = QHBoxLayout(), QHBoxLayout(), QVBoxLayout(self)
        text.setSpacing(MARGIN)
        text.addWidget(self.icon)
        text.addWidget(self.sentence, 1)
        buttons.setSpacing(SPACING)
        for button in self.order():
            buttons.addWidget(button)
        buttons.addStretch(1)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(text)
        column.addLayout(buttons)

    def show_status(self, status: RuntimeStatus, setup: Setup) -> None:
        """Show what is wrong, or nothing where nothing is."""
        missing, died = status.state == "missing", status.state == "died"
        outdated = setup.state == "outdated"
        goes_on = setup.state == RUNNING
        self.setVisible(missing or died or outdated or goes_on)
        # Nothing is wrong while it is set up.
        icon = QgsApplication.getThemeIcon("/mIconInfo.svg" if goes_on else "/mIconWarning.svg")
        self.icon.setPixmap(icon.pixmap(ICON, ICON))
        told = [status.sentence] if (missing or died) and not goes_on else []
        if told and missing and not setup.is_chosen:
            # The next step is the button below.
            begun = setup.facts.failure is not None or setup.state == INCOMPLETE
            told = [setup.message if begun else tr("The models' environment is not set up yet.")]
        if not told or outdated:
            # What is out of date may be why it died.
            told.append(setup.message)
        self.sentence.setText(" ".join(told))
        self.set_up.setText(tr("Show the set-&up…") if goes_on else tr("Set &up…"))
        self.set_up.setVisible(missing or outdated or goes_on or died)
        self.choose.setVisible((missing or died) and not goes_on)
        self.start.setVisible(died and not goes_on)
        self.log.setVisible(died and not goes_on)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.set_up, self.choose, self.start, self.log]
