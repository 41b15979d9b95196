"""The other commands, as a user types them."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rasterio

from model_runtime import store
from model_runtime.cli.main import main
from model_runtime.streams import read_streams

ROOT = Path(__file__).resolve().parents[2]


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = main(list(words))
    captured = capsys.readouterr()
    return status, captured.out, captured.err


def test_help_names_every_command_and_every_status() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "model_runtime", "--help"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    for word in ("generate", "models", "doctor", "simulate", "train", "serve", "130 cancelled"):
        assert word in " ".join(done.stdout.split())


@pytest.mark.parametrize("words", [["evaluate"], ["nonsense"], ["generate", "--nonsense"], []])
def test_unknown_words_are_wrong_usage(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    status, _, err = run(capsys, *words)
    if words:
        assert status == 2
        assert err.startswith("error: ")
        assert len(err.strip().splitlines()) == 1
    assert "Traceback" not in err


def test_simulated_scenes_are_real_products_of_one_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "simulate", "--output", str(tmp_path), "--size", "300", "--scenes", "2", "--seed", "7")
    assert status == 0
    assert [Path(line).name for line in out.split()] == ["scene_0001", "scene_0002"]
    facts = {
        "s2_l2a": ("uint16", 3, 10.0, ("B04", "B03", "B02")),
        "s2_l1c": ("uint16", 3, 10.0, ("B04", "B03", "B02")),
        "s1_rtc": ("float32", 2, 10.0, ("VV", "VH")),
        "dem": ("float32", 1, 30.0, ("elevation",)),
    }
    bounds = set()
    for name, (dtype, count, pixel, bands) in facts.items():
        with rasterio.open(tmp_path / "scene_0001" / f"{name}.tif") as dataset:
            assert (dataset.dtypes[0], dataset.count, dataset.res, dataset.descriptions) == (
                dtype,
                count,
                (pixel, pixel),
                bands,
            )
            assert dataset.crs.is_projected
            bounds.add(tuple(dataset.bounds))
    assert len(bounds) == 1, "all four cover the same ground"


def test_published_layouts_are_imported_verified_and_removed(
    shared: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path))
    golden = shared / "golden"
    target = tmp_path / "models" / "golden"
    words = ("models", "import", "--transformer", str(golden / "nnet_tiny" / "nnet_tiny.pth"), "--vae",
             str(golden / "vae_tiny" / "autoencoder_tiny.pth"), "--output", str(target))  # fmt: skip
    status, _, err = run(capsys, *words)
    assert status == 0, err
    assert [stream.name for stream in read_streams(target / "modalities.json")] == ["dem", "s1_rtc", "s2_l1c", "s2_l2a"]
    assert not list(target.rglob("*.pth")), "safetensors only"
    _, out, _ = run(capsys, "models", "list")
    assert f"golden\t{target}\timported" in out
    assert "copgen-beta\tnot downloaded (1481 MB)" in out
    status, out, _ = run(capsys, "models", "verify", "golden")
    assert status == 0
    assert "complete" in out and "as it was imported" in out
    status, _, err = run(capsys, *words)
    assert status != 0
    assert "golden" in err, "an existing model is never overwritten"
    assert run(capsys, "models", "remove", "golden")[0] == 0
    assert not target.exists()
    assert run(capsys, "models", "verify", "golden")[0] == 4


def test_a_bundle_is_imported_from_a_folder_as_well(
    shared: Path, tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / "data"))
    given = shutil.copytree(tiny_bundle, tmp_path / "carried here" / "a bündle's folder")
    (given / "transformer" / "weights.pth").write_bytes(b"something else")
    target = tmp_path / "data" / "models" / "mine"
    words = ("models", "import", "--bundle", str(given), "--output", str(target))
    assert run(capsys, *words)[0] == 0
    assert "mine\t" in run(capsys, "models", "list")[1] and run(capsys, "models", "verify", "mine")[0] == 0
    assert not (target / "transformer" / "weights.pth").exists() and (given / "transformer" / "weights.pth").exists()
    status, _, err = run(capsys, *words)
    assert status == 4 and "exists already" in err
    # As copied with its record, and spoilt on the way.
    again = shutil.copytree(target, tmp_path / "on a stick")
    scheduler = again / "scheduler" / "scheduler_config.json"
    scheduler.write_text(scheduler.read_text().replace('"num_inference_steps": 4', '"num_inference_steps": 5'))
    status, _, err = run(capsys, "models", "import", "--bundle", str(again), "--output", str(target.with_name("again")))
    assert status == 4 and "not those that were recorded" in err
    (again / "transformer" / "config.json").unlink()
    status, _, err = run(capsys, "models", "import", "--bundle", str(again), "--output", str(target.with_name("again")))
    assert status == 4 and "config.json" in err
    status, _, err = run(capsys, "models", "import", "--bundle", str(tmp_path), "--output", str(target))
    assert status == 3 and "no model bundle" in err
    for output, found in (
        (given / "inside", "lies in the bundle's own folder"),
        (target.with_name("n" * 300), "too long"),
        (again / "model_index.json" / "x", "cannot be made"),
    ):
        status, _, err = run(capsys, "models", "import", "--bundle", str(given), "--output", str(output))
        assert status == 3 and found in err and len(err.strip().splitlines()) == 1
    assert not (given / "inside").exists()
    (tmp_path / "loop").symlink_to("loop")
    status, _, err = run(capsys, "models", "import", "--bundle", str(given), "--output", str(tmp_path / "loop"))
    assert status == 4 and "exists already" in err
    assert [path.name for path in target.parent.iterdir()] == ["mine"]
    for wrong in (words[2:4], ()):
        status, _, err = run(capsys, "models", "import", "--vae", str(given), *wrong, "--output", "nowhere")
        assert status == 2 and "give --transformer and --vae, or --bundle" in err


def test_a_damaged_model_is_told_from_a_whole_one(
    tiny_bundle: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path))
    damaged = tmp_path / "models" / "damaged"
    shutil.copytree(tiny_bundle, damaged)
    weights = damaged / "transformer" / "diffusion_pytorch_model.safetensors"
    weights.write_bytes(weights.read_bytes()[:1000])
    status, _, err = run(capsys, "models", "verify", "damaged")
    assert status == 4
    assert "safetensors" in err
    _, out, _ = run(capsys, "doctor")
    assert "broken" in out


def test_what_is_known_of_the_published_model_is_shown(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path))
    status, out, _ = run(capsys, "models", "info", "copgen-beta", "--json")
    assert status == 0
    known = json.loads(out)
    assert known["installed"] is False
    assert "286,648,384 parameters" in known["card"] and "CC-BY-SA-4.0" in known["licence"]
    assert known["files"][0]["revision"] is None
    assert known["files"][0]["size"] == 1_146_699_617
    status, out, _ = run(capsys, "models", "info", "copgen-beta")
    assert status == 0
    assert "not downloaded (1481 MB); `models download copgen-beta` fetches it\nlicence: Not stated" in out
    for entry in known["files"]:
        assert len(entry["sha256"]) == 64 and f"sha256 {entry['sha256']}" in out
    assert "{" not in out and out.endswith(known["card"] + "\n")
    for words in (("models", "verify"), ("models", "remove"), ("export", "--output", str(tmp_path / "x"), "--model")):
        status, _, err = run(capsys, *words, "copgen-beta")
        assert status == 4, err
        assert "copgen-beta: not downloaded (1481 MB); fetch it with `models download copgen-beta`" in err
    empty = tmp_path / "empty"
    empty.mkdir()
    status, _, err = run(capsys, "models", "download", "copgen-beta", "--from", str(empty))
    assert status == 3
    assert "holds no nnet_ema_114000.pth" in err and "1147 MB" in err and "Not stated" in err
    assert "# COP-GEN-Beta" in err, "the card is shown before anything is fetched"


def test_a_file_to_import_that_is_missing_is_bad_input(
    shared: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    there = {"--transformer": shared / "golden/nnet_tiny/nnet_tiny.pth", "--vae": shared / "golden/vae_tiny"}
    for option in there:
        files = [str(word) for pair in {**there, option: tmp_path / "nope.pth"}.items() for word in pair]
        status, _, err = run(capsys, "models", "import", *files, "--output", str(tmp_path / "new"))
        assert status == 3 and f"{tmp_path / 'nope.pth'}: there is no such file; check the path." in err, err
    assert not (tmp_path / "new").exists()


def test_places_that_cannot_be_used_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    long = "n" * 300
    assert run(capsys, "models", "verify", long)[0] == 3
    for place, words in (
        (tmp_path / long, ("models", "download", "copgen-beta")),
        (Path(__file__), ("models", "download", "copgen-beta", "--from", str(tmp_path))),
        (tmp_path, ("models", "import", "--bundle", str(tmp_path / long), "--output", str(tmp_path / "new"))),
    ):
        monkeypatch.setenv("COPGEN_DATA_DIR", str(place))
        status, _, err = run(capsys, *words)
        assert status == 3 and "cannot be " in err and "internal" not in err
    monkeypatch.setenv("COPGEN_DATA_DIR", "~nobody of that name/data")
    monkeypatch.chdir(tmp_path)
    assert "copgen-beta\tnot downloaded" in run(capsys, "models", "list")[1]


def test_an_installed_model_is_described(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = run(capsys, "models", "info", "copgen-mini", "--json")
    told = json.loads(out)
    assert told["installed"] and told["state"] == "embedded" and len(told["streams"]) == 4
    _, out, _ = run(capsys, "models", "info", "copgen-mini")
    assert f"sha256: {told['sha256']}\n" in out and "\nevaluations: 20 (fast 10)\n" in out
    assert "\n\n# copgen-mini\n" in out and "stream s1_rtc: thumbnail, 10 m, latent (24, 32, 32)\n" in out


def test_a_list_of_models_that_was_spoilt_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(store, "RESOURCES", tmp_path)
    for text in ("", '{"copgen-beta": {}}', "[]"):
        (tmp_path / "models.json").write_text(text)
        status, _, err = run(capsys, "models", "list")
        assert status == 4 and "models.json: cannot be read as a list of models" in err


def test_doctor_proves_the_cpu_and_names_versions(capsys: pytest.CaptureFixture[str]) -> None:
    status, out, _ = run(capsys, "doctor")
    assert status == 0
    assert "device cpu: works" in out
    assert "torch 2." in out
    assert "models in" in out


SWALLOWS = """
import signal, click

@click.command()
def command():
    try:
        # To this thread: another takes it a moment later, when nobody waits for it any more.
        signal.raise_signal(signal.{name})
    except KeyboardInterrupt as error:
        raise RuntimeError("the library's own words, at length") from error
"""
BOTH = """
from model_runtime.cli.main import COMMANDS, main

COMMANDS["swallows"] = "{module}"
print(main(["swallows"]))
print(main(["nonsense"]))
"""


ENDS = """
import click

@click.command()
def command():
    raise EOFError("Ran out of input")
"""


def test_a_file_that_ends_too_early_is_not_told_as_a_cancel(root: Path, tmp_path: Path) -> None:
    (tmp_path / "ends.py").write_text(ENDS)
    program = 'from model_runtime.cli.main import COMMANDS, main\nCOMMANDS["ends"] = "ends"\nprint(main(["ends"]))'
    ended = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.split() == ["1"] and "Ran out of input" in ended.stderr and "cancelled" not in ended.stderr


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_cancelling_is_told_as_such_whatever_a_library_makes_of_it(name: str, root: Path, tmp_path: Path) -> None:
    (tmp_path / f"swallows_{name}.py").write_text(SWALLOWS.format(name=name))
    ended = subprocess.run(
        [sys.executable, "-c", BOTH.format(module=f"swallows_{name}")],
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(root), str(tmp_path)])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.stdout.split() == ["130", "2"], "the next command is not taken for a cancelled one"
    assert ended.stderr.splitlines()[0] == "error: cancelled; nothing was left half-written."
