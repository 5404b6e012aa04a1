"""Turns at hosts."""

from __future__ import annotations

from dataclasses import replace

from fakes.pages import PageSource, PageSources

from app.core.watch import Watch
from app.listen.hosts import HostTurns

ONE = Watch("a", "A", "page", settings={"url": "https://same.example/1"})
TWO = Watch("b", "B", "page", settings={"url": "https://same.example/2"})


def test_one_watch_at_a_host() -> None:
    turns = HostTurns(PageSources())
    assert turns.take(ONE)
    assert not turns.take(TWO)
    assert turns.wait(TWO) == 1.0
    turns.give_back(ONE)
    assert turns.take(TWO)


def test_the_more_wait_the_later_they_ask_again() -> None:
    turns = HostTurns(PageSources())
    turns.take(ONE)
    waits = []
    for _ in range(3):
        turns.take(TWO)
        waits.append(turns.wait(TWO))
    assert waits == [1.0, 2.0, 3.0]


def test_other_hosts_private_places_and_unknown_sources_are_free() -> None:
    turns = HostTurns(PageSources())
    assert turns.take(ONE)
    assert turns.take(replace(TWO, settings={"url": "https://other.example/"}))
    assert turns.take(replace(TWO, allow_private=True))
    assert turns.take(replace(TWO, source="vanished"))
    turns.give_back(replace(TWO, source="vanished"))
    assert not turns.take(TWO)


def test_a_source_that_cannot_tell_its_place_takes_no_turn() -> None:
    class Broken(PageSource):
        def place(self, settings: object) -> str:
            raise ZeroDivisionError

    assert HostTurns(PageSources(Broken())).take(ONE)
