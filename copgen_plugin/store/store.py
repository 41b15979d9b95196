"""The model store without its window: the models, their state, and what goes on with them."""

from __future__ import annotations

from typing import Dict, List, Mapping, Optional

from qgis.PyQt.QtCore import QObject, pyqtSignal

from ..runtime.runs import FINISHED, Run
from ..runtime.service import RuntimeService
from ..translation import tr
from .catalogue import EMBEDDED, KnownModel, ModelState, downloads_folder, known_models, models_folder, state_of
from .download import DONE, ModelDownload
from .places import is_being_fetched, plugin_problem, remove_later, take_away


class ModelStore(QObject):
    """Knows the models and has them downloaded, verified, imported and removed.

    Args:
        service: the runtime.

    Attributes:
        models: embedded and published ones, then the user's own.
        said: what came of the last thing done with a model, by its name.
    """

    changed = pyqtSignal()
    """Something about the models or about what goes on with them."""

    def __init__(self, service: RuntimeService) -> None:
        super().__init__()
        self.models: List[KnownModel] = known_models()
        self.said: Dict[str, str] = {}
        self._asked_for: List[str] = []
        self._service = service
        self._downloads: Dict[str, ModelDownload] = {}
        self._runs: Dict[str, Run] = {}
        service.run_changed.connect(self._on_run)

    def model(self, name: str) -> Optional[KnownModel]:
        """Return a model by its name."""
        return next((model for model in self.models if model.name == name), None)

    def state(self, name: str) -> ModelState:
        """Return what of a model is on the disk."""
        model = self.model(name)
        return state_of(model) if model is not None else ModelState("absent")

    def download(self, name: str) -> Optional[ModelDownload]:
        """Return the download of a model that goes on, or None."""
        download = self._downloads.get(name)
        return download if download is not None and not download.ended else None

    def run(self, name: str) -> Optional[Run]:
        """Return the check or import of a model that goes on, or None."""
        return next((run for run in self._runs.values() if run.title == name), None)

    def is_busy(self, name: str) -> bool:
        """Tell whether something goes on with a model."""
        return self.download(name) is not None or self.run(name) is not None

    def start_download(self, name: str, source: str = "") -> None:
        """Fetch a model, or go on where that stopped.

        Args:
            name: of a published model.
            source: empty for the hub, the address of a mirror, or a folder of the files.
        """
        model = self.model(name)
        if model is None or not model.files or self.is_busy(name):
            return
        self.said.pop(name, None)
        download = ModelDownload(model, self._service, source)
        self._downloads[name] = download
        download.changed.connect(lambda: self._on_download(name))
        download.start()

    def cancel(self, name: str) -> None:
        """Stop what goes on with a model; what arrived of it is kept."""
        download, run = self.download(name), self.run(name)
        if download is not None:
            download.cancel()
        if run is not None:
            run.cancel()

    def verify(self, name: str) -> None:
        """Have all files of a model looked at."""
        if not self.is_busy(name):
            self._follow(self._service.verify_model(name))

    def import_files(self, name: str, files: Mapping[str, str]) -> str:
        """Have a bundle made of what is at hand.

        Args:
            name: of the model.
            files: paths: ``bundle``, the folder of one, or ``transformer`` and ``vae``.

        Returns:
            Why that cannot be, in a sentence; empty once it has begun.
        """
        known = self.model(name)
        if not name.strip():
            return tr("Give the model a name.")
        if known is not None and self.state(name).path is not None or known is not None and known.embedded:
            return tr("A model “{name}” is there already; remove it or choose another name.").format(name=name)
        if set(files) not in ({"bundle"}, {"transformer", "vae"}):
            return tr("Choose either the folder of a model, or the files of a transformer and its autoencoder.")
        if self.is_busy(name):
            return tr("Something goes on with “{name}” already; wait for it, cancel it or choose another name.").format(
                name=name
            )
        problem = plugin_problem(models_folder())
        if not problem:
            self._follow(self._service.import_model(name, files))
        return problem

    def remove(self, name: str) -> None:
        """Remove a user's model, or what was fetched of one; the caller has asked."""
        state = self.state(name)
        if self.is_busy(name) or state.kind == EMBEDDED:
            return
        self.said.pop(name, None)
        try:
            if state.path is not None:
                take_away(state.path)
            elif is_being_fetched(downloads_folder(name)):
                self.said[name] = tr("Another QGIS or program is fetching this model; wait for it or stop it.")
            else:
                remove_later(downloads_folder(name))
        except OSError as error:
            self.said[name] = tr("{path} cannot be removed ({reason}); end what uses it and try again.").format(
                path=state.path or downloads_folder(name), reason=error.strerror or str(error)
            )
        self._refresh()

    def refresh(self) -> None:
        """Look at the disk again."""
        known = known_models()
        names = {model.name for model in known}
        # An import that goes on or failed has no bundle to be found by.
        coming = [name for name in self._asked_for if name not in names and (self.run(name) or name in self.said)]
        self.models = known + [KnownModel(name, name, False) for name in coming]
        self.changed.emit()

    def shut_down(self) -> None:
        """Stop everything; what arrived is kept."""
        for download in list(self._downloads.values()):
            download.cancel()
        self._service.run_changed.disconnect(self._on_run)

    def _follow(self, run: Run) -> None:
        self.said.pop(run.title, None)
        self._runs[run.id] = run
        self._asked_for = [name for name in self._asked_for if name != run.title] + [run.title]
        self.refresh()

    def _on_download(self, name: str) -> None:
        download = self._downloads[name]
        if download.ended:
            del self._downloads[name]
            if download.problem:
                self.said[name] = download.problem
            if download.stage == DONE:
                self.refresh()
                return
        self.changed.emit()

    def _on_run(self, run_id: str) -> None:
        run = self._runs.get(run_id)
        if run is None:
            return
        if run.ended:
            del self._runs[run_id]
            if run.state == FINISHED:
                self.said[run.title] = str((run.result or {}).get("found", ""))
            elif run.error is not None:
                self.said[run.title] = run.error.message
            self.refresh()
        else:
            self.changed.emit()

    def _refresh(self) -> None:
        self._service.refresh_models()
        self.refresh()
