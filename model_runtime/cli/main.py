"""The group of commands, and how every failure becomes one sentence and a documented exit status."""

from __future__ import annotations

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Sequence
from threading import Event
from types import FrameType

import click

from model_runtime import __version__
from model_runtime.contract import CopGenError, UsageError, error_to_dict
from model_runtime.failures import TRACEBACK_VARIABLE, as_failure, status_of

COMMANDS = {
    "generate": "model_runtime.cli.generate_command",
    "models": "model_runtime.cli.models_command",
    "doctor": "model_runtime.cli.doctor_command",
    "simulate": "model_runtime.cli.simulate_command",
    "export": "model_runtime.cli.export_command",
    "train": "model_runtime.cli.train_command",
    "bench": "model_runtime.cli.bench_command",
    "serve": "model_runtime.cli.serve_command",
}
_interrupted = Event()
"""Whether the user ended the command: libraries put that into errors of their own."""


class LazyGroup(click.Group):
    """Imports a command's module when it is asked for, so that ``--help`` needs no torch."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command, or None for an unknown name."""
        if cmd_name not in COMMANDS:
            return None
        command: click.Command = importlib.import_module(COMMANDS[cmd_name]).command
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="model_runtime")
def cli() -> None:
    """Generate the satellite picture that is missing (COP-GEN).

    Exit status: 0 done, 2 wrong usage, 3 bad input, 4 model missing or broken, 5 out of memory or
    disk, 130 cancelled.
    """


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line and return the exit status.

    Args:
        arguments: those of the command line if None.
    """
    return run(cli, sys.argv[1:] if arguments is None else arguments, "python -m model_runtime")


def run(command: click.Command, arguments: Sequence[str], name: str) -> int:
    """Run a command and return the exit status; a failure is told in one sentence.

    Args:
        command: to run.
        arguments: of it.
        name: as the user calls it.
    """
    words = list(arguments)
    _interrupted.clear()
    previous = {number: signal.signal(number, _interrupt) for number in (signal.SIGTERM, signal.SIGINT)}
    try:
        returned = command.main(args=words, prog_name=name, standalone_mode=False)
    except BaseException as error:  # noqa: BLE001 - every failure ends as a sentence
        return _fail(error, as_json="--json" in words)
    finally:
        for number, handler in previous.items():
            signal.signal(number, handler)
    return returned if isinstance(returned, int) else 0


def _interrupt(number: int, frame: FrameType | None) -> None:
    _interrupted.set()
    raise KeyboardInterrupt


def _fail(error: BaseException, as_json: bool) -> int:
    failure = _as_failure(error)
    status = status_of(failure)
    if os.environ.get(TRACEBACK_VARIABLE):
        traceback.print_exception(error)
    click.echo(f"error: {failure}", err=True)
    if as_json:
        payload = failure if isinstance(failure, CopGenError) else CopGenError(str(failure))
        told = error_to_dict(payload)
        told["error"]["status"] = status
        click.echo(json.dumps(told))
    return status


def _as_failure(error: BaseException) -> BaseException:
    """Return the error in our words, those of the command line's own library included."""
    if _interrupted.is_set() and not isinstance(error, CopGenError):
        return as_failure(KeyboardInterrupt())
    if isinstance(error, click.exceptions.Abort):
        # Click makes one of an interrupt, and of an end of a file that nobody expected.
        cause = error.__context__
        return as_failure(KeyboardInterrupt() if cause is None else cause)
    if isinstance(error, click.ClickException):
        return UsageError(" ".join(error.format_message().split()))
    return as_failure(error)
