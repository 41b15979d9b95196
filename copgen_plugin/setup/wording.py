"""Sentences of the set-up: how it is, why it stopped, and what to do."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, Dict, Tuple

from ..panel.wording import duration_text, memory_text
from ..runtime.interpreter import PYTHON_VARIABLE
from ..translation import tr
from .probing import Search
from .pythons import Rules

if TYPE_CHECKING:
    from .presenter import Facts, Failure, Setup, Step

SIZES = Path(__file__).resolve().parents[2] / "resources" / "setup_sizes.json"
SIGNS = {"waiting": "○", "running": "●", "done": "✓", "kept": "✓", "failed": "✗"}


def state_text(setup: Setup) -> str:
    """Return how the set-up is, with the next step."""
    facts = setup.facts
    if setup.running == "take_down":
        return tr("Removing…")
    if setup.running:
        if facts.cancelled:
            return tr("Cancelling…")
        step = next((entry for entry in facts.steps if entry.state == "running"), None)
        return step_name(step.name) + "…" if step else tr("Looking for a Python…")
    if facts.failure is not None:
        return failure_text(facts.failure, setup)
    if facts.removed is not None:
        return tr("The environment was removed.") if facts.removed else tr("There was nothing of ours to remove.")
    state = setup.state
    if facts.cancelled and state != "ready":
        return tr("Cancelled. What is done need not be done again.")
    return {
        "absent": tr(
            "The models run in a Python environment of their own, apart from QGIS. It is made here; nothing is "
            "installed into QGIS."
        ),
        "incomplete": tr("The set-up is not finished; it goes on where it stopped."),
        "outdated": tr(
            "The change of the environment is not finished; until it is, the models run in the one from before."
        )
        if setup.is_unfinished
        else tr("The environment was made for an earlier version of this plugin; update it."),
    }.get(state, _ready_text())


def _ready_text() -> str:
    if os.environ.get(PYTHON_VARIABLE):
        return tr("QGIS was started with {variable}, whose Python is used.").format(variable=PYTHON_VARIABLE)
    return tr("The environment is ready.")


def failure_text(failure: Failure, setup: Setup) -> str:
    """Return why it stopped and what to do, in the user's language."""
    text = _failures().get(failure.reason) or tr("The set-up stopped: {detail}. The details tell more.")
    detail = failure.detail or failure.message
    if failure.reason == "python":
        others = setup.facts.python.others if setup.facts.python else []
        detail = "; ".join(f"{'.'.join(map(str, other.version))} ({other.path})" for other in others) or tr("none")
    elif failure.reason == "network":
        detail = failure.detail or tr("The package index")
    return text.format(detail=detail.rstrip("."), versions=setup.rules.span())


def _failures() -> Dict[str, str]:
    return {
        "busy": tr("A run is going on; wait for its end or cancel it, then try again."),
        "python": tr(
            "Python {versions} is needed, and found was: {detail}. Install one (python.org or your system's packages) "
            "or the program uv, then try again; or choose one under Options."
        ),
        "locked": tr("Another QGIS is at the set-up of this environment; wait for its end."),
        "inside": tr("{detail} lies in the plugin's own folder, which QGIS deletes on every upgrade; choose another."),
        "foreign": tr("{detail} exists already and was not made by this plugin; choose another folder."),
        "disk": tr("The disk has not enough room ({detail}). Free some, or choose a folder on another disk."),
        "permission": tr("{detail} cannot be written; choose another folder or ask for the right to write there."),
        "network": tr(
            "{detail} cannot be reached. Check the connection, and the proxy in QGIS's network settings, then go on; "
            "what was fetched is kept. Another index, or a folder of wheels where there is no network, goes under "
            "Options."
        ),
        "proxy": tr("The proxy does not let it through; check its address and password in QGIS's network settings."),
        "certificate": tr(
            "The certificate of the package index is not trusted. If your organisation has its own authority, add it "
            "in QGIS's settings under Authentication, Manage certificates."
        ),
        "refused": tr("The package index refuses access; check its address under Options."),
        "insecure": tr("The address of the package index does not begin with https; correct it under Options."),
        "content": tr("What was fetched is damaged ({detail}); try again, or choose another package index."),
        "wheel": tr(
            "A package is not there for this Python: {detail}. Choose a Python of another version, another package "
            "index, or a complete folder of wheels under Options."
        ),
        "proof": tr("Everything is installed, but the self-test failed: {detail}."),
        "ended": tr("The set-up was ended from outside ({detail}); go on to finish it."),
    }


def step_name(name: str) -> str:
    """Return what a step is called."""
    return {
        "environment": tr("Making the environment"),
        "pip": tr("Installing pip, which fetches the rest"),
        "torch": tr("Fetching and installing PyTorch, the largest part"),
        "packages": tr("Fetching and installing the other packages"),
        "proof": tr("Self-test"),
    }.get(name, name)


def step_text(step: Step) -> str:
    """Return a line of the list of steps."""
    told = f"{SIGNS.get(step.state, '')} {step_name(step.name)}"
    if step.state == "kept":
        return tr("{step}: done before").format(step=told)
    return f"{told} ({duration_text(step.seconds)})" if step.state == "done" and step.seconds >= 1 else told


def step_log(name: str, state: str, seconds: float) -> str:
    """Return the line of the details; English, as everything there."""
    return f"[{name}] {state}" + (f" after {seconds:.1f} s" if state == "done" else "")


def download_text(facts: Facts) -> str:
    """Return how far the downloads are: in all, then the present one's name, sizes and speed; empty without one."""
    if facts.installing:
        return tr("All of it is here; unpacking and installing it may take some minutes.")
    progress = facts.progress
    if progress is None:
        return ""
    done, total = memory_text(progress.done), memory_text(progress.total)
    told = tr("{what}: {done} of {total}").format(what=progress.what, done=done, total=total)
    if progress.speed > 0 and progress.done < progress.total:
        told += " · " + tr("{speed} a second").format(speed=memory_text(progress.speed))
    fetched, whole = fetched_share(facts)
    in_all = tr("In all: {done} of about {total}") if whole else tr("In all: {done}")
    return in_all.format(done=memory_text(fetched), total=memory_text(whole)) + "\n" + told


def fetched_share(facts: Facts) -> Tuple[int, int]:
    """Return the bytes that are here, and those that the steps not done before need; 0 where these are not known."""
    sizes: Dict[str, int] = _sizes(facts.variant or "cpu")["fetched_bytes"]
    kept = [step.name for step in facts.steps if step.state == "kept"]
    return sum(facts.fetched.values()), sum(size for name, size in sizes.items() if name not in kept)


def sizes_text(variant: str) -> str:
    """Return what a set-up fetches and keeps, as far as it was measured.

    Args:
        variant: ``auto``, ``cpu`` or ``cuda``.
    """
    sizes = _sizes("cpu")
    cpu = tr("About {fetched} are fetched and {kept} kept.").format(
        fetched=memory_text(sum(sizes["fetched_bytes"].values())), kept=memory_text(sizes["kept_bytes"])
    )
    if variant == "cpu":
        return cpu
    cuda = tr("For NVIDIA it is several gigabytes.")
    return cuda if variant == "cuda" else f"{cpu} {cuda}"


def _sizes(variant: str) -> Dict[str, Any]:
    sizes: Dict[str, Dict[str, Any]] = json.loads(SIZES.read_text(encoding="utf-8"))
    return sizes[variant]


def search_text(search: Search, rules: Rules) -> str:
    """Return the lines of the details about the Python; English, as everything there."""
    lines = [
        f"not used: {other.path} ({'.'.join(map(str, other.version))}: {other.problem})" for other in search.others
    ]
    if search.python is None:
        lines.append(f"no Python of the versions {rules.span()} found")
    else:
        lines.append(f"Python {'.'.join(map(str, search.python.version))}: {search.python.path}")
    return "\n".join(lines)


def fetching_text(version: str) -> str:
    """Return the line of the details while uv fetches a Python."""
    return f"fetching Python {version} with uv"
