"""What a bundle was made of: written when it is made, compared when somebody wants to rely on it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from model_runtime.contract import ModelError
from model_runtime.model.files import bundle_sha256

RECORD_NAME = "PROVENANCE"
"""No ``.json``: the hash of a bundle takes in all such files."""


@dataclass
class Provenance:
    """Origin of a bundle.

    Attributes:
        sha256: of the bundle, as it was when it was made.
        sources: SHA-256 of the published files it was made of, by role; empty for others.
        files: size and time of change (ns) of every file that the hash takes in, by path in the bundle.
        problem: what a later look found wrong; empty while nothing is.
    """

    sha256: str
    sources: dict[str, str]
    files: dict[str, list[int]] = field(default_factory=dict)
    problem: str = ""


def write_provenance(bundle: Path, sources: Mapping[str, str]) -> Provenance:
    """Record what a bundle is now.

    Args:
        bundle: its folder.
        sources: SHA-256 of the published files by role, as compared; empty where they are not published ones.
    """
    record = Provenance(bundle_sha256(bundle), dict(sources), _facts(bundle))
    _write(bundle, record)
    return record


def read_provenance(bundle: Path) -> Provenance | None:
    """Return the record of a bundle, None where there is none that can be read."""
    try:
        values = json.loads((bundle / RECORD_NAME).read_text(encoding="utf-8"))
        return Provenance(**values)
    except (OSError, ValueError, TypeError):
        return None


def is_unchanged(bundle: Path, record: Provenance) -> bool:
    """Tell by sizes and times whether a bundle is what its record says, without reading the weights."""
    return not record.problem and record.files == _facts(bundle)


def compare(bundle: Path) -> Provenance | None:
    """Read a whole bundle and compare it with its record, which then holds what was found.

    Returns:
        The record; None for a bundle without one.

    Raises:
        ModelError: its weights or settings are not those that were recorded.
    """
    record = read_provenance(bundle)
    if record is None:
        return None
    if bundle_sha256(bundle) != record.sha256:
        problem = (
            f"{bundle}: weights or settings are not those that were installed (the SHA-256 is another one); remove the "
            "model and download or import it again."
        )
        mark_damaged(bundle, problem)
        raise ModelError(problem)
    found = _facts(bundle)
    if record.problem or record.files != found:
        record.files, record.problem = found, ""
        _write(bundle, record)
    return record


def mark_damaged(bundle: Path, problem: str) -> None:
    """Record that something is wrong with a bundle, so that it is not relied upon; nothing happens without a record."""
    record = read_provenance(bundle)
    if record is not None:
        record.problem = problem
        _write(bundle, record)


def _facts(bundle: Path) -> dict[str, list[int]]:
    files = sorted(file for pattern in ("**/*.json", "**/*.safetensors") for file in bundle.glob(pattern))
    found = ((file.relative_to(bundle).as_posix(), file.stat()) for file in files)
    return {name: [stat.st_size, stat.st_mtime_ns] for name, stat in found}


def _write(bundle: Path, record: Provenance) -> None:
    path = bundle / RECORD_NAME
    unfinished = path.with_name(f".{RECORD_NAME}")
    try:
        unfinished.write_text(json.dumps(asdict(record), indent=1) + "\n", encoding="utf-8")
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise ModelError(
            f"{path}: cannot be written ({error.strerror}); see that its folder can be written to."
        ) from error


__all__ = [
    "Provenance",
    "compare",
    "is_unchanged",
    "mark_damaged",
    "read_provenance",
    "write_provenance",
]
