"""First stage: one autoencoder for the pictures of all modalities."""

from __future__ import annotations

import copy
import time
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from numpy.typing import NDArray
from torch import Tensor
from tqdm import tqdm

from model_runtime.contract import MODALITIES
from model_runtime.training.config import FACTOR, AutoencoderConfig, DecoderConfig, TrainingConfig
from model_runtime.training.data import CHIP
from model_runtime.training.linear_start import fit_latents, start_linear
from model_runtime.training.optimisation import (
    MovingAverage,
    learning_rate,
    load_checkpoint,
    save_checkpoint,
    step_generators,
)
from model_runtime.training.progress import TimeIsUp, Watch

STAGE = 1
START_CHIPS = 10
"""Chips of each modality that the first weights are fitted on."""
COMPONENT_CHIPS = 128
"""Chips of each modality whose principal components guide the latents."""

StepLoss = Callable[[np.random.Generator, torch.Generator], tuple[Tensor, Tensor]]
Guide = Callable[[Tensor], Tensor]
"""What the latents of pictures (batch, 3, rows, columns) in [-1, 1] are held near to."""


def build_autoencoder(config: AutoencoderConfig) -> AutoencoderDC:
    """A small deterministic autoencoder: 3 x 256 x 256 to channels x 32 x 32.

    It rearranges pixels into channels instead of skipping and repeating them (DC-AE, Chen et al. 2024), so it
    has a linear path from a picture to its latent and back, and no layer at full resolution.
    """
    channels = (config.channels[0], *config.channels)
    depth = len(channels)
    model: AutoencoderDC = AutoencoderDC(
        in_channels=3,
        latent_channels=config.latent_channels,
        encoder_block_types="ResBlock",
        decoder_block_types="ResBlock",
        encoder_block_out_channels=channels,
        decoder_block_out_channels=channels,
        encoder_layers_per_block=(0, *config.encoder_layers),
        decoder_layers_per_block=(0, *config.decoder_layers),
        encoder_qkv_multiscales=((),) * depth,
        decoder_qkv_multiscales=((),) * depth,
        encoder_out_shortcut=False,
        decoder_in_shortcut=False,
        decoder_conv_act_fn="silu",
    )
    return model


def draw_crops(
    chips: Mapping[str, NDArray[np.uint8]], config: AutoencoderConfig | DecoderConfig, chance: np.random.Generator
) -> tuple[Tensor, Tensor]:
    """Crops at random places of random chips.

    Returns:
        Pictures (batch, 3, crop, crop) in [-1, 1] and the number of each one's modality (batch,).
    """
    shares = np.asarray(config.shares) / sum(config.shares)
    pictures = np.empty((config.batch_size, 3, config.crop, config.crop), dtype=np.float32)
    modalities = chance.choice(len(MODALITIES), config.batch_size, p=shares)
    for index, modality in enumerate(modalities):
        stored = chips[MODALITIES[modality]]
        row, column = chance.integers(0, CHIP - config.crop + 1, 2)
        chip = stored[chance.integers(len(stored)), :, row : row + config.crop, column : column + config.crop]
        pictures[index] = chip / np.float32(127.5) - 1
    return torch.from_numpy(pictures), torch.from_numpy(modalities)


def principal_components(
    chips: Mapping[str, NDArray[np.uint8]], config: AutoencoderConfig
) -> tuple[Tensor, NDArray[np.float64]]:
    """The directions in which 8 x 8 pixels of three channels differ most, over all modalities.

    Latents near them keep most of the picture, coarse things in the first channels, and neighbours and like
    pictures have like latents: what a small transformer can learn in a short time.

    Args:
        chips: by modality (chips, channels, 256, 256) uint8.
        config: how many, and how far they are brought to equal size.

    Returns:
        Kernels (latent channels, 3, 8, 8) of a convolution with stride 8, and the variance of each component.
    """
    covariance = np.zeros((3 * FACTOR**2, 3 * FACTOR**2))
    for name, weight, share in zip(MODALITIES, config.weights, config.shares, strict=True):
        stored = chips[name]
        part = stored[:: max(1, len(stored) // COMPONENT_CHIPS)]
        pictures = np.broadcast_to(part, (len(part), 3, CHIP, CHIP)).astype(np.float32) / np.float32(127.5) - 1
        blocks = pictures.reshape(len(part), 3, CHIP // FACTOR, FACTOR, CHIP // FACTOR, FACTOR)
        rows = blocks.transpose(0, 2, 4, 1, 3, 5).reshape(-1, len(covariance)).astype(np.float64)
        covariance += weight * share * (rows.T @ rows) / len(rows)
    variances, directions = np.linalg.eigh(covariance)
    order = np.argsort(variances)[::-1][: config.latent_channels]
    kept, kernels = variances[order], directions[:, order].T
    gains = kept ** (-config.whitening / 2)
    # A component's sign is arbitrary; fix it, so that another library gives the same latents.
    signs = np.sign(kernels[np.arange(len(kernels)), np.abs(kernels).argmax(axis=1)])
    scaled = (kernels * (gains * signs)[:, None]).reshape(-1, 3, FACTOR, FACTOR).astype(np.float32)
    return torch.from_numpy(scaled), kept


def some_pictures(chips: Mapping[str, NDArray[np.uint8]]) -> Tensor:
    """A few pictures of every modality, spread over the scenes: (batch, 3, 256, 256) in [-1, 1]."""
    parts = [chips[name][:: max(1, len(chips[name]) // START_CHIPS)][:START_CHIPS] for name in MODALITIES]
    pictures = [np.broadcast_to(part, (len(part), 3, CHIP, CHIP)) / np.float32(127.5) - 1 for part in parts]
    return torch.from_numpy(np.concatenate(pictures).astype(np.float32))


def grown(begun: AutoencoderDC, config: AutoencoderConfig, components: Tensor, pictures: Tensor) -> AutoencoderDC:
    """An autoencoder of more latent channels that begins as another one: what its new channels say is not read yet.

    Args:
        begun: of fewer latent channels and otherwise the same sizes.
        config: of the new one.
        components: kernels (latent channels, 3, 8, 8), of which the new channels are fitted to the last.
        pictures: (batch, 3, rows, columns) in [-1, 1], to fit them on.
    """
    model = build_autoencoder(config)
    kept, weights = begun.config["latent_channels"], dict(begun.state_dict())
    for name, value in model.state_dict().items():
        if value.shape != weights[name].shape:
            axis = 1 if name.startswith("decoder") else 0
            weights[name] = longer(weights[name], value.shape[axis], axis)
    model.load_state_dict(weights)
    fit_latents(model, components, pictures, kept)
    return model


def longer(value: Tensor, count: int, axis: int) -> Tensor:
    """A tensor with zeros behind it along an axis, ``count`` of them and it together."""
    wanted = list(value.shape)
    wanted[axis] = count - value.shape[axis]
    return torch.cat([value, value.new_zeros(wanted)], dim=axis)


def nearness(components: Tensor, begun: AutoencoderDC | None) -> Guide:
    """Principal components, or, where an autoencoder is grown, first what its latents were before."""

    def guide(pictures: Tensor) -> Tensor:
        wanted = torch.nn.functional.conv2d(pictures.float(), components, stride=FACTOR)
        if begun is None:
            return wanted
        with torch.no_grad():
            before: Tensor = begun.encoder(pictures).float()
        return torch.cat([before, wanted[:, before.shape[1] :]], dim=1)

    return guide


def reconstruction_loss(
    model: AutoencoderDC,
    pictures: Tensor,
    modalities: Tensor,
    guide: Guide,
    config: AutoencoderConfig,
    generator: torch.Generator,
) -> tuple[Tensor, Tensor]:
    """Weighted squared and absolute error, and the latents' distance from their guide.

    Returns:
        The loss, and the mean squared error of each picture (batch,).
    """
    latent = model.encoder(pictures).float()
    noise = torch.randn(latent.shape, generator=generator, device=latent.device)
    error = model.decoder(latent + config.latent_noise * noise).float() - pictures
    squared = error.square()
    weights = torch.tensor(config.weights, device=error.device)[modalities].view(-1, 1, 1, 1)
    loss = (weights * (4 * squared + 0.2 * error.abs())).mean()
    return loss + config.guide_weight * (latent - guide(pictures)).square().mean(), squared.detach().mean(dim=(1, 2, 3))


def train_autoencoder(
    config: TrainingConfig,
    chips: Mapping[str, NDArray[np.uint8]],
    output: Path,
    fingerprint: str,
    device: torch.device,
    watch: Watch | None = None,
    begun: AutoencoderDC | None = None,
) -> AutoencoderDC:
    """Train, or go on from ``output/autoencoder.pt``.

    Args:
        config: of the run.
        chips: by modality (chips, channels, 256, 256) uint8.
        output: folder of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.
        watch: follows the loop.
        begun: an autoencoder to give more latent channels, its latents staying near what they are; None for a new one.

    Returns:
        The autoencoder with the averaged weights.

    Raises:
        TimeIsUp: the slice of time is over; the checkpoint is written.
    """
    settings = config.autoencoder
    watch = watch or Watch("autoencoder", output)
    torch.manual_seed(config.seed)
    components, _ = principal_components(chips, settings)
    if begun is None:
        model, before = build_autoencoder(settings), None
        start_linear(model, components, some_pictures(chips))
    else:
        model, before = grown(begun, settings, components, some_pictures(chips)), copy.deepcopy(begun)
        before.requires_grad_(False)
        torch.nn.Module.to(before, device)
    torch.nn.Module.to(model, device)
    torch.nn.Module.to(model, memory_format=torch.channels_last)  # type: ignore[call-overload]
    guide = nearness(components.to(device), before)

    def step_loss(chance: np.random.Generator, generator: torch.Generator) -> tuple[Tensor, Tensor]:
        pictures, modalities = draw_crops(chips, settings, chance)
        pictures = pictures.to(device, memory_format=torch.channels_last)
        return reconstruction_loss(model, pictures, modalities.to(device), guide, settings, generator)

    return fit(model, step_loss, config, settings, STAGE, output / "autoencoder.pt", fingerprint, device, watch)


def fit(
    model: AutoencoderDC,
    step_loss: StepLoss,
    config: TrainingConfig,
    settings: AutoencoderConfig | DecoderConfig,
    stage: int,
    path: Path,
    fingerprint: str,
    device: torch.device,
    watch: Watch,
) -> AutoencoderDC:
    """Minimise the loss of an autoencoder, or go on from a checkpoint.

    Args:
        model: the autoencoder; what needs no gradient stays as it is.
        step_loss: loss and squared error of each picture, from the step's sources of chance.
        config: of the run.
        settings: of the stage.
        stage: its number, for the sources of chance.
        path: of the checkpoint.
        fingerprint: of the configuration.
        device: to train on.
        watch: follows the loop.

    Returns:
        The autoencoder with the averaged weights.

    Raises:
        TimeIsUp: the slice of time is over; the checkpoint is written.
        UsageError: loss or weights are no finite numbers.
    """
    trained = [value for value in model.parameters() if value.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=settings.learning_rate, weight_decay=settings.weight_decay)
    average = MovingAverage(model, settings.ema_decay)
    start = 0
    if path.exists():
        state = load_checkpoint(path, fingerprint, device)
        average.load_state_dict(state["average"])
        start = int(state["step"])
        if start < settings.steps:
            model.load_state_dict(state["model"])
            optimiser.load_state_dict(state["optimiser"])
    watch.begin(start)
    bar = tqdm(range(start, settings.steps), initial=start, total=settings.steps, desc=watch.stage, mininterval=5)
    began, shown = time.monotonic(), 0.0
    for step in bar:
        chance, generator = step_generators(config.seed, stage, step, device)
        for group in optimiser.param_groups:
            group["lr"] = learning_rate(step, settings.steps, settings.learning_rate, config.warmup)
        with torch.autocast(device.type, torch.bfloat16, enabled=config.precision == "bf16"):
            loss, squared = step_loss(chance, generator)
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        torch.nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        average.update(model)
        shown = shown + 0.02 * (float(loss.detach()) - shown) if step > start else float(loss.detach())
        if step % 20 == 0:
            bar.set_postfix(
                loss=f"{shown:.4f}", db=f"{-10 * float(torch.log10(squared.mean() / 4)):.1f}", refresh=False
            )
        watch.log(step, loss=float(loss.detach()), error=float(squared.mean()), rate=optimiser.param_groups[0]["lr"])
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
                    "optimiser": optimiser.state_dict(),
                    "average": average.state_dict(),
                    "seconds": time.monotonic() - began,
                },
            )
        watch.show(step + 1, settings.steps, model, average)
        if stops:
            raise TimeIsUp(watch.stage, step + 1, settings.steps)
    model.load_state_dict(average.values)
    model.eval()
    return model
