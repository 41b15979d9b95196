"""A tiny run from simulated scenes to a bundle."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from model_runtime.contract import InputError, UsageError
from model_runtime.model.bundle import load_bundle
from model_runtime.model.linear_guess import LinearGuess
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.training import autoencoder, data, diffusion
from model_runtime.training.card import model_card
from model_runtime.training.config import (
    AutoencoderConfig,
    DataConfig,
    DecoderConfig,
    MomentsConfig,
    TrainingConfig,
    TransformerConfig,
    load_config,
)
from model_runtime.training.data import LOCK, load_chips, make_chips, one_at_a_time
from model_runtime.training.linear_start import start_linear
from model_runtime.training.run import read_start, train

TINY = TrainingConfig(
    name="tiny",
    precision="fp32",
    checkpoint_every=2,
    data=DataConfig(scenes=2, size=258),
    autoencoder=AutoencoderConfig(decoder_layers=(1, 1, 1), steps=6, batch_size=2, crop=32),
    decoder=DecoderConfig(steps=6, batch_size=2, crop=32),
    transformer=TransformerConfig(embed_dim=16, depth=2, num_heads=2, patch_size=8, steps=6, batch_size=2),
)


class Killed(Exception):
    """Stands for the kill signal."""


@pytest.fixture(scope="module")
def uninterrupted(tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("uninterrupted")
    train(TINY, output)
    return output


@pytest.mark.parametrize(("module", "stops_after"), [(autoencoder, 3), (autoencoder, 9), (diffusion, 5)])
def test_resumes_exactly_after_a_kill(
    module: object, stops_after: int, uninterrupted: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls = 0

    def rate(*arguments: float) -> float:
        nonlocal calls
        calls += 1
        if calls > stops_after:
            raise Killed
        return original(*arguments)

    original = module.learning_rate  # type: ignore[attr-defined]
    monkeypatch.setattr(module, "learning_rate", rate)
    with pytest.raises(Killed):
        train(TINY, tmp_path)
    monkeypatch.undo()
    resumed, whole = load_bundle(train(TINY, tmp_path, resume=True)), load_bundle(uninterrupted / "tiny")
    for name, tensor in whole.transformer.state_dict().items():
        assert torch.equal(tensor, resumed.transformer.state_dict()[name]), name
    for name, tensor in whole.autoencoders["vae"].state_dict().items():
        assert torch.equal(tensor, resumed.autoencoders["vae"].state_dict()[name]), name


def test_training_that_runs_away_ends_in_a_sentence_and_makes_no_bundle(uninterrupted: Path, tmp_path: Path) -> None:
    settings = replace(TINY.transformer, learning_rate=1e30)
    decoder = replace(TINY.decoder, steps=0)
    away = replace(TINY, start=str(uninterrupted / "tiny"), decoder=decoder, transformer=settings)
    with pytest.raises(UsageError, match="transformer: the loss of step 2 is no finite number: give .* a lower"):
        train(away, tmp_path)
    assert not (tmp_path / "tiny").exists()


def test_trained_further_it_keeps_its_latents_and_scales(uninterrupted: Path, tmp_path: Path) -> None:
    first = load_bundle(uninterrupted / "tiny")
    further = load_bundle(train(replace(TINY, start=str(uninterrupted / "tiny")), tmp_path))
    assert [stream.latent_scale for stream in further.streams] == [stream.latent_scale for stream in first.streams]
    before, after = (bundle.autoencoders["vae"].state_dict() for bundle in (first, further))
    changed = {name.split(".")[0] for name, tensor in before.items() if not torch.equal(tensor, after[name])}
    assert changed == {"decoder"}
    before, after = (bundle.transformer.state_dict() for bundle in (first, further))
    assert not torch.equal(before["pos_embed"], after["pos_embed"])
    assert torch.allclose(before["pos_embed"], after["pos_embed"], atol=0.1)


def test_the_decoder_alone_is_trained_further(uninterrupted: Path, tmp_path: Path) -> None:
    settings = replace(TINY.decoder, power_weights=(1.0, 0.5, 0.0, 0.0), learning_rate=1e-2)
    alone = replace(
        TINY, start=str(uninterrupted / "tiny"), decoder=settings, transformer=replace(TINY.transformer, steps=0)
    )
    began, made = load_bundle(uninterrupted / "tiny"), load_bundle(train(alone, tmp_path))
    assert not list(tmp_path.rglob("latents-*")), "nothing is encoded for nothing"
    assert made.streams == began.streams and made.scheduler.config == began.scheduler.config
    for name, value in began.transformer.state_dict().items():
        assert torch.equal(value, made.transformer.state_dict()[name]), name
    pairs = [
        (name, torch.equal(value, made.autoencoders["vae"].state_dict()[name]))
        for name, value in began.autoencoders["vae"].state_dict().items()
    ]
    assert all(same for name, same in pairs if name.startswith("encoder"))
    assert not all(same for name, same in pairs if name.startswith("decoder"))


def test_runs_share_chips_and_latents(uninterrupted: Path, tmp_path: Path) -> None:
    further = replace(TINY, start=str(uninterrupted / "tiny"))
    alone = load_bundle(train(further, tmp_path / "alone"))
    cache = tmp_path / "cache"
    # What these leave is of another encoder, of another precision, of other scenes.
    train(replace(TINY, seed=3), tmp_path / "encoder", cache=cache)
    train(replace(further, precision="bf16"), tmp_path / "precision", cache=cache)
    train(replace(further, data=replace(TINY.data, first_seed=7)), tmp_path / "scenes", cache=cache)
    train(replace(further, seed=1), tmp_path / "first", cache=cache)
    made = {path: path.stat().st_mtime_ns for path in cache.rglob("*.*") if path.name != LOCK}
    assert len(list(cache.glob("scenes-*"))) == 2 and len(list(cache.glob("scenes-*/latents-*"))) == 4
    second = load_bundle(train(further, tmp_path / "second", cache=cache))
    assert {path: path.stat().st_mtime_ns for path in made} == made, "nothing made anew"
    for name, tensor in alone.transformer.state_dict().items():
        assert torch.equal(tensor, second.transformer.state_dict()[name]), name


def test_a_run_finds_the_latents_of_the_run_that_it_goes_on_from(tmp_path: Path) -> None:
    cache = tmp_path / "cache"
    begun = train(TINY, tmp_path / "begun", cache=cache)
    train(replace(TINY, seed=1, start=str(begun)), tmp_path / "further", cache=cache)
    assert len(list(cache.glob("scenes-*/latents-*"))) == 1, "the encoder is the one in the bundle, to the bit"


def test_chips_half_replaced_are_not_taken_for_those_before(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make_chips(tmp_path, [1], 258)
    before = np.array(load_chips(tmp_path)["dem"])

    def simulate(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as broken:
        broken.setattr("model_runtime.training.data._simulate", simulate)
        with pytest.raises(Killed):
            make_chips(tmp_path, [2], 258)
    make_chips(tmp_path, [1], 258)
    assert np.array_equal(load_chips(tmp_path)["dem"], before)


def test_chips_whose_making_was_killed_are_gone_on_with(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def scene(seed: int, size: int) -> dict[str, NDArray[np.uint8]]:
        if seed == 6 and len(made) < 6:
            raise Killed
        made.append(seed)
        return {name: np.full((1, count, 256, 256), seed, np.uint8) for name, count in data.CHANNELS.items()}

    monkeypatch.setattr(data, "scene_chips", scene)
    monkeypatch.setattr(data, "KEPT_EVERY", 2)
    with pytest.raises(Killed):
        make_chips(tmp_path, range(1, 9), 258, workers=1)
    made.append(0)
    make_chips(tmp_path, range(1, 9), 258, workers=1)
    assert made == [1, 2, 3, 4, 5, 0, 5, 6, 7, 8], "what was not said to be there is made again"
    assert load_chips(tmp_path)["s2_l2a"][:, 0, 0, 0].tolist() == list(range(1, 9))
    # Killed again, and begun for other scenes: nothing of the former is taken.
    (tmp_path / "seeds.npy").unlink()
    made.clear()
    with pytest.raises(Killed):
        make_chips(tmp_path, range(3, 9), 258, workers=1)
    made.extend([0] * 6)
    make_chips(tmp_path, range(4, 9), 258, workers=1)
    assert load_chips(tmp_path)["dem"][:, 0, 0, 0].tolist() == list(range(4, 9))
    assert not (tmp_path / "begun.json").exists()


def test_chips_are_made_by_one_process_and_others_wait(tmp_path: Path, root: Path) -> None:
    make_chips(tmp_path, [1], 258)
    (tmp_path / "seeds.npy").rename(tmp_path / "held.npy")
    made = (tmp_path / "dem.npy").stat().st_mtime_ns
    code = "import pathlib, sys; from model_runtime.training import data; "
    code += "data.make_chips(pathlib.Path(sys.argv[1]), [1], 258)"
    with one_at_a_time(tmp_path):
        other = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)], cwd=root, stderr=subprocess.PIPE, text=True
        )
        assert other.stderr is not None
        told = other.stderr.readline()
        ended = other.poll()
        (tmp_path / "held.npy").rename(tmp_path / "seeds.npy")
    _, more = other.communicate(timeout=60)
    assert told == f"{tmp_path}: another process makes these files; waiting for it.\n" and ended is None
    assert other.returncode == 0, more
    assert (tmp_path / "dem.npy").stat().st_mtime_ns == made, "found, not simulated again"


def test_the_convolutions_alone_are_trained_further(tmp_path: Path) -> None:
    settings = replace(TINY.transformer, prediction_type="preconditioned", detail_channels=8, detail_blocks=1)
    began = train(replace(TINY, transformer=settings), tmp_path / "began")
    asked = replace(settings, trained="detail", detail_reads="guesses")
    further = load_bundle(train(replace(TINY, start=str(began), transformer=asked), tmp_path / "further"))
    before, after = load_bundle(began).transformer.state_dict(), further.transformer.state_dict()
    changed = {name.split(".")[0] for name, tensor in before.items() if not torch.equal(tensor, after[name])}
    assert changed == {"detail"}
    assert further.transformer.config["detail_reads"] == "guesses"


def test_given_squares_the_guess_begins_as_it_was_and_is_measured_anew(tmp_path: Path) -> None:
    settings = replace(TINY.transformer, prediction_type="preconditioned")
    began = train(replace(TINY, transformer=settings), tmp_path / "began")
    asked = replace(TINY, start=str(began), transformer=replace(settings, guess_blocks=(32, 4)))
    ours, theirs = read_start(asked), load_bundle(began)
    assert ours is not None
    latents = [torch.randn(1, 16, 32, 32, generator=torch.Generator().manual_seed(1)) for _ in ours.streams]
    with torch.inference_mode():
        timesteps = torch.tensor([[0.0, 1000.0, 500.0, 999.5]])
        pairs = list(zip(ours.transformer(latents, timesteps), theirs.transformer(latents, timesteps), strict=True))
    assert all(float((one - other).abs().max()) < 1e-3 * float(other.std()) for one, other in pairs)
    once = load_bundle(train(asked, tmp_path / "once"))
    measured = once.transformer.linear_guess.covariance
    coarse, middle, fine = torch.diagonal(measured, dim1=1, dim2=2).mean(dim=1)
    assert coarse > 2 * middle > 4 * fine, "a picture's brightness varies more than its grain"
    again = load_bundle(train(replace(asked, start=str(once.path), seed=2), tmp_path / "again"))
    assert torch.equal(again.transformer.linear_guess.covariance, measured), "what was measured stays"
    for others in ((8, 2), (8,), ()):
        with pytest.raises(UsageError, match=r"guess_blocks of .* are \[32, 4\], of the settings \["):
            read_start(replace(asked, start=str(once.path), transformer=replace(settings, guess_blocks=others)))


def test_gains_are_measured_last_and_stay_as_long_as_the_transformer_does(tmp_path: Path) -> None:
    settings, none = replace(TINY.transformer, prediction_type="preconditioned"), MomentsConfig()
    asked = replace(TINY, transformer=settings, moments=MomentsConfig(chips=2, steps=4))
    began = train(asked, tmp_path / "began", cache=tmp_path / "cache")
    gains = load_bundle(began).transformer.moment_gains
    assert gains is not None and gains.excess.any()
    further, unchanged = replace(asked, start=str(began)), replace(settings, steps=0)

    def made(config: TrainingConfig, name: str) -> CopGenTransformer:
        return load_bundle(train(config, tmp_path / name, cache=tmp_path / "cache")).transformer

    decoder_alone = made(replace(further, transformer=unchanged, moments=none), "decoder")
    assert decoder_alone.moment_gains is not None and torch.equal(decoder_alone.moment_gains.excess, gains.excess)
    assert made(replace(further, moments=none), "trained").moment_gains is None, "they were those of other weights"
    parts = replace(further, transformer=replace(unchanged, guess_blocks=(8,)), moments=none)
    with pytest.raises(UsageError, match=r"start: the gains of .* measured anew"):
        read_start(parts)
    again = replace(further, transformer=unchanged, decoder=replace(TINY.decoder, steps=0), seed=7)
    measured = made(again, "measured")
    assert measured.moment_gains is not None and not torch.equal(measured.moment_gains.excess, gains.excess)
    assert torch.equal(measured.pos_embed, decoder_alone.pos_embed)
    with pytest.raises(InputError, match="already holds a training run"):
        train(again, tmp_path / "measured", cache=tmp_path / "cache")
    card = (tmp_path / "measured" / "tiny" / "README.md").read_text(encoding="utf-8")
    assert "trained further: gains on the transformer's predictions measured along runs on 2" in " ".join(card.split())


def test_the_card_says_of_what_a_model_was_made() -> None:
    cards = model_card(load_config("mini")), model_card(load_config("mini-scales"), "ab" * 32)
    anew, further = (" ".join(card.split()) for card in cards)
    assert "3100 steps of 32 chips (muon)" in anew and "`train --config mini` repeats it" in anew
    assert "begun with the weights of the bundle `abababababababab`" in further and "900 steps of 16 chips" in further
    assert "means over squares of 32, 8, 2 places" in further and "squares" not in anew
    assert "repeats it with such a bundle at `runs/mini-optical/copgen-mini`" in further
    settings = load_config("mini-scales")
    decoder = replace(settings.decoder, steps=30, crop=64)
    told = " ".join(model_card(replace(settings, decoder=decoder), "ab" * 32).split())
    assert (
        "trained further: decoder alone 30 steps of 16 crops of 64 px, with" in told
        and "loss; transformer, 900" in told
    )
    alone = replace(settings, decoder=decoder, transformer=replace(settings.transformer, steps=0))
    assert "with the power spectrum in its loss. `train" in " ".join(model_card(alone, "ab" * 32).split())


@pytest.mark.parametrize("reads", ["states", "guesses"])
def test_given_more_the_convolutions_begin_as_they_were(reads: str, tmp_path: Path) -> None:
    settings = replace(
        TINY.transformer, prediction_type="preconditioned", detail_channels=8, detail_blocks=1, detail_reads=reads
    )
    began = train(replace(TINY, transformer=settings), tmp_path / "began")
    asked = replace(TINY, start=str(began), transformer=replace(settings, detail_reads="both"))
    ours, theirs = read_start(asked), load_bundle(began)
    assert ours is not None
    assert (ours.transformer.detail_reads, theirs.transformer.detail_reads) == ("both", reads)
    latents = [torch.randn(1, 16, 32, 32, generator=torch.Generator().manual_seed(1)) for _ in ours.streams]
    with torch.inference_mode():
        timesteps = torch.tensor([[0.0, 1000.0, 500.0, 999.5]])
        pairs = list(zip(ours.transformer(latents, timesteps), theirs.transformer(latents, timesteps), strict=True))
    assert all(torch.allclose(one, other, atol=1e-5) for one, other in pairs)
    assert train(asked, tmp_path / "further").is_dir()


def test_more_latent_channels_leave_those_there_were_as_they_are(tmp_path: Path) -> None:
    settings = replace(
        TINY.transformer,
        prediction_type="preconditioned",
        guess_blocks=(8,),
        detail_channels=8,
        detail_blocks=1,
        detail_reads="both",
    )
    began = train(replace(TINY, transformer=settings), tmp_path / "began")
    first = replace(TINY.autoencoder, latent_channels=20, grown=True, learning_rate=2e-5, guide_weight=1.0)
    asked = replace(TINY, start=str(began), autoencoder=first, transformer=replace(settings, token_channels=16))
    ours, theirs = read_start(asked), load_bundle(began)
    assert ours is not None
    latents, guesses = (torch.randn(4, 1, 20, 32, 32, generator=torch.Generator().manual_seed(n)) for n in (1, 2))
    timesteps = torch.tensor([[0.0, 1000.0, 500.0, 999.5]])
    guess = theirs.transformer.linear_guess
    # The new guess is of mean 0 and spread 1 until it is measured.
    unlike = [
        one[:, :16] * (torch.diag(s).sqrt() - 1)[:, None, None] for one, s in zip(guesses, spreads(guess), strict=True)
    ]
    unlike = [more + mean[:, None, None] for more, mean in zip(unlike, guess.mean.split(16), strict=True)]
    with torch.inference_mode():
        found = ours.transformer.residuals(list(latents), timesteps, list(guesses))
        before = theirs.transformer.residuals(
            [one[:, :16] for one in latents],
            timesteps,
            [one[:, :16] + more for one, more in zip(guesses, unlike, strict=True)],
        )
    assert all(torch.allclose(one[:, :16], other, atol=1e-4) for one, other in zip(found, before, strict=True))
    assert not any(one[:, 16:].any() for one in found), "nothing is said yet of what is new"
    grown = load_bundle(train(asked, tmp_path / "grown"))
    chips = load_chips(next((tmp_path / "grown" / "cache").glob("scenes-*")))
    for stream in grown.streams:
        pictures = torch.from_numpy(np.broadcast_to(chips[stream.name], (2, 3, 256, 256)) / np.float32(127.5) - 1)
        with torch.inference_mode():
            new, old = (bundle.autoencoders["vae"].encode(pictures).latent for bundle in (grown, theirs))
        assert (new[:, :16] - old).std() < 0.1 * old.std()
        assert new[:, 16:].std() > 0.01 * old.std()
        assert abs(float(new.std()) * stream.latent_scale - 1) < 0.1, "the scale is 1 / std of all channels"
    card = " ".join((grown.path / "README.md").read_text(encoding="utf-8").split())
    assert "20 latent channels, of which tokens read the first 16," in card
    assert "whose autoencoder was given more latent channels in 6 steps of 2 crops of 32 px" in card
    with pytest.raises(UsageError, match="have 20 channels already"):
        read_start(replace(asked, start=str(grown.path)))


def spreads(guess: LinearGuess) -> list[torch.Tensor]:
    """Variances (channels, channels) of each stream over all places, on the diagonal."""
    shares = torch.tensor(guess.shares)[:, None]
    variances = (shares * torch.diagonal(guess.covariance, dim1=1, dim2=2)).sum(dim=0)
    return [torch.diag(part) for part in variances.split(guess.channels)]


def test_a_start_of_another_size_is_refused(uninterrupted: Path, tmp_path: Path) -> None:
    wider = replace(TINY.transformer, embed_dim=32)
    with pytest.raises(UsageError, match="another size"):
        train(replace(TINY, start=str(uninterrupted / "tiny"), transformer=wider), tmp_path)


def test_bundle_says_what_it_was_trained_on(uninterrupted: Path) -> None:
    card = (uninterrupted / "tiny" / "README.md").read_text(encoding="utf-8")
    assert "simulated scenes" in card and "GPL-3.0-or-later" in card and "never saw a" in card


def test_existing_run_is_not_overwritten_unasked(uninterrupted: Path) -> None:
    with pytest.raises(InputError, match="--resume"):
        train(TINY, uninterrupted)


def test_checkpoint_of_other_settings_is_refused(uninterrupted: Path) -> None:
    other = replace(TINY, autoencoder=replace(TINY.autoencoder, learning_rate=1e-3))
    with pytest.raises(InputError, match="belongs to other settings"):
        train(other, uninterrupted, resume=True)


def test_windows_are_drawn_from_all_over_the_scenes() -> None:
    places = np.arange(128 * 128, dtype=np.float32).reshape(1, 1, 128, 128) / 128
    latents = dict.fromkeys(("dem", "s1_rtc"), (places + 1000 * np.arange(3)[:, None, None, None]).astype(np.float16))
    drawn = diffusion.draw_latents(
        latents, {"dem": 1.0, "s1_rtc": 2.0}, 60, np.random.default_rng(0), torch.device("cpu")
    )
    first, second = drawn
    assert first.shape == (60, 1, 32, 32)
    assert torch.equal(2 * first, second), "one place for all modalities"
    assert len({float(value) // 1000 for value in first[:, 0, 0, 0]}) == 3
    assert len({float(value) for value in first[:, 0, 0, 0]}) > 30


def test_scenes_are_put_together_from_their_chips_before_they_are_encoded(tmp_path: Path) -> None:
    model = autoencoder.build_autoencoder(TINY.autoencoder).eval()
    picture = np.random.default_rng(0).integers(0, 255, (3, 512, 512), dtype=np.uint8)
    chips = picture.reshape(3, 2, 256, 2, 256).transpose(1, 3, 0, 2, 4).reshape(4, 3, 256, 256)
    chips_of = dict.fromkeys(("dem", "s1_rtc", "s2_l1c", "s2_l2a"), chips)
    latents = diffusion.encode_scenes(model, chips_of, 1, tmp_path / "latents", "fp32", torch.device("cpu"))
    with torch.inference_mode():
        whole = model.encode(torch.from_numpy(picture[None].astype(np.float32) / 127.5 - 1)).latent
    assert np.allclose(latents["dem"], whole.numpy(), atol=1e-2)


def test_autoencoder_begins_as_good_as_principal_components() -> None:
    rng = np.random.default_rng(0)
    coarse = rng.normal(128, 40, (8, 3, 64, 64)).clip(0, 255)
    smooth = np.repeat(np.repeat(coarse, 4, axis=2), 4, axis=3)
    pictures = (smooth + rng.normal(0, 8, smooth.shape)).clip(0, 255).astype(np.uint8)
    chips = dict.fromkeys(("dem", "s1_rtc", "s2_l1c", "s2_l2a"), pictures)
    settings = replace(TINY.autoencoder, latent_channels=16)
    components, variances = autoencoder.principal_components(chips, settings)
    assert (np.diff(variances) <= 0).all()
    torch.manual_seed(0)
    model = autoencoder.build_autoencoder(settings).eval()
    batch = autoencoder.some_pictures(chips)
    start_linear(model, components, batch)
    flat = components.flatten(1).double()
    rebuild = torch.linalg.pinv(flat).float()
    with torch.inference_mode():
        coefficients = torch.nn.functional.conv2d(batch, components, stride=8)
        blocks = torch.einsum("pk,bkrc->bprc", rebuild, coefficients)
        best = torch.nn.functional.pixel_shuffle(blocks, 8)
        ours = model.decode(model.encode(batch).latent).sample
    left = float((best - batch).square().mean())
    assert 0 < left < 0.5 * float(batch.var())
    assert float((ours - batch).square().mean()) < 1.1 * left


def test_autoencoder_learns_from_random_weights_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(autoencoder, "start_linear", lambda *arguments: None)
    rng = np.random.default_rng(0)
    pictures = np.broadcast_to(rng.integers(0, 255, (8, 3, 1, 1), dtype=np.uint8), (8, 3, 256, 256))
    chips = dict.fromkeys(("dem", "s1_rtc", "s2_l1c", "s2_l2a"), pictures)
    settings = replace(TINY.autoencoder, steps=60, batch_size=4)
    config = replace(TINY, autoencoder=settings, checkpoint_every=60)
    trained = autoencoder.train_autoencoder(config, chips, tmp_path, "x", torch.device("cpu"))
    torch.manual_seed(config.seed)
    fresh = autoencoder.build_autoencoder(settings).eval()
    batch = torch.from_numpy(pictures[:2].astype(np.float32) / 127.5 - 1)
    with torch.inference_mode():
        before, after = (
            float((model.decode(model.encode(batch).latent).sample - batch).square().mean())
            for model in (fresh, trained)
        )
    assert after < 0.6 * before
