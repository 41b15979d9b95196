"""Exported bundles: complete, checked against torch, refused in a sentence, never half-written."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
import torch
from safetensors.torch import load_file, save_file

from model_runtime.backends import create_backend
from model_runtime.backends.metadata import read_metadata
from model_runtime.backends.verification import verify
from model_runtime.cli.main import main
from model_runtime.contract import Cancelled, ModelError, Progress
from model_runtime.export import graphs, quantise
from model_runtime.export.bundle import export_bundle
from model_runtime.export.check import check_bundle
from model_runtime.export.tracing import trace_transformer
from model_runtime.model.files import bundle_sha256, network_sha256, read_header
from model_runtime.model.transformer import CopGenTransformer
from model_runtime.streams import read_streams

ROOT = Path(__file__).resolve().parents[3]
EMBEDDED = ROOT / "resources" / "models" / "copgen-mini"


@pytest.fixture(scope="module")
def checked(tiny_bundle: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The tiny model in half precision with the newest operators, and what the command said."""
    output = tmp_path_factory.mktemp("export") / "half"
    words = ["export", "--model", str(tiny_bundle), "--output", str(output), "--precision", "fp16", "--opset", "23"]
    done = subprocess.run(
        [sys.executable, "model_runtime/export_onnx.py", *words[1:], "--check", "--verbose"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr
    return output, done.stdout


def test_the_script_writes_a_whole_bundle_and_prints_the_errors(checked: tuple[Path, str]) -> None:
    folder, told = checked
    assert verify(folder) == "complete"
    assert [path.name for path in folder.parent.iterdir()] == ["half"]
    assert told.splitlines()[-1] == str(folder)
    ways = ["onnx fp32", "onnx fp16, in float32 on the CPU", "openvino fp32"]
    for batch in (1, 2, 3, 5):
        for kind in ("random", "real"):
            for network in ("encoder", "decoder"):
                for way in (ways[0], ways[2]):
                    assert f"{way}: vae {network}, {kind} batch of {batch}: largest error" in told
            for timestep in ("0", "20.98", "980.02", "999.5"):
                for way in ("torch, weights as stored", *ways):
                    assert f"{way}: transformer, {kind} batch of {batch} at {timestep}: largest error" in told


def test_the_check_ends_in_a_short_table_and_a_verdict(checked: tuple[Path, str]) -> None:
    lines = checked[1].splitlines()
    head = next(number for number, line in enumerate(lines) if line.startswith("graph "))
    table = [re.split(r"\s{2,}", line) for line in lines[head + 1 : -2]]
    rows = {(row[0], row[1]): row for row in table if len(row) > 1}
    ways = ["torch, weights as stored", "onnx fp32", "openvino fp32"]
    expected = {(network, way) for network in ("vae encoder", "vae decoder", "transformer") for way in ways}
    assert expected | {("transformer", "onnx fp16, in float32 on the CPU")} <= set(rows) and len(rows) <= 11
    graph, way, largest, where, mean, tolerance = rows["transformer", "onnx fp32"]
    told = [line for line in lines if line.startswith(f"{way}: {graph}, ")]
    assert len(told) == 32
    assert f"{way}: {graph}, {where}: largest error {largest}, mean" in " ".join(told)
    assert 0 < float(mean) <= float(tolerance) < 2e-2 and float(mean) <= float(largest)
    assert lines[-2].startswith("Verdict: the graphs compute what torch does; all ")


def test_the_check_looks_at_the_model_that_was_given_and_says_what_rounding_costs(checked: tuple[Path, str]) -> None:
    """The weights on disk are in half precision: beside themselves no graph would show that."""
    means = {}
    for way in ("torch, weights as stored", "onnx fp32"):
        lines = [
            line for line in checked[1].splitlines() if line.startswith(f"{way}: transformer, random batch of 1 at")
        ]
        means[way] = [float(line.split(", mean ")[1].split(",")[0]) for line in lines]
        assert len(lines) == 4
    for rounding, mean in zip(*means.values(), strict=True):
        assert 1e-5 < rounding < 1e-2
        assert abs(mean - rounding) < 0.2 * rounding, "nearly all of it"


def test_weights_that_rounding_changes_too_much_are_refused(tiny_bundle: Path, tmp_path: Path) -> None:
    """Beside themselves the graphs would be right."""
    source = shutil.copytree(tiny_bundle, tmp_path / "model")
    weights = source / "transformer" / "diffusion_pytorch_model.safetensors"
    # So small that half precision has one or two digits left.
    small = {name: x * 2e-6 if name.startswith("decoder_preds") else x for name, x in load_file(weights).items()}
    save_file(small, weights)
    rounded = shutil.copytree(source, tmp_path / "rounded")
    save_file(
        {name: x.half() for name, x in small.items()}, rounded / "transformer" / "diffusion_pytorch_model.safetensors"
    )
    with pytest.raises(ModelError, match=r"transformer, .*: rounding the weights changes it by .*; use fp32"):
        check_bundle(rounded, lambda line: None, source=source)


def test_a_graph_that_computes_something_else_is_named_after_the_table(
    tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its numbers are right but for one stream of one network: the tracer is given other weights than the file has."""

    def trace(network: CopGenTransformer, *rest: object) -> object:
        with torch.no_grad():
            network.decoder_preds[1].bias += 1
        return trace_transformer(network, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(graphs, "trace_transformer", trace)
    monkeypatch.setattr(graphs, "refer_to", lambda *arguments: None)
    assert main(["export", "--model", str(tiny_bundle), "--output", str(tmp_path / "new"), "--check"]) == 4
    told = capsys.readouterr()
    verdict = told.out.splitlines()[-1]
    # Where the processor multiplies it, bfloat16 is compared too.
    both = "beyond tolerance: transformer on onnx fp32, transformer on openvino fp32"
    assert re.search(rf"{both}(, transformer on openvino bf16)?\.$", verdict)
    (sentence,) = [line for line in told.err.splitlines() if line.startswith("error: ")]
    assert re.search(
        r"transformer, .*: the graph on (onnx|openvino) fp32 differs from torch by .*; nothing was", sentence
    )
    assert not list(tmp_path.iterdir())


def test_weights_are_stored_once_and_the_files_say_what_they_are(checked: tuple[Path, str]) -> None:
    folder, _ = checked
    for name in ("transformer/model.onnx", "transformer/model_fp16.onnx", "vae/encoder.onnx", "vae/decoder.onnx"):
        graph = onnx.load(folder / name, load_external_data=False)
        assert (folder / name).stat().st_size < 1_000_000
        assert [entry.version for entry in graph.opset_import if not entry.domain] == [23]
        assert {value.type.tensor_type.shape.dim[0].dim_param for value in graph.graph.input} == {"batch"}
        header = read_header((folder / name).parent / "diffusion_pytorch_model.safetensors")
        external = [tensor for tensor in graph.graph.initializer if tensor.external_data]
        places = {entry.value for tensor in external for entry in tensor.external_data if entry.key == "location"}
        assert places == {"diffusion_pytorch_model.safetensors"}
        assert external
        inline = [tensor for tensor in graph.graph.initializer if not tensor.external_data]
        assert max(len(tensor.raw_data) for tensor in inline) < 10_000
        told = read_metadata(folder / name)
        assert told["copgen.sha256"] == network_sha256((folder / name).parent)
        assert '"latent_scale": 0.18215' in told["copgen.streams"]
        assert str(folder.parent) not in (folder / name).read_bytes().decode("latin-1")
        assert "/model_runtime/" not in (folder / name).read_bytes().decode("latin-1"), "where the code lay"
        assert all(tensor.dtype == "F16" for tensor in header.values())


def test_the_half_precision_graph_keeps_its_clocks_in_float32(checked: tuple[Path, str]) -> None:
    folder, _ = checked
    exact = create_backend("onnx", folder, "cpu", "fp32")
    half = onnxruntime.InferenceSession(folder / "transformer" / "model_fp16.onnx", providers=["CPUExecutionProvider"])
    assert {value.type for value in half.get_inputs()} == {"tensor(float)"}
    rng = np.random.default_rng(0)
    latents = {s.name: rng.standard_normal((3, *s.latent_shape)).astype(np.float32) for s in exact.streams}
    for timestep in (20.98, 980.02, 999.5):
        expected = exact.predict(latents, dict.fromkeys(latents, timestep))
        found = half.run(None, {**latents, "timesteps": np.full((3, 4), timestep, np.float32)})
        for noise, name in zip(found, expected, strict=True):
            assert np.abs(noise - expected[name]).mean() < 5e-3 * expected[name].std()


def test_half_precision_is_for_gpus(
    checked: tuple[Path, str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Its files run on the CPU all the same, in float32."""
    folder, _ = checked
    assert create_backend("onnx", folder, "cpu").precision == "fp32"
    scene = ROOT / "resources" / "scene" / "dem.tif"
    words = ["--condition", f"dem={scene}", "--generate", "s1_rtc", "--output", str(tmp_path / "out")]
    for backend in ("auto", "torch", "onnx", "openvino"):
        capsys.readouterr()
        chosen = ["--model", str(folder), "--device", "cpu", "--precision", "fp16", "--backend", backend]
        assert main(["generate", *words, *chosen]) == 2
        assert "fp16" in capsys.readouterr().err.strip().splitlines()[-1]


def test_integers_are_offered_while_the_embedded_models_pictures_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bundle = shutil.copytree(EMBEDDED, tmp_path / "mini")
    quantise.write_int8_graph(bundle, 18)
    # On CPUs without VNNI too, where sums of such products overflow unless the runtime is told to avoid it.
    assert 0 < quantise.try_int8(bundle, {None: 4, "fast": 2}) <= 1
    graph = onnx.load(bundle / "transformer" / "model_int8.onnx", load_external_data=False).graph
    kinds = [node.op_type for node in graph.node]
    assert kinds.count("MatMulInteger") > 30
    assert not [tensor for tensor in graph.initializer if tensor.data_type == onnx.TensorProto.FLOAT16]
    for name in ("auto", "onnx"):
        backend = create_backend(name, bundle, "cpu")
        assert (backend.name, backend.precision) == ("onnx", "int8")
    assert create_backend("onnx", bundle, "cpu", "fp32").precision == "fp32"
    assert create_backend("auto", bundle, "cpu", "fp32").name == "torch"
    monkeypatch.setattr(quantise, "LARGEST_CHANGE", 0.0)
    with pytest.raises(ModelError, match=r"--precision int8: the model's pictures change by .* use fp32 or fp16"):
        quantise.try_int8(bundle, {None: 1})


@pytest.mark.parametrize(
    ("words", "status", "sentence"),
    [
        (["--precision", "bf16"], 2, "bf16"),
        (["--opset", "17"], 2, "17"),
        (["--opset", "24"], 2, "24"),
        (["--model", "nonsense"], 4, "nonsense: no such model"),
        (["--model", ""], 2, "no model is named; give auto, a name of"),
        (["--verbose"], 2, "only with --check"),
    ],
)
def test_what_cannot_be_is_refused(
    words: list[str], status: int, sentence: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["export", "--model", "copgen-mini", "--output", str(tmp_path / "new"), *words]) == status
    told = capsys.readouterr().err.strip().splitlines()
    assert told[-1].startswith("error: ")
    assert sentence in told[-1]
    assert not list(tmp_path.iterdir())


def test_a_folder_that_holds_something_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep")
    assert main(["export", "--model", "copgen-mini", "--output", str(tmp_path / "mine")]) == 3
    assert "exists already" in capsys.readouterr().err
    assert [path.name for path in tmp_path.rglob("*")] == ["mine", "notes.txt"]


def test_a_loop_of_links_is_no_folder(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "loop").symlink_to("loop")
    assert main(["export", "--model", "copgen-mini", "--output", str(tmp_path / "loop" / "new")]) == 3
    assert "cannot be used" in capsys.readouterr().err


def test_a_cancelled_export_leaves_nothing(tiny_bundle: Path, tmp_path: Path) -> None:
    def cancel(progress: Progress) -> None:
        if progress.done == 2:
            raise Cancelled("cancelled")

    with pytest.raises(Cancelled):
        export_bundle(str(tiny_bundle), tmp_path / "new", report=cancel)
    assert not list(tmp_path.iterdir())


def test_the_embedded_models_graphs_belong_to_its_weights() -> None:
    """After a new model: `make graphs`."""
    assert verify(EMBEDDED) == "complete"
    streams = {stream.name for stream in read_streams(EMBEDDED / "modalities.json")}
    graph = onnx.load(EMBEDDED / "transformer" / "model.onnx", load_external_data=False).graph
    assert {value.name for value in graph.input} == {*streams, "timesteps"}


def test_the_models_own_folder_is_no_place_for_an_export(
    tiny_bundle: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    model = shutil.copytree(tiny_bundle, tmp_path / "model")
    before = bundle_sha256(model)
    assert main(["export", "--model", str(model), "--output", str(model / "onnx")]) == 3
    assert "lies in the model's own folder" in capsys.readouterr().err
    assert bundle_sha256(model) == before
    link = tmp_path / "link"
    link.symlink_to(tmp_path / "nowhere")
    assert main(["export", "--model", str(model), "--output", str(link)]) == 3
