"""``copgen:exportonnx``."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Dict, Optional

from qgis.core import (
    QgsProcessingContext,
    QgsProcessingFeedback,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterNumber,
    QgsProcessingParameterString,
)

from ..translation import tr
from . import parameters as define
from .base import BaseAlgorithm, Parameters
from .destinations import TEMPORARY, destination_text, warn_of_temporary_folder
from .names import DEVICE_USED, MODEL, MODEL_USED, OPSET, OPSETS, OUTPUT, PRECISION, PRECISIONS
from .reading import ParameterReader
from .request import Refusal
from .running import CancelledRun, open_service, wait_for


@dataclass(frozen=True)
class ExportOrder:
    """What is to be exported.

    Attributes:
        model: ``auto``, the name of a model or a folder.
        precision: of the weights.
        opset: version of the ONNX operators.
    """

    model: str
    precision: str
    opset: int


class ExportOnnx(BaseAlgorithm):
    """A model as a folder with ONNX graphs, which runs without torch."""

    icon_file = "export_onnx.svg"

    def name(self) -> str:
        """Return the id."""
        return "exportonnx"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("Export a model to ONNX")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Writes a model into a folder of its own, with ONNX graphs of its transformer and its autoencoder beside "
            "the weights. Give that folder as the model of any COP-GEN algorithm; it runs on ONNX Runtime and OpenVINO "
            "too, without torch. A large model takes minutes and several gigabytes of memory."
        )

    def caution(self) -> str:
        """Return what must be known of the result."""
        return tr("What an exported model draws is as synthetic as what the model itself draws.")

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        precision = tr(
            "fp32: as exact as the model. fp16: half the size, and half precision on graphics cards. int8: for "
            "processors; refused where it would change the pictures by more than one grey level on average."
        )
        opset = QgsProcessingParameterNumber(
            OPSET,
            tr("Version of the ONNX operators"),
            QgsProcessingParameterNumber.Type.Integer,
            defaultValue=OPSETS[0],
            minValue=OPSETS[0],
            maxValue=OPSETS[1],
        )
        for parameter in (
            define.with_help(
                QgsProcessingParameterString(MODEL, tr("Model"), defaultValue="auto", optional=True),
                tr("auto, the name of an installed model, or a folder with one."),
            ),
            define.with_help(define.choice(PRECISION, tr("Precision"), PRECISIONS), precision),
            define.advanced(define.with_help(opset, tr("Older programs that read ONNX need a smaller one."))),
            QgsProcessingParameterFolderDestination(OUTPUT, tr("Folder for the exported model")),
        ):
            self.addParameter(parameter)
        self.add_outputs()

    def read(self, reader: ParameterReader, context: QgsProcessingContext) -> ExportOrder:
        """Read all parameters; see :meth:`BaseAlgorithm.read`."""
        return ExportOrder(
            reader.model(MODEL), reader.choice(PRECISION, PRECISIONS), reader.number(OPSET, *OPSETS, OPSETS[0])
        )

    def check(self, request: ExportOrder, reader: ParameterReader, context: QgsProcessingContext) -> None:
        """Refuse a folder that holds something."""
        text = destination_text(reader.value(OUTPUT))
        if text and text != TEMPORARY:
            _check_folder(Path(text).absolute())

    def run_request(
        self,
        request: ExportOrder,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Have the runtime write the folder."""
        folder = Path(self.parameterAsFileOutput(parameters, OUTPUT, context)).absolute()
        if feedback.isCanceled():
            raise CancelledRun
        warn_of_temporary_folder(parameters.get(OUTPUT), feedback)
        run = open_service().export({**asdict(request), "output": str(folder)}, self.displayName())
        result = wait_for(run, feedback)
        for line in result["lines"]:
            feedback.pushInfo(line)
        return {OUTPUT: result["output"], MODEL_USED: result["model"], DEVICE_USED: result["device"]}


def _check_folder(folder: Path) -> None:
    """Refuse a folder that holds something or cannot be made.

    Raises:
        Refusal: in a sentence, why.
    """
    if os.path.lexists(str(folder)) and not (folder.is_dir() and not any(folder.iterdir())):
        text = tr("{name}: {path} is there already and not empty; choose another folder.")
        raise Refusal(text.format(name=OUTPUT, path=folder))
    there = next((parent for parent in folder.parents if parent.exists()), None)
    if there is None or not there.is_dir() or not os.access(str(there), os.W_OK | os.X_OK):
        text = tr("{name}: {folder} may not be written to; choose another folder.")
        raise Refusal(text.format(name=OUTPUT, folder=folder.parent))
