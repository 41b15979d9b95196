"""Sources: one modality's bands, from one raster, several joined files, or a folder of bands."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from affine import Affine
from odc.geo.crs import CRS
from odc.geo.geobox import GeoBox
from rasterio.enums import ColorInterp, MaskFlags
from rasterio.io import DatasetReader

from model_runtime.contract import InputError
from model_runtime.raster.bandfiles import (
    band_name,
    find_band_files,
    is_product_metadata,
    product_folder,
    product_tags,
)
from model_runtime.raster.facts import LazyStatistics, SourceFacts
from model_runtime.raster.geodesy import crs_of, pixel_metres
from model_runtime.raster.georeference import georeference
from model_runtime.raster.opening import is_openable, open_dataset, quiet_gdal
from model_runtime.raster.pixels import Band, sample_statistics

LARGEST_HASHED = 1 << 30
"""Bytes of files that are read through for nothing but their hash, which takes seconds."""
_HASH_CHUNK = 1 << 24
_SIDE_FILES = (".aux.xml", ".ovr")


@dataclass(frozen=True)
class Source:
    """The bands of one condition, opened and checked; no file stays open.

    Attributes:
        path: as the user named it, for sentences.
        bands: where each band lies; band number n is entry n - 1.
        facts: what the source says about itself.
        files: the files whose content makes the source; none where any of it lies elsewhere, as on a server.
    """

    path: str
    bands: tuple[Band, ...]
    facts: SourceFacts
    files: tuple[Path, ...] = field(repr=False)

    @property
    def name(self) -> str:
        """File or folder name, without its folder."""
        return self.facts.name

    @property
    def geobox(self) -> GeoBox:
        """The grid of the first band."""
        return self.bands[0].geobox

    def select(self, bands: Sequence[int]) -> tuple[Band, ...]:
        """Bands by number, counted from 1.

        Raises:
            InputError: the source has no such band.
        """
        for number in bands:
            if not 1 <= number <= len(self.bands):
                raise InputError(
                    f"{self.path}: there is no band {number}, the source has {len(self.bands)}; choose the bands by"
                    " appending :BAND,BAND,... to the path."
                )
        return tuple(self.bands[number - 1] for number in bands)


def parse_condition_path(text: str) -> tuple[str, tuple[str, ...]]:
    r"""Split ``PATH[:BAND,BAND,...]``, trying the whole as a dataset first.

    A path may itself hold colons (``C:\scene.tif``, ``NETCDF:file.nc:variable``), so that only what
    cannot be opened whole is split, at its last colon.

    Returns:
        The path, its ``~`` replaced by the user's folder, and the bands as written (none where none were given).
    """
    text = os.path.expanduser(text)
    head, colon, tail = text.rpartition(":")
    bands = tuple(part.strip() for part in tail.split(",") if part.strip())
    if not colon or not head or not bands or any(mark in tail for mark in "/\\"):
        return text, ()
    if _exists(text) or is_openable(text):
        return text, ()
    if len(head) == 1 and not _exists(head):
        return text, ()
    return head, bands


def open_source(
    paths: str | Path | Sequence[str | Path],
    bands: Sequence[str] = (),
    crs: CRS | None = None,
    nodata: float | None = None,
    chosen: Sequence[Sequence[str]] = (),
    useful: Sequence[str] = (),
) -> Source:
    """Open the bands of one condition.

    Args:
        paths: a raster, a .SAFE folder or its metadata file, a folder of band files, or several
            rasters of one modality, whose bands are joined in this order.
        bands: names of the bands a folder must have (``B04``, ``VV``); empty takes all. Rasters
            ignore it.
        crs: overrides the file's own coordinate reference system.
        nodata: overrides the file's own nodata number.
        chosen: for every path, names of the bands a folder must have in place of ``bands``; empty keeps those.
        useful: names of bands that are taken of a folder too where it has them.

    Raises:
        InputError: in one sentence, why this cannot be used.
    """
    entries = [str(paths)] if isinstance(paths, (str, Path)) else [str(path) for path in paths]
    if not entries:
        raise ValueError("no path given")
    needed = [names or bands for names in chosen or [()] * len(entries)]
    parts = [part for entry, names in zip(entries, needed, strict=True) for part in _expand(entry, names, useful)]
    read = [_read_part(part, crs, nodata) for part in parts]
    name = ", ".join(dict.fromkeys(_short_name(entry) for entry in entries))
    source = _join(", ".join(entries), name, read)
    _refuse_empty(source)
    return source


def content_hash(source: Source, told: Callable[[], None] = lambda: None) -> str | None:
    """SHA-256 (hexadecimal) of the source's files, one after the other; for one file that of ``sha256sum``.

    Args:
        source: the source.
        told: called after every block; may raise to cancel.

    Returns:
        None where not all of it lies in files here, or where these are larger than ``LARGEST_HASHED`` together.
    """
    if not source.files or sum(path.stat().st_size for path in source.files) > LARGEST_HASHED:
        return None
    digest = hashlib.sha256()
    for path in source.files:
        with path.open("rb") as stream:
            while chunk := stream.read(_HASH_CHUNK):
                digest.update(chunk)
                told()
    return digest.hexdigest()


@dataclass(frozen=True)
class _Part:
    """One raster to open: the sentence's path, GDAL's path, and what a product says about its bands."""

    path: str
    dataset: str
    name: str | None = None
    tags: dict[str, str] = field(default_factory=dict)
    band_tags: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class _Read:
    """What was read of one raster: its bands, and facts of these alone."""

    bands: tuple[Band, ...]
    facts: SourceFacts
    files: tuple[Path, ...]


def _expand(entry: str, needed: Sequence[str], useful: Sequence[str]) -> list[_Part]:
    path = Path(entry)
    folder = product_folder(path) if _exists(entry) else None
    if not (path.is_dir() or (folder is not None and is_product_metadata(path))):
        tags, band_tags = product_tags(folder) if folder is not None else ({}, {})
        name = band_name(path.stem) if folder is not None else None
        return [_Part(entry, entry, name, tags, band_tags.get(name or "", {}))]
    around = path if path.is_dir() else (folder or path.parent)
    tags, band_tags = product_tags(folder or around)
    parts = []
    for file in find_band_files(around, needed, useful):
        name = band_name(file.stem)
        parts.append(_Part(entry, str(file), name, tags, band_tags.get(name or "", {})))
    return parts


def _read_part(part: _Part, crs: CRS | None, nodata: float | None) -> _Read:
    with quiet_gdal():
        dataset = open_dataset(part.dataset)
        if dataset.count == 0 or len(dataset.subdatasets) > 1:
            dataset = _only_subdataset(part.path, dataset)
        with dataset:
            return _read_facts(part, dataset, crs, nodata)


def _only_subdataset(path: str, dataset: DatasetReader) -> DatasetReader:
    with dataset:
        names = list(dataset.subdatasets)
    if not names:
        raise InputError(f"{path}: the file holds no raster band; give a raster.")
    if len(names) > 1:
        raise InputError(
            f"{path}: the file holds {len(names)} rasters; give one of {', '.join(names)}, repeating --condition to"
            " join several."
        )
    return open_dataset(names[0])


def _read_facts(part: _Part, dataset: DatasetReader, crs: CRS | None, nodata: float | None) -> _Read:
    if any(dtype.startswith("complex") for dtype in dataset.dtypes):
        raise InputError(
            f"{part.path}: the pixels are complex numbers ({dataset.dtypes[0]}); give a detected, calibrated product."
        )
    geobox = georeference(part.path, dataset, crs)
    if nodata is None and dataset.nodata is None and "SPECIAL_VALUE_NODATA" in part.tags:
        nodata = float(part.tags["SPECIAL_VALUE_NODATA"])
    bands = tuple(Band(dataset.name, index, geobox, nodata) for index in dataset.indexes)
    height, width = geobox.shape
    colors = tuple(color.name for color in dataset.colorinterp)
    facts = SourceFacts(
        name=_short_name(part.dataset),
        driver=str(dataset.driver),
        dtypes=tuple(dataset.dtypes),
        descriptions=tuple(text or part.name or "" for text in dataset.descriptions),
        file_bands=tuple(part.name or "" for _ in dataset.indexes),
        color_interpretations=colors,
        band_tags=tuple({**part.band_tags, **dataset.tags(index)} for index in dataset.indexes),
        tags={**part.tags, **dataset.tags()},
        scales=tuple(dataset.scales),
        offsets=tuple(dataset.offsets),
        units=tuple(unit or "" for unit in dataset.units),
        nodata=tuple(own if nodata is None else nodata for own in dataset.nodatavals),
        alpha_band=colors.index(ColorInterp.alpha.name) + 1 if ColorInterp.alpha.name in colors else None,
        has_mask=any(flags == [MaskFlags.per_dataset] for flags in dataset.mask_flag_enums),
        crs=crs_of(geobox),
        transform=geobox.affine,
        width=width,
        height=height,
        pixel_metres=pixel_metres(crs_of(geobox), geobox.affine, width / 2, height / 2),
        rotated=is_rotated(geobox.affine),
        south_up=geobox.affine.e > 0,
        statistics=LazyStatistics(len(bands), lambda index: sample_statistics(part.path, bands[index])),
    )
    return _Read(bands, facts, _content_files(dataset))


def is_rotated(affine: Affine) -> bool:
    """Whether rows and columns do not run along the CRS's axes, or run mirrored from east to west."""
    size = max(abs(affine.a), abs(affine.e), abs(affine.b), abs(affine.d))
    return bool(max(abs(affine.b), abs(affine.d)) > 1e-9 * size or affine.a < 0)


def _join(path: str, name: str, parts: Sequence[_Read]) -> Source:
    bands = tuple(band for part in parts for band in part.bands)
    files = tuple(dict.fromkeys(file for part in parts for file in part.files)) if all(p.files for p in parts) else ()
    first = parts[0].facts
    every = [part.facts for part in parts]
    statistics = [(facts, index) for facts in every for index in range(facts.count)]
    joined = len(parts) > 1
    facts = SourceFacts(
        name=name,
        driver=first.driver,
        dtypes=tuple(item for facts in every for item in facts.dtypes),
        descriptions=tuple(
            facts.descriptions[index] or _file_band(facts, index, joined) for facts, index in statistics
        ),
        file_bands=tuple(_file_band(facts, index, joined) for facts, index in statistics),
        color_interpretations=tuple(item for facts in every for item in facts.color_interpretations),
        band_tags=tuple(item for facts in every for item in facts.band_tags),
        tags=first.tags,
        scales=tuple(item for facts in every for item in facts.scales),
        offsets=tuple(item for facts in every for item in facts.offsets),
        units=tuple(item for facts in every for item in facts.units),
        nodata=tuple(item for facts in every for item in facts.nodata),
        alpha_band=first.alpha_band,
        has_mask=any(facts.has_mask for facts in every),
        crs=first.crs,
        transform=first.transform,
        width=first.width,
        height=first.height,
        pixel_metres=first.pixel_metres,
        rotated=first.rotated,
        south_up=first.south_up,
        statistics=LazyStatistics(len(bands), lambda at: statistics[at][0].statistics[statistics[at][1]]),
    )
    return Source(path, bands, facts, files)


def _file_band(facts: SourceFacts, index: int, joined: bool) -> str:
    """The band that a file's name speaks of, as a product's does, and a joined single-band file's may."""
    if facts.file_bands[index] or not joined or facts.count > 1:
        return facts.file_bands[index]
    return band_name(Path(facts.name).stem) or ""


def _refuse_empty(source: Source) -> None:
    if all(statistics.count == 0 for statistics in source.facts.statistics):
        raise InputError(f"{source.path}: every pixel is nodata; give a file with data, or check its nodata value.")


def _content_files(dataset: DatasetReader) -> tuple[Path, ...]:
    names = [name for name in dataset.files if not name.endswith(_SIDE_FILES)]
    files = [_file_around(name) for name in names or [dataset.name]]
    here = [file for file in files if file is not None]
    return tuple(dict.fromkeys(here)) if len(here) == len(files) else ()


def _file_around(name: str) -> Path | None:
    """The file GDAL's name speaks of: itself, the archive it lies in, or the one a subdataset names."""
    for part in (name, *name.replace('"', "").split(":")):
        path = Path(re.sub(r"^(/vsi[a-z0-9]+/)+", "", part))
        for file in (path, *path.parents):
            if file.is_file():
                return file
    return None


def _exists(text: str) -> bool:
    try:
        return Path(text).exists()
    except (OSError, ValueError):
        return False


def _short_name(path: str) -> str:
    return path.replace("\\", "/").rstrip("/").rpartition("/")[2].replace('"', "")
