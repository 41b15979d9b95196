"""Grids of chips as one picture, for people."""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from model_runtime.training.files import whole_file

GAP = 4
LABEL = 18
"""Pixels in height of a line of text."""
LARGEST = 250_000
"""Bytes of a picture in the documents."""


def _image(chip: NDArray[Any], cell: int) -> Image.Image:
    """A chip (1 or 3, rows, columns) in grey levels, as a square."""
    levels = np.clip(np.rint(chip), 0, 255).astype(np.uint8)
    pixels = np.repeat(levels, 3, axis=0) if len(levels) == 1 else levels
    image = Image.fromarray(np.ascontiguousarray(pixels.transpose(1, 2, 0)))
    return image if image.size == (cell, cell) else image.resize((cell, cell), Image.Resampling.LANCZOS)


def picture_grid(
    rows: Sequence[Sequence[NDArray[Any] | None]], columns: Sequence[str], names: Sequence[str], cell: int = 160
) -> Image.Image:
    """Put chips side by side, a heading over every column and a caption over every row.

    Args:
        rows: chips (1 or 3, rows, columns) in grey levels; None leaves a place empty.
        columns: headings.
        names: captions of the rows.
        cell: pixels along the side of a chip in the grid.
    """
    font = ImageFont.load_default(size=13)
    width = GAP + len(columns) * (cell + GAP)
    image = Image.new("RGB", (width, LABEL + len(rows) * (LABEL + cell + GAP)), "white")
    draw = ImageDraw.Draw(image)
    for index, heading in enumerate(columns):
        draw.text((GAP + index * (cell + GAP), 2), heading, fill="black", font=font)
    for number, (chips, name) in enumerate(zip(rows, names, strict=True)):
        top = LABEL + number * (LABEL + cell + GAP)
        draw.text((GAP, top + 2), name, fill="black", font=font)
        for index, chip in enumerate(chips):
            if chip is not None:
                image.paste(_image(chip, cell), (GAP + index * (cell + GAP), top + LABEL))
    return image


def save_picture(image: Image.Image, path: Path, largest: int = LARGEST) -> None:
    """Write a JPEG of at most so many bytes, as good as that allows."""
    stored = BytesIO()
    for quality in range(90, 20, -5):
        stored = BytesIO()
        image.save(stored, "JPEG", quality=quality, optimize=True)
        if stored.tell() <= largest:
            break
    path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path) as temporary:
        temporary.write_bytes(stored.getvalue())
