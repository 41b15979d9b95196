"""``generate``: conditions in, GeoTIFFs of the missing modalities out."""

from __future__ import annotations

import json
import sys
from typing import Any

import click
from tqdm import tqdm

from model_runtime.cli.options import build_job
from model_runtime.contract import Progress, Result


class ProgressBar:
    """Shows one bar a stage on stderr; silent where stderr is no terminal and nothing asks for it."""

    def __init__(self) -> None:
        self._bar: tqdm[Any] | None = None
        self._stage = ""

    def __call__(self, progress: Progress) -> None:
        """Show how far the job is."""
        if progress.stage != self._stage or self._bar is None:
            self.close()
            self._stage = progress.stage
            self._bar = tqdm(total=progress.total, desc=progress.stage, file=sys.stderr, leave=True)
        self._bar.update(progress.done - self._bar.n)

    def close(self) -> None:
        """End the bar of the current stage."""
        if self._bar is not None:
            self._bar.close()
            self._bar = None


@click.command(short_help="Generate missing modalities from rasters.")
@click.option(
    "--condition",
    multiple=True,
    metavar="MODALITY=PATH[:BAND,BAND]",
    help="A raster to start from. "
    "Repeatable; repeated with one modality it joins single-band files. PATH may be a .SAFE or a folder.",
)
@click.option("--generate", multiple=True, metavar="MODALITY", help="dem, s1_rtc, s2_l1c or s2_l2a. Repeatable.")
@click.option("--output", metavar="DIR", help="Folder for the results, made if needed.")
@click.option("--job", metavar="FILE", help="Settings as a JSON file; flags override it.")
@click.option("--model", metavar="auto|NAME|DIR", help="auto: copgen-beta where installed, else copgen-mini.")
@click.option(
    "--preset",
    type=click.Choice(["reference", "fast"]),
    help="reference: the paper's 50 evaluations; fast: eight, or ten of the embedded model.",
)
@click.option("--steps", type=click.IntRange(1, 1000), help="Network evaluations; the model's own number if not given.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Default 0; the same seed gives the same picture.")
@click.option("--samples", type=click.IntRange(1, 1000), help="How many answers to draw, default 1.")
@click.option(
    "--product",
    multiple=True,
    metavar="MODALITY=NAME[,NAME]",
    help="dem: hillshade; s1_rtc: thumbnail; s2_l1c, s2_l2a: reflectance (default), thumbnail.",
)
@click.option("--bounds", nargs=4, type=float, metavar="W S E N", help="Cut the area.")
@click.option("--bounds-crs", metavar="CRS", help="CRS of --bounds, default the first condition's.")
@click.option("--mask", metavar="POLYGONS", help="Vector file; pixels outside its polygons become nodata.")
@click.option("--crs", metavar="auto|input|CRS", help="CRS of the results; input: exactly the first condition's grid.")
@click.option(
    "--resolution",
    type=click.FloatRange(min=0, min_open=True),
    metavar="METRES",
    help="Run the network on pixels of another size than it learned.",
)
@click.option(
    "--encoding",
    multiple=True,
    metavar="MODALITY=NAME",
    help="What the stored numbers are: auto, "
    "reflectance, thumbnail, tci, linear, amplitude, db, scaled, elevation, hillshade.",
)
@click.option(
    "--offset",
    multiple=True,
    metavar="MODALITY=auto|N",
    help="Added to the stored numbers: -1000 for Sentinel-2 baseline 04.00 and later.",
)
@click.option("--scale", multiple=True, metavar="MODALITY=GAIN,OFFSET", help="Number * GAIN + OFFSET is physical.")
@click.option("--stretch", multiple=True, metavar="MODALITY=auto|LO,HI[;LO,HI]", help="Limits of the 8-bit picture.")
@click.option(
    "--ignored",
    type=click.Choice(["noise-at-0", "noise-at-1000"]),
    help="Generate only what is asked and treat the rest as noise at this timestep; without it all "
    "missing modalities are generated together.",
)
@click.option("--hold", multiple=True, metavar="MODALITY=TIMESTEP", help="Trust a condition only in part (0..1000).")
@click.option("--start", multiple=True, metavar="MODALITY=PATH@TIMESTEP", help="Start from an existing picture.")
@click.option("--backend", type=click.Choice(["auto", "torch", "onnx", "openvino"]), help="What runs the networks.")
@click.option("--device", type=click.Choice(["auto", "cpu", "cuda", "mps"]), help="Where they run.")
@click.option("--precision", type=click.Choice(["auto", "fp32", "bf16", "fp16", "int8"]), help="In which numbers.")
@click.option("--overwrite", is_flag=True, help="Replace results that are already there.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as one JSON object on the last line.")
def command(as_json: bool, **options: Any) -> int:  # noqa: ANN401
    """Generate missing modalities from rasters, on the same grid, as GeoTIFFs."""
    job = build_job(options)
    from model_runtime.generate import generate

    bar = ProgressBar()
    try:
        result = generate(job, bar)
    finally:
        bar.close()
    tell(result)
    if as_json:
        click.echo(json.dumps(result.to_dict()))
    else:
        for output in result.outputs:
            click.echo(output.path)
    return 0


def tell(result: Result) -> None:
    """Say on stderr what was recognised, what is doubtful, and what really ran."""
    for modality, found in result.recognised.items():
        bands = ",".join(str(band) for band in found["bands"])
        click.echo(
            f"{modality}: {found['file']}, bands {bands} ({found['bands_source']}), {found['encoding']}, "
            f"offset {found['offset']:g} ({found['offset_source']})",
            err=True,
        )
    for warning in result.warnings:
        click.echo(f"warning: {warning}", err=True)
    ran = ", ".join(filter(None, (result.backend, result.provider, result.precision)))
    click.echo(
        f"{result.model} on {result.device} ({ran}): {result.chips} window(s), "
        f"{result.steps} evaluations, {result.seconds:.1f} s",
        err=True,
    )
