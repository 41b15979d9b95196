"""The service itself: who reads, who runs jobs, who inspects, and how everything ends."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType

from model_runtime.failures import as_failure, status_of
from model_runtime.serving.connection import (
    INVALID_PARAMS,
    INVALID_REQUEST,
    UNKNOWN_METHOD,
    Call,
    CallError,
    Connection,
    read_call,
)
from model_runtime.serving.jobs import JobQueue, Ticket
from model_runtime.serving.work import Worker

FIRST_ERROR = -32000
LAST_MOMENT = 1.0
"""Seconds a job that writes files has to end by itself once nobody listens any more."""
WRITES = ("generate", "export", "import")
JOBS = ("initialize", *WRITES, "verify")
"""Run one after the other."""
QUESTIONS = ("inspect", "models")
"""Answered beside a job."""


def serve(incoming: int, outgoing: int) -> int:
    """Serve over two file descriptors until the first ends or ``shutdown`` comes."""
    if sys.platform == "win32":
        # As these are loaded they look at stdin, and would wait for the thread that reads it.
        import numpy  # noqa: F401
        import scipy.linalg  # noqa: F401

    service = Service(Connection(incoming, outgoing))
    signal.signal(signal.SIGTERM, _interrupt)
    for run in (service.read, service.run_inspections):
        threading.Thread(target=run, daemon=True).start()
    try:
        service.run_jobs()
    except KeyboardInterrupt:
        return 130
    finally:
        service.over.set()
    return 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    raise KeyboardInterrupt


class Service:
    """Answers calls: jobs in the thread that made it, inspections and reading in threads of their own.

    Args:
        connection: to the program that started us.

    Attributes:
        over: set when the last job has ended.
    """

    def __init__(self, connection: Connection) -> None:
        self.over = threading.Event()
        self._connection = connection
        self._jobs = JobQueue()
        self._inspections = JobQueue()
        self._worker = Worker(connection)

    def read(self) -> None:
        """Take calls until there are no more, and see that the process ends then."""
        try:
            for line in self._connection.lines():
                try:
                    self._take(read_call(line))
                except CallError as error:
                    self._connection.refuse(error.request, error.code, error.message)
        finally:
            if self._jobs.close() in WRITES:
                self.over.wait(LAST_MOMENT)
            # Not sys.exit: a network call may still hold the other thread.
            os._exit(0)

    def run_jobs(self) -> None:
        """Run what comes, one job at a time, until the queue is closed."""
        worker = self._worker
        methods: dict[str, Callable[[Ticket], object]] = {
            "initialize": worker.initialize,
            "generate": worker.generate,
            "export": worker.export,
            "import": worker.import_model,
            "verify": worker.verify,
        }
        self._run(self._jobs, methods)

    def run_inspections(self) -> None:
        """Answer inspections, one at a time, until the queue is closed."""
        self._run(self._inspections, {"inspect": self._worker.inspect, "models": self._worker.models})

    def _take(self, call: Call) -> None:
        if call.method == "shutdown":
            if call.request is not None:
                self._connection.answer(call.request, None)
            self._jobs.close()
            self._inspections.close()
        elif call.method == "cancel":
            self._cancel(call)
        elif call.method in (*JOBS, *QUESTIONS):
            self._queue(call)
        elif call.request is not None:
            raise CallError(UNKNOWN_METHOD, f"{call.method}: no such method.", call.request)

    def _queue(self, call: Call) -> None:
        if call.request is None:
            raise CallError(INVALID_REQUEST, f"{call.method} needs an id.")
        jobs = self._inspections if call.method in QUESTIONS else self._jobs
        if not jobs.put(Ticket(call, call.request)):
            raise CallError(INVALID_REQUEST, f"a call with the id {call.request} is still under way.", call.request)

    def _cancel(self, call: Call) -> None:
        wanted = call.params.get("id")
        if isinstance(wanted, bool) or not isinstance(wanted, (str, int)):
            raise CallError(INVALID_PARAMS, "cancel needs the id of a call.", call.request)
        found = False
        for jobs in (self._jobs, self._inspections):
            try:
                waiting = jobs.cancel(wanted)
            except KeyError:
                continue
            found = True
            if waiting is not None:
                self._finish(jobs, waiting, Ticket.check)
        if call.request is not None:
            self._connection.answer(call.request, {"cancelled": found})

    def _run(self, jobs: JobQueue, methods: dict[str, Callable[[Ticket], object]]) -> None:
        while (ticket := jobs.take()) is not None:
            self._finish(jobs, ticket, methods[ticket.call.method])

    def _finish(self, jobs: JobQueue, ticket: Ticket, method: Callable[[Ticket], object]) -> None:
        """Run a job and answer it, whatever happens."""
        try:
            ticket.check()
            result = method(ticket)
        except KeyboardInterrupt as error:
            self._refuse(jobs, ticket, error)
            raise
        except BaseException as error:  # noqa: BLE001 - every failure ends as a sentence
            self._refuse(jobs, ticket, error)
        else:
            jobs.done(ticket)
            if ticket.claim_answer():
                self._connection.answer(ticket.request, result)

    def _refuse(self, jobs: JobQueue, ticket: Ticket, error: BaseException) -> None:
        failure = as_failure(error)
        jobs.done(ticket)
        if ticket.claim_answer():
            self._connection.refuse(ticket.request, FIRST_ERROR - status_of(failure), str(failure))
