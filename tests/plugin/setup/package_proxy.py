"""A proxy that wants a password and, behind it, a package index of a folder of wheels."""

from __future__ import annotations

import base64
import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urlsplit

NAME, PASSWORD = "ada", "s3cret/&x"
HOST = "127.0.0.1:1"
"""Known to the proxy alone; an address that pip trusts without https."""


@contextmanager
def package_proxy(wheels: Path) -> Iterator[tuple[int, list[str]]]:
    """Serve; port and the paths that were asked for."""
    asked: list[str] = []
    wanted = "Basic " + base64.b64encode(f"{NAME}:{PASSWORD}".encode()).decode()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:  # noqa: N802
            address = urlsplit(self.path)
            if self.headers.get("Proxy-Authorization") != wanted or address.netloc != HOST:
                self.answer(407, b"who are you?", ("Proxy-Authenticate", "Basic"))
                return
            asked.append(address.path)
            parts = address.path.strip("/").split("/")
            if parts[0] == "simple" and len(parts) == 2:
                names = [wheel for wheel in wheels.glob("*.whl") if _name(wheel) == parts[1]]
                links = "".join(
                    f'<a href="/files/{w.name}#sha256={hashlib.sha256(w.read_bytes()).hexdigest()}">{w.name}</a>'
                    for w in names
                )
                self.answer(200 if names else 404, links.encode(), ("Content-Type", "text/html"))
            elif parts[0] == "files" and (wheels / parts[-1]).is_file():
                self.answer(200, (wheels / parts[-1]).read_bytes())
            else:
                self.answer(404, b"")

        def answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
            self.send_response(status)
            for name, value in (*headers, ("Content-Length", str(len(body)))):
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield server.server_address[1], asked
    finally:
        server.shutdown()
        server.server_close()


def _name(wheel: Path) -> str:
    return wheel.name.split("-")[0].replace("_", "-").lower()
