"""The window of the models, with the real runtime: from the card to the choice on the panel, and away again."""

from __future__ import annotations

import functools
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from copgen.copgen_plugin.runtime import worker
from copgen.copgen_plugin.runtime.child import Child
from copgen.copgen_plugin.store import catalogue
from copgen.copgen_plugin.store.dialog import ModelsDialog
from panel_helpers import ROOT, RUNTIME, Desk, spin, wait_until
from qgis.PyQt.QtWidgets import QDialog, QDialogButtonBox, QMessageBox, QPushButton

sys.path.insert(0, str(ROOT / "tests" / "plugin" / "store"))
from store_helpers import TRANSFORMER, VAE, Hub, serving, write_resources  # noqa: E402 - helpers are no package

NAME = "copgen-beta"
# The published names; weights in the autoencoder's other published layout, whose sizes tell how small it is.
MAKE = """
import sys, torch
from safetensors.torch import save_file
state = torch.load(sys.argv[1], map_location="cpu", weights_only=True)
save_file({name: tensor.contiguous() for name, tensor in state.items()}, sys.argv[2])
"""


@pytest.fixture(scope="module")
def files(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    vae = tmp_path_factory.mktemp("weights") / "vae.safetensors"
    golden = shared / "golden"
    command = [str(RUNTIME), "-I", "-c", MAKE, str(golden / "vae_tiny" / "autoencoder_tiny.pth"), str(vae)]
    subprocess.run(command, check=True, capture_output=True)
    return {TRANSFORMER: (golden / "nnet_tiny" / "nnet_tiny.pth").read_bytes(), VAE: vae.read_bytes()}


@pytest.fixture(scope="module")
def hub(files: dict[str, bytes]) -> Iterator[Hub]:
    with serving(Hub(files, relative=True)) as hub:
        yield hub


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("data")


@pytest.fixture(scope="module")
def runtime(files: dict[str, bytes], data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The runtime beside a list of models in which the published one is small."""
    if not RUNTIME.exists():
        pytest.skip("the runtime environment .venv is missing; run make setup")
    copy = tmp_path_factory.mktemp("copy")
    shutil.copytree(ROOT / "model_runtime", copy / "model_runtime", ignore=shutil.ignore_patterns("__pycache__"))
    resources = write_resources(copy / "resources", files, NAME)
    (resources / "models").symlink_to(ROOT / "resources" / "models")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPGEN_PYTHON", str(RUNTIME))
        patch.setenv("OMP_NUM_THREADS", "1")
        patch.setenv("COPGEN_DATA_DIR", str(data))
        patch.setattr(catalogue, "RESOURCES", resources)
        patch.setattr(worker, "Child", functools.partial(Child, server=copy / "model_runtime" / "server.py"))
        yield


@pytest.fixture
def window(desk: Desk) -> ModelsDialog:
    """The window, opened from the panel, with the published model chosen."""
    desk.dock.show()
    desk.dock.targets.manage.click()
    window = desk.plugin.models_dialog
    window.choose(NAME)
    assert window.isVisible() and not window.isModal()
    return window


def rows(window: ModelsDialog) -> dict[str, str]:
    return dict(window.list.item(row).text().split("\n") for row in range(window.list.count()))


def offered(desk: Desk) -> list[str]:
    model = desk.dock.targets.model
    return [model.itemData(number) for number in range(model.count())]


def settle(desk: Desk, name: str = NAME) -> None:
    wait_until(lambda: not desk.presenter.store.is_busy(name), "the end of what goes on")
    spin()


def test_from_the_card_to_the_panels_choice(desk: Desk, window: ModelsDialog, hub: Hub, data: Path) -> None:
    assert rows(window) == {"COP-GEN mini": "embedded", "A model": "not downloaded"}
    assert "Licence: None stated." in window.facts.text() and "COP-GEN-Beta" in window.facts.text()
    assert "A small model" in window.card.toPlainText()
    assert not window.download.isEnabled() and "Read the licence" in window.download.toolTip()
    window.agree.click()
    window.source.setText(hub.address)
    hub.pause = 0.05
    window.download.click()
    wait_until(lambda: " left" in window.said.text(), "speed and remaining time")
    assert "a second" in window.said.text()
    assert window.cancel.isVisible() and not window.download.isEnabled()
    assert 0 < window.progress.value() < window.progress.maximum()
    window.cancel.click()
    hub.pause = 0.0
    assert "are here" in rows(window)["A model"]
    assert window.download.text() == "&Continue the download" and not window.agree.isVisible()
    window.download.click()
    settle(desk)
    assert rows(window)["A model"] == "downloaded and verified", window.said.text()
    wait_until(lambda: NAME in offered(desk), "the panel's choice")
    wait_until(lambda: not (data / "downloads" / NAME).exists(), "that nothing is kept twice")
    assert [path.name for path in (data / "models").iterdir()] == [NAME]


def test_a_damaged_model_is_found_and_can_be_removed(desk: Desk, window: ModelsDialog, data: Path) -> None:
    window.verify.click()
    settle(desk)
    assert "made of the published files" in window.said.text()
    weights = data / "models" / NAME / "transformer" / "diffusion_pytorch_model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    window.verify.click()
    settle(desk)
    assert rows(window)["A model"] == "damaged"
    assert "remove the model and download" in window.said.text()
    window.remove.click()
    box = window.findChild(QMessageBox, "copgenModelRemoveQuestion")
    assert NAME in box.text()
    box.button(QMessageBox.StandardButton.No).click()
    assert weights.exists(), "asked, and answered no"
    window.remove.click()
    boxes = [box for box in window.findChildren(QMessageBox) if box.isVisible()]
    boxes[0].button(QMessageBox.StandardButton.Yes).click()
    wait_until(lambda: NAME not in offered(desk), "the panel's choice")
    wait_until(lambda: not list((data / "models").iterdir()), "the removal")
    assert rows(window)["A model"] == "not downloaded"


def test_files_at_hand_are_imported(
    desk: Desk, window: ModelsDialog, files: dict[str, bytes], data: Path, tmp_path: Path
) -> None:
    paths = {}
    for key in (TRANSFORMER, VAE):
        paths[key] = tmp_path / key.rsplit("/", 1)[1]
        paths[key].write_bytes(files[key])

    def open_import() -> Any:  # noqa: ANN401
        window.add.click()
        return [found for found in window.findChildren(QDialog, "copgenImport") if found.isVisible()][0]

    asking = open_import()
    press = asking.buttons.button(QDialogButtonBox.StandardButton.Ok)
    press.click()
    assert "Give the model a name" in asking.said.text()
    asking.name.setText("my-own")
    asking.transformer.setFilePath(str(paths[VAE]))
    asking.vae.setFilePath(str(paths[TRANSFORMER]))
    press.click()
    settle(desk, "my-own")
    assert window.chosen() == "my-own"
    assert "nnet_ema" in window.said.text() or "diffusion_pytorch" in window.said.text(), (
        "one sentence on what is wrong"
    )
    assert not (data / "models" / "my-own").exists()
    asking = open_import()
    asking.name.setText("my-own")
    asking.transformer.setFilePath(str(paths[TRANSFORMER]))
    asking.vae.setFilePath(str(paths[VAE]))
    asking.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    settle(desk, "my-own")
    assert rows(window)["my-own"] == "installed, not verified"
    wait_until(lambda: "my-own" in offered(desk), "the panel's choice")
    asking = open_import()
    press = asking.buttons.button(QDialogButtonBox.StandardButton.Ok)
    asking.transformer.setFilePath(str(paths[TRANSFORMER]))
    asking.bundle.setFilePath(str(data / "models" / "my-own"))
    assert asking.name.text() == "my-own", "suggested"
    press.click()
    assert "is there already" in asking.said.text()
    asking.name.setText("its-copy")
    press.click()
    assert "either the folder of a model, or" in asking.said.text()
    asking.transformer.setFilePath("")
    press.click()
    settle(desk, "its-copy")
    assert rows(window)["its-copy"] == "installed, not verified", window.said.text()
    assert (data / "models" / "my-own").is_dir(), "copied"
    asking = open_import()
    asking.bundle.setFilePath(str(tmp_path))
    asking.name.setText("no-bundle")
    asking.buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    settle(desk, "no-bundle")
    assert "no model bundle" in window.said.text()
    for name in ("my-own", "its-copy"):
        desk.presenter.store.remove(name)


def test_files_that_are_here_need_no_server(
    desk: Desk, window: ModelsDialog, files: dict[str, bytes], data: Path, hub: Hub
) -> None:
    for key in (TRANSFORMER, VAE):
        path = data / "downloads" / NAME / key.rsplit("/", 1)[0].replace("/", "--") / key.rsplit("/", 1)[1]
        path.parent.mkdir(parents=True)
        path.write_bytes(files[key])
    desk.presenter.store.refresh()
    assert rows(window)["A model"] == "all files are here, not converted yet"
    asked = hub.asked
    window.source.setText(hub.address)
    window.download.click()
    settle(desk)
    assert rows(window)["A model"] == "downloaded and verified", window.said.text()
    assert hub.asked == asked
    desk.presenter.store.remove(NAME)
    wait_until(lambda: NAME not in offered(desk), "the panel's choice")


def test_a_folder_serves_as_a_mirror_does(
    desk: Desk, window: ModelsDialog, files: dict[str, bytes], tmp_path: Path
) -> None:
    window.agree.setChecked(True)
    window.source.setText(str(tmp_path))
    window.download.click()
    assert "holds no nnet_ema_114000.pth" in window.said.text()
    for key in (TRANSFORMER, VAE):
        (tmp_path / key.rsplit("/", 1)[1]).write_bytes(files[key])
    window.download.click()
    settle(desk)
    assert rows(window)["A model"] == "downloaded and verified", window.said.text()
    assert (tmp_path / "nnet_ema_114000.pth").exists(), "the user's own files stay"


def test_the_window_is_named_for_everybody(window: ModelsDialog) -> None:
    for button in window.findChildren(QPushButton):
        assert button.objectName() or button.parent() is not window
    assert window.list.accessibleName() and window.card.accessibleName() and window.progress.accessibleName()
