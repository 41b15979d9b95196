"""Gaps in a band of measurements: pixels without a signal that the file does not declare as nodata.

A gap that reaches the border of the raster, or declared nodata, is a collar and has no data; one
inside is a measurement too weak to be told, and takes the smallest number there is (SPEC section 5).
Both are decided over the whole file, so that a part of it reads as the same part of the whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rasterio.windows import Window

from model_runtime.raster.opening import open_dataset, reading
from model_runtime.raster.pixels import Band, Gaps, declared_nodata
from model_runtime.raster.runs import Runs
from model_runtime.raster.source import Source

BoolArray = NDArray[np.bool_]

_STRIP_PIXELS = 1 << 22
"""Pixels read at once."""


def close_gaps(source: Source, bands: Sequence[int], limit: float) -> Source:
    """Decide what the gaps of a source are; its bands then read accordingly.

    Args:
        source: opened.
        bands: numbers, from 1, of the bands that hold measurements.
        limit: stored numbers at or below it, and NaN, are no signal.

    Returns:
        The source, its bands with their gaps where the file has any that it does not declare.

    Raises:
        InputError: the pixels cannot be read.
    """
    closed = list(source.bands)
    for number, band in zip(bands, source.select(bands), strict=True):
        gaps = _find(source.path, band, limit)
        if gaps is not None:
            closed[number - 1] = replace(band, gaps=gaps)
    return replace(source, bands=tuple(closed))


def _find(path: str, band: Band, limit: float) -> Gaps | None:
    """The gaps of a band; None where all are declared, or where there is no signal at all."""
    smallest, undeclared = np.inf, False
    parts: list[Runs] = []
    collars: list[BoolArray] = []
    height, width = band.geobox.shape
    for top, stored, declared in _strips(path, band):
        silent = ~(stored > limit)
        undeclared = undeclared or bool((silent & ~declared).any())
        signal = stored[~silent & ~declared & np.isfinite(stored)]
        if signal.size:
            smallest = min(smallest, signal.min().item())
        part = Runs.of_mask(silent | declared, (height, width), top)
        parts.append(part)
        collars.append(part.at_border | part.holding(declared, top))
    if not undeclared or not np.isfinite(smallest):
        return None
    return Gaps(limit, smallest, Runs.joined(parts).connected_to(np.concatenate(collars)))


def _strips(path: str, band: Band) -> Iterator[tuple[int, NDArray[Any], BoolArray]]:
    """First row, stored numbers and declared nodata of strips of whole rows, from the top."""
    height, width = band.geobox.shape
    with reading(path), open_dataset(band.dataset) as dataset:
        block = dataset.block_shapes[band.index - 1][0]
        rows = max(_STRIP_PIXELS // width // block, 1) * block
        for top in range(0, height, rows):
            window = Window(0, top, width, min(rows, height - top))
            stored = dataset.read(band.index, window=window)
            yield top, stored, declared_nodata(dataset, band, stored, window)
