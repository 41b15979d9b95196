"""Second stage: the transformer, on latents that were encoded once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL
from numpy.lib.format import open_memmap
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from model_runtime.contract import MODALITIES
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.training.autoencoder import LOGVAR_RANGE
from model_runtime.training.config import TrainingConfig, TransformerConfig
from model_runtime.training.objective import NoiseTable, draw_timesteps, noise_loss
from model_runtime.training.optimisation import (
    MovingAverage,
    learning_rate,
    load_checkpoint,
    save_checkpoint,
    step_generators,
)
from model_runtime.training.places import initialise_places

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
    model: CopGenTransformer = CopGenTransformer(
        streams=streams,
        embed_dim=settings.embed_dim,
        depth=settings.depth,
        num_heads=settings.num_heads,
        prediction_type=settings.prediction_type,
    )
    return model


@torch.inference_mode()
def _encode(
    model: AutoencoderKL, stored: NDArray[np.uint8], part: NDArray[np.int64], precision: str, device: torch.device
) -> NDArray[np.float32]:
    pictures = torch.from_numpy(stored[part] / np.float32(127.5) - 1).expand(-1, 3, -1, -1)
    with torch.autocast(device.type, torch.bfloat16, enabled=precision == "bf16"):
        moments = model.encode(pictures.to(device)).latent_dist.parameters.float()
    return np.asarray(moments.cpu().numpy(), dtype=np.float32)


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
    shape = (len(chosen), *_encode(model, chips[MODALITIES[0]], chosen[:1], precision, device).shape[1:])
    progress = folder / "done.txt"
    done = int(progress.read_text()) if progress.exists() else 0
    mode = "r+" if done else "w+"
    arrays = {name: open_memmap(folder / f"{name}.npy", mode, np.float16, shape) for name in MODALITIES}
    for start in tqdm(range(done, len(chosen), ENCODE_BATCH), desc="encoding", unit="batch", mininterval=5):
        part = chosen[start : start + ENCODE_BATCH]
        for name in MODALITIES:
            arrays[name][start : start + len(part)] = _encode(model, chips[name], part, precision, device)
        progress.write_text(str(min(start + ENCODE_BATCH, len(chosen))))
    return {name: np.asarray(array) for name, array in arrays.items()}


def measure_scales(moments: Mapping[str, NDArray[np.float16]]) -> dict[str, float]:
    """1 / standard deviation of each modality's latents.

    One autoencoder gives modalities of unlike contrast latents of unlike size; the noise schedule
    expects about one.
    """
    scales = {}
    for name, array in moments.items():
        half = array.shape[1] // 2
        mean = array[::5, :half].astype(np.float64)
        variance = np.exp(np.clip(array[::5, half:].astype(np.float64), *LOGVAR_RANGE))
        scales[name] = float(1 / np.sqrt((mean**2 + variance).mean() - mean.mean() ** 2))
    return scales


def draw_latents(
    moments: Mapping[str, NDArray[np.float16]],
    part: NDArray[np.int64],
    scales: Mapping[str, float],
    generator: torch.Generator,
    device: torch.device,
) -> list[Tensor]:
    """Fresh draws from the posteriors of some chips, one tensor per modality, times its scale."""
    latents = []
    for name, array in moments.items():
        mean, logvar = torch.from_numpy(array[part].astype(np.float32)).to(device).chunk(2, dim=1)
        noise = torch.randn(mean.shape, generator=generator, device=device)
        latents.append(scales[name] * (mean + torch.exp(0.5 * logvar.clamp(*LOGVAR_RANGE)) * noise))
    return latents


def make_optimisers(model: torch.nn.Module, settings: TransformerConfig) -> list[torch.optim.Optimizer]:
    """AdamW for everything, or Muon for the matrices of the blocks and AdamW for the rest.

    Norms, biases and the position embedding do not decay. Muon (orthogonalised momentum) takes
    fewer steps to the same loss; its rate is scaled to match AdamW's.
    """
    hidden = [
        value for name, value in model.named_parameters() if value.ndim == 2 and "block" in name and value.shape[0] > 1
    ]
    chosen = hidden if settings.optimiser == "muon" else []
    taken = {id(value) for value in chosen}
    rest = [value for value in model.parameters() if id(value) not in taken]
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
    moments: Mapping[str, NDArray[np.float16]],
    scales: Mapping[str, float],
    output: Path,
    fingerprint: str,
    device: torch.device,
) -> CopGenTransformer:
    """Train, or go on from ``output/transformer.pt``.

    Args:
        config: of the run.
        moments: by modality (chips, 2 x latent channels, rows, columns).
        scales: factor on each modality's latents.
        output: folder of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.

    Returns:
        The transformer with the averaged weights.
    """
    settings = config.transformer
    torch.manual_seed(config.seed + 1)
    first = next(iter(moments.values()))
    model = build_transformer(config, first.shape[-1])
    initialise_places(model)
    torch.nn.Module.to(model, device)
    optimisers = make_optimisers(model, settings)
    average = MovingAverage(model, settings.ema_decay)
    table = NoiseTable(device, settings.weight_limit)
    path, start = output / "transformer.pt", 0
    if path.exists():
        state = load_checkpoint(path, fingerprint, device)
        model.load_state_dict(state["model"])
        for optimiser, values in zip(optimisers, state["optimisers"], strict=True):
            optimiser.load_state_dict(values)
        average.load_state_dict(state["average"])
        start = int(state["step"])
    bar = tqdm(range(start, settings.steps), initial=start, total=settings.steps, desc="transformer", mininterval=5)
    shown = {"loss": 0.0, "noise": 0.0}
    for step in bar:
        chance, generator = step_generators(config.seed, STAGE, step, device)
        part = np.sort(chance.choice(len(first), min(settings.batch_size, len(first)), replace=False))
        timesteps, generated = draw_timesteps(chance, len(part), len(moments), settings)
        clean = draw_latents(moments, part, scales, generator, device)
        for group in (group for optimiser in optimisers for group in optimiser.param_groups):
            group["lr"] = learning_rate(step, settings.steps, settings.learning_rate, config.warmup)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16"):
            loss, errors = noise_loss(
                model,
                clean,
                torch.from_numpy(timesteps).to(device),
                torch.from_numpy(generated).to(device),
                table,
                generator,
            )
        model.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        for optimiser in optimisers:
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
                    "optimisers": [optimiser.state_dict() for optimiser in optimisers],
                    "average": average.state_dict(),
                },
            )
    model.load_state_dict(average.values)
    model.eval()
    return model
