"""No file that is computed with goes unchecked: changed, missing or linked ones end in a sentence."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import onnx
import pytest

from model_runtime.backends import create_backend, devices, onnx_backend
from model_runtime.backends.graphs import DECODER
from model_runtime.backends.metadata import METADATA_STREAMS, read_metadata, seal
from model_runtime.backends.verification import verify
from model_runtime.contract import Job, ModelError, UsageError
from model_runtime.serving.models import ModelKeeper
from model_runtime.store import StoredModel

WEIGHTS = "diffusion_pytorch_model.safetensors"


def flip(path: Path, position: int = -1) -> None:
    content = bytearray(path.read_bytes())
    content[position] ^= 1
    path.write_bytes(content)


def break_decoder(folder: Path) -> None:
    """Have the decoder use an operator that no runtime knows, sealed as an export would."""
    graph = onnx.load(folder / "vae" / DECODER, load_external_data=False)
    graph.graph.node[-1].op_type = "Conjure"
    kept = [entry for entry in graph.metadata_props if entry.key != "copgen.content"]
    del graph.metadata_props[:]
    graph.metadata_props.extend(kept)
    onnx.save(graph, folder / "vae" / DECODER)
    seal(folder / "vae" / DECODER)


def test_weights_of_the_graph_in_integers_are_checked(int8_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(int8_bundle, tmp_path / "model")
    assert verify(folder) == "complete"
    data = folder / "transformer" / "model_int8.onnx.data"
    flip(data)
    for use in (verify, lambda path: create_backend("onnx", path, "cpu", "int8")):
        with pytest.raises(ModelError, match=r"model_int8.onnx.data: has changed since it was exported"):
            use(folder)
    data.unlink()
    with pytest.raises(ModelError, match=r"model_int8.onnx.data: not there, and model_int8.onnx takes its weights"):
        verify(folder)


def test_a_resident_process_loads_changed_weights_anew(int8_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(int8_bundle, tmp_path / "model")
    job, stored, keeper = Job(backend="onnx", device="cpu"), StoredModel("model", folder, False), ModelKeeper()
    first = keeper.load(job, stored)
    assert first.backend.precision == "int8"
    (folder / "README.md").write_text("# Another card\n")
    assert keeper.load(job, stored) is first
    flip(folder / "transformer" / "model_int8.onnx.data")
    with pytest.raises(ModelError, match="has changed since it was exported"):
        keeper.load(job, stored)


def test_a_graph_that_was_changed_is_refused(graph_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    graph = folder / "transformer" / "model.onnx"
    place = graph.read_bytes().index(b"noise_dem")
    flip(graph, place)
    for use in (verify, read_metadata_of, lambda path: create_backend("onnx", path)):
        with pytest.raises(ModelError, match=r"model.onnx: has changed since it was exported"):
            use(folder)


def read_metadata_of(folder: Path) -> dict[str, str]:
    return read_metadata(folder / "transformer" / "model.onnx")


def test_a_graph_without_a_hash_is_refused(graph_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    graph = folder / "vae" / DECODER
    model = onnx.load(graph, load_external_data=False)
    del model.metadata_props[-1]
    onnx.save(model, graph)
    with pytest.raises(ModelError, match="exported by an older version"):
        verify(folder)


def test_streams_that_are_no_json_are_told(graph_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    graph = folder / "transformer" / "model.onnx"
    model = onnx.load(graph, load_external_data=False)
    next(entry for entry in model.metadata_props if entry.key == METADATA_STREAMS).value = "{"
    del model.metadata_props[-1]
    onnx.save(model, graph)
    seal(graph)
    for name in ("onnx", "openvino"):
        with pytest.raises(ModelError, match=r"model.onnx: copgen.streams is no JSON"):
            create_backend(name, folder)


def test_weights_that_are_links_out_of_the_folder(graph_bundle: Path, tmp_path: Path) -> None:
    """As in a cache of the hub. Torch takes them; runtimes of graphs do not, and the sentence says what to do."""
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    weights = folder / "vae" / WEIGHTS
    weights.rename(tmp_path / "blob")
    weights.symlink_to(tmp_path / "blob")
    for name in ("onnx", "openvino"):
        with pytest.raises(ModelError, match="is a link to .*put the file itself there"):
            create_backend(name, folder)
    chosen = create_backend("auto", folder, "cpu")
    assert chosen.name == "torch"


def test_folders_that_are_links_are_followed(graph_bundle: Path, tmp_path: Path) -> None:
    from model_runtime.model.files import bundle_sha256

    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    before = bundle_sha256(folder)
    (folder / "transformer").rename(tmp_path / "elsewhere")
    (folder / "transformer").symlink_to(tmp_path / "elsewhere")
    assert bundle_sha256(folder) == before
    assert create_backend("onnx", folder, "cpu").precision == "fp32"
    flip(tmp_path / "elsewhere" / WEIGHTS)
    assert bundle_sha256(folder) != before


@pytest.mark.parametrize("name", ["onnx", "openvino"])
def test_an_autoencoder_that_cannot_run_is_a_sentence(name: str, graph_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    break_decoder(folder)
    with pytest.raises(ModelError, match="cannot run this"):
        create_backend(name, folder, "cpu")
    assert create_backend("auto", folder, "cpu").name == "torch"


class FailsAt:
    """Sessions of a GPU's provider, computed on the CPU here, of which one network fails when it runs."""

    def __init__(self, network: str) -> None:
        self.network, self.open = network, onnx_backend._open

    def __call__(self, graph: Path, provider: str) -> object:
        session = self.open(graph, onnx_backend.CPU)
        if provider == onnx_backend.CPU or graph.name != self.network:
            return session
        return self

    def run(self, names: object, inputs: dict[str, np.ndarray]) -> list[np.ndarray]:
        raise RuntimeError("no kernel image is available")


@pytest.mark.parametrize("network", ["model.onnx", "encoder.onnx", "decoder.onnx"])
def test_a_provider_on_which_any_network_fails_is_left_with_a_note(
    network: str, graph_bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        onnx_backend, "available_providers", lambda: [("cuda", "CUDAExecutionProvider"), ("cpu", onnx_backend.CPU)]
    )
    monkeypatch.setattr(onnx_backend, "_open", FailsAt(network))
    backend = create_backend("onnx", graph_bundle)
    assert (backend.device, backend.provider) == ("cpu", onnx_backend.CPU)
    assert "CUDAExecutionProvider, but it does not work here (no kernel image is available)" in backend.notes[0]
    with pytest.raises(UsageError, match="--device cuda: .* finds none here; .*no kernel image"):
        create_backend("onnx", graph_bundle, "cuda")


def test_a_provider_that_fails_later_is_a_sentence(graph_bundle: Path) -> None:
    backend = create_backend("onnx", graph_bundle, "cpu")
    with pytest.raises(ModelError, match="CPUExecutionProvider fails at this model"):
        backend.encode("dem", np.zeros((1, 5, 256, 256), np.float32))


def test_without_torch_a_gpu_counts_once_it_has_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    offered = [("cuda", "CUDAExecutionProvider"), ("directml", "DmlExecutionProvider"), ("cpu", onnx_backend.CPU)]
    monkeypatch.setattr(onnx_backend, "available_providers", lambda: offered)
    monkeypatch.setattr(devices, "_torch", lambda: None)
    devices._gpus_of_onnx.cache_clear()
    try:
        # This ONNX Runtime has no such provider, so what is offered does not work.
        assert devices.available_devices() == ["cpu"]
        (absent,) = devices.absent_devices()
        assert absent.name == "cuda" and "CUDAExecutionProvider" in absent.problem
    finally:
        devices._gpus_of_onnx.cache_clear()


def test_a_graph_under_the_name_of_another_one_is_refused(int8_bundle: Path, tmp_path: Path) -> None:
    for wrong, right in ((("vae", "encoder.onnx"), "decoder.onnx"), (("transformer", "model.onnx"), "model_int8.onnx")):
        folder = shutil.copytree(int8_bundle, tmp_path / right)
        shutil.copy(folder / wrong[0] / right, folder.joinpath(*wrong))
        for use in (verify, lambda path: create_backend("onnx", path, "cpu")):
            with pytest.raises(ModelError, match=rf"{wrong[1]}: holds the graph {right} under another name"):
                use(folder)


def test_an_empty_graph_is_no_graph(int8_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(int8_bundle, tmp_path / "model")
    (folder / "vae" / DECODER).write_bytes(b"")
    with pytest.raises(ModelError, match=r"decoder.onnx: cannot be read as ONNX \(it is empty\)"):
        verify(folder)


@pytest.mark.parametrize("kind", ["a link to nothing", "a folder"])
def test_what_lies_under_the_name_of_a_graph_and_is_none_is_told(kind: str, graph_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    graph = folder / "transformer" / "model_int8.onnx"
    graph.mkdir() if kind == "a folder" else graph.symlink_to(tmp_path / "gone.onnx")
    with pytest.raises(ModelError, match=f"model_int8.onnx: is {kind}, not a graph"):
        create_backend("onnx", folder, "cpu", "fp32")


def test_weights_that_were_cut_off_are_told_and_not_their_graph(graph_bundle: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(graph_bundle, tmp_path / "model")
    weights = folder / "transformer" / WEIGHTS
    weights.write_bytes(weights.read_bytes()[:-100])
    for name in ("torch", "onnx", "openvino"):
        with pytest.raises(ModelError) as refusal:
            create_backend(name, folder, "cpu", "fp32")
        assert f"transformer/{WEIGHTS}: " in str(refusal.value) and ".onnx" not in str(refusal.value)
