"""Fetching a published model: what arrived is kept until all of it did, then checked and converted once."""

from __future__ import annotations

import errno
import hashlib
import os
import re
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

from filelock import FileLock, Timeout
from tqdm import tqdm

from model_runtime import store
from model_runtime.contract import CopGenError, InputError, ModelError, ResourceError, UsageError
from model_runtime.model.files import WEIGHTS_NAME
from model_runtime.store import PublishedFile, published_files

PACKAGES = ("torch", "diffusers", "huggingface_hub")
BRANCH = "main"
PART = ".part"
LOCK = ".lock"
BLOCK = 1 << 20
PIECE = 1 << 16
"""Bytes that are written at once while they arrive."""
PROXIES = ("HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY")
TIMEOUT = 20.0
"""Seconds for an answer about a file."""

WAIT = 1.0
"""Seconds before the next attempt."""

Line = Callable[[str], None]
Report = Callable[[int, int], None]


def download_model(name: str, source: str = "", told: Line = lambda line: None) -> Path:
    """Fetch a published model's files, check them and make a bundle of them in the user's folder of models.

    Cut off or killed, it goes on where it stopped when it is called again.

    Args:
        name: of a published model.
        source: where from: empty, the hub (``HF_ENDPOINT`` is heeded); the address of a mirror that is laid out like
            it; or a folder that holds the files.
        told: takes what happens, line by line.

    Returns:
        The bundle's folder.

    Raises:
        UsageError: no such model, or a package is missing.
        InputError: the folder lacks a file.
        ModelError: a file cannot be fetched, or is not the published one; the model is there already, or is being
            fetched by another process.
        ResourceError: the disk is too small.
    """
    files = published_files(name)
    missing = [package for package in PACKAGES if find_spec(package) is None]
    if missing:
        raise UsageError(
            f"models download: this Python lacks {', '.join(missing)}; install resources/requirements there."
        )
    target = store.new_place(name)
    store.sweep()
    folder = store.data_dir() / "downloads" / name
    if _is_folder(source) and not Path(source).expanduser().is_dir():
        raise InputError(f"--from {source}: no such folder; give one that holds the files, or the address of a mirror.")
    if not _is_folder(source) and source and not re.match(r"(?i)https?://[^/]", source):
        raise InputError(f"--from {source}: give an address that begins with https://, or a folder.")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        target.parent.mkdir(parents=True, exist_ok=True)
        # Made to see that it can be, before much is fetched.
        os.rmdir(tempfile.mkdtemp(prefix=f".copgen-{os.getpid()}-", dir=target.parent))
    except OSError as error:
        raise InputError(
            f"{error.filename}: cannot be made ({error.strerror}); choose another folder with "
            f"{store.DATA_DIR_VARIABLE}."
        ) from error
    with _locked(folder, name):
        _check_disk(folder, files, from_folder=_is_folder(source))
        found = {file.role: _obtain(file, folder, source, told) for file in files}
        told("converting")
        # Not before the files are there: torch takes seconds to load.
        from model_runtime.model.checkpoints import import_published

        import_published(found["transformer"], found["vae"], target, store.known_models()[name].sources)
    shutil.rmtree(folder, ignore_errors=True)
    return target


def install_files(name: str, paths: Mapping[str, Path], report: Report = lambda done, total: None) -> Path:
    """Make a bundle of a published model's files that are here already.

    Args:
        name: of the published model.
        paths: the files by role; they stay where they are.
        report: takes (done, total) steps; may raise to stop.

    Returns:
        The bundle's folder.

    Raises:
        InputError: a file is missing.
        ModelError: a file is not the published one, or the model is there already.
    """
    files = published_files(name)
    target = store.new_place(name)
    store.sweep()
    total = len(files) + 1
    for number, file in enumerate(files):
        report(number, total)
        path = paths.get(file.role)
        if path is None or not path.is_file():
            raise InputError(f"{path or file.role}: no such file; download {file.name} of {file.repository} again.")
        if not _matches(file, path):
            raise ModelError(f"{path}: is not the published {file.name} (size or SHA-256 differ); fetch it again.")
    report(len(files), total)
    from model_runtime.model.checkpoints import import_published

    import_published(paths["transformer"], paths["vae"], target, store.known_models()[name].sources)
    report(total, total)
    return target


def remove_download(name: str) -> Path:
    """Remove what was fetched of a published model that is not installed, and return its folder.

    Raises:
        ModelError: nothing was, or it is being fetched by another process.
    """
    folder = store.data_dir() / "downloads" / name
    if name not in store.known_models() or not folder.is_dir():
        raise store.no_model(name)
    with _locked(folder, name):
        shutil.rmtree(folder, ignore_errors=True)
    return folder


def published_sources(transformer: Path, vae: Path) -> dict[str, str]:
    """Return SHA-256 by role where both are files of one published model, else nothing.

    Args:
        transformer: its file.
        vae: its file or diffusers folder.
    """
    given = {"transformer": transformer, "vae": vae / WEIGHTS_NAME if vae.is_dir() else vae}
    for model in store.known_models().values():
        if model.files and all(given[file.role].is_file() and _matches(file, given[file.role]) for file in model.files):
            return model.sources
    return {}


@contextmanager
def _locked(folder: Path, name: str) -> Iterator[None]:
    """Keep other processes out; the system lifts the lock of a process that dies."""
    lock = FileLock(folder / LOCK, timeout=0)
    try:
        with lock:
            try:
                yield
            finally:
                if not any(path.is_file() and path.stat().st_size for path in folder.rglob("*")):
                    # Nothing arrived that would be gone on with.
                    shutil.rmtree(folder, ignore_errors=True)
    except Timeout as error:
        raise ModelError(f"{name}: another process is fetching it; wait for that one or stop it.") from error


def _is_folder(source: str) -> bool:
    return bool(source) and "://" not in source


def _check_disk(folder: Path, files: Sequence[PublishedFile], from_folder: bool) -> None:
    """Both the files and the bundle made of them must fit."""
    total = sum(file.size for file in files)
    there = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    store.check_disk(folder, total + (0 if from_folder else max(0, total - there)))


def _obtain(file: PublishedFile, folder: Path, source: str, told: Line) -> Path:
    """Return a file of the right content: the user's own, or a fetched one."""
    if _is_folder(source):
        return _find(file, Path(source).expanduser())
    # Two repositories may use one name.
    path = folder / file.repository.replace("/", "--") / file.name
    if path.is_file() and _matches(file, path):
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + PART)
    before = _size(part)
    # All of it may be here, where the check was killed; then no network is needed.
    if before != file.size:
        _fetch(file, part, source, told)
    if _matches(file, part):
        return part.replace(path)
    part.unlink()
    if before:
        told(f"{file.name}: what lay here was of something else; fetching it anew")
        return _obtain(file, folder, source, told)
    raise ModelError(
        f"{file.name} of {file.repository}: what came is not the published file (its SHA-256 is another one), and was "
        "thrown away; try again, or give another mirror with --from."
    )


def _find(file: PublishedFile, folder: Path) -> Path:
    candidates = [folder / file.repository / file.name, folder / file.repository.split("/")[1] / file.name]
    path = next((path for path in (*candidates, folder / file.name) if path.is_file()), None)
    if path is None:
        raise InputError(f"{folder}: holds no {file.name}; put that file of {file.repository} there.")
    if not _matches(file, path):
        raise ModelError(f"{path}: is not the published {file.name} (size or SHA-256 differ); fetch it again.")
    return path


def _matches(file: PublishedFile, path: Path) -> bool:
    if path.stat().st_size != file.size:
        return False
    digest = hashlib.sha256()
    with (
        path.open("rb") as content,
        tqdm(total=file.size, desc=f"checking {file.name}", unit="B", unit_scale=True) as bar,
    ):
        while block := content.read(BLOCK):
            digest.update(block)
            bar.update(len(block))
    return digest.hexdigest() == file.sha256


def _fetch(file: PublishedFile, part: Path, endpoint: str, told: Line) -> None:
    """Fetch the rest of a file, in as many attempts as bring something.

    Raises:
        ModelError: it cannot be had; what arrived is kept.
        ResourceError: the disk is full.
    """
    while True:
        before = _size(part)
        try:
            _ask(file, part, endpoint, told)
            return
        except CopGenError:
            raise
        except Exception as error:  # the hub's client raises what its own HTTP library does
            if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG):
                raise ResourceError(
                    f"{part.parent}: takes no more ({error.strerror}); make room and run again, what arrived is kept."
                ) from error
            if _is_page(part):
                part.unlink()
                raise ModelError(
                    f"{file.name} of {file.repository}: the server sends a web page instead, as where one has to sign "
                    "in to the network first; do so, or give a mirror or a folder with --from."
                ) from error
            if _size(part) <= before:
                raise _cannot(file, error) from error
            told(f"{file.name}: the connection was cut ({_reason(error)})")
            time.sleep(WAIT)


def _ask(file: PublishedFile, part: Path, endpoint: str, told: Line) -> None:
    """Ask the original address, since those that the hub leads to expire, and take what comes."""
    import huggingface_hub
    from huggingface_hub.file_download import get_hf_file_metadata, hf_hub_url, http_get

    # Its 10 MiB would be lost with every connection that is cut.
    huggingface_hub.constants.DOWNLOAD_CHUNK_SIZE = PIECE
    address = endpoint.rstrip("/") or None
    revision = file.revision
    if not revision:
        api = huggingface_hub.HfApi(endpoint=address, token=False)
        revision = api.repo_info(file.repository, revision=BRANCH, timeout=TIMEOUT).sha or BRANCH
    url = hf_hub_url(file.repository, file.name, revision=revision, endpoint=address)
    about = get_hf_file_metadata(url, token=False, timeout=TIMEOUT, endpoint=address)
    if about.size is not None and about.size != file.size:
        raise ModelError(
            f"{file.name} of {file.repository}: {about.size} bytes are offered, the published file has {file.size}; "
            "give another mirror with --from."
        )
    if _size(part) > file.size:
        part.unlink()
    done = _size(part)
    if done:
        told(f"{file.name}: going on after {done / 1e6:.0f} of {file.size / 1e6:.0f} MB")
    with part.open("ab") as content:
        http_get(about.location, content, resume_size=done, expected_size=file.size, displayed_filename=file.name)


def _size(path: Path) -> int:
    return path.stat().st_size if path.is_file() else 0


def _is_page(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as content:
        return content.read(100).lstrip().lower().startswith((b"<!doctype html", b"<html"))


def _cannot(file: PublishedFile, error: Exception) -> ModelError:
    proxies = [name for name in PROXIES if os.environ.get(name) or os.environ.get(name.lower())]
    told = f"; {' and '.join(proxies)} may be wrong" if proxies else ""
    return ModelError(
        f"{file.name} of {file.repository}: cannot be fetched ({_reason(error)}{told}); what arrived is kept, so try "
        "again later, or give a mirror or a folder with --from."
    )


def _reason(error: Exception) -> str:
    return " ".join(str(error).split())[:200].rstrip(".") or type(error).__name__


__all__ = ["PublishedFile", "download_model", "install_files", "published_files", "published_sources"]
