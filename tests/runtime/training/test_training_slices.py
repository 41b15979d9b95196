"""A training run that is killed, stopped after its time, or carried to another machine."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import safetensors.torch
import torch
from PIL import Image

from model_runtime.contract import InputError
from model_runtime.training import progress, slices
from model_runtime.training.config import load_config
from model_runtime.training.progress import TimeIsUp
from model_runtime.training.run import state_bytes, train

TINY = """
name = "tiny"
precision = "fp32"
checkpoint_every = 5
sheet_every = 20
[data]
scenes = 1
size = 258
[autoencoder]
decoder_layers = [1, 1, 1]
steps = 40
batch_size = 2
crop = 32
[transformer]
embed_dim = 16
depth = 2
num_heads = 2
patch_size = 8
steps = 40
batch_size = 2
optimiser = "muon"
prediction_type = "preconditioned"
start_share = 0.2
"""
FORBIDDEN = (
    "rasterio",
    "pyproj",
    "odc",
    "shapely",
    "pyogrio",
    "affine",
    "click",
    "onnxruntime",
    "openvino",
    "matplotlib",
)
HIDING = f"""
import sys
class Hiding:
    def __init__(self, finder):
        self.finder = finder
    def __getattr__(self, name):
        return getattr(self.finder, name)
    def find_spec(self, name, path=None, target=None):
        hidden = name.split(".")[0] in {(*FORBIDDEN, "platformdirs", "psutil")!r}
        return None if hidden else self.finder.find_spec(name, path, target)
sys.meta_path[:] = [Hiding(finder) for finder in sys.meta_path]
"""


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "tiny.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def whole(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    output = tmp_path_factory.mktemp("whole")
    train(load_config(tiny), output)
    return output


def weights(output: Path) -> dict[str, bytes]:
    return {path.name + path.parent.name: path.read_bytes() for path in (output / "tiny").rglob("*.safetensors")}


def rows(output: Path) -> list[dict[str, float]]:
    return [json.loads(line) for line in (output / "losses.jsonl").read_text(encoding="utf-8").splitlines()]


def stop_when(
    command: list[str], root: Path, stage: str, step: int, losses: Path, sent: signal.Signals = signal.SIGKILL
) -> tuple[int, str]:
    """Start a process and send it a signal once it has logged a step; returns its status and what it said at last."""
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        while process.poll() is None:
            lines = losses.read_text(encoding="utf-8").splitlines()[:-1] if losses.exists() else []
            if any(json.loads(line)["stage"] == stage and json.loads(line)["step"] >= step for line in lines):
                break
            time.sleep(0.002)
    finally:
        process.send_signal(sent)
        told = process.communicate()[1].splitlines()
    return process.returncode, told[-1] if told else ""


def test_a_killed_process_goes_on_to_the_same_bytes(tiny: Path, whole: Path, root: Path, tmp_path: Path) -> None:
    command = [sys.executable, "-m", "model_runtime", "train", "--config", str(tiny), "--output", str(tmp_path)]
    command += ["--cache", str(tmp_path / "elsewhere")]
    losses = tmp_path / "losses.jsonl"
    killed, _ = stop_when(command, root, "autoencoder", 12, losses)
    assert killed == -signal.SIGKILL, "it was to be killed while it was at work"
    command.append("--resume")
    cancelled = stop_when(command, root, "transformer", 7, losses, signal.SIGINT)
    assert cancelled == (130, "error: cancelled; what was done is kept: go on with --resume.")
    done = subprocess.run(command, cwd=root, check=True, capture_output=True, text=True)
    assert done.stdout.strip() == str(tmp_path / "tiny")
    assert weights(tmp_path) == weights(whole) and len(weights(whole)) == 2
    assert rows(tmp_path) == rows(whole)
    assert not (tmp_path / "cache").exists() and len(list((tmp_path / "elsewhere").glob("scenes-*/latents-*"))) == 1


def test_every_step_is_logged_and_sheets_are_left(whole: Path) -> None:
    logged = rows(whole)
    assert [row["step"] for row in logged] == 2 * list(range(40))
    assert all(np.isfinite(row["loss"]) and row["rate"] > 0 for row in logged)
    names = sorted(path.name for path in (whole / "sheets").iterdir())
    assert names == [f"{stage}-{step:06d}.jpg" for stage in ("autoencoder", "transformer") for step in (20, 40)]
    for name in names:
        with Image.open(whole / "sheets" / name) as picture:
            assert min(picture.size) > 300 and np.asarray(picture).std() > 20


class After:
    """A deadline that passes after a number of looks at it."""

    def __init__(self, looks: int) -> None:
        self.looks = looks

    def over(self) -> bool:
        self.looks -= 1
        return self.looks < 0


def slice_of(config: Path, output: Path, steps: int, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Train on for some steps, and leave only what travels."""
    monkeypatch.setattr("model_runtime.training.run.Deadline", lambda minutes: After(steps))
    with pytest.raises(TimeIsUp):
        train(load_config(config), output, resume=True, minutes=1)
    monkeypatch.undo()
    for entry in output.iterdir():
        if entry.name != "slice":
            shutil.rmtree(entry) if entry.is_dir() else entry.unlink()
    return output / "slice"


def test_slices_go_on_where_nothing_else_was_kept(
    tiny: Path, whole: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    travelled = slice_of(tiny, tmp_path, 17, monkeypatch)
    assert json.loads((travelled / "slice.json").read_text())["steps"] == {"autoencoder.pt": 18}
    slice_of(tiny, tmp_path, 30, monkeypatch)
    steps = json.loads((travelled / "slice.json").read_text())["steps"]
    assert steps["autoencoder.pt"] == 40 and 0 < steps["transformer.pt"] < 40
    slice_of(tiny, tmp_path, 15, monkeypatch)
    train(load_config(tiny), tmp_path, resume=True)
    logged = rows(tmp_path)
    assert {row["stage"] for row in logged} == {"transformer"} and logged[-1]["step"] == 39 and len(logged) < 40
    for part in ("vae", "transformer"):
        name = f"tiny/{part}/diffusion_pytorch_model.safetensors"
        ours, exact = (safetensors.torch.load_file(folder / name) for folder in (tmp_path, whole))
        apart = sum(float((ours[key].float() - value.float()).square().sum()) for key, value in exact.items())
        size = sum(float(value.float().square().sum()) for value in exact.values())
        assert 0 <= apart < 1e-3 * size, "moments are rounded, nothing else"


def test_what_travels_is_small_and_in_small_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load_config("mini")
    from model_runtime.training.diffusion import build_transformer, make_optimisers
    from model_runtime.training.optimisation import MovingAverage

    model = build_transformer(config, 32)
    optimisers = make_optimisers(model, config.transformer)
    for parameter in model.parameters():
        parameter.grad = torch.randn_like(parameter)
    for optimiser in optimisers:
        optimiser.step()
    average = MovingAverage(model, 0.999)
    known = dict.fromkeys(slices.CHECKPOINTS, "x")
    state = {"fingerprint": "x", "step": 7, "model": model.state_dict(), "average": average.state_dict()}
    torch.save({**state, "optimisers": [entry.state_dict() for entry in optimisers]}, tmp_path / "transformer.pt")
    filler = {"weight": torch.zeros(1_000_000)}
    for name in ("autoencoder.pt", "decoder.pt"):
        torch.save({**state, "optimiser": {}, "average": {"updates": 1, "values": filler}}, tmp_path / name)
    wanted = dict.fromkeys(slices.CHECKPOINTS, 7)
    folder = slices.pack(tmp_path, {"dem": 1.5}, wanted)
    sizes = [path.stat().st_size for path in folder.iterdir()]
    assert max(sizes) <= 16 * 2**20 and sum(sizes) <= 60 * 2**20 and len(sizes) <= 6
    before = torch.load(tmp_path / "transformer.pt", weights_only=True)
    for name in slices.CHECKPOINTS:
        (tmp_path / name).unlink()
    with pytest.raises(InputError, match="slice belongs to other settings"):
        slices.unpack(tmp_path, {**known, "decoder.pt": "y"}, tmp_path / "scales.json")
    assert [path.name for path in tmp_path.iterdir()] == ["slice"], "nothing is written"
    slices.unpack(tmp_path, known, tmp_path / "scales.json")
    assert json.loads((tmp_path / "scales.json").read_text()) == {"dem": 1.5}
    after = torch.load(tmp_path / "transformer.pt", weights_only=True)
    assert all(torch.equal(after["model"][name], value) for name, value in before["model"].items())
    first, second = (state["optimisers"][0]["state"][0]["exp_avg"] for state in (before, after))
    assert second.dtype == torch.float32 and torch.allclose(first, second, rtol=0.01) and not torch.equal(first, second)
    (tmp_path / "decoder.pt").unlink()
    slices.unpack(tmp_path, known, tmp_path / "scales.json")
    assert not (tmp_path / "decoder.pt").exists(), "a run that has gone on is its own"
    torch.save({**state, "optimiser": {}}, tmp_path / "autoencoder.pt")
    again = slices.pack(tmp_path, None, {**wanted, "autoencoder.pt": 8})
    assert json.loads((again / "slice.json").read_text())["steps"] == {"autoencoder.pt": 7}, "a stage begun again"
    (tmp_path / "autoencoder.pt").unlink()
    (tmp_path / "transformer.pt").unlink()
    slices.unpack(tmp_path, known, tmp_path / "scales.json")
    assert "model" in torch.load(tmp_path / "autoencoder.pt", weights_only=True), "it can be gone on with"
    filled = torch.nn.Linear(1_000_000, 1, bias=False)
    assert slices.expected_bytes([filled, filled], model, optimisers) == pytest.approx(sum(sizes), rel=0.02)


def test_the_further_of_a_slice_and_what_is_here_is_gone_on_with(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here, elsewhere = tmp_path / "here", tmp_path / "elsewhere"
    monkeypatch.setattr("model_runtime.training.run.Deadline", lambda minutes: After(9))
    with pytest.raises(TimeIsUp):
        train(load_config(tiny), here, minutes=1)
    monkeypatch.undo()
    shutil.copytree(here / "slice", elsewhere / "slice")
    earlier = shutil.copytree(here / "slice", tmp_path / "earlier")
    later = slice_of(tiny, elsewhere, 20, monkeypatch)
    shutil.rmtree(here / "slice")
    shutil.copytree(later, here / "slice")
    monkeypatch.setattr("model_runtime.training.run.Deadline", lambda minutes: After(0))
    with pytest.raises(TimeIsUp):
        train(load_config(tiny), here, resume=True, minutes=1)
    monkeypatch.undo()
    assert rows(here)[-1]["step"] == 31, "behind 10 steps here and 21 elsewhere"
    shutil.rmtree(here / "slice")
    shutil.copytree(earlier, here / "slice")
    train(load_config(tiny), here, resume=True)
    logged = [row["step"] for row in rows(here) if row["stage"] == "autoencoder"]
    assert logged == [*range(10), *range(31, 40)], "an earlier slice takes no place"


def test_a_slice_whose_unpacking_was_killed_is_unpacked_anew(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The autoencoder's stage is over, so that there are two checkpoints.
    slice_of(tiny, tmp_path, 45, monkeypatch)
    write, written = slices.save_checkpoint, []

    def killed(path: Path, state: dict[str, Any]) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(path)
        write(path, state)

    with monkeypatch.context() as broken:
        broken.setattr(slices, "save_checkpoint", killed)
        with pytest.raises(KeyboardInterrupt):
            train(load_config(tiny), tmp_path, resume=True)
    assert [path.name for path in written] == ["autoencoder.pt"] and not (tmp_path / "transformer.pt").exists()
    train(load_config(tiny), tmp_path, resume=True)
    assert {row["stage"] for row in rows(tmp_path)} == {"transformer"} and rows(tmp_path)[0]["step"] > 0
    assert not (tmp_path / "unpacking").exists()


def test_a_slice_that_comes_after_a_killed_unpacking_takes_no_ones_place(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    slice_of(tiny, tmp_path, 20, monkeypatch)

    def killed(path: Path, state: dict[str, Any]) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(slices, "save_checkpoint", killed)
        with pytest.raises(KeyboardInterrupt):
            train(load_config(tiny), tmp_path, resume=True)
    later = shutil.move(tmp_path / "slice", tmp_path.with_name(f"{tmp_path.name}-later"))
    # Without the slice the run begins by itself and makes checkpoints of its own.
    train(load_config(tiny), tmp_path, resume=True)
    shutil.move(later, tmp_path / "slice")
    before = {name: (tmp_path / name).read_bytes() for name in ("autoencoder.pt", "transformer.pt")}
    train(load_config(tiny), tmp_path, resume=True)
    assert {name: (tmp_path / name).read_bytes() for name in before} == before


def test_a_decoder_alone_travels_too(tmp_path: Path, whole: Path, tiny: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = load_config(tiny)
    alone = replace(
        config,
        start=str(whole / "tiny"),
        decoder=replace(config.decoder, steps=4, batch_size=2, crop=32),
        transformer=replace(config.transformer, steps=0),
    )
    monkeypatch.setattr("model_runtime.training.run.Deadline", lambda minutes: After(1))
    with pytest.raises(TimeIsUp):
        train(alone, tmp_path, minutes=1)
    monkeypatch.undo()
    size = sum(path.stat().st_size for path in (tmp_path / "slice").iterdir())
    assert state_bytes(alone) == pytest.approx(size, rel=0.1)
    (tmp_path / "decoder.pt").unlink()
    train(alone, tmp_path, resume=True)
    assert [row["step"] for row in rows(tmp_path)][-1] == 3


@pytest.mark.parametrize("path", sorted((Path(__file__).parents[3] / "resources" / "training").glob("mini*.toml")))
def test_every_run_of_the_embedded_model_can_travel(path: Path) -> None:
    assert 2**20 < state_bytes(load_config(path)) <= 60 * 2**20


def test_a_run_too_large_to_travel_is_refused_before_it_begins(tmp_path: Path) -> None:
    config = load_config("mini")
    with pytest.raises(InputError, match="more than the 60 that may travel"):
        train(replace(config, transformer=replace(config.transformer, embed_dim=384)), tmp_path / "run", minutes=1)
    assert not (tmp_path / "run").exists()


@pytest.mark.parametrize(
    ("damage", "sentence"),
    [
        (lambda folder: next(folder.glob("*.part")).unlink(), "cannot be read"),
        (lambda folder: next(folder.glob("*.part")).write_bytes(b"short"), "is damaged"),
        (
            lambda folder: (folder / "slice.json").write_text(
                (folder / "slice.json").read_text().replace('"world": "', '"world": "0')
            ),
            "another simulated world",
        ),
    ],
)
def test_a_damaged_slice_is_refused_in_one_sentence(
    damage: object, sentence: str, tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(slice_of(tiny, tmp_path, 0, monkeypatch))  # type: ignore[operator]
    with pytest.raises(InputError, match=sentence):
        train(load_config(tiny), tmp_path, resume=True)
    assert not (tmp_path / "autoencoder.pt").exists()


def test_a_slice_needs_little_more_than_torch(root: Path, tmp_path: Path) -> None:
    # More than one scene, so that other processes simulate.
    (tmp_path / "two.toml").write_text(TINY.replace("scenes = 1", "scenes = 2"), encoding="utf-8")
    (tmp_path / "sitecustomize.py").write_text(HIDING, encoding="utf-8")
    listing = "print(*sorted({name.split('.')[0] for name in sys.modules} - set(sys.stdlib_module_names)))"
    code = (
        "import sys; sys.argv[1:] = sys.argv[2:]; from model_runtime.training.__main__ import main; status = main();"
        f"{listing}; sys.exit(status)"
    )
    four = "import sys, numpy, safetensors.torch, torch; from diffusers.models.autoencoders import autoencoder_dc"
    arguments = ["--config", str(tmp_path / "two.toml"), "--output", str(tmp_path / "run"), "--minutes", "0"]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done, bare = (
        subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)
        for command in (
            [sys.executable, "-c", code, "-", *arguments],
            [sys.executable, "-c", f"{four}; from torch import optim; optim.AdamW([torch.ones(1)]); {listing}"],
        )
    )
    assert done.returncode == 0 and bare.returncode == 0, done.stderr[-2000:] + bare.stderr[-2000:]
    told, loaded = done.stdout.strip().splitlines()
    assert told == "autoencoder: 1 of 40 steps done; go on with --resume."
    assert (tmp_path / "run" / "slice" / "slice.json").is_file()
    more = set(loaded.split()) - set(bare.stdout.split()) - {"model_runtime", "__mp_main__"}
    assert not more, "only torch, numpy, safetensors and diffusers, and what they bring"


def test_deadlines_pass() -> None:
    assert not progress.Deadline().over() and not progress.Deadline(5).over() and progress.Deadline(0).over()


def test_sheets_do_not_change_what_is_learned(tiny: Path, whole: Path, tmp_path: Path) -> None:
    train(replace(load_config(tiny), sheet_every=1000), tmp_path)
    assert weights(tmp_path) == weights(whole)
