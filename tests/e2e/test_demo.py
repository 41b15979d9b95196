"""The first picture a user makes shows results beside the truth of the same place."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
from click.testing import CliRunner
from PIL import Image

from model_runtime.demo import CAPTION, GAP, main, reflectance_picture, truth_hillshade
from model_runtime.store import RESOURCES


def test_the_truth_lies_where_the_input_does() -> None:
    optical = reflectance_picture(RESOURCES / "scene" / "s2_l2a.tif").astype(float)
    shade = truth_hillshade().astype(float)
    assert shade.shape == optical.shape
    # What is bluest in the bundled scene is mostly lake, and lakes are level.
    level = np.abs(np.stack(np.gradient(shade[0]))).max(axis=0) == 0
    water = (optical[2] > optical[0] + 5) & (optical[2] > optical[1])
    assert water.mean() > 0.03
    assert level[water].mean() > 0.3 and level[~water].mean() < 0.05
    for elsewhere in (level[::-1], level[:, ::-1], np.roll(level, 30, axis=0), np.roll(level, 30, axis=1)):
        assert elsewhere[water].mean() < 0.8 * level[water].mean()


def test_a_demo_that_cannot_be_written_ends_in_a_sentence(tmp_path: Path, root: Path) -> None:
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    words = [sys.executable, "-m", "model_runtime.demo", "--output", str(tmp_path / "file")]
    done = subprocess.run(words, cwd=root, capture_output=True, text=True, check=False)
    told = done.stderr.splitlines()[-1]
    assert done.returncode == 3 and told.startswith("error: ") and str(tmp_path / "file") in told
    assert "Traceback" not in done.stderr
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_the_demo_leaves_rasters_and_one_picture(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["--output", str(tmp_path), "--steps", "1"])
    assert result.exit_code == 0, result.output
    assert {path.name for path in tmp_path.glob("*.tif")} == {"dem_hillshade.tif", "s2_l1c_reflectance.tif"}
    with Image.open(tmp_path / "demo.png") as picture:
        assert picture.size == (5 * (510 + GAP) + GAP, 510 + CAPTION + 2 * GAP)
