"""The listener looks after its stores: what was done to them from outside is told once, as long as it holds."""

from __future__ import annotations

from dataclasses import replace

import pytest
from fakes.profile import Ears, Profile

from app.core.messages import Arrived, Failed, FromListener, Pause, Polled, Righted, Status
from app.core.problems import Problem
from app.listen import engine
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


def test_the_status_tells_of_a_folder_that_is_gone_until_it_is_back(profile: Profile) -> None:
    ears = Ears()
    listener = Listener(replace(profile.parts, look_after=Looks((), (GONE,), (GONE,), ())), ears, beat=BEAT)
    listener.start()
    ears.expect(Status, 8)
    listener.stop()
    unkept = [status.unkept for status in ears.of(Status)]
    assert list(dict.fromkeys(unkept)) == ["", GONE.code]
    assert unkept[-1] == ""
    assert unkept.count(GONE.code) == 2


def test_the_status_tells_that_what_is_heard_is_not_kept(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "UNSTORED_RETRY", 0.05)
    profile.listener_archive.problem = Problem("stores.disk_full", {"path": "archive.db"})
    profile.watch("a", "1; Anna @anna; The bread was awful.")
    with profile.listening(beat=BEAT) as (_listener, ears):
        ears.expect(Status, unkept="stores.disk_full")
        profile.listener_archive.problem = None
        ears.expect(Arrived)
        told = len(ears.of(Status))
        ears.expect(Status, told + 2)
        assert ears.of(Status)[-1].unkept == ""


def test_in_a_pause_nobody_knows_whether_what_a_poll_met_still_holds(profile: Profile) -> None:
    profile.listener_archive.problem = Problem("stores.disk_full", {"path": "archive.db"})
    profile.watch("a", "1; Anna @anna; The bread was awful.")
    with profile.listening(beat=BEAT) as (listener, ears):
        ears.expect(Status, unkept="stores.disk_full")
        listener.obey(Pause(paused=True))
        ears.expect(Status, unkept="", paused=True)


def test_what_a_poll_met_is_over_once_the_folder_is_back(profile: Profile) -> None:
    profile.listener_archive.problem = GONE
    profile.watch("a", "1; Anna @anna; The bread was awful.")
    looks = Looks((), (GONE,))
    ears = Ears()
    listener = Listener(replace(profile.parts, look_after=looks), ears, beat=BEAT)
    listener.start()
    ears.expect(Polled, problem=GONE)
    ears.expect(Status, unkept=GONE.code)
    looks.finds.append(())
    ears.expect(Righted)
    told = len(ears.of(Status))
    ears.expect(Status, told + 2)
    listener.stop()
    assert ears.of(Status)[-1].unkept == ""


def test_what_was_put_back_stays_told(profile: Profile) -> None:
    back = Problem("stores.archive_put_back")
    assert heard(profile, Looks((), (back,), ())) == [Failed(back)]


def test_what_the_start_came_upon_is_not_told_twice(profile: Profile) -> None:
    assert told(profile, Looks((BAD[0],))) == []
