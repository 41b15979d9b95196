"""Scores and trivial answers: what they say of data whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from model_runtime.training.baselines import fit_for, fit_spread, join
from model_runtime.training.evidence.autoencoder import looks, smoothed
from model_runtime.training.metrics import OCTAVES, crps, diversity, octave_power, power_ratio, psnr, variety


def test_crps_of_few_samples_is_that_of_many() -> None:
    rng = np.random.default_rng(0)
    truths = rng.normal(0, 1, (1, 1, 200, 200)).astype(np.float32)
    drawn = [rng.normal(0, 1, (1, count, 1, 200, 200)).astype(np.float32) for count in (4, 64)]
    few, many = (crps(samples, truths, fair=True) for samples in drawn)
    # Of a standard normal distribution: 1 / sqrt(pi).
    assert few == pytest.approx(0.564, abs=0.01) and many == pytest.approx(0.564, abs=0.01)
    assert crps(drawn[0], truths) > 0.6


def test_diversity_and_variety_are_one_where_the_truth_is_one_more_sample() -> None:
    rng = np.random.default_rng(0)
    places = 50 * rng.normal(size=(6, 1, 1, 64, 64))
    samples = (places + rng.normal(0, 10, (6, 8, 1, 64, 64))).astype(np.float32)
    truths = (places[:, 0] + rng.normal(0, 10, (6, 1, 64, 64))).astype(np.float32)
    assert diversity(samples, truths) == pytest.approx(1, abs=0.02)
    assert variety(samples, truths[:, None].repeat(8, axis=1)) == pytest.approx(1, abs=0.02)
    assert diversity(samples[:, :1].repeat(8, axis=1), truths) == 0


@pytest.mark.parametrize("side", [255, 256])
def test_every_wave_counts_once_in_an_octaves_power(side: int) -> None:
    picture = np.random.default_rng(2).normal(0, 10, (side, side)).astype(np.float32)
    picture += 40 * np.sin(2 * np.pi * np.arange(side) / 96).astype(np.float32)
    assert octave_power(picture.T) == pytest.approx(octave_power(picture), rel=1e-5)
    frequency = np.hypot(*np.meshgrid(np.fft.fftfreq(side), np.fft.fftfreq(side)))
    waves = np.abs(np.fft.fft2((picture - picture.mean()) * np.outer(np.hanning(side), np.hanning(side)))) ** 2
    wanted = [waves[(frequency > 1 / long) & (frequency <= 1 / short)].sum() for short, long in OCTAVES]
    assert octave_power(picture) == pytest.approx(wanted, rel=1e-5)


def test_the_error_of_a_power_ratio_is_how_far_it_scatters() -> None:
    rng = np.random.default_rng(0)
    scenes = np.arange(64) % 16
    found = []
    for _ in range(300):
        # Chips of a scene are alike, and a few scenes hold most of the power.
        rough = rng.lognormal(0, 1, (16, 2))[scenes]
        answers, truths = (rough * rng.lognormal(0, 0.5, (16, 2))[scenes] for _ in range(2))
        found.append(power_ratio(answers * [1.0, 0.5], truths, scenes))
    ratios, errors = (np.array([entry[number] for entry in found]) for number in range(2))
    assert np.allclose(ratios.mean(axis=0), [1.0, 0.5], rtol=0.07)
    assert np.allclose(np.sqrt((errors**2).mean(axis=0)), ratios.std(axis=0), rtol=0.25)
    one = power_ratio(np.ones((2, 1)), np.ones((2, 1)), np.zeros(2, np.int64))
    assert one == ([1.0], []), "one scene tells nothing"


def test_a_spread_answer_scores_as_its_samples_do() -> None:
    rng = np.random.default_rng(1)
    chips = {name: np.full((4, 3, 64, 64), 120, np.float32) for name in ("s2_l1c", "s2_l2a")}
    chips["s2_l1c"] += rng.normal(0, 20, (4, 3, 64, 64)).astype(np.float32)
    chips["s2_l2a"] = np.clip(chips["s2_l1c"] + rng.normal(5, 12, (4, 3, 64, 64)), 0, 255).astype(np.float32)
    identity = fit_for(("s2_l1c",), "s2_l2a", chips)[0]
    spread = fit_spread(identity, chips["s2_l1c"], chips["s2_l2a"])
    drawn = np.rint(chips["s2_l1c"])[:, None] + rng.normal(5, 12, (4, 64, 3, 64, 64))
    expected = crps(drawn.astype(np.float32), chips["s2_l2a"], fair=True)
    assert spread.crps(identity.answer(chips["s2_l1c"]), chips["s2_l2a"]) == pytest.approx(expected, rel=0.02)


def test_trivial_answers_find_a_linear_truth() -> None:
    rng = np.random.default_rng(2)
    chips = {name: rng.uniform(0, 255, (12, 3, 64, 64)).astype(np.float32) for name in ("s1_rtc", "s2_l1c", "s2_l2a")}
    chips["dem"] = (0.3 * chips["s2_l2a"][:, :1] + 0.4 * chips["s1_rtc"][:, 2:] + 10).astype(np.float32)
    sources = ("s1_rtc", "s2_l1c", "s2_l2a")
    answers = {entry.name: entry.answer(join(chips, sources)) for entry in fit_for(sources, "dem", chips)}
    errors = {name: float(np.abs(answer - chips["dem"])[..., 8:-8, 8:-8].mean()) for name, answer in answers.items()}
    assert errors["linear fit on all channels"] < 0.1 and errors["linear 9 x 9 filter"] < 0.5
    assert min(errors["identity"], errors["mean picture"]) > 10
    assert np.allclose(answers["identity"], chips["s2_l2a"].mean(axis=1, keepdims=True), atol=1e-3)


def test_looks_are_those_of_the_speckle() -> None:
    rng = np.random.default_rng(3)
    limits = np.array([[[-30, 0], [-35, -5]]], np.float32)
    decibels = np.stack([np.full((200, 200), level) for level in (-15.0, 0.0, -20.0)])
    noisy = decibels + 10 * np.log10(rng.gamma(4.5, 1 / 4.5, decibels.shape))
    low, width = np.array([-30, 0, -35])[:, None, None], 30.0
    clean, measured = (
        np.floor(255 * np.clip((values - low) / width, 0, 1)).astype(np.float32)[None] for values in (decibels, noisy)
    )
    assert looks(measured, clean, limits) == pytest.approx(4.5, rel=0.05)
    assert looks(smoothed(measured), clean, limits) > 50
    assert psnr(smoothed(measured), measured) < psnr(clean + 1, clean)
