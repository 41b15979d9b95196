"""Processes that take a share of the work."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from model_runtime.workers import worker_pool

AT_WORK = """
import os, time
from model_runtime.workers import worker_pool

if __name__ == "__main__":
    with worker_pool(2) as pool:
        first = pool.submit(os.getpid).result()
        print(first, flush=True)
        list(pool.map(time.sleep, [600, 600]))
"""


def test_workers_end_with_the_process_that_was_killed(root: Path, tmp_path: Path) -> None:
    script = tmp_path / "at_work.py"
    script.write_text(AT_WORK)
    with subprocess.Popen([sys.executable, str(script)], cwd=root, env={"PYTHONPATH": str(root)}, stdout=-1) as process:
        assert process.stdout is not None
        assert int(process.stdout.readline()) != process.pid
        children = psutil.Process(process.pid).children(recursive=True)
        process.kill()
    _, alive = psutil.wait_procs(children, timeout=60)
    assert children and not alive


def test_answers_come_in_order_and_errors_reach_the_caller() -> None:
    with worker_pool(2) as pool:
        assert list(pool.map(abs, [-3, 1, -2])) == [3, 1, 2]
        with pytest.raises(ValueError, match="invalid literal"):
            pool.submit(int, "x").result()
