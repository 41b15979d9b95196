"""Published checkpoints become bundles with the same numbers; anything else is refused by name."""

from __future__ import annotations

import json
import pickle
import re
from pathlib import Path

import numpy as np
import pytest
import safetensors.torch
import torch
from diffusers.models.autoencoders.autoencoder_kl import AutoencoderKL

from model_runtime.contract import InputError, ModelError
from model_runtime.model.bundle import Bundle, load_bundle, verify_bundle
from model_runtime.model.checkpoints import import_published
from model_runtime.model.published import AUTOENCODER
from model_runtime.model.published_layouts import autoencoder_config, diffusers_names
from model_runtime.model.weights import read_pickle, save_network, shapes_of, skeleton

OLD_NAMES = {"to_q": "query", "to_k": "key", "to_v": "value", "to_out.0": "proj_attn"}
"""Attention layers as diffusers called them before 2023."""


@pytest.fixture(scope="module")
def transformer(shared: Path) -> Path:
    return shared / "golden/nnet_tiny/nnet_tiny.pth"


@pytest.fixture(scope="module")
def vae(shared: Path) -> Path:
    return shared / "golden/vae_tiny/autoencoder_tiny.pth"


@pytest.fixture(scope="module")
def imported(transformer: Path, vae: Path, tmp_path_factory: pytest.TempPathFactory) -> Bundle:
    output = tmp_path_factory.mktemp("models") / "golden"
    import_published(transformer, vae, output)
    verify_bundle(output)
    return load_bundle(output)


@pytest.mark.parametrize("case", ["vae_tiny_io", "vae_tiny_io_nonsquare"])
def test_autoencoder_gives_the_published_numbers(shared: Path, imported: Bundle, case: str) -> None:
    golden = np.load(shared / f"golden/vae_tiny/{case}.npz")
    autoencoder = imported.autoencoders["vae"]
    with torch.inference_mode():
        moments = autoencoder.encode(torch.from_numpy(golden["image"])).latent_dist.parameters.numpy()
        decoded = autoencoder.decode(torch.from_numpy(golden["latent"]) / imported.streams[0].latent_scale).sample
    assert np.abs(moments - golden["moments"]).max() < 2e-5
    assert np.abs(decoded.numpy() - golden["decoded"]).max() < 2e-5


def test_every_transformer_weight_is_kept_as_it_is(transformer: Path, imported: Bundle) -> None:
    original, ours = read_pickle(transformer), imported.transformer.state_dict()
    assert set(original) == set(ours)
    assert all(torch.equal(original[name], ours[name]) for name in ours)


def test_the_full_autoencoder_maps_name_for_name(shared: Path) -> None:
    golden = json.loads((shared / "golden/autoencoder_full_keys.json").read_text())
    state = {name: torch.empty(shape, device="meta") for name, shape in golden["keys"].items()}
    table = re.findall(r"^\| (\S+) \| \(.*?\) \| (\S+) \|", (shared / "golden/vae_key_mapping.md").read_text(), re.M)
    assert {old: new for old, new in table if old in state} == dict(zip(state, diffusers_names(state), strict=True))
    from diffusers import AutoencoderKL

    network = skeleton(AutoencoderKL, autoencoder_config(diffusers_names(state)), Path("config.json"))
    assert shapes_of(network.state_dict()) == shapes_of(diffusers_names(state))


def test_a_diffusers_folder_also_of_old_attention_names_is_read(
    transformer: Path, imported: Bundle, tmp_path: Path
) -> None:
    autoencoder = imported.autoencoders["vae"]
    save_network(autoencoder, tmp_path / "vae")
    weights = tmp_path / "vae/diffusion_pytorch_model.safetensors"
    state = safetensors.torch.load_file(weights)
    renamed = {
        re.sub(r"\.to_(q|k|v|out\.0)\b", lambda m: f".{OLD_NAMES[m[0][1:]]}", name): tensor
        for name, tensor in state.items()
    }
    safetensors.torch.save_file(renamed, weights)
    for number, given in enumerate((tmp_path / "vae", weights)):
        import_published(transformer, given, tmp_path / f"bundle{number}")
        again = load_bundle(tmp_path / f"bundle{number}").autoencoders["vae"].state_dict()
        assert all(torch.equal(again[name], tensor) for name, tensor in autoencoder.state_dict().items())


@pytest.mark.parametrize("layout", ["latent-diffusion", "diffusers", "old-diffusers"])
@pytest.mark.parametrize("name", ["diffusion_pytorch_model.safetensors", "autoencoder_kl_ema.pth"])
def test_a_bare_autoencoder_file_in_every_layout_is_read_under_its_published_name(
    layout: str, name: str, transformer: Path, vae: Path, imported: Bundle, tmp_path: Path
) -> None:
    """No configuration of the autoencoder beside it; the transformer's is."""
    wanted = imported.autoencoders["vae"].state_dict()
    state = read_pickle(vae) if layout == "latent-diffusion" else dict(wanted)
    if layout == "old-diffusers":
        state = {re.sub(r"to_(q|k|v|out\.0)\b", lambda m: OLD_NAMES[m[0]], key): state[key] for key in state}
        assert "encoder.mid_block.attentions.0.proj_attn.weight" in state
    torch.save(state, tmp_path / name) if name.endswith(".pth") else safetensors.torch.save_file(state, tmp_path / name)
    network = tmp_path / "nnet_ema_114000.pth"
    network.write_bytes(transformer.read_bytes())
    (tmp_path / "config.json").write_bytes((transformer.parent / "config.json").read_bytes())
    import_published(network, tmp_path / name, tmp_path / "bundle")
    again = load_bundle(tmp_path / "bundle").autoencoders["vae"]
    assert again.config["block_out_channels"] == imported.autoencoders["vae"].config["block_out_channels"]
    assert all(torch.equal(again.state_dict()[key], tensor) for key, tensor in wanted.items())


def altered(transformer: Path, folder: Path, change: str) -> Path:
    """The transformer with one weight missing, extra or misshapen."""
    state = read_pickle(transformer)
    if change == "missing":
        del state["mid_block.norm2.weight"]
    elif change == "extra":
        state["a_stranger"] = torch.zeros(1)
    else:
        state["norm.weight"] = torch.zeros(63)
    torch.save(state, folder / "altered.pth")
    (folder / "config.json").write_bytes((transformer.parent / "config.json").read_bytes())
    return folder / "altered.pth"


@pytest.mark.parametrize(
    ("change", "named"), [("missing", "mid_block.norm2.weight"), ("extra", "a_stranger"), ("shape", "norm.weight")]
)
def test_weights_that_do_not_fit_are_refused_by_name(
    transformer: Path, vae: Path, tmp_path: Path, change: str, named: str
) -> None:
    with pytest.raises(ModelError, match=named):
        import_published(altered(transformer, tmp_path, change), vae, tmp_path / "bundle")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["altered.pth", "config.json"]


@pytest.mark.parametrize(
    ("change", "named"), [("missing", "mid_block.resnets.0.conv1.weight"), ("extra", "a_stranger")]
)
def test_an_autoencoder_that_does_not_fit_is_refused_by_name(
    transformer: Path, vae: Path, tmp_path: Path, change: str, named: str
) -> None:
    state = read_pickle(vae)
    if change == "missing":
        del state["encoder.mid.block_1.conv1.weight"]
    else:
        state["a_stranger"] = torch.zeros(1)
    torch.save(state, tmp_path / "vae.pth")
    with pytest.raises(ModelError, match=named):
        import_published(transformer, tmp_path / "vae.pth", tmp_path / "bundle")


class Code:
    """What a malicious pickle holds."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return (print, ("this must never be printed",))


def test_a_pickle_with_code_is_refused_and_not_run(
    vae: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "evil.pth").write_bytes(pickle.dumps({"pos_embed": Code()}, protocol=2))
    torch.save({"pos_embed": Code()}, tmp_path / "evil2.pth")
    for name in ("evil.pth", "evil2.pth"):
        with pytest.raises(ModelError, match=f"{name}.*it holds code, which is refused"):
            import_published(tmp_path / name, vae, tmp_path / "bundle")
    assert "never be printed" not in capsys.readouterr().out
    assert not (tmp_path / "bundle").exists()


def test_missing_broken_and_existing_files_are_refused(transformer: Path, vae: Path, tmp_path: Path) -> None:
    (tmp_path / "broken.pth").write_bytes(b"not weights")
    (tmp_path / "broken.safetensors").write_bytes(b"not weights")
    for name in ("broken.pth", "broken.safetensors"):
        with pytest.raises(ModelError, match=name):
            import_published(tmp_path / name, vae, tmp_path / "bundle")
    for name, found in (("absent.pth", "there is no such file; check the path"), ("", "is a folder; give the file")):
        with pytest.raises(InputError, match=f"{name}: {found}"):
            import_published(tmp_path / name, vae, tmp_path / "bundle")
    with pytest.raises(InputError, match=r"absent\.pth: there is no such file"):
        import_published(transformer, tmp_path / "absent.pth", tmp_path / "bundle")
    (tmp_path / "mine").mkdir()
    with pytest.raises(ModelError, match="exists already"):
        import_published(transformer, vae, tmp_path / "mine")


@pytest.mark.parametrize(
    ("content", "found"),
    [
        (b"<html>sign in first</html>", "cut off, damaged, or something else"),
        (b"", "cut off, damaged, or something else"),
        (None, "cut off, damaged, or something else"),
        ([torch.zeros(1)], "no bare dictionary of tensors"),
        ({1: torch.zeros(1)}, "no bare dictionary of tensors"),
        ({}, "holds no transformer"),
        ({"patch_embeds.0.proj.weight": torch.full((1,), float("nan"))}, "holds no finite numbers"),
        ({"patch_embeds.0.proj.weight": torch.ones(1, dtype=torch.int32)}, "holds no finite numbers"),
    ],
)
def test_files_of_something_else_are_told_in_our_own_words(
    content: object, found: str, transformer: Path, vae: Path, tmp_path: Path
) -> None:
    given = tmp_path / "given.pth"
    if isinstance(content, bytes) or content is None:
        given.write_bytes(transformer.read_bytes()[:500_000] if content is None else content)
    else:
        torch.save(content, given)
    with pytest.raises(ModelError, match=f"given.pth.*{found}") as caught:
        import_published(given, vae, tmp_path / "bundle")
    assert "weights_only" not in str(caught.value), "torch advises to run what the file holds"


def test_files_that_were_swapped_are_told(transformer: Path, vae: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="autoencoder_tiny.pth: holds no transformer"):
        import_published(vae, transformer, tmp_path / "bundle")
    with pytest.raises(ModelError, match="nnet_tiny.pth: holds no autoencoder"):
        import_published(transformer, transformer, tmp_path / "bundle")


def test_the_published_autoencoder_needs_no_configuration_beside_it() -> None:
    network = skeleton(AutoencoderKL, AUTOENCODER, Path("published"))
    assert sum(parameter.numel() for parameter in network.parameters()) == 83_653_863
