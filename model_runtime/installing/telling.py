"""What is told while it goes on: JSON-RPC notifications, one a line, as the resident process speaks."""

from __future__ import annotations

import json
import os
import threading
import time
from typing import Any


class Teller:
    """Writes messages; threads may share it.

    Args:
        outgoing: file descriptor.
        request: id of the order.
    """

    def __init__(self, outgoing: int, request: object = None) -> None:
        self._outgoing = outgoing
        self._lock = threading.Lock()
        self.request = request

    def plan(self, steps: list[str], variant: str, gpu: str) -> None:
        """Tell which steps there will be, what for, and which GPU was found or why it is not used."""
        self._notify("plan", {"steps": steps, "variant": variant, "gpu": gpu})

    def step(self, name: str, state: str, seconds: float = 0.0) -> None:
        """Tell that a step is ``running``, ``done`` or ``kept`` (was done before)."""
        self._notify("step", {"name": name, "state": state, "seconds": round(seconds, 1)})

    def progress(self, step: str, what: str, done: int, total: int, speed: float) -> None:
        """Tell how far a download is, in bytes and bytes a second; one that is here already is told once, as whole."""
        self._notify("progress", {"step": step, "what": what, "done": done, "total": total, "speed": round(speed)})

    def installing(self, step: str) -> None:
        """Tell that all is fetched and being unpacked, of which pip says nothing more."""
        self._notify("installing", {"step": step})

    def log(self, line: str) -> None:
        """Tell a line for the details."""
        self._notify("log", {"line": line})

    def answer(self, result: dict[str, Any]) -> None:
        """Tell that everything is done."""
        self._write({"id": self.request, "result": result})

    def refuse(self, code: int, message: str, reason: str, detail: str) -> None:
        """Tell why nothing more will come."""
        error = {"code": code, "message": message, "data": {"reason": reason, "detail": detail}}
        self._write({"id": self.request, "error": error})

    def _notify(self, method: str, params: dict[str, Any]) -> None:
        self._write({"method": method, "params": {"id": self.request, **params}})

    def _write(self, message: dict[str, Any]) -> None:
        data = (json.dumps({"jsonrpc": "2.0", **message}) + "\n").encode("utf-8")
        with self._lock:
            while data:
                data = data[os.write(self._outgoing, data) :]


class Speed:
    """Bytes a second over the last few seconds."""

    def __init__(self, over: float = 5.0) -> None:
        self._over = over
        self._seen: list[tuple[float, int]] = []

    def at(self, done: int) -> float:
        """Take a number of bytes, and return the speed, 0 while it is not known."""
        now = time.monotonic()
        if self._seen and done < self._seen[-1][1]:
            self._seen = []
        self._seen = [entry for entry in self._seen if now - entry[0] <= self._over] + [(now, done)]
        (then, before), elapsed = self._seen[0], now - self._seen[0][0]
        return (done - before) / elapsed if elapsed > 0 and then < now else 0.0
