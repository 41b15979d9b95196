"""Configuration files and their refusals."""

from __future__ import annotations

from pathlib import Path

import pytest

from model_runtime.contract import UsageError
from model_runtime.training.config import load_config


def test_embedded_configuration_is_the_small_model() -> None:
    config = load_config("mini")
    assert config.name == "copgen-mini"
    assert (config.transformer.embed_dim, config.transformer.depth, config.transformer.patch_size) == (192, 4, 4)
    assert (config.transformer.detail_channels, config.transformer.detail_blocks) == (144, 4)
    assert config.warmup <= 0.05


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("nonsense = 3", "unknown setting 'nonsense'"),
        ("[transformer]\nheads = 3", r"\[transformer\]: unknown setting 'heads'"),
        ("[transformer]\ndepth = 'deep'", "'depth' is 'deep', expected int"),
        ("[transformer]\ntimestep_sampling = 'luck'", "choose from independent, roles"),
        ("[autoencoder]\nchannels = [32, 48, 64]", "each dividing four times the one before"),
        ("[autoencoder]\ndecoder_layers = [1, 1]", "one number for each of three resolutions"),
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
