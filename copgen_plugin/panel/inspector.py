"""What the runtime says about a form before it is run: what it recognises, how long it takes."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..runtime.runs import FAILED, FINISHED, Run
from ..runtime.service import RuntimeService
from .wording import panel_sentence

PATIENCE = 300
"""Milliseconds without an edit before the runtime is asked."""


class Inspector(QObject):
    """Asks the runtime about a job, once the user pauses; a new question ends the one before.

    Attributes:
        answer: the last inspection's result, empty while there is none.
        problem: why the job cannot be done, empty where it can or is not known yet.
        busy: an answer is on its way.
    """

    answered = pyqtSignal()

    def __init__(self, service: RuntimeService) -> None:
        super().__init__()
        self.answer: Dict[str, Any] = {}
        self.problem = ""
        self._service = service
        self._job: Optional[Dict[str, Any]] = None
        self._run: Optional[Run] = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PATIENCE)
        self._timer.timeout.connect(self._ask)
        service.run_changed.connect(self._on_run)

    @property
    def busy(self) -> bool:
        """True while an answer is on its way."""
        return self._timer.isActive() or self._run is not None

    def ask(self, job: Dict[str, Any]) -> None:
        """Ask about a job."""
        if job != self._job:
            self.forget()
            self._job = job
            self._timer.start()

    def forget(self) -> None:
        """Drop question and answer."""
        self._timer.stop()
        run, self._run = self._run, None
        if run is not None:
            run.cancel()
        self._job, self.answer, self.problem = None, {}, ""

    def found(self, place: int) -> Dict[str, Any]:
        """Return what was recognised of a condition.

        Args:
            place: position of the condition in the job.
        """
        conditions: List[Dict[str, Any]] = self.answer.get("conditions", [])
        if place >= len(conditions):
            return {}
        found: Dict[str, Any] = self.answer.get("recognised", {}).get(conditions[place]["modality"], {})
        return found

    def _ask(self) -> None:
        if self._job is not None:
            self._run = self._service.inspect(self._job)

    def _on_run(self, run_id: str) -> None:
        run = self._run
        if run is None or run.id != run_id or not run.ended:
            return
        self._run = None
        if run.state == FINISHED:
            self.answer = run.result or {}
        elif run.state == FAILED and run.error is not None:
            self.problem = panel_sentence(run.error.message)
        self.answered.emit()
