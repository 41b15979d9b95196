"""A server that answers as the model hub does, and misbehaves when it is told to."""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CHUNK = 1 << 16


@dataclass
class Hub:
    """What the server has and does.

    Attributes:
        files: content by ``owner/name/file``.
        cut: bytes after which the connection of the next so many answers breaks.
        pause: seconds between two pieces of a body.
        ranges: whether parts are given when asked for.
        claimed: size told instead of the true one.
        starts: first byte of each body that was asked for.
        asked: number of questions about files, before any redirect.
    """

    files: dict[str, bytes]
    cut: list[int] = field(default_factory=list)
    pause: float = 0.0
    ranges: bool = True
    claimed: int | None = None
    starts: list[int] = field(default_factory=list)
    asked: int = 0
    address: str = ""


class _Answer(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    hub: Hub

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_HEAD(self) -> None:
        self._answer(body=False)

    def do_GET(self) -> None:
        self._answer(body=True)

    def _answer(self, body: bool) -> None:
        path = self.path.split("?")[0]
        if path.startswith("/api/models/"):
            content = json.dumps({"id": "a/b", "sha": COMMIT, "siblings": []}).encode()
            self._head(200, {"Content-Type": "application/json", "Content-Length": str(len(content))})
            self.wfile.write(content if body else b"")
        elif found := re.fullmatch(r"/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            self._redirect(f"{found[1]}/{found[3]}", found[2])
        elif path.startswith("/cdn/") and body:
            self._body(self.hub.files[path.removeprefix("/cdn/")])
        else:
            self._head(404, {"Content-Length": "0"})

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _redirect(self, key: str, revision: str) -> None:
        self.hub.asked += 1
        if key not in self.hub.files:
            self._head(404, {"X-Error-Code": "EntryNotFound", "Content-Length": "0"})
            return
        size = self.hub.claimed if self.hub.claimed is not None else len(self.hub.files[key])
        headers = {
            # Another host, as the hub's: its client asks on by itself on the same one.
            "Location": f"{self.hub.address.replace('127.0.0.1', 'localhost')}/cdn/{key}?expires=soon",
            "X-Repo-Commit": revision,
            "X-Linked-Size": str(size),
            "X-Linked-ETag": '"abc"',
            "Content-Length": "0",
        }
        self._head(302, headers)

    def _body(self, content: bytes) -> None:
        wanted = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(wanted[1]) if wanted and self.hub.ranges else 0
        self.hub.starts.append(start)
        size = len(content)
        status = 206 if start else 200
        headers = {"Content-Length": str(size - start), "Accept-Ranges": "bytes"}
        self._head(status, {**headers, "Content-Range": f"bytes {start}-{size - 1}/{size}"} if start else headers)
        end = start + self.hub.cut.pop(0) if self.hub.cut else size
        try:
            for at in range(start, min(end, size), CHUNK):
                self.wfile.write(content[at : min(at + CHUNK, end)])
                time.sleep(self.hub.pause)
        except ConnectionError:
            pass
        if end < size:
            self.close_connection = True
            self.connection.close()


@contextmanager
def serving(hub: Hub) -> Iterator[Hub]:
    """Serve on this machine while the context lasts."""
    handler = type("Answer", (_Answer,), {"hub": hub})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    hub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
