"""Bundles of files that are here already, made for a program that shows how far it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from model_runtime import store
from model_runtime.contract import ModelError, UsageError
from model_runtime.downloads import install_files, published_sources


def import_checkpoint(given: Mapping[str, str], report: Callable[[int, int], None]) -> Path:
    """Make a bundle in the user's folder of models.

    Args:
        given: ``name``, ``transformer`` and ``vae``; under a published name only the published files are taken.
        report: takes (done, total) steps; may raise to stop.

    Returns:
        The bundle's folder.

    Raises:
        UsageError: the name is none, or an embedded model's.
        InputError: a file is missing.
        ModelError: a file is not what it should be, or a model of that name is there.
    """
    name, files = given["name"], {role: Path(given[role]) for role in ("transformer", "vae")}
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}", name):
        raise UsageError(f"{name}: is no name for a model; use letters, digits, dots, hyphens and underscores.")
    known = store.known_models().get(name)
    if known is not None and known["embedded"]:
        raise UsageError(f"{name}: is the name of the embedded model; choose another.")
    if known is not None:
        return install_files(name, files, report)
    target = store.data_dir() / "models" / name
    if target.exists():
        raise ModelError(f"{name}: is in {target} already; remove it or choose another name.")
    store.sweep()
    report(0, 2)
    sources = published_sources(files["transformer"], files["vae"])
    report(1, 2)
    from model_runtime.model.checkpoints import import_published

    import_published(files["transformer"], files["vae"], target, sources)
    report(2, 2)
    return target
