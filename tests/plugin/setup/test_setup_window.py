"""The set-up through its real buttons, with the ordinary pip and made-up packages."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from copgen.copgen_plugin import settings
from copgen.copgen_plugin.runtime.interpreter import find_interpreter
from copgen.copgen_plugin.setup import presenter
from qgis.core import QgsApplication
from qgis.PyQt.QtWidgets import QDialog, QMessageBox, QPushButton

sys.path[:0] = [str(Path(__file__).resolve().parents[1] / name) for name in ("panel", "runtime")]
from panel_helpers import LONG, Desk, spin, wait_until  # noqa: E402
from runtime_helpers import is_alive  # noqa: E402
from wheelhouse import make_wheel  # noqa: E402


class Window:
    """The set-up's window, used as a user does."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.setup = desk.plugin.setup
        desk.plugin.actions.by_name()["copgenSetUp"].trigger()
        self.dialog: Any = desk.iface.mainWindow().findChild(QDialog, "copgenSetup")
        assert self.dialog.isVisible()

    def press(self, name: str) -> None:
        button = self.dialog.findChild(QPushButton, name)
        assert button.isEnabled(), name
        button.click()

    def wait(self) -> None:
        wait_until(lambda: not self.setup.running, "the end of the set-up")
        spin()

    def wait_for_step(self, name: str) -> None:
        def there() -> bool:
            return any(step.name == name and step.state == "running" for step in self.setup.facts.steps)

        wait_until(there, f"step {name}")

    @property
    def sentence(self) -> str:
        return str(self.dialog.sentence.text())


def use_wheels(window: Window, folder: Path) -> None:
    window.dialog.wheels.setFilePath(str(folder))


def test_from_the_banner_to_an_environment_without_a_restart(bare: Desk, small: Path, tmp_path: Path) -> None:
    bare.plugin.actions.generate.trigger()
    banner = bare.dock.banner
    assert banner.isVisibleTo(bare.dock)
    assert "set up" in banner.sentence.text().lower()
    banner.set_up.click()
    window = Window(bare)
    assert "470 MB" in window.dialog.sizes.text()
    use_wheels(window, small)
    shown: list[str] = []
    window.setup.changed.connect(lambda: shown.append(window.dialog.download.text()))
    window.press("copgenSetupStart")
    assert window.setup.state == "running"
    assert not window.dialog.start.isEnabled()
    window.wait()
    assert any(re.match(r"In all: \d+ MB of about 470 MB\ntorch 2\.0: ", text) for text in shown), shown
    assert any("unpacking" in text for text in shown)
    assert shown[-1] == "", "nothing is being fetched any more"
    assert window.setup.state == "ready", window.sentence
    assert "CPU: 0.1 s per chip" in window.sentence, "the self-test's words"
    assert window.dialog.steps.text().count("✓") == 5
    assert "Python 3" in window.dialog.text.toPlainText()
    assert find_interpreter().path == str(tmp_path / "data" / "runtime" / "bin" / "python")
    # The environment of made-up packages is asked at once; it has none that the runtime needs.
    wait_until(lambda: bare.presenter.status().state == "died", "the runtime's own words")
    assert "numpy" in bare.presenter.status().sentence or "psutil" in bare.presenter.status().sentence


def test_cancelled_and_killed_it_goes_on(bare: Desk, small: Path, tmp_path: Path) -> None:
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait_for_step("torch")
    window.press("copgenSetupCancel")
    window.wait()
    assert "Cancelled" in window.sentence
    assert window.setup.state == "incomplete"
    assert "not finished" in find_interpreter().problem
    assert window.dialog.start.text() == "&Go on"
    steps = bare.dock.first_steps
    assert (steps.texts["set_up"].text(), steps.buttons["set_up"].text()) == (
        "Finish setting up the models' environment",
        "Go on…",
    )
    window.press("copgenSetupStart")
    window.wait_for_step("packages")
    os.killpg(window.setup._worker._child.pid, signal.SIGKILL)
    window.wait()
    assert "go on" in window.sentence
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.state == "ready", window.sentence
    states = {step.name: step.state for step in window.setup.facts.steps}
    assert states["pip"] == "kept"


def test_what_stops_it_is_said_and_the_report_hides_who_it_was(
    bare: Desk, small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USER", "ada.lovelace")
    monkeypatch.setenv("LOGNAME", "ada.lovelace")
    window = Window(bare)
    window.dialog.index.setText("http://ada.lovelace:secret@127.0.0.1:9/simple?token=abc123")
    window.dialog.torch_index.setText("http://ada.lovelace:secret@127.0.0.1:9/simple")
    window.press("copgenSetupStart")
    window.wait()
    assert window.sentence.startswith("127.0.0.1 cannot be reached")
    assert bare.dock.banner.sentence.text().startswith("127.0.0.1 cannot be reached")
    window.press("copgenSetupCopy")
    report = QgsApplication.clipboard().text()
    assert "stopped: network" in report
    for hidden in ("lovelace", "secret", "abc123", str(tmp_path)):
        assert hidden not in report, report
    # The address with the password is not kept in the settings.
    window.dialog.close()
    window.dialog.load()
    assert window.dialog.index.text() == ""


def test_no_supported_python_is_said_with_what_was_found(bare: Desk, tmp_path: Path) -> None:
    old = tmp_path / "python3.6"
    answer = json.dumps({"version": [3, 6, 15], "name": "cpython", "bits": 64, "venv": True})
    old.write_text(f"#!/bin/sh\necho '{answer}'\n")
    old.chmod(0o755)
    window = Window(bare)
    window.dialog.python.setFilePath(str(old))
    window.press("copgenSetupStart")
    window.wait()
    assert "3.11–3.14 is needed" in window.sentence
    assert f"3.6.15 ({old})" in window.sentence
    assert not (tmp_path / "data" / "runtime").exists()


def test_a_chosen_python_goes_on_working(bare: Desk, tmp_path: Path) -> None:
    window = Window(bare)
    window.dialog.existing_chosen.emit(sys.executable)
    assert find_interpreter().path == sys.executable
    assert window.setup.state == "ready", window.sentence


def test_a_chosen_python_that_is_gone_is_named(bare: Desk, tmp_path: Path) -> None:
    Window(bare).dialog.existing_chosen.emit(str(tmp_path / "gone"))
    wait_until(lambda: str(tmp_path / "gone") in bare.dock.banner.sentence.text(), "its path on the panel")
    assert bare.dock.banner.isVisibleTo(bare.dock)


def test_removing_asks_first_and_takes_only_what_was_installed(bare: Desk, small: Path, tmp_path: Path) -> None:
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait()
    model = tmp_path / "data" / "models" / "mine"
    model.mkdir(parents=True)
    for answer, there in (("No", True), ("Yes", False)):
        window.press("copgenSetupRemove")
        box = window.dialog.findChild(QMessageBox, "copgenSetupQuestion")
        assert str(tmp_path / "data") in box.text()
        box.button(getattr(QMessageBox.StandardButton, answer)).click()
        window.wait()
        assert (tmp_path / "data" / "runtime").exists() == there
    assert model.is_dir()
    assert "removed" in window.sentence
    assert window.setup.state == "absent"


@pytest.fixture
def elsewhere(bare: Desk, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The folder as the user's own choice in the settings, which can be changed."""
    monkeypatch.delenv("COPGEN_DATA_DIR")
    settings.set_data_dir(str(tmp_path / "data"))
    return tmp_path / "elsewhere"


def test_the_plugins_own_folder_is_refused_and_not_remembered(bare: Desk, elsewhere: Path, tmp_path: Path) -> None:
    inside = Path(__file__).resolve().parents[3] / "environment"
    window = Window(bare)
    window.dialog.folder.setFilePath(str(inside))
    window.press("copgenSetupStart")
    assert "deletes on every upgrade" in window.sentence
    assert not inside.exists()
    assert settings.data_dir() == tmp_path / "data"
    assert find_interpreter().problem, "there is none yet"


def test_without_an_environment_another_folder_is_remembered_at_once(
    bare: Desk, small: Path, elsewhere: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    window = Window(bare)
    use_wheels(window, tmp_path / "empty")
    window.dialog.folder.setFilePath(str(elsewhere))
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.facts.failure.reason == "wheel"
    assert settings.data_dir() == elsewhere, "it goes on there"


def test_an_environment_stays_in_use_until_the_one_in_another_folder_works(
    bare: Desk, small: Path, elsewhere: Path, tmp_path: Path
) -> None:
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait()
    old = str(tmp_path / "data" / "runtime" / "bin" / "python")
    assert find_interpreter().path == old
    (tmp_path / "empty").mkdir()
    use_wheels(window, tmp_path / "empty")
    window.dialog.folder.setFilePath(str(elsewhere))
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.facts.failure.reason == "wheel"
    assert (settings.data_dir(), find_interpreter().path) == (tmp_path / "data", old)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait_for_step("torch")
    window.press("copgenSetupCancel")
    window.wait()
    assert (settings.data_dir(), find_interpreter().path) == (tmp_path / "data", old)
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.state == "ready", window.sentence
    assert settings.data_dir() == elsewhere
    assert find_interpreter().path == str(elsewhere / "runtime" / "bin" / "python")


def test_other_requirements_ask_for_an_update(bare: Desk, small: Path, tmp_path: Path) -> None:
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait()
    (tmp_path / "requirements" / "core.txt").write_text("madeup_rasters>=1.0\nmadeup_base\n")
    assert window.setup.state == "outdated"
    assert find_interpreter().problem == "", "it goes on working"
    bare.dock.show_runtime()
    assert "update" in bare.dock.banner.sentence.text()
    window.dialog.show_state()
    assert window.dialog.start.text() == "&Update"
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.state == "ready", window.sentence


def test_an_update_that_fails_leaves_the_models_running(bare: Desk, small: Path, tmp_path: Path) -> None:
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait()
    (tmp_path / "requirements" / "core.txt").write_text("madeup_rasters>=2.0\n")
    for _ in range(2):
        window.press("copgenSetupStart")
        window.wait()
        assert "madeup_rasters>=2.0" in window.sentence, "why it stopped"
        python = find_interpreter().path
        assert python == str(tmp_path / "data" / "runtime-before" / "bin" / "python")
        words = [python, "-I", "-c", "import torch, madeup_rasters"]
        assert subprocess.run(words, check=False).returncode == 0
        assert (window.setup.state, window.dialog.start.text()) == ("outdated", "&Go on")
        assert "madeup_rasters>=2.0" in bare.dock.banner.sentence.text()
    window.setup.facts = presenter.Facts()
    assert "run in the one from before" in window.setup.message, "as in the next session"
    make_wheel(small, "madeup_rasters", "2.0", needs=("madeup_base",))
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.state == "ready", window.sentence
    assert find_interpreter().path == str(tmp_path / "data" / "runtime" / "bin" / "python")


def test_nothing_is_changed_under_a_job_and_a_hanging_process_is_ended_first(
    bare: Desk, small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    hanging = tmp_path / "hanging"
    hanging.write_text("#!/bin/sh\nexec sleep 1000\n")
    hanging.chmod(0o755)
    monkeypatch.setenv("COPGEN_PYTHON", str(hanging))
    window = Window(bare)
    use_wheels(window, small)
    service = window.setup.service
    run = service.submit({"generate": ["dem"]})
    for change in (lambda: window.press("copgenSetupStart"), window.setup.take_down):
        change()
        assert window.setup.running == ""
        assert "A run is going on" in window.sentence
    wait_until(service.child_pid, "a process that starts and never is ready")
    pid = service.child_pid()
    run.cancel()
    assert run.wait(LONG)
    assert is_alive(pid)
    begun: list[bool] = []
    window.setup.changed.connect(lambda: begun.append(bool(window.setup.facts.steps) and is_alive(pid)))
    window.press("copgenSetupStart")
    window.wait()
    assert [step.state for step in window.setup.facts.steps] == ["done"] * 5, window.sentence
    assert not any(begun), "the process was gone first"


def test_a_cancel_in_the_self_test_leaves_no_process(
    bare: Desk, small: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Neither one that listens to nothing nor the lock that it would hold."""
    endless, number = tmp_path / "endless.py", tmp_path / "pid"
    endless.write_text(
        "import os, signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\n"
        f"open({str(number)!r}, 'w').write(str(os.getpid()))\ntime.sleep(1000)\n"
    )
    working = presenter.ORDER["proof"]
    monkeypatch.setitem(presenter.ORDER, "proof", str(endless))
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    wait_until(lambda: number.exists() and number.read_text(), "the proof")
    window.press("copgenSetupCancel")
    window.wait()
    wait_until(lambda: not is_alive(int(number.read_text())), "the end of the proof")
    monkeypatch.setitem(presenter.ORDER, "proof", working)
    window.press("copgenSetupStart")
    window.wait()
    assert window.setup.state == "ready", window.sentence


def test_the_panel_says_first_which_gpu_is_not_used(bare: Desk, small: Path, tmp_path: Path) -> None:
    """No test machine has one: the proof says so in its place."""
    lines = ["CUDA: NVIDIA RTX A2000, not used: its driver is too old", "CPU: 0.4 s/chip"]
    devices = [{"device": "cuda", "works": False}, {"device": "cpu", "works": True}]
    told = json.dumps({"lines": lines, "devices": devices, "ok": True})
    (tmp_path / "proof.py").write_text(f"print({told!r})")
    window = Window(bare)
    use_wheels(window, small)
    window.press("copgenSetupStart")
    window.wait()
    assert window.sentence.splitlines()[-2:] == lines
    assert bare.dock.running.device.text().splitlines()[0] == lines[0]
