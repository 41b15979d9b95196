"""``bench``: how fast the networks run here, beside the published way, and what fewer evaluations cost in quality."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path

import click

from model_runtime.backends import AUTO_ORDER, installed_backends
from model_runtime.contract import InputError, UsageError
from model_runtime.store import data_dir, find_model

EMBEDDED = "copgen-mini"


@click.command(short_help="Measure speed and the solver's settings on this machine.")
@click.option(
    "--model",
    "models",
    multiple=True,
    metavar="full|NAME|DIR",
    help="Repeatable; by default copgen-mini and full, the published shape with random weights.",
)
@click.option(
    "--backend",
    "backends",
    multiple=True,
    type=click.Choice(AUTO_ORDER),
    help="Repeatable; by default all that are installed.",
)
@click.option(
    "--device",
    default="auto",
    show_default=True,
    type=click.Choice(["auto", "cpu", "cuda", "mps"]),
    help="Where the networks run; auto: the fastest that is here.",
)
@click.option(
    "--rounds", default=5, show_default=True, type=click.IntRange(1, 1000), help="Evaluations measured of each variant."
)
@click.option(
    "--graphs",
    is_flag=True,
    help="Export the published shape too, for the backends that need graphs (a minute or two).",
)
@click.option("--whole", is_flag=True, help="Also run the published 50 evaluations from beginning to end (minutes).")
@click.option(
    "--quick",
    is_flag=True,
    help="Everything tiny or once (a minute or two), to see whether the bench works here; its numbers tell nothing.",
)
@click.option(
    "--quality", is_flag=True, help="Measure the solver's settings against 50 evaluations and the truth instead."
)
@click.option(
    "--chips", default=12, show_default=True, type=click.IntRange(1, 16), help="Held-out chips, for --quality."
)
@click.option(
    "--samples", default=8, show_default=True, type=click.IntRange(2, 64), help="Samples a chip, for --quality."
)
@click.option("--cache", metavar="DIR", help="Folder of simulated chips for --quality; by default in the data folder.")
@click.option("--json", "as_json", is_flag=True, help="The last line is one JSON object.")
def command(
    models: tuple[str, ...], backends: tuple[str, ...], device: str, rounds: int, graphs: bool, whole: bool,
    quick: bool, quality: bool, chips: int, samples: int, cache: str | None, as_json: bool,
) -> int:  # fmt: skip
    """Print the performance table of this machine as Markdown. Takes minutes; try --quick first.

    Speed: seconds an evaluation and a chip for every backend and precision, the share of the matrix product's peak, the
    share of time outside the networks, memory, and the published way of running the same shape beside it. With
    --quality: what fewer evaluations cost, against the truth of held-out chips.
    """
    absent = [package for package in ("torch", "diffusers") if find_spec(package) is None]
    if absent:
        raise UsageError(f"bench: needs torch and diffusers, and this Python lacks {' and '.join(absent)}.")
    if quality:
        return _quality(models, backends, device, chips, samples, cache, quick, as_json)
    from model_runtime.bench.run import Options, run_bench

    chosen = Options(
        models=models or (EMBEDDED, "full"),
        backends=backends or installed_backends(),
        device=device,
        rounds=1 if quick else rounds,
        quick=quick,
        graphs=graphs,
        whole=whole,
    )
    text, values = run_bench(chosen)
    click.echo(text)
    if as_json:
        click.echo(json.dumps(values))
    return 0


def _quality(
    models: tuple[str, ...], backends: tuple[str, ...], device: str, chips: int, samples: int, cache: str | None,
    quick: bool, as_json: bool,
) -> int:  # fmt: skip
    name = (models or (EMBEDDED,))[0]
    if name == "full" or len(models) > 1:
        raise UsageError("--quality: needs one trained model; name it with --model NAME or DIR.")
    if len(backends) > 1:
        raise UsageError("--quality: compares settings on one backend; name it with --backend.")
    from dataclasses import asdict

    from model_runtime.bench.quality import measure_quality, quality_table
    from model_runtime.bench.run import device_of

    path = find_model(name).path
    backend, found_device = (backends or ("torch",))[0], device_of(device)
    folder = _cache(Path(cache) if cache else data_dir() / "bench")
    few = (1, 2) if quick else (chips, samples)
    scores, refused = measure_quality(path, folder, *few, quick, backend, found_device)
    click.echo(f"{name}, {backend} on {found_device}:\n")
    click.echo("\n".join([*quality_table(scores), *(f"Not measured: {sentence}" for sentence in refused)]))
    if as_json:
        click.echo(json.dumps([{**asdict(score), "within": score.within} for score in scores]))
    return 0


def _cache(folder: Path) -> Path:
    """Make the folder of simulated chips.

    Raises:
        InputError: there can be none.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = "a file has this name" if folder.is_file() else error.strerror
        raise InputError(f"--cache {folder}: cannot be a folder ({reason}); choose another one.") from error
    return folder
