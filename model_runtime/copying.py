"""A bundle that lies somewhere becomes one of the user's models: looked at, copied, compared."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from model_runtime.backends.verification import verify
from model_runtime.contract import InputError, ModelError
from model_runtime.model.files import INDEX_NAME, bundle_files, bundle_sha256, new_bundle
from model_runtime.provenance import read_provenance, write_provenance
from model_runtime.store import check_disk

KINDS = (".json", ".safetensors", ".onnx", ".md", ".txt", "")
"""Files of a bundle, its licence among them; whatever else lies in its folder stays there."""


def copy_bundle(source: Path, output: Path) -> None:
    """Copy a bundle; what its record says it was made of is believed where its content is what was recorded.

    Args:
        source: the bundle's folder, which stays as it is; links in it become files.
        output: the new folder; must not exist yet.

    Raises:
        InputError: there is no bundle, or the folder cannot be made.
        ModelError: a file is missing or broken, the content is not what was recorded, or the folder exists.
        ResourceError: the disk is too small. Nothing is left under the final name then.
    """
    if not (source / INDEX_NAME).is_file():
        raise InputError(f"{source}: no {INDEX_NAME} there, so no model bundle; give the folder of a bundle.")
    # Not Path.resolve: that fails on links that lead to themselves.
    if Path(os.path.realpath(source)) in Path(os.path.realpath(output)).parents:
        raise InputError(f"{output}: lies in the bundle's own folder; choose another one.")
    verify(source)
    files = [file for file in bundle_files(source) if _belongs(file.relative_to(source)) and file.is_file()]
    with new_bundle(output) as unfinished:
        check_disk(output.parent, sum(file.stat().st_size for file in files))
        for file in files:
            copy = unfinished / file.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(file, copy)
        verify(unfinished)
        record = read_provenance(source)
        if record is not None and record.sha256 != bundle_sha256(unfinished):
            raise ModelError(
                f"{source}: weights or settings are not those that were recorded when it was made (the SHA-256 is "
                "another one); copy it again from where it came from."
            )
        write_provenance(unfinished, record.sources if record is not None else {})


def _belongs(file: Path) -> bool:
    return file.suffix in KINDS and not any(part.startswith(".") for part in file.parts)
