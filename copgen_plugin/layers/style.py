"""The look of results: one style file a product, with fixed limits, so that nothing is computed to show it."""

from __future__ import annotations

import contextlib
import shutil
from pathlib import Path
from typing import Dict, Optional, Tuple

from qgis.core import QgsRasterLayer

STYLES = Path(__file__).resolve().parents[2] / "resources" / "styles"
_FILES: Dict[Tuple[str, str], str] = {
    ("dem", "hillshade"): "hillshade",
    ("dem", "elevation"): "elevation",
    ("s2_l1c", "reflectance"): "reflectance",
    ("s2_l2a", "reflectance"): "reflectance",
}
_PICTURE = "picture"


def style_file(modality: str, product: str) -> Optional[Path]:
    """Return the style of a product, None for one without a style of its own."""
    name = _PICTURE if product == "thumbnail" else _FILES.get((modality, product), "")
    return STYLES / f"{name}.qml" if name else None


def style_layer(layer: QgsRasterLayer, modality: str, product: str) -> None:
    """Show a result as what it is: hillshade grey, Sentinel-2 in true colour, Sentinel-1 as its composite.

    A product without a style of its own keeps QGIS's.

    Args:
        layer: a loaded result.
        modality: what it shows.
        product: as what, as in the file's tags.
    """
    style = style_file(modality, product)
    if style is not None:
        layer.loadNamedStyle(str(style))


def place_style(raster: Path, modality: str, product: str) -> None:
    """Put the style beside a result as ``<stem>.qml``, where QGIS looks for it; one that is there stays."""
    style, beside = style_file(modality, product), raster.with_suffix(".qml")
    if style is None or beside.exists():
        return
    with contextlib.suppress(OSError):
        shutil.copyfile(style, beside)
