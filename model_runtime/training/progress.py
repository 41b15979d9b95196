"""What a training loop shows while it runs: losses, sheets of samples, and when its time is up."""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from torch import nn

from model_runtime.contract import UsageError
from model_runtime.training.files import write_whole
from model_runtime.training.optimisation import MovingAverage

if TYPE_CHECKING:
    from PIL.Image import Image

LOSSES = "losses.jsonl"
SHEETS = "sheets"
Draw = Callable[[nn.Module], "Image"]


class TimeIsUp(Exception):
    """A slice of a training run has ended; what it reached is saved.

    Args:
        stage: ``autoencoder``, ``decoder`` or ``transformer``.
        step: steps done.
        steps: steps wanted.
    """

    def __init__(self, stage: str, step: int, steps: int) -> None:
        super().__init__(f"{stage}: {step} of {steps} steps done")


class Deadline:
    """The end of a slice.

    Args:
        minutes: from now; None: never.

    Raises:
        UsageError: these are no time.
    """

    def __init__(self, minutes: float | None = None) -> None:
        # No number is below or above nan.
        if minutes is not None and not minutes >= 0:
            raise UsageError(f"{minutes:g} minutes are no time: give a number of minutes, 0 or more.")
        self.end = None if minutes is None else time.monotonic() + 60 * minutes

    def over(self) -> bool:
        """Whether the time is up."""
        return self.end is not None and time.monotonic() >= self.end


class Watch:
    """Follows the loop of one stage.

    Args:
        stage: ``autoencoder``, ``decoder`` or ``transformer``.
        output: folder of the run: gets ``losses.jsonl`` and ``sheets/<stage>-<step>.jpg``.
        deadline: of the slice.
        every: steps between two sheets.
        draw: makes a sheet from a network with the averaged weights; None makes none.
    """

    def __init__(
        self,
        stage: str,
        output: Path,
        deadline: Deadline | None = None,
        every: int = 500,
        draw: Draw | None = None,
    ) -> None:
        self.stage = stage
        self.output = output
        self.deadline = deadline or Deadline()
        self.every = every
        self.draw = draw

    def begin(self, start: int) -> None:
        """Forget what an interrupted run logged of the steps that are done again."""
        path = self.output / LOSSES
        if not path.exists():
            return
        kept = []
        for line in path.read_text(encoding="utf-8").splitlines():
            try:
                row = json.loads(line)
                done_again = row["stage"] == self.stage and row["step"] >= start
            except (ValueError, TypeError, KeyError):
                # Cut off by a kill.
                continue
            if not done_again:
                kept.append(line + "\n")
        write_whole(path, "".join(kept))

    def log(self, step: int, **values: float) -> None:
        """Append one step's numbers to the losses.

        Raises:
            UsageError: one of them is no finite number, and so are the weights; checkpoints are from before.
        """
        if not all(map(math.isfinite, values.values())):
            raise self._broken(f"the loss of step {step + 1}")
        row = {"stage": self.stage, "step": step, **{name: round(value, 6) for name, value in values.items()}}
        with (self.output / LOSSES).open("a", encoding="utf-8") as file:
            file.write(json.dumps(row) + "\n")

    def end(self, average: MovingAverage) -> None:
        """Look at the weights that a bundle would get: no loss tells of the last step's.

        Raises:
            UsageError: one of them is no finite number.
        """
        if not all(bool(value.isfinite().all()) for value in average.values.values()):
            raise self._broken("a weight after the last step")

    def _broken(self, what: str) -> UsageError:
        return UsageError(
            f"{self.stage}: {what} is no finite number: give the settings a lower learning_rate and begin the run "
            "again in another --output."
        )

    def stops(self, done: int, steps: int) -> bool:
        """Whether the loop is to stop after so many steps although more are wanted."""
        return done < steps and self.deadline.over()

    def show(self, done: int, steps: int, model: nn.Module, average: MovingAverage) -> None:
        """Draw a sheet with the averaged weights, where one is due."""
        if self.draw is None or (done % self.every and done < steps):
            return
        from model_runtime.training.pictures import save_picture

        shadow = copy.deepcopy(model)
        shadow.load_state_dict(average.values)
        save_picture(self.draw(shadow.eval()), self.output / SHEETS / f"{self.stage}-{done:06d}.jpg")
