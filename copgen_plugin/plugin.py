"""The plugin as QGIS loads it: wires provider, actions, panel and runtime together, and decides nothing."""

from __future__ import annotations

from typing import Any, Optional

from qgis.core import QgsApplication, QgsProject, QgsReferencedRectangle
from qgis.PyQt.QtCore import Qt, QTranslator

from .panel.actions import PluginActions, selected_rasters
from .panel.dock import CopGenDock
from .panel.notices import NoticeBoard
from .panel.one_click import Task
from .panel.presenter import PanelPresenter
from .panel.projects import ProjectWatch
from .processing.provider import CopGenProvider
from .runtime.service import get_service, shutdown_service
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
        self.actions = PluginActions(self.iface, self._start)
        canvas, window = self.iface.mapCanvas(), self.iface.mainWindow()
        self.dock = CopGenDock(self.presenter, canvas, self.actions.tasks, window)
        self.dock.log_wanted.connect(self.notices.show_log)
        self.presenter.told.connect(self.notices.show)
        self.presenter.wanted.connect(self._show_panel)
        self.iface.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, self.dock)
        self.dock.hide()

    def unload(self) -> None:
        """Remove everything again and end the runtime."""
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
        self.provider = self.translator = None

    def _start(self, task: Optional[Task]) -> None:
        if self.presenter is not None:
            self.presenter.one_click(task, selected_rasters(self.iface))

    def _show_panel(self) -> None:
        if self.dock is not None:
            self.dock.setUserVisible(True)

    def _view(self) -> QgsReferencedRectangle:
        canvas = self.iface.mapCanvas()
        return QgsReferencedRectangle(canvas.extent(), canvas.mapSettings().destinationCrs())
