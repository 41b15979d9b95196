"""Bundles survive the way to disk and back, and a damaged one is refused in a sentence."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import safetensors.torch
import torch

from model_runtime.contract import ModelError
from model_runtime.model.bundle import bundle_sha256, load_bundle, save_bundle, verify_bundle
from model_runtime.model.weights import save_network


@pytest.fixture
def bundle(tiny_bundle: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny_bundle, tmp_path / "bundle")


def test_half_precision_on_disk_comes_back_as_float32(tiny_bundle: Path, tmp_path: Path) -> None:
    original = load_bundle(tiny_bundle)
    arguments = (original.streams, original.transformer, original.autoencoders, original.scheduler)
    save_bundle(tmp_path / "half", *arguments, card="# Half\n", dtype=torch.float16)
    half = load_bundle(tmp_path / "half")
    verify_bundle(tmp_path / "half")
    assert half.streams == original.streams
    assert half.scheduler.num_inference_steps == original.scheduler.num_inference_steps == 4
    for name, tensor in half.transformer.state_dict().items():
        assert tensor.dtype == torch.float32
        assert torch.allclose(tensor, original.transformer.state_dict()[name], rtol=1e-3, atol=1e-6)
    sizes = [(path / "vae/diffusion_pytorch_model.safetensors").stat().st_size for path in (tiny_bundle, half.path)]
    assert sizes[1] < 0.6 * sizes[0]


def test_hash_tells_weights_and_settings_apart_and_nothing_else(bundle: Path) -> None:
    original = bundle_sha256(bundle)
    (bundle / "README.md").write_text("another card")
    config = bundle / "transformer/config.json"
    content = json.loads(config.read_text())
    config.write_bytes(json.dumps({**content, "_diffusers_version": "9"}).replace(",", ",\r\n").encode())
    assert bundle_sha256(bundle) == original
    (bundle / "scheduler/scheduler_config.json").write_text(json.dumps({"num_inference_steps": 7}))
    changed = bundle_sha256(bundle)
    assert changed != original
    weights = bundle / "vae/diffusion_pytorch_model.safetensors"
    content = bytearray(weights.read_bytes())
    content[-1] ^= 1
    weights.write_bytes(content)
    assert bundle_sha256(bundle) not in (original, changed)


@pytest.mark.parametrize(
    "name",
    [
        "modalities.json",
        "transformer/config.json",
        "transformer/diffusion_pytorch_model.safetensors",
        "vae/config.json",
        "vae/diffusion_pytorch_model.safetensors",
        "scheduler/scheduler_config.json",
    ],
)
@pytest.mark.parametrize("damage", ["missing", "cut off"])
def test_a_missing_or_broken_file_is_named(bundle: Path, name: str, damage: str) -> None:
    if damage == "missing":
        (bundle / name).unlink()
    else:
        (bundle / name).write_bytes((bundle / name).read_bytes()[:20])
    for use in (load_bundle, verify_bundle):
        with pytest.raises(ModelError, match=name.replace(".", r"\.")):
            use(bundle)


def test_settings_nested_too_deep_to_be_read_are_named(bundle: Path) -> None:
    (bundle / "transformer/config.json").write_text("[" * 100_000)
    for use in (load_bundle, verify_bundle, bundle_sha256):
        with pytest.raises(ModelError, match=r"config\.json: cannot be read as JSON"):
            use(bundle)


@pytest.mark.parametrize("change", ["missing", "extra", "shape"])
def test_weights_that_do_not_fit_are_refused_by_name(bundle: Path, change: str) -> None:
    weights = bundle / "transformer/diffusion_pytorch_model.safetensors"
    state = safetensors.torch.load_file(weights)
    named = {"missing": "norm.bias", "extra": "a_stranger", "shape": "pos_embed"}[change]
    if change == "missing":
        del state[named]
    else:
        state[named] = torch.zeros(2, 2)
    safetensors.torch.save_file(state, weights)
    for use in (load_bundle, verify_bundle):
        with pytest.raises(ModelError, match=named):
            use(bundle)


def test_streams_and_transformer_that_disagree_are_refused(bundle: Path) -> None:
    streams = json.loads((bundle / "modalities.json").read_text())
    streams["streams"].reverse()
    (bundle / "modalities.json").write_text(json.dumps(streams))
    with pytest.raises(ModelError, match="disagree about the streams"):
        load_bundle(bundle)


def test_a_folder_without_a_bundle_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="nowhere"):
        load_bundle(tmp_path / "nowhere")
    with pytest.raises(ModelError, match="no model bundle"):
        bundle_sha256(tmp_path)


def test_weights_too_large_for_half_precision_are_refused_by_name(tiny_bundle: Path, tmp_path: Path) -> None:
    bundle = load_bundle(tiny_bundle)
    with torch.no_grad():
        bundle.transformer.norm.weight[0] = 1e5
    with pytest.raises(ModelError, match=r"norm\.weight: too large for float16"):
        save_network(bundle.transformer, tmp_path, torch.float16)
