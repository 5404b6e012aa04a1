"""Looks into mailboxes: encrypted or not at all, only what is new, within limits, and a password that nobody repeats."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from net.certified import AUTHORITY, context
from servers.imap_server import DAY, Folder, ImapServer

from app.core.ports.mail import MailAnswer, MailRequest
from app.core.problems import Problem
from app.net.client import PoliteNet
from app.net.folder_names import folder_name, listed_folder, quoted_folder

SECRET = "tajne hasło"
ARRIVED = 1_795_286_647.0

Build = Callable[..., PoliteNet]


@pytest.fixture
def server(names: Any) -> Iterator[ImapServer]:
    names.known |= {"shop.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    with ImapServer(tls=context()) as running:
        yield running


@pytest.fixture
def net(build: Build) -> PoliteNet:
    return build(ca_file=AUTHORITY)


def request(server: ImapServer, **more: Any) -> MailRequest:
    return MailRequest("shop.example", server.user, SECRET, server.port, **more)


def look(net: PoliteNet, server: ImapServer, **more: Any) -> MailAnswer:
    answer = net.fetch_mail(request(server, **more), allow_private=True)
    assert isinstance(answer, MailAnswer), answer
    return answer


def refusal(net: PoliteNet, server: ImapServer, **more: Any) -> Problem:
    answer = net.fetch_mail(replace(request(server), **more), allow_private=True)
    assert isinstance(answer, Problem), answer
    for hidden in (SECRET, "hasło", "wrong", server.user):
        assert hidden not in repr(answer), "nothing the server said, and no secret, is in a problem"
    return answer


def uids(answer: MailAnswer) -> list[int]:
    return [message.uid for message in answer.messages]


def fill(server: ImapServer, count: int, raw: bytes = b"Subject: x\r\n\r\ny", folder: str = "INBOX") -> None:
    for number in range(count):
        server.folders[folder].add(raw, ARRIVED + number)


@pytest.mark.parametrize("uid_last", [False, True])
def test_a_first_look(net: PoliteNet, server: ImapServer, uid_last: bool) -> None:
    server.uid_last = uid_last
    fill(server, 3)
    answer = look(net, server, since=ARRIVED - DAY)
    assert (answer.validity, answer.last, answer.more, uids(answer)) == (7, 3, False, [1, 2, 3])
    assert answer.messages[1].raw == b"Subject: x\r\n\r\ny"
    assert answer.messages[1].arrived == ARRIVED + 1
    commands = b"\n".join(server.said)
    assert b"EXAMINE" in commands
    assert b"BODY.PEEK[]" in commands
    assert not any(word in commands for word in (b"SELECT", b"STORE", b"EXPUNGE", b"COPY", SECRET.encode()))


def test_only_the_new(net: PoliteNet, server: ImapServer) -> None:
    fill(server, 4)
    assert uids(look(net, server, validity=7, after=2)) == [3, 4]
    nothing = look(net, server, validity=7, after=4)
    assert (nothing.messages, nothing.last) == ((), 4), "«5:*» names message 4, which is known"
    assert (look(net, server, validity=7, after=90).last) == 90


def test_a_folder_made_anew(net: PoliteNet, server: ImapServer) -> None:
    fill(server, 4)
    server.folders["INBOX"].validity = 8
    answer = look(net, server, validity=7, after=900, since=ARRIVED + 2)
    assert (answer.validity, uids(answer), answer.last) == (8, [3, 4], 4), "by date, whatever UIDs were known"


def test_an_old_past_is_passed_over(net: PoliteNet, server: ImapServer) -> None:
    fill(server, 5)
    answer = look(net, server, since=ARRIVED + 30 * DAY)
    assert (answer.messages, answer.last) == ((), 5)
    server.folders["INBOX"].add(b"Subject: new\r\n\r\n", ARRIVED + 31 * DAY)
    assert uids(look(net, server, validity=7, after=answer.last)) == [6]


def test_the_newest_of_a_first_look_and_the_oldest_of_later_ones(net: PoliteNet, server: ImapServer) -> None:
    fill(server, 10)
    first = look(net, server, newest=True, most=3)
    assert (uids(first), first.last, first.more) == ([8, 9, 10], 10, False)
    later = look(net, server, validity=7, after=1, newest=True, most=3)
    assert (uids(later), later.last, later.more) == ([2, 3, 4], 4, True)
    anew = look(net, server, validity=6, after=1, most=3)
    assert (uids(anew), anew.last, anew.more) == ([1, 2, 3], 3, True)


def test_a_huge_message_is_cut_and_a_lie_about_sizes_does_no_harm(net: PoliteNet, server: ImapServer) -> None:
    inbox = server.folders["INBOX"]
    inbox.add(b"Subject: big\r\n\r\n" + b"x" * 3_000_000)
    inbox.add(b"Subject: small", size=4_000_000_000)
    inbox.add(b"Subject: none", size=0)
    answer = look(net, server, message_bytes=50_000)
    assert [len(message.raw) for message in answer.messages] == [50_000, 14, 13]
    assert answer.messages[0].size == 3_000_016


def test_bytes_run_out(net: PoliteNet, server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.net.imap.SESSION_BYTES", 100_000)
    monkeypatch.setattr("app.net.imap.BATCH_BYTES", 40_000)
    fill(server, 10, b"x" * 20_000)
    after: list[int] = []
    answer = look(net, server)
    while answer.more:
        after += uids(answer)
        answer = look(net, server, validity=7, after=answer.last)
    assert after + uids(answer) == list(range(1, 11)), "page by page, without holes and without reading twice"


def test_time_runs_out(build: Build, server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.net.imap.BATCH_BYTES", 10)
    fill(server, 4)
    later = [0.0]
    monkeypatch.setattr("app.net.guard.time", SimpleNamespace(monotonic=lambda: time.monotonic() + later[0]))
    asked: list[bytes] = []

    def fetch(tag: bytes, said: bytes) -> bytes | None:
        if b"BODY" not in said:
            return b"* 1 FETCH (UID 1 RFC822.SIZE 9)\r\n* 2 FETCH (UID 2 RFC822.SIZE 9)\r\n" + tag + b" OK done\r\n"
        asked.append(said)
        if len(asked) == 2:
            later[0] = 3600.0
            server.hang()
            return None
        return b"* 1 FETCH (UID 1 BODY[]<0> {3}\r\nabc)\r\n" + tag + b" OK done\r\n"

    server.says["UID FETCH"] = fetch
    partly = look(build(ca_file=AUTHORITY), server)
    assert (uids(partly), partly.last, partly.more) == ([1], 1, True), "what came is kept, the rest comes next time"


def test_starttls(net: PoliteNet, names: Any) -> None:
    names.known |= {"shop.example": ["127.0.0.1"]}
    with ImapServer(starttls=context()) as server:
        server.capabilities = "IMAP4rev1 STARTTLS AUTH=PLAIN"
        fill(server, 1)
        assert uids(look(net, server, starttls=True)) == [1]
        at = [line.split()[1] for line in server.said].index(b"STARTTLS")
        assert not any(b"AUTH" in line or b"LOGIN" in line for line in server.said[:at])


@pytest.mark.parametrize("greeting", [b"* OK ready\r\n", b"* PREAUTH you are in\r\n"])
def test_never_in_the_clear(net: PoliteNet, names: Any, greeting: bytes) -> None:
    names.known |= {"shop.example": ["127.0.0.1"]}
    with ImapServer() as server:
        server.greeting = greeting
        assert refusal(net, server, starttls=True) == Problem("mail.no_tls", {"host": "shop.example"})
        assert refusal(net, server).code == "net.tls"
        assert not any(b"AUTHENTICATE" in line or b"LOGIN" in line for line in server.said)


@pytest.mark.parametrize(("host", "why"), [("other.example", "name"), ("127.0.0.1", "name")])
def test_a_certificate_of_another(net: PoliteNet, server: ImapServer, host: str, why: str) -> None:
    assert refusal(net, server, host=host) == Problem("net.tls", {"host": host, "why": why})
    assert server.said == []


def test_certificates_that_nobody_vouches_for(build: Build, server: ImapServer, names: Any) -> None:
    assert refusal(build(), server).args["why"] == "untrusted"
    with ImapServer(starttls=context("expired.pem")) as old:
        old.capabilities += " STARTTLS"
        assert refusal(build(ca_file=AUTHORITY), old, starttls=True).args["why"] == "expired"


def test_private_addresses_only_where_allowed(net: PoliteNet, server: ImapServer) -> None:
    assert net.fetch_mail(request(server)) == Problem("net.private_address", {"host": "shop.example"})
    assert server.sessions == 0


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"])
def test_a_wrong_password(net: PoliteNet, server: ImapServer, capabilities: str) -> None:
    server.capabilities = capabilities
    assert refusal(net, server, password="falsches") == Problem("mail.denied", {"host": "shop.example"})
    assert refusal(net, server, password="źle") == Problem("mail.denied", {"host": "shop.example"})


def test_a_wrong_password_and_the_door(net: PoliteNet, server: ImapServer) -> None:
    server.says["AUTHENTICATE"] = lambda tag, _: b"* BYE login failed, wrong\r\n" + tag + b" NO wrong\r\n"
    assert refusal(net, server).code == "mail.denied"


def test_a_login_with_quotes(net: PoliteNet, server: ImapServer) -> None:
    server.capabilities = "IMAP4rev1"
    server.password = 'a"b\\" c'
    server.says["LOGIN"] = lambda tag, said: tag + (b" OK done\r\n" if b'"a\\"b\\\\\\" c"' in said else b" NO no\r\n")
    assert isinstance(net.fetch_mail(replace(request(server), password='a"b\\" c'), allow_private=True), MailAnswer)


@pytest.mark.parametrize("password", ["a\r\nZ1 DELETE INBOX", "a\nb", "a\0b"])
def test_a_password_cannot_be_a_command(net: PoliteNet, server: ImapServer, password: str) -> None:
    server.capabilities = "IMAP4rev1"
    answer = net.fetch_mail(replace(request(server), password=password), allow_private=True)
    assert isinstance(answer, Problem)
    assert not any(b"DELETE" in line for line in server.said)


def test_only_tokens(net: PoliteNet, server: ImapServer) -> None:
    server.capabilities = "IMAP4rev1 LOGINDISABLED AUTH=XOAUTH2"
    assert refusal(net, server).code == "mail.no_password_login"


@pytest.mark.parametrize(
    "said", [b"[UNAVAILABLE] later", b"[OVERQUOTA] Account exceeded bandwidth limits", b"Too many connections"]
)
def test_a_busy_server(net: PoliteNet, server: ImapServer, clock: Any, said: bytes) -> None:
    server.says["AUTHENTICATE"] = lambda tag, _: tag + b" NO " + said + b"\r\n"
    assert refusal(net, server) == Problem("mail.busy", {"host": "shop.example"}, clock.now + 900)
    server.greeting = b"* BYE " + said + b"\r\n"
    assert refusal(net, server).code == "mail.busy"


def test_no_such_folder(net: PoliteNet, server: ImapServer) -> None:
    server.folders["&BB4EQgQ3BEsEMgRL-"] = Folder()
    problem = refusal(net, server, folder="Opinie")
    assert problem == Problem("mail.no_folder", {"folder": "Opinie", "folders": "INBOX, Отзывы"})
    server.folders[quoted_folder("\x1b[2J\u202eawyzyt")[1:-1]] = Folder()
    assert refusal(net, server, folder="Opinie").args["folders"] == "INBOX, Отзывы, [2Jawyzyt"


def test_folders_in_other_scripts(net: PoliteNet, server: ImapServer) -> None:
    server.folders |= {"&BB4EQgQ3BEsEMgRL-": Folder(), "Wys&AUI-ane &- inne": Folder()}
    fill(server, 1, folder="&BB4EQgQ3BEsEMgRL-")
    fill(server, 2, folder="Wys&AUI-ane &- inne")
    assert uids(look(net, server, folder="Отзывы")) == [1]
    assert uids(look(net, server, folder="Wysłane & inne")) == [1, 2]


OURS = (("Message-ID", "<a.1@shop.example>"), ("In-Reply-To", "<theirs@lab.example>"))


@pytest.mark.parametrize(("name", "marks"), [("Odeslane", "\\Sent"), ("INBOX.Sent", ""), ("[Gmail]/Sent Mail", "")])
def test_finding_a_letter(net: PoliteNet, server: ImapServer, name: str, marks: str) -> None:
    server.folders |= {"Archive": Folder(), name: Folder(marks=marks)}
    mine, reply = b"Message-ID: <a.1@shop.example>\r\n\r\nx", b"In-Reply-To: <theirs@lab.example>\r\n\r\ny"
    for raw in (b"Message-ID: <b@c.example>\r\n\r\nz", mine, reply):
        server.folders[name].add(raw, ARRIVED)
    found = look(net, server, finding=OURS, sent=True, since=ARRIVED)
    assert [message.raw for message in found.messages] == [mine, reply]
    assert look(net, server, finding=OURS, since=ARRIVED).messages == (), "not in the INBOX"
    assert uids(look(net, server, finding=OURS[:1], folder=name, since=ARRIVED)) == [2]
    assert any(b" SINCE 20-Nov-2026 " in line for line in server.said), "a day earlier, for the sake of time zones"
    assert not any(b"SELECT" in line for line in server.said)


def test_finding_where_there_is_nothing_to_find_in(net: PoliteNet, server: ImapServer) -> None:
    assert look(net, server, finding=OURS, sent=True) == MailAnswer(0, 0), "no folder for sent letters"
    for text in ("a\r\nZ1 DELETE INBOX", "ż", "a b", ""):
        assert look(net, server, finding=(("Message-ID", text),)).messages == ()
    assert not any(b"DELETE" in line or b"SEARCH" in line for line in server.said)
    assert look(net, server, finding=(("Message-ID", '<a"b\\c@d>'),)).messages == ()
    assert refusal(net, server, finding=OURS, folder="Opinie").code == "mail.no_folder"


@pytest.mark.parametrize("name", ["INBOX", "Отзывы", "a&b", "Wysłane", 'q"uo\\te', "日本 語", "👍", "a\r\nb"])
def test_folder_names_there_and_back(name: str) -> None:
    quoted = quoted_folder(name)
    assert quoted.isascii()
    assert quoted.isprintable()
    assert listed_folder(b'(\\Marked) "." ' + quoted.encode()) == name


def test_folder_names_that_are_none() -> None:
    assert folder_name("&///-") == folder_name("&///-")
    assert [listed_folder(line) for line in (None, b"", b"rubbish", b"() NIL INBOX", (b"() NIL {5}", b"a&-b"))] == [
        "",
        "",
        "",
        "INBOX",
        "a&b",
    ]


def test_no_mail_server(net: PoliteNet, server: ImapServer) -> None:
    server.greeting = b"HTTP/1.1 400 Bad Request\r\n\r\n"
    assert refusal(net, server) == Problem("mail.not_imap", {"host": "shop.example"})


@pytest.mark.parametrize("host", ["", "a b", "a/b", "a@b", "[::1]", "a?b", "a#b"])
def test_hosts_that_are_none(net: PoliteNet, server: ImapServer, host: str) -> None:
    assert refusal(net, server, host=host).code == "net.bad_address"


HOSTILE: dict[str, Callable[[bytes, bytes], bytes | None]] = {
    "breaks off": lambda tag, said: None,
    "endless literal": lambda tag, said: b"* 1 FETCH (UID 1 BODY[]<0> {9999999999}\r\nabc",
    "number without end": lambda tag, said: b"* 1 FETCH (UID 1 BODY[]<0> {" + b"9" * 5_000 + b"}\r\n",
    "long line": lambda tag, said: b"* SEARCH " + b"1 " * 600_000 + b"\r\n" + tag + b" OK done\r\n",
    "rubbish": lambda tag, said: b"\x00\xff\xfe rubbish\r\n",
    "another's tag": lambda tag, said: b"XYZ1 OK done\r\n",
    "no": lambda tag, said: tag + b" NO [SERVERBUG] sorry\r\n",
    "bad": lambda tag, said: tag + b" BAD sorry\r\n",
    "nothing": lambda tag, said: tag + b" OK done\r\n",
    "goodbye": lambda tag, said: b"* BYE gone\r\n",
    "no numbers": lambda tag, said: b"* SEARCH a b -1 99999999999999\r\n* 1 FETCH (UID x)\r\n" + tag + b" OK done\r\n",
    "strangers": lambda tag, said: b"* 9 FETCH (UID 99 RFC822.SIZE 5 BODY[]<0> {1}\r\nx)\r\n" + tag + b" OK done\r\n",
    "nil": lambda tag, said: b"* 1 FETCH (UID 1 RFC822.SIZE 5 BODY[]<0> NIL)\r\n" + tag + b" OK done\r\n",
    "bad date": lambda tag, said: (
        b'* 1 FETCH (UID 1 RFC822.SIZE 5 INTERNALDATE "99-Foo-9999 99:99:99 +9999")\r\n' + tag + b" OK done\r\n"
    ),
    "continue": lambda tag, said: b"+ go on\r\n",
}


@pytest.mark.parametrize("command", ["CAPABILITY", "AUTHENTICATE", "EXAMINE", "UID SEARCH", "UID FETCH", "LOGOUT"])
@pytest.mark.parametrize("kind", list(HOSTILE))
def test_hostile_servers(build: Build, server: ImapServer, kind: str, command: str) -> None:
    fill(server, 1)
    server.says[command] = HOSTILE[kind]
    net = build(ca_file=AUTHORITY, total_seconds=0.3)
    answer = net.fetch_mail(request(server), allow_private=True)
    assert isinstance(answer, Problem | MailAnswer)
    if isinstance(answer, Problem):
        assert SECRET not in repr(answer)


def test_a_flood(build: Build, server: ImapServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.net.imap.SAID_BYTES", 100_000)
    monkeypatch.setattr("app.net.imap.SESSION_BYTES", 100_000)
    server.says["UID SEARCH"] = lambda tag, said: b"* 1 RECENT\r\n" * 100_000
    assert refusal(build(ca_file=AUTHORITY), server).code == "net.too_large"


def test_closing_ends_a_look(build: Build, server: ImapServer) -> None:
    net = build(ca_file=AUTHORITY)

    def close(_tag: bytes, _said: bytes) -> None:
        net.close()
        server.hang()

    server.says["UID SEARCH"] = close
    assert refusal(net, server) == Problem("net.closed")


def test_a_silent_server(build: Build, server: ImapServer) -> None:
    server.says["EXAMINE"] = server.hang
    assert refusal(build(ca_file=AUTHORITY, total_seconds=0.2), server).code == "net.timeout"


def test_nobody_there(net: PoliteNet, server: ImapServer, names: Any) -> None:
    server.__exit__()
    assert refusal(net, server).code == "net.refused"
    names.known["gone.example"] = OSError(-2, "no such name")
    assert refusal(net, server, host="gone.example").code in {"net.name_unknown", "net.offline"}
