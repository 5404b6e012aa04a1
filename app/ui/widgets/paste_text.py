"""A field that takes whatever is pasted or dropped: a text, a link, a picture, a table."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QPlainTextEdit

from app.core.by_hand import link_beside, link_of

TABLES = {".csv", ".tsv", ".txt"}
RAW = ("image/png", "image/jpeg")
"""Forms in which a clipboard hands a picture over as a file: it is unpacked elsewhere then."""


def can_take(data: QMimeData) -> bool:
    """Say whether there is anything in it for us."""
    return data.hasText() or data.hasImage() or data.hasUrls()


class PasteText(QPlainTextEdit):
    """`linked(address, text)`, `pictured(bytes, QImage or Path)` and `table_given(path)` for what is not only text.

    The text of a link is all that was given, words and link; «» for a link alone. It is not in the field yet.
    """

    linked = Signal(str, str)
    pictured = Signal(object)
    table_given = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        return can_take(source)

    def insertFromMimeData(self, source: QMimeData) -> None:
        self.take(source)

    def take(self, data: QMimeData) -> bool:
        """Take what was pasted or dropped: a file by its kind, words before a picture of them, the one link as a link.

        Return whether it has to do with this field, which a table has not.
        """
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        text = data.text() if data.hasText() else ""
        if files:
            return self._file(files[0])
        if link := link_of(text) or next((url.toString() for url in data.urls() if link_of(url.toString())), ""):
            self.linked.emit(link, "")
        elif link := link_beside(text)[0]:
            self.linked.emit(link, text)
        elif text.strip():
            self.insertPlainText(text)
        elif data.hasImage() and (picture := _picture(data)) is not None:
            self.pictured.emit(picture)
        return True

    def _file(self, path: Path) -> bool:
        if path.suffix.lower() in TABLES:
            self.table_given.emit(path)
            return False
        self.pictured.emit(path)
        return True


def _picture(data: QMimeData) -> bytes | QImage | None:
    for form in RAW:
        if data.hasFormat(form) and (raw := bytes(data.data(form).data())):
            return raw
    image = data.imageData()
    return image if isinstance(image, QImage) and not image.isNull() else None
