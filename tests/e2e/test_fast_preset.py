"""The fast preset on every backend, with every role, and what results say of it."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import rasterio
from rasterio.transform import from_origin

from model_runtime.backends import AUTO_ORDER
from model_runtime.cli.main import main


@pytest.fixture(scope="module")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An L2A stack a little larger than a chip, so that windows are blended."""
    path = tmp_path_factory.mktemp("scene") / "l2a.tif"
    coarse = np.random.default_rng(0).uniform(300, 2500, (12, 20, 20))
    numbers = np.kron(coarse, np.ones((16, 16)))[:, :300, :260].astype(np.uint16)
    profile = {
        "driver": "GTiff", "width": 260, "height": 300, "count": 12, "dtype": "uint16", "crs": "EPSG:32632",
        "transform": from_origin(500_000.0, 5_160_000.0, 10, 10),
    }  # fmt: skip
    with rasterio.open(path, "w", **profile) as dataset:
        dataset.write(numbers)
    return path


def generate(capsys: pytest.CaptureFixture[str], output: Path, *words: str) -> dict[str, object]:
    capsys.readouterr()
    assert main(["generate", "--output", str(output), *words, "--json"]) == 0
    return dict(json.loads(capsys.readouterr().out.strip().splitlines()[-1]))


@pytest.mark.parametrize("backend", AUTO_ORDER)
def test_it_runs_on_every_backend_and_says_so(
    backend: str, stack: Path, graph_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    given = ("--condition", f"s2_l2a={stack}", "--generate", "dem", "--model", str(graph_bundle), "--backend", backend)
    fast = generate(capsys, tmp_path / "fast", *given, "--preset", "fast")
    usual = generate(capsys, tmp_path / "usual", *given, "--steps", "2")
    assert (fast["solver"], fast["steps"], fast["backend"]) == ("fast", 2, backend)
    assert (usual["solver"], usual["steps"]) == ("reference", 2)
    pictures = []
    for name, solver in (("fast", "fast"), ("usual", "reference")):
        with rasterio.open(tmp_path / name / "dem_hillshade.tif") as dataset:
            assert (dataset.tags()["COPGEN_SOLVER"], dataset.tags()["COPGEN_STEPS"]) == (solver, "2")
            pictures.append(dataset.read())
    assert (pictures[0] != pictures[1]).any(), "two solvers, two pictures"


def test_it_takes_holds_starts_and_a_number_of_evaluations(
    stack: Path, tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    words = (
        "--condition", f"s2_l2a={stack}", "--hold", "s2_l2a=120", "--generate", "s2_l1c", "--start",
        f"s2_l1c={stack}@600", "--model", str(tiny_bundle), "--preset", "fast", "--steps", "3",
    )  # fmt: skip
    first, second = (generate(capsys, tmp_path / name, *words) for name in ("first", "second"))
    assert (first["solver"], first["steps"]) == ("fast", 3)
    names = [Path(result["outputs"][0]["path"]) for result in (first, second)]  # type: ignore[index]
    assert names[0].read_bytes() == names[1].read_bytes(), "the same bytes again"
