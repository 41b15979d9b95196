"""Algorithms that make one set of results from one set of conditions."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any, Dict, List

from qgis.core import QgsProcessingContext, QgsProcessingFeedback, QgsProject

from ..layers.results import layer_name_of
from ..layers.source import LayerError
from ..translation import tr
from .base import BaseAlgorithm, Parameters
from .destinations import (
    RESULTS,
    TEMPORARY,
    check_destinations,
    destination_text,
    place_results,
    rescued,
    working_folder,
)
from .export import export_inputs, prepare_exports
from .masks import copy_mask, write_mask
from .names import DEVICE_USED, EXTENT, MASK, MODEL_USED
from .post_processor import finish_loaded
from .reading import ParameterReader
from .request import Given, Refusal, Request
from .running import run_job


class CopGenAlgorithm(BaseAlgorithm):
    """A subclass says what is given and what is generated."""

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

    def read(self, reader: ParameterReader, context: QgsProcessingContext) -> Request:
        """Read all parameters; see :meth:`BaseAlgorithm.read`."""
        request = Request(self.read_given(reader), self.read_outputs(reader), samples=self.read_samples(reader))
        for entry in request.given:
            if entry.modality in request.outputs:
                text = tr("{modality} is both an input and to be generated; leave one out.")
                raise Refusal(text.format(modality=layer_name_of(entry.modality)))
            if entry.source.problem:
                raise LayerError(entry.source.problem)
        request.warnings = [entry.doubt for entry in request.given if entry.doubt]
        request.settings = reader.settings()
        polygons = reader.polygons(MASK)
        # The layer may be removed before the run writes them.
        request.mask = copy_mask(polygons) if polygons is not None else None
        extent = reader.extent(EXTENT, request.given[0].source)
        if extent is not None:
            request.bounds = (extent.xMinimum(), extent.yMinimum(), extent.xMaximum(), extent.yMaximum())
            request.bounds_crs = request.given[0].source.crs_wkt
        prepare_exports(request)
        return request

    def check(self, request: Request, reader: ParameterReader, context: QgsProcessingContext) -> None:
        """Refuse destinations that cannot be written to."""
        project = context.project() or QgsProject.instance()
        values = {name: reader.value(name) for name in request.outputs.values()}
        check_destinations(values, request.samples, [entry.source for entry in request.given], project)

    def run_request(
        self,
        request: Request,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Run the job, place its results, and have those that QGIS loads finished."""
        destinations = {
            modality: self.parameterAsOutputLayer(parameters, name, context)
            for modality, name in request.outputs.items()
        }
        for warning in request.warnings:
            feedback.pushWarning(warning)
        first = Path(next(iter(destinations.values()))).absolute()
        with working_folder(first.parent) as folder, rescued(folder / RESULTS, first.parent):
            export_inputs(request, folder, feedback)
            mask = write_mask(request.mask, folder / "mask.gpkg", feedback) if request.mask is not None else None
            job = asdict(request.job(str(folder / RESULTS), mask))
            result = run_job(job, f"{self.displayName()}: {request.title}", feedback)
            placed = place_results(result, destinations)
        if any(destination_text(parameters.get(name)) == TEMPORARY for name in request.outputs.values()):
            feedback.pushInfo(tr("Temporary results go when QGIS is closed; export the layers to keep them."))
        finish_loaded(self.displayName(), request, result, placed, context)
        outputs = {request.outputs[modality]: paths[0] for modality, paths in placed.items()}
        used = {MODEL_USED: str(result["model"]), DEVICE_USED: str(result["device"])}
        return {**outputs, **used, **self.more_results(placed)}
