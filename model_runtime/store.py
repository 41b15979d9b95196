"""Where models lie: the embedded one in ``resources``, the user's own in a folder of their choice."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from model_runtime.contract import ModelError, UsageError

RESOURCES = Path(__file__).resolve().parents[1] / "resources"
EMBEDDED = RESOURCES / "models"
DATA_DIR_VARIABLE = "COPGEN_DATA_DIR"
INDEX_FILE = "model_index.json"
AUTO_ORDER = ("copgen-beta", "copgen-mini")
"""What ``--model auto`` takes: the first that is installed and verified."""


@dataclass(frozen=True)
class StoredModel:
    """A bundle on disk."""

    name: str
    path: Path
    embedded: bool


def data_dir() -> Path:
    """Return the folder of the user's models: ``COPGEN_DATA_DIR`` or the system's data folder."""
    chosen = os.environ.get(DATA_DIR_VARIABLE)
    return Path(chosen).expanduser() if chosen else Path(platformdirs.user_data_path("copgen", appauthor=False))


def list_models() -> list[StoredModel]:
    """Return the models found, the user's first, each name once."""
    found: dict[str, StoredModel] = {}
    for folder, embedded in ((data_dir() / "models", False), (EMBEDDED, True)):
        for index in sorted(folder.glob(f"*/{INDEX_FILE}")):
            name = index.parent.name
            found.setdefault(name, StoredModel(name, index.parent, embedded))
    return list(found.values())


def find_model(wanted: str) -> StoredModel:
    """Return the model called ``auto``, by its name, or by its folder.

    Raises:
        ModelError: there is none, or the folder is no bundle.
    """
    models = {model.name: model for model in list_models()}
    if wanted == "auto":
        for name in AUTO_ORDER:
            if name in models:
                return models[name]
        raise ModelError(f"no model found in {EMBEDDED.name} or {data_dir() / 'models'}; see `models import --help`.")
    if wanted in models:
        return models[wanted]
    path = Path(wanted).expanduser()
    if path.is_dir():
        if not (path / INDEX_FILE).is_file():
            raise ModelError(f"{wanted}: no {INDEX_FILE} there, so no model bundle; give the folder of a bundle.")
        return StoredModel(path.resolve().name, path.resolve(), False)
    raise ModelError(f"{wanted}: no such model; installed are {', '.join(models) or 'none'}.")


def known_models() -> dict[str, dict[str, object]]:
    """Return the published models as data (``resources/models.json``)."""
    entries: dict[str, dict[str, object]] = json.loads((RESOURCES / "models.json").read_text(encoding="utf-8"))
    return entries


def remove_model(name: str) -> Path:
    """Remove one of the user's models and return its folder.

    Raises:
        UsageError: the model is embedded.
        ModelError: there is none of that name.
    """
    model = {entry.name: entry for entry in list_models()}.get(name)
    if model is None:
        raise ModelError(f"{name}: no such model; installed are {', '.join(m.name for m in list_models()) or 'none'}.")
    if model.embedded:
        raise UsageError(f"{name}: embedded in the plugin, it cannot be removed.")
    shutil.rmtree(model.path)
    return model.path
