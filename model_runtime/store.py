"""Where models lie: the embedded one in ``resources``, the user's own in a folder of their choice."""

from __future__ import annotations

import json
import os
import re
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import platformdirs
import psutil

from model_runtime.contract import ModelError, ResourceError, UsageError
from model_runtime.provenance import is_unchanged, read_provenance

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
EMBEDDED = RESOURCES / "models"
DATA_DIR_VARIABLE = "COPGEN_DATA_DIR"
INDEX_FILE = "model_index.json"
AUTO_ORDER = ("copgen-beta", "copgen-mini")
"""What ``--model auto`` takes: the first that is installed and verified."""
SPARE = 200_000_000
"""Bytes of the disk that stay free."""


@dataclass(frozen=True)
class StoredModel:
    """A bundle on disk."""

    name: str
    path: Path
    embedded: bool


@dataclass(frozen=True)
class PublishedFile:
    """A file of a published model.

    Attributes:
        role: ``transformer`` or ``vae``.
        repository: on the hub, ``owner/name``.
        revision: a commit; empty: the newest one, since only the hash is known.
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


@dataclass(frozen=True)
class KnownModel:
    """An embedded or published model.

    Attributes:
        name: as in jobs.
        title: for people.
        embedded: it comes with the plugin.
        licence: in words.
        card: path of its card in the resources; empty without one.
        files: what it is made of; empty where there is nothing to fetch.
    """

    name: str
    title: str
    embedded: bool
    licence: str
    card: str
    files: tuple[PublishedFile, ...]

    @property
    def size(self) -> int:
        """Bytes to fetch."""
        return sum(file.size for file in self.files)

    @property
    def sources(self) -> dict[str, str]:
        """SHA-256 of its files by role."""
        return {file.role: file.sha256 for file in self.files}


def data_dir() -> Path:
    """Return the folder of the user's models: ``COPGEN_DATA_DIR`` or the system's data folder."""
    chosen = os.environ.get(DATA_DIR_VARIABLE) or str(platformdirs.user_data_path("copgen", appauthor=False))
    # Not Path.expanduser: that fails where there is no such user.
    return Path(os.path.expanduser(chosen)).absolute()


def list_models() -> list[StoredModel]:
    """Return the models found, the user's first, each name once."""
    found: dict[str, StoredModel] = {}
    for folder, embedded in ((data_dir() / "models", False), (EMBEDDED, True)):
        for index in sorted(folder.glob(f"*/{INDEX_FILE}")):
            name = index.parent.name
            if name.startswith("."):  # half made or half removed
                continue
            found.setdefault(name, StoredModel(name, index.parent, embedded))
    return list(found.values())


def find_model(wanted: str) -> StoredModel:
    """Return the model called ``auto``, by its name, or by its folder.

    Raises:
        UsageError: nothing is named.
        ModelError: there is none, or the folder is no bundle.
    """
    if not wanted.strip():
        raise UsageError("no model is named; give auto, a name of `models list`, or the folder of a bundle.")
    models = {model.name: model for model in list_models()}
    if wanted == "auto":
        for name in AUTO_ORDER:
            if name in models and (models[name].embedded or is_published(models[name])):
                return models[name]
        raise ModelError(f"no model found in {EMBEDDED.name} or {data_dir() / 'models'}; see `models import --help`.")
    if wanted in models:
        return models[wanted]
    path = Path(os.path.expanduser(wanted))
    if path.is_dir():
        if not (path / INDEX_FILE).is_file():
            raise ModelError(f"{wanted}: no {INDEX_FILE} there, so no model bundle; give the folder of a bundle.")
        return StoredModel(path.resolve().name, path.resolve(), False)
    raise no_model(wanted)


def new_place(name: str) -> Path:
    """Return the folder that a model of this name will get.

    Raises:
        ModelError: it is there already.
    """
    target = data_dir() / "models" / name
    if (target / INDEX_FILE).is_file():
        raise ModelError(
            f"{name}: is in {target} already; `models verify {name}` checks it, `models remove {name}` removes it."
        )
    if os.path.lexists(target):
        raise ModelError(f"{target}: is there already and holds no model; move it somewhere else or remove it.")
    return target


def check_disk(folder: Path, size: int) -> None:
    """Look whether so many bytes fit into a folder.

    Raises:
        ResourceError: they do not.
    """
    needed, free = SPARE + size, psutil.disk_usage(str(folder)).free
    if free < needed:
        raise ResourceError(
            f"{folder}: {free / 1e9:.1f} GB are free and {needed / 1e9:.1f} GB needed; make room, or choose another "
            f"folder (that of the models with {DATA_DIR_VARIABLE})."
        )


def no_model(name: str) -> ModelError:
    """Return the refusal of a model that is not installed, with what can be done."""
    known = known_models().get(name)
    if known is not None and not known.embedded:
        return ModelError(
            f"{name}: {how_much_is_here(name)}; fetch it with `models download {name}`, in QGIS with COP-GEN, Models…"
        )
    installed = ", ".join(model.name for model in list_models())
    return ModelError(f"{name}: no such model; installed are {installed or 'none'}.")


def how_much_is_here(name: str) -> str:
    """Return how much of a published model that is not installed was fetched, in words."""
    total, there = known_models()[name].size, fetched_bytes(name)
    part = f", {there / 1e6:.0f} MB of it are here" if there else ""
    return f"not downloaded ({total / 1e6:.0f} MB{part})"


def passed_over(wanted: str) -> list[str]:
    """Return why ``auto`` does not take a better model that is here, a sentence each; nothing for other names."""
    models = {model.name: model for model in list_models()} if wanted == "auto" else {}
    sentences = []
    for name in AUTO_ORDER:
        model = models.get(name)
        if model is None:
            continue
        if model.embedded or is_published(model):
            break
        sentences.append(
            f"{name} is here but not verified ({state_of(model)}), so `auto` did not take it; "
            f"see `models verify {name}`."
        )
    return sentences


def known_models() -> dict[str, KnownModel]:
    """Return the embedded and the published models by name (``resources/models.json``).

    Raises:
        ModelError: the file is missing or not what it was.
    """
    path = RESOURCES / "models.json"
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))
        return {name: _read_known(name, entry) for name, entry in entries.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ModelError(
            f"{path}: cannot be read as a list of models ({error!r}); install the plugin again."
        ) from error


def published_files(name: str) -> tuple[PublishedFile, ...]:
    """Return the files that a published model is made of.

    Raises:
        UsageError: nothing of that name is published, or it is embedded.
    """
    known = known_models()
    if name not in known or known[name].embedded:
        others = ", ".join(model.name for model in known.values() if not model.embedded)
        raise UsageError(f"{name}: nothing to download; published are {others}.")
    return known[name].files


def published_card(name: str) -> str:
    """Return the card of a published model, Markdown, as it can be read before it is there; empty without one."""
    known = known_models().get(name)
    path = RESOURCES / known.card if known is not None else RESOURCES
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _read_known(name: str, entry: dict[str, Any]) -> KnownModel:
    files = tuple(
        PublishedFile(
            role=str(file["role"]),
            repository=str(file["repository"]),
            revision=_hexadecimal(file["revision"]),
            name=str(file["file"]),
            size=int(file["size"]),
            sha256=_hexadecimal(file["sha256"]),
            licence=str(file.get("licence", "")),
        )
        for file in entry.get("files", [])
    )
    return KnownModel(
        name,
        str(entry.get("title", name)),
        bool(entry["embedded"]),
        str(entry["licence"]),
        str(entry.get("card", "")),
        files,
    )


def _hexadecimal(groups: str | None) -> str:
    return re.sub(r"\s", "", groups or "")


def is_published(model: StoredModel) -> bool:
    """Tell whether a bundle was made of the published files of its name and has not changed since."""
    record = read_provenance(model.path)
    known = known_models().get(model.name)
    if record is None or known is None or known.embedded:
        return False
    return record.sources == known.sources and is_unchanged(model.path, record)


def state_of(model: StoredModel) -> str:
    """Return in a word what is known of a user's model without reading its weights.

    Returns:
        ``verified`` (made of the published files), ``imported``, ``unrecorded`` or ``damaged``, or a few words.
    """
    record = read_provenance(model.path)
    if record is None:
        return "unrecorded"
    if not is_unchanged(model.path, record):
        return "damaged" if record.problem else "changed since it was installed, see `models verify`"
    return "verified" if is_published(model) else "imported"


def fetched_bytes(name: str) -> int:
    """Return how much of a published model has been fetched and waits for the rest."""
    folder = data_dir() / "downloads" / name
    wanted = {file.name for file in published_files(name)}
    found = (path for path in folder.glob("*/*") if path.name.removesuffix(".part") in wanted)
    return sum(path.stat().st_size for path in found)


def sweep(folder: Path | None = None) -> None:
    """Remove what killed processes left half made or half removed.

    Args:
        folder: where bundles are made; that of the user's models if None.
    """
    for left in (folder or data_dir() / "models").glob(".copgen-*-*"):
        process = left.name.split("-")[1]
        if left.is_dir() and process.isdecimal() and not psutil.pid_exists(int(process)):
            shutil.rmtree(left, ignore_errors=True)


def remove_model(name: str) -> Path:
    """Remove one of the user's models and return its folder.

    Raises:
        UsageError: the model is embedded.
        ModelError: there is none of that name, or its folder cannot be removed.
    """
    model = {entry.name: entry for entry in list_models()}.get(name)
    if model is None:
        raise no_model(name)
    if model.embedded:
        raise UsageError(f"{name}: embedded in the plugin, it cannot be removed.")
    leaving = None
    try:
        # Out of sight at once: what is half removed must not be taken for a model.
        leaving = Path(tempfile.mkdtemp(prefix=f".copgen-{os.getpid()}-", dir=model.path.parent))
        model.path.rename(leaving / name)
        shutil.rmtree(leaving)
    except OSError as error:
        if not os.path.lexists(model.path):
            # Another process was faster, or what is left is out of sight and goes with the next sweep.
            return model.path
        raise ModelError(
            f"{model.path}: cannot be removed ({error.strerror}); end the programs that use it, and try again."
        ) from error
    finally:
        if leaving is not None:
            shutil.rmtree(leaving, ignore_errors=True)
    return model.path
