"""Published checkpoints as networks: sizes read from the weights' shapes, names mapped to diffusers'."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from torch import Tensor

from model_runtime.model.published import AUTOENCODER, HEAD_DIM

_LAYER_NAMES = (
    (r"\.norm_out\.", ".conv_norm_out."),
    (r"\.nin_shortcut\.", ".conv_shortcut."),
    (r"\.down\.(\d+)\.block\.(\d+)\.", r".down_blocks.\1.resnets.\2."),
    (r"\.down\.(\d+)\.downsample\.", r".down_blocks.\1.downsamplers.0."),
    (r"\.up\.(\d+)\.block\.(\d+)\.", r".up_blocks.\1.resnets.\2."),
    (r"\.up\.(\d+)\.upsample\.", r".up_blocks.\1.upsamplers.0."),
    (r"\.mid\.block_1\.", ".mid_block.resnets.0."),
    (r"\.mid\.block_2\.", ".mid_block.resnets.1."),
    (r"\.mid\.attn_1\.norm\.", ".mid_block.attentions.0.group_norm."),
    (r"\.mid\.attn_1\.([qkv])\.", r".mid_block.attentions.0.to_\1."),
    (r"\.mid\.attn_1\.proj_out\.", ".mid_block.attentions.0.to_out.0."),
)
_OLD_ATTENTION_NAMES = {"query": "to_q", "key": "to_k", "value": "to_v", "proj_attn": "to_out.0"}
_ATTENTION_WEIGHT = re.compile(r"\.attentions\.0\.to_(q|k|v|out\.0)\.weight$")


def transformer_config(state: Mapping[str, Tensor], beside: Mapping[str, Any]) -> dict[str, Any]:
    """Sizes of a published transformer.

    Args:
        state: its weights; where one that tells a size is missing, the published size is taken, so that
            the comparison of names can say what is missing.
        beside: content of a ``config.json`` beside the file; only ``num_heads`` is taken from it, which
            no shape tells. Without it a head has the published size.

    Returns:
        Arguments of ``CopGenTransformer`` without the streams' names: ``streams`` holds one entry of
        sizes for each stream.
    """
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    _, length, embed_dim = shapes.get("pos_embed", (1, 1028, 1024))
    patch_embed = shapes.get("patch_embeds.0.proj.weight", (embed_dim, 4, 2, 2))
    count = max(_count(shapes, r"patch_embeds\.(\d+)\."), 1)
    side = int(max((length - count) // count, 1) ** 0.5) * patch_embed[2]
    sizes = {"channels": patch_embed[1], "height": side, "width": side, "patch_size": patch_embed[2]}
    return {
        "streams": [dict(sizes) for _ in range(count)],
        "embed_dim": embed_dim,
        "depth": 2 * _count(shapes, r"in_blocks\.(\d+)\."),
        "num_heads": int(beside.get("num_heads", max(embed_dim // HEAD_DIM, 1))),
        "mlp_ratio": shapes.get("mid_block.mlp.fc1.weight", (4 * embed_dim,))[0] / embed_dim,
        "qkv_bias": "mid_block.attn.qkv.bias" in shapes,
        "mlp_time_embed": any(name.startswith("time_img_embeds.") for name in shapes),
    }


def autoencoder_config(state: Mapping[str, Tensor]) -> dict[str, Any]:
    """Configuration for diffusers' ``AutoencoderKL``: the published one, with the sizes that weights tell.

    Args:
        state: weights under diffusers' names; what a missing one would tell stays as published, so that the
            comparison of names can say what is missing. No weight tells the number of groups.
    """
    shapes = {name: tuple(tensor.shape) for name, tensor in state.items()}
    levels = _count(shapes, r"encoder\.down_blocks\.(\d+)\.")
    if not levels:
        return dict(AUTOENCODER)
    firsts = [f"encoder.down_blocks.{level}.resnets.0.conv1.weight" for level in range(levels)]
    return {
        **AUTOENCODER,
        "down_block_types": ["DownEncoderBlock2D"] * levels,
        "up_block_types": ["UpDecoderBlock2D"] * levels,
        "block_out_channels": [shapes.get(name, (32,))[0] for name in firsts],
        "layers_per_block": _count(shapes, r"encoder\.down_blocks\.0\.resnets\.(\d+)\."),
        "latent_channels": shapes.get("post_quant_conv.weight", (4,))[0],
    }


def diffusers_names(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename an autoencoder in the LDM layout; unknown names stay as they are and are refused later.

    The decoder's levels count the other way round, and attention projections are 1 x 1 convolutions
    there and linear layers here.
    """
    levels = _count(state, r"decoder\.up\.(\d+)\.")
    renamed = {}
    for name, tensor in state.items():
        for pattern, replacement in _LAYER_NAMES:
            name = re.sub(pattern, replacement, name)
        name = re.sub(r"\.up_blocks\.(\d+)\.", lambda found: f".up_blocks.{levels - 1 - int(found[1])}.", name)
        is_convolution = _ATTENTION_WEIGHT.search(name) is not None and tensor.ndim == 4
        renamed[name] = tensor[:, :, 0, 0] if is_convolution else tensor
    return renamed


def current_names(state: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """Rename the attention layers of an autoencoder saved by diffusers before 2023."""
    renamed = {}
    for name, tensor in state.items():
        for old, new in _OLD_ATTENTION_NAMES.items():
            name = name.replace(f".attentions.0.{old}.", f".attentions.0.{new}.")
        renamed[name] = tensor
    return renamed


def _count(names: Mapping[str, Any], pattern: str) -> int:
    return len({found[1] for name in names if (found := re.match(pattern, name))})
