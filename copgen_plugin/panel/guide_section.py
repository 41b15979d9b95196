"""The first steps at the top of the panel: a line and a button each."""

from __future__ import annotations

from typing import Dict, List

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from ..translation import tr
from .bits import MARGIN, SPACING, heading, note
from .guide import MODEL, SET_UP, TRY, Guide, is_complete

ICON = 16


class GuideSection(QFrame):
    """Shown while the guide is open."""

    step_wanted = pyqtSignal(str)
    """Name of a step whose button was pressed."""
    close_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("copgenGuide")
        self.setFrameShape(QFrame.Shape.StyledPanel)
        self.marks: Dict[str, QLabel] = {}
        self.texts: Dict[str, QLabel] = {}
        self.buttons: Dict[str, QPushButton] = {}
        grid = QGridLayout()
        grid.setSpacing(SPACING)
        grid.setColumnStretch(1, 1)
        for row, name in enumerate((SET_UP, MODEL, TRY)):
            self.marks[name], self.texts[name] = QLabel(self), note(parent=self)
            self.marks[name].setFixedWidth(ICON)
            self.buttons[name] = QPushButton(self)
            self.buttons[name].setObjectName(f"copgenGuide_{name}")
            self.buttons[name].clicked.connect(lambda *_, step=name: self.step_wanted.emit(step))
            for column, widget in enumerate((self.marks[name], self.texts[name], self.buttons[name])):
                grid.addWidget(widget, row, column)
        self.leave = QToolButton(self)
        self.leave.setObjectName("copgenGuideClose")
        self.leave.setIcon(QgsApplication.getThemeIcon("/mIconClose.svg"))
        self.leave.setAutoRaise(True)
        self.leave.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.leave.setToolTip(tr("Close; “First steps” in the menu Raster, COP-GEN brings them back."))
        self.leave.setAccessibleName(tr("Close the first steps"))
        self.leave.clicked.connect(self.close_wanted)
        self.end = note(tr("All set. Choose a layer of your own below."), self)
        head = QHBoxLayout()
        head.addWidget(heading(tr("First steps"), self), 1)
        head.addWidget(self.leave)
        column = QVBoxLayout(self)
        column.setContentsMargins(MARGIN, MARGIN, MARGIN, MARGIN)
        column.setSpacing(SPACING)
        column.addLayout(head)
        column.addLayout(grid)
        column.addWidget(self.end)

    def show_guide(self, guide: Guide) -> None:
        """Show how far somebody is."""
        self.setVisible(guide.is_open)
        if not guide.is_open:
            return
        steps = guide.steps()
        for number, step in enumerate(steps, 1):
            # A mark for the eye; the text says it too.
            self.marks[step.name].setText("✓" if step.done else f"{number}.")
            self.texts[step.name].setText(f"{step.text} ({tr('done')})" if step.done else step.text)
            button = self.buttons[step.name]
            button.setText(step.action)
            button.setAccessibleName(f"{step.text}: {step.action}")
            button.setEnabled(step.ready)
        self.end.setVisible(is_complete(steps))

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.leave, *self.buttons.values()]
