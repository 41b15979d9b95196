"""Jobs on their way: waiting, running, cancelled, answered once."""

from __future__ import annotations

import queue
import threading
from typing import Any

from model_runtime.contract import Cancelled
from model_runtime.serving.connection import Call, RequestId


class Ticket:
    """A call that takes its time.

    Attributes:
        call: what was asked.
        request: its id.
    """

    def __init__(self, call: Call, request: RequestId) -> None:
        self.call = call
        self.request = request
        self._cancelled = threading.Event()
        self._answered = threading.Lock()

    @property
    def params(self) -> dict[str, Any]:
        """The parameters of the call."""
        return self.call.params

    def cancel(self) -> None:
        """Have the job end at its next report."""
        self._cancelled.set()

    def check(self) -> None:
        """Raise ``Cancelled`` once the job was cancelled."""
        if self._cancelled.is_set():
            raise Cancelled("cancelled; nothing was left half-written.")

    def claim_answer(self) -> bool:
        """True for the first who asks: a call is answered once."""
        return self._answered.acquire(blocking=False)


class JobQueue:
    """First in, first out; what waits or runs can be found by its id."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Ticket | None] = queue.SimpleQueue()
        self._tickets: dict[RequestId, Ticket] = {}
        self._lock = threading.Lock()
        self._running: Ticket | None = None

    def put(self, ticket: Ticket) -> bool:
        """Queue a job; False where one of this id is under way."""
        with self._lock:
            if ticket.request in self._tickets:
                return False
            self._tickets[ticket.request] = ticket
        self._queue.put(ticket)
        return True

    def take(self) -> Ticket | None:
        """Wait for the next job; None when the queue was closed."""
        ticket = self._queue.get()
        with self._lock:
            self._running = ticket
        return ticket

    def done(self, ticket: Ticket) -> None:
        """Forget a job; its id may be used again."""
        with self._lock:
            if self._tickets.get(ticket.request) is ticket:
                del self._tickets[ticket.request]
            if self._running is ticket:
                self._running = None

    def cancel(self, request: RequestId) -> Ticket | None:
        """Cancel a job; returns it where it does not run yet, so that it can be answered at once.

        Raises:
            KeyError: there is no such job.
        """
        with self._lock:
            ticket = self._tickets[request]
            ticket.cancel()
            return None if ticket is self._running else ticket

    def close(self) -> str:
        """Cancel everything; who takes the next job gets None.

        Returns:
            The method of the job that runs, empty where none does.
        """
        with self._lock:
            for ticket in self._tickets.values():
                ticket.cancel()
            running = self._running.call.method if self._running else ""
        self._queue.put(None)
        return running
