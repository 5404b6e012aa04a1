"""Answers by e-mail: the letter, whom it may go to, and finding it again."""

from __future__ import annotations

import email
import email.policy
import random
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sources.place import NOW
from sources.replying import BEGUN, Counter, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Sent, Standing
from app.core.ports.mail import MailAnswer, MailMessage, MailRequest, Posted, PostRequest
from app.core.ports.source import Poll
from app.core.problems import Problem
from app.core.watch import Watch
from app.sources.catalog.mailbox import ANSWER, LISTEN, SOURCE
from app.sources.mail.answers import Sender, letter_of
from app.sources.mail.servers import outgoing_of

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "mailbox"
SECRETS = {"password": "tajne hasło"}
SETTINGS = {
    "user": "biuro@kawaraj.example", "answers": ANSWER, "name": "Kawa Raj – żółta", "own": "szef@kawaraj.example"
}  # fmt: skip
MENTION = Mention(
    "mailbox", "c3@lab.example", title="Odp: RE: Reklamacja zamówienia 4711", text="Kawa zimna", author="Anna",
    handle="anna@lab.example", parent="b2@kawaraj.example", thread="a1@lab.example",
)  # fmt: skip


def reply(mention: Mention = MENTION, text: str = "Dzień dobry,\n\nprzepraszamy!\n.\nFrom tu", **more: Any) -> Any:
    return reply_to(mention, text, settings=SETTINGS, secrets=SECRETS, **more)


def read(raw: bytes) -> Any:
    assert raw.isascii()
    assert all(len(line) < 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    return email.message_from_bytes(raw, policy=email.policy.default)


def test_a_letter() -> None:
    place = Counter(lambda _: Posted())
    sent = place.send(SOURCE, reply())
    (request,) = place.asked
    assert isinstance(request, PostRequest)
    assert (request.host, request.port, request.starttls) == ("smtp.kawaraj.example", 465, False)
    assert (request.sender, request.recipients) == (
        "biuro@kawaraj.example", ("anna@lab.example", "biuro@kawaraj.example")
    )  # fmt: skip
    assert SECRETS["password"] not in repr(request)
    letter = read(request.raw)
    assert letter["From"] == "Kawa Raj – żółta <biuro@kawaraj.example>"
    assert letter["To"] == "anna@lab.example"
    assert letter["Subject"] == "Re: Reklamacja zamówienia 4711"
    assert letter["In-Reply-To"] == "<c3@lab.example>"
    assert letter["References"].split() == ["<a1@lab.example>", "<b2@kawaraj.example>", "<c3@lab.example>"]
    assert letter["Date"].datetime.timestamp() == NOW
    assert letter.get_content_type() == "text/plain"
    assert letter.get_content().replace("\r\n", "\n") == "Dzień dobry,\n\nprzepraszamy!\n.\nFrom tu\n"
    assert sent == Sent(letter["Message-ID"].strip("<>"))
    assert letter["Message-ID"].endswith("@kawaraj.example>")
    again = place.send(SOURCE, reply(now=NOW + 900, text="inaczej"))
    other = place.send(SOURCE, reply(id="r-18"))
    assert again == sent != other, "every try has the same Message-ID"


def test_letters_of_all_samples_are_sound() -> None:
    watch = Watch("w1", "Poczta", "mailbox", settings=SETTINGS)
    answered = 0
    for path in SAMPLES.glob("*.eml"):
        steps = SOURCE.poll(Poll(watch, NOW, secrets=SECRETS))
        next(steps)
        with pytest.raises(StopIteration) as stop:
            steps.send(MailAnswer(7, 9, (MailMessage(9, 1, path.read_bytes(), NOW),)))
        for mention in stop.value.value.mentions:
            if SOURCE.why_no_answer(watch, mention, SECRETS) is None:
                answered += 1
                letter = read(letter_of(reply(mention), Sender("Kawa Raj", "biuro@kawaraj.example")))
                assert letter["To"] == mention.handle
                assert letter["In-Reply-To"] == f"<{mention.key}>"
            else:
                assert mention.site or "@" in mention.handle
    assert answered >= 8


def test_nothing_gets_into_the_head() -> None:
    chance = random.Random(5)
    parts = [
        "\r\nBcc: x@y.example",
        "\n",
        "\r",
        "=?utf-8?q?=0ABcc:_x?=",
        "a" * 300,
        "ż" * 200,
        "<",
        ">",
        '"',
        "\\",
        ",",
        "\ud800",
        " ",
        "\x00",
        "\u2028",
        "😠",
    ]
    for _ in range(300):
        text = "".join(chance.choice(parts) for _ in range(6))
        made = replace(MENTION, title=text, key=text + "@x", parent=text, thread=text)
        raw = letter_of(reply(made, text or "x"), Sender(text, "biuro@kawaraj.example"))
        letter = email.message_from_bytes(raw, policy=email.policy.compat32)
        known = {"From", "To", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "MIME-Version"}
        assert set(letter.keys()) <= known | {"Content-Type", "Content-Transfer-Encoding"}
        assert raw.isascii()
        assert len([line for line in raw.split(b"\r\n") if len(line) > 998]) == 0


@pytest.mark.parametrize(
    ("title", "subject"),
    [("", "Re:"), ("re: Re[2]: ODP: x", "Re: x"), ("Report", "Re: Report"), ("Ответ: Жалоба", "Re: Жалоба")],
)  # fmt: skip
def test_subjects(title: str, subject: str) -> None:
    assert read(letter_of(reply(replace(MENTION, title=title)), Sender("", "a@b.example")))["Subject"] == subject


def test_a_letter_without_an_id_has_nothing_to_be_tied_to() -> None:
    letter = read(letter_of(reply(replace(MENTION, key="mail:0a1b", parent="", thread="")), Sender("", "a@b.example")))
    assert (letter["In-Reply-To"], letter["References"], letter["From"]) == (None, None, "a@b.example")


def why(mention: Mention = MENTION, secrets: Any = SECRETS, **settings: str) -> str:
    watch = Watch("w1", "Poczta", "mailbox", settings={**SETTINGS, **settings})
    problem = SOURCE.why_no_answer(watch, mention, secrets)
    return problem.code if problem else ""


def test_who_is_not_answered_by_mail() -> None:
    assert why() == ""
    assert why(answers=LISTEN) == why(answers="") == "sources.mail_only_listens"
    assert why(secrets={}) == "sources.no_mail_password"
    assert why(user="kawaraj", own="", server="imap.x.example") == "sources.no_sender_address"
    assert why(user="kawaraj", own="ż@x.example, b@x.example", server="imap.x.example") == ""
    assert why(outgoing="a b") == "sources.bad_outgoing_server"
    assert why(replace(MENTION, site="google.com", url="https://business.google.com/x")) == "sources.answer_at_site"
    assert why(replace(MENTION, handle="powiadomienia@allegro.pl")) == "sources.answer_at_site"
    assert why(replace(MENTION, handle="x1+y2@allegromail.pl")) == "", "passes letters on to the buyer"
    for handle in ("", "noreply@x.example", "anna", "żaneta@x.example", "a@b.example\r\nx"):
        assert why(replace(MENTION, handle=handle)) == "sources.no_answer_address", handle
        outcome = Counter(lambda _: Posted()).send(SOURCE, reply(replace(MENTION, handle=handle)))
        assert isinstance(outcome, Sent)
        assert outcome.problem == Problem("sources.no_answer_address")
    assert why(replace(MENTION, handle="anna@żółty.example")) == ""
    assert SOURCE.answers_in_private
    assert SOURCE.own_accounts(Watch("w", "x", "mailbox", settings=SETTINGS)) == (
        "biuro@kawaraj.example",
        "szef@kawaraj.example",
    )
    assert SOURCE.longest_answer(Watch("w", "x", "mailbox"), MENTION) is None


@pytest.mark.parametrize(
    ("settings", "server", "port", "starttls"),
    [
        ({"user": "a@gmail.com"}, "smtp.gmail.com", 465, False),
        ({"user": "a@icloud.com"}, "smtp.mail.me.com", 587, True),
        ({"user": "a@o2.pl"}, "poczta.o2.pl", 465, False),
        ({"user": "a@x.example", "server": "mail.x.example:1993"}, "mail.x.example", 465, False),
        ({"user": "a@x.example", "outgoing": "smtp://Out.x.example:2525"}, "out.x.example", 2525, False),
        ({"user": "a@x.example", "outgoing_security": "STARTTLS"}, "smtp.x.example", 587, True),
    ],
)
def test_servers_for_outgoing_mail(settings: dict[str, str], server: str, port: int, starttls: bool) -> None:
    settings = {"answers": ANSWER, **settings}
    tidied = SOURCE.tidy(settings)
    assert SOURCE.tidy(tidied) == tidied
    place = Counter(lambda _: Posted())
    place.send(SOURCE, reply_to(MENTION, settings=tidied, secrets=SECRETS))
    request = place.asked[0]
    assert (request.host, request.port, request.starttls) == (server, port, starttls)
    assert outgoing_of("[::1]") == "[::1]"


def test_a_copy_that_was_refused_is_told_and_the_letter_was_sent_all_the_same() -> None:
    sent = Counter(lambda _: Posted(("biuro@kawaraj.example",))).send(SOURCE, reply())
    assert isinstance(sent, Sent)
    assert sent.problem is None
    assert sent.where
    assert sent.beside == Problem("mail.no_copy", {"host": "smtp.kawaraj.example"})
    whole = Counter(lambda _: Posted()).send(SOURCE, reply())
    assert isinstance(whole, Sent)
    assert whole.beside is None


OURS = b"From: biuro@kawaraj.example\r\nMessage-ID: <%s>\r\nDate: Sun, 22 Nov 2026 10:00:00 +0000\r\n\r\nx"
BY_HAND = b"From: %s\r\nMessage-ID: <h@x>\r\nIn-Reply-To: <c3@lab.example>\r\nDate: %s\r\n\r\nx"
LATELY, BEFORE = b"Sun, 22 Nov 2026 22:00:00 +0000", b"Sat, 21 Nov 2026 10:00:00 +0000"


def box(**folders: bytes) -> Counter:
    def serve(request: MailRequest) -> MailAnswer:
        raw = folders.get("Sent" if request.sent else request.folder, b"")
        return MailAnswer(7, 0, (MailMessage(1, len(raw), raw, NOW),) if raw else ())

    return Counter(serve)


def test_finding_it_again() -> None:
    sent = Counter(lambda _: Posted()).send(SOURCE, reply())
    assert isinstance(sent, Sent)
    for folder in ("Sent", "INBOX", "Opinie"):
        place = box(**{folder: OURS % sent.where.encode()})
        found = place.look(SOURCE, reply_to(MENTION, settings={**SETTINGS, "folder": "Opinie"}, secrets=SECRETS))
        assert isinstance(found, Standing)
        assert (found.stands, found.where) == (True, sent.where)
        assert all(one.since == BEGUN and one.finding for one in place.asked)
    assert [one.folder for one in place.asked] == ["", "INBOX", "Opinie"]
    assert box(INBOX=OURS % b"other@x").look(SOURCE, reply()) == Standing()


BACK = (
    b"From: MAILER-DAEMON@mx.example\r\nContent-Type: multipart/report; report-type=delivery-status; boundary=b\r\n\r\n"
    b"--b\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx.example\r\n\r\n"
    b"Final-Recipient: rfc822; anna@lab.example\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n"
    b"--b\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <%s>\r\n\r\n--b--\r\n"
)


def test_one_that_came_back_is_no_reply_though_its_copy_is_there() -> None:
    sent = Counter(lambda _: Posted()).send(SOURCE, reply())
    assert isinstance(sent, Sent)
    mine = sent.where.encode()

    def look(*, taken: float, arrived: float, letter: bytes = mine, where: str = sent.where) -> Any:
        def serve(request: MailRequest) -> MailAnswer:
            report = request.finding[0][0] == "Content-Type"
            raw = (BACK % letter) if report else OURS % mine
            shown = request.folder == "INBOX" if report else request.sent
            return MailAnswer(7, 0, (MailMessage(1, len(raw), raw, arrived),) if shown else ())

        return Counter(serve).look(SOURCE, reply(where=where, taken=taken))

    came = Standing(refused=Problem("mail.returned", {"status": "5.1.1"}))
    assert look(taken=NOW - 600, arrived=NOW - 590) == came
    assert look(taken=NOW - 600, arrived=NOW - 650) == came, "the server's clock may be slow"
    assert look(taken=NOW - 600, arrived=NOW - 1800).stands, "that was an earlier try"
    assert look(taken=NOW - 600, arrived=NOW - 590, letter=b"other@kawaraj.example").stands
    assert look(taken=0.0, arrived=NOW, where="").stands, "one posted by hand cannot be told by its id"


def test_one_written_in_a_mail_program() -> None:
    for folder, author, date, stands in (
        ("Sent", b"Ktos <alias@kawaraj.example>", LATELY, True),
        ("INBOX", b"Szef <SZEF@kawaraj.example>", LATELY, True),
        ("INBOX", b"Anna <anna@lab.example>", LATELY, False),
        ("Sent", b"biuro@kawaraj.example", BEFORE, False),
    ):
        found = box(**{folder: BY_HAND % (author, date)}).look(SOURCE, reply())
        assert isinstance(found, Standing)
        assert found.stands is stands, (folder, author)


def test_a_copy_takes_its_time() -> None:
    early = box().look(SOURCE, reply(now=BEGUN + 60))
    assert isinstance(early, Standing)
    assert early.problem == Problem("mail.not_seen_yet", retry_at=BEGUN + 600)
    nobody = Counter(lambda _: MailAnswer(7, 0)).look(SOURCE, reply_to(MENTION, settings=SETTINGS))
    assert isinstance(nobody, Standing)
    assert nobody.problem
    assert nobody.problem.code == "sources.no_mail_password"
