"""Published models are fetched whole or not at all, from servers that behave and from servers that do not."""

from __future__ import annotations

import hashlib
import json
import os
import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from model_runtime import downloads, store
from model_runtime.contract import InputError, ModelError, ResourceError, UsageError
from model_runtime.downloads import download_model
from model_runtime.model.bundle import verify_bundle
from model_runtime.verification import verify_model

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests"))

from hub_server import Hub, serving  # noqa: E402 - test helpers are no package

NAME = "published"
TRANSFORMER, VAE = "somebody/Model/nnet_tiny.pth", "company/vae/autoencoder_tiny.pth"


@pytest.fixture(scope="module")
def content(shared: Path) -> dict[str, bytes]:
    """Small weights in the published layouts."""
    golden = shared / "golden"
    files = {TRANSFORMER: golden / "nnet_tiny/nnet_tiny.pth", VAE: golden / "vae_tiny/autoencoder_tiny.pth"}
    return {key: path.read_bytes() for key, path in files.items()}


@pytest.fixture
def data(content: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The user's folder; the model that these files make is known as a published one."""
    files = [
        {
            "role": role,
            "repository": key.rsplit("/", 1)[0],
            "file": key.rsplit("/", 1)[1],
            "revision": revision,
            "size": len(content[key]),
            "sha256": hashlib.sha256(content[key]).hexdigest(),
        }
        for role, key, revision in (("transformer", TRANSFORMER, None), ("vae", VAE, "ab" * 20))
    ]
    resources = tmp_path / "resources"
    resources.mkdir()
    (resources / "models.json").write_text(json.dumps({NAME: {"embedded": False, "licence": "x", "files": files}}))
    monkeypatch.setattr(store, "RESOURCES", resources)
    monkeypatch.setenv(store.DATA_DIR_VARIABLE, str(tmp_path / "data"))
    monkeypatch.delenv("HF_HUB_OFFLINE", raising=False)
    return tmp_path / "data"


@pytest.fixture
def hub(content: dict[str, bytes]) -> Iterator[Hub]:
    with serving(Hub(dict(content))) as hub:
        yield hub


def left(data: Path) -> list[str]:
    """Names of all files but locks below the user's folder."""
    return sorted(path.name for path in data.rglob("*") if path.is_file() and path.name != ".lock")


def test_a_model_is_fetched_checked_and_converted(hub: Hub, data: Path) -> None:
    path = download_model(NAME, hub.address)
    assert path == data / "models" / NAME
    verify_bundle(path)
    assert store.find_model(NAME).path == path
    assert not (data / "downloads" / NAME).exists(), "nothing is kept twice"
    with pytest.raises(ModelError, match="already"):
        download_model(NAME, hub.address)


def test_a_connection_that_breaks_is_taken_up_where_it_broke(hub: Hub, data: Path, content: dict[str, bytes]) -> None:
    hub.cut = [len(content[TRANSFORMER]), 12_000_000, 2_000_000]
    verify_bundle(download_model(NAME, hub.address))
    assert hub.starts[:2] == [0, 0] and len(hub.starts) == 4
    assert hub.starts[2:] == sorted(hub.starts[2:]) and hub.starts[-1] >= 13_000_000


def test_after_a_kill_it_goes_on(hub: Hub, data: Path, content: dict[str, bytes]) -> None:
    hub.pause = 0.02
    bootstrap = (
        "import sys; from pathlib import Path; from model_runtime import store; "
        "from model_runtime.cli.main import main; store.RESOURCES = Path(sys.argv[1]); "
        "sys.exit(main(['models', 'download', sys.argv[2], '--from', sys.argv[3]]))"
    )
    command = [sys.executable, "-c", bootstrap, str(store.RESOURCES), NAME, hub.address]
    for _ in range(2):
        before = sum(path.stat().st_size for path in data.rglob("*.part"))
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as child:
            waited = time.monotonic() + 120
            while sum(path.stat().st_size for path in data.rglob("*.part")) < before + 2_000_000:
                assert child.poll() is None and time.monotonic() < waited
                time.sleep(0.02)
            child.kill()
        assert not (data / "models" / NAME).exists()
    hub.pause = 0.0
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "going on after" in done.stderr and "licence: x" in done.stderr
    assert done.stdout.strip() == str(data / "models" / NAME)
    verify_bundle(data / "models" / NAME)
    assert max(hub.starts) > 2_000_000
    assert hub.starts.count(0) == 2, "each file was begun once"


def test_a_server_that_gives_no_parts_starts_over(hub: Hub, data: Path, content: dict[str, bytes]) -> None:
    part = data / "downloads" / NAME / "company--vae" / "autoencoder_tiny.pth.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(content[VAE][:1_000_000])
    hub.ranges = False
    verify_bundle(download_model(NAME, hub.address))


def test_wrong_bytes_are_thrown_away(hub: Hub, data: Path, content: dict[str, bytes]) -> None:
    hub.files[VAE] = bytes(1000) + content[VAE][1000:]
    with pytest.raises(ModelError, match=r"autoencoder_tiny.pth of company/vae.*not the published file"):
        download_model(NAME, hub.address)
    assert left(data) == ["nnet_tiny.pth"], "what is right is kept"
    hub.files[VAE] = content[VAE]
    hub.starts.clear()
    verify_bundle(download_model(NAME, hub.address))
    assert hub.starts == [0]


@pytest.mark.parametrize("filling", [b"x" * 1_000_000, b"x" * 20_000_000])
def test_a_part_of_something_else_is_fetched_anew(filling: bytes, hub: Hub, data: Path) -> None:
    part = data / "downloads" / NAME / "company--vae" / "autoencoder_tiny.pth.part"
    part.parent.mkdir(parents=True)
    part.write_bytes(filling)
    told: list[str] = []
    verify_bundle(download_model(NAME, hub.address, told.append))
    assert any("what lay here was of something else" in line for line in told) == (len(filling) == 1_000_000)
    assert hub.starts[-1] == 0


def test_small_cuts_and_addresses_that_expire_need_no_second_call(
    hub: Hub, data: Path, content: dict[str, bytes]
) -> None:
    """No piece is as large as what the hub's client hands on at once."""
    hub.expiring, hub.cut = True, [len(content[TRANSFORMER]), 4_000_000, 3_000_000, 5_000_000]
    verify_bundle(download_model(NAME, hub.address))
    assert hub.starts[1] == 0 and hub.starts[2:] == sorted(set(hub.starts[2:])) and hub.starts[-1] >= 11_000_000
    assert hub.asked >= 5, "the original address each time"


def test_a_server_that_always_cuts_at_the_same_place_is_given_up(
    hub: Hub, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hub.ranges, hub.expiring, hub.cut = False, True, [1_000_000] * 50
    with pytest.raises(ModelError, match="cannot be fetched"):
        download_model(NAME, hub.address)
    assert len(hub.cut) > 40


def test_what_is_all_here_needs_no_server(data: Path, content: dict[str, bytes]) -> None:
    """As after a kill while the last file was checked."""
    for key, name in ((TRANSFORMER, "nnet_tiny.pth"), (VAE, "autoencoder_tiny.pth.part")):
        path = data / "downloads" / NAME / key.rsplit("/", 1)[0].replace("/", "--") / name
        path.parent.mkdir(parents=True)
        path.write_bytes(content[key])
    verify_bundle(download_model(NAME, "http://127.0.0.1:9"))


def test_a_web_page_is_not_kept_for_the_file(hub: Hub, data: Path) -> None:
    hub.page = b"<!DOCTYPE html><p>Welcome to the hotel"
    with pytest.raises(ModelError, match=r"nnet_tiny.pth of somebody/Model: the server sends a web page"):
        download_model(NAME, hub.address)
    assert left(data) == []
    hub.page = b""
    verify_bundle(download_model(NAME, hub.address))


def test_a_disk_that_takes_no_more_is_told_and_it_goes_on_later(hub: Hub, data: Path) -> None:
    """Files that may not grow stand for a full disk."""
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000_000, limits[1]))
    try:
        with pytest.raises(ResourceError, match="somebody--Model: takes no more .*what arrived is kept"):
            download_model(NAME, hub.address)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert store.fetched_bytes(NAME) == 1_000_000
    verify_bundle(download_model(NAME, hub.address))
    assert hub.starts == [0, 1_000_000, 0]


def test_a_place_for_models_that_is_none_is_told_before(hub: Hub, data: Path) -> None:
    data.mkdir()
    (data / "models").write_text("a file")
    with pytest.raises(InputError, match="models: cannot be made"):
        download_model(NAME, hub.address)
    assert hub.asked == 0


@pytest.mark.parametrize("source", ["ftp://somewhere", "file:///tmp", "http://", "https:///x"])
def test_an_address_that_is_none_is_told(source: str, data: Path) -> None:
    with pytest.raises(InputError, match="begins with https://"):
        download_model(NAME, source)


def test_what_is_in_the_models_place_is_told_before_anything_is_fetched(hub: Hub, data: Path) -> None:
    (data / "models" / NAME).mkdir(parents=True)
    with pytest.raises(ModelError, match="is there already and holds no model"):
        download_model(NAME, hub.address)
    assert hub.asked == 0


def test_a_proxy_that_leads_nowhere_is_named(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    with pytest.raises(ModelError, match="HTTP_PROXY may be wrong"):
        download_model(NAME, "http://hub.invalid")


def test_a_model_that_cannot_be_written_to_is_verified(hub: Hub, data: Path) -> None:
    path = download_model(NAME, hub.address)
    record = path / "PROVENANCE"
    facts = record.stat()
    assert "made of the published files" in verify_model(store.find_model(NAME))
    assert record.stat().st_mtime_ns == facts.st_mtime_ns, "nothing to write down"


def test_a_wrong_size_is_refused_before_anything_is_fetched(hub: Hub, data: Path) -> None:
    hub.claimed = 17
    with pytest.raises(ModelError, match="17 bytes are offered"):
        download_model(NAME, hub.address)
    assert hub.starts == [] and left(data) == []


def test_a_file_that_is_not_there_is_named(hub: Hub, data: Path) -> None:
    del hub.files[VAE]
    with pytest.raises(ModelError, match=r"autoencoder_tiny.pth of company/vae: cannot be fetched"):
        download_model(NAME, hub.address)
    assert not (data / "models").exists() or not list((data / "models").iterdir())


def test_no_server_is_one_sentence(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ModelError, match="cannot be fetched.*--from"):
        download_model(NAME, "http://127.0.0.1:9")
    assert not list(data.rglob("*/downloads/*")) and not list(data.rglob(".lock")), "nothing came, nothing is left"


def test_a_folder_serves_as_well(data: Path, content: dict[str, bytes], tmp_path: Path) -> None:
    folder = tmp_path / "carried here"
    folder.mkdir()
    (folder / "nnet_tiny.pth").write_bytes(content[TRANSFORMER])
    with pytest.raises(InputError, match=r"holds no autoencoder_tiny.pth"):
        download_model(NAME, str(folder))
    (folder / "vae").mkdir()
    (folder / "vae" / "autoencoder_tiny.pth").write_bytes(content[VAE][:-1])
    with pytest.raises(ModelError, match="is not the published autoencoder_tiny.pth"):
        download_model(NAME, str(folder))
    (folder / "vae" / "autoencoder_tiny.pth").write_bytes(content[VAE])
    verify_bundle(download_model(NAME, str(folder)))
    assert (folder / "nnet_tiny.pth").is_file(), "the user's own files stay"


def test_two_at_once_do_not_spoil_each_other(hub: Hub, data: Path) -> None:
    folder = data / "downloads" / NAME
    folder.mkdir(parents=True)
    with downloads.FileLock(folder / ".lock"), pytest.raises(ModelError, match="another process"):
        download_model(NAME, hub.address)
    verify_bundle(download_model(NAME, hub.address))


def test_what_was_fetched_of_a_model_can_be_removed(hub: Hub, data: Path, content: dict[str, bytes]) -> None:
    del hub.files[VAE]
    with pytest.raises(ModelError, match="cannot be fetched"):
        download_model(NAME, hub.address)
    assert store.fetched_bytes(NAME) == len(content[TRANSFORMER])
    folder = data / "downloads" / NAME
    with downloads.FileLock(folder / ".lock"), pytest.raises(ModelError, match="another process"):
        downloads.remove_download(NAME)
    assert store.fetched_bytes(NAME) == len(content[TRANSFORMER])
    assert downloads.remove_download(NAME) == folder
    assert not folder.exists()
    for name in (NAME, "other"):
        with pytest.raises(ModelError, match=name):
            downloads.remove_download(name)


def test_many_at_once_import_and_remove_one_model(data: Path, content: dict[str, bytes], tmp_path: Path) -> None:
    """Each gets what it wanted, or is told in a sentence; never is anything half made or left."""
    for key in (TRANSFORMER, VAE):
        (tmp_path / key.rsplit("/", 1)[1]).write_bytes(content[key])
    words = ["--transformer", str(tmp_path / "nnet_tiny.pth"), "--vae", str(tmp_path / "autoencoder_tiny.pth")]
    target = data / "models" / "mine"
    command = [sys.executable, "-m", "model_runtime", "models"]

    def at_once(*arguments: str) -> list[tuple[int, str]]:
        begun = [
            subprocess.Popen([*command, *arguments], cwd=ROOT, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL)
            for _ in range(3)
        ]
        ended = [process.communicate()[1].decode() for process in begun]
        return [(process.returncode, said) for process, said in zip(begun, ended, strict=True)]

    made = at_once("import", *words, "--output", str(target))
    assert sorted(status for status, _ in made) == [0, 4, 4]
    assert all("exists already" in said for status, said in made if status)
    verify_bundle(target)
    removed = at_once("remove", "mine")
    assert {status for status, _ in removed} <= {0, 4} and 0 in [status for status, _ in removed]
    assert all("no such model" in said for status, said in removed if status)
    assert not list((data / "models").iterdir())


def test_a_full_disk_is_told_before(hub: Hub, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(store, "SPARE", 10**18)
    with pytest.raises(ResourceError, match="GB are free"):
        download_model(NAME, hub.address)
    assert hub.starts == []


def test_auto_takes_only_what_was_made_of_the_published_files(
    hub: Hub, data: Path, content: dict[str, bytes], tiny_bundle: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(store, "AUTO_ORDER", (NAME, "copgen-mini"))
    mine = data / "models" / NAME
    shutil.copytree(tiny_bundle, mine)
    assert store.find_model("auto").embedded, "a bundle of this name, but of unknown origin"
    assert store.find_model(NAME).path == mine, "who names it gets it"
    (told,) = store.passed_over("auto")
    assert f"{NAME} is here but not verified (unrecorded)" in told and store.passed_over(NAME) == []
    store.remove_model(NAME)
    download_model(NAME, hub.address)
    assert store.find_model("auto").path == mine
    assert store.state_of(store.find_model(NAME)) == "verified" and store.passed_over("auto") == []
    weights = mine / "transformer" / "diffusion_pytorch_model.safetensors"
    changed = bytearray(weights.read_bytes())
    changed[-1] ^= 1
    weights.write_bytes(changed)
    assert store.find_model("auto").embedded, "changed since it was checked"
    with pytest.raises(ModelError, match="SHA-256 is another one"):
        verify_model(store.find_model(NAME))
    assert store.state_of(store.find_model(NAME)) == "damaged"
    changed[-1] ^= 1
    weights.write_bytes(changed)
    assert "made of the published files" in verify_model(store.find_model(NAME))
    assert store.find_model("auto").path == mine


def test_files_at_hand_are_recognised_as_the_published_ones(
    data: Path, content: dict[str, bytes], tmp_path: Path
) -> None:
    paths = {}
    for role, key in (("transformer", TRANSFORMER), ("vae", VAE)):
        paths[role] = tmp_path / key.rsplit("/", 1)[1]
        paths[role].write_bytes(content[key])
    assert set(downloads.published_sources(paths["transformer"], paths["vae"])) == {"transformer", "vae"}
    steps: list[tuple[int, int]] = []
    with pytest.raises(ModelError, match="is not the published"):
        downloads.install_files(NAME, {"transformer": paths["vae"], "vae": paths["transformer"]})
    downloads.install_files(NAME, paths, lambda done, total: steps.append((done, total)))
    assert steps == [(0, 3), (1, 3), (2, 3), (3, 3)]
    assert store.state_of(store.find_model(NAME)) == "verified"
    paths["vae"].write_bytes(content[VAE][:-1])
    assert downloads.published_sources(paths["transformer"], paths["vae"]) == {}


@pytest.mark.parametrize("way", ["download", "import", "serve"])
def test_what_killed_processes_left_is_no_model_and_goes(way: str, hub: Hub, data: Path, tiny_bundle: Path) -> None:
    gone = subprocess.run([sys.executable, "-c", "import os; print(os.getpid())"], capture_output=True, check=True)
    left_behind = data / "models" / f".copgen-{int(gone.stdout)}-abc"
    others, mine = data / "models" / f".copgen-{os.getpid()}-abc", data / "models" / ".copgen-beta-old"
    for folder in (left_behind, others, mine):
        shutil.copytree(tiny_bundle, folder)
    assert all(model.embedded for model in store.list_models())
    if way == "download":
        download_model(NAME, hub.address)
    elif way == "import":
        words = ["models", "import", "--bundle", str(tiny_bundle), "--output", str(data / "models" / "mine")]
        subprocess.run([sys.executable, "-m", "model_runtime", *words], cwd=ROOT, check=True)
    else:
        asked = json.dumps({"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": {}}) + "\n"
        server = [sys.executable, "-I", str(ROOT / "model_runtime" / "server.py")]
        with subprocess.Popen(server, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as serving_process:
            assert serving_process.stdin is not None and serving_process.stdout is not None
            serving_process.stdin.write(asked)
            serving_process.stdin.flush()
            assert "result" in json.loads(serving_process.stdout.readline())
            serving_process.stdin.close()
    assert not left_behind.exists() and others.exists()
    assert mine.exists(), "a user's own name"


def test_only_published_models_are_fetched(data: Path) -> None:
    with pytest.raises(UsageError, match="published are published"):
        download_model("other")


def test_the_known_files_are_those_of_the_specification() -> None:
    transformer, vae = downloads.published_files("copgen-beta")
    assert (transformer.size, transformer.sha256[:8], transformer.revision) == (1_146_699_617, "0197d051", "")
    assert (vae.size, vae.sha256[:8], len(vae.revision), len(vae.sha256)) == (334_643_276, "a1d99348", 40, 64)
