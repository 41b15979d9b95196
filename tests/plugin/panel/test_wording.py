"""What the panel says: times, memory, what was recognised, what will run."""

from __future__ import annotations

import pytest
from copgen.copgen_plugin.panel.delivery import pace_of_result
from copgen.copgen_plugin.panel.wording import (
    device_text,
    duration_text,
    estimate_text,
    memory_text,
    panel_sentence,
    recognised_text,
)
from copgen.copgen_plugin.terms import STAGES, overall_share


def test_progress_never_goes_back() -> None:
    # Writing graphs is a run of its own.
    stages = [stage for stage in STAGES if stage != "graphs"]
    shares = [overall_share(stage, done, 4) for stage in stages for done in range(5)]
    assert shares == sorted(shares)
    assert [overall_share("graphs", done, 4) for done in (0, 2, 4)] == [0.0, 0.5, 1.0]
    assert shares[-1] == 1.0
    assert overall_share("unheard of", 1, 2) == 0.0
    assert overall_share("read", 0, 0) == STAGES["read"][0]


@pytest.mark.parametrize(
    ("seconds", "text"), [(0.2, "1 s"), (40, "40 s"), (150, "2 min"), (7800, "2 h 10 min"), (float("inf"), "unknown")]
)
def test_durations_as_people_say_them(seconds: float, text: str) -> None:
    assert duration_text(seconds) == text


@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("x.tif: 1 band(s) found; join files by repeating --condition s2_l2a=PATH.", "join files in a virtual raster."),
        ("x.tif: its metadata say S2MSI1C; use --condition s2_l1c=PATH.", "say S2MSI1C; give it as s2_l1c."),
        ("x.tif: two unnamed bands assumed to be VV, VH; use PATH:BAND,BAND.", "VV, VH; use “Correct”."),
        ("offset undetermined, assumed 0; use --offset s2_l2a=-1000", "assumed 0; use “Offset”=-1000"),
        ("The area has 9 x 9 pixels; give a smaller one with --bounds.", "give a smaller one with “Area”."),
        ("only with steps of its own; use --preset reference.", "use “Preset” reference."),
        ("give a finer raster, or use larger pixels with --resolution.", "give a finer raster."),
    ],
)
def test_the_runtimes_sentences_name_what_the_panel_has(told: str, shown: str) -> None:
    assert panel_sentence(told).endswith(shown)
    assert "--" not in panel_sentence(told)


def test_estimate_says_what_is_known() -> None:
    answer = {"chips": 9, "memory_bytes": 700_000_000}
    assert estimate_text(answer, 40.0) == "9 chips · about 40 s · 700 MB of memory"
    assert "first run" in estimate_text(answer, None)
    assert estimate_text({}, None) == ""
    assert memory_text(2_500_000_000) == "2.5 GB"


def test_recognised_with_its_evidence() -> None:
    found = {
        "bands": [4, 3, 2], "bands_source": "names", "encoding": "reflectance", "offset": -1000.0,
        "offset_source": "metadata",
    }  # fmt: skip
    text = recognised_text(found)
    assert text == "Bands 4, 3, 2 (by their names) · reflectance · offset −1000 (from the metadata)"
    assert recognised_text({"bands": [1], "encoding": "elevation", "offset_source": "none"}).startswith("Band 1")
    assert recognised_text({}) == ""


def test_the_device_that_runs_is_named() -> None:
    devices = [
        {"name": "cuda", "title": "Quick 4000", "memory_bytes": 8e9, "works": False},
        {"name": "cpu", "title": "CPU, 8 threads", "memory_bytes": 16e9, "works": True},
    ]
    assert device_text(devices, "auto", 0.8) == "CPU, 8 threads · 16.0 GB · 0.8 s per chip"
    assert device_text([], "auto", 0.0) == "The device is known once the runtime has started."


def test_pace_is_per_evaluation_of_one_chip() -> None:
    result = {"seconds": 40.0, "chips": 2, "steps": 10, "outputs": [{"sample": 1}, {"sample": 2}]}
    assert pace_of_result(result) == 1.0
    assert pace_of_result({"seconds": 1.0}) == 0.0
