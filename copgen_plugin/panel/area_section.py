"""The section of the panel that says where, and what that costs."""

from __future__ import annotations

from typing import List, Optional

from qgis.core import QgsMapLayer, QgsMapLayerProxyModel, QgsProject, QgsRectangle
from qgis.gui import QgsMapLayerComboBox
from qgis.PyQt.QtCore import Qt, pyqtSignal
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QComboBox, QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from ..translation import tr
from .bits import ICONS, SPACING, heading, narrow, note, select_data
from .form import CANVAS, POLYGONS, RECTANGLE, WHOLE_LAYER, AreaForm, PanelForm
from .leaving import LeavingLayers, show_layer

LARGEST_DEGREES = 360
"""Coordinates beyond are metres or feet."""


class AreaSection(QWidget):
    """Whole layer, what the map shows, a drawn rectangle, or polygons; below it the estimate."""

    changed = pyqtSignal()
    lost = pyqtSignal()
    """The polygon layer left the project."""
    draw_wanted = pyqtSignal(bool)
    """The user wants to draw a rectangle, or no longer does."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._form = AreaForm()
        self.kind = narrow(QComboBox(self))
        self.kind.setObjectName("copgenArea")
        self.kind.setAccessibleName(tr("Area"))
        for text, name in (
            (tr("Whole layer"), WHOLE_LAYER),
            (tr("What the map shows"), CANVAS),
            (tr("Drawn rectangle"), RECTANGLE),
            (tr("Polygons of a layer"), POLYGONS),
        ):
            self.kind.addItem(text, name)
        self.kind.currentIndexChanged.connect(self._on_kind)
        self.draw = QToolButton(self)
        self.draw.setObjectName("copgenDraw")
        self.draw.setText(tr("Draw"))
        self.draw.setToolTip(tr("Drag a rectangle on the map"))
        self.draw.setCheckable(True)
        self.draw.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.draw.setIcon(QIcon(str(ICONS / "rectangle.svg")))
        self.draw.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.draw.toggled.connect(self.draw_wanted)
        self.leaving = LeavingLayers(self._on_leaving)
        self.polygons = narrow(QgsMapLayerComboBox(self))
        self.polygons.setObjectName("copgenPolygons")
        self.polygons.setAccessibleName(tr("Polygon layer"))
        self.polygons.setFilters(QgsMapLayerProxyModel.Filter.PolygonLayer)
        self.polygons.setAllowEmptyLayer(True, tr("Choose a polygon layer"))
        self.polygons.layerChanged.connect(self._on_polygons)
        self.drawn = note(parent=self)
        self.estimate = note(parent=self)
        self.estimate.setObjectName("copgenEstimate")
        self._arrange()

    def _arrange(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(SPACING)
        row.addWidget(self.kind, 1)
        row.addWidget(self.draw)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(heading(tr("Area"), self))
        column.addLayout(row)
        for widget in (self.polygons, self.drawn, self.estimate):
            column.addWidget(widget)

    def load(self, form: PanelForm) -> None:
        """Show the area of a form."""
        self._form = form.area
        select_data(self.kind, self._form.kind)
        show_layer(self.polygons, QgsProject.instance().mapLayer(self._form.polygons_id))
        self._show_kind()

    def take_rectangle(self, rectangle: QgsRectangle, crs_wkt: str) -> None:
        """Take the rectangle that was drawn.

        Args:
            rectangle: in the map's coordinates.
            crs_wkt: of the map.
        """
        west, south = rectangle.xMinimum(), rectangle.yMinimum()
        self._form.rectangle = [west, south, rectangle.xMaximum(), rectangle.yMaximum()]
        self._form.crs = crs_wkt
        self._form.kind = RECTANGLE
        select_data(self.kind, RECTANGLE)
        self.stop_drawing()
        self._show_kind()
        self.changed.emit()

    def stop_drawing(self) -> None:
        """Show that no rectangle is being drawn."""
        blocked = self.draw.blockSignals(True)
        self.draw.setChecked(False)
        self.draw.blockSignals(blocked)

    def show_estimate(self, text: str) -> None:
        """Show what the run will take, or why it cannot be run."""
        self.estimate.setText(text)
        self.estimate.setVisible(bool(text))

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.kind, self.draw, self.polygons]

    def _show_kind(self) -> None:
        kind = self._form.kind
        self.draw.setVisible(kind == RECTANGLE)
        self.polygons.setVisible(kind == POLYGONS)
        self.drawn.setVisible(kind == RECTANGLE)
        if self._form.rectangle is None:
            self.drawn.setText(tr("No rectangle is drawn yet."))
        else:
            digits = 6 if max(map(abs, self._form.rectangle)) <= LARGEST_DEGREES else 0
            west, south, east, north = (f"{value:.{digits}f}" for value in self._form.rectangle)
            self.drawn.setText(f"{west}, {south} – {east}, {north}")

    def _on_kind(self) -> None:
        self._form.kind = str(self.kind.currentData())
        self._show_kind()
        self.changed.emit()
        if self._form.kind == RECTANGLE and self._form.rectangle is None:
            self.draw.setChecked(True)
        elif self._form.kind != RECTANGLE:
            self.draw.setChecked(False)

    def _on_leaving(self, ids: List[str]) -> None:
        if self._form.polygons_id in ids:
            self._form.polygons_id = ""
            show_layer(self.polygons, None)
            self.lost.emit()

    def _on_polygons(self, layer: Optional[QgsMapLayer]) -> None:
        layer_id = layer.id() if layer is not None else ""
        if layer_id != self._form.polygons_id:
            self._form.polygons_id = layer_id
            self.changed.emit()
