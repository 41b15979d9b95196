"""What happens on the panel's clicks; holds what is filled in, the questions to the runtime and the runs."""

from __future__ import annotations

import random
from pathlib import Path
from typing import Any, Callable, Dict, List, Optional, Sequence, Tuple

from qgis.core import Qgis, QgsProject, QgsRasterLayer, QgsReferencedRectangle
from qgis.PyQt.QtCore import QObject, pyqtSignal

from .. import settings
from ..layers.guess import guess_level, guess_modality
from ..layers.results import discard_folder, result_folder
from ..layers.source import LayerError, layer_source
from ..runtime.runs import FAILED, FINISHED, RUNNING
from ..runtime.service import RuntimeService, RuntimeStatus
from ..setup.presenter import Setup
from ..store.store import ModelStore
from ..terms import modality_name
from ..translation import tr
from .area import area_of
from .delivery import deliver, is_in_project_folder
from .form import CANVAS, LARGEST_SEED, RECTANGLE, AreaForm, ConditionForm, PanelForm
from .inspector import Inspector
from .notices import Notice
from .one_click import Guess, Task, fill_form, obstacle
from .preparation import Preparation, condition_places
from .projects import ProjectWatch
from .records import RunRecord

REMEMBERED = 20
"""Runs kept in the list."""
View = Callable[[], Optional[QgsReferencedRectangle]]


class PanelPresenter(QObject):
    """The panel without its widgets.

    Args:
        service: the runtime.
        watch: knows which project is open.
        view: what the map canvas shows.
    """

    form_replaced = pyqtSignal()
    """The form was filled by something else than the widgets."""
    findings_changed = pyqtSignal()
    runtime_changed = pyqtSignal()
    runs_changed = pyqtSignal()
    told = pyqtSignal(object)
    """A ``Notice`` for the message bar."""
    wanted = pyqtSignal()
    """The panel should be shown."""

    def __init__(self, service: RuntimeService, watch: ProjectWatch, view: View) -> None:
        super().__init__()
        self.service = service
        self.setup = Setup(service)
        self.store = ModelStore(service)
        self.project: QgsProject = watch.project
        self.form = PanelForm.from_dict(settings.read_project_form(self.project))
        self.records: List[RunRecord] = []
        self.inspector = Inspector(service)
        self._watch = watch
        self._view = view
        self._preparations: Dict[int, Preparation] = {}
        self._pending: Optional[Tuple[Task, List[Guess]]] = None
        self._was_broken = False
        service.status_changed.connect(self._on_status)
        service.run_changed.connect(self._on_run)
        self.inspector.answered.connect(self._on_answer)
        watch.changed.connect(self._on_project)

    def status(self) -> RuntimeStatus:
        """Return how the runtime is."""
        return self.service.status()

    def edited(self) -> None:
        """Take an edit by the user: remember it in the project and ask the runtime about it."""
        self._pending = None
        settings.write_project_form(self.project, self.form.to_dict())
        self.inspect()

    def layer_chosen(self, condition: ConditionForm) -> None:
        """Guess what a newly chosen layer is; the runtime has the last word."""
        layer = self.project.mapLayer(condition.layer_id)
        if isinstance(layer, QgsRasterLayer):
            guess = self._guess(layer)
            condition.modality, condition.chosen = guess.modality or "", guess.sure
        self.edited()
        self.form_replaced.emit()

    def layer_lost(self) -> None:
        """A layer of the form leaves the project, which may be about to close: nothing is written into it."""
        self._pending = None
        self.inspector.forget()
        self.findings_changed.emit()

    def problem(self) -> str:
        """Return why the form cannot be run, in a sentence; empty where nothing speaks against it."""
        if not all(entry.layer_id for entry in self.form.conditions):
            return tr("Choose a raster layer for every condition.")
        if not all(entry.modality for entry in self.form.conditions):
            return tr("Say what every layer is.")
        if any(entry.lacks_bands for entry in self.form.conditions):
            return tr("Choose all bands of a layer, or none.")
        if not self.form.wanted():
            return tr("Choose what to generate.")
        return ""

    def view_moved(self) -> None:
        """The map shows something else, which may be the area."""
        if self.form.area.kind == CANVAS and self.form.conditions[0].layer_id:
            self.inspect()

    def inspect(self) -> None:
        """Ask the runtime about the form, where it is complete and nothing has to be exported for it."""
        try:
            preparation = self._prepare(self.form)
        except LayerError:
            preparation = None
        ready = preparation is not None and preparation.is_immediate and self.form.wanted()
        if not ready or self.status().state == "missing":
            self.inspector.forget()
        else:
            try:
                self.inspector.ask(preparation.job(recognise=True))
            except LayerError:
                self.inspector.forget()
        self.findings_changed.emit()

    def finding(self, row: int) -> Dict[str, Any]:
        """Return what the runtime recognised of a condition, empty while it is not known."""
        return self.inspector.found(condition_places(self.form)[row])

    def export_reason(self, condition: ConditionForm) -> str:
        """Return why a layer is exported first, or why it cannot be used; empty where neither is so."""
        layer = self.project.mapLayer(condition.layer_id)
        if not isinstance(layer, QgsRasterLayer):
            return ""
        source = layer_source(layer)
        if source.problem:
            return source.problem
        return tr("Will be exported first: {reason}.").format(reason=source.reason) if source.needs_export else ""

    def pace(self) -> float:
        """Return the seconds one evaluation of one chip takes, 0 where no run has told."""
        answer = self.inspector.answer
        return settings.pace_of(answer.get("model", self.form.model), answer.get("device", self.form.device))

    def expected_seconds(self) -> Optional[float]:
        """Return how long the form will run, None where that is not known."""
        return self.pace() * float(self.inspector.answer.get("evaluations", 0)) or None

    def one_click(self, task: Optional[Task], layers: Sequence[QgsRasterLayer]) -> None:
        """Start a task on the selected layers, or show what has to be corrected first.

        Args:
            task: None only fills the panel.
            layers: the selected raster layers.
        """
        guesses = [self._guess(layer) for layer in layers]
        if task is None:
            # The panel wants to offer models and devices.
            self.service.start()
        filled = [condition.layer_id for condition in self.form.conditions]
        if task is None and (not guesses or [guess.layer_id for guess in guesses] == filled):
            self.wanted.emit()
            self.inspect()
            return
        if task is None:
            form = PanelForm.from_dict(self.form.to_dict())
        else:
            form = PanelForm(model=self.form.model, device=self.form.device, generate=list(self.form.generate))
        refusal = fill_form(form, task, guesses)
        if guesses:
            self.form = form
            settings.write_project_form(self.project, form.to_dict())
            self.form_replaced.emit()
        self.wanted.emit()
        self.inspect()
        if refusal:
            self.told.emit(Notice(refusal, level=Qgis.MessageLevel.Warning))
        elif task is not None:
            self._start_task(task, guesses)

    def _start_task(self, task: Task, guesses: List[Guess]) -> None:
        """Start at once with one layer; with several once the runtime has said what each of them is."""
        if len(guesses) > 1 and self.inspector.busy:
            self._pending = (task, guesses)
        else:
            self.start()

    def start(self) -> Optional[RunRecord]:
        """Run the form; None where it cannot be, which is then told."""
        problem = self.problem()
        if not problem and self.status().state == "missing":
            problem = self.status().sentence
            self.wanted.emit()
        if problem:
            self.told.emit(Notice(problem, level=Qgis.MessageLevel.Warning))
            return None
        try:
            preparation = self._prepare(self.form)
            record = self._record(preparation)
            self._fix_area(record.form)
        except LayerError as error:
            self.told.emit(Notice(error.message, level=Qgis.MessageLevel.Warning))
            return None
        self.records.insert(0, record)
        self._forget_old()
        self._preparations[record.number] = preparation
        preparation.done.connect(lambda job: self._submit(record, job))
        preparation.failed.connect(lambda message: self._fail(record, message))
        preparation.start()
        self.runs_changed.emit()
        return record

    def cancel(self) -> None:
        """Cancel what is running, else what is being prepared or waits."""
        record = self.active()
        if record is None:
            return
        if record.run is not None:
            record.run.cancel()
        else:
            record.cancelled = True
            self._clean_up(record)
            self.runs_changed.emit()

    def active(self) -> Optional[RunRecord]:
        """Return the run that is worked on, else the oldest that has not ended, or None."""
        going = [record for record in reversed(self.records) if not record.ended]
        running = (record for record in going if record.state == RUNNING)
        return next(running, going[0] if going else None)

    def listed(self) -> List[RunRecord]:
        """Return the runs to list, newest first: those of the open project, and those that still go on."""
        return [record for record in self.records if not record.ended or self._watch.is_open(record.project)]

    def run_again(self, record: RunRecord, new_seed: bool = False) -> None:
        """Run what was filled in for an earlier run.

        Args:
            record: of the earlier run.
            new_seed: with another seed.
        """
        self.form = record.copy_of_form()
        if new_seed:
            self.form.seed = random_seed()
        self.form_replaced.emit()
        self.edited()
        self.start()

    def choose_interpreter(self, path: str) -> None:
        """Take the Python that the user has chosen for the runtime, and start it."""
        settings.set_python_path(path)
        self.service.start()
        # What another environment could not do says nothing about this one.
        self.inspector.forget()
        self.runtime_changed.emit()
        self.inspect()

    def shut_down(self) -> None:
        """Let go of service and project; the service itself ends the runs."""
        self.setup.shut_down()
        self.store.shut_down()
        self.service.status_changed.disconnect(self._on_status)
        self.service.run_changed.disconnect(self._on_run)
        self.inspector.forget()
        for record in list(self.records):
            self._clean_up(record)

    def _guess(self, layer: QgsRasterLayer) -> Guess:
        source = layer_source(layer)
        modality = None if source.problem else guess_modality(source)
        return Guess(layer.id(), layer.name(), modality, guess_level(source) is not None, source.problem)

    def _prepare(self, form: PanelForm) -> Preparation:
        return Preparation(form, self.project, area_of(form.area, self.project, self._view()))

    def _record(self, preparation: Preparation) -> RunRecord:
        form = PanelForm.from_dict(self.form.to_dict())
        source, wanted = preparation.sources[0], form.wanted()
        what = ", ".join(modality_name(name) for name in wanted)
        record = RunRecord(
            tr("{what} from {layer}").format(what=what, layer=source.name), form, self._watch.current, source.id
        )
        folder = result_folder(self.project, source.name, "_".join(wanted), settings.output_dir())
        record.folder = str(folder)
        record.in_project_folder = is_in_project_folder(folder, self.project)
        return record

    def _fix_area(self, form: PanelForm) -> None:
        """Have a run that is made again be of what the map showed then."""
        if form.area.kind == CANVAS:
            shown = area_of(form.area, self.project, self._view())
            form.area = AreaForm(RECTANGLE, list(shown.bounds() or ()), shown.crs_wkt() or "")

    def _submit(self, record: RunRecord, job: Dict[str, Any]) -> None:
        record.job = {**job, "output": record.folder}
        record.run = self.service.submit(record.job, record.title, preview=True)
        self.runs_changed.emit()

    def _fail(self, record: RunRecord, message: str) -> None:
        record.problem = message
        self._clean_up(record)
        self._tell_failure(record)
        self.runs_changed.emit()

    def _on_run(self, run_id: str) -> None:
        record = next((entry for entry in self.records if entry.run is not None and entry.run.id == run_id), None)
        if record is None or record.run is None:
            return
        if record.ended and record.number in self._preparations:
            kept = self._clean_up(record)
            if record.state == FINISHED:
                deliver(record, self._watch, self.told.emit)
            elif record.state == FAILED:
                self._tell_failure(record, kept)
            elif kept:
                # Who cancels knows it, but not what was finished before.
                self.told.emit(Notice(" ".join((tr("Cancelled."), kept)), record.title))
            # The time another run will take is known better now.
            self.findings_changed.emit()
        self.runs_changed.emit()

    def _tell_failure(self, record: RunRecord, kept: str = "") -> None:
        text = " ".join(part for part in (record.message, kept) if part)
        self.told.emit(Notice(text, record.title, Qgis.MessageLevel.Critical, shows_log=True))

    def _clean_up(self, record: RunRecord) -> str:
        """Remove what is of no use any more; return what is to be said of what was finished before the end."""
        preparation = self._preparations.pop(record.number, None)
        if preparation is not None:
            preparation.clean_up()
        return discard_folder(Path(record.folder)) if record.state != FINISHED else ""

    def _forget_old(self) -> None:
        kept = [record for number, record in enumerate(self.records) if number < REMEMBERED or not record.ended]
        self.records = kept

    def _on_status(self) -> None:
        state = self.status().state
        repaired = self._was_broken and state == "ready"
        if state in ("missing", "died", "ready"):
            self._was_broken = state != "ready"
        self.runtime_changed.emit()
        # A question on its way is answered by the repaired runtime.
        if repaired and not self.inspector.busy:
            self.inspector.forget()
            self.inspect()

    def _on_answer(self) -> None:
        pending, self._pending = self._pending, None
        if self._take_modalities() or self._take_bands():
            self._pending = pending
            settings.write_project_form(self.project, self.form.to_dict())
            self.form_replaced.emit()
            self.inspect()
            return
        self.findings_changed.emit()
        if pending is not None:
            refusal = self.inspector.problem or obstacle(self.form, *pending)
            if refusal:
                self.told.emit(Notice(refusal, level=Qgis.MessageLevel.Warning))
            else:
                self.start()

    def _take_modalities(self) -> bool:
        """Take what the runtime says the layers are; True where that asks for another inspection."""
        corrected = False
        for row, entry in enumerate(self.form.conditions):
            found = self.finding(row)
            said = found.get("modality", "")
            if not said or entry.chosen or said == entry.modality:
                continue
            # Names that QGIS knows are better than no evidence at all.
            if found.get("modality_source") != "assumed" or not entry.modality:
                entry.modality = said
            entry.chosen = corrected = True
        return corrected

    def _take_bands(self) -> bool:
        """Complete bands of which only some are chosen; True where that asks for another inspection."""
        completed = False
        for row, entry in enumerate(self.form.conditions):
            if entry.lacks_bands:
                completed = entry.complete_bands(self.finding(row).get("bands", [])) or completed
        return completed

    def _on_project(self) -> None:
        self.inspector.forget()
        self.form = PanelForm.from_dict(settings.read_project_form(self.project))
        self.form_replaced.emit()
        self.runs_changed.emit()


def random_seed() -> int:
    """Return another seed; it only names a draw, so any source of chance will do."""
    return random.randint(1, LARGEST_SEED)  # nosec B311
