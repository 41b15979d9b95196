"""Handing a job to the runtime's process and waiting for it, with one eye on the cancel button."""

from __future__ import annotations

import threading
from typing import Any, Dict

from qgis.core import QgsProcessingException, QgsProcessingFeedback
from qgis.PyQt.QtCore import QCoreApplication, QThread

from ..runtime.service import Run, RuntimeService, get_service, shutdown_service
from ..terms import overall_share, stage_name, without_flags
from ..translation import tr
from .names import (
    BANDS,
    DEVICE,
    ENCODING,
    EXTENT,
    MASK,
    MODEL,
    OFFSET,
    OPSET,
    PRECISION,
    PRESET,
    SAMPLES,
    SEED,
    STEPS,
    TARGET_CRS,
)

LOOK_SECONDS = 0.05
"""How often the cancel button is looked at."""
END_SECONDS = 5.0
"""How long a cancelled run is given to leave its folder."""
_PARAMETERS = {
    "bands": BANDS,
    "bounds": EXTENT,
    "mask": MASK,
    "crs": TARGET_CRS,
    "encoding": ENCODING,
    "offset": OFFSET,
    "model": MODEL,
    "preset": PRESET,
    "steps": STEPS,
    "seed": SEED,
    "samples": SAMPLES,
    "device": DEVICE,
    "precision": PRECISION,
    "opset": OPSET,
}
"""Parameters for flags of the command line."""


_unloaded = threading.Event()
"""Set while the algorithms are not in QGIS: one that still goes on is of a plugin that was removed or replaced."""


class CancelledRun(Exception):
    """The user cancelled."""


class UnloadedPlugin(Exception):
    """The plugin was removed, reloaded or updated while an algorithm of it ran.

    Args:
        kept: what is to be said of the results that were finished.
    """

    def __init__(self, kept: str = "") -> None:
        super().__init__(kept)
        self._kept = kept

    @property
    def message(self) -> str:
        """The same in a sentence."""
        text = tr("The plugin was unloaded or updated meanwhile; what was written before stays. Start it again.")
        return " ".join(part for part in (text, self._kept) if part)


def admit_runs() -> None:
    """Let algorithms run: they are in QGIS."""
    _unloaded.clear()


def refuse_runs() -> None:
    """Let no algorithm run any more; call it before the service is shut down."""
    _unloaded.set()


def open_service() -> RuntimeService:
    """Return the session's service.

    Raises:
        UnloadedPlugin: whose service would be another one, that nobody ends.
    """
    if not _unloaded.is_set():
        service = get_service()
        if not _unloaded.is_set():
            return service
        # Unloaded between the two lines.
        shutdown_service()
    raise UnloadedPlugin


def run_job(job: Dict[str, Any], title: str, feedback: QgsProcessingFeedback) -> Dict[str, Any]:
    """Run a job to its end.

    Args:
        job: as in CONTRACT's job file.
        title: for the list of runs.
        feedback: told about progress; its cancel ends the run.

    Returns:
        What the runtime told.

    Raises:
        CancelledRun: the user cancelled.
        QgsProcessingException: in a sentence, why the job cannot be done.
        UnloadedPlugin: the plugin is gone.
    """
    if feedback.isCanceled():
        raise CancelledRun
    result = wait_for(open_service().submit(job, title), feedback)
    _tell_result(result, feedback)
    return result


def wait_for(run: Run, feedback: QgsProcessingFeedback) -> Dict[str, Any]:
    """Wait for a run to its end and pass on how far it is; raises as :func:`run_job`."""
    teller = _Teller(feedback)
    while not run.wait(LOOK_SECONDS):
        teller.tell(run)
        _let_the_window_live()
        if feedback.isCanceled():
            run.cancel()
            run.wait(END_SECONDS)
            raise CancelledRun
    teller.tell(run)
    if run.state == "cancelled" and feedback.isCanceled():
        raise CancelledRun
    if run.state != "finished" and _unloaded.is_set():
        raise UnloadedPlugin
    if run.result is None or run.state != "finished":
        raise QgsProcessingException(_why(run))
    return run.result


def _let_the_window_live() -> None:
    """Handle clicks, the one on Cancel among them, where QGIS runs us in the main thread: its batch window does."""
    application = QCoreApplication.instance()
    if application is not None and QThread.currentThread() == application.thread():
        QCoreApplication.processEvents()


class _Teller:
    """Passes progress on, never backwards."""

    def __init__(self, feedback: QgsProcessingFeedback) -> None:
        self._feedback = feedback
        self._share = 0.0
        self._stage = ""

    def tell(self, run: Run) -> None:
        """Pass on how far a run is."""
        progress = run.progress
        if progress is None:
            return
        if progress.stage != self._stage:
            self._stage = progress.stage
            self._feedback.setProgressText(stage_name(progress.stage))
        self._share = max(self._share, overall_share(progress.stage, progress.done, progress.total))
        self._feedback.setProgress(100.0 * self._share)


def _tell_result(result: Dict[str, Any], feedback: QgsProcessingFeedback) -> None:
    for modality, found in result.get("recognised", {}).items():
        text = tr("{modality}: {file}, bands {bands} ({bands_source}), {encoding}, offset {offset} ({offset_source})")
        shown = {**found, "bands": ", ".join(str(band) for band in found.get("bands", []))}
        feedback.pushInfo(text.format(modality=modality, **shown))
    for warning in result.get("warnings", []):
        feedback.pushWarning(without_flags(warning, _PARAMETERS))
    text = tr("{model} on {device}: {chips} chip(s), {steps} steps, {seconds} s")
    feedback.pushInfo(text.format(**{key: result.get(key, "?") for key in _TOLD}))


_TOLD = ("model", "device", "chips", "steps", "seconds")


def _why(run: Run) -> str:
    if run.error is None:
        return tr("The run was cancelled.")
    return without_flags(run.error.message, _PARAMETERS)
