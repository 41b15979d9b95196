"""Job files with fields of the wrong kind are wrong usage, told in one sentence."""

from __future__ import annotations

import pytest

from model_runtime.contract import Job, UsageError


@pytest.mark.parametrize(
    "values",
    [
        {"conditions": "x"}, {"conditions": [1]}, {"conditions": [{}]}, {"generate": "dem"},
        {"products": ["hillshade"]},
        {"stretch": "x"}, {"hold": 5}, {"hold": {"dem": "x"}}, {"start": []}, {"steps": 2.7}, {"steps": True},
        {"steps": float("nan")}, {"steps": 10**400}, {"seed": "abc"}, {"bounds": 5}, {"bounds": [1, 2, 3]},
        {"bounds": [1, 2, 3, None]}, {"resolution": "x"}, {"resolution": [1]}, {"output": 5}, {"crs": 32632},
        {"overwrite": "no"}, {"conditions": [{"modality": "dem", "path": "x", "nodata": "x"}]},
    ],
    ids=str,
)  # fmt: skip
def test_fields_of_the_wrong_kind_are_wrong_usage(values: dict[str, object]) -> None:
    with pytest.raises(UsageError) as refusal:
        Job.from_dict(values)
    assert len(str(refusal.value).splitlines()) == 1


@pytest.mark.parametrize("name", ["fill", "coarse_dem"])
def test_fields_of_later_may_be_null_and_nothing_else(name: str) -> None:
    assert Job.from_dict({name: None, "steps": None, "generate": ["dem"]}) == Job(generate=["dem"])
    for value in ("x.tif", "", False, 0):
        with pytest.raises(UsageError, match=f"unknown field {name};"):
            Job.from_dict({name: value})
    with pytest.raises(UsageError, match="unknown field filled"):
        Job.from_dict({"filled": None})


def test_numbers_may_be_written_as_texts_and_bands_in_one() -> None:
    condition = {"modality": "dem", "path": "x.tif", "bands": "4,3,2", "nodata": "0", "scale": [0.01, 0], "offset": 5}
    job = Job.from_dict({"conditions": [condition], "steps": "3", "resolution": "20", "products": {"dem": "hillshade"}})
    assert (job.steps, job.resolution, job.products) == (3, 20.0, {"dem": ["hillshade"]})
    read = job.conditions[0]
    assert (read.path, read.bands, read.nodata, read.scale, read.offset) == (
        ["x.tif"], ["4", "3", "2"], 0.0, "0.01,0", "5"
    )  # fmt: skip
