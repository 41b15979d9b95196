"""What happens to a result once QGIS has loaded it: name, style, description, place in the layer tree."""

from __future__ import annotations

import uuid
from collections import deque
from typing import Any, Deque, Dict, List, Optional, Tuple

from qgis.core import (
    QgsLayerTreeGroup,
    QgsMapLayer,
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingLayerPostProcessorInterface,
    QgsProject,
    QgsRasterLayer,
)

from ..layers.results import finish_layer, insert_group, layer_name_of, place_above
from ..translation import tr
from .request import Request

_KEPT: Deque[ResultPostProcessor] = deque(maxlen=1000)
"""QGIS keeps no reference to them: without ours they would be gone before they are called."""
_RUN_PROPERTY = "copgen/run"


class ResultPostProcessor(QgsProcessingLayerPostProcessorInterface):
    """Finishes one loaded result.

    Args:
        modality: what it shows.
        product: as what.
        source_id: of the layer it was made from; the result goes above it.
        group: title of the group for the results of one run; empty for a lone result.
        run: unique name of the run.
    """

    def __init__(self, modality: str, product: str, source_id: str, group: str, run: str) -> None:
        super().__init__()
        self._modality = modality
        self._product = product
        self._source_id = source_id
        self._group = group
        self._run = run
        _KEPT.append(self)

    def postProcessLayer(  # noqa: N802
        self, layer: QgsMapLayer, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> None:
        """Name, style, describe and move the layer."""
        if not isinstance(layer, QgsRasterLayer):
            return
        if tr("synthetic").lower() not in layer.name().lower():
            layer.setName(tr("{name} (synthetic)").format(name=layer.name()))
        finish_layer(layer, self._modality, self._product)
        self._move(layer, context.project() or QgsProject.instance())

    def _move(self, layer: QgsRasterLayer, project: QgsProject) -> None:
        node = project.layerTreeRoot().findLayer(layer.id())
        if node is None:
            return
        place = self._place(project)
        if place is None:
            return
        parent, index = place
        copy = node.clone()
        copy.setExpanded(False)
        old = node.parent()
        # The copy first: a layer that is nowhere in the tree leaves the project.
        parent.insertChildNode(index, copy)
        old.removeChildNode(node)

    def _place(self, project: QgsProject) -> Optional[Tuple[QgsLayerTreeGroup, int]]:
        if self._group:
            group = self._find_group(project.layerTreeRoot())
            if group is None:
                group = insert_group(project, self._group, self._source_id)
                group.setCustomProperty(_RUN_PROPERTY, self._run)
            return group, len(group.children())
        if project.layerTreeRoot().findLayer(self._source_id) is None:
            return None
        return place_above(project, self._source_id)

    def _find_group(self, parent: QgsLayerTreeGroup) -> Optional[QgsLayerTreeGroup]:
        for group in parent.findGroups(True):
            if group.customProperty(_RUN_PROPERTY) == self._run:
                return group
        return None


def finish_loaded(
    title: str,
    request: Request,
    result: Dict[str, Any],
    placed: Dict[str, List[str]],
    context: QgsProcessingContext,
) -> None:
    """Have the results that QGIS is going to load finished by a post-processor, further samples too.

    Args:
        title: of the algorithm.
        request: what was asked.
        result: what the runtime told.
        placed: the final paths by modality.
        context: of the run.
    """
    products = {entry["modality"]: entry["product"] for entry in result["outputs"]}
    several = sum(len(paths) for paths in placed.values()) > 1
    group = f"{title}: {request.title}" if several else ""
    run = uuid.uuid4().hex
    for modality, paths in placed.items():
        if not context.willLoadLayerOnCompletion(paths[0]):
            continue
        first = context.layerToLoadOnCompletionDetails(paths[0])
        for number, path in enumerate(paths[1:], start=2):
            name = layer_name_of(modality, products[modality], number, len(paths))
            context.addLayerToLoadOnCompletion(path, QgsProcessingContext.LayerDetails(name, first.project, ""))
        for path in paths:
            finish = ResultPostProcessor(modality, products[modality], request.given[0].source.id, group, run)
            context.layerToLoadOnCompletionDetails(path).setPostProcessor(finish)
