"""Configuration files and their refusals."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from model_runtime.contract import UsageError
from model_runtime.training.config import load_config
from model_runtime.training.run import read_start, small_scheduler, trains_autoencoder

FURTHER = (
    "mini-further",
    "mini-guesses",
    "mini-detail",
    "mini-optical",
    "mini-scales",
    "mini-more",
    "mini-grain",
    "mini-longer",
    "mini-doubled",
    "mini-wider",
    "mini-wider-longer",
    "mini-finest",
    "mini-moments",
)


def test_embedded_configuration_is_the_small_model() -> None:
    config = load_config("mini")
    assert config.name == "copgen-mini"
    assert (config.transformer.embed_dim, config.transformer.depth, config.transformer.patch_size) == (192, 4, 4)
    assert (config.transformer.detail_channels, config.transformer.detail_blocks) == (144, 4)
    assert config.warmup <= 0.05


@pytest.mark.parametrize("name", FURTHER)
def test_training_further_keeps_the_embedded_model_s_size(name: str) -> None:
    further, config = load_config(name), load_config("mini")
    assert further.start and not config.start
    for setting in ("embed_dim", "depth", "num_heads", "patch_size", "detail_channels", "detail_blocks"):
        assert getattr(further.transformer, setting) == getattr(config.transformer, setting), setting
    assert further.transformer.prediction_type == config.transformer.prediction_type
    for setting in ("channels", "encoder_layers", "decoder_layers"):
        assert getattr(further.autoencoder, setting) == getattr(config.autoencoder, setting), setting
    assert further.autoencoder.latent_channels >= config.autoencoder.latent_channels


def test_one_s_own_settings_go_on_from_the_embedded_model_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text('base = "further"\nname = "my-model"\n[transformer]\nsteps = 3\n')
    config = load_config(tmp_path / "mine.toml")
    begun = read_start(config)
    assert begun is not None and begun.path.name == "copgen-mini"
    assert not trains_autoencoder(config) and config.decoder.steps == 0


def test_a_model_that_learned_how_the_signal_rises_says_so() -> None:
    first, last = (small_scheduler(load_config(name)) for name in ("mini", "mini-moments"))
    assert first.schedule.pure_start and not first.schedule.rising_start and first.fast_inference_steps == 8
    assert last.schedule.pure_start and last.schedule.rising_start and last.fast_inference_steps == 10


def test_the_runs_of_the_embedded_model_follow_one_another(root: Path) -> None:
    told = next(line for line in (root / "Makefile").read_text().splitlines() if line.startswith("RUNS :="))
    runs = told.split()[2:]
    assert set(runs) == {path.stem for path in (root / "resources" / "training").glob("mini*.toml")}
    assert not load_config(runs[0]).start
    for before, name in pairwise(runs):
        assert load_config(name).start == f"runs/{before}/copgen-mini"
    seeds = [load_config(name).seed for name in runs]
    assert len(set(seeds)) == len(seeds), "each draws other noise"


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense = 3", "unknown setting 'nonsense'"),
        ("[transformer]\nheads = 3", r"\[transformer\]: unknown setting 'heads'"),
        ("[transformer]\ndepth = 'deep'", "'depth' is 'deep', expected int"),
        ("[decoder]\nsteps = 9\n[transformer]\nsteps = 0", "steps must be at least 1, or 0 with a start"),
        ("start = 'there'\n[transformer]\nsteps = 0", "0 with a start whose decoder alone is trained"),
        ("[moments]\nchips = 4", "moments need prediction_type preconditioned"),
        ("[moments]\nchips = -4", "chips of 2 or more, or 0"),
        ("[moments]\nchips = 1", "chips of 2 or more, or 0"),
        (
            "[moments]\ncloud_power = [1.1, 1.1]",
            "cloud_power needs numbers from 0.5 to 2: 1, one for each of guess_blocks",
        ),
        ("[moments]\ncloud_chips = 1", "cloud_chips must be 2 or more, or 0"),
        ("[moments]\ncloud_power = [3.0]", "cloud_power needs numbers from 0.5 to 2"),
        ("[moments]\nsteps = 3", "moments need 4 to 1000 steps"),
        ("[moments]\nsteps = 1001", "moments need 4 to 1000 steps"),
        ("[moments]\nlargest = 0.5", "largest of 1 or more"),
        ("[moments]\nlargest = inf", "'largest' is inf, expected a finite number"),
        ("[moments]\nlowest = 1.0", "lowest above 1 and at most 500"),
        ("start = 'there'\n[decoder]\nsteps = 9\n[transformer]\nsteps = -1", "steps must be at least 1"),
        ("name = '../elsewhere'", "name is '../elsewhere', expected that of a folder"),
        ("name = '..'", "name is '..', expected that of a folder"),
        ("name = ''", "name is '', expected that of a folder"),
        ("name = 'Cache'", "none of the names that a run gives its own files"),
        ("name = 'AUTOENCODER.PT'", "none of the names that a run gives its own files"),
        (f"name = '{101 * 'a'}'", "at most 100 printable characters"),
        (f"name = '{67 * '地'}'", "expected that of a folder"),
        (r'name = "a\u0000\n"', r"name is 'a\\x00\\n', expected that of a folder"),
        (r'start = "a\u0000"', "start must be the path of a folder, without NUL"),
        ("seed = -4", "seed is -4, expected 0 or more"),
        ("seed = 18446744073709551616", r"seed is 18446744073709551616, expected 0 or more, below 2 \*\* 63"),
        (f"seed = {5000 * '1'}", "not a TOML file"),
        ("[data]\nfirst_seed = -5", "scenes may have seeds from 0 to below 100001"),
        ("[transformer]\nlearning_rate = -1.0", "learning_rate needs a number above 0"),
        ("[decoder]\nweight_decay = -5.0", "weight_decay 0 or more"),
        ("[autoencoder]\nema_decay = 1.0", "ema_decay one from 0 to below 1"),
        ("[transformer]\nroles_share = -3.0", "are shares, from 0 to 1"),
        ("[decoder]\npower_weights = [1.0]", "weights need one number for each"),
        ("[decoder]\nfine_power = [1.4, 1, 1, 0]", "fine_power and finest_power need one number above 0"),
        ("[decoder]\nfinest_power = [1.4]", "fine_power and finest_power need one number above 0 for each"),
        ("[transformer]\ntimestep_sampling = 'luck'", "choose from independent, roles"),
        ("[autoencoder]\nchannels = [32, 48, 64]", "each dividing four times the one before"),
        ("[autoencoder]\ndecoder_layers = [1, 1]", "one number for each of three resolutions"),
        ("[transformer]\ndetail_reads = 'pixels'", "choose from states, guesses, both"),
        ("[transformer]\ndetail_reads = 'guesses'", "needs prediction_type preconditioned"),
        ("[transformer]\ngiven_weights = [1, 1, 0, 1]", "one number above 0 for each of dem, s1_rtc, s2_l1c, s2_l2a"),
        (
            "[transformer]\nprediction_type = 'preconditioned'\nguess_blocks = [8, 3]",
            "must be multiples of one another",
        ),
        ("[transformer]\nprediction_type = 'preconditioned'\nguess_blocks = [3]", "do not divide latents of 32 x 32"),
        ("[autoencoder]\nchannels = [0, 0, 0]", r"channels are \[0, 0, 0\], expected at least 28, 48, 4"),
        ("[autoencoder]\nchannels = [24, 48, 48]", r"\[24, 48, 48\], expected at least 28, 48, 4"),
        ("[autoencoder]\nchannels = [32, 32, 32]", r"\[32, 32, 32\], expected at least 28, 48, 4"),
        ("[autoencoder]\nchannels = [64, 128, 256]", "of the last, at most 192"),
        ("[autoencoder]\nencoder_layers = [1, 0, 1]", "encoder_layers and decoder_layers must be at least 1"),
        ("[autoencoder]\nlatent_channels = 0", "latent_channels is 0, expected 1 to 64, the last of channels"),
        ("[autoencoder]\nlatent_channels = 96", "latent_channels is 96, expected 1 to 64"),
        ("start = 'there'\n[autoencoder]\nlatent_channels = 193", "latent_channels is 193, expected 1 to 192"),
        ("[autoencoder]\nwhitening = -0.5", "whitening is -0.5, expected 0 to 1"),
        ("[autoencoder]\nguide_weight = nan", "'guide_weight' is nan, expected a finite number, at most 1000000"),
        ("[autoencoder]\nweights = [1, 1, nan, 1]", "a number of 'weights' is nan, expected a finite number"),
        (f"[autoencoder]\nguide_weight = 1{400 * '0'}", "expected a finite number, at most 1000000"),
        ("[autoencoder]\nshares = [-1, 1, 1, 1]", "shares and weights need one number for each of .*, 0 or more"),
        ("[autoencoder]\nweights = [0, 0, 0, 0]", "must both be above 0 for some modality"),
        ("[decoder]\nshares = [1, 0, 0, 0]\nweights = [0, 1, 1, 1]", "must both be above 0 for some modality"),
        ("[decoder]\nlatent_noise = -0.1", "latent_noise and guide_weight must be 0 or more"),
        ("[decoder]\nsteps = -1", "decoder steps are -1, expected 0 or more"),
        ("[transformer]\nnum_heads = 0", "must be a multiple of 4 and of num_heads, both above 0"),
        ("[transformer]\nembed_dim = 18\nnum_heads = 2", "must be a multiple of 4 and of num_heads"),
        ("[transformer]\npatch_size = 0", "patch_size is 0, expected 1 to 16"),
        ("[transformer]\npatch_size = 3", "patch_size is 3, expected 1 to 16, dividing latents of 32 x 32 places"),
        ("[transformer]\npatch_size = 32", "patch_size is 32, expected 1 to 16"),
        ("[transformer]\ndepth = -2", "depth, detail_channels and detail_blocks must be 0 or more"),
        ("[transformer]\nbetas = [0.9, 1.0]", "betas need two numbers, from 0 to below 1"),
        ("[transformer]\nbetas = [0.9]", "betas need two numbers, from 0 to below 1"),
        ("[transformer]\ncondition_weights = [2, -1, 1, 1]", "conditions, 0 or more and not all 0"),
        ("[transformer]\nweight_limit = 0.0", "weight_limit is 0.0, expected 1 or more"),
        ("[autoencoder]\ngrown = true", "grown needs a start"),
        ("[transformer]\ntoken_channels = 8", "the others need detail_channels"),
        ("[transformer]\ndetail_channels = 8\ntoken_channels = 17", "at most latent_channels"),
        ("[transformer]\nguess_blocks = [8, 2]", "guess_blocks need prediction_type preconditioned"),
        ("[transformer]\nguess_blocks = ['a']", "expected a list of int"),
        ("[transformer]\nguess_blocks = 8", "expected a list of int"),
        ("[autoencoder]\nshares = [0.2, true, 0.3, 0.3]", "expected a list of float"),
        ("settings = 'mini'", "unknown setting 'settings'"),
        ("[transformer]\ntrained = 'detail'\ndetail_channels = 8", "needs detail_channels and a start"),
        ("base = 'mine.toml'", "is its own base"),
        ("base = 'maxi'", "base: No training configuration 'maxi'"),
        ("base = 3", "'base' is 3, expected the name"),
        ("warmup = 0.5", "at most 0.05"),
        ("precision = 'fp8'", "choose from fp32, bf16"),
        ("data = 4", "is a section"),
        ("depth ==", "not a TOML file"),
    ],
)
def test_errors_are_one_sentence_naming_the_file(text: str, sentence: str, tmp_path: Path) -> None:
    path = tmp_path / "mine.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=sentence) as caught:
        load_config(path)
    assert "mine.toml" in caught.value.message and "\n" not in caught.value.message.strip()


def test_a_file_says_only_what_differs_from_its_base(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text("base = 'mini'\nseed = 9\n[transformer]\nsteps = 7\n", encoding="utf-8")
    second = tmp_path / "second.toml"
    second.write_text("base = 'first.toml'\n[transformer]\nlearning_rate = 1e-5\n", encoding="utf-8")
    mini, mine = load_config("mini"), load_config(second)
    assert mine.transformer == replace(mini.transformer, steps=7, learning_rate=1e-5)
    assert replace(mine, transformer=mini.transformer, settings="mini") == replace(mini, seed=9)


def test_what_is_wrong_in_a_base_names_that_file(tmp_path: Path) -> None:
    (tmp_path / "first.toml").write_text("[transformer]\nheads = 7\n", encoding="utf-8")
    (tmp_path / "second.toml").write_text("base = 'first.toml'\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"first\.toml \[transformer\]: unknown setting 'heads'"):
        load_config(tmp_path / "second.toml")


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="mini"):
        load_config("maxi")
