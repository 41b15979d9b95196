"""Gains on predicted clean latents act where they were measured, and nowhere else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
import torch
from torch import Tensor

from model_runtime.contract import ModelError
from model_runtime.model.linear_guess import schedule_levels
from model_runtime.model.moments import channel_groups
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.model.weights import load_network, save_network

STREAMS = [{"name": name, "channels": 4, "height": 8, "width": 8, "patch_size": 4} for name in ("a", "b", "c")]
TIMES = [1000.0, 600.0, 400.0, 100.0]
FINE, LAST_GROUP = 1, 2
"""Number of the finer of two parts, and of the group of channels 2 and 3."""


def network(times: Sequence[float]) -> CopGenTransformer:
    """A network whose linear guess knows something, with random weights that are the same at every call."""
    torch.manual_seed(0)
    sizes = {"embed_dim": 16, "depth": 2, "num_heads": 2}
    model: CopGenTransformer = CopGenTransformer(
        STREAMS, **sizes, prediction_type="preconditioned", guess_blocks=[4], moment_times=list(times)
    )
    guess = model.linear_guess
    assert guess is not None
    guess.mean.copy_(torch.arange(12.0) / 10)
    guess.covariance.mul_(torch.tensor([3.0, 0.5])[:, None, None])
    return model.eval()


def clean_of(model: CopGenTransformer, states: list[Tensor], times: list[float]) -> Tensor:
    """The clean latent of the first stream that a network's noise stands for."""
    timesteps = torch.tensor([times] * len(states[0]))
    with torch.inference_mode():
        noise = model(states, timesteps)[0]
    alpha, sigma = (level[:, None, None, None] for level in schedule_levels(timesteps[:, 0]))
    return (states[0] - sigma * noise) / alpha


def states() -> list[Tensor]:
    generator = torch.Generator().manual_seed(1)
    return [torch.randn(2, 4, 8, 8, generator=generator) for _ in STREAMS]


def test_groups_are_halves_of_those_before() -> None:
    assert channel_groups(24) == [0, 1, 3, 6, 12, 24]
    assert channel_groups(4) == [0, 1, 2, 4]
    assert channel_groups(1) == [0, 1]


def test_unmeasured_gains_change_nothing() -> None:
    times = [500.0, 0.0, 1000.0]
    assert torch.equal(clean_of(network([]), states(), times), clean_of(network(TIMES), states(), times))


@pytest.mark.parametrize(
    ("times", "share"),
    [
        ([400.0, 0.0, 1000.0], 1.0),
        ([400.0, 0.0, 400.0], 1.0),
        ([500.0, 0.0, 500.0], 0.5),
        ([400.0, 200.0, 400.0], 0.5),
        ([400.0, 1000.0, 1000.0], 0.0),
        ([400.0, 0.0, 0.0], 0.0),
        ([600.0, 0.0, 1000.0], 0.0),
        ([100.0, 0.0, 1000.0], 0.0),
        ([20.0, 0.0, 1000.0], 0.0),
    ],
)
def test_a_gain_scales_its_part_and_channels_where_it_was_measured(times: list[float], share: float) -> None:
    plain, scaled = network([]), network(TIMES)
    gains, guess = scaled.moment_gains, scaled.linear_guess
    assert gains is not None and guess is not None
    # With the first of the other streams given, the second not.
    gains.excess[0, 1, TIMES.index(400.0), FINE, LAST_GROUP] = 0.2
    before = guess.deviations(clean_of(plain, states(), times), 0)
    after = guess.deviations(clean_of(scaled, states(), times), 0)
    assert torch.allclose(after[0], before[0], atol=1e-4)
    assert torch.allclose(after[FINE][:, :2], before[FINE][:, :2], atol=1e-4)
    assert torch.allclose(after[FINE][:, 2:], (1 + 0.2 * share) * before[FINE][:, 2:], atol=1e-4)
    assert before[FINE][:, 2:].abs().max() > 0.1


def test_gains_are_kept_with_the_weights(tmp_path: Path) -> None:
    model = network(TIMES)
    assert model.moment_gains is not None
    model.moment_gains.excess.copy_(torch.linspace(-0.2, 0.2, model.moment_gains.excess.numel()).reshape(3, 4, 4, 2, 3))
    save_network(model, tmp_path / "network", torch.float16)
    loaded = load_network(CopGenTransformer, tmp_path / "network")
    times = [450.0, 0.0, 450.0]
    assert torch.allclose(clean_of(loaded, states(), times), clean_of(model, states(), times), atol=2e-2)
    assert not torch.allclose(clean_of(loaded, states(), times), clean_of(network([]), states(), times), atol=4e-2)


@pytest.mark.parametrize(
    "times",
    [
        [500.0],
        [100.0, 500.0],
        [500.0, 500.0],
        # Alike in single precision.
        [1000.0, 1000.0 - 1e-9],
        [float("nan"), 500.0],
        [float("inf"), 500.0],
        [500.0, -1.0],
    ],
)
def test_times_that_do_not_fall_are_refused(times: list[float]) -> None:
    with pytest.raises(ValueError, match="moment_times must be two timesteps or more, falling"):
        network(times)


def test_gains_that_are_no_numbers_are_refused(tmp_path: Path) -> None:
    model = network(TIMES)
    assert model.moment_gains is not None
    model.moment_gains.excess[0, 0, 0, 0, 0] = torch.nan
    save_network(model, tmp_path / "network")
    with pytest.raises(ModelError, match="moment_gains.excess: not all are numbers"):
        load_network(CopGenTransformer, tmp_path / "network")


def test_gains_need_a_linear_guess() -> None:
    with pytest.raises(ValueError, match="moment_times need prediction_type preconditioned"):
        CopGenTransformer(STREAMS, embed_dim=16, depth=2, num_heads=2, moment_times=TIMES)
