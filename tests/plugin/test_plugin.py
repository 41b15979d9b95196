"""The plugin in QGIS: it loads, adds its entry, and leaves nothing behind."""

from __future__ import annotations

import configparser
from pathlib import Path

import copgen
import pytest
from qgis.PyQt.QtWidgets import QAction


def entries(iface: object) -> list[QAction]:
    return iface.mainWindow().findChildren(QAction, "copgenAbout")  # type: ignore[attr-defined]


def test_loading_and_unloading_ten_times_leaves_nothing(qgis_iface: object, qgis_app: object) -> None:
    for _ in range(10):
        plugin = copgen.classFactory(qgis_iface)
        plugin.initGui()
        assert plugin.about is not None
        assert plugin.about.text()
        assert not plugin.about.icon().isNull()
        plugin.unload()
        assert plugin.about is None


def test_about_says_what_this_version_can_do(qgis_iface: object, root: Path, qgis_app: object) -> None:
    plugin = copgen.classFactory(qgis_iface)
    plugin.initGui()
    plugin.about.trigger()
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(root / "metadata.txt", encoding="utf-8")
    messages = [text for level in qgis_iface.messageBar().messages.values() for text in level]
    plugin.unload()
    assert any(metadata["general"]["version"] in text for text in messages)


@pytest.mark.parametrize("field", ["name", "description", "about", "version", "author", "qgisMinimumVersion"])
def test_metadata_has_what_qgis_asks_for(field: str, root: Path) -> None:
    metadata = configparser.ConfigParser(interpolation=None)
    metadata.read(root / "metadata.txt", encoding="utf-8")
    assert metadata["general"][field]
    assert (root / metadata["general"]["icon"]).is_file()
