"""Gains measured along runs give generated latents the power of the training scenes'."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from numpy.typing import NDArray

from model_runtime.contract import MODALITIES
from model_runtime.model.scheduler import CopGenScheduler
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.sampling.solver import Call, Latents, solve
from model_runtime.training.config import LATENT_SIDE, MomentsConfig
from model_runtime.training.moments import (
    choose_chips,
    conditions,
    factors,
    measure_gains,
    measured_times,
    subset_number,
    with_gains,
)

SETTINGS = MomentsConfig(chips=6, steps=20, lowest=100.0, largest=1.5)
SCALES = dict.fromkeys(MODALITIES, 1.0)


def latents() -> dict[str, NDArray[np.float16]]:
    """Unrelated white latents of two channels."""
    chance = np.random.default_rng(0)
    shape = (6, 2, LATENT_SIDE + 8, LATENT_SIDE + 8)
    return {name: chance.standard_normal(shape).astype(np.float16) for name in MODALITIES}


def scheduler() -> CopGenScheduler:
    found: CopGenScheduler = CopGenScheduler(pure_start=True, rising_start=True)
    return found


def faint_network() -> CopGenTransformer:
    """A network that takes clean latents for fainter than they are."""
    streams = [
        {"name": name, "channels": 2, "height": LATENT_SIDE, "width": LATENT_SIDE, "patch_size": 8}
        for name in MODALITIES
    ]
    model: CopGenTransformer = CopGenTransformer(
        streams, embed_dim=16, depth=2, num_heads=2, prediction_type="preconditioned", guess_blocks=[8]
    )
    assert model.linear_guess is not None
    model.linear_guess.covariance.mul_(0.6)
    for layer in model.decoder_preds:
        torch.nn.init.zeros_(layer.weight)
    return model.eval()


def generated_power(model: CopGenTransformer) -> float:
    """Variance of L1C's latents, generated from a hillshade."""
    chance = np.random.default_rng(5)
    shape = (4, 2, LATENT_SIDE, LATENT_SIDE)
    given = torch.from_numpy(chance.standard_normal(shape).astype(np.float32))
    missing = [name for name in MODALITIES if name != "dem"]

    def predict(call: Call, states: Latents) -> dict[str, NDArray[np.float32]]:
        inputs = [given if name == "dem" else torch.from_numpy(states[name]) for name in MODALITIES]
        times = torch.tensor([[call.timesteps.get(name, 0.0) for name in MODALITIES]] * 4)
        with torch.inference_mode():
            noises = model(inputs, times)
        return {name: noise.numpy() for name, noise in zip(MODALITIES, noises, strict=True) if name in states}

    initial = {name: chance.standard_normal(shape).astype(np.float32) for name in missing}
    calls = scheduler().plan(dict.fromkeys(missing, 1000.0), SETTINGS.steps)
    return float(np.var(solve(initial, calls, predict)["s2_l1c"]))


def test_runs_get_the_power_that_the_network_leaves_out(tmp_path: Path) -> None:
    model = faint_network()
    grown = measure_gains(model, scheduler(), latents(), SCALES, SETTINGS, 3, tmp_path / "moments.npz")
    assert generated_power(model) < 0.75
    assert 0.9 < generated_power(grown) < 1.1


def test_clouds_that_nothing_tells_of_can_be_given_more_power(tmp_path: Path) -> None:
    asked = replace(SETTINGS, cloud_power=[1.3, 1.3])
    grown, more = (
        measure_gains(faint_network(), scheduler(), latents(), SCALES, settings, 3, tmp_path / f"{name}.npz")
        for name, settings in (("true", SETTINGS), ("more", asked))
    )
    assert 1.15 < generated_power(more) / generated_power(grown) < 1.4
    true, found = np.load(tmp_path / "true.npz"), np.load(tmp_path / "more.npz")
    same = {name for name in true if np.array_equal(true[name], found[name])}
    assert same == {name for name in true if "s2" in name}, "those that were given a level of Sentinel-2"


def test_clouds_that_nothing_tells_of_can_be_measured_on_more_chips(tmp_path: Path) -> None:
    many = replace(SETTINGS, cloud_chips=SETTINGS.chips + 4)
    for name, settings in (("few", SETTINGS), ("many", many)):
        measure_gains(faint_network(), scheduler(), latents(), SCALES, settings, 3, tmp_path / f"{name}.npz")
    few, found = np.load(tmp_path / "few.npz"), np.load(tmp_path / "many.npz")
    assert {name for name in few if not np.array_equal(few[name], found[name])} == {"dem", "s1_rtc"}


def test_measuring_goes_on_where_it_was_killed(tmp_path: Path) -> None:
    progress = tmp_path / "moments.npz"
    whole = measure_gains(faint_network(), scheduler(), latents(), SCALES, SETTINGS, 3, progress)
    stored = dict(np.load(progress))
    assert set(stored) == {"+".join(given) or "nothing" for given in conditions()}
    np.savez(progress, **dict(list(stored.items())[:10]))
    again = measure_gains(faint_network(), scheduler(), latents(), SCALES, SETTINGS, 3, progress)
    assert whole.moment_gains is not None and again.moment_gains is not None
    assert whole.moment_gains.excess.abs().max() > 0.05
    assert torch.equal(whole.moment_gains.excess, again.moment_gains.excess)


def test_nothing_is_changed_at_the_ends_and_for_what_is_given(tmp_path: Path) -> None:
    grown = measure_gains(faint_network(), scheduler(), latents(), SCALES, SETTINGS, 3, tmp_path / "moments.npz")
    assert grown.moment_gains is not None
    assert grown.moment_gains.times == measured_times(scheduler(), SETTINGS.steps, SETTINGS.lowest)
    assert not grown.moment_gains.excess[:, :, 0].any() and not grown.moment_gains.excess[:, :, -1].any()
    plain = with_gains(grown, [])
    assert plain.moment_gains is None
    assert generated_power(plain) == generated_power(faint_network())


@pytest.mark.parametrize(("lowest", "last"), [(100.0, True), (500.0, True), (2.0, False)])
def test_times_end_with_the_first_call_below_the_lowest(lowest: float, last: bool) -> None:
    times = measured_times(scheduler(), 20, lowest)
    assert times[0] == 1000.0 and times[-1] < lowest and times[-2] >= lowest
    calls = [call.timesteps["dem"] for call in scheduler().plan({"dem": 1000.0}, 20)]
    assert (times[-1] in calls) is last


def test_subsets_are_numbered_by_the_other_modalities() -> None:
    assert subset_number("dem", ["s1_rtc"]) == 1
    assert subset_number("s2_l1c", ["dem", "s2_l2a"]) == 1 + 4
    assert len(conditions()) == 15


def test_chosen_chips_have_the_mean_of_all() -> None:
    chance = np.random.default_rng(1)
    moments = chance.lognormal(sigma=1.5, size=(400, 10))
    chosen = choose_chips(moments, 40)
    assert len(set(chosen)) == 40
    wanted = moments.mean(axis=0)
    assert np.abs(moments[chosen].mean(axis=0) / wanted - 1).max() < 0.05
    assert np.abs(moments[:40].mean(axis=0) / wanted - 1).max() > 0.2


def test_factors_are_ratios_as_far_as_they_are_known() -> None:
    chance = np.random.default_rng(2)
    wanted = chance.uniform(0.5, 1.5, size=(200, 1))
    assert factors(wanted / 1.2, wanted, 1.3)[0] == pytest.approx(1.2, abs=0.01)
    assert factors(wanted / 3, wanted, 1.3)[0] == pytest.approx(1.3)
    assert factors(wanted * 3, wanted, 1.3)[0] == pytest.approx(1 / 1.3)
    noise = 1000 * chance.standard_normal(wanted.shape)
    assert factors(wanted / 1.2 + noise - noise.mean(), wanted, 1.3)[0] == pytest.approx(1, abs=0.01)
