"""A training run from simulated scenes to a bundle on disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import cast

import torch
from diffusers.models.autoencoders.autoencoder_dc import AutoencoderDC
from PIL.Image import Image
from torch import Tensor, nn

from model_runtime.contract import MODALITIES, InputError, UsageError
from model_runtime.model.bundle import Bundle, bundle_sha256, load_bundle, save_bundle
from model_runtime.model.files import INDEX_NAME
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import StreamSpec
from model_runtime.training.autoencoder import build_autoencoder, longer, train_autoencoder
from model_runtime.training.card import model_card
from model_runtime.training.config import LATENT_SIDE, TrainingConfig
from model_runtime.training.data import CHIP, load_chips, make_chips, one_at_a_time, world_digest
from model_runtime.training.decoder import train_decoder
from model_runtime.training.diffusion import (
    build_transformer,
    choose_trained,
    encode_scenes,
    make_optimisers,
    measure_scales,
    train_transformer,
)
from model_runtime.training.files import as_kept, whole_folder, write_whole
from model_runtime.training.moments import measure_gains, with_gains
from model_runtime.training.optimisation import load_checkpoint
from model_runtime.training.progress import Deadline, TimeIsUp, Watch
from model_runtime.training.sheets import round_trip_sheet, sample_sheet
from model_runtime.training.slices import CHECKPOINTS, expected_bytes, pack, refuse_too_large, unpack

INFERENCE_STEPS = 20
"""Network evaluations of the small model unless asked otherwise."""
FAST_STEPS = 8
RISING_FAST_STEPS = 10
"""Those of its fast preset; two more where its coarse contrast forms while the signal rises from nothing."""
ROOT = Path(__file__).resolve().parents[2]


def fingerprint(*parts: object) -> str:
    """Short digest of the settings that a stage's weights depend on."""
    return hashlib.sha256(json.dumps(parts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def weights_digest(module: nn.Module) -> str:
    """Short digest of a module's parameters and buffers."""
    digest = hashlib.sha256()
    for name, value in sorted(module.state_dict().items()):
        digest.update(name.encode() + value.detach().cpu().contiguous().numpy().tobytes())
    return digest.hexdigest()[:16]


def stage_fingerprints(first: str, config: TrainingConfig) -> tuple[str, str, str]:
    """Those of the three stages' checkpoints, in the order of ``CHECKPOINTS``; ``first`` is the first stage's."""
    return first, fingerprint(first, asdict(config.decoder)), fingerprint(first, asdict(config.transformer))


def stream_specs(config: TrainingConfig, scales: Mapping[str, float]) -> list[StreamSpec]:
    """The streams of the small model: those of the published one, with their own scales and patches."""
    return [
        StreamSpec(
            name=name,
            modality=name,
            channels=3,
            pixel_size=10.0,
            chip_size=CHIP,
            latent_channels=config.autoencoder.latent_channels,
            latent_height=LATENT_SIDE,
            latent_width=LATENT_SIDE,
            patch_size=config.transformer.patch_size,
            latent_scale=scales[name],
            autoencoder="vae",
            recipe="thumbnail",
            unit="1",
        )
        for name in MODALITIES
    ]


def small_scheduler(config: TrainingConfig) -> CopGenScheduler:
    """Schedule and step counts of the small model."""
    rising = config.transformer.start_share > 0 and config.transformer.rising_share > 0
    scheduler: CopGenScheduler = CopGenScheduler(
        num_inference_steps=INFERENCE_STEPS,
        fast_inference_steps=RISING_FAST_STEPS if rising else FAST_STEPS,
        pure_start=config.transformer.start_share > 0,
        rising_start=rising,
    )
    return scheduler


def run_scheduler(config: TrainingConfig, begun: Bundle | None) -> CopGenScheduler:
    """Schedule and step counts: those of the start, where its transformer stays as it is."""
    return begun.scheduler if begun and config.transformer.steps == 0 else small_scheduler(config)


def write_bundle(
    config: TrainingConfig,
    autoencoder: AutoencoderDC,
    transformer: CopGenTransformer,
    scales: Mapping[str, float],
    folder: Path,
    begun: Bundle | None = None,
) -> Path:
    """Write the bundle in half precision, whole or not at all; ``begun`` is the one it began with, if any."""
    with whole_folder(folder) as unfinished:
        save_bundle(
            unfinished,
            stream_specs(config, scales),
            transformer.cpu(),
            {"vae": autoencoder.cpu()},
            run_scheduler(config, begun),
            model_card(config, bundle_sha256(begun.path) if begun else None),
            dtype=torch.float16,
        )
    return folder


def train(
    config: TrainingConfig,
    output: Path,
    resume: bool = False,
    minutes: float | None = None,
    cache: Path | None = None,
) -> Path:
    """Simulate, train the autoencoder, encode, train decoder and transformer, measure its gains, write the bundle.

    Every stage leaves what it made in ``output`` or ``cache`` and goes on from there when resumed; a resumed run
    on the same machine gives the weights of an uninterrupted one. A slice leaves ``output/slice`` too, from which
    another machine goes on that has nothing else.

    Args:
        config: of the run.
        output: folder of checkpoints and bundle.
        resume: go on with what is in the folder.
        minutes: stop after that time, at least one step later than before.
        cache: folder of simulated chips and their latents, in which runs on the same scenes find them, or wait for
            the run that makes them; None for one in ``output``.

    Returns:
        The bundle's folder.

    Raises:
        InputError: the folder holds another run, or one that was not asked to be resumed, or another process trains in
            it; the bundle would take the place of other files; what an earlier call left is damaged; or slices would
            be too large.
        ModelError: the bundle to start from cannot be read.
        UsageError: it is of another size than the settings say, or ``minutes`` are no time.
        TimeIsUp: the slice is over; what has to travel is written.
    """
    deadline = Deadline(minutes)
    checkpoints = [*(output / name for name in CHECKPOINTS), output / "slice", *output.glob("moments-*.npz")]
    if not resume and any(path.exists() for path in checkpoints):
        raise InputError(f"{output} already holds a training run: give --resume to go on, or another --output.")
    if minutes is not None:
        refuse_too_large(state_bytes(config))
    common = (config.seed, config.precision, config.warmup, asdict(config.data), world_digest())
    begun = read_start(config)
    _refuse_to_replace(output / config.name, cache, begun)
    origin = bundle_sha256(begun.path) if begun else None
    first = fingerprint(common, asdict(config.autoencoder), origin)
    known = dict(zip(CHECKPOINTS, stage_fingerprints(first, config), strict=True))
    for name, stage in known.items():
        # Before anything of that run is made anew.
        if (output / name).exists():
            load_checkpoint(output / name, stage, torch.device("cpu"))
    scales_path = output / f"scales-{first}.json"
    with one_at_a_time(output, waits=False):
        unpack(output, known, scales_path)
        try:
            autoencoder, transformer, scales = _train(
                config, output, known, scales_path, cache or output / "cache", deadline, begun
            )
        except TimeIsUp:
            steps = (config.autoencoder.steps, config.decoder.steps, config.transformer.steps)
            pack(output, _read_scales(scales_path), dict(zip(CHECKPOINTS, steps, strict=True)))
            raise
        return write_bundle(config, autoencoder, transformer, scales, output / config.name, begun)


def _refuse_to_replace(target: Path, cache: Path | None, begun: Bundle | None) -> None:
    """Refuse a bundle's folder that is another thing's by now, hours before the bundle takes its place."""
    if begun and target.resolve() == begun.path.resolve():
        raise InputError(f"{target}: is what this run begins with; choose another --output, or another name.")
    if cache and target.resolve() in (cache.resolve(), *cache.resolve().parents):
        raise InputError(f"{target}: the bundle would take the place of --cache; choose another folder for that.")
    if target.is_dir() and any(target.iterdir()) and not (target / INDEX_NAME).is_file():
        raise InputError(
            f"{target}: holds other files, and the bundle would take their place; choose another --output, or another "
            "name in the settings."
        )


def trains_autoencoder(config: TrainingConfig) -> bool:
    """Whether the run has a first stage: a new autoencoder, or one with more latent channels."""
    return config.autoencoder.grown or not config.start


def state_bytes(config: TrainingConfig) -> int:
    """What would have to travel at the end of the run."""
    if config.transformer.steps == 0:
        autoencoder = build_autoencoder(config.autoencoder)
        return expected_bytes([], autoencoder, [torch.optim.AdamW(autoencoder.decoder.parameters())])
    whole = build_transformer(config, LATENT_SIDE)
    choose_trained(whole, config.transformer)
    # The stages before the transformer's: the autoencoder, and its decoder trained further.
    stages = trains_autoencoder(config) + (config.decoder.steps > 0)
    earlier = [build_autoencoder(config.autoencoder)] * stages
    return expected_bytes(earlier, whole, make_optimisers(whole, config.transformer))


def _read_scales(path: Path) -> dict[str, float] | None:
    if not path.exists():
        return None
    with as_kept(path, "remove it, and the scales are measured again"):
        read = json.loads(path.read_text(encoding="utf-8"))
        return {name: float(read[name]) for name in MODALITIES}


def read_start(config: TrainingConfig) -> Bundle | None:
    """The bundle whose training goes on, if any; without its gains, unless its transformer stays as it is.

    Raises:
        ModelError: it cannot be read.
        UsageError: it is of another size than the settings say, or its linear guess or its gains take other squares.
    """
    if not config.start:
        return None
    bundle = load_bundle(ROOT / config.start)
    if "vae" not in bundle.autoencoders:
        raise UsageError(f"start: {bundle.path} has an autoencoder for each modality; give one with one for all.")
    guess = bundle.transformer.linear_guess
    if guess is not None and guess.blocks and guess.blocks != list(config.transformer.guess_blocks):
        raise UsageError(
            f"start: guess_blocks of {bundle.path} are {guess.blocks}, of the settings "
            f"{list(config.transformer.guess_blocks)}: what was measured of the one is not true of the other."
        )
    settings, has = config.autoencoder, bundle.streams[0].latent_channels
    if settings.grown and has >= settings.latent_channels:
        raise UsageError(
            f"start: latents of {bundle.path} have {has} channels already; to be grown, latent_channels must be more."
        )
    transformer = build_transformer(config, LATENT_SIDE)
    weights = widened(with_gains(bundle.transformer, []), transformer)
    autoencoder = build_autoencoder(replace(settings, latent_channels=has) if settings.grown else settings)
    pairs = [
        (autoencoder.state_dict(), bundle.autoencoders["vae"].state_dict(), "AutoencoderDC"),
        (transformer.state_dict(), weights, "CopGenTransformer"),
    ]
    for ours, theirs, name in pairs:
        if {key: value.shape for key, value in ours.items()} != {key: value.shape for key, value in theirs.items()}:
            raise UsageError(f"start: the {name} of {bundle.path} is of another size than the settings.")
    # Its weights, with what these settings say of everything that has none.
    transformer.load_state_dict(weights)
    gains = bundle.transformer.moment_gains
    if gains is not None and not (config.transformer.steps or config.moments.chips):
        transformer = with_gains(transformer, gains.times)
        grown = transformer.moment_gains
        if grown is None or grown.excess.shape != gains.excess.shape:
            raise UsageError(
                f"start: the gains of {bundle.path} are of other parts or streams than the settings say: have them "
                "measured anew ([moments] chips), or leave guess_blocks as they are."
            )
        grown.load_state_dict(gains.state_dict())
    return replace(bundle, transformer=transformer)


def widened(begun: CopGenTransformer, wanted: CopGenTransformer) -> dict[str, Tensor]:
    """Weights of a transformer, for one whose convolutions are given more, whose guess has parts or more channels.

    What is new changes nothing at first: inputs and outputs of convolutions get weights of 0, parts are all alike.
    A guess of more channels knows nothing: the others are of another size then.
    """
    weights: dict[str, Tensor] = dict(begun.state_dict())
    if wanted.detail_reads == "both" and begun.detail is not None and begun.detail_reads != "both":
        answers, seen = weights["detail.enter.weight"].chunk(2, dim=1)
        new = torch.zeros_like(seen)
        added = [seen, new] if begun.detail_reads == "states" else [new, seen]
        weights["detail.enter.weight"] = torch.cat([answers, *added], dim=1)
    theirs, ours = begun.linear_guess, wanted.linear_guess
    if theirs is None or ours is None:
        return weights
    if ours.blocks and not theirs.blocks:
        weights["linear_guess.covariance"] = theirs.covariance.expand(len(ours.shares), -1, -1).clone()
    before, after = theirs.channels, ours.channels
    if before != after and begun.detail is not None and wanted.token_channels == begun.token_channels:
        weights |= {f"linear_guess.{name}": value for name, value in ours.state_dict().items()}
        enter = weights["detail.enter.weight"]
        guessed = torch.split(enter, [enter.shape[1] - sum(before), *before], dim=1)
        grown = [longer(value, count, 1) for value, count in zip(guessed[1:], after, strict=True)]
        weights["detail.enter.weight"] = torch.cat([guessed[0], *grown], dim=1)
        for name in ("detail.leave.weight", "detail.leave.bias"):
            parts = zip(torch.split(weights[name], before), after, strict=True)
            weights[name] = torch.cat([longer(value, count, 0) for value, count in parts])
    return weights


def _train(
    config: TrainingConfig,
    output: Path,
    fingerprints: Mapping[str, str],
    scales_path: Path,
    cache: Path,
    deadline: Deadline,
    begun: Bundle | None,
) -> tuple[AutoencoderDC, CopGenTransformer, dict[str, float]]:
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    first, decoder, second = (fingerprints[name] for name in CHECKPOINTS)
    scenes = cache / f"scenes-{fingerprint(asdict(config.data), world_digest())}"
    make_chips(scenes, range(config.data.first_seed, config.data.first_seed + config.data.scenes), config.data.size)
    chips = load_chips(scenes)
    before = cast(AutoencoderDC, begun.autoencoders["vae"]) if begun else None
    if before is None or trains_autoencoder(config):
        watch = Watch("autoencoder", output, deadline, config.sheet_every, lambda model: round_trip_sheet(model, chips))
        autoencoder = train_autoencoder(config, chips, output, first, device, watch, before)
        # Rounded to what a bundle holds of it: latents are those of the encoder that ships.
        autoencoder.encoder.half().float()
    else:
        autoencoder = before
        nn.Module.to(autoencoder, device)
    latents = {}
    if config.transformer.steps or config.moments.chips:
        encoder = fingerprint(weights_digest(autoencoder.encoder), config.precision, device.type)
        folder = scenes / f"latents-{encoder}"
        latents = encode_scenes(autoencoder, chips, config.data.scenes, folder, config.precision, device)
    kept = {}
    if begun and not config.autoencoder.grown:
        kept = {stream.name: float(stream.latent_scale) for stream in begun.streams}
    scales = kept or _read_scales(scales_path) or measure_scales(latents)
    write_whole(scales_path, json.dumps(scales))
    watch = Watch("decoder", output, deadline, config.sheet_every, lambda model: round_trip_sheet(model, chips))
    autoencoder = train_decoder(config, autoencoder, chips, output, decoder, device, watch)
    streams, scheduler = stream_specs(config, scales), run_scheduler(config, begun)

    def draw(model: nn.Module) -> Image:
        # Only the loop's own copies of the transformer come here.
        network = cast(CopGenTransformer, model)
        return sample_sheet(Bundle(output, streams, network, {"vae": autoencoder}, scheduler), chips)

    watch = Watch("transformer", output, deadline, config.sheet_every, draw)
    network = begun.transformer if begun else None
    transformer = train_transformer(config, latents, scales, output, second, device, watch, network)
    if config.moments.chips:
        progress = output / f"moments-{fingerprint(second, asdict(config.moments))}.npz"
        nn.Module.to(transformer, device)
        transformer = measure_gains(transformer, scheduler, latents, scales, config.moments, config.seed, progress)
    return autoencoder, transformer, scales
