"""Sentences of the store: states, progress, facts about a model."""

from __future__ import annotations

from typing import List, Optional

from ..panel.wording import duration_text, memory_text
from ..runtime.runs import VERIFY, Run
from ..translation import tr
from .catalogue import (
    ABSENT,
    DAMAGED,
    EMBEDDED,
    FETCHED,
    PARTLY,
    UNVERIFIED,
    VERIFIED,
    KnownModel,
    ModelState,
)
from .download import CHECKING, CONVERTING, ModelDownload


def state_text(model: KnownModel, state: ModelState) -> str:
    """Return what of a model is here, in a few words."""
    if state.kind == PARTLY:
        return tr("{there} of {size} are here").format(there=memory_text(state.there), size=memory_text(model.size))
    names = {
        EMBEDDED: tr("embedded"),
        ABSENT: tr("not downloaded"),
        FETCHED: tr("all files are here, not converted yet"),
        VERIFIED: tr("downloaded and verified"),
        UNVERIFIED: tr("installed, not verified"),
        DAMAGED: tr("damaged"),
    }
    return names.get(state.kind, state.kind)


def activity_text(download: Optional[ModelDownload], run: Optional[Run]) -> str:
    """Return what goes on with a model, in a line; empty where nothing does."""
    if download is None:
        if run is None:
            return ""
        if run.progress is None:
            return tr("Waiting for the models' process…")
        return tr("Reading all of it…") if run.kind == VERIFY else tr("Making the model…")
    if download.stage == CONVERTING:
        return tr("Making the model…")
    if download.stage == CHECKING:
        return tr("Comparing what came with the published file…")
    parts = [
        tr("{there} of {size}").format(there=memory_text(download.done), size=memory_text(download.total)),
    ]
    if download.speed:
        parts.append(tr("{size} a second").format(size=memory_text(download.speed)))
    if download.seconds_left is not None:
        parts.append(tr("about {time} left").format(time=duration_text(download.seconds_left)))
    return " · ".join(parts)


def facts_text(model: KnownModel, state: ModelState) -> str:
    """Return licence, sizes and origin of a model, a line each."""
    lines: List[str] = []
    if model.licence:
        lines.append(tr("Licence: {licence}").format(licence=model.licence))
    for file in model.files:
        line = tr("{file} from {repository}, {size}").format(
            file=file.name, repository=file.repository, size=memory_text(file.size)
        )
        lines.append(f"{line}, {file.licence}" if file.licence else line)
    if state.path is not None:
        lines.append(tr("{size} in {folder}").format(size=memory_text(state.there), folder=state.path))
    if state.problem:
        lines.append(state.problem)
    return "\n".join(lines)
