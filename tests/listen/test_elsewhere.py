"""Two listeners on one profile: one polls, both tell what is heard, and none is deaf to the other."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest
from fakes.profile import Ears, Profile

from app.core.messages import Arrived, Polled, PollNow, ShopChanged, Status
from app.core.preferences import Preferences
from app.listen import engine
from app.listen.engine import Listener
from app.listen.once import due_watches, poll_once
from app.stores.archive.connections import Connections
from app.stores.archive.listener import SqliteListenerArchive

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
PRAISE = "2; Piotr @piotr; Lovely bread."
URL = "https://a.example/feed"


@contextmanager
def another(profile: Profile) -> Iterator[SqliteListenerArchive]:
    """Give the archive as another process sees it."""
    connections = Connections(profile.folder / "archive.sqlite", durable=False)
    try:
        yield SqliteListenerArchive(connections)
    finally:
        connections.close()


def polled_elsewhere(profile: Profile) -> tuple[int, ...]:
    """Poll all once in another process, as «listen --once --all» does; return the ids of what it stored."""
    with another(profile) as archive:
        parts = replace(profile.parts, archive=archive, outbox=None, by_hand=None)
        turns = list(poll_once(parts, due_watches(parts, everything=True)))
    return tuple(i for turn in turns if turn.recorded for i in turn.recorded.stored.mention_ids)


def test_what_another_process_heard_is_told_once_and_where_it_left_the_watch(profile: Profile) -> None:
    profile.watch("a", "")
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Polled)
        profile.web.pages[URL] = f"{AWFUL}\n{PRAISE}"
        new = polled_elsewhere(profile)
        ears.expect(Arrived, watch_id="a", mention_ids=new, ringing=new[:1])
        ears.expect(Polled, 2, problem=None)
        ears.expect(Status, 3 + len(ears.of(Status)))
    assert len(ears.of(Arrived)) == 1
    assert len(profile.web.asked) == 2, "what another has just polled is not polled again"


def test_what_we_stored_is_told_once_though_another_process_stores_too(profile: Profile) -> None:
    profile.watch("a", "")
    profile.watch("b", "")
    with profile.listening(beat=0.03) as (listener, ears):
        ears.expect(Polled, 2)
        profile.web.pages["https://b.example/feed"] = "9; Ola @ola; The bread was awful, a scandal."
        listener.obey(PollNow(("b",)))
        ears.expect(Arrived, watch_id="b")
        profile.web.pages[URL] = AWFUL
        polled_elsewhere(profile)
        ears.expect(Arrived, watch_id="a")
        ears.expect(Status, 3 + len(ears.of(Status)))
    assert [each.watch_id for each in ears.of(Arrived)] == ["b", "a"]


def test_what_was_heard_before_the_start_is_not_told_as_news(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    polled_elsewhere(profile)
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Status, 5)
    assert not ears.of(Arrived)


def test_a_post_another_process_found_edited_into_a_complaint_rings(profile: Profile) -> None:
    profile.watch("a", "1; Anna @anna; Lovely bread.")
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(Arrived)
        (arrived,) = ears.of(Arrived)
        profile.web.pages[URL] = AWFUL
        polled_elsewhere(profile)
        ears.expect(Arrived, ringing=arrived.mention_ids, mention_ids=())


def test_one_stands_by_while_another_polls_and_takes_over_when_that_ends(profile: Profile) -> None:
    profile.watch("a", "", interval=1)
    leads = False
    ears = Ears()
    listener = Listener(replace(profile.parts, leads=lambda: leads), ears, beat=0.03)
    listener.start()
    try:
        ears.expect(Status, 5, stands_by=True)
        assert not profile.web.asked
        listener.obey(PollNow())
        ears.expect(Polled)
        leads = True
        ears.expect(Status, stands_by=False)
        ears.expect(Polled, 2)
    finally:
        listener.stop()


def test_who_stands_by_polls_what_the_other_one_leaves(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "BESIDE", 0.2)
    profile.watch("a", AWFUL)
    ears = Ears()
    listener = Listener(replace(profile.parts, leads=lambda: False), ears, beat=0.03)
    listener.start()
    try:
        ears.expect(Arrived)
    finally:
        listener.stop()


def test_what_somebody_wrote_while_blocked_is_heard_soon_after(
    profile: Profile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "UNBLOCKED_FIRST", 0.05)
    monkeypatch.setattr(engine, "UNBLOCKED_STAGGER", 0.05)
    profile.shop.put_preferences(Preferences(blocked_authors=("Anna",)))
    for name in "ab":
        profile.watch(name, AWFUL if name == "a" else "")
    with profile.listening() as (listener, ears):
        ears.expect(Polled, 2)
        assert not ears.of(Arrived)
        profile.shop.put_preferences(Preferences(blocked_authors=("Ola",)))
        listener.obey(ShopChanged())
        ears.expect(Arrived, watch_id="a")
        ears.expect(Polled, 4)
        profile.shop.put_preferences(Preferences(blocked_authors=("Ola", "Ewa")))
        listener.obey(ShopChanged())
        assert not any(listener._plan.is_due(name, profile.clock() + 60) for name in "ab"), (
            "more blocked: nothing to read"
        )


def test_our_own_edit_is_not_told_again_when_another_process_stores(profile: Profile) -> None:
    profile.watch("a", "1; Anna @anna; Lovely bread.")
    profile.watch("b", "")
    with profile.listening(beat=0.03) as (listener, ears):
        ears.expect(Arrived)
        profile.web.pages[URL] = AWFUL
        listener.obey(PollNow(("a",)))
        ears.expect(Arrived, 2)
        profile.web.pages["https://b.example/feed"] = "9; Ola @ola; Fine."
        polled_elsewhere(profile)
        ears.expect(Arrived, watch_id="b")
        ears.expect(Status, 3 + len(ears.of(Status)))
    assert len([one for one in ears.of(Arrived) if one.watch_id == "a"]) == 2


def test_a_word_mended_in_a_complaint_elsewhere_is_no_news(profile: Profile) -> None:
    profile.watch("a", "")
    with profile.listening(beat=0.03) as (listener, ears):
        ears.expect(Polled)
        profile.web.pages[URL] = AWFUL
        listener.obey(PollNow(("a",)))
        ears.expect(Arrived)
        ears.expect(Polled, 2)
        profile.web.pages[URL] = f"{AWFUL} (edit: typo)"
        polled_elsewhere(profile)
        ears.expect(Polled, 3)
        ears.expect(Status, 3 + len(ears.of(Status)))
    assert not [one for one in ears.of(Arrived)[1:] if one.ringing]


def test_a_reader_that_stands_still_keeps_nothing_from_being_stored(profile: Profile) -> None:
    profile.watch("a", "")
    profile.watch("b", "")
    go, held, stored = threading.Event(), threading.Event(), threading.Event()
    ears = Ears()

    def hear(message: object) -> None:
        ears(message)  # type: ignore[arg-type]
        if isinstance(message, Arrived) and message.watch_id == "a":
            held.set()
            go.wait(60)

    listener = Listener(profile.parts, hear, beat=0.03)
    listener.start()
    try:
        ears.expect(Polled, 2)
        profile.web.pages[URL] = AWFUL
        polled_elsewhere(profile)
        assert held.wait(60)
        profile.web.pages["https://b.example/feed"] = "9; Ola @ola; The bread was awful, a scandal."
        listener.obey(PollNow(("b",)))
        ears.expect(Arrived, watch_id="b")
        stored.set()
    finally:
        go.set()
        listener.stop()
    assert stored.is_set()
