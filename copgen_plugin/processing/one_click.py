"""The one-click algorithms: one raster in, one generated raster out."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from ...model_runtime.contract import MODALITIES
from ..layers.guess import guess_level, guess_modality
from ..layers.source import LayerSource, layer_source
from ..terms import ENCODINGS, condition_name
from ..translation import tr
from . import parameters as define
from .algorithm import CopGenAlgorithm
from .names import BANDS, ENCODING, INPUT, LEVEL, LEVELS, OFFSET, OUTPUT
from .reading import ParameterReader
from .request import Given, Refusal

SENTINEL2 = ("s2_l2a", "s2_l1c")
_OF_LEVEL = {"l2a": "s2_l2a", "l1c": "s2_l1c"}


class OneClickAlgorithm(CopGenAlgorithm):
    """From one modality to another.

    Attributes:
        inputs: modalities the input may be; the first is taken where nothing tells.
        generated: the modality that is made; None where LEVEL says it.
    """

    inputs: Tuple[str, ...] = ()
    generated: Optional[str] = None

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        title = tr("Sentinel-2 scene") if self.inputs == SENTINEL2 else condition_name(self.inputs[0])
        self.addParameter(define.raster(INPUT, title))
        self.addParameter(self._level())
        encodings = dict.fromkeys(name for modality in self.inputs for name in ENCODINGS[modality])
        self.addParameter(define.bands(BANDS, tr("Bands")))
        self.addParameter(define.encoding(ENCODING, tr("Encoding"), list(encodings)))
        self.addParameter(define.offset(OFFSET, tr("Offset")))
        for parameter in (*define.area(), *define.settings()):
            self.addParameter(parameter)
        self.addParameter(define.destination(OUTPUT, self.generated or "s2_l2a"))
        self.add_outputs()

    def read_given(self, reader: ParameterReader) -> List[Given]:
        """Read the input and decide what it shows."""
        layer = reader.layer(INPUT)
        source = layer_source(layer)
        modality, doubt = self._modality(reader, source)
        encodings = ("auto", *ENCODINGS[modality])
        encoding, offset = reader.choice(ENCODING, encodings), reader.offset(OFFSET)
        return [Given(source, modality, reader.text(BANDS), encoding, offset, doubt, layer)]

    def read_outputs(self, reader: ParameterReader) -> Dict[str, str]:
        """Return the one thing that is generated."""
        return {self.generated or _OF_LEVEL.get(reader.choice(LEVEL, LEVELS), "s2_l2a"): OUTPUT}

    def _level(self) -> Any:  # noqa: ANN401
        if self.generated is None:
            text = tr("Level of the result: surface reflectance (l2a) or top of atmosphere (l1c).")
            return define.with_help(define.choice(LEVEL, tr("Level of the result"), LEVELS, "l2a"), text)
        text = tr("Level of the input; auto recognises it, and takes {level} where nothing tells.")
        parameter = define.choice(LEVEL, tr("Level of the input"), LEVELS)
        return define.advanced(define.with_help(parameter, text.format(level=self.inputs[0][-3:])))

    def _modality(self, reader: ParameterReader, source: LayerSource) -> Tuple[str, str]:
        """Return what the input shows, and what was taken for granted about it.

        LEVEL says it, or the file tells it; else it is what the algorithm needs.
        """
        level = reader.choice(LEVEL, LEVELS) if self.generated is not None else "auto"
        told = source.tags.get("COPGEN_MODALITY") or guess_level(source)
        doubt = ""
        if level != "auto":
            modality = _OF_LEVEL[level]
        elif told in MODALITIES and (told not in SENTINEL2 or self.inputs[0] in SENTINEL2):
            modality = str(told)
        else:
            guessed = guess_modality(source)
            modality = guessed if guessed in self.inputs else self.inputs[0]
            if len(self.inputs) > 1:
                text = tr("{layer}: nothing tells its level, taken for {modality}; set LEVEL if that is wrong.")
                doubt = text.format(layer=source.name, modality=condition_name(modality))
        if modality not in self.inputs:
            text = tr("{layer} is {found}, and this needs {needed}; choose another input or algorithm, or set LEVEL.")
            names = " / ".join(condition_name(name) for name in self.inputs)
            raise Refusal(text.format(layer=source.name, found=condition_name(modality), needed=names))
        return modality, doubt
