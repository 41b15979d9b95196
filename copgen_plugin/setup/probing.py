"""Asking a file whether it is a Python, and which; belongs to the set-up's own thread, which it blocks."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any, Callable, Dict, List, Optional, Tuple

from qgis.PyQt.QtCore import QElapsedTimer, QProcess, QProcessEnvironment

from ..runtime.interpreter import child_environment
from .pythons import Candidate, Rules, Surroundings, python_candidates, uv_candidates

QUESTION = (
    "import json, struct, sys, importlib.util as u;"
    "print(json.dumps({'version': list(sys.version_info[:3]), 'name': sys.implementation.name,"
    " 'bits': 8 * struct.calcsize('P'), 'venv': u.find_spec('venv') is not None}))"
)
ANSWER_MILLISECONDS = 15000
"""After which a program that does not answer is no Python."""
FETCH_MILLISECONDS = 900000
LOOK_MILLISECONDS = 100
"""Between two looks whether a program is still wanted."""


@dataclass(frozen=True)
class Python:
    """A Python that answered.

    Attributes:
        path: of it.
        version: major, minor, micro.
        problem: ``version``, ``bits``, ``venv`` or ``name``: why it cannot be used; empty where it can.
    """

    path: str
    version: Tuple[int, ...]
    problem: str = ""


@dataclass(frozen=True)
class Search:
    """What was found.

    Attributes:
        python: the one to use, or None.
        others: those that answered and cannot be used.
    """

    python: Optional[Python]
    others: List[Python]


def search(
    around: Surroundings, rules: Rules, chosen: str = "", is_unwanted: Callable[[], bool] = lambda: False
) -> Search:
    """Return the first Python that can be used.

    Args:
        around: where to look.
        rules: how.
        chosen: by the user; then nothing else is looked at.
        is_unwanted: looked at meanwhile; nothing is found once it is true.
    """
    candidates = [Candidate(chosen, "")] if chosen else python_candidates(around, rules)
    others = []
    for candidate in candidates:
        if is_unwanted():
            break
        python = ask(candidate.path, rules, is_unwanted)
        if python is not None and not python.problem:
            return Search(python, others)
        if python is not None:
            others.append(python)
    return Search(None, others)


def ask(path: str, rules: Rules, is_unwanted: Callable[[], bool] = lambda: False) -> Optional[Python]:
    """Return what a program says of itself; None where it is no Python."""
    status, output = run(path, ["-I", "-c", QUESTION], ANSWER_MILLISECONDS, is_unwanted=is_unwanted)
    try:
        told: Dict[str, Any] = json.loads(output.strip().splitlines()[-1]) if status == 0 else {}
        version = tuple(int(number) for number in told["version"])
    except (IndexError, KeyError, TypeError, ValueError):
        return None
    problem = ""
    if told.get("name") != "cpython":
        problem = "name"
    elif not rules.supports(version):
        problem = "version"
    elif told.get("bits") != 64:
        problem = "bits"
    elif not told.get("venv"):
        problem = "venv"
    return Python(path, version, problem)


def find_uv(around: Surroundings, rules: Rules, is_unwanted: Callable[[], bool] = lambda: False) -> str:
    """Return the program uv, empty where it is not there."""
    for path in uv_candidates(around, rules):
        if not is_unwanted() and run(path, ["--version"], ANSWER_MILLISECONDS, is_unwanted=is_unwanted)[0] == 0:
            return path
    return ""


def run(
    program: str,
    arguments: List[str],
    milliseconds: int,
    extra: Optional[Dict[str, str]] = None,
    is_unwanted: Callable[[], bool] = lambda: False,
) -> Tuple[int, str]:
    """Run a program to its end.

    Args:
        program: to run.
        arguments: of it.
        milliseconds: after which it is killed.
        extra: variables on top of those of every child.
        is_unwanted: looked at meanwhile; the program is killed once it is true.

    Returns:
        Its status, -1 where it did not start or end by itself, and what it wrote.
    """
    process = QProcess()
    variables = QProcessEnvironment()
    for name, value in {**child_environment(), **(extra or {})}.items():
        variables.insert(name, value)
    process.setProcessEnvironment(variables)
    process.setProcessChannelMode(QProcess.ProcessChannelMode.MergedChannels)
    process.start(program, arguments)
    process.closeWriteChannel()
    clock = QElapsedTimer()
    clock.start()
    while not process.waitForFinished(LOOK_MILLISECONDS):
        not_running = process.state() == QProcess.ProcessState.NotRunning
        if not_running or is_unwanted() or clock.elapsed() > milliseconds:
            process.kill()
            process.waitForFinished(1000)
            return -1, process.errorString()
    output = bytes(process.readAllStandardOutput()).decode("utf-8", "replace")
    crashed = process.exitStatus() == QProcess.ExitStatus.CrashExit
    return -1 if crashed else process.exitCode(), output
