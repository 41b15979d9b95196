"""A server that answers as the model hub does, and misbehaves when it is told to."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Protocol

COMMIT = "0123456789abcdef0123456789abcdef01234567"
CHUNK = 1 << 16
NUMBERS = itertools.count(1)


class Content(Protocol):
    """Bytes, or what makes them when they are asked for."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...


class Pattern:
    """A large file that nobody has to keep: every piece of 64 KiB begins with its number."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._filling = bytes((7 * number + number // 251) % 256 for number in range(CHUNK - 8))

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice) -> bytes:
        start, end, _ = part.indices(self._size)
        first = start // CHUNK
        pieces = [number.to_bytes(8, "big") + self._filling for number in range(first, -(-end // CHUNK))]
        return b"".join(pieces)[start - first * CHUNK : end - first * CHUNK]

    def sha256(self) -> str:
        digest = hashlib.sha256()
        for at in range(0, self._size, 16 * CHUNK):
            digest.update(self[at : at + 16 * CHUNK])
        return digest.hexdigest()


@dataclass
class Hub:
    """What the server has and does.

    Attributes:
        files: content by ``owner/name/file``.
        cut: bytes after which the connection of the next so many answers breaks.
        pause: seconds between two pieces of a body.
        silent: seconds of silence before the first piece of the next so many answers.
        ranges: whether parts are given when asked for.
        claimed: size told instead of the true one.
        claimed_length: the same, where the bytes themselves are given.
        surplus: bytes sent behind the file's own.
        shifted: how far the parts given lie from those asked for.
        relative: whether the first redirect is one on the same host.
        expiring: whether an address that was led to works only once.
        etag: of the bytes.
        proxied: number of questions that came as to a proxy.
        status: answered instead of the bytes, unless 0.
        page: web page sent instead of the bytes, with status 200 and without a length; empty for none.
        piece: bytes of a body that are sent at once.
        ranges_asked: ``Range`` and ``If-Range`` of every question for bytes.
        starts: first byte of each body that was asked for.
        asked: number of questions about files, before any redirect.
    """

    files: Mapping[str, Content]
    cut: list[int] = field(default_factory=list)
    pause: float = 0.0
    silent: list[float] = field(default_factory=list)
    ranges: bool = True
    claimed: int | None = None
    claimed_length: int | None = None
    surplus: int = 0
    shifted: int = 0
    relative: bool = False
    expiring: bool = False
    etag: str = '"first"'
    status: int = 0
    page: bytes = b""
    piece: int = CHUNK
    proxied: int = 0
    ranges_asked: list[tuple[str | None, str | None]] = field(default_factory=list)
    used: set[str] = field(default_factory=set)
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
        if self.path.startswith("http://"):
            # We are somebody's proxy.
            self.hub.proxied += 1
            self.path = "/" + self.path.split("/", 3)[3]
        path = self.path.split("?")[0]
        if path.startswith("/api/models/"):
            content = json.dumps({"id": "a/b", "sha": COMMIT, "siblings": []}).encode()
            self._head(200, {"Content-Type": "application/json", "Content-Length": str(len(content))})
            self.wfile.write(content if body else b"")
        elif found := re.fullmatch(r"(/renamed)?/([^/]+/[^/]+)/resolve/([^/]+)/(.+)", path):
            self._redirect(f"{found[2]}/{found[4]}", found[3], relative=self.hub.relative and not found[1])
        elif path.startswith("/cdn/") and self.hub.expiring and self.path in self.hub.used:
            self._head(403, {"Content-Length": "0"})
        elif path.startswith("/cdn/") and body and self.hub.status:
            self._head(self.hub.status, {"Content-Length": "0"})
        elif path.startswith("/cdn/") and self.hub.page:
            self._head(200, {"Content-Type": "text/html; charset=utf-8", "Connection": "close"})
            self.close_connection = True
            self.wfile.write(self.hub.page if body else b"")
        elif path.startswith("/cdn/") and body:
            self.hub.used.add(self.path)
            self._body(self.hub.files[path.removeprefix("/cdn/")])
        else:
            self._head(404, {"Content-Length": "0"})

    def _head(self, status: int, headers: dict[str, str]) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.end_headers()

    def _redirect(self, key: str, revision: str, relative: bool) -> None:
        if relative:
            self._head(307, {"Location": f"/renamed{self.path}", "Content-Length": "0"})
            return
        self.hub.asked += 1
        if key not in self.hub.files:
            self._head(404, {"X-Error-Code": "EntryNotFound", "Content-Length": "0"})
            return
        size = self.hub.claimed if self.hub.claimed is not None else len(self.hub.files[key])
        headers = {
            # Another host, as the hub's: its client asks on by itself on the same one.
            "Location": f"{self.hub.address.replace('127.0.0.1', 'localhost')}/cdn/{key}?expires={next(NUMBERS)}",
            "X-Repo-Commit": revision,
            "X-Linked-Size": str(size),
            "X-Linked-ETag": '"abc"',
            "Content-Length": "0",
        }
        self._head(302, headers)

    def _body(self, content: Content) -> None:
        hub = self.hub
        asked, condition = self.headers.get("Range"), self.headers.get("If-Range")
        hub.ranges_asked.append((asked, condition))
        wanted = re.fullmatch(r"bytes=(\d+)-", asked or "")
        start = int(wanted[1]) if wanted and hub.ranges and condition in (None, hub.etag) else 0
        hub.starts.append(start)
        size = len(content)
        if start >= size:
            self._head(416, {"Content-Range": f"bytes */{size}", "Content-Length": "0"})
            return
        length = size - start + hub.surplus if hub.claimed_length is None else hub.claimed_length
        headers = {"Content-Length": str(length), "Accept-Ranges": "bytes", "ETag": hub.etag}
        if start:
            given = start + hub.shifted
            self._head(206, {**headers, "Content-Range": f"bytes {given}-{size - 1}/{size}"})
        elif hub.surplus:
            # Without a length, so that only counting tells.
            self._head(200, {"Connection": "close", "ETag": hub.etag})
            self.close_connection = True
        else:
            self._head(200, headers)
        end = start + hub.cut.pop(0) if hub.cut else size
        time.sleep(hub.silent.pop(0) if hub.silent else 0.0)
        try:
            for at in range(start, min(end, size), hub.piece):
                self.wfile.write(content[at : min(at + hub.piece, end)])
                time.sleep(hub.pause)
            self.wfile.write(bytes(hub.surplus))
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
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
