"""A loaded plugin without an environment, and a small one to set up."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import copgen
import pytest
from copgen.copgen_plugin.runtime import managed
from copgen.copgen_plugin.setup import presenter
from qgis.core import QgsSettings

ROOT = Path(__file__).resolve().parents[3]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "plugin" / "panel")]
from panel_helpers import Desk, delete_later  # noqa: E402
from wheelhouse import make_proof, make_requirements, make_wheelhouse  # noqa: E402


@pytest.fixture
def bare(
    qgis_iface: Any,  # noqa: ANN401
    qgis_app: object,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Desk]:
    """QGIS with the plugin just installed: no environment, no settings."""
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    # Not by a setting: QGIS's settings may be shared with other tests that run at the same time.
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / "data"))
    for name in ("PIP_FIND_LINKS", "PIP_EXTRA_INDEX_URL"):
        monkeypatch.delenv(name, raising=False)
    store = QgsSettings()
    store.remove("copgen")
    plugin = copgen.classFactory(qgis_iface)
    plugin.initGui()
    yield Desk(qgis_iface, plugin)
    plugin.unload()
    delete_later()
    store.remove("copgen")


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have the set-up install made-up packages instead of gigabytes; the folder of their wheels."""
    requirements = make_requirements(tmp_path / "requirements")
    order = {"requirements": str(requirements), "proof": str(make_proof(tmp_path / "proof.py"))}
    monkeypatch.setattr(presenter, "ORDER", order)
    monkeypatch.setattr(managed, "REQUIREMENTS", requirements)
    return make_wheelhouse(tmp_path / "wheels")
