"""Running pip and the proof, and reading what they say while they say it."""

from __future__ import annotations

import asyncio
import os
import re
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from model_runtime.installing.failures import SetupError, read_failure
from model_runtime.installing.telling import Speed, Teller

PIP_CHILD = Path(__file__).with_name("pip_child.py")
LAST_LINES = 400
BETWEEN_REPORTS = 0.2
LONGEST_LINE = 1 << 20
DOWNLOADING = re.compile(r"\s*(Downloading|Using cached|Processing) (\S+)(?: \(([\d.]+) (bytes|kB|MB|GB)\))?")
INSTALLING = "Installing collected packages: "
UNITS = {"bytes": 1, "kB": 1e3, "MB": 1e6, "GB": 1e9}
PROGRESS = re.compile(r"Progress (\d+) of (\d+)")

Take = Callable[[str], None]


class Pip:
    """Runs an environment's pip.

    Args:
        python: the environment's interpreter.
        variables: of its processes.
        lock: file that its processes keep open, so that the lock lasts as long as they do.
        teller: told about every line.
    """

    def __init__(self, python: Path, variables: Mapping[str, str], lock: int, teller: Teller) -> None:
        self._python = python
        self._variables = variables
        self._lock = lock
        self._teller = teller

    async def install(self, step: str, arguments: Sequence[str], wheel: Path | None = None) -> None:
        """Run ``pip install``.

        Args:
            step: name of the step, for reports.
            arguments: requirements and options.
            wheel: run the pip in this wheel instead of the environment's.

        Raises:
            SetupError: it failed; why.
        """
        # The user's own settings may say --user, which no environment takes.
        options = ["--no-user", "--only-binary=:all:", "--no-warn-script-location", "--progress-bar=raw", "--retries=3"]
        words = [str(PIP_CHILD), str(wheel) if wheel else "-", "install", *options, *arguments]
        reader = PipReader(step, self._teller)
        status, lines = await run_program(self._python, words, self._variables, self._lock, reader.take)
        if status == 0:
            return
        failure = self._failure(step, lines)
        if failure.reason == "wheel" and "PIP_NO_INDEX" not in self._variables:
            failure = self._failure(step, [*await self._index_errors(words), *lines])
        raise failure

    def _failure(self, step: str, lines: Sequence[str]) -> SetupError:
        return read_failure(step, "\n".join(lines), self._variables.get("HTTPS_PROXY", ""))

    async def _index_errors(self, words: Sequence[str]) -> list[str]:
        """Ask once more: only when it is to be verbose pip says what an index answered instead of packages."""
        found: list[str] = []

        def take(line: str) -> None:
            if "Could not fetch URL" in line:
                found.append(line)
                self._teller.log(line)

        await run_program(self._python, [*words, "-vv"], self._variables, self._lock, take)
        return found


class PipReader:
    """Makes progress and log of what pip prints."""

    def __init__(self, step: str, teller: Teller) -> None:
        self._step = step
        self._teller = teller
        self._what = ""
        self._speed = Speed()
        self._told = 0.0

    def take(self, line: str) -> None:
        """Take a line."""
        progress = PROGRESS.match(line)
        if progress is None:
            self._begin(line)
            self._teller.log(line)
            return
        done, total = int(progress.group(1)), int(progress.group(2))
        speed, now = self._speed.at(done), time.monotonic()
        if done == total or now - self._told > BETWEEN_REPORTS:
            self._told = now
            self._teller.progress(self._step, self._what, done, total, speed)

    def _begin(self, line: str) -> None:
        """See whether a line begins something, or tells of a file that is here already."""
        if line.startswith(INSTALLING):
            self._teller.installing(self._step)
        found = DOWNLOADING.match(line)
        if found is None:
            return
        how, address, size, unit = found.groups()
        self._what, self._told = package_of(address), 0.0
        if how != "Downloading":
            here = round(float(size) * UNITS[unit]) if size else size_of(address)
            self._teller.progress(self._step, self._what, here, here, 0.0)


def size_of(path: str) -> int:
    """Return the bytes of a file, 0 where there is none."""
    return os.path.getsize(path) if os.path.isfile(path) else 0


def package_of(address: str) -> str:
    """Return name and version of a wheel's address: ``torch 2.13.0`` of ``https://.../torch-2.13.0-cp311-....whl``."""
    name = unquote(urlsplit(address).path).rsplit("/", 1)[-1].split("-")
    return " ".join(name[:2])


async def run_program(
    python: Path, words: Sequence[str], variables: Mapping[str, str], lock: int, take: Take
) -> tuple[int, list[str]]:
    """Run a script with an interpreter, isolated from the user's own packages.

    Args:
        python: the interpreter.
        words: script and arguments.
        variables: of the process.
        lock: file it keeps open.
        take: gets each line of what it writes, to stdout or stderr.

    Returns:
        Its exit status and its last lines.
    """
    inherited: dict[str, Any] = {} if sys.platform == "win32" else {"pass_fds": (lock,)}
    process = await asyncio.create_subprocess_exec(
        str(python), "-I", "-u", *words,
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
        env=dict(variables),
        limit=LONGEST_LINE,
        cwd=python.parent,
        **inherited,
    )  # fmt: skip
    lines: list[str] = []
    if process.stdout is not None:
        async for data in process.stdout:
            line = data.decode("utf-8", "replace").rstrip()
            lines = [*lines[-LAST_LINES:], line] if not PROGRESS.match(line) else lines
            take(line)
    return await process.wait(), lines
