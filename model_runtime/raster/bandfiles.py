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
_RESOLUTION = re.compile(r"[_\-](\d{1,3})m(?:[_.\-]|$)", re.IGNORECASE)
_NOT_BANDS = ("QI_DATA", "AUX_DATA", "HTML", "preview")


def band_name(text: str) -> str | None:
    """The band a file name speaks of (``B04``, ``B8A``, ``VV``), or None."""
    found = _BAND.search(text)
    if found is None:
        return None
    name = found.group(1).upper()
    return f"B{int(name[1:]):02d}" if name[1:].isdigit() else name


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


def find_band_files(folder: Path, needed: Sequence[str]) -> list[Path]:
    """The files of the needed bands, at the finest resolution that has them all.

    Args:
        folder: a .SAFE folder or any folder of band files.
        needed: band names such as B04; empty for every band there is.

    Raises:
        InputError: a band is missing, or two files claim the same one.
    """
    found: dict[float, dict[str, Path]] = {}
    for path in _candidates(folder):
        name = band_name(path.stem)
        if name is None or (needed and name not in needed):
            continue
        bands = found.setdefault(_resolution(path), {})
        if name in bands:
            first, second = (file.relative_to(folder) for file in (bands[name], path))
            raise InputError(
                f"{folder}: both {first} and {second} claim to be band {name}; give the files one by one, repeating"
                " --condition."
            )
        bands[name] = path
    finest: dict[str, Path] = {}
    for resolution in sorted(found):
        if needed and set(found[resolution]) >= set(needed):
            return [found[resolution][name] for name in needed]
        for name, path in found[resolution].items():
            finest.setdefault(name, path)
    missing = [name for name in needed if name not in finest]
    if missing or not finest:
        raise InputError(_missing(folder, missing))
    return [finest[name] for name in needed or sorted(finest)]


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
