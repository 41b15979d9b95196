"""Reading parameters, each refused in a sentence where it cannot be used; in the main thread."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any, Dict, List, Optional, Sequence

from qgis.core import (
    QgsCsException,
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingFeatureSource,
    QgsProcessingParameterEnum,
    QgsProperty,
    QgsRasterLayer,
    QgsRectangle,
)

from ..layers.source import LayerSource, crs_as_wkt, crs_from_wkt
from ..terms import PRESETS, preset_of
from ..translation import tr
from .masks import check_mask
from .names import DEVICE, DEVICES, LARGEST_COUNT, LARGEST_SEED, MODEL, PRESET, SEED, STEPS, TARGET_CRS
from .request import Refusal, Settings

_AUTHORITIES = ("EPSG:", "ESRI:", "IGNF:", "OGC:")


def in_words(algorithm: QgsProcessingAlgorithm, name: str, value: Any) -> Any:  # noqa: ANN401
    """Return the words for the numbers of options, which ``qgis_process help`` lists and QGIS itself then refuses.

    Args:
        algorithm: whose parameter it is.
        name: of the parameter; one that is no choice keeps its value.
        value: a word, a number, several with commas between, or a list of them.
    """
    definition = algorithm.parameterDefinition(name)
    if not isinstance(definition, QgsProcessingParameterEnum) or isinstance(value, QgsProperty) or value in (None, ""):
        return value
    if isinstance(value, (list, tuple)):
        return [in_words(algorithm, name, entry) for entry in value]
    options = definition.options()
    parts = [part.strip() for part in str(value).split(",")]
    return ",".join(
        options[int(part)] if part.isascii() and part.isdigit() and int(part) < len(options) else part for part in parts
    )


class ParameterReader:
    """Reads one call's parameters.

    Args:
        algorithm: that was called.
        parameters: as given.
        context: of the call.
    """

    def __init__(
        self, algorithm: QgsProcessingAlgorithm, parameters: Dict[str, Any], context: QgsProcessingContext
    ) -> None:
        self._algorithm = algorithm
        self._parameters = parameters
        self._context = context

    def is_given(self, name: str) -> bool:
        """Tell whether a parameter has a value."""
        return self._parameters.get(name) not in (None, "")

    def value(self, name: str) -> Any:  # noqa: ANN401
        """Return a parameter's value as given, None where there is none."""
        return self._parameters.get(name)

    def layer(self, name: str) -> QgsRasterLayer:
        """Return a raster layer.

        Raises:
            Refusal: it is missing or cannot be opened.
        """
        if not self.is_given(name):
            raise Refusal(tr("{name}: no raster is given; choose one.").format(name=name))
        layer: Optional[QgsRasterLayer] = self._algorithm.parameterAsRasterLayer(self._parameters, name, self._context)
        if layer is None:
            layer = self._by_gdal_name(name)
        if layer is None or not layer.isValid():
            raise Refusal(self._why_no_raster(name))
        return layer

    def text(self, name: str, default: str = "") -> str:
        """Return a text, the default where it is empty."""
        if not self.is_given(name):
            return default
        return str(self._algorithm.parameterAsString(self._parameters, name, self._context)).strip() or default

    def choice(self, name: str, options: Sequence[str]) -> str:
        """Return one of several texts, the first where none is given.

        Raises:
            Refusal: it is none of them.
        """
        value = self._parameters.get(name)
        if isinstance(value, QgsProperty):
            value = self._algorithm.parameterAsEnumString(self._parameters, name, self._context)
        value = in_words(self._algorithm, name, value)
        if value in (None, ""):
            return options[0]
        if value not in options:
            text = tr("{name}: {value} is unknown; use {options}.")
            raise Refusal(text.format(name=name, value=value, options=", ".join(options)))
        return str(value)

    def choices(self, name: str, options: Sequence[str]) -> List[str]:
        """Return some of several texts, in the order of the options.

        Raises:
            Refusal: one is none of them.
        """
        value = self._parameters.get(name)
        if isinstance(value, QgsProperty):
            value = self._algorithm.parameterAsEnumStrings(self._parameters, name, self._context)
        value = in_words(self._algorithm, name, value)
        chosen = value.split(",") if isinstance(value, str) else list(value or [])
        for entry in chosen:
            if entry not in options:
                text = tr("{name}: {value} is unknown; use {options}.")
                raise Refusal(text.format(name=name, value=entry, options=", ".join(options)))
        return [option for option in options if option in chosen]

    def number(self, name: str, lowest: int, highest: int, default: int) -> int:
        """Return a whole number.

        Raises:
            Refusal: it is none, or lies outside.
        """
        value = self._parameters.get(name)
        if isinstance(value, QgsProperty):
            value = self._algorithm.parameterAsInt(self._parameters, name, self._context)
        if value in (None, ""):
            return default
        number = _whole(value)
        if number is None:
            raise Refusal(tr("{name}: a whole number is needed, found {value}.").format(name=name, value=value))
        if not lowest <= number <= highest:
            text = tr("{name}: {value} lies outside {lowest} to {highest}.")
            raise Refusal(text.format(name=name, value=number, lowest=lowest, highest=highest))
        return number

    def offset(self, name: str) -> str:
        """Return ``auto`` or a number as text.

        Raises:
            Refusal: it is neither.
        """
        text = self.text(name, "auto").replace("\N{MINUS SIGN}", "-")
        try:
            if text != "auto" and not math.isfinite(float(text)):
                raise ValueError(text)
        except ValueError:
            sentence = tr("{name}: {value} is no number; give auto or a number such as -1000.")
            raise Refusal(sentence.format(name=name, value=text)) from None
        return text

    def model(self, name: str) -> str:
        """Return ``auto``, the name of a model, or a folder.

        Raises:
            Refusal: it is the path of no folder.
        """
        model = self.text(name, "auto")
        if ("/" in model or "\\" in model) and not Path(model).expanduser().is_dir():
            text = tr("{name}: there is no folder {model}; give auto, the name of a model or its folder.")
            raise Refusal(text.format(name=name, model=model))
        return str(Path(model).expanduser().absolute()) if "/" in model or "\\" in model else model

    def settings(self) -> Settings:
        """Return the settings that all algorithms have.

        Raises:
            Refusal: one of them cannot be.
        """
        return Settings(
            model=self.model(MODEL),
            preset=preset_of(self.choice(PRESET, PRESETS)),
            steps=self.number(STEPS, 0, LARGEST_COUNT, 0),
            seed=self.number(SEED, 0, LARGEST_SEED, 0),
            crs=self.crs(TARGET_CRS),
            device=self.choice(DEVICE, DEVICES),
        )

    def crs(self, name: str) -> str:
        """Return a coordinate reference system as an authority's code or WKT, ``auto`` where none is given.

        Raises:
            Refusal: it is none.
        """
        if not self.is_given(name):
            return "auto"
        crs = self._algorithm.parameterAsCrs(self._parameters, name, self._context)
        if not crs.isValid():
            text = tr("{name}: {value} is no coordinate reference system; give one such as EPSG:32632.")
            raise Refusal(text.format(name=name, value=self._parameters[name]))
        return str(crs.authid()) if crs.authid().startswith(_AUTHORITIES) else crs_as_wkt(crs)

    def extent(self, name: str, around: LayerSource) -> Optional[QgsRectangle]:
        """Return an area in a layer's coordinate reference system, None where none is given.

        Args:
            name: of the parameter.
            around: the layer; a value without a coordinate reference system is in the layer's.

        Raises:
            Refusal: it is no area, or lies outside the layer.
        """
        if not self.is_given(name):
            return None
        crs = crs_from_wkt(around.crs_wkt)
        try:
            extent = self._algorithm.parameterAsExtent(self._parameters, name, self._context, crs)
        except QgsCsException:
            extent = QgsRectangle()
        if extent.isNull() or extent.isEmpty() or not extent.isFinite():
            text = tr("{name}: {value} is no area there; give west, east, south, north and the reference system.")
            raise Refusal(text.format(name=name, value=self._parameters[name]))
        if around.width and extent.intersect(QgsRectangle(*around.extent)).isEmpty():
            text = tr("{name}: the area does not overlap {layer}; choose one where it has pixels.")
            raise Refusal(text.format(name=name, layer=around.name))
        return extent

    def polygons(self, name: str) -> Optional[QgsProcessingFeatureSource]:
        """Return polygons, None where none are given.

        Raises:
            Refusal: they are no polygons that can be used.
        """
        if not self.is_given(name):
            return None
        source: Optional[QgsProcessingFeatureSource] = self._algorithm.parameterAsSource(
            self._parameters, name, self._context
        )
        if source is None:
            text = tr("{name}: {value} cannot be opened as a vector layer; give polygons.")
            raise Refusal(text.format(name=name, value=self._parameters[name]))
        check_mask(name, source)
        return source

    def _by_gdal_name(self, name: str) -> Optional[QgsRasterLayer]:
        """Open what is no file but a name GDAL knows, such as a subdataset, which Processing does not try."""
        value = self._parameters[name]
        if not isinstance(value, str) or not (":" in value or value.startswith("/vsi")):
            return None
        layer = QgsRasterLayer(value, Path(value).name.replace('"', ""))
        if not layer.isValid():
            return None
        self._context.temporaryLayerStore().addMapLayer(layer)
        return layer

    def _why_no_raster(self, name: str) -> str:
        value = self._parameters[name]
        if isinstance(value, str) and Path(value).is_absolute() and not Path(value).exists():
            return tr("{name}: there is no file {path}; choose another.").format(name=name, path=value)
        text = tr("{name}: {value} cannot be opened as a raster; it is damaged or of an unknown format.")
        return text.format(name=name, value=value)


def _whole(value: Any) -> Optional[int]:  # noqa: ANN401
    """Return a value as a whole number, exactly where it is one already; None where it is none."""
    if isinstance(value, int):
        return value
    try:
        number = float(value)
        return int(number) if number == int(number) else None
    except (TypeError, ValueError, OverflowError):
        return None
