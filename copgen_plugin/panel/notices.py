"""What is said in QGIS's message bar, with what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Callable, List, Tuple

from qgis.core import Qgis, QgsMessageLog
from qgis.PyQt import sip
from qgis.PyQt.QtWidgets import QPushButton

from ..translation import tr

LOG_TAG = "COP-GEN"
INFO_SECONDS = 8


@dataclass(frozen=True)
class Notice:
    """One message.

    Attributes:
        text: a sentence.
        title: what it is about.
        level: of QGIS's messages.
        actions: (label, what happens on a click).
        shows_log: offers the message log, and stays until the user closes it.
    """

    text: str
    title: str = "COP-GEN"
    level: Qgis.MessageLevel = Qgis.MessageLevel.Info
    actions: Tuple[Tuple[str, Callable[[], None]], ...] = ()
    shows_log: bool = False


class NoticeBoard:
    """Puts notices into the message bar and the message log.

    Args:
        iface: QGIS's interface.
    """

    def __init__(self, iface: Any) -> None:  # noqa: ANN401
        self._iface = iface
        self._items: List[Any] = []

    def show(self, notice: Notice) -> None:
        """Show a notice; those with a choice stay until closed."""
        QgsMessageLog.logMessage(f"{notice.title}: {notice.text}", LOG_TAG, notice.level, False)
        bar = self._iface.messageBar()
        item = bar.createMessage(notice.title, notice.text)
        log = ((tr("Show log"), self.show_log),) if notice.shows_log else ()
        for label, action in (*notice.actions, *log):
            button = QPushButton(label, item)
            button.clicked.connect(_then_close(action, item, bar))
            item.layout().addWidget(button)
        stays = notice.shows_log or bool(notice.actions)
        bar.pushWidget(item, notice.level, 0 if stays else INFO_SECONDS)
        # No slot on their end: QGIS deletes them when Python may be gone already.
        self._items = [shown for shown in self._items if not sip.isdeleted(shown)] + [item]

    def clear(self) -> None:
        """Take all notices away."""
        items, self._items = self._items, []
        for item in items:
            if not sip.isdeleted(item):
                self._iface.messageBar().popWidget(item)

    def show_log(self) -> None:
        """Open the message log."""
        self._iface.openMessageLog()


def _then_close(action: Callable[[], None], item: Any, bar: Any) -> Callable[..., None]:  # noqa: ANN401
    def clicked(*_: object) -> None:
        bar.popWidget(item)
        action()

    return clicked
