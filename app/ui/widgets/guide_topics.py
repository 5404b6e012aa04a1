"""The short guide: its topics one below the other, and a field that leaves only those with the words typed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QWidget

from app.core.text import fold
from app.ui.widgets.focus_ring import FocusRing
from app.ui.widgets.layouts import column_in
from app.ui.widgets.pieces import headline, plain, section
from app.words import _
from app.words.guide import Topic

LINE = 82
"""Characters that would fill a line; broken between words it holds some 70, which is read without effort."""

SAMPLE = 1000
"""Characters at most by which the width of one is told."""

_PARAGRAPH = '<p style="margin-top: {above}px; margin-bottom: 0; line-height: 115%">{text}</p>'

_CLINGING = re.compile(r"(?<=\b\w) | (?=—)")
"""Spaces at which no line is broken: Polish and Russian leave no word of one letter at its end, and no dash begins one."""


def paragraphs(body: str) -> str:
    """Return a plain text as rich text, in which an empty line is a small gap."""
    texts = _CLINGING.sub("\N{NO-BREAK SPACE}", body).split("\n\n")
    return "".join(_PARAGRAPH.format(above=8 if number else 0, text=escape(text)) for number, text in enumerate(texts))


class GuideText(QLabel):
    """A long text that can be marked. It is told its width, and is as high as that wants: a layout would try many."""

    def __init__(self, topic: Topic) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.RichText)  # for the gaps and the line height alone
        self.setText(paragraphs(topic.body))
        self.setWordWrap(True)
        self.setProperty("read", "true")
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName(f"{topic.heading}. {topic.body}")
        self._ring = FocusRing(self)

    def hasHeightForWidth(self) -> bool:
        return False

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSizeHint(self) -> QSize:
        return self.minimumSize()

    def fit(self, width: int) -> None:
        """Take a width in pixels, and the height that goes with it."""
        self.setFixedSize(width, self.heightForWidth(width))


class GuideTopics(QWidget):
    """Each topic is one stop of the Tab key and one text that can be marked and copied."""

    def __init__(self, topics: Sequence[Topic]) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName(_("Find in the guide"))
        self.field.setPlaceholderText(_("Find in the guide"))
        self.field.setClearButtonEnabled(True)
        self.field.textChanged.connect(self._show_found)
        self._nothing = plain(_("Nothing found"), "muted")
        self._nothing.hide()
        self.texts: list[GuideText] = []
        self._sample = "".join(topic.body for topic in topics)[:SAMPLE]
        self._fitted: tuple[object, ...] = ()
        self._parts: list[tuple[str, QWidget]] = []
        rows = column_in(self, 24)
        head = QHBoxLayout()
        head.setSpacing(16)
        head.addWidget(headline(_("Guide")), 1)
        head.addWidget(self.field, 1)
        rows.addLayout(head)
        rows.addWidget(self._nothing)
        for topic in topics:
            rows.addWidget(self._part(topic))
        rows.addStretch(1)

    def _part(self, topic: Topic) -> QWidget:
        part = QWidget()
        rows = column_in(part, 4)
        text = GuideText(topic)
        rows.addWidget(section(topic.heading))
        rows.addWidget(text)
        self.texts.append(text)
        self._parts.append((fold(f"{topic.heading} {topic.body}"), part))
        return part

    @property
    def measure(self) -> int:
        """The width in pixels at which a line holds about `LINE` characters of this text in this font."""
        return self.fontMetrics().horizontalAdvance(self._sample) * LINE // len(self._sample)

    def fit(self, width: int) -> None:
        """Take a width in pixels."""
        if self._fitted != (fitted := (width, self.font().key(), self.logicalDpiY(), self.devicePixelRatioF())):
            self._fitted = fitted
            self.setFixedWidth(width)
            for text in self.texts:
                text.fit(width)

    def _show_found(self, typed: str) -> None:
        words = fold(typed).split()
        found = [part for text, part in self._parts if all(word in text for word in words)]
        for _text, part in self._parts:
            part.setVisible(part in found)
        self._nothing.setHidden(bool(found))
