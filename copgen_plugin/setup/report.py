"""A report of a set-up to send to others: without names, the path of the home folder, passwords or tokens."""

from __future__ import annotations

import configparser
import getpass
import os
import platform
import re
import socket
from pathlib import Path
from typing import List

from qgis.core import Qgis

from .. import settings
from ..runtime.managed import environment_folder, read_marker
from .presenter import Setup

METADATA = Path(__file__).resolve().parents[2] / "metadata.txt"
LAST_LINES = 200
SHORTEST_NAME = 3
"""Letters; shorter names stand in too many words."""


def setup_report(setup: Setup) -> str:
    """Return the report of the set-up that runs or ran last."""
    facts = setup.facts
    system = f"{platform.system()} {platform.release()} {platform.machine()}"
    lines = [
        f"COP-GEN {_version()}, QGIS {Qgis.QGIS_VERSION}, {system}",
        f"state: {setup.state}",
        f"folder: {settings.data_dir()}",
        f"variant: {facts.variant or '?'}, GPU: {facts.gpu or 'none found'}",
        f"steps: {', '.join(f'{step.name} {step.state}' for step in facts.steps) or 'none'}",
    ]
    marker = read_marker(environment_folder())
    if marker is not None:
        lines.append(f"environment: {marker.get('state')}, Python {marker.get('python')} of {marker.get('base')}")
    if facts.failure is not None:
        lines.append(f"stopped: {facts.failure.reason}: {facts.failure.message}")
    lines += setup.proof
    return redact("\n".join([*lines, "", *_last(setup)]))


def _last(setup: Setup) -> List[str]:
    return list(setup.lines)[-LAST_LINES:]


def redact(text: str) -> str:
    """Return a text without what tells who or where somebody is, or opens a door."""
    text = re.sub(r"(\w+://)[^/@\s'\"]*@", r"\1…@", text)
    text = re.sub(
        r"(?i)([?&;][^=&;\s]*(?:token|key|secret|password|signature|auth)[^=&;\s]*=)[^&;\s'\"]+", r"\1…", text
    )
    text = re.sub(r"(?i)(authorization['\"]?\s*[:=]\s*['\"]?)(?:\w+ )?\S+", r"\1…", text)
    home = os.path.expanduser("~")
    for place in {home, os.path.realpath(home), home.replace("\\", "/")}:
        if len(place) > 1:
            text = text.replace(place, "~")
    for name, shown in ((_user(), "<user>"), (socket.gethostname(), "<host>")):
        if len(name) >= SHORTEST_NAME:
            text = re.sub(rf"(?<![\w-]){re.escape(name)}(?![\w-])", shown, text)
    return text


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""


def _version() -> str:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(METADATA, encoding="utf-8")
    return metadata.get("general", "version", fallback="?")
