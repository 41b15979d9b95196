"""What the transformer is asked: which modalities are noised how far, and what its error counts."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from model_runtime.model.linear_guess import schedule_levels
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.sampling.schedule import NoiseSchedule
from model_runtime.sampling.spacing import TRACE_LEFT
from model_runtime.training.config import TransformerConfig

TIMESTEPS = 1000


def draw_timesteps(
    chance: np.random.Generator, batch: int, modalities: int, settings: TransformerConfig
) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    """Timesteps of a batch.

    Independent samples have a timestep in 1..1000 for each modality and learn all of them. Samples by
    roles do what inference does: a random subset is generated at one shared timestep, the others are
    clean (0) or absent (1000) and not learned. Some of them learn the beginning of a run: its first evaluation, at
    1000, and those between 999 and 1000, where the signal rises from nothing.

    Returns:
        Timesteps (batch, modalities), and which modalities are generated, of the same shape.
    """
    timesteps = chance.integers(1, TIMESTEPS + 1, (batch, modalities)).astype(np.float64)
    generated = np.ones((batch, modalities), dtype=bool)
    if settings.timestep_sampling == "independent":
        return timesteps, generated
    weights = np.asarray(settings.condition_weights[:modalities], dtype=np.float64)
    counts = chance.choice(len(weights), batch, p=weights / weights.sum())
    # A race of exponential times: each modality comes first as often as its weight says.
    finish = chance.standard_exponential((batch, modalities)) / np.asarray(settings.given_weights[:modalities])
    place = np.argsort(np.argsort(finish, axis=1), axis=1)
    by_roles = chance.random(batch) < settings.roles_share
    absent = chance.random((batch, modalities)) < settings.absent_probability
    given = by_roles[:, None] & (place < counts[:, None])
    shared = np.where(chance.random((batch, 1)) < settings.start_share, TIMESTEPS, timesteps[:, :1])
    if settings.rising_share > 0:
        rising = (shared == TIMESTEPS) & (chance.random((batch, 1)) < settings.rising_share)
        shared = np.where(rising, TIMESTEPS - TRACE_LEFT ** chance.random((batch, 1)), shared)
    timesteps = np.where(by_roles[:, None], shared, timesteps)
    timesteps = np.where(given, np.where(absent, TIMESTEPS, 0), timesteps)
    return timesteps, ~given


def error_weights(device: torch.device, weight_limit: float) -> Tensor:
    """Weight of an error at every timestep 0..1000.

    Args:
        device: of the tensor.
        weight_limit: largest weight over the smallest.
    """
    alpha = NoiseSchedule().alpha(np.arange(TIMESTEPS + 1) / TIMESTEPS)
    weight = np.minimum(1 / alpha**2, weight_limit)
    # A mean of 1 keeps the learning rate's meaning whatever the limit is.
    return torch.tensor(weight / weight[1:].mean(), dtype=torch.float32, device=device)


def denoising_loss(
    model: CopGenTransformer,
    clean: Sequence[Tensor],
    timesteps: Tensor,
    generated: Tensor,
    weights: Tensor,
    generator: torch.Generator,
    pure_start: bool = False,
) -> tuple[Tensor, Tensor]:
    """Error of what the last layer predicts, summed over the generated modalities.

    That is the noise, weighted by timestep; or what the model's linear guess misses, in units of that miss, where
    every channel, role and timestep counts alike.

    Nothing at timestep 1000 carries a trace of itself, where ``pure_start`` or a linear guess asks for it: the schedule
    would leave 7 % of the signal there, enough to read a picture's mean brightness from, while a run begins with noise
    alone. A network that learned to rely on it makes every picture averagely bright, whatever its conditions say. From
    timestep 999 on the signal falls to nothing, as it does for the solver (:class:`NoiseSchedule`).

    Args:
        model: the transformer.
        clean: latents (batch, channels, rows, columns) of each modality.
        timesteps: (batch, modalities), 0 or from 1 to 1000.
        generated: (batch, modalities), what is learned.
        weights: of an error by whole timestep, from :func:`error_weights`.
        generator: source of the noise.
        pure_start: whether the last timestep is noise alone.

    Returns:
        The loss, and the unweighted error (batch, modalities).
    """
    guess = model.linear_guess
    states, noises = [], []
    for index, latent in enumerate(clean):
        noise = torch.randn(latent.shape, generator=generator, device=latent.device)
        step = timesteps[:, index].float().view(-1, 1, 1, 1)
        falls = (TIMESTEPS - step).clamp(max=1.0) if pure_start or guess is not None else torch.ones_like(step)
        # An absent modality carries no trace of itself, unlike the last timestep of the schedule.
        absent = (~generated[:, index]).view(-1, 1, 1, 1) & (step > 0)
        alpha, sigma = schedule_levels(step)
        signal = torch.where(absent, 0.0, alpha * falls)
        state = torch.where(step == 0, latent, signal * latent + torch.sqrt(1 - signal.square()) * noise)
        states.append(state)
        # The noise that leads a solver from this state to the clean latent.
        noises.append((state - alpha * latent) / sigma)
    if guess is None:
        weight = weights[timesteps.round().long()]
        predictions, targets = model(states, timesteps.float()), noises
    else:
        with torch.no_grad():
            normals, guesses, spreads = guess(states, timesteps.float())
        predictions, weight = model.residuals(normals, timesteps.float(), guesses), torch.ones_like(timesteps.float())
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
