"""How every failure becomes one sentence and a documented status."""

from __future__ import annotations

import errno
import os

from model_runtime.contract import Cancelled, CopGenError, InputError, ResourceError

TRACEBACK_VARIABLE = "COPGEN_TRACEBACK"
"""Environment variable with which an error's traceback is shown too."""
MEMORY_WORDS = ("out of memory", "can't allocate memory", "not enough memory")
"""What torch says of memory, in errors that are no ``MemoryError``."""
INTERNAL_ERROR = 1
"""Status of an error of ours."""


def is_of_memory(error: BaseException) -> bool:
    """Whether memory is what was missing: torch has errors of its own for that."""
    if isinstance(error, RuntimeError) and not isinstance(error, CopGenError):
        return any(words in str(error) for words in MEMORY_WORDS)
    return isinstance(error, MemoryError)


def as_failure(error: BaseException) -> BaseException:
    """Return the error as one of ours where it is one, else an internal error in a sentence."""
    if isinstance(error, CopGenError):
        return error
    if isinstance(error, KeyboardInterrupt):
        return Cancelled("cancelled; nothing was left half-written.")
    if isinstance(error, MemoryError):
        return ResourceError("out of memory; cut the area with --bounds.")
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return ResourceError(f"{error.filename or 'output'}: no space left on the disk; free some and run again.")
    if isinstance(error, OSError) and error.filename and error.strerror:
        return InputError(
            f"{error.filename}: cannot be used ({error.strerror}); see to its permissions and its disk, or choose "
            "another place."
        )
    text = " ".join(str(error).split())
    if os.strerror(errno.ENOSPC) in text:
        # Libraries put it into errors of their own.
        return ResourceError("no space left on the disk; free some and run again.")
    return RuntimeError(f"internal error, please report it: {type(error).__name__}: {text}")


def status_of(failure: BaseException) -> int:
    """Return the exit status of a failure."""
    return failure.status if isinstance(failure, CopGenError) else INTERNAL_ERROR
