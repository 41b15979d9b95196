"""Finding the Python that runs the model runtime, and the environment to start it in."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Dict, Mapping

from ..settings import DATA_DIR_VARIABLE, data_dir, python_path
from ..translation import tr
from .managed import INCOMPLETE, WORKING, environment_python, environment_state, used_environment

PYTHON_VARIABLE = "COPGEN_PYTHON"

SCRUBBED = {
    "PYTHONHOME", "PYTHONPATH", "PYTHONSTARTUP", "PYTHONUSERBASE", "PYTHONEXECUTABLE", "__PYVENV_LAUNCHER__",
    "VIRTUAL_ENV", "CONDA_PREFIX", "GDAL_DATA", "GDAL_DRIVER_PATH", "PROJ_LIB", "PROJ_DATA", "GEOTIFF_CSV",
    "LD_LIBRARY_PATH", "LD_PRELOAD", "OSGEO4W_ROOT",
}  # fmt: skip
SCRUBBED_PREFIXES = ("DYLD_", "QT_", "QML", "QGIS_")


@dataclass(frozen=True)
class Interpreter:
    """The runtime's Python.

    Attributes:
        path: absolute path; empty where there is none to start.
        problem: why there is none, with the next step; empty where there is one.
    """

    path: str
    problem: str = ""


def find_interpreter(environment: Mapping[str, str] = os.environ) -> Interpreter:
    """Look at ``COPGEN_PYTHON``, then the setting, then the managed environment.

    A choice that leads nowhere is told, not passed over.

    Args:
        environment: variables of this process.
    """
    for name, chosen in (
        (PYTHON_VARIABLE, environment.get(PYTHON_VARIABLE, "")),
        (tr("The Python in the settings"), python_path()),
    ):
        if chosen:
            return _chosen(name, Path(chosen).expanduser())
    managed = used_environment()
    state = environment_state(managed)
    if state in WORKING and _is_program(environment_python(managed)):
        return Interpreter(str(environment_python(managed)))
    if state == INCOMPLETE:
        return Interpreter(
            "", tr("The set-up of the models' environment is not finished; go on with it in the COP-GEN panel.")
        )
    return Interpreter(
        "",
        tr(
            "The models' environment is not set up yet: choose Set up in the COP-GEN panel, or start QGIS with the "
            "environment variable {variable} set to a Python that has their packages."
        ).format(variable=PYTHON_VARIABLE),
    )


def _chosen(name: str, path: Path) -> Interpreter:
    if os.path.isdir(str(path)):
        path = environment_python(path)
    if _is_program(path):
        return Interpreter(str(path.absolute()))
    return Interpreter(
        "",
        tr("{name}: {path} is no program; choose the Python of the models' environment.").format(name=name, path=path),
    )


def _is_program(path: Path) -> bool:
    return os.path.isfile(str(path)) and os.access(path, os.X_OK)


def child_environment(environment: Mapping[str, str] = os.environ) -> Dict[str, str]:
    """Return the variables for the runtime: this process's without what belongs to QGIS's own Python, GDAL and Qt.

    Args:
        environment: variables of this process.
    """
    kept = {
        name: value
        for name, value in environment.items()
        if name.upper() not in SCRUBBED and not name.upper().startswith(SCRUBBED_PREFIXES)
    }
    kept[DATA_DIR_VARIABLE] = str(data_dir())
    if sys.platform == "win32":
        kept["PATH"] = _foreign_path(environment)
    return kept


def _foreign_path(environment: Mapping[str, str]) -> str:
    """Return PATH without the folders of QGIS's installation, whose libraries Windows would load first."""
    own = [environment.get("OSGEO4W_ROOT", ""), environment.get("QGIS_PREFIX_PATH", "")]
    roots = [os.path.normcase(root) for root in own if root]
    entries = environment.get("PATH", "").split(os.pathsep)
    return os.pathsep.join(e for e in entries if not any(os.path.normcase(e).startswith(root) for root in roots))
