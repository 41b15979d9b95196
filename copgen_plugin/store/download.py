"""A model's download: its files one after the other, each checked, then a bundle made of them by the runtime."""

from __future__ import annotations

import os
import time
from collections import deque
from pathlib import Path
from typing import Deque, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QObject, QTimer, pyqtSignal

from ..locking import FolderLock
from ..runtime.runs import FINISHED, Run
from ..runtime.service import RuntimeService
from ..translation import tr
from .catalogue import PART, KnownModel, PublishedFile, downloads_folder, models_folder
from .hashing import FileHash
from .places import (
    ENDPOINT_VARIABLE,
    HUB,
    LOCK,
    find_in,
    is_folder,
    lack_of_space,
    place_problem,
    remove_later,
    source_problem,
)
from .transfer import FileTransfer

FETCHING = "fetching"
CHECKING = "checking"
CONVERTING = "converting"
DONE = "done"
FAILED = "failed"
STOPPED = "stopped"
ENDED = (DONE, FAILED, STOPPED)
TELL_EVERY = 200
"""Milliseconds between two signals while bytes come."""
SPEED_OVER = 5.0
"""Seconds over which the speed is measured."""


class ModelDownload(QObject):
    """Fetches, checks and converts a published model; lives in the main thread and never blocks it.

    Args:
        model: a published one.
        service: makes the bundle.
        source: empty for the hub, the address of a mirror, or a folder that holds the files.

    Attributes:
        stage: fetching, checking, converting, done, failed or stopped.
        done: bytes (converting: steps) that are done of the stage.
        total: the same in all.
        speed: bytes a second, 0 while unknown.
        problem: why it failed, in a sentence; after the fetching it may say what is still to do.
    """

    changed = pyqtSignal()

    def __init__(self, model: KnownModel, service: RuntimeService, source: str = "") -> None:
        super().__init__()
        self.model = model
        self.stage, self.done, self.total, self.speed = FETCHING, 0, model.size, 0.0
        self.problem = ""
        self._service = service
        self._source = source.strip()
        self._folder = downloads_folder(model.name)
        self._lock: Optional[FolderLock] = None
        self._left: List[PublishedFile] = list(model.files)
        self._found: Dict[str, Path] = {}
        self._before = 0
        self._resumed = False
        self._transfer: Optional[FileTransfer] = None
        self._hash: Optional[FileHash] = None
        self._run: Optional[Run] = None
        self._measured: Deque[Tuple[float, int]] = deque()
        self._timer = QTimer(self)
        self._timer.setInterval(TELL_EVERY)
        self._timer.timeout.connect(self._tell_progress)
        service.run_changed.connect(self._on_run)

    @property
    def ended(self) -> bool:
        """True once done, failed or stopped."""
        return self.stage in ENDED

    @property
    def seconds_left(self) -> Optional[float]:
        """Seconds until all bytes are here, None while nothing was measured."""
        return (self.total - self.done) / self.speed if self.stage == FETCHING and self.speed else None

    def start(self) -> None:
        """Begin, or go on where another one stopped."""
        problem = source_problem(self._source) or place_problem(models_folder() / self.model.name)
        if problem:
            self._end(FAILED, problem)
            return
        if is_folder(self._source):
            self._take_folder()
            return
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._lock = FolderLock(self._folder / LOCK)
            if not self._lock.take():
                self._lock = None
                self._end(FAILED, tr("Another QGIS or program is fetching this model; wait for it or stop it."))
                return
            problem = lack_of_space(self._folder, self.model)
        except OSError as error:
            problem = tr("{path} cannot be written ({reason}); choose another folder.").format(
                path=self._folder, reason=error.strerror or str(error)
            )
        if problem:
            self._end(FAILED, problem)
            return
        self._timer.start()
        self._next()

    def cancel(self) -> None:
        """Stop; what arrived is kept for the next time."""
        if self.ended:
            return
        if self._run is not None:
            self._run.cancel()
        self._end(STOPPED)

    def _take_folder(self) -> None:
        for file in self.model.files:
            path = find_in(Path(self._source).expanduser(), file)
            if path is None:
                self._end(
                    FAILED,
                    tr("{folder} holds no {file}; put that file of {repository} there.").format(
                        folder=self._source, file=file.name, repository=file.repository
                    ),
                )
                return
            self._found[file.role] = path
        self._convert()

    def _next(self) -> None:
        """Turn to the next file; once there is none, to the conversion."""
        if self.ended:
            return
        self._before = sum(file.size for file in self.model.files) - sum(file.size for file in self._left)
        if not self._left:
            self._convert()
            return
        path = self._left[0].place(self._folder)
        if path.is_file():
            self._check(path)
            return
        self.stage = FETCHING
        self._measured.clear()
        endpoint = self._source or os.environ.get(ENDPOINT_VARIABLE) or HUB
        self._transfer = FileTransfer(self._left[0], path, endpoint)
        self._transfer.ended.connect(self._on_fetched)
        self._transfer.start()

    def _on_fetched(self, problem: str) -> None:
        transfer, self._transfer = self._transfer, None
        if transfer is not None:
            self._resumed = transfer.resumed
            transfer.deleteLater()
        if problem:
            self._end(FAILED, problem)
        elif not self.ended:
            path = self._left[0].place(self._folder)
            self._check(path.with_name(path.name + PART))

    def _check(self, path: Path) -> None:
        self.stage, self.speed = CHECKING, 0.0
        self.done, self.total = 0, self._left[0].size
        self._hash = FileHash(path)
        self._hash.progressed.connect(self._on_hashing)
        self._hash.done.connect(lambda found: self._on_hashed(path, found))
        self._hash.failed.connect(lambda reason: self._on_unreadable(path, reason))
        self._hash.start()
        self.changed.emit()

    def _on_hashing(self, read: int) -> None:
        self.done = read

    def _on_hashed(self, path: Path, found: str) -> None:
        self._hash = None
        if self.ended:
            return
        file = self._left[0]
        final = file.place(self._folder)
        try:
            if found == file.sha256:
                path.replace(final)
                final.with_name(final.name + PART + ".etag").unlink(missing_ok=True)
                self._found[file.role] = final
                self._left.pop(0)
                self._next()
                return
            path.unlink()
        except OSError as error:
            self._end(FAILED, f"{path}: {error.strerror}")
            return
        if path == final or self._resumed:
            # What lay here from an earlier time was spoilt, or was of something else.
            self._next()
        else:
            self._end(
                FAILED,
                tr(
                    "{file} is not the published file (its SHA-256 is another one) and was thrown away; try again, or "
                    "give another mirror."
                ).format(file=file.name),
            )

    def _on_unreadable(self, path: Path, reason: str) -> None:
        if not self.ended:
            self._end(
                FAILED, tr("{path} cannot be read ({reason}); it stays, try again.").format(path=path, reason=reason)
            )

    def _convert(self) -> None:
        if self._service.status().state == "missing":
            self._end(STOPPED, tr("All files are here and checked; set up the models' environment, then continue."))
            return
        self.stage, self.done, self.total, self.speed = CONVERTING, 0, 0, 0.0
        files = {role: str(path) for role, path in self._found.items()}
        self._run = self._service.import_model(self.model.name, files)
        self.changed.emit()

    def _on_run(self, run_id: str) -> None:
        run = self._run
        if run is None or run.id != run_id or self.ended:
            return
        if run.progress is not None:
            self.done, self.total = run.progress.done, run.progress.total
        if not run.ended:
            self.changed.emit()
        elif run.state == FINISHED:
            self._give_back()
            remove_later(self._folder)
            self._end(DONE)
        else:
            self._end(FAILED, run.error.message if run.error is not None else "")

    def _tell_progress(self) -> None:
        if self._transfer is not None:
            self.done, self.total = self._before + self._transfer.there, self.model.size
            now = time.monotonic()
            self._measured.append((now, self.done))
            while self._measured[0][0] < now - SPEED_OVER:
                self._measured.popleft()
            seconds = now - self._measured[0][0]
            self.speed = max(0.0, (self.done - self._measured[0][1]) / seconds) if seconds > 0.0 else 0.0
        self.changed.emit()

    def _end(self, stage: str, problem: str = "") -> None:
        self.stage, self.problem, self.speed = stage, problem, 0.0
        self._timer.stop()
        if self._transfer is not None:
            self._transfer.stop()
            self._transfer = None
        if self._hash is not None:
            self._hash.stop()
            self._hash = None
        self._give_back()
        self._service.run_changed.disconnect(self._on_run)
        self.changed.emit()

    def _give_back(self) -> None:
        if self._lock is not None:
            self._lock.give_back()
            self._lock = None
