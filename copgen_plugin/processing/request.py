"""What the user asks of an algorithm, as plain values; and refusals, each in one sentence."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Dict, List, Optional, Tuple

from qgis.core import QgsCoordinateReferenceSystem, QgsGeometry, QgsRasterLayer

from ...model_runtime.contract import Condition, Job
from ..layers.export import LayerExport
from ..layers.source import LayerSource, condition_of


class Refusal(Exception):
    """Something that is asked for and cannot be done, in one sentence.

    Args:
        message: what was found and what to do, in the user's language.
    """

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass
class Given:
    """One condition as asked for.

    Attributes:
        source: values of the layer.
        modality: what it shows.
        bands: numbers or names separated by commas; empty means recognised.
        encoding: ``auto`` or what the stored numbers are.
        offset: ``auto`` or a number.
        doubt: for the user: what was taken for granted; empty where nothing was.
        layer: itself; None once its pixels are to be read by another thread.
        export: its pixels, where the runtime cannot open the layer.
        exported: the file they were written to.
    """

    source: LayerSource
    modality: str
    bands: str = ""
    encoding: str = "auto"
    offset: str = "auto"
    doubt: str = ""
    layer: Optional[QgsRasterLayer] = None
    export: Optional[LayerExport] = None
    exported: str = ""

    def condition(self) -> Condition:
        """Return the condition of the job."""
        return condition_of(self.source, self.modality, self.bands, self.encoding, self.offset, self.exported)


@dataclass(frozen=True)
class Settings:
    """How a job runs.

    Attributes:
        model: ``auto``, the name of a model or a folder.
        preset: ``reference`` or ``fast``, None for what the model was made for.
        steps: evaluations of the network, 0 for the preset's number.
        seed: of the noise.
        crs: of the results: ``auto``, an authority's code or WKT.
        device: ``auto`` or the name of one.
    """

    model: str = "auto"
    preset: Optional[str] = None
    steps: int = 0
    seed: int = 0
    crs: str = "auto"
    device: str = "auto"


@dataclass(frozen=True)
class Mask:
    """Polygons.

    Attributes:
        geometries: of them.
        crs: theirs.
    """

    geometries: List[QgsGeometry]
    crs: QgsCoordinateReferenceSystem


@dataclass
class Request:
    """Everything an algorithm needs, read in the main thread.

    Attributes:
        given: the conditions, the one that leads the grid first.
        outputs: modality to the name of its destination parameter.
        bounds: (west, south, east, north) in ``bounds_crs``, None for all.
        bounds_crs: WKT.
        mask: polygons, or None.
        settings: of the run.
        samples: how many are drawn.
        warnings: for the user, before the run.
    """

    given: List[Given]
    outputs: Dict[str, str]
    bounds: Optional[Tuple[float, float, float, float]] = None
    bounds_crs: Optional[str] = None
    mask: Optional[Mask] = None
    settings: Settings = Settings()
    samples: int = 1
    warnings: List[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """Name of the run, for the queue and the group of its results."""
        return ", ".join(entry.source.name for entry in self.given)

    def job(self, folder: str, mask: Optional[str]) -> Job:
        """Return the job.

        Args:
            folder: for the results.
            mask: file of the polygons, or None.
        """
        return Job(
            conditions=[entry.condition() for entry in self.given],
            generate=list(self.outputs),
            output=folder,
            samples=self.samples,
            bounds=self.bounds,
            bounds_crs=self.bounds_crs,
            mask=mask,
            **asdict(self.settings),
        )
