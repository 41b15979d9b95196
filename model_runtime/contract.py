"""The contract: the job, its result, its progress and its errors, as dataclasses and JSON.

Both sides import this one file, QGIS's Python (3.9 and later) included: standard library only.
"""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass, field, fields
from typing import Any, Dict, List, Optional, Tuple

MODALITIES = ("dem", "s1_rtc", "s2_l1c", "s2_l2a")
"""Names of the modalities, in the order of the published model."""
SENTINEL2 = ("s2_l1c", "s2_l2a")
"""Those that are levels of Sentinel-2."""
ENVIRONMENT_MARKER = "copgen-environment.json"
"""File in every folder that the set-up makes: whose it is, how far it is; no folder without it is ever removed."""
MADE_BY = "copgen-qgis"
"""What that file says under ``made_by``."""


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

    @classmethod
    def from_dict(cls, values: Dict[str, Any]) -> Job:
        """Read a job from the object of a job file.

        Raises:
            UsageError: a field is unknown, missing or of the wrong type.
        """
        _refuse_unknown(values, cls, "job", _LATER)
        settings = {name: value for name, value in values.items() if value is not None}
        for name in ("conditions", "generate", "bounds"):
            _refuse_other(settings, name, (list, tuple), "a list")
        for name in ("products", "stretch", "hold", "start"):
            _refuse_other(settings, name, dict, "an object, modality to value")
        for name in _TEXTS:
            _refuse_other(settings, name, str, "a text")
        _refuse_other(settings, "overwrite", bool, "true or false")
        for name in ("steps", "seed", "samples"):
            if name in settings:
                settings[name] = _whole_number(settings[name], name)
        settings["conditions"] = [_read_condition(entry) for entry in settings.get("conditions", [])]
        settings["generate"] = list(dict.fromkeys(str(name) for name in settings.get("generate", [])))
        settings["products"] = {
            str(modality): [str(name) for name in (names if isinstance(names, list) else [names])]
            for modality, names in settings.get("products", {}).items()
        }
        for name in ("stretch", "start"):
            settings[name] = {str(key): str(value) for key, value in settings.get(name, {}).items()}
        settings["hold"] = {str(key): _number(value, "hold") for key, value in settings.get("hold", {}).items()}
        if "resolution" in settings:
            settings["resolution"] = _number(settings["resolution"], "resolution")
        if "bounds" in settings:
            if len(settings["bounds"]) != 4:
                raise UsageError("job: bounds needs four numbers, west, south, east and north.")
            settings["bounds"] = tuple(_number(value, "bounds") for value in settings["bounds"])
        return cls(**settings)


@dataclass
class Output:
    """One file that was written (``path`` is absolute)."""

    modality: str
    product: str
    sample: int
    path: str


@dataclass
class Result:
    """What a finished job tells; the object of ``--json``.

    ``provider`` is what of the backend ran the networks, as the backend calls it; empty for torch.
    ``solver`` is ``reference`` or ``fast``.
    """

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
    provider: str = ""
    solver: str = "reference"

    def to_dict(self) -> Dict[str, Any]:
        """Return the result as plain JSON values."""
        return asdict(self)


@dataclass
class Progress:
    """How far a job is: ``done`` of ``total`` within ``stage``.

    Stages are load, measure, read, encode, denoise, decode and write; a small file has nothing to measure.
    An export has the one stage graphs.
    """

    stage: str
    done: int
    total: int


def error_to_dict(error: CopGenError) -> Dict[str, Any]:
    """Return the object that ``--json`` prints for a failure."""
    return {"error": {"status": error.status, "message": error.message}}


_LATER = ("fill", "coarse_dem")
"""Fields of CONTRACT's job that are not there yet; null counts as not given, anything else is refused."""


def _refuse_unknown(values: Dict[str, Any], kind: type, what: str, later: Tuple[str, ...] = ()) -> None:
    if not isinstance(values, dict):
        raise UsageError(f"{what}: a JSON object is needed, found {type(values).__name__}.")
    known = [entry.name for entry in fields(kind)]
    unknown = sorted(name for name in set(values) - set(known) if name not in later or values[name] is not None)
    if unknown:
        raise UsageError(f"{what}: unknown field {', '.join(unknown)}; known are {', '.join(known)}.")


_TEXTS = (
    "output", "model", "preset", "bounds_crs", "mask", "crs", "ignored", "backend", "device", "precision",
)  # fmt: skip


def _refuse_other(settings: Dict[str, Any], name: str, kind: Any, told: str) -> None:  # noqa: ANN401
    if name in settings and not isinstance(settings[name], kind):
        raise UsageError(f"job: {name} must be {told}, found {settings[name]!r:.80}.")


def _read_condition(values: Dict[str, Any]) -> Condition:
    _refuse_unknown(values, Condition, "job condition")
    missing = [name for name in ("modality", "path") if not values.get(name)]
    if missing:
        raise UsageError(f"job condition: {' and '.join(missing)} missing.")
    settings = {name: value for name, value in values.items() if value is not None}
    for name in ("path", "bands"):
        entry = settings.get(name, [])
        settings[name] = [str(part) for part in (entry if isinstance(entry, list) else [entry])]
    # As behind a path: "4,3,2".
    settings["bands"] = [band.strip() for entry in settings["bands"] for band in entry.split(",") if band.strip()]
    for name in ("modality", "crs"):
        _refuse_other(settings, name, str, "a text")
    if "nodata" in settings:
        settings["nodata"] = _number(settings["nodata"], "nodata", nan=True)
    for name in ("encoding", "offset", "scale"):
        if name in settings:
            value = settings[name]
            settings[name] = ",".join(map(str, value)) if isinstance(value, list) else str(value)
    return Condition(**settings)


def _number(value: object, name: str, nan: bool = False) -> float:
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError):
        number = math.inf
    if math.isinf(number) or (math.isnan(number) and not nan):
        raise UsageError(f"job: {name} must be a number, found {value!r:.80}.")
    return number


def _whole_number(value: object, name: str) -> int:
    number = _number(value, name)
    if number != int(number) or isinstance(value, bool):
        raise UsageError(f"job: {name} must be a whole number, found {value!r:.80}.")
    return value if isinstance(value, int) else int(number)
