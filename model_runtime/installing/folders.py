"""Folders of ours: marked before anything is in them, and removed only where they are marked."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path
from typing import Any

from model_runtime.contract import ENVIRONMENT_MARKER, MADE_BY
from model_runtime.installing.failures import SetupError

Facts = dict[str, Any]
INCOMPLETE = "incomplete"
COMPLETE = "complete"


def read_marker(folder: Path) -> Facts | None:
    """Return what a folder's marker says; None where there is none or it is not ours."""
    try:
        facts = json.loads((folder / ENVIRONMENT_MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) and facts.get("made_by") == MADE_BY else None


def write_marker(folder: Path, facts: Facts) -> None:
    """Replace a folder's marker, at once or not at all."""
    path = folder / ENVIRONMENT_MARKER
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps({"made_by": MADE_BY, **facts}, indent=1), encoding="utf-8")
    part.replace(path)


def claim(folder: Path) -> Facts:
    """Make a folder ours, if it is not already.

    Returns:
        What its marker says.

    Raises:
        SetupError: it holds something that is not ours (``foreign``), or cannot be written.
    """
    facts = read_marker(folder)
    if facts is not None:
        return facts
    try:
        folder.mkdir(parents=True, exist_ok=True)
        # A marker that a kill left half-written is ours too.
        strangers = [entry.name for entry in folder.iterdir() if not entry.name.startswith(ENVIRONMENT_MARKER)]
        if strangers:
            raise SetupError("foreign", f"{folder}: holds {strangers[0]}, which the set-up did not make.", str(folder))
        write_marker(folder, {})
    except OSError as error:
        reason = "disk" if error.errno == 28 else "permission"
        raise SetupError(reason, f"{folder}: cannot be written ({error.strerror}).", str(folder)) from error
    return {}


def empty(folder: Path) -> None:
    """Remove everything from a folder of ours but its marker, which from the first moment says that it is incomplete.

    Raises:
        SetupError: it is not ours, or something in it cannot be removed.
    """
    if read_marker(folder) is None:
        raise SetupError("foreign", f"{folder}: is not marked as made by the set-up; it stays.", str(folder))
    write_marker(folder, {"state": INCOMPLETE})
    for entry in list(folder.iterdir()):
        if entry.name == ENVIRONMENT_MARKER:
            continue
        try:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink()
        except OSError as error:
            raise SetupError(
                "permission", f"{error.filename}: cannot be removed ({error.strerror}).", str(folder)
            ) from error


def remove(folder: Path) -> bool:
    """Remove a folder of ours, the marker last, so that a kill leaves it recognisable; False where there is none."""
    if read_marker(folder) is None:
        return False
    empty(folder)
    (folder / ENVIRONMENT_MARKER).unlink()
    if not folder.is_symlink():  # the user's, to another disk
        folder.rmdir()
    return True
