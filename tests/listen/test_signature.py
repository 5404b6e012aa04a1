"""What counts as heard before once a watch was changed: its place, the words it had, and what earlier versions kept."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.profile import Profile

from app.core.ports.net import Response
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.signature import covers, is_first, signature, was_heard
from app.core.watch import Validators, Watch, WatchState
from app.listen.due import planned
from app.listen.listening import Listening, Turn
from app.listen.poll import begun
from app.listen.trial import try_watch

NOW = 1_800_000_000.0
WATCH = Watch(
    "w", "Blog", "page", settings={"url": "https://a.example/feed"}, required=("bread", "cake"), excluded=("lottery",)
)
TYPO = "https://blgo.example/feed"
NEW = "https://new.example/feed"
PAST = "1; Anna @anna; The bread was awful.\n2; Bob @bob; awful cakes, never again in this shop"
FRESH = f"{PAST}\n3; Ewa @ewa; awful service, nobody answers the phone"
OURS = Preferences()
UNKNOWN = Problem("net.name_unknown", {"host": "blgo.example"})
PRIVATE = Problem("net.private_address", {"host": "10.0.0.9"})


def in_one(watch: Watch) -> str:
    """Return the signature an earlier version wrote."""
    parts = [watch.source, sorted(watch.settings.items()), watch.required, watch.excluded, watch.language]
    return hashlib.blake2b(json.dumps(parts).encode(), digest_size=8).hexdigest()


@pytest.mark.parametrize(
    ("changed", "covered"),
    [
        ({"required": ("bread", "cake", "Rogalik")}, True),
        ({"excluded": ("lottery", "casino")}, True),
        ({"required": ("cake", "bread")}, True),
        ({"name": "Other", "interval": 60, "paused": True, "own": True, "allow_private": True}, True),
        ({"required": ("bread",)}, False),
        ({"required": ("bread|roll", "cake")}, False),
        ({"excluded": ()}, False),
        ({"excluded": ("casino",)}, False),
        ({"language": "pl"}, False),
        ({"settings": {"url": TYPO}}, False),
        ({"settings": {"url": "https://a.example/feed", "has_password": "1"}}, False),
        ({"source": "feed"}, False),
    ],
)
def test_only_what_makes_a_watch_narrower_brings_nothing_of_the_past(changed: dict[str, object], covered: bool) -> None:
    after = replace(WATCH, **changed)  # type: ignore[arg-type]
    heard = WatchState("w", heard_at=NOW, signature=signature(WATCH), heard_as=signature(WATCH))
    assert covers(signature(WATCH), after) is covered
    assert is_first(after, heard) is not covered
    assert begun(after, replace(heard, bookmark={"at": "7"})).bookmark == ({"at": "7"} if covered else {})


@pytest.mark.parametrize("changed", [{"required": ()}, {"excluded": ("casino",)}, {"language": "ru"}])
def test_other_words_and_a_password_make_no_other_place(changed: dict[str, object]) -> None:
    heard = WatchState("w", heard_at=NOW, signature=signature(WATCH), heard_as=signature(WATCH))
    locked = {"url": "https://a.example/feed", "has_password": "1"}
    for after in (replace(WATCH, **changed), replace(WATCH, settings=locked)):  # type: ignore[arg-type]
        assert was_heard(after, heard)
        assert was_heard(after, begun(after, heard)), "a poll that failed changes nothing about that"
    assert not was_heard(replace(WATCH, settings={"url": TYPO}), heard)
    assert not was_heard(WATCH, replace(heard, heard_at=0.0))


@pytest.mark.parametrize("mark", ["", "x", "a/b", "a/b/c/d/e", "////"])
def test_a_signature_that_nobody_wrote_is_that_of_another_watch(mark: str) -> None:
    state = WatchState("w", heard_at=NOW, signature=mark)
    assert is_first(WATCH, state)
    assert not was_heard(WATCH, state)


def test_a_state_of_an_earlier_version_stays_heard_and_planned() -> None:
    kept = {WATCH.settings["url"]: Validators("e0")}
    state = WatchState("w", {"at": "7"}, kept, next_due=NOW + 900, polled_at=NOW, heard_at=NOW, signature=in_one(WATCH))
    assert not is_first(WATCH, state)
    assert was_heard(WATCH, state)
    assert planned(WATCH, state, NOW) == NOW + 900
    today = begun(WATCH, state)
    assert today == replace(state, signature=signature(WATCH), heard_as=signature(WATCH))
    narrower = replace(WATCH, required=(*WATCH.required, "x"))
    assert not is_first(narrower, begun(narrower, today))


def test_a_state_of_an_earlier_version_rings_no_past_for_a_watch_changed_since() -> None:
    state = WatchState("w", {"at": "7"}, heard_at=NOW, signature=in_one(WATCH))
    for changed in (replace(WATCH, settings={"url": TYPO}), replace(WATCH, required=())):
        failed = begun(changed, state)
        assert (is_first(changed, failed), was_heard(changed, failed), failed.bookmark) == (True, False, {})
        assert not is_first(WATCH, begun(WATCH, failed)), "changed back, it is what it was"


@pytest.fixture
def listening(profile: Profile) -> Iterator[Listening]:
    made = Listening(profile.parts)
    yield made
    made.close()


def heard_then(profile: Profile, listening: Listening, **changed: object) -> Watch:
    """Hear a watch and return it changed."""
    watch = profile.watch("a", "0; Jan @jan; Good bread.")
    assert listening.take_turn(watch, OURS).problem is None
    return replace(watch, **changed)  # type: ignore[arg-type]


def met(profile: Profile, listening: Listening, watch: Watch, page: Response | Problem | str, times: int = 1) -> Turn:
    """Take turns of a watch whose place answers this."""
    profile.web.pages[watch.settings["url"]] = page
    for _ in range(times):
        turn = listening.take_turn(watch, OURS)
    return turn


def rings(turn: Turn) -> tuple[int, int]:
    """Return how many mentions a turn has stored, and how many of them ring."""
    assert turn.recorded
    return len(turn.recorded.stored.mention_ids), len(turn.recorded.stored.ringing)


@pytest.mark.parametrize(
    "failed", [Problem("net.offline"), Response(NEW, 404), UNKNOWN, "broken", Problem("net.timeout")]
)
@pytest.mark.parametrize("times", [1, 4])
def test_the_past_of_a_new_address_stays_silent_though_its_first_polls_failed(
    profile: Profile, listening: Listening, failed: Response | Problem | str, times: int
) -> None:
    watch = heard_then(profile, listening, settings={"url": NEW})
    assert met(profile, listening, watch, failed, times).problem
    assert rings(met(profile, listening, watch, PAST)) == (2, 0)
    assert profile.source.polls[-1].first, "else a source takes more than the newest"
    assert rings(met(profile, listening, watch, FRESH)) == (1, 1)
    assert not profile.source.polls[-1].first


def test_so_does_what_other_words_let_in(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", PAST, required=("Rogalik",))
    assert rings(met(profile, listening, watch, PAST)) == (0, 0)
    watch = replace(watch, required=())
    met(profile, listening, watch, Problem("net.offline"), 2)
    assert rings(met(profile, listening, watch, PAST)) == (2, 0)
    assert rings(met(profile, listening, watch, FRESH)) == (1, 1)


@pytest.mark.parametrize("failures", [0, 2])
@pytest.mark.parametrize("changed", [{"required": ("awful|good",)}, {"excluded": ("lottery",)}])
def test_a_watch_made_narrower_rings_for_what_is_new_and_only_that(
    profile: Profile, listening: Listening, changed: dict[str, object], failures: int
) -> None:
    watch = profile.watch("a", PAST)
    assert rings(met(profile, listening, watch, PAST)) == (2, 0)
    watch = replace(watch, **changed)  # type: ignore[arg-type]
    met(profile, listening, watch, Problem("net.offline"), failures) if failures else None
    assert rings(met(profile, listening, watch, FRESH)) == (1, 1)


def test_an_address_put_back_is_one_that_was_heard(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", PAST)
    assert rings(met(profile, listening, watch, PAST)) == (2, 0)
    met(profile, listening, replace(watch, settings={"url": TYPO}), UNKNOWN, 3)
    assert met(profile, listening, watch, replace(UNKNOWN, args={"host": "a.example"})).problem.is_passing  # type: ignore[union-attr]
    assert rings(met(profile, listening, watch, FRESH)) == (1, 1)


@pytest.mark.parametrize("problem", [UNKNOWN, PRIVATE])
def test_advice_about_an_address_never_heard_stays_until_it_is_mended(
    profile: Profile, listening: Listening, problem: Problem
) -> None:
    watch = heard_then(profile, listening, settings={"url": TYPO})
    for failures in range(1, 5):
        turn = met(profile, listening, watch, problem)
        assert (turn.problem, turn.state.failures) == (problem, failures)
        profile.clock.shift = turn.state.next_due - profile.clock() + profile.clock.shift + 1
    assert try_watch(profile.parts, watch).problem == problem
    if problem is PRIVATE:
        met(profile, listening, replace(watch, allow_private=True), PAST)
        met(profile, listening, replace(watch, allow_private=True), problem)
        assert listening.states["a"].problem == problem, "inside the network it was heard, not on the internet"


@pytest.mark.parametrize("changed", [{"excluded": ("lottery",)}, {"required": ("bread",)}, {"language": "pl"}])
def test_other_words_do_not_make_the_address_mistyped(
    profile: Profile, listening: Listening, changed: dict[str, object]
) -> None:
    watch = heard_then(profile, listening, **changed)
    for _ in range(3):
        turn = met(profile, listening, watch, UNKNOWN)
        assert turn.problem
        assert (turn.problem.code, turn.state.failures) == ("net.not_found_now", 0)
    assert met(profile, listening, watch, PRIVATE).problem.code == "net.login_wanted"  # type: ignore[union-attr]


def test_the_first_poll_of_a_new_address_reads_what_its_test_was_given(profile: Profile, listening: Listening) -> None:
    watch = heard_then(profile, listening, settings={"url": NEW})
    profile.web.pages[NEW] = PAST
    assert try_watch(profile.parts, watch).problem is None
    assert rings(met(profile, listening, watch, PAST)) == (2, 0)
    assert profile.web.asked.count(NEW) == 1
    met(profile, listening, watch, FRESH)
    assert profile.web.asked.count(NEW) == 2
