"""One click on a layer: which conditions it makes, and when it starts."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from copgen.copgen_plugin.layers.source import LayerError
from copgen.copgen_plugin.panel.form import PanelForm
from copgen.copgen_plugin.panel.one_click import TASKS, Guess, fill_form
from copgen.copgen_plugin.panel.preparation import join_conditions
from copgen.model_runtime.contract import Condition
from panel_helpers import Desk, add_layer, wait_until
from qgis.core import QgsProject

DEM, L2A, L1C, S1, S2 = TASKS


def filled(task: object, *guesses: Guess) -> tuple[PanelForm, str]:
    form = PanelForm()
    return form, fill_form(form, task, guesses)  # type: ignore[arg-type]


def test_one_layer_that_nothing_tells_is_what_the_task_needs() -> None:
    form, obstacle = filled(S2, Guess("a", "image", None))
    assert [entry.modality for entry in form.conditions] == ["s1_rtc"]
    assert form.wanted() == ["s2_l2a"]
    assert not obstacle


def test_the_level_of_a_lone_sentinel2_layer_is_the_tasks() -> None:
    form, obstacle = filled(L2A, Guess("a", "image", "s2_l2a"))
    assert [entry.modality for entry in form.conditions] == ["s2_l1c"]
    assert not obstacle
    _, obstacle = filled(L2A, Guess("a", "S2A_MSIL2A", "s2_l2a", sure=True))
    assert "S2A_MSIL2A" in obstacle
    assert "already" in obstacle


def test_several_layers_become_several_conditions() -> None:
    form, obstacle = filled(DEM, Guess("a", "optical", "s2_l2a"), Guess("b", "radar", "s1_rtc"))
    assert [(entry.layer_id, entry.modality) for entry in form.conditions] == [("a", "s2_l2a"), ("b", "s1_rtc")]
    assert form.wanted() == ["dem"]
    assert not obstacle


def test_the_wrong_layer_is_told_with_what_was_found() -> None:
    _, obstacle = filled(DEM, Guess("a", "radar", "s1_rtc"))
    assert "Sentinel-1 RTC" in obstacle
    assert "Sentinel-2 L2A" in obstacle
    _, obstacle = filled(DEM, Guess("a", "hills", "dem"))
    assert "hills" in obstacle


def test_nothing_selected_says_what_to_do() -> None:
    _, obstacle = filled(DEM)
    assert "Select a raster layer" in obstacle


def test_one_click_on_one_layer(desk: Desk, tiny: str, scene: dict[str, str]) -> None:
    source = add_layer(scene["s2_l2a"], "valley")
    desk.presenter.form.model = tiny
    desk.select(source)
    desk.click("copgenDemFromS2")
    assert desk.dock.isVisible() or desk.dock.isVisibleTo(desk.iface.mainWindow())
    record = desk.wait_for_end()
    assert record.state == "finished", record.message
    layer = QgsProject.instance().mapLayer(record.layers[0])
    assert layer.extent() == source.extent()
    assert desk.iface.layerTreeView().selectedLayersRecursive() == [source], "the selection is kept"


def test_the_panel_keeps_what_is_filled_in(ready: Desk, scene: dict[str, str]) -> None:
    layer = QgsProject.instance().mapLayersByName("valley")[0]
    ready.dock.conditions.rows[0].layer.setLayer(layer)
    ready.presenter.form.seed, ready.presenter.form.samples = 5, 3
    ready.presenter.form.conditions[0].offset = "-1000"
    filled = ready.presenter.form.to_dict()
    ready.select(layer)
    ready.presenter.one_click(None, [layer])
    assert ready.presenter.form.to_dict() == filled, "the same layer: nothing changes"
    other = add_layer(scene["dem"], "relief")
    ready.presenter.one_click(None, [other])
    form = ready.presenter.form
    assert [entry.layer_id for entry in form.conditions] == [other.id()]
    assert (form.seed, form.samples, form.steps) == (5, 3, filled["steps"])


def test_layers_of_one_modality_are_corrected_alike() -> None:
    def given(number: int, offset: str) -> Condition:
        return Condition("s2_l2a", [f"{number}.tif"], offset=offset)

    sources = [SimpleNamespace(bands=["Band 1"])] * 3
    joined = join_conditions([given(number, "-1000") for number in range(3)], sources)
    assert [entry.path for entry in joined] == [["0.tif", "1.tif", "2.tif"]]
    with pytest.raises(LayerError, match="corrected differently"):
        join_conditions([given(0, "auto"), given(1, "-1000"), given(2, "auto")], sources)


def test_one_click_on_two_layers(desk: Desk, tiny: str, scene: dict[str, str]) -> None:
    optical, radar = add_layer(scene["s2_l2a"], "optical"), add_layer(scene["s1_rtc"], "radar")
    desk.presenter.form.model = tiny
    desk.select(optical, radar)
    desk.click("copgenDemFromS2")
    record = desk.wait_for_end()
    assert record.state == "finished", record.message
    assert sorted(entry["modality"] for entry in record.job["conditions"]) == ["s1_rtc", "s2_l2a"]
    rows = desk.dock.conditions.rows
    assert len(rows) == 2
    wait_until(lambda: all(row.found.text() for row in rows), "what was recognised")
    assert {row.modality.currentText() for row in rows} == {"Sentinel-2 L2A", "Sentinel-1 RTC"}


def test_what_was_recognised_can_be_corrected(desk: Desk, tiny: str, scene: dict[str, str]) -> None:
    desk.presenter.form.model = tiny
    source = add_layer(scene["s2_l2a"], "valley")
    desk.select(source)
    desk.click("copgenGenerate")
    row = desk.dock.conditions.rows[0]
    wait_until(lambda: desk.dock.conditions.rows[0].found.text(), "what was recognised")
    row = desk.dock.conditions.rows[0]
    row.correct.click()
    edits = row.corrections
    assert edits.isVisibleTo(desk.dock)
    assert [combo.itemText(0) for combo in edits.bands] == [f"as recognised (band {n})" for n in (1, 2, 3)]
    edits.bands[0].setCurrentIndex(3)
    edits.offset.setText("-1000")
    edits.offset.editingFinished.emit()
    assert desk.presenter.form.conditions[0].bands == "3,2,3"
    assert desk.presenter.form.conditions[0].offset == "-1000"
    desk.dock.running.run.click()
    record = desk.wait_for_end()
    assert record.state == "finished", record.message
    assert record.job["conditions"][0]["bands"] == ["3", "2", "3"]
    recognised = record.run.result["recognised"]["s2_l2a"]
    assert recognised["bands_source"] == "user"
    assert recognised["offset_source"] == "user"


def test_one_band_can_be_corrected_before_the_others_are_recognised(
    desk: Desk, tiny: str, scene: dict[str, str]
) -> None:
    desk.presenter.form.model = tiny
    desk.dock.conditions.rows[0].layer.setLayer(add_layer(scene["s2_l2a"], "valley"))
    edits = desk.dock.conditions.rows[0].corrections
    edits.bands[0].setCurrentIndex(3)
    bands = len(edits.bands)
    assert desk.presenter.form.conditions[0].bands == ",".join(["3"] + ["0"] * (bands - 1))
    assert "all bands" in desk.presenter.problem()
    assert edits.bands[0].currentData() == 3
    wait_until(lambda: not desk.presenter.problem(), "the other bands")
    assert desk.presenter.form.conditions[0].bands == "3,2,3"
    wait_until(lambda: not desk.presenter.inspector.busy, "the second answer")
    assert desk.presenter.inspector.problem == ""


def test_all_three_places_offer_the_same_actions(desk: Desk) -> None:
    names = [action.objectName() for action in desk.plugin.actions.all()]
    assert names == [
        "copgenDemFromS2", "copgenL2aFromL1c", "copgenL1cFromL2a", "copgenS1FromS2", "copgenS2FromS1", "copgenGenerate",
    ]  # fmt: skip
    toolbar = [action.objectName() for action in desk.plugin.actions.toolbar.actions()]
    assert toolbar == names
    assert [button.defaultAction().objectName() for button in desk.dock.shortcuts] == names[:-1]
    assert all(not action.icon().isNull() and action.statusTip() for action in desk.plugin.actions.all())
