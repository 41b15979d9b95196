"""The entries of the Raster menu, the toolbar and the context menu of raster layers."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Optional

from qgis.core import QgsMapLayerType, QgsProject, QgsRasterLayer
from qgis.PyQt.QtGui import QIcon
from qgis.PyQt.QtWidgets import QToolBar

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction

from ..translation import tr
from .bits import ICONS
from .one_click import TASKS, Task

MENU = "COP-GEN"
GENERATE = "copgenGenerate"
SET_UP = "copgenSetUp"
MODELS = "copgenModels"
GUIDE = "copgenFirstSteps"
Start = Callable[[Optional[Task]], None]


class PluginActions:
    """Makes the actions, puts them where the user looks for them, and takes them away again.

    Args:
        iface: QGIS's interface.
        start: called with the task of the action that was clicked, None for "Generate missing modalities...".
        set_up: called to show the set-up of the models' environment.
        models: called to show the models.
        guide: called to show the first steps.
    """

    def __init__(
        self,
        iface: Any,  # noqa: ANN401
        start: Start,
        set_up: Callable[[], None],
        models: Callable[[], None],
        guide: Callable[[], None],
    ) -> None:
        self._iface = iface
        self.tasks: List[QAction] = []
        for task in TASKS:
            self.tasks.append(self._action(task.name, task.icon, task.title(), task.tip(), _starter(start, task)))
        self.generate = self._action(
            GENERATE,
            "generate.svg",
            tr("Generate missing modalities…"),
            tr("Open the COP-GEN panel with the selected layers as conditions"),
            _starter(start, None),
        )
        self.windows = [
            self._action(
                MODELS,
                "copgen.svg",
                tr("Models…"),
                tr("Download, check and remove models"),
                lambda *_: models(),
            ),
            self._action(
                SET_UP,
                "copgen.svg",
                tr("Environment of the models…"),
                tr("Set up, test, update or remove the Python environment that the models run in"),
                lambda *_: set_up(),
            ),
            self._action(
                GUIDE,
                "copgen.svg",
                tr("First steps"),
                tr("From the set-up to a first picture"),
                lambda *_: guide(),
            ),
        ]
        self.toolbar: QToolBar = iface.addToolBar(MENU)
        self.toolbar.setObjectName("copgenToolBar")
        for action in self.all():
            iface.addPluginToRasterMenu(MENU, action)
            self.toolbar.addAction(action)
            iface.addCustomActionForLayerType(action, MENU, QgsMapLayerType.RasterLayer, True)
        for action in self.windows:
            iface.addPluginToRasterMenu(MENU, action)

    def all(self) -> List[QAction]:
        """Return every action that does something with layers."""
        return [*self.tasks, self.generate]

    def by_name(self) -> Dict[str, QAction]:
        """Return every action by its object name."""
        return {action.objectName(): action for action in (*self.all(), *self.windows)}

    def remove(self) -> None:
        """Take the actions out of menus and toolbar, and delete them."""
        for action in self.all():
            self._iface.removeCustomActionForLayerType(action)
            self._iface.removePluginRasterMenu(MENU, action)
            self.toolbar.removeAction(action)
            action.deleteLater()
        for action in self.windows:
            self._iface.removePluginRasterMenu(MENU, action)
            action.deleteLater()
        self._iface.mainWindow().removeToolBar(self.toolbar)
        self.toolbar.deleteLater()
        self.tasks, self.windows = [], []

    def _action(self, name: str, icon: str, title: str, tip: str, start: Callable[..., None]) -> QAction:
        action = QAction(QIcon(str(ICONS / icon)), title, self._iface.mainWindow())
        action.setObjectName(name)
        action.setStatusTip(tip)
        action.setToolTip(f"<b>{title}</b><br>{tip}")
        action.triggered.connect(start)
        return action


def selected_rasters(iface: Any) -> List[QgsRasterLayer]:  # noqa: ANN401
    """Return the raster layers selected in the layer tree, in its order, else the active one.

    Args:
        iface: QGIS's interface.
    """
    selected = {layer.id() for layer in iface.layerTreeView().selectedLayersRecursive()}
    nodes = QgsProject.instance().layerTreeRoot().findLayers()
    in_order = [node.layer() for node in nodes if node.layerId() in selected]
    layers = [layer for layer in in_order if isinstance(layer, QgsRasterLayer)]
    active = iface.activeLayer()
    return layers or ([active] if isinstance(active, QgsRasterLayer) else [])


def _starter(start: Start, task: Optional[Task]) -> Callable[..., None]:
    def clicked(*_: object) -> None:
        start(task)

    return clicked
