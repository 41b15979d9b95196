"""The panel, driven as a user would."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest
from osgeo import gdal
from panel_helpers import RUNTIME, Desk, spin, wait_until
from qgis.core import QgsProject, QgsRasterLayer
from qgis.PyQt.QtCore import QElapsedTimer, QTimer


def choose_layer(desk: Desk, name: str = "valley") -> QgsRasterLayer:
    layer = QgsProject.instance().mapLayersByName(name)[0]
    desk.dock.show()
    desk.dock.conditions.rows[0].layer.setLayer(layer)
    return layer


def test_choose_run_and_the_layer_appears(ready: Desk, tmp_path: Path) -> None:
    source = choose_layer(ready)
    assert ready.dock.conditions.rows[0].modality.currentText() == "Sentinel-2 L2A"
    wait_until(lambda: "chip" in ready.dock.area.estimate.text(), "the estimate")
    assert "memory" in ready.dock.area.estimate.text()
    assert "Bands 1, 2, 3" in ready.dock.conditions.rows[0].found.text()
    ready.dock.running.run.click()
    assert ready.dock.running.cancel.isEnabled()
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    (layer_id,) = record.layers
    layer = QgsProject.instance().mapLayer(layer_id)
    assert layer.name() == "DEM hillshade (synthetic)"
    assert layer.extent() == source.extent()
    assert layer.crs() == source.crs()
    assert layer.renderer().type() == "singlebandgray"
    root = QgsProject.instance().layerTreeRoot()
    group, below = root.children()
    assert group.name() == "DEM hillshade from valley"
    assert below.layer() == source
    # The project has no folder of its own, so the message names the one that was used.
    assert str(tmp_path / "results") in ready.message()
    assert Path(layer.source()).parent.parent == tmp_path / "results"
    assert not ready.dock.running.cancel.isEnabled()
    assert "per chip" in ready.dock.running.device.text()


def test_the_fast_preset_takes_less_time_and_is_told(ready: Desk) -> None:
    ready.presenter.form.steps = 0
    choose_layer(ready)
    wait_until(lambda: ready.presenter.inspector.answer.get("steps") == 4, "the model's own number")
    preset = ready.dock.advanced.preset
    preset.setCurrentIndex(preset.findData("fast"))
    wait_until(lambda: ready.presenter.inspector.answer.get("steps") == 2, "the preset's number")
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    found = gdal.Open(QgsProject.instance().mapLayer(record.layers[0]).source()).GetMetadata()
    assert (found["COPGEN_SOLVER"], found["COPGEN_STEPS"]) == ("fast", "2")


def test_results_of_a_saved_project_lie_beside_it(ready: Desk, tmp_path: Path) -> None:
    QgsProject.instance().write(str(tmp_path / "atlas.qgz"))
    choose_layer(ready)
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    layer = QgsProject.instance().mapLayer(record.layers[0])
    assert Path(layer.source()).parent == tmp_path / "copgen" / "valley_dem_1"
    assert str(tmp_path) not in ready.message()


def test_progress_stage_and_preview_are_shown(ready: Desk) -> None:
    choose_layer(ready)
    ready.presenter.form.steps = 60
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    dock = ready.dock
    wait_until(lambda: dock.running.preview.isVisibleTo(dock), "a preview")
    assert dock.running.stage.text().startswith("Denoising")
    assert 0 < dock.running.progress.value() < dock.running.progress.maximum()
    assert not dock.running.preview.pixmap().isNull()
    ready.wait_for_end()
    assert not dock.running.preview.isVisibleTo(dock)


def test_cancel_from_the_panel(ready: Desk, tmp_path: Path) -> None:
    choose_layer(ready)
    ready.presenter.form.steps, ready.presenter.form.samples = 1000, 50
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    ready.dock.running.cancel.click()
    record = ready.wait_for_end()
    assert record.state == "cancelled"
    assert not Path(record.folder).exists(), "no partial files, no empty folder"
    assert len(QgsProject.instance().mapLayers()) == 1
    assert "cancelled" in ready.dock.history.list.item(0).text()
    assert ready.message() == "", "who cancels knows it"


@pytest.mark.parametrize("ending", ["cancelled", "failed"])
def test_samples_finished_before_the_end_are_told(ready: Desk, ending: str) -> None:
    choose_layer(ready)
    ready.presenter.form.steps, ready.presenter.form.samples = 40, 50
    ready.dock.running.run.click()
    folder = Path(ready.presenter.records[0].folder)
    wait_until(lambda: list(folder.glob("*.tif")), "the first sample")
    if ending == "cancelled":
        ready.dock.running.cancel.click()
    else:
        os.kill(ready.presenter.service.child_pid(), signal.SIGKILL)
    record = ready.wait_for_end()
    assert record.state == ending
    kept = list(folder.glob("*.tif"))
    assert kept
    assert f"{len(kept)} finished result(s) are kept in {folder}" in ready.message()
    assert record.message in ready.message()
    assert len(QgsProject.instance().mapLayers()) == 1


def test_progress_reads_no_files(ready: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    choose_layer(ready)
    ready.dock.guide.open()
    ready.presenter.form.steps = 60
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    from copgen.copgen_plugin.runtime import interpreter
    from copgen.copgen_plugin.setup import presenter as setup
    from copgen.copgen_plugin.store import store

    read: list[str] = []

    def watch(module: object, name: str) -> None:
        function = getattr(module, name)
        monkeypatch.setattr(module, name, lambda *given: (read.append(name), function(*given))[1])

    for module, name in (
        (setup, "read_marker"),
        (setup, "environment_state"),
        (setup, "find_interpreter"),
        (interpreter, "environment_state"),
        (store, "state_of"),
    ):
        watch(module, name)
    progress = ready.presenter.active().run.progress
    for _ in range(5):
        ready.presenter.runs_changed.emit()
    assert read == []
    assert progress is not None
    ready.dock.show_runtime()
    assert "read_marker" in read, "when the state changes"
    ready.wait_for_end()


def test_killed_child_is_told_in_a_sentence(ready: Desk) -> None:
    choose_layer(ready)
    ready.presenter.form.steps, ready.presenter.form.samples = 1000, 50
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    os.kill(ready.presenter.service.child_pid(), signal.SIGKILL)
    record = ready.wait_for_end()
    assert record.state == "failed"
    assert record.message in ready.message()
    assert "Traceback" not in record.message
    ready.press_in_message("Show log")
    # And the next run starts another child.
    ready.presenter.form.steps, ready.presenter.form.samples = 1, 1
    ready.dock.running.run.click()
    assert ready.wait_for_end().state == "finished"


def test_removing_the_input_layer_does_not_stop_the_run(ready: Desk) -> None:
    source = choose_layer(ready)
    ready.presenter.form.steps = 60
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    QgsProject.instance().removeMapLayer(source.id())
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    assert QgsProject.instance().mapLayer(record.layers[0]).isValid()
    assert ready.presenter.form.conditions[0].layer_id == ""


def test_again_and_new_seed(ready: Desk) -> None:
    choose_layer(ready)
    ready.dock.running.run.click()
    ready.wait_for_end()
    ready.dock.history.again.click()
    second = ready.wait_for_end()
    ready.dock.history.list.setCurrentRow(0)
    ready.dock.history.seed.click()
    third = ready.wait_for_end()
    assert [record.state for record in ready.presenter.records] == ["finished"] * 3
    assert second.form.seed == 0
    assert third.form.seed != 0
    assert third.folder != second.folder
    ready.dock.history.settings.click()
    text = ready.dock.findChild(object, "copgenSettingsView").text.toPlainText()
    assert f"seed: {third.form.seed}" in text


def test_two_runs_wait_for_each_other(ready: Desk) -> None:
    choose_layer(ready)
    ready.dock.running.run.click()
    ready.dock.running.run.click()
    assert len([record for record in ready.presenter.records if not record.ended]) == 2
    ready.wait_for_end()
    first, second = ready.presenter.records
    assert first.state == second.state == "finished"
    assert first.folder != second.folder


def test_event_loop_is_not_blocked(ready: Desk, capsys: pytest.CaptureFixture[str]) -> None:
    choose_layer(ready)
    ready.dock.running.run.click()
    ready.wait_for_end()
    clock, gaps = QElapsedTimer(), []
    clock.start()
    timer = QTimer()
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    timer.start(0)
    ready.presenter.form.steps = 40
    ready.dock.running.run.click()
    ready.wait_for_end()
    timer.stop()
    with capsys.disabled():
        print(f"\nlongest gap of QGIS's event loop during a run: {max(gaps)} ms of {len(gaps)} turns")
    assert gaps


def test_an_old_problem_goes_once_the_runtime_is_repaired(ready: Desk) -> None:
    choose_layer(ready)
    inspector = ready.presenter.inspector
    wait_until(lambda: not inspector.busy, "the inspection")
    os.kill(ready.presenter.service.child_pid(), signal.SIGKILL)
    wait_until(lambda: ready.presenter.status().state == "died", "the end of the child")
    spin()
    inspector.problem = "The environment is broken."
    ready.presenter.service.start()
    wait_until(lambda: ready.presenter.status().state == "ready", "the runtime")
    wait_until(lambda: inspector.answer and not inspector.busy, "another answer")
    assert inspector.problem == ""
    inspector.problem = "The environment is broken."
    ready.presenter.choose_interpreter(str(RUNTIME))
    wait_until(lambda: inspector.answer and not inspector.busy, "another answer")
    assert inspector.problem == ""


def test_bad_input_is_told_before_the_run(ready: Desk, tmp_path: Path) -> None:
    layer = choose_layer(ready)
    Path(layer.source()).unlink()
    ready.dock.area.changed.emit()
    wait_until(lambda: not ready.presenter.inspector.busy, "the inspection")
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    assert record.state == "failed"
    assert "s2_l2a.tif" in ready.message()
    spin()
