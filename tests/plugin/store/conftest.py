"""A hub on this machine, a user's folder of their own, and a published model that the hub has."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
from copgen.copgen_plugin.store import catalogue, transfer
from store_helpers import TRANSFORMER, VAE, Hub, Pattern, serving, write_resources


@pytest.fixture
def data(qgis_app: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder; what is waited for between attempts is short."""
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(transfer, "WAITS", (10, 20))
    return tmp_path / "data"


@pytest.fixture
def hub(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    """Serves files of the published names, small and of no meaning."""
    files = {TRANSFORMER: Pattern(3_000_000), VAE: Pattern(1_234_567)}
    monkeypatch.setattr(catalogue, "RESOURCES", write_resources(tmp_path / "resources", files))
    with serving(Hub(files)) as hub:
        yield hub
