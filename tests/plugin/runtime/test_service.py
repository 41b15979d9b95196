"""Runs through the service, in real QGIS, with the real child process."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path
from typing import Any

import pytest
from copgen.copgen_plugin.runtime.service import Run, RuntimeService, get_service, shutdown_service
from qgis.core import QgsApplication, QgsRasterLayer
from qgis.PyQt.QtCore import QCoreApplication, QElapsedTimer, QEventLoop, QThread, QTimer
from qgis.PyQt.QtGui import QImage
from runtime_helpers import LONG, is_alive, wait_for_stage, wait_until


def finish(run: Run) -> dict[str, Any]:
    """Wait as an algorithm does that runs in the main thread: no event loop turns."""
    assert run.wait(LONG)
    assert run.state == "finished", run.error
    assert run.result is not None
    return run.result


def test_a_run_ends_with_a_file_that_qgis_opens(fresh_service: RuntimeService, job: dict[str, Any]) -> None:
    assert fresh_service.status().state == "stopped"
    run = fresh_service.submit(job, "hills")
    result = finish(run)
    assert QgsRasterLayer(result["outputs"][0]["path"], "dem").isValid()
    wait_until(lambda: fresh_service.status().state == "ready", "ready again")
    assert fresh_service.status().version
    assert [device["name"] for device in fresh_service.status().devices][-1] == "cpu"
    assert "copgen-mini" in [model["name"] for model in fresh_service.status().models]
    assert fresh_service.runs() == [run]
    assert run.title == "hills"


def test_signals_and_pictures_reach_the_main_thread_which_goes_on(
    fresh_service: RuntimeService, job: dict[str, Any]
) -> None:
    seen: list[tuple[str, str]] = []
    threads, states, gaps = set(), [], {"at the start": 0, "later": 0}

    def changed(run_id: str) -> None:
        threads.add(QThread.currentThread() is QCoreApplication.instance().thread())
        seen.append((run.state, run.progress.stage if run.progress else ""))
        if run.ended:
            loop.quit()

    def tick() -> None:
        phase = "later" if "starting" in states else "at the start"
        gaps[phase] = max(gaps[phase], clock.restart())

    loop, timer, clock = QEventLoop(), QTimer(), QElapsedTimer()
    timer.timeout.connect(tick)
    fresh_service.run_changed.connect(changed)
    fresh_service.status_changed.connect(lambda: states.append(fresh_service.status().state))
    run = fresh_service.submit({**job, "steps": 20}, preview=True)
    clock.start()
    timer.start(1)
    QTimer.singleShot(int(1000 * LONG), loop.quit)
    loop.exec()
    timer.stop()
    print(f"longest gaps of the event loop: {gaps} ms")
    assert threads == {True}
    assert seen[-1][0] == "finished", run.error
    assert {"read", "denoise", "decode"} <= {stage for _, stage in seen}
    assert states[0] == "starting"
    assert {"ready", "busy"} & set(states)
    picture = QImage.fromData(run.progress.preview, "PNG")
    assert 200 < picture.width() <= 256
    assert 200 < picture.height() <= 256
    assert run.progress.preview_modality == "dem"


def test_runs_wait_for_one_another_and_inspections_do_not(
    service: RuntimeService, job: dict[str, Any], endless: dict[str, Any], tmp_path: Path
) -> None:
    first = service.submit(endless)
    second = service.submit({**job, "output": str(tmp_path / "second")})
    third = service.submit({**job, "output": str(tmp_path / "third")})
    wait_for_stage(first, "denoise")
    told = finish(service.inspect({**job, "conditions": [{**job["conditions"][0], "modality": "auto"}]}))
    assert told["recognised"]["s2_l2a"]["bands"] == [1, 2, 3]
    assert (first.state, second.state) == ("running", "queued")
    second.cancel()
    assert second.wait(LONG)
    assert second.state == "cancelled"
    first.cancel()
    assert finish(third)["outputs"]
    assert not (tmp_path / "second").exists()


def test_cancel_ends_the_run_and_keeps_the_model_loaded(
    service: RuntimeService, job: dict[str, Any], endless: dict[str, Any], tmp_path: Path
) -> None:
    run = service.submit(endless)
    wait_for_stage(run, "denoise")
    pid = service.child_pid()
    timer = QElapsedTimer()
    timer.start()
    run.cancel()
    assert run.wait(LONG)
    print(f"cancelled after {timer.elapsed()} ms")
    assert run.state == "cancelled"
    assert run.error is not None
    assert run.error.status == 130
    assert not list(tmp_path.rglob("*.tif"))
    finish(service.submit(job))
    assert service.child_pid() == pid


def test_a_child_that_does_not_listen_is_killed_and_replaced(
    service: RuntimeService, job: dict[str, Any], endless: dict[str, Any], tmp_path: Path
) -> None:
    run = service.submit(endless)
    wait_for_stage(run, "denoise")
    pid = service.child_pid()
    half_written = tmp_path / "out" / f".copgen-{pid}-x"
    half_written.mkdir(parents=True)
    os.kill(pid, signal.SIGSTOP)
    waiting = service.submit({**job, "output": str(tmp_path / "next")})
    run.cancel()
    assert run.wait(LONG)
    assert run.state == "cancelled"
    finish(waiting)
    assert not is_alive(pid)
    assert service.child_pid() != pid
    assert not half_written.exists()


def test_a_killed_child_fails_its_run_and_the_next_one_works(
    service: RuntimeService, job: dict[str, Any], endless: dict[str, Any]
) -> None:
    messages: list[tuple[str, str]] = []
    log = QgsApplication.messageLog()
    log.messageReceived.connect(lambda text, tag, level: messages.append((tag, text)))
    run = service.submit(endless)
    wait_for_stage(run, "denoise")
    os.kill(service.child_pid(), signal.SIGKILL)
    assert run.wait(LONG)
    assert run.state == "failed"
    assert run.error is not None
    assert run.error.status == 1
    assert "killed" in run.error.message
    assert service.status().state == "died"
    wait_until(lambda: messages, "a message in the log", QCoreApplication.processEvents)
    assert messages[0][0] == "COP-GEN"
    assert "killed" in messages[0][1]
    assert finish(service.submit(job))["outputs"]
    wait_until(lambda: service.status().state == "ready", "ready again")


def test_a_failure_is_the_runtimes_own_sentence(service: RuntimeService, job: dict[str, Any]) -> None:
    run = service.submit({**job, "conditions": [{"modality": "s2_l2a", "path": "/nowhere/scene.tif"}]})
    assert run.wait(LONG)
    assert (run.state, run.result) == ("failed", None)
    assert run.error is not None
    assert run.error.status == 3
    assert "scene.tif" in run.error.message


def test_what_belongs_to_qgis_does_not_reach_the_child(
    fresh_service: RuntimeService, job: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("PROJ_LIB", "PROJ_DATA", "GDAL_DATA", "GDAL_DRIVER_PATH", "PYTHONPATH", "PYTHONHOME"):
        monkeypatch.setenv(name, "/nowhere")
    for name in ("LD_LIBRARY_PATH", "VIRTUAL_ENV", "QT_PLUGIN_PATH", "QGIS_PREFIX_PATH"):
        monkeypatch.setenv(name, "/nowhere")
    finish(fresh_service.submit(job))
    variables = Path(f"/proc/{fresh_service.child_pid()}/environ").read_bytes().split(b"\0")
    assert not [variable for variable in variables if variable.endswith(b"=/nowhere")]
    assert [variable for variable in variables if variable.startswith(b"PATH=")]


def test_held_it_ends_the_child_with_its_inspections_and_starts_none(
    fresh_service: RuntimeService, job: dict[str, Any], tmp_path: Path
) -> None:
    """As while the environment is changed: in the middle of a start, and where an inspection hangs."""
    fresh_service.start()
    fresh_service.hold()
    wait_until(fresh_service.is_gone, "the end of a child that is starting")
    assert fresh_service.child_pid() == 0
    fresh_service.start()
    refused = fresh_service.submit(job)
    assert refused.wait(LONG)
    assert refused.error is not None
    assert (refused.error.status, fresh_service.status().state) == (4, "missing")
    assert "is being changed" in refused.error.message and fresh_service.child_pid() == 0
    fresh_service.release()
    finish(fresh_service.submit(job))
    pid = fresh_service.child_pid()
    os.kill(pid, signal.SIGSTOP)
    hanging = fresh_service.inspect(job)
    wait_until(lambda: hanging.state == "running", "an inspection that hangs")
    fresh_service.hold()
    wait_until(fresh_service.is_gone, "the end of a child that hangs")
    assert not is_alive(pid)
    assert hanging.state == "cancelled"
    fresh_service.release()
    finish(fresh_service.submit({**job, "output": str(tmp_path / "again")}))


def test_a_job_that_waits_for_the_child_to_start_is_not_taken_from_it(
    fresh_service: RuntimeService, job: dict[str, Any]
) -> None:
    run = fresh_service.submit(job)
    assert fresh_service.has_jobs()
    fresh_service.hold()
    finish(run)
    assert not fresh_service.has_jobs()
    assert not fresh_service.is_gone()
    fresh_service.release()


def test_threads_may_ask_at_once(fresh_service: RuntimeService, job: dict[str, Any], tmp_path: Path) -> None:
    # The service itself is made in a thread that ends.
    shutdown_service()
    runs: list[Run] = []

    def ask(number: int) -> None:
        runs.append(get_service().submit({**job, "output": str(tmp_path / str(number))}))

    threads = [threading.Thread(target=ask, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [len(finish(run)["outputs"]) for run in runs] == [1, 1, 1]
    assert get_service().thread() is QCoreApplication.instance().thread()
