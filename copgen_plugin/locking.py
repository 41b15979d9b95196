"""Keeping other processes out of a folder: the system lifts the lock of a process that dies."""

from __future__ import annotations

import contextlib
import errno
import os
import sys
from pathlib import Path
from typing import Optional

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

HELD = (errno.EAGAIN, errno.EACCES, errno.EDEADLK)
"""What the systems say of a lock that somebody holds."""


class FolderLock:
    """A lock on a file, as the runtime's command line (filelock) takes it too.

    Args:
        path: of the file; made where it is missing.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._file: Optional[int] = None

    def take(self) -> bool:
        """Take the lock; False where another process, or another lock of this one, holds it.

        Raises:
            OSError: the file cannot be made, or its file system knows no locks.
        """
        if self._file is not None:
            return True
        file = os.open(str(self._path), os.O_RDWR | os.O_CREAT, 0o644)
        try:
            if sys.platform == "win32":
                msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(file)
            if error.errno in HELD:
                return False
            raise
        self._file = file
        return True

    def give_back(self) -> None:
        """Let others in; nothing happens without the lock."""
        file, self._file = self._file, None
        if file is None:
            return
        with contextlib.suppress(OSError):
            if sys.platform == "win32":
                os.lseek(file, 0, os.SEEK_SET)
                msvcrt.locking(file, msvcrt.LK_UNLCK, 1)
            else:
                fcntl.flock(file, fcntl.LOCK_UN)
        os.close(file)
