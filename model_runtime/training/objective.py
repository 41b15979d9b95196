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
    clean (0) or absent (1000) and not learned.

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
    timesteps = np.where(by_roles[:, None], timesteps[:, :1], timesteps)
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


def noise_loss(
    model: CopGenTransformer,
    clean: Sequence[Tensor],
    timesteps: Tensor,
    generated: Tensor,
    table: NoiseTable,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Weighted error of the predicted noise, summed over the generated modalities.

    Args:
        model: the transformer.
        clean: latents (batch, channels, rows, columns) of each modality.
        timesteps: (batch, modalities), whole numbers.
        generated: (batch, modalities), what is learned.
        table: signal, noise and weight by timestep.
        generator: source of the noise.

    Returns:
        The loss, and the unweighted error (batch, modalities).
    """
    noises, states = [], []
    for index, latent in enumerate(clean):
        noise = torch.randn(latent.shape, generator=generator, device=latent.device)
        step = timesteps[:, index]
        # An absent modality carries no trace of itself, unlike the last timestep of the schedule.
        absent = ~generated[:, index] & (step > 0)
        alpha = torch.where(absent, torch.zeros(()), table.alpha[step]).view(-1, 1, 1, 1)
        sigma = torch.where(absent, torch.ones(()), table.sigma[step]).view(-1, 1, 1, 1)
        states.append(alpha * latent + sigma * noise)
        noises.append(noise)
    predictions = model(states, timesteps.float())
    errors = torch.stack(
        [
            (prediction.float() - noise).square().mean(dim=(1, 2, 3))
            for prediction, noise in zip(predictions, noises, strict=True)
        ],
        dim=1,
    )
    loss = (errors * table.weight[timesteps] * generated).sum(dim=1).mean()
    return loss, errors.detach()
