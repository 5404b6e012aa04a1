"""A watch test and a search leave alone who asked for that, say until when, and keep what they are told."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.profile import Profile
from servers.http_server import Answer, ScriptedServer

from app.core.ports.find import InHand
from app.core.problems import Problem, ProblemError
from app.core.views import Found, Missed
from app.core.watch import HostState, Watch
from app.listen import listening
from app.listen.find import find_watches
from app.listen.listening import Listening
from app.listen.trial import try_watch
from app.net.client import PoliteNet

URL = "https://a.example/feed"
WATCH = Watch("n1", "Oceny", "page", settings={"url": URL})
UNTIL = HostState("a.example", 4e9, 1)


def test_what_was_kept_of_hosts_is_known_before_anybody_is_asked(profile: Profile) -> None:
    profile.web.pages[URL] = ""
    profile.listener_archive.put_hosts([UNTIL])
    try_watch(profile.parts, WATCH)
    assert profile.web.remembered == (UNTIL,)
    profile.web.remembered = ()
    find_watches(profile.parts, (InHand(URL, url=URL),), lambda _one: None)
    assert profile.web.remembered == (UNTIL,)


@pytest.mark.parametrize("code", ["net.waiting", "net.rate_limited"])
def test_a_test_says_until_when_and_keeps_it(profile: Profile, code: str) -> None:
    profile.web.pages[URL] = Problem(code, {"host": "a.example"})
    profile.web.changed_hosts = (UNTIL,)
    trial = try_watch(profile.parts, WATCH)
    assert trial.problem == Problem("listen.leave_alone", {"host": "a.example"}, 4e9)
    assert profile.listener_archive.hosts() == (UNTIL,)


@pytest.mark.parametrize(
    ("named", "state"),
    [
        ("shop.example:8443", "shop.example"),
        ("127.0.0.1:8080", "127.0.0.1:8080"),
        ("nas.local", "nas.local:80"),
        ("[::1]:8080", "::1:8080"),
        ("[::1]", "::1:80"),
    ],
)
def test_until_when_is_known_however_the_host_is_named(profile: Profile, named: str, state: str) -> None:
    profile.web.pages[URL] = Problem("net.rate_limited", {"host": named})
    profile.web.changed_hosts = (HostState(state, 4e9, 1),)
    told = try_watch(profile.parts, WATCH).problem
    assert told == Problem("listen.leave_alone", {"host": named}, 4e9)


def test_a_search_says_until_when_and_keeps_it(profile: Profile) -> None:
    profile.web.pages[URL] = Problem("net.waiting", {"host": "a.example"}, 4e9)
    profile.web.changed_hosts = (UNTIL,)
    told: list[Found | Missed] = []
    find_watches(profile.parts, (InHand(URL, url=URL),), told.append)
    assert [one.problem.code for one in told if isinstance(one, Missed)] == ["listen.leave_alone"]
    assert profile.listener_archive.hosts() == (UNTIL,)


def test_nobody_is_left_alone_for_shorter_because_of_a_test(profile: Profile) -> None:
    archive = profile.listener_archive
    archive.put_hosts([HostState("a.example", 9.0, 2), HostState("b.example", 3.0, 1)])
    archive.put_hosts([HostState("a.example", 5.0, 1), HostState("b.example", 4.0, 2)])
    assert archive.hosts() == (HostState("a.example", 9.0, 2), HostState("b.example", 4.0, 2))


def test_what_cannot_be_kept_spoils_no_test(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_args: object) -> None:
        raise ProblemError(Problem("stores.disk_full"))

    profile.web.pages[URL] = ""
    profile.web.changed_hosts = (UNTIL,)
    monkeypatch.setattr(type(profile.listener_archive), "put_hosts", fails)
    assert try_watch(profile.parts, WATCH).problem is None


def test_a_listener_that_runs_hears_of_it(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listening, "HEED_EVERY", 0.0)
    watch, turns = profile.watch("a", ""), Listening(profile.parts)
    try:
        profile.listener_archive.put_hosts([UNTIL])
        turns.take_turn(watch, profile.shop.preferences())
        assert profile.web.remembered == (UNTIL,)
    finally:
        turns.close()


@pytest.fixture
def server() -> Iterator[ScriptedServer]:
    with ScriptedServer() as made:
        made.routes["/feed"] = Answer(429, {"Retry-After": "3600"})
        yield made


def test_a_host_that_asked_for_an_hour_is_asked_once(profile: Profile, server: ScriptedServer) -> None:
    """It is told by one name both times: with its port, for at home each is a place of its own."""
    watch = Watch("n1", "Oceny", "page", settings={"url": server.url("/feed")}, allow_private=True)
    for _ in range(2):
        net = PoliteNet("1", spacing=0.0)
        try:
            trial = try_watch(replace(profile.parts, net=net), watch)
        finally:
            net.close()
        assert trial.problem
        assert trial.problem.code == "listen.leave_alone"
        assert trial.problem.args["host"] == server.url("").removeprefix("http://")
        assert trial.problem.retry_at
        assert trial.problem.retry_at > profile.clock() + 3500
    assert len(server.requests) == 1
