"""``train``: train a model on the simulated world from a configuration."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(short_help="Train a model on simulated scenes.")
@click.option("--config", required=True, metavar="NAME|FILE", help="A name in resources/training, or a TOML file.")
@click.option("--output", required=True, metavar="DIR", help="Folder for checkpoints and the bundle.")
@click.option("--resume", is_flag=True, help="Go on where an earlier run into DIR stopped.")
@click.option("--minutes", type=click.FloatRange(min=0), help="Stop after that time, leaving DIR/slice to go on from.")
@click.option("--cache", metavar="DIR", help="Chips and latents, shared with other runs; else in --output.")
def command(config: str, output: str, resume: bool, minutes: float | None, cache: str | None) -> int:
    """Train autoencoder and transformer on simulated scenes; prints the folder of the bundle."""
    from model_runtime.contract import Cancelled
    from model_runtime.failures import is_of_memory
    from model_runtime.training.commands import training_failure
    from model_runtime.training.config import load_config
    from model_runtime.training.progress import TimeIsUp
    from model_runtime.training.run import train

    try:
        click.echo(str(train(load_config(config), Path(output), resume, minutes, Path(cache) if cache else None)))
    except TimeIsUp as reached:
        click.echo(f"{reached}; go on with --resume.")
    except KeyboardInterrupt:
        raise Cancelled("cancelled; what was done is kept: go on with --resume.") from None
    except (MemoryError, RuntimeError) as error:
        if not is_of_memory(error):
            raise
        raise training_failure(error) from error
    return 0
