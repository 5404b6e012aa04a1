"""What may be believed of a mail that says it is from a review site, and how its parts are told from each other."""

from __future__ import annotations

import pytest

from app.core.ports.mail import MailMessage
from app.sources.mail.letter import read_letter
from app.sources.mail.mime import read_message
from app.sources.mail.places import place_of
from app.sources.mail.proof import Proof, proof
from app.sources.mail.review import Review, read_review

GOOGLE = "businessprofile-noreply@google.com"


def review(
    body: str,
    *,
    sender: str = GOOGLE,
    subject: str = "Anna left a review for KawaRaj",
    head: str = "",
    html: bool = False,
) -> Review | None:
    kind = "html" if html else "plain"
    raw = f"{head}From: <{sender}>\r\nSubject: {subject}\r\nContent-Type: text/{kind}; charset=utf-8\r\n\r\n{body}".encode()
    return read_review(read_letter(MailMessage(1, len(raw), raw), frozenset(), 1_795_300_000.0))


@pytest.mark.parametrize(
    ("results", "verdict"),
    [
        ("mx.a; dkim=pass header.d=google.com", Proof.PASSED),
        ("mx.a; dkim=pass (2048) header.i=@google.com; spf=fail smtp.mailfrom=x.y", Proof.PASSED),
        ("mx.a; dmarc=pass (p=NONE) header.from=google.com", Proof.PASSED),
        ("mx.a; spf=pass smtp.mailfrom=bounce@mail.google.com", Proof.PASSED),
        ("mx.a; dkim=pass header.d=evil.example; dmarc=fail header.from=google.com", Proof.FAILED),
        ("mx.a; spf=softfail smtp.mailfrom=evil.example", Proof.FAILED),
        ("mx.a; dkim=pass header.d=com", Proof.UNKNOWN),
        ("mx.a; dkim=pass header.d=notgoogle.com", Proof.UNKNOWN),
        ("mx.a; dkim=fail (dkim=pass header.d=google.com)", Proof.FAILED),
        ('mx.a; dkim=fail reason="; dkim=pass header.d=google.com"', Proof.FAILED),
        ("mx.a; none", Proof.UNKNOWN),
        ("", Proof.UNKNOWN),
    ],
)
def test_what_our_server_found(results: str, verdict: Proof) -> None:
    assert proof(read_message(f"Authentication-Results: {results}\r\n\r\n".encode()).headers, "google.com") is verdict


def test_only_the_uppermost_server_counts() -> None:
    ours, theirs = "mx.ours; dkim=fail header.d=google.com", "mx.theirs; dkim=pass header.d=google.com"
    raw = f"Authentication-Results: {ours}\r\nAuthentication-Results: {theirs}\r\n\r\n".encode()
    assert proof(read_message(raw).headers, "google.com") is Proof.FAILED


@pytest.mark.parametrize(
    "address",
    ["anna@google.com", "anna@gmail.com", "businessprofile-noreply@google.com.evil.example", "x@evilfacebookmail.com",
     "peter.123@guest.booking.com", "anna@yandex.ru", "noreply.invitations@trustpilotmail.com", "x@xallegro.pl", "x@allegro.pl.example",
     "businessprofile-noreply@gооgle.com", ""],
)  # fmt: skip
def test_who_is_no_review_site(address: str) -> None:
    assert place_of(address) is None


def test_a_name_proves_nothing() -> None:
    raw = f'From: "{GOOGLE}" <evil@b.example>\r\nSubject: Anna left a review for KawaRaj\r\n\r\nx'.encode()
    assert read_review(read_letter(MailMessage(1, len(raw), raw), frozenset(), 1e9)) is None
    raw = f"From: {GOOGLE}, evil@b.example\r\nSubject: Anna left a review for KawaRaj\r\n\r\nx".encode()
    assert read_review(read_letter(MailMessage(1, len(raw), raw), frozenset(), 1e9)) is None


@pytest.mark.parametrize(
    "link",
    ["https://evil.example/reviews", "https://google.com.evil.example/reviews", "https://google.com@evil.example/reviews",
     "https://www.google.com/url?q=https://evil.example/reviews", "javascript:alert(1)", "//google.com/reviews", "https://[bad/reviews"],
)  # fmt: skip
def test_links_that_lead_elsewhere(link: str) -> None:
    for html, body in (
        (False, f"Bad coffee\r\nReply to review\r\n<{link}>"),
        (True, f'<p>Bad coffee</p><a href="{link}">Reply to review</a>'),
    ):
        found = review(body, html=html)
        assert found is not None
        assert found.url == ""


@pytest.mark.parametrize(
    ("line", "stars"),
    [
        ("★★★☆☆", 3.0), ("⭐⭐", 2.0), ("★★★★★", 5.0), ("4/5", 4.0), ("4 out of 5 stars", 4.0), ("Ocena: 2/5", 2.0), ("1 gwiazdka", 1.0),
        ("3,5 / 5", 3.5), ("Оценка: 5 из 5", 5.0), ("2 звезды", 2.0), ("8/10", 4.0), ("Rating: 0/5", None), ("Rating: 9/5", None),
        ("Average rating: 4.8/5", None), ("Średnia ocena: 4,8/5", None), ("5/10/2026", None),
    ],
)  # fmt: skip
def test_stars(line: str, stars: float | None) -> None:
    found = review(
        f"New review\r\n{line}\r\nThe coffee was cold.\r\nReply",
        sender="email@business.yandex.ru",
        subject="New review",
    )
    assert found is not None
    assert found.stars == stars
    assert "cold" in found.text


def test_stars_that_differ_in_colour_only_say_nothing() -> None:
    stars = "".join(f'<span style="color:{"gold" if n < 1 else "grey"}">★</span>' for n in range(5))
    found = review(
        f"<p>New review</p><p>{stars}</p><p>Bad</p>", sender="email@business.yandex.ru", subject="New review", html=True
    )
    assert found is not None
    assert found.stars is None, "a bad review must not become a good one"


def test_words_of_the_customer_stay_whole() -> None:
    body = "You got a new 1-star review\r\nAnna\r\nI read a review and came.\r\nWorst rating ever.\r\n2 of 5 cakes were mouldy, I paid 5/10 for them.\r\nReply to review"
    found = review(body)
    assert found is not None
    assert (
        found.text == "I read a review and came.\nWorst rating ever.\n2 of 5 cakes were mouldy, I paid 5/10 for them."
    )
    assert found.stars == 1.0


@pytest.mark.parametrize(
    "subject",
    [
        "Your weekly summary of reviews",
        "Podsumowanie opinii",
        "Итоги недели: отзывы",
        "Verify your business",
        "Tips to get more reviews",
    ],
)
def test_other_mail_of_review_sites(subject: str) -> None:
    assert review("Hello, here is the news.", subject=subject) is None


def test_an_unknown_wording_is_still_a_review() -> None:
    found = review(
        "Hello\r\nSomething about your rating happened.\r\nIt was awful there.", subject="A new rating for your place"
    )
    assert found is not None
    assert "awful" in found.text
    assert found.stars is None
