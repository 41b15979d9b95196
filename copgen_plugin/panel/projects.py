"""Which project a run belongs to, although QGIS has one project object that is emptied and filled again."""

from __future__ import annotations

from qgis.core import QgsProject
from qgis.PyQt.QtCore import QObject, pyqtSignal


class ProjectMark:
    """One opened project.

    Attributes:
        file: its file name, empty while it was not saved.
    """

    def __init__(self) -> None:
        self.file = ""


class ProjectWatch(QObject):
    """Notices when the project is closed, opened or saved.

    Args:
        project: QGIS's project.
    """

    changed = pyqtSignal()
    """Another project is open now, and has been read."""

    def __init__(self, project: QgsProject) -> None:
        super().__init__()
        self.project = project
        self.current = ProjectMark()
        self.current.file = project.fileName()
        project.cleared.connect(self._on_cleared)
        project.readProject.connect(self._on_read)
        project.projectSaved.connect(self._on_saved)

    def is_open(self, mark: ProjectMark) -> bool:
        """Tell whether a project is the open one, or the same file opened again."""
        return mark is self.current or (bool(mark.file) and mark.file == self.current.file)

    def disconnect_all(self) -> None:
        """Stop watching."""
        self.project.cleared.disconnect(self._on_cleared)
        self.project.readProject.disconnect(self._on_read)
        self.project.projectSaved.disconnect(self._on_saved)

    def _on_cleared(self) -> None:
        self.current = ProjectMark()
        self.changed.emit()

    def _on_read(self, *_: object) -> None:
        self.current.file = self.project.fileName()
        self.changed.emit()

    def _on_saved(self) -> None:
        self.current.file = self.project.fileName()
