"""Where a model's files come from and whether there is room for them."""

from __future__ import annotations

import os
import shutil
import tempfile
import threading
from pathlib import Path
from typing import Optional

from ..locking import FolderLock
from ..settings import is_in_plugin
from ..translation import tr
from .catalogue import KnownModel, PublishedFile

LOCK = ".lock"
"""In the folder of a model's downloads; the command line takes it too."""
HUB = "https://huggingface.co"
ENDPOINT_VARIABLE = "HF_ENDPOINT"
SPARE = 200_000_000
"""Bytes of the disk that stay free."""


def is_folder(source: str) -> bool:
    """Tell a folder from the address of a mirror."""
    return bool(source) and "://" not in source


def source_problem(source: str) -> str:
    """Return why a source cannot be used, in a sentence; empty where nothing speaks against it."""
    if is_folder(source) and not Path(source).expanduser().is_dir():
        return tr("{folder}: no such folder; give one that holds the files, or the address of a mirror.").format(
            folder=source
        )
    if source and not is_folder(source) and source.split("://")[0].lower() not in ("http", "https"):
        return tr("{address}: give an address that begins with https://, or a folder.").format(address=source)
    return ""


def place_problem(bundle: Path) -> str:
    """Return why a model that is not here cannot be put into its place, in a sentence; empty where it can."""
    problem = plugin_problem(bundle)
    if problem:
        return problem
    if os.path.lexists(str(bundle)):
        return tr("{folder} is there already; move it somewhere else or remove it.").format(folder=bundle)
    try:
        bundle.parent.mkdir(parents=True, exist_ok=True)
        # Made to see that it can be.
        os.rmdir(tempfile.mkdtemp(prefix=f".copgen-{os.getpid()}-", dir=str(bundle.parent)))
    except OSError as error:
        return tr("{path} cannot be written ({reason}); choose another folder.").format(
            path=bundle.parent, reason=error.strerror or str(error)
        )
    return ""


def plugin_problem(folder: Path) -> str:
    """Return why nothing that is to last can be put into a folder, in a sentence; empty outside the plugin's own."""
    if not is_in_plugin(folder):
        return ""
    return tr("{detail} lies in the plugin's own folder, which QGIS deletes on every upgrade; choose another.").format(
        detail=folder
    )


def find_in(folder: Path, file: PublishedFile) -> Optional[Path]:
    """Return where a folder holds a file, as the command line looks for it; None where it does not."""
    candidates = (
        folder / file.repository / file.name,
        folder / file.repository.split("/")[1] / file.name,
        folder / file.name,
    )
    return next((path for path in candidates if path.is_file()), None)


def lack_of_space(folder: Path, model: KnownModel) -> str:
    """Return what the disk lacks for the files and the bundle made of them, in a sentence; empty where it suffices.

    Raises:
        OSError: nothing can be said about the disk.
    """
    there = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    needed = SPARE + model.size + max(0, model.size - there)
    free = shutil.disk_usage(str(folder)).free
    if free >= needed:
        return ""
    return tr(
        "{folder}: {free} GB are free and {needed} GB needed, for the files and the model made of them; make room, or "
        "choose another folder."
    ).format(folder=folder, free=f"{free / 1e9:.1f}", needed=f"{needed / 1e9:.1f}")


def remove_later(folder: Path) -> None:
    """Remove a folder beside the event loop: large files take their time."""
    threading.Thread(target=shutil.rmtree, args=(str(folder), True), daemon=True).start()


def is_being_fetched(folder: Path) -> bool:
    """Tell whether a process is filling a folder of downloads.

    Raises:
        OSError: nothing can be said about it.
    """
    lock = FolderLock(folder / LOCK)
    taken = not folder.is_dir() or lock.take()
    lock.give_back()
    return not taken


def take_away(bundle: Path) -> None:
    """Remove a model's folder: out of sight at once, so that nothing half removed is taken for a model.

    Raises:
        OSError: it cannot be moved, as where a program has its files open on Windows.
    """
    leaving = Path(tempfile.mkdtemp(prefix=f".copgen-{os.getpid()}-", dir=str(bundle.parent)))
    try:
        bundle.rename(leaving / bundle.name)
    finally:
        remove_later(leaving)
