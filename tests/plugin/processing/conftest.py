"""The provider in QGIS, with the real runtime behind it."""

# ruff: noqa: ANN401

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsApplication, QgsProcessingContext, QgsProcessingFeedback, QgsProject

ROOT = Path(__file__).resolve().parents[3]
RUNTIME = ROOT / ".venv" / "bin" / "python"
Run = Callable[..., dict[str, Any]]


class Told(QgsProcessingFeedback):
    """Keeps what the user is told."""

    def __init__(self) -> None:
        super().__init__(False)
        self.errors: list[str] = []
        self.warnings: list[str] = []
        self.infos: list[str] = []
        self.stages: list[str] = []
        self.shares: list[float] = []

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.errors.append(error)

    def pushWarning(self, warning: str) -> None:  # noqa: N802
        self.warnings.append(warning)

    def pushInfo(self, info: str) -> None:  # noqa: N802
        self.infos.append(info)

    def setProgressText(self, text: str) -> None:  # noqa: N802
        self.stages.append(text)

    def setProgress(self, progress: float) -> None:  # noqa: N802
        self.shares.append(progress)


@pytest.fixture(scope="session")
def runtime() -> Iterator[None]:
    """The runtime of the checkout; its process ends with the tests."""
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    os.environ["COPGEN_PYTHON"] = str(RUNTIME)
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    yield
    from copgen.copgen_plugin.runtime.service import shutdown_service

    shutdown_service()


@pytest.fixture(scope="module")
def provider(qgis_processing: None, runtime: None) -> Iterator[Any]:
    """The registered provider, for one file of tests: others load the whole plugin."""
    from copgen.copgen_plugin.processing.provider import CopGenProvider

    provider = CopGenProvider()
    assert QgsApplication.processingRegistry().addProvider(provider)
    yield provider
    QgsApplication.processingRegistry().removeProvider(provider)


@pytest.fixture
def project() -> Iterator[QgsProject]:
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
def run(provider: Any, told: Told) -> Run:
    """Run an algorithm as a script would: one step, into a temporary file unless told otherwise."""
    import processing

    def call(name: str, context: QgsProcessingContext | None = None, **parameters: Any) -> dict[str, Any]:
        given = {"STEPS": 1, **parameters}
        if not name.startswith("generate"):
            given.setdefault("OUTPUT", "TEMPORARY_OUTPUT")
        return dict(processing.run(f"copgen:{name}", given, feedback=told, context=context))

    return call
