"""The first steps: what is done, what comes next; without widgets."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import List, Optional

from qgis.core import QgsRasterLayer
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .. import settings
from ..runtime.managed import INCOMPLETE
from ..runtime.runs import FINISHED
from ..setup.presenter import RUNNING
from ..store.catalogue import VERIFIED
from ..translation import tr
from .notices import Notice
from .one_click import TASKS
from .presenter import PanelPresenter
from .records import RunRecord

SCENE = Path(__file__).resolve().parents[2] / "resources" / "scene" / "s2_l2a.tif"
SET_UP, MODEL, TRY = "set_up", "model", "try"
TASK = "copgenDemFromS2"


@dataclass(frozen=True)
class Step:
    """One of the first steps.

    Attributes:
        name: set_up, model or try.
        done: nothing is left to do.
        text: a line for the user.
        action: label of its button.
        ready: it can be done now.
    """

    name: str
    done: bool
    text: str
    action: str
    ready: bool = True


class Guide(QObject):
    """Knows how far somebody is who has just installed the plugin; it may be closed and opened at any time.

    Args:
        presenter: of the panel.
    """

    changed = pyqtSignal()
    scene_added = pyqtSignal(object)
    """The layer of the bundled scene, to be shown on the map."""

    def __init__(self, presenter: PanelPresenter) -> None:
        super().__init__()
        self._presenter = presenter
        self._record: Optional[RunRecord] = None
        self._open = settings.guide_state() == ""
        presenter.runtime_changed.connect(self.changed)
        presenter.setup.changed.connect(self.changed)
        presenter.store.changed.connect(self.changed)
        presenter.runs_changed.connect(self._on_runs)

    def let_go(self) -> None:
        """Listen to nothing any more."""
        presenter = self._presenter
        presenter.runtime_changed.disconnect(self.changed)
        presenter.setup.changed.disconnect(self.changed)
        presenter.store.changed.disconnect(self.changed)
        presenter.runs_changed.disconnect(self._on_runs)

    @property
    def is_open(self) -> bool:
        """True while the steps are shown on the panel."""
        return self._open

    def close(self) -> None:
        """Show no steps any more, until they are opened again."""
        self._set(False, "closed")

    def open(self) -> None:
        """Show the steps, whatever is done of them."""
        self._set(True, "")

    def steps(self) -> List[Step]:
        """Return the steps in their order."""
        setup, tried = self._presenter.setup, settings.has_tried_scene()
        missing = self._presenter.status().state == "missing"
        text, action = {
            RUNNING: (tr("Setting up the models' environment…"), tr("Show…")),
            INCOMPLETE: (tr("Finish setting up the models' environment"), tr("Go on…")),
        }.get(setup.state, (tr("Set up the models' environment"), tr("Set up…")))
        trying = self._is_trying()
        return [
            Step(SET_UP, not missing and setup.state != RUNNING, text, action),
            Step(MODEL, self._has_published(), tr("If you like, download the published model"), tr("Models…")),
            Step(
                TRY,
                tried and not trying,
                tr("Generating the hillshade of the bundled scene…") if trying else tr("Try it on the bundled scene"),
                tr("Try it"),
                not missing and not trying,
            ),
        ]

    def try_scene(self) -> None:
        """Add the bundled scene to the project and generate its hillshade picture."""
        presenter = self._presenter
        try:
            layer = QgsRasterLayer(str(_copy_of_scene()), tr("Bundled scene (simulated)"))
        except OSError as error:
            presenter.told.emit(Notice(f"{error.filename}: {error.strerror}"))
            return
        presenter.project.addMapLayer(layer)
        self.scene_added.emit(layer)
        before = set(map(id, presenter.records))
        presenter.one_click(next(task for task in TASKS if task.name == TASK), [layer])
        self._record = next((record for record in presenter.records if id(record) not in before), None)
        self.changed.emit()

    def _has_published(self) -> bool:
        store = self._presenter.store
        return any(model.files and store.state(model.name).kind == VERIFIED for model in store.models)

    def _is_trying(self) -> bool:
        return self._record is not None and not self._record.ended

    def _on_runs(self) -> None:
        # Not at every step of a run: what the steps look at lies in files.
        if self._record is None or not self._record.ended:
            return
        if self._record.state == FINISHED:
            settings.set_tried_scene()
            if is_complete(self.steps()):
                # They stay for now, and are gone the next time QGIS starts.
                settings.set_guide_state("done")
        self._record = None
        self.changed.emit()

    def _set(self, is_open: bool, state: str) -> None:
        self._open = is_open
        settings.set_guide_state(state)
        self.changed.emit()


def is_complete(steps: List[Step]) -> bool:
    """Tell whether all that is needed is done; the download is not."""
    return all(step.done for step in steps if step.name != MODEL)


def _copy_of_scene() -> Path:
    """Return the scene in the folder of results: QGIS replaces the plugin's own folder on every update.

    Raises:
        OSError: that folder cannot be written.
    """
    place = settings.output_dir() / "example" / SCENE.name
    if not place.is_file() or place.stat().st_size != SCENE.stat().st_size:
        place.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(SCENE, place)
    return place
