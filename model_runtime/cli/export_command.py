"""``export``: a model as a bundle with ONNX graphs, which runs without torch."""

from __future__ import annotations

import sys
from pathlib import Path

import click
from tqdm import tqdm

from model_runtime.cli.generate_command import ProgressBar
from model_runtime.contract import UsageError
from model_runtime.export.bundle import DEFAULT_OPSET, OPSETS, PRECISIONS, export_bundle


@click.command(short_help="Write a model with ONNX graphs, which runs without torch.")
@click.option("--model", required=True, metavar="NAME|DIR", help="Name or folder of a model.")
@click.option("--output", required=True, metavar="DIR", help="Folder of the new bundle; must not exist, or be empty.")
@click.option(
    "--precision",
    type=click.Choice(PRECISIONS),
    default="fp32",
    show_default=True,
    help="Of the weights. fp16 adds a graph for GPUs; int8 one for CPUs, if the pictures stay what they were.",
)
@click.option(
    "--opset",
    type=click.IntRange(OPSETS[0], OPSETS[-1]),
    default=DEFAULT_OPSET,
    show_default=True,
    help="Version of the ONNX operators.",
)
@click.option(
    "--check",
    is_flag=True,
    help="Compare the graphs, on all backends here, with the model on torch, and print the largest errors.",
)
@click.option("--verbose", is_flag=True, help="With --check: print every comparison too.")
def command(model: str, output: str, precision: str, opset: int, check: bool, verbose: bool) -> int:
    """Write a model as a bundle with ONNX graphs of the transformer and the autoencoder.

    With --check nothing is written where a graph computes something else than torch; the exit status is 4 then.
    """
    if verbose and not check:
        raise UsageError("export --verbose: only with --check.")
    bar = ProgressBar()
    try:
        folder = export_bundle(model, Path(output), precision, opset, check, bar, _tell, _tell if verbose else _ignore)
    finally:
        bar.close()
    click.echo(str(folder))
    return 0


def _tell(line: str) -> None:
    tqdm.write(line, file=sys.stdout)


def _ignore(line: str) -> None:
    """Tell nobody."""
