"""The help page of a source: there where one is, folded at first, and its links lead where they say."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices, QTextBlock
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, SOURCES, FakeSource
from ui.window_samples import RESOURCES

from app.ui.bench import Bench
from app.ui.widgets.source_page import SourcePage
from app.words import use


@pytest.fixture
def polish() -> Iterator[None]:
    use("pl", RESOURCES / "translations")
    yield
    use("en", RESOURCES / "translations")


@pytest.fixture
def page(qtbot: QtBot, desk: FakeDesk) -> SourcePage:
    bench = Bench(AtOnce(), lambda: NOW)
    bench.open(desk, SOURCES)
    made = SourcePage(bench)
    qtbot.addWidget(made)
    return made


def _blocks(page: SourcePage) -> list[QTextBlock]:
    document = page.text.document()
    return [document.findBlockByNumber(number) for number in range(document.blockCount())]


def _lines(block: QTextBlock) -> list[str]:
    """Return the text of each line that a block takes, as it is set out now."""
    layout = block.layout()
    lines = [layout.lineAt(number) for number in range(layout.lineCount())]
    return [block.text()[line.textStart() : line.textStart() + line.textLength()].strip() for line in lines]


def test_it_is_folded_until_it_is_asked_for(page: SourcePage) -> None:
    page.draw(FakeSource())
    assert not page.isHidden()
    assert page.text.isHidden()
    page.open_button.click()
    assert not page.text.isHidden()
    assert page.text.toPlainText().startswith("Page of feed")
    page.open_button.click()
    assert page.text.isHidden()


def test_another_source_folds_it_and_one_without_a_page_has_no_button(page: SourcePage) -> None:
    page.draw(FakeSource())
    page.open_button.click()
    page.draw(FakeSource("reviews", help_page="reviews"))
    assert page.text.isHidden()
    assert page.text.toPlainText().startswith("Page of reviews")
    page.draw(replace(FakeSource(), help_page=""))
    assert page.isHidden()


def test_it_and_the_pages_it_links_to_are_in_the_language_spoken(polish: None, page: SourcePage) -> None:
    page.draw(FakeSource())
    assert page.text.toPlainText().startswith("Page of feed (pl)")
    page.text.anchorClicked.emit(QUrl("mailbox.md"))
    assert page.text.toPlainText().startswith("Page of mailbox (pl)")


def test_no_line_ends_in_a_word_of_one_letter_and_code_stays_as_it_is(
    page: SourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "Wpis z bloga — i `a w c`; it's me\n\n1. grupa A\n2. jeden\n\n| w domu | b |\n|---|---|\n| i | `x y` |\n"
    monkeypatch.setattr(type(SOURCES), "page", lambda *_asked: text)
    page.draw(FakeSource())
    clinging = "Wpis z\N{NO-BREAK SPACE}bloga\N{NO-BREAK SPACE}— i a w c; it's me"
    told = [block.text() for block in _blocks(page)]
    assert told == [clinging, "grupa A", "jeden", "w\N{NO-BREAK SPACE}domu", "b", "i", "x y", ""]


def test_no_word_is_cut_in_a_narrow_table(page: SourcePage, monkeypatch: pytest.MonkeyPatch) -> None:
    text = "|Co|Gdzie|Ile|\n|---|---|---|\n|Powiadomienia Google|Uwierzytelnianie konta|`imap.example.com:1993`|\n"
    monkeypatch.setattr(type(SOURCES), "page", lambda *_asked: text)
    page.draw(FakeSource())
    page.open_button.click()
    page.resize(256, 480)
    page.show()
    lines = [line for block in _blocks(page) for line in _lines(block)]
    assert {"Powiadomienia", "Uwierzytelnianie", "imap.example.com:1993"} <= set(lines)


def test_headings_and_tables_stand_apart(page: SourcePage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type(SOURCES), "page", lambda *_asked: "# Co\n\nTak.\n\n## Jak\n\n| a |\n|---|\n| b |\n")
    page.draw(FakeSource())
    forms = [block.blockFormat() for block in _blocks(page)]
    assert [form.topMargin() > 12 for form in forms if form.headingLevel()] == [True, True]
    (table,) = page.text.document().rootFrame().childFrames()
    assert table.frameFormat().topMargin() > 0


def test_links_lead_to_other_pages_and_outside(page: SourcePage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()) or True)
    page.draw(FakeSource())
    page.open_button.click()
    page.text.anchorClicked.emit(QUrl("https://x.example/keys"))
    page.text.anchorClicked.emit(QUrl("file:///etc/passwd"))
    assert opened == ["https://x.example/keys"]
    page.text.anchorClicked.emit(QUrl("mailbox.md#three-steps"))
    assert page.text.toPlainText().startswith("Page of mailbox")
    assert not page.text.isHidden()
    page.open_button.click()
    page.open_button.click()
    assert page.text.toPlainText().startswith("Page of feed"), "folded and unfolded it is the source's own again"
