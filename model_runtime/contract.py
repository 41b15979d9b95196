"""The contract: the job, its result, its progress and its errors, as dataclasses and JSON.

Both sides import this one file, QGIS's Python (3.9 and later) included: standard library only.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Dict, List, Optional, Tuple

MODALITIES = ("dem", "s1_rtc", "s2_l1c", "s2_l2a")
"""Names of the modalities, in the order of the published model."""


class CopGenError(Exception):
    """A failure told in one sentence, with the exit status of the command line.

    Args:
        message: which file or setting, what was found, what to do.
    """

    status = 3

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class UsageError(CopGenError):
    """The call itself is wrong (exit status 2)."""

    status = 2


class InputError(CopGenError):
    """A file or area cannot be used as asked (exit status 3)."""

    status = 3


class ModelError(CopGenError):
    """The model is missing or broken (exit status 4)."""

    status = 4


class ResourceError(CopGenError):
    """Memory or disk ran out (exit status 5)."""

    status = 5


class Cancelled(CopGenError):
    """The user cancelled (exit status 130)."""

    status = 130
