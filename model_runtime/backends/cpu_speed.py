"""What makes the networks faster on CPUs and changes nothing else: weights laid out once as the kernels read them."""

from __future__ import annotations

import torch
from torch import Tensor, nn

from model_runtime.model.transformer import CopGenTransformer, Mlp

WIDE = 512
"""Length of a token from which bfloat16 pays on any CPU that multiplies it in hardware."""


def multiplies_bf16() -> bool:
    """Whether this CPU multiplies bfloat16 in hardware (AMX or AVX-512 BF16)."""
    capabilities = torch.cpu.get_capabilities()
    return bool(capabilities.get("amx_bf16") or capabilities.get("avx512_bf16"))


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

    def forward(self, tokens: Tensor) -> Tensor:
        """Transform every token (B, L, D)."""
        exact = "none" if self.activation == "gelu" else ""
        transformed: Tensor = torch.ops.mkldnn._linear_pointwise(
            tokens, self.packed, self.bias, self.activation, [], exact
        )
        return transformed


class PackedMlp(nn.Module):
    """The two linear layers of a block, the GELU within the first."""

    def __init__(self, mlp: Mlp, tokens: int) -> None:
        super().__init__()
        self.fc1 = PackedLinear(mlp.fc1, tokens, "gelu")
        self.fc2 = PackedLinear(mlp.fc2, tokens)

    def forward(self, tokens: Tensor) -> Tensor:
        """Transform every token (B, L, D) by itself."""
        hidden: Tensor = self.fc2(self.fc1(tokens))
        return hidden


def can_pack() -> bool:
    """Whether this build of torch and this CPU have the kernels."""
    return multiplies_bf16() and hasattr(torch.ops.mkldnn, "_linear_pointwise")


def halve_pictures(autoencoder: nn.Module) -> None:
    """Put an autoencoder into bfloat16, channels last: convolutions are four times faster so with AMX."""
    for parameter in autoencoder.parameters():
        layout = torch.channels_last if parameter.ndim == 4 else torch.preserve_format
        parameter.data = parameter.data.to(torch.bfloat16, memory_format=layout)


def pack(transformer: CopGenTransformer) -> None:
    """Lay out the weights of all blocks of a transformer in bfloat16 on the CPU; it can no longer be saved."""
    tokens = transformer.pos_embed.shape[1]
    for block in (*transformer.in_blocks, transformer.mid_block, *transformer.out_blocks):
        block.attn.qkv = PackedLinear(block.attn.qkv, tokens)
        block.attn.proj = PackedLinear(block.attn.proj, tokens)
        block.mlp = PackedMlp(block.mlp, tokens)
        if hasattr(block, "skip_linear"):
            block.skip_linear = PackedLinear(block.skip_linear, tokens)
