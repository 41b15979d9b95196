"""No orphan, however it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from copgen.copgen_plugin.runtime.service import RuntimeService, get_service, shutdown_service
from runtime_helpers import LONG, RUNTIME, is_alive, servers, wait_for_stage, wait_until

ROOT = Path(__file__).resolve().parents[3]

HOST = """
import importlib.util, json, os, sys, time
root, job, ending = sys.argv[1], json.loads(sys.argv[2]), sys.argv[3]
spec = importlib.util.spec_from_file_location("copgen", root + "/__init__.py", submodule_search_locations=[root])
sys.modules["copgen"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["copgen"])
from qgis.core import QgsApplication
from qgis.PyQt.QtCore import QTimer
app = QgsApplication([], False)
app.initQgis()
from copgen.copgen_plugin.runtime.service import get_service
run = get_service().submit(job)
while run.progress is None or run.progress.stage != "denoise":
    if run.wait(0.02):
        sys.exit(run.error.message)
print(get_service().child_pid(), flush=True)
if ending == "quit":
    QTimer.singleShot(0, app.quit)
    app.exec()
    app.exitQgis()
elif ending == "raise":
    raise RuntimeError("a crash of the host's own code")
elif ending == "kill":
    app.exec()
"""


ENDINGS = {"quit": 0, "raise": 1, "kill": -signal.SIGKILL}


def test_no_child_outlives_its_qgis(fresh_service: RuntimeService, endless: dict[str, Any], tmp_path: Path) -> None:
    environment = {**os.environ, "COPGEN_PYTHON": str(RUNTIME)}
    hosts = {}
    for ending in ENDINGS:
        words = [str(ROOT), json.dumps({**endless, "output": str(tmp_path / ending)}), ending]
        hosts[ending] = subprocess.Popen(
            [sys.executable, "-c", HOST, *words], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
        )
    children = {}
    for ending, host in hosts.items():
        assert host.stdout is not None
        children[ending] = int(host.stdout.readline() or 0)
    assert is_alive(children["kill"])
    hosts["kill"].kill()
    for ending, host in hosts.items():
        _, log = host.communicate(timeout=LONG)
        assert host.returncode == ENDINGS[ending], (ending, log.decode())
        wait_until(lambda child=children[ending]: not is_alive(child), f"the end of the child of {ending}")
    assert not list(tmp_path.rglob("*.tif"))
    assert not list(tmp_path.rglob(".copgen-*"))


def test_shutdown_ends_everything_and_the_next_service_is_new(
    fresh_service: RuntimeService, job: dict[str, Any], endless: dict[str, Any]
) -> None:
    run, waiting = fresh_service.submit(endless), fresh_service.submit(job)
    wait_for_stage(run, "denoise")
    pid = fresh_service.child_pid()
    shutdown_service()
    assert not is_alive(pid)
    assert (run.state, waiting.state) == ("cancelled", "cancelled")
    assert fresh_service.submit(job).state == "cancelled", "a closed service takes no more"
    assert get_service() is not fresh_service
    again = get_service().submit(job)
    assert again.wait(LONG)
    assert again.state == "finished", again.error


def test_ten_services_one_after_the_other_leave_no_process(fresh_service: RuntimeService) -> None:
    before = servers()
    for _ in range(10):
        get_service().start()
        wait_until(lambda: get_service().child_pid(), "a child")
        shutdown_service()
    assert servers() <= before


def test_shutdown_kills_a_child_that_does_not_listen(fresh_service: RuntimeService, endless: dict[str, Any]) -> None:
    run = fresh_service.submit(endless)
    wait_for_stage(run, "denoise")
    pid = fresh_service.child_pid()
    os.kill(pid, signal.SIGSTOP)
    fresh_service.shutdown(wait_seconds=0.2)
    assert not is_alive(pid)
    assert run.state == "cancelled"


LEFT = """
import importlib.util, sys, time
root = sys.argv[1]
spec = importlib.util.spec_from_file_location("copgen", root + "/__init__.py", submodule_search_locations=[root])
sys.modules["copgen"] = importlib.util.module_from_spec(spec)
spec.loader.exec_module(sys.modules["copgen"])
from qgis.PyQt.QtCore import QCoreApplication, QObject, QThread
from copgen.copgen_plugin.runtime.threads import let_go

class Busy(QThread):
    def run(self):
        time.sleep(1.5)

app = QCoreApplication([])
thread, worker = Busy(), QObject()
thread.start()
print(let_go(thread, worker, 50))
del thread, worker
time.sleep(0.2)
other = Busy()
other.start()
print(let_go(other, QObject(), 60000))
"""


def test_a_thread_that_does_not_end_does_not_end_qgis() -> None:
    done = subprocess.run([sys.executable, "-c", LEFT, str(ROOT)], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.split()) == (0, ["False", "True"]), done.stderr
