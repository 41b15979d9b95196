"""What a resident process knows of models and devices, and the one model it keeps loaded."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from model_runtime.backends import create_backend
from model_runtime.backends.devices import find_devices
from model_runtime.contract import CopGenError, Job
from model_runtime.generate import LoadedModel
from model_runtime.model.files import STREAMS_NAME, bundle_files, bundle_sha256, read_scheduler
from model_runtime.provenance import RECORD_NAME
from model_runtime.store import StoredModel, list_models
from model_runtime.streams import StreamSpec, read_streams

Fingerprint = tuple[tuple[str, int, int, int], ...]
NOT_COMPUTED_WITH = ("README.md", RECORD_NAME)


@dataclass(frozen=True)
class ModelFacts:
    """What can be told of a model without loading it.

    Attributes:
        name: as users call it.
        streams: what it sees, in order.
        num_inference_steps: its usual number of evaluations.
        fast_inference_steps: its number for the fast preset.
        weight_bytes: size of its weights on disk.
    """

    name: str
    streams: list[StreamSpec]
    num_inference_steps: int
    fast_inference_steps: int
    weight_bytes: int


def model_facts(model: StoredModel) -> ModelFacts:
    """Read a model's facts.

    Raises:
        ModelError: a file is missing or broken.
    """
    scheduler = read_scheduler(model.path)
    weights = sum(file.stat().st_size for file in bundle_files(model.path) if file.suffix == ".safetensors")
    streams = read_streams(model.path / STREAMS_NAME)
    return ModelFacts(model.name, streams, scheduler.num_inference_steps, scheduler.fast_inference_steps, weights)


def describe_models() -> list[dict[str, Any]]:
    """Return the models that can be used, the user's first."""
    told = []
    for model in list_models():
        try:
            facts = model_facts(model)
        except CopGenError:
            continue
        told.append(
            {
                "name": model.name,
                "title": model.name,
                "path": str(model.path),
                "embedded": model.embedded,
                "steps": facts.num_inference_steps,
                "fast_steps": facts.fast_inference_steps,
                "modalities": [stream.modality for stream in facts.streams],
            }
        )
    return told


def describe_devices() -> list[dict[str, Any]]:
    """Return the devices found, fastest first, each with whether it really computes."""
    return [
        {"name": found.name, "title": found.title, "memory_bytes": found.memory_bytes, "works": found.works}
        for found in find_devices()
    ]


class ModelKeeper:
    """Keeps the last model loaded, as long as its files and what it is to run on stay the same."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._loaded: LoadedModel | None = None

    def load(self, job: Job, model: StoredModel) -> LoadedModel:
        """Return the job's model, see :func:`model_runtime.generate.load_model`."""
        key = (_fingerprint(model.path), str(model.path), job.backend, job.device, job.precision)
        if self._loaded is None or key != self._key:
            # The old one first: two may not fit into memory.
            self._loaded, self._key = None, ()
            backend = create_backend(job.backend, model.path, job.device, job.precision)
            self._loaded, self._key = LoadedModel(backend, bundle_sha256(model.path)), key
        return self._loaded


def _fingerprint(path: Path) -> Fingerprint:
    """Return what changes when a file that is computed with does, without reading any."""
    files = [file for file in bundle_files(path) if file.name not in NOT_COMPUTED_WITH and file.is_file()]
    facts = [(str(file.relative_to(path)), file.stat()) for file in files]
    return tuple((name, stat.st_mtime_ns, stat.st_ctime_ns, stat.st_size) for name, stat in facts)
