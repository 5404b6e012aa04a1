"""After a reply was copied: the next step is the main one, and it is told as long as it waits."""

from __future__ import annotations

from dataclasses import replace

import pytest
from pytestqt.qtbot import QtBot
from ui.fake_desk import FakeDesk
from ui.fake_shop import NOW, heard
from ui.window_samples import RESOURCES, Open, type_reply

from app.core.views import Way
from app.ui.format import DAY, clock, exactly
from app.ui.widgets.reply_box import ReplyBox
from app.ui.window import MainWindow
from app.words import use

SORRY = "Przepraszamy, tort będzie jutro."
TOLD = f"Copied {clock(NOW)} · not marked as answered yet"

pytestmark = pytest.mark.usefixtures("opened_pages")


def main_acts(box: ReplyBox) -> list[str]:
    parts = {"send": box._send, "copy": box._copy, "answered": box._answered}
    return [name for name, part in parts.items() if part.property("main") and not part.isHidden()]


@pytest.fixture
def window(open_window: Open) -> MainWindow:
    made = open_window()
    made.show_case(1)
    type_reply(made, SORRY)
    return made


def test_once_copied_the_next_step_is_the_main_one_and_stays_told(window: MainWindow) -> None:
    box = window.case.reply
    assert (main_acts(box), box.note) == (["copy"], "")
    window.do("case:copy")
    assert (main_acts(box), box.note) == (["answered"], TOLD)
    window.banner.hide()
    assert box.note == TOLD


def test_it_is_remembered_by_case(window: MainWindow) -> None:
    box = window.case.reply
    window.do("case:copy")
    window.show_case(2)
    assert (main_acts(box), box.note) == (["copy"], "")
    window.show_case(1)
    assert (main_acts(box), box.note) == (["answered"], TOLD)


def test_it_is_remembered_by_the_next_run(window: MainWindow, open_window: Open) -> None:
    window.do("case:copy")
    window.flush()
    again = open_window()
    again.show_case(1)
    box = again.case.reply
    assert (box.text, main_acts(box), box.note) == (SORRY, ["answered"], TOLD)
    again.show_case(2)
    assert (main_acts(box), box.note) == (["copy"], "")
    again.show_case(1)
    again.do("case:answered")
    third = open_window()
    third.show_case(1)
    assert (main_acts(third.case.reply), third.case.reply.note) == (["copy"], "")


@pytest.mark.parametrize("days", [1, 3, 400])
def test_on_another_day_it_is_told_with_its_day(window: MainWindow, days: int) -> None:
    window.do("case:copy")
    later, box = NOW + days * DAY, window.case.reply
    told = f"Copied {exactly(NOW, later)} · not marked as answered yet"
    assert told != TOLD
    window._bench.now = lambda: later
    window._bench.read_clock()
    assert box.note == told, "also where the window stood open over night"
    window.show_case(2)
    window.show_case(1)
    assert box.note == told


def test_a_minute_later_what_was_refused_is_said_all_the_same(window: MainWindow) -> None:
    box = window.case.reply
    type_reply(window, "")
    window.do("case:copy")
    window._bench.read_clock()
    assert box.note == "There is nothing to copy yet: write the reply first."


@pytest.mark.parametrize(("language", "told"), [("pl", "Skopiowano wczoraj "), ("ru", "Скопировано вчера ")])
def test_a_day_fits_into_the_sentence(window: MainWindow, language: str, told: str) -> None:
    window.do("case:copy")
    window._bench.now = lambda: NOW + DAY
    use(language, RESOURCES / "translations")
    try:
        window._bench.read_clock()
        assert window.case.reply.note.startswith(told + clock(NOW))
    finally:
        use("en", RESOURCES / "translations")


def test_the_next_run_is_told_of_no_other_text(window: MainWindow, open_window: Open) -> None:
    window.do("case:copy")
    type_reply(window, f"{SORRY} Naprawdę.")
    window.flush()
    again = open_window()
    again.show_case(1)
    assert (main_acts(again.case.reply), again.case.reply.note) == (["copy"], "")
    type_reply(window, SORRY)  # as it was copied
    window.flush()
    third = open_window()
    third.show_case(1)
    assert third.case.reply.note == TOLD


def test_another_text_is_not_copied_yet(window: MainWindow) -> None:
    box = window.case.reply
    window.do("case:copy")
    type_reply(window, f"{SORRY} Naprawdę.")
    assert (main_acts(box), box.note) == (["copy"], "")
    assert "no private data" in box._checks.text
    assert not box._checks.isHidden()
    type_reply(window, SORRY)
    assert (main_acts(box), box.note) == (["answered"], TOLD), "that very text was"


def test_for_somebody_else_it_is_not_copied_yet(window: MainWindow) -> None:
    box = window.case.reply
    window.do("case:copy")
    box._audiences["hand_over"].click()
    assert (main_acts(box), box.note) == (["copy"], "")


def test_what_is_refused_is_not_copied(window: MainWindow) -> None:
    box = window.case.reply
    for text in ("", "Zamówienie {order}", "Proszę o telefon: 600 100 200"):
        type_reply(window, text)
        window.do("case:copy")
        assert main_acts(box) == ["copy"]
        assert "Copied" not in box.note


def test_marked_as_answered_it_waits_no_more_and_undo_has_it_wait_again(window: MainWindow, qtbot: QtBot) -> None:
    box = window.case.reply
    window.do("case:copy")
    window.do("case:answered")
    window.show_case(1)
    type_reply(window, SORRY)
    assert (main_acts(box), box.note) == (["copy"], ""), "the same words to the same customer once more"
    type_reply(window, "")
    window.do("undo")
    window.show_case(1)
    type_reply(window, SORRY)
    assert (main_acts(box), box.note) == (["answered"], TOLD)


def test_a_copied_proposal_is_told_too(window: MainWindow, desk: FakeDesk) -> None:
    box = window.case.reply
    type_reply(window, "")
    box.propose({"public": "Przykro nam."})
    box.propose_again()
    window.do("case:copy")
    assert (main_acts(box), box.note) == (["answered"], TOLD)


def test_what_is_copied_is_not_also_sent_by_the_main_button(open_window: Open, desk: FakeDesk) -> None:
    desk.outbox.ways[1] = Way(None, 400)
    window = open_window()
    window.show_case(1)
    type_reply(window, SORRY)
    box = window.case.reply
    assert main_acts(box) == ["send"]
    window.do("case:copy")
    assert main_acts(box) == ["answered"]
    window.do("case:send")
    assert ("outbox.send", 1, SORRY) in [call[:3] for call in desk.calls]
    type_reply(window, SORRY)
    assert (main_acts(box), box.note) == (["send"], "")


def test_a_draft_that_is_not_safe_says_so_beside_it(window: MainWindow) -> None:
    box = window.case.reply
    box.show_saved("saved 9:00")
    window.do("case:copy")
    assert box._mark.isHidden()
    box.show_saved("not saved yet, trying again", "bad")
    assert not box._mark.isHidden()


def test_a_refusal_stands_at_the_button_until_it_is_mended_or_left(window: MainWindow) -> None:
    box = window.case.reply
    type_reply(window, "")
    window.do("case:copy")
    assert (box.note, box._note.property("tone")) == ("There is nothing to copy yet: write the reply first.", "bad")
    assert window.banner.isHidden()
    window.show_case(2)
    assert box.note == ""
    window.show_case(1)
    box._audiences["hand_over"].click()
    box._copy.click()
    assert box.note == "First type the address to send the case to."
    type_reply(window, "Proszę")
    assert box.note == ""


def test_what_was_copied_goes_along_when_its_mention_gets_a_case(open_window: Open, desk: FakeDesk) -> None:
    one = heard(60, "Just chatting.")
    desk.heard.append(one)
    number, one.archived = one.archived.case_id, replace(one.archived, case_id=None)
    window = open_window()
    window.show_case(60)
    type_reply(window, SORRY)
    window.do("case:copy")
    one.archived = replace(one.archived, case_id=number)
    window.case.reload()
    assert window.case.reply.note == TOLD
