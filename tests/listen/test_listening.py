"""One whole turn, one round of turns, a watch test."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.pages import PageSource, PageSources
from fakes.profile import Profile

from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.watch import HostState, WatchState
from app.listen import listening as module
from app.listen.listening import LONGEST_POLL, Listening
from app.listen.once import due_watches, poll_once
from app.listen.trial import try_watch

AWFUL = "1; Anna @anna; The bread was awful and nobody answers the phone."
OURS = Preferences()


@pytest.fixture
def listening(profile: Profile) -> Iterator[Listening]:
    made = Listening(profile.parts)
    yield made
    made.close()


def test_a_turn_is_on_the_disk_when_it_returns(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL)
    turn = listening.take_turn(watch, OURS)
    assert turn.recorded
    kept = profile.desk_archive.mention(turn.recorded.stored.mention_ids[0])
    assert kept.mention.author == "Anna"
    assert profile.listener_archive.states()["a"] == turn.state


def test_a_second_turn_asks_only_for_what_changed(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL)
    listening.take_turn(watch, OURS)
    turn = listening.take_turn(watch, OURS)
    assert profile.web.known[1].body_hash == AWFUL
    assert turn.recorded.new == ()


def test_a_watch_with_other_words_is_read_anew_as_at_first(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL, required=("cake",))
    assert listening.take_turn(watch, OURS).recorded.new == ()
    turn = listening.take_turn(replace(watch, required=("bread",)), OURS)
    assert len(turn.recorded.new) == 1
    assert turn.recorded.stored.ringing == ()
    assert profile.source.polls[1].bookmark == {}
    assert profile.source.polls[1].first


def test_words_and_blocks_decide_what_is_about_us(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL)
    blocked = Preferences(blocked_authors=("a.example anna",))
    assert listening.take_turn(watch, blocked).recorded.new == ()
    assert len(listening.take_turn(replace(watch, required=("phone",)), OURS).recorded.new) == 1


@pytest.mark.parametrize(
    ("own", "news", "text", "ringing"),
    [
        (False, False, "0.85", 1),
        (False, True, "0.85", 0),
        (False, False, "0.85 leant", 0),
        (True, False, "0.85 leant", 1),
        (True, True, "0.85 leant", 0),
    ],
)
def test_the_bell_minds_where_a_mention_was_heard(
    profile: Profile, listening: Listening, own: bool, news: bool, text: str, ringing: int
) -> None:
    profile.source.reads_news = news
    profile.source.published = profile.clock() - 60
    turn = listening.take_turn(profile.watch("a", f"1; Anna @anna; {text}", own=own), OURS)
    assert turn.recorded
    assert len(turn.recorded.stored.mention_ids) == 1
    assert len(turn.recorded.stored.ringing) == ringing


@pytest.mark.parametrize("own", [True, False])
def test_the_detector_is_told_whether_it_was_said_to_the_shop_itself(
    profile: Profile, listening: Listening, own: bool
) -> None:
    watch = profile.watch("a", "1; Anna @anna; news unless ours", own=own)
    turn = listening.take_turn(watch, OURS)
    assert turn.recorded
    assert [one.kind is Kind.COMPLAINT for one in turn.recorded.verdicts] == [own]
    assert [one.kind is Kind.COMPLAINT for one in try_watch(profile.parts, watch).mentions] == [own]


def test_an_unknown_source_is_a_problem_of_the_watch(profile: Profile, listening: Listening) -> None:
    turn = listening.take_turn(profile.watch("a", source="vanished"), OURS)
    assert turn.problem == Problem("sources.unknown", {"source": "vanished"})
    assert turn.state.failures == 1


def test_a_locked_keyring_is_a_problem_of_the_watch(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL, settings={"url": "https://a.example/feed", "has_password": "1"})
    profile.secrets.problem = Problem("stores.keyring_locked")
    assert listening.take_turn(watch, OURS).problem == profile.secrets.problem
    assert not profile.web.asked


def test_a_secret_reaches_the_source_and_no_store(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL, settings={"url": "https://a.example/feed", "has_password": "1"})
    profile.secrets.put("a", "password", "s3cret")
    listening.take_turn(watch, OURS)
    assert profile.source.polls[0].secrets == {"password": "s3cret"}
    assert b"s3cret" not in b"".join(path.read_bytes() for path in profile.folder.rglob("*") if path.is_file())


def test_hosts_that_could_not_be_kept_are_kept_with_the_next_turn(profile: Profile, listening: Listening) -> None:
    watch = profile.watch("a", AWFUL)
    profile.web.changed_hosts = (HostState("a.example", 5.0, 1), HostState("b.example", 6.0, 2))
    profile.listener_archive.problem = Problem("stores.disk_full")
    assert listening.take_turn(watch, OURS).unstored
    profile.listener_archive.problem = None
    profile.web.changed_hosts = (HostState("a.example", 7.0, 3),)
    listening.take_turn(watch, OURS)
    assert profile.listener_archive.hosts() == (HostState("a.example", 7.0, 3), HostState("b.example", 6.0, 2))


def test_hosts_are_remembered_at_the_start(profile: Profile, listening: Listening) -> None:
    profile.web.changed_hosts = (HostState("a.example", 5.0, 1),)
    listening.take_turn(profile.watch("a", AWFUL), OURS)
    again = Listening(profile.parts)
    again.close()
    assert profile.web.remembered == (HostState("a.example", 5.0, 1),)


@pytest.mark.parametrize(("every", "heeded"), [(0.0, True), (60.0, False)])
def test_what_others_were_told_by_a_host_is_heeded_from_time_to_time(
    profile: Profile, listening: Listening, monkeypatch: pytest.MonkeyPatch, every: float, heeded: bool
) -> None:
    monkeypatch.setattr(module, "HEED_EVERY", every)
    blocked = HostState("a.example", profile.clock() + 60, 1)
    profile.archive.listener().put_hosts([blocked])
    listening.take_turn(profile.watch("a", AWFUL), OURS)
    assert (profile.web.remembered == (blocked,)) is heeded


@pytest.mark.parametrize(
    ("problem", "seconds", "counts"),
    [
        (Problem("net.timeout"), LONGEST_POLL - 1, True),
        (Problem("net.timeout"), LONGEST_POLL + 1, False),
        (Problem("watch.server_error"), LONGEST_POLL + 1, True),
        (Problem("sources.page_not_feed"), 8 * 3600.0, True),
        (Problem("net.closed"), 1.0, False),
        (None, 8 * 3600.0, True),
    ],
)
def test_only_what_a_sleep_can_break_off_counts_for_nothing(
    profile: Profile, listening: Listening, problem: Problem | None, seconds: float, counts: bool
) -> None:
    watch = profile.watch("a")

    def page() -> Problem | str:
        profile.clock.shift += seconds
        return problem or AWFUL

    profile.web.pages[watch.settings["url"]] = page
    turn = listening.take_turn(watch, OURS)
    assert (turn.problem, turn.dropped) == (problem, not counts)
    assert profile.listener_archive.states().keys() == ({"a"} if counts else set())


def test_a_round_takes_what_is_due_own_channels_first(profile: Profile) -> None:
    profile.watch("a", AWFUL)
    profile.watch("b", AWFUL, own=True)
    profile.watch("c", AWFUL, paused=True)
    assert [w.id for w in due_watches(profile.parts, everything=False)] == ["b", "a"]
    turns = list(poll_once(profile.parts, due_watches(profile.parts, everything=False)))
    assert {turn.watch.id for turn in turns} == {"a", "b"}
    assert due_watches(profile.parts, everything=False) == ()
    assert [w.id for w in due_watches(profile.parts, everything=True)] == ["b", "a"]


def test_a_changed_watch_is_due_in_a_round(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL)
    list(poll_once(profile.parts, [watch]))
    profile.shop.put_watch(replace(watch, required=("bread",)))
    assert [w.id for w in due_watches(profile.parts, everything=False)] == ["a"]


def test_a_crash_of_one_source_ends_no_round(profile: Profile, allowed_logs: list[str]) -> None:
    allowed_logs.append("crashed")
    watches = [profile.watch("a", "crash"), profile.watch("b", AWFUL)]
    problems = {t.watch.id: t.problem for t in poll_once(profile.parts, watches)}
    assert problems["a"].code == "listen.crashed"
    assert problems["b"] is None


def test_a_round_given_up_breaks_off_what_is_under_way(profile: Profile) -> None:
    watches = [profile.watch(f"w{n}", AWFUL) for n in range(20)]
    first = profile.watch("first", AWFUL)
    turns = poll_once(profile.parts, [first, *watches])
    next(turns)
    profile.web.gate.clear()
    turns.close()
    assert profile.web.closed.is_set()


def test_a_test_shows_what_a_watch_would_hear_and_stores_nothing(profile: Profile) -> None:
    watch = profile.watch("a", f"{AWFUL}\n2; Jan @jan; A great shop, I come back.", required=("bread",))
    trial = try_watch(profile.parts, watch)
    assert (trial.title, trial.problem, trial.found) == ("Page title", None, None)
    assert [(m.about_us, m.kind) for m in trial.mentions] == [(True, Kind.COMPLAINT), (False, Kind.PRAISE)]
    assert profile.listener_archive.states() == {}


def test_a_page_that_leads_to_a_feed_is_followed_once(profile: Profile) -> None:
    watch = profile.watch("a", "see https://b.example/feed")
    profile.web.pages["https://b.example/feed"] = AWFUL
    trial = try_watch(profile.parts, watch)
    assert trial.problem
    assert trial.found.settings["url"] == "https://b.example/feed"
    assert len(trial.mentions) == 1
    profile.web.pages["https://b.example/feed"] = "see https://a.example/feed"
    assert try_watch(profile.parts, watch).found is None


def test_all_that_a_page_leads_to_can_be_chosen(profile: Profile) -> None:
    watch = profile.watch("a", "see https://b.example/feed https://c.example/feed", required=("bread",))
    profile.web.pages["https://b.example/feed"] = AWFUL
    trial = try_watch(profile.parts, watch)
    assert [choice.watch.settings["url"] for choice in trial.choices] == [
        "https://b.example/feed",
        "https://c.example/feed",
    ]
    first = trial.choices[0]
    assert (first.name, first.count, first.examples) == ("Meant", 3, ("First", "Second"))
    assert first.watch == trial.found
    assert first.watch.required == ("bread",)
    assert len(profile.web.asked) == 2
    profile.web.pages["https://b.example/feed"] = "broken"
    trial = try_watch(profile.parts, watch)
    assert (trial.found, len(trial.choices)) == (None, 2)


@pytest.mark.parametrize("code", ["net.private_address", "net.never_asked"])
def test_of_a_page_whose_one_feed_may_not_be_asked_that_is_told(profile: Profile, code: str) -> None:
    watch = profile.watch("a", "see https://b.example/feed")
    profile.web.pages["https://b.example/feed"] = Problem(code, {"host": "b.example"})
    trial = try_watch(profile.parts, watch)
    assert (trial.problem, trial.found, len(trial.choices)) == (Problem(code, {"host": "b.example"}), None, 1)
    profile.web.pages[watch.settings["url"]] = "see https://b.example/feed https://c.example/feed"
    assert try_watch(profile.parts, watch).problem.code == "sources.page_not_feed", "there is something to choose"
    profile.web.pages[watch.settings["url"]] = "see https://b.example/feed"
    profile.web.pages["https://b.example/feed"] = Problem("net.timeout", {"host": "b.example"})
    assert try_watch(profile.parts, watch).problem.code == "sources.page_not_feed", "the next test may read it"


def test_what_was_meant_may_be_a_place_of_another_source(profile: Profile) -> None:
    class Leads(PageSource):
        def poll(self, poll):
            reading = yield from super().poll(poll)
            return replace(reading, suggestions=tuple(replace(s, source="other") for s in reading.suggestions))

    parts = replace(profile.parts, sources=PageSources(Leads(), PageSource("other")))
    watch = profile.watch("a", "see https://b.example/feed")
    profile.web.pages["https://b.example/feed"] = AWFUL
    assert try_watch(parts, watch).found.source == "other"


def test_a_crash_in_a_test_is_a_problem(profile: Profile, allowed_logs: list[str]) -> None:
    allowed_logs.append("crashed")
    assert try_watch(profile.parts, profile.watch("a", "crash")).problem.code == "listen.crashed"


def test_a_test_uses_the_secrets_given_or_those_kept(profile: Profile) -> None:
    watch = profile.watch("a", AWFUL, settings={"url": "https://a.example/feed", "has_password": "1"})
    profile.secrets.put("a", "password", "kept")
    try_watch(profile.parts, watch)
    try_watch(profile.parts, watch, {"password": "typed"})
    assert [poll.secrets for poll in profile.source.polls] == [{"password": "kept"}, {"password": "typed"}]


def test_a_fresh_state_is_due_and_knows_nothing(profile: Profile, listening: Listening) -> None:
    assert listening.state(profile.watch("a")) == WatchState("a")
