"""The plugin as QGIS loads it: one menu entry that tells what it is, until the panel arrives."""

from __future__ import annotations

import configparser
from pathlib import Path
from typing import Any, Optional

from qgis.core import Qgis
from qgis.PyQt.QtCore import QCoreApplication
from qgis.PyQt.QtGui import QIcon

try:
    from qgis.PyQt.QtGui import QAction
except ImportError:  # Qt 5
    from qgis.PyQt.QtWidgets import QAction

ROOT = Path(__file__).resolve().parents[1]


class CopGenPlugin:
    """Adds "About COP-GEN" to the Raster menu.

    Args:
        iface: QGIS's interface, or None under ``qgis_process``.
    """

    def __init__(self, iface: Any) -> None:  # noqa: ANN401
        self.iface = iface
        self.about: Optional[QAction] = None

    @staticmethod
    def tr(text: str) -> str:
        """Return the text in the user's language."""
        return QCoreApplication.translate("CopGenPlugin", text)

    def initGui(self) -> None:  # noqa: N802
        """Add the menu entry."""
        icon = QIcon(str(ROOT / "resources" / "icons" / "copgen.svg"))
        self.about = QAction(icon, self.tr("About COP-GEN"), self.iface.mainWindow())
        self.about.setObjectName("copgenAbout")
        self.about.triggered.connect(self.show_about)
        self.iface.addPluginToRasterMenu("COP-GEN", self.about)

    def unload(self) -> None:
        """Remove the menu entry."""
        if self.about is not None:
            self.iface.removePluginRasterMenu("COP-GEN", self.about)
            self.about.deleteLater()
            self.about = None

    def show_about(self) -> None:
        """Tell in the message bar what this version can do."""
        metadata = configparser.ConfigParser(interpolation=None)
        metadata.read(ROOT / "metadata.txt", encoding="utf-8")
        text = self.tr(
            "Version {version}: the model runtime is ready on the command line "
            "(python -m model_runtime); the panel follows."
        ).format(version=metadata["general"]["version"])
        self.iface.messageBar().pushMessage("COP-GEN", text, Qgis.MessageLevel.Info, 10)
