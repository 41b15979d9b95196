"""The virtual environment: made by the Python that runs this, looked over and repaired after a kill."""

from __future__ import annotations

import csv
import platform
import shutil
import sys
import venv
from pathlib import Path

from model_runtime.installing.folders import INCOMPLETE, Facts, claim, empty, write_marker


def environment_python(folder: Path) -> Path:
    """Return where the Python of an environment lies."""
    return folder / "Scripts" / "python.exe" if sys.platform == "win32" else folder / "bin" / "python"


def has_python(folder: Path) -> bool:
    """Tell whether an environment has its own Python: without its settings it is the one behind it, or none."""
    return (folder / "pyvenv.cfg").is_file() and environment_python(folder).is_file()


def base_python() -> str:
    """Return the interpreter that environments are made with: this one, or the one behind it."""
    return str(getattr(sys, "_base_executable", "") or sys.executable)


def prepare_environment(folder: Path, variant: str) -> Facts:
    """Make the environment, or go on with the one that is there; one of another Python or variant is made anew.

    Args:
        folder: of the environment; made if needed.
        variant: what it is for, ``cpu`` or ``cuda``.

    Returns:
        The facts of its marker, from now on saying that it is incomplete.

    Raises:
        SetupError: the folder is somebody else's or cannot be written.
    """
    facts = claim(folder)
    if is_of_another(facts, variant):
        # The folder is empty of everything that another Python or variant left.
        empty(folder)
        facts = {}
    facts = {**facts, **_wanted(variant), "state": INCOMPLETE}
    facts.setdefault("steps", {})
    write_marker(folder, facts)
    if "environment" not in facts["steps"] or not has_python(folder):
        empty(folder)
        # Resolved: venv takes no link for its folder.
        venv.EnvBuilder(with_pip=False, symlinks=sys.platform != "win32").create(folder.resolve())
        facts["steps"] = {"environment": platform.python_version()}
        write_marker(folder, facts)
    return facts


def is_of_another(facts: Facts, variant: str) -> bool:
    """Tell whether what a marker tells of was made by another Python, or for another variant."""
    return bool(facts.get("steps")) and any(facts.get(name) != value for name, value in _wanted(variant).items())


def _wanted(variant: str) -> Facts:
    return {"variant": variant, "python": platform.python_version(), "base": base_python()}


def site_packages(folder: Path) -> Path:
    """Return where an environment made by this Python keeps its packages."""
    if sys.platform == "win32":
        return folder / "Lib" / "site-packages"
    return folder / "lib" / f"python{sys.version_info[0]}.{sys.version_info[1]}" / "site-packages"


def repair(packages: Path) -> list[str]:
    """Take away what a killed installation left, so that pip does not think it whole.

    Args:
        packages: the environment's ``site-packages``.

    Returns:
        Names of the packages that have to be installed again.
    """
    broken = []
    # What pip had set aside, and what Python had not yet compiled to its end.
    for entry in [*packages.glob("~*"), *packages.rglob("__pycache__/*.pyc.*")]:
        shutil.rmtree(entry, ignore_errors=True) if entry.is_dir() else entry.unlink()
    for record in sorted(packages.glob("*.dist-info")):
        if not is_whole(record):
            broken.append(record.name.split("-")[0])
            shutil.rmtree(record)
    return broken


def is_whole(info: Path) -> bool:
    """Tell whether every file that a package's RECORD names is there, with the size it names.

    A wheel brings a RECORD of its own. Only the one that pip writes at the end names the package's INSTALLER, and the
    scripts that were made meanwhile.
    """
    try:
        with (info / "RECORD").open(encoding="utf-8", newline="") as file:
            rows = list(csv.reader(file))
    except OSError:
        return False
    if not any(row and row[0] == f"{info.name}/INSTALLER" for row in rows):
        return False
    for row in rows:
        path = info.parent / row[0]
        size = row[2] if len(row) > 2 else ""
        try:
            if size and path.stat().st_size != int(size):
                return False
        except OSError:
            return False
    return True
