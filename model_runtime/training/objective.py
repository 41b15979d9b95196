"""What the transformer is asked: which modalities are noised how far, and what its error counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model_runtime.model.transformer import CopGenTransformer
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.training.config import TransformerConfig

TIMESTEPS = 1000


def draw_timesteps(
    chance: np.random.Generator, batch: int, modalities: int, settings: TransformerConfig
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Timesteps of a batch.

    Independent samples have a timestep in 1..1000 for each modality and learn all of them. Samples by
    roles do what inference does: a random subset is generated at one shared timestep, the others are
    clean (0) or absent (1000) and not learned. Some of them learn the first evaluation of a run, at 1000.

    Returns:
        Timesteps (batch, modalities), and which modalities are generated, of the same shape.
    """
    timesteps = chance.integers(1, TIMESTEPS + 1, (batch, modalities))
    generated = np.ones((batch, modalities), dtype=bool)
    if settings.timestep_sampling == "independent":
        return timesteps, generated
    weights = np.asarray(settings.condition_weights[:modalities], dtype=np.float64)
    counts = chance.choice(len(weights), batch, p=weights / weights.sum())
    order = np.argsort(chance.random((batch, modalities)), axis=1)
    by_roles = chance.random(batch) < settings.roles_share
    absent = chance.random((batch, modalities)) < settings.absent_probability
    given = by_roles[:, None] & (order < counts[:, None])
    shared = np.where(chance.random((batch, 1)) < settings.start_share, TIMESTEPS, timesteps[:, :1])
    timesteps = np.where(by_roles[:, None], shared, timesteps)
    timesteps = np.where(given, np.where(absent, TIMESTEPS, 0), timesteps)
    return timesteps, ~given


class NoiseTable:
    """Signal and noise at every timestep 0..1000, as tensors.

    Args:
        device: of the tensors.
        weight_limit: largest weight of an error.
    """

    def __init__(self, device: torch.device, weight_limit: float) -> None:
        times = np.arange(TIMESTEPS + 1) / TIMESTEPS
        schedule = NoiseSchedule()
        alpha = np.asarray(schedule.alpha(times))
        self.alpha = torch.tensor(alpha, dtype=torch.float32, device=device)
        self.sigma = torch.tensor(np.asarray(schedule.sigma(times)), dtype=torch.float32, device=device)
        weight = np.minimum(1 / alpha**2, weight_limit)
        # A mean of 1 keeps the learning rate's meaning whatever the limit is.
        self.weight = torch.tensor(weight / weight[1:].mean(), dtype=torch.float32, device=device)


def denoising_loss(
    model: CopGenTransformer,
    clean: Sequence[Tensor],
    timesteps: Tensor,
    generated: Tensor,
    table: NoiseTable,
    generator: torch.Generator,
    pure_start: bool = False,
) -> tuple[Tensor, Tensor]:
    """Error of what the last layer predicts, summed over the generated modalities.

    That is the noise, weighted by timestep; or what the model's linear guess misses, in units of that miss, where
    every channel, role and timestep counts alike.

    Nothing at timestep 1000 carries a trace of itself, where ``pure_start`` or a linear guess asks for it: the schedule
    would leave 7 % of the signal there, enough to read a picture's mean brightness from, while a run begins with noise
    alone. A network that learned to rely on it makes every picture averagely bright, whatever its conditions say.

    Args:
        model: the transformer.
        clean: latents (batch, channels, rows, columns) of each modality.
        timesteps: (batch, modalities), whole numbers.
        generated: (batch, modalities), what is learned.
        table: signal, noise and weight by timestep.
        generator: source of the noise.
        pure_start: whether the last timestep is noise alone.

    Returns:
        The loss, and the unweighted error (batch, modalities).
    """
    guess = model.linear_guess
    states, noises = [], []
    for index, latent in enumerate(clean):
        noise = torch.randn(latent.shape, generator=generator, device=latent.device)
        step = timesteps[:, index]
        # An absent modality carries no trace of itself, unlike the last timestep of the schedule.
        absent = ~generated[:, index] & (step > 0)
        pure = absent | (step == TIMESTEPS) if pure_start or guess is not None else absent
        alpha, sigma = (values[step].view(-1, 1, 1, 1) for values in (table.alpha, table.sigma))
        state = torch.where(pure.view(-1, 1, 1, 1), noise, alpha * latent + sigma * noise)
        states.append(state)
        # The noise that leads a solver from this state to the clean latent.
        noises.append(torch.where(pure.view(-1, 1, 1, 1), (state - alpha * latent) / sigma, noise))
    if guess is None:
        predictions, targets, weight = model(states, timesteps.float()), noises, table.weight[timesteps]
    else:
        with torch.no_grad():
            normals, guesses, spreads = guess(states, timesteps.float())
        predictions, weight = model.residuals(normals, timesteps.float()), torch.ones_like(table.weight[timesteps])
        targets = [(x - g) / s for x, g, s in zip(clean, guesses, spreads, strict=True)]
    errors = torch.stack(
        [
            (prediction.float() - target).square().mean(dim=(1, 2, 3))
            for prediction, target in zip(predictions, targets, strict=True)
        ],
        dim=1,
    )
    loss = (errors * weight * generated).sum(dim=1).mean()
    return loss, errors.detach()
