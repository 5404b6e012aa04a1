"""The help page of a source: there where one is, folded at first, and its links lead where they say."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QDesktopServices
from pytestqt.qtbot import QtBot
from ui.fake_background import AtOnce
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, SOURCES, FakeSource

from app.ui.bench import Bench
from app.ui.widgets.source_page import SourcePage


@pytest.fixture
def page(qtbot: QtBot, desk: FakeDesk) -> SourcePage:
    bench = Bench(AtOnce(), lambda: NOW)
    bench.open(desk, SOURCES)
    made = SourcePage(bench)
    qtbot.addWidget(made)
    return made


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


def test_links_lead_to_other_pages_and_outside(page: SourcePage, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toString()))
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
