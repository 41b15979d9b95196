"""What the toolbox, models and scripts see: names as the contract fixes them, help with a picture, icons."""

# ruff: noqa: ANN401

from __future__ import annotations

import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

import pytest
from qgis.core import QgsProcessingAlgorithm, QgsProcessingContext, QgsProcessingParameterEnum

AREA = ["EXTENT", "MASK"]
SETTINGS = ["MODEL", "PRESET", "STEPS", "SEED", "TARGET_CRS", "DEVICE"]
ONE_CLICK = ["INPUT", "LEVEL", "BANDS", "ENCODING", "OFFSET", *AREA, *SETTINGS, "OUTPUT"]
MODALITIES = ["DEM", "S1_RTC", "S2_L1C", "S2_L2A"]
GENERATE = [
    *(f"INPUT_{name}" for name in MODALITIES),
    *(f"{kind}_{name}" for name in MODALITIES for kind in ("BANDS", "ENCODING", "OFFSET")),
    *AREA,
    *SETTINGS,
    "SAMPLES",
    *(f"OUTPUT_{name}" for name in MODALITIES),
]
NAMES = ["demfroms2", "l2afroml1c", "l1cfroml2a", "s1froms2", "s2froms1", "generate", "generatebatch", "exportonnx"]


def names(definitions: list[Any]) -> set[str]:
    return {definition.name() for definition in definitions}


@pytest.mark.parametrize("name", NAMES[:5])
def test_one_click_parameters(name: str, provider: Any) -> None:
    algorithm = provider.algorithm(name)
    assert names(algorithm.parameterDefinitions()) == set(ONE_CLICK)
    assert names(algorithm.outputDefinitions()) == {"OUTPUT", "MODEL_USED", "DEVICE_USED"}
    defaults = {entry.name(): entry.defaultValue() for entry in algorithm.parameterDefinitions()}
    assert (defaults["MODEL"], defaults["STEPS"], defaults["SEED"]) == ("auto", 0, 0)
    assert (defaults["OFFSET"], defaults["ENCODING"], defaults["DEVICE"]) == ("auto", "auto", "auto")
    assert defaults["LEVEL"] == ("l2a" if name == "s2froms1" else "auto")


def test_generate_parameters(provider: Any) -> None:
    algorithm = provider.algorithm("generate")
    assert names(algorithm.parameterDefinitions()) == set(GENERATE)
    outputs = {f"OUTPUT_{name}" for name in MODALITIES}
    assert names(algorithm.outputDefinitions()) == {*outputs, "SAMPLE_FILES", "MODEL_USED", "DEVICE_USED"}
    for name in outputs:
        assert not algorithm.parameterDefinition(name).createByDefault()


@pytest.mark.parametrize("name", NAMES)
def test_what_is_seen(name: str, provider: Any) -> None:
    algorithm: QgsProcessingAlgorithm = provider.algorithm(name)
    assert algorithm.canExecute()[0]
    assert algorithm.displayName()
    assert not algorithm.icon().pixmap(16, 16).isNull()
    assert Path(algorithm.svgIconPath()).name != "copgen.svg", "one of its own"
    text = algorithm.shortHelpString()
    assert "synthetic" in text
    pictures = re.findall(r'src="([^"]+)"', text)
    assert all(Path(unquote(urlparse(picture).path)).is_file() for picture in pictures)
    assert len(pictures) == (name not in ("generatebatch", "exportonnx"))
    for definition in algorithm.parameterDefinitions():
        assert definition.description() != definition.name()
        if isinstance(definition, QgsProcessingParameterEnum):
            assert definition.usesStaticStrings()


def test_destinations_are_geotiffs(provider: Any) -> None:
    assert provider.supportedOutputRasterLayerExtensions() == ["tif", "tiff"]
    assert provider.supportedOutputRasterLayerFormatAndExtensions() == [("GTiff", "tif"), ("GTiff", "tiff")]
    output = provider.algorithm("demfroms2").parameterDefinition("OUTPUT")
    assert output.defaultFileExtension() == "tif"
    context = QgsProcessingContext()
    assert provider.isSupportedOutputValue("/there/out.tif", output, context)[0]
    assert not provider.isSupportedOutputValue("/there/out.png", output, context)[0]
    assert not provider.icon().isNull()
