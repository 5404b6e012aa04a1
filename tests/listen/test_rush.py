"""Who makes which poll of a rush."""

from __future__ import annotations

from app.core.preferences import Preferences
from app.core.watch import Watch, WatchState
from app.listen.poll import Reached
from app.listen.rush import HERE, Rush
from app.listen.scout import Errand

ERRAND = Errand(Watch("w", "W", "feed"), WatchState("w"), Preferences(), 0.0)
HERE_MADE, THERE_MADE = Reached((), WatchState("w"), title="here"), Reached((), WatchState("w"), title="there")


class OtherProcess:
    """Makes every poll, or none once it is gone."""

    gone = False

    def reach(self, errand: Errand) -> Reached | None:
        return None if self.gone else THERE_MADE

    def close(self) -> None:
        self.gone = True


class Desk:
    """A rush whose recorder has as much to do as told."""

    def __init__(self) -> None:
        self.backlog = 0
        self.other = OtherProcess()
        self.rush = Rush(self.other, lambda: self.backlog)  # type: ignore[arg-type]

    def made(self, host: str) -> str:
        return self.rush.reach(host, ERRAND, lambda: HERE_MADE).title


def test_this_process_polls_while_it_has_little_to_store() -> None:
    desk = Desk()
    assert desk.made("one") == "here"
    desk.backlog = 1_000
    assert desk.made("two") == "there"
    desk.backlog = 0
    assert desk.made("three") == "here"


def test_it_makes_only_a_few_polls_at_a_time() -> None:
    desk = Desk()
    reached: list[str] = []

    def nested(depth: int) -> Reached:
        reached.append(desk.rush.reach(f"h{depth}", ERRAND, lambda: nested(depth + 1)).title)
        return HERE_MADE

    nested(0)
    assert reached == ["there", *["here"] * HERE]
    assert desk.made("later") == "here"


def test_a_host_belongs_to_one_process_for_the_whole_round() -> None:
    desk = Desk()
    assert desk.made("ours") == "here"
    desk.backlog = 1_000
    assert [desk.made("ours"), desk.made("theirs")] == ["here", "there"]
    desk.backlog = 0
    assert desk.made("theirs") == "there"


def test_a_second_process_that_is_gone_leaves_all_to_this_one() -> None:
    desk = Desk()
    desk.backlog = 1_000
    desk.rush.close()
    assert [desk.made(f"h{number}") for number in range(3 * HERE)] == ["here"] * 3 * HERE
    desk.backlog = 0
    assert desk.rush._here == 0
