"""Every text in every language, and QGIS in German."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import copgen
import pytest
from qgis.core import QgsApplication, QgsSettings
from qgis.PyQt.QtCore import QCoreApplication, QEvent

from tools.package import read_qm, read_ts
from tools.translations import CONTEXT, FOLDER, LANGUAGES, extract, read

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    return extract(ROOT / "copgen_plugin")


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_is_left_untranslated(language: str, texts: dict[str, str]) -> None:
    known = read(FOLDER / f"copgen_{language}.ts")
    assert [text for text in texts if not known.get(text)] == [], "python tools/translations.py, then translate"
    assert [text for text in known if text not in texts] == [], "python tools/translations.py drops them"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_translation_takes_the_same_values(language: str) -> None:
    for text, translation in read(FOLDER / f"copgen_{language}.ts").items():
        assert sorted(re.findall(r"{[^}]*}", text)) == sorted(re.findall(r"{[^}]*}", translation)), text
        assert text.count("&") == translation.count("&"), f"a mnemonic each: {text}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_compiled_file_is_stale(language: str) -> None:
    path = FOLDER / f"copgen_{language}.ts"
    assert read_qm(path.with_suffix(".qm")) == read_ts(path), "python tools/translations.py compiles them"
    assert all(context == CONTEXT for context, _ in read_ts(path))


@pytest.fixture
def german(qgis_app: object) -> Iterator[None]:
    store = QgsSettings()
    store.setValue("locale/overrideFlag", True)
    store.setValue("locale/userLocale", "de_DE")
    yield
    store.remove("locale/overrideFlag")
    store.remove("locale/userLocale")


def test_the_plugin_speaks_german(german: None, qgis_iface: object) -> None:
    assert QgsApplication.locale().startswith("de")
    plugin = copgen.classFactory(qgis_iface)
    plugin.initGui()
    actions = plugin.actions.by_name()
    assert actions["copgenDemFromS2"].text() == "DEM aus S2 erzeugen"
    assert plugin.dock.running.cancel.text() == "Abbreche&n"
    algorithm = QgsApplication.processingRegistry().algorithmById("copgen:generate")
    assert algorithm.displayName() == "Fehlende Modalitäten erzeugen"
    plugin.unload()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    assert QCoreApplication.translate(CONTEXT, "Conditions") == "Conditions", "the language leaves with the plugin"
