"""Taking in what was entered by hand: judged, stored, told, whatever else happens."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.profile import Profile

from app.core.by_hand import BY_HAND, Entry, Where
from app.core.messages import Arrived, EnteredByHand, Failed, Polled, TakenIn
from app.core.problems import Problem
from app.core.views import Folder
from app.listen import by_hand
from app.listen.by_hand import CHUNK, Round, at_once

AWFUL = "The bread was awful and nobody answers the phone."
DAY = 86_400.0


def call(number: int, **more: object) -> Entry:
    values = {"where": Where.PHONE, "text": AWFUL, "author": f"Anna {number}", **more}
    return Entry(f"call-{number}", **values)  # type: ignore[arg-type]


def taken(profile: Profile, *entries: Entry) -> list[TakenIn]:
    """Keep entries and take them in at once."""
    assert isinstance(profile.waiting.put(entries), str)
    steps = list(at_once(profile.parts, profile.waiting))
    assert not [step for step in steps if isinstance(step, Problem)]
    return [step.told for step in steps if not isinstance(step, Problem)]


def test_a_phone_call_is_judged_found_and_opens_a_case_with_the_target_of_an_own_channel(profile: Profile) -> None:
    (told,) = taken(profile, call(1, at=profile.clock() - 60))
    assert (told.new, told.known, told.done) == (1, 0, 1)
    (row,) = profile.desk_archive.page(Folder.COMPLAINTS, "", 0, 10, profile.clock()).rows
    assert (row.author, row.source, row.own, row.watch_id) == ("Anna 1", "phone", True, BY_HAND)
    assert row.due_at == pytest.approx(profile.clock() + 3540, abs=5)
    assert profile.desk_archive.page(Folder.EVERYTHING, "bread", 0, 10, 0.0).total == 1
    assert profile.desk_archive.unrung(0.0) == ()
    assert profile.listener_archive.states() == {}
    assert profile.waiting.names() == ()


def test_the_same_words_on_the_phone_are_two_mentions_and_the_same_link_is_one(profile: Profile) -> None:
    taken(profile, call(1), call(2, author="Anna 1"), call(3))
    link = "https://www.forum.example/t/1?utm_source=mail"
    (told,) = taken(profile, Entry("a", Where.WEB, url=link), Entry("b", Where.WEB, url="http://forum.example/t/1/"))
    assert (told.new, told.known) == (1, 1)
    (told,) = taken(profile, Entry("c", Where.WEB, url=link, text="Other words, said at the same place."))
    assert (told.new, told.known) == (0, 1)
    (told,) = taken(profile, Entry("d", Where.WEB, url=link, text="Other words, said at the same place.", again=True))
    assert (told.new, told.known) == (1, 0)
    everything = profile.desk_archive.page(Folder.EVERYTHING, "", 0, 10, 0.0)
    assert everything.total == 5
    assert len({row.mention_id for row in everything.rows if row.source == "phone"}) == 3


def test_a_link_that_a_watch_heard_is_known(profile: Profile) -> None:
    profile.watch("a", f"1; Anna @anna; {AWFUL}")
    with profile.listening() as (_listener, ears):
        ears.expect(Polled)
    (heard,) = profile.desk_archive.mentions_after(0, 10)
    (told,) = taken(profile, Entry("x", Where.WEB, url=heard.mention.url))
    assert (told.new, told.known) == (0, 1)
    copy = Entry("y", Where.OTHER, text=AWFUL, author="Anna", place=heard.mention.site)
    (told,) = taken(profile, copy)
    assert (told.new, told.known) == (0, 1)


def test_who_phones_again_joins_the_open_case_by_number_and_not_by_name(profile: Profile) -> None:
    taken(profile, call(1, handle="+48 600 100 200"))
    taken(profile, call(2, handle="0048600-100-200", where=Where.SHOP, author="A. Kowalska"))
    taken(profile, call(3, author="Anna 1"))
    one, two, three = profile.desk_archive.mentions_after(0, 10)
    assert one.case_id is not None
    assert two.case_id == one.case_id
    assert three.case_id not in {one.case_id, None}


def test_rows_of_a_table_ring_when_fresh_and_open_no_case_when_they_are_history(profile: Profile) -> None:
    now = profile.clock()
    fresh = Entry("r1", text=f"{AWFUL} Yesterday.", at=now - DAY, imported=True)
    stale = Entry("r2", text=f"{AWFUL} Last week.", at=now - 8 * DAY, imported=True)
    history = Entry("r3", text=f"{AWFUL} Last year.", at=now - 300 * DAY, imported=True, history=True)
    undated = Entry("r4", text=f"{AWFUL} Some time.", imported=True)
    taken(profile, fresh, stale, history, undated)
    cases = {one.mention.key: one.case_id is not None for one in profile.desk_archive.mentions_after(0, 10)}
    assert cases == {"r1": True, "r2": True, "r3": False, "r4": True}
    rings = profile.desk_archive.unrung(0.0)
    assert [profile.desk_archive.mention(each).mention.key for each in rings] == ["r1"]  # type: ignore[union-attr]
    (told,) = taken(profile, fresh, history, replace(undated, id="r5"))
    assert (told.new, told.known) == (0, 3)


def test_a_listener_takes_in_at_its_start_when_told_and_at_a_beat(profile: Profile) -> None:
    profile.waiting.put([call(1)])
    with profile.listening(beat=0.05) as (listener, ears):
        ears.expect(TakenIn, new=1)
        profile.waiting.put([call(2)])
        listener.obey(EnteredByHand())
        ears.expect(TakenIn, 2, new=1)
        profile.waiting.put([call(3)])
        ears.expect(TakenIn, 3, new=1)
    assert [one.mention_ids for one in ears.of(Arrived)] == [(1,), (2,), (3,)]
    assert all(one.watch_id == BY_HAND and not one.ringing for one in ears.of(Arrived))


def test_a_long_table_goes_in_by_chunks_and_what_is_typed_meanwhile_goes_first(profile: Profile) -> None:
    rows = [Entry(f"r{n}", text=f"Row number {n} of a table.", imported=True) for n in range(3 * CHUNK)]
    table = profile.waiting.put(rows)
    steps = at_once(profile.parts, profile.waiting)
    first = next(steps)
    assert not isinstance(first, Problem)
    assert (first.told.batch, first.told.done, first.told.total) == (table, CHUNK, 3 * CHUNK)
    profile.waiting.put([call(1)])
    second = next(steps)
    assert not isinstance(second, Problem)
    assert (second.told.total, second.told.new) == (1, 1)
    rest = [step.told.done for step in steps if not isinstance(step, Problem)]
    assert rest == [2 * CHUNK, 3 * CHUNK]


def test_a_batch_withdrawn_halfway_stops_and_one_killed_halfway_goes_on(profile: Profile) -> None:
    rows = [Entry(f"r{n}", text=f"Row number {n} of a table.", imported=True) for n in range(2 * CHUNK + 1)]
    name = profile.waiting.put(rows)
    assert isinstance(name, str)
    steps = at_once(profile.parts, profile.waiting)
    next(steps)
    steps.close()  # type: ignore[attr-defined]  as a killed process would
    again = [step.told for step in at_once(profile.parts, profile.waiting) if not isinstance(step, Problem)]
    assert [(told.done, told.new, told.known) for told in again] == [
        (CHUNK, 0, CHUNK),
        (2 * CHUNK, CHUNK, CHUNK),
        (2 * CHUNK + 1, CHUNK + 1, CHUNK),
    ]
    other = profile.waiting.put([replace(row, id=f"x{row.id}", text=f"{row.text} Again.") for row in rows])
    assert isinstance(other, str)
    steps = at_once(profile.parts, profile.waiting)
    next(steps)
    profile.waiting.drop(other)
    (last,) = [step.told for step in steps if not isinstance(step, Problem)]
    assert (last.done, last.total, last.new) == (CHUNK, 2 * CHUNK + 1, CHUNK)


def test_what_cannot_be_stored_waits_and_what_breaks_the_program_is_put_aside(
    profile: Profile, allowed_logs: list[str]
) -> None:
    profile.waiting.put([call(1)])
    profile.listener_archive.problem = Problem("stores.disk_full")
    with profile.listening(beat=0.02) as (_listener, ears):
        ears.expect(Failed)
        profile.listener_archive.problem = None
        ears.expect(TakenIn, new=1)
    assert len(ears.of(Failed)) == 1
    allowed_logs.append("are left aside")
    profile.waiting.put([call(2)])
    profile.listener_archive.error = RuntimeError("oh")
    steps = list(at_once(profile.parts, profile.waiting))
    assert [step.code for step in steps if isinstance(step, Problem)] == ["listen.entry_crashed"]
    assert profile.waiting.names() == ()
    assert list((profile.folder / "by-hand").glob("*.broken-*"))


def test_a_laptop_short_of_memory_puts_nothing_aside(profile: Profile) -> None:
    profile.waiting.put([call(1)])
    profile.listener_archive.error = MemoryError()
    assert list(at_once(profile.parts, profile.waiting)) == [Problem("core.no_memory")]
    profile.listener_archive.error = None
    assert [step.told.new for step in at_once(profile.parts, profile.waiting) if not isinstance(step, Problem)] == [1]


def test_a_step_that_fails_unforeseen_leaves_the_folder_free(
    profile: Profile, allowed_logs: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed_logs.append("work with the archive failed")
    real = by_hand.rounds

    def broken(*_: object) -> Iterator[Round]:
        monkeypatch.setattr(by_hand, "rounds", real)
        raise ZeroDivisionError
        yield

    monkeypatch.setattr(by_hand, "rounds", broken)
    profile.waiting.put([call(1)])
    with profile.listening(beat=0.03) as (_listener, ears):
        ears.expect(TakenIn, new=1)


def test_only_one_process_takes_in_at_a_time(profile: Profile) -> None:
    profile.waiting.put([call(1)])
    other = type(profile.waiting)(profile.folder / "by-hand")
    assert other.take()
    assert list(at_once(profile.parts, profile.waiting)) == []
    other.release()
    assert len(list(at_once(profile.parts, profile.waiting))) == 1
