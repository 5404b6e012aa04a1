"""A mail server (Dovecot, and a sink for what is sent): letters heard over IMAP and answered over SMTP."""

from __future__ import annotations

import contextlib
import email
import email.policy
import mailbox
import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from real.check import Checks
from real.ground import MissingError, environment_with, free_port, install, is_open, run, started, wait_until
from real.shopkeeper import Shopkeeper

SINK = Path(__file__).with_name("smtp_sink.py")
PASSWORD = "sekret-1234"

CONFIG = """
base_dir = {folder}/run
state_dir = {folder}/state
log_path = {folder}/dovecot.log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <{folder}/server.pem
ssl_key = <{folder}/server.pem
mail_location = maildir:{folder}/mail/%n
mail_uid = mail
mail_gid = mail
first_valid_uid = 1
default_internal_user = mail
default_login_user = nobody
default_internal_group = mail
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid=mail gid=mail home={folder}/mail/%n
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    port = {port}
    ssl = yes
  }}
}}
"""


@dataclass(frozen=True, slots=True)
class Post:
    """A running post office; `imap` and `smtp` are ports, `folder` holds the mailboxes and «ca.pem»."""

    folder: Path
    imap: int
    smtp: int

    def write(self, who: str, subject: str, text: str) -> None:
        """Deliver a customer's letter to the shop."""
        letter = EmailMessage()
        letter["From"], letter["To"], letter["Subject"] = who, "Kawa Raj <sklep@lab.test>", subject
        letter["Date"] = format_datetime(datetime.now(UTC))
        letter["Message-ID"] = f"<{subject.encode().hex()[:20]}@klient.test>"
        letter.set_content(text)
        place = self.folder / "mail" / "sklep"
        mailbox.Maildir(place).add(letter.as_bytes())
        run(["chown", "-R", "mail:mail", place])

    def letters(self, name: str) -> list[EmailMessage]:
        """Return what lies in a mailbox."""
        box = mailbox.Maildir(self.folder / "mail" / name, factory=None)
        found = [email.message_from_bytes(box.get_bytes(key), policy=email.policy.default) for key in box.iterkeys()]
        return [letter for letter in found if isinstance(letter, EmailMessage)]


@contextlib.contextmanager
def post(folder: Path) -> Iterator[Post]:
    """Run both servers for as long as the block lasts. Dovecot wants to be started by root."""
    if os.getuid():
        raise MissingError("Dovecot is started by root only: run it as root")
    install("dovecot-imapd", "openssl")
    _certificates(folder)
    here = Post(folder, free_port(), free_port())
    for name in ("sklep", "anna"):
        mailbox.Maildir(folder / "mail" / name).close() if (folder / "mail").is_dir() else (folder / "mail").mkdir()
        mailbox.Maildir(folder / "mail" / name).close()
    run(["chown", "-R", "mail:mail", folder / "mail"])
    (folder / "dovecot.conf").write_text(CONFIG.format(folder=folder, port=here.imap, password=PASSWORD), "utf-8")
    python = environment_with("mail", "aiosmtpd==1.4.6") / "python"
    sink = [python, SINK, here.smtp, folder / "server.pem", folder / "mail", "sklep@lab.test", PASSWORD]
    dovecot = [shutil.which("dovecot") or "/usr/sbin/dovecot", "-F", "-c", folder / "dovecot.conf"]
    with started(dovecot, folder / "log"), started(sink, folder / "sink.log"):
        wait_until(lambda: is_open(here.imap) and is_open(here.smtp), "the mail servers")
        yield here


def _certificates(folder: Path) -> None:
    """Make an authority that the program is told to trust, and a certificate of «localhost» that it signed."""
    say = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-keyout", folder / "ca.key",
           "-out", folder / "ca.pem", "-subj", "/CN=Lab"]  # fmt: skip
    run(say)
    run(["openssl", "req", "-newkey", "rsa:2048", "-nodes", "-keyout", folder / "key.pem", "-out", folder / "ask.pem",
         "-subj", "/CN=localhost"])  # fmt: skip
    (folder / "names").write_text("subjectAltName=DNS:localhost\n", "utf-8")
    run(["openssl", "x509", "-req", "-in", folder / "ask.pem", "-CA", folder / "ca.pem", "-CAkey", folder / "ca.key",
         "-CAcreateserial", "-days", "2", "-extfile", folder / "names", "-out", folder / "cert.pem"])  # fmt: skip
    both = (folder / "cert.pem").read_bytes() + (folder / "key.pem").read_bytes()
    (folder / "server.pem").write_bytes(both)


def check(folder: Path, checks: Checks) -> None:
    """Write to the shop as customers, answer by letter, and find the answer in the customer's mailbox."""
    with post(folder) as office:
        checks("started", true=True)
        office.write(
            "Anna Kowalska <anna@lab.test>",
            "Reklamacja zamówienia 17",
            "Paczka przyszła rozbita i nikt nie odpisuje. Żądam zwrotu pieniędzy!",
        )
        office.write("Piotr <piotr@lab.test>", "Dziękuję", "Wspaniała kawa, bardzo dziękuję i polecam wszystkim!")
        settings = {
            "user": "sklep@lab.test", "server": f"localhost:{office.imap}", "security": "TLS", "answers": "Answer by e-mail as well",
            "outgoing": f"localhost:{office.smtp}", "outgoing_security": "TLS", "name": "Kawa Raj",
        }  # fmt: skip
        keeper = Shopkeeper(folder / "shop", folder / "ca.pem")
        wrong = keeper.watch("mailbox", "Zła", settings, {"password": "wrong"}, ("--own", "--secrets-in-file"))
        checks("wrong password told", wrong.code != 0 and "password" in wrong.err, wrong.err.strip()[:150])
        keeper = Shopkeeper(folder / "shop", folder / "ca.pem")
        added = keeper.watch("mailbox", "Poczta", settings, {"password": PASSWORD}, ("--own", "--secrets-in-file"))
        checks("watch added", added.code == 0, added.err.strip())
        rows = keeper.poll().rows
        kinds = {row["author"]: row["kind"] for row in rows}
        checks(
            "complaint and praise heard within one poll",
            kinds == {"Anna Kowalska": "complaint", "Piotr": "praise"},
            kinds,
        )
        checks("nothing heard twice", not keeper.poll().rows)
        mention = next((int(row["id"]) for row in rows if row["author"] == "Anna Kowalska"), 0)
        _answer(keeper, office, mention, checks)


def _answer(keeper: Shopkeeper, office: Post, mention: int, checks: Checks) -> None:
    reply = "Dzień dobry Pani Anno,\n\nprzepraszamy, zwrot wysłaliśmy dziś.\n\nKawa Raj"
    sent = keeper.say("reply", "send", str(mention), reply)
    keeper.poll()
    checks("answered by letter", keeper.stand(mention) in {"sent", "seen"}, sent.err.strip() or keeper.stand(mention))
    keeper.poll()
    checks("the answer is seen on the next poll", keeper.stand(mention) == "seen", keeper.stand(mention))
    letters = office.letters("anna")
    checks("the customer has it once", len(letters) == 1, len(letters))
    if letters:
        letter = letters[0]
        asked = f"<{'Reklamacja zamówienia 17'.encode().hex()[:20]}@klient.test>"
        checks(
            "under her letter, readable",
            letter["In-Reply-To"] == asked
            and letter["Subject"] == "Re: Reklamacja zamówienia 17"
            and "zwrot wysłaliśmy dziś" in letter.get_content(),
            (letter["In-Reply-To"], letter["Subject"]),
        )
