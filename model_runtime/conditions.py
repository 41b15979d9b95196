"""Conditions: from a file that a user names to the picture the network sees, and which pixels are valid."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from scipy.ndimage import distance_transform_edt

from model_runtime.contract import Condition, InputError, UsageError
from model_runtime.modalities import Interpretation, Modality, Stretch, get_modality
from model_runtime.modalities.base import BoolArray, ByteArray, FloatArray
from model_runtime.modalities.facts import Overrides, normalise_band
from model_runtime.modalities.recognition import find_band, parse_limits, recognise
from model_runtime.raster.footprint import grid_footprint, move
from model_runtime.raster.gaps import close_gaps
from model_runtime.raster.geodesy import parse_crs
from model_runtime.raster.lattice import Lattice, PixelWindow
from model_runtime.raster.read import cells, read_physical
from model_runtime.raster.resample import Kind
from model_runtime.raster.source import Source, content_hash, open_source, parse_condition_path

HALF = 0.5
"""Share of a cell that must be valid for its extremes to count."""


@dataclass(frozen=True)
class OpenCondition:
    """One condition, opened and recognised.

    Attributes:
        modality: the recipe.
        source: where the pixels lie.
        reading: how to read them.
        stretch: limits of the 8-bit picture, once measured or given.
    """

    modality: Modality
    source: Source
    reading: Interpretation
    stretch: Stretch | None = None

    @property
    def name(self) -> str:
        """File name, for sentences."""
        return self.source.name

    def identity(self, picture: Picture, told: Callable[[], None] = lambda: None) -> dict[str, str]:
        """Name and hash, for the tags of the results: SHA-256 of the file, else of what the network saw of it.

        Args:
            picture: what it saw: all there is to hash where the file lies elsewhere or is very large.
            told: called after every block of the file; may raise to cancel.
        """
        digest = content_hash(self.source, told)
        hashed = {"picture_sha256": picture.sha256()} if digest is None else {"sha256": digest}
        return {"modality": self.modality.name, "name": self.name, **hashed}


@dataclass(frozen=True)
class Picture:
    """What the network sees of a condition.

    Attributes:
        pixels: uint8 (channels, rows, columns); beyond the valid pixels reflected, holes inside are 0.
        valid: (rows, columns), False where the condition has no data.
    """

    pixels: ByteArray
    valid: BoolArray

    def sha256(self) -> str:
        """SHA-256 (hexadecimal) of the pixels, then of where they are valid (a byte a pixel)."""
        return hashlib.sha256(self.pixels.tobytes() + self.valid.tobytes()).hexdigest()


def open_condition(condition: Condition, stretch: str = "auto") -> OpenCondition:
    """Open and recognise one condition.

    Args:
        condition: as in the job.
        stretch: ``auto`` or the limits as on the command line.

    Raises:
        InputError: the file cannot be used.
        UsageError: an override is malformed.
    """
    modality = get_modality(condition.modality)
    crs = parse_crs(condition.crs) if condition.crs else None
    split = [parse_condition_path(path) for path in condition.path]
    if condition.bands and len(split) == 1:
        split = [(split[0][0], tuple(condition.bands))]
    source = _open(split, modality, crs, condition.nodata)
    named = tuple(condition.bands) or _bands_of_files(split, modality, crs, condition.nodata)
    bands = tuple(find_band(source.facts, band) for band in named)
    overrides = Overrides(bands, condition.encoding, _offset(condition), _scale(condition))
    reading = recognise(modality, source.facts, overrides)
    signal_limit = modality.signal_limit(reading)
    if signal_limit is not None:
        source = close_gaps(source, reading.bands, signal_limit)
    limits = None if stretch == "auto" else parse_limits(modality, stretch)
    if limits is not None and not modality.needs_stretch(reading.encoding):
        raise UsageError(f"--stretch {modality.name}={stretch}: {source.name} is a {reading.encoding}, already 8-bit.")
    return OpenCondition(modality, source, reading, limits)


def _open(
    split: Sequence[tuple[str, tuple[str, ...]]], modality: Modality, crs: CRS | None, nodata: float | None
) -> Source:
    """Open paths with the bands named behind them, which a folder must have in place of the modality's own."""
    chosen = [tuple(dict.fromkeys(map(normalise_band, bands))) if _are_names(bands) else () for _, bands in split]
    paths = [path for path, _ in split]
    return open_source(paths, modality.band_files, crs, nodata, chosen, modality.evidence_bands)


def _are_names(bands: Sequence[str]) -> bool:
    """Tell names from numbers, which count a folder's usual bands."""
    return not any(band.strip().isdecimal() for band in bands)


def _bands_of_files(
    split: Sequence[tuple[str, tuple[str, ...]]], modality: Modality, crs: CRS | None, nodata: float | None
) -> tuple[str, ...]:
    """Return the bands named behind the paths, numbered through all joined files."""
    if len(split) == 1:
        return split[0][1]
    if not any(bands for _, bands in split):
        return ()
    numbers: list[str] = []
    before = 0
    for path, bands in split:
        facts = _open([(path, bands)], modality, crs, nodata).facts
        wanted = [find_band(facts, band) for band in bands] or list(range(1, facts.count + 1))
        numbers += [str(before + number) for number in wanted]
        before += facts.count
    return tuple(numbers)


def _offset(condition: Condition) -> float | None:
    if condition.offset == "auto":
        return None
    try:
        return _finite(condition.offset)
    except ValueError:
        raise UsageError(f"--offset {condition.modality}={condition.offset}: give auto or a number.") from None


def _scale(condition: Condition) -> tuple[float, float] | None:
    if condition.scale is None:
        return None
    try:
        gain, offset = (_finite(number) for number in condition.scale.split(","))
    except ValueError:
        raise UsageError(f"--scale {condition.modality}={condition.scale}: give GAIN,OFFSET.") from None
    return gain, offset


def _finite(text: str) -> float:
    number = float(text)
    if not math.isfinite(number):
        raise ValueError(text)
    return number


def with_stretch(
    condition: OpenCondition, lattice: Lattice, progress: Callable[[int, int], None] | None = None
) -> OpenCondition:
    """Measure the limits of the 8-bit picture over the whole file, unless they are given.

    The limits are the medians of the cells' extremes, over the anchored cells that are at least half
    valid; a file without such a cell uses its own extremes.

    Args:
        condition: opened.
        lattice: the network's pixels.
        progress: told after every cell how many of how many are measured; may raise to cancel.

    Raises:
        InputError: the file has no valid pixel.
    """
    if condition.stretch is not None or not condition.modality.needs_stretch(condition.reading.encoding):
        return condition
    coarse = reading_lattice(condition, lattice)
    measured = []
    all_cells = list(cells(condition.source.geobox, coarse))
    for number, cell in enumerate(all_cells, start=1):
        limits, share = _measure(condition, cell)
        if limits is not None and share >= HALF:
            measured.append(limits)
        if progress is not None:
            progress(number, len(all_cells))
    if not measured:
        limits, _ = _measure(condition, _whole(condition, coarse))
        if limits is None:
            raise InputError(f"{condition.name}: no valid pixel; give a raster with data.")
        measured.append(limits)
    middle = np.median(np.asarray(measured, dtype=np.float64), axis=0)
    return replace(condition, stretch=Stretch(tuple((float(low), float(high)) for low, high in middle)))


def _measure(condition: OpenCondition, cell: GeoBox) -> tuple[tuple[tuple[float, float], ...] | None, float]:
    """Return the limits in one cell and the share of its pixels that is valid."""
    physical = _read(condition, cell, at_once=True)
    share = float(condition.modality.valid_pixels(physical, condition.reading).mean())
    return (condition.modality.measure(physical) if share > 0 else None), share


def _whole(condition: OpenCondition, lattice: Lattice) -> GeoBox:
    """Return the grid that covers the whole file."""
    own = grid_footprint(condition.name, condition.source.geobox)
    return lattice.geobox(*lattice.window(move(own.polygon, own.crs, lattice.crs).bounds))


def reading_lattice(condition: OpenCondition, lattice: Lattice) -> Lattice:
    """Return the pixels a condition is read on: the network's, or the hillshade's larger cells."""
    return lattice.coarser(condition.modality.reading_factor(condition.reading.encoding))


def read_picture(condition: OpenCondition, lattice: Lattice, window: PixelWindow) -> Picture:
    """Make the network's picture of a window.

    Args:
        condition: opened, with its stretch where it needs one.
        lattice: the network's pixels.
        window: pixels of the lattice.

    Raises:
        InputError: the window holds no valid pixel, or the file cannot be read.
    """
    encoding = condition.reading.encoding
    factor, margin = condition.modality.reading_factor(encoding), condition.modality.margin(encoding)
    whole = _whole_cells(window, factor)
    around = PixelWindow(whole.row - margin, whole.column - margin, whole.height + 2 * margin, whole.width + 2 * margin)
    physical = _read(condition, reading_lattice(condition, lattice).geobox(*around))
    picture = condition.modality.to_picture(physical, condition.reading, condition.stretch)
    inner = physical[:, margin : margin + whole.height, margin : margin + whole.width]
    valid = np.kron(condition.modality.valid_pixels(inner, condition.reading), np.ones((factor, factor), dtype=bool))
    rows, columns = window.slices_in(PixelWindow(*(factor * number for number in whole)))
    pixels, valid = picture[:, rows, columns], valid[rows, columns]
    if factor > 1:
        # A larger cell has data where any of its part has; a result has it only where the file itself does.
        own = _read(condition, lattice.geobox(*window), kind="nearest")
        valid &= condition.modality.valid_pixels(own, condition.reading)
    if not valid.any():
        raise InputError(f"{condition.name}: no valid pixel in the area; choose another with --bounds.")
    return Picture(_continue_outside(pixels, valid), valid)


def _read(condition: OpenCondition, geobox: GeoBox, at_once: bool = False, kind: Kind = "continuous") -> FloatArray:
    def to_physical(stored: NDArray[Any], valid: BoolArray) -> FloatArray:
        return condition.modality.to_physical(stored, valid, condition.reading)

    return read_physical(condition.source, condition.reading.bands, geobox, to_physical, kind, at_once)


def _whole_cells(window: PixelWindow, factor: int) -> PixelWindow:
    """Return the larger cells that cover a window."""
    return PixelWindow(*(number // factor for number in window.extend(factor)))


def _continue_outside(pixels: ByteArray, valid: BoolArray) -> ByteArray:
    """Continue the picture where it is not valid: what a network sees there shows in the results beside it.

    Within the rectangle that holds the valid pixels, as in the wedges at a slanted edge, the nearest of them is
    repeated; beyond it the picture is reflected. Numpy's reflection folds, so it also works where the pad is larger
    than the picture.
    """
    rows, columns = np.flatnonzero(valid.any(axis=1)), np.flatnonzero(valid.any(axis=0))
    top, bottom, left, right = rows[0], rows[-1] + 1, columns[0], columns[-1] + 1
    inside, known = pixels[:, top:bottom, left:right], valid[top:bottom, left:right]
    if not known.all():
        nearest = distance_transform_edt(~known, return_distances=False, return_indices=True)
        inside = inside[:, nearest[0], nearest[1]]
    height, width = valid.shape
    return np.pad(inside, ((0, 0), (top, height - bottom), (left, width - right)), mode="reflect")
