"""Results in the project: where the files go, where the layers go, how they look and what they say."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from copgen.copgen_plugin.layers.results import (
    add_results,
    discard_folder,
    load_result,
    open_files,
    project_folder,
    result_folder,
    same_name,
)
from copgen.copgen_plugin.layers.source import LayerError
from copgen.copgen_plugin.layers.style import style_layer
from qgis.core import (
    QgsContrastEnhancement,
    QgsLayerTree,
    QgsLayerTreeModel,
    QgsMultiBandColorRenderer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsSingleBandGrayRenderer,
    QgsSingleBandPseudoColorRenderer,
    QgsVectorLayer,
)
from qgis.gui import QgsLayerTreeMapCanvasBridge, QgsLayerTreeView, QgsMapCanvas
from qgis.PyQt.QtCore import QCoreApplication

PRODUCTS = {"dem": "hillshade", "s1_rtc": "thumbnail", "s2_l1c": "reflectance"}
NAMES = {
    "dem": "DEM hillshade (synthetic)",
    "s1_rtc": "Sentinel-1 RTC (synthetic)",
    "s2_l1c": "Sentinel-2 L1C (synthetic)",
}


@pytest.fixture
def project() -> Iterator[QgsProject]:
    instance = QgsProject.instance()
    instance.clear()
    yield instance
    instance.clear()


@pytest.fixture
def run(made: dict[str, Any], tmp_path: Path) -> dict[str, Any]:
    """A finished run in a folder of its own, as the runtime tells it."""
    outputs = []
    for modality, product in PRODUCTS.items():
        path = tmp_path / "run" / Path(made[modality]).name
        path.parent.mkdir(exist_ok=True)
        shutil.copyfile(made[modality], path)
        outputs.append({"modality": modality, "product": product, "sample": 1, "path": str(path)})
    return {"outputs": outputs, "model": "tiny", "seed": 0, "steps": 1}


def test_results_go_beside_the_project(project: QgsProject, tmp_path: Path) -> None:
    fallback = tmp_path / "Documents" / "copgen"
    assert result_folder(project, "Müller/a: b", "dem", fallback) == fallback / "Müller_a_b_dem_1", "unsaved"
    (tmp_path / "work").mkdir()
    assert project.write(str(tmp_path / "work" / "p.qgz"))
    first = result_folder(project, "scene", "dem", fallback)
    second = result_folder(project, "scene", "dem", fallback)
    assert first == tmp_path / "work" / "copgen" / "scene_dem_1"
    assert second == tmp_path / "work" / "copgen" / "scene_dem_2", "never over what is there"
    discard_folder(second)
    assert not second.exists()
    (first / "something.tif").touch()
    discard_folder(first)
    assert first.exists()


def test_a_project_in_a_database_has_no_folder(project: QgsProject, tmp_path: Path) -> None:
    database = str(tmp_path / "projects.gpkg")
    layer = QgsVectorLayer("Point?crs=EPSG:4326", "p", "memory")
    from qgis.core import QgsCoordinateTransformContext, QgsVectorFileWriter

    options = QgsVectorFileWriter.SaveVectorOptions()
    QgsVectorFileWriter.writeAsVectorFormatV3(layer, database, QgsCoordinateTransformContext(), options)
    assert project.write(f"geopackage:{database}?projectName=one")
    assert project_folder(project) is None
    assert result_folder(project, "scene", "dem", tmp_path / "else").parent == tmp_path / "else"


def test_a_project_in_a_read_only_folder(project: QgsProject, tmp_path: Path) -> None:
    project.setFileName("/proc/self/p.qgz")
    assert result_folder(project, "scene", "dem", tmp_path / "else") == tmp_path / "else" / "scene_dem_1"
    with pytest.raises(LayerError, match="settings"):
        result_folder(project, "scene", "dem", Path("/proc/self/nowhere"))


def limits(enhancement: QgsContrastEnhancement) -> tuple[float, float]:
    return enhancement.minimumValue(), enhancement.maximumValue()


def test_each_product_has_its_look_and_nothing_is_computed_for_it(run: dict[str, Any]) -> None:
    layers = {o["modality"]: load_result(o["path"], o["modality"], o["product"]) for o in run["outputs"]}
    grey = layers["dem"].renderer()
    assert isinstance(grey, QgsSingleBandGrayRenderer)
    assert limits(grey.contrastEnhancement()) == (1, 255)
    colour = layers["s2_l1c"].renderer()
    assert isinstance(colour, QgsMultiBandColorRenderer)
    assert (colour.redBand(), colour.greenBand(), colour.blueBand()) == (1, 2, 3)
    assert limits(colour.redContrastEnhancement()) == limits(colour.blueContrastEnhancement()) == (0, 0.3)
    composite = layers["s1_rtc"].renderer()
    assert isinstance(composite, QgsMultiBandColorRenderer)
    assert composite.redContrastEnhancement() is None, "8-bit colours are shown as they are"
    folder = Path(run["outputs"][0]["path"]).parent
    assert not list(folder.glob("*.aux.xml")), "QGIS writes its statistics there when it computes some"


def test_elevations_have_a_ramp(run: dict[str, Any]) -> None:
    layer = QgsRasterLayer(run["outputs"][0]["path"], "elevation")
    style_layer(layer, "dem", "elevation")
    ramp = layer.renderer().shader().rasterShaderFunction()
    assert isinstance(layer.renderer(), QgsSingleBandPseudoColorRenderer)
    assert (ramp.minimumValue(), ramp.maximumValue()) == (-10, 5000)
    assert len(ramp.colorRampItemList()) > 5


def test_a_result_opened_by_hand_looks_the_same(run: dict[str, Any]) -> None:
    output = run["outputs"][0]
    load_result(output["path"], output["modality"], output["product"])
    by_hand = QgsRasterLayer(output["path"], "by hand")
    assert limits(by_hand.renderer().contrastEnhancement()) == (1, 255)


def test_the_metadata_say_what_it_is(run: dict[str, Any]) -> None:
    for output in run["outputs"]:
        layer = load_result(output["path"], output["modality"], output["product"])
        assert layer.name() == NAMES[output["modality"]]
        abstract = layer.metadata().abstract()
        for word in ("Synthetic", "tiny", "seed 0", "1 steps", "s2_l2a.tif (s2_l2a)"):
            assert word in abstract
        assert "COPGEN_MODEL_SHA256=" in layer.metadata().history()[0]
        assert layer.metadata().keywords()["copgen"]


def test_samples_are_told_apart(run: dict[str, Any], project: QgsProject) -> None:
    outputs = [{**run["outputs"][0], "sample": number} for number in (1, 2)]
    layers = add_results(project, {"outputs": outputs}, "twice", None)
    assert [layer.name() for layer in layers] == [
        "DEM hillshade, sample 1 (synthetic)",
        "DEM hillshade, sample 2 (synthetic)",
    ]


def test_the_group_lies_above_the_source_and_all_else_stays(
    run: dict[str, Any], made: dict[str, Any], project: QgsProject, tmp_path: Path
) -> None:
    source_file = shutil.copyfile(made["source"], tmp_path / "scene.tif")
    top = QgsVectorLayer("Point?crs=EPSG:4326", "top", "memory")
    source = QgsRasterLayer(str(source_file), "scene")
    project.addMapLayer(top)
    project.addMapLayer(source, False)
    mine = project.layerTreeRoot().addGroup("mine")
    mine.addLayer(source)
    canvas = QgsMapCanvas()
    bridge = QgsLayerTreeMapCanvasBridge(project.layerTreeRoot(), canvas)
    view = QgsLayerTreeView()
    model = QgsLayerTreeModel(project.layerTreeRoot())
    view.setModel(model)
    view.setCurrentLayer(source)
    canvas.setDestinationCrs(source.crs())
    canvas.setExtent(QgsRectangle(source.extent()).buffered(-500))
    before = canvas.extent()
    layers = add_results(project, run, "DEM from scene", source.id())
    QCoreApplication.processEvents()
    assert [child.name() for child in mine.children()] == ["DEM from scene", "scene"]
    group = mine.children()[0]
    assert QgsLayerTree.isGroup(group)
    assert [node.layerId() for node in group.findLayers()] == [layer.id() for layer in layers]
    assert all(layer.id() in project.mapLayers() for layer in layers)
    assert canvas.extent() == before
    assert view.currentLayer() == source
    assert {layer.extent().toString(3) for layer in layers} == {source.extent().toString(3)}
    del view, model, bridge


def test_without_its_source_the_group_lies_on_top(run: dict[str, Any], project: QgsProject) -> None:
    project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "top", "memory"))
    add_results(project, run, "kept", "no such layer")
    assert [child.name() for child in project.layerTreeRoot().children()] == ["kept", "top"]


def test_results_that_are_gone(run: dict[str, Any], project: QgsProject) -> None:
    Path(run["outputs"][0]["path"]).unlink()
    assert len(add_results(project, run, "two left", None)) == 2
    for output in run["outputs"][1:]:
        Path(output["path"]).unlink()
    with pytest.raises(LayerError, match="cannot be opened"):
        add_results(project, run, "none left", None)
    assert len(project.layerTreeRoot().children()) == 1


def test_files_that_are_open_are_known(run: dict[str, Any], project: QgsProject, tmp_path: Path) -> None:
    add_results(project, run, "open", None)
    path = Path(run["outputs"][0]["path"])
    assert same_name(str(path.parent / ".." / "run" / path.name)) in open_files(project)
    assert same_name(str(tmp_path / path.name)) not in open_files(project)
