"""The sheet itself: Markdown from the results."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from model_runtime.training.evidence.autoencoder import autoencoder_table
from model_runtime.training.evidence.directions import ROUND_TRIP, best_trivial
from model_runtime.training.evidence.expectations import (
    PART,
    check_expectations,
    real_behind,
    real_failures,
    real_words,
)
from model_runtime.training.evidence.frozen import FROM_ALL_OTHERS, ONE_TO_ONE, Direction

INTRODUCTION = """# The embedded model: a sheet of evidence

What `{name}` (SHA-256 of its weights and settings: `{sha}`) can do and cannot, measured and pictured by
one command; nothing here is written by hand:

```
python -m model_runtime.training.evidence {asked}
```

Simulated: {chips} chips of {scenes} held-out scenes, listed with all seeds in `{list}`;
{samples} samples of {steps} steps for each condition. Grey levels (0 to 255) of the 8-bit pictures throughout.

- RMSE and correlation r are those of the **mean** of the samples, CRPS that of their distribution (the estimate for
  infinitely many samples), power that of **single** samples over the truth's, by wavelength in pixels; it is expected
  of all {powers} chips of the list together{more}.
- Trivial answers are fitted on {fitted} training scenes. Their CRPS is that of the answer **with the spread of its own
  residuals** there (256 quantiles of each channel). Behind each best one, how much higher it is than the model's, and
  the standard error of that difference, told by leaving out one scene after another.
- The autoencoder's round trip is one answer: its CRPS is its mean absolute error.
- Diversity: the difference between two samples of one condition over that between a sample and the truth (1: the
  truth could be one more sample; less: samples too much alike). Variety: the difference between samples of different
  places over that between their truths.
"""
MORE = """ and those of
  more scenes, of each of which there is one sample"""
NO_TILES = "The folder with real rasters was absent when this sheet was made, so this part is missing."
CREDITS = """Contains modified Copernicus Sentinel data and Copernicus DEM (DLR e.V. and Airbus Defence and Space GmbH,
provided under Copernicus by the European Union and ESA): TerraMind's examples (IBM, Apache-2.0), Sen1Floods11
(Bonafilia et al. 2020) and openEO's sample data."""


def write_sheet(results: Mapping[str, Any], images: Mapping[str, str]) -> str:
    """Markdown of the whole sheet.

    Args:
        results: everything measured.
        images: by name, the path of each picture as seen from the sheet.
    """
    return (
        "\n".join(
            [
                INTRODUCTION.format(**results, more=MORE if results["power_of_few"] else ""),
                "## What is expected of it",
                "",
                *(entry.line() for entry in check_expectations(results)),
                *_failing(results["real"]),
                "",
                "## Autoencoder",
                "",
                f"Round trips of the pictures alone, {results['round_trips']} held-out chips: no sample can be better.",
                "Looks are the speckle's, told by the ratio to the picture without it.",
                "",
                *autoencoder_table(results["autoencoder"], [f"{octave} px" for octave in results["octaves"]]),
                "",
                *_simulated(results, images),
                *_real(results, images),
            ]
        ).rstrip()
        + "\n"
    )


CARD_HEADING = "## Measured on held-out simulated scenes"


def card_section(results: Mapping[str, Any]) -> str:
    """Markdown for the model's card: what is expected and whether it is met, and the directions' summaries."""
    return (
        "\n".join(
            [
                CARD_HEADING,
                "",
                f"{results['chips']} chips of {results['scenes']} scenes; {results['samples']} samples of "
                f"{results['steps']} steps for each condition, grey levels (0 to 255). What the",
                "words mean, power spectra, real tiles and pictures are in the sheet, `docs/embedded-model.md`.",
                "",
                *(entry.line() for entry in check_expectations(results)),
                "",
                *_summary(results, [*ONE_TO_ONE, *FROM_ALL_OTHERS]),
            ]
        )
        + "\n"
    )


def _failing(tiles: list[Mapping[str, Any]]) -> list[str]:
    failures, behind = real_failures(tiles), real_behind(tiles)
    told = (
        f"Where it fails on real scenes (Sentinel-2 no better than the picture as it is, hillshade or radar with a "
        f"correlation below {PART}): {'; '.join(failures)}."
    )
    lines = ["", told] if failures else []
    if behind:
        lines += ["", f"Where a trivial answer has the lower RMSE on real tiles: {'; '.join(behind)}."]
    return lines


def _picture(name: str, images: Mapping[str, str]) -> list[str]:
    return [f"![{name}]({images[name]})", ""] if name in images else []


def _simulated(results: Mapping[str, Any], images: Mapping[str, str]) -> list[str]:
    rows = results["directions"]
    lines = ["## One modality from one other, simulated", "", *_summary(results, ONE_TO_ONE)]
    lines += [
        "",
        "Rows: what was given. Columns: the first sample of what was generated; on the diagonal the truth.",
        "",
    ]
    lines += [line for name in images if name.startswith("matrix") for line in _picture(name, images)]
    lines += ["## One modality from all others, simulated", "", *_summary(results, FROM_ALL_OTHERS), ""]
    lines += [line for name in images if name.startswith("others") for line in _picture(name, images)]
    lines += ["## Every answer", "", *_details(results), "", *_power(results), *_without_speckle(rows), ""]
    return lines


def _summary(results: Mapping[str, Any], directions: Sequence[Direction]) -> list[str]:
    heads = ["direction", "r", "RMSE", "best trivial RMSE", "round trip RMSE", "CRPS", "best trivial CRPS"]
    heads += ["diversity", "variety"]
    rows, trips = results["directions"], results["round_trip"]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for direction in directions:
        row = rows[direction.title]
        model = row["model"]
        error, score = best_trivial(row, "rmse"), best_trivial(row, "crps")
        cells = [
            direction.title,
            f"{model['correlation']:.2f}",
            f"{model['rmse']:.1f}",
            f"{row['trivial'][error]['rmse']:.1f} ({error}){_higher(row, 'rmse', 1)}",
            f"{trips[direction.target]['rmse']:.1f}",
            f"{model['crps']:.2f}",
            f"{row['trivial'][score]['crps']:.2f} ({score}){_higher(row, 'crps', 2)}",
            f"{model['diversity']:.2f}",
            f"{model['variety']:.2f}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def _higher(row: Mapping[str, Any], measure: str, digits: int) -> str:
    """By how much the best trivial answer is worse, where its error is known."""
    ahead = row.get("ahead", {}).get(measure, {})
    if ahead.get("error") is None:
        return ""
    return f", {ahead['by']:+.{digits}f} ± {ahead['error']:.{digits}f}"


def _details(results: Mapping[str, Any]) -> list[str]:
    rows, octaves = results["directions"], results["octaves"]
    lines = [
        f"| direction | answer | RMSE | r | CRPS | {' | '.join(octaves)} |",
        "|---" * (5 + len(octaves)) + "|",
    ]
    for direction in (*ONE_TO_ONE, *FROM_ALL_OTHERS):
        row = rows[direction.title]
        lines.append(_answer(direction.title, "**model**", row["model"]))
        lines += [_answer("", name, scores) for name, scores in row["trivial"].items()]
        lines.append(_answer("", ROUND_TRIP, results["round_trip"][direction.target]))
    return lines


def _answer(title: str, name: str, scores: Mapping[str, Any]) -> str:
    power = " | ".join(f"{ratio:.2f}" for ratio in scores["power"])
    return f"| {title} | {name} | {scores['rmse']:.1f} | {scores['correlation']:.2f} | {scores['crps']:.2f} | {power} |"


def _power(results: Mapping[str, Any]) -> list[str]:
    listed = results["powers"]
    lines = [
        "Power of single samples over the truth's, on how many held-out chips (one sample of each condition for those",
        f"behind the first {results['chips']}), and its standard error, told by leaving out one scene after another.",
        f"The table above has the power on the first {results['chips']} alone.",
        "",
        *_power_table(results["power"], results["octaves"]),
    ]
    if results["power_of_few"]:
        lines += [
            f"Of these chips {listed} are the list's own. Scenes were added because a few bright clouds hold most of",
            "the power of L1C and L2A: most for what is generated from radar or relief alone, which tell nothing of",
            f"clouds. By the list's own {listed} it would be:",
            "",
            *_power_table(results["power_of_few"], results["octaves"]),
        ]
    return lines


def _power_table(rows: Mapping[str, Any], octaves: Sequence[str]) -> list[str]:
    lines = [f"| direction | chips | {' | '.join(octaves)} |", "|---" * (2 + len(octaves)) + "|"]
    for title, power in rows.items():
        errors = [f" ± {error:.2f}" for error in power["error"]] or [""] * len(octaves)
        cells = [f"{ratio:.2f}{error}" for ratio, error in zip(power["ratio"], errors, strict=True)]
        lines.append(f"| {title} | {power['chips']} | {' | '.join(cells)} |")
    return [*lines, ""]


def _without_speckle(rows: Mapping[str, Any]) -> list[str]:
    lines = [
        "S1 against the truth without speckle (the mean over all speckle, in decibels):",
        "",
        "| direction | answer | RMSE | r |",
        "|---|---|---|---|",
    ]
    for row in rows.values():
        for number, (name, scores) in enumerate(row.get("clean", {}).items()):
            title, answer = (row["title"], "**mean of the samples**") if number == 0 else ("", name)
            lines.append(f"| {title} | {answer} | {scores['rmse']:.1f} | {scores['correlation']:.2f} |")
    return lines


def _real(results: Mapping[str, Any], images: Mapping[str, str]) -> list[str]:
    lines = ["## Real tiles", ""]
    if not results["real"]:
        return [*lines, NO_TILES]
    lines += [
        "The model never saw a real picture, and the trivial answers were fitted on simulated scenes too. Read as any",
        "job reads its conditions; in the pictures: what was given, the truth, two samples and the mean of all.",
        "Hillshades and radar are stretched over what a file holds. In training that was a cell of 1068 x 1068 pixels,",
        "here it is a tile, so a part of their errors is another brightness and contrast.",
        "",
    ]
    for tile in results["real"]:
        lines += [f"### {tile['name']}", "", f"{tile['about'][0].upper()}{tile['about'][1:]}.", ""]
        lines += [f"- {real_words(title, row)}" for title, row in tile["directions"].items()]
        lines += ["", *_real_table(tile, results["octaves"]), *_picture(f"real {tile['name']}", images)]
    return [*lines, CREDITS]


def _real_table(tile: Mapping[str, Any], octaves: Sequence[str]) -> list[str]:
    scored = {title: row for title, row in tile["directions"].items() if row is not None}
    if not scored:
        return []
    lines = [f"| direction | answer | RMSE | r | CRPS | {' | '.join(octaves)} |", "|---" * (5 + len(octaves)) + "|"]
    for title, row in scored.items():
        lines.append(_answer(title, "**model**", row["model"]))
        shown = dict.fromkeys(["identity", best_trivial(row, "rmse"), best_trivial(row, "crps")])
        lines += [_answer("", name, row["trivial"][name]) for name in shown]
    return [*lines, ""]
