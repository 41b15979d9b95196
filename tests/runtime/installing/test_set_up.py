"""The set-up as a process: from an order to an environment that proves itself, whatever happens on the way."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT / "tests"))
from wheelhouse import make_index, make_proof, make_requirements, make_wheel, make_wheelhouse  # noqa: E402

PROGRAM = ROOT / "model_runtime" / "installing" / "program.py"
MARKER = "copgen-environment.json"
LONG = 120.0
"""Seconds after which a test gives up; nothing is measured by it."""


class Setup:
    """A set-up that is ordered as the plugin does."""

    def __init__(
        self, order: dict[str, Any], method: str = "set_up", variables: Mapping[str, str] | None = None
    ) -> None:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("PIP_")}
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-u", str(PROGRAM)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env={**environment, "PIP_CONFIG_FILE": os.devnull, **(variables or {})},
        )
        assert self.process.stdin is not None
        self.process.stdin.write((json.dumps({"id": "it", "method": method, "params": order}) + "\n").encode())
        self.process.stdin.flush()

    def messages(self) -> list[dict[str, Any]]:
        """Wait for the end; everything it said."""
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        lines = self.process.stdout.read().splitlines()
        errors = self.process.stderr.read().decode()
        self.process.wait(LONG)
        assert "Traceback" not in errors, errors
        return [json.loads(line) for line in lines]

    def kill(self) -> None:
        """End it as the system does when memory runs out, with all its own."""
        # It leads no group before its first lines have run.
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.kill()
        self.process.communicate()


@pytest.fixture
def order(tmp_path: Path) -> dict[str, Any]:
    return {
        "data_dir": str(tmp_path / "data"),
        "variant": "cpu",
        "fingerprint": "print",
        "wheels": str(make_wheelhouse(tmp_path / "wheels")),
        "requirements": str(make_requirements(tmp_path / "requirements")),
        "proof": str(make_proof(tmp_path / "proof.py")),
    }


def result(messages: list[dict[str, Any]]) -> dict[str, Any]:
    assert "result" in messages[-1], messages[-3:]
    told: dict[str, Any] = messages[-1]["result"]
    return told


def error(messages: list[dict[str, Any]]) -> dict[str, Any]:
    assert "error" in messages[-1], messages[-3:]
    told: dict[str, Any] = messages[-1]["error"]["data"]
    return told


def states(messages: list[dict[str, Any]]) -> dict[str, str]:
    return {m["params"]["name"]: m["params"]["state"] for m in messages if m.get("method") == "step"}


def wait_for_end(pid: int) -> None:
    """Wait until a process is gone that is nobody's child here."""
    until = time.monotonic() + LONG
    while True:
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except (FileNotFoundError, ProcessLookupError):
            return
        if state == "Z":
            return
        assert time.monotonic() < until, "it outlives what started it"
        time.sleep(0.02)


def works(folder: Path) -> bool:
    """Whether an environment's Python finds its packages."""
    words = [folder / "bin" / "python", "-I", "-c", "import torch.part_0, madeup_rasters.part_0, madeup_runtime"]
    return subprocess.run(words, check=False).returncode == 0


def contents(folder: Path) -> dict[str, str]:
    """Every file of an environment by its hash, but for compiled code, whose time stamps differ."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.suffix != ".pyc" and path.name not in (MARKER, "direct_url.json"):
            found[str(path.relative_to(folder))] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found


def marker(folder: Path) -> dict[str, Any]:
    """What an environment says of itself; nothing where a kill left none."""
    path = folder / MARKER
    told: dict[str, Any] = json.loads(path.read_text()) if path.exists() else {}
    return told


def test_an_order_ends_in_an_environment_that_proves_itself(order: dict[str, Any], tmp_path: Path) -> None:
    messages = Setup(order).messages()
    told = result(messages)
    assert told["proof"]["lines"] == ["CPU: 0.1 s per chip (torch 2.0)"]
    assert messages[0]["params"]["steps"] == ["environment", "pip", "torch", "packages", "proof"]
    assert set(states(messages).values()) == {"done"}
    fetched = {m["params"]["what"]: m["params"]["total"] for m in messages if m.get("method") == "progress"}
    wheels = {" ".join(path.name.split("-")[:2]): path.stat().st_size for path in Path(order["wheels"]).iterdir()}
    assert {what: size for what, size in fetched.items() if not what.startswith("pip ")} == wheels
    unpacked = [m["params"]["step"] for m in messages if m.get("method") == "installing"]
    assert unpacked == ["pip", "torch", "packages"]
    environment = tmp_path / "data" / "runtime"
    facts = marker(environment)
    assert (facts["state"], facts["fingerprint"], facts["variant"]) == ("complete", "print", "cpu")
    assert subprocess.run([told["python"], "-c", "import torch, madeup_rasters"], check=False).returncode == 0
    assert sorted(entry.name for entry in (tmp_path / "data").iterdir()) == ["runtime", "setup.lock"]
    # Once more: nothing is fetched or installed again.
    again = states(Setup(order).messages())
    assert {name for name, state in again.items() if state == "kept"} == {"pip", "torch", "packages"}


def test_killed_at_five_random_moments_it_ends_in_the_same_environment(
    order: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shutil.rmtree(order["wheels"])
    order["wheels"] = str(make_wheelhouse(Path(order["wheels"]), files=20))
    started = time.monotonic()
    result(Setup(order).messages())
    whole = time.monotonic() - started
    environment = tmp_path / "data" / "runtime"
    wanted = contents(environment)
    shutil.rmtree(tmp_path / "data")
    seed = random.randrange(1_000_000)
    chance = random.Random(seed)
    moments: list[float] = []
    while len(moments) < 5:
        moment = chance.uniform(0.02, 0.7) * whole
        setup = Setup(order)
        time.sleep(moment)
        if setup.process.poll() is None:
            setup.kill()
            moments.append(moment)
            assert not environment.exists() or marker(environment).get("state") != "complete"
        else:
            # Earlier kills had left it little to do: begin again.
            result(setup.messages())
            shutil.rmtree(tmp_path / "data")
    with capsys.disabled():
        print(f"\nset-up of {whole:.1f} s, killed after {[f'{m:.1f}' for m in moments]} s (seed {seed})")
    result(Setup(order).messages())
    assert contents(environment) == wanted, f"seed {seed}"
    assert marker(environment)["state"] == "complete"


def test_half_installed_packages_are_installed_again(order: dict[str, Any], tmp_path: Path) -> None:
    result(Setup(order).messages())
    environment = tmp_path / "data" / "runtime"
    wanted = contents(environment)
    packages = next(environment.glob("lib/*/site-packages"))
    (packages / "torch" / "part_1.py").write_text("cut o")
    (packages / "madeup_base-1.0.dist-info" / "RECORD").unlink()
    (packages / "~adeup_runtime").mkdir()
    (packages / "torch" / "__pycache__" / "part_0.cpython-311.pyc.140582191767856").write_bytes(b"cut o")
    messages = Setup(order).messages()
    result(messages)
    assert contents(environment) == wanted
    assert not list(packages.glob("~*"))
    assert any("torch" in m["params"]["line"] for m in messages if m.get("method") == "log")


def test_a_package_that_was_copied_and_not_finished_is_installed_again(order: dict[str, Any], tmp_path: Path) -> None:
    """As after a kill between a wheel's files, its own RECORD among them, and its scripts."""
    result(Setup(order).messages())
    environment = tmp_path / "data" / "runtime"
    wanted = contents(environment)
    info = next(environment.glob("lib/*/site-packages/pip-*.dist-info"))
    rows = (info / "RECORD").read_text().splitlines()
    (info / "RECORD").write_text("\n".join(row for row in rows if "INSTALLER" not in row and "bin/" not in row) + "\n")
    (info / "INSTALLER").unlink()
    for script in environment.glob("bin/pip*"):
        script.unlink()
    result(Setup(order).messages())
    assert contents(environment) == wanted


@pytest.mark.parametrize("gone", ["packages", "one package", "settings", "interpreter"])
def test_what_somebody_deleted_is_made_again(gone: str, order: dict[str, Any], tmp_path: Path) -> None:
    result(Setup(order).messages())
    environment = tmp_path / "data" / "runtime"
    wanted = contents(environment)
    packages = next(environment.glob("lib/*/site-packages"))
    for path in {
        "packages": [packages],
        "one package": [*packages.glob("torch*")],
        "settings": [environment / "pyvenv.cfg"],
        "interpreter": [environment / "bin"],
    }[gone]:
        shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink()
    told = result(Setup(order).messages())
    assert contents(environment) == wanted
    assert subprocess.run([told["python"], "-c", "import torch, madeup_rasters"], check=False).returncode == 0


def test_an_environment_that_was_moved_works_on(order: dict[str, Any], tmp_path: Path) -> None:
    result(Setup(order).messages())
    moved = tmp_path / "it's another \u00fc folder"
    (tmp_path / "data").rename(moved)
    messages = Setup({**order, "data_dir": str(moved)}).messages()
    assert result(messages)["python"] == str(moved / "runtime" / "bin" / "python")
    assert states(messages)["torch"] == "kept"


@pytest.mark.parametrize("linked", ["data", "data/runtime"])
def test_folders_that_are_links_to_another_disk_are_used_and_kept(
    linked: str, order: dict[str, Any], tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (tmp_path / linked).parent.mkdir(exist_ok=True)
    (tmp_path / linked).symlink_to(elsewhere)
    result(Setup(order).messages())
    removed = result(Setup({"data_dir": order["data_dir"]}, "take_down").messages())["removed"]
    assert str(tmp_path / "data" / "runtime") in removed
    assert (tmp_path / linked).is_symlink() and not list(elsewhere.iterdir())


def test_the_users_own_settings_of_pip_and_a_home_that_is_gone_do_no_harm(
    order: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "pip.conf").write_text("[install]\nuser = true\nno-binary = :all:\n")
    variables = {"PIP_CONFIG_FILE": str(tmp_path / "pip.conf"), "HOME": str(tmp_path / "gone")}
    result(Setup(order, variables=variables).messages())


def test_the_end_of_stdin_ends_it_with_all_its_own(order: dict[str, Any], tmp_path: Path) -> None:
    """As when QGIS is killed: with a proof that does not listen. The next set-up finds the lock free and goes on."""
    endless = tmp_path / "endless.py"
    endless.write_text("import os, time\nprint('proof', os.getpid(), flush=True)\ntime.sleep(1000)\n")
    setup = Setup({**order, "proof": str(endless)})
    assert setup.process.stdout is not None
    pid = 0
    while not pid:
        message = json.loads(setup.process.stdout.readline())
        if message.get("method") == "log" and message["params"]["line"].startswith("proof "):
            pid = int(message["params"]["line"].split()[1])
    assert setup.process.stdin is not None
    setup.process.stdin.close()
    assert setup.process.wait(LONG) == 130
    setup.process.stdout.close()
    wait_for_end(pid)
    result(Setup(order).messages())


def test_the_proof_itself_ends_with_its_stdin() -> None:
    proof = ROOT / "model_runtime" / "installing" / "proof.py"
    process = subprocess.Popen([sys.executable, "-I", "-u", proof], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    process.communicate(timeout=LONG)
    assert process.returncode == 130


def test_two_at_once_are_one(order: dict[str, Any], tmp_path: Path) -> None:
    waiting = tmp_path / "waiting.py"
    waiting.write_text("import sys\nsys.stdin.read()\n")
    first = Setup({**order, "proof": str(waiting)})
    assert first.process.stdout is not None
    for line in first.process.stdout:
        message = json.loads(line)
        if message.get("method") == "step" and message["params"]["name"] == "proof":
            break
    assert error(Setup(order).messages())["reason"] == "locked"
    assert error(Setup({"data_dir": order["data_dir"]}, "take_down").messages())["reason"] == "locked"
    first.kill()
    result(Setup(order).messages())


def test_what_is_not_ours_stays(order: dict[str, Any], tmp_path: Path) -> None:
    stranger = tmp_path / "data" / "runtime" / "thesis.txt"
    stranger.parent.mkdir(parents=True)
    stranger.write_text("ten years")
    told = error(Setup(order).messages())
    assert told == {"reason": "foreign", "detail": str(stranger.parent)}
    assert result(Setup({"data_dir": order["data_dir"]}, "take_down").messages())["removed"] == []
    assert stranger.read_text() == "ten years"


def test_taking_down_removes_what_was_made_and_nothing_else(order: dict[str, Any], tmp_path: Path) -> None:
    result(Setup(order).messages())
    model = tmp_path / "data" / "models" / "mine" / "model_index.json"
    model.parent.mkdir(parents=True)
    model.write_text("{}")
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "kept").write_text("kept")
    (tmp_path / "data" / "runtime" / "link").symlink_to(outside)
    told = result(Setup({"data_dir": order["data_dir"]}, "take_down").messages())
    assert told["removed"] == [str(tmp_path / "data" / "runtime")]
    assert [entry.name for entry in (tmp_path / "data").iterdir()] == ["models"]
    assert (outside / "kept").exists()
    shutil.rmtree(tmp_path / "data" / "models")
    result(Setup(order).messages())
    result(Setup({"data_dir": order["data_dir"]}, "take_down").messages())
    assert not (tmp_path / "data").exists()


def test_other_requirements_update_it_and_another_variant_makes_it_anew(order: dict[str, Any], tmp_path: Path) -> None:
    result(Setup(order).messages())
    make_wheel(Path(order["wheels"]), "madeup_runtime", "1.1")
    requirements = Path(order["requirements"])
    (requirements / "cpu.txt").write_text("-r core.txt\ntorch==2.0\nmadeup_runtime>=1.1\n")
    result(Setup({**order, "fingerprint": "other"}).messages())
    packages = next((tmp_path / "data" / "runtime").glob("lib/*/site-packages"))
    assert (packages / "madeup_runtime-1.1.dist-info").is_dir()
    assert marker(tmp_path / "data" / "runtime")["fingerprint"] == "other"
    (packages / "of_the_cpu_variant.py").write_text("")
    result(Setup({**order, "variant": "cuda"}).messages())
    assert not (packages / "of_the_cpu_variant.py").exists()
    assert marker(tmp_path / "data" / "runtime")["variant"] == "cuda"


@pytest.mark.parametrize("change", ["update", "variant"])
def test_a_change_that_fails_leaves_the_environment_from_before(
    change: str, order: dict[str, Any], tmp_path: Path
) -> None:
    """Offline, then cut off in the middle of unpacking, then with a proof that fails, and at last to its end."""
    result(Setup(order).messages())
    environment, former = tmp_path / "data" / "runtime", tmp_path / "data" / "runtime-before"
    wanted = contents(environment)
    if change == "update":
        make_wheel(Path(order["wheels"]), "torch", "2.1", 3, ("madeup_base",))
        (Path(order["requirements"]) / "cpu.txt").write_text("-r core.txt\ntorch==2.1\nmadeup_runtime\n")
    changed = {**order, "fingerprint": "other", "variant": "cpu" if change == "update" else "cuda"}
    nowhere = "http://127.0.0.1:9/simple"
    offline = {**changed, "wheels": "", "index": nowhere, "torch_index": nowhere}
    assert error(Setup(offline).messages())["reason"] == "network"
    assert contents(former) == wanted and works(former)
    assert (marker(former)["state"], marker(former)["fingerprint"]) == ("complete", "print")
    setup = Setup(changed)
    assert setup.process.stdout is not None
    for line in setup.process.stdout:
        if json.loads(line).get("method") == "installing":
            break
    setup.kill()
    assert contents(former) == wanted and works(former)
    failing = tmp_path / "failing.py"
    failing.write_text("raise SystemExit(1)\n")
    assert error(Setup({**changed, "proof": str(failing)}).messages())["reason"] == "proof"
    assert contents(former) == wanted and works(former)
    assert marker(environment)["state"] == "incomplete"
    result(Setup(changed).messages())
    assert works(environment) and marker(environment)["fingerprint"] == "other"
    assert sorted(entry.name for entry in (tmp_path / "data").iterdir()) == ["runtime", "setup.lock"]


def test_an_environment_from_before_is_removed_with_the_other_one(order: dict[str, Any], tmp_path: Path) -> None:
    result(Setup(order).messages())
    changed = {**order, "variant": "cuda", "wheels": str(tmp_path / "empty")}
    (tmp_path / "empty").mkdir()
    assert error(Setup(changed).messages())["reason"] == "wheel"
    assert works(tmp_path / "data" / "runtime-before")
    result(Setup({"data_dir": order["data_dir"]}, "take_down").messages())
    assert not (tmp_path / "data").exists()


def test_a_removal_that_is_cut_off_leaves_nothing_that_calls_itself_complete(
    order: dict[str, Any], tmp_path: Path
) -> None:
    result(Setup(order).messages())
    environment = tmp_path / "data" / "runtime"
    many = environment / "many"
    many.mkdir()
    one = tmp_path / "one"
    one.write_text("")
    for number in range(40_000):
        (many / str(number)).hardlink_to(one)
    names = one.stat().st_nlink
    removal = Setup({"data_dir": order["data_dir"]}, "take_down")
    until = time.monotonic() + 60
    while one.stat().st_nlink == names:
        assert time.monotonic() < until, "nothing is removed"
        time.sleep(0.001)
    removal.kill()
    assert one.stat().st_nlink > 1, "it was killed too late to tell"
    assert marker(environment)["state"] == "incomplete"
    result(Setup(order).messages())
    assert works(environment) and not many.exists()


def test_torch_comes_from_its_own_index_alone(order: dict[str, Any], tmp_path: Path) -> None:
    """The usual one has a build of the same version, which may be for other machines and ten times as large."""
    usual = make_index(tmp_path / "usual", list(Path(order.pop("wheels")).iterdir()))
    (tmp_path / "builds").mkdir()
    own = make_index(tmp_path / "own", [make_wheel(tmp_path / "builds", "torch", "2.0", 5, ("madeup_base",))])
    told = error(Setup({**order, "index": usual, "torch_index": "http://127.0.0.1:9/simple"}).messages())
    assert told == {"reason": "network", "detail": "127.0.0.1"}
    packages = next((tmp_path / "data" / "runtime").glob("lib/*/site-packages"))
    assert not (packages / "torch").exists()
    result(Setup({**order, "index": usual, "torch_index": own}).messages())
    assert (packages / "torch" / "part_4.py").exists()
    assert (packages / "madeup_base").exists(), "what torch needs comes from the usual one"


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"wheels": "{empty}"}, "wheel"),
        ({"wheels": "{empty}/gone"}, "wheel"),
        ({"wheels": "{cut}"}, "content"),
        ({"wheels": "", "index": "http://127.0.0.1:9/simple", "torch_index": "http://127.0.0.1:9/simple"}, "network"),
        (
            {
                "wheels": "",
                "index": "http://127.0.0.1:8/simple",
                "torch_index": "http://127.0.0.1:8/simple",
                "proxy": "http://name:secret@127.0.0.1:9",
            },
            "proxy",
        ),
        (
            {"wheels": "", "index": "http://packages.example/simple", "torch_index": "http://packages.example/simple"},
            "insecure",
        ),
        ({"proof": "{failing}"}, "proof"),
    ],
)
def test_failures_have_a_reason_and_the_next_attempt_goes_on(
    change: dict[str, str], reason: str, order: dict[str, Any], tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "failing.py").write_text(
        "import json, sys\nprint(json.dumps({'lines': ['CPU: computes wrongly']}))\nsys.exit(1)\n"
    )
    (wheel,) = shutil.copytree(order["wheels"], tmp_path / "cut").glob("torch-*")
    wheel.write_bytes(wheel.read_bytes()[:500])
    places = {name: str(tmp_path / name) for name in ("empty", "cut")} | {"failing": str(tmp_path / "failing.py")}
    messages = Setup({**order, **{name: value.format(**places) for name, value in change.items()}}).messages()
    told = error(messages)
    assert told["reason"] == reason, messages
    assert told["detail"]
    assert "secret" not in json.dumps(messages)
    assert marker(tmp_path / "data" / "runtime").get("state", "incomplete") == "incomplete"
    assert states(Setup(order).messages())["proof"] == "done"


@pytest.fixture
def unwritable(tmp_path: Path) -> Iterator[Path]:
    path = tmp_path / "file"
    path.write_text("no folder")
    yield path


def test_a_place_that_cannot_be_a_folder_is_told(order: dict[str, Any], unwritable: Path) -> None:
    assert error(Setup({**order, "data_dir": str(unwritable / "data")}).messages())["reason"] == "permission"
