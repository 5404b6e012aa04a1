"""The help page of a source in the watch editor, unfolded by a button: where its keys are made, what it hears and costs."""

from __future__ import annotations

import re

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QTextCursor, QTextDocument, QTextOption
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from app.core.ports.source import Source
from app.ui.bench import Bench
from app.ui.opening import open_outside, page_failed
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import button
from app.words import _

HIGH = 360
"""Pixels: enough for the three steps that most pages begin with."""

_CLINGING = re.compile(r"(`[^`]*`)|(?<=\b[^\W\d_])(?<!['’].) (?=\w)| (?=—)")
"""Code, which stays as it is, or a space at which no line is broken (see `guide_topics`)."""


class SourcePage(QWidget):
    """Seen only for sources that have a page. A link to the page of another source leads there; others open outside."""

    def __init__(self, bench: Bench) -> None:
        super().__init__()
        self._bench = bench
        self._name, self._own = "", ""
        self.open_button = button(
            _("Help page"), self._turn, hint=_("How to set it up, what is heard and what it costs")
        )
        self.text = QTextBrowser()
        self.text.setAccessibleName(_("Help page"))
        self.text.setFrameShape(QFrame.Shape.NoFrame)
        self.text.setMinimumHeight(HIGH)
        self.text.document().setDocumentMargin(12)
        self.text.document().setIndentWidth(24)
        self.text.setWordWrapMode(QTextOption.WrapMode.WordWrap)  # else words are cut in the columns of tables
        self.text.setOpenLinks(False)
        self.text.setTabChangesFocus(True)
        self.text.anchorClicked.connect(self._follow)
        rows = column_in(self, 8)
        rows.addWidget(self.open_button, 0, Qt.AlignmentFlag.AlignLeft)
        rows.addWidget(self.text)
        self.text.hide()
        self.hide()

    def draw(self, source: Source) -> None:
        """Be there, folded, as soon as a page of this source is found."""
        self.text.hide()
        self.hide()
        self._own = source.help_page
        self._ask(self._own)

    def _ask(self, name: str) -> None:
        self._name = name

        def came(page: str) -> None:
            if name == self._name and page:
                self.text.setMarkdown(_CLINGING.sub(lambda found: found[1] or "\N{NO-BREAK SPACE}", page))
                _set_apart(self.text.document())
                self.show()

        self._bench.with_page(self, name, came)

    def _turn(self) -> None:
        """Unfold the source's own page, wherever its links led before, or fold it."""
        if self.text.isHidden() and self._name != self._own:
            self._ask(self._own)
        self.text.setVisible(self.text.isHidden())

    def _follow(self, link: QUrl) -> None:
        if link.scheme() in {"http", "https"}:
            open_outside(link, self, lambda: self._bench.announced.emit(page_failed(link)))
        elif link.path().endswith(".md"):
            self._ask(link.path().removesuffix(".md"))


def _set_apart(page: QTextDocument) -> None:
    """Give headings room above and tables below them, which would touch each other as they come."""
    block = page.begin()
    while block.isValid():
        form = block.blockFormat()
        if form.headingLevel():
            form.setTopMargin(16)
            QTextCursor(block).setBlockFormat(form)
        block = block.next()
    for frame in page.rootFrame().childFrames():
        shape = frame.frameFormat()
        shape.setTopMargin(6)
        frame.setFrameFormat(shape)
