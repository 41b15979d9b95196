"""One set-up at a time: a lock of the system's, which goes with the process that holds it."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from model_runtime.installing.failures import SetupError

NAME = "setup.lock"
HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""What the systems say of a lock that somebody holds; others say that there are no locks here."""


@contextmanager
def only_one(folder: Path) -> Iterator[int]:
    """Hold the lock of a folder.

    Yields:
        The open file, to be inherited by every program that changes the environment.

    Raises:
        SetupError: another process holds it (``locked``), or the folder cannot be written.
    """
    path = folder / NAME
    try:
        file = _open(path)
    except OSError as error:
        raise SetupError("permission", f"{path}: cannot be written ({error.strerror}).", str(folder)) from error
    try:
        yield file
    finally:
        os.close(file)


def _open(path: Path) -> int:
    """Return the locked file."""
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        try:
            is_ours = _try_lock(file)
        except OSError:
            os.close(file)
            raise
        if not is_ours:
            os.close(file)
            raise SetupError("locked", f"{path}: another QGIS is at it.", str(path.parent))
        if _is_at(file, path):
            return file
        # Removed by a process that ended between our two calls.
        os.close(file)


def _is_at(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), os.stat(path))
    except FileNotFoundError:
        return False


def _try_lock(file: int) -> bool:
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in HELD:
            return False
        raise
    return True
