"""The service with the real child process, and jobs for it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from copgen.copgen_plugin.runtime.service import RuntimeService, get_service, shutdown_service

sys.path.insert(0, str(Path(__file__).parent))
from runtime_helpers import RUNTIME


@pytest.fixture(scope="module")
def one_child() -> Iterator[None]:
    """One child process for the tests of a file, where they do not end it."""
    shutdown_service()
    yield
    shutdown_service()


@pytest.fixture
def service(qgis_app: object, one_child: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[RuntimeService]:
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    monkeypatch.setenv("COPGEN_PYTHON", str(RUNTIME))
    service = get_service()
    yield service
    for run in service.runs():
        run.cancel()
        run.wait(5.0)


@pytest.fixture
def fresh_service(service: RuntimeService) -> RuntimeService:
    """A service that has not started its child."""
    shutdown_service()
    return get_service()


@pytest.fixture
def job(made: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """A job of a second, with a tiny random model."""
    return {
        "conditions": [{"modality": "s2_l2a", "path": made["source"]}],
        "generate": ["dem"],
        "model": str(Path(made["source"]).parents[1] / "tiny"),
        "output": str(tmp_path / "out"),
        "steps": 2,
    }


@pytest.fixture
def endless(job: dict[str, Any]) -> dict[str, Any]:
    """A job that does not end while a test lasts."""
    return {**job, "steps": 1000, "samples": 50}
