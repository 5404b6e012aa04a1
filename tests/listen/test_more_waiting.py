"""A place that gives out one page for each poll and has more: it is polled again soon, and only once a page is stored."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import replace

import pytest
from fakes.pages import PageSource
from fakes.profile import Profile

from app.core.messages import Arrived, Polled
from app.core.ports.source import Poll, Steps
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.listen import due, engine
from app.listen.due import MORE_AFTER
from app.listen.listening import Listening
from app.listen.once import MOST_IN_A_ROW, due_watches, poll_once


class Drawers(PageSource):
    """Says that there is more after every page that holds anything."""

    def poll(self, poll: Poll) -> Steps:
        reading = yield from super().poll(poll)
        return replace(reading, more=bool(reading.mentions))


def pages(number: int) -> Callable[[], str]:
    """Return an answer that is another page at each of so many polls, and empty from then on."""
    left = iter([*(f"{n}; Anna @anna{n}; The bread was awful on day {n}." for n in range(number))])
    return lambda: next(left, "")


@pytest.fixture
def paged(profile: Profile) -> Profile:
    profile.source = Drawers()
    return profile


def test_the_next_poll_comes_soon_whatever_the_interval(paged: Profile) -> None:
    listening = Listening(paged.parts)
    watch = paged.watch("a")
    paged.web.pages[watch.settings["url"]] = pages(1)
    turn = listening.take_turn(watch, Preferences())
    assert turn.more
    assert turn.state.next_due - paged.clock() <= MORE_AFTER
    assert paged.listener_archive.states()["a"].next_due == turn.state.next_due  # after a restart as well
    last = listening.take_turn(watch, Preferences())
    listening.close()
    assert not last.more
    assert last.state.next_due - paged.clock() > 3_000


def test_what_is_not_stored_is_not_gone_past(paged: Profile) -> None:
    listening = Listening(paged.parts)
    watch = paged.watch("a")
    paged.web.pages[watch.settings["url"]] = pages(2)
    paged.listener_archive.problem = Problem("stores.disk_full", {"path": "archive.db"})
    turn = listening.take_turn(watch, Preferences())
    listening.close()
    assert (turn.more, turn.state.bookmark) == (False, {})


def test_the_listener_reads_on_until_all_is_read(paged: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(due, "MORE_AFTER", 0.05)
    monkeypatch.setattr(engine, "SOON", 0.05)
    paged.web.pages[paged.watch("a").settings["url"]] = pages(3)
    with paged.listening() as (_listener, ears):
        ears.expect(Polled, 4, problem=None)
    assert [len(arrived.mention_ids) for arrived in ears.of(Arrived)] == [1, 1, 1]
    assert len(paged.web.asked) == 4


def test_a_round_reads_on_as_well_but_not_for_ever(paged: Profile) -> None:
    paged.web.pages[paged.watch("a").settings["url"]] = pages(3)
    endless = (f"b{n}; Ewa @ewa{n}; The cake was awful on day {n}." for n in itertools.count())
    paged.web.pages[paged.watch("b").settings["url"]] = lambda: next(endless)
    turns = list(poll_once(paged.parts, due_watches(paged.parts, everything=True)))
    assert [turn.watch.id for turn in turns].count("a") == 4
    assert [turn.watch.id for turn in turns].count("b") == MOST_IN_A_ROW
    assert sum(len(turn.recorded.new) for turn in turns if turn.recorded) == 3 + MOST_IN_A_ROW
