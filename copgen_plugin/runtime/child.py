"""The child process: started, listened to and killed, in the one thread that owns it."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sys
from pathlib import Path
from typing import Any, Dict, Optional

from qgis.PyQt.QtCore import QDir, QObject, QProcess, QProcessEnvironment, pyqtSignal

from ..translation import tr
from .interpreter import child_environment

SERVER = Path(__file__).resolve().parents[2] / "model_runtime" / "server.py"
LAST_WORDS = 4000
"""Characters kept of what the child writes to its log."""
KILL_MILLISECONDS = 1000
"""How long the system may take to end a killed process."""


class Child(QObject):
    """A runtime process; lives in the thread it is made in, and so must every call.

    Args:
        interpreter: its Python.
        server: the script to run.

    Attributes:
        pid: number of the process, 0 before the start.
        gone: it has ended.
        how: in words, once it is gone.
        last_words: the end of what it wrote to its log.
    """

    said = pyqtSignal(object)
    """A JSON object the child sent."""
    ended = pyqtSignal()
    """The process is gone, or could not be started; see ``last_words``."""

    def __init__(self, interpreter: str, server: Path = SERVER) -> None:
        super().__init__()
        self.last_words = ""
        self.how = ""
        self.gone = False
        self.pid = 0
        self._process = QProcess(self)
        variables = QProcessEnvironment()
        for name, value in child_environment().items():
            variables.insert(name, value)
        self._process.setProcessEnvironment(variables)
        # Not the plugin's folder, which Windows could then not replace; nor a home that is not there.
        self._process.setWorkingDirectory(QDir.tempPath())
        self._process.setProgram(interpreter)
        self._process.setArguments(["-I", "-u", str(server)])
        self._process.readyReadStandardOutput.connect(self._read)
        self._process.readyReadStandardError.connect(self._read_log)
        self._process.finished.connect(self._on_finished)
        self._process.errorOccurred.connect(self._on_error)

    def start(self) -> None:
        """Start the process; what follows is told by the signals."""
        self._process.start()
        self.pid = int(self._process.processId() or 0)

    def send(self, method: str, params: Optional[Dict[str, Any]] = None, request: Optional[str] = None) -> None:
        """Send one JSON-RPC message.

        Args:
            method: as in CONTRACT's protocol.
            params: its parameters.
            request: id under which the answer comes; None wants no answer.
        """
        message: Dict[str, Any] = {"jsonrpc": "2.0", "method": method, "params": params or {}}
        if request is not None:
            message["id"] = request
        self._process.write((json.dumps(message) + "\n").encode("utf-8"))

    def kill(self) -> None:
        """End the process and all its own, at once; it is gone after this."""
        if self.gone:
            return
        self._kill_group()
        self._process.kill()
        self._process.waitForFinished(KILL_MILLISECONDS)

    def _kill_group(self) -> None:
        """End what the child has started; it leads a session of its own, unless it has not come that far."""
        if self.pid and sys.platform != "win32":
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(self.pid, signal.SIGKILL)

    def close(self, milliseconds: int) -> None:
        """Ask the process to end, wait, and kill it if it does not; blocks its own thread only."""
        if self._process.state() != QProcess.ProcessState.NotRunning:
            self.send("shutdown")
            self._process.closeWriteChannel()
            if not self._process.waitForFinished(milliseconds):
                self.kill()

    def _read(self) -> None:
        while self._process.canReadLine():
            line = bytes(self._process.readLine()).decode("utf-8", "replace")
            try:
                message = json.loads(line)
            except ValueError:
                self._remember(line)
                continue
            if isinstance(message, dict):
                self.said.emit(message)

    def _read_log(self) -> None:
        self._remember(bytes(self._process.readAllStandardError()).decode("utf-8", "replace"))

    def _remember(self, text: str) -> None:
        self.last_words = (self.last_words + text)[-LAST_WORDS:]

    def _on_error(self, error: QProcess.ProcessError) -> None:
        # All other errors are followed by ``finished``.
        if error == QProcess.ProcessError.FailedToStart:
            self.how = tr("it could not be started ({reason})").format(reason=self._process.errorString())
            self._end()

    def _on_finished(self, status: int, how: QProcess.ExitStatus) -> None:
        self._read()
        self._read_log()
        # What it leaves behind would go on, and hold its locks.
        self._kill_group()
        if how == QProcess.ExitStatus.CrashExit:
            self.how = tr("it crashed or was killed, as happens when memory runs out")
        else:
            self.how = tr("it ended with status {status}").format(status=status)
        self._end()

    def _end(self) -> None:
        if not self.gone:
            self.gone = True
            self.ended.emit()
