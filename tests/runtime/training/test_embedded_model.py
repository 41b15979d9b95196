"""The embedded model: small, loadable, and it sees relief in a picture it never saw."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.model.bundle import verify_bundle
from model_runtime.pipeline import CopGenPipeline
from model_runtime.training.data import scene_chips
from model_runtime.training.evaluate import read_frozen_list
from model_runtime.training.metrics import correlation

LARGEST = 12_000_000
FLOOR = 0.3
"""Correlation of hillshades with the truth that the embedded model reaches on these chips."""
HELD_OUT = ((900003, 5), (900011, 5))
"""Seed of a scene the model never saw, and number of a chip."""


@pytest.fixture(scope="module")
def embedded(root: Path) -> Path:
    folder = root / "resources" / "models" / "copgen-mini"
    if not (folder / "model_index.json").is_file():
        pytest.skip("resources/models/copgen-mini has not been trained yet")
    return folder


def test_fits_its_share_of_the_plugin(embedded: Path) -> None:
    assert sum(path.stat().st_size for path in embedded.rglob("*") if path.is_file()) <= LARGEST


def test_is_a_whole_bundle_with_a_card(embedded: Path) -> None:
    verify_bundle(embedded)
    card = (embedded / "README.md").read_text(encoding="utf-8")
    assert "never saw a real satellite image" in " ".join(card.split()) and "GPL-3.0-or-later" in card


def test_held_out_scenes_are_not_trained_on() -> None:
    frozen = read_frozen_list()
    assert min(frozen.scenes) > 100_000 > max(frozen.fit_scenes)


def test_sees_relief_in_scenes_it_never_saw(embedded: Path) -> None:
    pipeline = CopGenPipeline.from_pretrained(embedded)
    results, truths = [], []
    for scene, chip in HELD_OUT:
        chips = scene_chips(scene, 1068)
        picture = chips["s2_l2a"][chip].transpose(1, 2, 0)
        generator = torch.Generator().manual_seed(1)
        result = pipeline({"s2_l2a": picture}, ["dem"], 20, generator, num_samples=3).images["dem"]
        results.append(result.astype(np.float32).mean(axis=(0, 3)))
        truths.append(chips["dem"][chip][0].astype(np.float32))
    own = [correlation(result, truth) for result, truth in zip(results, truths, strict=True)]
    other = [correlation(result, truth) for result, truth in zip(results, reversed(truths), strict=True)]
    assert np.mean(own) > FLOOR
    assert np.mean(own) > np.mean(other)
