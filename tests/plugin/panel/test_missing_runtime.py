"""A QGIS without a runtime environment."""

from __future__ import annotations

from pathlib import Path

import copgen
import pytest
from panel_helpers import RUNTIME, Desk, delete_later, spin, wait_until


def test_without_a_runtime_the_panel_says_what_to_do(
    iface: object, settings: object, monkeypatch: pytest.MonkeyPatch, made: dict[str, str], tmp_path: Path
) -> None:
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "nothing"))
    settings.setValue("copgen/data_dir", str(tmp_path / "nothing"))  # type: ignore[attr-defined]
    plugin = copgen.classFactory(iface)
    plugin.initGui()
    desk = Desk(iface, plugin)
    plugin.actions.generate.trigger()
    banner = desk.dock.banner
    assert banner.isVisibleTo(desk.dock)
    assert "environment" in banner.sentence.text()
    assert banner.choose.isEnabled()
    assert desk.presenter.start() is None
    # The next step: the user chooses an interpreter.
    desk.presenter.choose_interpreter(str(RUNTIME))
    wait_until(lambda: desk.presenter.status().state == "ready", "the runtime")
    spin()
    assert not banner.isVisibleTo(desk.dock)
    assert desk.dock.targets.model.count() > 1
    assert "CPU" in desk.dock.running.device.text()
    plugin.unload()
    delete_later()
