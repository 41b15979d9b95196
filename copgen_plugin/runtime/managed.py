"""The environment that the set-up makes: whether it is there, whole, and of this plugin's requirements."""

from __future__ import annotations

import hashlib
import json
import os
import sys
from pathlib import Path
from typing import Any, Dict, Optional

from ...model_runtime.contract import ENVIRONMENT_MARKER, MADE_BY
from ..settings import data_dir

FOLDER = "runtime"
FORMER = "runtime-before"
"""Beside it: the one that worked, while that one is changed, and after a change that failed."""
REQUIREMENTS = Path(__file__).resolve().parents[2] / "resources" / "requirements"
NOT_INSTALLED = ("dev.txt", "qgis-test.txt")
LAYOUT = "1"
"""Changes where an environment has to be set up again although its requirements stay the same."""

ABSENT = "absent"
INCOMPLETE = "incomplete"
OUTDATED = "outdated"
READY = "ready"
WORKING = (READY, OUTDATED)


def environment_folder() -> Path:
    """Return where the managed environment lies."""
    return data_dir() / FOLDER


def used_environment() -> Path:
    """Return the managed environment that runs the models: the one from before while the present one is not complete.

    Without one from before it is the present one, however that is.
    """
    folder, former = environment_folder(), data_dir() / FORMER
    if environment_state(folder) in WORKING or read_marker(former) is None:
        return folder
    return former if environment_state(former) in WORKING else folder


def environment_python(folder: Path) -> Path:
    """Return where the Python of a virtual environment lies."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def read_marker(folder: Path) -> Optional[Dict[str, Any]]:
    """Return what the set-up wrote of an environment; None where it did not make it."""
    try:
        facts = json.loads((folder / ENVIRONMENT_MARKER).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return facts if isinstance(facts, dict) and facts.get("made_by") == MADE_BY else None


def environment_state(folder: Path) -> str:
    """Return how an environment is: absent, incomplete, outdated or ready.

    One that somebody made by hand counts as ready.

    Args:
        folder: of the environment.
    """
    facts = read_marker(folder)
    # False too where the Python behind it is gone, or its drive.
    works = os.path.isfile(str(environment_python(folder)))
    if facts is None:
        return READY if works else ABSENT
    # Without its settings its Python is the one behind it, which has no packages.
    if facts.get("state") != "complete" or not works or not os.path.isfile(str(folder / "pyvenv.cfg")):
        return INCOMPLETE
    return READY if facts.get("fingerprint") == fingerprint() else OUTDATED


def fingerprint(requirements: Optional[Path] = None) -> str:
    """Return what changes when environments have to be updated.

    Args:
        requirements: folder of the requirement files; the plugin's if None.
    """
    digest = hashlib.sha256(LAYOUT.encode())
    for path in sorted((requirements or REQUIREMENTS).glob("*.txt")):
        if path.name not in NOT_INSTALLED:
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]
