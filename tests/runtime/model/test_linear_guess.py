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
from model_runtime.model.linear_guess import LinearGuess, schedule_levels, spd_inverse, spread_out
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


@pytest.mark.parametrize("timestep", [0.0, 3.0, 20.98, 300.0])
def test_faint_noise_is_told_exactly_below_large_values(timestep: float) -> None:
    chance = np.random.default_rng(4)
    root = chance.normal(size=(4, 4)) @ np.diag([4.0, 1.0, 0.3, 0.1])
    guess = LinearGuess([2, 2])
    guess.covariance.copy_(torch.from_numpy(root @ root.T))
    alpha, sigma = (float(level) for level in schedule_levels(torch.tensor(timestep)))
    state = (alpha * chance.normal(size=(64, 4)) @ root.T + sigma * chance.normal(size=(64, 4))).astype(np.float32)
    states = [torch.from_numpy(state[:, at : at + 2].T.reshape(1, 2, 8, 8)) for at in (0, 2)]
    _, guesses, spreads = guess(states, torch.full((1, 2), timestep))
    found = torch.cat(guesses, dim=1).flatten(2)[0].numpy().T.astype(np.float64)
    covariance = guess.covariance.numpy().astype(np.float64)
    inverse = np.linalg.inv(alpha**2 * covariance + sigma**2 * np.eye(4))
    noise, missed = sigma * state @ inverse, covariance - alpha**2 * covariance @ inverse @ covariance
    assert np.abs((state - alpha * found) / sigma - noise).max() < 1e-2
    assert np.allclose(torch.cat(spreads, dim=1).flatten().numpy(), np.sqrt(np.diag(missed)), rtol=1e-3)


def drawn_by_parts(guess: LinearGuess, roots: np.ndarray, pictures: int, side: int) -> torch.Tensor:
    """Pictures (pictures, 4, side, side) whose parts have the covariances root @ root.T."""
    chance = torch.Generator().manual_seed(5)
    white = guess.parts(torch.randn((pictures, 4, side, side), generator=chance))
    parts = [torch.einsum("ij,bjhw->bihw", torch.from_numpy(r).float(), p) for r, p in zip(roots, white, strict=True)]
    return guess.mean[:, None, None] + sum(spread_out(part, side) for part in parts)


@pytest.mark.parametrize("times", [(0.0, 1000.0), (0.0, 700.0), (300.0, 300.0), (970.0, 500.0)])
def test_means_over_squares_are_guessed_as_well_as_can_be(times: tuple[float, float]) -> None:
    guess = LinearGuess([2, 2], [8, 2])
    guess.mean.copy_(torch.tensor([1.0, -2.0, 0.5, 0.0]))
    # How bright a picture is varies by far more than what is fine, and depends on other things.
    roots = np.random.default_rng(3).normal(size=(3, 4, 4)) * np.array([8, 2, 1])[:, None, None]
    guess.covariance.copy_(torch.from_numpy(roots @ roots.transpose(0, 2, 1)))
    clean = drawn_by_parts(guess, roots, 3000, 8)
    alpha, sigma = schedule_levels(torch.tensor(times))
    alpha, sigma = (torch.where(torch.tensor(times) == 1000, at, level) for at, level in ((0.0, alpha), (1.0, sigma)))
    noise = torch.randn(clean.shape, generator=torch.Generator().manual_seed(6))
    state = alpha.repeat_interleave(2)[:, None, None] * clean + sigma.repeat_interleave(2)[:, None, None] * noise
    with torch.inference_mode():
        normals, guesses, spreads = guess(list(state.split(2, dim=1)), torch.tensor([times] * len(clean)))
    found = torch.cat(guesses, dim=1)
    fitted = torch.zeros_like(clean)
    for seen, wanted in zip(guess.parts(state), guess.parts(clean), strict=True):
        rows = seen.permute(0, 2, 3, 1).reshape(-1, 4).double().numpy()
        columns = wanted.permute(0, 2, 3, 1).reshape(-1, 4).double().numpy()
        solution, *_ = np.linalg.lstsq(np.c_[rows, np.ones(len(rows))], columns, rcond=None)
        answer = np.c_[rows, np.ones(len(rows))] @ solution
        shape = (len(wanted), wanted.shape[2], wanted.shape[3], 4)
        fitted += spread_out(torch.from_numpy(answer).float().reshape(shape).permute(0, 3, 1, 2), 8)
    missed, least = (found - clean).square().mean(dim=(0, 2, 3)), (fitted - clean).square().mean(dim=(0, 2, 3))
    assert torch.all(missed < 1.01 * least + 1e-4)
    spread = torch.cat(spreads, dim=1)[0, :, 0, 0]
    assert torch.allclose(spread, missed.sqrt(), rtol=0.05, atol=2e-2)
    assert (torch.cat(normals, dim=1).std(dim=(0, 2, 3)) - 1).abs().max() < 0.05


def test_parts_add_up_and_do_not_overlap() -> None:
    guess = LinearGuess([1], [8, 2])
    picture = torch.randn((2, 1, 16, 16), generator=torch.Generator().manual_seed(0))
    parts = [spread_out(part, 16) for part in guess.parts(picture)]
    assert torch.allclose(sum(parts), picture, atol=1e-6)
    products = torch.stack([part.flatten() for part in parts]) @ torch.stack([part.flatten() for part in parts]).T
    assert (products - torch.diag(torch.diag(products))).abs().max() < 1e-4 * products.max()


def test_parts_that_are_alike_make_the_guess_of_none() -> None:
    plain, _, _ = related_guess()
    parted = LinearGuess([2, 2], [4, 2])
    assert parted.unmeasured and not plain.unmeasured and LinearGuess([2, 2]).unmeasured
    parted.mean.copy_(plain.mean)
    parted.covariance.copy_(plain.covariance.expand(3, 4, 4))
    states, timesteps = [torch.randn(2, 2, 8, 8) for _ in STREAMS], torch.tensor([[0.0, 700.0], [300.0, 1000.0]])
    for one, other in zip(plain(states, timesteps), parted(states, timesteps), strict=True):
        assert all(torch.allclose(a, b, atol=1e-5) for a, b in zip(one, other, strict=True))
    assert parted.unmeasured
    parted.covariance[0] *= 2
    assert not parted.unmeasured


@pytest.mark.parametrize(
    ("blocks", "sentence"),
    [
        ([2, 4], "multiples of one another"),
        ([6, 4], "multiples of one another"),
        ([4, 4], "multiples of one another"),
        ([4, 1], "2 places or more"),
        ([0], "2 places or more"),
        ([3], "do not divide latents of 8 x 8"),
    ],
)
def test_squares_that_do_not_fit_are_refused(blocks: list[int], sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        CopGenTransformer(STREAMS, **SIZES, prediction_type="preconditioned", guess_blocks=blocks)


def test_squares_without_a_guess_are_refused() -> None:
    with pytest.raises(ValueError, match="need prediction_type preconditioned"):
        CopGenTransformer(STREAMS, **SIZES, guess_blocks=[4])


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
