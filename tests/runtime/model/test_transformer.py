"""The transformer gives the published model's numbers, and other streams fit by configuration alone."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.model.bundle import transformer_streams
from model_runtime.model.published import thumbnail_streams
from model_runtime.model.transformer import CopGenTransformer, PatchEmbed, timestep_embedding
from model_runtime.model.weights import fill, read_pickle

CASES = ("mixed", "all_T", "cond_s2l2a", "uncond")


def successor_streams() -> list[dict[str, str | int]]:
    """Unequal grids, patches and channels, and two scalar streams."""
    shapes = {"dem": (8, 8, 8, 2), "s1_rtc": (8, 24, 24, 4), "s2_60m": (8, 4, 6, 2), "place": (1, 1, 3, 1)}
    names = ("name", "channels", "height", "width", "patch_size")
    streams: list[dict[str, str | int]] = [dict(zip(names, (n, *s), strict=True)) for n, s in shapes.items()]
    return [*streams, {"name": "date", "channels": 1, "height": 1, "width": 3, "patch_size": 1}]


@pytest.fixture(scope="module")
def golden_network(shared: Path) -> CopGenTransformer:
    network = CopGenTransformer(transformer_streams(thumbnail_streams()), embed_dim=64, depth=4, num_heads=4)
    path = shared / "golden/nnet_tiny/nnet_tiny.pth"
    return fill(network, read_pickle(path), path)


@pytest.mark.parametrize("case", CASES)
def test_forward_gives_the_published_numbers(shared: Path, golden_network: CopGenTransformer, case: str) -> None:
    golden = np.load(shared / "golden/nnet_tiny/forward_f32.npz")
    with torch.inference_mode():
        outputs = golden_network([torch.from_numpy(z) for z in golden["z"]], torch.from_numpy(golden[f"t_{case}"]).T)
    for output, expected in zip(outputs, golden[f"out_{case}"], strict=True):
        assert np.abs(output.numpy() - expected).max() < 1e-5


def test_timestep_embedding_is_float32_for_fractional_timesteps_in_any_precision() -> None:
    embedding = timestep_embedding(torch.tensor([980.02], dtype=torch.float64), 64)
    assert embedding.dtype == torch.float32
    assert not torch.equal(embedding, timestep_embedding(torch.tensor([980.0]), 64))
    assert embedding[0, 0] == pytest.approx(np.cos(980.02), abs=1e-4)


def test_full_size_has_exactly_the_published_names_and_shapes(shared: Path) -> None:
    published = json.loads((shared / "golden/nnet_full_keys.json").read_text())
    with torch.device("meta"):
        state = CopGenTransformer(transformer_streams(thumbnail_streams())).state_dict()
    assert {name: list(tensor.shape) for name, tensor in state.items()} == published["keys"]
    assert sum(tensor.numel() for tensor in state.values()) == published["total_params"]


def test_unequal_and_scalar_streams_need_configuration_only() -> None:
    streams = successor_streams()
    network = CopGenTransformer(streams, embed_dim=32, depth=2, num_heads=2, mlp_time_embed=True, qkv_bias=True)
    latents = [torch.randn(2, int(s["channels"]), int(s["height"]), int(s["width"])) for s in streams]
    outputs = network(latents, torch.rand(2, len(streams)) * 1000)
    assert [output.shape for output in outputs] == [latent.shape for latent in latents]
    tokens = 5 + 16 + 36 + 6 + 3 + 3
    assert network.pos_embed.shape == (1, tokens, 32)


def test_patches_of_a_grid_that_is_not_square_come_back_in_place() -> None:
    stream = {"name": "a", "channels": 2, "height": 4, "width": 6, "patch_size": 2}
    network = CopGenTransformer([stream], embed_dim=16, depth=2, num_heads=2)
    tokens = torch.arange(1 + 6).float()[None, :, None].expand(1, 7, 16)
    for parameter in network.decoder_preds.parameters():
        torch.nn.init.zeros_(parameter)
    torch.nn.init.eye_(network.decoder_preds[0].weight)
    rows = network._unpatchify(tokens)[0][0, 0]
    assert rows.shape == (4, 6)
    assert torch.equal(rows[::2, ::2], torch.tensor([[1.0, 2, 3], [4, 5, 6]]))


@pytest.mark.parametrize(
    ("change", "reason"), [({"depth": 3}, "even"), ({"num_heads": 3}, "multiple"), ({"patch": 3}, "divide")]
)
def test_sizes_that_do_not_divide_are_refused(change: dict[str, int], reason: str) -> None:
    stream = {"name": "a", "channels": 2, "height": 4, "width": 4, "patch_size": change.pop("patch", 2)}
    with pytest.raises(ValueError, match=reason):
        CopGenTransformer([stream], **{"embed_dim": 16, "depth": 2, "num_heads": 2, **change})


@pytest.mark.parametrize(("channels", "patch_size"), [(4, 2), (16, 4), (16, 8)])
def test_patches_are_the_same_in_half_precision(channels: int, patch_size: int) -> None:
    torch.manual_seed(0)
    embed = PatchEmbed(channels, patch_size, 192)
    latent = torch.randn(4, channels, 32, 32)
    with torch.inference_mode():
        convolved = embed.proj(latent).flatten(2).transpose(1, 2)
        assert torch.allclose(embed(latent), convolved, atol=1e-5)
        half = embed.bfloat16()(latent.bfloat16()).float()
    assert float((half - convolved).norm() / convolved.norm()) < 0.02
