"""The known models as data, and what of them is on this disk."""

from __future__ import annotations

import json
import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Dict, List, Optional, Tuple

from ..settings import data_dir
from ..translation import tr

RESOURCES = Path(__file__).resolve().parents[2] / "resources"
PART = ".part"
INDEX = "model_index.json"
RECORD = "PROVENANCE"

EMBEDDED = "embedded"
ABSENT = "absent"
PARTLY = "partly"
FETCHED = "fetched"
VERIFIED = "verified"
UNVERIFIED = "unverified"
DAMAGED = "damaged"


@dataclass(frozen=True)
class PublishedFile:
    """A file of a published model.

    Attributes:
        role: ``transformer`` or ``vae``.
        repository: on the hub, ``owner/name``.
        revision: a commit; empty: the newest one.
        name: of the file.
        size: in bytes.
        sha256: of the content, in hexadecimal digits.
        licence: its own where it has one; else empty.
    """

    role: str
    repository: str
    revision: str
    name: str
    size: int
    sha256: str
    licence: str = ""

    def place(self, folder: Path) -> Path:
        """Return where it lies in the folder of a model's downloads; two repositories may use one name."""
        return folder / self.repository.replace("/", "--") / self.name


@dataclass(frozen=True)
class KnownModel:
    """A model that is embedded, published, or only found on the disk.

    Attributes:
        name: as in jobs.
        title: for people.
        embedded: it comes with the plugin.
        licence: in words.
        card: what it is, Markdown.
        files: what it is made of; empty where there is nothing to fetch.
    """

    name: str
    title: str
    embedded: bool
    licence: str = ""
    card: str = ""
    files: Tuple[PublishedFile, ...] = ()

    @property
    def size(self) -> int:
        """Bytes to fetch."""
        return sum(file.size for file in self.files)


@dataclass(frozen=True)
class ModelState:
    """What of a model is here.

    Attributes:
        kind: embedded, absent, partly, fetched, verified, unverified or damaged.
        there: bytes that are here.
        path: folder of its bundle, None without one.
        problem: what was found wrong; else empty.
    """

    kind: str
    there: int = 0
    path: Optional[Path] = None
    problem: str = ""


def models_folder() -> Path:
    """Return the folder of the user's bundles."""
    return data_dir() / "models"


def downloads_folder(name: str) -> Path:
    """Return the folder in which a model's files are collected; the command line uses the same."""
    return data_dir() / "downloads" / name


def known_models(resources: Optional[Path] = None) -> List[KnownModel]:
    """Return the embedded and published models, then what else lies in the user's folder.

    Args:
        resources: folder of ``models.json``; the plugin's if None.
    """
    resources = resources or RESOURCES
    path = resources / "models.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        known = [_read_model(name, entry, resources) for name, entry in entries.items()]
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        told = tr("{path} cannot be read as a list of models ({reason}); install the plugin again.")
        known = [KnownModel(path.name, path.name, True, card=told.format(path=path, reason=repr(error)))]
    names = {model.name for model in known}
    for bundle in _bundles(models_folder()):
        if bundle.name not in names:
            known.append(KnownModel(bundle.name, bundle.name, False, card=_read_text(bundle / "README.md")))
    return known


def _bundles(folder: Path) -> List[Path]:
    """Return the models in a folder; none where it cannot be read, as of a drive that is not there."""
    try:
        found = sorted(index.parent for index in folder.glob(f"*/{INDEX}"))
    except OSError:
        return []
    return [bundle for bundle in found if not bundle.name.startswith(".")]


def state_of(model: KnownModel) -> ModelState:
    """Look on the disk for a model, without reading weights."""
    bundle = models_folder() / model.name
    if not os.path.isfile(str(bundle / INDEX)):
        if model.embedded:
            return ModelState(EMBEDDED)
        return _state_of_download(model)
    size = sum(_size(file) for file in bundle.rglob("*"))
    record = _read_record(bundle)
    if record is None:
        return ModelState(UNVERIFIED, size, bundle)
    problem, found = str(record.get("problem") or ""), _facts(bundle, record)
    recorded = record["files"]
    if problem or {name: facts[:1] for name, facts in found.items()} != {n: f[:1] for n, f in recorded.items()}:
        return ModelState(DAMAGED, size, bundle, problem)
    published = {file.role: file.sha256 for file in model.files}
    is_published = bool(published) and record.get("sources") == published and found == recorded
    return ModelState(VERIFIED if is_published else UNVERIFIED, size, bundle)


def _state_of_download(model: KnownModel) -> ModelState:
    folder, there, whole = downloads_folder(model.name), 0, 0
    for file in model.files:
        path = file.place(folder)
        size = _size(path)
        there += size or _size(path.with_name(path.name + PART))
        whole += size > 0
    if model.files and whole == len(model.files):
        return ModelState(FETCHED, there)
    return ModelState(PARTLY if there else ABSENT, there)


def _read_record(bundle: Path) -> Optional[Dict[str, Any]]:
    try:
        record = json.loads((bundle / RECORD).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    files = record.get("files") if isinstance(record, dict) else None
    told = isinstance(files, dict) and all(isinstance(facts, list) for facts in files.values())
    return record if told else None


def _size(path: Path) -> int:
    """Return the bytes of a file, 0 where there is none that can be seen."""
    return os.path.getsize(str(path)) if os.path.isfile(str(path)) else 0


def _facts(bundle: Path, record: Dict[str, Any]) -> Dict[str, List[int]]:
    """Return size and time of change of the recorded files that are there."""
    paths = {name: bundle / name for name in record["files"]}
    found = {name: path.stat() for name, path in paths.items() if os.path.isfile(str(path))}
    return {name: [facts.st_size, facts.st_mtime_ns] for name, facts in found.items()}


def _read_model(name: str, entry: Dict[str, Any], resources: Path) -> KnownModel:
    card = resources / entry["card"] if entry.get("card") else resources / "models" / name / "README.md"
    files = tuple(
        PublishedFile(
            str(file["role"]),
            str(file["repository"]),
            _hexadecimal(file["revision"]),
            str(file["file"]),
            int(file["size"]),
            _hexadecimal(file["sha256"]),
            str(file.get("licence", "")),
        )
        for file in entry.get("files", [])
    )
    title = str(entry.get("title") or name)
    return KnownModel(name, title, bool(entry["embedded"]), str(entry["licence"]), _read_text(card), files)


def _read_text(path: Path) -> str:
    """Return a card without the settings for the hub at its head; empty where there is none."""
    try:
        text = path.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return ""
    return re.sub(r"\A---\n.*?\n---\n", "", text, flags=re.DOTALL)


def _hexadecimal(groups: Optional[str]) -> str:
    return "".join((groups or "").split())
