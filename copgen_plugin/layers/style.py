"""The look of results: one style file a product, with fixed limits, so that nothing is computed to show it."""

from __future__ import annotations

from pathlib import Path
from typing import Dict, Tuple

from qgis.core import QgsRasterLayer

STYLES = Path(__file__).resolve().parents[2] / "resources" / "styles"
_FILES: Dict[Tuple[str, str], str] = {
    ("dem", "hillshade"): "hillshade",
    ("dem", "elevation"): "elevation",
    ("s2_l1c", "reflectance"): "reflectance",
    ("s2_l2a", "reflectance"): "reflectance",
}
_PICTURE = "picture"


def style_layer(layer: QgsRasterLayer, modality: str, product: str) -> None:
    """Show a result as what it is: hillshade grey, Sentinel-2 in true colour, Sentinel-1 as its composite.

    A product without a style of its own keeps QGIS's.

    Args:
        layer: a loaded result.
        modality: what it shows.
        product: as what, as in the file's tags.
    """
    name = _PICTURE if product == "thumbnail" else _FILES.get((modality, product), "")
    if name:
        layer.loadNamedStyle(str(STYLES / f"{name}.qml"))
