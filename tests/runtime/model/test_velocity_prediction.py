"""A transformer whose last layer is the velocity still returns the noise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import torch

from model_runtime.contract import ModelError
from model_runtime.model.bundle import load_bundle
from model_runtime.model.transformer import CopGenTransformer, noise_of_velocity
from model_runtime.sampling.schedule import NoiseSchedule

STREAMS = [{"name": name, "channels": 2, "height": 8, "width": 8, "patch_size": 4} for name in ("a", "b")]


@pytest.mark.parametrize("timestep", [1.0, 20.5, 500.0, 951.05, 1000.0])
def test_noise_comes_back_from_the_true_velocity(timestep: float) -> None:
    schedule = NoiseSchedule()
    alpha, sigma = float(schedule.alpha(timestep / 1000)), float(schedule.sigma(timestep / 1000))
    torch.manual_seed(0)
    clean, noise = torch.randn(2, 3, 4, 4), torch.randn(2, 3, 4, 4)
    found = noise_of_velocity(alpha * noise - sigma * clean, alpha * clean + sigma * noise, torch.full((2,), timestep))
    assert torch.allclose(found, noise, atol=1e-5)


def test_every_stream_has_its_own_timestep() -> None:
    torch.manual_seed(0)
    model = CopGenTransformer(STREAMS, embed_dim=16, depth=2, num_heads=2, prediction_type="v_prediction").eval()
    plain = CopGenTransformer(STREAMS, embed_dim=16, depth=2, num_heads=2).eval()
    plain.load_state_dict(model.state_dict())
    latents, timesteps = [torch.randn(1, 2, 8, 8) for _ in STREAMS], torch.tensor([[0.0, 700.0]])
    with torch.inference_mode():
        noises, velocities = model(latents, timesteps), plain(latents, timesteps)
    assert torch.allclose(noises[0], velocities[0], atol=1e-6)
    assert torch.allclose(noises[1], noise_of_velocity(velocities[1], latents[1], timesteps[:, 1]))


def test_the_choice_is_kept_on_disk_and_checked(tmp_path: Path) -> None:
    model = CopGenTransformer(STREAMS, embed_dim=16, depth=2, num_heads=2, prediction_type="v_prediction")
    model.save_pretrained(tmp_path)
    assert CopGenTransformer.from_pretrained(tmp_path).prediction_type == "v_prediction"
    with pytest.raises(ValueError, match="prediction_type"):
        CopGenTransformer(STREAMS, embed_dim=16, depth=2, num_heads=2, prediction_type="clean")


def test_a_setting_this_version_does_not_know_is_refused(tiny_bundle: Path, tmp_path: Path) -> None:
    copied = tmp_path / "later"
    shutil.copytree(tiny_bundle, copied)
    path = copied / "transformer" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "attention_window": 7}))
    with pytest.raises(ModelError, match="attention_window"):
        load_bundle(copied)
