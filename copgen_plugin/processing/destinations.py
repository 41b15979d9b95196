"""Where results go: refused early where they cannot, moved there whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, Dict, Iterable, Iterator, List

from qgis.core import (
    QgsProcessing,
    QgsProcessingException,
    QgsProcessingFeedback,
    QgsProcessingOutputLayerDefinition,
    QgsProcessingUtils,
    QgsProject,
)

from .. import settings
from ..layers.results import discard_folder, finished_results, free_folder, open_files, same_name
from ..layers.source import LayerSource
from ..translation import tr
from .request import Refusal
from .running import UnloadedPlugin

EXTENSIONS = ("tif", "tiff")
"""GeoTIFF only: other formats would lose the tags that mark the pixels as synthetic."""
TEMPORARY = QgsProcessing.TEMPORARY_OUTPUT
RESULTS = "results"
"""In a working folder: where the runtime writes."""
_STALE = (".aux.xml", ".ovr", ".msk")
_HIDDEN = ".copgen_"
_KEPT = "copgen_kept"


def destination_text(value: Any) -> str:  # noqa: ANN401
    """Return a destination parameter's value as text, empty where nothing is asked for."""
    if isinstance(value, QgsProcessingOutputLayerDefinition):
        value = value.sink.staticValue()
    return str(value) if value else ""


def warn_of_temporary_folder(value: Any, feedback: QgsProcessingFeedback) -> None:  # noqa: ANN401
    """Say it where a destination folder is one that QGIS removes at its end."""
    if destination_text(value) in ("", TEMPORARY):
        feedback.pushWarning(tr("The folder is temporary and goes when QGIS is closed; copy what you need."))


def check_destination(name: str, value: Any, inputs: Iterable[LayerSource], project: QgsProject) -> None:  # noqa: ANN401
    """Refuse a destination that cannot be written to, before any work.

    Raises:
        Refusal: another format than GeoTIFF, an input, a file that is open as a layer, or no such folder.
    """
    text = destination_text(value)
    if not text or text == TEMPORARY:
        return
    path = Path(text)
    if path.suffix.lower().lstrip(".") not in EXTENSIONS:
        sentence = tr(
            "{name}: {path} is no GeoTIFF; results carry tags that mark them as synthetic, so end it in .tif."
        )
        raise Refusal(sentence.format(name=name, path=path.name))
    if any(source.path and same_name(source.path) == same_name(text) for source in inputs):
        raise Refusal(tr("{name}: {path} is an input; choose another name.").format(name=name, path=path))
    if path.exists() and same_name(text) in open_files(project):
        sentence = tr("{name}: {path} is open as a layer; remove the layer or choose another name.")
        raise Refusal(sentence.format(name=name, path=path))
    if path.is_dir():
        raise Refusal(tr("{name}: {path} is a folder; name a file in it.").format(name=name, path=path))
    there = next((folder for folder in path.absolute().parents if folder.exists()), None)
    if there is None or not there.is_dir() or not os.access(there, os.W_OK | os.X_OK):
        sentence = tr("{name}: {folder} may not be written to; choose another folder.")
        raise Refusal(sentence.format(name=name, folder=path.parent))


def check_destinations(
    values: Dict[str, Any], samples: int, inputs: Iterable[LayerSource], project: QgsProject
) -> None:
    """Refuse destinations that cannot be written to, those of further samples included.

    Args:
        values: of the destination parameters, by their names.
        samples: how many files each of them stands for.
        inputs: that must stay as they are.
        project: whose layers must too.

    Raises:
        Refusal: as :func:`check_destination`, or two results would go to one file.
    """
    taken: Dict[str, str] = {}
    known = list(inputs)
    for name, value in values.items():
        check_destination(name, value, known, project)
        text = destination_text(value)
        if not text or text == TEMPORARY:
            continue
        for sample in range(1, samples + 1):
            path = sample_path(Path(text), sample)
            if sample > 1:
                check_destination(name, str(path), known, project)
            if taken.setdefault(same_name(str(path)), name) != name:
                sentence = tr("{name}: {path} is the destination of another result too; choose another name.")
                raise Refusal(sentence.format(name=name, path=path))


def sample_path(target: Path, sample: int) -> Path:
    """Return where a sample goes: the first to the destination, further ones beside it."""
    return target if sample == 1 else target.with_name(f"{target.stem}_sample{sample}{target.suffix}")


@contextmanager
def working_folder(parent: Path) -> Iterator[Path]:
    """Make a folder where results are going to lie, so that they need only be renamed, and remove it in the end.

    Raises:
        Refusal: nothing can be written there.
    """
    try:
        parent.mkdir(parents=True, exist_ok=True)
        folder = Path(tempfile.mkdtemp(prefix=_HIDDEN, dir=parent))
    except OSError as error:
        sentence = tr("{folder}: cannot be written to ({reason}); choose another folder.")
        raise Refusal(sentence.format(folder=parent, reason=error.strerror)) from error
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def rescued(results: Path, parent: Path) -> Iterator[None]:
    """Where a run fails, or its results cannot be placed, keep those that are finished: they took hours.

    Args:
        results: folder in a working folder, which is going to be removed.
        parent: where they are kept, in a folder of their own, unless it is a temporary one too.

    Raises:
        Refusal: the failure, with where the results lie and what to do.
        UnloadedPlugin: that failure, likewise.
    """
    try:
        yield
    except (Refusal, QgsProcessingException, UnloadedPlugin) as error:
        kept = _keep(finished_results(results), parent)
        if not kept:
            raise
        if isinstance(error, UnloadedPlugin):
            raise UnloadedPlugin(kept) from error
        raise Refusal(f"{error} {kept}") from error


def place_results(result: Dict[str, Any], destinations: Dict[str, str]) -> Dict[str, List[str]]:
    """Move results to their destinations; further samples go beside as ``<stem>_sample<k>``.

    Args:
        result: what the runtime told.
        destinations: path by modality.

    Returns:
        The final paths by modality, in the order of the samples.

    Raises:
        Refusal: a file cannot be moved; the others have been.
    """
    placed: Dict[str, List[str]] = {modality: [] for modality in destinations}
    failures: List[Refusal] = []
    for entry in sorted(result["outputs"], key=lambda output: int(output["sample"])):
        target = sample_path(Path(destinations[entry["modality"]]), int(entry["sample"]))
        try:
            _move(Path(entry["path"]), target)
        except Refusal as error:
            failures.append(error)
            continue
        placed[entry["modality"]].append(str(target))
    if failures:
        raise failures[0]
    return placed


def _keep(files: List[Path], parent: Path) -> str:
    """Move finished results to a folder that stays; return what is to be said of them, empty where there are none."""
    is_temporary = same_name(QgsProcessingUtils.tempFolder()) in map(same_name, map(str, (parent, *parent.parents)))
    places = [settings.output_dir()] if is_temporary else [parent, settings.output_dir()]
    told: List[str] = []
    for place in places:
        waiting = [file for file in files if file.exists()]
        if not waiting:
            break
        try:
            folder = free_folder(place, _KEPT)
        except OSError:
            continue
        with suppress(OSError):
            for file in waiting:
                _bring(file, folder / file.name)
        told.append(discard_folder(folder))
    return " ".join(text for text in told if text)


def _bring(source: Path, target: Path) -> None:
    """Move a file, to another disk too; there is no half a file where that fails."""
    try:
        os.replace(source, target)
    except OSError:
        try:
            shutil.copyfile(source, target)
        except OSError:
            target.unlink(missing_ok=True)
            raise
        with suppress(OSError):
            source.unlink()


def _move(source: Path, target: Path) -> None:
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            os.replace(source, target)
        except OSError:
            # Another disk: copied under another name first, so that the final one is never half a file.
            copy = target.with_name(f"{_HIDDEN}{target.name}")
            try:
                shutil.copyfile(source, copy)
                os.replace(copy, target)
            finally:
                copy.unlink(missing_ok=True)
    except OSError as error:
        sentence = tr("{path}: cannot be written ({reason}); choose another destination.")
        raise Refusal(sentence.format(path=target, reason=error.strerror)) from error
    for ending in _STALE:
        # What GDAL wrote about the file that was there before; the result is in its place whether that goes or not.
        with suppress(OSError):
            target.with_name(target.name + ending).unlink(missing_ok=True)
