"""No network, a wrong name, a host that is down: told apart."""

from __future__ import annotations

import errno
import socket

import pytest

from app.core.problems import SILENT, Problem
from app.net.offline import connect_problem, has_route, lookup_problem, with_the_network_in_mind


@pytest.mark.parametrize(
    ("code", "others", "expected"),
    [
        (socket.EAI_NONAME, False, "net.name_unknown"),
        (socket.EAI_AGAIN, False, "net.offline"),
        (socket.EAI_AGAIN, True, "net.name_unknown"),
        (11002, False, "net.offline"),
        (None, False, "net.offline"),
        (None, True, "net.name_unknown"),
    ],
)
def test_names_not_found(code: int | None, others: bool, expected: str) -> None:
    problem = lookup_problem(code, "shop.example", others_answered=others)
    assert problem.code == expected
    assert (problem.args.get("why") == SILENT) is (code != socket.EAI_NONAME)


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        ((errno.ECONNREFUSED,), "net.refused"),
        ((errno.ETIMEDOUT, errno.ECONNREFUSED), "net.refused"),
        ((errno.ENETUNREACH, errno.ETIMEDOUT), "net.timeout"),
        ((errno.EHOSTUNREACH,), "net.refused"),
    ],
)
def test_connections_not_made(failures: tuple[int, ...], expected: str) -> None:
    assert connect_problem(failures, "shop.example", 5.0).code == expected


@pytest.mark.parametrize("code", ["net.timeout", "net.refused", "net.name_unknown", "net.broken"])
def test_without_a_way_out_nobody_is_blamed(code: str) -> None:
    problem = Problem(code, {"host": "shop.example"})
    assert with_the_network_in_mind(problem, route=True) is problem
    assert with_the_network_in_mind(problem, route=False) == Problem("net.offline", {"host": "shop.example"})


@pytest.mark.parametrize("code", ["net.private_address", "net.tls", "net.waiting", "net.too_large"])
def test_what_has_nothing_to_do_with_the_network_stays(code: str) -> None:
    problem = Problem(code, {"host": "shop.example"})
    assert with_the_network_in_mind(problem, route=False) is problem


def test_the_probe_sends_nothing_and_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    used: list[str] = []

    class Probe(socket.socket):
        def connect(self, address: object) -> None:
            used.append("connect")
            raise OSError(errno.ENETUNREACH, "no way")

        def send(self, *_: object) -> int:
            used.append("send")
            return 0

    monkeypatch.setattr(socket, "socket", Probe)
    assert has_route() is False
    assert set(used) == {"connect"}
