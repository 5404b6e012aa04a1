"""A customer's story as lines: the newest first of all, the rest when it is asked for."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from ui.fake_shop import NOW, heard

from app.core.views import HistoryEntry
from app.ui.widgets.history_list import FIRST, MORE, HistoryList

LONG = FIRST + MORE + 3
ENTRIES = [HistoryEntry(NOW + n, mention=heard(n + 1, f"text {n}").archived) for n in range(LONG)]


def shown(story: HistoryList) -> tuple[str, int]:
    """Return the first line's text and how many there are."""
    return story.lines[0].split("text ")[1], len(story.lines)


def button(story: HistoryList) -> QPushButton | None:
    """Return the button above the lines; one that was pressed is hidden until Qt takes it away."""
    item = story.layout().itemAtPosition(0, 0)
    made = item.widget() if item else None
    return made if isinstance(made, QPushButton) else None


def test_a_long_story_begins_with_its_newest_lines_and_goes_on_when_asked(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.show()
    story.show_entries(ENTRIES, NOW, "Nothing.")
    assert shown(story) == (str(MORE + 3), FIRST)
    assert button(story).text() == f"Show {MORE + 3} earlier"
    button(story).click()
    assert shown(story) == ("3", FIRST + MORE)
    qtbot.waitUntil(lambda: story.focusWidget() is button(story))
    button(story).click()
    assert (shown(story), button(story)) == (("0", LONG), None)
    assert story.focusWidget() is not None


def test_what_was_unfolded_stays_so_until_another_story_begins(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.show_entries(ENTRIES, NOW, "Nothing.")
    button(story).click()
    story.show_entries(ENTRIES[1:], NOW, "Nothing.")
    assert len(story.lines) == FIRST + MORE
    story.fold()
    story.show_entries(ENTRIES, NOW, "Nothing.")
    assert len(story.lines) == FIRST


def test_a_short_story_is_whole(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.show_entries(ENTRIES[:FIRST], NOW, "Nothing.")
    assert (len(story.lines), button(story)) == (FIRST, None)


def test_words_without_an_end_are_broken_not_cut_and_addresses_stay_as_they_are(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    address = "https://example.com/" + "p" * 60
    story.show_entries([HistoryEntry(NOW, mention=heard(1, "no" * 60 + " " + address).archived)], NOW, "Nothing.")
    story.resize(400, 200)
    (said,) = (label for label in story.findChildren(QLabel) if "nono" in label.text())
    assert max(len(run) for run in said.text().split(" ")[0].split("\N{ZERO WIDTH SPACE}")) <= 24
    assert said.text().endswith(f" {address}")
    assert story.lines[0].endswith("no" * 60 + " " + address)


def test_in_a_narrow_column_the_text_stands_below_its_moment(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.resize(600, 400)
    story.show()
    story.show_entries(ENTRIES[:3], NOW, "Nothing.")
    line = story._shown[0]
    qtbot.waitUntil(lambda: line.said.x() > line.way.geometry().right())
    assert line.said.y() == line.moment.y()
    story.resize(300, 400)
    qtbot.waitUntil(lambda: line.said.y() > line.moment.geometry().bottom())
    assert line.said.width() > 280
    assert line.link.y() <= line.moment.geometry().bottom()
    story.show_entries(ENTRIES[:4], NOW, "Nothing.")  # what comes later keeps to it
    again = story._shown[3]
    qtbot.waitUntil(lambda: again.said.y() > again.moment.geometry().bottom() > 20)
    story.resize(600, 400)
    qtbot.waitUntil(lambda: again.said.y() == again.moment.y())


def test_between_two_widths_it_does_not_jump(qtbot: QtBot) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.show_entries(ENTRIES[:3], NOW, "Nothing.")
    story.show()
    story.resize(250, 400)
    least = next(width for width in range(250, 600) if story.resize(width, 400) or not story._narrow)
    story.resize(least - 12, 400)  # a scroll bar came
    assert not story._narrow


@pytest.mark.parametrize(
    ("text", "tip"),
    [
        ("short", ""),
        ("see https://shop.example/a", "see https://shop.example/a"),
        ("word " * 100, ("word " * 100).strip()),
    ],
)
def test_what_may_be_cut_is_whole_in_its_tip(qtbot: QtBot, text: str, tip: str) -> None:
    story = HistoryList()
    qtbot.addWidget(story)
    story.show_entries([HistoryEntry(NOW, mention=heard(7, text).archived)], NOW, "Nothing.")
    assert " ".join(story._shown[0].said.toolTip().split()) == tip
