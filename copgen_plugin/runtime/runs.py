"""Runs: what is asked of the runtime and how far it is, as plain values that any thread may read."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field, replace
from typing import Any, Callable, Dict, List, Optional

QUEUED = "queued"
RUNNING = "running"
FINISHED = "finished"
FAILED = "failed"
CANCELLED = "cancelled"
CANCELLED_STATUS = 130
"""Exit status of a run that was cancelled."""

GENERATE = "generate"
EXPORT = "export"
IMPORT = "import"
VERIFY = "verify"
INSPECT = "inspect"
MODELS = "models"
JOBS = (GENERATE, EXPORT, IMPORT, VERIFY)
"""What runs alone, one after the other; an inspection runs beside it."""


@dataclass(frozen=True)
class RunProgress:
    """How far a run is.

    Attributes:
        stage: load, read, encode, denoise, decode or write; graphs for an export, convert for an import.
        done: parts of the stage that are done.
        total: parts of the stage.
        seconds_left: until the whole run ends, or None while nothing was measured.
        preview: PNG of the picture as it denoises, the latest one, or None.
        preview_modality: what the preview shows; empty without one.
    """

    stage: str
    done: int
    total: int
    seconds_left: Optional[float] = None
    preview: Optional[bytes] = None
    preview_modality: str = ""


@dataclass(frozen=True)
class RunError:
    """Why a run failed.

    Attributes:
        status: exit status as on the command line (2 usage, 3 input, 4 model, 5 memory or disk, 130
            cancelled, 1 anything else).
        message: one sentence for the user.
        last_words: the end of what a runtime that died wrote to its log; empty otherwise.
    """

    status: int
    message: str
    last_words: str = ""


@dataclass(frozen=True)
class RuntimeStatus:
    """How the runtime is.

    Attributes:
        state: missing, stopped, starting, ready, busy or died.
        sentence: the same for the user, with the next step where there is one.
        interpreter: path of its Python; empty where none was found.
        version: of the running runtime.
        devices: what can run networks, best first: ``name``, ``title``, ``memory_bytes``, ``works``.
        models: bundles found: ``name``, ``title``, ``path``, ``embedded``, ``steps``.
        last_words: the end of the log of a runtime that died.
    """

    state: str
    sentence: str
    interpreter: str = ""
    version: str = ""
    devices: List[Dict[str, Any]] = field(default_factory=list)
    models: List[Dict[str, Any]] = field(default_factory=list)
    last_words: str = ""


class Run:
    """One job in the queue; every attribute may be read from any thread at any time.

    Args:
        run_id: unique in the session.
        kind: one of the methods above.
        job: the job, as in CONTRACT's job file; for others the parameters of the method.
        title: what the user calls it.
        preview: whether pictures are wanted while it denoises.
        cancel: asks the service to cancel the run of an id.

    Attributes:
        state: queued, running, finished, failed or cancelled.
        cancelling: a cancel was asked for and has not taken effect yet.
        progress: the latest, or None.
        result: the object of ``--json`` once finished (of an inspection: what was recognised).
        error: why it failed or was cancelled, or None.
    """

    def __init__(
        self,
        run_id: str,
        kind: str,
        job: Dict[str, Any],
        title: str,
        preview: bool,
        cancel: Callable[[str], None],
    ) -> None:
        self.id = run_id
        self.kind = kind
        self.job = job
        self.title = title
        self.preview = preview
        self.state = QUEUED
        self.cancelling = False
        self.progress: Optional[RunProgress] = None
        self.result: Optional[Dict[str, Any]] = None
        self.error: Optional[RunError] = None
        self._ended = threading.Event()
        self._lock = threading.Lock()
        self._cancel = cancel

    @property
    def ended(self) -> bool:
        """True once finished, failed or cancelled."""
        return self._ended.is_set()

    def cancel(self) -> None:
        """Ask for the end of the run; returns at once."""
        self._cancel(self.id)

    def wait(self, seconds: float) -> bool:
        """Wait until the run ends, at most so many seconds; True once it has ended.

        Needs no event loop. Algorithms call it with 0.05 and look at their feedback in between.
        """
        return self._ended.wait(seconds)

    def update(self, progress: RunProgress) -> None:
        """Take a new progress; without a preview of its own it keeps the last one."""
        if progress.preview is None and self.progress is not None:
            last = self.progress
            progress = replace(progress, preview=last.preview, preview_modality=last.preview_modality)
        self.progress = progress

    def end(self, state: str, result: Optional[Dict[str, Any]] = None, error: Optional[RunError] = None) -> bool:
        """Take the outcome; False if the run had already ended, which is then left as it was."""
        with self._lock:
            if self._ended.is_set():
                return False
            self.result, self.error, self.state = result, error, state
            self.cancelling = False
            self._ended.set()
            return True
