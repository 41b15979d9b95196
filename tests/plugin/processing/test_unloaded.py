"""The plugin is reloaded or updated while an algorithm of it runs."""

# ruff: noqa: ANN401

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

Copied = Callable[[str], str]
S2 = "coloc_terramind/433D_629L_3_1/S2L2A.tif"


class Unloading(QgsProcessingFeedback):
    """Unloads the plugin while the first part runs.

    Args:
        unload: does it.
    """

    def __init__(self, unload: Callable[[], None]) -> None:
        super().__init__(False)
        self.unload = unload
        self.infos: list[str] = []
        self.errors: list[str] = []

    def pushInfo(self, info: str) -> None:  # noqa: N802
        self.infos.append(info)

    def reportError(self, error: str, fatalError: bool = False) -> None:  # noqa: N802, N803
        self.errors.append(error)

    def setProgressText(self, text: str) -> None:  # noqa: N802
        self.unload()


@pytest.fixture
def unload(provider: Any) -> Iterator[Callable[[], None]]:
    """What the plugin does when it is unloaded."""
    from copgen.copgen_plugin.runtime.service import shutdown_service

    def end() -> None:
        provider.unload()
        shutdown_service()

    yield end
    provider.load()


def test_a_batch_ends_with_one_sentence(
    copied: Copied, provider: Any, unload: Callable[[], None], project: QgsProject, tmp_path: Path
) -> None:
    from copgen.copgen_plugin.runtime import service

    (tmp_path / "scenes").mkdir()
    for name in ("a.tif", "b.tif", "c.tif"):
        shutil.copy(copied(S2), tmp_path / "scenes" / name)
    algorithm = provider.algorithm("generatebatch").create()
    feedback = Unloading(unload)
    context = QgsProcessingContext()
    context.setProject(project)
    given = {"FOLDER": str(tmp_path / "scenes"), "OUTPUT_FOLDER": str(tmp_path / "results"), "STEPS": 500}
    assert algorithm.checkParameterValues(given, context) == (True, "")
    assert not algorithm.run(given, context, feedback)[1]
    assert [error for error in feedback.errors if "unloaded or updated" in error] == feedback.errors
    assert len(feedback.errors) == 1
    assert [name for name in ("a", "b", "c") if name in feedback.infos] == ["a"], "no further part begins"
    assert service._service is None, "no other service, of code that was replaced"
    ok, why = algorithm.checkParameterValues(given, context)
    assert not ok and "unloaded or updated" in why, "nor for a dialog that is still open"
    assert service._service is None
