"""The bundled sample scene: a part of one simulated cell, remade by ``python -m model_runtime.simulation.sample``."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click
import rasterio
from rasterio.windows import Window

from model_runtime.simulation.scene import CELL_PIXELS, simulate_scene
from model_runtime.simulation.writer import write_scene

SEED = 800017
"""Of no training run: those take no seed above 100,000 (``training.data.HELD_OUT_FROM``)."""
SIZE = 510
CUT = ("s2_l2a", "s2_l1c", "s1_rtc")


@click.command()
@click.option("--output", required=True, metavar="DIR", help="Folder for the four files.")
@click.option("--seed", default=SEED, show_default=True, help="Of the scene.")
def main(output: str, seed: int) -> None:
    """Write the sample scene: the middle of a cell, and the elevation of the whole cell, for its stretch."""
    folder = Path(output)
    folder.mkdir(parents=True, exist_ok=True)
    corner = (CELL_PIXELS - SIZE) // 2 // 3 * 3
    with tempfile.TemporaryDirectory() as name:
        whole = Path(name)
        write_scene(simulate_scene(seed), whole)
        shutil.copy(whole / "dem.tif", folder / "dem.tif")
        for product in CUT:
            cut_window(whole / f"{product}.tif", folder / f"{product}.tif", Window(corner, corner, SIZE, SIZE))


def cut_window(source: Path, target: Path, window: Window) -> None:
    """Write a window of a raster with everything that describes it.

    Args:
        source: the raster.
        target: the file to write.
        window: pixels to keep.
    """
    with rasterio.open(source) as dataset:
        profile = {
            **dataset.profile,
            "width": window.width,
            "height": window.height,
            "transform": dataset.window_transform(window),
            "zlevel": 9,
        }
        with rasterio.open(target, "w", **profile) as part:
            part.write(dataset.read(window=window))
            part.update_tags(**dataset.tags())
            part.descriptions, part.units = dataset.descriptions, dataset.units


if __name__ == "__main__":
    main()
