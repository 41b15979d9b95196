"""One file from the hub or a mirror of it, through QGIS's network settings, in as many pieces as it takes.

What arrived lies in ``<name>.part`` and is only ever added to, so that a killed QGIS loses nothing. Every attempt asks
the original address again: those that the hub leads to expire.
"""

from __future__ import annotations

import contextlib
import errno
import json
from pathlib import Path
from typing import BinaryIO, Optional

from qgis.core import QgsNetworkAccessManager
from qgis.PyQt import sip
from qgis.PyQt.QtCore import QObject, QTimer, QUrl, pyqtSignal
from qgis.PyQt.QtNetwork import QNetworkReply, QNetworkRequest

from ..translation import tr
from .answers import REDIRECTS, Refusal, as_number, judge_kind, judge_part, judge_whole, why_failed
from .catalogue import PART, PublishedFile

BRANCH = "main"
ETAG = ".etag"
MOST_REDIRECTS = 10
WAITS = (1000, 2000, 4000, 8000)
"""Milliseconds before the next attempt, while none brings anything."""
BUFFER = 8 << 20
"""Bytes that wait in memory for the disk at most."""
LONGEST_ANSWER = 1 << 20


class FileTransfer(QObject):
    """Fetches the rest of a file.

    Args:
        file: what to fetch.
        path: its final place; the part lies beside it.
        endpoint: address of the hub or a mirror.

    Attributes:
        there: bytes that are here.
        resumed: whether some of them were here before.
    """

    progressed = pyqtSignal()
    ended = pyqtSignal(str)
    """Why it failed, in a sentence; empty once all bytes are in the part."""

    def __init__(self, file: PublishedFile, path: Path, endpoint: str) -> None:
        super().__init__()
        self.there = 0
        self.resumed = False
        self._file = file
        self._endpoint = endpoint.rstrip("/")
        self._part = path.with_name(path.name + PART)
        self._tag = self._part.with_name(self._part.name + ETAG)
        self._revision = file.revision
        self._reply: Optional[QNetworkReply] = None
        self._content: Optional[BinaryIO] = None
        self._redirects = self._failures = self._farthest = 0
        self._began_again = False
        self._over = False
        self._retry = QTimer(self)
        self._retry.setSingleShot(True)
        self._retry.timeout.connect(self._ask)

    def start(self) -> None:
        """Begin, or go on after what is here."""
        try:
            self._part.parent.mkdir(parents=True, exist_ok=True)
            self.there = self._part.stat().st_size if self._part.is_file() else 0
            self.resumed = self.there > 0
            if self.there > self._file.size:
                self._begin_again()
        except OSError as error:
            self._end(_disk_problem(self._part, error))
            return
        self._ask()

    def stop(self) -> None:
        """End without a word; what arrived is kept."""
        self._over = True
        self._retry.stop()
        self._let_go()

    def _ask(self) -> None:
        """Ask the original address, or first for the newest commit where none is known."""
        self._redirects = 0
        if self.there == self._file.size:
            self._end("")
        elif self._revision:
            name = f"{self._endpoint}/{self._file.repository}/resolve/{self._revision}/{self._file.name}"
            self._get(QUrl(name), is_file=True)
        else:
            self._get(QUrl(f"{self._endpoint}/api/models/{self._file.repository}/revision/{BRANCH}"), is_file=False)

    def _get(self, url: QUrl, is_file: bool) -> None:
        request = QNetworkRequest(url)
        attribute = QNetworkRequest.Attribute
        # A gigabyte is not for the cache, and redirects are followed here, since the part must be asked for again.
        request.setAttribute(attribute.CacheLoadControlAttribute, QNetworkRequest.CacheLoadControl.AlwaysNetwork)
        request.setAttribute(attribute.CacheSaveControlAttribute, False)
        request.setAttribute(attribute.RedirectPolicyAttribute, QNetworkRequest.RedirectPolicy.ManualRedirectPolicy)
        # Qt 6 speaks HTTP/2 unless told not to, where the reply's buffer has no limit; old bindings lack the name.
        http2 = getattr(attribute, "Http2AllowedAttribute", None)
        if http2 is not None:
            request.setAttribute(http2, False)
        request.setRawHeader(b"Accept-Encoding", b"identity")
        if is_file and self.there:
            request.setRawHeader(b"Range", f"bytes={self.there}-".encode())
            tag = self._read_tag()
            if tag:
                request.setRawHeader(b"If-Range", tag.encode())
        reply = QgsNetworkAccessManager.instance().get(request)
        reply.setReadBufferSize(BUFFER)
        if is_file:
            reply.metaDataChanged.connect(self._on_head)
            reply.readyRead.connect(self._on_bytes)
        reply.finished.connect(self._on_file_end if is_file else self._on_revision)
        self._reply = reply

    def _on_revision(self) -> None:
        reply = self._reply
        if reply is None:
            return
        status, place = _status(reply), _location(reply)
        if status in REDIRECTS and place is not None:
            self._follow(place, is_file=False)
            return
        try:
            answer = json.loads(bytes(reply.read(LONGEST_ANSWER)).decode("utf-8", "replace")) if status == 200 else {}
        except ValueError:
            answer = {}
        if isinstance(answer, dict) and answer.get("sha"):
            self._revision = str(answer["sha"])
            self._let_go()
            self._ask()
        elif status == 200:
            self._end(self._sentence(tr("the server does not answer as a hub of models does")))
        else:
            self._fail(reply)

    def _on_head(self) -> None:
        """The headers are here: prepare the part for what follows, follow a redirect, or refuse."""
        reply = self._reply
        if reply is None or self._content is not None:
            return
        status, place = _status(reply), _location(reply)
        try:
            if status in REDIRECTS and place is not None:
                judge_whole(self._file, as_number(_header(reply, "X-Linked-Size")))
                self._follow(place, is_file=True)
            elif status == 206:
                judge_part(self._file, self.there, _header(reply, "Content-Range"))
                self._content = self._part.open("ab")
            elif status == 200:
                judge_kind(_header(reply, "Content-Type"))
                judge_whole(self._file, as_number(_header(reply, "Content-Length")))
                self._begin_again()
                self._remember_tag(_header(reply, "ETag"))
                self._content = self._part.open("ab")
        except Refusal as refusal:
            self._end(self._sentence(str(refusal)))
        except OSError as error:
            self._end(_disk_problem(self._part, error))

    def _on_bytes(self) -> None:
        reply = self._reply
        if reply is None or self._content is None:
            return
        data = bytes(reply.readAll())
        room = self._file.size - self.there
        try:
            self._content.write(data[:room])
            self._content.flush()
        except OSError as error:
            self._end(_disk_problem(self._part, error))
            return
        self.there += min(len(data), room)
        if self.there > self._farthest:
            # A server that gives no parts and always cuts at the same place must not be asked for ever.
            self._farthest, self._failures = self.there, 0
        if len(data) > room:
            self._begin_again()
            self._end(self._sentence(tr("the server sends more bytes than the published file has")))
        elif data:
            self.progressed.emit()

    def _on_file_end(self) -> None:
        reply = self._reply
        if reply is None:
            return
        self._on_head()
        self._on_bytes()
        if self._reply is not reply or self._over:
            return
        if self.there == self._file.size:
            self._end("")
        elif _status(reply) == 416 and not self._began_again:
            self._began_again = True
            self._begin_again()
            self._let_go()
            self._ask()
        else:
            self._fail(reply)

    def _follow(self, place: QUrl, is_file: bool) -> None:
        old = self._reply.url() if self._reply is not None else QUrl()
        url = old.resolved(place)
        self._let_go()
        self._redirects += 1
        if self._redirects > MOST_REDIRECTS:
            self._end(self._sentence(tr("the server leads round in circles")))
        elif url.scheme() not in ("http", "https") or (old.scheme() == "https" and url.scheme() != "https"):
            self._end(self._sentence(tr("the server leads to an address that is not safe")))
        else:
            QTimer.singleShot(0, lambda: None if self._over else self._get(url, is_file))

    def _fail(self, reply: QNetworkReply) -> None:
        """Try again where that may help, else end."""
        reason, may_pass = why_failed(_status(reply), reply.error(), reply.errorString())
        self._let_go()
        if may_pass and self._failures < len(WAITS):
            self._retry.start(WAITS[self._failures])
            self._failures += 1
        else:
            self._end(self._sentence(reason))

    def _begin_again(self) -> None:
        self._close()
        self._part.unlink(missing_ok=True)
        self._tag.unlink(missing_ok=True)
        self.there = 0
        self.resumed = False

    def _read_tag(self) -> str:
        try:
            return self._tag.read_text(encoding="ascii").strip()
        except (OSError, ValueError):
            return ""

    def _remember_tag(self, tag: str) -> None:
        # A weak one does not tell whether bytes are the same.
        if tag.startswith('"') and tag.isascii():
            self._tag.write_text(tag, encoding="ascii")

    def _let_go(self) -> None:
        self._close()
        reply, self._reply = self._reply, None
        if reply is not None and not sip.isdeleted(reply):
            with contextlib.suppress(TypeError):
                reply.disconnect()
            reply.abort()
            reply.deleteLater()

    def _close(self) -> None:
        content, self._content = self._content, None
        if content is not None:
            # What a full disk did not take is tried once more, and need not be told twice.
            with contextlib.suppress(OSError):
                content.close()

    def _end(self, problem: str) -> None:
        self._let_go()
        if not self._over:
            self._over = True
            self.ended.emit(problem)

    def _sentence(self, reason: str) -> str:
        return tr(
            "{file} cannot be fetched: {reason}. What arrived is kept; try again later, or give a mirror or a folder."
        ).format(file=self._file.name, reason=reason)


def _status(reply: QNetworkReply) -> int:
    return int(reply.attribute(QNetworkRequest.Attribute.HttpStatusCodeAttribute) or 0)


def _header(reply: QNetworkReply, name: str) -> str:
    return bytes(reply.rawHeader(name.encode())).decode("latin-1").strip()


def _location(reply: QNetworkReply) -> Optional[QUrl]:
    place = _header(reply, "Location")
    return QUrl.fromEncoded(place.encode("latin-1")) if place else None


def _disk_problem(path: Path, error: OSError) -> str:
    if error.errno in (errno.ENOSPC, getattr(errno, "EDQUOT", -1)):
        return tr("The disk of {folder} is full; make room and continue.").format(folder=path.parent)
    return tr("{path} cannot be written ({reason}); choose another folder.").format(
        path=path, reason=error.strerror or str(error)
    )
