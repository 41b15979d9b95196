"""What earlier calls of a training run left, damaged: one sentence that names the file; and nothing half-written."""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import torch
from filelock import FileLock

from model_runtime.cli.main import main
from model_runtime.contract import InputError, UsageError
from model_runtime.model.bundle import load_bundle, save_bundle
from model_runtime.training.config import load_config
from model_runtime.training.files import as_kept, kept_array, whole_file, whole_folder, write_whole
from model_runtime.training.run import train

TINY = """
name = "tiny"
precision = "fp32"
sheet_every = 100
[data]
scenes = 2
size = 258
[autoencoder]
decoder_layers = [1, 1, 1]
steps = 2
batch_size = 2
crop = 32
[transformer]
embed_dim = 16
depth = 2
num_heads = 2
patch_size = 8
steps = 2
batch_size = 2
prediction_type = "preconditioned"
[moments]
chips = 2
steps = 4
"""


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("config") / "tiny.toml"
    path.write_text(TINY, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def done(settings: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run that came to its end."""
    output = tmp_path_factory.mktemp("done")
    train(load_config(settings), output)
    return output


@pytest.fixture
def run(done: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(done, tmp_path / "run"))


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def no_numbers(path: Path) -> None:
    stored = dict(np.load(path))
    stored["dem"][:] = np.nan
    np.savez(path, **stored)


def too_small(path: Path) -> None:
    stored = dict(np.load(path))
    stored["dem"] = stored["dem"][:1, :1]
    np.savez(path, **stored)


def text(path: Path) -> None:
    path.write_text("x", encoding="utf-8")


@pytest.mark.parametrize(
    ("pattern", "damage"),
    [
        ("transformer.pt", empty),
        ("autoencoder.pt", cut),
        ("moments-*.npz", no_numbers),
        ("moments-*.npz", too_small),
        ("moments-*.npz", cut),
        ("scales-*.json", text),
        ("cache/scenes-*/seeds.npy", text),
        ("cache/scenes-*/dem.npy", cut),
        ("cache/scenes-*/dem.npy", Path.unlink),
        ("cache/scenes-*/latents-*/s1_rtc.npy", cut),
        ("cache/scenes-*/latents-*/done.txt", text),
    ],
)
def test_a_damaged_file_is_named_and_no_model_comes_of_it(
    pattern: str, damage: Callable[[Path], None], run: Path, settings: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (path,) = run.glob(pattern)
    damage(path)
    shutil.rmtree(run / "tiny")
    capsys.readouterr()
    assert main(["train", "--config", str(settings), "--output", str(run), "--resume"]) == 3
    told = capsys.readouterr().err.splitlines()[-1]
    assert told.startswith(f"error: {path}: is ") and "remove" in told
    assert not (run / "tiny").exists()


@pytest.mark.parametrize(
    "error",
    [
        PermissionError(13, "Permission denied", "there"),
        RuntimeError("DefaultCPUAllocator: can't allocate memory: you tried to allocate 9 bytes"),
        MemoryError(),
    ],
)
def test_a_file_that_cannot_be_read_now_is_not_called_damaged(error: Exception, tmp_path: Path) -> None:
    with pytest.raises(type(error)), as_kept(tmp_path, "remove it"):
        raise error
    with pytest.raises(InputError, match="is damaged; remove it"), as_kept(tmp_path, "remove it"):
        raise RuntimeError("PytorchStreamReader failed reading zip archive")


def test_the_command_says_that_memory_is_missing(
    run: Path, settings: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")

    monkeypatch.setattr("model_runtime.training.run.train_transformer", full)
    assert main(["train", "--config", str(settings), "--output", str(run), "--resume"]) == 5
    assert capsys.readouterr().err.endswith(
        "error: out of memory; end other programs or take a machine with more, and run it again.\n"
    )


def test_other_files_are_not_replaced_by_a_bundle(settings: Path, tmp_path: Path) -> None:
    config = load_config(settings)
    (tmp_path / "tiny").mkdir()
    (tmp_path / "tiny" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="holds other files"):
        train(config, tmp_path)
    with pytest.raises(InputError, match="take the place of --cache"):
        train(config, tmp_path / "run", cache=tmp_path / "run" / "tiny" / "cache")
    assert [path.name for path in tmp_path.rglob("*")] == ["tiny", "mine.txt"], "nothing was begun"


def test_a_run_does_not_replace_what_it_begins_with(done: Path, tmp_path: Path) -> None:
    path = tmp_path / "further.toml"
    path.write_text(TINY.replace('name = "tiny"', f'name = "tiny"\nstart = "{done}/tiny"'), encoding="utf-8")
    before = {file: file.stat().st_mtime_ns for file in done.rglob("*")}
    with pytest.raises(InputError, match="is what this run begins with"):
        train(load_config(path), done, resume=True)
    assert {file: file.stat().st_mtime_ns for file in done.rglob("*")} == before


def test_a_start_with_an_autoencoder_for_each_modality_is_refused(done: Path, tmp_path: Path) -> None:
    bundle = load_bundle(done / "tiny")
    streams = [replace(stream, autoencoder=f"vae_{stream.name}") for stream in bundle.streams]
    autoencoders = {stream.autoencoder: bundle.autoencoders["vae"] for stream in streams}
    save_bundle(tmp_path / "many", streams, bundle.transformer, autoencoders, bundle.scheduler, "a card")
    path = tmp_path / "further.toml"
    path.write_text(TINY.replace('name = "tiny"', f'name = "tiny"\nstart = "{tmp_path}/many"'), encoding="utf-8")
    with pytest.raises(UsageError, match="has an autoencoder for each modality"):
        train(load_config(path), tmp_path / "run")


def test_weights_that_the_last_step_broke_make_no_bundle(
    settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = torch.optim.AdamW.step

    def broken(self: torch.optim.AdamW, *given: object) -> None:
        step(self)
        with torch.no_grad():
            self.param_groups[0]["params"][0].fill_(torch.nan)

    config = load_config(settings)
    config = replace(config, autoencoder=replace(config.autoencoder, steps=1))
    monkeypatch.setattr(torch.optim.AdamW, "step", broken)
    with pytest.raises(UsageError, match="autoencoder: a weight after the last step is no finite number"):
        train(config, tmp_path)
    assert not (tmp_path / "tiny").exists()


def test_a_file_whose_name_ends_like_an_unfinished_one_is_written(tmp_path: Path) -> None:
    write_whole(tmp_path / "sheet.tmp", "whole")
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["whole"]


def test_latents_that_are_no_numbers_give_no_gains(run: Path, settings: Path) -> None:
    for path in run.glob("moments-*.npz"):
        path.unlink()
    (path,) = run.glob("cache/scenes-*/latents-*/dem.npy")
    np.save(path, np.full_like(np.load(path), np.nan))
    with pytest.raises(InputError, match="no numbers"):
        train(load_config(settings), run, resume=True)


def test_a_line_of_the_losses_that_is_none_is_left_out(run: Path, settings: Path, done: Path) -> None:
    losses = run / "losses.jsonl"
    losses.write_text("[1]\n" + losses.read_text(encoding="utf-8"), encoding="utf-8")
    train(load_config(settings), run, resume=True)
    assert losses.read_text(encoding="utf-8") == (done / "losses.jsonl").read_text(encoding="utf-8")


def test_a_folder_in_which_another_process_trains_is_refused(run: Path, settings: Path) -> None:
    with FileLock(run / ".lock"), pytest.raises(InputError, match="another process trains in this folder"):
        train(load_config(settings), run, resume=True)


def test_a_folder_takes_the_place_of_another_only_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "model"
    with whole_folder(path) as folder:
        (folder / "weights").write_text("old", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), whole_folder(path) as folder:
        (folder / "weights").write_text("new", encoding="utf-8")
        raise KeyboardInterrupt
    assert (path / "weights").read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]
    # Killed between its two names.
    path.rename(tmp_path / ".model-former")
    with pytest.raises(KeyboardInterrupt), whole_folder(path):
        raise KeyboardInterrupt
    assert (path / "weights").read_text(encoding="utf-8") == "old"
    with whole_folder(path) as folder:
        (folder / "weights").write_text("new", encoding="utf-8")
    assert (path / "weights").read_text(encoding="utf-8") == "new" and list(tmp_path.iterdir()) == [path]


def test_a_file_that_could_not_be_written_leaves_the_old_one_and_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "scales.json"
    path.write_text("old", encoding="utf-8")
    with pytest.raises(OSError, match="scales.json"), whole_file(path) as temporary:
        temporary.write_text("ne", encoding="utf-8")
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    assert path.read_text(encoding="utf-8") == "old" and list(tmp_path.iterdir()) == [path]


@pytest.mark.skipif(sys.platform != "linux", reason="room can be taken beforehand on Linux")
def test_the_room_of_chips_is_taken_before_any_is_simulated(tmp_path: Path) -> None:
    path = tmp_path / "dem.npy"
    kept_array(path, np.uint8, (64, 1, 256, 256), again=False)
    assert path.stat().st_blocks * 512 >= 64 * 256 * 256
