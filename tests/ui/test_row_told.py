"""What is told of a case's time: in its row, to a screen reader, in its head and in the customer's story."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.counter import Counter
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QStyleOptionViewItem
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW
from ui.window_samples import AWFUL, RESOURCES

from app.core.case import CaseState
from app.core.verdict import Kind
from app.core.views import HistoryEntry, InboxRow, Page
from app.ui.delegates.inbox_delegate import InboxDelegate
from app.ui.format import clock, date, to_the_minute
from app.ui.models.inbox_model import InboxModel, spoken
from app.ui.row_told import first_words, many_told, time_told, urgent
from app.ui.theme import Theme
from app.ui.widgets.case_head import due_told
from app.ui.widgets.history_list import HistoryList
from app.words import use

DESK = FakeDesk()
ROW = replace(DESK.row_of(DESK.heard[0]), due_at=None)
HOUR, DAY = 3600.0, 86_400.0
NOON = NOW - NOW % DAY + DAY / 2
"""An hour whose day has some hours before and after it, in most time zones."""


@pytest.mark.parametrize(
    ("places", "mentions", "told"),
    [(1, 1, ""), (3, 3, "3 places"), (1, 3, "3 mentions"), (2, 5, "2 places"), (1, 2, "2 mentions")],
)
def test_only_where_the_same_text_stands_is_a_place(places: int, mentions: int, told: str) -> None:
    """What others say in the thread stands at no other place."""
    assert many_told(replace(ROW, places=places, mentions=mentions)) == told


@pytest.mark.parametrize(
    ("language", "told"),
    [("pl", ["2 wzmianki", "5 wzmianek", "2 miejsca"]), ("ru", ["2 упоминания", "5 упоминаний", "2 места"])],
)
def test_mentions_are_counted_in_the_language(language: str, told: list[str]) -> None:
    use(language, RESOURCES / "translations")
    rows = (replace(ROW, mentions=2), replace(ROW, mentions=5), replace(ROW, places=2, mentions=2))
    assert [many_told(row) for row in rows] == told


@pytest.mark.parametrize(("left", "told"), [(-10, True), (60, True), (1700, True), (3 * HOUR, False)])
def test_what_is_urgent(left: float, *, told: bool) -> None:
    assert urgent(replace(ROW, due_at=NOW + left, heard_at=NOW - HOUR), NOW) is told


@pytest.mark.parametrize(
    ("row", "told"),
    [
        (ROW, ("", "")),
        (replace(ROW, due_at=NOW + 3 * HOUR), ("3 h", "due")),
        (replace(ROW, back_at=NOW - 9, state=CaseState.IN_WORK), ("came back", "back")),
        (replace(ROW, back_at=NOW - 9, due_at=NOW + 3 * HOUR), ("came back · 3 h", "back")),
        (replace(ROW, back_at=NOW - 9, due_at=NOW - 5), ("overdue", "urgent")),
        (replace(ROW, snoozed_until=NOW - 9, due_at=NOW - 5), ("overdue", "urgent")),
        (replace(ROW, snoozed_until=NOW + DAY, state=CaseState.RESOLVED), ("", "")),
    ],
)
def test_what_is_told_of_its_time(row: InboxRow, told: tuple[str, str]) -> None:
    assert time_told(row, NOW) == told


def test_of_what_is_put_aside_only_until_when_is_told() -> None:
    row = replace(ROW, due_at=NOW - 5, back_at=NOW - 9, snoozed_until=NOON + DAY)
    assert time_told(row, NOON) == (f"until {date(NOON + DAY, NOON)}", "aside")
    assert time_told(replace(row, snoozed_until=NOON + 1), NOON)[0].startswith("until 1")
    ended = replace(row, snoozed_until=NOON - 1, state=CaseState.ANSWERED)
    assert time_told(ended, NOON)[1] == "aside", "in quiet hours it waits for its bell"


@pytest.mark.parametrize(
    ("title", "text", "told"),
    [
        ("Tort nie dotarł", "Miał być wczoraj.", "Tort nie dotarł: Miał być wczoraj."),
        ("Gdzie paczka?", "Czekam.", "Gdzie paczka? Czekam."),
        ("", "Czekam.", "Czekam."),
        ("Tort nie dotarł", "", "Tort nie dotarł"),
        ("Tort nie dotarł", "Tort nie dotarł, a miał być.", "Tort nie dotarł, a miał być."),
        ("TORT NIE DOTARŁ", "Tort nie dotarł, a miał być.", "Tort nie dotarł, a miał być."),
        ("Tort nie do…", "Tort nie dotarł, a miał być.", "Tort nie dotarł, a miał być."),
        ("Tort nie dotarł", "…i wtedy zwrot pieniędzy.", "…i wtedy zwrot pieniędzy."),
        ("Otwarcie nowej kawiarni przy Rynku Jeżyckim", "Zimna kawa.", "Otwarcie nowej kawiarni przy… Zimna kawa."),
        ("Tytuł\nw dwóch\u202eliniach", "Słowa.", "Tytuł w dwóch liniach: Słowa."),
    ],
)
def test_a_row_begins_with_the_title_unless_the_text_does(title: str, text: str, told: str) -> None:
    row = replace(ROW, title=title, excerpt=text)
    assert first_words(row) == told
    assert told in spoken(row, NOW)


def test_a_screen_reader_says_it_too() -> None:
    assert spoken(replace(ROW, back_at=NOW), NOW).endswith(", came back")
    assert spoken(replace(ROW, snoozed_until=NOW + 9), NOW).rpartition(", ")[2].startswith("snoozed until ")
    assert spoken(replace(ROW, stars=None), NOW).endswith("?")


def painted(row: InboxRow, theme: Theme) -> QImage:
    delegate = InboxDelegate(theme, lambda: NOW, str)
    delegate.kinds_shown = True
    model = InboxModel()
    model.begin()
    model.take(1, [Page((row,), 0, 1)])
    option = QStyleOptionViewItem()
    option.rect.setSize(QSize(420, delegate.sizeHint(option, model.index(0)).height()))
    image = QImage(option.rect.size(), QImage.Format.Format_RGB32)
    image.fill(QColor(theme.tones.base))
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0))
    painter.end()
    return image


def test_what_is_put_aside_looks_neither_overdue_nor_answered(qtbot: QtBot) -> None:
    theme = Theme()
    bad, good = theme.tones.bad, theme.tones.good

    def colours(row: InboxRow) -> set[str]:
        image = painted(row, theme)
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    overdue, answered = replace(ROW, due_at=NOW - 5), replace(ROW, state=CaseState.ANSWERED)
    assert (bad in colours(overdue), good in colours(answered)) == (True, True)
    for row in (overdue, answered):
        assert not {bad, good} & colours(replace(row, snoozed_until=NOW + DAY))


@pytest.mark.parametrize("state", [CaseState.WAITING, CaseState.NO_REPLY, CaseState.NOT_US])
def test_what_is_closed_has_not_the_dot_of_what_is_open(qtbot: QtBot, state: CaseState) -> None:
    theme = Theme()

    def sign(row: InboxRow) -> set[str]:
        image = painted(row, theme).copy(0, 0, 36, 40)
        return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}

    assert theme.tones.bad in sign(ROW)
    assert theme.tones.bad not in sign(replace(ROW, state=state))


def test_its_head_says_when_it_came_back(desk: FakeDesk) -> None:
    view = replace(desk.inbox_open(1), state=CaseState.IN_WORK, answered_at=NOW - 9, due_at=None, back_at=NOW)
    assert due_told(view, NOW) == (f"came back {clock(NOW)}", "warn")
    assert due_told(replace(view, due_at=NOW - 9), NOW)[1] == "bad"


def test_the_story_on_the_card_says_until_when_a_case_is_put_aside(qtbot: QtBot, shop: Counter) -> None:
    mention, now = shop.say("Anna @anna", AWFUL), shop.profile.clock()
    shop.desk.cases.snooze(mention, now + DAY, now)
    shop.desk.replies.save_draft(mention, "Dear Anna", "public", now)
    (card,) = shop.desk.customers.search("")
    told = f"Snoozed until {to_the_minute(now + DAY, now)}"
    story = HistoryList()
    qtbot.addWidget(story)
    story.show_entries(shop.desk.customers.history(card.id), now, "")
    assert [line.endswith(told) for line in story.lines] == [True]
    story.show_entries(shop.desk.customers.history(card.id), now + DAY, "")
    assert [told in line for line in story.lines] == [False]


def test_the_story_in_a_case_says_it_of_another_one(shop: Counter) -> None:
    aside = shop.say("Anna @anna", AWFUL)
    now = shop.profile.clock()
    shop.desk.cases.set_state(aside, CaseState.ANSWERED, now)
    shop.desk.cases.snooze(aside, now + DAY, now)
    shop.desk.cases.set_kind(aside, Kind.PRAISE, now)
    other = shop.say("Anna @anna", "What time do you open on Sunday?")
    (entry,) = [one for one in shop.desk.inbox.open(other).history if one.mention]
    assert entry.row
    assert (entry.row.mention_id, entry.row.snoozed_until) == (aside, now + DAY)


def test_a_story_goes_on_without_gaps(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    entry = HistoryEntry(NOW, mention=DESK.heard[0].archived, row=ROW)
    story.show_entries([entry, entry], NOW, "")
    without = story.layout().heightForWidth(600)
    aside = replace(entry, row=replace(ROW, snoozed_until=NOW + DAY))
    story.show_entries([entry, aside], NOW, "")
    assert 0 < story.layout().heightForWidth(600) - without < 40


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_it_is_said_in_every_language(language: str) -> None:
    use(language, RESOURCES / "translations")
    told = [time_told(replace(ROW, back_at=NOW), NOW)[0], time_told(replace(ROW, snoozed_until=NOW + DAY), NOW)[0]]
    assert not [words for words in told if words.startswith(("came", "until"))]
