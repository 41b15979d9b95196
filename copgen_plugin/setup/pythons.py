"""Where a Python may lie that is really Python; the rules are data (``resources/pythons.json``)."""

from __future__ import annotations

import fnmatch
import json
import os
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, Tuple

RULES = Path(__file__).resolve().parents[2] / "resources" / "pythons.json"


@dataclass(frozen=True)
class Surroundings:
    """What the rules look at.

    Attributes:
        system: ``linux``, ``darwin`` or ``win32``.
        prefix: of QGIS's own Python.
        executable: what that Python takes for itself: often QGIS, never believed.
        environment: variables.
        home: the user's folder.
        data: the plugin's folder for environment and models.
        root: of the file system, with its separator.
    """

    system: str
    prefix: str
    executable: str
    environment: Mapping[str, str]
    home: str
    data: str
    root: str = "/"


@dataclass(frozen=True)
class Candidate:
    """A file that may be a Python.

    Attributes:
        path: of it.
        rule: name of the rule that led to it.
    """

    path: str
    rule: str


@dataclass(frozen=True)
class Rules:
    """``resources/pythons.json``."""

    versions: List[str]
    fetched_version: str
    rules: List[Dict[str, Any]] = field(default_factory=list)
    never: List[Dict[str, Any]] = field(default_factory=list)
    uv: List[Dict[str, Any]] = field(default_factory=list)

    def supports(self, version: Tuple[int, ...]) -> bool:
        """Tell whether the packages are there for a Python."""
        return f"{version[0]}.{version[1]}" in self.versions

    def span(self) -> str:
        """Return the supported versions as people say it."""
        ordered = sorted(self.versions, key=lambda version: int(version.split(".")[1]))
        return f"{ordered[0]}\N{EN DASH}{ordered[-1]}"


def read_rules(path: Path = RULES) -> Rules:
    """Return the rules."""
    values = json.loads(path.read_text(encoding="utf-8"))
    values.pop("comment")
    return Rules(**values)


def here(data: Path) -> Surroundings:
    """Return the surroundings of this QGIS."""
    system = "win32" if sys.platform == "win32" else "darwin" if sys.platform == "darwin" else "linux"
    return Surroundings(system, sys.base_prefix, sys.executable, dict(os.environ), str(Path.home()), str(data))


def python_candidates(around: Surroundings, rules: Rules) -> List[Candidate]:
    """Return the files that may be Pythons, best first; none of those that are known to be something else."""
    found: Dict[str, Candidate] = {}
    for rule in rules.rules:
        for path in _files(rule, around, rules):
            if not _is_excluded(path, around, rules):
                found.setdefault(path, Candidate(path, rule["name"]))
    return list(found.values())


def uv_candidates(around: Surroundings, rules: Rules) -> List[str]:
    """Return where the program uv lies."""
    return list(dict.fromkeys(path for rule in rules.uv for path in _files(rule, around, rules)))


def _files(rule: Mapping[str, Any], around: Surroundings, rules: Rules) -> Iterator[str]:
    if around.system not in rule["systems"]:
        return
    condition = rule.get("if")
    if condition and not all(os.path.exists(path) for path in _fill(condition, around, rules)):
        return
    for pattern in rule["candidates"]:
        for filled in _fill(pattern, around, rules):
            for path in sorted(_glob(filled), reverse=True):
                if os.path.isfile(path) and os.access(path, os.X_OK):
                    yield path


def _fill(pattern: str, around: Surroundings, rules: Rules) -> List[str]:
    """Return a pattern with its places filled in, once a version; none where a place is not known here."""
    places = _places(around)
    needed = [name for name in places if "{" + name + "}" in pattern]
    if any(not places[name] for name in needed):
        return []
    versions = rules.versions if "{version}" in pattern or "{digits}" in pattern else [""]
    values = [{**places, "version": version, "digits": version.replace(".", "")} for version in versions]
    return [pattern.format(**value) for value in values]


def _places(around: Surroundings) -> Dict[str, str]:
    variables = around.environment
    bundle = ""
    for text in (around.executable, around.prefix):
        if not bundle and ".app/" in text:
            bundle = text.split(".app/")[0] + ".app"
    return {
        "root": around.root,
        "prefix": around.prefix,
        "home": around.home,
        "data": around.data,
        "bundle": bundle,
        "osgeo4w": variables.get("OSGEO4W_ROOT", ""),
        "localappdata": variables.get("LOCALAPPDATA", ""),
        "appdata": variables.get("APPDATA", ""),
        "programfiles": variables.get("PROGRAMFILES", ""),
        "systemdrive": variables.get("SYSTEMDRIVE", ""),
    }


def _glob(pattern: str) -> List[str]:
    """Return what matches a pattern that has signs only in names of folders."""
    if "*" not in pattern:
        return [pattern]
    before = pattern.split("*")[0]
    fixed = Path(before[: before.rindex("/") + 1])
    if not fixed.is_dir():
        return []
    return [str(path) for path in fixed.glob(Path(pattern).relative_to(fixed).as_posix())]


def _is_excluded(path: str, around: Surroundings, rules: Rules) -> bool:
    """Tell whether a file is known to be no Python."""
    shown = path.replace("\\", "/").lower()
    name = shown.rsplit("/", 1)[-1]
    for entry in rules.never:
        if around.system not in entry["systems"]:
            continue
        for pattern in _fill(entry["pattern"], around, rules):
            wanted = pattern.replace("\\", "/").lower()
            # Folders may well be called after QGIS; the program may not.
            seen = "/" + name if wanted == "*/qgis*" else shown
            if fnmatch.fnmatchcase(seen, wanted):
                return True
    return False
