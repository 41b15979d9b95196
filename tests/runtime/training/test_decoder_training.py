"""A decoder that is trained further makes as much detail as the truth has."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import torch

from model_runtime.training import autoencoder
from model_runtime.training.config import AutoencoderConfig, DecoderConfig, TrainingConfig
from model_runtime.training.decoder import PART, PART_EDGES, SECTORS, WHOLE_EDGES, Spectrum, detail_loss, train_decoder
from model_runtime.training.linear_start import start_linear
from model_runtime.training.metrics import relative_power

NAMES = ("dem", "s1_rtc", "s2_l1c", "s2_l2a")


def test_twice_the_contrast_is_four_times_the_power_in_every_band() -> None:
    spectrum = Spectrum(PART, PART_EDGES, torch.device("cpu"))
    pictures = 0.3 * torch.randn(2, 3, 64, 48, generator=torch.Generator().manual_seed(0))
    ratio = spectrum(2 * pictures) / spectrum(pictures)
    assert ratio.shape[:3] == (2, 3 * 2, 3)
    assert torch.allclose(ratio, torch.full_like(ratio, 4.0), rtol=1e-3)
    assert torch.allclose(spectrum.distance(2 * pictures, pictures), torch.tensor(np.log(4.0) ** 2).float(), rtol=1e-2)
    assert float(spectrum.distance(pictures, pictures).max()) == 0


def test_all_pictures_of_a_modality_together_lack_what_the_rough_ones_lack() -> None:
    spectrum = Spectrum(64, PART_EDGES, torch.device("cpu"))
    generator = torch.Generator().manual_seed(0)
    truths = torch.randn(3, 3, 64, 64, generator=generator) * torch.tensor([1.0, 0.01, 0.5]).reshape(3, 1, 1, 1)
    rough, smooth = truths.clone(), truths.clone()
    rough[0] *= 0.5
    smooth[1] *= 0.5
    groups = torch.tensor([[1.0, 1.0, 0.0], [0.0, 0.0, 1.0], [0.0, 0.0, 0.0]])
    missed = spectrum.total_distance(rough, truths, groups)
    assert torch.allclose(missed, torch.tensor([np.log(4.0) ** 2, 0.0, 0.0]).float(), rtol=0.01, atol=1e-6)
    assert float(spectrum.total_distance(smooth, truths, groups).max()) < 1e-4
    assert float(spectrum.distance(smooth, truths)[1]) > 1, "by themselves they are missed alike"


@pytest.mark.parametrize(("shortest", "longest"), [(2, 4), (4, 8), (8, 16), (16, 32), (32, 64)])
def test_what_fades_is_missed_in_every_octave_up_to_64_px(shortest: int, longest: int) -> None:
    spectrum = Spectrum(128, WHOLE_EDGES, torch.device("cpu"))
    truths = torch.randn(1, 1, 128, 128, generator=torch.Generator().manual_seed(0))
    frequency = torch.hypot(torch.fft.fftfreq(128)[:, None], torch.fft.rfftfreq(128))
    octave = (frequency > 1 / longest) & (frequency <= 1 / shortest)
    faded = torch.fft.irfft2(torch.where(octave, 0.7, 1.0) * torch.fft.rfft2(truths))
    assert float(spectrum.distance(faded, truths)) > 0.02
    assert float(spectrum.total_distance(faded, truths, torch.ones(1, 1))) > 0.02


def test_fine_detail_alone_can_be_asked_for_in_another_amount() -> None:
    spectrum = Spectrum(64, (1 / 32, 1 / 8, 1 / 4, 1 / 2), torch.device("cpu"))
    truths = torch.randn(3, 3, 64, 64, generator=torch.Generator().manual_seed(0))
    waves = torch.fft.rfft2(truths)
    frequency = torch.hypot(torch.fft.fftfreq(64)[:, None], torch.fft.rfftfreq(64))
    waves = torch.where(frequency > 1 / 8, 1.5 * waves, waves)
    sharper = torch.fft.irfft2(torch.where(frequency > 1 / 4, 2 / 1.5 * waves, waves))
    wanted, groups = torch.tensor([[2.25, 4.0], [2.25, 1.0], [1.0, 1.0]]), torch.eye(3)
    for missed in (spectrum.distance, partial(spectrum.total_distance, groups=groups)):
        first, second, third = missed(sharper, truths, fine_power=wanted).tolist()
        assert first < 0.1 * second, "the first picture was asked to be as sharp as it is"
        assert second < 0.9 * third, "the second at least above 4 px"
        assert torch.equal(missed(sharper, truths, fine_power=torch.ones(3, 2)), missed(sharper, truths))


@pytest.mark.parametrize("degrees", [0, 45, 90, 135])
def test_a_wave_is_found_in_its_own_direction_and_band(degrees: int) -> None:
    edges = (1 / 8, 1 / 4, 1 / 2)
    spectrum = Spectrum(64, edges, torch.device("cpu"))
    row, column = torch.meshgrid(torch.arange(64.0), torch.arange(64.0), indexing="ij")
    along = np.cos(np.radians(degrees)) * column + np.sin(np.radians(degrees)) * row
    for band, frequency in enumerate((0.18, 0.36)):
        power = spectrum(torch.cos(2 * np.pi * (frequency * along + 0.1)).expand(1, 1, 64, 64))[0, 0, 0]
        expected = band * SECTORS + round(degrees / 180 * SECTORS)
        assert int(power.argmax()) == expected and float(power[expected] / power.sum()) > 0.9


def test_a_pattern_in_a_smooth_place_is_told_from_grain_elsewhere() -> None:
    grain = 0.2 * torch.randn(1, 1, 64, 64, generator=torch.Generator().manual_seed(0))
    truth, other = grain.clone(), grain.clone()
    truth[..., :32], other[..., 32:] = 0, 0
    parts = Spectrum(PART, PART_EDGES, torch.device("cpu"))
    alike = float(parts.distance(truth.flip(2), truth))
    assert float(parts.distance(other, truth)) > 10 * alike, "the same grain in other places would do"


def test_what_rounding_hides_counts_for_little() -> None:
    spectrum = Spectrum(64, PART_EDGES, torch.device("cpu"))
    generator = torch.Generator().manual_seed(0)
    faint = 0.0005 * torch.randn(1, 3, 64, 64, generator=generator)
    assert float(spectrum.distance(faint, torch.zeros_like(faint))) < 0.05


def test_the_power_of_one_modality_counts_where_its_pictures_are_drawn() -> None:
    torch.manual_seed(0)
    model = autoencoder.build_autoencoder(AutoencoderConfig(decoder_layers=(1, 1, 1)))
    spectra = [Spectrum(32, PART_EDGES, torch.device("cpu"))]
    pictures, modalities = torch.rand(2, 3, 32, 32) * 2 - 1, torch.tensor([1, 1])

    def loss(weights: tuple[float, ...]) -> float:
        settings, noise = DecoderConfig(power_weights=weights), torch.Generator().manual_seed(0)
        return float(detail_loss(model, pictures, modalities, spectra, settings, noise)[0].detach())

    plain = loss((0.0,) * 4)
    assert loss((1.0, 0.0, 1.0, 1.0)) == plain
    assert loss((0.0, 2.0, 0.0, 0.0)) - plain == pytest.approx(2 * (loss((0.0, 1.0, 0.0, 0.0)) - plain), rel=1e-4)
    assert loss((0.0, 1.0, 0.0, 0.0)) > plain + 0.01


def test_detail_that_the_latents_do_not_tell_comes_back_in_the_right_amount(tmp_path: Path) -> None:
    rng = np.random.default_rng(0)
    coarse = np.kron(rng.normal(128, 30, (8, 3, 16, 16)), np.ones((16, 16)))
    pictures = (coarse + rng.normal(0, 25, coarse.shape)).clip(0, 255).astype(np.uint8)
    chips = dict.fromkeys(NAMES, pictures)
    sizes = AutoencoderConfig(decoder_layers=(1, 1, 1))
    settings = DecoderConfig(
        steps=40, batch_size=4, crop=32, learning_rate=3e-3, spectrum_weights=(0.1,) * 4, ema_decay=0.9
    )
    config = TrainingConfig(precision="fp32", autoencoder=sizes, decoder=settings)
    torch.manual_seed(0)
    model = autoencoder.build_autoencoder(sizes)
    components, _ = autoencoder.principal_components(chips, sizes)
    start_linear(model, components, autoencoder.some_pictures(chips))
    batch = torch.from_numpy(pictures[:2].astype(np.float32) / 127.5 - 1)

    def finest() -> float:
        with torch.inference_mode():
            answers = model.eval().decode(model.encode(batch).latent).sample.numpy()
        return relative_power(answers, batch.numpy())[0]

    before, encoder = finest(), {name: value.clone() for name, value in model.encoder.state_dict().items()}
    unchanged = train_decoder(
        replace(config, decoder=replace(settings, steps=0)), model, chips, tmp_path, "x", torch.device("cpu")
    )
    assert unchanged is model and not list(tmp_path.iterdir())
    train_decoder(config, model, chips, tmp_path, "x", torch.device("cpu"))
    assert before < 0.2 and finest() > 3 * before
    assert all(torch.equal(value, encoder[name]) for name, value in model.encoder.state_dict().items())
