"""The door to the model runtime for panel and algorithms: one service in a QGIS session."""

from __future__ import annotations

import atexit
import contextlib
import itertools
import json
import threading
from typing import Any, Dict, List, Mapping, Optional

from qgis.PyQt.QtCore import QCoreApplication, QObject, Qt, QThread, pyqtSignal

from ..translation import tr
from .interpreter import find_interpreter
from .runs import (
    CANCELLED,
    CANCELLED_STATUS,
    EXPORT,
    GENERATE,
    IMPORT,
    INSPECT,
    JOBS,
    MODELS,
    VERIFY,
    Run,
    RunError,
    RunProgress,
    RuntimeStatus,
)
from .threads import let_go
from .worker import RuntimeWorker

REMEMBERED_RUNS = 200


class RuntimeService(QObject):
    """Queues runs for the one child process of this session; see :func:`get_service`.

    Its methods may be called from any thread and return at once, but for ``shutdown``. Its signals
    arrive in the main thread; under ``qgis_process`` no event loop delivers them, so algorithms use
    :meth:`Run.wait`.
    """

    status_changed = pyqtSignal()
    run_changed = pyqtSignal(str)
    """Id of a run that moved on or ended."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._numbers = itertools.count(1)
        self._runs: Dict[str, Run] = {}
        self._closed = False
        self._thread = QThread()
        self._thread.setObjectName("copgenRuntime")
        self._worker = RuntimeWorker()
        self._worker.status_changed.connect(self.status_changed, Qt.ConnectionType.QueuedConnection)
        self._worker.run_changed.connect(self.run_changed, Qt.ConnectionType.QueuedConnection)
        self._worker.moveToThread(self._thread)
        self._thread.start()

    def status(self) -> RuntimeStatus:
        """Return how the runtime is now; where it was not started yet, whether it could be."""
        status = self._worker.status
        if status.state == "missing" and self._worker.held:
            return status
        if status.state in ("stopped", "missing"):
            found = find_interpreter()
            if found.problem:
                return RuntimeStatus("missing", found.problem)
            if status.state == "missing":
                return RuntimeStatus("stopped", "", found.path)
            return RuntimeStatus("stopped", status.sentence, found.path)
        return status

    def start(self) -> None:
        """Start the child, so that devices and models are known; nothing happens if it runs."""
        self._worker.post(self._worker.start)

    def hold(self) -> None:
        """End the child where no job runs in it, inspections with it, and start none before :meth:`release`."""
        self._worker.post(self._worker.hold)

    def release(self) -> None:
        """Let children start again; nothing happens where they may."""
        self._worker.post(self._worker.release)

    def is_gone(self) -> bool:
        """Tell whether there is no child, and nothing on its way that could start or end one."""
        return self._worker.is_gone

    def has_jobs(self) -> bool:
        """Tell whether a job runs or waits; an inspection is none."""
        with self._lock:
            return any(run.kind in JOBS and not run.ended for run in self._runs.values())

    def submit(self, job: Dict[str, Any], title: str = "", preview: bool = False) -> Run:
        """Put a job into the queue.

        Args:
            job: as in CONTRACT's job file, paths absolute.
            title: what the user calls it.
            preview: whether pictures are wanted while it denoises.

        Raises:
            TypeError: the job holds what JSON cannot.
        """
        return self._queue(GENERATE, job, title, preview)

    def export(self, order: Dict[str, Any], title: str = "") -> Run:
        """Put an export into the queue.

        Args:
            order: ``model``, ``precision``, ``opset`` and ``output``, the folder to be made.
            title: what the user calls it.

        Returns:
            A run whose result tells model, output, precision, opset, device and lines.
        """
        return self._queue(EXPORT, order, title, False)

    def inspect(self, job: Dict[str, Any]) -> Run:
        """Ask what a job would do; runs beside a generating job.

        Args:
            job: as for :meth:`submit`; ``output`` may be missing, and a condition's modality may be
                ``auto``.

        Returns:
            A run whose result tells recognised, area, chips, memory_bytes, steps, model, device and
            warnings.
        """
        return self._queue(INSPECT, job, "", False)

    def import_model(self, name: str, files: Mapping[str, str]) -> Run:
        """Have a bundle made of what is here, in the folder of models.

        Args:
            name: of the model; under a published one's only what is made of its published files is taken.
            files: paths: ``transformer`` and ``vae``, weights or their folder, or ``bundle``, the folder of one.
        """
        return self._queue(IMPORT, {"name": name, **files}, name, False)

    def verify_model(self, name: str) -> Run:
        """Have all files of a model looked at; the result's ``found`` says in words what was."""
        return self._queue(VERIFY, {"name": name}, name, False)

    def refresh_models(self) -> Optional[Run]:
        """Have the models of the status found anew; None where no runtime runs, which will find them when it starts."""
        return self._queue(MODELS, {}, "", False) if self.status().state in ("ready", "busy") else None

    def cancel(self, run_id: str) -> None:
        """Ask for the end of a run, queued or running; within about a second it has ended."""
        run = self.run(run_id)
        if run is not None:
            self._worker.post(self._worker.cancel, run)

    def run(self, run_id: str) -> Optional[Run]:
        """Return the run of an id, or None for one that is not known (any more)."""
        with self._lock:
            return self._runs.get(run_id)

    def runs(self) -> List[Run]:
        """Return the generating runs of this session, oldest first."""
        with self._lock:
            return [run for run in self._runs.values() if run.kind == GENERATE]

    def child_pid(self) -> int:
        """Return the number of the child process, 0 without one."""
        return self._worker.pid

    def shutdown(self, wait_seconds: float = 3.0) -> None:
        """Cancel every run and end the child; it is killed where it does not end in time."""
        if self._closed:
            return
        self._closed = True
        self._worker.post(self._worker.close, wait_seconds)
        let_go(self._thread, self._worker, int(1000 * (wait_seconds + 2.0)))

    def _queue(self, kind: str, job: Dict[str, Any], title: str, preview: bool) -> Run:
        own = json.loads(json.dumps(job))
        with self._lock:
            run = Run(f"{kind}-{next(self._numbers)}", kind, own, title, preview, self.cancel)
            self._runs[run.id] = run
            self._forget_old()
        if self._closed:
            run.end(CANCELLED, error=RunError(CANCELLED_STATUS, tr("Cancelled.")))
        else:
            self._worker.post(self._worker.submit, run)
        return run

    def _forget_old(self) -> None:
        ended = [run_id for run_id, run in self._runs.items() if run.ended]
        for run_id in ended[: max(len(self._runs) - REMEMBERED_RUNS, 0)]:
            del self._runs[run_id]


_service: Optional[RuntimeService] = None
_service_lock = threading.Lock()


def get_service() -> RuntimeService:
    """Return the session's service, made on first use, from whichever thread."""
    global _service
    with _service_lock:
        if _service is None:
            _service = RuntimeService()
            application = QCoreApplication.instance()
            if application is not None:
                _service.moveToThread(application.thread())
                application.aboutToQuit.connect(shutdown_service)
            atexit.register(shutdown_service)
        return _service


def shutdown_service() -> None:
    """End the session's service, if there is one; the next :func:`get_service` makes another."""
    global _service
    with _service_lock:
        service, _service = _service, None
    if service is None:
        return
    atexit.unregister(shutdown_service)
    application = QCoreApplication.instance()
    if application is not None:
        with contextlib.suppress(TypeError):  # where it is what called us
            application.aboutToQuit.disconnect(shutdown_service)
    service.shutdown()


__all__ = ["Run", "RunError", "RunProgress", "RuntimeService", "RuntimeStatus", "get_service", "shutdown_service"]
