import dataclasses
import os

import pytest
from ui.run_samples import NOW, ROW, Host, failing
from ui.window_samples import RESOURCES

from app.core.case import CaseState
from app.core.problems import Problem
from app.core.verdict import Kind, Severity
from app.core.views import Alert
from app.ui.alert_text import Words, trial_words, words_for
from app.ui.notices import IN_TRAY, CameBack, Over, Pressed, Refused, is_settled
from app.ui.notifications import CRITICAL, NORMAL, Notifier
from app.ui.tray import Tray
from app.words import use
from app.words.problems import sentence


def alert_of(count=1, total=None, summary=False, **changes):
    rows = tuple(dataclasses.replace(ROW, mention_id=7 + n, author=f"A{n}", **changes) for n in range(count))
    return Alert("key", rows, total or count, summary)


def title(source):
    return {"mastodon": "Mastodon"}.get(source, source)


class FakeService:
    def __init__(self, tell):
        self.tell = tell
        self.shown = []
        self.withdrawn = []
        self.closed = False

    def show(self, notice):
        self.shown.append(notice)

    def withdraw(self, over):
        self.withdrawn.append(over)

    def close(self):
        self.closed = True
        return True


@pytest.fixture
def tray(monkeypatch, qapp):
    Host(monkeypatch)
    made = Tray(clock=lambda: NOW)
    made.balloons = []
    made.takes_balloons = True

    def show_message(title, body):
        if made.takes_balloons:
            made.balloons.append((title, body))
        return made.takes_balloons

    monkeypatch.setattr(made, "show_message", show_message)
    yield made
    made.close()


@pytest.fixture
def notifier(tray):
    made = Notifier(tray, clock=lambda: NOW, make_service=FakeService)
    yield made
    made.close()


@pytest.fixture
def balloons_only(tray):
    made = Notifier(tray, clock=lambda: NOW, make_service=lambda tell: None)
    yield made
    made.close()


def test_one_complaint_says_who_where_what_and_how_long():
    words = words_for(Alert("k", (ROW,), 1), title, NOW)
    assert words.title == "Complaint · Mastodon · Anna & K."
    assert words.body == "Nobody answers the phone.\n23 min left"


@pytest.mark.parametrize(("due", "line"), [(NOW - 5, "overdue"), (None, None)])
def test_a_late_one_says_so_and_one_without_target_says_nothing(due, line):
    body = words_for(alert_of(due_at=due), title, NOW).body.splitlines()
    assert body[1:] == ([line] if line else [])


def test_a_question_without_author_has_a_shorter_title():
    row = dataclasses.replace(ROW, kind=Kind.QUESTION, author="", excerpt="", title="Open on Sunday?")
    words = words_for(Alert("k", (row,), 1), title, NOW)
    assert words.title == "Question · Mastodon"
    assert words.body.startswith("Open on Sunday?")


def test_several_come_as_one_with_at_most_four_lines():
    words = words_for(alert_of(3), title, NOW)
    assert words.title == "3 new complaints"
    assert words.body.splitlines() == [f"A{n}: Nobody answers the phone." for n in range(3)]
    words = words_for(alert_of(4, total=9), title, NOW)
    assert words.title == "9 new complaints"
    assert words.body.splitlines() == [*(f"A{n}: Nobody answers the phone." for n in range(3)), "and 6 more"]
    assert len(words_for(alert_of(4), title, NOW).body.splitlines()) == 4


@pytest.mark.parametrize(("due", "last"), [(None, "Is it settled?"), (NOW - 60, "overdue")])
def test_what_is_back_says_so(due: float | None, last: str) -> None:
    alert = dataclasses.replace(alert_of(due_at=due), back=True)
    words = words_for(alert, title, NOW)
    assert words.title.startswith("Back: Complaint · ")
    assert last in words.body.splitlines()[-1]
    assert (
        words_for(dataclasses.replace(alert_of(3), back=True), title, NOW).title == "3 cases are back from their snooze"
    )


def test_other_kinds_are_messages_and_a_summary_says_that_it_is_one():
    mixed = Alert("k", (ROW, dataclasses.replace(ROW, kind=Kind.LEAD)), 2)
    assert words_for(mixed, title, NOW).title == "2 new messages"
    assert words_for(alert_of(1, summary=True), title, NOW).title == "While the bell was silent: 1 complaint"


def test_outside_text_cannot_turn_or_stretch_the_notification():
    row = dataclasses.replace(ROW, author="x" * 500, excerpt="a\x00b\u202ec\nd" + "y" * 500)
    words = words_for(Alert("k", (row,), 1), title, NOW)
    assert len(words.title) < 120
    first = words.body.splitlines()[0]
    assert len(first) <= 160
    assert first.startswith("a b c d")


def test_a_name_turns_nothing_but_itself_and_leaves_room_for_what_was_said():
    row = dataclasses.replace(ROW, author="أحمد", excerpt="Chleb był zimny.")
    assert words_for(Alert("k", (row,), 1), title, NOW).title.endswith("· \u2068أحمد\u2069")
    several = words_for(Alert("k", (row, ROW), 2), title, NOW).body.splitlines()
    assert (
        several[0] == "\u200e\u2068أحمد\u2069: Chleb był zimny."
    )  # daemons that know no isolates turn by the first letter
    long = dataclasses.replace(ROW, author="x" * 180, excerpt="Chleb był zimny.")
    line = words_for(Alert("k", (long, ROW), 2), title, NOW).body.splitlines()[0]
    assert line == "x" * 39 + "…: Chleb był zimny."


def test_what_a_button_taught_is_shown_with_a_way_back(notifier):
    notifier.show_taught(Words("Marked as not a complaint.", "Counterbell will listen less."), 7)
    (notice,) = notifier._service.shown
    assert (notice.mention_id, notice.actions, notice.sound) == (7, (("undo", "Undo"),), False)


def test_an_alert_is_shown_once_with_its_buttons(notifier):
    notifier.show(Alert("k", (ROW,), 1), sound=False)
    (notice,) = notifier._service.shown
    assert notice.mention_id == 7
    assert [key for key, _ in notice.actions] == ["reply", "later", "not_complaint"]
    assert notice.urgency == NORMAL
    assert not notice.sound
    notifier.show(alert_of(2, severity=Severity.DANGER))
    assert notifier._service.shown[1].actions == ()
    assert notifier._service.shown[1].urgency == CRITICAL


def test_a_click_opens_and_a_button_acts(qtbot, notifier, monkeypatch):
    monkeypatch.setenv("XDG_ACTIVATION_TOKEN", "old")
    with qtbot.waitSignal(notifier.activated) as opened:
        notifier._service.tell(Pressed("default", 7, "token-1"))
    assert opened.args == [7]
    assert os.environ["XDG_ACTIVATION_TOKEN"] == "token-1"
    with qtbot.waitSignal(notifier.action) as acted:
        notifier._service.tell(Pressed("later", 7))
    assert acted.args == ["later", 7]


def test_what_the_desktop_refuses_becomes_a_balloon_that_can_be_clicked(qtbot, notifier, tray):
    notifier.show(Alert("k", (ROW,), 1))
    with qtbot.assertNotEmitted(notifier.failed):
        notifier._service.tell(Refused(notifier._service.shown[0], "no bus"))
        qtbot.waitUntil(lambda: len(tray.balloons) == 1)
    with qtbot.waitSignal(notifier.activated) as opened:
        tray.message_clicked.emit()
    assert opened.args == [7]


def test_without_a_service_balloons_are_shown(qtbot, balloons_only, tray):
    balloons_only.show_plain(trial_words())
    assert tray.balloons[0][0] == "Test bell"
    with qtbot.waitSignal(balloons_only.activated) as opened:
        tray.message_clicked.emit()
    assert opened.args == [0]


def test_what_nobody_can_show_is_told_once_and_shown_when_somebody_can(qtbot, notifier, tray, allowed_logs, caplog):
    allowed_logs.append("no notification could be shown")
    tray.takes_balloons = False
    failed = []
    notifier.failed.connect(failed.append)
    for number in range(2):
        notifier.show(alert_of(1))
        notifier._service.tell(Refused(notifier._service.shown[number], "org.x.ServiceUnknown"))
    qtbot.waitUntil(lambda: len(notifier._waiting) == 2)
    assert failed == [Problem("ui.notification_failed")]
    assert [line for line in caplog.messages if "notification" in line] == [
        "no notification could be shown: org.x.ServiceUnknown"
    ]
    notifier._service.tell(CameBack())
    qtbot.waitUntil(lambda: len(notifier._service.shown) == 4)
    assert notifier._waiting == []


@pytest.mark.parametrize("language", ["en", "pl", "ru"])
def test_no_raw_name_of_the_bus_is_said_to_people(language):
    use(language, RESOURCES / "translations")
    words = sentence(Problem("ui.notification_failed", {"detail": "org.x.ServiceUnknown"}))
    assert "org." not in words
    assert "?" not in words
    assert len(words) > 100


def test_after_the_end_nothing_is_signalled(qtbot, tray):
    notifier = Notifier(tray, make_service=FakeService)
    service = notifier._service
    opened = []
    notifier.activated.connect(opened.append)
    service.tell(Pressed("default", 7))
    notifier.close()
    qtbot.wait(1)
    assert service.closed
    assert opened == []


def test_the_digest_says_that_these_may_be_complaints():
    words = words_for(dataclasses.replace(alert_of(1), digest=True), title, NOW)
    assert words.title == "Daily digest: 1 possible complaint"
    assert words.body.startswith("A0: ")
    assert words_for(dataclasses.replace(alert_of(2, 9), digest=True), title, NOW).title.endswith(
        "9 possible complaints"
    )


@pytest.mark.skipif(os.name != "posix", reason="there is a session bus on Linux only")
def test_a_missing_session_bus_is_told_in_words(monkeypatch):
    from app.ui.notifications_linux import DesktopNotices

    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    notices = DesktopNotices(lambda _said: None)
    try:
        assert notices._connect() == "no session bus"
    finally:
        assert notices.close()


def test_what_is_gone_is_withdrawn_and_shown_no_more(qtbot, notifier, tray, allowed_logs):
    allowed_logs.append("no notification could be shown")
    notifier.show(alert_of(2))
    assert list(notifier.named) == [7, 8]
    notifier.withdraw(Over())
    assert notifier._service.withdrawn == []
    tray.takes_balloons = False
    for number, alert in enumerate((alert_of(1), alert_of(2), alert_of(0)), 1):
        notifier.show(alert)
        notifier._service.tell(Refused(notifier._service.shown[number], "no bus"))
    qtbot.waitUntil(lambda: len(notifier._waiting) == 3)
    notifier.withdraw(Over(gone=frozenset({7})))
    assert [over.gone for over in notifier._service.withdrawn] == [frozenset({7})]
    assert [notice.about for notice in notifier._waiting] == [(8,), ()]
    assert set(notifier.named) == {8}
    notifier.withdraw(Over(settled=frozenset({8}), gone=frozenset({7})))
    assert [notice.about for notice in notifier._waiting] == [()]
    assert notifier.named == {}


@pytest.mark.parametrize(("total", "heading"), [(3, "2 new complaints"), (9, "8 new complaints")])
def test_of_several_that_of_somebody_forgotten_is_said_no_more(notifier, total, heading):
    alert = alert_of(3, total=total, severity=Severity.DANGER)
    alert = dataclasses.replace(
        alert, rows=tuple(dataclasses.replace(row, excerpt=f"words of {row.author}") for row in alert.rows)
    )
    notifier.show(alert, failing=(failing("a"),))
    (before,) = notifier._service.shown
    for unchanging in (Over(settled=frozenset({7})), Over(gone=frozenset({99})), Over(mended=frozenset("a"))):
        notifier.withdraw(unchanging)
        assert notifier._service.withdrawn[-1].rewritten == ()
    notifier.withdraw(Over(gone=frozenset({7})))
    ((old, new),) = notifier._service.withdrawn[-1].rewritten
    assert old == before
    assert (new.title, new.mention_id, new.about) == (heading, 8, (8, 9))
    assert "A0" in old.body
    assert "A0" not in new.body
    assert "A1: words of A1" in new.body
    assert "Failing at the moment" in new.body
    assert (new.sound, new.urgency, new.more) == (False, CRITICAL, total > 3)
    assert list(notifier.named) == [8, 9]
    assert notifier._service.shown == [before], "it is not rung again"


def test_a_balloon_of_several_opens_the_first_that_is_left(qtbot, balloons_only, tray):
    balloons_only.show(alert_of(3))
    balloons_only.withdraw(Over(gone=frozenset({7, 8})))
    with qtbot.waitSignal(balloons_only.activated) as opened:
        tray.message_clicked.emit()
    assert opened.args == [9]


def test_where_the_window_went_is_said_for_a_while(notifier):
    notifier.explain_tray()
    (notice,) = notifier._service.shown
    assert notice.title == "Counterbell stays in the tray"
    assert 5_000 <= notice.lasts <= 30_000
    assert notice.is_void(Over(settled=frozenset({IN_TRAY})))
    assert not notice.is_void(Over(settled=frozenset({7}), gone=frozenset({7})))
    notifier.show(alert_of(1))
    assert notifier._service.shown[1].lasts == -1, "a complaint stands as long as the desktop finds right"


def test_a_notice_of_more_than_it_names_outlasts_decisions_but_names_nobody_who_is_gone(notifier):
    notifier.show(alert_of(2, total=9))
    (notice,) = notifier._service.shown
    assert not notice.is_void(Over(settled=frozenset({7, 8})))
    assert notice.is_void(Over(gone=frozenset({7, 8})))


@pytest.mark.parametrize(
    ("changes", "settled"),
    [
        ({}, False),
        ({"score": 0.2}, False),
        ({"kind": Kind.PRAISE}, True),
        ({"state": CaseState.IN_WORK}, True),
        ({"state": CaseState.RESOLVED}, True),
        ({"snoozed_until": NOW + 60}, True),
        ({"snoozed_until": NOW - 60}, False),
    ],
)
def test_what_is_decided_since_it_was_told_is_settled(changes, settled):
    assert is_settled(ROW, dataclasses.replace(ROW, **changes), NOW) is settled


@pytest.mark.parametrize("state", [CaseState.IN_WORK, CaseState.ANSWERED])
def test_news_of_a_case_in_work_are_not_settled_by_that(state):
    told = dataclasses.replace(ROW, state=state)
    assert not is_settled(told, told, NOW)
    assert not is_settled(told, dataclasses.replace(ROW, state=CaseState.NEW), NOW)
    assert is_settled(told, dataclasses.replace(ROW, state=CaseState.RESOLVED), NOW)


def test_a_balloon_of_what_is_gone_opens_just_the_window(qtbot, balloons_only, tray):
    balloons_only.show(Alert("k", (ROW,), 1))
    balloons_only.withdraw(Over(settled=frozenset({7})))
    with qtbot.waitSignal(balloons_only.activated) as opened:
        tray.message_clicked.emit()
    assert opened.args == [7]
    balloons_only.withdraw(Over(gone=frozenset({7})))
    with qtbot.waitSignal(balloons_only.activated) as opened:
        tray.message_clicked.emit()
    assert opened.args == [0]


def test_a_failing_watch_says_which_and_what_to_do_and_a_click_opens_it(qtbot, notifier):
    notifier.show_failing((failing("a"),))
    (shown,) = notifier._service.shown
    assert shown.title == "No longer heard: Opinie"
    assert shown.body == "shop.example says this place is gone for good. Remove the watch or change its address."
    with qtbot.waitSignal(notifier.watch_activated) as opened:
        notifier._service.tell(Pressed("default", shown.mention_id, "", shown.watch_id))
    assert opened.args == ["a"]


def test_several_failing_watches_come_as_one_that_goes_when_all_are_mended(notifier):
    notifier.show_failing(tuple(failing(str(n), f"Watch {n}") for n in range(6)), sound=False)
    (shown,) = notifier._service.shown
    assert (shown.title, shown.sound) == ("6 watches are no longer heard", False)
    assert shown.body.splitlines() == [
        "Watch 0",
        "Watch 1",
        "Watch 2",
        "and 3 more",
        "See Watches for what to do.",
    ]
    assert not shown.is_void(Over(mended=frozenset("01234")))
    assert shown.is_void(Over(mended=frozenset("0123456")))
    assert not shown.is_void(Over(settled=frozenset({0})))
    notifier.withdraw(Over(mended=frozenset("0")))
    assert notifier._service.withdrawn == [Over(mended=frozenset("0"))]


def test_a_summary_ends_with_the_watches_that_fail():
    words = words_for(alert_of(2, summary=True), title, NOW, (failing("a"), failing("b", "Forum")))
    assert words.body.splitlines()[-1] == "Failing at the moment: Opinie, Forum"


def test_a_balloon_of_a_failing_watch_opens_it(qtbot, balloons_only, tray):
    balloons_only.show_failing((failing("a"),))
    with qtbot.waitSignal(balloons_only.watch_activated) as opened:
        tray.message_clicked.emit()
    assert opened.args == ["a"]
