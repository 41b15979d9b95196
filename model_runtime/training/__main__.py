"""``train`` without the command line's own libraries: ``python -m model_runtime.training --config mini --output DIR``.

For machines that have torch, numpy, scipy, safetensors and diffusers, and nothing else of the runtime.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from model_runtime.training.commands import run_command


def main(arguments: Sequence[str] | None = None) -> int:
    """Train, or go on, and print the bundle's folder or how far it came."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--config", required=True, help="a name in resources/training, or a TOML file")
    parser.add_argument("--output", required=True, type=Path, help="folder for checkpoints and the bundle")
    parser.add_argument("--resume", action="store_true", help="go on where an earlier run stopped")
    parser.add_argument("--minutes", type=float, help="stop after that time and leave DIR/slice")
    parser.add_argument("--cache", type=Path, help="chips and latents, shared with other runs; else in DIR")
    given = parser.parse_args(arguments)
    return run_command(lambda: _train(given), "cancelled; what was done is kept: go on with --resume.")


def _train(given: argparse.Namespace) -> None:
    # Imported here, so that a failure or an interrupt while torch is loaded ends as a sentence too.
    from model_runtime.training.config import load_config
    from model_runtime.training.progress import TimeIsUp
    from model_runtime.training.run import train

    try:
        print(train(load_config(given.config), given.output, given.resume, given.minutes, given.cache))
    except TimeIsUp as reached:
        print(f"{reached}; go on with --resume.")


if __name__ == "__main__":
    sys.exit(main())
