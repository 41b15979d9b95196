"""How the programs of the training end, which have no command line of the runtime: in one sentence and a status."""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from types import FrameType

from model_runtime.contract import Cancelled, CopGenError, ResourceError
from model_runtime.failures import TRACEBACK_VARIABLE, as_failure, is_of_memory, status_of

CANCELLED = "cancelled; run it again, and it goes on with what is complete in --cache."


def run_command(work: Callable[[], None], cancelled: str = CANCELLED) -> int:
    """Do a program's work; a failure is told in one sentence.

    Args:
        work: all of it, writing included.
        cancelled: the sentence for a user who ends it.

    Returns:
        The exit status: 0, or the failure's.
    """
    ended: list[int] = []

    def interrupt(number: int, frame: FrameType | None) -> None:
        ended.append(number)
        raise KeyboardInterrupt

    # Set even where the shell has it ignored, as for what runs in the background.
    previous = {number: signal.signal(number, interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        work()
    except BaseException as error:  # noqa: BLE001 - every failure ends as a sentence
        # Libraries put an interrupt into errors of their own.
        stopped = isinstance(error, KeyboardInterrupt) or (ended and not isinstance(error, CopGenError))
        failure = Cancelled(cancelled) if stopped else training_failure(error)
        if os.environ.get(TRACEBACK_VARIABLE):
            traceback.print_exception(error)
        print(failure, file=sys.stderr)
        return status_of(failure)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return 0


def training_failure(error: BaseException) -> BaseException:
    """Return the error as one of ours where it is one; there is no area to cut where memory is missing."""
    if is_of_memory(error):
        return ResourceError("out of memory; end other programs or take a machine with more, and run it again.")
    return as_failure(error)
