"""The mailbox source: looks asked for, letters and reviews heard, the bookmark, and settings."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from app.core.mention import LONGEST_TEXT, Mention
from app.core.ports.mail import MailAnswer, MailMessage, MailRequest
from app.core.ports.source import Poll, Reading
from app.core.watch import Watch
from app.sources.catalog.mailbox import REVIEWS, SOURCE

SAMPLES = Path(__file__).resolve().parents[2] / "samples" / "mailbox"
EXPECTED: dict[str, dict[str, Any] | None] = json.loads((SAMPLES / "expected.json").read_text(encoding="utf-8"))
NOW = 1_795_300_000.0
ARRIVED = 1_795_286_647.0
DAY = 86_400.0
SECRET = "tajne hasło"
SETTINGS = {"user": "biuro@kawaraj.example", "server": "imap.kawaraj.example"}
KNOWN = {"validity": "7", "uid": "41", "looked": str(int(NOW - 3_600))}


def begun(settings: Mapping[str, str] | None = None, **more: Any) -> tuple[Any, MailRequest]:
    watch = Watch("w1", "Poczta", "mailbox", settings={**SETTINGS, **(settings or {})})
    steps = SOURCE.poll(Poll(watch, NOW, secrets={"password": SECRET}, **more))
    return steps, next(steps)


def heard(*raws: bytes, settings: Mapping[str, str] | None = None, more: bool = False) -> Reading:
    steps, _ = begun(settings, bookmark=KNOWN)
    messages = tuple(MailMessage(42 + n, len(raw), raw, ARRIVED + n) for n, raw in enumerate(raws))
    with pytest.raises(StopIteration) as stop:
        steps.send(MailAnswer(7, 41 + len(raws), messages, more))
    reading = stop.value.value
    assert isinstance(reading, Reading)
    return reading


def one(raw: bytes | str) -> Mention:
    (mention,) = heard(raw.encode() if isinstance(raw, str) else raw).mentions
    return mention


def test_there_is_an_expectation_for_every_sample() -> None:
    assert {path.stem for path in SAMPLES.glob("*.eml")} == set(EXPECTED)


@pytest.mark.parametrize("name", list(EXPECTED))
def test_samples(name: str) -> None:
    mentions = heard((SAMPLES / f"{name}.eml").read_bytes()).mentions
    expected = EXPECTED[name]
    if expected is None:
        assert mentions == ()
        return
    assert mentions == (Mention("mailbox", **expected),)


def test_a_first_look_asks_for_a_week() -> None:
    _, request = begun(first=True)
    assert (request.host, request.port, request.starttls, request.folder) == (
        "imap.kawaraj.example", 993, False, "INBOX"
    )  # fmt: skip
    assert (request.validity, request.since, request.most, request.newest) == (0, NOW - 7 * DAY, 100, True)
    assert request.password == SECRET
    assert SECRET not in repr(request)


def test_a_later_look_goes_on_where_the_last_one_ended() -> None:
    _, request = begun(bookmark=KNOWN)
    assert (request.validity, request.after, request.newest) == (7, 41, False)
    assert request.since == NOW - 3_600 - DAY, "should the folder be numbered anew: by date, with a day to spare"


@pytest.mark.parametrize("bookmark", [{}, {"blocked": "ab"}, {"validity": "x", "uid": "-3"}, {"validity": "9" * 50}])
def test_a_bookmark_that_is_gone_looks_back_again(bookmark: dict[str, str]) -> None:
    _, request = begun(bookmark=bookmark)
    assert request.after == 0
    assert request.validity == 0


def test_the_bookmark() -> None:
    reading = heard(b"From: a@b.example\r\n\r\nx")
    assert reading.bookmark == {"validity": "7", "uid": "42", "looked": str(int(NOW))}
    assert reading.title == "biuro@kawaraj.example"
    held_up = heard(b"From: a@b.example\r\n\r\nx", more=True)
    assert held_up.bookmark["looked"] == str(int(ARRIVED)), "what is still to come arrived after that"
    nothing = heard(more=True)
    assert nothing.bookmark["looked"] == KNOWN["looked"]


def test_without_a_password_nothing_is_asked() -> None:
    steps = SOURCE.poll(Poll(Watch("w1", "x", "mailbox", settings=SETTINGS), NOW))
    with pytest.raises(StopIteration) as stop:
        next(steps)
    assert stop.value.value.problem.code == "sources.no_mail_password"


def test_reviews_only() -> None:
    raws = [(SAMPLES / f"{name}.eml").read_bytes() for name in ("customer-pl", "google-en", "forged-review")]
    assert [mention.site for mention in heard(*raws, settings={"wanted": REVIEWS}).mentions] == ["google.com"]


def test_the_same_message_twice_is_one() -> None:
    raw = (SAMPLES / "customer-pl.eml").read_bytes()
    assert len(heard(raw, raw).mentions) == 1


def test_a_letter_without_an_id_keeps_its_key() -> None:
    raw = "From: Anna <anna@b.example>\r\nDate: Sat, 21 Nov 2026 18:44:07 +0100\r\nSubject: x\r\n\r\n{}"
    first, again, other = one(raw.format("a")), one(raw.format("a")), one(raw.format("b"))
    assert first.key == again.key != other.key
    assert first.key.startswith("mail:")


def test_our_own_other_addresses() -> None:
    raw = b"From: Szef <SZEF@kawaraj.example>\r\nSubject: x\r\n\r\ny"
    assert heard(raw).mentions
    assert heard(raw, settings={"own": "szef@kawaraj.example; inny@kawaraj.example"}).mentions == ()


@pytest.mark.parametrize(
    ("head", "author"),
    [
        ("From: KawaRaj <biuro@kawaraj.example>\r\nReply-To: Ewa <ewa@b.example>", "ewa@b.example"),
        ("From: Sklep <noreply@kawaraj.example>\r\nReply-To: ewa@b.example", "ewa@b.example"),
        ("From: Sklep <noreply@kawaraj.example>\r\nReply-To: noreply@kawaraj.example", "noreply@kawaraj.example"),
    ],
)
def test_who_wrote_a_form(head: str, author: str) -> None:
    assert one(f"{head}\r\nSubject: Formularz\r\n\r\nZimna kawa").handle == author


@pytest.mark.parametrize(
    ("head", "answer_to"),
    [
        ("Reply-To: Ewa <ewa@c.example>", "ewa@c.example"),
        ("Reply-To: <noreply@b.example>", "anna@b.example"),
        ("Reply-To: BIURO@kawaraj.example", "anna@b.example"),
        ("Reply-To: a@c.example, d@c.example", "anna@b.example"),
        ("Reply-To: group@lists.example\r\nList-Post: <mailto:group@lists.example>", "anna@b.example"),
    ],
)
def test_where_an_answer_goes(head: str, answer_to: str) -> None:
    mention = one(f"From: Anna <anna@b.example>\r\n{head}\r\nSubject: x\r\n\r\nZimna kawa")
    assert (mention.author, mention.handle) == ("Anna", answer_to)


def test_a_neighbour_at_a_large_provider_is_no_form_of_ours() -> None:
    raw = b"From: X <x@gmail.com>\r\nReply-To: Ewa <ewa@b.example>\r\nSubject: x\r\n\r\ny"
    (mention,) = heard(raw, settings={"user": "kawaraj@gmail.com", "server": ""}).mentions
    assert (mention.author, mention.handle) == ("X", "ewa@b.example")


@pytest.mark.parametrize(
    "subject",
    [
        "Anna Nowak commented on your post",
        "Dyskusja - anna_k zgłosił problem z zamówieniem",
        "Новое сообщение от клиента",
    ],
)
def test_notices_of_what_somebody_said_are_heard(subject: str) -> None:
    head = f"From: Allegro <powiadomienia@allegro.pl>\r\nSubject: {subject}\r\nList-Unsubscribe: <x>\r\nAuto-Submitted: auto-generated"
    mention = one(f"{head}\r\n\r\nPaczka nie doszła")
    assert (mention.site, mention.stars, mention.text) == ("", None, "Paczka nie doszła")


def test_no_input_is_too_bad() -> None:
    chance = random.Random(7)
    samples = [path.read_bytes() for path in SAMPLES.glob("*.eml")]
    bits = (
        b"\r\n\r\n",
        b"--",
        b"<a href=",
        b"=?koi8-r?B?",
        b"\0",
        b"\xff\xfe",
        b"=\r\n",
        b"boundary=",
        b"\r\n ",
        "★".encode(),
    )
    for _ in range(1_500):
        raw = bytearray(chance.choice(samples))
        for _ in range(chance.randint(1, 10)):
            at = chance.randrange(len(raw) + 1)
            act = chance.randrange(4)
            if act == 0:
                del raw[at : at + chance.randint(1, 80)]
            elif act == 1:
                raw[at:at] = chance.randbytes(chance.randint(1, 10))
            elif act == 2:
                raw[at:at] = chance.choice(bits)
            else:
                del raw[at:]
        for mention in heard(bytes(raw)).mentions:
            assert mention.key
            assert len(mention.text) <= LONGEST_TEXT
            assert mention.stars is None or 1 <= mention.stars <= 5
            assert mention.url == "" or mention.url.startswith(("http://", "https://"))
            repr(mention).encode("utf-8")


@pytest.mark.parametrize(
    ("typed", "server", "security"),
    [
        ({"user": "kawaraj@gmail.com"}, "imap.gmail.com", "TLS"),
        ({"user": "sklep@wp.pl"}, "imap.wp.pl", "TLS"),
        ({"user": "biuro@KawaRaj.example"}, "imap.kawaraj.example", "TLS"),
        ({"user": "jan", "server": " imaps://Imap.Host.example/ "}, "imap.host.example", "TLS"),
        ({"user": "jan", "server": "h.example:143"}, "h.example:143", "STARTTLS"),
        ({"user": "jan", "server": "h.example:1143", "security": "STARTTLS"}, "h.example:1143", "STARTTLS"),
    ],
)
def test_tidied(typed: dict[str, str], server: str, security: str) -> None:
    kept = SOURCE.tidy(typed)
    assert (kept["server"], kept["security"]) == (server, security)
    assert SOURCE.tidy(kept) == kept
    assert SOURCE.check(typed) is None


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ({}, "sources.no_mail_user"),
        ({"user": "jan"}, "sources.no_mail_server"),
        ({"user": "jan", "server": "a b"}, "sources.bad_mail_server"),
        ({"user": "jan", "server": "h.example:99999"}, "sources.bad_mail_server"),
        ({"user": "jan", "server": "jan:haslo@h.example"}, "sources.bad_mail_server"),
        ({"user": "jan\r\nA1 X", "server": "h.example"}, "sources.bad_mail_server"),
        ({"user": "sklep@outlook.com"}, "sources.mail_tokens_only"),
        ({"user": "a@b.example", "own": "szef"}, "sources.bad_own_address"),
    ],
)
def test_checked(typed: dict[str, str], code: str) -> None:
    problem = SOURCE.check(typed)
    assert problem is not None
    assert problem.code == code


def test_places() -> None:
    place = SOURCE.place({"user": "Biuro@gmail.com"})
    assert place == SOURCE.place({"user": "biuro@gmail.com", "server": "imap.gmail.com:993", "folder": "inbox"})
    assert place == "imap.gmail.com/biuro@gmail.com/INBOX"
    assert place != SOURCE.place({"user": "biuro@gmail.com", "folder": "Opinie"})
