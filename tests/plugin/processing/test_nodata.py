"""What counts as no data in QGIS counts in the result."""

# ruff: noqa: ANN401

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from osgeo import gdal
from qgis.core import QgsProject, QgsRasterLayer, QgsRasterRange

Copied = Callable[[str], str]
TERRAMIND = "coloc_terramind/433D_629L_3_1/"


@pytest.mark.parametrize("more", [(), (QgsRasterRange(-9999, -9000),)], ids=["handed on", "exported"])
def test_zero_is_data_where_the_user_says_so(
    copied: Copied, run: Any, project: QgsProject, tmp_path: Path, more: tuple[QgsRasterRange, ...]
) -> None:
    path = str(tmp_path / "lake.tif")
    made = gdal.Translate(path, copied(TERRAMIND + "S2L2A.tif"), noData=0)
    numbers = made.ReadAsArray()
    numbers[:, 100:130, 100:130] = 0
    made.WriteArray(numbers)
    made = None
    layer = QgsRasterLayer(path, "lake")
    for band in range(1, 13):
        layer.dataProvider().setUseSourceNoDataValue(band, False)
        layer.dataProvider().setUserNoDataValue(band, list(more))
    project.addMapLayer(layer)
    shown = gdal.Open(run("demfroms2", INPUT=layer.id())["OUTPUT"]).ReadAsArray() > 0
    assert shown.all(), "no hole"
