"""What the user has set: for all projects in QGIS's settings, for one project in the project itself."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any, Dict

from qgis.core import QgsProject, QgsSettings
from qgis.PyQt.QtCore import QStandardPaths

DATA_DIR_VARIABLE = "COPGEN_DATA_DIR"
PYTHON_KEY = "copgen/python"
DATA_DIR_KEY = "copgen/data_dir"
OUTPUT_DIR_KEY = "copgen/output_dir"
PACE_KEY = "copgen/pace"
GUIDE_KEY = "copgen/guide"
TRIED_KEY = "copgen/tried"
PROJECT_SCOPE = "copgen"
PLUGIN = Path(__file__).resolve().parents[1]


def python_path() -> str:
    """Return the runtime's interpreter as the user has chosen it, empty where none is chosen."""
    return _read_text(PYTHON_KEY)


def set_python_path(path: str) -> None:
    """Remember the runtime's interpreter; an empty text forgets it."""
    _write_text(PYTHON_KEY, path)


def data_dir() -> Path:
    """Return the folder for environment and models.

    That is the one the runtime's command line uses: ``COPGEN_DATA_DIR``, else the user's choice, else one for all
    profiles and QGIS versions.
    """
    return folder_of(os.environ.get(DATA_DIR_VARIABLE) or _read_text(DATA_DIR_KEY))


def folder_of(chosen: str) -> Path:
    """Return the folder for environment and models that a choice means; an empty one means the default."""
    if chosen:
        # Not Path.expanduser: that fails where there is no such user. Absolute: processes run in other folders.
        return Path(os.path.expanduser(chosen)).absolute()
    own = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
    return Path(own or Path.home()) / "copgen"


def is_in_plugin(folder: Path) -> bool:
    """Tell whether a folder lies in the plugin's own, which QGIS deletes on every upgrade."""
    try:
        folder.resolve().relative_to(PLUGIN)
    except ValueError:
        return False
    return True


def set_data_dir(path: str) -> None:
    """Remember the folder for environment and models; an empty text means the default."""
    _write_text(DATA_DIR_KEY, path)


def output_dir() -> Path:
    """Return the folder for results of projects without a folder of their own; Documents/copgen by default."""
    chosen = _read_text(OUTPUT_DIR_KEY)
    if chosen:
        return Path(chosen)
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return Path(documents or Path.home()) / "copgen"


def set_output_dir(path: str) -> None:
    """Remember the folder for results of projects without one; an empty text means the default."""
    _write_text(OUTPUT_DIR_KEY, path)


def pace_of(model: str, device: str) -> float:
    """Return the seconds that one evaluation of one chip took last time, 0 where that is unknown."""
    try:
        return float(_read_text(f"{PACE_KEY}/{_key(model)}/{_key(device)}") or 0.0)
    except ValueError:
        return 0.0


def set_pace(model: str, device: str, seconds: float) -> None:
    """Remember the seconds that one evaluation of one chip took."""
    _write_text(f"{PACE_KEY}/{_key(model)}/{_key(device)}", f"{seconds:.6g}")


def guide_state() -> str:
    """Return what became of the first steps: empty while they are open, ``closed`` or ``done``."""
    return _read_text(GUIDE_KEY)


def set_guide_state(state: str) -> None:
    """Remember what became of the first steps."""
    _write_text(GUIDE_KEY, state)


def has_tried_scene() -> bool:
    """Tell whether the bundled scene has been tried."""
    return bool(_read_text(TRIED_KEY))


def set_tried_scene() -> None:
    """Remember that the bundled scene has been tried."""
    _write_text(TRIED_KEY, "yes")


def read_project_form(project: QgsProject) -> Dict[str, Any]:
    """Return the panel's settings as saved in a project; empty where there are none or they are unreadable."""
    text, found = project.readEntry(PROJECT_SCOPE, "panel", "")
    try:
        values = json.loads(text) if found and text else {}
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def write_project_form(project: QgsProject, values: Dict[str, Any]) -> None:
    """Save the panel's settings in a project, which is then to be saved; nothing happens where they are the same."""
    text = json.dumps(values, sort_keys=True)
    if project.readEntry(PROJECT_SCOPE, "panel", "")[0] != text:
        project.writeEntry(PROJECT_SCOPE, "panel", text)


def _read_text(key: str) -> str:
    return str(QgsSettings().value(key, "") or "")


def _write_text(key: str, value: str) -> None:
    if value:
        QgsSettings().setValue(key, value)
    else:
        QgsSettings().remove(key)


def _key(name: str) -> str:
    """Return a name without the signs that separate groups of settings."""
    return name.replace("/", "_").replace("\\", "_") or "auto"
