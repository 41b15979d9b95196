"""What QGIS knows of the network reaches pip, and a Python may come from uv."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from copgen.copgen_plugin.setup import probing, pythons
from copgen.copgen_plugin.setup.network import network_settings, proxy_address
from copgen.copgen_plugin.setup.report import redact
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtNetwork import QNetworkProxy

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).resolve().parents[1] / "panel")]
from package_proxy import HOST, NAME, PASSWORD, package_proxy  # noqa: E402
from panel_helpers import Desk, wait_until  # noqa: E402


@pytest.fixture
def unproxied() -> Iterator[QgsNetworkAccessManager]:
    manager = QgsNetworkAccessManager.instance()
    yield manager
    manager.setFallbackProxyAndExcludes(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy), [], [])


def http_proxy(port: int, user: str = NAME, password: str = PASSWORD) -> QNetworkProxy:
    return QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", port, user, password)


def test_a_proxy_with_a_password_becomes_an_address() -> None:
    assert proxy_address(http_proxy(3128)) == "http://ada:s3cret%2F&x@127.0.0.1:3128"
    assert proxy_address(http_proxy(3128, "", "")) == "http://127.0.0.1:3128"
    assert proxy_address(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy)) == ""


def test_hosts_that_qgis_reaches_directly_are_left_out(unproxied: QgsNetworkAccessManager, tmp_path: Path) -> None:
    unproxied.setFallbackProxyAndExcludes(http_proxy(1), ["https://intranet.example/x"], ["direct.example"])
    told = network_settings(tmp_path, "https://somewhere.example")
    assert told["no_proxy"] == "intranet.example,direct.example"
    assert "certificates" not in told, "none of the user's own"


@pytest.mark.parametrize(("password", "state"), [(PASSWORD, "ready"), ("wrong", "incomplete")])
def test_packages_come_through_the_proxy_of_qgis(
    password: str, state: str, bare: Desk, small: Path, unproxied: QgsNetworkAccessManager, tmp_path: Path
) -> None:
    bare.plugin.show_setup()
    dialog, setup = bare.plugin.setup_dialog, bare.plugin.setup
    with package_proxy(small) as (port, asked):
        unproxied.setFallbackProxyAndExcludes(http_proxy(port, password=password), [], [])
        dialog.index.setText(f"http://{HOST}/simple")
        dialog.torch_index.setText(f"http://{HOST}/simple")
        dialog.start.click()
        wait_until(lambda: not setup.running, "the end of the set-up")
    assert setup.state == state, setup.message
    if state == "ready":
        assert f"/files/{next(small.glob('torch-*')).name}" in asked
    else:
        assert "proxy" in setup.message, "\n".join(setup.lines)
    assert password not in "\n".join(setup.lines)


def test_uv_fetches_a_python_where_none_is_supported(bare: Desk, small: Path, tmp_path: Path) -> None:
    """A uv that brings an installed Python instead of one from afar."""
    home = tmp_path / "home"
    uv = home / ".local" / "bin" / "uv"
    uv.parent.mkdir(parents=True)
    folder = "$UV_PYTHON_INSTALL_DIR/cpython-3.12.11-x/bin"
    uv.write_text(
        f"#!/bin/sh\n[ $1 = --version ] && exit 0\n[ \"$*\" = 'python install 3.12' ] || exit 1\n"
        f"mkdir -p {folder}\nprintf '#!/bin/sh\\nexec /usr/bin/python3 \"$@\"\\n' > {folder}/python3.12\n"
        f"chmod +x {folder}/python3.12\n"
    )
    uv.chmod(0o755)
    data = tmp_path / "data"
    around = pythons.Surroundings("linux", "", "", {}, str(home), str(data), f"{tmp_path}/empty/")
    setup = bare.plugin.setup
    worker = setup._start_thread()
    told: list[tuple[int, str, Any]] = []
    worker.told.connect(lambda entry: told.append(entry))
    worker.post(worker.begin, 1, "take_down", {"data_dir": str(data)}, around, setup.rules, "")
    wait_until(lambda: (1, "ended", "") in told, "no Python to remove with, so none fetched")
    order = {"data_dir": str(data), "variant": "cpu", "wheels": ""}
    worker.post(worker.begin, 2, "set_up", order, around, setup.rules, "")
    wait_until(lambda: [what for _, kind, what in told if kind == "searched" and what.python], "a Python")
    worker.unwanted.set()
    worker.post(worker.cancel)
    fetched = next(what for _, kind, what in told if kind == "searched" and what.python)
    assert fetched.python.path.startswith(str(data / "python"))
    assert json.loads((data / "python" / "copgen-environment.json").read_text())["made_by"] == "copgen-qgis"


def test_what_is_no_python_is_passed_over(tmp_path: Path) -> None:
    for name, text in (("liar", "echo '{}'"), ("silent", "exit 0"), ("angry", "exit 3")):
        path = tmp_path / name
        path.write_text(f"#!/bin/sh\n{text}\n")
        path.chmod(0o755)
        assert probing.ask(str(path), pythons.read_rules()) is None
    assert probing.ask("/nowhere/python", pythons.read_rules()) is None
    here = probing.ask("/usr/bin/python3", pythons.read_rules())
    assert here is not None
    assert here.version >= (3, 9)


def test_reports_say_nothing_of_who_and_where(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ada.lovelace")
    monkeypatch.setenv("LOGNAME", "ada.lovelace")
    text = redact(
        "at /home/ada.lovelace/x of ada.lovelace: https://ada:pw@host/simple?api_token=t0ken&x=1\n"
        "Authorization: Bearer abc.def and http://:onlypw@proxy:1"
    )
    for hidden in ("lovelace", "pw@", "t0ken", "abc.def"):
        assert hidden not in text, text
    assert "~/x" in text
    assert "x=1" in text
