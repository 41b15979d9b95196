"""The set-up, told on one page: lock, environment, pip, torch, packages, proof; each step may be done again."""

from __future__ import annotations

import hashlib
import json
import shutil
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

from model_runtime.installing.environment import (
    environment_python,
    is_of_another,
    prepare_environment,
    repair,
    site_packages,
)
from model_runtime.installing.failures import SetupError
from model_runtime.installing.folders import COMPLETE, claim, read_marker, remove, write_marker
from model_runtime.installing.former import keep_former
from model_runtime.installing.hardware import find_fit, torch_index
from model_runtime.installing.locking import NAME, only_one
from model_runtime.installing.order import ENVIRONMENT, FILES, FORMER, ROOT, WORK, Order
from model_runtime.installing.programs import Pip, run_program
from model_runtime.installing.telling import Teller

PIP = ROOT / "resources" / "pip"
NEEDED = ROOT / "resources" / "setup_sizes.json"
NOT_INSTALLED = ("dev.txt", "qgis-test.txt")
OURS = (FORMER, ENVIRONMENT, WORK, "python")
"""Folders that set-ups make; the first goes first, since it is used where the second is not complete."""
STEPS = ("environment", "pip", "torch", "packages", "proof")

Work = Callable[[], Awaitable[None]]


async def set_up(order: Order, teller: Teller) -> dict[str, Any]:
    """Make the environment, or finish or update the one that is there.

    Args:
        order: what is wanted.
        teller: told how far it is.

    Returns:
        ``python``, ``variant``, ``gpu`` and ``proof``, as the panel shows them.

    Raises:
        SetupError: why not; what is done stays and need not be done again, and an environment that was complete stays
            in its folder of former ones.
    """
    make_folder(order.data_dir)
    with only_one(order.data_dir) as lock:
        return await Setup(order, teller, lock).run()


def make_folder(folder: Path) -> None:
    """Make the folder of everything that is ours.

    Raises:
        SetupError: it cannot be.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise SetupError("permission", f"{folder}: cannot be made ({error.strerror}).", str(folder)) from error


class Setup:
    """One set-up, under its lock."""

    def __init__(self, order: Order, teller: Teller, lock: int) -> None:
        self._order = order
        self._teller = teller
        self._lock = lock
        self._fit = find_fit(order.variant)
        self._proof: dict[str, Any] = {}
        self._facts: dict[str, Any] = {}
        self._variables = order.pip_environment(order.index)
        self._python = environment_python(order.environment)
        self._pip = Pip(self._python, self._variables, lock, teller)
        self._requirements = order.requirements / FILES[self._fit.variant]

    async def run(self) -> dict[str, Any]:
        """Take every step."""
        order = self._order
        self._teller.plan(list(STEPS), self._fit.variant, self._fit.gpu)
        # Told before anything is touched.
        if order.wheels and not Path(order.wheels).is_dir():
            raise SetupError("wheel", f"{order.wheels}: no such folder of wheels.", f"{order.wheels}: no such folder")
        facts = read_marker(order.environment)
        if facts is None or (facts.get("state") == COMPLETE and is_of_another(facts, self._fit.variant)):
            check_disk(order.data_dir, self._fit.variant)
        problem = keep_former(order.environment, order.former)
        if problem:
            self._teller.log(f"changed in place, since it cannot be kept beside meanwhile: {problem}")
        claim(order.environment)
        claim(order.work)
        # What a killed pip was unpacking is of no use; what it had fetched is.
        shutil.rmtree(order.work / "temp", ignore_errors=True)
        (order.work / "temp").mkdir()
        await self._step("environment", "", self._make)
        repaired = repair(site_packages(order.environment))
        if repaired:
            self._teller.log(f"installed again, since a kill left them unfinished: {', '.join(repaired)}")
            self._forget("pip" if "pip" in repaired else "", "torch", "packages")
        await self._install_and_prove()
        self._record(state=COMPLETE, fingerprint=order.fingerprint, proof=self._proof)
        remove(order.work)
        self._forget_former()
        told = {"python": str(self._python), "variant": self._fit.variant, "gpu": self._fit.gpu}
        return {**told, "proof": self._proof}

    async def _install_and_prove(self) -> None:
        """Take the steps that may be kept, and once more those that were where what they left does not prove itself."""
        kept = [
            await self._step("pip", self._named_pip()["version"], self._bootstrap),
            await self._step("torch", self._digest("torch"), self._torch),
            await self._step("packages", self._digest("packages"), self._packages),
        ]
        try:
            await self._step("proof", "", self._prove)
        except SetupError:
            if not any(kept):
                raise
            self._teller.log("What was kept does not prove itself; it is looked at once more.")
            self._forget("pip", "torch", "packages")
            await self._install_and_prove()

    async def _step(self, name: str, digest: str, work: Work) -> bool:
        """Take a step, unless it was taken with the same inputs: True; those without a digest are taken always."""
        if digest and self._facts["steps"].get(name) == digest:
            self._teller.step(name, "kept")
            return True
        self._teller.step(name, "running")
        started = time.monotonic()
        await work()
        if digest:
            self._record(steps={**self._facts["steps"], name: digest})
        self._teller.step(name, "done", time.monotonic() - started)
        return False

    async def _make(self) -> None:
        self._facts = prepare_environment(self._order.environment, self._fit.variant)

    async def _bootstrap(self) -> None:
        named = self._named_pip()
        wheel = PIP / named["file"]
        digest = hashlib.sha256(wheel.read_bytes()).hexdigest()
        if digest != "".join(named["sha256"].split()):
            raise SetupError("content", f"{wheel}: is damaged; install the plugin again.", wheel.name)
        await self._pip.install("pip", ["--no-index", "--no-deps", str(wheel)], wheel)

    async def _torch(self) -> None:
        """Take torch from its own index alone: another may have a build for other machines under the same version."""
        wanted = torch_requirements(self._requirements)
        index = torch_index(self._fit.variant, self._order.torch_index) or self._order.index
        pip = Pip(self._python, self._order.pip_environment(index), self._lock, self._teller)
        if wanted:
            # What it needs comes with the other packages, from their index.
            await pip.install("torch", ["--no-deps", *wanted])

    async def _packages(self) -> None:
        await self._pip.install("packages", ["-r", str(self._requirements)])

    async def _prove(self) -> None:
        """Run the proof, whose last line of JSON tells what it found."""
        found: list[dict[str, Any]] = []

        def take(line: str) -> None:
            try:
                told = json.loads(line)
            except ValueError:
                self._teller.log(line)
                return
            if isinstance(told, dict):
                found.append(told)

        status, lines = await run_program(self._python, [str(self._order.proof)], self._variables, self._lock, take)
        self._proof = found[-1] if found else {}
        for line in self._proof.get("lines", []):
            self._teller.log(line)
        if status != 0:
            last = next((line for line in reversed(lines) if line.strip()), "")
            told = self._proof.get("error", {}).get("message") or "; ".join(self._proof.get("lines", [])) or last
            raise SetupError("proof", f"self-test: {told}", told)

    def _forget_former(self) -> None:
        try:
            remove(self._order.former)
        except (SetupError, OSError) as error:
            # Another QGIS may run in it on Windows; the next set-up removes it.
            self._teller.log(str(error))

    def _named_pip(self) -> dict[str, str]:
        named: dict[str, str] = json.loads((PIP / "pip.json").read_text(encoding="utf-8"))
        return named

    def _digest(self, step: str) -> str:
        """Return what changes when a step has to be taken again."""
        digest = hashlib.sha256(f"{step} {self._fit.variant}".encode())
        for path in sorted(self._order.requirements.glob("*.txt")):
            if path.name not in NOT_INSTALLED:
                digest.update(path.read_bytes())
        return digest.hexdigest()[:16]

    def _forget(self, *steps: str) -> None:
        self._record(steps={name: value for name, value in self._facts["steps"].items() if name not in steps})

    def _record(self, **facts: object) -> None:
        self._facts = {**self._facts, **facts}
        write_marker(self._order.environment, self._facts)


def torch_requirements(path: Path) -> list[str]:
    """Return the lines for torch of a requirement file: fetched first and by itself, as it is most of everything."""
    return [line.strip() for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("torch=")]


def check_disk(folder: Path, variant: str) -> None:
    """Refuse a disk that is too small for what will come.

    Raises:
        SetupError: how much is free and how much is needed.
    """
    needed = int(json.loads(NEEDED.read_text(encoding="utf-8"))[variant]["needed_bytes"])
    free = shutil.disk_usage(folder).free
    if free < needed:
        told = f"{free / 1e9:.1f} GB / {needed / 1e9:.1f} GB"
        raise SetupError("disk", f"{folder}: {told} of the needed space are free.", told)


def take_down(data_dir: Path) -> list[str]:
    """Remove what set-ups made: environment, what was fetched, a Python of their own; nothing without our marker.

    Returns:
        What was removed.

    Raises:
        SetupError: a set-up is running, or something cannot be removed.
    """
    if not data_dir.is_dir():
        return []
    with only_one(data_dir):
        removed = [str(data_dir / name) for name in OURS if remove(data_dir / name)]
        for path in (data_dir / NAME, data_dir / "certificates.pem"):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                # Windows keeps a file that is open; an empty one that stays does no harm.
                continue
    if not any(data_dir.iterdir()) and not data_dir.is_symlink():
        data_dir.rmdir()
        removed.append(str(data_dir))
    return removed
