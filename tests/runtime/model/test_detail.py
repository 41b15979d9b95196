"""Convolutions behind the tokens: neighbours matter across the borders of tokens, and nothing else changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch
from torch import Tensor

from model_runtime.model.linear_guess import schedule_levels
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.model.weights import load_network, save_network

STREAMS = [{"name": name, "channels": 2, "height": 16, "width": 16, "patch_size": 4} for name in ("a", "b")]
SIZES = {"embed_dim": 16, "depth": 2, "num_heads": 2}


def with_detail(seed: int = 0) -> CopGenTransformer:
    """A network whose convolutions add something."""
    torch.manual_seed(seed)
    model: CopGenTransformer = CopGenTransformer(STREAMS, **SIZES, detail_channels=12, detail_blocks=2)
    assert model.detail is not None
    for parameter in model.detail.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    return model.eval()


def inputs(batch: int = 1) -> tuple[list[Tensor], Tensor]:
    generator = torch.Generator().manual_seed(1)
    latents = [torch.randn(batch, 2, 16, 16, generator=generator) for _ in STREAMS]
    return latents, torch.tensor([[0.0, 500.0]]).expand(batch, -1)


def test_they_begin_as_nothing() -> None:
    torch.manual_seed(0)
    model = CopGenTransformer(STREAMS, **SIZES, detail_channels=12, detail_blocks=2).eval()
    latents, timesteps = inputs()
    with torch.inference_mode():
        found = model(latents, timesteps)
        model.detail = None
        plain = model(latents, timesteps)
    assert all(torch.equal(ours, theirs) for ours, theirs in zip(found, plain, strict=True))


def test_a_place_reaches_its_neighbours_and_the_other_stream_and_no_farther() -> None:
    model = with_detail()
    latents, timesteps = inputs()
    answers = [torch.zeros_like(latent) for latent in latents]
    assert model.detail is not None
    changed = [latents[0].clone(), latents[1]]
    changed[0][..., 8, 8] += 1
    with torch.inference_mode():
        one, two = (
            model.detail(answers, states, timesteps, lambda t, n: t[:, None].expand(-1, n) / 1000)
            for states in (latents, changed)
        )
    for before, after in zip(one, two, strict=True):
        moved = (before != after).any(dim=1)[0]
        # Six convolutions of three by three: six places to each side.
        assert moved[8, 8] and moved[8, 11] and moved[3, 8] and not moved[:2].any() and not moved[:, 15].any()


def test_they_know_how_noisy_each_stream_is() -> None:
    model = with_detail()
    latents, timesteps = inputs()
    answers = [torch.zeros_like(latent) for latent in latents]
    assert model.detail is not None
    with torch.inference_mode():
        found = [
            model.detail(answers, latents, times, lambda t, n: t[:, None].expand(-1, n) / 1000)[0]
            for times in (timesteps, timesteps.flip(1))
        ]
    assert not torch.allclose(*found)


@pytest.mark.parametrize("batch", [2, 3])
def test_a_chip_of_a_batch_is_as_alone(batch: int) -> None:
    model = with_detail()
    latents, timesteps = inputs(batch)
    with torch.inference_mode():
        together = model(latents, timesteps)
        alone = model([latent[1:2] for latent in latents], timesteps[1:2])
    for many, one in zip(together, alone, strict=True):
        assert torch.allclose(many[1:2], one, atol=1e-5)


def test_half_precision_on_disk_and_back(tmp_path: Path) -> None:
    model = with_detail()
    save_network(model, tmp_path, torch.float16)
    loaded = load_network(CopGenTransformer, tmp_path, torch.float32)
    latents, timesteps = inputs()
    with torch.inference_mode():
        found, expected = loaded(latents, timesteps), model(latents, timesteps)
    for one, other in zip(found, expected, strict=True):
        assert torch.allclose(one, other, atol=2e-2)


@pytest.mark.parametrize(("reads", "steady"), [("guesses", True), ("states", False)])
def test_the_noise_of_an_absent_stream_stays_out_of_guesses(reads: str, steady: bool) -> None:
    torch.manual_seed(0)
    sizes = {"prediction_type": "preconditioned", "detail_channels": 12, "detail_blocks": 2, "detail_reads": reads}
    model: CopGenTransformer = CopGenTransformer(STREAMS, **SIZES, **sizes).eval()
    assert model.detail is not None and model.linear_guess is not None
    for parameter in model.detail.parameters():
        torch.nn.init.normal_(parameter, std=0.1)
    for answer in model.decoder_preds.parameters():
        torch.nn.init.zeros_(answer)  # What the tokens say is not asked about.
    spread = torch.randn(4, 8)
    model.linear_guess.covariance.copy_(spread @ spread.T)
    clean, timesteps = torch.randn(1, 2, 16, 16), torch.tensor([[0.0, 1000.0]])
    alpha, sigma = schedule_levels(torch.tensor(1000.0))
    with torch.inference_mode():
        found = []
        for noise in (torch.randn(1, 2, 16, 16), torch.randn(1, 2, 16, 16)):
            found.append((noise - sigma * model([clean, noise], timesteps)[1]) / alpha)
    assert torch.allclose(*found, atol=1e-3) == steady
    assert found[0].std() > 0.1


@pytest.mark.parametrize(("reads", "sentence"), [("pixels", "guesses or both"), ("both", "needs prediction_type")])
def test_what_they_cannot_read_is_refused(reads: str, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence):
        CopGenTransformer(STREAMS, **SIZES, detail_channels=8, detail_reads=reads)


@pytest.mark.parametrize("reads", ["states", "guesses", "both"])
def test_channels_that_no_token_reads_reach_no_farther_than_the_convolutions(reads: str) -> None:
    torch.manual_seed(0)
    sizes = {"prediction_type": "preconditioned", "detail_channels": 12, "detail_blocks": 1, "detail_reads": reads}
    model: CopGenTransformer = CopGenTransformer(STREAMS, **SIZES, **sizes, token_channels=1).eval()
    for parameter in model.parameters():
        torch.nn.init.normal_(parameter, std=0.2)
    latents, timesteps = inputs()
    moved = []
    for channel in (0, 1):
        changed = [latents[0].clone(), latents[1]]
        changed[0][:, channel, 8, 8] += 1
        with torch.inference_mode():
            pairs = zip(model(latents, timesteps), model(changed, timesteps), strict=True)
        moved.append(torch.stack([(one - other).abs().amax(dim=1)[0] > 0 for one, other in pairs]))
    assert moved[0].all(), "what tokens read matters everywhere"
    assert moved[1][:, 8, 8].all() and not moved[1][:, :4].any() and not moved[1][:, :, 13:].any()


@pytest.mark.parametrize("sizes", [{}, {"detail_channels": 8, "token_channels": 3}, {"token_channels": -1}])
def test_channels_that_nothing_would_answer_for_are_refused(sizes: dict[str, int]) -> None:
    with pytest.raises(ValueError, match=r"token_channels .* must be at most .* 2, and leave the others to conv"):
        CopGenTransformer(STREAMS, **SIZES, **{"token_channels": 1, **sizes})


def test_streams_of_unlike_size_are_refused() -> None:
    with pytest.raises(ValueError, match="rows and columns"):
        CopGenTransformer([STREAMS[0], {**STREAMS[1], "width": 8}], **SIZES, detail_channels=8)
