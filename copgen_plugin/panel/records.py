"""What the panel remembers of a run, from the click to the layer."""

from __future__ import annotations

import copy
import itertools
from dataclasses import dataclass, field
from typing import Any, Dict, List, Optional

from ..runtime.runs import CANCELLED, FAILED, FINISHED, Run
from .form import PanelForm
from .projects import ProjectMark
from .wording import panel_sentence

PREPARING = "preparing"
_numbers = itertools.count(1)


@dataclass(eq=False)
class RunRecord:
    """One run as the user knows it.

    Attributes:
        title: what it is called, in the list and in the layer tree.
        form: what was filled in.
        project: the project that started it.
        source_id: id of the layer above which the results go.
        folder: where the results are written.
        in_project_folder: the folder belongs to the project.
        job: what was asked of the runtime; empty while layers are exported.
        run: the run in the runtime's queue, once it is there.
        problem: why it ended before it came to the queue.
        layers: ids of the result layers, once added.
    """

    title: str
    form: PanelForm
    project: ProjectMark
    source_id: str
    folder: str = ""
    in_project_folder: bool = False
    job: Dict[str, Any] = field(default_factory=dict)
    run: Optional[Run] = None
    problem: str = ""
    cancelled: bool = False
    layers: List[str] = field(default_factory=list)
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def state(self) -> str:
        """preparing, or the state of the run."""
        if self.cancelled:
            return "cancelled"
        if self.problem:
            return "failed"
        return self.run.state if self.run is not None else PREPARING

    @property
    def ended(self) -> bool:
        """True once nothing more will happen."""
        return self.state in (FINISHED, FAILED, CANCELLED)

    @property
    def message(self) -> str:
        """Why it failed, in one sentence; else empty."""
        if self.problem:
            return self.problem
        return panel_sentence(self.run.error.message) if self.run is not None and self.run.error is not None else ""

    def copy_of_form(self) -> PanelForm:
        """Return what was filled in, to be changed freely."""
        return copy.deepcopy(self.form)
