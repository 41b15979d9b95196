"""The queue of runs and the life of the child process, in a thread of their own.

Everybody else talks to it by :meth:`RuntimeWorker.post`, from any thread, and looks at the runs, which
are plain values. Nothing here waits for the main thread, which under ``qgis_process`` runs the very
algorithm that waits for a run.
"""

from __future__ import annotations

import base64
import json
import shutil
from collections import deque
from dataclasses import replace
from pathlib import Path
from typing import Any, Callable, Deque, Dict, Optional, Tuple

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, Qt, QTimer, pyqtSignal, pyqtSlot

from ..settings import data_dir
from ..translation import tr
from .child import Child
from .interpreter import find_interpreter
from .runs import (
    CANCELLED,
    CANCELLED_STATUS,
    EXPORT,
    FAILED,
    FINISHED,
    IMPORT,
    JOBS,
    RUNNING,
    Run,
    RunError,
    RunProgress,
    RuntimeStatus,
)

LOG_TAG = "COP-GEN"
CANCEL_GRACE = 800
"""Milliseconds a run may take to end by itself once cancelled; then the process is killed."""
INSPECTION_GRACE = 5000
"""The same for an inspection, which nobody waits for once it is cancelled."""
STOP_GRACE = 2000
"""Milliseconds a child may take to end by itself when nothing runs in it."""
INITIALIZE = "initialize"
PROTOCOL = 1


class RuntimeWorker(QObject):
    """Runs one job at a time, inspections beside it, in a child that it starts when there is work.

    All methods but ``post`` belong to its own thread.

    Attributes:
        held: no child may start, since its environment is being changed.
    """

    woken = pyqtSignal()
    status_changed = pyqtSignal()
    run_changed = pyqtSignal(str)

    def __init__(self) -> None:
        super().__init__()
        self.status = _not_loaded()
        self.pid = 0
        self._commands: Deque[Tuple[Any, ...]] = deque()
        self._waiting: Deque[Run] = deque()
        self._sent: Dict[str, Run] = {}
        self._child: Optional[Child] = None
        self._ready = False
        self._wanted = False
        self._killed = False
        self._closed = False
        self.held = False
        self.woken.connect(self._work, Qt.ConnectionType.QueuedConnection)

    def post(self, command: Callable[..., None], *arguments: object) -> None:
        """Have one of the methods called in the worker's thread; may be called from any."""
        self._commands.append((command, *arguments))
        self.woken.emit()

    @pyqtSlot()
    def _work(self) -> None:
        while self._commands:
            command, *arguments = self._commands.popleft()
            command(*arguments)

    def start(self) -> None:
        """Start the child although nothing waits for it yet."""
        self._wanted = True
        self._advance()

    @property
    def is_gone(self) -> bool:
        """No child is there, and nothing that was posted is still to be done; may be asked from any thread."""
        return not self._commands and not self.pid

    def hold(self) -> None:
        """End the child, so that its files can be replaced, and start none meanwhile.

        Where a job runs in it or waits for it, it stays; nobody waits long for an inspection.
        """
        self.held = True
        runs = [*self._waiting, *self._sent.values()]
        if any(run.kind in JOBS for run in runs):
            return
        self._waiting.clear()
        self._sent.clear()
        for run in runs:
            self._end(run, CANCELLED, error=_cancelled())
        if self._child is not None:
            self._child.blockSignals(True)
            self._child.close(STOP_GRACE)
        self._drop_child()
        self._tell(_being_set_up())

    def release(self) -> None:
        """Start children again where there is work."""
        if not self.held:
            return
        self.held = False
        if self._child is None:
            self._tell(_not_loaded())
        self._advance()

    def submit(self, run: Run) -> None:
        """Put a run into the queue."""
        self._waiting.append(run)
        self._advance()

    def cancel(self, run: Run) -> None:
        """Take a run out of the queue, or ask the child to end it and see that it does."""
        if run.ended:
            return
        if run in self._waiting:
            self._waiting.remove(run)
        if run.id not in self._sent:
            self._end(run, CANCELLED, error=_cancelled())
            return
        run.cancelling = True
        if self._child is not None:
            self._child.send("cancel", {"id": run.id})
        grace = CANCEL_GRACE
        if run.kind not in JOBS:
            grace = INSPECTION_GRACE
            self._end(run, CANCELLED, error=_cancelled())
        else:
            self.run_changed.emit(run.id)
        QTimer.singleShot(grace, lambda: self._insist(run))

    def close(self, seconds: float) -> None:
        """End every run and the child, then the thread."""
        self._closed = True
        for run in [*self._waiting, *self._sent.values()]:
            self._end(run, CANCELLED, error=_cancelled())
        self._waiting.clear()
        if self._child is not None:
            self._child.blockSignals(True)
            self._child.close(int(1000 * seconds))
        self._drop_child()
        self._sent.clear()
        self._tell(_not_loaded())
        self.thread().quit()

    def _insist(self, run: Run) -> None:
        """Kill the child if a run that was cancelled still goes on in it, but not another run with it."""
        if run.id not in self._sent or self._child is None:
            return
        if any(other.kind in JOBS and not other.cancelling for other in self._sent.values()):
            QTimer.singleShot(INSPECTION_GRACE, lambda: self._insist(run))
            return
        self._killed = True
        self._child.kill()

    def _advance(self) -> None:
        """Start the child if there is work, and hand it what it can take now."""
        if self._child is None:
            if (self._waiting or self._wanted) and not self._closed:
                self._start()
            return
        if not self._ready:
            return
        for run in list(self._waiting):
            if run.kind not in JOBS or not any(sent.kind in JOBS for sent in self._sent.values()):
                self._waiting.remove(run)
                self._send(run)
        self._tell_activity()

    def _start(self) -> None:
        self._wanted = False
        if self.held:
            self._tell(_being_set_up())
            self._fail_waiting(RunError(4, self.status.sentence))
            return
        found = find_interpreter()
        if found.problem:
            self._tell(RuntimeStatus("missing", found.problem))
            self._fail_waiting(RunError(4, found.problem))
            return
        self._ready = self._killed = False
        sentence = tr("The models' process is starting.")
        self._tell(replace(self.status, state="starting", sentence=sentence, interpreter=found.path, last_words=""))
        self._child = Child(found.path)
        self._child.said.connect(self._hear)
        self._child.ended.connect(self._bury)
        self._child.start()
        self.pid = self._child.pid
        self._child.send("initialize", {"protocol": PROTOCOL}, INITIALIZE)

    def _send(self, run: Run) -> None:
        if self._child is None:
            return
        params = {**run.job, "preview": True} if run.preview else run.job
        self._child.send(run.kind, params, run.id)
        self._sent[run.id] = run
        run.state = RUNNING
        self.run_changed.emit(run.id)

    def _hear(self, message: Dict[str, Any]) -> None:
        """Take a message; a child that does not speak our protocol is of no use."""
        try:
            self._take(message)
        except (AttributeError, KeyError, TypeError, ValueError) as error:
            reason = f"{type(error).__name__}: {error}"
            sentence = tr("The models' process speaks another language than this plugin ({reason}).")
            self._lose(RunError(1, sentence.format(reason=reason), json.dumps(message)))

    def _take(self, message: Dict[str, Any]) -> None:
        if message.get("method") == "progress":
            self._hear_progress(message.get("params", {}))
        elif message.get("id") == INITIALIZE:
            self._hear_ready(message)
        else:
            run = self._sent.pop(message.get("id", ""), None)
            if run is not None:
                self._hear_outcome(run, message)
                self._advance()

    def _hear_progress(self, params: Dict[str, Any]) -> None:
        run = self._sent.get(params.get("id", ""))
        if run is not None:
            preview = params.get("preview")
            run.update(
                RunProgress(
                    str(params.get("stage", "")),
                    int(params.get("done", 0)),
                    int(params.get("total", 0)),
                    params.get("seconds_left"),
                    base64.b64decode(preview) if preview else None,
                    params.get("preview_modality") or "",
                )
            )
            self.run_changed.emit(run.id)

    def _hear_ready(self, message: Dict[str, Any]) -> None:
        if "error" in message:
            self._lose(_read_error(message["error"]))
            return
        result = message["result"]
        if result["protocol"] != PROTOCOL:
            raise ValueError(result["protocol"])
        self._ready = True
        self.status = replace(
            self.status, version=result["version"], devices=result["devices"], models=result["models"]
        )
        self._advance()

    def _hear_outcome(self, run: Run, message: Dict[str, Any]) -> None:
        if "error" not in message:
            result = message.get("result")
            if isinstance(result, dict) and "models" in result:
                self._tell(replace(self.status, models=result["models"]))
            self._end(run, FINISHED, result=result)
            return
        error = _read_error(message["error"])
        if error.status == CANCELLED_STATUS:
            self._end(run, CANCELLED, error=_cancelled())
        else:
            self._end(run, FAILED, error=error)

    def _bury(self) -> None:
        """The child has ended, by our hand or by itself."""
        if self._child is None:
            return
        words = self._child.last_words.strip()
        if self._killed:
            self._drop_child()
            for run in self._sent.values():
                if run.cancelling or run.ended:
                    self._end(run, CANCELLED, error=_cancelled())
                else:
                    self._waiting.appendleft(run)
            self._sent.clear()
            self._wanted = True
            self._advance()
            return
        reason = "; ".join(filter(None, [self._child.how, words.splitlines()[-1] if words else ""]))
        sentence = tr("The models' process ended unexpectedly: {reason}. The next run starts it again.")
        self._lose(RunError(1, sentence.format(reason=reason.rstrip(".")), words))

    def _lose(self, error: RunError) -> None:
        """Tell of a child that died or is of no use, and end the runs that it takes along."""
        text = f"{error.message}\n{error.last_words}".strip()
        QgsMessageLog.logMessage(text, LOG_TAG, Qgis.MessageLevel.Critical)
        came_up = self._ready
        self._drop_child()
        self._tell(replace(self.status, state="died", sentence=error.message, last_words=error.last_words))
        for run in self._sent.values():
            self._end(run, CANCELLED if run.cancelling else FAILED, error=_cancelled() if run.cancelling else error)
        self._sent.clear()
        if came_up:
            self._advance()
        else:
            self._fail_waiting(error)

    def _drop_child(self) -> None:
        child, self._child = self._child, None
        self._ready = False
        self.pid = 0
        if child is not None:
            child.blockSignals(True)
            child.kill()
            for run in self._sent.values():
                _remove_half_written(run, child.pid)
            if not sip.isdeleted(child):
                # QGIS takes it along where it ends meanwhile.
                child.deleteLater()

    def _fail_waiting(self, error: RunError) -> None:
        waiting, self._waiting = self._waiting, deque()
        for run in waiting:
            self._end(run, FAILED, error=error)

    def _end(
        self, run: Run, state: str, result: Optional[Dict[str, Any]] = None, error: Optional[RunError] = None
    ) -> None:
        if run.end(state, result, error):
            self.run_changed.emit(run.id)

    def _tell_activity(self) -> None:
        busy = any(run.kind in JOBS for run in self._sent.values())
        sentence = tr("Running.") if busy else tr("Ready.")
        self._tell(replace(self.status, state="busy" if busy else "ready", sentence=sentence))

    def _tell(self, status: RuntimeStatus) -> None:
        if status != self.status:
            self.status = status
            self.status_changed.emit()


def _remove_half_written(run: Run, pid: int) -> None:
    """Remove the hidden folders in which a killed process was writing: in the output, of an export beside it."""
    output = str(run.job.get("output") or "")
    place = Path(output).parent if run.kind == EXPORT else Path(output)
    if run.kind == IMPORT:
        place, output = data_dir() / "models", run.title
    if output and pid:
        for folder in place.glob(f".copgen-{pid}-*"):
            shutil.rmtree(folder, ignore_errors=True)


def _read_error(error: Dict[str, Any]) -> RunError:
    """Return an error of the protocol; the codes of JSON-RPC itself lie below ours and mean a fault of ours."""
    code = int(error["code"])
    return RunError(-32000 - code if -32255 <= code <= -32000 else 1, str(error["message"]))


def _not_loaded() -> RuntimeStatus:
    return RuntimeStatus("stopped", tr("The models are not loaded; the first run loads them."))


def _being_set_up() -> RuntimeStatus:
    return RuntimeStatus("missing", tr("The models' environment is being changed; wait for the end of its set-up."))


def _cancelled() -> RunError:
    return RunError(CANCELLED_STATUS, tr("Cancelled."))
