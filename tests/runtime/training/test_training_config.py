"""Configuration files and their refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_runtime.contract import UsageError
from model_runtime.training.config import load_config
from model_runtime.training.run import small_scheduler


def test_embedded_configuration_is_the_small_model() -> None:
    config = load_config("mini")
    assert config.name == "copgen-mini"
    assert (config.transformer.embed_dim, config.transformer.depth, config.transformer.patch_size) == (192, 4, 4)
    assert (config.transformer.detail_channels, config.transformer.detail_blocks) == (144, 4)
    assert config.warmup <= 0.05


@pytest.mark.parametrize("name", ["mini-further", "mini-guesses", "mini-detail", "mini-optical", "mini-scales"])
def test_training_further_keeps_the_embedded_model_s_size(name: str) -> None:
    further, config = load_config(name), load_config("mini")
    assert further.start and not config.start
    for setting in (
        "embed_dim",
        "depth",
        "num_heads",
        "patch_size",
        "detail_channels",
        "detail_blocks",
        "prediction_type",
    ):
        assert getattr(further.transformer, setting) == getattr(config.transformer, setting), setting
    for setting in ("channels", "encoder_layers", "decoder_layers", "latent_channels"):
        assert getattr(further.autoencoder, setting) == getattr(config.autoencoder, setting), setting


def test_a_model_that_learned_how_the_signal_rises_says_so() -> None:
    schedules = {name: small_scheduler(load_config(name)).schedule for name in ("mini", "mini-further", "mini-optical")}
    assert schedules["mini"].pure_start and not schedules["mini"].rising_start
    assert schedules["mini-further"].rising_start and schedules["mini-optical"].rising_start


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense = 3", "unknown setting 'nonsense'"),
        ("[transformer]\nheads = 3", r"\[transformer\]: unknown setting 'heads'"),
        ("[transformer]\ndepth = 'deep'", "'depth' is 'deep', expected int"),
        ("[transformer]\ntimestep_sampling = 'luck'", "choose from independent, roles"),
        ("[autoencoder]\nchannels = [32, 48, 64]", "each dividing four times the one before"),
        ("[autoencoder]\ndecoder_layers = [1, 1]", "one number for each of three resolutions"),
        ("[transformer]\ndetail_reads = 'pixels'", "choose from states, guesses, both"),
        ("[transformer]\ndetail_reads = 'guesses'", "needs prediction_type preconditioned"),
        ("[transformer]\ngiven_weights = [1, 1, 0, 1]", "one number above 0 for each of dem, s1_rtc, s2_l1c, s2_l2a"),
        ("[transformer]\nprediction_type = 'preconditioned'\nguess_blocks = [8, 3]", "guess_blocks must divide 32"),
        ("[transformer]\nguess_blocks = [8, 2]", "need prediction_type preconditioned"),
        ("settings = 'mini'", "unknown setting 'settings'"),
        ("[transformer]\ntrained = 'detail'\ndetail_channels = 8", "needs detail_channels and a start"),
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


def test_unknown_name_lists_the_known_ones() -> None:
    with pytest.raises(UsageError, match="mini"):
        load_config("maxi")
