"""What the transformer is asked in training."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from model_runtime.contract import MODALITIES
from model_runtime.model.linear_guess import schedule_levels
from model_runtime.training.config import TrainingConfig, TransformerConfig
from model_runtime.training.diffusion import build_transformer, measure_guess
from model_runtime.training.objective import denoising_loss, draw_timesteps, error_weights
from model_runtime.training.optimisation import MovingAverage, learning_rate


def test_independent_timesteps_cover_the_schedule() -> None:
    settings = TransformerConfig(timestep_sampling="independent")
    steps, generated = draw_timesteps(np.random.default_rng(0), 20_000, 4, settings)
    assert steps.min() == 1 and steps.max() == 1000 and generated.all()
    assert abs(np.corrcoef(steps.T)[0, 1]) < 0.02
    assert abs(steps.mean() - 500.5) < 5


def test_roles_do_what_inference_does() -> None:
    settings = TransformerConfig(roles_share=0.5, condition_weights=(0.1, 0.5, 0.2, 0.2), absent_probability=0.25)
    steps, generated = draw_timesteps(np.random.default_rng(0), 40_000, 4, settings)
    by_roles = ~generated.all(axis=1) | np.all(steps == steps[:, :1], axis=1)
    assert abs(by_roles.mean() - 0.5) < 0.02
    assert generated.any(axis=1).all()
    given = ~generated
    assert set(np.unique(steps[given])) == {0, 1000}
    assert abs((steps[given] == 1000).mean() - 0.25) < 0.02
    counts = np.bincount(given[by_roles].sum(axis=1), minlength=4) / by_roles.sum()
    assert np.allclose(counts, [0.1, 0.5, 0.2, 0.2], atol=0.02)
    shared = [len(set(row[learned])) == 1 for row, learned in zip(steps[by_roles], generated[by_roles], strict=True)]
    assert all(shared)
    assert np.allclose(given[by_roles].mean(axis=0), given[by_roles].mean(), atol=0.02)


def test_modalities_are_given_as_often_as_their_weights_say() -> None:
    settings = TransformerConfig(roles_share=1, condition_weights=(0, 0.7, 0.3, 0), given_weights=(1, 2, 4, 1))
    _, generated = draw_timesteps(np.random.default_rng(0), 40_000, 4, settings)
    alone = generated[generated.sum(axis=1) == 3]
    assert np.allclose((~alone).mean(axis=0), [0.125, 0.25, 0.5, 0.125], atol=0.01)
    pairs = ~generated[generated.sum(axis=1) == 2]
    assert abs(len(pairs) / 40_000 - 0.3) < 0.01
    # The second of a pair is drawn as a first one among those that are left.
    assert abs((pairs[:, 1] & pairs[:, 2]).mean() - (0.25 * 0.5 / 0.75 + 0.5 * 0.25 / 0.5)) < 0.02


def test_only_generated_modalities_are_learned() -> None:
    config = TrainingConfig(transformer=TransformerConfig(embed_dim=16, depth=2, num_heads=2, patch_size=8))
    torch.manual_seed(0)
    model = build_transformer(config, 32)
    clean = [torch.randn(3, config.autoencoder.latent_channels, 32, 32) for _ in range(4)]
    weights = error_weights(torch.device("cpu"), 1.0)
    steps = torch.tensor([[0, 500, 500, 1000]] * 3)
    generated = torch.tensor([[False, True, True, False]] * 3)
    loss, errors = denoising_loss(model, clean, steps, generated, weights, torch.Generator().manual_seed(1))
    assert torch.isclose(loss, errors[:, 1:3].sum(dim=1).mean())
    loss.backward()
    assert model.decoder_preds[1].weight.grad.abs().sum() > 0
    assert model.decoder_preds[0].weight.grad is None or model.decoder_preds[0].weight.grad.abs().sum() == 0


def test_weights_favour_noisy_timesteps_up_to_the_limit() -> None:
    plain, weighted = (error_weights(torch.device("cpu"), limit) for limit in (1.0, 10.0))
    assert torch.allclose(plain, torch.ones_like(plain))
    assert torch.isclose(weighted[1000] / weighted[1], torch.tensor(10.0), rtol=0.01)


def test_learning_rate_rises_and_falls() -> None:
    rates = [learning_rate(step, 100, 1.0, 0.05) for step in range(100)]
    assert rates[0] < rates[4] == max(rates) and rates[-1] < 0.02


def test_moving_average_forgets_its_start() -> None:
    module = torch.nn.Linear(1, 1, bias=False)
    average = MovingAverage(module, 0.9999)
    with torch.no_grad():
        module.weight.fill_(3.0)
    for _ in range(200):
        average.update(module)
    assert abs(float(average.values["weight"]) - 3.0) < 1e-3


@pytest.mark.parametrize("blocks", [(), (16, 4)])
def test_a_network_that_adds_nothing_misses_by_one_everywhere(blocks: tuple[int, ...]) -> None:
    settings = TransformerConfig(
        embed_dim=16, depth=2, num_heads=2, patch_size=8, prediction_type="preconditioned", guess_blocks=blocks
    )
    config = TrainingConfig(transformer=settings)
    chance = np.random.default_rng(0)
    channels = config.autoencoder.latent_channels
    root = chance.normal(size=(4 * channels, 4 * channels)) * np.repeat([0.1, 0.5, 1.0, 2.0], channels)[:, None]
    latents = (root @ chance.normal(size=(6, 4 * channels, 32 * 32))).reshape(6, 4, channels, 32, 32) + 1
    if blocks:
        latents += chance.normal(size=(6, 4, channels, 2, 2)).repeat(16, axis=-2).repeat(16, axis=-1)
    arrays = {name: latents[:, index].astype(np.float16) for index, name in enumerate(MODALITIES)}
    model = build_transformer(config, 32)
    measure_guess(model.linear_guess, arrays, dict.fromkeys(MODALITIES, 1.0))
    for layer in model.decoder_preds:
        torch.nn.init.zeros_(layer.weight)
    weights = error_weights(torch.device("cpu"), 1.0)
    steps = torch.tensor([[1000, 900, 500, 100], [0, 1000, 1000, 300]] * 3)
    generated = torch.tensor([[True] * 4, [False, True, False, True]] * 3)
    clean = [torch.from_numpy(array.astype(np.float32)) for array in arrays.values()]
    _, errors = denoising_loss(model, clean, steps, generated, weights, torch.Generator().manual_seed(1))
    assert torch.allclose(errors[generated], torch.ones(()), rtol=0.1)


def test_the_first_evaluation_is_learned_from_noise_alone() -> None:
    settings = TransformerConfig(roles_share=1.0, start_share=0.3, absent_probability=0.0)
    steps, generated = draw_timesteps(np.random.default_rng(0), 20_000, 4, settings)
    assert abs((steps.max(axis=1) == 1000).mean() - 0.3) < 0.02
    torch.manual_seed(0)
    clean = [5 + torch.randn(2, 3, 32, 32) for _ in range(4)]
    weights = error_weights(torch.device("cpu"), 1.0)
    steps, generated = torch.tensor([[0, 1000, 1000, 1000]] * 2), torch.tensor([[False, True, True, True]] * 2)
    seen: list[float] = []

    class LeadingToTheTruth(torch.nn.Module):
        linear_guess = None

        def forward(self, states: list[torch.Tensor], timesteps: torch.Tensor) -> list[torch.Tensor]:
            seen.append(float(states[1].mean()))
            alpha, sigma = schedule_levels(timesteps[0, 1])
            return [(s - alpha * x) / sigma for s, x in zip(states, clean, strict=True)]

    for pure in (False, True):
        chance = torch.Generator().manual_seed(1)
        loss, _ = denoising_loss(LeadingToTheTruth(), clean, steps, generated, weights, chance, pure)  # type: ignore[arg-type]
        assert float(loss) < 1e-8
    assert abs(seen[1]) < 0.05 < seen[0], "only the schedule's last timestep tells how bright the picture is"
    rising = torch.tensor([[0, 999.5, 999.5, 999.5]] * 2)
    chance = torch.Generator().manual_seed(1)
    loss, _ = denoising_loss(LeadingToTheTruth(), clean, rising, generated, weights, chance, pure_start=True)  # type: ignore[arg-type]
    assert float(loss) < 1e-8
    assert abs((seen[2] - seen[1]) / (seen[0] - seen[1]) - 0.5) < 0.02, "half of the trace is there"


def test_some_learn_how_the_signal_rises_from_nothing() -> None:
    settings = TransformerConfig(roles_share=1.0, start_share=0.5, rising_share=0.4, absent_probability=0.0)
    steps, generated = draw_timesteps(np.random.default_rng(0), 20_000, 4, settings)
    shared = np.where(generated, steps, 0).max(axis=1)
    traces = 1000 - shared[(shared > 999) & (shared < 1000)]
    assert abs(len(traces) / 20_000 - 0.2) < 0.02 and abs((shared == 1000).mean() - 0.3) < 0.02
    assert 0.1 <= traces.min() < 0.11 and 0.9 < traces.max() < 1
    assert abs(np.log10(traces).mean() + 0.5) < 0.02, "all orders of magnitude alike"
