"""Files of a training run: never half-written after a kill, and told about in a sentence where they are damaged."""

from __future__ import annotations

import errno
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
from numpy.lib.format import open_memmap
from numpy.typing import DTypeLike

from model_runtime.contract import InputError
from model_runtime.failures import is_of_memory


def write_whole(path: Path, text: str) -> None:
    """Write a small file so that a kill at any moment leaves the old or the new one, whole."""
    with whole_file(path) as temporary:
        temporary.write_text(text, encoding="utf-8")


@contextmanager
def whole_file(path: Path, suffix: str = ".tmp") -> Iterator[Path]:
    """Give a file to write, which takes the place of an older one only once it is whole.

    Args:
        path: of the file.
        suffix: behind its name until then.
    """
    temporary = path.with_name(path.name + suffix)
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        if error.errno is None or error.filename is not None:
            raise
        # What was written to a file that is open does not name it.
        raise OSError(error.errno, error.strerror, str(path)) from error
    finally:
        temporary.unlink(missing_ok=True)


@contextmanager
def whole_folder(path: Path) -> Iterator[Path]:
    """Give a folder to fill, which takes the place of an older one only once it is whole.

    A kill between leaves the older one, or the new one; what it left beside them goes with the next call.

    Raises:
        InputError: something else has the name.
    """
    if path.exists() and not path.is_dir():
        raise InputError(f"{path}: a file has the name of this folder; remove it, or choose another name.")
    unfinished, former = (path.with_name(f".{path.name}-{word}") for word in ("unfinished", "former"))
    if former.exists() and not path.exists():
        former.rename(path)
    for folder in (unfinished, former):
        shutil.rmtree(folder, ignore_errors=True)
    try:
        unfinished.mkdir(parents=True)
        yield unfinished
        if path.exists():
            path.rename(former)
        unfinished.rename(path)
        shutil.rmtree(former, ignore_errors=True)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


@contextmanager
def as_kept(path: Path, remedy: str) -> Iterator[None]:
    """Read within it a file that an earlier call left.

    Args:
        path: of the file.
        remedy: what to do where it cannot be read.

    Raises:
        InputError: it is missing or damaged.
        OSError: the system does not let it be read.
        MemoryError: there is no room for what it holds; also as torch's own errors.
    """
    try:
        yield
    except Exception as error:  # a damaged file makes the libraries that read it raise whatever they like
        withheld = isinstance(error, OSError) and error.errno not in (None, errno.ENOENT)
        if withheld or is_of_memory(error):
            raise
        found = "is missing" if isinstance(error, FileNotFoundError) else "is damaged"
        raise InputError(f"{path}: {found}; {remedy}.") from error


def kept_array(path: Path, dtype: DTypeLike, shape: tuple[int, ...], again: bool) -> np.memmap[Any, Any]:
    """Open an array on disk to write into it.

    Its whole room is taken at once: the system ends a process that writes into a mapped file for which the disk has
    none left.

    Args:
        path: a ``.npy`` file.
        dtype: of the array.
        shape: of the array.
        again: whether it is one that an earlier call left.

    Raises:
        InputError: that one is missing, damaged or of another shape.
        OSError: the disk has no room for it.
    """
    if again:
        with as_kept(path, f"remove the folder {path.parent}, and what it holds is made again"):
            array: np.memmap[Any, Any] = np.load(path, mmap_mode="r+")
            if array.shape != shape or array.dtype != np.dtype(dtype):
                raise ValueError(f"{array.shape} {array.dtype}")
            return array
    try:
        open_memmap(path, "w+", dtype, shape)
        _take_room(path)
        return open_memmap(path, "r+")
    except OSError as error:
        path.unlink(missing_ok=True)
        raise OSError(error.errno, error.strerror, str(path)) from error


def _take_room(path: Path) -> None:
    if not hasattr(os, "posix_fallocate"):
        return
    with path.open("r+b") as file:
        try:
            os.posix_fallocate(file.fileno(), 0, path.stat().st_size)
        except OSError as error:
            # Some file systems cannot take room before it is written.
            if error.errno not in (errno.EINVAL, errno.EOPNOTSUPP):
                raise
