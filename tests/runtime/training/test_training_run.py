"""A tiny run from simulated scenes to a bundle."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.contract import InputError
from model_runtime.model.bundle import load_bundle
from model_runtime.training import autoencoder, diffusion
from model_runtime.training.config import AutoencoderConfig, DataConfig, TrainingConfig, TransformerConfig
from model_runtime.training.run import choose_chips, train

TINY = TrainingConfig(
    name="tiny",
    precision="fp32",
    checkpoint_every=2,
    data=DataConfig(scenes=2, size=258),
    autoencoder=AutoencoderConfig(block_out_channels=(8, 8, 8, 8), norm_groups=4, steps=6, batch_size=2, crop=32),
    transformer=TransformerConfig(embed_dim=16, depth=2, num_heads=2, patch_size=8, steps=6, batch_size=2),
)


class Killed(Exception):
    """Stands for the kill signal."""


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("uninterrupted")
    train(TINY, output)
    return output


@pytest.mark.parametrize(("module", "stops_after"), [(autoencoder, 3), (diffusion, 5)])
def test_resumes_exactly_after_a_kill(
    module: object, stops_after: int, uninterrupted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def rate(*arguments: float) -> float:
        nonlocal calls
        calls += 1
        if calls > stops_after:
            raise Killed
        return original(*arguments)

    original = module.learning_rate  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "learning_rate", rate)
    with pytest.raises(Killed):
        train(TINY, tmp_path)
    monkeypatch.undo()
    resumed, whole = load_bundle(train(TINY, tmp_path, resume=True)), load_bundle(uninterrupted / "tiny")
    for name, tensor in whole.transformer.state_dict().items():
        assert torch.equal(tensor, resumed.transformer.state_dict()[name]), name
    for name, tensor in whole.autoencoders["vae"].state_dict().items():
        assert torch.equal(tensor, resumed.autoencoders["vae"].state_dict()[name]), name


def test_bundle_says_what_it_was_trained_on(uninterrupted: Path) -> None:
    card = (uninterrupted / "tiny" / "README.md").read_text(encoding="utf-8")
    assert "simulated scenes" in card and "GPL-3.0-or-later" in card and "never saw a" in card


def test_existing_run_is_not_overwritten_unasked(uninterrupted: Path) -> None:
    with pytest.raises(InputError, match="--resume"):
        train(TINY, uninterrupted)


def test_checkpoint_of_other_settings_is_refused(uninterrupted: Path) -> None:
    other = replace(TINY, autoencoder=replace(TINY.autoencoder, learning_rate=1e-3))
    with pytest.raises(InputError, match="another configuration"):
        train(other, uninterrupted, resume=True)


def test_chips_are_spread_over_rows_and_columns() -> None:
    config = replace(TINY, data=DataConfig(scenes=2, size=1068, chips_per_scene=4))
    chosen = choose_chips(config)
    assert len(np.unique(chosen)) == 8
    first = chosen[:4]
    assert len(set(first // 4)) == 4 and len(set(first % 4)) == 4


def test_autoencoder_learns(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    pictures = np.broadcast_to(rng.integers(0, 255, (8, 3, 1, 1), dtype=np.uint8), (8, 3, 256, 256))
    chips = {name: pictures for name in ("dem", "s1_rtc", "s2_l1c", "s2_l2a")}
    settings = replace(TINY.autoencoder, steps=150, batch_size=4)
    config = replace(TINY, autoencoder=settings, checkpoint_every=150)
    trained = autoencoder.train_autoencoder(config, chips, tmp_path, "x", torch.device("cpu"))
    torch.manual_seed(config.seed)
    fresh = autoencoder.build_autoencoder(settings).eval()
    batch = torch.from_numpy(pictures[:2].astype(np.float32) / 127.5 - 1)
    with torch.inference_mode():
        before, after = (
            float((model.decode(model.encode(batch).latent_dist.mode()).sample - batch).square().mean())
            for model in (fresh, trained)
        )
    assert after < 0.6 * before
