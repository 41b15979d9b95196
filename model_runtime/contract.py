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


@dataclass
class Condition:
    """One input of a job.

    Attributes:
        modality: a name of ``MODALITIES``.
        path: file or folder, ``PATH[:BAND,BAND,...]`` allowed; several single-band files as a list.
        bands: numbers or names, in the recipe's order; empty means recognised.
        encoding: ``auto`` or what the stored numbers are.
        offset: ``auto`` or the number added to the stored numbers.
        scale: ``GAIN,OFFSET`` applied to the stored numbers, or None.
        crs: WKT that replaces the file's, or None.
        nodata: value that replaces the file's, or None.
    """

    modality: str
    path: List[str]
    bands: List[str] = field(default_factory=list)
    encoding: str = "auto"
    offset: str = "auto"
    scale: Optional[str] = None
    crs: Optional[str] = None
    nodata: Optional[float] = None


@dataclass
class Job:
    """One call of ``generate``; the fields are those of CONTRACT's job file.

    ``bounds`` is (west, south, east, north) in ``bounds_crs``; ``hold`` maps a condition's modality
    to the timestep it is held at; ``start`` maps a generated modality to ``PATH@TIMESTEP``;
    ``steps`` 0 means the preset's or the model's own number; ``ignored`` None generates all missing
    modalities together and decodes those asked for.
    """

    conditions: List[Condition] = field(default_factory=list)
    generate: List[str] = field(default_factory=list)
    products: Dict[str, List[str]] = field(default_factory=dict)
    output: str = ""
    model: str = "auto"
    preset: Optional[str] = None
    steps: int = 0
    seed: int = 0
    samples: int = 1
    bounds: Optional[Tuple[float, float, float, float]] = None
    bounds_crs: Optional[str] = None
    mask: Optional[str] = None
    crs: str = "auto"
    resolution: Optional[float] = None
    stretch: Dict[str, str] = field(default_factory=dict)
    ignored: Optional[str] = None
    hold: Dict[str, float] = field(default_factory=dict)
    start: Dict[str, str] = field(default_factory=dict)
    backend: str = "auto"
    device: str = "auto"
    precision: str = "auto"
    overwrite: bool = False

    def to_json(self) -> str:
        """Return the job as a JSON object."""
        return json.dumps(asdict(self), indent=2)

    @classmethod
    def from_dict(cls, values: Dict[str, Any]) -> Job:
        """Read a job from the object of a job file.

        Raises:
            UsageError: a field is unknown, missing or of the wrong type.
        """
        _refuse_unknown(values, cls, "job")
        conditions = [_read_condition(entry) for entry in values.get("conditions", [])]
        settings = {name: value for name, value in values.items() if value is not None}
        job = cls(**{**settings, "conditions": conditions})
        if job.bounds is not None:
            if len(job.bounds) != 4:
                raise UsageError("job: bounds needs four numbers, west, south, east and north.")
            west, south, east, north = (_number(value, "bounds") for value in job.bounds)
            job.bounds = (west, south, east, north)
        for name in ("steps", "seed", "samples"):
            setattr(job, name, int(_number(getattr(job, name), name)))
        return job


@dataclass
class Output:
    """One file that was written (``path`` is absolute)."""

    modality: str
    product: str
    sample: int
    path: str


@dataclass
class Result:
    """What a finished job tells; the object of ``--json``."""

    outputs: List[Output]
    model: str
    device: str
    backend: str
    precision: str
    seconds: float
    chips: int
    seed: int
    steps: int
    recognised: Dict[str, Any]
    warnings: List[str]

    def to_dict(self) -> Dict[str, Any]:
        """Return the result as plain JSON values."""
        return asdict(self)


@dataclass
class Progress:
    """How far a job is: ``done`` of ``total`` within ``stage`` (read, encode, denoise, decode, write)."""

    stage: str
    done: int
    total: int


def error_to_dict(error: CopGenError) -> Dict[str, Any]:
    """Return the object that ``--json`` prints for a failure."""
    return {"error": {"status": error.status, "message": error.message}}


def _refuse_unknown(values: Dict[str, Any], kind: type, what: str) -> None:
    if not isinstance(values, dict):
        raise UsageError(f"{what}: a JSON object is needed, found {type(values).__name__}.")
    known = [entry.name for entry in fields(kind)]
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise UsageError(f"{what}: unknown field {', '.join(unknown)}; known are {', '.join(known)}.")


def _read_condition(values: Dict[str, Any]) -> Condition:
    _refuse_unknown(values, Condition, "job condition")
    missing = [name for name in ("modality", "path") if not values.get(name)]
    if missing:
        raise UsageError(f"job condition: {' and '.join(missing)} missing.")
    settings = {name: value for name, value in values.items() if value is not None}
    for name in ("path", "bands"):
        entry = settings.get(name, [])
        settings[name] = [str(part) for part in (entry if isinstance(entry, list) else [entry])]
    for name in ("encoding", "offset", "scale"):
        if name in settings:
            settings[name] = str(settings[name])
    return Condition(**settings)


def _number(value: object, name: str) -> float:
    try:
        return float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise UsageError(f"job: {name} must be a number, found {value!r}.") from None
