"""``copgen:generatebatch``."""

from __future__ import annotations

import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any, Dict, FrozenSet, List, Optional, Set

from qgis.core import (
    QgsProcessing,
    QgsProcessingContext,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingMultiStepFeedback,
    QgsProcessingOutputString,
    QgsProcessingParameterFeatureSource,
    QgsProcessingParameterField,
    QgsProcessingParameterFile,
    QgsProcessingParameterFolderDestination,
    QgsProcessingParameterString,
    QgsProject,
)

from ...model_runtime.contract import MODALITIES, Condition, Job
from ..layers.results import layer_name_of, open_files, same_name
from ..layers.source import LayerError, condition_of, layer_source
from ..terms import ENCODINGS
from ..translation import tr
from . import parameters as define
from .base import BaseAlgorithm, Parameters
from .destinations import RESULTS, place_results, rescued, warn_of_temporary_folder, working_folder
from .names import BANDS, DEVICE_USED, ENCODING, INPUT, MODEL_USED, OFFSET
from .reading import ParameterReader
from .request import Refusal, Settings
from .running import CancelledRun, run_job
from .tiles import Tile, read_tiles, unique_name, write_tile

FOLDER = "FOLDER"
PATTERN = "PATTERN"
TILES = "TILES"
NAME_FIELD = "NAME_FIELD"
MODALITY = "MODALITY"
GENERATE = "GENERATE"
OUTPUT_FOLDER = "OUTPUT_FOLDER"
FILES = "FILES"
FAILED = "FAILED"
_SEPARATOR = ";"


@dataclass(frozen=True)
class Part:
    """One job of the batch.

    Attributes:
        name: beginning of the names of its results.
        condition: its input.
        tile: its area, None for all of the input.
    """

    name: str
    condition: Condition
    tile: Optional[Tile] = None


@dataclass(frozen=True)
class RasterFolder:
    """A folder whose rasters are the parts; it may hold many, on a slow drive.

    Attributes:
        path: of the folder.
        pattern: of the names in it.
        condition: that each of them is, without its path.
    """

    path: Path
    pattern: str
    condition: Condition

    def nothing(self) -> Refusal:
        """Return the refusal of a folder without such names."""
        text = tr("{folder}: nothing there is called {pattern}; choose another folder or pattern.")
        return Refusal(text.format(folder=self.path, pattern=self.pattern))


@dataclass(frozen=True)
class BatchRequest:
    """A batch as asked for.

    Attributes:
        tiles: of one raster, in the order in which they run; empty where there is a folder.
        folder: looked through when the batch runs, which is in a thread of its own but in QGIS's batch window.
        generate: modalities.
        settings: of every run.
        open_files: that must not be written over.
    """

    tiles: List[Part]
    folder: Optional[RasterFolder]
    generate: List[str]
    settings: Settings
    open_files: FrozenSet[str]


class GenerateBatch(BaseAlgorithm):
    """Many rasters of a folder, or many areas of one raster, in one run with one loaded model."""

    icon_file = "generate.svg"

    def name(self) -> str:
        """Return the id."""
        return "generatebatch"

    def displayName(self) -> str:  # noqa: N802
        """Return the name in the toolbox."""
        return tr("Generate for a folder or a tile index")

    def told(self) -> str:
        """Return what it does."""
        return tr(
            "Runs through all rasters of a folder, or through all polygons of a tile index over one raster, with the "
            "model loaded once. What fails is told and passed over. The results are called name_modality.tif."
        )

    def initAlgorithm(self, configuration: Optional[Dict[str, Any]] = None) -> None:  # noqa: N802
        """Declare parameters and outputs."""
        folder = QgsProcessingParameterFile.Behavior.Folder
        polygon = QgsProcessing.SourceType.TypeVectorPolygon
        any_field = QgsProcessingParameterField.DataType.Any
        pattern = QgsProcessingParameterString(PATTERN, tr("Names in the folder"), defaultValue="*.tif")
        tiles = QgsProcessingParameterFeatureSource(TILES, tr("Tile index (polygons)"), [polygon], optional=True)
        field = QgsProcessingParameterField(
            NAME_FIELD, tr("Field with the tiles' names"), None, TILES, any_field, optional=True
        )
        encodings = dict.fromkeys(name for names in ENCODINGS.values() for name in names)
        for parameter in (
            QgsProcessingParameterFile(FOLDER, tr("Folder of rasters"), folder, optional=True),
            define.with_help(
                pattern,
                tr(
                    "With * and ?; **/*.tif takes subfolders too. Each raster may cover 4,000 by 4,000 pixels of 10 m "
                    "at most."
                ),
            ),
            define.raster(INPUT, tr("Raster for the tile index"), optional=True),
            tiles,
            field,
            define.choice(MODALITY, tr("What the inputs show"), MODALITIES, "s2_l2a"),
            define.choice(GENERATE, tr("To generate"), MODALITIES, "dem", several=True),
            define.bands(BANDS, tr("Bands")),
            define.encoding(ENCODING, tr("Encoding"), list(encodings)),
            define.offset(OFFSET, tr("Offset")),
            *define.settings(),
            QgsProcessingParameterFolderDestination(OUTPUT_FOLDER, tr("Folder for the results")),
        ):
            self.addParameter(parameter)
        self.addOutput(QgsProcessingOutputString(FILES, tr("Files that were written")))
        self.addOutput(QgsProcessingOutputString(FAILED, tr("Names of what failed")))
        self.add_outputs()

    def read(self, reader: ParameterReader, context: QgsProcessingContext) -> BatchRequest:
        """Read all parameters; see :meth:`BaseAlgorithm.read`."""
        modality = reader.choice(MODALITY, ("s2_l2a", *MODALITIES))
        generate = reader.choices(GENERATE, MODALITIES) or ["dem"]
        if modality in generate:
            text = tr("{modality} is both an input and to be generated; leave one out.")
            raise Refusal(text.format(modality=layer_name_of(modality)))
        if reader.is_given(FOLDER) == reader.is_given(TILES):
            raise Refusal(tr("Give a folder of rasters, or a tile index and its raster."))
        encoding = reader.choice(ENCODING, ("auto", *ENCODINGS[modality]))
        told = (reader.text(BANDS), encoding, reader.offset(OFFSET))
        folder = _folder(reader, modality, *told) if reader.is_given(FOLDER) else None
        tiles = _of_tiles(reader, modality, *told) if folder is None else []
        project = context.project() or QgsProject.instance()
        return BatchRequest(tiles, folder, generate, reader.settings(), frozenset(open_files(project)))

    def run_request(
        self,
        request: BatchRequest,
        parameters: Parameters,
        context: QgsProcessingContext,
        feedback: QgsProcessingFeedback,
    ) -> Dict[str, Any]:
        """Run part after part; what fails is told and passed over."""
        target = Path(self.parameterAsFileOutput(parameters, OUTPUT_FOLDER, context)).absolute()
        warn_of_temporary_folder(parameters.get(OUTPUT_FOLDER), feedback)
        parts = request.tiles if request.folder is None else _of_folder(request.folder, feedback)
        steps = QgsProcessingMultiStepFeedback(len(parts), feedback)
        files: List[str] = []
        failures: Dict[str, str] = {}
        used: Dict[str, Any] = {}
        with working_folder(target) as folder:
            for number, part in enumerate(parts):
                steps.setCurrentStep(number)
                feedback.pushInfo(part.name)
                try:
                    destinations = _destinations(request, part, target)
                    with rescued(folder / str(number) / RESULTS, target):
                        result = _run(self.displayName(), request, part, folder / str(number), steps)
                        files += [path for paths in place_results(result, destinations).values() for path in paths]
                    used = {MODEL_USED: str(result["model"]), DEVICE_USED: str(result["device"])}
                except CancelledRun:
                    feedback.pushInfo(tr("Cancelled; what was written before stays: {files}").format(files=len(files)))
                    break
                except (Refusal, LayerError, QgsProcessingException) as error:
                    failures[part.name] = str(error)
                    feedback.reportError(f"{part.name}: {error}")
        if not files and failures:
            raise Refusal(next(iter(failures.values())))
        outputs = {FILES: _SEPARATOR.join(files), FAILED: _SEPARATOR.join(failures)}
        return {OUTPUT_FOLDER: str(target), **outputs, **used}


def _folder(reader: ParameterReader, modality: str, bands: str, encoding: str, offset: str) -> RasterFolder:
    wanted = [band.strip() for band in bands.split(",") if band.strip()]
    condition = Condition(modality, [], wanted, encoding, offset)
    folder = RasterFolder(Path(reader.text(FOLDER)), reader.text(PATTERN, "*.tif"), condition)
    # Not what is in it: this is the main thread, and the drive may be slow.
    if not folder.path.is_dir():
        raise folder.nothing()
    return folder


def _of_folder(folder: RasterFolder, feedback: QgsProcessingFeedback) -> List[Part]:
    paths = []
    try:
        for path in folder.path.glob(folder.pattern):
            if feedback.isCanceled():
                raise CancelledRun
            paths.append(path)
    except (OSError, ValueError, NotImplementedError):
        paths = []
    if not paths:
        raise folder.nothing()
    parts = []
    taken: Set[str] = set()
    for path in sorted(paths):
        name = unique_name("_".join(path.relative_to(folder.path).with_suffix("").parts), taken)
        parts.append(Part(name, replace(folder.condition, path=[str(path.absolute())])))
    return parts


def _of_tiles(reader: ParameterReader, modality: str, bands: str, encoding: str, offset: str) -> List[Part]:
    source = layer_source(reader.layer(INPUT))
    if source.needs_export:
        text = tr("{layer}: {reason}; save it as a GeoTIFF first.")
        raise Refusal(text.format(layer=source.name, reason=source.reason))
    condition = condition_of(source, modality, bands, encoding, offset)
    tiles = read_tiles(TILES, reader.polygons(TILES), source, reader.text(NAME_FIELD))
    return [Part(tile.name, condition, tile) for tile in tiles]


def _run(
    title: str, request: BatchRequest, part: Part, folder: Path, feedback: QgsProcessingFeedback
) -> Dict[str, Any]:
    folder.mkdir()
    job = Job([part.condition], request.generate, output=str(folder / RESULTS), **asdict(request.settings))
    if part.tile is not None:
        job.bounds, job.bounds_crs = part.tile.bounds, part.tile.bounds_crs
        job.mask = write_tile(part.tile, folder / "tile.gpkg")
    return run_job(asdict(job), f"{title}: {part.name}", feedback)


def _destinations(request: BatchRequest, part: Part, target: Path) -> Dict[str, str]:
    """Return where the results of a part go, by modality.

    Raises:
        Refusal: one of them is open as a layer, or there already: it may be somebody's measurement, or an input.
    """
    paths = {modality: str(target / f"{part.name}_{modality}.tif") for modality in request.generate}
    for path in paths.values():
        if same_name(path) in request.open_files:
            text = tr("{path} is open as a layer; remove the layer or choose another folder.")
            raise Refusal(text.format(path=path))
        if os.path.lexists(path):
            raise Refusal(tr("{path} is there already; remove it or choose another folder.").format(path=path))
    return paths
