"""Panel and project: saved settings, a project that is closed while a run goes on, layers without a file."""

from __future__ import annotations

from pathlib import Path

from copgen.copgen_plugin import settings
from copgen.copgen_plugin.panel.form import CANVAS, RECTANGLE, PanelForm
from osgeo import gdal
from panel_helpers import Desk, add_layer, wait_until
from qgis.core import QgsFeature, QgsGeometry, QgsProject, QgsRectangle, QgsVectorLayer
from qgis.gui import QgsMapToolPan


def test_settings_return_with_the_project(ready: Desk, tmp_path: Path) -> None:
    dock = ready.dock
    dock.conditions.rows[0].layer.setLayer(QgsProject.instance().mapLayersByName("valley")[0])
    dock.targets.boxes["s1_rtc"].click()
    dock.advanced.seed.setValue(7)
    dock.advanced.steps.setValue(3)
    dock.advanced.preset.setCurrentIndex(dock.advanced.preset.findData("fast"))
    dock.area.kind.setCurrentIndex(dock.area.kind.findData(CANVAS))
    saved = ready.presenter.form.to_dict()
    assert QgsProject.instance().isDirty()
    QgsProject.instance().write(str(tmp_path / "atlas.qgz"))
    QgsProject.instance().clear()
    assert ready.presenter.form.to_dict() == PanelForm().to_dict()
    assert dock.advanced.seed.value() == 0
    assert dock.conditions.rows[0].layer.currentText() == "Choose a raster layer"
    QgsProject.instance().read(str(tmp_path / "atlas.qgz"))
    assert ready.presenter.form.to_dict() == saved
    assert dock.advanced.seed.value() == 7
    assert dock.advanced.preset.currentText() == "Fast: 8 to 10 steps"
    assert dock.targets.boxes["s1_rtc"].isChecked()
    assert dock.conditions.rows[0].layer.currentLayer().name() == "valley"
    assert not QgsProject.instance().isDirty(), "to show settings is no change"
    assert ready.presenter.service.child_pid() == 0 or ready.presenter.status().state != "missing"


def test_settings_that_cannot_be_read_are_left_out(ready: Desk) -> None:
    unreadable = '{"steps": "many", "preset": "quick", "area": {"kind": 3}, "conditions": [5]}'
    QgsProject.instance().writeEntry("copgen", "panel", unreadable)
    assert PanelForm.from_dict(settings.read_project_form(QgsProject.instance())).to_dict() == PanelForm().to_dict()
    QgsProject.instance().writeEntry("copgen", "panel", "nonsense")
    assert settings.read_project_form(QgsProject.instance()) == {}


def test_a_run_of_a_closed_project_is_offered(ready: Desk, scene: dict[str, str]) -> None:
    ready.dock.conditions.rows[0].layer.setLayer(QgsProject.instance().mapLayersByName("valley")[0])
    ready.presenter.form.steps = 60
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    QgsProject.instance().clear()
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    assert QgsProject.instance().mapLayers() == {}, "not into a project that did not ask for it"
    assert record.folder in ready.message()
    assert list(Path(record.folder).glob("*.tif"))
    ready.press_in_message("Add to this project")
    (layer,) = QgsProject.instance().mapLayers().values()
    assert layer.name() == "DEM hillshade (synthetic)"


def test_a_run_of_a_project_that_is_opened_again_comes_home(ready: Desk, tmp_path: Path) -> None:
    ready.dock.conditions.rows[0].layer.setLayer(QgsProject.instance().mapLayersByName("valley")[0])
    QgsProject.instance().write(str(tmp_path / "atlas.qgz"))
    ready.presenter.form.steps = 60
    ready.dock.running.run.click()
    ready.wait_for_stage("denoise")
    QgsProject.instance().clear()
    QgsProject.instance().read(str(tmp_path / "atlas.qgz"))
    record = ready.wait_for_end()
    assert [QgsProject.instance().mapLayer(name).isValid() for name in record.layers] == [True]


def test_a_layer_without_a_file_is_exported_first(ready: Desk, scene: dict[str, str]) -> None:
    gdal.FileFromMemBuffer("/vsimem/scene.tif", Path(scene["s2_l2a"]).read_bytes())
    source = add_layer("/vsimem/scene.tif", "in memory")
    ready.dock.conditions.rows[0].layer.setLayer(source)
    assert "exported first" in ready.dock.conditions.rows[0].found.text()
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    (path,) = record.job["conditions"][0]["path"]
    assert path.endswith("in_memory.tif"), "the tags name the layer"
    assert not Path(path).exists(), "the export is temporary"
    assert QgsProject.instance().mapLayer(record.layers[0]).extent() == source.extent()


def test_edits_during_the_export_leave_the_run_alone(ready: Desk, scene: dict[str, str]) -> None:
    path = "/vsimem/lake.tif"
    gdal.Translate(path, scene["s2_l2a"])
    ready.dock.conditions.rows[0].layer.setLayer(add_layer(path, "lake"))
    ready.presenter.form.seed = 5
    record = ready.presenter.start()
    assert record is not None
    assert record.run is None, "still exporting"
    ready.presenter.form.seed = 6
    QgsProject.instance().clear()
    assert ready.wait_for_end().state == "finished", record.message
    assert record.job["seed"] == 5
    assert record.job["conditions"][0]["modality"] == "s2_l2a"
    gdal.Unlink(path)


def test_a_drawn_rectangle_limits_the_area(ready: Desk) -> None:
    source = QgsProject.instance().mapLayersByName("valley")[0]
    ready.dock.conditions.rows[0].layer.setLayer(source)
    canvas = ready.iface.mapCanvas()
    canvas.setDestinationCrs(source.crs())
    before = QgsMapToolPan(canvas)
    canvas.setMapTool(before)
    area = ready.dock.area
    area.kind.setCurrentIndex(area.kind.findData(RECTANGLE))
    tool = canvas.mapTool()
    assert area.draw.isChecked()
    corner = source.extent()
    drawn = QgsRectangle(corner.xMinimum(), corner.yMinimum(), corner.xMinimum() + 1000, corner.yMinimum() + 1500)
    tool.extentChanged.emit(drawn)
    assert not area.draw.isChecked()
    assert canvas.mapTool() is before, "the tool from before is back"
    wait_until(lambda: "1 chip" in area.estimate.text(), "the estimate")
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    assert QgsProject.instance().mapLayer(record.layers[0]).extent() == drawn
    # Whoever takes another tool instead of drawing keeps that one.
    area.draw.click()
    assert canvas.mapTool() is not before
    other = QgsMapToolPan(canvas)
    canvas.setMapTool(other)
    assert not area.draw.isChecked()
    area.draw.click()
    area.draw.click()
    assert canvas.mapTool() is other
    canvas.unsetMapTool(other)


def test_a_run_made_again_is_of_what_the_map_showed(ready: Desk) -> None:
    source = QgsProject.instance().mapLayersByName("valley")[0]
    ready.dock.conditions.rows[0].layer.setLayer(source)
    canvas, area = ready.iface.mapCanvas(), ready.dock.area
    canvas.setDestinationCrs(source.crs())
    corner = source.extent()
    canvas.setExtent(QgsRectangle(corner.xMinimum(), corner.yMinimum(), corner.center().x(), corner.center().y()))
    area.kind.setCurrentIndex(area.kind.findData(CANVAS))
    ready.dock.running.run.click()
    first = ready.wait_for_end()
    assert first.state == "finished", first.message
    canvas.setExtent(corner)
    ready.presenter.run_again(first, new_seed=True)
    second = ready.wait_for_end()
    assert second is not first and second.state == "finished", second.message
    assert second.job["bounds"] == first.job["bounds"]
    assert second.job["seed"] != first.job["seed"]


def test_polygons_mask_the_result(ready: Desk) -> None:
    source = QgsProject.instance().mapLayersByName("valley")[0]
    ready.dock.conditions.rows[0].layer.setLayer(source)
    extent = source.extent()
    west, south = extent.xMinimum(), extent.yMinimum()
    # The field that a GeoPackage keeps for itself, and twice the same number in it.
    polygons = QgsVectorLayer(f"Polygon?crs={source.crs().authid()}&field=fid:integer", "fields", "memory")
    feature = QgsFeature(polygons.fields())
    feature.setAttributes([7])
    triangle = f"POLYGON(({west} {south}, {west + 1000} {south}, {west} {south + 1000}, {west} {south}))"
    feature.setGeometry(QgsGeometry.fromWkt(triangle))
    polygons.dataProvider().addFeatures([feature, feature])
    assert [entry["fid"] for entry in polygons.getFeatures()] == [7, 7]
    polygons.updateExtents()
    QgsProject.instance().addMapLayer(polygons)
    area = ready.dock.area
    area.kind.setCurrentIndex(area.kind.findData("polygons"))
    assert ready.presenter.start() is None
    assert "polygon layer" in ready.message()
    area.polygons.setLayer(polygons)
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    layer = QgsProject.instance().mapLayer(record.layers[0])
    assert layer.extent() == QgsRectangle(west, south, west + 1000, south + 1000)
    provider = layer.dataProvider()
    assert provider.sample(QgsRectangle(west, south, west + 100, south + 100).center(), 1)[1]
    assert not provider.sample(QgsRectangle(west + 900, south + 900, west + 1000, south + 1000).center(), 1)[1]
    assert not Path(record.job["mask"]).exists()


def test_single_band_layers_of_one_modality_are_joined(ready: Desk, scene: dict[str, str], tmp_path: Path) -> None:
    layers = []
    for number, band in enumerate(("B04", "B03", "B02"), start=1):
        path = tmp_path / f"T32TPS_{band}.tif"
        gdal.Translate(str(path), scene["s2_l2a"], bandList=[number])
        layers.append(add_layer(path, band))
    ready.select(*layers)
    ready.click("copgenGenerate")
    for row in range(3):
        combo = ready.dock.conditions.rows[row].modality
        combo.setCurrentIndex(combo.findData("s2_l2a"))
    ready.presenter.form.steps = 1
    ready.dock.running.run.click()
    record = ready.wait_for_end()
    assert record.state == "finished", record.message
    (condition,) = record.job["conditions"]
    # In the order of the layer tree, where the last one added is on top.
    assert [Path(path).name for path in condition["path"]] == ["T32TPS_B02.tif", "T32TPS_B03.tif", "T32TPS_B04.tif"]
    assert record.run.result["recognised"]["s2_l2a"]["bands"] == [3, 2, 1]


def test_the_folder_for_results_can_be_chosen(ready: Desk, tmp_path: Path) -> None:
    folder = ready.dock.advanced.folder
    ready.dock.load()
    assert folder.filePath() == str(tmp_path / "results")
    folder.setFilePath(str(tmp_path / "elsewhere"))
    assert settings.output_dir() == tmp_path / "elsewhere"
