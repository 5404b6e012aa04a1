"""The notifier against a real notification daemon: dunst on a bus of its own."""

import dataclasses
import json
from functools import partial

import pytest
from ui.run_samples import NOW, ROW

from app.core.problems import Problem
from app.core.views import Alert
from app.ui.alert_text import Words, trial_words
from app.ui.notices import IN_TRAY, Over, taught_by
from app.ui.notifications import Notifier, desktop_service

pytestmark = pytest.mark.desktop

ALERT = Alert("key", (dataclasses.replace(ROW, excerpt="Where is <b>my parcel</b> & the answer?"),), 1)


@pytest.fixture
def notifier(qapp, tmp_path):
    made = []

    def make(left="notifications.json"):
        serve = partial(desktop_service, left=tmp_path / left)
        notifier = Notifier(clock=lambda: NOW, make_service=serve)
        made.append(notifier)
        return notifier

    yield make
    for notifier in made:
        notifier.close()


def test_an_alert_shows_once_and_a_click_opens_its_case(qtbot, desktop, notifier):
    bell = notifier()
    bell.show(ALERT)
    (shown,) = desktop.wait_for_notifications(1)
    assert shown.app == "Counterbell"
    assert shown.title == "Complaint · mastodon · Anna & K."
    assert shown.body == "Where is &lt;b&gt;my parcel&lt;/b&gt; &amp; the answer?\n23 min left"
    assert shown.actions == {
        "default": "Open",
        "reply": "Reply",
        "later": "Later",
        "not_complaint": "Not a complaint",
    }
    assert shown.hints["desktop-entry"] == "counterbell"
    assert shown.hints["urgency"] == 1
    with qtbot.waitSignal(bell.activated) as opened:
        desktop.click_popup()
    assert opened.args == [ROW.mention_id]
    desktop.until(lambda: desktop.displayed() == 0, "the popup to close")
    assert len(desktop.notifications()) == 1


def another(author):
    """Return an alert about somebody else: the daemon shows two that read alike as one."""
    return dataclasses.replace(ALERT, rows=(dataclasses.replace(ROW, author=author),))


def kept(tmp_path):
    """Return the numbers that the next run would take away."""
    file = tmp_path / "notifications.json"
    return json.loads(file.read_text())["numbers"] if file.exists() else []


def test_what_an_ended_run_left_goes_at_the_next_start_and_nothing_else(desktop, notifier, tmp_path):
    first, other = notifier(), notifier("of another profile.json")
    first.show(ALERT)
    other.show(another("Ola"))
    desktop.wait_for_notifications(2)
    desktop.until(lambda: desktop.displayed() == 2 and len(kept(tmp_path)) == 1, "both popups")
    first._service.withdraw = lambda _over: None  # it hears of nothing any more, as one that was killed
    notifier()
    desktop.until(lambda: desktop.displayed() == 1, "the popup of the run before to close")
    other.withdraw(Over(settled=frozenset({ROW.mention_id})))
    assert desktop.until(lambda: desktop.displayed() == 0, "the other's to be there still")


def test_with_the_program_go_its_notifications_and_nobody_elses(desktop, notifier):
    ends, stays = notifier(), notifier("of another profile.json")
    ends.show(ALERT)
    ends.show(another("Ewa"))
    stays.show(another("Ola"))
    desktop.wait_for_notifications(3)
    desktop.until(lambda: desktop.displayed() == 3, "the popups")
    ends.close()
    assert desktop.until(lambda: desktop.displayed() == 1, "those of the program that ended to close")


def test_numbers_of_another_service_are_left_alone(desktop, notifier, tmp_path):
    notifier().show(ALERT)
    (number,) = desktop.until(lambda: kept(tmp_path), "the number to be kept")
    before = (tmp_path / "notifications.json").read_text()
    desktop.stop_daemon()
    desktop.until(lambda: kept(tmp_path) == [], "the service to be gone")
    desktop.start_daemon()
    notifier("of another profile.json").show(another("Ola"))
    assert desktop.wait_for_notifications(2)[-1].id == number
    (tmp_path / "notifications.json").write_text(before)
    notifier().show(another("Ewa"))  # answered by the time its own number is kept
    desktop.until(lambda: kept(tmp_path) not in ([], [number]), "the next number to be kept")
    assert desktop.until(lambda: desktop.displayed() == 2, "both popups")


def test_numbers_of_another_bus_are_left_alone(desktop, notifier, tmp_path):
    notifier().show(ALERT)
    numbers = desktop.until(lambda: kept(tmp_path), "the number to be kept")
    file = tmp_path / "notifications.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), "bus": "0" * 32}))
    notifier().show(another("Ewa"))
    desktop.until(lambda: kept(tmp_path) not in ([], numbers), "the next number to be kept")
    assert desktop.until(lambda: desktop.displayed() == 2, "both popups")


def test_what_was_closed_is_not_closed_once_more(desktop, notifier, tmp_path):
    notifier().show(ALERT)
    desktop.until(lambda: len(kept(tmp_path)) == 1, "the number to be kept")
    desktop.click_popup()
    assert desktop.until(lambda: kept(tmp_path) == [], "the number to be forgotten")


@pytest.mark.parametrize("action", ["reply", "later", "not_complaint"])
def test_a_button_arrives_with_its_mention(qtbot, desktop, notifier, action):
    bell = notifier()
    bell.show(ALERT)
    (shown,) = desktop.wait_for_notifications(1)
    with qtbot.waitSignal(bell.action) as acted:
        desktop.press(shown, action)
    assert acted.args == [action, ROW.mention_id]


def test_clicks_of_other_programs_are_not_ours(qtbot, desktop, notifier):
    bell = notifier()
    bell.show(ALERT)
    (shown,) = desktop.wait_for_notifications(1)
    acted = []
    bell.action.connect(lambda *args: acted.append(args))
    desktop.press(dataclasses.replace(shown, id=shown.id + 100), "reply")
    with qtbot.waitSignal(bell.action):
        desktop.press(shown, "later")
    assert acted == [("later", ROW.mention_id)]


def test_the_bell_survives_a_restart_of_the_daemon(qtbot, desktop, notifier):
    bell = notifier()
    bell.show(ALERT)
    desktop.wait_for_notifications(1)
    desktop.stop_daemon()
    desktop.start_daemon()
    bell.show(dataclasses.replace(ALERT, rows=(dataclasses.replace(ROW, mention_id=99),)))
    shown = desktop.wait_for_notifications(2)[-1]
    with qtbot.waitSignal(bell.action) as acted:
        desktop.press(shown, "later")
    assert acted.args == ["later", 99]


def test_what_rings_before_there_is_a_daemon_is_shown_when_it_comes(qtbot, bare_desktop, notifier, allowed_logs):
    allowed_logs.append("no notification could be shown")
    bell = notifier()
    with qtbot.waitSignal(bell.failed) as failed:
        bell.show(ALERT)
    assert isinstance(failed.args[0], Problem)
    assert failed.args[0].code == "ui.notification_failed"
    bare_desktop.start_daemon()
    qtbot.waitUntil(lambda: bool(bare_desktop.notifications()))
    with qtbot.waitSignal(bell.activated):
        bare_desktop.click_popup()
    assert len(bare_desktop.notifications()) == 1


def test_a_daemon_that_answers_late_shows_it_once_and_the_failure_is_told_no_more(
    qtbot, desktop, notifier, allowed_logs
):
    allowed_logs.append("no notification could be shown")
    bell = notifier()
    bell.show(ALERT)
    desktop.wait_for_notifications(1)
    desktop.halt_daemon()
    try:
        with qtbot.waitSignal(bell.failed):
            bell.show(another("Ola"))
    finally:
        with qtbot.waitSignal(bell.righted):
            desktop.wake_daemon()
    bell.show_waiting()
    bell.show(another("Ewa"))
    assert [shown.title.rpartition(" ")[2] for shown in desktop.wait_for_notifications(3)] == ["K.", "Ola", "Ewa"]


def test_a_bus_that_is_not_there_is_a_problem_and_no_crash(qtbot, notifier, monkeypatch, tmp_path, allowed_logs):
    allowed_logs.append("no notification could be shown")
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    bell = notifier()
    with qtbot.waitSignal(bell.failed) as failed:
        bell.show_plain(trial_words())
    assert failed.args[0].code == "ui.notification_failed"


def test_a_bus_that_comes_late_is_found(qtbot, desktop, notifier, monkeypatch, tmp_path, allowed_logs):
    allowed_logs.append("no notification could be shown")
    address = desktop.address
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    bell = notifier()
    with qtbot.waitSignal(bell.failed):
        bell.show_plain(trial_words())
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    bell.show(ALERT)
    assert desktop.wait_for_notifications(1)[0].title.startswith("Complaint")


def test_several_come_as_one(qtbot, desktop, notifier):
    rows = tuple(dataclasses.replace(ROW, mention_id=number) for number in (5, 6, 7))
    notifier().show(Alert("key", rows, 3))
    (shown,) = desktop.wait_for_notifications(1)
    assert shown.title == "3 new complaints"
    assert len(shown.body.splitlines()) == 3
    assert list(shown.actions) == ["default"]
    assert desktop.popup()
    assert desktop.screenshot(desktop.folder / "several.png").stat().st_size > 1000


def test_what_is_gone_goes_from_the_screen_and_the_rest_stays(qtbot, desktop, notifier):
    bell = notifier()
    rows = tuple(dataclasses.replace(ROW, mention_id=number) for number in (5, 6))
    bell.show(Alert("one", rows[:1], 1))
    bell.show(Alert("both", rows, 2))
    desktop.wait_for_notifications(2)
    desktop.until(lambda: desktop.displayed() == 2, "both popups")
    bell.withdraw(Over(gone=frozenset({5})))
    desktop.until(lambda: desktop.displayed() == 1, "the popup to close")
    bell.withdraw(Over(settled=frozenset({5, 6})))
    desktop.until(lambda: desktop.displayed() == 0, "the other popup to close")
    assert bell.named == {}


def test_of_several_one_who_is_forgotten_goes_and_a_click_opens_another(qtbot, desktop, notifier):
    bell = notifier()
    rows = tuple(dataclasses.replace(ROW, mention_id=number, author=f"Ola {number}") for number in (5, 6, 7))
    bell.show(Alert("key", rows, 3))
    (before,) = desktop.wait_for_notifications(1)
    desktop.until(lambda: desktop.displayed() == 1, "the popup")
    bell.withdraw(Over(gone=frozenset({5})))
    shown = desktop.wait_for_notifications(2)[-1]
    assert (shown.title, shown.id) == ("2 new complaints", before.id)
    assert "Ola 5" not in shown.body
    assert desktop.displayed() == 1
    with qtbot.waitSignal(bell.activated) as opened:
        desktop.click_popup()
    assert opened.args == [6]


def test_where_the_window_went_is_said_until_it_is_there_again(qtbot, desktop, notifier):
    bell = notifier()
    bell.explain_tray()
    desktop.until(lambda: desktop.displayed() == 1, "the popup")
    bell.withdraw(Over(settled=frozenset({IN_TRAY})))
    assert desktop.until(lambda: desktop.displayed() == 0, "the popup to close")


def test_what_offers_to_take_a_decision_back_goes_with_it(qtbot, desktop, notifier):
    bell = notifier()
    bell.show_taught(Words("Marked as not a complaint.", ""), 5)
    bell.withdraw(Over(settled=frozenset({5})))
    bell.show(ALERT)
    desktop.until(lambda: desktop.displayed() == 2, "both popups")
    bell.withdraw(Over(settled=frozenset({taught_by(5)})))
    desktop.until(lambda: desktop.displayed() == 1, "the popup to close")
    assert list(bell.named) == [ROW.mention_id]


def test_what_is_decided_while_it_is_being_shown_is_closed_as_well(qtbot, desktop, notifier):
    bell = notifier()
    bell.show(ALERT)
    desktop.wait_for_notifications(1)
    bell.show(Alert("other", (dataclasses.replace(ROW, mention_id=99),), 1))
    bell.withdraw(Over(settled=frozenset({99})))
    desktop.wait_for_notifications(2)
    desktop.until(lambda: desktop.displayed() == 1, "the popup to close")
    assert list(bell.named) == [ROW.mention_id]
