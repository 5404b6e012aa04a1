"""The listener looks after its stores: what was done to them from outside is told once, as long as it holds."""

from __future__ import annotations

from dataclasses import replace

from fakes.profile import Ears, Profile

from app.core.messages import Failed, FromListener, Righted, Status
from app.core.problems import Problem
from app.listen.engine import Listener

BEAT = 0.03
GONE = Problem("stores.folder_gone", {"path": "/shop"})
BAD = [Problem("stores.entry_skipped", {"table": "watches", "entry": entry, "fields": "name"}) for entry in "ab"]


class Looks:
    """What looking after the stores finds, one after the other; the last one again and again."""

    def __init__(self, *finds: tuple[Problem, ...]) -> None:
        self.finds = list(finds)

    def __call__(self) -> tuple[Problem, ...]:
        return self.finds.pop(0) if len(self.finds) > 1 else self.finds[0]


def heard(profile: Profile, looks: Looks) -> list[FromListener]:
    ears = Ears()
    listener = Listener(replace(profile.parts, look_after=looks), ears, beat=BEAT)
    listener.start()
    ears.expect(Status, 10)
    listener.stop()
    return [message for message in ears.heard if isinstance(message, Failed | Righted)]


def told(profile: Profile, looks: Looks) -> list[Problem]:
    return [message.problem for message in heard(profile, looks) if isinstance(message, Failed)]


def test_what_is_wrong_is_told_once(profile: Profile) -> None:
    assert told(profile, Looks((), (GONE,))) == [GONE]


def test_several_at_once_are_all_told(profile: Profile) -> None:
    assert told(profile, Looks((), tuple(BAD))) == BAD


def test_it_is_told_again_once_it_was_well_between(profile: Profile) -> None:
    assert told(profile, Looks((), (BAD[0],), (), (BAD[0],), ())) == [BAD[0]] * 2
    assert heard(profile, Looks((), (GONE,), ())) == [Failed(GONE), Righted(GONE)]


def test_what_was_put_back_stays_told(profile: Profile) -> None:
    back = Problem("stores.archive_put_back")
    assert heard(profile, Looks((), (back,), ())) == [Failed(back)]


def test_what_the_start_came_upon_is_not_told_twice(profile: Profile) -> None:
    assert told(profile, Looks((BAD[0],))) == []
