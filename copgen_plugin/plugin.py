"""The plugin as QGIS loads it: wires provider, actions, panel and runtime together, and decides nothing."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsReferencedRectangle
from qgis.PyQt.QtCore import Qt, QTranslator

from .panel.actions import PluginActions, selected_rasters
from .panel.dock import CopGenDock
from .panel.notices import NoticeBoard
from .panel.one_click import Task
from .panel.presenter import PanelPresenter
from .panel.projects import ProjectWatch
from .processing.provider import CopGenProvider
from .runtime.service import get_service, shutdown_service
from .setup.dialog import SetupDialog
from .setup.presenter import Setup
from .store.dialog import ModelsDialog
from .translation import install_translator, remove_translator


class CopGenPlugin:
    """Adds algorithms, and on the desktop actions and the panel.

    Args:
        iface: QGIS's interface, or None under ``qgis_process``.
    """

    def __init__(self, iface: Any) -> None:  # noqa: ANN401
        self.iface = iface
        self.provider: Optional[CopGenProvider] = None
        self.actions: Optional[PluginActions] = None
        self.watch: Optional[ProjectWatch] = None
        self.notices: Optional[NoticeBoard] = None
        self.presenter: Optional[PanelPresenter] = None
        self.dock: Optional[CopGenDock] = None
        self.setup_dialog: Optional[SetupDialog] = None
        self.models_dialog: Optional[ModelsDialog] = None
        self.translator: Optional[QTranslator] = install_translator()

    def initProcessing(self) -> None:  # noqa: N802
        """Register the algorithms; all that ``qgis_process`` calls."""
        self.provider = CopGenProvider()
        QgsApplication.processingRegistry().addProvider(self.provider)

    def initGui(self) -> None:  # noqa: N802
        """Add algorithms, actions and panel."""
        self.initProcessing()
        self.notices = NoticeBoard(self.iface)
        self.watch = ProjectWatch(QgsProject.instance())
        self.presenter = PanelPresenter(get_service(), self.watch, self._view)
        self.actions = PluginActions(self.iface, self._start, self.show_setup, self.show_models, self._show_guide)
        canvas, window = self.iface.mapCanvas(), self.iface.mainWindow()
        self.dock = CopGenDock(self.presenter, canvas, self.actions.tasks, window)
        self.dock.log_wanted.connect(self.notices.show_log)
        self.dock.set_up_wanted.connect(self.show_setup)
        self.dock.models_wanted.connect(self.show_models)
        self.dock.guide.scene_added.connect(self._show_layer)
        self.presenter.told.connect(self.notices.show)
        self.presenter.wanted.connect(self._show_panel)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()

    def unload(self) -> None:
        """Remove everything again and end the runtime."""
        if self.setup_dialog is not None:
            self.setup_dialog.deleteLater()
        if self.models_dialog is not None:
            self.models_dialog.close_down()
            self.models_dialog.deleteLater()
        if self.presenter is not None:
            self.presenter.shut_down()
        if self.watch is not None:
            self.watch.disconnect_all()
        if self.dock is not None:
            self.dock.close_down()
            self.iface.removeDockWidget(self.dock)
            self.dock.deleteLater()
        if self.actions is not None:
            self.actions.remove()
        if self.notices is not None:
            self.notices.clear()
        if self.provider is not None:
            QgsApplication.processingRegistry().removeProvider(self.provider)
        shutdown_service()
        remove_translator(self.translator)
        self.presenter = self.watch = self.dock = self.actions = self.notices = None
        self.provider = self.translator = self.setup_dialog = self.models_dialog = None

    @property
    def setup(self) -> Optional[Setup]:
        """The set-up of the models' environment; None without a desktop."""
        return self.presenter.setup if self.presenter is not None else None

    def show_setup(self) -> None:
        """Show the window of the set-up."""
        if self.presenter is None:
            return
        if self.setup_dialog is None:
            self.setup_dialog = SetupDialog(self.presenter.setup, self.iface.mainWindow())
            self.setup_dialog.existing_chosen.connect(self.presenter.choose_interpreter)
        self.setup_dialog.load()
        self.setup_dialog.show()
        self.setup_dialog.raise_()
        self.setup_dialog.activateWindow()

    def show_models(self) -> None:
        """Show the window of the models."""
        if self.presenter is None:
            return
        if self.models_dialog is None:
            self.models_dialog = ModelsDialog(self.presenter.store, self.presenter.service, self.iface.mainWindow())
        self.presenter.store.refresh()
        self.models_dialog.show()
        self.models_dialog.raise_()
        self.models_dialog.activateWindow()

    def _show_guide(self) -> None:
        if self.dock is not None:
            self.dock.guide.open()
            self._show_panel()

    def _show_layer(self, layer: QgsRasterLayer) -> None:
        self.iface.setActiveLayer(layer)
        self.iface.zoomToActiveLayer()

    def _start(self, task: Optional[Task]) -> None:
        if self.presenter is not None:
            self.presenter.one_click(task, selected_rasters(self.iface))

    def _show_panel(self) -> None:
        if self.dock is not None:
            self.dock.setUserVisible(True)

    def _view(self) -> QgsReferencedRectangle:
        canvas = self.iface.mapCanvas()
        return QgsReferencedRectangle(canvas.extent(), canvas.mapSettings().destinationCrs())
