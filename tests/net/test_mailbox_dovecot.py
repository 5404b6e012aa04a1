"""Against Dovecot, where it is installed: what a real server says and how it numbers."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from app.core.ports.mail import MailAnswer, MailRequest
from app.core.problems import Problem
from app.net.client import PoliteNet

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
        until = time.monotonic() + 20
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
        process.wait(20)


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
        "net.tls", {"host": "shop.example", "why": "other"}
    )
