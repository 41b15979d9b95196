"""A bundle's files as far as they can be read without torch: settings, streams, headers and hashes."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import struct
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from model_runtime.contract import InputError, ModelError
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.streams import StreamSpec, read_streams

STREAMS_NAME = "modalities.json"
INDEX_NAME = "model_index.json"
SCHEDULER_NAME = "scheduler/scheduler_config.json"
CONFIG_NAME = "config.json"
WEIGHTS_NAME = "diffusion_pytorch_model.safetensors"
TRANSFORMER = "transformer"
"""Folder of the transformer; autoencoders have those that the streams name."""

DEEPEST = 2
"""Folders below a bundle's: ``vae/<name>``."""
_LARGEST_HEADER = 100 << 20


@dataclass(frozen=True)
class StoredTensor:
    """Where a tensor lies in a safetensors file.

    Attributes:
        dtype: as the file calls it: ``F32``, ``F16``, ``BF16``, ...
        shape: its sizes.
        offset: of its first byte in the file.
        length: in bytes.
    """

    dtype: str
    shape: tuple[int, ...]
    offset: int
    length: int


@dataclass(frozen=True)
class SchedulerSettings:
    """Noise schedule and step counts of a model, as ``scheduler_config.json`` holds them.

    Attributes:
        beta_start: variance added at the first training timestep.
        beta_end: variance added at the last; between them the square root rises linearly.
        num_train_timesteps: training timesteps.
        num_inference_steps: network evaluations unless somebody asks for another number.
        fast_inference_steps: network evaluations of the fast preset.
        pure_start: whether the model learned its first evaluation from noise alone, see :class:`NoiseSchedule`.
        rising_start: whether it learned how the signal rises from nothing too.
    """

    beta_start: float = 0.00085
    beta_end: float = 0.0120
    num_train_timesteps: int = 1000
    num_inference_steps: int = 50
    fast_inference_steps: int = 8
    pure_start: bool = False
    rising_start: bool = False

    @property
    def schedule(self) -> NoiseSchedule:
        """The noise schedule."""
        return NoiseSchedule(
            self.beta_start, self.beta_end, self.num_train_timesteps, self.pure_start, self.rising_start
        )


@contextmanager
def new_bundle(output: Path) -> Iterator[Path]:
    """Give a folder to fill, which takes its final name at the end, or goes.

    Args:
        output: the final folder; must not exist, or be empty. Those above it are made.

    Raises:
        ModelError: it exists.
        InputError: it cannot be made.
    """
    exists = ModelError(f"{output}: exists already; remove it or choose another folder.")
    if _is_taken(output):
        raise exists
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".copgen-{os.getpid()}-", dir=output.parent))
    except OSError as error:
        raise InputError(f"{output}: cannot be made ({error.strerror}); choose another folder.") from error
    try:
        yield unfinished
        unfinished.chmod(0o755)
        if _is_taken(output):
            raise exists
        try:
            if output.is_dir():
                output.rmdir()
            unfinished.rename(output)
        except OSError as error:
            if os.path.lexists(output):
                # Another process was faster.
                raise exists from error
            raise InputError(f"{output}: cannot be made ({error.strerror}); choose another folder.") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _is_taken(output: Path) -> bool:
    return os.path.lexists(output) and (output.is_symlink() or not output.is_dir() or any(output.iterdir()))


def read_json(path: Path) -> dict[str, Any]:
    """Read a configuration file.

    Raises:
        ModelError: it is missing or not a JSON object.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        raise ModelError(f"{path}: cannot be read as JSON ({error}); import or download the model again.") from error
    if not isinstance(content, dict):
        raise ModelError(f"{path}: holds no JSON object; import or download the model again.")
    return content


def read_scheduler(path: Path) -> SchedulerSettings:
    """Read a bundle's schedule and step counts.

    Raises:
        ModelError: the file is missing or broken.
    """
    config = read_json(path / SCHEDULER_NAME)
    known = {field.name for field in fields(SchedulerSettings)}
    try:
        settings = SchedulerSettings(**{name: value for name, value in config.items() if name in known})
        _ = settings.schedule
    except (TypeError, ValueError) as error:
        raise ModelError(f"{path / SCHEDULER_NAME}: is no noise schedule ({error}).") from error
    return settings


def read_bundle_streams(path: Path) -> list[StreamSpec]:
    """Read a bundle's streams, in the order of the network's inputs.

    Raises:
        ModelError: no such folder, a file is missing or broken, or streams and transformer disagree.
    """
    if not path.is_dir():
        raise ModelError(f"{path}: no such model folder; see `models list` for the models installed here.")
    streams = read_streams(path / STREAMS_NAME)
    config = read_json(path / TRANSFORMER / CONFIG_NAME)
    if config.get("streams") != transformer_streams(streams):
        raise ModelError(f"{path}: {STREAMS_NAME} and transformer/{CONFIG_NAME} disagree about the streams.")
    return streams


def transformer_streams(streams: Sequence[StreamSpec]) -> list[dict[str, str | int]]:
    """What the transformer's configuration keeps of the streams: the latent side."""
    return [
        {
            "name": stream.name,
            "channels": stream.latent_channels,
            "height": stream.latent_height,
            "width": stream.latent_width,
            "patch_size": stream.patch_size,
        }
        for stream in streams
    ]


def autoencoder_folders(streams: Sequence[StreamSpec]) -> list[str]:
    """Folders of the autoencoders, each once, in the order of the streams."""
    return list(dict.fromkeys(stream.autoencoder for stream in streams if stream.autoencoder is not None))


def read_header(path: Path) -> dict[str, StoredTensor]:
    """Read where the tensors of a safetensors file lie.

    Raises:
        ModelError: it is missing or broken.
    """
    try:
        with path.open("rb") as file:
            (size,) = struct.unpack("<Q", file.read(8))
            header: dict[str, Any] = json.loads(file.read(min(size, _LARGEST_HEADER)))
        entries = {name: entry for name, entry in header.items() if name != "__metadata__"}
        found = {name: _stored(entry, 8 + size) for name, entry in entries.items()}
        end = max((tensor.offset + tensor.length for tensor in found.values()), default=8 + size)
        if path.stat().st_size != end:
            raise ValueError(f"{path.stat().st_size} bytes long instead of {end}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError, struct.error) as error:
        raise ModelError(f"{path}: cannot be read ({error}); import or download the model again.") from error
    return found


def _stored(entry: dict[str, Any], start: int) -> StoredTensor:
    first, last = entry["data_offsets"]
    return StoredTensor(entry["dtype"], tuple(entry["shape"]), start + first, last - first)


def verify_files(path: Path) -> None:
    """Check that every file of a bundle is there and can be read, headers only; shapes are not looked at.

    Raises:
        ModelError: naming what is missing or broken.
    """
    streams = read_bundle_streams(path)
    read_scheduler(path)
    read_json(path / INDEX_NAME)
    for folder in (TRANSFORMER, *autoencoder_folders(streams)):
        read_json(path / folder / CONFIG_NAME)
        read_header(path / folder / WEIGHTS_NAME)


def bundle_files(path: Path) -> list[Path]:
    """All files of a bundle, those in folders that are links included."""
    found = []
    for folder, folders, names in os.walk(path, followlinks=True):
        found += [Path(folder) / name for name in names]
        if len(Path(folder).relative_to(path).parts) >= DEEPEST:
            # A link may lead to a folder above it.
            folders.clear()
    return sorted(found)


def file_sha256(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal digits.

    Raises:
        ModelError: it cannot be read.
    """
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{path}: cannot be read ({error}).") from error


def bundle_sha256(path: Path) -> str:
    """One SHA-256 over the weights and configurations of a bundle.

    Model card and exported graphs take no part, nor do line ends, the layout of JSON files or the
    version of diffusers that wrote them.

    Raises:
        ModelError: the folder holds no bundle, or a file cannot be read.
    """
    files = [file for file in bundle_files(path) if file.suffix in (".json", ".safetensors")]
    if not files:
        raise ModelError(f"{path}: holds no model bundle.")
    return _digest(path, files)


def network_sha256(folder: Path) -> str:
    """One SHA-256 over the weights and the configuration of one network, as :func:`bundle_sha256`.

    Raises:
        ModelError: a file is missing or cannot be read.
    """
    return _digest(folder, (folder / CONFIG_NAME, folder / WEIGHTS_NAME))


def _digest(root: Path, files: Iterable[Path]) -> str:
    digest = hashlib.sha256()
    for file in sorted(files, key=lambda file: file.relative_to(root).as_posix()):
        digest.update(file.relative_to(root).as_posix().encode() + b"\0")
        digest.update(_content_digest(file))
    return digest.hexdigest()


def _content_digest(file: Path) -> bytes:
    if file.suffix == ".json":
        content = {key: value for key, value in read_json(file).items() if key != "_diffusers_version"}
        return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).digest()
    return bytes.fromhex(file_sha256(file))
