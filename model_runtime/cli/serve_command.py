"""``serve``: the protocol of the resident process over stdin and stdout."""

from __future__ import annotations

import click


@click.command(short_help="Run jobs over stdin and stdout, models kept loaded.")
def command() -> int:
    """Speak newline-delimited JSON-RPC 2.0 over stdin and stdout until stdin ends.

    Methods: initialize, generate, inspect, cancel, shutdown; see model_runtime/server.py.
    """
    from model_runtime.server import main

    return main()
