"""Combo boxes of layers: showing one without a signal, and layers that leave the project."""

from __future__ import annotations

from typing import Callable, List, Optional

from qgis.core import QgsMapLayer, QgsProject
from qgis.gui import QgsMapLayerComboBox


def show_layer(combo: QgsMapLayerComboBox, layer: Optional[QgsMapLayer]) -> None:
    """Select a layer, or for None the entry that says to choose one; without a signal."""
    blocked = combo.blockSignals(True)
    if layer is None:
        # setLayer would leave the combo box without an entry, blank.
        combo.setCurrentIndex(0)
    else:
        combo.setLayer(layer)
    combo.blockSignals(blocked)


class LeavingLayers:
    """Calls back with the ids of layers about to be removed.

    Made before a combo box of layers it is called before that one: the combo box would choose a
    neighbour of the layer it loses, and nobody asked for that. No such combo box may be made while it is
    called, for it would list the layer and keep a pointer to it.

    Args:
        call: takes the ids.
    """

    def __init__(self, call: Callable[[List[str]], None]) -> None:
        self._call = call
        QgsProject.instance().layersWillBeRemoved["QStringList"].connect(self._on_leaving)

    def stop(self) -> None:
        """Call back no more."""
        QgsProject.instance().layersWillBeRemoved["QStringList"].disconnect(self._on_leaving)

    def _on_leaving(self, ids: List[str]) -> None:
        self._call(list(ids))
