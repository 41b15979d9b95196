"""Training without the command line: every end is one sentence and a documented status."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from model_runtime.contract import InputError
from model_runtime.training.__main__ import main
from model_runtime.training.commands import run_command

TINY = """
name = "tiny"
checkpoint_every = 1
[data]
scenes = 1
size = 258
[autoencoder]
decoder_layers = [1, 1, 1]
steps = 100000
batch_size = 1
crop = 32
[transformer]
embed_dim = 24
depth = 2
num_heads = 2
steps = 1
batch_size = 1
"""


def raises(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def interrupted(number: signal.Signals) -> Callable[[], None]:
    def work() -> None:
        try:
            signal.raise_signal(number)
        except KeyboardInterrupt as error:
            # As libraries do.
            raise RuntimeError("a callback failed") from error

    return work


@pytest.mark.parametrize(
    ("work", "status", "sentence"),
    [
        (lambda: None, 0, ""),
        (raises(InputError("this file: is none.")), 3, "this file: is none."),
        (raises(FileExistsError(17, "File exists", "there")), 3, "there: cannot be used (File exists)"),
        (raises(OSError(28, "No space left on device", "there")), 5, "there: no space left on the disk"),
        (raises(MemoryError()), 5, "out of memory; end other programs"),
        (raises(RuntimeError("CUDA out of memory. Tried to allocate 2 GiB")), 5, "out of memory; end other programs"),
        (raises(KeyError("a name")), 1, "internal error, please report it: KeyError: 'a name'"),
        (raises(KeyboardInterrupt()), 130, "cancelled; run it again"),
        (interrupted(signal.SIGINT), 130, "cancelled; run it again"),
        (interrupted(signal.SIGTERM), 130, "cancelled; run it again"),
    ],
)
def test_every_end_is_a_sentence_and_a_status(
    work: Callable[[], None], status: int, sentence: str, capsys: pytest.CaptureFixture[str]
) -> None:
    before = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
    assert run_command(work) == status
    told = capsys.readouterr().err
    assert told.startswith(sentence) and told.count("\n") == (status > 0)
    assert (signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)) == before


def test_an_output_that_is_a_file_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "tiny.toml").write_text(TINY, encoding="utf-8")
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    assert main(["--config", str(tmp_path / "tiny.toml"), "--output", str(tmp_path / "file")]) == 3
    told = capsys.readouterr().err
    assert str(tmp_path / "file") in told and told.count("\n") == 1
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


@pytest.mark.parametrize("minutes", ["nan", "-1", "-inf"])
def test_minutes_that_are_no_time_are_refused(minutes: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--config", "mini", "--output", str(tmp_path / "run"), f"--minutes={minutes}"]) == 2
    assert f"{minutes} minutes are no time: give a number of minutes, 0 or more" in capsys.readouterr().err
    assert not (tmp_path / "run").exists()


@pytest.mark.skipif(os.name == "nt", reason="signals between processes are those of POSIX")
def test_a_cancelled_training_says_how_to_go_on(root: Path, tmp_path: Path) -> None:
    (tmp_path / "tiny.toml").write_text(TINY, encoding="utf-8")
    arguments = ["--config", str(tmp_path / "tiny.toml"), "--output", str(tmp_path / "run")]
    command = [sys.executable, "-m", "model_runtime.training", *arguments]
    pipe, until = subprocess.PIPE, time.monotonic() + 120
    with subprocess.Popen(command, cwd=root, stdout=pipe, stderr=pipe, text=True) as process:
        try:
            while not (tmp_path / "run" / "losses.jsonl").exists():
                assert process.poll() is None and time.monotonic() < until
                time.sleep(0.1)
            process.send_signal(signal.SIGINT)
            _, told = process.communicate(timeout=60)
        finally:
            process.kill()
    assert process.returncode == 130
    assert told.splitlines()[-1] == "cancelled; what was done is kept: go on with --resume."
    assert "Traceback" not in told
