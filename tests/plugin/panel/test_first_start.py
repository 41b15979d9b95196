"""The first steps in a QGIS that has no runtime: they are left, closed, opened again and continued."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import copgen
import pytest
from panel_helpers import RUNTIME, delete_later, spin, wait_until

Start = Callable[[], Any]


@pytest.fixture
def start(iface: object, settings: object, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Start]:
    """Start QGIS with the plugin, as it were; the one before ends."""
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / "nothing"))
    running: list[Any] = []

    def end() -> None:
        while running:
            running.pop().unload()
            delete_later()

    def begin() -> Any:  # noqa: ANN401
        end()
        running.append(copgen.classFactory(iface))
        running[0].initGui()
        return running[0]

    yield begin
    end()


def test_they_can_be_left_and_continued(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    plugin = start()
    dock, steps = plugin.dock, plugin.dock.first_steps
    assert dock.isHidden(), "nothing shows itself unasked"
    assert steps.isVisibleTo(dock)
    assert steps.texts["set_up"].text() == "Set up the models' environment"
    assert not steps.buttons["try"].isEnabled(), "not without a runtime"
    steps.buttons["set_up"].click()
    assert plugin.setup_dialog.isVisible()
    plugin.setup_dialog.close()
    plugin = start()
    assert plugin.dock.first_steps.isVisibleTo(plugin.dock), "left, not closed"
    plugin.dock.first_steps.leave.click()
    assert not plugin.dock.first_steps.isVisibleTo(plugin.dock)
    plugin = start()
    dock, steps = plugin.dock, plugin.dock.first_steps
    assert not steps.isVisibleTo(dock), "closed is closed"
    plugin.actions.by_name()["copgenFirstSteps"].trigger()
    assert steps.isVisibleTo(dock)
    monkeypatch.setenv("COPGEN_PYTHON", str(RUNTIME))
    service = plugin.presenter.service
    service.start()
    wait_until(lambda: service.status().state == "ready", "the runtime")
    spin()
    assert steps.texts["set_up"].text().endswith("(done)")
    assert steps.buttons["try"].isEnabled()
    plugin = start()
    assert plugin.dock.first_steps.isVisibleTo(plugin.dock), "opened again, and not through"
