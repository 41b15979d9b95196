"""Where an autoencoder's weights begin: as the best linear one.

From random weights a small autoencoder takes thousands of steps to become as good as the principal
components of 8 x 8 pixels. Here it begins as them: residual blocks start as the identity, and the convolutions
between them pass the pixels on. Only initial values are chosen; training is free to leave them.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC, DCUpBlock2d, ResBlock
from torch import Tensor, nn
from torch.nn.functional import conv2d, pixel_unshuffle

CONSTANT = 32.0
"""Value of the last channels before the final normalisation: so large that it no longer depends on the picture."""


@torch.no_grad()
def start_linear(model: AutoencoderDC, components: Tensor, pictures: Tensor) -> None:
    """Set the weights so that the latent is the components' and the picture is rebuilt from it linearly.

    Args:
        model: freshly built, three halvings of the resolution.
        components: kernels (latent channels, 3, 8, 8) of a convolution with stride 8.
        pictures: (batch, 3, rows, columns) in [-1, 1], to fit the encoder's last layers on.
    """
    for module in model.modules():
        if isinstance(module, ResBlock):
            for value in module.norm.parameters():
                nn.init.zeros_(value)
    _start_encoder(model, components, pictures)
    _start_decoder(model, components)


@torch.no_grad()
def fit_latents(model: AutoencoderDC, components: Tensor, pictures: Tensor, first: int) -> None:
    """Set the weights of an encoder's last latent channels so that they are the components', as near as a line can.

    Args:
        model: whose other weights stay as they are.
        components: kernels (latent channels, 3, 8, 8) of a convolution with stride 8.
        pictures: (batch, 3, rows, columns) in [-1, 1], to fit on.
        first: number of the first of these channels.
    """
    encoder: Any = model.encoder
    features = encoder.conv_in(pictures)
    for block in encoder.down_blocks:
        features = block(features)
    weight, bias = _fit(features, conv2d(pictures, components[first:], stride=components.shape[-1]))
    encoder.conv_out.weight[first:] = 0.0
    encoder.conv_out.weight[first:, :, 1, 1] = weight
    encoder.conv_out.bias[first:] = bias


def _centre(convolution: nn.Conv2d, rows: int) -> Tensor:
    """Zero the first filters of a convolution and its bias; return a view of their middle taps (rows, channels)."""
    convolution.weight[:rows] = 0.0
    if convolution.bias is not None:
        convolution.bias[:rows] = 0.0
    return convolution.weight[:rows, :, 1, 1]


def _fit(inputs: Tensor, targets: Tensor) -> tuple[Tensor, Tensor]:
    """Least squares weights (targets, inputs) and bias between two batches of channels at the same places."""
    columns = inputs.movedim(1, -1).flatten(0, -2).double().numpy()
    wanted = targets.movedim(1, -1).flatten(0, -2).double().numpy()
    design = np.concatenate([columns, np.ones((len(columns), 1))], axis=1)
    # A little ridge: some channels begin empty.
    normal = design.T @ design + 1e-6 * len(design) * np.eye(design.shape[1])
    solution = np.linalg.solve(normal, design.T @ wanted).astype(np.float32)
    return torch.from_numpy(solution[:-1].T.copy()), torch.from_numpy(solution[-1])


def _start_encoder(model: AutoencoderDC, components: Tensor, pictures: Tensor) -> None:
    encoder: Any = model.encoder
    halves, quarters, eighths = encoder.down_blocks[1], encoder.down_blocks[2], encoder.down_blocks[3]
    _centre(encoder.conv_in.conv, 3)[:, :3] = torch.eye(3)
    _centre(halves[-1].conv, 12)[:, :12] = torch.eye(12)
    fine = quarters[:-1](halves(encoder.conv_in(pictures)))
    blocks = pixel_unshuffle(pictures, 4)
    kept = quarters[-1].conv.out_channels
    _, directions = np.linalg.eigh(np.cov(blocks.movedim(1, -1).flatten(0, -2).numpy()[::7].T))
    coarse = torch.from_numpy(directions[:, ::-1][:, :kept].T.astype(np.float32).copy())
    weight, bias = _fit(fine, conv2d(blocks, coarse[:, :, None, None]))
    _centre(quarters[-1].conv, kept)[:] = weight
    quarters[-1].conv.bias[:] = bias
    weight, bias = _fit(eighths(quarters[-1](fine)), conv2d(pictures, components, stride=components.shape[-1]))
    _centre(encoder.conv_out, len(components))[:] = weight
    encoder.conv_out.bias[:] = bias


def _start_decoder(model: AutoencoderDC, components: Tensor) -> None:
    decoder: Any = model.decoder
    count = len(components)
    _centre(decoder.conv_in, count)[:, :count] = torch.eye(count)
    # (3, 8, 8) pixels from the latent, as 4 x 4 blocks in channels: (channel, row, column) and the place of the block.
    rebuild = torch.from_numpy(np.linalg.pinv(components.flatten(1).double().numpy()).astype(np.float32))
    pixels = rebuild.view(3, 2, 4, 2, 4, count).permute(0, 2, 4, 1, 3, 5).reshape(48 * 4, count)
    eighths, quarters = decoder.up_blocks[2][0], decoder.up_blocks[1][0]
    _centre(eighths.conv, len(pixels))[:, :count] = pixels
    _cancel_shortcut(eighths, 48)
    # 2 x 2 pixels in channels, then the same negated: silu(x) - silu(-x) = x.
    index = torch.arange(48).view(3, 2, 2, 2, 2).permute(0, 2, 4, 1, 3).reshape(48)
    chosen = torch.eye(quarters.conv.in_channels)[index]
    channels = quarters.conv.out_channels // 4
    middle = _centre(quarters.conv, 4 * channels)
    middle[:48], middle[48:96] = chosen, -chosen
    quarters.conv.bias[96:] = CONSTANT
    _cancel_shortcut(quarters, channels)
    size = CONSTANT * ((channels - 24) / channels) ** 0.5
    decoder.norm_out.weight[:24], decoder.norm_out.weight[24:] = size, 0.0
    last = _centre(decoder.conv_out.conv, 12)
    last[:, :12], last[:, 12:24] = torch.eye(12), -torch.eye(12)


def _cancel_shortcut(block: DCUpBlock2d, channels: int) -> None:
    """Take away what the shortcut of an enlarging block adds to its first output channels."""
    rows = torch.arange(4 * channels)
    block.conv.weight[rows, rows // block.repeats, 1, 1] -= 1.0
