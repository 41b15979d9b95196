"""What a graph says of itself, read and written without any runtime: an ONNX file is a protocol buffers message."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from model_runtime.contract import ModelError
from model_runtime.model.files import file_sha256

METADATA_CONTENT = "copgen.content"
"""SHA-256 of all of the file before this entry, its last."""
METADATA_DATA = "copgen.data"
"""SHA-256 by name of the files beside the graph that hold weights of its own."""
METADATA_NETWORK = "copgen.network"
"""The file's own name without its ending, which tells what it computes, and in what."""
METADATA_PRECISION = "copgen.precision"
METADATA_SHA256 = "copgen.sha256"
METADATA_STREAMS = "copgen.streams"
METADATA_VERSION = "copgen.version"

_METADATA_FIELD = 14
"""Of ModelProto, the outermost message of an ONNX file."""
_KEY, _VALUE = 1, 2
_BYTES = 2
"""Wire type of what has a length."""


def read_metadata(path: Path) -> dict[str, str]:
    """Read the metadata of an ONNX file, whichever runtime is installed.

    Raises:
        ModelError: it is no ONNX file, or not what it was when it was sealed.
    """
    try:
        data = path.read_bytes()
        found, last = {}, 0
        for number, value, start in _fields(data):
            if number == _METADATA_FIELD:
                entry = {field: part.decode() for field, part, _ in _fields(value)}
                found[entry[_KEY]] = entry.get(_VALUE, "")
                last = start
    except (OSError, ValueError, IndexError, KeyError) as error:
        raise ModelError(f"{path}: cannot be read as ONNX ({error}); export the model again.") from error
    if not data:
        raise ModelError(f"{path}: cannot be read as ONNX (it is empty); export the model again.")
    sealed = found.get(METADATA_CONTENT)
    if sealed is not None and sealed != _digest(data[:last]):
        raise ModelError(f"{path}: has changed since it was exported (its SHA-256 is another one); export it again.")
    return found


def seal(path: Path) -> None:
    """Write into a finished graph the hash of its content, so that a change of it does not go unseen."""
    data = path.read_bytes()
    entry = _field(_KEY, METADATA_CONTENT.encode()) + _field(_VALUE, _digest(data).encode())
    path.write_bytes(data + _field(_METADATA_FIELD, entry))


def check_seal(path: Path, metadata: dict[str, str]) -> None:
    """Check that a graph is sealed, and the files beside it that hold weights of its own.

    Args:
        path: the graph.
        metadata: what it says.

    Raises:
        ModelError: naming the file that is missing, has changed or is checked by nothing.
    """
    if METADATA_CONTENT not in metadata:
        raise ModelError(f"{path}: was exported by an older version, which wrote no hash; export the model again.")
    for name, digest in json_of(path, metadata, METADATA_DATA, dict).items():
        file = path.parent / Path(str(name)).name
        if not file.is_file():
            raise ModelError(f"{file}: not there, and {path.name} takes its weights from it; export the model again.")
        if file_sha256(file) != digest:
            raise ModelError(
                f"{file}: has changed since it was exported (its SHA-256 is another one); export the model again."
            )


def json_of(path: Path, metadata: dict[str, str], key: str, kind: type) -> Any:  # noqa: ANN401 - of that kind
    """Read an entry of a graph's metadata that is JSON; one that is not there is empty.

    Raises:
        ModelError: it is something else.
    """
    try:
        value = json.loads(metadata[key]) if key in metadata else kind()
    except ValueError as error:
        raise ModelError(f"{path}: {key} is no JSON ({error}); export the model again.") from error
    if not isinstance(value, kind):
        raise ModelError(f"{path}: {key} is no {kind.__name__}; export the model again.")
    return value


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _fields(data: bytes) -> Iterator[tuple[int, bytes, int]]:
    """Walk over the fields of a message that hold bytes: number, content, where the field begins."""
    position = 0
    while position < len(data):
        start = position
        key, position = _varint(data, position)
        if key & 7 == 0:
            _, position = _varint(data, position)
        elif key & 7 == _BYTES:
            size, position = _varint(data, position)
            if position + size > len(data):
                raise ValueError("cut off")
            yield key >> 3, data[position : position + size], start
            position += size
        elif key & 7 in (1, 5):
            position += 8 if key & 7 == 1 else 4
        else:
            raise ValueError(f"unknown field at byte {position}")


def _varint(data: bytes, position: int) -> tuple[int, int]:
    value = shift = 0
    while True:
        byte = data[position]
        value |= (byte & 127) << shift
        position, shift = position + 1, shift + 7
        if byte < 128:
            return value, position


def _field(number: int, content: bytes) -> bytes:
    return _as_varint(number << 3 | _BYTES) + _as_varint(len(content)) + content


def _as_varint(value: int) -> bytes:
    parts = bytearray()
    while value > 127:
        parts.append(value & 127 | 128)
        value >>= 7
    return bytes([*parts, value])
