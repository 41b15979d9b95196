"""The Processing provider ``copgen``."""

from __future__ import annotations

from pathlib import Path
from typing import List, Tuple

from qgis.core import QgsProcessingProvider
from qgis.PyQt.QtGui import QIcon

from .batch import GenerateBatch
from .dem_from_s2 import DemFromS2
from .destinations import EXTENSIONS
from .export_onnx import ExportOnnx
from .generate import Generate
from .l1c_from_l2a import L1cFromL2a
from .l2a_from_l1c import L2aFromL1c
from .running import admit_runs, refuse_runs
from .s1_from_s2 import S1FromS2
from .s2_from_s1 import S2FromS1

ICON = Path(__file__).resolve().parents[2] / "resources" / "icons" / "copgen.svg"
ALGORITHMS = (DemFromS2, L2aFromL1c, L1cFromL2a, S1FromS2, S2FromS1, Generate, GenerateBatch, ExportOnnx)


class CopGenProvider(QgsProcessingProvider):
    """Offers the algorithms to toolbox, models, scripts and ``qgis_process``."""

    def load(self) -> bool:
        """Offer the algorithms, and let them run."""
        admit_runs()
        return bool(super().load())

    def unload(self) -> None:
        """Let no algorithm run any more; those that do are ended with the runtime."""
        refuse_runs()
        super().unload()

    def id(self) -> str:
        """Return the id."""
        return "copgen"

    def name(self) -> str:
        """Return the name in the toolbox."""
        return "COP-GEN"

    def icon(self) -> QIcon:
        """Return the icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:  # noqa: N802
        """Return the path of the icon."""
        return str(ICON)

    def supportedOutputRasterLayerExtensions(self) -> List[str]:  # noqa: N802
        """Return the endings that destinations may have."""
        return list(EXTENSIONS)

    def supportedOutputRasterLayerFormatAndExtensions(self) -> List[Tuple[str, str]]:  # noqa: N802
        """Return them with GDAL's name of their format: what QGIS 4 asks instead."""
        return [("GTiff", ending) for ending in EXTENSIONS]

    def loadAlgorithms(self) -> None:  # noqa: N802
        """Add the algorithms."""
        for kind in ALGORITHMS:
            self.addAlgorithm(kind())
