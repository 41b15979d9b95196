"""The panel's widgets: names, keyboard, width, no runtime."""

from __future__ import annotations

import ast

import pytest
from panel_helpers import ROOT, Desk, delete_later, spin, wait_until
from qgis.core import QgsProject
from qgis.PyQt.QtCore import QCoreApplication, QPoint, QPointF, Qt
from qgis.PyQt.QtGui import QWheelEvent
from qgis.PyQt.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QProgressBar, QSpinBox, QWidget

PANEL = ROOT / "copgen_plugin" / "panel"
PART_NAMES = ("copgenRun", "copgenCancel", "copgenProgress", "copgenModel", "copgenDevice")


def test_the_parts_have_their_names(ready: Desk) -> None:
    assert ready.dock.objectName() == "copgenDock"
    for name in PART_NAMES:
        assert ready.dock.findChild(QWidget, name) is not None, name
    assert isinstance(ready.dock.findChild(QWidget, "copgenProgress"), QProgressBar)


def test_run_and_cancel_stand_side_by_side(ready: Desk) -> None:
    ready.dock.setFloating(True)
    ready.dock.show()
    ready.dock.resize(320, 700)
    spin()
    run, cancel = ready.dock.running.run.geometry(), ready.dock.running.cancel.geometry()
    assert run.top() == cancel.top()
    assert run.right() < cancel.left()
    ready.dock.hide()


def test_the_wheel_scrolls_and_changes_nothing(ready: Desk) -> None:
    ready.dock.advanced.setCollapsed(False)
    ready.dock.setFloating(True)
    ready.dock.show()
    spin()
    ready.dock.running.run.setFocus()
    before = ready.presenter.form.to_dict()
    fields = [field for kind in (QComboBox, QSpinBox) for field in ready.dock.page.findChildren(kind)]
    assert len(fields) >= 8
    for field in fields:
        middle = field.rect().center()
        for turn in (-120, 120):
            event = QWheelEvent(
                QPointF(middle),
                QPointF(field.mapToGlobal(middle)),
                QPoint(),
                QPoint(0, turn),
                Qt.MouseButton.NoButton,
                Qt.KeyboardModifier.NoModifier,
                Qt.ScrollPhase.NoScrollPhase,
                False,
            )
            QCoreApplication.sendEvent(field, event)
            assert not event.isAccepted(), f"{field.objectName()}: the panel does not scroll"
            assert not field.hasFocus()
            assert ready.presenter.form.to_dict() == before, field.objectName()
    ready.dock.hide()


@pytest.mark.parametrize("locale", ["en", "de", "fr", "es", "it"])
def test_usable_at_320_pixels(ready: Desk, locale: str) -> None:
    """Nothing needs more width than there is, in any language."""
    from copgen.copgen_plugin.panel.dock import CopGenDock
    from copgen.copgen_plugin.translation import install_translator, remove_translator

    translator = install_translator(locale)
    dock = CopGenDock(ready.presenter, None, ready.plugin.actions.tasks)
    dock.advanced.setCollapsed(False)
    dock.conditions.rows[0].correct.setChecked(True)
    dock.setFloating(True)
    dock.show()
    dock.resize(320, 900)
    spin()
    remove_translator(translator)
    assert dock.width() == 320
    wide = {
        type(widget).__name__ + widget.objectName(): widget.minimumSizeHint().width()
        for widget in dock.page.findChildren(QWidget)
        if widget.isVisibleTo(dock) and widget.minimumSizeHint().width() > 280
    }
    assert dock.page.width() <= 320, wide
    for button in dock.findChildren(QAbstractButton):
        if button.isVisibleTo(dock) and button.text():
            assert button.width() >= button.minimumSizeHint().width(), button.text()
    dock.close_down()
    dock.deleteLater()
    delete_later()


def test_the_tab_key_reaches_everything_in_order(ready: Desk) -> None:
    """The order in which Qt hands the focus on; widgets that take none are passed over."""
    dock = ready.dock
    dock.conditions.rows[0].layer.setLayer(QgsProject.instance().mapLayersByName("valley")[0])
    dock.advanced.setCollapsed(False)
    wait_until(lambda: dock.running.run.isEnabled(), "a form that can be run")
    first = dock.conditions.add
    order: list[QWidget] = [first]
    while order[-1].nextInFocusChain() is not first and len(order) < 5000:
        order.append(order[-1].nextInFocusChain())
    row = dock.conditions.rows[0]
    wanted = [
        first, row.layer, row.modality, dock.targets.boxes["dem"], dock.targets.model, dock.area.kind,
        dock.advanced.preset, dock.advanced.steps, dock.advanced.samples, dock.advanced.seed, dock.advanced.device,
        dock.running.run,
    ]  # fmt: skip
    places = [order.index(widget) for widget in wanted]
    assert places == sorted(places)
    assert all(widget.focusPolicy() & Qt.FocusPolicy.TabFocus for widget in wanted)


def test_every_control_says_what_it_is(ready: Desk) -> None:
    """A screen reader reads the text of a button, else the accessible name."""
    for kind in (QAbstractButton, QComboBox, QSpinBox, QLineEdit):
        for widget in ready.dock.page.findChildren(kind):
            if widget.objectName().startswith("qt_") or isinstance(widget.parent(), (QSpinBox, QComboBox)):
                continue
            told = widget.accessibleName() or (widget.text() if isinstance(widget, QAbstractButton) else "")
            if widget.focusPolicy() != Qt.FocusPolicy.NoFocus:
                assert told, (kind.__name__, widget.objectName(), type(widget.parent()).__name__)


def test_no_colour_is_fixed() -> None:
    """Dark themes: colours come from palette and theme alone."""
    for path in PANEL.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        for word in ("setStyleSheet", "QColor(", "rgb(", "color:"):
            assert word not in text, (path.name, word)


def test_widgets_name_only_what_pyqt6_has() -> None:
    """Names imported from ``qgis.PyQt`` exist where PyQt6 puts them; QAction's import has a fall-back."""
    moved = {"QAction", "QShortcut", "QActionGroup"}
    for path in PANEL.glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module == "qgis.PyQt.QtWidgets":
                found = {alias.name for alias in node.names} & moved
                handlers = [h for t in ast.walk(tree) if isinstance(t, ast.Try) for h in t.handlers]
                assert not found or any(node in handler.body for handler in handlers), path.name
            if isinstance(node, ast.Attribute) and node.attr == "exec_":
                pytest.fail(f"{path.name}: exec_")
