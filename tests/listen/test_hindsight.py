"""What a place that was heard before says of the network when it cannot be found, or leads into it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.pages import PageSource, PageSources
from fakes.profile import Profile

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Setting, Steps
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.signature import signature
from app.core.watch import Watch, WatchState
from app.listen.due import settled
from app.listen.find import UNREACHABLE
from app.listen.hindsight import BUILT_IN, PATIENCE, in_hindsight
from app.listen.listening import Listening
from app.listen.parts import Parts
from app.listen.trial import try_watch
from app.words.problems import sentence

NOW = 1_800_000_000.0
WATCH = Watch("w", "Blog", "page", settings={"url": "https://blog.example/feed"})
HEARD = WatchState("w", polled_at=NOW - 60, heard_at=NOW - 60, signature=signature(WATCH))
UNKNOWN = Problem("net.name_unknown", {"host": "blog.example"})
PRIVATE = Problem("net.private_address", {"host": "10.0.0.1"})
LOGIN = Problem("net.login_wanted", {"host": "blog.example", "status": 511}, NOW + 9_000)


def told(problem: Problem, state: WatchState = HEARD, watch: Watch = WATCH, *, at_home: bool = False) -> Problem:
    return in_hindsight(problem, watch, state, NOW, at_home=at_home)


def since(problem: Problem, at: float, *, polled: float = NOW - 60) -> WatchState:
    return replace(HEARD, problem=replace(problem, args={**problem.args, "since": at}), polled_at=polled)


@pytest.mark.parametrize(
    ("problem", "code"),
    [(UNKNOWN, "net.not_found_now"), (PRIVATE, "net.login_wanted"), (LOGIN, "net.login_wanted")],
)
def test_the_network_is_taken_to_be_why_and_nobody_is_blamed(problem: Problem, code: str) -> None:
    meant = told(problem)
    assert meant == Problem(code, {**problem.args, "since": NOW})
    assert meant.is_blameless


@pytest.mark.parametrize("problem", [UNKNOWN, PRIVATE])
def test_a_place_never_heard_or_changed_since_is_told_as_met(problem: Problem) -> None:
    assert told(problem, WatchState("w")) is problem
    assert told(problem, watch=replace(WATCH, settings={"url": "https://blgo.example/feed"})) is problem


def test_a_network_that_asks_for_a_login_says_so_to_whom_nothing_was_ever_heard_of() -> None:
    assert told(LOGIN, WatchState("w")).code == "net.login_wanted"


def test_a_place_of_ones_own_network_is_told_as_met() -> None:
    assert told(PRIVATE, at_home=True) is PRIVATE
    assert told(PRIVATE, watch=replace(WATCH, allow_private=True)) is PRIVATE


@pytest.mark.parametrize(
    "code", ["net.timeout", "net.refused", "net.tls", "net.never_asked", "watch.denied", "watch.server_error"]
)
def test_other_problems_are_told_as_met(code: str) -> None:
    problem = Problem(code, {"host": "blog.example"})
    assert told(problem) is problem


@pytest.mark.parametrize(("problem", "code"), [(UNKNOWN, "net.name_gone"), (PRIVATE, "net.private_now")])
def test_what_lasts_for_hours_is_a_failure_until_the_place_is_heard(problem: Problem, code: str) -> None:
    began = NOW - PATIENCE
    almost = told(problem, since(told(problem), began + 1))
    assert (almost.is_blameless, almost.args["since"]) == (True, began + 1)
    lasting = told(problem, since(told(problem), began))
    assert (lasting.code, lasting.args["since"], lasting.is_blameless) == (code, began, False)
    assert told(problem, replace(since(lasting, began, polled=NOW - 40_000), failures=3)).code == code


def test_hours_of_sleep_do_not_count() -> None:
    assert told(UNKNOWN, since(told(UNKNOWN), NOW - 50_000, polled=NOW - 40_000)).args["since"] == NOW
    assert told(UNKNOWN, since(told(UNKNOWN), NOW + 50_000)).args["since"] == NOW


def met(gaps: list[float], interval: int = 3_600) -> list[str]:
    """Return what each poll of a name that nobody knows comes to, so many seconds after the one before."""
    watch, state, now, codes = replace(WATCH, interval=interval), HEARD, HEARD.polled_at, []
    for gap in gaps:
        now += gap
        problem = in_hindsight(UNKNOWN, watch, state, now, at_home=False)
        state = replace(settled(watch, state, problem, 0.0, now), polled_at=now)
        codes.append(problem.code)
    return codes


@pytest.mark.parametrize("gap", [60.0, 1_000.0, 3_600.0, 3_700.0])
@pytest.mark.parametrize("interval", [900, 3_600])
def test_rounds_by_the_hour_find_out_that_a_name_is_gone(gap: float, interval: int) -> None:
    codes = met([gap] * int(PATIENCE / gap + 2), interval)
    assert (codes[0], codes[-1]) == ("net.not_found_now", "net.name_gone")


@pytest.mark.parametrize("interval", [900, 3_600, 86_400])
def test_a_night_with_the_lid_shut_between_two_networks_is_no_name_that_is_gone(interval: int) -> None:
    assert set(met([60.0, 60.0, 9 * 3_600.0, 60.0, 4 * 86_400.0, 60.0], interval)) == {"net.not_found_now"}


@pytest.fixture
def listening(profile: Profile) -> Iterator[Listening]:
    made = Listening(profile.parts)
    yield made
    made.close()


def test_in_a_network_with_a_login_all_watches_wait_and_are_heard_soon_after_it(
    profile: Profile, listening: Listening
) -> None:
    watches = [profile.watch(name, "") for name in "abc"]
    pages = [watch.settings["url"] for watch in watches]
    for watch in watches:
        listening.take_turn(watch, Preferences())
    meets = (Problem("net.private_address", {"host": "a.example"}), Response(pages[1], 511), UNKNOWN)
    profile.web.pages |= dict(zip(pages, meets, strict=True))
    turns = [listening.take_turn(watch, Preferences()) for watch in watches]
    now = profile.clock()
    assert [turn.problem.code for turn in turns if turn.problem] == [
        "net.login_wanted",
        "net.login_wanted",
        "net.not_found_now",
    ]
    assert [turn.state.failures for turn in turns] == [0, 0, 0]
    assert all(turn.state.next_due - now < 200 for turn in turns)
    profile.web.pages[pages[0]] = ""
    assert listening.take_turn(watches[0], Preferences()).state.problem is None


def test_a_test_of_a_watch_that_was_heard_advises_no_way_into_the_network(
    profile: Profile, listening: Listening
) -> None:
    watch = profile.watch("a", "")
    listening.take_turn(watch, Preferences())
    profile.web.pages[watch.settings["url"]] = PRIVATE
    assert try_watch(profile.parts, watch).problem.code == "net.login_wanted"
    typed = replace(watch, settings={"url": "https://router.example/"})
    profile.web.pages["https://router.example/"] = PRIVATE
    assert try_watch(profile.parts, typed).problem.code == "net.private_address"


def test_a_watch_kept_with_too_short_an_interval_keeps_its_sources_outside_the_own_network(
    profile: Profile, listening: Listening
) -> None:
    profile.source.shortest_interval = 300
    outside = profile.watch("a", "", interval=1, allow_private=True)
    inside = profile.watch("b", "", interval=1, allow_private=True, settings={"url": "http://nas.local/feed"})
    for watch, least, most in ((outside, 290, 301), (inside, 0, 2)):
        profile.web.pages[watch.settings["url"]] = ""
        due = listening.take_turn(watch, Preferences()).state.next_due
        assert least <= due - profile.clock() <= most


NEWS = "https://news.example/search"


class NewsSource(PageSource):
    """Searches news at a host of its own; a server of one's own may be filled in."""

    settings = (Setting("words", "Words"), Setting("server", "Server", required=False))

    def __init__(self) -> None:
        super().__init__("news")

    def poll(self, poll: Poll) -> Steps:
        yield Request(f"https://{poll.watch.settings.get('server') or 'news.example'}/search")
        return Reading(())


@pytest.fixture
def news(profile: Profile) -> Parts:
    """A profile whose one source finds no name of a host."""
    for host in ("news.example", "nwes.example"):
        profile.web.pages[f"https://{host}/search"] = Problem("net.name_unknown", {"host": host})
    return replace(profile.parts, sources=PageSources(NewsSource()))


def test_nobody_is_told_to_spell_what_they_never_typed(news: Parts) -> None:
    watch = Watch("n", "Kawa", "news", settings={"words": "Kawa Raj"})
    assert try_watch(news, replace(watch, id="")).problem == Problem(UNREACHABLE, {"host": "news.example"})
    listening = Listening(news)
    try:
        turn = listening.take_turn(watch, Preferences())
        assert turn.problem is not None
        assert (turn.problem.code, turn.problem.args["why"]) == ("net.not_found_now", BUILT_IN)
        assert turn.problem.is_blameless
        assert turn.state.failures == 0
        assert turn.state.next_due - turn.state.polled_at < 200
        assert try_watch(news, watch).problem.code == "net.not_found_now"
        assert "spelling" not in sentence(turn.problem)
        assert "heard before" not in sentence(turn.problem)
    finally:
        listening.close()


@pytest.mark.parametrize(
    "settings", [{"words": "Kawa", "server": "nwes.example"}, {"words": "@kawa@nwes.example", "server": "nwes.example"}]
)
def test_what_was_typed_may_be_misspelt(news: Parts, settings: dict[str, str]) -> None:
    watch = Watch("", "Kawa", "news", settings=settings)
    assert try_watch(news, watch).problem == Problem("net.name_unknown", {"host": "nwes.example"})


def test_a_host_of_a_source_that_is_not_found_for_hours_is_said_to_be_kept_away() -> None:
    before = since(Problem("net.not_found_now", {"host": "blog.example"}), NOW - PATIENCE)
    never = replace(before, heard_at=0.0, signature="")
    lasting = in_hindsight(UNKNOWN, WATCH, never, NOW, at_home=False, built_in=True)
    assert (lasting.code, lasting.args["why"], lasting.is_blameless) == ("net.name_gone", BUILT_IN, False)
    assert "heard before" not in sentence(lasting)
    heard = in_hindsight(UNKNOWN, WATCH, before, NOW, at_home=False, built_in=True)
    assert "why" not in heard.args, "it was heard, and that is said"


@pytest.mark.parametrize("problem", [PRIVATE, Problem("net.timeout", {"host": "blog.example"})])
def test_of_a_host_of_a_source_other_problems_are_told_as_met(problem: Problem) -> None:
    assert in_hindsight(problem, WATCH, WatchState("w"), NOW, at_home=False, built_in=True) is problem
