"""Small published models, and waiting while QGIS's event loop runs."""

from __future__ import annotations

import hashlib
import json
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
from qgis.PyQt.QtCore import QCoreApplication

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".venv" / "bin" / "python"
sys.path.insert(0, str(ROOT / "tests"))

from hub_server import Content, Hub, Pattern, serving  # noqa: E402 - test helpers are no package

NAME = "published"
TRANSFORMER = "mespinosami/COP-GEN-Beta/nnet_ema_114000.pth"
VAE = "stabilityai/sd-vae-ft-mse/diffusion_pytorch_model.safetensors"
LONG = 240.0
"""Seconds after which a test gives up; nothing is measured by it."""


def wait_until(condition: Callable[[], object], what: str) -> None:
    """Let the event loop run until something holds."""
    until = time.monotonic() + LONG
    while time.monotonic() < until:
        QCoreApplication.processEvents()
        if condition():
            return
        time.sleep(0.002)
    pytest.fail(f"waited in vain: {what}")


def spin(seconds: float = 0.1) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        QCoreApplication.processEvents()
        time.sleep(0.005)


def sha256_of(content: Content) -> str:
    return content.sha256() if isinstance(content, Pattern) else hashlib.sha256(content[:]).hexdigest()


def write_resources(folder: Path, files: Mapping[str, Content], name: str = NAME) -> Path:
    """Write a ``models.json`` that knows one published model with these files; return its folder."""
    folder.mkdir(exist_ok=True)
    (folder / "card.md").write_text("# A small model\n\nFor tests.\n", encoding="utf-8")
    listed = [
        {
            "role": role,
            "repository": key.rsplit("/", 1)[0],
            "file": key.rsplit("/", 1)[1],
            "revision": revision,
            "size": len(files[key]),
            "sha256": sha256_of(files[key]),
        }
        for role, key, revision in (("transformer", TRANSFORMER, None), ("vae", VAE, "ab" * 20))
    ]
    entries = {
        "copgen-mini": {"title": "COP-GEN mini", "embedded": True, "licence": "GPL"},
        name: {"title": "A model", "embedded": False, "licence": "None stated.", "card": "card.md", "files": listed},
    }
    (folder / "models.json").write_text(json.dumps(entries), encoding="utf-8")
    return folder


__all__ = ["NAME", "ROOT", "RUNTIME", "TRANSFORMER", "VAE", "Hub", "Pattern", "serving", "spin", "wait_until"]
