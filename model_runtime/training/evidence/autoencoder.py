"""What the autoencoder loses: ``python -m model_runtime.training.evidence.autoencoder --model DIR --cache DIR``."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import uniform_filter

from model_runtime.contract import MODALITIES
from model_runtime.modalities.base import Stretch
from model_runtime.modalities.s1_rtc import db_to_power, thumbnail_to_db
from model_runtime.model.bundle import load_bundle
from model_runtime.training.commands import run_command
from model_runtime.training.evidence.frozen import SHORT, EvidenceList, read_evidence_list
from model_runtime.training.evidence.real import FOLDER, Tile, read_tile
from model_runtime.training.held_out import pick_chips, pick_clean
from model_runtime.training.metrics import OCTAVES, psnr, relative_power, rmse
from model_runtime.training.sampler import Sampler

FloatArray = NDArray[np.float32]
WINDOW = 5
"""Side of the mean that the radar picture's error is compared with."""


def smoothed(pictures: FloatArray) -> FloatArray:
    """Mean over 5 x 5 pixels of pictures (..., rows, columns): all that an autoencoder blind to speckle keeps."""
    size = (1,) * (pictures.ndim - 2) + (WINDOW, WINDOW)
    return np.asarray(uniform_filter(pictures, size, mode="reflect"), dtype=np.float32)


def looks(pictures: FloatArray, clean: FloatArray, limits: FloatArray) -> float:
    """Equivalent number of looks of VV and VH, speckle being what differs from the picture without it.

    Args:
        pictures: radar pictures (chips, 3, rows, columns) in grey levels.
        clean: the same without speckle.
        limits: decibels of VV and VH at 0 and 255, (chips, 2, 2).

    Returns:
        Mean squared over variance of the ratio of powers, mean over chips and polarisations.
    """
    found = []
    for picture, still, stretch in zip(pictures, clean, limits, strict=True):
        pairs = Stretch(tuple((float(low), float(high)) for low, high in stretch))
        # Where the stretch cuts the picture off, no ratio can be told.
        told = ((picture > 0) & (picture < 255) & (still > 0) & (still < 255))[[0, 2]]
        noisy, expected = (
            thumbnail_to_db((levels + np.float32(0.5)) / np.float32(256), pairs) for levels in (picture, still)
        )
        ratio = db_to_power(noisy - expected)
        found += [float(values.mean() ** 2 / values.var()) for values in (ratio[band][told[band]] for band in (0, 1))]
    return float(np.mean(found))


def measure_autoencoder(
    sampler: Sampler, chips: Mapping[str, FloatArray], clean: FloatArray, limits: FloatArray, tiles: Sequence[Tile]
) -> dict[str, Any]:
    """Round trips of held-out chips and of real tiles.

    Args:
        sampler: the model.
        chips: by modality (chips, channels, 256, 256) in grey levels.
        clean: radar pictures without speckle.
        limits: of their stretch in decibels (chips, 2, 2).
        tiles: real ones, maybe none.
    """
    simulated: dict[str, Any] = {}
    for name in MODALITIES:
        answers = sampler.round_trip(chips[name], name)
        simulated[name] = {
            "psnr": psnr(answers, chips[name]),
            "rmse": rmse(answers, chips[name]),
            "power": relative_power(answers, chips[name]),
        }
        if name == "s1_rtc":
            simulated[name] |= {
                "smoothed_psnr": psnr(smoothed(chips[name]), chips[name]),
                "looks": looks(answers, clean, limits),
                "truth_looks": looks(chips[name], clean, limits),
                "smoothed_looks": looks(smoothed(chips[name]), clean, limits),
            }
    real: dict[str, dict[str, Any]] = {}
    for tile in tiles:
        for name, picture in tile.pictures.items():
            answer, truth = tile.cut(sampler.round_trip(picture[None], name)), tile.cut(picture[None])
            row: dict[str, Any] = {"psnr": psnr(answer, truth), "power": relative_power(answer, truth)}
            if name == "s1_rtc":
                row["smoothed_psnr"] = psnr(smoothed(truth), truth)
            real.setdefault(name, {})[tile.place.name] = row
    return {"simulated": simulated, "real": real}


def autoencoder_table(found: Mapping[str, Any], octaves: Sequence[str]) -> list[str]:
    """Markdown lines: simulated and real round trips."""
    heads = ["modality", "PSNR (dB)", "5 x 5 mean (dB)", "looks", "looks of the truth", *octaves]
    lines = ["| " + " | ".join(heads) + " |", "|---" * len(heads) + "|"]
    for name, row in found["simulated"].items():
        extra = [f"{row[key]:.1f}" if key in row else "" for key in ("smoothed_psnr", "looks", "truth_looks")]
        cells = [SHORT[name], f"{row['psnr']:.1f}", *extra, *(f"{ratio:.2f}" for ratio in row["power"])]
        lines.append("| " + " | ".join(cells) + " |")
    if found["real"]:
        places = list(dict.fromkeys(place for rows in found["real"].values() for place in rows))
        lines += ["", "On real tiles (PSNR in decibels; for S1 in brackets that of the 5 x 5 mean):", ""]
        lines += ["| modality | " + " | ".join(places) + " |", "|---" * (len(places) + 1) + "|"]
        for name, rows in found["real"].items():
            lines.append(f"| {SHORT[name]} | " + " | ".join(_real_cell(rows.get(place)) for place in places) + " |")
    return lines


def _real_cell(row: Mapping[str, Any] | None) -> str:
    if row is None:
        return ""
    return f"{row['psnr']:.1f}" + (f" ({row['smoothed_psnr']:.1f})" if "smoothed_psnr" in row else "")


def read_tiles(frozen: EvidenceList, folder: Path, sampler: Sampler) -> list[Tile]:
    """The real tiles, or none where their folder is absent."""
    return [read_tile(place, folder, sampler) for place in frozen.places] if folder.is_dir() else []


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the autoencoder's table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, required=True, help="folder of the bundle")
    parser.add_argument("--cache", type=Path, required=True, help="folder for simulated chips")
    parser.add_argument("--shared", type=Path, default=FOLDER, help="folder of real rasters")
    given = parser.parse_args(arguments)
    return run_command(lambda: _print_table(given.model, given.cache, given.shared))


def _print_table(model: Path, cache: Path, shared: Path) -> None:
    cache.mkdir(parents=True, exist_ok=True)
    frozen, sampler = read_evidence_list(), Sampler(load_bundle(model))
    chips = pick_chips(cache / "held_out", frozen.scenes, frozen.chips, frozen.size)
    clean, limits = pick_clean(cache / "held_out", frozen.scenes, frozen.chips, frozen.size)
    found = measure_autoencoder(sampler, chips, clean, limits, read_tiles(frozen, shared, sampler))
    print("\n".join(autoencoder_table(found, [f"{short}-{long} px" for short, long in OCTAVES])))


if __name__ == "__main__":
    sys.exit(main())
