"""What all algorithms do: read the parameters in the main thread, run the job, place and style the results."""

from __future__ import annotations

import shutil
from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
    QgsProject,
)
from qgis.PyQt.QtGui import QIcon

from ..layers.results import layer_name_of
from ..layers.source import LayerError
from ..runtime.service import get_service
from ..translation import tr
from .destinations import check_destination, place_results, working_folder
from .export import export_inputs, prepare_exports
from .masks import write_mask
from .names import (
    DEVICE,
    DEVICE_USED,
    DEVICES,
    EXTENT,
    LARGEST_COUNT,
    LARGEST_SEED,
    MASK,
    MODEL,
    MODEL_USED,
    SEED,
    STEPS,
    TARGET_CRS,
)
from .post_processor import finish_loaded
from .reading import ParameterReader
from .request import Given, Refusal, Request
from .running import CancelledRun, run_job

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
Parameters = Dict[str, Any]


class CopGenAlgorithm(QgsProcessingAlgorithm):
    """Shared flow of the algorithms; a subclass says what is given and what is generated."""

    icon_file = "copgen.svg"

    def __init__(self) -> None:
        super().__init__()
        self._request: Optional[Request] = None
        self._problem = ""

    def createInstance(self) -> CopGenAlgorithm:  # noqa: N802
        """Return a new algorithm of this kind."""
        return type(self)()

    def icon(self) -> QIcon:
        """Return the icon."""
        return QIcon(self.svgIconPath())

    def svgIconPath(self) -> str:  # noqa: N802
        """Return the path of the icon."""
        return str(RESOURCES / "icons" / self.icon_file)

    def tags(self) -> List[str]:
        """Return words the toolbox finds the algorithm by."""
        words = tr("synthetic,generate,satellite,elevation,hillshade,radar")
        return [*words.split(","), "COP-GEN", "Sentinel-1", "Sentinel-2", "DEM", "diffusion", "AI"]

    def shortHelpString(self) -> str:  # noqa: N802
        """Return what the algorithm does, with a picture."""
        picture = RESOURCES / "help" / f"{self.name()}.png"
        shown = f'<p><img src="{picture.as_uri()}" width="320"></p>' if picture.is_file() else ""
        caution = tr(
            "The result is synthetic: a generative model draws what is plausible. Nothing in it was measured; do not "
            "use it as evidence. Another seed draws another answer."
        )
        return f"<p>{self.told()}</p>{shown}<p>{caution}</p>"

    def told(self) -> str:
        """Return in a few sentences what the algorithm does."""
        raise NotImplementedError

    def read_given(self, reader: ParameterReader) -> List[Given]:
        """Read the conditions, the one that leads the grid first.

        Raises:
            Refusal: there is none, or one cannot be used.
        """
        raise NotImplementedError

    def read_outputs(self, reader: ParameterReader) -> Dict[str, str]:
        """Return what is to be generated: modality to the name of its destination parameter.

        Raises:
            Refusal: nothing is.
        """
        raise NotImplementedError

    def read_samples(self, reader: ParameterReader) -> int:
        """Return how many samples are to be drawn."""
        return 1

    def more_results(self, placed: Dict[str, List[str]]) -> Dict[str, Any]:
        """Return outputs beside those that all algorithms have."""
        return {}

    def add_outputs(self) -> None:
        """Declare the outputs that all algorithms have."""
        self.addOutput(QgsProcessingOutputString(MODEL_USED, tr("Model that was used")))
        self.addOutput(QgsProcessingOutputString(DEVICE_USED, tr("Device that was used")))

    def checkParameterValues(  # noqa: N802
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Refuse in a sentence what cannot be done, before any work."""
        try:
            request = self._read(parameters, context)
            project = context.project() or QgsProject.instance()
            for name in request.outputs.values():
                check_destination(name, parameters.get(name), [entry.source for entry in request.given], project)
            status = get_service().status()
            if status.state == "missing":
                raise Refusal(status.sentence)
        except (Refusal, LayerError) as error:
            return False, error.message
        accepted: Tuple[bool, str] = super().checkParameterValues(parameters, context)
        return accepted

    def prepareAlgorithm(  # noqa: N802
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Read every layer property in the main thread."""
        try:
            self._request = self._read(parameters, context)
        except (Refusal, LayerError) as error:
            # Raised here it would end in QGIS's log; raised while processing it reaches the user.
            self._problem = error.message
        return True

    def processAlgorithm(  # noqa: N802
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run the job, in whichever thread QGIS chose."""
        request = self._request
        if request is None:
            raise QgsProcessingException(self._problem)
        destinations = {
            modality: self.parameterAsOutputLayer(parameters, name, context)
            for modality, name in request.outputs.items()
        }
        try:
            result, placed = self._run(request, destinations, feedback)
        except CancelledRun:
            feedback.pushInfo(tr("Cancelled; nothing was written."))
            return {}
        except (Refusal, LayerError) as error:
            raise QgsProcessingException(error.message) from error
        finish_loaded(self.displayName(), request, result, placed, context)
        outputs = {request.outputs[modality]: paths[0] for modality, paths in placed.items()}
        used = {MODEL_USED: str(result["model"]), DEVICE_USED: str(result["device"])}
        return {**outputs, **used, **self.more_results(placed)}

    def _run(
        self, request: Request, destinations: Dict[str, str], feedback: QgsProcessingFeedback
    ) -> Tuple[Dict[str, Any], Dict[str, List[str]]]:
        for warning in request.warnings:
            feedback.pushWarning(warning)
        folder = working_folder(next(iter(destinations.values())))
        try:
            export_inputs(request, folder, feedback)
            mask = write_mask(request.mask, folder, feedback) if request.mask is not None else None
            job = asdict(request.job(str(folder / "results"), mask))
            result = run_job(job, f"{self.displayName()}: {request.title}", feedback)
            return result, place_results(result, destinations)
        finally:
            shutil.rmtree(folder, ignore_errors=True)

    def _read(self, parameters: Parameters, context: QgsProcessingContext) -> Request:
        """Read all parameters.

        Raises:
            Refusal: something cannot be done.
            LayerError: a layer cannot be used.
        """
        reader = ParameterReader(self, parameters, context)
        request = Request(self.read_given(reader), self.read_outputs(reader), samples=self.read_samples(reader))
        for entry in request.given:
            if entry.modality in request.outputs:
                text = tr("{modality} is both an input and to be generated; leave one out.")
                raise Refusal(text.format(modality=layer_name_of(entry.modality)))
            if entry.source.problem:
                raise LayerError(entry.source.problem)
        request.warnings = [entry.doubt for entry in request.given if entry.doubt]
        request.steps = reader.number(STEPS, 0, LARGEST_COUNT, 0)
        request.seed = reader.number(SEED, 0, LARGEST_SEED, 0)
        request.model = reader.model(MODEL)
        request.device = reader.choice(DEVICE, DEVICES)
        request.crs = reader.crs(TARGET_CRS)
        request.mask = reader.polygons(MASK)
        extent = reader.extent(EXTENT, request.given[0].source)
        if extent is not None:
            request.bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
            request.bounds_crs = request.given[0].source.crs_wkt
        prepare_exports(request)
        return request
