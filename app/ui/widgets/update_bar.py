"""The line that tells of a newer version: what is new, where to get it, or leave it."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from app.core.release import Release
from app.ui.opening import open_outside, page_failed
from app.ui.widgets.pieces import button, plain
from app.words import _, language

MOST_LINES = 12
"""Lines of news that are shown; the page has the rest."""

_LIST_MARK = re.compile(r"^[-*]\s+")


class UpdateBar(QWidget):
    """Hidden until there is something to tell. `skipped(version)` when the owner wants to hear of it no more.

    `announced` carries a sentence on its page that could not be opened.
    """

    skipped = Signal(str)
    announced = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._release: Release | None = None
        self.words, self.news = plain(), plain(tone="muted")
        self.more = button(_("What is new"), self._unfold)
        self.page = button(_("Open the download page"), self._open_page)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(16, 4, 8, 4)
        rows.setSpacing(4)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.words, 1)
        for part in (self.more, self.page, button(_("Skip this version"), self._skip), button(_("Later"), self.hide)):
            row.addWidget(part)
        rows.addLayout(row)
        rows.addWidget(self.news)
        self.hide()

    def tell(self, release: Release) -> None:
        """Show that a version is out."""
        self._release = release
        self.words.setText(_("Counterbell {version} is out.").format(version=release.version))
        self.setAccessibleName(self.words.text())
        lines = [
            _LIST_MARK.sub("• ", line.strip()) for line in release.news_in(language()).splitlines() if line.strip()
        ]
        self.news.setText("\n".join(lines[:MOST_LINES]))
        self.news.hide()
        self.more.setVisible(bool(lines))
        self.page.setToolTip(release.page)
        self.show()

    def _unfold(self) -> None:
        self.news.setVisible(self.news.isHidden())

    def _open_page(self) -> None:
        if self._release:
            page = QUrl(self._release.page)
            open_outside(page, self, lambda: self.announced.emit(page_failed(page)))

    def _skip(self) -> None:
        self.hide()
        if self._release:
            self.skipped.emit(self._release.version)
