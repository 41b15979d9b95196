"""Seconds left, by a clock of our own."""

from __future__ import annotations

from model_runtime.contract import Progress
from model_runtime.serving.pace import DECODING, Pace
from model_runtime.serving.preview import is_wanted


class Clock:
    """Stands still but when told to go on."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_job_is_as_long_as_its_parts() -> None:
    clock = Clock()
    pace = Pace(2, None, clock)
    pace.expect(10)
    clock.now = 3.0
    assert pace.told(Progress("read", 1, 1)) is None
    clock.now = 5.0
    # Four windows, ten evaluations: 1 s a window; then two pictures of four windows to decode.
    assert pace.told(Progress("denoise", 2, 40)) == 38 * 1.0 + 8 * DECODING
    clock.now = 43.0
    assert pace.told(Progress("denoise", 40, 40)) == 8 * DECODING
    clock.now = 45.0
    assert pace.told(Progress("decode", 1, 4)) == 7 * 2.0
    clock.now = 51.0
    assert pace.told(Progress("decode", 4, 4)) == 4 * 2.0
    pace.told(Progress("write", 1, 2))
    clock.now = 59.0
    assert pace.told(Progress("decode", 4, 4)) == 0.0
    assert pace.decode_seconds == 2.0


def test_later_samples_go_on_counting() -> None:
    clock = Clock()
    pace = Pace(2, 1.0, clock)
    pace.expect(20)
    for done in range(1, 11):
        clock.now += 1.0
        assert pace.told(Progress("denoise", done, 20)) == 20 - done + 2
    clock.now += 1.0
    assert pace.told(Progress("decode", 1, 1)) == 11
    for done in range(11, 21):
        clock.now += 1.0
        assert pace.told(Progress("denoise", done, 20)) == 20 - done + 1


def test_what_an_earlier_job_or_a_preview_took_is_used() -> None:
    clock = Clock()
    pace = Pace(1, None, clock)
    pace.expect(2)
    clock.now = 1.0
    pace.told(Progress("denoise", 1, 2))
    clock.now = 1.5
    pace.take_preview(0.5)
    clock.now = 2.5
    assert pace.told(Progress("denoise", 2, 2)) == 0.5, "the preview counts to no evaluation"


def test_previews_are_few_and_evenly_spread() -> None:
    for total in (1, 5, 8, 20, 50, 1000):
        wanted = [done for done in range(1, total + 1) if is_wanted(done, total)]
        assert len(wanted) == min(8, total)
        assert wanted[-1] == total
        gaps = {later - earlier for earlier, later in zip([0, *wanted], wanted, strict=False)}
        assert max(gaps) - min(gaps) <= 1
