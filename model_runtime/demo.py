"""``make demo``: the main job on the bundled scene, and one picture of input, results and truth."""

from __future__ import annotations

import sys
from pathlib import Path

import click
import numpy as np
import rasterio
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from model_runtime.cli.generate_command import ProgressBar
from model_runtime.cli.main import run
from model_runtime.contract import Condition, Job
from model_runtime.modalities.dem import enlarge, hillshade
from model_runtime.modalities.sentinel2 import reflectance_to_thumbnail
from model_runtime.store import RESOURCES

SCENE = RESOURCES / "scene"
GAP = 12
CAPTION = 28
INK = (32, 36, 42)
PAPER = (250, 250, 248)

Picture = NDArray[np.uint8]


@click.command()
@click.option("--output", default="out", show_default=True, metavar="DIR", help="Folder for GeoTIFFs and the PNG.")
@click.option("--steps", default=0, type=int, help="Network evaluations; 0 means the model's own number.")
def main(output: str, steps: int) -> None:
    """Generate the hillshade and the L1C of the bundled scene from its L2A, and show them beside the truth."""
    from model_runtime.generate import generate

    folder = Path(output).resolve()
    job = Job(
        conditions=[Condition("s2_l2a", [str(SCENE / "s2_l2a.tif")])],
        generate=["dem", "s2_l1c"],
        products={"dem": ["hillshade"], "s2_l1c": ["reflectance"]},
        output=str(folder),
        model="copgen-mini",
        steps=steps,
        overwrite=True,
    )
    bar = ProgressBar()
    try:
        result = generate(job, bar)
    finally:
        bar.close()
    picture = folder / "demo.png"
    compose(folder).save(picture)
    for path in (*(entry.path for entry in result.outputs), picture):
        click.echo(str(path))
    click.echo(
        f"{result.chips} windows, {result.steps} evaluations, {result.seconds:.0f} s "
        f"on {result.device} ({result.backend}, {result.precision}) with {result.model}"
    )


def compose(folder: Path) -> Image.Image:
    """Return the picture: the input, and each result beside its truth, with captions."""
    level2, level1 = (reflectance_picture(SCENE / f"{name}.tif") for name in ("s2_l2a", "s2_l1c"))
    with rasterio.open(folder / "dem_hillshade.tif") as dataset:
        made = np.repeat(dataset.read(), 3, axis=0)
    panels = [
        ("input: Sentinel-2 L2A", level2),
        ("generated: DEM hillshade", made),
        ("truth: DEM hillshade", truth_hillshade()),
        ("generated: Sentinel-2 L1C", reflectance_picture(folder / "s2_l1c_reflectance.tif")),
        ("truth: Sentinel-2 L1C", level1),
    ]
    return contact_sheet(panels)


def reflectance_picture(path: Path) -> Picture:
    """Return the true colour thumbnail of a reflectance file with the bands B04, B03, B02 first."""
    with rasterio.open(path) as dataset:
        numbers = dataset.read([1, 2, 3])
    return reflectance_to_thumbnail((numbers / 10000.0).astype(np.float32))


def truth_hillshade() -> Picture:
    """Return the hillshade of the elevation under the optical picture, three channels, as large as that.

    The elevation is that of the whole cell, over which the hillshade is stretched.
    """
    with rasterio.open(SCENE / "s2_l2a.tif") as optical, rasterio.open(SCENE / "dem.tif") as dataset:
        shade = enlarge(hillshade(dataset.read(1).astype(np.float32)))
        scale = round(dataset.res[0] / optical.res[0])
        across, down = ~dataset.transform * (optical.bounds.left, optical.bounds.top)
        row, column = round(scale * down), round(scale * across)
        rows, columns = optical.shape
    return np.repeat(shade[np.newaxis, row : row + rows, column : column + columns], 3, axis=0)


def contact_sheet(panels: list[tuple[str, Picture]]) -> Image.Image:
    """Return panels side by side under their captions.

    Args:
        panels: (caption, uint8 (3, rows, columns)), all of one size.
    """
    height, width = panels[0][1].shape[1:]
    sheet = Image.new("RGB", (len(panels) * (width + GAP) + GAP, height + CAPTION + 2 * GAP), PAPER)
    draw, font = ImageDraw.Draw(sheet), ImageFont.load_default(size=18)
    for position, (caption, picture) in enumerate(panels):
        left = GAP + position * (width + GAP)
        draw.text((left, GAP // 2), caption, fill=INK, font=font)
        sheet.paste(Image.fromarray(np.moveaxis(picture, 0, -1)), (left, CAPTION + GAP))
    return sheet


if __name__ == "__main__":
    sys.exit(run(main, sys.argv[1:], "python -m model_runtime.demo"))
