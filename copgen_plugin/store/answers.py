"""What a server's answer means for a download: fit to be taken, to be refused, or worth another try."""

from __future__ import annotations

import re
from typing import Optional, Tuple

from qgis.PyQt.QtNetwork import QNetworkReply

from ..translation import tr
from .catalogue import PublishedFile

REDIRECTS = (301, 302, 303, 307, 308)
RANGE = re.compile(r"bytes (\d+)-(\d+)/(\d+|\*)")
PASSING = (408, 425, 429, 500, 502, 503, 504)
"""Statuses after which another try may help."""


class Refusal(Exception):
    """An answer that is not taken; says why."""


def as_number(text: str) -> Optional[int]:
    """Return the number in a header, None where there is none."""
    return int(text) if text.isdigit() else None


def judge_kind(content_type: str) -> None:
    """Look whether it may be a model's file that comes.

    Raises:
        Refusal: it is a page.
    """
    if content_type.lower().startswith("text/html"):
        raise Refusal(tr("the server sends a web page instead, as where one has to sign in to the network first"))


def judge_whole(file: PublishedFile, offered: Optional[int]) -> None:
    """Compare the size that is offered; None where the server does not say.

    Raises:
        Refusal: it is another one.
    """
    if offered is not None and offered != file.size:
        raise Refusal(
            tr("{offered} bytes are offered, the published file has {size}").format(offered=offered, size=file.size)
        )


def judge_part(file: PublishedFile, start: int, content_range: str) -> None:
    """Look whether a part is the one that was asked for.

    Args:
        file: what is fetched.
        start: the first byte asked for.
        content_range: the header of that name.

    Raises:
        Refusal: it is another part, or of another file.
    """
    found = RANGE.fullmatch(content_range)
    if found is None or int(found[1]) != start or not start <= int(found[2]) < file.size:
        raise Refusal(
            tr("the server gave another part (“{range}”) than was asked for").format(range=content_range[:80])
        )
    judge_whole(file, as_number(found[3]))


def why_failed(status: int, error: QNetworkReply.NetworkError, text: str) -> Tuple[str, bool]:
    """Say why a request brought nothing, and whether it may do so later.

    Args:
        status: of HTTP; 0 without an answer.
        error: Qt's.
        text: Qt's words for it.
    """
    kinds = QNetworkReply.NetworkError
    if status == 404:
        return tr("the server has no such file"), False
    if status in (401, 403):
        return tr("the server refuses it to us (status {status})").format(status=status), False
    if status >= 400:
        return tr("the server answers with status {status}").format(status=status), status in PASSING
    if error == kinds.SslHandshakeFailedError:
        return tr("the server's certificate is not trusted; see Authentication in QGIS's options"), False
    if error in (
        kinds.ProxyConnectionRefusedError,
        kinds.ProxyNotFoundError,
        kinds.ProxyAuthenticationRequiredError,
        kinds.UnknownProxyError,
    ):
        return tr("the proxy does not let it through; see Network in QGIS's options"), False
    if error == kinds.NoError:
        return tr("the connection was cut"), True
    return text.strip().rstrip(".") or tr("the connection was cut"), True
