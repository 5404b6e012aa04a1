"""No more files or memory for this program: told as that, and no host is blamed."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from servers.http_server import ScriptedServer

from app.core.ports.mail import MailRequest
from app.core.ports.net import Request
from app.core.problems import Problem
from app.net.client import PoliteNet
from app.net.connection import GuardedSocket
from app.net.offline import connect_problem, shortage

NO_FILES = Problem("core.no_files")
resource = pytest.importorskip("resource", reason="only there can a process be given fewer files")


@pytest.fixture
def starved() -> Iterator[Callable[[int], None]]:
    """Leave this process only so many files to open."""
    before = resource.getrlimit(resource.RLIMIT_NOFILE)
    with ExitStack() as held:

        def starve(left: int) -> None:
            with socket.socket() as probe:
                next_one = probe.fileno()
            resource.setrlimit(resource.RLIMIT_NOFILE, (next_one + 40, before[1]))
            plugs: list[socket.socket] = []
            try:
                while True:
                    plugs.append(held.enter_context(socket.socket()))
            except OSError:
                for plug in plugs[len(plugs) - left :]:
                    plug.close()

        yield starve
    resource.setrlimit(resource.RLIMIT_NOFILE, before)


@pytest.mark.parametrize("left", [0, 1])
def test_a_look_up_without_files_is_told_as_that(
    net: PoliteNet, names: Any, starved: Callable[[int], None], left: int
) -> None:
    names.known["shop.example"] = socket.gaierror(socket.EAI_NONAME, "Name or service not known")
    starved(left)
    assert net.send(Request("https://shop.example/feed")) == NO_FILES
    assert net.host_states() == ()


def test_a_look_up_that_says_so_itself(net: PoliteNet, names: Any) -> None:
    names.known["shop.example"] = OSError(errno.EMFILE, "Too many open files")
    assert net.send(Request("https://shop.example/feed")) == NO_FILES


def test_a_connection_without_files_is_told_as_that(
    net: PoliteNet, server: ScriptedServer, starved: Callable[[int], None]
) -> None:
    starved(0)
    assert net.send(Request(server.url("/feed")), allow_private=True) == NO_FILES


def test_an_error_in_the_middle_of_a_call_is_told_as_that(
    net: PoliteNet, server: ScriptedServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOMEM, "Cannot allocate memory")

    monkeypatch.setattr(GuardedSocket, "sendall", fail)
    problem = net.send(Request(server.url("/feed")), allow_private=True)
    assert problem == Problem("core.no_memory")


def test_mail_is_not_blamed_either(net: PoliteNet, names: Any, starved: Callable[[int], None]) -> None:
    names.known["mail.example"] = socket.gaierror(socket.EAI_AGAIN, "Temporary failure in name resolution")
    starved(1)
    assert net.fetch_mail(MailRequest("mail.example", "anna", "secret")) == NO_FILES


def test_with_files_to_spare_nothing_is_short() -> None:
    assert shortage() is None


def test_a_failure_to_make_a_socket_is_no_host_s_fault() -> None:
    assert connect_problem((errno.EMFILE, errno.ECONNREFUSED), "shop.example", 5.0) == NO_FILES
