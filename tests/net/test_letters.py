"""Letters out: encrypted or not at all, told apart what was surely not sent and what nobody knows, no password repeated."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from net.certified import AUTHORITY, context
from servers.smtp_server import SmtpServer

from app.core.ports.mail import Posted, PostRequest
from app.core.problems import Problem
from app.net.client import PoliteNet
from app.net.guard import Guard
from app.words.problem_texts import TEXTS

SECRET = "tajne hasło"
LETTER = b"From: a\r\nSubject: x\r\n\r\nDzie\xc5\x84 dobry\n.\n..kropki\r\n"
HOST = {"host": "shop.example"}

Build = Callable[..., PoliteNet]


@pytest.fixture
def server(names: Any) -> Iterator[SmtpServer]:
    names.known |= {"shop.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    with SmtpServer(tls=context()) as running:
        yield running


@pytest.fixture
def net(build: Build) -> PoliteNet:
    return build(ca_file=AUTHORITY)


def letter(server: SmtpServer, **more: Any) -> PostRequest:
    made = PostRequest(
        "shop.example", server.user, SECRET, "biuro@kawaraj.example", ("anna@lab.example",), LETTER, server.port
    )
    return replace(made, **more)


def refusal(net: PoliteNet, server: SmtpServer, **more: Any) -> Problem:
    answer = net.send_mail(letter(server, **more), allow_private=True)
    assert isinstance(answer, Problem), answer
    assert answer.code in TEXTS
    for hidden in (SECRET, "hasło", "wrong", server.user, "dGFqbmU"):
        assert hidden not in repr(answer), "nothing the server said, and no secret, is in a problem"
    return answer


@pytest.mark.parametrize("ways", ["AUTH PLAIN LOGIN", "AUTH=LOGIN"])
def test_a_letter(net: PoliteNet, server: SmtpServer, ways: str) -> None:
    server.features = [ways]
    answer = net.send_mail(letter(server, recipients=("anna@lab.example", "biuro@kawaraj.example")), allow_private=True)
    assert answer == Posted()
    taken = server.taken[0]
    assert (taken.sender, taken.recipients) == ("biuro@kawaraj.example", ("anna@lab.example", "biuro@kawaraj.example"))
    assert taken.raw == LETTER.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n"), (
        "dots are kept, line ends are the network's"
    )
    assert server.said[0] == b"ehlo [127.0.0.1]", "this laptop's name is nobody's business"
    assert server.said[-1] == b"QUIT"


def test_starttls(net: PoliteNet, names: Any) -> None:
    names.known |= {"shop.example": ["127.0.0.1"]}
    with SmtpServer(starttls=context()) as server:
        assert net.send_mail(letter(server, starttls=True), allow_private=True) == Posted()
        at = server.said.index(b"STARTTLS")
        assert server.said[at + 1].startswith(b"ehlo"), "what was said before TLS does not count"
        assert not any(b"AUTH" in line for line in server.said[:at])


def test_never_in_the_clear(net: PoliteNet, names: Any) -> None:
    names.known |= {"shop.example": ["127.0.0.1"]}
    with SmtpServer() as server:
        assert refusal(net, server, starttls=True) == Problem("mail.no_tls", HOST)
        assert refusal(net, server).code == "net.tls"
        server.features.append("STARTTLS")
        server.says["STARTTLS"] = lambda _: b"454 not now\r\n"
        assert refusal(net, server, starttls=True) == Problem("mail.no_tls", HOST)
        assert not any(b"AUTH" in line for line in server.said)


def test_certificates(net: PoliteNet, build: Build, server: SmtpServer, names: Any) -> None:
    assert refusal(net, server, host="other.example").args["why"] == "name"
    assert refusal(build(), server).args["why"] == "untrusted"
    with SmtpServer(starttls=context("expired.pem")) as old:
        assert refusal(net, old, starttls=True).args["why"] == "expired"
    assert server.said == []


def test_private_addresses_only_where_allowed(net: PoliteNet, server: SmtpServer) -> None:
    assert net.send_mail(letter(server)) == Problem("net.private_address", HOST)
    assert server.sessions == 0


@pytest.mark.parametrize("ways", ["AUTH PLAIN", "AUTH LOGIN"])
def test_a_wrong_password(net: PoliteNet, server: SmtpServer, ways: str) -> None:
    server.features = [ways]
    assert refusal(net, server, password="falsch") == Problem("mail.denied", HOST)
    server.features = ["AUTH XOAUTH2"]
    assert refusal(net, server) == Problem("mail.no_sending_login", HOST)
    server.features = []
    assert refusal(net, server) == Problem("mail.no_sending_login", HOST)
    assert server.taken == []


@pytest.mark.parametrize(
    ("command", "said", "code", "status"),
    [
        ("", b"554 5.3.2 no service, wrong", "mail.refused", "554 5.3.2"),
        ("", b"421 too many connections", "mail.later", None),
        ("", b"HTTP/1.1 400 Bad Request", "mail.not_smtp", None),
        ("AUTH", b"454 4.7.0 later", "mail.later", None),
        ("MAIL", b"550 5.7.1 you are wrong", "mail.refused", "550 5.7.1"),
        ("MAIL", b"452 4.2.2 full", "mail.later", None),
        ("RCPT", b"550 5.1.1 no such user", "mail.no_recipient", "550 5.1.1"),
        ("RCPT", b"450 4.2.0 greylisted", "mail.later", None),
        ("RCPT", b"554 spam from wrong", "mail.refused", "554"),
        ("DATA", b"554 5.6.0 no", "mail.refused", "554 5.6.0"),
        ("DATA", b"250 thanks", "mail.not_smtp", None),
        (".", b"552 5.2.3 too large", "mail.refused", "552 5.2.3"),
        (".", b"451 4.3.0 later", "mail.later", None),
        (".", b"nonsense", "mail.unknown", None),
    ],
)  # fmt: skip
def test_refusals(
    net: PoliteNet, server: SmtpServer, clock: Any, command: str, said: bytes, code: str, status: Any
) -> None:
    server.says[command] = lambda _: said + b"\r\n"
    problem = refusal(net, server)
    assert (problem.code, problem.args.get("status")) == (code, status)
    assert problem.retry_at == (clock.now + 900 if code == "mail.later" else None)


def test_a_copy_that_is_refused(net: PoliteNet, server: SmtpServer) -> None:
    server.says["RCPT"] = lambda line: b"550 no\r\n" if b"biuro" in line else b"250 ok\r\n"
    people = ("anna@lab.example", "biuro@kawaraj.example")
    assert net.send_mail(letter(server, recipients=people), allow_private=True) == Posted(("biuro@kawaraj.example",))
    assert refusal(net, server, recipients=people[::-1]).code == "mail.no_recipient"
    assert len(server.taken) == 1


@pytest.mark.parametrize("command", ["", "EHLO", "AUTH", "MAIL", "RCPT", "DATA", "."])
def test_a_break_before_and_after_the_letter_was_begun(net: PoliteNet, server: SmtpServer, command: str) -> None:
    server.says[command] = lambda _: None
    assert refusal(net, server).code == ("mail.unknown" if command == "." else "net.broken")


def test_a_server_that_falls_silent(build: Build, server: SmtpServer, monkeypatch: pytest.MonkeyPatch) -> None:
    quick = build(ca_file=AUTHORITY, total_seconds=0.2)
    server.says["MAIL"] = server.hang
    assert refusal(quick, server).code == "net.timeout"
    del server.says["MAIL"]
    server.says["."] = server.hang
    begin = Guard.begin

    def patient_at_first(guard: Guard, host: str, seconds: float, wire_bytes: int) -> None:
        begin(guard, host, seconds if any(line == b"DATA" for line in server.said[-1:]) else 60.0, wire_bytes)

    monkeypatch.setattr(Guard, "begin", patient_at_first)
    assert refusal(quick, server).code == "mail.unknown"


def test_a_break_within_the_letter(net: PoliteNet, server: SmtpServer) -> None:
    server.hangs_up_in_letters = True
    assert refusal(net, server).code == "mail.unknown"


def test_closing_while_a_letter_is_on_its_way(build: Build, server: SmtpServer) -> None:
    net = build(ca_file=AUTHORITY)

    def close(_line: bytes) -> None:
        net.close()
        server.hang()

    server.says["."] = close
    assert refusal(net, server).code == "mail.unknown"


def test_a_break_at_the_goodbye_changes_nothing(
    build: Build, server: SmtpServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.net.smtp.GOODBYE_SECONDS", 0.2)
    for goodbye in (server.hang, lambda _: None):
        server.says["QUIT"] = goodbye
        assert build(ca_file=AUTHORITY).send_mail(letter(server), allow_private=True) == Posted()


def test_a_flood(net: PoliteNet, server: SmtpServer) -> None:
    server.says["EHLO"] = lambda _: b"250-x" * 2_000 + b"\r\n"
    assert refusal(net, server).code == "net.broken"
    server.says["EHLO"] = lambda _: b"250-AUTH PLAIN\r\n" * 50_000
    assert refusal(net, server).code == "net.too_large"


@pytest.mark.parametrize(
    "address", ["", "anna", "a b@c.example", "a@b>\r\nRCPT TO:<x@y.example", "<a@b.example>", "ż@b.example"]
)
def test_addresses_that_are_none(net: PoliteNet, server: SmtpServer, address: str) -> None:
    assert refusal(net, server, recipients=(address,)).code == "mail.bad_address"
    assert refusal(net, server, sender=address).code == "mail.bad_address"
    assert refusal(net, server, recipients=()).code == "mail.bad_address"
    assert server.sessions == 0


def test_hosts_that_are_none(net: PoliteNet, server: SmtpServer, names: Any) -> None:
    assert refusal(net, server, host="a b").code == "net.bad_address"
    server.__exit__()
    assert refusal(net, server).code == "net.refused"
    names.known["gone.example"] = OSError(-2, "no such name")
    assert refusal(net, server, host="gone.example").code in {"net.name_unknown", "net.offline"}


def test_one_at_a_time(net: PoliteNet, server: SmtpServer) -> None:
    answers: list[Any] = []
    threads = [
        threading.Thread(target=lambda: answers.append(net.send_mail(letter(server), allow_private=True)))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert answers == [Posted()] * 4
    assert server.most_together == 1
