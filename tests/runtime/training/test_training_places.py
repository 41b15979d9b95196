"""Where the transformer's weights begin."""

from __future__ import annotations

import numpy as np
import torch

from model_runtime.training.config import TrainingConfig, TransformerConfig
from model_runtime.training.diffusion import build_transformer
from model_runtime.training.places import initialise_places, place_codes


def test_every_place_has_its_own_code() -> None:
    codes = place_codes(8, 8, 192)
    distance = np.linalg.norm(codes[:, None] - codes[None], axis=-1)
    assert (distance + np.eye(64) > 0.1).all()
    near, far = distance[0, 1], distance[0, 63]
    assert near < far


def test_heads_look_at_the_same_place_in_all_modalities() -> None:
    torch.manual_seed(0)
    config = TrainingConfig(transformer=TransformerConfig(embed_dim=96, depth=2, num_heads=6, patch_size=4))
    model = build_transformer(config, 32)
    initialise_places(model)
    positions = model.pos_embed[0, 4:].detach()
    attention = model.in_blocks[0].attn
    qkv = attention.qkv(positions).reshape(256, 3, 6, 16)
    scores = (qkv[:, 0, 0] @ qkv[:, 1, 0].T / 4).softmax(dim=-1)
    same = torch.stack([scores[:, offset * 64 :][:, :64].diagonal(offset=0)[:64] for offset in range(4)])
    # The first modality's tokens find their place in all four far more often than by chance (4 / 256).
    assert same.sum(dim=0).mean() > 0.2


def test_skips_pass_what_they_are_given() -> None:
    config = TrainingConfig(transformer=TransformerConfig(embed_dim=96, depth=2, num_heads=6, patch_size=4))
    model = build_transformer(config, 32)
    initialise_places(model)
    tokens = torch.randn(10, 96)
    mixed = model.out_blocks[0].skip_linear(torch.cat([tokens, tokens], dim=-1))
    assert torch.nn.functional.cosine_similarity(mixed, tokens, dim=-1).min() > 0.95
