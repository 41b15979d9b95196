"""Where a transformer's weights begin: every token knows its place and looks there in all modalities.

From random positions a network needs thousands of steps to find out which tokens of two modalities
show the same ground, and learns nothing of one from the other before. Only initial values are chosen
here; architecture and training stay the same.
"""

from __future__ import annotations

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from model_runtime.model.transformer import Block, CopGenTransformer

PLACE_SIZE = 0.5
"""Standard deviation of a token's place, about that of its content."""
MODALITY_SIZE = 0.2
PLACE_LOGIT = 6.0
"""Attention score of the same place: four modalities there then outweigh all other tokens together."""


def place_codes(rows: int, columns: int, dimension: int) -> NDArray[np.float32]:
    """Sines and cosines of row and column, (rows * columns, dimension), row by row."""
    frequencies = np.pi / np.geomspace(1.3, 2.0 * max(rows, columns), dimension // 4)
    down, right = (np.arange(count)[:, None] * frequencies[None] for count in (rows, columns))
    vertical, horizontal = (np.concatenate([np.sin(angle), np.cos(angle)], axis=1) for angle in (down, right))
    codes = np.concatenate(
        [np.repeat(vertical, columns, axis=0), np.tile(horizontal, (rows, 1))], axis=1, dtype=np.float64
    )
    codes = codes - codes.mean(axis=0)
    return np.asarray(PLACE_SIZE * codes / codes.std(), dtype=np.float32)


def _look_at_same_place(block: Block, basis: NDArray[np.float32], size: float) -> None:
    """Let every second head compare places: query and key both project onto the places' subspace."""
    dimension = basis.shape[1]
    heads = block.attn.num_heads
    width = dimension // heads
    weight = block.attn.qkv.weight.data.view(3, heads, width, dimension)
    factor = float(np.sqrt(PLACE_LOGIT * np.sqrt(width) / size))
    kept = torch.from_numpy(basis[:width]) * factor
    for head in range(0, heads, 2):
        weight[:2, head].mul_(0.1)
        weight[:2, head, : len(kept)] += kept


@torch.no_grad()
def initialise_places(model: CopGenTransformer) -> None:
    """Set the position embedding, half of the attention heads and the skip connections.

    Args:
        model: freshly built; all its streams on grids of the same size.
    """
    rows, columns = model.grids[0]
    dimension = int(model.pos_embed.shape[-1])
    codes = place_codes(rows, columns, dimension)
    count = len(model.grids)
    modality = MODALITY_SIZE * torch.randn(count, 1, dimension)
    model.pos_embed[0, :count] = modality[:, 0]
    model.pos_embed[0, count:] = (torch.from_numpy(codes)[None] + modality).flatten(0, 1)
    _, values, basis = np.linalg.svd(codes, full_matrices=False)
    used = int((values > 1e-3 * values[0]).sum())
    size = float((codes**2).sum(axis=1).mean())
    blocks = [*model.in_blocks, model.mid_block, *model.out_blocks]
    for block in blocks:
        if isinstance(block, Block):
            _look_at_same_place(block, basis[:used].astype(np.float32), size)
            skip = getattr(block, "skip_linear", None)
            if isinstance(skip, nn.Linear):
                # Both halves pass unchanged at first, places included.
                identity = torch.eye(dimension)
                skip.weight.mul_(0.1).add_(0.5 * torch.cat([identity, identity], dim=1))
