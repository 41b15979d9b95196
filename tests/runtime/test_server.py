"""The protocol, spoken with a real process."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from base64 import b64decode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import rasterio
from rasterio.io import MemoryFile

from model_runtime.contract import Job
from model_runtime.generate import generate
from model_runtime.serving.models import ModelKeeper
from model_runtime.store import StoredModel, find_model

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = [sys.executable, "-I", "-u", str(ROOT / "model_runtime" / "server.py")]
SCENE = ROOT / "resources" / "scene"
LONG = 60.0
SMALL = [686310.0, 5011710.0, 688310.0, 5013710.0]
"""A part of the bundled scene, less than a chip."""


class Client:
    """Starts a process and talks to it, a line at a time."""

    def __init__(self, command: list[str], folder: Path) -> None:
        self.log = tempfile.TemporaryFile()  # noqa: SIM115
        self.process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=self.log, cwd=folder
        )
        self.progress: list[dict[str, Any]] = []

    def write(self, line: str) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")
        self.process.stdin.flush()

    def call(self, method: str, params: object = None, number: object = 1) -> None:
        self.write(json.dumps({"jsonrpc": "2.0", "id": number, "method": method, "params": params or {}}))

    def hear(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"the process ended: {self.last_words()}"
        message: dict[str, Any] = json.loads(line)
        assert message["jsonrpc"] == "2.0"
        if message.get("method") == "progress":
            self.progress.append(message["params"])
        return message

    def answer(self, *numbers: object) -> dict[str, Any]:
        """Wait for the answer to one of some calls."""
        while (message := self.hear()).get("id", message) not in (numbers or (1,)):
            pass
        return message

    def ask(self, method: str, params: object = None, number: object = 1) -> dict[str, Any]:
        self.progress.clear()
        self.call(method, params, number)
        return self.answer(number)

    def wait_for_stage(self, stage: str) -> None:
        while self.hear().get("params", {}).get("stage") != stage:
            pass

    def last_words(self) -> str:
        self.log.seek(0)
        return self.log.read().decode()

    def close(self) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.close()
        status = self.process.wait(LONG)
        self.process.stdout.close()
        self.log.close()
        return status


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Client]:
    client = Client(SCRIPT, tmp_path_factory.mktemp("server"))
    client.call("initialize", number="first")
    client.answer("first")
    yield client
    if client.process.poll() is None:
        client.close()


@pytest.fixture
def another(tmp_path: Path) -> Iterator[Client]:
    """A process of its own, for tests that end it."""
    client = Client(SCRIPT, tmp_path)
    yield client
    if client.process.poll() is None:
        client.process.kill()
    client.process.wait(LONG)
    for stream in (client.process.stdin, client.process.stdout):
        assert stream is not None
        stream.close()


@pytest.fixture
def job(tiny_bundle: Path, tmp_path: Path) -> dict[str, Any]:
    return {
        "conditions": [{"modality": "s2_l2a", "path": str(SCENE / "s2_l2a.tif")}],
        "generate": ["dem"],
        "model": str(tiny_bundle),
        "output": str(tmp_path / "out"),
        "steps": 2,
        "bounds": SMALL,
    }


def endless(job: dict[str, Any]) -> dict[str, Any]:
    return {**job, "steps": 1000, "samples": 50}


def left_in(folder: Path) -> list[Path]:
    return list(folder.iterdir()) if folder.exists() else []


def test_initialize_tells_version_devices_and_models(client: Client) -> None:
    result = client.ask("initialize")["result"]
    assert result["protocol"] == 1
    assert result["version"]
    cpu = {device["name"]: device for device in result["devices"]}["cpu"]
    assert cpu["works"]
    assert cpu["memory_bytes"] > 0
    assert {model["name"]: model["steps"] for model in result["models"]}["copgen-mini"] > 0


def test_a_job_writes_its_files_and_tells_how_far_it_is(client: Client, job: dict[str, Any]) -> None:
    result = client.ask("generate", {**job, "generate": ["dem", "s1_rtc"]})["result"]
    assert [output["modality"] for output in result["outputs"]] == ["dem", "s1_rtc"]
    for output in result["outputs"]:
        with rasterio.open(output["path"]) as made:
            assert made.tags()["COPGEN_SYNTHETIC"] == "YES"
    assert result["recognised"]["s2_l2a"]["file"] == "s2_l2a.tif"
    stages = list(dict.fromkeys(entry["stage"] for entry in client.progress))
    assert stages == ["load", "read", "encode", "denoise", "decode", "write"]
    assert all(entry["id"] == 1 and entry["done"] <= entry["total"] for entry in client.progress)
    assert all(entry["preview"] is None for entry in client.progress), "nobody asked for pictures"
    left = [entry["seconds_left"] for entry in client.progress if entry["stage"] in ("denoise", "decode", "write")]
    assert all(isinstance(seconds, float) and seconds >= 0 for seconds in left)
    assert left[-1] == 0


def test_previews_are_pictures_of_what_comes_and_change_no_result(
    client: Client, job: dict[str, Any], tmp_path: Path
) -> None:
    job = {**job, "steps": 10}
    result = client.ask("generate", {**job, "preview": True})["result"]
    previews = [entry for entry in client.progress if entry["preview"]]
    assert len(previews) == 8
    assert {entry["preview_modality"] for entry in previews} == {"dem"}
    pictures = []
    for entry in previews:
        with MemoryFile(b64decode(entry["preview"])) as file, file.open() as picture:
            assert picture.driver == "PNG"
            pictures.append(picture.read())
    with rasterio.open(result["outputs"][0]["path"]) as made:
        final = made.read(1)
        assert pictures[-1].shape == (3, made.height, made.width) == (3, 200, 200)
    assert not np.array_equal(pictures[0], pictures[-1])
    assert np.corrcoef(pictures[-1][0].ravel(), final.ravel())[0, 1] > 0.9
    told = generate(Job.from_dict({**job, "output": str(tmp_path / "direct")}))
    assert Path(told.outputs[0].path).read_bytes() == Path(result["outputs"][0]["path"]).read_bytes()


def test_a_preview_of_a_large_area_shows_its_middle(client: Client, job: dict[str, Any]) -> None:
    client.ask("generate", {**job, "bounds": None, "steps": 1, "preview": True})
    (preview,) = [entry["preview"] for entry in client.progress if entry["preview"]]
    with MemoryFile(b64decode(preview)) as file, file.open() as picture:
        assert (picture.height, picture.width) == (256, 256)
        assert picture.read(1).std() > 0


def test_the_model_stays_loaded_between_jobs(another: Client, job: dict[str, Any], tiny_copy: Path) -> None:
    job = {**job, "model": str(tiny_copy), "overwrite": True}
    first = Path(another.ask("generate", job)["result"]["outputs"][0]["path"]).read_bytes()
    assert Path(another.ask("generate", job)["result"]["outputs"][0]["path"]).read_bytes() == first
    keeper, model = ModelKeeper(), find_model(str(tiny_copy))
    loaded = keeper.load(Job.from_dict(job), model)
    assert keeper.load(Job.from_dict(job), model) is loaded
    weights = tiny_copy / "transformer" / "diffusion_pytorch_model.safetensors"
    facts = weights.stat()
    # Another file under the name, as large and as old.
    spoilt = tiny_copy / "spoilt"
    spoilt.write_bytes(b"\0" * facts.st_size)
    os.utime(spoilt, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    spoilt.replace(weights)
    assert another.ask("generate", job)["error"]["code"] == -32004, "a file that changed is read anew"


@pytest.fixture
def tiny_copy(tiny_bundle: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(tiny_bundle, tmp_path / "tiny_copy"))


def test_keeper_holds_one_model_for_as_long_as_it_is_the_same(tiny_bundle: Path, tiny_copy: Path) -> None:
    from model_runtime.serving.models import ModelKeeper

    keeper = ModelKeeper()
    job = Job()
    tiny = StoredModel("tiny", tiny_bundle, False)
    loaded = keeper.load(job, tiny)
    assert keeper.load(job, tiny) is loaded
    assert keeper.load(Job(precision="bf16"), tiny).backend.precision == "bf16"
    other = keeper.load(job, StoredModel("copy", tiny_copy, False))
    assert other is not loaded
    assert other.sha256 == loaded.sha256


def test_cancel_ends_a_running_job_and_leaves_nothing(client: Client, job: dict[str, Any], tmp_path: Path) -> None:
    client.call("generate", endless(job), "long")
    client.wait_for_stage("denoise")
    client.call("cancel", {"id": "long"}, "stop")
    answers = [client.answer("long", "stop") for _ in range(2)]
    ended, stopped = sorted(answers, key=lambda message: str(message["id"]))
    assert stopped["result"] == {"cancelled": True}
    assert ended["error"]["code"] == -32130
    assert "cancelled" in ended["error"]["message"]
    assert not left_in(tmp_path / "out")
    assert client.ask("cancel", {"id": "long"})["result"] == {"cancelled": False}


def test_jobs_queue_and_a_waiting_one_can_be_cancelled(client: Client, job: dict[str, Any], tmp_path: Path) -> None:
    client.call("generate", endless(job), "running")
    client.wait_for_stage("denoise")
    client.call("generate", {**job, "output": str(tmp_path / "never")}, "waiting")
    client.call("generate", {**job, "output": str(tmp_path / "next")}, "next")
    client.call("cancel", {"id": "waiting"}, "stop")
    assert client.answer("waiting")["error"]["code"] == -32130, "answered at once, not after the other"
    assert client.ask("generate", job, "running")["error"]["code"] == -32600, "the id is taken"
    client.call("cancel", {"id": "running"}, "stop too")
    assert "result" in client.answer("next")
    assert not left_in(tmp_path / "never")


def test_inspections_are_answered_beside_a_job(client: Client, job: dict[str, Any]) -> None:
    client.call("generate", endless(job), "long")
    client.wait_for_stage("denoise")
    assert client.ask("inspect", job, "look")["result"]["chips"] == 1
    client.call("cancel", {"id": "long"}, "stop")
    assert client.answer("long")["error"]["code"] == -32130


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{", -32700),
        ("\xff\xfe", -32700),
        ("[" * 5000, -32700),
        ("[]", -32600),
        ("3", -32600),
        ('{"jsonrpc": "2.0", "id": {}, "method": "generate"}', -32600),
        ('{"jsonrpc": "2.0", "id": true, "method": "generate"}', -32600),
        ('{"id": 4, "method": "initialize"}', -32600),
        ('{"jsonrpc": "2.0", "id": 4}', -32600),
        ('{"jsonrpc": "2.0", "method": "generate"}', -32600),
        ('{"jsonrpc": "2.0", "id": 4, "method": "exec"}', -32601),
        ('{"jsonrpc": "2.0", "id": 4, "method": "generate", "params": [1]}', -32602),
        ('{"jsonrpc": "2.0", "id": 4, "method": "cancel", "params": {"id": [1]}}', -32602),
    ],
)
def test_malformed_calls_are_refused_and_the_process_lives_on(client: Client, line: str, code: int) -> None:
    client.write(line)
    refused = client.hear()
    assert refused["error"]["code"] == code
    assert refused["error"]["message"]
    assert "result" in client.ask("initialize", number="still there")


@pytest.mark.parametrize(
    ("change", "code", "words"),
    [
        ({"conditions": [{"modality": "s2_l2a", "path": "/nowhere/x.tif"}]}, -32003, "x.tif"),
        ({"conditions": [{"modality": "s2_l2a", "path": str(ROOT / "README.md")}]}, -32003, "README.md"),
        ({"colour": "red"}, -32002, "colour"),
        ({"steps": "many"}, -32002, "steps"),
        ({"conditions": 3}, -32002, "conditions"),
        ({"preview": "yes"}, -32002, "preview"),
        ({"generate": []}, -32002, "generate"),
        ({"model": "no-such-model"}, -32004, "no-such-model"),
        ({"output": "/proc/nowhere"}, -32003, "/proc"),
    ],
)
def test_a_job_that_cannot_be_done_says_why(
    client: Client, job: dict[str, Any], change: dict[str, Any], code: int, words: str
) -> None:
    error = client.ask("generate", {**job, **change})["error"]
    assert error["code"] == code
    assert words in error["message"]
    assert len(error["message"].splitlines()) == 1


def test_inspect_tells_what_a_job_would_do(client: Client, job: dict[str, Any], tmp_path: Path) -> None:
    conditions = [{"modality": "", "path": str(SCENE / name)} for name in ("s1_rtc.tif", "s2_l2a.tif")]
    told = client.ask("inspect", {**job, "conditions": conditions, "bounds": None, "samples": 2})["result"]
    assert [entry["modality"] for entry in told["conditions"]] == ["s1_rtc", "s2_l2a"]
    assert told["recognised"]["s2_l2a"]["band_names"] == ["B04", "B03", "B02"]
    assert told["recognised"]["s2_l2a"]["offset_source"] == "metadata"
    assert told["recognised"]["s1_rtc"]["encoding"] == "linear"
    area = told["area"]
    assert (area["width"], area["height"], area["crs"], area["pixel_size"]) == (510, 510, "EPSG:32632", 10)
    assert told["evaluations"] == told["chips"] * told["steps"] * 2
    assert told["steps"] == 2
    assert 500e6 < told["memory_bytes"] < 2e9
    assert (told["device"], told["model"]) == ("cpu", "tiny")
    assert not left_in(tmp_path / "out")


@pytest.mark.parametrize(
    ("path", "modality", "bands", "encoding"),
    [
        ("s2_openeo_bolzano/S2_L2A_sample_west.tif", "s2_l2a", ["B04", "B03", "B02"], "reflectance"),
        ("coloc_terramind/433D_629L_3_1/S2L1C.tif", "s2_l1c", None, "reflectance"),
        ("coloc_terramind/433D_629L_3_1/S2L2A.tif", "s2_l2a", None, "reflectance"),
        ("coloc_terramind/433D_629L_3_1/S1RTC.tif", "s1_rtc", None, "db"),
        ("coloc_terramind/433D_629L_3_1/DEM.tif", "dem", None, "elevation"),
        ("coloc_sen1floods11/Spain_7370579_S2Hand.tif", "s2_l1c", None, "reflectance"),
        ("dem/felt_dem.tif", "dem", None, "elevation"),
    ],
)
def test_inspect_recognises_real_rasters(
    client: Client, shared: Path, tiny_bundle: Path, path: str, modality: str, bands: list[str] | None, encoding: str
) -> None:
    job = {"conditions": [{"modality": "auto", "path": str(shared / "data" / path)}], "model": str(tiny_bundle)}
    told = client.ask("inspect", job)["result"]
    assert list(told["recognised"]) == [modality]
    recognised = told["recognised"][modality]
    assert recognised["encoding"] == encoding
    assert recognised["modality_source"] != "user"
    assert bands is None or recognised["band_names"] == bands
    assert told["chips"] >= 1


def test_inspect_answers_every_real_raster_with_facts_or_one_sentence(
    client: Client, shared: Path, tiny_bundle: Path
) -> None:
    suffixes = {".tif", ".nc", ".vrt", ".gpkg", ".SAFE"}
    paths = [path for path in sorted((shared / "data").rglob("*")) if path.suffix in suffixes]
    refused = 0
    for path in paths:
        job = {"conditions": [{"modality": "auto", "path": str(path)}], "model": str(tiny_bundle)}
        told = client.ask("inspect", job, str(path))
        if "error" in told:
            refused += 1
            assert told["error"]["code"] in (-32002, -32003), told
            assert len(told["error"]["message"].splitlines()) == 1
        else:
            assert told["result"]["recognised"]
    assert 0 < refused < len(paths)


def test_two_files_of_one_modality_are_asked_about(client: Client, job: dict[str, Any]) -> None:
    conditions = [{"modality": "auto", "path": str(SCENE / name)} for name in ("s2_l2a.tif", "s2_l2a.tif")]
    error = client.ask("inspect", {**job, "conditions": conditions})["error"]
    assert error["code"] == -32002
    assert "both look like s2_l2a" in error["message"]


def test_the_process_leads_a_session_and_keeps_stdout_to_itself(client: Client) -> None:
    assert os.getsid(client.process.pid) == client.process.pid
    outputs = [os.readlink(f"/proc/{client.process.pid}/fd/{number}") for number in (1, 2)]
    assert outputs[0] == outputs[1], "what a library prints goes to the log"


def test_end_of_input_ends_the_process_in_the_middle_of_a_job(
    another: Client, job: dict[str, Any], tmp_path: Path
) -> None:
    another.call("generate", endless(job))
    another.wait_for_stage("denoise")
    assert another.process.stdin is not None
    another.process.stdin.close()
    assert another.process.wait(LONG) == 0
    assert not left_in(tmp_path / "out")


def test_end_of_input_ends_the_process_while_it_starts(another: Client) -> None:
    another.call("initialize")
    assert another.process.stdin is not None
    another.process.stdin.close()
    assert another.process.wait(LONG) == 0


def test_shutdown_ends_a_job_and_the_process(another: Client, job: dict[str, Any], tmp_path: Path) -> None:
    another.call("generate", endless(job))
    another.wait_for_stage("denoise")
    another.call("shutdown", number="bye")
    assert another.answer("bye")["result"] is None
    assert another.answer(1)["error"]["code"] == -32130
    assert another.process.wait(LONG) == 0
    assert not left_in(tmp_path / "out")


def test_the_command_serves_too_and_ends_on_a_signal() -> None:
    client = Client([sys.executable, "-m", "model_runtime", "serve"], ROOT)
    try:
        assert client.ask("initialize")["result"]["protocol"] == 1
        client.process.send_signal(signal.SIGTERM)
        assert client.process.wait(LONG) == 130
        assert "Traceback" not in client.last_words()
    finally:
        client.process.kill()
        client.close()
