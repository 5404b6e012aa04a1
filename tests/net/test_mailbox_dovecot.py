"""Against Dovecot, where it is installed: what a real server says and how it numbers; and answers through aiosmtpd."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from app.core.mention import Mention
from app.core.ports.answer import Answer, Sent, Standing
from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.ports.source import Poll
from app.core.problems import Problem
from app.core.watch import Watch
from app.net.client import PoliteNet
from app.sources.catalog.mailbox import ANSWER, SOURCE

CERTIFICATES = Path(__file__).parent / "certificates"
SAMPLES = Path(__file__).resolve().parents[1] / "samples" / "mailbox"
DOVECOT = shutil.which("dovecot") or "/usr/sbin/dovecot"
SECRET = "sekret-zażółć"

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not Path(DOVECOT).exists() or os.name != "posix" or os.getuid() != 0, reason="needs Dovecot and root"
    ),
]

CONFIG = """
base_dir = {base}/run
state_dir = {base}/state
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{shop}
ssl_key = <{shop}
mail_location = maildir:{base}/mail/%u
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
default_internal_user = mail
default_login_user = nobody
default_internal_group = mail
passdb {{
  driver = static
  args = password={secret}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={base}/mail/%u
}}
namespace inbox {{
  inbox = yes
  mailbox Verschickt {{
    auto = create
    special_use = \\Sent
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {plain}
  }}
  inet_listener imaps {{
    port = {tls}
    ssl = yes
  }}
}}
"""


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as plug:
        return int(plug.getsockname()[1])


class Dovecot:
    def __init__(self, base: Path) -> None:
        self.base, self.plain, self.tls = base, _free_port(), _free_port()
        self.inbox = base / "mail" / "sklep"

    def deliver(self, raw: bytes, folder: str = "") -> None:
        """Put a message into the maildir as a delivery agent does."""
        place = self.inbox / folder if folder else self.inbox
        for part in ("tmp", "new", "cur"):
            (place / part).mkdir(parents=True, exist_ok=True)
        (place / "new" / f"{time.time_ns()}.test").write_bytes(raw)
        subprocess.run(["chown", "-R", "mail:mail", str(self.base / "mail")], check=True)


@pytest.fixture
def dovecot(tmp_path: Path, names: Any) -> Iterator[Dovecot]:
    names.known["shop.example"] = ["127.0.0.1"]
    for folder in (tmp_path, *tmp_path.parents):
        if folder.stat().st_uid == os.getuid() and folder != Path("/"):
            folder.chmod(folder.stat().st_mode | 0o011)
    running = Dovecot(tmp_path)
    config = tmp_path / "dovecot.conf"
    shop = CERTIFICATES / "shop.pem"
    config.write_text(CONFIG.format(base=tmp_path, shop=shop, secret=SECRET, plain=running.plain, tls=running.tls))
    running.deliver(b"From: a@b.example\r\nSubject: start\r\n\r\nx\r\n")
    process = subprocess.Popen([DOVECOT, "-F", "-c", str(config)], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", running.tls), 1).close()
                break
            except OSError:
                assert time.monotonic() < until, (tmp_path / "log").read_text()
                time.sleep(0.1)
        yield running
    finally:
        process.terminate()
        process.wait(60)


def test_a_real_server(dovecot: Dovecot, build: Callable[..., PoliteNet]) -> None:
    net = build(ca_file=str(CERTIFICATES / "ca.pem"))
    request = MailRequest("shop.example", "sklep", SECRET, dovecot.tls, newest=True)

    def look(asked: MailRequest) -> MailAnswer | Problem:
        return net.fetch_mail(asked, allow_private=True)

    def again(before: MailAnswer, **more: Any) -> MailAnswer:
        answer = look(
            MailRequest(
                "shop.example", "sklep", SECRET, dovecot.tls, validity=before.validity, after=before.last, **more
            )
        )
        assert isinstance(answer, MailAnswer), answer
        return answer

    first = look(request)
    assert isinstance(first, MailAnswer), (first, (dovecot.base / "log").read_text())
    assert [b"Subject: start" in message.raw for message in first.messages] == [True]
    assert first.messages[0].arrived is not None
    assert again(first).messages == (), "«n:*» on a server that means it"
    recorded = (SAMPLES / "recorded-3.eml").read_bytes()
    dovecot.deliver(recorded)
    dovecot.deliver(b"From: a@b.example\r\nSubject: big\r\n\r\n" + b"x" * 500_000)
    second = again(first)
    assert [message.raw == recorded.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n") for message in second.messages] == [
        True,
        False,
    ]
    assert len(second.messages[1].raw) == 196_608 < second.messages[1].size
    assert not list((dovecot.inbox / "cur").glob("*,S*")), "nothing is marked as read"

    dovecot.deliver(recorded, ".&BB4EQgQ3BEsEMgRL-")
    other = look(MailRequest("shop.example", "sklep", SECRET, dovecot.tls, folder="Отзывы"))
    assert isinstance(other, MailAnswer)
    assert len(other.messages) == 1
    missing = look(MailRequest("shop.example", "sklep", SECRET, dovecot.tls, folder="Opinie"))
    assert isinstance(missing, Problem)
    assert missing.code == "mail.no_folder"
    assert "Отзывы" in str(missing.args["folders"])

    starttls = look(MailRequest("shop.example", "sklep", SECRET, dovecot.plain, starttls=True))
    assert isinstance(starttls, MailAnswer)
    assert len(starttls.messages) == 3
    assert look(MailRequest("shop.example", "sklep", "zgadywane", dovecot.tls)) == Problem(
        "mail.denied", {"host": "shop.example"}
    )
    assert look(MailRequest("shop.example", "sklep", SECRET, dovecot.plain)) == Problem(
        "net.tls", {"host": "shop.example", "why": "plain"}
    )


SYSTEM_PYTHON = "/usr/bin/python3"
SINK = Path(__file__).resolve().parents[1] / "servers" / "smtp_sink.py"
CUSTOMER = b"""From: Anna Nowak <anna@lab.example>\r
To: biuro@shop.example\r
Subject: =?utf-8?q?Reklamacja_zam=C3=B3wienia?=\r
Message-ID: <a1.17@lab.example>\r
Date: Sat, 21 Nov 2026 18:44:07 +0000\r
\r
Kawa przyszla rozsypana.\r
"""


def _has_sink() -> bool:
    known = Path(SYSTEM_PYTHON).exists() and subprocess.run(
        [SYSTEM_PYTHON, "-c", "import aiosmtpd"], check=False, stderr=subprocess.DEVNULL
    )
    return bool(known) and known.returncode == 0


def _told(net: PoliteNet, steps: Any) -> Any:
    """Let a source speak with the real servers."""
    try:
        request = next(steps)
        while True:
            call = net.send_mail if isinstance(request, PostRequest) else net.fetch_mail
            said = call(request, allow_private=True)
            assert isinstance(said, MailAnswer | Posted), said
            request = steps.send(said)
    except StopIteration as stop:
        return stop.value


@pytest.fixture
def sink(dovecot: Dovecot) -> Iterator[int]:
    """Return the port of a server that sends, into the mailbox that Dovecot shows."""
    if not _has_sink():
        pytest.skip("needs aiosmtpd in the system's Python")
    port, owner = _free_port(), str(pwd.getpwnam("mail").pw_uid)
    command = [SYSTEM_PYTHON, str(SINK), str(port), str(CERTIFICATES / "shop.pem"), str(dovecot.inbox), "sklep", SECRET]
    process = subprocess.Popen([*command, owner], stderr=subprocess.DEVNULL)
    try:
        until = time.monotonic() + 60
        while True:
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                assert time.monotonic() < until
                time.sleep(0.1)
        yield port
    finally:
        process.terminate()
        process.wait(60)


def test_an_answer_by_mail(dovecot: Dovecot, sink: int, build: Callable[..., PoliteNet]) -> None:
    net = build(ca_file=str(CERTIFICATES / "ca.pem"))
    dovecot.deliver(CUSTOMER)
    settings = {
        "user": "sklep", "server": f"shop.example:{dovecot.tls}", "own": "biuro@shop.example", "name": "Żółty sklep",
        "answers": ANSWER, "outgoing": f"shop.example:{sink}",
    }  # fmt: skip
    watch, secrets, now = Watch("w", "Poczta", "mailbox", settings=settings), {"password": SECRET}, time.time()
    reading = _told(net, SOURCE.poll(Poll(watch, now, secrets=secrets, first=True)))
    mention: Mention = next(one for one in reading.mentions if one.handle == "anna@lab.example")
    assert SOURCE.why_no_answer(watch, mention, secrets) is None
    answer = Answer("r-1", "Przepraszamy!\n.\nWyślemy nową.", mention, watch, now + 900, now, secrets=secrets)
    assert _told(net, SOURCE.look(answer)) == Standing()
    sent = _told(net, SOURCE.answer(answer))
    assert isinstance(sent, Sent)
    assert sent.problem is None
    found = _told(net, SOURCE.look(answer))
    assert (found.stands, found.where) == (True, sent.where)
    reading = _told(net, SOURCE.poll(Poll(watch, now, reading.bookmark, secrets)))
    assert reading.mentions == (), "the copy of our own letter is no mention"
    ours = [path for path in dovecot.inbox.glob("[cn][ue][rw]/*") if sent.where.encode() in path.read_bytes()]
    assert len(ours) == 2, "one for the customer, one for us, since here all letters end in one mailbox"
    assert b"In-Reply-To: <a1.17@lab.example>" in ours[0].read_bytes()
    assert [line.rstrip(b"\r") for line in ours[0].read_bytes().splitlines()][-3:] == [
        b"Przepraszamy!", b"=2E", b"Wy=C5=9Blemy now=C4=85."
    ]  # fmt: skip

    for path in ours:
        path.unlink()
    dovecot.deliver(
        b"From: x@shop.example\r\nMessage-ID: <h@x>\r\nIn-Reply-To: <a1.17@lab.example>\r\n\r\nPo naszemu",
        ".Verschickt",
    )
    assert _told(net, SOURCE.look(answer)).where == "h@x", "written in a mail program, in the folder marked so"
    request = next(SOURCE.answer(answer))
    assert isinstance(request, PostRequest)
    refused = net.send_mail(replace(request, password="zgadywane"), allow_private=True)
    assert refused == Problem("mail.denied", {"host": "shop.example"})
