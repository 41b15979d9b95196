"""The set-up without widgets: what is asked for, how far it is, why it stopped."""

from __future__ import annotations

import json
import os
from collections import deque
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Deque, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QObject, Qt, QThread, QTimer, pyqtSignal

from .. import settings
from ..runtime.interpreter import PYTHON_VARIABLE, find_interpreter
from ..runtime.managed import (
    OUTDATED,
    environment_folder,
    environment_state,
    fingerprint,
    read_marker,
    used_environment,
)
from ..runtime.service import RuntimeService
from ..runtime.threads import let_go
from . import wording
from .network import network_settings
from .options import SetupOptions
from .probing import Search
from .pythons import Surroundings, here, read_rules
from .worker import SetupWorker

SET_UP = "set_up"
TAKE_DOWN = "take_down"
RUNNING = "running"
STOP_MILLISECONDS, STOP_LOOKS = 50, 120
"""Between two looks whether the runtime's process is gone, and how many there are."""
REMEMBERED_LINES = 3000
RESOURCES = Path(__file__).resolve().parents[2] / "resources"
ORDER: Dict[str, str] = {}
"""Fields of every order beyond the user's choices; empty but in tests, which set up something smaller."""


@dataclass
class Step:
    """One step of the list.

    Attributes:
        name: as the program calls it.
        state: ``waiting``, ``running``, ``done``, ``kept`` or ``failed``.
        seconds: it took.
    """

    name: str
    state: str = "waiting"
    seconds: float = 0.0


@dataclass(frozen=True)
class Progress:
    """How far a download is: name and version, bytes, bytes a second."""

    what: str
    done: int
    total: int
    speed: float


@dataclass(frozen=True)
class Failure:
    """Why it stopped: a word, what a sentence about it names, and the program's own words."""

    reason: str
    detail: str = ""
    message: str = ""


@dataclass
class Facts:
    """What is known of the set-up that runs or ran last.

    Attributes:
        steps: in order.
        variant: ``cpu`` or ``cuda``, empty while not known.
        gpu: what was found.
        progress: of the present download.
        fetched: bytes of each package, by name and version.
        installing: all that a step fetches is here, and being unpacked.
        failure: why it stopped, None where it did not.
        python: what the search for a Python found.
        cancelled: by the user.
        removed: folders that were removed.
    """

    steps: List[Step] = field(default_factory=list)
    variant: str = ""
    gpu: str = ""
    progress: Optional[Progress] = None
    fetched: Dict[str, int] = field(default_factory=dict)
    installing: bool = False
    failure: Optional[Failure] = None
    python: Optional[Search] = None
    cancelled: bool = False
    removed: Optional[List[str]] = None


class Setup(QObject):
    """Sets up and takes down the environment; lives in the main thread.

    Args:
        service: the runtime, stopped meanwhile and started when all is done.
    """

    changed = pyqtSignal()
    logged = pyqtSignal(str)
    """A line for the details."""
    finished = pyqtSignal(bool)
    """A set-up ended; whether everything is done."""

    def __init__(self, service: RuntimeService) -> None:
        super().__init__()
        self.service = service
        self.facts = Facts()
        self.running = ""
        self.lines: Deque[str] = deque(maxlen=REMEMBERED_LINES)
        self.rules = read_rules()
        self._folder: Optional[str] = None
        self._number = 0
        self._worker: Optional[SetupWorker] = None
        self._thread: Optional[QThread] = None

    @property
    def state(self) -> str:
        """How it is: running, absent, incomplete, outdated or ready; ready too with a Python that the user chose."""
        if self.running:
            return RUNNING
        if self.is_chosen and not find_interpreter().problem:
            return "ready"
        return OUTDATED if self.is_unfinished else environment_state(environment_folder())

    @property
    def is_unfinished(self) -> bool:
        """True where the models run in the environment from before, since the change of it is not complete."""
        return used_environment() != environment_folder()

    @property
    def is_chosen(self) -> bool:
        """True where the user has chosen a Python, instead of the environment that is made here."""
        return bool(os.environ.get(PYTHON_VARIABLE) or settings.python_path())

    @property
    def message(self) -> str:
        """The same in a sentence, with the next step."""
        return wording.state_text(self)

    @property
    def proof(self) -> List[str]:
        """What the self-test of the managed environment said, a line a device; empty where there was none."""
        facts = read_marker(used_environment()) or {}
        proof = facts.get("proof") if facts.get("state") == "complete" else None
        return [str(line) for line in proof.get("lines", [])] if isinstance(proof, dict) else []

    @property
    def unused(self) -> List[str]:
        """The lines of the self-test about devices that are there and not used, with the reasons."""
        facts = read_marker(used_environment()) or {}
        proof = facts.get("proof")
        devices = proof.get("devices", []) if isinstance(proof, dict) else []
        # The lines stand in the order of the devices.
        return [line for line, device in zip(self.proof, devices) if not device.get("works")]

    def start(self, options: Optional[SetupOptions] = None, folder: Optional[str] = None) -> bool:
        """Set up, or go on with it, or update; False where that cannot be now.

        Args:
            options: those in the settings if None.
            folder: for environment and models, as the user gave it; the one in the settings if None. Another one is
                remembered once nothing speaks against it, or where models can be run already, once it has an
                environment that works.
        """
        options = options or SetupOptions.load()
        order: Dict[str, Any] = {
            "variant": options.variant,
            "fingerprint": fingerprint(),
            "index": options.index,
            "torch_index": options.torch_index,
            "wheels": options.wheels,
            **ORDER,
        }
        return self._begin(SET_UP, order, options, folder)

    def take_down(self) -> bool:
        """Remove what was installed; False where that cannot be now."""
        return self._begin(TAKE_DOWN, {}, SetupOptions.load())

    def cancel(self) -> None:
        """End it; what is done need not be done again."""
        if self.running and self._worker is not None:
            self.facts.cancelled = True
            self._worker.unwanted.set()
            self._worker.post(self._worker.cancel)
            self.changed.emit()

    def shut_down(self) -> None:
        """End what goes on and the thread."""
        if self._worker is not None and self._thread is not None:
            self._worker.unwanted.set()
            self._worker.told.disconnect(self._hear)
            self._worker.post(self._worker.close)
            let_go(self._thread, self._worker, 6000)
            self.service.release()
        self._worker = self._thread = None
        self.running = ""

    def _begin(self, method: str, order: Dict[str, Any], options: SetupOptions, chosen: Optional[str] = None) -> bool:
        if self.running:
            return False
        self.facts = Facts()
        self.lines.clear()
        if self.service.has_jobs():
            return self._refuse(Failure("busy"))
        folder = settings.data_dir() if chosen is None else settings.folder_of(chosen)
        if method == SET_UP and settings.is_in_plugin(folder):
            return self._refuse(Failure("inside", str(folder)))
        address = options.index or str(
            json.loads((RESOURCES / "torch_indexes.json").read_text(encoding="utf-8"))["cpu"]
        )
        order = {**order, "data_dir": str(folder)}
        if method == SET_UP and not options.wheels:
            try:
                order.update(network_settings(folder, address))
            except OSError as error:
                return self._refuse(Failure("permission", str(folder), str(error)))
        self._folder = chosen
        if chosen is not None and find_interpreter().problem:
            # Nothing is lost by it, and the next attempt goes on there.
            settings.set_data_dir(chosen)
        # Windows keeps files that a process has open.
        self.service.hold()
        self.running = method
        worker = self._start_thread()
        worker.unwanted.clear()
        self._number += 1
        self._post_when_free(STOP_LOOKS, self._number, method, order, here(folder), options.python)
        self.changed.emit()
        return True

    def _refuse(self, failure: Failure) -> bool:
        self.facts.failure = failure
        self.changed.emit()
        return False

    def _post_when_free(
        self, looks: int, number: int, method: str, order: Dict[str, Any], around: Surroundings, chosen: str
    ) -> None:
        """Hand the order to the thread once the runtime's process is gone; where it does not go, that is told."""
        worker = self._worker
        if worker is None or number != self._number:
            return
        gone = self.service.is_gone()
        if looks and not gone:
            again = partial(self._post_when_free, looks - 1, number, method, order, around, chosen)
            QTimer.singleShot(STOP_MILLISECONDS, again)
        elif self.facts.cancelled or not gone:
            self.facts.failure = None if self.facts.cancelled else Failure("busy")
            self._end("")
            self.changed.emit()
        else:
            worker.post(worker.begin, number, method, order, around, self.rules, chosen)

    def _start_thread(self) -> SetupWorker:
        if self._worker is None:
            self._thread = QThread()
            self._worker = SetupWorker()
            self._worker.told.connect(self._hear, Qt.ConnectionType.QueuedConnection)
            self._worker.moveToThread(self._thread)
            self._thread.start()
        return self._worker

    def _hear(self, told: Tuple[int, str, Any]) -> None:
        number, kind, what = told
        if number != self._number:
            # Late words of an order before.
            return
        if kind == "searched":
            self.facts.python = what
            self._log(wording.search_text(what, self.rules))
        elif kind == "fetching":
            self._log(wording.fetching_text(what))
        elif kind == "log":
            self._log(what)
        elif kind == "message":
            self._hear_message(what)
        elif kind == "ended":
            self._end(what)
        # Nothing but the details shows a line of pip's, of which many come at once.
        if kind != "log" and not (kind == "message" and what.get("method") == "log"):
            self.changed.emit()

    def _hear_message(self, message: Dict[str, Any]) -> None:
        method, params = message.get("method"), message.get("params", {})
        if method == "plan":
            self.facts.steps = [Step(name) for name in params["steps"]]
            self.facts.variant, self.facts.gpu = params["variant"], params["gpu"]
        elif method == "step":
            self._hear_step(params)
        elif method == "progress":
            self.facts.progress = Progress(params["what"], params["done"], params["total"], params["speed"])
            self.facts.fetched[params["what"]] = params["done"]
        elif method == "installing":
            self.facts.progress, self.facts.installing = None, True
        elif method == "log":
            self._log(str(params.get("line", "")))
        elif "error" in message:
            error = message["error"]
            data = error.get("data", {})
            self.facts.failure = Failure(data.get("reason", ""), data.get("detail", ""), error.get("message", ""))
            self._log(str(error.get("message", "")))
        elif "result" in message:
            self.facts.removed = message["result"].get("removed")
            self.facts.python = self.facts.python or Search(None, [])
            self._succeed(message["result"])

    def _hear_step(self, params: Dict[str, Any]) -> None:
        self.facts.progress, self.facts.installing = None, False
        for step in self.facts.steps:
            if step.name == params["name"]:
                step.state, step.seconds = params["state"], params["seconds"]
        self._log(wording.step_log(params["name"], params["state"], params["seconds"]))

    def _succeed(self, result: Dict[str, Any]) -> None:
        method, self.running = self.running, ""
        self.facts.progress, self.facts.installing = None, False
        if method == SET_UP:
            if self._folder is not None:
                settings.set_data_dir(self._folder)
            # From now on it is this one that is used.
            settings.set_python_path("")
            self.service.release()
            self.service.start()
            self.finished.emit(True)
        else:
            self.service.release()

    def _end(self, words: str) -> None:
        """The program is gone; unless it had succeeded, something ended it."""
        if not self.running:
            return
        self.running = ""
        self.facts.progress, self.facts.installing = None, False
        for step in self.facts.steps:
            if step.state == "running":
                step.state = "waiting" if self.facts.cancelled else "failed"
        search = self.facts.python
        if self.facts.failure is None and not self.facts.cancelled:
            if search is None or search.python is None:
                self.facts.failure = Failure("python")
            else:
                self.facts.failure = Failure("ended", words, words)
                self._log(words)
        # A Python that was chosen works as before, and so does an environment whose change failed.
        self.service.release()
        self.service.start()
        self.finished.emit(False)

    def _log(self, text: str) -> None:
        for line in text.splitlines():
            self.lines.append(line)
            self.logged.emit(line)
