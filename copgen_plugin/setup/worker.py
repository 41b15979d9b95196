"""The set-up's own thread: looks for a Python, runs the set-up program in it, and hands on what it says."""

from __future__ import annotations

import json
import threading
from collections import deque
from pathlib import Path
from typing import Any, Callable, Deque, Dict, Optional, Tuple

from qgis.PyQt.QtCore import QObject, Qt, pyqtSignal, pyqtSlot

from ...model_runtime.contract import ENVIRONMENT_MARKER, MADE_BY
from ..runtime.child import Child
from ..runtime.managed import read_marker
from .probing import FETCH_MILLISECONDS, Python, Search, find_uv, run, search
from .pythons import Rules, Surroundings

PROGRAM = Path(__file__).resolve().parents[2] / "model_runtime" / "installing" / "program.py"
REQUEST = "setup"
CLOSE_MILLISECONDS = 3000


class SetupWorker(QObject):
    """Carries out one order at a time; all methods but ``post`` belong to its own thread.

    Attributes:
        unwanted: set, from any thread, before a cancel is posted: what blocks this thread ends by it.
    """

    woken = pyqtSignal()
    told = pyqtSignal(object)
    """(number of the order, kind, what): ``searched`` a ``Search``, ``fetching`` a version, ``log`` lines, ``message``
    of the program, ``ended`` its last words."""

    def __init__(self) -> None:
        super().__init__()
        self._commands: Deque[Tuple[Any, ...]] = deque()
        self._child: Optional[Child] = None
        self._number = 0
        self.unwanted = threading.Event()
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

    def begin(
        self, number: int, method: str, order: Dict[str, Any], around: Surroundings, rules: Rules, chosen: str
    ) -> None:
        """Find a Python and give it an order.

        Args:
            number: of the order; what is told bears it.
            method: ``set_up`` or ``take_down``.
            order: its parameters.
            around: where to look for a Python.
            rules: how.
            chosen: a Python that the user has chosen, empty to look for one.
        """
        # One that has said its last word may take a moment to end.
        self.cancel()
        self._number = number
        self.unwanted.clear()
        found = search(around, rules, chosen, self.unwanted.is_set)
        python = found.python
        wanted = not self.unwanted.is_set()
        if wanted and python is None and not chosen and method == "set_up" and not order.get("wheels"):
            python = self._fetch(around, rules)
        if python is None and method == "take_down" and found.others:
            # Removing needs no supported version.
            python = max(found.others, key=lambda other: other.version)
        self._tell("searched", Search(python, found.others))
        if python is None or self.unwanted.is_set():
            self._tell("ended", "")
            return
        self._child = Child(python.path, PROGRAM)
        self._child.said.connect(lambda message: self._tell("message", message))
        self._child.ended.connect(self._bury)
        self._child.start()
        self._child.send(method, order, REQUEST)

    def cancel(self) -> None:
        """End what is going on; what is done stays done."""
        child = self._child
        if child is not None:
            child.close(CLOSE_MILLISECONDS)
            self._bury()

    def close(self) -> None:
        """End everything, the thread too."""
        if self._child is not None:
            self._child.blockSignals(True)
            self._child.close(CLOSE_MILLISECONDS)
            self._child = None
        self.thread().quit()

    def _fetch(self, around: Surroundings, rules: Rules) -> Optional[Python]:
        """Have uv fetch a Python of a supported version, where uv is there; None where it is not or cannot."""
        uv = find_uv(around, rules, self.unwanted.is_set)
        if not uv:
            return None
        self._tell("fetching", rules.fetched_version)
        place = Path(around.data) / "python"
        if place.exists() and read_marker(place) is None:
            return None
        place.mkdir(parents=True, exist_ok=True)
        # As the set-up program marks what is ours.
        (place / ENVIRONMENT_MARKER).write_text(json.dumps({"made_by": MADE_BY}), encoding="utf-8")
        words, extra = ["python", "install", rules.fetched_version], {"UV_PYTHON_INSTALL_DIR": str(place)}
        status, output = run(uv, words, FETCH_MILLISECONDS, extra, self.unwanted.is_set)
        self._tell("log", output)
        return search(around, rules).python if status == 0 else None

    def _bury(self) -> None:
        child, self._child = self._child, None
        if child is None:
            return
        words = "; ".join(filter(None, [child.how, child.last_words.strip()]))
        child.blockSignals(True)
        child.kill()
        child.deleteLater()
        self._tell("ended", words)

    def _tell(self, kind: str, what: object) -> None:
        self.told.emit((self._number, kind, what))
