"""Small widgets that several parts of the panel share; plain Qt, no QGIS.

Mnemonics on the panel are letters that no menu of QGIS's main window takes: two takers of one letter
make it useless.
"""

from __future__ import annotations

from pathlib import Path
from typing import Optional, Sequence

from qgis.PyQt.QtCore import QEvent, QObject, QSize, Qt
from qgis.PyQt.QtGui import QResizeEvent
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QGridLayout, QGroupBox, QLabel, QSizePolicy, QToolButton, QWidget

ICONS = Path(__file__).resolve().parents[2] / "resources" / "icons"
SPACING = 6
"""Pixels between neighbours."""
MARGIN = 8
"""Pixels around a section."""


def heading(text: str, parent: Optional[QWidget] = None) -> QLabel:
    """Return the title of a section."""
    label = QLabel(text, parent)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    return label


def note(text: str = "", parent: Optional[QWidget] = None) -> QLabel:
    """Return a smaller text that wraps, in the colour of all text so that every theme shows it."""
    label = QLabel(text, parent)
    font = label.font()
    font.setPointSizeF(max(font.pointSizeF() * 0.9, 7.0))
    label.setFont(font)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    # Selectable labels would stop the Tab key at every sentence.
    label.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    label.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return label


def line(parent: Optional[QWidget] = None) -> QFrame:
    """Return a thin line between sections."""
    frame = QFrame(parent)
    frame.setFrameShape(QFrame.Shape.HLine)
    frame.setFrameShadow(QFrame.Shadow.Sunken)
    return frame


class _WheelGuard(QObject):
    """Leaves the mouse's wheel to the panel, which scrolls, where it is over a field without the focus."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep a turn of the wheel from a field."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return False


def unmoved_by_wheel(field: QWidget) -> None:
    """Have a field change by the wheel only while it has the focus, which the wheel does not give it."""
    field.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    field.installEventFilter(_WheelGuard(field))


def narrow(combo: QComboBox) -> QComboBox:
    """Let a combo box shrink below its longest entry, so that the panel may be narrow, and scroll it."""
    unmoved_by_wheel(combo)
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return combo


def name_fold(box: QGroupBox) -> None:
    """Have the button that folds a section bear the section's name for screen readers."""
    for button in box.findChildren(QToolButton):
        button.setAccessibleName(box.title())


def select_data(combo: QComboBox, value: object) -> None:
    """Select the entry that carries a value, the first one where none does; without a signal."""
    blocked = combo.blockSignals(True)
    combo.setCurrentIndex(max(combo.findData(value), 0))
    combo.blockSignals(blocked)


class Columns(QWidget):
    """Places widgets in two columns, or in one where the panel is too narrow for the texts of two.

    Args:
        widgets: in reading order.
        parent: the section.
    """

    def __init__(self, widgets: Sequence[QWidget], parent: QWidget) -> None:
        super().__init__(parent)
        self._widgets = list(widgets)
        self._columns = 0
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(SPACING)
        self._arrange(2)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """Return the size of a single column, so that two never keep the panel wide."""
        return QSize(self._widest(), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Use as many columns as there is room for."""
        super().resizeEvent(event)
        self._arrange(2 if self.width() >= 2 * self._widest() + SPACING else 1)

    def _widest(self) -> int:
        return max(widget.minimumSizeHint().width() for widget in self._widgets)

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for number, widget in enumerate(self._widgets):
            self._grid.addWidget(widget, number // columns, number % columns)
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        self.updateGeometry()
