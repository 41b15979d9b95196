"""The latent diffusion transformer over several streams.

A U-ViT with layer normalisation after every residual sum: one time token and a grid of patch tokens
per stream, joined into one sequence, so that every stream attends to every other. Names of the
weights are those of the published COP-GEN-Beta checkpoint, so importing it renames nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import torch
import torch.nn.functional as F
from diffusers.configuration_utils import ConfigMixin, register_to_config
from diffusers.models.modeling_utils import ModelMixin
from torch import Tensor, nn

from model_runtime.model.detail import Detail
from model_runtime.model.linear_guess import LinearGuess, schedule_levels, wrong_squares
from model_runtime.model.moments import MomentGains, wrong_times

INITIAL_STD = 0.02
MAX_PERIOD = 10000.0
PREDICTION_TYPES = ("epsilon", "preconditioned")
DETAIL_READS = ("states", "guesses", "both")


def timestep_embedding(timesteps: Tensor, dimension: int) -> Tensor:
    """Sinusoidal embedding of timesteps, cosines first.

    Args:
        timesteps: (B,), 0 to 1000, may be fractional.
        dimension: even length of the embedding.

    Returns:
        (B, dimension), float32 whatever the precision of the network: half precision cannot tell
        neighbouring timesteps apart.
    """
    half = dimension // 2
    positions = torch.arange(half, dtype=torch.float32, device=timesteps.device)
    frequencies = torch.exp(-math.log(MAX_PERIOD) * positions / half)
    angles = timesteps.float()[:, None] * frequencies[None, :]
    return torch.cat([torch.cos(angles), torch.sin(angles)], dim=-1)


def attend(query: Tensor, key: Tensor, value: Tensor) -> Tensor:
    """Scaled dot product attention (B, heads, L, head size), by the fastest way to compute it.

    On CPU the gradient of the fused kernel takes longer than that of the plain products.
    """
    if query.device.type == "cpu" and query.requires_grad:
        scores = query @ (key.transpose(-1, -2) * query.shape[-1] ** -0.5)
        return torch.softmax(scores, dim=-1) @ value
    return F.scaled_dot_product_attention(query, key, value)


class PatchEmbed(nn.Module):
    """Latent (B, C, H, W) to tokens (B, rows * columns, D), row by row."""

    def __init__(self, channels: int, patch_size: int, embed_dim: int) -> None:
        super().__init__()
        self.proj = nn.Conv2d(channels, embed_dim, kernel_size=patch_size, stride=patch_size)

    def forward(self, latent: Tensor) -> Tensor:
        """Embed one stream's latent.

        As a product and not as the convolution it is: in bfloat16 on CPUs with AMX, torch 2.13 returns wrong numbers
        for convolutions that move by their own width of 4 (seen: unrelated to the right ones).
        """
        patch = self.proj.kernel_size[0]
        pixels = F.pixel_unshuffle(latent, patch).flatten(2).transpose(1, 2)
        return F.linear(pixels, self.proj.weight.flatten(1), self.proj.bias)


class Attention(nn.Module):
    """Multi-head self-attention with one joint projection laid out (3, heads, head size)."""

    def __init__(self, embed_dim: int, num_heads: int, qkv_bias: bool) -> None:
        super().__init__()
        self.num_heads = num_heads
        self.qkv = nn.Linear(embed_dim, 3 * embed_dim, bias=qkv_bias)
        self.proj = nn.Linear(embed_dim, embed_dim)

    def forward(self, tokens: Tensor) -> Tensor:
        """Attend over all tokens (B, L, D)."""
        batch, length, dimension = tokens.shape
        qkv = self.qkv(tokens).reshape(batch, length, 3, self.num_heads, dimension // self.num_heads)
        query, key, value = qkv.permute(2, 0, 3, 1, 4).unbind(0)
        attended = attend(query, key, value)
        mixed: Tensor = self.proj(attended.transpose(1, 2).reshape(batch, length, dimension))
        return mixed


class Mlp(nn.Module):
    """Two linear layers with an exact GELU between them."""

    def __init__(self, embed_dim: int, hidden_dim: int) -> None:
        super().__init__()
        self.fc1 = nn.Linear(embed_dim, hidden_dim)
        self.fc2 = nn.Linear(hidden_dim, embed_dim)

    def forward(self, tokens: Tensor) -> Tensor:
        """Transform every token (B, L, D) by itself."""
        hidden: Tensor = self.fc2(F.gelu(self.fc1(tokens)))
        return hidden


class Block(nn.Module):
    """Attention and MLP, each followed by a normalisation of the residual sum.

    Args:
        embed_dim: length of a token.
        num_heads: attention heads.
        mlp_ratio: hidden length of the MLP over the length of a token.
        qkv_bias: whether the joint projection has a bias.
        skip: whether the block first takes the output of its partner in the first half.
    """

    def __init__(self, embed_dim: int, num_heads: int, mlp_ratio: float, qkv_bias: bool, skip: bool = False) -> None:
        super().__init__()
        if skip:
            self.norm1 = nn.LayerNorm(embed_dim)
            self.skip_linear = nn.Linear(2 * embed_dim, embed_dim)
        self.norm2 = nn.LayerNorm(embed_dim)
        self.attn = Attention(embed_dim, num_heads, qkv_bias)
        self.norm3 = nn.LayerNorm(embed_dim)
        self.mlp = Mlp(embed_dim, int(embed_dim * mlp_ratio))

    def forward(self, tokens: Tensor, skip: Tensor | None = None) -> Tensor:
        """Transform tokens (B, L, D), after joining the partner's output where one is given."""
        if skip is not None:
            tokens = self.norm1(self.skip_linear(torch.cat([tokens, skip], dim=-1)))
        tokens = self.norm2(tokens + self.attn(tokens))
        output: Tensor = self.norm3(tokens + self.mlp(tokens))
        return output


def _time_embed(embed_dim: int, mlp: bool) -> nn.Module:
    if not mlp:
        return nn.Identity()
    return nn.Sequential(nn.Linear(embed_dim, 4 * embed_dim), nn.SiLU(), nn.Linear(4 * embed_dim, embed_dim))


class CopGenTransformer(ModelMixin, ConfigMixin):  # type: ignore[misc]
    """Predicts the noise in every stream's latent, each stream at a timestep of its own.

    Args:
        streams: in the order of the inputs, one ``{"name", "channels", "height", "width",
            "patch_size"}`` each, all of the latent; a scalar stream of n values is (1, 1, n), patch 1.
        embed_dim: length of a token.
        depth: blocks before and after the middle one, together; even.
        num_heads: attention heads.
        mlp_ratio: hidden length of the MLPs over embed_dim.
        qkv_bias: whether the joint attention projections have a bias.
        mlp_time_embed: whether the sinusoids pass an MLP of the stream before they become a token.
        prediction_type: what the last layer means: ``epsilon``, the noise (the published model); or
            ``preconditioned``, what a linear guess from all streams misses (:class:`LinearGuess`), in units of
            that miss, which is turned into the noise before it is returned, so that solvers need not know. A
            small model learns the latter in far fewer steps. Its streams share rows and columns.
        detail_channels: width of the convolutions behind the tokens (:class:`Detail`); 0, as published, for none.
            Its streams share rows and columns.
        detail_blocks: how many pairs of them.
        detail_reads: what they are given beside the tokens' answer: the network's inputs (``states``); the linear guess
            of the clean latents (``guesses``), in which a stream of noise alone is what the others tell of it; or
            ``both``.
        guess_blocks: sides of squares, in places of the latents and from coarse to fine, whose means the linear guess
            of ``preconditioned`` takes by themselves; none for all places alike.
        token_channels: how many channels of each stream, the first ones, the tokens read and answer for; 0, as
            published, for all. The others are the finest detail: they are left to the convolutions, which are given the
            linear guess of all channels, and of the states, where they read both, the tokens' channels.
        moment_times: timesteps at which gains on the predicted clean latents were measured (:class:`MomentGains`);
            none, as published, for no gains. They need ``preconditioned`` and streams of as many channels.

    Raises:
        ValueError: sizes that do not divide, or settings that do not go together.
    """

    _keep_in_fp32_modules = ("linear_guess",)  # type: ignore[assignment]

    @register_to_config  # type: ignore[untyped-decorator]
    def __init__(
        self,
        streams: list[dict[str, Any]],
        embed_dim: int = 1024,
        depth: int = 20,
        num_heads: int = 16,
        mlp_ratio: float = 4,
        qkv_bias: bool = False,
        mlp_time_embed: bool = False,
        prediction_type: str = "epsilon",
        detail_channels: int = 0,
        detail_blocks: int = 4,
        detail_reads: str = "states",
        guess_blocks: Sequence[int] = (),
        token_channels: int = 0,
        moment_times: Sequence[float] = (),
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        if prediction_type not in PREDICTION_TYPES:
            raise ValueError(f"prediction_type must be {' or '.join(PREDICTION_TYPES)}, found {prediction_type!r}")
        if detail_reads not in DETAIL_READS:
            raise ValueError(f"detail_reads must be {' or '.join(DETAIL_READS)}, found {detail_reads!r}")
        if detail_reads != "states" and prediction_type != "preconditioned":
            raise ValueError(f"detail_reads {detail_reads} needs prediction_type preconditioned")
        if guess_blocks and prediction_type != "preconditioned":
            raise ValueError("guess_blocks need prediction_type preconditioned")
        self.prediction_type = prediction_type
        self.detail_reads = detail_reads
        _check_sizes(streams, embed_dim, depth, num_heads)
        channels = [int(s["channels"]) for s in streams]
        if token_channels and not (detail_channels and 0 < token_channels <= min(channels)):
            raise ValueError(
                f"token_channels {token_channels} must be at most the channels of every stream, {min(channels)}, and "
                "leave the others to convolutions (detail_channels)"
            )
        self.token_channels = [token_channels or count for count in channels]
        self.grids = [(s["height"] // s["patch_size"], s["width"] // s["patch_size"]) for s in streams]
        self.patch_sizes = [int(s["patch_size"]) for s in streams]
        tokens = len(streams) + sum(rows * columns for rows, columns in self.grids)
        arguments = (embed_dim, num_heads, mlp_ratio, qkv_bias)

        self.pos_embed = nn.Parameter(torch.zeros(1, tokens, embed_dim))
        self.patch_embeds = nn.ModuleList(
            PatchEmbed(count, patch, embed_dim)
            for count, patch in zip(self.token_channels, self.patch_sizes, strict=True)
        )
        self.time_img_embeds = nn.ModuleList(_time_embed(embed_dim, mlp_time_embed) for _ in streams)
        self.in_blocks = nn.ModuleList(Block(*arguments) for _ in range(depth // 2))
        self.mid_block = Block(*arguments)
        self.out_blocks = nn.ModuleList(Block(*arguments, skip=True) for _ in range(depth // 2))
        self.norm = nn.LayerNorm(embed_dim)
        self.decoder_preds = nn.ModuleList(
            nn.Linear(embed_dim, patch**2 * count)
            for count, patch in zip(self.token_channels, self.patch_sizes, strict=True)
        )
        alike = len({(s["height"], s["width"]) for s in streams}) == 1
        self.linear_guess = None
        if prediction_type == "preconditioned":
            if not alike:
                raise ValueError("prediction_type preconditioned needs streams of the same rows and columns")
            if problem := wrong_squares(guess_blocks, streams[0]["height"], streams[0]["width"]):
                raise ValueError(problem)
            self.linear_guess = LinearGuess(channels, guess_blocks)
        self.moment_gains = None
        if moment_times:
            if self.linear_guess is None or len(set(channels)) > 1:
                raise ValueError("moment_times need prediction_type preconditioned and streams of as many channels")
            if problem := wrong_times(moment_times):
                raise ValueError(problem)
            parts = len(self.linear_guess.shares)
            self.moment_gains = MomentGains(len(streams), channels[0], parts, moment_times)
        self.detail = None
        if detail_channels:
            if not alike:
                raise ValueError("detail_channels need streams of the same rows and columns")
            seen = {"states": [channels], "guesses": [channels], "both": [self.token_channels, channels]}[detail_reads]
            self.detail = Detail(channels, self.token_channels, sum(map(sum, seen)), detail_channels, detail_blocks)
            self.detail.reset_outputs()
        self.apply(_initialise)
        if not self.pos_embed.is_meta:
            nn.init.trunc_normal_(self.pos_embed, std=INITIAL_STD)

    def forward(self, latents: Sequence[Tensor], timesteps: Tensor) -> list[Tensor]:
        """Predict the noise of every stream.

        Args:
            latents: one (B, C, H, W) per stream, in the order of ``streams``.
            timesteps: (B, number of streams), float32, 0 (clean) to 1000 (noise), may be fractional.

        Returns:
            The predicted noise, shaped and ordered as ``latents``, in the precision of the weights (float32 for
            ``preconditioned``).
        """
        if self.linear_guess is None:
            return self.residuals(latents, timesteps)
        normals, guesses, spreads = self.linear_guess(latents, timesteps)
        residuals = self.residuals(normals, timesteps, guesses)
        # In float32: near timestep 1000 the clean latent is a small difference of noise and state.
        cleans = [
            guess + spread * residual.float()
            for guess, spread, residual in zip(guesses, spreads, residuals, strict=True)
        ]
        if self.moment_gains is not None:
            together = torch.cat(cleans, dim=1)
            parts = self.linear_guess.parts(together - self.linear_guess.mean[:, None, None])
            together = together + self.moment_gains(parts, timesteps)
            cleans = list(torch.split(together, self.linear_guess.channels, dim=1))
        noises = []
        for index, (latent, clean) in enumerate(zip(latents, cleans, strict=True)):
            alpha, sigma = (level[:, None, None, None] for level in schedule_levels(timesteps[:, index]))
            noises.append((latent.float() - alpha * clean) / sigma)
        return noises

    def residuals(
        self, latents: Sequence[Tensor], timesteps: Tensor, guesses: Sequence[Tensor] | None = None
    ) -> list[Tensor]:
        """What the last layer says, before it is turned into noise.

        Args:
            latents: as the network takes them: the states themselves, or, for ``preconditioned``, normalised ones.
            timesteps: as for :meth:`forward`.
            guesses: of the linear guess, where there is one.
        """
        tokens = self._embed(latents, timesteps)
        skips: list[Tensor] = []
        for block in self.in_blocks:
            tokens = block(tokens)
            skips.append(tokens)
        tokens = self.mid_block(tokens)
        for block in self.out_blocks:
            tokens = block(tokens, skips.pop())
        answers = self._unpatchify(self.norm(tokens))
        if self.detail is None:
            return answers
        seen = list(latents) if self.detail_reads == "states" else []
        if self.detail_reads == "both":
            seen = [latent[:, :count] for latent, count in zip(latents, self.token_channels, strict=True)]
        if self.detail_reads != "states" and self.linear_guess is not None and guesses is not None:
            seen += self.linear_guess.standardise(guesses)
        completed: list[Tensor] = self.detail(answers, seen, timesteps, timestep_embedding)
        return completed

    def _embed(self, latents: Sequence[Tensor], timesteps: Tensor) -> Tensor:
        dtype = self.pos_embed.dtype
        dimension = self.pos_embed.shape[-1]
        times = [
            embed(timestep_embedding(timesteps[:, index], dimension).to(dtype))[:, None]
            for index, embed in enumerate(self.time_img_embeds)
        ]
        patches = [
            embed(latent[:, :count].to(dtype))
            for embed, latent, count in zip(self.patch_embeds, latents, self.token_channels, strict=True)
        ]
        return torch.cat(times + patches, dim=1) + self.pos_embed

    def _unpatchify(self, tokens: Tensor) -> list[Tensor]:
        counts = [rows * columns for rows, columns in self.grids]
        pieces = torch.split(tokens[:, len(counts) :], counts, dim=1)
        predictions = []
        for piece, decode, (rows, columns), patch in zip(
            pieces, self.decoder_preds, self.grids, self.patch_sizes, strict=True
        ):
            values: Tensor = decode(piece)
            values = values.reshape(tokens.shape[0], rows, columns, patch, patch, -1)
            values = values.permute(0, 5, 1, 3, 2, 4)
            predictions.append(values.reshape(tokens.shape[0], -1, rows * patch, columns * patch))
        return predictions


def _check_sizes(streams: Sequence[dict[str, Any]], embed_dim: int, depth: int, num_heads: int) -> None:
    if depth % 2:
        raise ValueError(f"depth must be even, found {depth}")
    if embed_dim % num_heads or embed_dim % 2:
        raise ValueError(f"embed_dim {embed_dim} must be even and a multiple of num_heads {num_heads}")
    for stream in streams:
        if stream["height"] % stream["patch_size"] or stream["width"] % stream["patch_size"]:
            raise ValueError(f"patch_size of stream {stream['name']} does not divide its latent: {stream}")


def _initialise(module: nn.Module) -> None:
    if isinstance(module, nn.Linear) and not module.weight.is_meta:
        nn.init.trunc_normal_(module.weight, std=INITIAL_STD)
        if module.bias is not None:
            nn.init.zeros_(module.bias)
