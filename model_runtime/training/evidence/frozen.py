"""What the sheet of evidence looks at, fixed before training."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from model_runtime.contract import MODALITIES, UsageError
from model_runtime.training.config import CONFIG_FOLDER

SHORT = {"dem": "hillshade", "s1_rtc": "S1", "s2_l1c": "L1C", "s2_l2a": "L2A"}
"""Names of the modalities in tables."""


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
WEATHERLESS = [
    entry for entry in ONE_TO_ONE if entry.sources[0] in ("dem", "s1_rtc") and entry.target in ("s2_l1c", "s2_l2a")
]
"""Sentinel-2 from what tells nothing of clouds: a few bright ones hold most of the power, so it takes many scenes."""


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
        cloud_scenes: first and last seed of more held-out scenes, one chip of each, for the power of Sentinel-2 from
            what tells nothing of clouds; empty for none.
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
    cloud_scenes: tuple[int, ...] = ()

    @property
    def cloud_seeds(self) -> range:
        """Seeds of the scenes that are for the power of clouds alone."""
        return range(self.cloud_scenes[0], self.cloud_scenes[1] + 1) if self.cloud_scenes else range(0)


def read_evidence_list(path: Path | None = None) -> EvidenceList:
    """Read the frozen list, ``resources/training/evidence.json`` unless another is given.

    Raises:
        UsageError: it is no such list.
    """
    path = path or CONFIG_FOLDER / "evidence.json"
    try:
        values = json.loads(path.read_text(encoding="utf-8"))
        values.pop("about", None)
        places = [
            Place(
                entry["name"],
                entry["about"],
                {name: RealFile(**file) for name, file in entry["files"].items()},
                tuple(entry["bounds"]) if entry.get("bounds") else None,
                entry.get("bounds_crs"),
            )
            for entry in values.pop("places")
        ]
        clouds = tuple(int(seed) for seed in values.pop("cloud_scenes", ()))
        if len(clouds) not in (0, 2):
            raise ValueError("cloud_scenes are a first and a last seed")
        return EvidenceList(places=places, cloud_scenes=clouds, **values)
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise UsageError(f"{path}: is no list of evidence ({error}).") from error
