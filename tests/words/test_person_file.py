"""The page that tells all that is known of a person: whole, in the owner's language, and harmless whatever was written."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import UTC
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

import pytest

from app.core.case import CaseState, Handling, Satisfaction
from app.core.correction import Correction, Label
from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.mention import ArchivedMention, Mention, Wording
from app.core.outbox import Outgoing, Wish
from app.core.person import PersonRecord, Written
from app.core.verdict import Cause, Kind, Verdict
from app.stores.paths import resources
from app.words import use
from app.words.person_file import told

AT = 1_800_000_000.0
EVIL = "<script>alert('&\"')</script><img src=x onerror=alert(1)><!-- </style></title>\x00\x1b\x9b\ud83d"


class Seen(HTMLParser):
    """What a reader of the page would see, and of which elements it is made."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.attributes |= {name for name, _value in attrs}

    def handle_data(self, data: str) -> None:
        self.text += data


def seen(record: PersonRecord) -> Seen:
    page = Seen()
    page.feed("".join(told(record)))
    page.close()
    return page


def record(text: str = "Zimny chleb", *, contacts: int = 1) -> PersonRecord:
    card = Customer(
        "0" * 16,
        f"Anna {text}",
        (
            Identity("mastodon", text, "Anna K."),
            Identity("phone", "600100200"),
            Identity("a.example", "name:anna", "Anna"),
        ),
        tuple(
            Contact(
                str(n), AT + n, Direction.OUT, Channel.PHONE, f"{text} {n}", f"Eva {text}", url=f"javascript:{text}"
            )
            for n in range(contacts)
        ),
        (Draft(7, f"Szkic {text}", AT),),
        f"Notatka {text}",
        AT,
    )
    mention = Mention("mastodon", "1", f"https://x/{text}", f"Tytuł {text}", text, text, text, text, AT, stars=2.0)
    was = Wording(AT, f"Dawniej {text}", "Jeszcze gorzej", Kind.COMPLAINT, 0.5)
    verdict = Verdict(Kind.COMPLAINT, 0.934, cause=Cause.DELIVERY)
    heard = ArchivedMention(3, "w", mention, verdict, AT, AT, gone_at=AT, earlier=(was,))
    written = Written(
        mention,
        heard,
        Handling(7, CaseState.ANSWERED, answered_at=AT),
        Correction(1, Label.COMPLAINT, text, AT),
        f"{text}.png",
        (Outgoing("r", 3, "w", f"Odpowiedź {text}", Wish.SEND, AT),),
    )
    waiting = Written(Mention("phone", "2", text=f"Czeka {text}"))
    return PersonRecord(
        card, (written, waiting), f"Sklep {text}", {"mastodon": "Mastodon"}, AT, ZoneInfo("Europe/Warsaw")
    )


def test_everything_is_told() -> None:
    text = seen(record()).text
    for words in (
        *("What Sklep Zimny chleb keeps about Anna Zimny chleb", "Europe/Warsaw", "Notatka Zimny chleb", "600100200"),
        *("Mastodon: Zimny chleb (Anna K.)", "a.example: Anna (by name only)", "Phone: 600100200"),
        *("Tytuł Zimny chleb", "https://x/Zimny chleb", "2 / 5", "Zimny chleb.png", "2027-01-15 09:00"),
        *("complaint (chance of being a complaint: 93%); delivery", "answered", "Gone since"),
        *(
            "from us",
            "phone",
            "Eva Zimny chleb",
            "Zimny chleb 0",
            "Szkic Zimny chleb",
            "waits",
            "Odpowiedź Zimny chleb",
        ),
        *("Czeka Zimny chleb", "waiting to be added"),
        *("Before it was edited", "Dawniej Zimny chleb", "Jeszcze gorzej"),
    ):
        assert words in text


def test_what_stood_in_a_mention_that_names_the_person_no_more_is_told() -> None:
    was = Wording(AT + 3600, "Dawniej", "Zimny chleb", Kind.COMPLAINT, 0.5)
    before = Written(Mention("mastodon", "", "https://x/1", was.title, was.text, published=AT), wording=was)
    text = seen(replace(record(), written=(before,))).text
    for words in (
        "Dawniej",
        "Zimny chleb",
        "2027-01-15 09:00",
        "until 2027-01-15 10:00",
        "no longer names this person",
        "50%",
    ):
        assert words in text
    assert "waiting to be added" not in text


def test_how_content_the_person_was_in_the_end_is_told() -> None:
    known = record()
    assert "The customer was" not in seen(known).text
    handling = Handling(7, CaseState.RESOLVED, resolved_at=AT, satisfaction=Satisfaction.SO_SO)
    text = seen(replace(known, written=(replace(known.written[0], handling=handling),))).text
    for words in ("resolved", "Resolved at", "2027-01-15 09:00", "The customer was", "so-so"):
        assert words in text


def test_nothing_from_outside_is_more_than_text() -> None:
    plain, evil = seen(record()), seen(record(EVIL))
    assert (evil.tags, evil.attributes) == (plain.tags, plain.attributes)
    assert not plain.tags & {"script", "img", "a", "link", "iframe", "form", "object"}
    assert not plain.attributes & {"src", "href", "style", "onclick", "onerror"}
    whole = "".join(told(record(EVIL)))
    assert whole.count("<script") == 0
    assert not any(char in whole for char in "\x00\x1b\x9b\ud83d")
    assert "default-src 'none'" in whole
    assert EVIL.split("\x00", maxsplit=1)[0] in evil.text


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_it_is_in_the_owners_language(language: str) -> None:
    use(language, resources() / "translations")
    page = "".join(told(record()))
    assert f'<html lang="{language}">' in page
    for english in (
        "What this person",
        "Contact log",
        "Drafts",
        "Made on",
        "Judged by",
        "Where it stands",
        "Accounts and",
    ):
        assert english not in page


def test_times_that_are_none_are_dashes() -> None:
    odd = record()
    broken = tuple(
        Contact(str(at), at, Direction.IN, Channel.POST, "x") for at in (float("nan"), float("inf"), -1e300, 1e300)
    )
    card = Customer("0" * 16, "Anna", contacts=broken)
    assert seen(PersonRecord(card, odd.written, "", {}, AT, UTC)).text.count("–") >= 4


def test_ten_thousand_contacts_take_no_time_to_speak_of() -> None:
    begun = time.process_time()
    assert len("".join(told(record(contacts=10_000)))) > 1_000_000
    assert time.process_time() - begun < 5.0


@pytest.mark.parametrize(("score", "percent"), [(0.999, 99), (0.125, 13), (0.0004, 1), (0.0, 0)])
def test_nothing_is_told_as_certain_that_is_not(score: float, percent: int) -> None:
    heard = ArchivedMention(1, "a", Mention("feed", "1", text="Bad"), Verdict(Kind.COMPLAINT, score), AT)
    made = replace(record(), written=(Written(heard.mention, heard),))
    assert f"chance of being a complaint: {percent}%" in seen(made).text
