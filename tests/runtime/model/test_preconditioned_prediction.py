"""A transformer whose last layer is what a linear guess misses still returns the noise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from model_runtime.contract import ModelError
from model_runtime.model.bundle import load_bundle
from model_runtime.model.transformer import CopGenTransformer, noise_of_residual
from model_runtime.sampling.schedule import NoiseSchedule

STREAMS = [{"name": name, "channels": 2, "height": 8, "width": 8, "patch_size": 4} for name in ("a", "b")]


@pytest.mark.parametrize("timestep", [1.0, 20.5, 500.0, 951.05, 1000.0])
@pytest.mark.parametrize("size", [0.05, 1.0, 4.0])
def test_noise_comes_back_from_the_true_miss_of_the_linear_guess(timestep: float, size: float) -> None:
    schedule = NoiseSchedule()
    alpha, sigma = float(schedule.alpha(timestep / 1000)), float(schedule.sigma(timestep / 1000))
    torch.manual_seed(0)
    clean, noise = size * torch.randn(2, 3, 4, 4), torch.randn(2, 3, 4, 4)
    state = alpha * clean + sigma * noise
    power = alpha**2 * size**2 + sigma**2
    miss = (clean - alpha * size**2 / power * state) / (size * sigma / power**0.5)
    found = noise_of_residual(miss, state, torch.full((2,), timestep), torch.full((3,), size))
    assert torch.allclose(found, noise, atol=1e-3 if timestep < 2 else 1e-4)


def test_with_unit_latents_the_residual_is_minus_the_velocity() -> None:
    schedule = NoiseSchedule()
    alpha, sigma = float(schedule.alpha(0.5)), float(schedule.sigma(0.5))
    torch.manual_seed(0)
    clean, noise = torch.randn(2, 3, 4, 4), torch.randn(2, 3, 4, 4)
    state, velocity = alpha * clean + sigma * noise, alpha * noise - sigma * clean
    found = noise_of_residual(-velocity, state, torch.full((2,), 500.0), torch.ones(3))
    assert torch.allclose(found, noise, atol=1e-5)


def test_every_stream_has_its_own_timestep_and_spread() -> None:
    torch.manual_seed(0)
    stds = [[0.5, 2.0], [1.0, 0.1]]
    sizes = {"embed_dim": 16, "depth": 2, "num_heads": 2}
    model = CopGenTransformer(STREAMS, **sizes, prediction_type="preconditioned", latent_stds=stds).eval()
    plain = CopGenTransformer(STREAMS, **sizes).eval()
    plain.load_state_dict(model.state_dict())
    latents, timesteps = [torch.randn(1, 2, 8, 8) for _ in STREAMS], torch.tensor([[3.0, 700.0]])
    with torch.inference_mode():
        noises, residuals = model(latents, timesteps), plain(latents, timesteps)
    for index in range(2):
        expected = noise_of_residual(residuals[index], latents[index], timesteps[:, index], torch.tensor(stds[index]))
        assert torch.allclose(noises[index], expected)


def test_the_choice_is_kept_on_disk_and_checked(tmp_path: Path) -> None:
    sizes = {"embed_dim": 16, "depth": 2, "num_heads": 2}
    stds = [[0.5, 2.0], [1.0, 0.1]]
    CopGenTransformer(STREAMS, **sizes, prediction_type="preconditioned", latent_stds=stds).save_pretrained(tmp_path)
    loaded = CopGenTransformer.from_pretrained(tmp_path)
    assert (loaded.prediction_type, loaded.latent_stds) == ("preconditioned", stds)
    with pytest.raises(ValueError, match="prediction_type"):
        CopGenTransformer(STREAMS, **sizes, prediction_type="clean")
    with pytest.raises(ValueError, match="latent_stds"):
        CopGenTransformer(STREAMS, **sizes, prediction_type="preconditioned", latent_stds=[[1.0], [1.0]])


def test_a_setting_this_version_does_not_know_is_refused(tiny_bundle: Path, tmp_path: Path) -> None:
    copied = tmp_path / "later"
    shutil.copytree(tiny_bundle, copied)
    path = copied / "transformer" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "attention_window": 7}))
    with pytest.raises(ModelError, match="attention_window"):
        load_bundle(copied)
