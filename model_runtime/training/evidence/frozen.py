"""What the sheet of evidence looks at, fixed before training."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from reprlib import repr as shortened
from typing import Any

from model_runtime.contract import MODALITIES, InputError
from model_runtime.training.config import CONFIG_FOLDER
from model_runtime.training.data import CHIP, CHIPS_PER_SIDE, HELD_OUT_FROM

SHORT = {"dem": "hillshade", "s1_rtc": "S1", "s2_l1c": "L1C", "s2_l2a": "L2A"}
"""Names of the modalities in tables."""


LARGEST_SEED = 2**63 - 1
"""Seeds are kept beside the chips as whole numbers of 64 bits."""
LEAST = {"count": 1, "samples": 2, "steps": 1, "seed": 0}
"""The least that a list's single numbers may be: of one sample there is no spread."""


@dataclass(frozen=True)
class Direction:
    """What is asked: one modality from others.

    Attributes:
        sources: modalities given, in the model's order.
        target: modality generated.
    """

    sources: tuple[str, ...]
    target: str

    @property
    def title(self) -> str:
        """As in ``L2A from L1C``."""
        return f"{SHORT[self.target]} from {' + '.join(SHORT[name] for name in self.sources)}"


SINGLE = tuple((name,) for name in MODALITIES)
ALL_BUT_ONE = tuple(tuple(other for other in MODALITIES if other != name) for name in MODALITIES)
ONE_TO_ONE = [Direction(given, name) for given in SINGLE for name in MODALITIES if name not in given]
FROM_ALL_OTHERS = [Direction(given, name) for given, name in zip(ALL_BUT_ONE, MODALITIES, strict=True)]
WEATHERLESS = (("dem",), ("s1_rtc",))
"""Conditions that tell nothing of clouds: a few bright ones hold most of the power of Sentinel-2, so that it takes more
scenes to tell it."""


@dataclass(frozen=True)
class RealFile:
    """One real raster.

    Attributes:
        path: below the folder of real rasters.
        offset: ``auto``, or what is known of the product (see ``--offset``).
    """

    path: str
    offset: str = "auto"


@dataclass(frozen=True)
class Place:
    """Co-located real rasters.

    Attributes:
        name: of the tile.
        about: what is there, and whose picture it is.
        files: by modality.
        bounds: west, south, east, north of a part no larger than a chip; None for the whole tile.
        bounds_crs: of the bounds.
    """

    name: str
    about: str
    files: Mapping[str, RealFile]
    bounds: tuple[float, float, float, float] | None = None
    bounds_crs: str | None = None


@dataclass(frozen=True)
class EvidenceList:
    """What is looked at.

    Attributes:
        scenes: seeds of held-out scenes.
        chips: numbers of the chips: all scenes' first, then all scenes' second, and so on.
        count: how many of these unless asked otherwise.
        samples: per condition.
        steps: network evaluations per sample.
        seed: of the sampling.
        fit_scenes: seeds of training scenes for the trivial answers.
        fit_chips: numbers of the chips taken from each of them.
        places: real tiles.
        size: pixels along a scene's side.
        power_scenes: first and last seed of more held-out scenes, one chip of each, for the power of single samples
            from radar or relief alone; empty for none.
        power_count: the first so many of them are for the power from all other conditions too.
    """

    scenes: list[int]
    chips: list[int]
    count: int
    samples: int
    steps: int
    seed: int
    fit_scenes: list[int]
    fit_chips: list[int]
    places: list[Place]
    size: int = 1068
    power_scenes: tuple[int, ...] = ()
    power_count: int = 0

    @property
    def power_seeds(self) -> range:
        """Seeds of the scenes that are for the power alone."""
        return range(self.power_scenes[0], self.power_scenes[1] + 1) if self.power_scenes else range(0)

    def powers_from(self, sources: Sequence[str]) -> int:
        """How many of the scenes for the power have a sample from given modalities."""
        return len(self.power_seeds) if tuple(sources) in WEATHERLESS else self.power_count


def read_evidence_list(path: Path | None = None) -> EvidenceList:
    """Read the frozen list, ``resources/training/evidence.json`` unless another is given.

    Raises:
        InputError: it is no such list.
    """
    return EvidenceList(**read_entries(path or CONFIG_FOLDER / "evidence.json", EvidenceList))


def read_entries(path: Path, kind: type) -> dict[str, Any]:
    """Read the entries of a list of what is looked at, every one of them checked.

    Args:
        path: a JSON file.
        kind: the dataclass whose fields they are.

    Raises:
        InputError: it cannot be read, or an entry is missing, unknown or none that could be measured with.
    """
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        _expect(isinstance(values, dict), "the file", values, "an object of entries")
        values.pop("about", None)
        known = {entry.name: entry.default for entry in fields(kind)}
        for name in values:
            _expect(name in known, name, values[name], f"no such entry; known are {', '.join(known)}")
        missing = [name for name, default in known.items() if default is MISSING and name not in values]
        if missing:
            raise ValueError(f"{', '.join(missing)} missing")
        return _checked(values)
    except (OSError, ValueError, RecursionError) as error:
        found = error.strerror if isinstance(error, OSError) else error
        raise InputError(
            f"{path}: is no list of evidence ({found}); resources/training/evidence.json shows what one looks like."
        ) from error


def _expect(met: bool, name: str, found: object, wanted: str) -> None:
    if not met:
        raise ValueError(f"{name} is {shortened(found)}, expected {wanted}")


def _is_whole(value: object, least: int, largest: int = LARGEST_SEED) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and least <= value <= largest


def _checked(values: dict[str, Any]) -> dict[str, Any]:
    """The entries as a list holds them."""
    size = values.get("size", EvidenceList.size)
    _expect(_is_whole(size, CHIP) and size % 3 == 0, "size", size, "a multiple of 3, at least 258")
    last = min(CHIPS_PER_SIDE, size // CHIP) ** 2 - 1
    for name, least in LEAST.items():
        if name in values:
            _expect(_is_whole(values[name], least), name, values[name], f"a whole number, {least} or more")
    for name in ("scenes", "fit_scenes"):
        _check_numbers(name, values[name], LARGEST_SEED, "seeds, whole numbers from 0 on")
    for name in ("chips", "fit_chips"):
        if name in values:
            _check_numbers(name, values[name], last, f"numbers of a scene's chips, 0 to {last} at a size of {size}")
    values.update(_for_power(values))
    _check_apart(values)
    if "places" in values:
        _expect(isinstance(values["places"], list), "places", values["places"], "a list")
        values["places"] = [_place(entry, f"places[{number}]") for number, entry in enumerate(values["places"])]
        names = [place.name for place in values["places"]]
        _expect(len(set(names)) == len(names), "places", names, "another name for each")
    return values


def _check_numbers(name: str, found: object, largest: int, wanted: str) -> None:
    filled = isinstance(found, list) and len(found) > 0
    _expect(filled, name, found, f"a list of one or more {wanted}")
    for number, value in enumerate(found if isinstance(found, list) else []):
        _expect(_is_whole(value, 0, largest), f"{name}[{number}]", value, wanted)


def _check_apart(values: Mapping[str, Any]) -> None:
    """Refuse training scenes where held-out ones belong, and scenes that would count twice."""
    first, last = values.get("power_scenes") or (0, -1)
    for name in ("scenes", "power_scenes"):
        held_out = min(values.get(name) or [HELD_OUT_FROM]) >= HELD_OUT_FROM
        _expect(held_out, name, values.get(name), f"seeds of scenes that none is trained on, {HELD_OUT_FROM} or more")
    fitted = max(values["fit_scenes"]) < HELD_OUT_FROM
    _expect(fitted, "fit_scenes", values["fit_scenes"], f"seeds of training scenes, below {HELD_OUT_FROM}")
    for name in ("scenes", "fit_scenes", "chips", "fit_chips"):
        _expect(len(set(values.get(name, []))) == len(values.get(name, [])), name, values.get(name), "each once")
    shared = [seed for seed in values["scenes"] if first <= seed <= last]
    _expect(not shared, "power_scenes", list(values.get("power_scenes", [])), "others than those under scenes")


def _for_power(values: Mapping[str, Any]) -> dict[str, Any]:
    """The entries on scenes that are for the power alone, as a list holds them."""
    found = values.get("power_scenes", [])
    seeds: list[Any] = found if isinstance(found, list) else [None]
    fits = len(seeds) in (0, 2) and all(_is_whole(seed, 0) for seed in seeds) and seeds == sorted(seeds)
    _expect(fits, "power_scenes", found, "a first and a last seed, or an empty list")
    most = seeds[1] - seeds[0] + 1 if seeds else 0
    if "power_count" in values:
        wanted = f"a whole number, 0 to {most} (the scenes of power_scenes)"
        _expect(_is_whole(values["power_count"], 0, most), "power_count", values["power_count"], wanted)
    return {"power_scenes": tuple(seeds)} if "power_scenes" in values else {}


def _place(found: object, where: str) -> Place:
    entry: dict[str, Any] = found if isinstance(found, dict) else {}
    _expect({"name", "about", "files"} <= entry.keys(), where, found, "an object with name, about and files")
    for name in ("name", "about"):
        _expect(isinstance(entry[name], str), f"{where} {name}", entry[name], "a text")
    name, files, bounds, crs = entry["name"], entry["files"], entry.get("bounds"), entry.get("bounds_crs")
    plain = name not in ("", ".", "..") and {"/", "\\"}.isdisjoint(name)
    _expect(plain, f"{where} name", name, "one that a file can have")
    known = isinstance(files, dict) and len(files) > 0 and files.keys() <= set(MODALITIES)
    _expect(known, f"{where} files", files, f"an object of one or more of {', '.join(MODALITIES)}")
    for modality, file in files.items():
        fits = isinstance(file, dict) and "path" in file and file.keys() <= {"path", "offset"}
        fits = fits and all(isinstance(value, str) for value in file.values())
        _expect(fits, f"{where} files {modality}", file, "an object with path and maybe offset, both texts")
    numbers = bounds if isinstance(bounds, list) else []
    finite = all(isinstance(n, int | float) and not isinstance(n, bool) and abs(n) < math.inf for n in numbers)
    _expect(bounds is None or (len(numbers) == 4 and finite), f"{where} bounds", bounds, "four numbers")
    _expect(crs is None or isinstance(crs, str), f"{where} bounds_crs", crs, "a text")
    given = {modality: RealFile(**file) for modality, file in files.items()}
    west_to_north = (numbers[0], numbers[1], numbers[2], numbers[3]) if numbers else None
    return Place(name, entry["about"], given, west_to_north, crs)
