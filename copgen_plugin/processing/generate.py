"""``copgen:generate``."""

from __future__ import annotations

from typing import Any, Dict, List, Optional

from qgis.core import QgsProcessingOutputString

from ...model_runtime.contract import MODALITIES
from ..layers.source import layer_source
from ..terms import ENCODINGS, condition_name
from ..translation import tr
from . import parameters as define
from .algorithm import CopGenAlgorithm
from .destinations import destination_text
from .names import BANDS, ENCODING, INPUT, LARGEST_COUNT, LEADING, OFFSET, OUTPUT, SAMPLE_FILES, SAMPLES, of
from .reading import ParameterReader
from .request import Given, Refusal

_SEPARATOR = ";"
"""As QGIS separates the layers of a list."""


class Generate(CopGenAlgorithm):
    """Any missing modality from any others."""

    icon_file = "generate.svg"

    def name(self) -> str:
        """Return the id."""
        return "generate"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("Generate missing modalities")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Draws what is missing of one place: elevation as a hillshade, a Sentinel-1 composite, Sentinel-2 L1C or "
            "L2A, any from any of the others. Give one input or more of the same place, and a destination for each "
            "modality you want; those are drawn together, so that they agree."
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        for modality in MODALITIES:
            self.addParameter(define.raster(of(INPUT, modality), condition_name(modality), optional=True))
        for modality in MODALITIES:
            title = condition_name(modality)
            self.addParameter(define.bands(of(BANDS, modality), tr("{input}: bands").format(input=title)))
            text = tr("{input}: encoding").format(input=title)
            self.addParameter(define.encoding(of(ENCODING, modality), text, ENCODINGS[modality]))
            self.addParameter(define.offset(of(OFFSET, modality), tr("{input}: offset").format(input=title)))
        for parameter in (*define.area(), *define.settings(with_samples=True)):
            self.addParameter(parameter)
        for modality in MODALITIES:
            self.addParameter(define.destination(of(OUTPUT, modality), modality, optional=True))
        self.addOutput(QgsProcessingOutputString(SAMPLE_FILES, tr("Files of the second and later samples")))
        self.add_outputs()

    def read_given(self, reader: ParameterReader) -> List[Given]:
        """Read the inputs that are there."""
        names = [modality for modality in LEADING if reader.is_given(of(INPUT, modality))]
        if not names:
            text = tr("No input is given; choose a raster for at least one of {inputs}.")
            raise Refusal(text.format(inputs=", ".join(of(INPUT, modality) for modality in MODALITIES)))
        return [self._read_one(reader, modality) for modality in names]

    def read_outputs(self, reader: ParameterReader) -> Dict[str, str]:
        """Return the modalities that have a destination."""
        names = {modality: of(OUTPUT, modality) for modality in MODALITIES}
        wanted = {modality: name for modality, name in names.items() if destination_text(reader.value(name))}
        if not wanted:
            text = tr("Nothing is to be generated; give a destination for at least one of {outputs}.")
            raise Refusal(text.format(outputs=", ".join(names.values())))
        return wanted

    def read_samples(self, reader: ParameterReader) -> int:
        """Return how many samples are to be drawn."""
        return reader.number(SAMPLES, 1, LARGEST_COUNT, 1)

    def more_results(self, placed: Dict[str, List[str]]) -> Dict[str, Any]:
        """List the second and later samples."""
        return {SAMPLE_FILES: _SEPARATOR.join(path for paths in placed.values() for path in paths[1:])}

    def _read_one(self, reader: ParameterReader, modality: str) -> Given:
        layer = reader.layer(of(INPUT, modality))
        return Given(
            layer_source(layer),
            modality,
            reader.text(of(BANDS, modality)),
            reader.choice(of(ENCODING, modality), ("auto", *ENCODINGS[modality])),
            reader.offset(of(OFFSET, modality)),
            layer=layer,
        )
