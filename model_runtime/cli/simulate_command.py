"""``simulate``: scenes of the simulated world as real products."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tqdm import tqdm

CELL = 1068
SMALLEST = 48
DEM_FACTOR = 3


@click.command(short_help="Write simulated scenes: L1C, L2A, S1 RTC and DEM of one place.")
@click.option("--output", required=True, metavar="DIR", help="Folder; scenes go to DIR/scene_0001 and so on.")
@click.option(
    "--size",
    default=CELL,
    show_default=True,
    type=click.IntRange(SMALLEST, 10 * CELL),
    metavar="PX",
    help="Side in pixels of 10 m, rounded up to whole 30 m cells; stretches are right for multiples of 1068.",
)
@click.option("--seed", default=0, show_default=True, type=click.IntRange(0, 2**31 - 1), help="Of the first scene.")
@click.option("--scenes", default=1, show_default=True, type=click.IntRange(1, 9999), help="How many.")
def command(output: str, size: int, seed: int, scenes: int) -> int:
    """Write simulated scenes as GeoTIFFs: uint16 reflectance, linear gamma-nought power, metres."""
    from model_runtime.simulation.scene import simulate_scene
    from model_runtime.simulation.writer import write_scene

    whole = -(-size // DEM_FACTOR) * DEM_FACTOR
    for index in tqdm(range(scenes), desc="simulate", file=sys.stderr):
        folder = Path(output) / f"scene_{index + 1:04d}"
        write_scene(simulate_scene(seed + index, whole), folder)
        click.echo(str(folder))
    return 0
