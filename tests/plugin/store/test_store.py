"""The store with the real runtime: models are fetched, checked, converted once, and appear where they are chosen."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from copgen.copgen_plugin.locking import FolderLock
from copgen.copgen_plugin.runtime.service import RuntimeService, get_service, shutdown_service
from copgen.copgen_plugin.store import catalogue, places
from copgen.copgen_plugin.store.store import ModelStore
from store_helpers import NAME, ROOT, RUNTIME, TRANSFORMER, VAE, Hub, wait_until


@pytest.fixture
def service(data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[RuntimeService]:
    """A service that has no runtime: no test of downloading needs one."""
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    shutdown_service()
    yield get_service()
    shutdown_service()


@pytest.fixture
def store(hub: Hub, service: RuntimeService) -> Iterator[ModelStore]:
    store = ModelStore(service)
    yield store
    store.shut_down()


def wait_for_end(store: ModelStore) -> None:
    wait_until(lambda: not store.is_busy(NAME), "the end of what goes on")


def test_all_files_arrive_and_wait_for_the_runtime(store: ModelStore, hub: Hub, data: Path) -> None:
    assert store.state(NAME).kind == "absent"
    store.start_download(NAME, hub.address)
    download = store.download(NAME)
    assert download is not None and download.total == 4_234_567
    wait_for_end(store)
    assert store.state(NAME).kind == "fetched"
    assert "set up the models' environment" in store.said[NAME]
    names = sorted(path.relative_to(data).as_posix() for path in data.rglob("*") if path.is_file())
    assert names == [
        f"downloads/{NAME}/.lock",
        f"downloads/{NAME}/mespinosami--COP-GEN-Beta/nnet_ema_114000.pth",
        f"downloads/{NAME}/stabilityai--sd-vae-ft-mse/diffusion_pytorch_model.safetensors",
    ]


def test_nothing_is_put_into_the_plugins_own_folder(
    store: ModelStore, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """QGIS deletes it on every upgrade."""
    (tmp_path / "link").symlink_to(ROOT)
    for inside in (ROOT / "inside", tmp_path / "link" / "inside"):
        monkeypatch.setenv("COPGEN_DATA_DIR", str(inside))
        store.start_download(NAME, hub.address)
        wait_for_end(store)
        assert "deletes on every upgrade" in store.said[NAME]
        assert "deletes on every upgrade" in store.import_files("mine", {"bundle": str(tmp_path)})
    assert not (ROOT / "inside").exists()


def test_cancelled_it_keeps_what_arrived_and_goes_on_later(store: ModelStore, hub: Hub) -> None:
    hub.pause = 0.02
    store.start_download(NAME, hub.address)
    wait_until(lambda: (store.download(NAME) or store).done > 500_000, "some bytes")
    speed = store.download(NAME).speed
    wait_until(lambda: store.download(NAME).seconds_left, "an expectation")
    assert speed >= 0
    store.cancel(NAME)
    state = store.state(NAME)
    assert state.kind == "partly" and 0 < state.there < 3_000_000
    assert store.said.get(NAME) is None, "who cancels knows it"
    hub.pause = 0.0
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert store.state(NAME).kind == "fetched"
    assert hub.starts[1] >= state.there


def test_the_end_of_qgis_keeps_what_arrived(hub: Hub, service: RuntimeService) -> None:
    hub.pause = 0.02
    store = ModelStore(service)
    store.start_download(NAME, hub.address)
    wait_until(lambda: (store.download(NAME) or store).done > 500_000, "some bytes")
    store.shut_down()
    assert not store.is_busy(NAME)
    state = store.state(NAME)
    assert state.kind == "partly" and state.there > 500_000


def test_wrong_bytes_are_thrown_away_and_told(store: ModelStore, hub: Hub) -> None:
    right = hub.files
    hub.files = {TRANSFORMER: right[TRANSFORMER], VAE: bytes(len(right[VAE]))}
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert "diffusion_pytorch_model.safetensors is not the published file" in store.said[NAME]
    assert store.state(NAME).there == len(right[TRANSFORMER]), "what is right is kept"
    hub.files = right
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert store.state(NAME).kind == "fetched"
    assert hub.starts == [0, 0, 0]


def test_a_file_that_was_spoilt_since_is_fetched_again(store: ModelStore, hub: Hub, data: Path) -> None:
    path = data / "downloads" / NAME / "mespinosami--COP-GEN-Beta" / "nnet_ema_114000.pth"
    path.parent.mkdir(parents=True)
    path.write_bytes(bytes(3_000_000))
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert store.state(NAME).kind == "fetched"
    assert path.read_bytes() == hub.files[TRANSFORMER][:]


def test_a_part_of_something_else_is_fetched_anew_at_once(store: ModelStore, hub: Hub, data: Path) -> None:
    part = data / "downloads" / NAME / "mespinosami--COP-GEN-Beta" / "nnet_ema_114000.pth.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(b"garbage" * 100_000)
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert store.state(NAME).kind == "fetched", store.said.get(NAME)
    assert hub.starts == [700_000, 0, 0]


def test_a_file_that_cannot_be_read_is_told_and_kept(store: ModelStore, hub: Hub, data: Path) -> None:
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    path = data / "downloads" / NAME / "mespinosami--COP-GEN-Beta" / "nnet_ema_114000.pth"
    # Reading it is an error of the system's, as of a disk that fails.
    path.unlink()
    path.symlink_to("/proc/self/mem")
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert "nnet_ema_114000.pth cannot be read" in store.said[NAME]
    assert path.is_symlink()


def test_what_is_in_the_models_place_is_told_before_anything_is_fetched(
    store: ModelStore, hub: Hub, data: Path
) -> None:
    (data / "models" / NAME).mkdir(parents=True)
    store.start_download(NAME, hub.address)
    assert f"{data / 'models' / NAME} is there already" in store.said[NAME] and hub.asked == 0


def test_two_programs_do_not_fetch_at_once(store: ModelStore, hub: Hub, data: Path) -> None:
    folder = data / "downloads" / NAME
    folder.mkdir(parents=True)
    lock = FolderLock(folder / ".lock")
    assert lock.take()
    store.start_download(NAME, hub.address)
    assert "is fetching this model" in store.said[NAME] and hub.asked == 0
    (folder / "kept.part").write_bytes(b"kept")
    store.remove(NAME)
    assert "is fetching this model" in store.said[NAME]
    lock.give_back()
    # The command line takes the same lock, and a process that dies lets go of it.
    code = (
        "import sys, time; from filelock import FileLock; lock = FileLock(sys.argv[1]); lock.acquire(); "
        "print('taken', flush=True); time.sleep(60)"
    )
    with subprocess.Popen(
        [str(RUNTIME), "-c", code, str(folder / ".lock")], stdout=subprocess.PIPE, text=True
    ) as other:
        assert other.stdout is not None and other.stdout.readline() == "taken\n"
        store.start_download(NAME, hub.address)
        assert "is fetching this model" in store.said[NAME]
        other.kill()
    assert (folder / "kept.part").exists()
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    assert store.state(NAME).kind == "fetched"


def test_a_full_disk_is_told_before(store: ModelStore, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(places, "SPARE", 10**18)
    store.start_download(NAME, hub.address)
    assert "GB are free and" in store.said[NAME]
    assert hub.asked == 0


@pytest.mark.parametrize(
    ("source", "said"), [("/nowhere/at all", "no such folder"), ("ftp://somewhere", "begins with https://")]
)
def test_a_source_that_is_none_is_told(source: str, said: str, store: ModelStore) -> None:
    store.start_download(NAME, source)
    assert said in store.said[NAME]


def test_what_was_fetched_can_be_removed(store: ModelStore, hub: Hub, data: Path) -> None:
    store.start_download(NAME, hub.address)
    wait_for_end(store)
    store.remove(NAME)
    wait_until(lambda: store.state(NAME).kind == "absent", "the removal")
    store.remove("copgen-mini")
    assert store.state("copgen-mini").kind == "embedded"


def test_a_list_of_models_that_was_spoilt_is_named(store: ModelStore, data: Path) -> None:
    shutil.copytree(ROOT / "resources" / "models" / "copgen-mini", data / "models" / "my own")
    for text in ("", '{"copgen-beta": {}}', "[]"):
        (catalogue.RESOURCES / "models.json").write_text(text)
        store.refresh()
        assert [model.name for model in store.models] == ["models.json", "my own"]
        assert "models.json cannot be read as a list of models" in store.models[0].card


def test_cards_are_shown_without_settings_for_the_hub(store: ModelStore) -> None:
    (card,) = [model.card for model in catalogue.known_models(ROOT / "resources") if model.embedded]
    assert card.startswith("# copgen-mini")


def test_a_folder_that_cannot_be_looked_at_breaks_nothing(
    hub: Hub, service: RuntimeService, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a drive that is not there; here its name is too long for the system."""
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / ("n" * 300)))
    assert service.status().state == "missing"
    store = ModelStore(service)
    assert [model.name for model in store.models] == ["copgen-mini", NAME]
    assert [store.state(model.name).kind for model in store.models] == ["embedded", "absent"]
    store.start_download(NAME, hub.address)
    assert "cannot be written" in store.said[NAME] and hub.asked == 0
    monkeypatch.setenv("COPGEN_PYTHON", str(tmp_path / ("n" * 300)))
    assert "is no program" in service.status().sentence


def test_a_place_for_models_that_is_none_is_told_before(store: ModelStore, hub: Hub, data: Path) -> None:
    data.mkdir()
    (data / "models").write_text("a file")
    store.start_download(NAME, hub.address)
    assert f"{data / 'models'} cannot be written" in store.said[NAME] and hub.asked == 0


def test_states_on_disk(store: ModelStore, data: Path) -> None:
    tiny = ROOT / "resources" / "models" / "copgen-mini"
    mine = shutil.copytree(tiny, data / "models" / "my own")
    shutil.copytree(tiny, data / "models" / ".copgen-1-abc")
    store.refresh()
    assert [model.name for model in store.models] == ["copgen-mini", NAME, "my own"]
    assert store.state("my own").kind == "unverified"
    facts = {
        path.relative_to(mine).as_posix(): [path.stat().st_size, path.stat().st_mtime_ns]
        for path in mine.rglob("*.safetensors")
    }
    record = {"sha256": "", "sources": {}, "files": facts, "problem": ""}
    (mine / "PROVENANCE").write_text(json.dumps(record))
    assert store.state("my own").kind == "unverified"
    for spoilt in ("", "[]", '{"files": {"a": 5}}', '{"files": []}'):
        (mine / "PROVENANCE").write_text(spoilt)
        assert store.state("my own").kind == "unverified"
    (mine / "PROVENANCE").write_text(json.dumps(record))
    next(mine.rglob("*.safetensors")).write_bytes(b"short")
    assert store.state("my own").kind == "damaged"
