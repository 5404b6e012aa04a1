"""A host that is asked once in a while only: nobody asks it again before, whatever came of the last request."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from servers.http_server import Answer, ScriptedServer

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.net.client import PoliteNet


@pytest.mark.parametrize("status", [200, 404])
def test_the_host_rests_after_an_answer(server: ScriptedServer, net: PoliteNet, clock: Any, status: int) -> None:
    server.routes["/new.rss"] = Answer(status, body=b"<rss/>")
    server.routes["/other"] = Answer(200, body=b"x")
    asked = Request(server.url("/new.rss"), pause=61.0)
    assert isinstance(net.send(asked, allow_private=True), Response)
    waiting = net.send(Request(server.url("/other")), allow_private=True)
    assert isinstance(waiting, Problem)
    assert (waiting.code, waiting.retry_at) == ("net.waiting", clock.now + 61.0)
    clock.now += 62.0
    assert isinstance(net.send(asked, allow_private=True), Response)


def test_the_rest_outlives_a_restart(server: ScriptedServer, net: PoliteNet, build: Callable[..., PoliteNet]) -> None:
    server.routes["/new.rss"] = Answer(200, body=b"<rss/>")
    net.send(Request(server.url("/new.rss"), pause=61.0), allow_private=True)
    later = build()
    later.remember_hosts(net.host_states())
    assert isinstance(later.send(Request(server.url("/new.rss")), allow_private=True), Problem)


def test_a_forbidden_of_such_a_host_is_a_refusal(server: ScriptedServer, net: PoliteNet) -> None:
    server.routes["/new.rss"] = Answer(403)
    answer = net.send(Request(server.url("/new.rss"), pause=61.0), allow_private=True)
    assert isinstance(answer, Response)
    assert answer.status == 403
    assert [state.strikes for state in net.host_states()] == [1]


def test_the_host_rests_where_no_answer_came(net: PoliteNet, clock: Any) -> None:
    asked = Request("http://127.0.0.1:1/new.rss", pause=61.0)
    first = net.send(asked, allow_private=True)
    assert isinstance(first, Problem)
    assert first.code == "net.refused"
    second = net.send(asked, allow_private=True)
    assert isinstance(second, Problem)
    assert (second.code, second.retry_at) == ("net.waiting", clock.now + 61.0)
