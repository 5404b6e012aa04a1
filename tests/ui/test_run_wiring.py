import dataclasses
from types import SimpleNamespace

import pytest
from ui.run_pieces import house_in
from ui.run_samples import NOW, ROW, STATUS

from app.core.case import CaseState
from app.core.messages import (
    Arrived,
    CorrectionsChanged,
    EnteredByHand,
    OutboxChanged,
    Pause,
    Polled,
    PollNow,
    ReplyMoved,
    ShopChanged,
    TakenIn,
    Woke,
)
from app.core.outbox import Delivery, Outgoing, Stand, Wish
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Alert, News
from app.ui import quiet
from app.ui.notices import IN_TRAY, Over, taught_by
from app.ui.undo import Undo
from app.ui.wiring import Pieces, Wiring

ALERT = Alert("key", (ROW,), 1)


@pytest.fixture
def house(qapp, monkeypatch, tmp_path):
    with house_in(tmp_path, monkeypatch) as made:
        yield made


def test_what_arrives_is_shown_and_rings_off_the_gui_thread(qtbot, house):
    house.desk.alert = ALERT
    house.link.arrived.emit(Arrived("w", (7, 8), (7,)))
    qtbot.waitUntil(lambda: house.notifier.shown == [(ALERT, True)])
    assert house.desk.asked("ring") == [((7,),)]
    assert house.desk.threads == {"write-1"}
    assert house.told[0][0] == "mentions_arrived"


def test_complaints_of_one_moment_are_asked_about_together(qtbot, house):
    house.desk.alert = ALERT
    house.link.arrived.emit(Arrived("w", (7, 8), (7,)))
    house.link.arrived.emit(Arrived("v", (9,), (9,)))
    qtbot.waitUntil(lambda: house.notifier.shown == [(ALERT, True)])
    assert house.desk.asked("ring") == [((7, 9),)]


def test_what_should_not_ring_asks_no_bell(qtbot, house):
    house.link.arrived.emit(Arrived("w", (7,), ()))
    assert not house.wiring._bundle.isActive()
    house.background.drain(60)
    assert house.desk.asked("ring") == []


def test_the_owner_who_wants_no_sound_gets_none(qtbot, house):
    house.desk.alert = ALERT
    house.desk.preferences = dataclasses.replace(house.desk.preferences, sound=False)
    house.link.arrived.emit(Arrived("w", (7,), (7,)))
    qtbot.waitUntil(lambda: bool(house.notifier.shown))
    assert house.notifier.shown == [(ALERT, False)]
    assert house.desk.asked("ring") == [((7,),)]


def test_a_click_raises_the_window_with_that_very_case(qtbot, house):
    house.notifier.activated.emit(7)
    assert house.window.isVisible()
    assert ("show_case", 7) in house.told
    house.told.clear()
    house.notifier.activated.emit(0)
    assert house.told == []


@pytest.mark.parametrize(
    ("action", "call"), [("later", ("snooze", 7, NOW + 3600)), ("not_complaint", ("set_kind", 7, Kind.NEUTRAL))]
)
def test_buttons_decide_as_the_window_would_and_can_be_undone(qtbot, house, action, call):
    house.notifier.named = {7: ROW}
    with qtbot.waitSignal(house.window.acts.decided):
        house.notifier.action.emit(action, 7)
    assert call in house.desk.calls
    undo = house.window.findChild(Undo)
    assert ("Anna & K." in undo.newest.sentence) == (action == "later")
    undo.undo()
    qtbot.waitUntil(lambda: bool(house.desk.asked("undo")))


def test_a_button_that_teaches_is_answered_with_a_notification_that_takes_it_back(qtbot, house):
    with qtbot.waitSignal(house.window.acts.decided):
        house.notifier.action.emit("not_complaint", 7)
    words, mention_id = house.notifier.shown[-1]
    assert (words.title, mention_id) == ("Marked as not a complaint.", 7)
    assert words.body == "Counterbell will pay less attention to texts like this."
    with qtbot.waitSignal(house.window.findChild(Undo).undone):
        house.notifier.action.emit("undo", 7)
    assert house.desk.asked("undo") == [()]


def test_a_reply_that_needs_the_owner_is_told_where_they_look(qtbot, house):
    mention = SimpleNamespace(mention=SimpleNamespace(author="Anna"))
    failed = Outgoing("r", 7, "w", "Sorry", Wish.SEND, NOW, delivery=Delivery(Stand.FAILED, 1))
    house.desk.news = (News(failed, mention),)
    with qtbot.waitSignal(house.window.bench.changed):
        house.link.reply_moved.emit(ReplyMoved("r", 7, "failed"))
    assert ("announce", Problem("outbox.reply_failed", {"name": "Anna"})) in house.told
    assert house.notifier.shown[-1].title == "A reply needs you"
    assert house.desk.threads == {"write-1"}
    house.desk.news = ()
    with qtbot.waitSignal(house.window.bench.changed):
        house.link.reply_moved.emit(ReplyMoved("r", 7, "sending"))


def test_the_listener_hears_at_once_of_what_was_written_off(house):
    house.window.bench.outbox_changed.emit()
    assert house.link.sent == [OutboxChanged()]


@pytest.mark.parametrize("why", ["removed", "forgotten"])
def test_notifications_of_what_is_gone_are_withdrawn(qtbot, house, why):
    signal = house.window.by_hand.removed if why == "removed" else house.window.pages.forgotten
    signal.emit()
    house.notifier.named = {7: ROW, 8: ROW}
    house.desk.inbox.row = lambda mention_id: ROW if mention_id == 8 else None
    signal.emit()
    qtbot.waitUntil(lambda: bool(house.notifier.withdrawn))
    assert house.notifier.withdrawn == [Over(gone=frozenset({7}))]


@pytest.mark.parametrize("where", ["in the window", "by an answer", "at any time"])
def test_notifications_of_what_is_decided_are_withdrawn(qtbot, house, where):
    house.notifier.named = {7: ROW, 8: ROW}
    resolved = dataclasses.replace(ROW, state=CaseState.RESOLVED)
    house.desk.inbox.row = lambda mention_id: resolved if mention_id == 7 else ROW
    acts = {
        "in the window": lambda: house.window.acts.snooze(7, "hour"),
        "by an answer": house.window.bench.changed.emit,
        "at any time": house.wiring.each_minute,
    }
    acts[where]()
    qtbot.waitUntil(lambda: Over(settled=frozenset({7})) in house.notifier.withdrawn)
    assert not any(8 in over.settled | over.gone for over in house.notifier.withdrawn)


@pytest.mark.parametrize("then", ["taken back", "decided anew"])
def test_what_offers_to_take_a_decision_back_goes_with_it(qtbot, house, then):
    house.notifier.action.emit("not_complaint", 7)
    qtbot.waitUntil(lambda: any(isinstance(one, tuple) for one in house.notifier.shown))
    house.notifier.withdrawn.clear()
    if then == "taken back":
        house.window.findChildren(Undo)[0].undo()
    else:
        house.window.acts.set_kind(7, Kind.COMPLAINT)
    qtbot.waitUntil(lambda: Over(settled=frozenset({taught_by(7)})) in house.notifier.withdrawn)
    assert not any(over.gone for over in house.notifier.withdrawn)


def test_an_old_notification_takes_back_nothing_else(qtbot, house):
    for action, mention_id in (("not_complaint", 7), ("later", 8)):
        with qtbot.waitSignal(house.window.acts.decided):
            house.notifier.action.emit(action, mention_id)
    house.notifier.action.emit("undo", 7)
    assert ("show_case", 7) in house.told
    assert house.desk.asked("undo") == []


def test_what_the_page_of_learning_changed_is_told_to_the_listener(qtbot, house):
    house.window.bench.corrections_changed.emit()
    assert house.link.sent == [CorrectionsChanged()]


def test_the_reply_button_asks_for_the_reply_of_that_case(qtbot, house):
    house.notifier.action.emit("reply", 7)
    assert house.told[-1] == ("show_reply", 7)
    house.notifier.activated.emit(7)
    assert house.told[-1] == ("show_case", 7)


def test_the_listener_is_shown_everywhere(qtbot, house):
    problem, polled = Problem("stores.disk_full"), Polled("w", NOW, NOW + 60)
    house.link.status.emit(STATUS)
    house.link.polled.emit(polled)
    house.link.failed.emit(problem)
    house.link.righted.emit(problem)
    assert house.told[1:] == [("watch_polled", polled), ("announce", problem), ("withdraw", problem)]
    house.notifier.failed.emit(problem)
    house.notifier.righted.emit(problem)
    assert house.told[4:] == [("announce", problem), ("withdraw", problem)]
    assert not house.tray._face.silent
    house.link.running.emit(False)
    assert house.told[-1] == ("show_status", None)
    assert house.tray._face.silent


def test_wishes_of_window_and_tray_reach_the_listener(qtbot, house):
    house.window.poll_requested.emit(("a", "b"))
    house.tray.check_requested.emit()
    house.window.pause_requested.emit(True)
    house.tray.pause_requested.emit(False)
    house.window.shop_changed.emit()
    assert house.link.sent == [PollNow(("a", "b")), PollNow(), Pause(True), Pause(False), ShopChanged()]


def test_what_is_entered_by_hand_goes_to_the_listener_and_its_news_come_back(qtbot, house):
    house.window.by_hand.entered.emit()
    assert house.link.sent == [EnteredByHand()]
    told = TakenIn("batch", 1, 1, 1, 0, 12)
    house.link.taken_in.emit(told)
    assert house.told == [("taken_in", told)]


@pytest.mark.parametrize("place", ["tray", "window"])
def test_a_quiet_hour_is_ended_where_it_was_begun_and_what_came_is_told(qtbot, house, place):
    wish = getattr(house, place).quiet_requested
    wish.emit(True)
    qtbot.waitUntil(lambda: house.window.quiet[-1] == (NOW + 3600, NOW + 3600))
    assert house.desk.asked("hush") == [(NOW + 3600,)]
    assert house.tray._quiet.text().startswith("End the quiet")
    house.desk.summary = dataclasses.replace(ALERT, summary=True)
    wish.emit(False)
    qtbot.waitUntil(lambda: house.notifier.shown == [(house.desk.summary, True)])
    assert house.desk.asked("hush")[1:] == [(0.0,)]
    assert house.window.quiet[-1] == (0.0, NOW)
    assert house.tray._quiet.text() == "Quiet for an hour"


def test_a_quiet_hour_outlasts_a_restart(qtbot, house):
    house.wiring.hush(True)
    house.wiring.detach()
    house.background.drain(60)
    before = len(house.desk.calls)
    for later, hushed in ((60, NOW + 3600), (3601, 0.0), (-7200, 0.0)):  # the last: a clock put back
        assert quiet.kept(house.settings, NOW + later) == hushed
    names = [field.name for field in dataclasses.fields(Pieces)]
    again = Wiring(Pieces(*(getattr(house, name) for name in names)), clock=lambda: NOW + 60)
    again.attach(house.desk)
    qtbot.waitUntil(lambda: house.window.quiet[-1] == (NOW + 3600, NOW + 3600))
    asked = [call[0] for call in house.desk.calls[before:] if call[0] in {"hush", "catch_up"}]
    assert asked == ["hush", "catch_up"]
    assert house.tray._quiet.text().startswith("End the quiet")
    again.hush(False)
    again.detach()
    assert quiet.kept(house.settings, NOW + 61) == 0.0
    again.deleteLater()


@pytest.mark.parametrize("odd", ["", "soon", "nan", "inf", "1e999"])
def test_a_kept_hour_that_cannot_be_one_is_none(house, odd):
    house.settings.setValue("quiet_until", odd)
    assert quiet.kept(house.settings, NOW) == 0.0


def test_the_quiet_hours_of_the_settings_are_shown_as_well(qtbot, house):
    house.desk.quiet_until = NOW + 7200
    house.window.shop_changed.emit()
    qtbot.waitUntil(lambda: house.window.quiet[-1] == (0.0, NOW + 7200))
    house.desk.quiet_until = 0.0
    house.wiring.each_minute()
    qtbot.waitUntil(lambda: house.window.quiet[-1] != (0.0, NOW + 7200))
    assert house.window.quiet[-1] == (0.0, NOW)


def test_the_test_bell(house):
    house.window.test_bell_requested.emit()
    assert house.notifier.shown[-1].title == "Test bell"


def test_waking_and_each_minute_bring_summary_and_times(qtbot, house):
    house.desk.summary = dataclasses.replace(ALERT, summary=True)
    house.link.woke.emit(Woke())
    qtbot.waitUntil(lambda: house.notifier.shown == [(house.desk.summary, True)])
    assert ("refresh", None) in house.told
    assert house.wiring._minute.isActive()
    assert house.wiring._minute.interval() == 60_000


@pytest.mark.parametrize("kind", ["digest", "back"])
def test_each_minute_asks_for_the_daily_digest_and_what_is_back(qtbot, house, kind):
    alert = dataclasses.replace(ALERT, **{kind: True})
    setattr(house.desk, kind, alert)
    house.wiring.each_minute()
    told = len(house.told)
    qtbot.waitUntil(lambda: bool(house.notifier.shown))
    assert house.notifier.shown == [(alert, True)]
    assert house.told[told:].count(("refresh", None)) == (kind == "back")


def test_the_listener_hears_at_once_of_corrections_and_of_their_undo(qtbot, house):
    with qtbot.waitSignal(house.window.acts.decided):
        house.notifier.action.emit("not_complaint", 7)
    assert house.link.sent == [CorrectionsChanged()]
    undo = house.window.findChild(Undo)
    with qtbot.waitSignal(undo.undone):
        undo.undo()
    assert house.link.sent == [CorrectionsChanged(), CorrectionsChanged()]


def test_the_tray_shows_what_is_urgent(qtbot, house):
    house.window.urgent_changed.emit(4, ROW)
    assert house.tray._face.complaints == 4


@pytest.mark.parametrize(
    ("command", "told", "visible"),
    [
        ("show", [], True),
        ("open 12", [("show_case", 12)], True),
        ("look", [], False),
        ("open x", [], False),
        ("refresh", [("refresh", None)], False),
    ],
)
def test_a_second_start_is_obeyed(qtbot, house, command, told, visible):
    house.single.asked.emit(command)
    assert house.told == told
    assert house.window.isVisible() == visible


def test_every_way_in_which_a_person_quits_is_one(qtbot, house):
    quits = []
    house.wiring.quit_requested.connect(lambda: quits.append(len(quits) + 1))
    for wish in (
        house.window.quit_requested.emit,
        house.tray.quit_requested.emit,
    ):
        with qtbot.waitSignal(house.wiring.quit_requested):
            wish()
    assert quits == [1, 2]


def test_another_process_that_ends_the_program_asks_nobody(qtbot, house):
    with qtbot.waitSignal(house.wiring.end_requested), qtbot.assertNotEmitted(house.wiring.quit_requested):
        house.single.asked.emit("quit")


def test_the_window_closes_into_the_tray_only_while_there_is_one(qtbot, house):
    house.host.there = True
    house.tray.look_for_host()
    assert house.window.keep_in_tray
    assert house.notifier.retried == 1
    house.host.there = False
    house.tray.look_for_host()
    assert not house.window.keep_in_tray
    assert house.wiring._stranded.isActive()
    house.wiring._stranded.timeout.emit()
    assert house.window.isMinimized()


def test_a_tray_that_comes_in_time_leaves_the_window_hidden(qtbot, house):
    house.wiring.watch_over_window()
    assert house.wiring._stranded.isActive()
    house.host.there = True
    house.tray.look_for_host()
    assert not house.wiring._stranded.isActive()
    house.wiring.rescue_window()
    assert not house.window.isVisible()


def test_the_way_into_the_tray_is_explained_once(qtbot, house):
    house.window.closed_to_tray.emit()
    house.window.closed_to_tray.emit()
    assert house.notifier.shown == ["tray"]


@pytest.mark.parametrize("way", ["tray", "second start", "click"])
def test_nobody_is_told_where_the_window_is_once_it_is_there(qtbot, house, way):
    house.window.closed_to_tray.emit()
    assert house.notifier.withdrawn == []
    acts = {"tray": house.tray.open_requested.emit, "second start": lambda: house.wiring.obey("show token-1")}
    acts.get(way, lambda: house.notifier.activated.emit(0))()
    assert house.window.isVisible()
    assert Over(settled=frozenset({IN_TRAY})) in house.notifier.withdrawn


def test_an_unforeseen_error_is_told_once(qtbot, house, allowed_logs):
    allowed_logs.append("work in the background broke")
    for _ in range(2):
        with qtbot.waitSignal(house.background.failed):
            house.background.run(lambda: {}["lost"], owner=house.window)
    assert house.told == [("announce", Problem("ui.unexpected", {"detail": "KeyError: 'lost'"}))]


def test_a_full_disk_met_by_a_list_is_told_in_words(qtbot, house):
    full = Problem("stores.disk_full")
    with qtbot.waitSignal(house.background.hindered):
        house.background.hindered.emit(full)
    assert house.told == [("announce", full)]


def test_without_a_desk_nothing_is_asked(qtbot, house):
    house.wiring.detach()
    before = len(house.desk.calls)
    house.link.arrived.emit(Arrived("w", (7,), (7,)))
    house.wiring.each_minute()
    house.background.drain(60)
    assert len(house.desk.calls) == before


def test_whether_there_is_a_tray_is_looked_at_when_the_window_closes(house):
    house.host.there = True
    house.tray.start()
    assert house.window.keep_in_tray
    house.host.there = False
    house.window.closing.emit()
    assert not house.window.keep_in_tray


def test_what_others_stored_while_a_listener_began_is_looked_for_at_its_first_word(qtbot, house):
    before = len(house.desk.asked("catch_up"))
    house.link.running.emit(True)
    house.desk.summary = ALERT
    house.link.status.emit(STATUS)
    qtbot.waitUntil(lambda: house.notifier.shown == [(ALERT, True)])
    assert ("refresh", None) in house.told
    house.link.status.emit(STATUS)
    assert house.background.drain(60)
    assert len(house.desk.asked("catch_up")) == before + 1
