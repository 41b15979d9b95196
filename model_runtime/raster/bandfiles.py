"""Folders of band files: .SAFE products, and any folder of files named after their bands."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from rasterio.io import DatasetReader

from model_runtime.contract import InputError
from model_runtime.raster.opening import quiet_gdal, try_open

SUFFIXES = (".jp2", ".tif", ".tiff", ".img", ".vrt")
_BAND = re.compile(r"(?:^|[_.\-])(B(?:\d{1,2}A?)|VV|VH)(?=[_.\-]|$)", re.IGNORECASE)
_COLOUR = re.compile(r"(?:^|(?<!infra)[_.\- ])(red|green|blue)(?:[_\-]\d{1,3}m)?$|^(r|g|b)$", re.IGNORECASE)
_COLOURS = {"R": "B04", "G": "B03", "B": "B02"}
_RESOLUTION = re.compile(r"[_\-](\d{1,3})m(?:[_.\-]|$)", re.IGNORECASE)
_NOT_BANDS = ("QI_DATA", "AUX_DATA", "HTML", "preview")


def band_name(text: str) -> str | None:
    """The band a file name speaks of (``B04``, ``B8A``, ``VV``; ``B04`` for one that ends in ``red``), or None."""
    return _code(text) or _colour(text)


def _code(text: str) -> str | None:
    found = _BAND.search(text)
    if found is None:
        return None
    name = found.group(1).upper()
    return f"B{int(name[1:]):02d}" if name[1:].isdigit() else name


def _colour(text: str) -> str | None:
    """The band of a colour at the end of a name: elsewhere it belongs to other words, as in ``red_edge``."""
    found = _COLOUR.search(text)
    return None if found is None else _COLOURS[(found.group(1) or found.group(2))[0].upper()]


def product_folder(path: Path) -> Path | None:
    """The .SAFE folder a path is, or lies in; for a metadata file outside one, the folder around it."""
    for folder in (path, *path.parents):
        if folder.suffix.upper() == ".SAFE" and not is_product_metadata(folder):
            return folder
    return path.parent if is_product_metadata(path) else None


def is_product_metadata(path: Path) -> bool:
    """Whether a path is a Sentinel-2 metadata file (MTD_MSIL1C.xml, MTD_MSIL2A.xml, MTD_TL.xml, manifest.safe)."""
    name = path.name.upper()
    return (name.startswith("MTD_") and name.endswith(".XML")) or name == "MANIFEST.SAFE"


def find_band_files(folder: Path, needed: Sequence[str], useful: Sequence[str] = ()) -> list[Path]:
    """The files of the needed bands, at the finest resolution that has them all, then those of the useful ones.

    Args:
        folder: a .SAFE folder or any folder of band files.
        needed: band names such as B04; empty for every band there is.
        useful: bands that may be missing; also left out where two files claim to be one.

    Raises:
        InputError: a band is missing, or two files claim the same one.
    """
    found: dict[float, dict[str, Path]] = {}
    doubtful: set[str] = set()
    files = _candidates(folder)
    coded = {_code(path.stem) for path in files}
    for path in files:
        name = band_name(path.stem)
        if name is None or (needed and name not in {*needed, *useful}):
            continue
        if _code(path.stem) is None and name in coded:
            # A colour is a band's name only where no file bears the band's own.
            continue
        bands = found.setdefault(_resolution(path), {})
        if name in bands:
            if needed and name not in needed:
                doubtful.add(name)
                continue
            first, second = (file.relative_to(folder) for file in (bands[name], path))
            raise InputError(
                f"{folder}: both {first} and {second} claim to be band {name}; give the files one by one, repeating"
                " --condition."
            )
        bands[name] = path
    finest: dict[str, Path] = {}
    for resolution in sorted(found):
        for name, path in found[resolution].items():
            finest.setdefault(name, path)
    missing = [name for name in needed if name not in finest]
    if missing or not finest:
        raise InputError(_missing(folder, missing))
    if not needed:
        return [finest[name] for name in sorted(finest)]
    complete = (found[resolution] for resolution in sorted(found) if set(found[resolution]) >= set(needed))
    best = next(complete, finest)
    extra = [finest[name] for name in useful if name in finest and name not in {*needed, *doubtful}]
    return [best[name] for name in needed] + extra


def _candidates(folder: Path) -> list[Path]:
    return sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in SUFFIXES and not set(path.relative_to(folder).parts) & set(_NOT_BANDS)
    )


def _resolution(path: Path) -> float:
    """Metres in the name, else the pixel size in the file's own units (folders are of one kind)."""
    named = _RESOLUTION.search(path.stem)
    if named:
        return float(named.group(1))
    with quiet_gdal():
        dataset = try_open(str(path))
        if dataset is None:
            return 0.0
        with dataset:
            return float(abs(dataset.transform.a) or abs(dataset.transform.b))


def _missing(folder: Path, missing: Sequence[str]) -> str:
    present = sorted({name for path in _candidates(folder) if (name := band_name(path.stem))})
    wanted = f"no file of band {', '.join(missing)}" if missing else "no file named after a band"
    there = f"only {', '.join(present)} are there" if present else "no band file is there"
    return f"{folder}: {wanted} was found ({there}); give a complete product, or the band files one by one."


def product_tags(folder: Path) -> tuple[dict[str, str], dict[str, dict[str, str]]]:
    """Metadata of a Sentinel-2 product as GDAL reads it: of the product, and of each band.

    Returns:
        Tags such as PROCESSING_BASELINE and BOA_QUANTIFICATION_VALUE, and band name -> tags such
        as BOA_ADD_OFFSET or RADIO_ADD_OFFSET; empty where there is no readable metadata file.
    """
    tags: dict[str, str] = {}
    bands: dict[str, dict[str, str]] = {}
    with quiet_gdal():
        for metadata in sorted(folder.glob("MTD_MSI*.xml")):
            dataset = try_open(str(metadata))
            if dataset is None:
                continue
            with dataset:
                tags.update(dataset.tags())
                parts = list(dataset.subdatasets)
            for part in parts:
                opened = try_open(part)
                if opened is not None:
                    with opened:
                        _collect(opened, bands)
    tags.pop("FOOTPRINT", None)
    return tags, bands


def _collect(dataset: DatasetReader, bands: dict[str, dict[str, str]]) -> None:
    for index in range(1, dataset.count + 1):
        tags = dict(dataset.tags(index))
        name = band_name(tags.get("BANDNAME", ""))
        if name is not None:
            bands.setdefault(name, tags)
