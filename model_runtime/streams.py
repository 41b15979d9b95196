"""Stream specifications: what the network sees of a modality, as data.

A product (modality) maps to one or more streams. A stream has its own clock, noise, latent and
decoder; nothing else in the code may know its pixel size, channels, latent shape or unit.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from model_runtime.contract import ModelError


@dataclass(frozen=True)
class StreamSpec:
    """One stream of a model.

    Attributes:
        name: unique name; the order of a bundle's list is the order of the network's inputs.
        modality: the product it belongs to (``dem``, ``s1_rtc``, ``s2_l1c``, ``s2_l2a``, ...).
        channels: pixel channels of a window (values of a window, for a scalar stream).
        pixel_size: ground size of a pixel in metres; None for a scalar stream.
        chip_size: pixels along a window's side; None for a scalar stream.
        latent_channels: channels of the latent.
        latent_height: rows of a window's latent.
        latent_width: columns of a window's latent.
        patch_size: latent rows and columns that make one token.
        latent_scale: the latent is multiplied by this (1 / std of the autoencoder's latents).
        autoencoder: folder of the autoencoder inside the bundle; None for a scalar stream.
        recipe: name of the recipe between product and network picture.
        unit: unit of the network's picture (``1`` for an 8-bit picture).
    """

    name: str
    modality: str
    channels: int
    pixel_size: float | None
    chip_size: int | None
    latent_channels: int
    latent_height: int
    latent_width: int
    patch_size: int
    latent_scale: float
    autoencoder: str | None
    recipe: str
    unit: str

    @property
    def latent_shape(self) -> tuple[int, int, int]:
        """Shape (channels, rows, columns) of one window's latent."""
        return (self.latent_channels, self.latent_height, self.latent_width)

    @property
    def is_scalar(self) -> bool:
        """True where the stream holds values of a window and no picture."""
        return self.autoencoder is None

    @property
    def downsampling(self) -> int:
        """Pixels along a side of one latent position (1 for a scalar stream)."""
        return 1 if self.chip_size is None else self.chip_size // self.latent_height


def read_streams(path: Path) -> list[StreamSpec]:
    """Read a bundle's ``modalities.json``.

    Raises:
        ModelError: the file is missing, is not JSON, or lacks a field.
    """
    try:
        entries = json.loads(path.read_text(encoding="utf-8"))["streams"]
        return [StreamSpec(**entry) for entry in entries]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        names = ", ".join(field.name for field in fields(StreamSpec))
        raise ModelError(
            f"{path}: no list of streams ({error}); each needs {names}. Import the model again."
        ) from error


def write_streams(streams: Sequence[StreamSpec], path: Path) -> None:
    """Write ``modalities.json`` (UTF-8, one trailing newline)."""
    text = json.dumps({"streams": [asdict(stream) for stream in streams]}, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
