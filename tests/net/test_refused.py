"""What the net says of a host that refuses: until when it is left alone, from the first answer on."""

from __future__ import annotations

from collections.abc import Callable
from email.utils import formatdate
from typing import Any

import pytest
from servers.http_server import Answer, ScriptedServer

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.net.client import PoliteNet
from app.net.refusals import HOUR

Get = Callable[..., Response]


@pytest.mark.parametrize(("status", "left"), [(429, HOUR), (503, HOUR), (403, None), (500, None), (200, None)])
def test_a_refusal_that_names_no_time_says_for_how_long_the_host_is_left_alone(
    server: ScriptedServer, net: PoliteNet, names: Any, clock: Any, status: int, left: float | None
) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    server.routes["/feed"] = Answer(status)
    request = Request(server.url("/feed", "shop.example"))
    answer = net.send(request, allow_private=True)
    assert isinstance(answer, Response)
    assert (answer.retry_at, answer.fresh_for) == (left and clock.now + left, left or 0.0)
    again = net.send(request, allow_private=True)
    assert (again.code == "net.waiting" if isinstance(again, Problem) else again.status == status) is True
    assert again.retry_at == answer.retry_at


def test_a_date_that_a_refusal_names_is_told_to_the_second(server: ScriptedServer, get: Get, clock: Any) -> None:
    for beyond in (0.1, 0.3, 0.7, 0.9):
        clock.now = round(clock.now) + 100 + beyond
        date = round(clock.now) + 60
        server.routes["/feed"] = Answer(503, {"Retry-After": formatdate(date, usegmt=True)})
        assert get("/feed").retry_at == date
