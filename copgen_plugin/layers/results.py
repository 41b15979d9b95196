"""From finished files to named, styled and described layers in the project that asked for them."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any, Dict, List, Optional, Set, Tuple

from qgis.core import (
    QgsLayerMetadata,
    QgsLayerTree,
    QgsLayerTreeGroup,
    QgsLayerTreeLayer,
    QgsProject,
    QgsRasterLayer,
)

from ..translation import tr
from .source import LayerError, file_tags
from .style import place_style, style_layer

FOLDER = "copgen"
_LONGEST_NAME = 60
_MOST_RUNS = 100_000


def result_folder(project: QgsProject, layer_name: str, modality: str, fallback_dir: Path) -> Path:
    """Make a new, empty folder for the results of one run.

    Args:
        project: that the run belongs to.
        layer_name: of the input.
        modality: generated; several joined by ``_``.
        fallback_dir: used where the project has no folder that can be written to (unsaved, kept in a
            database, read-only).

    Returns:
        ``<project folder>/copgen/<layer>_<modality>_<n>`` or ``<fallback_dir>/<layer>_<modality>_<n>``,
        the first n from 1 that is free.

    Raises:
        LayerError: neither folder can be written to.
    """
    name = f"{plain_name(layer_name)}_{modality}"
    of_project = project_folder(project)
    for parent in ([of_project / FOLDER] if of_project else []) + [fallback_dir]:
        try:
            return free_folder(parent, name)
        except OSError:
            continue
    text = tr("{folder}: results cannot be written there; choose another folder in the settings.")
    raise LayerError(text.format(folder=fallback_dir))


def project_folder(project: QgsProject) -> Optional[Path]:
    """Return the folder a project lies in, None where it is unsaved, in a database, or in a read-only folder."""
    folder = project.absolutePath()
    if not folder or project.projectStorage() is not None:
        return None
    path = Path(folder)
    return path if path.is_dir() and os.access(path, os.W_OK | os.X_OK) else None


def discard_folder(folder: Path) -> str:
    """Remove the folder of a run that wrote nothing; one that holds something stays.

    Returns:
        What is to be said of the finished results in it; empty where there are none.
    """
    try:
        folder.rmdir()
    except OSError:
        return kept_text(len(finished_results(folder)), folder)
    return ""


def finished_results(folder: Path) -> List[Path]:
    """Return the results in a folder; a result has its name only once it is whole."""
    return sorted(folder.glob("*.tif"))


def kept_text(count: int, folder: Path) -> str:
    """Return that finished results of a run that ended early are kept, and where; empty where there are none."""
    text = tr("{count} finished result(s) are kept in {folder}; add them as layers from there, or remove them.")
    return text.format(count=count, folder=folder) if count else ""


def layer_name_of(modality: str, product: str = "", sample: int = 1, samples: int = 1) -> str:
    """Return the name of a result's layer, which says that it is synthetic."""
    names = {
        "dem": tr("DEM hillshade"),
        "s1_rtc": tr("Sentinel-1 RTC"),
        "s2_l1c": tr("Sentinel-2 L1C"),
        "s2_l2a": tr("Sentinel-2 L2A"),
    }
    name = names.get(modality, modality)
    if modality == "dem" and product not in ("", "hillshade"):
        name = tr("DEM {product}").format(product=product)
    if samples > 1:
        return tr("{name}, sample {number} (synthetic)").format(name=name, number=sample)
    return tr("{name} (synthetic)").format(name=name)


def load_result(path: str, modality: str, product: str, sample: int = 1, samples: int = 1) -> QgsRasterLayer:
    """Load a result as a named, styled and described layer that belongs to no project yet.

    The style is put beside the file too, so that it looks the same wherever it is opened.

    Args:
        path: of the GeoTIFF.
        modality: what it shows.
        product: as what.
        sample: number of the sample, from 1.
        samples: how many the run drew.

    Raises:
        LayerError: the file is not there or is no raster.
    """
    # With its style beside it QGIS reads no statistics to choose one of its own.
    place_style(Path(path), modality, product)
    layer = QgsRasterLayer(str(path), layer_name_of(modality, product, sample, samples))
    if not layer.isValid():
        text = tr("{path}: this result cannot be opened; it was moved, deleted or damaged.")
        raise LayerError(text.format(path=path))
    finish_layer(layer, modality, product)
    return layer


def finish_layer(layer: QgsRasterLayer, modality: str, product: str) -> None:
    """Style a result's layer and describe it from the tags of its file."""
    style_layer(layer, modality, product)
    describe_layer(layer)


def describe_layer(layer: QgsRasterLayer) -> None:
    """Write into a layer's metadata by which model, from what, and that its pixels are synthetic."""
    tags = file_tags(layer)
    metadata = QgsLayerMetadata(layer.metadata())
    metadata.setTitle(layer.name())
    metadata.setType("dataset")
    metadata.setAbstract(_abstract(tags))
    metadata.setKeywords({"copgen": [tr("synthetic"), "COP-GEN", tags.get("COPGEN_MODEL", "")]})
    metadata.setHistory([_told(tags)])
    metadata.setCrs(layer.crs())
    layer.setMetadata(metadata)
    layer.setAbstract(metadata.abstract())


def add_results(
    project: QgsProject, result: Dict[str, Any], title: str, source_layer_id: Optional[str]
) -> List[QgsRasterLayer]:
    """Put the results of a run into a project: a group named after the run, above the layer it came from.

    View and selection stay as they are. Files that are gone are left out.

    Args:
        project: that the run belongs to; call it in the main thread.
        result: what the runtime told, the ``--json`` object.
        title: of the run.
        source_layer_id: the input layer, None or unknown puts the group on top.

    Returns:
        The layers, in the order of the result.

    Raises:
        LayerError: none of the files can be opened.
    """
    outputs = result.get("outputs", [])
    samples = max((int(entry.get("sample", 1)) for entry in outputs), default=1)
    layers, failures = [], []
    for entry in outputs:
        try:
            sample = int(entry.get("sample", 1))
            layers.append(load_result(entry["path"], entry["modality"], entry["product"], sample, samples))
        except LayerError as error:
            failures.append(error)
    if failures and not layers:
        raise failures[0]
    if layers:
        group = insert_group(project, title, source_layer_id)
        for layer in layers:
            project.addMapLayer(layer, False)
            group.addLayer(layer).setExpanded(False)
    return layers


def insert_group(project: QgsProject, title: str, source_layer_id: Optional[str]) -> QgsLayerTreeGroup:
    """Make a group just above a layer of the project, on top where the layer is not in its tree."""
    parent, index = place_above(project, source_layer_id)
    group: QgsLayerTreeGroup = parent.insertGroup(index, title)
    return group


def place_above(project: QgsProject, layer_id: Optional[str]) -> Tuple[QgsLayerTreeGroup, int]:
    """Return the (group, position) just above a layer of the project, else on top of all."""
    root = project.layerTreeRoot()
    node: Optional[QgsLayerTreeLayer] = root.findLayer(layer_id) if layer_id else None
    if node is None or not QgsLayerTree.isGroup(node.parent()):
        return root, 0
    return node.parent(), node.parent().children().index(node)


def open_files(project: QgsProject) -> Set[str]:
    """Return the files that are open as raster layers of a project, as :func:`same_name` writes them."""
    layers = (layer for layer in project.mapLayers().values() if isinstance(layer, QgsRasterLayer))
    return {same_name(layer.source().split("|option:")[0]) for layer in layers}


def same_name(path: str) -> str:
    """Return a path such that two of one file are equal."""
    return os.path.normcase(os.path.realpath(path))


def free_folder(parent: Path, name: str) -> Path:
    """Make a folder ``<name>_<n>``, the first n from 1 that is free.

    Raises:
        OSError: nothing can be written there.
    """
    parent.mkdir(parents=True, exist_ok=True)
    for number in range(1, _MOST_RUNS):
        folder = parent / f"{name}_{number}"
        try:
            # Making it, not looking for it, keeps two runs started at once apart.
            folder.mkdir()
        except FileExistsError:
            continue
        return folder
    raise OSError(f"{parent}: no free name")


def plain_name(text: str) -> str:
    """Return a layer's name as part of a file name that every system allows."""
    plain = re.sub(r"[^\w.-]+", "_", text, flags=re.UNICODE).strip("._-")
    return plain[:_LONGEST_NAME] or "layer"


def _abstract(tags: Dict[str, str]) -> str:
    text = tr(
        "Synthetic pixels: a generative model drew them; nothing was measured here. "
        "Model {model}, seed {seed}, {steps} steps, from {conditions}."
    )
    return text.format(
        model=tags.get("COPGEN_MODEL", "?"),
        seed=tags.get("COPGEN_SEED", "?"),
        steps=tags.get("COPGEN_STEPS", "?"),
        conditions=_conditions(tags) or tr("no condition"),
    )


def _conditions(tags: Dict[str, str]) -> str:
    try:
        entries = json.loads(tags.get("COPGEN_CONDITIONS", "[]"))
    except ValueError:
        return ""
    return ", ".join(f"{entry.get('name', '?')} ({entry.get('modality', '?')})" for entry in entries)


def _told(tags: Dict[str, str]) -> str:
    """Return all that the file's own tags say, on one line."""
    return ", ".join(f"{key}={value}" for key, value in sorted(tags.items()) if key.startswith("COPGEN_"))
