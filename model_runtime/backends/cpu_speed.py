"""What makes the networks faster on CPUs and changes nothing else: weights laid out once as the kernels read them."""

from __future__ import annotations

from typing import cast

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from model_runtime.model.transformer import Block, CopGenTransformer

WIDE = 512
"""Length of a token from which bfloat16 pays on any CPU that multiplies it in hardware."""


def multiplies_bf16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware (AMX or AVX-512 BF16)."""
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))


def computes_bf16() -> bool:
    """Whether torch has kernels for bfloat16 on this CPU; without, it takes several times as long as float32."""
    supported = getattr(torch.ops.mkldnn, "_is_mkldnn_bf16_supported", None)
    return supported is None or bool(supported())


class PackedLinear(nn.Module):
    """A linear layer whose weights lie as oneDNN's kernel reads them; otherwise every call rearranges them first.

    Args:
        linear: the layer; its numbers are copied.
        tokens: the usual number of tokens.
        activation: ``none``, or ``gelu`` in the same pass.
    """

    def __init__(self, linear: nn.Linear, tokens: int, activation: str = "none") -> None:
        super().__init__()
        self.packed = torch.ops.mkldnn._reorder_linear_weight(linear.weight.detach(), tokens)
        self.bias = None if linear.bias is None else linear.bias.detach()
        self.activation = activation

    def forward(self, tokens: Tensor, residual: Tensor | None = None) -> Tensor:
        """Transform every token (B, L, D), and add the residual in the same pass where one is given."""
        transformed: Tensor
        if residual is not None:
            transformed = torch.ops.mkldnn._linear_pointwise.binary(tokens, residual, self.packed, self.bias, "add")
        else:
            exact = "none" if self.activation == "gelu" else ""
            transformed = torch.ops.mkldnn._linear_pointwise(tokens, self.packed, self.bias, self.activation, [], exact)
        return transformed


class PackedBlock(nn.Module):
    """A block of packed layers: the GELU within the first layer of the MLP, sums within the layers before them."""

    def __init__(self, block: Block, tokens: int) -> None:
        super().__init__()
        self.num_heads = block.attn.num_heads
        self.qkv = PackedLinear(block.attn.qkv, tokens)
        self.proj = PackedLinear(block.attn.proj, tokens)
        self.fc1 = PackedLinear(block.mlp.fc1, tokens, "gelu")
        self.fc2 = PackedLinear(block.mlp.fc2, tokens)
        self.norm2, self.norm3 = block.norm2, block.norm3
        if hasattr(block, "skip_linear"):
            self.norm1, self.skip_linear = block.norm1, PackedLinear(block.skip_linear, tokens)

    def forward(self, tokens: Tensor, skip: Tensor | None = None) -> Tensor:
        """Transform tokens (B, L, D), after joining the partner's output where one is given."""
        if skip is not None:
            tokens = self.norm1(self.skip_linear(torch.cat([tokens, skip], dim=-1)))
        batch, length, dimension = tokens.shape
        joint = self.qkv(tokens).reshape(batch, length, 3, self.num_heads, dimension // self.num_heads)
        query, key, value = joint.permute(2, 0, 3, 1, 4).unbind(0)
        attended = F.scaled_dot_product_attention(query, key, value)
        tokens = self.norm2(self.proj(attended.transpose(1, 2).reshape(batch, length, dimension), tokens))
        output: Tensor = self.norm3(self.fc2(self.fc1(tokens), tokens))
        return output


def can_pack() -> bool:
    """Whether this build of torch and this CPU have the kernels."""
    return multiplies_bf16() and hasattr(torch.ops.mkldnn, "_linear_pointwise")


def halve_pictures(autoencoder: nn.Module) -> None:
    """Put an autoencoder into bfloat16, channels last: convolutions are four times faster so with AMX."""
    for parameter in autoencoder.parameters():
        parameter.data = parameter.data.to(torch.bfloat16)
    channels_last(autoencoder)


def channels_last(network: nn.Module) -> None:
    """Lay the weights of a network's convolutions out channels last, as features then are from layer to layer.

    The embedded model's autoencoder, whose layers normalise every place by itself, decodes in four fifths of the time
    so on a CPU; the published one takes as long either way in float32.
    """
    for parameter in network.parameters():
        if parameter.ndim == 4:
            parameter.data = parameter.data.contiguous(memory_format=torch.channels_last)


def is_channels_last(network: nn.Module) -> bool:
    """Tell whether :func:`channels_last` was called on a network."""
    kernel = next((weight for weight in network.parameters() if weight.ndim == 4 and min(weight.shape[1:]) > 1), None)
    return kernel is not None and kernel.is_contiguous(memory_format=torch.channels_last)


def pack(transformer: CopGenTransformer) -> None:
    """Lay out the weights of all blocks of a transformer in bfloat16 on the CPU; it can no longer be saved."""
    tokens = transformer.pos_embed.shape[1]
    for blocks in (transformer.in_blocks, transformer.out_blocks):
        for index, block in enumerate(blocks):
            blocks[index] = PackedBlock(cast(Block, block), tokens)
    transformer.mid_block = PackedBlock(transformer.mid_block, tokens)  # type: ignore[assignment]
