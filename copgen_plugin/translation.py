"""Texts in the user's language: one context, one compiled file a language."""

from __future__ import annotations

from pathlib import Path
from typing import Optional

from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QCoreApplication, QTranslator

CONTEXT = "CopGen"
FOLDER = Path(__file__).resolve().parents[1] / "resources" / "i18n"


def tr(text: str) -> str:
    """Return a text in the user's language.

    Args:
        text: English, as a literal, so that the extraction of texts finds it.
    """
    return QCoreApplication.translate(CONTEXT, text)


def install_translator(locale: Optional[str] = None, folder: Path = FOLDER) -> Optional[QTranslator]:
    """Load the texts of a language into the application.

    Args:
        locale: such as ``de`` or ``de_AT``; QGIS's own if None.
        folder: where ``copgen_<language>.qm`` lie.

    Returns:
        The translator to hand to ``remove_translator``, or None where there is none for the language.
    """
    wanted = locale or QgsApplication.locale()
    for name in (wanted, wanted.replace("-", "_").split("_")[0]):
        path = folder / f"copgen_{name}.qm"
        translator = QTranslator()
        if path.is_file() and translator.load(str(path)):
            QCoreApplication.installTranslator(translator)
            return translator
    return None


def remove_translator(translator: Optional[QTranslator]) -> None:
    """Take a language out of the application again."""
    if translator is not None:
        QCoreApplication.removeTranslator(translator)
