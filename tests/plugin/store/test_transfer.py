"""One file through QGIS's network manager, from servers that behave and from servers that do not."""

from __future__ import annotations

from pathlib import Path

import pytest
from copgen.copgen_plugin.store.catalogue import PublishedFile, known_models
from copgen.copgen_plugin.store.transfer import FileTransfer
from qgis.core import QgsNetworkAccessManager
from qgis.PyQt.QtCore import QElapsedTimer, QTimer
from qgis.PyQt.QtNetwork import QNetworkProxy
from store_helpers import NAME, TRANSFORMER, Hub, spin, wait_until

CHUNK = 1 << 16


@pytest.fixture
def file(hub: Hub) -> PublishedFile:
    return next(model for model in known_models() if model.name == NAME).files[0]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "some folder" / "nnet.pth"


@pytest.fixture
def part(place: Path) -> Path:
    place.parent.mkdir()
    return place.with_name("nnet.pth.part")


def fetch(file: PublishedFile, place: Path, endpoint: str) -> str:
    """Fetch a file; return why it failed."""
    said: list[str] = []
    moving = FileTransfer(file, place, endpoint)
    moving.ended.connect(said.append)
    moving.start()
    wait_until(lambda: said, "the end of the transfer")
    assert len(said) == 1
    return said[0]


def content(hub: Hub) -> bytes:
    return hub.files[TRANSFORMER][:]


def test_a_file_arrives_over_relative_and_foreign_redirects(hub: Hub, file: PublishedFile, place: Path) -> None:
    hub.relative = hub.expiring = True
    assert fetch(file, place, hub.address) == ""
    assert place.with_name("nnet.pth.part").read_bytes() == content(hub)
    assert not place.exists(), "only the check gives it its name"
    assert hub.starts == [0]


def test_cut_connections_go_on_where_they_were_cut(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    hub.cut, hub.expiring = [10 * CHUNK, 3 * CHUNK, CHUNK], True
    assert fetch(file, place, hub.address) == ""
    assert part.read_bytes() == content(hub)
    assert len(hub.starts) == 4 and hub.starts == sorted(hub.starts)
    assert hub.asked == 4, "the original address is asked again, since those it leads to expire"
    assert hub.ranges_asked[0] == (None, None)
    assert hub.ranges_asked[1][1] == '"first"'


def test_what_the_command_line_began_is_continued(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    part.write_bytes(content(hub)[:1_000_000])
    assert fetch(file, place, hub.address) == ""
    assert hub.ranges_asked == [("bytes=1000000-", None)]
    assert part.read_bytes() == content(hub)


def test_another_content_than_the_part_is_of_starts_over(
    hub: Hub, file: PublishedFile, part: Path, place: Path
) -> None:
    part.write_bytes(b"x" * 100_000)
    part.with_name(part.name + ".etag").write_text('"another"')
    assert fetch(file, place, hub.address) == ""
    assert hub.ranges_asked == [("bytes=100000-", '"another"')]
    assert part.read_bytes() == content(hub)


def test_a_server_that_gives_no_parts_starts_over(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    part.write_bytes(content(hub)[:1_000_000])
    hub.ranges = False
    assert fetch(file, place, hub.address) == ""
    assert hub.starts == [0]
    assert part.read_bytes() == content(hub)


def test_a_server_that_gives_no_parts_and_always_cuts_is_given_up(
    hub: Hub, file: PublishedFile, part: Path, place: Path
) -> None:
    hub.ranges, hub.cut = False, [10 * CHUNK] * 9
    assert "What arrived is kept" in fetch(file, place, hub.address)
    assert len(hub.starts) == 3


def test_another_part_than_asked_for_is_refused(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    part.write_bytes(content(hub)[:1_000_000])
    hub.shifted = -7
    assert "gave another part" in fetch(file, place, hub.address)
    assert part.read_bytes() == content(hub)[:1_000_000], "the part is as it was"
    hub.shifted = 0
    assert fetch(file, place, hub.address) == ""
    assert part.read_bytes() == content(hub)


@pytest.mark.parametrize("claim", ["claimed", "claimed_length"])
def test_a_wrong_size_is_refused_before_a_byte_is_taken(
    claim: str, hub: Hub, file: PublishedFile, part: Path, place: Path
) -> None:
    setattr(hub, claim, 17)
    assert "17 bytes are offered, the published file has 3000000" in fetch(file, place, hub.address)
    assert not part.exists() or part.stat().st_size == 0


def test_more_bytes_than_there_should_be_are_refused(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    hub.surplus = 1000
    assert "more bytes" in fetch(file, place, hub.address)
    assert not part.exists()


def test_a_web_page_is_not_taken_for_the_file(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    """As of a network in which one has to sign in."""
    part.write_bytes(content(hub)[:1_000_000])
    hub.page = b"<!DOCTYPE html><p>Welcome to the hotel"
    assert "sends a web page instead" in fetch(file, place, hub.address)
    assert part.read_bytes() == content(hub)[:1_000_000], "the part is as it was"
    hub.page = b""
    assert fetch(file, place, hub.address) == ""


@pytest.mark.parametrize("piece", [3000, 1 << 16])
def test_a_disk_that_takes_no_more_is_told_and_keeps_what_it_took(
    piece: int, hub: Hub, file: PublishedFile, part: Path, place: Path
) -> None:
    """Files that may not grow stand for a full disk; small pieces wait in memory until they are flushed."""
    resource = pytest.importorskip("resource")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    hub.piece, hub.pause = piece, 0.001
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, limits[1]))
    try:
        problem = fetch(file, place, hub.address)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert problem.startswith(str(part)) and "cannot be written" in problem
    assert part.read_bytes() == content(hub)[:100_000]
    assert fetch(file, place, hub.address) == ""
    assert part.read_bytes() == content(hub)


def test_a_part_longer_than_the_file_is_thrown_away(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    part.write_bytes(bytes(3_000_001))
    assert fetch(file, place, hub.address) == ""
    assert part.read_bytes() == content(hub)


@pytest.mark.parametrize(("status", "asked"), [(503, 3), (403, 1), (404, 1)])
def test_what_may_pass_is_tried_again(
    status: int, asked: int, hub: Hub, file: PublishedFile, part: Path, place: Path
) -> None:
    hub.status = status
    problem = fetch(file, place, hub.address)
    assert problem.startswith("nnet_ema_114000.pth cannot be fetched") and problem.count(".") >= 2
    assert hub.asked == asked


def test_no_server_is_one_sentence(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    problem = fetch(file, place, "http://127.0.0.1:9")
    assert "cannot be fetched: " in problem and "mirror" in problem


def test_a_server_that_falls_silent_is_asked_again(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    before = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(500)
    hub.silent = [3.0]
    try:
        assert fetch(file, place, hub.address) == ""
    finally:
        QgsNetworkAccessManager.setTimeout(before)
    assert len(hub.starts) == 2


def test_a_slow_server_is_not_taken_for_a_silent_one(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    before = QgsNetworkAccessManager.timeout()
    QgsNetworkAccessManager.setTimeout(1500)
    hub.pause = 0.06
    try:
        assert fetch(file, place, hub.address) == ""
    finally:
        QgsNetworkAccessManager.setTimeout(before)
    assert hub.starts == [0], "46 pieces take longer than the time a silence may last"


def test_a_stopped_transfer_says_nothing_and_keeps_its_part(
    hub: Hub, file: PublishedFile, part: Path, place: Path
) -> None:
    hub.pause = 0.02
    said: list[str] = []
    moving = FileTransfer(file, place, hub.address)
    moving.ended.connect(said.append)
    moving.start()
    wait_until(lambda: moving.there > 500_000, "some bytes")
    moving.stop()
    spin()
    assert said == []
    assert content(hub).startswith(part.read_bytes()) and part.stat().st_size == moving.there


def test_the_proxy_of_qgis_is_used(hub: Hub, file: PublishedFile, part: Path, place: Path) -> None:
    manager = QgsNetworkAccessManager.instance()
    before, excluded = manager.fallbackProxy(), manager.excludeList()
    port = int(hub.address.rsplit(":", 1)[1])
    manager.setFallbackProxyAndExcludes(QNetworkProxy(QNetworkProxy.ProxyType.HttpProxy, "127.0.0.1", port), [], [])
    try:
        assert fetch(file, place, "http://hub.invalid") == ""
    finally:
        manager.setFallbackProxyAndExcludes(before, excluded, [])
    assert hub.proxied == 3, "the question for the commit, the original address and where it leads"
    assert part.read_bytes() == content(hub)


def test_qgis_is_not_blocked(
    hub: Hub, file: PublishedFile, part: Path, place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    clock, gaps = QElapsedTimer(), []
    timer = QTimer()
    timer.timeout.connect(lambda: gaps.append(clock.restart()))
    clock.start()
    timer.start(0)
    assert fetch(file, place, hub.address) == ""
    timer.stop()
    with capsys.disabled():
        print(f"\nlongest gap of QGIS's event loop during a transfer: {max(gaps)} ms")
    assert len(gaps) > 1, "the loop turned while the file came"
