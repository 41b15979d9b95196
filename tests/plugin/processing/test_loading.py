"""Results that QGIS loads: named, styled, described, above their source; alone, in models, in batches."""

# ruff: noqa: ANN401

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import (
    QgsApplication,
    QgsFeature,
    QgsGeometry,
    QgsProcessing,
    QgsProcessingAlgRunnerTask,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingModelAlgorithm,
    QgsProcessingModelChildAlgorithm,
    QgsProcessingModelChildParameterSource,
    QgsProcessingModelOutput,
    QgsProcessingModelParameter,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingParameterRasterLayer,
    QgsProject,
    QgsRasterLayer,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QCoreApplication, QTimer

Copied = Callable[[str], str]
S2 = "coloc_terramind/433D_629L_3_1/S2L2A.tif"
BOLZANO = "s2_openeo_bolzano/S2_L2A_sample_west.tif"


@pytest.fixture
def scene(copied: Copied, project: QgsProject) -> QgsRasterLayer:
    """A scene below another layer."""
    layer = QgsRasterLayer(copied(S2), "scene")
    project.addMapLayer(layer)
    project.addMapLayer(QgsVectorLayer("Point?crs=EPSG:4326", "top", "memory"))
    return layer


def tree(project: QgsProject) -> list[str]:
    names = []
    for node in project.layerTreeRoot().children():
        inner = [child.name() for child in node.children()]
        names.append(f"{node.name()}: {inner}" if inner else node.name())
    return names


def load(name: str, **parameters: Any) -> list[QgsRasterLayer]:
    import processing

    before = set(QgsProject.instance().mapLayers())
    processing.runAndLoadResults(f"copgen:{name}", {"STEPS": 1, **parameters}, feedback=QgsProcessingFeedback(False))
    return [layer for key, layer in QgsProject.instance().mapLayers().items() if key not in before]


def test_one_result(provider: Any, scene: QgsRasterLayer, project: QgsProject) -> None:
    (layer,) = load("demfroms2", INPUT=scene.id(), OUTPUT=QgsProcessing.TEMPORARY_OUTPUT)
    assert layer.name() == "DEM hillshade (synthetic)"
    assert tree(project) == ["top", "DEM hillshade (synthetic)", "scene"]
    enhancement = layer.renderer().contrastEnhancement()
    assert (enhancement.minimumValue(), enhancement.maximumValue()) == (1, 255)
    assert "copgen-mini" in layer.metadata().abstract()


def test_several_results_and_samples(provider: Any, scene: QgsRasterLayer, project: QgsProject) -> None:
    layers = load(
        "generate", INPUT_S2_L2A=scene.id(), SAMPLES=2, OUTPUT_DEM="TEMPORARY_OUTPUT", OUTPUT_S2_L1C="TEMPORARY_OUTPUT"
    )
    assert len(layers) == 4
    assert [node.name() for node in project.layerTreeRoot().children()] == [
        "top",
        "Generate missing modalities: scene",
        "scene",
    ]
    names = [node.name() for node in project.layerTreeRoot().children()[1].children()]
    assert sorted(names) == [
        "DEM hillshade (synthetic)",
        "DEM hillshade, sample 2 (synthetic)",
        "Sentinel-2 L1C (synthetic)",
        "Sentinel-2 L1C, sample 2 (synthetic)",
    ]
    for layer in layers:
        if "L1C" in layer.name():
            assert layer.renderer().redContrastEnhancement().maximumValue() == 0.3


def test_a_name_of_the_user_s_still_says_synthetic(provider: Any, scene: QgsRasterLayer, tmp_path: Path) -> None:
    wanted = QgsProcessingOutputLayerDefinition(str(tmp_path / "relief.tif"), QgsProject.instance())
    wanted.destinationName = "My relief"
    (layer,) = load("demfroms2", INPUT=scene.id(), OUTPUT=wanted)
    assert layer.name() == "My relief (synthetic)"
    assert layer.source() == str(tmp_path / "relief.tif")


def wait_for(condition: Callable[[], bool], seconds: float = 120.0) -> None:
    end = time.monotonic() + seconds
    while not condition() and time.monotonic() < end:
        QCoreApplication.processEvents()
        time.sleep(0.005)
    assert condition()


def start(provider: Any, name: str, parameters: dict[str, Any]) -> tuple[Any, QgsProcessingFeedback, list[Any], Any]:
    """Start an algorithm in a worker thread, as QGIS's dialog does."""
    context, feedback = QgsProcessingContext(), QgsProcessingFeedback(False)
    context.setProject(QgsProject.instance())
    ended: list[Any] = []
    algorithm = provider.algorithm(name).create()
    assert algorithm.checkParameterValues(parameters, context) == (True, "")
    task = QgsProcessingAlgRunnerTask(algorithm, parameters, context, feedback)
    task.executed.connect(lambda ok, results: ended.append((ok, dict(results))))
    QgsApplication.taskManager().addTask(task)
    return task, feedback, ended, context


def test_in_a_worker_thread_the_window_stays_alive(provider: Any, scene: QgsRasterLayer) -> None:
    task, _, ended, context = start(provider, "demfroms2", {"INPUT": scene.id(), "OUTPUT": "TEMPORARY_OUTPUT"})
    gaps, last = [0.0], [time.monotonic()]

    def tick() -> None:
        now = time.monotonic()
        gaps.append(now - last[0])
        last[0] = now

    timer = QTimer()
    timer.timeout.connect(tick)
    timer.start(5)
    wait_for(lambda: bool(ended))
    print(f"\nlongest gap of the event loop while an algorithm ran: {1000 * max(gaps):.0f} ms")
    ok, results = ended[0]
    assert ok
    assert QgsRasterLayer(results["OUTPUT"]).isValid()


def test_the_input_may_be_removed_while_it_runs(provider: Any, scene: QgsRasterLayer, project: QgsProject) -> None:
    task, _, ended, context = start(provider, "demfroms2", {"INPUT": scene.id(), "OUTPUT": "TEMPORARY_OUTPUT"})
    project.removeMapLayer(scene.id())
    wait_for(lambda: bool(ended))
    assert ended[0][0]


def test_the_mask_may_be_removed_while_it_runs(provider: Any, scene: QgsRasterLayer, project: QgsProject) -> None:
    corner = scene.extent()
    part = QgsRectangle(corner.xMinimum(), corner.yMinimum(), corner.center().x(), corner.center().y())
    mask = QgsVectorLayer(f"Polygon?crs={scene.crs().authid()}", "mask", "memory")
    feature = QgsFeature()
    feature.setGeometry(QgsGeometry.fromRect(part))
    mask.dataProvider().addFeatures([feature])
    project.addMapLayer(mask)
    asked = {"INPUT": scene.id(), "MASK": mask.id(), "OUTPUT": "TEMPORARY_OUTPUT"}
    task, _, ended, context = start(provider, "demfroms2", asked)
    project.removeMapLayer(mask.id())
    wait_for(lambda: bool(ended))
    shown = gdal.Open(ended[0][1]["OUTPUT"]).ReadAsArray() > 0
    half = shown.shape[0] // 2
    assert shown[half:, :half].all() and shown.mean() == pytest.approx(0.25, abs=0.01)


def test_cancel(provider: Any, copied: Copied, project: QgsProject, tmp_path: Path) -> None:
    from copgen.copgen_plugin.runtime.service import get_service

    output = tmp_path / "results" / "dem.tif"
    parameters = {"INPUT": copied(BOLZANO), "STEPS": 500, "OUTPUT": str(output)}
    task, feedback, ended, context = start(provider, "demfroms2", parameters)
    wait_for(lambda: feedback.progress() > 12)
    asked = time.monotonic()
    feedback.cancel()
    wait_for(lambda: bool(ended))
    print(f"\nfrom cancel to the end of the algorithm: {1000 * (time.monotonic() - asked):.0f} ms")
    assert ended[0][1] == {}
    assert list(output.parent.iterdir()) == [], "neither a result nor a working folder"
    assert get_service().runs()[-1].state == "cancelled"


def child(name: str, algorithm: str, **sources: Any) -> QgsProcessingModelChildAlgorithm:
    """A step as the model designer adds it: every parameter with its default unless it has a source."""
    step = QgsProcessingModelChildAlgorithm(algorithm)
    step.setChildId(name)
    static = QgsProcessingModelChildParameterSource.fromStaticValue
    for definition in step.algorithm().parameterDefinitions():
        if not definition.isDestination():
            step.addParameterSources(definition.name(), [static(definition.defaultValue())])
    for parameter, source in {"STEPS": static(1), **sources}.items():
        step.addParameterSources(parameter, [source])
    return step


def chain_of_two() -> QgsProcessingModelAlgorithm:
    """Sentinel-2 to a hillshade, and the hillshade to radar."""
    made = QgsProcessingModelAlgorithm("chain", "test")
    made.addModelParameter(QgsProcessingParameterRasterLayer("scene"), QgsProcessingModelParameter("scene"))
    of_model = QgsProcessingModelChildParameterSource.fromModelParameter("scene")
    made.addChildAlgorithm(child("dem", "copgen:demfroms2", INPUT=of_model))
    of_child = QgsProcessingModelChildParameterSource.fromChildOutput("dem", "OUTPUT")
    second = child("radar", "copgen:generate", INPUT_DEM=of_child)
    radar = QgsProcessingModelOutput("radar")
    radar.setChildId("radar")
    radar.setChildOutputName("OUTPUT_S1_RTC")
    second.setModelOutputs({"radar": radar})
    made.addChildAlgorithm(second)
    made.initAlgorithm({})
    return made


def test_in_a_model(provider: Any, scene: QgsRasterLayer, told: Any) -> None:
    import processing

    chain = chain_of_two()
    assert chain.validate() == (True, [])
    before = set(QgsProject.instance().mapLayers())
    parameters = {"scene": scene.id(), "radar:radar": QgsProcessing.TEMPORARY_OUTPUT}
    results = processing.runAndLoadResults(chain, parameters, feedback=told)
    assert QgsRasterLayer(results["radar:radar"]).bandCount() == 3
    (layer,) = (entry for key, entry in QgsProject.instance().mapLayers().items() if key not in before)
    assert "synthetic" in layer.name()
    assert layer.renderer().redBand() == 1
    assert "(dem)" in layer.metadata().abstract()


def test_a_batch_is_one_child_with_one_loaded_model(
    provider: Any, copied: Copied, qgis_iface: Any, tmp_path: Path
) -> None:
    from copgen.copgen_plugin.runtime.service import get_service
    from processing.gui.BatchAlgorithmDialog import BatchAlgorithmDialog

    files = [copied(f"coloc_terramind/433D_629L_3_1/{name}.tif") for name in ("S2L2A", "S2RGB")]
    outputs = [str(tmp_path / f"out{number}.tif") for number in range(2)]
    dialog = BatchAlgorithmDialog(provider.algorithm("demfroms2").create())
    panel = dialog.mainWidget()
    rows = [{"INPUT": path, "STEPS": 1, "OUTPUT": output} for path, output in zip(files, outputs, strict=True)]
    panel.checkLoadLayersOnCompletion.setChecked(False)
    panel.batchRowCount = lambda: len(rows)
    panel.parametersForRow = lambda row, **_: (rows[row], True)
    seen = len(get_service().runs())
    pids = set()
    service = get_service()
    service.run_changed.connect(lambda _: pids.add(service.child_pid()))
    dialog.runAlgorithm()
    QCoreApplication.processEvents()
    assert all(QgsRasterLayer(path).isValid() for path in outputs)
    runs = service.runs()[seen:]
    assert [run.state for run in runs] == ["finished", "finished"]
    assert len(pids - {0}) == 1
    dialog.deleteLater()
