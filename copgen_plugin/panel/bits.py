"""Small widgets that several parts of the panel share; plain Qt, no QGIS.

Mnemonics on the panel are letters that no menu of QGIS's main window takes: two takers of one letter
make it useless.
"""

from __future__ import annotations

from typing import Optional

from qgis.PyQt.QtCore import Qt
from qgis.PyQt.QtWidgets import QComboBox, QFrame, QLabel, QSizePolicy, QWidget

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


def narrow(combo: QComboBox) -> QComboBox:
    """Let a combo box shrink below its longest entry, so that the panel may be narrow."""
    combo.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    combo.setMinimumContentsLength(6)
    combo.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return combo


def select_data(combo: QComboBox, value: object) -> None:
    """Select the entry that carries a value, the first one where none does; without a signal."""
    blocked = combo.blockSignals(True)
    combo.setCurrentIndex(max(combo.findData(value), 0))
    combo.blockSignals(blocked)


def named(widget: QWidget, name: str, accessible: str = "") -> QWidget:
    """Give a widget its object name and what screen readers say."""
    widget.setObjectName(name)
    if accessible:
        widget.setAccessibleName(accessible)
    return widget
