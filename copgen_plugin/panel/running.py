"""The foot of the panel: run and cancel side by side, how far it is, the picture as it denoises, the device."""

from __future__ import annotations

from typing import List, Optional

from qgis.PyQt.QtCore import QSize, Qt, pyqtSignal
from qgis.PyQt.QtGui import QPixmap, QResizeEvent
from qgis.PyQt.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ..terms import modality_name, overall_share, stage_name
from ..translation import tr
from .bits import SPACING, note
from .records import RunRecord
from .wording import remaining_text

TICKS = 1000
PREVIEW_SIDE = 200
"""Largest side of the preview on the screen, in pixels."""


class Preview(QLabel):
    """The picture as it denoises, scaled to the width there is."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("copgenPreview")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self._picture = QPixmap()
        self._png: Optional[bytes] = None
        self.hide()

    def show_png(self, png: Optional[bytes], modality: str) -> None:
        """Show a picture, or nothing.

        Args:
            png: the file's bytes.
            modality: what it shows.
        """
        if png is self._png:
            return
        self._png = png
        self._picture = QPixmap()
        if png is not None:
            self._picture.loadFromData(png)
        self.setAccessibleName(tr("Preview: {modality}").format(modality=modality_name(modality)) if png else "")
        self.setToolTip(tr("{modality} as it denoises").format(modality=modality_name(modality)) if png else "")
        self._fit()
        self.setVisible(not self._picture.isNull())

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Fit the picture into the new width."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        if self._picture.isNull():
            self.clear()
            return
        side = QSize(min(self.width(), PREVIEW_SIDE), PREVIEW_SIDE)
        mode = Qt.TransformationMode.SmoothTransformation
        fitted = self._picture.scaled(side, Qt.AspectRatioMode.KeepAspectRatio, mode)
        self.setPixmap(fitted)
        self.setFixedHeight(fitted.height())


class RunningSection(QWidget):
    """Run, cancel, progress, preview."""

    run_wanted = pyqtSignal()
    cancel_wanted = pyqtSignal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.run = QPushButton(tr("R&un"), self)
        self.run.setObjectName("copgenRun")
        self.run.setDefault(True)
        self.run.clicked.connect(self.run_wanted)
        self.cancel = QPushButton(tr("Ca&ncel"), self)
        self.cancel.setObjectName("copgenCancel")
        self.cancel.setEnabled(False)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.progress = QProgressBar(self)
        self.progress.setObjectName("copgenProgress")
        self.progress.setAccessibleName(tr("Progress"))
        self.progress.setRange(0, TICKS)
        self.progress.setFormat("%p %")
        self.stage = note(parent=self)
        self.stage.setObjectName("copgenStage")
        self.preview = Preview(self)
        self.device = note(parent=self)
        self.device.setObjectName("copgenDevice")
        self._arrange()
        self.show_record(None, 0)

    def _arrange(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACING)
        buttons.addWidget(self.run, 1)
        buttons.addWidget(self.cancel, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACING)
        column.addWidget(self.preview)
        column.addLayout(buttons)
        for widget in (self.progress, self.stage, self.device):
            column.addWidget(widget)

    def show_record(self, record: Optional[RunRecord], waiting: int) -> None:
        """Show how far a run is.

        Args:
            record: the run that goes on, or None.
            waiting: how many more wait for it.
        """
        self.cancel.setEnabled(record is not None and not (record.run is not None and record.run.cancelling))
        self.progress.setVisible(record is not None)
        self.stage.setVisible(record is not None)
        if record is None:
            self.progress.setValue(0)
            self.stage.setText("")
            self.preview.show_png(None, "")
            return
        progress = record.run.progress if record.run is not None else None
        text = self._stage_text(record)
        self.stage.setText(text + (" · " + tr("{count} waiting").format(count=waiting) if waiting else ""))
        if progress is None:
            # Busy, without a measure.
            self.progress.setRange(0, 0)
            self.preview.show_png(None, "")
        else:
            self.progress.setRange(0, TICKS)
            share = overall_share(progress.stage, progress.done, progress.total)
            self.progress.setValue(round(TICKS * share))
            self.preview.show_png(progress.preview, progress.preview_modality)

    def _stage_text(self, record: RunRecord) -> str:
        run = record.run
        if run is None:
            return stage_name("export")
        if run.cancelling:
            return tr("Cancelling")
        if run.state == "queued":
            return tr("Waiting for its turn")
        if run.progress is None:
            return stage_name("load")
        return remaining_text(stage_name(run.progress.stage), run.progress.seconds_left)

    def order(self) -> List[QWidget]:
        """Return the widgets in the order of the Tab key."""
        return [self.run, self.cancel]
