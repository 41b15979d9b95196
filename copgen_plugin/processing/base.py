"""What all algorithms have: look, help, and refusals that reach the user as a sentence."""

from __future__ import annotations

import html
from pathlib import Path
from typing import Any, Dict, List, Tuple

from qgis.core import (
    QgsProcessingAlgorithm,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputString,
)
from qgis.PyQt.QtGui import QIcon

from ..layers.source import LayerError
from ..translation import tr
from .names import DEVICE_USED, MODEL_USED
from .reading import ParameterReader, in_words
from .request import Refusal
from .running import CancelledRun, UnloadedPlugin, open_service

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
Parameters = Dict[str, Any]


class BaseAlgorithm(QgsProcessingAlgorithm):
    """Shared by all algorithms; a subclass reads its parameters into a request and runs that."""

    icon_file = "copgen.svg"

    def __init__(self) -> None:
        super().__init__()
        self._request: Any = None
        self._problem = ""

    def told(self) -> str:
        """Return in a few sentences what the algorithm does."""
        raise NotImplementedError

    def caution(self) -> str:
        """Return what must be known of the result."""
        return tr(
            "The result is synthetic: a generative model draws what is plausible. Nothing in it was measured; do not "
            "use it as evidence. Another seed draws another answer."
        )

    def read(self, reader: ParameterReader, context: QgsProcessingContext) -> Any:  # noqa: ANN401
        """Read all parameters, in the main thread.

        Raises:
            Refusal: something cannot be done.
            LayerError: a layer cannot be used.
        """
        raise NotImplementedError

    def check(self, request: Any, reader: ParameterReader, context: QgsProcessingContext) -> None:  # noqa: ANN401
        """Refuse what is known to fail only once it is tried, before any work.

        Raises:
            Refusal: something cannot be done.
        """

    def run_request(
        self,
        request: Any,  # noqa: ANN401
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Do it, in whichever thread QGIS chose, and return the outputs.

        Raises:
            CancelledRun: the user cancelled.
            Refusal: something cannot be done.
            LayerError: a layer cannot be read.
            UnloadedPlugin: the plugin is gone.
        """
        raise NotImplementedError

    def createInstance(self) -> BaseAlgorithm:  # noqa: N802
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
        picture = RESOURCES / "help" / f"{self.name()}.jpg"
        shown = f'<p><img src="{picture.as_uri()}" width="240"></p>' if picture.is_file() else ""
        return f"<p>{html.escape(self.told())}</p>{shown}<p>{html.escape(self.caution())}</p>"

    def add_outputs(self) -> None:
        """Declare the outputs that all algorithms have."""
        self.addOutput(QgsProcessingOutputString(MODEL_USED, tr("Model that was used")))
        self.addOutput(QgsProcessingOutputString(DEVICE_USED, tr("Device that was used")))

    def checkParameterValues(  # noqa: N802
        self, parameters: Parameters, context: QgsProcessingContext
    ) -> Tuple[bool, str]:
        """Refuse in a sentence what cannot be done, before any work."""
        reader = ParameterReader(self, parameters, context)
        try:
            self.check(self.read(reader, context), reader, context)
            status = open_service().status()
            if status.state == "missing":
                raise Refusal(status.sentence)
        except (Refusal, LayerError, UnloadedPlugin) as error:
            return False, error.message
        words = {name: in_words(self, name, value) for name, value in parameters.items()}
        accepted: Tuple[bool, str] = super().checkParameterValues(words, context)
        return accepted

    def prepareAlgorithm(  # noqa: N802
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> bool:
        """Read every layer property in the main thread."""
        try:
            reader = ParameterReader(self, parameters, context)
            request = self.read(reader, context)
            # Again: a model and other programs run an algorithm without checking its values.
            self.check(request, reader, context)
            self._request = request
        except (Refusal, LayerError) as error:
            # Raised here it would end in QGIS's log; raised while processing it reaches the user.
            self._problem = error.message
        return True

    def processAlgorithm(  # noqa: N802
        self, parameters: Parameters, context: QgsProcessingContext, feedback: QgsProcessingFeedback
    ) -> Dict[str, Any]:
        """Run what was read, in whichever thread QGIS chose."""
        if self._request is None:
            raise QgsProcessingException(self._problem)
        try:
            return self.run_request(self._request, parameters, context, feedback)
        except CancelledRun:
            feedback.pushInfo(tr("Cancelled; nothing was written."))
            return {}
        except (Refusal, LayerError, UnloadedPlugin) as error:
            raise QgsProcessingException(error.message) from error
