"""The bell's slider: what it says, what it would have done, who sets it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui.fake_background import Later
from ui.fake_desk import FakeDesk
from ui.fake_shop import DAY, NOW, heard
from ui.window_samples import RESOURCES, Open

from app import words
from app.core.bands import Band
from app.core.correction import Correction, Label
from app.core.matching import phrases_for
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.views import Hits
from app.listen.stems import SnowballStemmer
from app.ui.pages.settings_page import SettingsPage
from app.ui.undo import Undo
from app.ui.widgets.bell_fields import hits_told, setter_told
from app.ui.widgets.bell_preview import compared
from app.ui.widgets.phrase_fields import PhraseFields
from app.ui.window import MainWindow

UNSURE = [(80, 0.62, "Ola"), (81, 0.71, "Jan"), (82, 0.83, "Ewa")]


@pytest.fixture
def desk() -> FakeDesk:
    desk = FakeDesk()
    desk.preferences = replace(desk.preferences, ring_at=0.8)
    desk.heard += [heard(number, f"Text {number}", score=score, author=name) for number, score, name in UNSURE]
    desk.heard.append(heard(90, "Long ago", score=0.9, ago=40 * DAY))
    return desk


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    return open_window()


@pytest.fixture
def page(window: MainWindow) -> SettingsPage:
    window.do("page:settings")
    page: Any = window.pages.page("settings")
    return page


def taught(count: int) -> tuple[Correction, ...]:
    return tuple(Correction(n + 1, Label.NOT_COMPLAINT, f"text {n}", NOW) for n in range(count))


@pytest.mark.parametrize(
    ("hits", "words"),
    [
        (Hits(18, 20), "Of the last 20 rings 18 were right."),
        (Hits(1, 7), "Of the last 7 rings 1 was right."),
        (Hits(0, 3), "Of the last 3 rings 0 were right."),
        (Hits(1, 1), "The last ring was right."),
        (Hits(0, 1), "The last ring was wrong."),
    ],
)
def test_how_often_the_bell_was_right(hits: Hits, words: str) -> None:
    assert hits_told(hits) == words


def test_where_nobody_judged_a_ring_no_figure_is_made_up() -> None:
    assert "once you have answered or corrected" in hits_told(Hits(0, 0))


@pytest.mark.parametrize(
    ("preferences", "suggested", "words"),
    [
        (Preferences(), None, "Automatic: 75% until there are 50 corrections; so far 12."),
        (Preferences(ring_at=0.8), 0.8, "Automatic: 80%, as your corrections suggest."),
        (Preferences(ring_at=0.6, ring_at_by_owner=True), None, "You set this. The automatic value would be 75%."),
        (Preferences(ring_at=0.6, ring_at_by_owner=True), 0.8, "You set this. Your corrections suggest 80%."),
    ],
)
def test_who_sets_the_bell(preferences: Preferences, suggested: float | None, words: str) -> None:
    assert setter_told(preferences, suggested, 12) == words


def test_what_rings_at_one_setting_only(desk: FakeDesk) -> None:
    louder = compared(desk.learning, 0.6, 0.8, NOW - 30 * DAY)
    assert [row.author for row in louder.rows] == ["Jan", "Ola"]
    assert (louder.total, louder.counts[Band.RING]) == (2, 11)
    softer = compared(desk.learning, 0.9, 0.8, NOW - 30 * DAY)
    assert [row.author for row in softer.rows] == ["Ewa"]
    assert (softer.total, softer.counts[Band.RING]) == (1, 8)
    assert compared(desk.learning, 0.8, 0.8, NOW - 30 * DAY).rows == ()


def test_examples_are_found_behind_many_sure_ones(desk: FakeDesk) -> None:
    desk.heard += [heard(200 + n, "Sure", score=0.99, ago=60.0) for n in range(60)]
    desk.heard += [heard(300 + n, "Hardly", score=0.1, ago=60.0) for n in range(60)]
    assert [row.author for row in compared(desk.learning, 0.5, 0.8, 0.0).rows] == ["Jan", "Ola"]


def test_the_page_tells_what_the_setting_does(page: SettingsPage, desk: FakeDesk) -> None:
    assert page.bell.preview.told.text().startswith("In the last 30 days 9 would have rung, ")
    assert page.bell.preview.lines == []
    desk.learning.told = Hits(18, 20)
    page.load()
    assert page.bell.hits.text() == "Of the last 20 rings 18 were right."


def test_an_empty_archive_is_no_row_of_noughts(page: SettingsPage, desk: FakeDesk) -> None:
    desk.heard.clear()
    page.bell.preview.begin(0.8)
    assert page.bell.preview.told.text().startswith("Nothing was heard in the last 30 days.")


def test_the_slider_shows_what_would_newly_ring(page: SettingsPage, qtbot: QtBot) -> None:
    page.bell.ring.setValue(60)
    qtbot.waitUntil(lambda: bool(page.bell.preview.lines))
    assert page.bell.preview.lines == ["Jan Text 81 71%", "Ola Text 80 62%"]
    assert page.bell.preview.head.text() == "These would ring now, but not at 80%:"
    page.bell.ring.setValue(90)
    qtbot.waitUntil(lambda: page.bell.preview.lines == ["Ewa Text 82 83%"])
    assert page.bell.preview.head.text() == "These would ring at 80%, but not now:"


def test_what_is_compared_with_stays_while_the_page_is_open(page: SettingsPage, window: MainWindow) -> None:
    page.bell.ring.setValue(60)
    page.flush()
    page.load()
    page.bell.preview._timer.timeout.emit()
    assert "80%" in page.bell.preview.head.text()
    window.do("page:complaints")
    window.do("page:settings")
    assert page.bell.preview.lines == []
    page.bell.ring.setValue(80)
    page.bell.preview._timer.timeout.emit()
    assert "60%" in page.bell.preview.head.text()


def test_only_the_newest_question_is_answered(open_window: Open, desk: FakeDesk) -> None:
    later = Later()
    window = open_window(desk, later)
    window.do("page:settings")
    later.go()
    page: Any = window.pages.page("settings")
    for value in (90, 60):
        page.bell.ring.setValue(value)
        page.bell.preview._timer.timeout.emit()
    page.bell.preview._timer.stop()
    page._timer.stop()
    desk.learning.asked.clear()
    assert later.go() == 2
    assert {at for at, _since, _most in desk.learning.asked} == {0.6, 0.8}
    assert page.bell.preview.lines == ["Jan Text 81 71%", "Ola Text 80 62%"]


def test_to_the_right_the_bell_rings_more(page: SettingsPage, qtbot: QtBot) -> None:
    qtbot.keyClick(page.bell.ring, Qt.Key.Key_Right)
    assert page.bell.ring.value() == 79
    qtbot.keyClick(page.bell.ring, Qt.Key.Key_Up)
    assert page.bell.ring.value() == 78
    page.flush()


def test_home_is_the_left_end_and_end_the_right_one(page: SettingsPage, qtbot: QtBot) -> None:
    ring = page.bell.ring
    qtbot.keyClick(ring, Qt.Key.Key_Home)
    assert ring.value() == ring.maximum()
    assert ring.invertedAppearance()  # its most is on the left
    qtbot.keyClick(ring, Qt.Key.Key_Right)
    assert ring.value() == ring.maximum() - 1
    qtbot.keyClick(ring, Qt.Key.Key_End)
    assert ring.value() == ring.minimum()
    page.flush()


def test_each_rest_of_the_slider_can_be_taken_back(page: SettingsPage, desk: FakeDesk, window: MainWindow) -> None:
    desk.learning.known = taught(50)
    for value in (70, 60):
        page.bell.ring.setValue(value)
        page._timer.timeout.emit()
    assert window.banner.text == "The bell rings when Counterbell is at least 60% sure it is a complaint."
    window.do("undo")
    assert (desk.preferences.ring_at, desk.preferences.ring_at_by_owner) == (0.7, True)
    assert page.bell.ring.value() == 70
    page.bell.ring.setValue(65)
    window.do("undo")  # before it was kept
    assert (desk.preferences.ring_at, page.bell.ring.value()) == (0.7, 70)
    window.do("undo")
    assert (desk.preferences.ring_at, desk.preferences.ring_at_by_owner) == (0.8, False)
    assert page.bell.ring.value() == 80
    assert page.bell.setter.text() == "Automatic: 80%, as your corrections suggest."


def test_what_was_typed_beside_the_slider_stays_when_its_move_is_taken_back(
    page: SettingsPage, desk: FakeDesk, window: MainWindow, qtbot: QtBot
) -> None:
    desk.learning.known = taught(50)
    page.bell.ring.setValue(60)
    qtbot.keyClicks(page.town, "!")
    window.do("undo")
    assert (desk.preferences.shop_town, desk.preferences.ring_at) == ("Poznań!", 0.8)


def test_a_move_that_was_not_kept_offers_no_undo(page: SettingsPage, desk: FakeDesk, window: MainWindow) -> None:
    desk.problem = Problem("stores.disk_full")
    page.bell.ring.setValue(60)
    page.flush()
    assert "disk is full" in window.banner.text
    assert window.findChild(Undo).newest is None
    assert window.banner._undo.isHidden()
    desk.problem = None


def test_from_the_first_move_on_the_owner_sets_it(page: SettingsPage, desk: FakeDesk) -> None:
    assert page.bell.automatic.isHidden()
    page.bell.ring.setValue(60)
    assert page.bell.setter.text() == "You set this. The automatic value would be 75%."
    assert not page.bell.automatic.isHidden()
    page.flush()
    assert (desk.preferences.ring_at, desk.preferences.ring_at_by_owner) == (0.6, True)


def test_automatic_again_can_be_taken_back(page: SettingsPage, desk: FakeDesk, window: MainWindow) -> None:
    desk.learning.known = taught(50)
    page.bell.ring.setValue(60)
    page.bell.automatic.click()
    assert (desk.preferences.ring_at, desk.preferences.ring_at_by_owner) == (0.8, False)
    assert page.bell.ring.value() == 80
    assert page.bell.setter.text() == "Automatic: 80%, as your corrections suggest."
    assert window.banner.text == "The bell is set automatically."
    window.do("undo")
    assert (desk.preferences.ring_at, desk.preferences.ring_at_by_owner) == (0.6, True)
    assert page.bell.ring.value() == 60


def test_a_setting_beyond_the_slider_is_left_alone(open_window: Open, desk: FakeDesk, qtbot: QtBot) -> None:
    desk.preferences = replace(desk.preferences, ring_at=0.3)
    window = open_window()
    window.do("page:settings")
    page: Any = window.pages.page("settings")
    qtbot.keyClicks(page.town, "!")
    page.flush()
    assert (desk.preferences.shop_town, desk.preferences.ring_at) == ("Poznań!", 0.3)
    assert not desk.preferences.ring_at_by_owner


def test_phrases_and_competitors_are_kept_line_by_line(page: SettingsPage, desk: FakeDesk) -> None:
    page.phrases.always.setPlainText("sanepid\n\n lawyer | court ")
    page.phrases.never.setPlainText("job offer")
    page.phrases.competitors.setPlainText("Cukiernia Zielona\nCukiernia Zielona")
    page.flush()
    assert desk.preferences.always_phrases == ("sanepid", "lawyer | court")
    assert desk.preferences.never_phrases == ("job offer",)
    assert desk.preferences.competitors == ("Cukiernia Zielona",)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "I will write to the ombudsman's office, my lawyers did already."),
        ("pl", "Pójdę do prawników, a tego sanepidu nikt tam nie widział."),
        ("ru", "Я обращусь к юристам и напишу роспотребнадзору."),
    ],
)
def test_the_example_is_found_with_other_endings(qtbot: QtBot, language: str, text: str) -> None:
    words.use(language, RESOURCES / "translations")
    fields = PhraseFields()
    qtbot.addWidget(fields)
    example, said = fields.always.placeholderText(), Mention("feed", "k", text=text)
    assert all(phrases_for([one], SnowballStemmer()).stand_in(said) for one in example.split("|"))


@pytest.mark.parametrize("odd", ['"', "|", "-", "„”", "🥐"])
def test_a_phrase_of_signs_only_is_refused_and_stays_as_typed(page: SettingsPage, desk: FakeDesk, odd: str) -> None:
    page.phrases.always.setPlainText(f"sanepid\n{odd}")
    page.flush()
    assert desk.preferences.always_phrases == ("sanepid",)
    assert page.phrases.wrong.isVisibleTo(page)
    assert page.phrases.wrong.text().startswith(f"«{odd}» has no letter or digit")
    page.load()
    assert page.phrases.always.toPlainText() == f"sanepid\n{odd}"
    page.phrases.always.setPlainText("sanepid")
    page.phrases.never.setPlainText(odd)
    page.flush()
    assert desk.preferences.never_phrases == ()
    page.phrases.never.setPlainText("")
    page.flush()
    assert not page.phrases.wrong.isVisibleTo(page)


def test_what_is_said_about_a_refused_phrase_leaves_the_fields_their_room(
    qtbot: QtBot, window: MainWindow, page: SettingsPage
) -> None:
    window.resize(1240, 800)
    part = page.phrases
    part.always.setPlainText("!!!")
    page.flush()
    qtbot.waitUntil(lambda: part.wrong.isVisible() and part.wrong.geometry().bottom() < part.height())
    places = [field.geometry() for field in (part.always, part.never, part.competitors, part.wrong)]
    assert all(above.bottom() < below.top() for above, below in pairwise(places))
