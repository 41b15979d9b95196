"""Pictures of the algorithms' help: the bundled scene before, what the embedded model draws of it after.

Run it by hand with QGIS's Python when the embedded model has changed, then look at them:
``QT_QPA_PLATFORM=offscreen .venv-qgis/bin/python docs/help_pictures.py``. The runtime is ``COPGEN_PYTHON``, else
``.venv`` of this checkout.
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from qgis.core import (
    QgsApplication,
    QgsContrastEnhancement,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsMultiBandColorRenderer,
    QgsPointXY,
    QgsProcessingFeedback,
    QgsRasterLayer,
    QgsRectangle,
)
from qgis.PyQt.QtCore import QPointF, QRectF, QSize, Qt
from qgis.PyQt.QtGui import QColor, QImage, QPainter, QPolygonF

ROOT = Path(__file__).resolve().parents[1]
SCENE = ROOT / "resources" / "scene"
OUTPUT = ROOT / "resources" / "help"
SIDE, ARROW = 220, 40
CHIP = 2560.0
"""Metres along a side of the area."""
PICTURES = {
    "demfroms2": ("s2_l2a", ["dem"]),
    "l2afroml1c": ("s2_l1c", ["s2_l2a"]),
    "l1cfroml2a": ("s2_l2a", ["s2_l1c"]),
    "s1froms2": ("s2_l2a", ["s1_rtc"]),
    "s2froms1": ("s1_rtc", ["s2_l2a"]),
    "generate": ("s2_l2a", ["dem", "s1_rtc", "s2_l1c"]),
}
PRODUCTS = {"dem": "hillshade", "s1_rtc": "thumbnail", "s2_l1c": "reflectance", "s2_l2a": "reflectance"}


def main() -> int:
    """Make all pictures; return the exit status."""
    os.environ.setdefault("COPGEN_PYTHON", str(ROOT / ".venv" / "bin" / "python"))
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    sys.path.append("/usr/share/qgis/python/plugins")
    _register_package()
    from copgen.copgen_plugin.processing.provider import CopGenProvider
    from copgen.copgen_plugin.runtime.service import shutdown_service
    from processing.core.Processing import Processing

    Processing.initialize()
    provider = CopGenProvider()
    QgsApplication.processingRegistry().addProvider(provider)
    try:
        with tempfile.TemporaryDirectory(prefix="copgen_help_") as folder:
            for name, (given, wanted) in PICTURES.items():
                _make(name, given, wanted, Path(folder))
    finally:
        shutdown_service()
    # Leaving by exitQgis crashes 3.22 without a window.
    sys.stdout.flush()
    os._exit(0)


def _register_package() -> None:
    """Import the checkout under the name that users install it as."""
    spec = importlib.util.spec_from_file_location(
        "copgen", ROOT / "__init__.py", submodule_search_locations=[str(ROOT)]
    )
    if spec is None or spec.loader is None:
        raise ImportError(f"{ROOT}: no package there")
    package = importlib.util.module_from_spec(spec)
    sys.modules["copgen"] = package
    spec.loader.exec_module(package)


def _make(name: str, given: str, wanted: list[str], folder: Path) -> None:
    import processing

    # QGIS writes statistics beside what it opens.
    source = Path(shutil.copyfile(SCENE / f"{given}.tif", folder / f"{name}_{given}.tif"))
    area = _area(source)
    extent = f"{area.xMinimum()},{area.xMaximum()},{area.yMinimum()},{area.yMaximum()}"
    parameters: dict[str, Any] = {"INPUT": str(source), "OUTPUT": "TEMPORARY_OUTPUT"}
    if name == "generate":
        outputs = {f"OUTPUT_{modality.upper()}": "TEMPORARY_OUTPUT" for modality in wanted}
        parameters = {f"INPUT_{given.upper()}": str(source), **outputs}
    parameters["EXTENT"] = extent
    results = processing.run(f"copgen:{name}", parameters, feedback=QgsProcessingFeedback(False))
    keys = ["OUTPUT"] if name != "generate" else [f"OUTPUT_{modality.upper()}" for modality in wanted]
    after = [_result(results[key], modality) for key, modality in zip(keys, wanted, strict=True)]
    picture = _compose(_input(source, given), after)
    picture.save(str(OUTPUT / f"{name}.jpg"), "JPG", 88)
    print(f"{name}: {picture.width()} x {picture.height()}")


def _area(path: Path) -> QgsRectangle:
    """Return one chip in the middle of the scene."""
    middle = QgsRasterLayer(str(path)).extent().center()
    corner = QgsPointXY(round(middle.x(), -1) - CHIP / 2, round(middle.y(), -1) - CHIP / 2)
    return QgsRectangle(corner.x(), corner.y(), corner.x() + CHIP, corner.y() + CHIP)


def _input(path: Path, modality: str) -> QImage:
    """Show stored numbers: reflectance times 10,000, or linear power of VV and VH as a composite."""
    layer = QgsRasterLayer(str(path), modality)
    bands, largest = ((1, 2, 3), (3000.0,) * 3) if modality != "s1_rtc" else ((1, 1, 2), (0.4, 0.4, 0.1))
    renderer = QgsMultiBandColorRenderer(layer.dataProvider(), *bands)
    for colour, limit in zip(("Red", "Green", "Blue"), largest, strict=True):
        enhancement = QgsContrastEnhancement(layer.dataProvider().dataType(1))
        enhancement.setMinimumValue(0.0)
        enhancement.setMaximumValue(limit)
        stretch = QgsContrastEnhancement.ContrastEnhancementAlgorithm.StretchToMinimumMaximum
        enhancement.setContrastEnhancementAlgorithm(stretch)
        getattr(renderer, f"set{colour}ContrastEnhancement")(enhancement)
    layer.setRenderer(renderer)
    return _render(layer, _area(path))


def _result(path: str, modality: str) -> QImage:
    from copgen.copgen_plugin.layers.results import load_result

    layer = load_result(path, modality, PRODUCTS[modality])
    return _render(layer, layer.extent())


def _render(layer: QgsRasterLayer, extent: QgsRectangle) -> QImage:
    settings = QgsMapSettings()
    settings.setLayers([layer])
    settings.setDestinationCrs(layer.crs())
    settings.setOutputSize(QSize(2 * SIDE, 2 * SIDE))
    settings.setExtent(extent)
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    return job.renderedImage()


def _compose(before: QImage, after: list[QImage]) -> QImage:
    """Put the pictures side by side, an arrow between."""
    picture = QImage(SIDE + ARROW + SIDE, SIDE, QImage.Format.Format_RGB32)
    picture.fill(QColor("white"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(QRectF(0, 0, SIDE, SIDE), before)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#5f7a8c"))
    middle, tip = SIDE / 2, SIDE + ARROW - 11
    corners = ((SIDE + 11, middle - 11), (tip, middle), (SIDE + 11, middle + 11))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))
    # Several results as vertical parts of one scene.
    share = SIDE / len(after)
    for number, image in enumerate(after):
        part = image.width() / len(after)
        target = QRectF(SIDE + ARROW + number * share, 0, share, SIDE)
        painter.drawImage(target, image, QRectF(number * part, 0, part, image.height()))
    painter.end()
    return picture


if __name__ == "__main__":
    sys.exit(main())
