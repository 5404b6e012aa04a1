"""A small view of a picture: unpacked off the GUI thread, never larger than its place."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl, Signal
from PySide6.QtGui import QImage, QPixmap, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from app.core.by_hand import SOURCES
from app.core.mention import Mention
from app.ui.bench import Bench
from app.ui.opening import open_outside
from app.ui.pictures import image_of
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button
from app.words import _

TALLEST = 200
"""Pixels of a picture's height in the case."""


class PictureLabel(QLabel):
    """Shows a picture as large as fits its width and `tallest` pixels."""

    def __init__(self, tallest: int) -> None:
        super().__init__()
        self._tallest = tallest
        self._image = QImage()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self.setAccessibleName(_("Picture"))

    @property
    def image(self) -> QImage:
        return self._image

    def show_image(self, image: QImage) -> None:
        """Show a picture, nothing for an empty one."""
        self._image = image
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._fit()

    def _fit(self) -> None:
        if self._image.isNull():
            self.clear()
            return
        ratio = self.devicePixelRatioF()
        room = QSize(max(48, self.width()), self._tallest)
        size = self._image.size() / ratio
        if size.width() > room.width() or size.height() > room.height():
            size = size.scaled(room, Qt.AspectRatioMode.KeepAspectRatio)
        pixels = self._image.scaled(
            size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(pixels)
        pixmap.setDevicePixelRatio(ratio)
        self.setPixmap(pixmap)
        self.setFixedHeight(max(1, size.height()))


class CasePicture(QWidget):
    """The picture kept with a mention, under its text; hidden where there is none. «Enlarge» opens its file."""

    shown = Signal()

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._wanted: Mention | None = None
        self._path: Path | None = None
        self.label = PictureLabel(TALLEST)
        self.enlarge = button(_("Enlarge the picture"), self._open)
        rows = column_in(self, 4)
        rows.addWidget(self.label)
        rows.addWidget(self.enlarge, 0, Qt.AlignmentFlag.AlignLeft)
        self.hide()

    def show_mention(self, mention: Mention) -> None:
        """Show the picture of a mention, once it is read; only what was entered by hand can have one."""
        if mention == self._wanted:
            return
        self._wanted, self._path = mention, None
        self.hide()
        if mention.source in SOURCES:
            self._bench.read(
                self, lambda desk: _read(desk.by_hand.picture, mention), lambda found: self._take(mention, found)
            )

    def _take(self, mention: Mention, found: tuple[Path, QImage] | None) -> None:
        if mention != self._wanted or found is None:
            return
        self._path, image = found
        self.label.show_image(image)
        self.show()
        self.shown.emit()

    def _open(self) -> None:
        if self._path is not None:
            words = _("No program could open the picture.")
            open_outside(QUrl.fromLocalFile(str(self._path)), self, lambda: self._bench.announced.emit(words))


def _read(path_of: Callable[[Mention], Path | None], mention: Mention) -> tuple[Path, QImage] | None:
    path = path_of(mention)
    if path is None:
        return None
    try:
        image = image_of(path.read_bytes())
    except OSError:
        return None
    return (path, image) if image is not None else None
