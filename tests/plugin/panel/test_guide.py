"""The first steps: from a fresh profile to the first picture, left and continued."""

from __future__ import annotations

from pathlib import Path

import copgen
import pytest
from panel_helpers import RUNTIME, Desk, delete_later, spin, wait_until
from qgis.core import QgsProject, QgsSettings


@pytest.fixture
def zoomed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Layers that QGIS was asked to show; pytest-qgis's interface cannot."""
    shown: list[str] = []
    monkeypatch.setattr(desk.iface, "zoomToActiveLayer", lambda: shown.append("layer"), raising=False)
    return shown


def test_the_scene_is_tried_with_one_click(desk: Desk, settings: QgsSettings, zoomed: list[str]) -> None:
    desk.click("copgenFirstSteps")
    section = desk.dock.first_steps
    assert section.isVisibleTo(desk.dock)
    assert section.texts["set_up"].text().endswith("(done)"), "a runtime is there"
    assert not section.end.isVisibleTo(desk.dock)
    section.buttons["model"].click()
    assert desk.plugin.models_dialog.isVisible()
    desk.plugin.models_dialog.close()
    section.buttons["try"].click()
    assert not section.buttons["try"].isEnabled(), "it goes on"
    record = desk.wait_for_end()
    assert record.state == "finished", record.message
    layer = QgsProject.instance().mapLayer(record.layers[0])
    assert layer.name() == "DEM hillshade (synthetic)"
    assert zoomed == ["layer"]
    scene = Path(QgsProject.instance().mapLayersByName("Bundled scene (simulated)")[0].source())
    assert scene.parent.name == "example", "not in the plugin's folder, which updates replace"
    spin()
    assert section.texts["try"].text().endswith("(done)")
    assert section.end.isVisibleTo(desk.dock) and section.isVisibleTo(desk.dock)
    assert settings.value("copgen/guide") == "done", "gone the next time QGIS starts"


def test_it_can_be_left_and_continued(
    desk: Desk, settings: QgsSettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    # Of a QGIS that has no runtime; the loaded plugin keeps its own.
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / "nothing"))
    desk.plugin.unload()
    delete_later()
    for turn, opened in (("first", True), ("closed", False)):
        plugin = copgen.classFactory(desk.iface)
        plugin.initGui()
        dock = plugin.dock
        assert dock.isHidden(), "it shows nothing by itself"
        assert dock.first_steps.isVisibleTo(dock) is opened, turn
        if opened:
            assert dock.first_steps.texts["set_up"].text() == "Set up the models' environment"
            assert not dock.first_steps.buttons["try"].isEnabled()
            dock.first_steps.buttons["set_up"].click()
            assert plugin.setup_dialog.isVisible()
            plugin.setup_dialog.close()
            dock.first_steps.leave.click()
            assert not dock.first_steps.isVisibleTo(dock)
        else:
            plugin.actions.by_name()["copgenFirstSteps"].trigger()
            assert dock.first_steps.isVisibleTo(dock)
            monkeypatch.setenv("COPGEN_PYTHON", str(RUNTIME))
            plugin.presenter.service.start()
            service = plugin.presenter.service
            wait_until(lambda service=service: service.status().state == "ready", "the runtime")
            spin()
            assert dock.first_steps.buttons["try"].isEnabled()
        plugin.unload()
        delete_later()
    plugin = copgen.classFactory(desk.iface)
    plugin.initGui()
    desk.plugin, desk.dock, desk.presenter = plugin, plugin.dock, plugin.presenter
    assert plugin.dock.first_steps.isVisibleTo(plugin.dock), "opened again, and not through"
