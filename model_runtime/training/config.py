"""What a training run is made of, read from a TOML file."""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields, is_dataclass, replace
from itertools import pairwise
from operator import mul
from pathlib import Path
from typing import Any, TypeVar, get_args, get_type_hints

from model_runtime.contract import MODALITIES, UsageError
from model_runtime.model.linear_guess import wrong_squares
from model_runtime.model.transformer import DETAIL_READS, PREDICTION_TYPES
from model_runtime.training.data import CHIP, HELD_OUT_FROM

CONFIG_FOLDER = Path(__file__).resolve().parents[2] / "resources" / "training"
TIMESTEP_SAMPLINGS = ("independent", "roles")
PRECISIONS = ("fp32", "bf16")
OPTIMISERS = ("adamw", "muon")
TRAINED_PARTS = ("all", "detail")
DERIVED = "derived"
"""Marks what is worked out and not read from a settings file."""
DOWNSAMPLINGS = 3
"""Halvings of the resolution between a picture and its latent."""
FACTOR = 2**DOWNSAMPLINGS
"""Pixels along a side of one latent position."""
LATENT_SIDE = CHIP // FACTOR
"""Rows and columns of a chip's latent."""
COMPONENTS = 3 * 4**DOWNSAMPLINGS
"""Principal components of the pixels of one latent position, which latents are fitted to."""
LEAST_CHANNELS = (28, 48, 4)
MOST_LAST_CHANNELS = 4 * 48
"""Of an autoencoder that can begin as a linear one (:mod:`model_runtime.training.linear_start`): at half the resolution
it needs more than twice the 12 numbers of 2 x 2 pixels, at a quarter the 48 of 4 x 4, and an eighth holds 4 x 48."""
LARGEST = 1e6
"""Largest size of a number: above it a setting is a slip of the pen, up to it float32 holds what is made of it."""
LARGEST_SEED = 2**63 - 1
MOST_CALLS = 1000
"""Network calls of a run: the schedule has as many timesteps."""
LONGEST_NAME = 100
LONGEST_NAME_BYTES = 200
OWN_NAMES = (".", "..", ".lock", "cache", "sheets", "slice", "unpacking")
OWN_ENDINGS = (".json", ".jsonl", ".npz", ".pt", ".tmp")
"""Of what else lies in the folder of a training run."""

Section = TypeVar("Section")
Problem = tuple[str, bool]
"""What is to be said of settings, and whether it is true of them."""


@dataclass(frozen=True)
class DataConfig:
    """Training scenes.

    Attributes:
        first_seed: seed of the first scene; the others follow.
        scenes: number of scenes.
        size: pixels along a scene's side.
    """

    first_seed: int = 1
    scenes: int = 400
    size: int = 1068


@dataclass(frozen=True)
class AutoencoderConfig:
    """The autoencoder and its training.

    Attributes:
        channels: at 1/2, 1/4 and 1/8 of the resolution.
        encoder_layers: residual blocks of the encoder at each of these.
        decoder_layers: residual blocks of the decoder at each of these.
        latent_channels: channels of the latent.
        grown: the start's autoencoder is given more latent channels and trained further; its own stay near what they
            are.
        steps: optimiser steps.
        batch_size: crops in a step.
        crop: pixels along a crop's side.
        learning_rate: at its peak.
        weight_decay: of AdamW.
        latent_noise: standard deviation of the noise that the decoder learns to bear, in latent units.
        guide_weight: weight of the latents' distance from the principal components of their 8 x 8 pixels.
        whitening: how far the components are brought to equal size (0: as they are, 1: fully).
        shares: how often each modality is drawn, in the model's order.
        weights: weight of each modality's error, in the model's order.
        ema_decay: largest decay of the moving average of the weights.
    """

    channels: tuple[int, ...] = (32, 64, 64)
    encoder_layers: tuple[int, ...] = (1, 1, 1)
    decoder_layers: tuple[int, ...] = (3, 4, 3)
    latent_channels: int = 16
    grown: bool = False
    steps: int = 4000
    batch_size: int = 16
    crop: int = 128
    learning_rate: float = 2e-3
    weight_decay: float = 1e-4
    latent_noise: float = 0.05
    guide_weight: float = 0.1
    whitening: float = 0.5
    shares: tuple[float, ...] = (0.25, 0.15, 0.3, 0.3)
    weights: tuple[float, ...] = (1.0, 0.4, 3.0, 3.0)
    ema_decay: float = 0.999


@dataclass(frozen=True)
class DecoderConfig:
    """Further training of the decoder alone, for pictures with all of their detail; latents stay as they are.

    Attributes:
        steps: optimiser steps; 0 leaves the stage out.
        batch_size: crops in a step.
        crop: pixels along a crop's side.
        learning_rate: at its peak.
        weight_decay: of AdamW.
        latent_noise: largest standard deviation of the noise in the latents, in latent units.
        spectrum_weights: weight of the squared logarithm by which the power spectrum of each modality's pictures and
            of their parts is missed, in the model's order.
        power_weights: weight of the squared logarithm by which the power spectrum of all pictures of a modality in a
            step together is missed, in the model's order.
        fine_power: power that detail of 4 to 8 px shall have over the truth's, in the model's order; more than 1 makes
            up for generated latents, which hold it fainter than those of true pictures.
        finest_power: the same for detail below 4 px.
        shares: how often each modality is drawn, in the model's order.
        weights: weight of each modality's error, in the model's order.
        ema_decay: largest decay of the moving average of the weights.
    """

    steps: int = 0
    batch_size: int = 16
    crop: int = 128
    learning_rate: float = 5e-4
    weight_decay: float = 1e-4
    latent_noise: float = 0.05
    spectrum_weights: tuple[float, ...] = (0.01, 0.01, 0.01, 0.01)
    power_weights: tuple[float, ...] = (0.0, 0.0, 0.0, 0.0)
    fine_power: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    finest_power: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    shares: tuple[float, ...] = (0.2, 0.3, 0.2, 0.3)
    weights: tuple[float, ...] = (0.7, 0.6, 3.0, 3.0)
    ema_decay: float = 0.99


@dataclass(frozen=True)
class TransformerConfig:
    """The diffusion transformer and its training.

    Attributes:
        embed_dim: width of a token.
        depth: number of blocks, even.
        num_heads: attention heads.
        patch_size: latent rows and columns that make one token.
        detail_channels: width of the convolutions behind the tokens, 0 for none.
        detail_blocks: pairs of them.
        detail_reads: ``states``, ``guesses`` (linear ones, of the clean latents; for ``preconditioned``) or ``both``.
        guess_blocks: sides, in places of the latents, of squares whose means the linear guess takes by themselves, from
            coarse to fine.
        token_channels: channels of the latent, the first ones, that the tokens read and answer for; 0 for all. The
            others are left to the convolutions.
        trained: ``all``, or ``detail``: the convolutions alone, the tokens' part stays what the start made it.
        steps: optimiser steps; 0 leaves the stage out, where the run has a start and trains its decoder.
        batch_size: chips in a step.
        optimiser: ``adamw``, or ``muon`` for the blocks' matrices (AdamW for the rest).
        learning_rate: at its peak.
        weight_decay: of the optimiser.
        betas: of AdamW.
        timestep_sampling: ``independent`` (a timestep for each modality of each sample) or ``roles``
            (some samples generate a subset at one shared timestep from clean or absent others).
        roles_share: share of the samples drawn by roles.
        condition_weights: by roles, how often 0, 1, 2, ... modalities are not generated.
        given_weights: how often each modality is the first of those, in the order of ``MODALITIES``.
        start_share: share of the samples by roles that learn the first evaluation of a run, from noise alone (0: as
            published, whose last timestep keeps a trace of the picture).
        rising_share: share of those that learn the evaluations just behind it instead, where the signal rises from
            nothing to that trace.
        absent_probability: chance that a modality which is not generated is pure noise instead of clean.
        prediction_type: ``epsilon`` (the network's last layer is the noise) or ``preconditioned`` (what a linear
            guess from all modalities misses).
        weight_limit: for ``epsilon``, the error at a timestep counts 1 / alpha_bar times, at most this often (1: the
            published objective, which hardly asks for anything where there is nearly no signal).
        ema_decay: largest decay of the moving average of the weights.
    """

    embed_dim: int = 192
    depth: int = 8
    num_heads: int = 6
    patch_size: int = 4
    detail_channels: int = 0
    detail_blocks: int = 4
    detail_reads: str = "states"
    guess_blocks: tuple[int, ...] = ()
    token_channels: int = 0
    trained: str = "all"
    steps: int = 5000
    batch_size: int = 16
    optimiser: str = "adamw"
    learning_rate: float = 1e-3
    weight_decay: float = 0.03
    betas: tuple[float, ...] = (0.9, 0.99)
    timestep_sampling: str = "roles"
    roles_share: float = 0.5
    condition_weights: tuple[float, ...] = (0.1, 0.55, 0.2, 0.15)
    given_weights: tuple[float, ...] = (1.0, 1.0, 1.0, 1.0)
    start_share: float = 0.0
    rising_share: float = 0.0
    absent_probability: float = 0.1
    prediction_type: str = "epsilon"
    weight_limit: float = 1.0
    ema_decay: float = 0.9999


@dataclass(frozen=True)
class MomentsConfig:
    """Measuring of gains on the transformer's predictions, after its training.

    Attributes:
        chips: of training scenes, whose runs are followed, 2 or more; 0 leaves the stage out.
        steps: network calls of a run.
        lowest: timestep of the last call that may be measured; at the next one predictions stay as they are.
        largest: gain; the smallest is 1 over it.
        cloud_power: by part (of ``guess_blocks``, and the rest) the power that latents of L1C and L2A get relative to
            true ones where neither is given, since clouds that are invented lose some when decoded; empty for 1.
        cloud_chips: in place of ``chips`` where relief or radar alone is given: a few clouds hold most of the power
            there, so that few runs tell little of it; 0 for as many.
    """

    chips: int = 0
    steps: int = 20
    lowest: float = 150.0
    largest: float = 1.3
    cloud_power: list[float] = field(default_factory=list)
    cloud_chips: int = 0


@dataclass(frozen=True)
class TrainingConfig:
    """A training run.

    Attributes:
        name: of the model.
        seed: of weights, order and noise.
        precision: ``fp32`` or ``bf16`` (autocast; weights and optimiser stay in float32).
        warmup: share of the steps over which the learning rate rises.
        checkpoint_every: steps between two checkpoints.
        sheet_every: steps between two sheets of pictures.
        start: folder of a bundle, from the repository's root, whose encoder and scales are kept (unless its autoencoder
            is ``grown``) and whose other weights are trained further; empty to begin anew.
        data: training scenes.
        autoencoder: first stage; left out where the run has a start whose autoencoder is not grown.
        decoder: second stage.
        transformer: third stage.
        moments: last stage.
        settings: name of the file in ``resources/training`` that it was read from, empty for any other.
    """

    name: str = "copgen-mini"
    seed: int = 0
    precision: str = "bf16"
    warmup: float = 0.03
    checkpoint_every: int = 200
    sheet_every: int = 500
    start: str = ""
    data: DataConfig = field(default_factory=DataConfig)
    autoencoder: AutoencoderConfig = field(default_factory=AutoencoderConfig)
    decoder: DecoderConfig = field(default_factory=DecoderConfig)
    transformer: TransformerConfig = field(default_factory=TransformerConfig)
    moments: MomentsConfig = field(default_factory=MomentsConfig)
    settings: str = field(default="", metadata={DERIVED: True})


def _is(kind: type, value: Any) -> bool:  # noqa: ANN401
    """Whether a value of a settings file is of a kind; a whole number is a float too, truth is no number."""
    kinds = (int, float) if kind is float else (kind,)
    return isinstance(value, kinds) and (kind is bool or not isinstance(value, bool))


def _converted(kind: type, value: Any, what: str) -> Any:  # noqa: ANN401
    """A value as one of its kind; what is no finite number of a sensible size is refused, as ``what``."""
    if kind is float and not abs(value) <= LARGEST:
        raise UsageError(f"{what} is {value!r}, expected a finite number, at most {LARGEST:.0f}.")
    return kind(value)


def _section(kind: type[Section], values: Mapping[str, Any], where: str) -> Section:
    hints = get_type_hints(kind)
    known = [entry.name for entry in fields(kind) if DERIVED not in entry.metadata]  # type: ignore[arg-type]
    arguments: dict[str, Any] = {}
    for name, value in values.items():
        if name not in known:
            also = ["base"] if kind is TrainingConfig else []
            raise UsageError(f"{where}: unknown setting '{name}'; known are {', '.join([*also, *known])}.")
        expected = hints[name]
        if is_dataclass(expected) and isinstance(expected, type):
            if not isinstance(value, dict):
                raise UsageError(f"{where}: '{name}' is a section, write [{name}].")
            value = _section(expected, value, f"{where} [{name}]")
        elif get_args(expected):
            kind_of_each = get_args(expected)[0]
            if not isinstance(value, list) or not all(_is(kind_of_each, entry) for entry in value):
                raise UsageError(f"{where}: '{name}' is {value!r}, expected a list of {kind_of_each.__name__}.")
            value = tuple(_converted(kind_of_each, entry, f"{where}: a number of '{name}'") for entry in value)
        elif not _is(expected, value):
            raise UsageError(f"{where}: '{name}' is {value!r}, expected {expected.__name__}.")
        else:
            value = _converted(expected, value, f"{where}: '{name}'")
        arguments[name] = value
    return kind(**arguments)


def _choice(name: str, value: str, known: tuple[str, ...]) -> Problem:
    return f"{name} is '{value}', choose from {', '.join(known)}", value not in known


def _is_folder_name(name: str) -> bool:
    """Whether a model's folder may be called that, beside what else a training run leaves."""
    plain = name.isprintable() and {"/", "\\"}.isdisjoint(name)
    fits = 0 < len(name) <= LONGEST_NAME and plain and len(name.encode()) <= LONGEST_NAME_BYTES
    return fits and name.casefold() not in OWN_NAMES and not name.casefold().endswith(OWN_ENDINGS)


def _check(config: TrainingConfig, where: str) -> TrainingConfig:
    """Refuse values that could not be trained with, in one sentence."""
    parts = (_of_the_transformer, _of_the_autoencoder, _of_modalities, _of_the_moments, _of_the_run)
    for problem, found in (entry for part in parts for entry in part(config)):
        if found:
            raise UsageError(f"{where}: {problem}.")
    return config


def _of_the_transformer(config: TrainingConfig) -> list[Problem]:
    second, decoder = config.transformer, config.decoder
    squares = wrong_squares(second.guess_blocks, LATENT_SIDE, LATENT_SIDE)
    alone = config.start and (decoder.steps or config.moments.chips) and not config.autoencoder.grown
    return [
        _choice("timestep_sampling", second.timestep_sampling, TIMESTEP_SAMPLINGS),
        _choice("optimiser", second.optimiser, OPTIMISERS),
        _choice("prediction_type", second.prediction_type, PREDICTION_TYPES),
        _choice("detail_reads", second.detail_reads, DETAIL_READS),
        _choice("trained", second.trained, TRAINED_PARTS),
        (
            f"detail_reads {second.detail_reads} needs prediction_type preconditioned",
            second.detail_reads != "states" and second.prediction_type != "preconditioned",
        ),
        (
            "guess_blocks need prediction_type preconditioned",
            bool(second.guess_blocks) and second.prediction_type != "preconditioned",
        ),
        (squares or "", squares is not None),
        (
            "trained detail needs detail_channels and a start",
            second.trained == "detail" and not (second.detail_channels and config.start),
        ),
        (
            "embed_dim must be a multiple of 4 and of num_heads, both above 0, and depth be even",
            min(second.embed_dim, second.num_heads) < 1
            or second.embed_dim % math.lcm(4, second.num_heads) > 0
            or second.depth % 2 > 0,
        ),
        (
            "depth, detail_channels and detail_blocks must be 0 or more",
            min(second.depth, second.detail_channels, second.detail_blocks) < 0,
        ),
        (
            f"patch_size is {second.patch_size}, expected 1 to {LATENT_SIDE // 2}, dividing latents of {LATENT_SIDE} x "
            f"{LATENT_SIDE} places",
            not 1 <= second.patch_size <= LATENT_SIDE // 2 or LATENT_SIDE % second.patch_size > 0,
        ),
        (
            "token_channels must be at most latent_channels, and the others need detail_channels",
            not 0 <= second.token_channels <= config.autoencoder.latent_channels
            or bool(second.token_channels and not second.detail_channels),
        ),
        (
            "betas need two numbers, from 0 to below 1",
            len(second.betas) != 2 or any(not 0 <= beta < 1 for beta in second.betas),
        ),
        (f"weight_limit is {second.weight_limit}, expected 1 or more", second.weight_limit < 1),
        (
            "transformer steps must be at least 1, or 0 with a start whose decoder alone is trained or whose gains are "
            "measured",
            second.steps < (0 if alone else 1),
        ),
    ]


def _of_the_autoencoder(config: TrainingConfig) -> list[Problem]:
    first, decoder = config.autoencoder, config.decoder
    # A new one begins with every latent in a channel of its own; one that is kept or grown need not.
    most = COMPONENTS if config.start else min(first.channels[-1:], default=0)
    return [
        (
            "channels, encoder_layers and decoder_layers need one number for each of three resolutions",
            {len(first.channels), len(first.encoder_layers), len(first.decoder_layers)} != {DOWNSAMPLINGS},
        ),
        (
            "encoder_layers and decoder_layers must be at least 1",
            min(*first.encoder_layers, *first.decoder_layers, 1) < 1,
        ),
        (
            "channels must be multiples of 4, each dividing four times the one before",
            any(channels % 4 for channels in first.channels)
            or any(coarse and 4 * fine % coarse for fine, coarse in pairwise(first.channels)),
        ),
        (
            f"channels are {list(first.channels)}, expected at least {', '.join(map(str, LEAST_CHANNELS))} and, of the "
            f"last, at most {MOST_LAST_CHANNELS}: with others no autoencoder can begin as a linear one",
            any(has < least for has, least in zip(first.channels, LEAST_CHANNELS, strict=False))
            or max(first.channels[-1:], default=0) > MOST_LAST_CHANNELS,
        ),
        (
            f"latent_channels is {first.latent_channels}, expected 1 to {most}"
            + ("" if config.start else ", the last of channels"),
            not 1 <= first.latent_channels <= most,
        ),
        (
            "crop must be a multiple of 8 between 32 and 256",
            any(crop % 8 > 0 or not 32 <= crop <= 256 for crop in (first.crop, decoder.crop)),
        ),
        ("grown needs a start", first.grown and not config.start),
        (f"whitening is {first.whitening}, expected 0 to 1", not 0 <= first.whitening <= 1),
        (
            "latent_noise and guide_weight must be 0 or more",
            min(first.latent_noise, decoder.latent_noise, first.guide_weight) < 0,
        ),
        (f"decoder steps are {decoder.steps}, expected 0 or more", decoder.steps < 0),
    ]


def _of_modalities(config: TrainingConfig) -> list[Problem]:
    stages, second, count = (config.autoencoder, config.decoder), config.transformer, len(MODALITIES)
    each = f"for each of {', '.join(MODALITIES)}"
    weights = [values for stage in stages for values in (stage.shares, stage.weights)]
    weights += [config.decoder.spectrum_weights, config.decoder.power_weights]
    positive = (second.given_weights, config.decoder.fine_power, config.decoder.finest_power)
    wrong = [len(values) != count or min(values, default=0) <= 0 for values in positive]
    return [
        (
            f"shares and weights need one number {each}, 0 or more",
            any(len(values) != count or min(values, default=0) < 0 for values in weights),
        ),
        (
            "shares and weights must both be above 0 for some modality, or nothing is trained on",
            any(not any(map(mul, stage.shares, stage.weights)) for stage in stages),
        ),
        (f"fine_power and finest_power need one number above 0 {each}", any(wrong[1:])),
        (f"given_weights need one number above 0 {each}", wrong[0]),
        (
            f"condition_weights need one number for each of 0 to {count - 1} conditions, 0 or more and not all 0",
            len(second.condition_weights) != count
            or min(second.condition_weights, default=0) < 0
            or not any(second.condition_weights),
        ),
    ]


def _of_the_moments(config: TrainingConfig) -> list[Problem]:
    last, parts = config.moments, len(config.transformer.guess_blocks) + 1
    return [
        (
            "moments need prediction_type preconditioned, and chips of 2 or more, or 0",
            last.chips < 0
            or last.chips == 1
            or (last.chips > 0 and config.transformer.prediction_type != "preconditioned"),
        ),
        (
            f"moments need 4 to {MOST_CALLS} steps, lowest above 1 and at most 500 and largest of 1 or more",
            not 4 <= last.steps <= MOST_CALLS or not 1 < last.lowest <= 500 or last.largest < 1,
        ),
        (
            f"cloud_power needs numbers from 0.5 to 2: {parts}, one for each of guess_blocks and the rest, or none",
            len(last.cloud_power) not in (0, parts) or not all(0.5 <= power <= 2 for power in last.cloud_power),
        ),
        ("cloud_chips must be 2 or more, or 0", last.cloud_chips < 0 or last.cloud_chips == 1),
    ]


def _of_the_run(config: TrainingConfig) -> list[Problem]:
    first, decoder, second, data = config.autoencoder, config.decoder, config.transformer, config.data
    sizes = (first.steps, first.batch_size, decoder.batch_size, second.batch_size, data.scenes)
    return [
        _choice("precision", config.precision, PRECISIONS),
        (f"warmup is {config.warmup}, at most 0.05 of the steps", not 0 <= config.warmup <= 0.05),
        (
            f"name is {config.name[:LONGEST_NAME]!r}, expected that of a folder beside the checkpoints: at most "
            f"{LONGEST_NAME} printable characters, no slash, and none of the names that a run gives its own files",
            not _is_folder_name(config.name),
        ),
        ("start must be the path of a folder, without NUL", "\0" in config.start),
        (f"seed is {config.seed}, expected 0 or more, below 2 ** 63", not 0 <= config.seed <= LARGEST_SEED),
        (
            "learning_rate needs a number above 0, weight_decay 0 or more, ema_decay one from 0 to below 1",
            any(
                stage.learning_rate <= 0 or stage.weight_decay < 0 or not 0 <= stage.ema_decay < 1
                for stage in (first, decoder, second)
            ),
        ),
        (
            "roles_share, start_share, rising_share and absent_probability are shares, from 0 to 1",
            any(
                not 0 <= share <= 1
                for share in (second.roles_share, second.start_share, second.rising_share, second.absent_probability)
            ),
        ),
        (
            f"scenes may have seeds from 0 to below {HELD_OUT_FROM}: the others are kept for measuring",
            data.first_seed < 0 or data.first_seed + data.scenes > HELD_OUT_FROM,
        ),
        ("size must be a multiple of 3, at least 258", data.size % 3 > 0 or data.size < 258),
        (
            "steps, batch_size, scenes, checkpoint_every and sheet_every must be at least 1",
            min(*sizes, config.checkpoint_every, config.sheet_every) < 1,
        ),
    ]


def load_config(name: str | Path) -> TrainingConfig:
    """Read a training configuration.

    A file may name a ``base``, a file beside it or the name of one in ``resources/training``: what it does not say
    itself is as it stands there.

    Args:
        name: a TOML file, or the name of one in ``resources/training``.

    Raises:
        UsageError: no such file, not TOML, a base that leads back to the file, or a setting that is unknown or out of
            range.
    """
    path = _find(name, Path(), "")
    config = _check(_section(TrainingConfig, _read(path, ()), str(path)), str(path))
    return replace(config, settings=path.stem if path.resolve().parent == CONFIG_FOLDER.resolve() else "")


def _find(name: str | Path, folder: Path, where: str) -> Path:
    for path in (folder / name, CONFIG_FOLDER / f"{name}.toml"):
        if path.is_file():
            return path
    known = ", ".join(sorted(entry.stem for entry in CONFIG_FOLDER.glob("*.toml")))
    raise UsageError(f"{where}No training configuration '{name}': give a TOML file or one of {known}.")


def _read(path: Path, above: tuple[Path, ...]) -> dict[str, Any]:
    """Settings of a file, over those of its base; ``above`` are the files that it is itself a base of."""
    if path.resolve() in above:
        raise UsageError(f"{path} is its own base, maybe by way of others: leave 'base' out or name another file.")
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not a TOML file ({error}).") from error
    base = values.pop("base", None)
    _section(TrainingConfig, values, str(path))
    if base is None:
        return values
    if not isinstance(base, str):
        raise UsageError(f"{path}: 'base' is {base!r}, expected the name of a settings file.")
    merged = _read(_find(base, path.parent, f"{path}: base: "), (*above, path.resolve()))
    for name, value in values.items():
        ours, theirs = isinstance(value, dict), isinstance(merged.get(name), dict)
        merged[name] = {**merged[name], **value} if ours and theirs else value
    return merged
