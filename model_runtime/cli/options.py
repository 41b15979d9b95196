"""Options of the form MODALITY=VALUE, turned into the fields of a job."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, TypeVar

from model_runtime.contract import MODALITIES, Condition, InputError, Job, UsageError

Value = TypeVar("Value")


def pairs(option: str, entries: Iterable[str], parse: Callable[[str], Value]) -> dict[str, Value]:
    """Read ``MODALITY=VALUE`` entries of one option.

    Raises:
        UsageError: an entry has another form, an unknown modality, or the modality twice.
    """
    found: dict[str, Value] = {}
    for entry in entries:
        modality, text = split_pair(option, entry)
        if modality in found:
            raise UsageError(f"--{option}: {modality} is given twice.")
        try:
            found[modality] = parse(text)
        except ValueError:
            raise UsageError(f"--{option} {entry}: {text!r} is not understood.") from None
    return found


def split_pair(option: str, entry: str) -> tuple[str, str]:
    """Split ``MODALITY=VALUE`` and check the modality."""
    modality, equals, text = entry.partition("=")
    if not equals or not text:
        raise UsageError(f"--{option} {entry}: write it as MODALITY=VALUE.")
    check_modality(f"--{option} {entry}", modality)
    return modality, text


def check_modality(where: str, modality: str) -> None:
    """Refuse a name that is no modality.

    Raises:
        UsageError: unknown name.
    """
    if modality not in MODALITIES:
        raise UsageError(f"{where}: {modality!r} is no modality; use one of {', '.join(MODALITIES)}.")


def build_job(options: Mapping[str, Any]) -> Job:
    """Combine the job file, if any, with the flags, which win.

    Args:
        options: the parameters of the ``generate`` command by name; None or empty means not given.

    Raises:
        InputError: the job file cannot be read.
        UsageError: a flag or the job file is malformed.
    """
    job = read_job_file(options["job"]) if options["job"] else Job()
    if options["condition"]:
        job.conditions = _conditions(options["condition"])
    if options["generate"]:
        job.generate = list(dict.fromkeys(options["generate"]))
    for name in ("preset", "model", "steps", "seed", "samples", "mask", "bounds", "bounds_crs", "crs", "resolution",
                 "ignored", "backend", "device", "precision", "output", "overwrite"):  # fmt: skip
        if options[name] is not None and options[name] is not False:
            setattr(job, name, options[name])
    job.stretch.update(pairs("stretch", options["stretch"], str))
    job.hold.update(pairs("hold", options["hold"], float))
    job.start.update(pairs("start", options["start"], str))
    products = pairs("product", options["product"], lambda text: [name for name in text.split(",") if name])
    job.products.update(products)
    _amend_conditions(job, options)
    for modality in [*job.generate, *(condition.modality for condition in job.conditions)]:
        check_modality("job", modality)
    return job


def read_job_file(path: str) -> Job:
    """Read a job file.

    Raises:
        InputError: there is no such file, or it cannot be read.
        UsageError: the file is not JSON, or has unknown fields.
    """
    try:
        values = json.loads(Path(path).read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise InputError(f"--job {path}: there is no such file; check the path.") from None
    except OSError as error:
        raise InputError(f"--job {path}: cannot be read ({error.strerror}); give a file with JSON.") from None
    except ValueError as error:
        raise UsageError(f"--job {path}: {' '.join(str(error).split())}") from None
    return Job.from_dict(values)


def _conditions(entries: Iterable[str]) -> list[Condition]:
    """Return one condition a modality; repeated ones join their files."""
    found: dict[str, Condition] = {}
    for entry in entries:
        modality, path = split_pair("condition", entry)
        found.setdefault(modality, Condition(modality, [])).path.append(path)
    return list(found.values())


def _amend_conditions(job: Job, options: Mapping[str, Any]) -> None:
    by_modality = {condition.modality: condition for condition in job.conditions}
    for name in ("encoding", "offset", "scale"):
        for modality, value in pairs(name, options[name], str).items():
            if modality not in by_modality:
                raise UsageError(f"--{name} {modality}={value}: {modality} is not among the conditions.")
            setattr(by_modality[modality], name, value)
