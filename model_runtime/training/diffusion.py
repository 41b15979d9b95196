"""Second stage: the transformer, on latents that were encoded once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from diffusers import AutoencoderKL
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from model_runtime.contract import MODALITIES
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.training.autoencoder import LOGVAR_RANGE
from model_runtime.training.config import TrainingConfig
from model_runtime.training.data import CHIP
from model_runtime.training.objective import NoiseTable, draw_timesteps, noise_loss
from model_runtime.training.optimisation import (
    MovingAverage,
    learning_rate,
    load_checkpoint,
    save_checkpoint,
    step_generators,
)

STAGE = 2
ENCODE_BATCH = 4


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
    return CopGenTransformer(
        streams=streams, embed_dim=settings.embed_dim, depth=settings.depth, num_heads=settings.num_heads
    )


@torch.inference_mode()
def encode_chips(
    model: AutoencoderKL,
    chips: Mapping[str, NDArray[np.uint8]],
    chosen: NDArray[np.int64],
    folder: Path,
    precision: str,
    device: torch.device,
) -> dict[str, NDArray[np.float16]]:
    """Posterior moments of the chosen chips, kept on disk; goes on where an earlier call stopped.

    Args:
        model: the trained autoencoder.
        chips: by modality (chips, channels, 256, 256) uint8.
        chosen: numbers of the chips to encode.
        folder: gets ``<modality>.npy`` (chosen, 2 x latent channels, rows, columns) float16.
        precision: ``fp32`` or ``bf16``.
        device: to encode on.
    """
    folder.mkdir(parents=True, exist_ok=True)
    side = CHIP // 2 ** (len(model.config.block_out_channels) - 1)
    shape = (len(chosen), 2 * model.config.latent_channels, side, side)
    progress = folder / "done.txt"
    done = int(progress.read_text()) if progress.exists() else 0
    mode = "r+" if done else "w+"
    arrays = {name: open_memmap(folder / f"{name}.npy", mode, np.float16, shape) for name in MODALITIES}
    for start in tqdm(range(done, len(chosen), ENCODE_BATCH), desc="encoding", unit="batch", mininterval=5):
        part = chosen[start : start + ENCODE_BATCH]
        for name in MODALITIES:
            pictures = torch.from_numpy(chips[name][part] / np.float32(127.5) - 1).expand(-1, 3, -1, -1)
            with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16"):
                moments = model.quant_conv(model.encoder(pictures.to(device))).float()
            arrays[name][start : start + len(part)] = moments.cpu().numpy()
        progress.write_text(str(min(start + ENCODE_BATCH, len(chosen))))
    return {name: np.asarray(array) for name, array in arrays.items()}


def measure_scale(moments: Mapping[str, NDArray[np.float16]]) -> float:
    """1 / standard deviation of the latents of all modalities together."""
    half = next(iter(moments.values())).shape[1] // 2
    squares, means = [], []
    for array in moments.values():
        mean = array[::5, :half].astype(np.float64)
        variance = np.exp(np.clip(array[::5, half:].astype(np.float64), *LOGVAR_RANGE))
        squares.append((mean**2 + variance).mean())
        means.append(mean.mean())
    return float(1 / np.sqrt(np.mean(squares) - np.mean(means) ** 2))


def draw_latents(
    moments: Mapping[str, NDArray[np.float16]],
    part: NDArray[np.int64],
    scale: float,
    generator: torch.Generator,
    device: torch.device,
) -> list[Tensor]:
    """Fresh draws from the posteriors of some chips, one tensor per modality, times the scale."""
    latents = []
    for array in moments.values():
        mean, logvar = torch.from_numpy(array[part].astype(np.float32)).to(device).chunk(2, dim=1)
        noise = torch.randn(mean.shape, generator=generator, device=device)
        latents.append(scale * (mean + torch.exp(0.5 * logvar.clamp(*LOGVAR_RANGE)) * noise))
    return latents


def make_optimiser(model: torch.nn.Module, peak: float, decay: float, betas: tuple[float, ...]) -> torch.optim.AdamW:
    """AdamW; norms, biases and the position embedding do not decay."""
    matrices = [value for value in model.parameters() if value.ndim >= 2 and value.shape[0] > 1]
    others = [value for value in model.parameters() if value.ndim < 2 or value.shape[0] == 1]
    groups = [{"params": matrices, "weight_decay": decay}, {"params": others, "weight_decay": 0.0}]
    return torch.optim.AdamW(groups, lr=peak, betas=(betas[0], betas[1]))


def train_transformer(
    config: TrainingConfig,
    moments: Mapping[str, NDArray[np.float16]],
    scale: float,
    output: Path,
    fingerprint: str,
    device: torch.device,
) -> CopGenTransformer:
    """Train, or go on from ``output/transformer.pt``.

    Args:
        config: of the run.
        moments: by modality (chips, 2 x latent channels, rows, columns).
        scale: factor on the latents.
        output: folder of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.

    Returns:
        The transformer with the averaged weights.
    """
    settings = config.transformer
    torch.manual_seed(config.seed + 1)
    first = next(iter(moments.values()))
    model = build_transformer(config, first.shape[-1]).to(device)
    optimiser = make_optimiser(model, settings.learning_rate, settings.weight_decay, settings.betas)
    average = MovingAverage(model, settings.ema_decay)
    table = NoiseTable(device, settings.weight_limit)
    path, start = output / "transformer.pt", 0
    if path.exists():
        state = load_checkpoint(path, fingerprint, device)
        model.load_state_dict(state["model"])
        optimiser.load_state_dict(state["optimiser"])
        average.load_state_dict(state["average"])
        start = int(state["step"])
    bar = tqdm(range(start, settings.steps), initial=start, total=settings.steps, desc="transformer", mininterval=5)
    shown = {"loss": 0.0, "noise": 0.0}
    for step in bar:
        chance, generator = step_generators(config.seed, STAGE, step, device)
        part = np.sort(chance.choice(len(first), min(settings.batch_size, len(first)), replace=False))
        timesteps, generated = draw_timesteps(chance, len(part), len(moments), settings)
        clean = draw_latents(moments, part, scale, generator, device)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, settings.steps, settings.learning_rate, config.warmup)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16"):
            loss, errors = noise_loss(
                model, clean, torch.from_numpy(timesteps).to(device), torch.from_numpy(generated).to(device), table, generator
            )
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        average.update(model)
        rate = 0.02 if step > start + 20 else 1.0
        shown["loss"] += rate * (float(loss.detach()) - shown["loss"])
        shown["noise"] += rate * (float(errors[torch.from_numpy(generated)].mean()) - shown["noise"])
        if step % 20 == 0:
            bar.set_postfix({name: f"{value:.4f}" for name, value in shown.items()}, refresh=False)
        if (step + 1) % config.checkpoint_every == 0 or step + 1 == settings.steps:
            save_checkpoint(
                path,
                {
                    "fingerprint": fingerprint,
                    "step": step + 1,
                    "model": model.state_dict(),
                    "optimiser": optimiser.state_dict(),
                    "average": average.state_dict(),
                },
            )
    model.load_state_dict(average.values)
    return model.eval()
