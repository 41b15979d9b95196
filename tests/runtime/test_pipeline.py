"""CopGenPipeline: the published chip byte for byte, and what a caller can ask of it."""

from __future__ import annotations

import json
import math
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from diffusers import AutoencoderKL
from PIL import Image

from model_runtime.contract import UsageError
from model_runtime.model.bundle import bundle_sha256, save_bundle, transformer_streams
from model_runtime.model.checkpoints import import_published
from model_runtime.model.published import thumbnail_streams
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.pipeline import CopGenPipeline
from model_runtime.sampling.roles import RecordedNoise
from model_runtime.streams import StreamSpec


@pytest.fixture(scope="module")
def pipeline(tiny_bundle: Path) -> CopGenPipeline:
    return CopGenPipeline.from_pretrained(tiny_bundle)


@pytest.fixture(scope="module")
def chip() -> np.ndarray:
    return np.random.default_rng(0).integers(0, 256, (256, 256, 3), dtype=np.uint8)


def seeded(seed: int) -> torch.Generator:
    return torch.Generator().manual_seed(seed)


def test_the_published_chip(shared: Path, tmp_path: Path) -> None:
    golden = shared / "golden"
    import_published(golden / "nnet_tiny/nnet_tiny.pth", golden / "vae_tiny/autoencoder_tiny.pth", tmp_path / "bundle")
    recorded = np.load(golden / "e2e/notebook__cond_s2_l2a__gen_dem__steps10.npz")
    chips = np.load(golden / "e2e/input_images_uint8.npz")
    names = [name for name in chips.files if name not in json.loads(str(recorded["meta"]))["condition"]]
    fresh = zip(names[1:], recorded["ignored_noise"].transpose(1, 2, 0, 3, 4, 5), strict=True)
    noise = RecordedNoise(
        {
            "posterior": {"s2_l2a": recorded["posterior_noise_s2_l2a"]},
            "initial": {"dem": recorded["z_init"][0]},
            "ignored": dict(fresh),
        }
    )
    result = CopGenPipeline.from_pretrained(tmp_path / "bundle")(
        conditions={"s2_l2a": chips["s2_l2a"]},
        generate=["dem"],
        num_inference_steps=10,
        ignored_treatment="noise-at-0",
        noise=noise,
    )
    assert np.abs(result.latents["dem"] - recorded["latent_dem"]).max() < 2e-3
    difference = result.images["dem"][0].astype(int) - recorded["image_dem"][0].transpose(1, 2, 0)
    assert np.mean(difference == 0) > 0.999
    assert np.abs(difference).max() <= 1


def test_everything_missing_is_generated_and_only_what_was_asked_for_decoded(
    pipeline: CopGenPipeline, chip: np.ndarray
) -> None:
    result = pipeline(conditions={"s2_l2a": chip}, generate=["dem"], num_inference_steps=1, generator=seeded(0))
    assert set(result.images) == {"dem"}
    assert set(result.latents) == {"dem", "s1_rtc", "s2_l1c"}
    assert result.images["dem"].shape == (1, 256, 256, 3)
    assert result.images["dem"].dtype == np.uint8
    ignoring = pipeline({"s2_l2a": chip}, ["dem"], 1, seeded(0), ignored_treatment="noise-at-1000")
    assert set(ignoring.latents) == {"dem"}
    assert not np.array_equal(ignoring.latents["dem"], result.latents["dem"])


def test_without_conditions_all_modalities_are_generated(pipeline: CopGenPipeline) -> None:
    result = pipeline(num_inference_steps=2, output_type="latent")
    assert list(result.latents) == ["dem", "s1_rtc", "s2_l1c", "s2_l2a"]
    assert result.images == {}


def test_the_same_generator_gives_the_same_samples_and_samples_differ(
    pipeline: CopGenPipeline, chip: np.ndarray
) -> None:
    first, again, other = (
        pipeline({"s2_l2a": chip}, ["dem"], 2, seeded(seed), num_samples=2, output_type="latent").latents["dem"]
        for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)
    assert not np.array_equal(first[0], first[1])


def test_pil_images_and_floats_are_the_same_chip(pipeline: CopGenPipeline, chip: np.ndarray) -> None:
    kinds = (chip, Image.fromarray(chip), chip.astype(np.float32) / 127.5 - 1)
    results = [pipeline({"s2_l2a": kind}, ["dem"], 1, seeded(0), output_type="latent") for kind in kinds]
    for result in results[1:]:
        np.testing.assert_array_equal(result.latents["dem"], results[0].latents["dem"])


def test_conditions_hold_and_start_matter(pipeline: CopGenPipeline, chip: np.ndarray) -> None:
    plain, other, held, started = (
        pipeline(generate=["dem"], num_inference_steps=2, generator=seeded(0), output_type="latent", **asked).latents
        for asked in (
            {"conditions": {"s2_l2a": chip}},
            {"conditions": {"s2_l2a": 255 - chip}},
            {"conditions": {"s2_l2a": chip}, "hold": {"s2_l2a": 600.0}},
            {"conditions": {"s2_l2a": chip}, "start": {"dem": (chip, 300.0)}},
        )
    )
    for changed in (other, held, started):
        assert not np.array_equal(plain["dem"], changed["dem"])


def test_the_model_s_own_number_of_steps_is_the_default(pipeline: CopGenPipeline) -> None:
    calls: list[tuple[int, int]] = []
    pipeline(generate=["dem"], output_type="latent", progress=lambda done, total: calls.append((done, total)))
    assert calls == [(1, 4), (2, 4), (3, 4), (4, 4)]


def test_saved_and_loaded_it_is_the_same_model(pipeline: CopGenPipeline, tiny_bundle: Path, tmp_path: Path) -> None:
    pipeline.save_pretrained(tmp_path / "again")
    assert bundle_sha256(tmp_path / "again") == bundle_sha256(tiny_bundle)
    assert (tmp_path / "again/README.md").read_text() == (tiny_bundle / "README.md").read_text()
    for file in (tmp_path / "again").glob("**/*.json"):
        assert str(tiny_bundle) not in file.read_text()
    again = CopGenPipeline.from_pretrained(tmp_path / "again")
    results = [pipe(generate=["dem"], num_inference_steps=1, generator=seeded(4)) for pipe in (pipeline, again)]
    np.testing.assert_array_equal(results[0].images["dem"], results[1].images["dem"])


def successor_bundle(path: Path) -> list[StreamSpec]:
    """Streams of unequal pixel size, channels and latents, two autoencoders, and a scalar stream."""
    thumbnail = thumbnail_streams()[0]
    dem = replace(
        thumbnail, channels=1, pixel_size=30.0, chip_size=64, latent_channels=8, latent_height=8, latent_width=8,
        latent_scale=0.5, autoencoder="vae/dem", unit="m",
    )  # fmt: skip
    s1 = replace(
        dem, name="s1_rtc", modality="s1_rtc", channels=2, pixel_size=10.0, chip_size=192, latent_height=24,
        latent_width=24, autoencoder="vae/s1",
    )  # fmt: skip
    place = StreamSpec("place", "place", 3, None, None, 1, 1, 3, 1, 1.0, None, "place", "1")
    streams = [dem, s1, place]
    torch.manual_seed(0)
    sizes = {"norm_num_groups": 4, "latent_channels": 8, "block_out_channels": (8, 8, 8, 8)}
    sizes |= {"down_block_types": ("DownEncoderBlock2D",) * 4, "up_block_types": ("UpDecoderBlock2D",) * 4}
    autoencoders = {
        f"vae/{name}": AutoencoderKL(in_channels=channels, out_channels=channels, **sizes)
        for name, channels in (("dem", 1), ("s1", 2))
    }
    transformer = CopGenTransformer(transformer_streams(streams), embed_dim=32, depth=2, num_heads=2)
    save_bundle(path, streams, transformer, autoencoders, CopGenScheduler(num_inference_steps=2), "# Successor\n")
    return streams


def test_several_autoencoders_and_scalar_streams_fit_by_configuration_alone(tmp_path: Path) -> None:
    successor_bundle(tmp_path / "successor")
    CopGenPipeline.from_pretrained(tmp_path / "successor").save_pretrained(tmp_path / "again")
    assert bundle_sha256(tmp_path / "again") == bundle_sha256(tmp_path / "successor")
    pipeline = CopGenPipeline.from_pretrained(tmp_path / "again")
    elevation = np.zeros((64, 64, 1), np.float32)
    place = [math.cos(1.0), math.sin(1.0), 0.0]
    result = pipeline(conditions={"dem": elevation, "place": place}, generator=seeded(0))
    assert result.images["s1_rtc"].shape == (1, 192, 192, 2)
    guessed = pipeline(conditions={"dem": elevation}, generate=["place"], generator=seeded(0))
    assert guessed.latents["place"].shape == (1, 1, 1, 3)
    assert guessed.images == {}


def test_calls_that_cannot_be_are_refused(pipeline: CopGenPipeline, chip: np.ndarray) -> None:
    with pytest.raises(UsageError, match="lulc: the model has no such stream; it has dem"):
        pipeline(generate=["lulc"])
    with pytest.raises(UsageError, match="condition and result at once"):
        pipeline(conditions={"dem": chip}, generate=["dem"])
    with pytest.raises(UsageError, match=r"\(256, 256, 3\), found \(255, 256, 3\)"):
        pipeline(conditions={"dem": chip[1:]})
    with pytest.raises(UsageError, match="Nothing to generate"):
        pipeline(conditions=dict.fromkeys(["dem", "s1_rtc", "s2_l1c", "s2_l2a"], chip), generate=[])
    with pytest.raises(UsageError, match="1 or more"):
        pipeline(num_inference_steps=0)
    with pytest.raises(UsageError, match="num_samples is 0, expected 1 or more"):
        pipeline(num_samples=0)
    given = {"s2_l2a": chip}
    with pytest.raises(UsageError, match="dem: only a condition can be held"):
        pipeline(given, ["dem"], hold={"dem": 5.0})
    with pytest.raises(UsageError, match="s2_l2a: only what is generated can have a start"):
        pipeline(given, ["dem"], start={"s2_l2a": (chip, 300.0)})
    with pytest.raises(UsageError, match="s1_rtc: only what is generated can have a start"):
        pipeline(given, ["dem"], ignored_treatment="noise-at-0", start={"s1_rtc": (chip, 300.0)})
