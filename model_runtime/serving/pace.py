"""How long a job still takes, from what its parts took so far."""

from __future__ import annotations

import time
from collections.abc import Callable

from model_runtime.contract import Progress

DECODING = 4.0
"""What decoding a window takes, in evaluations of one, until a decoded window was measured."""


class Pace:
    """Estimates the rest of one job.

    Args:
        pictures: pictures the job will decode, over all samples.
        decode_seconds: of a window, measured in an earlier job; None if there was none.
        clock: seconds.
    """

    def __init__(
        self, pictures: int, decode_seconds: float | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._pictures = pictures
        self._earlier = decode_seconds
        self._clock = clock
        self._before = clock()
        self._stage, self._done = "", 0
        self._spent: dict[str, float] = {}
        self._parts: dict[str, int] = {}
        self._windows = 0
        self._evaluations = 0
        self._left = 0

    def expect(self, evaluations: int) -> None:
        """Take the job's number of evaluations, over all samples, once it is known."""
        self._evaluations = evaluations

    def take_preview(self, seconds: float) -> None:
        """Take what a preview took, which is decoding one window; it counts to no stage."""
        self._earlier = seconds if self._earlier is None else self._earlier
        self._before = self._clock()

    def told(self, progress: Progress) -> float | None:
        """Take a report and return the seconds left, None while nothing was measured."""
        now = self._clock()
        if progress.stage != self._stage:
            # A later sample goes on counting where the last one ended; pictures begin anew.
            self._stage, self._done = progress.stage, self._parts.get("denoise", 0)
            if progress.stage != "denoise":
                self._done = 0
        parts = max(progress.done - self._done, 0)
        self._spent[progress.stage] = self._spent.get(progress.stage, 0.0) + now - self._before
        self._parts[progress.stage] = self._parts.get(progress.stage, 0) + parts
        self._done, self._before = progress.done, now
        if progress.stage == "denoise":
            self._left = progress.total - progress.done
            if not self._parts.get("decode") and self._evaluations:
                self._windows = progress.total // self._evaluations
        elif progress.stage == "decode":
            self._windows = progress.total
        return self._estimate()

    @property
    def decode_seconds(self) -> float | None:
        """What decoding a window took in this job, else in the earlier one."""
        return self._each("decode") or self._earlier

    def _each(self, stage: str) -> float | None:
        parts = self._parts.get(stage, 0)
        return self._spent[stage] / parts if parts else None

    def _estimate(self) -> float | None:
        evaluation = self._each("denoise")
        if evaluation is None:
            return None
        decoding = self.decode_seconds or DECODING * evaluation
        pictures_left = self._pictures * self._windows - self._parts.get("decode", 0)
        return round(self._left * evaluation + max(pictures_left, 0) * decoding, 1)
