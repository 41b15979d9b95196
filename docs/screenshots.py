"""Pictures of the plugin in QGIS's desktop, for the README: run it by hand, then look at them.

``python3 docs/screenshots.py [--output docs/images] [--theme "Night Mapping"] [--locale de] [--width 320]`` starts
QGIS in a virtual screen (Xvfb), with a fresh profile that holds this checkout as its plugin; there the same file
drives the plugin as a user would. The runtime is ``COPGEN_PYTHON``, else ``.venv`` of this checkout.
"""

# ruff: noqa: ANN401

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

# Inside QGIS there is no __file__.
ROOT = Path(globals().get("__file__", "docs/screenshots.py")).resolve().parents[1]
SCENE = ROOT / "resources" / "scene" / "s2_l2a.tif"
SIZE = (1440, 900)
QUALITY = 88
SETTINGS = """[PythonPlugins]
copgen=true
[UI]
UITheme={theme}
[locale]
overrideFlag=true
userLocale={locale}
[qgis]
checkVersion=false
showTips=false
newsFeed\\https%3A\\feed.qgis.org\\disabled=true
[copgen]
output_dir={output}
guide=closed
[app]
projections\\unknownCrsBehavior=NoAction
"""


def launch() -> int:
    """Start QGIS with this file as its script; return its exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", default=str(ROOT / "docs" / "images"))
    parser.add_argument("--theme", default="default")
    parser.add_argument("--locale", default="en_US")
    parser.add_argument("--width", type=int, default=380, help="of the panel, in pixels")
    parser.add_argument("--layer", default=str(SCENE))
    parser.add_argument("--prefix", default="panel")
    parser.add_argument("--steps", type=int, default=0, help="of the run, 0 for the model's own number")
    parser.add_argument("--dock", action="store_true", help="the panel alone too")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="copgen_shots_") as folder:
        profile = Path(folder) / "profiles" / "default"
        (profile / "python" / "plugins").mkdir(parents=True)
        (profile / "python" / "plugins" / "copgen").symlink_to(ROOT)
        (profile / "QGIS").mkdir()
        text = SETTINGS.format(theme=chosen.theme, locale=chosen.locale, output=folder)
        (profile / "QGIS" / "QGIS3.ini").write_text(text, encoding="utf-8")
        # QGIS writes statistics beside what it opens.
        (Path(folder) / "project").mkdir()
        layer = Path(folder) / "project" / "S2_L2A.tif"
        shutil.copy(chosen.layer, layer)
        environment = {
            **{key: value for key, value in os.environ.items() if key != "QT_QPA_PLATFORM"},
            # QGIS finds its Python by the first one on the path.
            "PATH": os.pathsep.join(["/usr/bin", os.environ.get("PATH", "")]),
            "COPGEN_PYTHON": os.environ.get("COPGEN_PYTHON", str(ROOT / ".venv" / "bin" / "python")),
            "COPGEN_SHOT_LAYER": str(layer),
            "COPGEN_SHOT_OUTPUT": str(Path(chosen.output).resolve()),
            "COPGEN_SHOT_PREFIX": chosen.prefix,
            "COPGEN_SHOT_WIDTH": str(chosen.width),
            "COPGEN_SHOT_STEPS": str(chosen.steps),
            "COPGEN_SHOT_DOCK": "yes" if chosen.dock else "",
        }
        screen = f"-screen 0 {SIZE[0]}x{SIZE[1]}x24"
        command = ["xvfb-run", "-a", "-s", screen, "qgis.bin", "--noversioncheck", "--nologo"]
        command += ["--profiles-path", folder, "--code", __file__]
        return subprocess.run(command, env=environment, timeout=600, check=False).returncode


class Tour:
    """Drives the plugin step by step while QGIS's event loop runs."""

    def __init__(self, iface: Any) -> None:
        from qgis.PyQt.QtCore import QTimer

        self.iface = iface
        self.output = Path(os.environ["COPGEN_SHOT_OUTPUT"])
        self.prefix = os.environ["COPGEN_SHOT_PREFIX"]
        self._steps = self._walk()
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)
        self._timer.start(200)
        self._ready: Callable[[], bool] = lambda: True

    def _next(self) -> None:
        if not self._ready():
            return
        try:
            self._ready = next(self._steps)
        except StopIteration:
            self._leave()
        except Exception:  # noqa: BLE001 - in QGIS it would open a window and wait
            traceback.print_exc()
            self._leave()

    def _walk(self) -> Iterator[Callable[[], bool]]:
        """Yield what to wait for before the next step."""
        from qgis.core import QgsProject, QgsRasterLayer
        from qgis.PyQt.QtCore import Qt
        from qgis.utils import plugins

        window = self.iface.mainWindow()
        window.showNormal()
        window.setGeometry(0, 0, *SIZE)
        yield _after(8)
        layer = QgsRasterLayer(os.environ["COPGEN_SHOT_LAYER"], "S2_L2A")
        QgsProject.instance().setCrs(layer.crs())
        QgsProject.instance().addMapLayer(layer)
        QgsProject.instance().write(str(Path(layer.source()).parent / "valley.qgz"))
        self.iface.setActiveLayer(layer)
        self.iface.zoomToActiveLayer()
        plugin = plugins["copgen"]
        dock, presenter = plugin.dock, plugin.presenter
        plugin.actions.generate.trigger()
        window.resizeDocks([dock], [int(os.environ["COPGEN_SHOT_WIDTH"])], Qt.Orientation.Horizontal)
        presenter.form.steps = int(os.environ["COPGEN_SHOT_STEPS"])
        yield lambda: presenter.status().state == "ready" and not presenter.inspector.busy
        yield _after(3)
        self._grab("idle", dock)
        dock.running.run.click()
        yield lambda: _denoised(presenter) > 0.55 or presenter.active() is None
        self._grab("running", dock)
        yield lambda: presenter.active() is None
        yield _after(8)
        self._grab("finished", dock)
        self.iface.messageBar().clearWidgets()

    def _grab(self, name: str, dock: Any) -> None:
        self.output.mkdir(parents=True, exist_ok=True)
        self.iface.mainWindow().grab().save(str(self.output / f"{self.prefix}_{name}.jpg"), None, QUALITY)
        if os.environ["COPGEN_SHOT_DOCK"]:
            dock.grab().save(str(self.output / f"{self.prefix}_{name}_dock.png"))

    def _leave(self) -> None:
        from qgis.core import QgsProject

        self._timer.stop()
        self.iface.newProject(False)
        QgsProject.instance().setDirty(False)
        self.iface.actionExit().trigger()


def _after(ticks: int) -> Callable[[], bool]:
    """Return a condition that holds after so many looks."""
    looks = iter(range(ticks))
    return lambda: next(looks, None) is None


def _denoised(presenter: Any) -> float:
    """Return how much of the denoising is done, 0 where there is no preview yet."""
    record = presenter.active()
    progress = record.run.progress if record is not None and record.run is not None else None
    if progress is None or progress.stage != "denoise" or progress.preview is None:
        return 0.0
    return progress.done / max(progress.total, 1)


if __name__ == "__main__":
    if "COPGEN_SHOT_LAYER" in os.environ:
        from qgis.utils import iface

        tour = Tour(iface)
    else:
        sys.exit(launch())
