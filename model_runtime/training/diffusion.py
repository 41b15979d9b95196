"""Third stage: the transformer, on latents that were encoded once."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from model_runtime.contract import MODALITIES
from model_runtime.model.linear_guess import LinearGuess
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.training.config import LATENT_SIDE, TrainingConfig, TransformerConfig
from model_runtime.training.data import CHIP, one_at_a_time
from model_runtime.training.files import as_kept, kept_array, write_whole
from model_runtime.training.objective import denoising_loss, draw_timesteps, error_weights
from model_runtime.training.optimisation import (
    MovingAverage,
    learning_rate,
    load_checkpoint,
    save_checkpoint,
    step_generators,
)
from model_runtime.training.places import initialise_places
from model_runtime.training.progress import TimeIsUp, Watch

STAGE = 2


def build_transformer(config: TrainingConfig, latent_side: int) -> CopGenTransformer:
    """The published architecture in the configured size, one stream per modality."""
    settings = config.transformer
    streams = [
        {
            "name": name,
            "channels": config.autoencoder.latent_channels,
            "height": latent_side,
            "width": latent_side,
            "patch_size": settings.patch_size,
        }
        for name in MODALITIES
    ]
    model: CopGenTransformer = CopGenTransformer(
        streams=streams,
        embed_dim=settings.embed_dim,
        depth=settings.depth,
        num_heads=settings.num_heads,
        prediction_type=settings.prediction_type,
        detail_channels=settings.detail_channels,
        detail_blocks=settings.detail_blocks,
        detail_reads=settings.detail_reads,
        guess_blocks=list(settings.guess_blocks),
        token_channels=settings.token_channels,
    )
    return model


@torch.inference_mode()
def _encode(
    model: AutoencoderDC, stored: NDArray[np.uint8], precision: str, device: torch.device
) -> NDArray[np.float32]:
    """Latent (channels, rows, columns) of the chips of one scene, row by row, as one picture."""
    side = math.isqrt(len(stored))
    rows = stored.reshape(side, side, -1, CHIP, CHIP).transpose(2, 0, 3, 1, 4)
    picture = torch.from_numpy(rows.reshape(1, -1, side * CHIP, side * CHIP) / np.float32(127.5) - 1)
    with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16"):
        latent = model.encode(picture.expand(-1, 3, -1, -1).to(device, memory_format=torch.channels_last)).latent
    return np.asarray(latent[0].float().cpu().numpy(), dtype=np.float32)


def encode_scenes(
    model: AutoencoderDC,
    chips: Mapping[str, NDArray[np.uint8]],
    scenes: int,
    folder: Path,
    precision: str,
    device: torch.device,
) -> dict[str, NDArray[np.float16]]:
    """Latents of whole scenes, kept on disk; goes on where an earlier call stopped.

    One process encodes, others that want the same wait for it.

    Args:
        model: the trained autoencoder.
        chips: by modality (chips, channels, 256, 256) uint8, scene by scene and row by row.
        scenes: how many the chips come from.
        folder: gets ``<modality>.npy`` (scenes, latent channels, rows, columns) float16.
        precision: ``fp32`` or ``bf16``, whose rounding is below the noise that the decoder learned to bear.
        device: to encode on.

    Raises:
        InputError: what an earlier call left is damaged.
    """
    progress = folder / "done.txt"
    if _count(progress) < scenes:
        with one_at_a_time(folder):
            each = len(chips[MODALITIES[0]]) // scenes
            shape = (scenes, *_encode(model, chips[MODALITIES[0]][:each], precision, device).shape)
            begun = _count(progress) > 0
            arrays = {name: kept_array(folder / f"{name}.npy", np.float16, shape, begun) for name in MODALITIES}
            for scene in tqdm(range(_count(progress), scenes), desc="encoding", unit="scene", mininterval=5):
                for name in MODALITIES:
                    scene_chips = chips[name][scene * each : (scene + 1) * each]
                    arrays[name][scene] = _encode(model, scene_chips, precision, device)
                write_whole(progress, str(scene + 1))
    latents = {}
    for name in MODALITIES:
        path = folder / f"{name}.npy"
        with as_kept(path, f"remove the folder {folder}, and the scenes are encoded again"):
            latents[name] = np.asarray(np.load(path, mmap_mode="r"))
            if len(latents[name]) != scenes:
                raise ValueError(f"{len(latents[name])} scenes")
    return latents


def _count(path: Path) -> int:
    """The number in a small file, 0 where there is none."""
    if not path.exists():
        return 0
    with as_kept(path, f"remove the folder {path.parent}, and the scenes are encoded again"):
        return int(path.read_text(encoding="utf-8"))


def measure_scales(latents: Mapping[str, NDArray[np.float16]]) -> dict[str, float]:
    """1 / standard deviation of each modality's latents.

    One autoencoder gives modalities of unlike contrast latents of unlike size; the noise schedule
    expects about one.
    """
    return {name: float(1 / array[::5].astype(np.float64).std()) for name, array in latents.items()}


@torch.no_grad()
def measure_guess(guess: LinearGuess, latents: Mapping[str, NDArray[np.float16]], scales: Mapping[str, float]) -> None:
    """Give a linear guess the mean and the covariance, of every part, of all modalities' latents times their scales.

    Args:
        guess: whose buffers are filled.
        latents: by modality (scenes, latent channels, rows, columns); the squares divide rows and columns.
        scales: factor on each modality's latents.
    """
    count, scenes = sum(guess.channels), len(next(iter(latents.values())))
    total, products, places = np.zeros(count), np.zeros((len(guess.shares), count, count)), 0
    for scene in range(scenes):
        values = np.concatenate([scales[name] * array[scene].astype(np.float64) for name, array in latents.items()])
        total += values.sum(axis=(1, 2))
        places += values[0].size
        for index, part in enumerate(guess.parts(torch.from_numpy(values)[None])):
            square = (values.shape[-1] // part.shape[-1]) ** 2
            flat = part[0].flatten(1).numpy()
            products[index] += square * flat @ flat.T
    mean = total / places
    covariances = products / (places * np.array(guess.shares)[:, None, None])
    covariances[0] -= np.outer(mean, mean) / guess.shares[0]
    guess.mean.copy_(torch.from_numpy(mean))
    guess.covariance.copy_(torch.from_numpy(covariances.reshape(guess.covariance.shape)))


def draw_latents(
    latents: Mapping[str, NDArray[np.float16]],
    scales: Mapping[str, float],
    batch: int,
    chance: np.random.Generator,
    device: torch.device,
) -> list[Tensor]:
    """Windows of one chip's size at random places of random scenes: one tensor per modality, times its scale."""
    first = next(iter(latents.values()))
    scenes = chance.integers(len(first), size=batch)
    rows, columns = chance.integers(first.shape[-1] - LATENT_SIDE + 1, size=(2, batch))
    drawn = []
    for name, array in latents.items():
        windows = [
            array[scene, :, row : row + LATENT_SIDE, column : column + LATENT_SIDE]
            for scene, row, column in zip(scenes, rows, columns, strict=True)
        ]
        drawn.append(torch.from_numpy(np.stack(windows).astype(np.float32) * np.float32(scales[name])).to(device))
    return drawn


def choose_trained(model: CopGenTransformer, settings: TransformerConfig) -> None:
    """Let gradients reach the part that is trained, and no other; a linear guess has no parameters."""
    trained = model.detail if settings.trained == "detail" and model.detail is not None else model
    model.requires_grad_(False)
    trained.requires_grad_(True)


def make_optimisers(model: torch.nn.Module, settings: TransformerConfig) -> list[torch.optim.Optimizer]:
    """AdamW for everything, or Muon for the matrices of the blocks and AdamW for the rest.

    Norms, biases and the position embedding do not decay. Muon (orthogonalised momentum) takes
    fewer steps to the same loss; its rate is scaled to match AdamW's.
    """
    hidden = [
        value
        for name, value in model.named_parameters()
        if value.requires_grad and value.ndim == 2 and "block" in name and value.shape[0] > 1
    ]
    chosen = hidden if settings.optimiser == "muon" else []
    taken = {id(value) for value in chosen}
    rest = [value for value in model.parameters() if value.requires_grad and id(value) not in taken]
    decaying = [value for value in rest if value.ndim >= 2 and value.shape[0] > 1]
    others = [value for value in rest if value.ndim < 2 or value.shape[0] == 1]
    groups = [{"params": decaying, "weight_decay": settings.weight_decay}, {"params": others, "weight_decay": 0.0}]
    found: list[torch.optim.Optimizer] = [
        torch.optim.AdamW(groups, lr=settings.learning_rate, betas=(settings.betas[0], settings.betas[1]))
    ]
    if chosen:
        found.append(
            torch.optim.Muon(
                chosen,
                lr=settings.learning_rate,
                weight_decay=settings.weight_decay,
                adjust_lr_fn="match_rms_adamw",
            )
        )
    return found


def train_transformer(
    config: TrainingConfig,
    latents: Mapping[str, NDArray[np.float16]],
    scales: Mapping[str, float],
    output: Path,
    fingerprint: str,
    device: torch.device,
    watch: Watch | None = None,
    begun: CopGenTransformer | None = None,
) -> CopGenTransformer:
    """Train, or go on from ``output/transformer.pt``.

    Args:
        config: of the run.
        latents: by modality (scenes, latent channels, rows, columns).
        scales: factor on each modality's latents.
        output: folder of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.
        watch: follows the loop.
        begun: a transformer of these settings, on the same latents, to train further; None for a new one. Its linear
            guess stays as it is, unless it or its parts have not been measured yet.

    Returns:
        The transformer with the averaged weights; the one begun with, where there are no steps.

    Raises:
        TimeIsUp: the slice of time is over; the checkpoint is written.
        UsageError: loss or weights are no finite numbers.
    """
    settings = config.transformer
    watch = watch or Watch("transformer", output)
    torch.manual_seed(config.seed + 1)
    model = begun or build_transformer(config, LATENT_SIDE)
    if settings.steps == 0:
        return model
    guess = model.linear_guess
    if guess is not None and guess.unmeasured:
        measure_guess(guess, latents, scales)
    if begun is None:
        initialise_places(model)
    torch.nn.Module.to(model, device)
    choose_trained(model, settings)
    optimisers = make_optimisers(model, settings)
    average = MovingAverage(model, settings.ema_decay)
    weights = error_weights(device, settings.weight_limit)
    path, start = output / "transformer.pt", 0
    if path.exists():
        state = load_checkpoint(path, fingerprint, device)
        model.load_state_dict(state["model"])
        for optimiser, values in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(values)
        average.load_state_dict(state["average"])
        start = int(state["step"])
    watch.begin(start)
    bar = tqdm(range(start, settings.steps), initial=start, total=settings.steps, desc="transformer", mininterval=5)
    shown = {"loss": 0.0, "error": 0.0}
    for step in bar:
        chance, generator = step_generators(config.seed, STAGE, step, device)
        timesteps, generated = draw_timesteps(chance, settings.batch_size, len(latents), settings)
        clean = draw_latents(latents, scales, settings.batch_size, chance, device)
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = learning_rate(step, settings.steps, settings.learning_rate, config.warmup)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16"):
            loss, errors = denoising_loss(
                model,
                clean,
                torch.from_numpy(timesteps).to(device),
                torch.from_numpy(generated).to(device),
                weights,
                generator,
                pure_start=settings.start_share > 0,
            )
        model.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in optimisers:
            optimiser.step()
        average.update(model)
        rate = 0.02 if step > start + 20 else 1.0
        found = {"loss": float(loss.detach()), "error": float(errors[torch.from_numpy(generated)].mean())}
        shown = {name: value + rate * (found[name] - value) for name, value in shown.items()}
        if step % 20 == 0:
            bar.set_postfix({name: f"{value:.4f}" for name, value in shown.items()}, refresh=False)
        watch.log(step, **found, rate=optimisers[0].param_groups[0]["lr"])
        if step + 1 == settings.steps:
            watch.end(average)
        stops = watch.stops(step + 1, settings.steps)
        if stops or (step + 1) % config.checkpoint_every == 0 or step + 1 == settings.steps:
            save_checkpoint(
                path,
                {
                    "fingerprint": fingerprint,
                    "step": step + 1,
                    "model": model.state_dict(),
                    "optimisers": [optimiser.state_dict() for optimiser in optimisers],
                    "average": average.state_dict(),
                },
            )
        watch.show(step + 1, settings.steps, model, average)
        if stops:
            raise TimeIsUp("transformer", step + 1, settings.steps)
    model.load_state_dict(average.values)
    model.eval()
    return model
