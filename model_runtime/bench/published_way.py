"""How the published code runs the networks, rebuilt from its description, to be measured beside ours.

What is known of it: attention on query, key and value in float32, every block checkpointed, weights in float32 that
still ask for gradients, no gradients kept; plain, or under autocast from the first evaluation to the last (bfloat16
on a CPU, float16 on a GPU); the autoencoder in plain float32 outside it.
"""

from __future__ import annotations

import copy
from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from model_runtime.model.transformer import Attention, Block, CopGenTransformer

AUTOCAST = {"cpu": torch.bfloat16, "cuda": torch.float16, "mps": torch.float16}


class Float32Attention(nn.Module):
    """Attention as published: on float32 copies of query, key and value, whatever the projections gave."""

    def __init__(self, attention: Attention) -> None:
        super().__init__()
        self.qkv, self.proj, self.num_heads = attention.qkv, attention.proj, attention.num_heads

    def forward(self, tokens: Tensor) -> Tensor:
        """Attend over all tokens (B, L, D)."""
        batch, length, dimension = tokens.shape
        joint = self.qkv(tokens).reshape(batch, length, 3, self.num_heads, dimension // self.num_heads)
        query, key, value = joint.permute(2, 0, 3, 1, 4).float().unbind(0)
        attended = F.scaled_dot_product_attention(query, key, value)
        mixed: Tensor = self.proj(attended.transpose(1, 2).reshape(batch, length, dimension))
        return mixed


class CheckpointedBlock(nn.Module):
    """A block that would compute its activations again for a gradient."""

    def __init__(self, block: Block) -> None:
        super().__init__()
        self.block = block

    def forward(self, tokens: Tensor, skip: Tensor | None = None) -> Tensor:
        """Transform tokens (B, L, D)."""
        return cast(Tensor, checkpoint(self.block, tokens, skip, use_reentrant=False))


def as_published(transformer: CopGenTransformer) -> CopGenTransformer:
    """A copy in float32 that computes as the published code does."""
    copied = copy.deepcopy(transformer)
    nn.Module.to(copied, torch.float32)
    copied.requires_grad_(True)
    for blocks in (copied.in_blocks, copied.out_blocks):
        for index, block in enumerate(blocks):
            blocks[index] = _published(cast(Block, block))
    copied.mid_block = _published(copied.mid_block)  # type: ignore[assignment]
    return copied


def _published(block: Block) -> CheckpointedBlock:
    block.attn = Float32Attention(block.attn)  # type: ignore[assignment]
    return CheckpointedBlock(block)
