"""How like the real one the simulated world is: its pictures' statistics beside those of real tiles.

``python -m model_runtime.training.evidence.world`` writes ``docs/simulated-world.md`` and its figure.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import rasterio
from numpy.typing import NDArray
from rasterio.warp import transform_bounds
from scipy.ndimage import gaussian_filter
from tqdm import tqdm

from model_runtime.contract import MODALITIES, SENTINEL2, UsageError
from model_runtime.modalities.dem import enlarge, hillshade
from model_runtime.modalities.s1_rtc import power_to_db, power_to_thumbnail
from model_runtime.modalities.sentinel2 import reflectance_to_thumbnail
from model_runtime.model.bundle import load_bundle
from model_runtime.simulation.scene import CELL_PIXELS, simulate_scene
from model_runtime.store import find_model
from model_runtime.training.commands import run_command
from model_runtime.training.evidence.autoencoder import read_tiles
from model_runtime.training.evidence.frozen import SHORT, Place, read_evidence_list
from model_runtime.training.evidence.real import FOLDER
from model_runtime.training.files import whole_file, write_whole
from model_runtime.training.metrics import OCTAVES, octave_power
from model_runtime.training.sampler import Sampler
from model_runtime.workers import worker_pool

Pictures = Mapping[str, NDArray[np.uint8]]
ROOT = Path(__file__).resolve().parents[3]
SHEET = ROOT / "docs" / "simulated-world.md"
FIGURE = ROOT / "docs" / "images" / "simulated-world.png"
FIRST_SEED = 710_001
"""Scenes that nothing else uses."""
TILE = 224
"""Pixels along a side of the real tiles, over which radar is stretched there: no more is shown of a scene."""
SMOOTH = 3.0
"""Standard deviation in pixels of what is taken off before speckle is looked at."""
CALM = 0.1
"""Share of the blocks, the least varied, that count as one ground."""
BLOCK = 16
PAIRS = [(a, b) for at, a in enumerate(MODALITIES) for b in MODALITIES[at + 1 :]]


@dataclass(frozen=True)
class Statistics:
    """What is compared of a set of pictures; a row for each picture.

    Attributes:
        mean: by modality (pictures, channels), grey levels.
        spread: likewise, standard deviations.
        power: by modality (pictures, octaves), standard deviation in grey levels within each octave.
        histogram: by modality (channels, 256), shares.
        correlation: by pair of modalities (pictures,), of the channels' means, without sign.
        speckle: (pictures, 2): standard deviation in dB and correlation of neighbours, on one ground.
    """

    mean: dict[str, NDArray[np.float64]]
    spread: dict[str, NDArray[np.float64]]
    power: dict[str, NDArray[np.float64]]
    histogram: dict[str, NDArray[np.float64]]
    correlation: dict[tuple[str, str], NDArray[np.float64]]
    speckle: NDArray[np.float64]


def measure(pictures: Sequence[Pictures], decibels: Sequence[NDArray[np.float32]]) -> Statistics:
    """Measure a set of places.

    Args:
        pictures: of each place, by modality (channels, rows, columns); not all have all.
        decibels: radar images (rows, columns) in dB.
    """
    by_name = {name: [p[name] for p in pictures if name in p] for name in MODALITIES}
    by_name = {name: found for name, found in by_name.items() if found}
    greys = {pair: [p for p in pictures if pair[0] in p and pair[1] in p] for pair in PAIRS}
    return Statistics(
        mean={name: np.array([p.mean(axis=(1, 2)) for p in found]) for name, found in by_name.items()},
        spread={name: np.array([p.std(axis=(1, 2)) for p in found]) for name, found in by_name.items()},
        power={name: np.sqrt([_octaves(_grey(p)) for p in found]) for name, found in by_name.items()},
        histogram={name: _histogram(found) for name, found in by_name.items()},
        correlation={
            pair: np.array([_correlation(_grey(p[pair[0]]), _grey(p[pair[1]])) for p in found])
            for pair, found in greys.items()
            if found
        },
        speckle=np.array([measure_speckle(image) for image in decibels]).reshape(-1, 2),
    )


def _grey(picture: NDArray[np.uint8]) -> NDArray[np.float64]:
    return np.asarray(picture.astype(np.float64).mean(axis=0))


def _octaves(picture: NDArray[np.float64]) -> NDArray[np.float64]:
    """Variance within each octave."""
    side = min(picture.shape)
    window = np.outer(np.hanning(side), np.hanning(side))
    power = octave_power(picture[:side, :side].astype(np.float32)) / (np.square(window).sum() * side**2)
    return np.asarray(power, dtype=np.float64)


def _histogram(found: Sequence[NDArray[np.uint8]]) -> NDArray[np.float64]:
    channels = [np.concatenate([p[channel].ravel() for p in found]) for channel in range(len(found[0]))]
    return np.array([np.bincount(values, minlength=256) / values.size for values in channels])


def _correlation(first: NDArray[np.float64], second: NDArray[np.float64]) -> float:
    if first.std() == 0 or second.std() == 0:
        return 0.0
    return abs(float(np.corrcoef(first.ravel(), second.ravel())[0, 1]))


def measure_speckle(decibels: NDArray[np.float32]) -> tuple[float, float]:
    """Speckle of a radar image on its least varied ground.

    Args:
        decibels: (rows, columns); places without data are not finite.

    Returns:
        Standard deviation in dB, and correlation of neighbouring pixels, after taking off what is smooth.
    """
    fine = np.where(np.isfinite(decibels), decibels, np.nanmedian(decibels)).astype(np.float64)
    fine -= gaussian_filter(fine, SMOOTH)
    rows, columns = fine.shape[0] // BLOCK, fine.shape[1] // BLOCK
    grid = fine[: rows * BLOCK, : columns * BLOCK].reshape(rows, BLOCK, columns, BLOCK)
    blocks = grid.swapaxes(1, 2).reshape(-1, BLOCK, BLOCK)
    order = np.argsort(blocks.std(axis=(1, 2)))
    calm = blocks[order[: max(3, round(CALM * len(order)))]]
    power = np.square(calm).mean()
    across, along = (calm[:, :, :-1] * calm[:, :, 1:]).mean(), (calm[:, :-1] * calm[:, 1:]).mean()
    return float(np.sqrt(power)), float((across + along) / 2 / power)


def simulated_place(seed: int) -> tuple[Pictures, NDArray[np.float32]]:
    """A part of a simulated scene as large as a real tile, stretched like one; and its VV in dB."""
    scene = simulate_scene(seed, CELL_PIXELS)
    cells = -(-TILE // 3)
    row, column = np.random.default_rng(seed).integers(CELL_PIXELS // 3 - cells, size=2)
    window = (slice(None), slice(3 * row, 3 * row + TILE), slice(3 * column, 3 * column + TILE))
    optical = {name: getattr(scene, name)[window] / np.float32(10_000) for name in SENTINEL2}
    relief = enlarge(hillshade(scene.dem[row : row + cells, column : column + cells]))[:TILE, :TILE]
    power = np.ascontiguousarray(scene.s1_rtc[window])
    pictures = {name: reflectance_to_thumbnail(values.astype(np.float32)) for name, values in optical.items()}
    return {"dem": relief[None], "s1_rtc": power_to_thumbnail(power), **pictures}, power_to_db(power)[0]


def read_radar(place: Place, folder: Path) -> NDArray[np.float32]:
    """Read the first band of a place's radar image in dB, no more than its bounds where it has some."""
    with rasterio.open(folder / place.files["s1_rtc"].path) as dataset:
        window = None
        if place.bounds:
            bounds = transform_bounds(place.bounds_crs or dataset.crs, dataset.crs, *place.bounds)
            window = dataset.window(*bounds).round_lengths().round_offsets()
        band = dataset.read(1, masked=True, window=window)
    return np.asarray(band.astype(np.float32).filled(np.nan))


def outliers(simulated: Statistics, real: Mapping[str, Statistics]) -> list[str]:
    """Where the contrast of real tiles lies outside nine tenths of the simulated places, in words."""
    lines = []
    for name in MODALITIES:
        low, high = np.percentile(simulated.power[name], (5, 95), axis=0)
        for tile, found in real.items():
            if name not in found.power:
                continue
            told = [
                f"{'more' if value > above else 'less'} at {short} to {long} px "
                f"({value:.1f}, not {below:.1f} to {above:.1f})"
                for value, below, above, (short, long) in zip(found.power[name][0], low, high, OCTAVES, strict=True)
                if not below <= value <= above
            ]
            if told:
                lines.append(f"{SHORT[name]} of {tile}, contrast in grey levels: {', '.join(told)}")
    return lines


def write_sheet(simulated: Statistics, real: Mapping[str, Statistics], places: int) -> str:
    """The page beside the figure, Markdown."""
    lines = [
        "# The simulated world beside real tiles",
        "",
        "Made by `python -m model_runtime.training.evidence.world`: statistics of the 8-bit pictures that the networks",
        f"see, of {places} simulated places of {TILE} px, hillshade and radar stretched over each, and of the real",
        "tiles that the sheet of evidence uses. Simulated numbers are the median and, in brackets, the middle nine",
        "tenths.",
        "",
        "![Histograms and power spectra](images/simulated-world.png)",
        "",
        "| | simulated | " + " | ".join(real) + " |",
        "|---" * (2 + len(real)) + "|",
    ]
    for name in MODALITIES:
        for what in ("mean", "spread"):
            numbers = {tile: getattr(found, what) for tile, found in real.items()}
            values = [found[name].mean() if name in found else None for found in numbers.values()]
            lines.append(_row(f"{SHORT[name]}: {what}", getattr(simulated, what)[name].mean(axis=1), values, 0))
    for pair in PAIRS:
        values = [found.correlation[pair][0] if pair in found.correlation else None for found in real.values()]
        label = f"correlation {SHORT[pair[0]]}, {SHORT[pair[1]]}"
        lines.append(_row(label, simulated.correlation[pair], values, 2))
    for column, label in enumerate(("speckle on one ground, dB", "correlation of neighbours in it")):
        values = [found.speckle[0, column] if len(found.speckle) else None for found in real.values()]
        lines.append(_row(label, simulated.speckle[:, column], values, 2))
    lines += ["", "Correlations are of the channels' means, without sign.", "", "## Outside the simulated range", ""]
    lines += [f"- {line}." for line in outliers(simulated, real)] or ["- Nothing."]
    return "\n".join(lines) + "\n"


def _row(label: str, simulated: NDArray[np.float64], real: Sequence[float | None], digits: int) -> str:
    middle, low, high = (f"{value:.{digits}f}" for value in np.percentile(simulated, (50, 5, 95)))
    cells = ["" if value is None else f"{value:.{digits}f}" for value in real]
    return f"| {label} | {middle} ({low} to {high}) | " + " | ".join(cells) + " |"


def draw_figure(simulated: Statistics, real: Mapping[str, Statistics], path: Path) -> None:
    """Histograms and spectra, simulated as bands and real as lines."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(13, 6), layout="constrained")
    axes = figure.subplots(2, len(MODALITIES))
    octaves = [f"{short}-{long}" for short, long in OCTAVES]
    for column, name in enumerate(MODALITIES):
        upper, lower = axes[0][column], axes[1][column]
        upper.set_title(SHORT[name])
        upper.fill_between(range(256), simulated.histogram[name].mean(axis=0), color="0.8", label="simulated")
        low, middle, high = np.percentile(simulated.power[name], (5, 50, 95), axis=0)
        lower.fill_between(octaves, low, high, color="0.85", label="simulated, nine tenths")
        lower.plot(octaves, middle, color="0.5", label="simulated, median")
        for number, (tile, found) in enumerate(real.items()):
            if name in found.histogram:
                smooth = gaussian_filter(found.histogram[name].mean(axis=0), 2)
                upper.plot(smooth, color=f"C{number}", linewidth=1, label=tile)
                lower.plot(octaves, found.power[name][0], color=f"C{number}", linewidth=1.5, label=tile)
        upper.set(xlabel="grey level", yticks=[], ylim=(0, 0.04))
        lower.set(xlabel="wavelength, px", yscale="log", ylim=(1, 60))
    axes[1][0].set_ylabel("contrast, grey levels")
    # A tile without one of the modalities has no line in its panel.
    lines = {label: line for axis in axes[1] for line, label in zip(*axis.get_legend_handles_labels(), strict=True)}
    figure.legend(lines.values(), lines.keys(), loc="outside lower center", ncols=len(lines), frameon=False)
    with whole_file(path) as temporary:
        figure.savefig(temporary, dpi=80, format="png")


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure both worlds and write page and figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--places", type=int, default=96, help="simulated places, one a scene (96)")
    parser.add_argument("--model", default="copgen-mini", help="whose streams say how rasters are read (copgen-mini)")
    parser.add_argument("--shared", type=Path, default=FOLDER, help="folder of the real rasters")
    parser.add_argument("--workers", type=int, default=2, help="processes that simulate (2)")
    given = parser.parse_args(arguments)
    if not given.shared.is_dir():
        print(f"{given.shared}: no such folder; give the real rasters with --shared.", file=sys.stderr)
        return 2
    return run_command(lambda: _compare(given), "cancelled; run it again, and page and figure are made anew.")


def _compare(given: argparse.Namespace) -> None:
    if min(given.places, given.workers) < 1:
        raise UsageError(f"--places is {given.places} and --workers {given.workers}: at least 1 of each is needed.")
    frozen = read_evidence_list()
    tiles = read_tiles(frozen, given.shared, Sampler(load_bundle(find_model(given.model).path)))
    real = {
        tile.place.name: measure(
            [{name: tile.cut(picture).astype(np.uint8) for name, picture in tile.pictures.items()}],
            [read_radar(tile.place, given.shared)] if "s1_rtc" in tile.place.files else [],
        )
        for tile in tiles
    }
    seeds = range(FIRST_SEED, FIRST_SEED + given.places)
    with worker_pool(given.workers) as pool:
        found = list(tqdm(pool.map(simulated_place, seeds), total=given.places, desc="simulating", unit="scene"))
    simulated = measure([pictures for pictures, _ in found], [decibels for _, decibels in found])
    draw_figure(simulated, real, FIGURE)
    write_whole(SHEET, write_sheet(simulated, real, given.places))
    print(SHEET)


if __name__ == "__main__":
    sys.exit(main())
