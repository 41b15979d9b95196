"""A QGIS that is killed in the middle of a download, three times.

``COPGEN_DOWNLOAD_BYTES=1146699617`` has a file of the published size fetched, which takes longer.
"""

from __future__ import annotations

import os
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from store_helpers import LONG, TRANSFORMER, VAE, Hub, Pattern, serving, write_resources

DRIVER = Path(__file__).with_name("download_driver.py")
SIZE = int(os.environ.get("COPGEN_DOWNLOAD_BYTES", 60_000_000))
KILLS = 3


def test_killed_three_times_it_goes_on_and_is_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("COPGEN_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.delenv("COPGEN_PYTHON", raising=False)
    hub = Hub({TRANSFORMER: Pattern(SIZE), VAE: Pattern(100_000)}, expiring=True)
    resources = write_resources(tmp_path / "resources", hub.files)
    folder = tmp_path / "data" / "downloads" / "published" / "mespinosami--COP-GEN-Beta"
    part = folder / "nnet_ema_114000.pth.part"
    places = sorted(random.Random(SIZE).sample(range(5, 90), KILLS))
    begun = time.monotonic()
    with serving(hub):
        # Slow enough for a small file to be caught in the middle.
        hub.pause = 0.002 if SIZE < 200_000_000 else 0.0
        command = [sys.executable, str(DRIVER), str(resources), hub.address]
        left = []
        for place in places:
            with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as qgis:
                until = time.monotonic() + LONG
                while not part.exists() or part.stat().st_size < SIZE * place // 100:
                    assert qgis.poll() is None and time.monotonic() < until
                    time.sleep(0.002)
                qgis.kill()
            left.append(part.stat().st_size)
            assert not part.with_suffix("").exists(), "nothing half-made under the final name"
        hub.pause = 0.0
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=LONG)
    assert done.stdout.startswith("fetched"), done.stdout + done.stderr
    assert part.with_suffix("").stat().st_size == SIZE
    assert hub.starts == [0, *left, 0], "every time from the last byte that had arrived; then the second file"
    assert all(condition == hub.etag for asked, condition in hub.ranges_asked if asked)
    with capsys.disabled():
        seconds = time.monotonic() - begun
        shown = ", ".join(f"{size / 1e6:.0f}" for size in left)
        print(f"\n{SIZE / 1e6:.0f} MB, killed after {shown} MB, whole and checked after {seconds:.0f} s in all")
