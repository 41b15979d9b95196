"""QGIS opens what the runtime wrote: place, bands, nodata, and the word synthetic."""

from __future__ import annotations

from typing import Any

import pytest
from qgis.core import Qgis, QgsRasterLayer

# QGIS shows a scaled band in its physical unit, as Float32.
TYPES = {"dem": Qgis.DataType.Byte, "s1_rtc": Qgis.DataType.Byte, "s2_l1c": Qgis.DataType.Float32}
BANDS = {"dem": ["hillshade"], "s1_rtc": ["red", "green", "blue"], "s2_l1c": ["B04", "B03", "B02"]}


@pytest.mark.parametrize("modality", TYPES)
def test_qgis_opens_the_result_on_its_source(modality: str, made: dict[str, Any], qgis_app: object) -> None:
    layer = QgsRasterLayer(made[modality], modality)
    source = QgsRasterLayer(made["source"], "source")
    assert layer.isValid()
    assert layer.crs() == source.crs()
    assert layer.extent() == source.extent()
    assert (layer.width(), layer.height()) == (source.width(), source.height())
    provider = layer.dataProvider()
    assert provider.bandCount() == len(BANDS[modality]), "no mask shown as an extra band"
    for band, name in enumerate(BANDS[modality], start=1):
        assert name in layer.bandName(band)
        assert provider.sourceDataType(band) == TYPES[modality]
        assert provider.sourceHasNoDataValue(band)
        assert provider.sourceNoDataValue(band) == 0
    assert "COPGEN_SYNTHETIC" in layer.htmlMetadata()


def test_reflectance_is_shown_in_its_unit(made: dict[str, Any], qgis_app: object) -> None:
    layer = QgsRasterLayer(made["s2_l1c"], "l1c")
    provider = layer.dataProvider()
    assert provider.bandScale(1) == pytest.approx(1e-4)
    centre = provider.extent().center()
    value, found = provider.sample(centre, 1)
    assert found
    assert 0 < value < 1, "QGIS applies the scale, so a sample is a reflectance"
