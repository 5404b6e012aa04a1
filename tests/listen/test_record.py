"""The writing thread: many polls at a time, repeats within and across them, faults that hurt one poll only."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC

import pytest
from fakes.pages import WordDetector
from fakes.profile import Profile

from app.core.matching import matcher_for
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.watch import Watch, WatchState
from app.listen import record
from app.listen.record import Reading, Recorded, Recorder
from app.listen.setting import Setting
from app.listen.stems import SnowballStemmer

NOW = 1_800_000_000.0
LONG = "The bread was awful, nobody answers the phone and nobody gives the money back, so I never come again."
ANNA = Mention("page", "1", "https://a.example/1", "", LONG, "Anna", "@anna", "a.example", NOW - 60)


@pytest.fixture
def recorder(profile: Profile) -> Iterator[Recorder]:
    made = Recorder(profile.listener_archive, WordDetector())
    yield made
    made.close()


def reading(watch_id: str, *mentions: Mention, **more: object) -> Reading:
    watch = Watch(watch_id, watch_id.title(), "page")
    setting = Setting(watch, Preferences(), UTC, NOW, first=False)
    before = WatchState(watch_id, bookmark={"at": "before"})
    after = WatchState(watch_id, bookmark={"at": "after"}, heard_at=NOW)
    values = {"before": before, "state": after, "started": NOW - 1, "finished": NOW, **more}
    return Reading(setting, matcher_for((), (), SnowballStemmer()), mentions, **values)  # type: ignore[arg-type]


def hold(recorder: Recorder) -> threading.Event:
    """Keep the thread busy until the event returned is set."""
    held, go = threading.Event(), threading.Event()

    def wait() -> None:
        held.set()
        go.wait(60)

    recorder.perform(wait)
    assert held.wait(60)
    return go


def stored(recorder: Recorder, *readings: Reading) -> list[Recorded]:
    """Record several readings in one batch."""
    go = hold(recorder)
    futures = [recorder.submit(one) for one in readings]
    go.set()
    results = [future.result(60) for future in futures]
    assert all(isinstance(result, Recorded) for result in results)
    return results  # type: ignore[return-value]


def test_many_polls_are_one_transaction(profile: Profile, recorder: Recorder) -> None:
    mentions = [replace(ANNA, key=str(n), url="", text=f"{LONG} {n}", handle=f"@{n}") for n in range(10)]
    results = stored(recorder, *(reading(f"w{n}", mention) for n, mention in enumerate(mentions)))
    assert [len(result.new) for result in results] == [1] * 10
    assert profile.listener_archive.transactions == 1
    assert len(profile.listener_archive.states()) == 10


def test_the_same_text_elsewhere_in_one_reading_is_one_bell(profile: Profile, recorder: Recorder) -> None:
    elsewhere = replace(ANNA, key="2", url="https://b.example/2", site="b.example")
    (result,) = stored(recorder, reading("w", ANNA, elsewhere))
    first, second = result.stored.mention_ids
    assert result.stored.ringing == (first,)
    kept = profile.desk_archive.mention(second)
    assert kept
    assert kept.repost_of == first
    assert profile.listener_archive.states()["w"].bookmark == {"at": "after"}
    assert profile.listener_archive.states()["w"].new_at == NOW


def test_the_same_text_by_two_polls_of_one_batch_is_one_bell(profile: Profile, recorder: Recorder) -> None:
    elsewhere = replace(ANNA, key="2", url="https://b.example/2", site="b.example")
    one, two = stored(recorder, reading("v", ANNA), reading("w", elsewhere))
    assert (len(one.stored.ringing), len(two.stored.ringing)) == (1, 0)
    assert profile.desk_archive.mention(two.stored.mention_ids[0]).repost_of == one.stored.mention_ids[0]


def test_one_mention_heard_by_two_watches_is_stored_once(recorder: Recorder) -> None:
    one, two = stored(recorder, reading("v", ANNA), reading("w", ANNA))
    assert (len(one.new), len(two.new)) == (1, 0)


def test_two_complaints_of_one_account_are_one_case(recorder: Recorder) -> None:
    more = replace(ANNA, key="2", url="https://a.example/2", text=f"And another thing: {LONG[::-1]} awful")
    (result,) = stored(recorder, reading("w", ANNA, more))
    assert len(set(result.stored.case_ids)) == 1
    assert len(result.stored.ringing) == 2


def test_two_complaints_under_one_name_without_an_account_are_two_cases(recorder: Recorder) -> None:
    one = replace(ANNA, handle="")
    two = replace(one, key="2", url="https://a.example/2", text=f"And another thing: {LONG[::-1]} awful")
    (result,) = stored(recorder, reading("w", one, two))
    assert len(set(result.stored.case_ids)) == 2


def test_first_complaints_of_one_name_in_one_thread_by_two_polls_of_one_batch_are_one_case(recorder: Recorder) -> None:
    news = replace(ANNA, text="They bake well into the night.", author="Ola", handle="")
    below = [replace(news, key=key, url=f"https://a.example/{key}", text=f"Oh {key}.", parent="1") for key in "23"]
    stored(recorder, reading("w", news, *below))
    first, second = (
        replace(ANNA, key=f"{key}a", url="", text=f"So awful {key}.", handle="", parent=key) for key in "23"
    )
    one, two = stored(recorder, reading("w", first), reading("v", second))
    assert one.stored.case_ids == two.stored.case_ids != (None,)


@pytest.mark.parametrize("together", [True, False])
def test_an_answer_joins_the_case_of_what_it_answers(recorder: Recorder, together: bool) -> None:
    answer = Mention("page", "2", "", "", "And still awful service, since spring.", "Anna", parent="1")
    readings = [reading("w", ANNA, answer)] if together else [reading("v", ANNA), reading("w", answer)]
    results = stored(recorder, *readings)
    cases = [case for result in results for case in result.stored.case_ids]
    assert len(cases) == 2
    assert len(set(cases)) == 1


def test_an_edit_replaces_the_text_and_rings_no_bell(profile: Profile, recorder: Recorder) -> None:
    (first,) = stored(recorder, reading("w", ANNA))
    (second,) = stored(recorder, reading("w", replace(ANNA, text=f"Edited: {LONG}")))
    assert (second.new, second.edited, second.stored.ringing) == ((), 1, ())
    kept = profile.desk_archive.mention(first.stored.mention_ids[0])
    assert kept.mention.text.startswith("Edited")
    assert kept.edited_at == NOW


def test_a_news_item_with_a_new_link_is_not_new(recorder: Recorder) -> None:
    first = Mention(
        "feed", "CBMi1", "https://news.google.com/rss/articles/CBMi1", "Bakery closes - Daily", site="Daily"
    )
    again = replace(first, key="CBMi2", url="https://news.google.com/rss/articles/CBMi2")
    stored(recorder, reading("w", first))
    (second,) = stored(recorder, reading("w", again))
    assert (second.new, second.edited) == ((), 0)


def test_a_fault_in_one_poll_hurts_no_other(recorder: Recorder) -> None:
    bad = reading("bad", replace(ANNA, key="9", url="", text="choke"))
    go = hold(recorder)
    good = [recorder.submit(reading(f"w{n}", replace(ANNA, key=str(n), url="", handle=f"@{n}"))) for n in range(2)]
    choking = recorder.submit(bad)
    last = recorder.submit(reading("w3", replace(ANNA, key="3", url="", text=f"Other {LONG}", handle="@3")))
    go.set()
    assert isinstance(choking.exception(60), ZeroDivisionError)
    assert all(isinstance(future.result(60), Recorded) for future in [*good, last])


def test_a_full_disk_fails_the_whole_batch_and_the_thread_goes_on(profile: Profile, recorder: Recorder) -> None:
    full = Problem("stores.disk_full", {})
    profile.listener_archive.problem = full
    assert recorder.submit(reading("w", ANNA)).result(60) == full
    profile.listener_archive.problem = None
    assert isinstance(recorder.submit(reading("w", ANNA)).result(60), Recorded)


@pytest.mark.parametrize("error", [True, False])
def test_a_part_that_could_not_be_stored_is_read_again(
    profile: Profile, recorder: Recorder, allowed_logs: list[str], error: bool
) -> None:
    allowed_logs.append("put off")
    elsewhere = replace(ANNA, key="2", url="https://b.example/2", site="b.example")
    archive = profile.listener_archive
    archive.lucky = 1
    archive.error, archive.problem = (ZeroDivisionError(), None) if error else (None, Problem("stores.disk_full"))
    first = recorder.submit(reading("w", ANNA, elsewhere)).result(60)
    assert isinstance(first, Recorded)
    assert first.unstored
    assert len(first.stored.mention_ids) == 1
    assert archive.states()["w"].bookmark == {"at": "before"}
    archive.error = archive.problem = None
    (second,) = stored(recorder, reading("w", ANNA, elsewhere))
    assert [m.key for m in second.new] == ["2"]
    assert archive.states()["w"].bookmark == {"at": "after"}


def test_an_errand_that_fails_is_logged_and_stops_nothing(recorder: Recorder, allowed_logs: list[str]) -> None:
    allowed_logs.append("work with the archive failed")
    recorder.perform(lambda: {}[0])
    assert isinstance(recorder.submit(reading("w", ANNA)).result(60), Recorded)


def test_close_stores_what_is_queued(profile: Profile) -> None:
    recorder = Recorder(profile.listener_archive, WordDetector())
    go = hold(recorder)
    futures = [recorder.submit(reading(f"w{n}", replace(ANNA, key=str(n), handle=f"@{n}"))) for n in range(100)]
    go.set()
    recorder.close()
    assert all(future.done() for future in futures)
    assert len(profile.listener_archive.states()) == 100


def test_what_comes_after_the_end_is_dropped_and_keeps_nobody_waiting(profile: Profile) -> None:
    recorder = Recorder(profile.listener_archive, WordDetector())
    done: list[str] = []
    recorder.perform(lambda: done.append("before"))
    recorder.close()
    assert recorder.is_closed
    recorder.perform(lambda: done.append("after"))
    assert recorder.submit(reading("w", ANNA)).result(60) == Problem("net.closed")
    assert done == ["before"]
    assert profile.listener_archive.states() == {}


def test_what_is_queued_when_the_time_to_close_is_over_is_dropped_whole(profile: Profile) -> None:
    recorder = Recorder(profile.listener_archive, WordDetector())
    go = hold(recorder)
    queued = recorder.submit(reading("w", ANNA))
    recorder.close(0.05)
    assert recorder.is_closed
    assert recorder.submit(reading("v", ANNA)).result(60) == Problem("net.closed")
    go.set()
    assert queued.result(60) == Problem("net.closed")
    recorder.close()
    assert profile.listener_archive.states() == {}


def test_a_transaction_takes_no_more_mentions_than_a_reader_can_wait_for(
    profile: Profile, recorder: Recorder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(record, "BATCH_MENTIONS", 4)
    mentions = [replace(ANNA, key=str(n), url="", text=f"{LONG} {n}", handle=f"@{n}") for n in range(9)]
    stored(recorder, *(reading(f"w{n}", *mentions[n : n + 3]) for n in (0, 3, 6)))
    assert profile.listener_archive.transactions == 3
    stored(recorder, reading("w", *(replace(m, key=f"more {m.key}", text=f"More {m.text}") for m in mentions)))
    assert profile.listener_archive.transactions == 4, "a single poll is never cut"
