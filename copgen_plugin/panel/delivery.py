"""Results into the project that asked for them, or kept and offered where that was closed."""

from __future__ import annotations

from pathlib import Path
from typing import Callable, Dict, List

from qgis.core import Qgis, QgsMessageLog, QgsProject

from ..layers.results import add_results
from ..layers.source import LayerError
from ..settings import set_pace
from ..translation import tr
from .notices import LOG_TAG, Notice
from .projects import ProjectWatch
from .records import RunRecord
from .wording import duration_text, panel_sentence

Tell = Callable[[Notice], None]


def deliver(record: RunRecord, watch: ProjectWatch, tell: Tell) -> None:
    """Add a finished run's layers to its project, or offer them to the one that is open now.

    Args:
        record: finished.
        watch: knows which project is open.
        tell: shows a notice.
    """
    result = (record.run.result if record.run is not None else None) or {}
    _remember_pace(record, result)
    for warning in result.get("warnings", []):
        QgsMessageLog.logMessage(
            f"{record.title}: {panel_sentence(warning)}", LOG_TAG, Qgis.MessageLevel.Warning, False
        )
    if watch.is_open(record.project):
        _add(record, result, watch.project, tell)
        return
    text = tr("Done, but its project was closed; the files are in {folder}.").format(folder=record.folder)
    add = (tr("Add to this project"), lambda: _add(record, result, watch.project, tell))
    tell(Notice(text, record.title, Qgis.MessageLevel.Success, (add,)))


def pace_of_result(result: Dict[str, object]) -> float:
    """Return the seconds that one evaluation of one chip took in a run; 0 where it does not tell."""
    samples = max((int(str(entry.get("sample", 1))) for entry in _outputs(result)), default=1)
    try:
        work = int(str(result["chips"])) * int(str(result["steps"])) * samples
        return float(str(result["seconds"])) / work if work > 0 else 0.0
    except (KeyError, ValueError):
        return 0.0


def _add(record: RunRecord, result: Dict[str, object], project: QgsProject, tell: Tell) -> None:
    try:
        layers = add_results(project, result, record.title, record.source_id)
    except LayerError as error:
        tell(Notice(error.message, record.title, Qgis.MessageLevel.Critical))
        return
    record.layers = [layer.id() for layer in layers]
    _unfold(project, record.layers)
    seconds = float(str(result.get("seconds", 0.0)))
    text = tr("Done in {time}. The pixels are synthetic.").format(time=duration_text(seconds))
    if not record.in_project_folder:
        text += " " + tr("The files are in {folder}.").format(folder=record.folder)
    tell(Notice(text, record.title, Qgis.MessageLevel.Success))


def _unfold(project: QgsProject, layer_ids: List[str]) -> None:
    """Show the layers in the group: the tree view takes a group that was empty when it came for a folded one."""
    for layer_id in layer_ids[:1]:
        node = project.layerTreeRoot().findLayer(layer_id)
        if node is not None and node.parent() is not None:
            node.parent().setExpanded(False)
            node.parent().setExpanded(True)


def is_in_project_folder(folder: Path, project: QgsProject) -> bool:
    """Tell whether a result folder lies beside the project file."""
    home = project.absolutePath()
    return bool(home) and Path(home) in folder.parents


def _remember_pace(record: RunRecord, result: Dict[str, object]) -> None:
    pace = pace_of_result(result)
    if pace > 0:
        used = (str(result.get("model", "")), str(result.get("device", "")))
        for model in {used[0], record.form.model}:
            for device in {used[1], record.form.device}:
                set_pace(model, device, pace)


def _outputs(result: Dict[str, object]) -> List[Dict[str, object]]:
    outputs = result.get("outputs", [])
    return outputs if isinstance(outputs, list) else []
