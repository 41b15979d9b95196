"""Waiting and looking, for tests of the service."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from copgen.copgen_plugin.runtime.service import Run

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".venv" / "bin" / "python"
LONG = 120.0
"""Seconds after which a test gives up; nothing is measured by it."""


def wait_until(condition: Callable[[], object], what: str, turn: Callable[[], object] = lambda: None) -> None:
    """Look again and again; fails the test after ``LONG``."""
    for _ in range(int(LONG / 0.02)):
        if condition():
            return
        turn()
        time.sleep(0.02)
    pytest.fail(f"waited in vain: {what}")


def wait_for_stage(run: Run, stage: str) -> None:
    wait_until(lambda: run.ended or (run.progress and run.progress.stage == stage), f"stage {stage}")
    assert not run.ended, run.error


def is_alive(pid: int) -> bool:
    """Tell whether a process runs; one that ended and was not waited for does not."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def servers() -> set[int]:
    """Return the children that run our server for this test process or for one that is gone."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rpartition(")")[2].split()[1])
        except (OSError, IndexError):
            continue
        ours = any(word.endswith(b"model_runtime/server.py") for word in words)
        if ours and parent in (os.getpid(), 1) and is_alive(int(folder.name)):
            found.add(int(folder.name))
    return found
