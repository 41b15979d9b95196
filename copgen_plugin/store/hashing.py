"""The SHA-256 of a large file, worked out beside QGIS's event loop."""

from __future__ import annotations

import hashlib
import threading
from pathlib import Path

from qgis.PyQt.QtCore import QObject, pyqtSignal

BLOCK = 1 << 20


class FileHash(QObject):
    """Reads a file in a thread of its own; hashing lets the other threads run.

    Args:
        path: of the file.
    """

    progressed = pyqtSignal("qint64")
    """Bytes that were read."""
    done = pyqtSignal(str)
    """The hash in hexadecimal digits."""
    failed = pyqtSignal(str)
    """Why the file cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="copgenHash", daemon=True)

    def start(self) -> None:
        """Begin; ``done`` or ``failed`` follows unless it is stopped."""
        self._thread.start()

    def stop(self) -> None:
        """End without a word; returns once the thread has."""
        self._stopped.set()
        if self._thread.is_alive():
            self._thread.join()

    def _run(self) -> None:
        digest = hashlib.sha256()
        read, told = 0, 0
        try:
            with self._path.open("rb") as content:
                for block in iter(lambda: content.read(BLOCK), b""):
                    if self._stopped.is_set():
                        return
                    digest.update(block)
                    read += len(block)
                    if read - told >= 16 * BLOCK:
                        told = read
                        self.progressed.emit(read)
        except OSError as error:
            self.failed.emit(error.strerror or str(error))
            return
        self.done.emit(digest.hexdigest())
