"""Models of files that are here already, made for a program that shows how far it is."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path

from model_runtime import store
from model_runtime.contract import ModelError, UsageError
from model_runtime.copying import copy_bundle
from model_runtime.downloads import install_files, published_sources
from model_runtime.provenance import read_provenance


def import_model(given: Mapping[str, str], report: Callable[[int, int], None]) -> Path:
    """Make a bundle in the user's folder of models.

    Args:
        given: ``name``, and ``bundle`` or ``transformer`` and ``vae``; under a published name only what is made of the
            published files is taken.
        report: takes (done, total) steps; may raise to stop.

    Returns:
        The bundle's folder.

    Raises:
        UsageError: the name is none, or an embedded model's.
        InputError: a file is missing, or the folder is no bundle.
        ModelError: a file is not what it should be, or a model of that name is there.
        ResourceError: the disk is too small.
    """
    name = given["name"]
    if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,60}", name):
        raise UsageError(f"{name}: is no name for a model; use letters, digits, dots, hyphens and underscores.")
    known = store.known_models().get(name)
    if known is not None and known.embedded:
        raise UsageError(f"{name}: is the name of the embedded model; choose another.")
    target = store.new_place(name)
    store.sweep()
    if "bundle" in given:
        report(0, 1)
        _copy(Path(given["bundle"]), target, known)
        report(1, 1)
        return target
    files = {role: Path(given[role]) for role in ("transformer", "vae")}
    if known is not None:
        return install_files(name, files, report)
    report(0, 2)
    sources = published_sources(files["transformer"], files["vae"])
    report(1, 2)
    from model_runtime.model.checkpoints import import_published

    import_published(files["transformer"], files["vae"], target, sources)
    report(2, 2)
    return target


def _copy(bundle: Path, target: Path, known: store.KnownModel | None) -> None:
    record = read_provenance(bundle)
    if known is not None and (record is None or record.sources != known.sources):
        raise ModelError(f"{bundle}: is not made of the published files of {known.name}; choose another name.")
    copy_bundle(bundle, target)
