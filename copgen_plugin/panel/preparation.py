"""From a filled-in form to a job: layers without a file and polygons are exported first, in the background."""

from __future__ import annotations

import shutil
import tempfile
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import QgsApplication, QgsProject, QgsRasterLayer, QgsTask, QgsVectorFileWriter, QgsVectorFileWriterTask
from qgis.PyQt.QtCore import QObject, pyqtSignal

from ...model_runtime.contract import Condition, Job
from ..layers.export import CONTEXT_METRES, ExportTask, LayerExport
from ..layers.results import plain_name
from ..layers.source import LayerError, LayerSource, condition_of, layer_source
from ..terms import condition_name, preset_of
from ..translation import tr
from .area import Area
from .form import PanelForm


class Preparation(QObject):
    """Makes the job of a form.

    Everything is read from the layers when it is made, in the main thread; they may be removed afterwards.

    Args:
        form: complete.
        project: holds the layers.
        area: where to generate.

    Raises:
        LayerError: a layer is missing or cannot be used.
    """

    done = pyqtSignal(object)
    """The job, as plain JSON values without an output folder."""
    failed = pyqtSignal(str)
    """Why there is none, in a sentence."""

    def __init__(self, form: PanelForm, project: QgsProject, area: Area) -> None:
        super().__init__()
        # A copy: the form may be edited while layers are exported.
        self._form = PanelForm.from_dict(form.to_dict())
        self._area = area
        self._bounds, self._crs = area.bounds(), area.crs_wkt()
        self._folder = ""
        self._exported: Dict[int, str] = {}
        self._mask = ""
        self._tasks: List[QgsTask] = []
        self._waiting = 0
        self._ended = False
        layers = [_raster(project, entry.layer_id) for entry in form.conditions]
        self.sources: List[LayerSource] = [layer_source(layer) for layer in layers]
        problems = [source.problem for source in self.sources if source.problem]
        if problems:
            raise LayerError(problems[0])
        self._exports = {
            number: LayerExport(
                layer,
                area.extent_in(layer, project),
                transform_context=project.transformContext(),
                margin_metres=CONTEXT_METRES,
            )
            for number, (layer, source) in enumerate(zip(layers, self.sources))
            if source.needs_export
        }

    @property
    def is_immediate(self) -> bool:
        """True where nothing is to be exported."""
        return not self._exports and self._area.polygons is None

    def job(self, recognise: bool = False) -> Dict[str, Any]:
        """Return the job; everything that is to be exported has been.

        Args:
            recognise: leave it to the runtime what layers are of which that is only guessed.

        Raises:
            LayerError: two layers are given as the same modality and cannot be one condition.
        """
        conditions = []
        twins = [entry.modality for entry in self._form.conditions]
        for number, (source, entry) in enumerate(zip(self.sources, self._form.conditions)):
            unsure = recognise and not entry.chosen and twins.count(entry.modality) == 1
            modality = "auto" if unsure else entry.modality or "auto"
            exported = self._exported.get(number, "")
            # Some bands alone say too little: the runtime is asked for all of them.
            bands = "" if entry.lacks_bands else entry.bands
            conditions.append(condition_of(source, modality, bands, entry.encoding, entry.offset, exported))
        job = Job(
            conditions=join_conditions(conditions, self.sources),
            generate=self._form.wanted(),
            model=self._form.model,
            preset=preset_of(self._form.preset),
            steps=self._form.steps,
            seed=self._form.seed,
            samples=self._form.samples,
            device=self._form.device,
            bounds=self._bounds,
            bounds_crs=self._crs,
            mask=self._mask or None,
        )
        return {name: value for name, value in asdict(job).items() if value is not None}

    def start(self) -> None:
        """Export what has to be, then tell the job."""
        if self.is_immediate:
            self._tell()
            return
        self._folder = tempfile.mkdtemp(prefix="copgen_")
        for number, export in self._exports.items():
            # The file's name stays in the result's tags: the layer's own says what it was.
            path = Path(self._folder) / str(number + 1) / f"{plain_name(self.sources[number].name)}.tif"
            path.parent.mkdir()
            self._add_export(number, ExportTask(export, str(path)))
        if self._area.polygons is not None:
            self._add_polygons()
        self._area = Area()

    def cancel(self) -> None:
        """Stop exporting; nothing is told any more."""
        self._ended = True
        tasks, self._tasks = self._tasks, []
        for task in tasks:
            task.cancel()

    def clean_up(self) -> None:
        """Remove what was exported, once the run has ended."""
        self.cancel()
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)

    def _add_export(self, number: int, task: ExportTask) -> None:
        def keep(path: str) -> None:
            self._exported[number] = path
            self._finish(task)

        def fail(message: str) -> None:
            self._tasks = [other for other in self._tasks if other is not task]
            self._fail(message)

        task.exported.connect(keep)
        task.failed.connect(fail)
        self._add(task)

    def _add_polygons(self) -> None:
        path = str(Path(self._folder) / "polygons.gpkg")
        options = QgsVectorFileWriter.SaveVectorOptions()
        options.driverName = "GPKG"
        options.layerName = "polygons"
        # Only the shapes count; a field named fid may hold what a GeoPackage refuses.
        options.attributes = []
        options.skipAttributeCreation = True
        task = QgsVectorFileWriterTask(self._area.polygons, path, options)

        def keep(*_: object) -> None:
            self._mask = path
            self._finish(task)

        def fail(_: int, message: str) -> None:
            self._tasks = [other for other in self._tasks if other is not task]
            self._fail(message)

        task.writeComplete.connect(keep)
        task.errorOccurred.connect(fail)
        self._add(task)

    def _add(self, task: QgsTask) -> None:
        self._waiting += 1
        self._tasks.append(task)
        QgsApplication.taskManager().addTask(task)

    def _finish(self, task: QgsTask) -> None:
        # QGIS deletes finished tasks: touched once more they raise.
        self._tasks = [other for other in self._tasks if other is not task]
        self._waiting -= 1
        if self._waiting == 0 and not self._ended:
            self._tell()

    def _tell(self) -> None:
        try:
            job = self.job()
        except LayerError as error:
            self._fail(error.message)
            return
        self.done.emit(job)

    def _fail(self, message: str) -> None:
        if not self._ended:
            self.cancel()
            self.failed.emit(message or tr("The export of the layers was cancelled."))


def _raster(project: QgsProject, layer_id: str) -> QgsRasterLayer:
    layer = project.mapLayer(layer_id)
    if not isinstance(layer, QgsRasterLayer):
        raise LayerError(tr("Choose a raster layer for every condition."))
    return layer


def condition_key(number: int, modality: str) -> str:
    """Return what layers that become one condition share: their modality, or nothing where it is not known."""
    return modality if modality not in ("", "auto") else f"auto{number}"


def condition_places(form: PanelForm) -> List[int]:
    """Return for every row of the form the position of its condition in the job."""
    keys = [condition_key(number, entry.modality) for number, entry in enumerate(form.conditions)]
    distinct = list(dict.fromkeys(keys))
    return [distinct.index(key) for key in keys]


def _corrections(condition: Condition) -> Tuple[str, str]:
    """What the user can say of a condition's numbers."""
    return condition.encoding, condition.offset


def join_conditions(conditions: List[Condition], sources: List[LayerSource]) -> List[Condition]:
    """Make one condition of the single-band layers of one modality, in their order.

    Raises:
        LayerError: two layers of one modality have several bands each.
    """
    joined: Dict[str, Condition] = {}
    single: Dict[str, bool] = {}
    for number, (condition, source) in enumerate(zip(conditions, sources)):
        key = condition_key(number, condition.modality)
        first: Optional[Condition] = joined.get(key)
        if first is None:
            joined[key], single[key] = condition, len(source.bands) == 1
            continue
        if not single[key] or len(source.bands) != 1:
            text = tr("Two layers are given as {modality}; correct what one of them is, or remove it.")
            raise LayerError(text.format(modality=condition_name(condition.modality)))
        if _corrections(first) != _corrections(condition):
            text = tr("The layers given as {modality} are corrected differently; correct all of them alike.")
            raise LayerError(text.format(modality=condition_name(condition.modality)))
        # Bands chosen for one file alone mean nothing in the stack.
        joined[key] = replace(first, path=[*first.path, *condition.path], bands=[])
    return list(joined.values())
