"""What is expected of the embedded model, and whether it was met: a list made from the numbers alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from model_runtime.contract import SENTINEL2
from model_runtime.training.evidence.directions import best_trivial
from model_runtime.training.evidence.frozen import FROM_ALL_OTHERS, ONE_TO_ONE

SEES_RELIEF = 0.6
"""Correlation of a hillshade from L2A with the truth, at least."""
POWER = 0.1
"""Largest deviation of the power in an octave, relative."""
DECIBELS = {"s2_l1c": 32.0, "s2_l2a": 32.0, "dem": 28.0}
LOOKS = (4.0, 5.0)
LARGEST_BYTES = 12_000_000
PART = 0.3
"""Correlation from which a picture of a real place counts as partly right."""


@dataclass(frozen=True)
class Expectation:
    """One expectation.

    Attributes:
        wanted: in words.
        met: whether it was.
        found: the numbers.
    """

    wanted: str
    met: bool
    found: str

    def line(self) -> str:
        """As one item of a Markdown list."""
        return f"- **{'met' if self.met else 'not met'}**: {self.wanted}: {self.found}."


def check_expectations(results: Mapping[str, Any]) -> list[Expectation]:
    """Every expectation of the embedded model that the results can answer."""
    found = [*_of_two_directions(results["directions"]), _better_distributions(results["directions"])]
    found += [
        _power(results["power"], results["power_of_few"], results["octaves"], results["powers"]),
        *_of_autoencoder(results["autoencoder"]["simulated"]),
    ]
    found.append(
        Expectation("at most 12 MB on disk", results["bytes"] <= LARGEST_BYTES, f"{results['bytes'] / 1e6:.2f} MB")
    )
    return [*found, *_of_real_tiles(results["real"])]


def _of_two_directions(rows: Mapping[str, Any]) -> list[Expectation]:
    relief, level = rows["hillshade from L2A"], rows["L2A from L1C"]
    correlation = relief["model"]["correlation"]
    error, identity = level["model"]["rmse"], level["trivial"]["identity"]["rmse"]
    return [
        Expectation(
            f"hillshade from L2A correlates with the truth at {SEES_RELIEF} or better",
            correlation >= SEES_RELIEF,
            f"{correlation:.2f}",
        ),
        Expectation(
            "L2A from L1C has at most half the identity's error",
            error <= identity / 2,
            f"RMSE {error:.1f} against {identity:.1f}, a share of {error / identity:.2f}",
        ),
    ]


def _better_distributions(rows: Mapping[str, Any]) -> Expectation:
    asked = [entry.title for entry in ONE_TO_ONE]
    worse = []
    for title in asked:
        row = rows[title]
        name = best_trivial(row, "crps")
        if row["model"]["crps"] >= row["trivial"][name]["crps"]:
            worse.append(
                f"{title} ({row['model']['crps']:.1f} against {row['trivial'][name]['crps']:.1f} of the {name})"
            )
    told = f"{len(asked) - len(worse)} of {len(asked)}" + (f"; not {', '.join(worse)}" if worse else "")
    ahead = [rows[title].get("ahead", {}).get("crps", {}) for title in asked]
    if all(entry.get("error") is not None for entry in ahead):
        clear = sum(entry["by"] > 2 * entry["error"] for entry in ahead)
        told += f"; by more than two standard errors {clear} of them"
    return Expectation(
        "each of the 12 directions has a lower CRPS than its best trivial answer with its own residual spread",
        not worse,
        told,
    )


def _power(rows: Mapping[str, Any], rows_of_few: Mapping[str, Any], octaves: list[str], chips: int) -> Expectation:
    titles = [entry.title for entry in (*ONE_TO_ONE, *FROM_ALL_OTHERS)]
    asked = [rows[title] for title in titles]
    apart = np.abs(np.array([row["ratio"] for row in asked]) - 1)
    within = apart <= POWER
    told = f"{within.sum()} of {within.size}, directions within it: " + ", ".join(
        f"{octave} px {count} of {len(asked)}" for octave, count in zip(octaves, within.sum(axis=0), strict=True)
    )
    if all(row["error"] for row in asked):
        errors = np.array([row["error"] for row in asked])
        doubtful = ~within & (apart <= POWER + 2 * errors)
        told += f"; of the {(~within).sum()} others {doubtful.sum()} lie within two standard errors of these 10 %"
        told += f"; {(errors > POWER).sum()} of all {within.size} are known to no better than {POWER:.0%}"
        # Chance alone takes a share of these out of bounds, even where the power is exactly the truth's.
        chance = sum(math.erfc(POWER / (math.sqrt(2) * error)) for error in errors.flat if error > 0)
        told += f", and with exactly the truth's power {chance:.0f} of all would be expected to miss it by chance"
        told += (
            f"; {(apart > 2 * errors).sum()} of all differ from the truth's by more than two standard errors, where "
            f"chance alone would make it {within.size * math.erfc(math.sqrt(2)):.0f}"
        )
    least, most = (pick(row["chips"] for row in asked) for pick in (min, max))
    wanted = f"power of single samples within 10 % of the truth's in every octave, on {least} chips"
    if most > least:
        wanted += f" (from radar or relief alone, which tell nothing of clouds, on {most})"
    if rows_of_few:
        few = np.array([rows_of_few[title]["ratio"] for title in titles])
        told += f"; by the {chips} chips alone it would be {(np.abs(few - 1) <= POWER).sum()} of {within.size}"
    return Expectation(wanted, bool(within.all()), told)


def _of_autoencoder(rows: Mapping[str, Any]) -> list[Expectation]:
    names = {"s2_l1c": "L1C", "s2_l2a": "L2A", "dem": "hillshade"}
    found = [
        Expectation(
            f"the autoencoder keeps {names[name]} at {limit:g} dB or better",
            rows[name]["psnr"] >= limit,
            f"{rows[name]['psnr']:.1f} dB",
        )
        for name, limit in DECIBELS.items()
    ]
    radar = rows["s1_rtc"]
    kept = radar["psnr"] >= radar["smoothed_psnr"] and LOOKS[0] <= radar["looks"] <= LOOKS[1]
    return [
        *found,
        Expectation(
            "the autoencoder keeps S1 at least as well as a 5 x 5 mean, and its speckle (4 to 5 looks)",
            kept,
            f"{radar['psnr']:.1f} dB against {radar['smoothed_psnr']:.1f} dB; {radar['looks']:.1f} looks, "
            f"{radar['truth_looks']:.1f} in the truth",
        ),
    ]


def _of_real_tiles(tiles: list[Mapping[str, Any]]) -> list[Expectation]:
    pairs = {tile["name"]: row for tile in tiles if (row := tile["directions"].get("L2A from L1C")) is not None}
    if not pairs:
        return []
    better = {name: row["model"]["rmse"] < row["trivial"]["identity"]["rmse"] for name, row in pairs.items()}
    told = ", ".join(
        f"{name} {row['model']['rmse']:.1f} against {row['trivial']['identity']['rmse']:.1f}"
        for name, row in pairs.items()
    )
    return [Expectation("on the real tiles L2A from L1C beats the identity", all(better.values()), f"RMSE {told}")]


def real_words(title: str, row: Mapping[str, Any] | None) -> str:
    """What a direction of a real tile is worth, in plain words made from its numbers."""
    if row is None:
        return f"{title}: no truth at hand, see the picture."
    model, name = row["model"], best_trivial(row, "rmse")
    trivial, correlation = row["trivial"][name], model["correlation"]
    place = "behind" if model["rmse"] >= trivial["rmse"] else "ahead of"
    told = f"RMSE {model['rmse']:.1f}, {place} {trivial['rmse']:.1f} of the best trivial answer ({name}); "
    told += f"r = {correlation:.2f}, diversity {model['diversity']:.2f}"
    if row["target"] in SENTINEL2:
        identity = row["trivial"]["identity"]["rmse"]
        if model["rmse"] >= identity:
            return f"{title}: **fails**, it is no better than leaving the picture as it is ({identity:.1f}). {told}."
        return f"{title}: better than leaving the picture as it is ({identity:.1f}). {told}."
    what = "the relief" if row["target"] == "dem" else "the radar picture"
    if correlation < PART:
        return f"{title}: **fails**, {what} is not the place's own. {told}."
    if correlation < SEES_RELIEF:
        return f"{title}: finds a part of {what}. {told}."
    return f"{title}: finds {what}. {told}."


def real_failures(tiles: list[Mapping[str, Any]]) -> list[str]:
    """One sentence for every direction that fails on a real tile, counted."""
    counts = _counted(tiles, lambda title, row: "**fails**" in real_words(title, row))
    return [f"{title} fails on {failed} of {asked} real tiles" for title, failed, asked in counts]


def real_behind(tiles: list[Mapping[str, Any]]) -> list[str]:
    """One phrase for every direction that a trivial answer beats on a real tile, by the RMSE, counted."""
    counts = _counted(tiles, lambda _, row: row["model"]["rmse"] >= row["trivial"][best_trivial(row, "rmse")]["rmse"])
    return [f"{title} on {behind} of {asked}" for title, behind, asked in counts]


def _counted(
    tiles: list[Mapping[str, Any]], holds: Callable[[str, Mapping[str, Any]], bool]
) -> list[tuple[str, int, int]]:
    """Directions of which something holds on a real tile, on how many it does, and on how many it was asked."""
    found: dict[str, list[bool]] = {}
    for tile in tiles:
        for title, row in tile["directions"].items():
            if row is not None:
                found.setdefault(title, []).append(holds(title, row))
    return [(title, sum(held), len(held)) for title, held in found.items() if any(held)]
