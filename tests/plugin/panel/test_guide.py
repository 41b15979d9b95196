"""The first steps, with a runtime: the bundled scene is tried with one click."""

from __future__ import annotations

from pathlib import Path

import pytest
from copgen.copgen_plugin.panel import guide
from panel_helpers import Desk, spin
from qgis.core import QgsProject, QgsSettings


@pytest.fixture
def zoomed(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Layers that QGIS was asked to show; pytest-qgis's interface cannot."""
    shown: list[str] = []
    monkeypatch.setattr(desk.iface, "zoomToActiveLayer", lambda: shown.append("layer"), raising=False)
    return shown


def test_the_scene_is_tried_with_one_click(
    desk: Desk, settings: QgsSettings, zoomed: list[str], scene: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert guide.SCENE.is_file()
    # The bundled one has many chips, and takes as many times as long.
    monkeypatch.setattr(guide, "SCENE", Path(scene["s2_l2a"]))
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
    assert section.texts["try"].text() == "Generating the hillshade of the bundled scene…"
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
