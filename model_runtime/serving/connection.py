"""JSON-RPC 2.0, one object a line, over two file descriptors."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

PARSE_ERROR = -32700
INVALID_REQUEST = -32600
UNKNOWN_METHOD = -32601
INVALID_PARAMS = -32602

RequestId = str | int


class CallError(Exception):
    """A call that is none, with its code of JSON-RPC.

    Args:
        code: one of the codes above.
        message: one sentence.
        request: id of the call, None where it has none.
    """

    def __init__(self, code: int, message: str, request: RequestId | None = None) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
        self.request = request


@dataclass(frozen=True)
class Call:
    """One call; without an id it wants no answer."""

    method: str
    params: dict[str, Any]
    request: RequestId | None


def read_call(line: bytes) -> Call:
    """Read one line.

    Raises:
        CallError: it is no JSON, or no call.
    """
    try:
        message = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise CallError(PARSE_ERROR, f"no JSON in one line: {error}.") from error
    if not isinstance(message, dict):
        raise CallError(INVALID_REQUEST, "a call is a JSON object; batches are not taken.")
    request = message.get("id")
    if isinstance(request, bool) or not isinstance(request, (str, int, type(None))):
        raise CallError(INVALID_REQUEST, "id: a text or a whole number is needed.")
    method, params = message.get("method"), message.get("params", {})
    if message.get("jsonrpc") != "2.0" or not isinstance(method, str):
        raise CallError(INVALID_REQUEST, 'a call has "jsonrpc": "2.0" and a method.', request)
    if not isinstance(params, dict):
        raise CallError(INVALID_PARAMS, f"params of {method}: an object is needed.", request)
    return Call(method, params, request)


class Connection:
    """Reads lines and writes messages; writing may be done from any thread.

    Args:
        incoming: file descriptor to read from.
        outgoing: file descriptor to write to.
    """

    def __init__(self, incoming: int, outgoing: int) -> None:
        self._incoming = incoming
        self._outgoing = outgoing
        self._lock = threading.Lock()

    def lines(self) -> Iterator[bytes]:
        """Every line that holds something, until the other side closes."""
        with os.fdopen(os.dup(self._incoming), "rb") as stream:
            for line in stream:
                if line.strip():
                    yield line

    def answer(self, request: RequestId, result: object) -> None:
        """Send the result of a call."""
        self._write({"jsonrpc": "2.0", "id": request, "result": result})

    def refuse(self, request: RequestId | None, code: int, message: str) -> None:
        """Send the error of a call."""
        self._write({"jsonrpc": "2.0", "id": request, "error": {"code": code, "message": message}})

    def notify(self, method: str, params: dict[str, Any]) -> None:
        """Send what nobody answers."""
        self._write({"jsonrpc": "2.0", "method": method, "params": params})

    def _write(self, message: dict[str, Any]) -> None:
        data = (json.dumps(message) + "\n").encode()
        with self._lock:
            try:
                while data:
                    data = data[os.write(self._outgoing, data) :]
            except OSError:
                # Nobody listens any more; the end of stdin ends us.
                return
