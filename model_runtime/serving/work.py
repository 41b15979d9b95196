"""What the calls do. The networks' libraries are imported by the first call, when the reader already listens."""

from __future__ import annotations

import sys
import time
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from model_runtime import __version__
from model_runtime.contract import Job, ModelError, Progress, UsageError
from model_runtime.serving.connection import Call, Connection
from model_runtime.serving.jobs import Ticket
from model_runtime.serving.pace import Pace

if TYPE_CHECKING:
    from model_runtime.generate import Evaluation, LoadedModel
    from model_runtime.serving.models import ModelKeeper
    from model_runtime.store import StoredModel

PROTOCOL = 1
UNKNOWN = "auto"
"""Modality of a condition that an inspection is to recognise."""
BETWEEN_REPORTS = 0.1
"""Seconds between two notifications of one stage."""


class Worker:
    """Answers ``initialize``, ``generate``, ``export``, ``import``, ``verify``, ``inspect`` and ``models``.

    Args:
        connection: where progress is told.
    """

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._keeper: ModelKeeper | None = None
        self._decode_seconds: dict[str, float] = {}

    def initialize(self, ticket: Ticket) -> dict[str, Any]:
        """Tell version, devices and models.

        Raises:
            ModelError: this Python lacks a package.
        """
        try:
            from model_runtime.serving.models import describe_devices, describe_models
            from model_runtime.store import sweep
        except ImportError as error:
            raise ModelError(
                f"{sys.executable}: this Python cannot run the models ({error}); "
                "install the packages of resources/requirements/cpu.txt or gpu.txt into it, or choose another."
            ) from error
        # What an import was making whose process was killed, with or without QGIS.
        sweep()
        return {
            "version": __version__,
            "protocol": PROTOCOL,
            "devices": describe_devices(),
            "models": describe_models(),
        }

    def generate(self, ticket: Ticket) -> dict[str, Any]:
        """Run a job."""
        from model_runtime.generate import generate

        job, wants_preview = _read_job(ticket.call)
        reporter = Reporter(self._connection, ticket, job, self._decode_seconds.get(job.model))
        keeper = self._keep()

        def load(job: Job, model: StoredModel) -> LoadedModel:
            loaded = keeper.load(job, model)
            reporter.expect(loaded)
            return loaded

        result = generate(job, reporter.report, load, reporter.watch if wants_preview else reporter.check)
        if reporter.pace.decode_seconds:
            self._decode_seconds[job.model] = reporter.pace.decode_seconds
        return result.to_dict()

    def export(self, ticket: Ticket) -> dict[str, Any]:
        """Export a model."""
        from model_runtime.export.bundle import export_bundle
        from model_runtime.store import find_model

        fields = _read_export(ticket.params)
        lines: list[str] = []

        def report(progress: Progress) -> None:
            self._tell(ticket, progress)

        folder = export_bundle(**fields, report=report, told=lines.append)
        name = find_model(fields["model"]).name
        return {**fields, "model": name, "output": str(folder), "device": "cpu", "lines": lines}

    def import_model(self, ticket: Ticket) -> dict[str, Any]:
        """Make a bundle of published files, of a checkpoint of the user's own, or of another bundle."""
        from model_runtime.serving.importing import import_model

        def report(done: int, total: int) -> None:
            self._tell(ticket, Progress("convert", done, total))

        names = ("name", "bundle") if "bundle" in ticket.params else ("name", "transformer", "vae")
        path = import_model(read_texts(ticket.params, "import", names), report)
        return {"path": str(path), **self.models(ticket)}

    def verify(self, ticket: Ticket) -> dict[str, Any]:
        """Look at all files of a model."""
        from model_runtime.store import find_model
        from model_runtime.verification import verify_model

        model = find_model(read_texts(ticket.params, "verify", ("name",))["name"])
        self._tell(ticket, Progress("verify", 0, 1))
        return {"found": verify_model(model), **self.models(ticket)}

    def models(self, ticket: Ticket) -> dict[str, Any]:
        """Tell which models there are now."""
        from model_runtime.serving.models import describe_models

        return {"models": describe_models()}

    def _tell(self, ticket: Ticket, progress: Progress) -> None:
        ticket.check()
        told = {"stage": progress.stage, "done": progress.done, "total": progress.total, "seconds_left": None}
        nothing = {"preview": None, "preview_modality": None}
        self._connection.notify("progress", {"id": ticket.request, **told, **nothing})

    def inspect(self, ticket: Ticket) -> dict[str, Any]:
        """Tell what a job would do."""
        from model_runtime.backends.devices import working_devices
        from model_runtime.serving.inspection import inspect_job
        from model_runtime.serving.models import model_facts
        from model_runtime.store import find_model

        job, _ = _read_job(replace(ticket.call, params=_with_unknown(ticket.params)))
        device = next(iter(working_devices()), "cpu") if job.device == "auto" else job.device
        found = inspect_job(job, model_facts(find_model(job.model)), device)
        ticket.check()
        return found

    def _keep(self) -> ModelKeeper:
        from model_runtime.serving.models import ModelKeeper

        self._keeper = self._keeper or ModelKeeper()
        return self._keeper


def _with_unknown(fields: dict[str, Any]) -> dict[str, Any]:
    """Return the fields with ``auto`` for every condition whose modality is not said."""
    conditions = fields.get("conditions")
    if not isinstance(conditions, list):
        return fields
    named = [{**c, "modality": c.get("modality") or UNKNOWN} if isinstance(c, dict) else c for c in conditions]
    return {**fields, "conditions": named}


def _read_job(call: Call) -> tuple[Job, bool]:
    fields = dict(call.params)
    wants_preview = fields.pop("preview", False)
    if not isinstance(wants_preview, bool):
        raise UsageError(f"preview must be true or false, found {wants_preview!r:.80}.")
    return Job.from_dict(fields), wants_preview


def read_texts(params: dict[str, Any], method: str, names: Sequence[str]) -> dict[str, str]:
    """Return parameters that are all texts and all needed.

    Raises:
        UsageError: one is unknown, missing or no text.
    """
    if set(params) != set(names) or not all(isinstance(value, str) and value for value in params.values()):
        raise UsageError(f"{method}: needs {', '.join(names)}, each a text; found {', '.join(params) or 'nothing'}.")
    return dict(params)


def _read_export(params: dict[str, Any]) -> dict[str, Any]:
    kinds: dict[str, type] = {"model": str, "output": str, "precision": str, "opset": int}
    unknown = sorted(set(params) - set(kinds))
    if unknown:
        raise UsageError(f"export: unknown field {', '.join(unknown)}; known are {', '.join(kinds)}.")
    fields = {"model": "auto", "precision": "fp32", "opset": 18, **params}
    for name, kind in kinds.items():
        if not isinstance(fields.get(name), kind) or isinstance(fields[name], bool):
            raise UsageError(f"export: {name} must be a {'text' if kind is str else 'whole number'}.")
    return {**fields, "output": Path(fields["output"])}


class Reporter:
    """Tells how far a job is, and ends it once it was cancelled.

    Args:
        connection: where to tell it.
        ticket: the job's call.
        job: the job.
        decode_seconds: what decoding a window took earlier, if known.
    """

    def __init__(self, connection: Connection, ticket: Ticket, job: Job, decode_seconds: float | None) -> None:
        self.pace = Pace(len(job.generate) * job.samples, decode_seconds)
        self._connection = connection
        self._ticket = ticket
        self._job = job
        self._last: dict[str, Any] = {}
        self._told_at = 0.0

    def expect(self, loaded: LoadedModel) -> None:
        """Take the model, which may know the number of evaluations."""
        from model_runtime.generate import choose_steps

        self.pace.expect(self._job.samples * choose_steps(self._job, loaded.backend))

    def report(self, progress: Progress) -> None:
        """Take a report of the job and tell it, unless one was told just before."""
        self._ticket.check()
        left = self.pace.told(progress)
        is_new = progress.stage != self._last.get("stage") or progress.done == progress.total
        self._last = {"stage": progress.stage, "done": progress.done, "total": progress.total, "seconds_left": left}
        if is_new or time.monotonic() - self._told_at >= BETWEEN_REPORTS:
            self._tell(None)

    def check(self, evaluation: Evaluation) -> None:
        """Look at nothing but whether the job was cancelled."""
        self._ticket.check()

    def watch(self, evaluation: Evaluation) -> None:
        """Tell the picture as it is now, where one is due."""
        from model_runtime.serving.preview import is_wanted, preview_png

        self._ticket.check()
        if is_wanted(evaluation.done, evaluation.total):
            started = time.monotonic()
            self._tell(preview_png(evaluation, self._job.generate[0]))
            self.pace.take_preview(time.monotonic() - started)

    def _tell(self, preview: bytes | None) -> None:
        self._told_at = time.monotonic()
        self._connection.notify(
            "progress",
            {
                "id": self._ticket.request,
                **self._last,
                "preview": b64encode(preview).decode("ascii") if preview else None,
                "preview_modality": self._job.generate[0] if preview else None,
            },
        )
