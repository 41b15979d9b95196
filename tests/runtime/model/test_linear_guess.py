"""A transformer whose last layer is what a linear guess misses still returns the noise."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.contract import ModelError
from model_runtime.model.bundle import load_bundle
from model_runtime.model.linear_guess import LinearGuess, schedule_levels, spd_inverse
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.model.weights import load_network, save_network
from model_runtime.sampling.schedule import NoiseSchedule

STREAMS = [{"name": name, "channels": 2, "height": 8, "width": 8, "patch_size": 4} for name in ("a", "b")]
SIZES = {"embed_dim": 16, "depth": 2, "num_heads": 2}


def related_guess() -> tuple[LinearGuess, np.random.Generator, np.ndarray]:
    """A guess for two streams of two channels that depend on each other, and a square root of their covariance."""
    chance = np.random.default_rng(3)
    root = chance.normal(size=(4, 4))
    guess = LinearGuess([2, 2])
    guess.mean.copy_(torch.tensor([1.0, -2.0, 0.5, 0.0]))
    guess.covariance.copy_(torch.from_numpy(root @ root.T))
    return guess, chance, root


def test_levels_are_those_of_the_schedule() -> None:
    schedule = NoiseSchedule()
    times = torch.tensor([1.0, 20.98, 500.0, 951.05, 1000.0])
    alpha, sigma = schedule_levels(times)
    assert np.allclose(alpha, schedule.alpha(times.numpy() / 1000), rtol=1e-5)
    assert np.allclose(sigma, schedule.sigma(times.numpy() / 1000), rtol=1e-4)


@pytest.mark.parametrize(("condition", "error"), [(1e1, 1e-5), (1e3, 2e-3)])
def test_products_alone_make_the_inverse(condition: float, error: float) -> None:
    chance = np.random.default_rng(0)
    basis, _ = np.linalg.qr(chance.normal(size=(3, 64, 64)))
    matrix = basis * np.geomspace(1, 1 / condition, 64) @ basis.transpose(0, 2, 1)
    found = spd_inverse(torch.from_numpy(matrix).float()).numpy()
    assert np.abs(found @ matrix - np.eye(64)).max() < error


@pytest.mark.parametrize("times", [(0.0, 1000.0), (0.0, 600.0), (300.5, 300.5), (1000.0, 1000.0), (20.98, 980.02)])
def test_the_guess_is_the_least_squares_fit(times: tuple[float, float]) -> None:
    guess, chance, root = related_guess()
    places = 100_000
    clean = guess.mean.numpy() + chance.normal(size=(places, 4)) @ root.T
    alpha, sigma = (level.numpy() for level in schedule_levels(torch.tensor(times)))
    alpha, sigma = np.where(np.equal(times, 1000), 0, alpha), np.where(np.equal(times, 1000), 1, sigma)
    state = np.repeat(alpha, 2) * clean + np.repeat(sigma, 2) * chance.normal(size=clean.shape)
    states = [torch.from_numpy(state[:, at : at + 2].T.reshape(1, 2, 250, 400)) for at in (0, 2)]
    normals, guesses, spreads = guess(states, torch.tensor([times]))
    found = torch.cat(guesses, dim=1).flatten(2)[0].numpy().T
    inputs = np.concatenate([state, np.ones((places, 1))], axis=1)
    solution, *_ = np.linalg.lstsq(inputs, clean, rcond=None)
    fitted = inputs @ solution
    assert np.sqrt(np.mean((found - fitted) ** 2)) < 0.04
    missed = torch.cat(spreads, dim=1).flatten().numpy()
    assert np.allclose(missed, np.sqrt(np.mean((clean - fitted) ** 2, axis=0)), rtol=0.03, atol=3e-3)
    normal = torch.cat(normals, dim=1)
    assert normal.mean().abs() < 0.02 and (normal.std(dim=(0, 2, 3)) - 1).abs().max() < 0.02


def test_a_network_that_adds_nothing_leads_to_the_guess() -> None:
    model = CopGenTransformer(STREAMS, **SIZES, prediction_type="preconditioned").eval()
    assert model.linear_guess is not None
    model.linear_guess.load_state_dict(related_guess()[0].state_dict())
    for layer in model.decoder_preds:
        torch.nn.init.zeros_(layer.weight)
        torch.nn.init.zeros_(layer.bias)
    states, timesteps = [torch.randn(2, 2, 8, 8) for _ in STREAMS], torch.tensor([[3.0, 700.0], [0.0, 1000.0]])
    with torch.inference_mode():
        noises, guesses = model(states, timesteps), model.linear_guess(states, timesteps)[1]
    for index, (state, noise, guess) in enumerate(zip(states, noises, guesses, strict=True)):
        alpha, sigma = (level[:, None, None, None] for level in schedule_levels(timesteps[:, index]))
        assert torch.allclose((state - sigma * noise) / alpha, guess, atol=1e-4)
        assert noise.isfinite().all()


def test_the_guess_stays_exact_in_a_half_precision_bundle(tmp_path: Path) -> None:
    model = CopGenTransformer(STREAMS, **SIZES, prediction_type="preconditioned")
    assert model.linear_guess is not None
    model.linear_guess.load_state_dict(related_guess()[0].state_dict())
    save_network(model, tmp_path, torch.float16)
    loaded = load_network(CopGenTransformer, tmp_path, torch.bfloat16)
    assert loaded.prediction_type == "preconditioned" and loaded.pos_embed.dtype == torch.bfloat16
    assert loaded.linear_guess is not None
    assert torch.equal(loaded.linear_guess.covariance, model.linear_guess.covariance)
    with torch.inference_mode():
        noises = loaded([torch.randn(1, 2, 8, 8)] * 2, torch.tensor([[0.0, 500.0]]))
    assert noises[1].dtype == torch.float32


def test_unknown_kinds_and_unequal_streams_are_refused() -> None:
    with pytest.raises(ValueError, match="prediction_type"):
        CopGenTransformer(STREAMS, **SIZES, prediction_type="clean")
    with pytest.raises(ValueError, match="rows and columns"):
        CopGenTransformer([STREAMS[0], {**STREAMS[1], "width": 4}], **SIZES, prediction_type="preconditioned")


def test_a_setting_this_version_does_not_know_is_refused(tiny_bundle: Path, tmp_path: Path) -> None:
    copied = tmp_path / "later"
    shutil.copytree(tiny_bundle, copied)
    path = copied / "transformer" / "config.json"
    path.write_text(json.dumps({**json.loads(path.read_text()), "attention_window": 7}))
    with pytest.raises(ModelError, match="attention_window"):
        load_bundle(copied)
