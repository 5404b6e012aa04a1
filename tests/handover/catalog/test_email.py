"""A mailto: link that any mail program takes."""

from __future__ import annotations

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.mention import Mention
from app.handover.catalog.email import LONGEST, link

MENTION = Mention(
    "feed",
    "k",
    "https://forum.example/t/1?a=1&b=2#post-3",
    "Najgorsza obsługa",
    "Paczka miała być we wtorek.\nNikt & nic = cisza?",
    "Anna K.",
    "@anna",
)


def _link(mention: Mention, address: str = "serwis@shop.example") -> str:
    return link(mention, address)


def _parts(written: str) -> tuple[str, str, str]:
    parts = urlsplit(written)
    assert parts.scheme == "mailto"
    fields = parse_qs(parts.query, keep_blank_values=True, strict_parsing=True)
    return parts.path, fields["subject"][0], fields["body"][0]


def test_a_message_holds_place_writer_and_text_in_that_order() -> None:
    address, subject, body = _parts(_link(MENTION))
    assert (address, subject) == ("serwis@shop.example", "Najgorsza obsługa")
    assert body.split("\r\n") == [
        "https://forum.example/t/1?a=1&b=2#post-3",
        "Anna K. (@anna)",
        "",
        "Paczka miała być we wtorek.",
        "Nikt & nic = cisza?",
    ]


def test_what_is_unknown_is_left_out() -> None:
    assert _parts(_link(Mention("feed", "k", text="Zimna\nkawa"), "")) == ("", "Zimna", "Zimna\r\nkawa")


@pytest.mark.parametrize("text", ["a" * 60_000, "Ж" * 60_000, "🙂" * 60_000, "\n" * 60_000 + "x"])
def test_a_long_text_is_cut_and_says_so(text: str) -> None:
    written = _link(Mention("feed", "k", MENTION.url, "Tytuł", text))
    assert len(written) < LONGEST
    _, _, body = _parts(written)
    assert body.endswith("…" if text.strip() == text else "x")
    assert len(written) > LONGEST - 40 or body.endswith("x")


def test_a_text_that_just_fits_is_whole() -> None:
    room = LONGEST - 1 - len(_link(Mention("feed", "k", title="T", text=" ")))
    whole = _link(Mention("feed", "k", title="T", text="a" * room))
    assert len(whole) == LONGEST - 1
    assert not _parts(whole)[2].endswith("…")
    assert _parts(_link(Mention("feed", "k", title="T", text="a" * (room + 1))))[2].endswith("a…")


def test_an_address_cannot_bring_fields_of_its_own() -> None:
    path, _, _ = _parts(_link(MENTION, "a@b.example?bcc=x@y.example&body=z, c@d.example"))
    assert path == "a@b.example%3Fbcc%3Dx@y.example%26body%3Dz,c@d.example"


@given(st.text(st.characters(codec=None)), st.text(max_size=2000), st.text(max_size=2000))
def test_any_mention_makes_a_short_plain_link(text: str, url: str, address: str) -> None:
    written = _link(Mention("feed", text, url, text * 20, text * 50, text, text), address)
    assert len(written) < LONGEST
    assert re.fullmatch(r"mailto:[A-Za-z0-9._~@,%-]*\?subject=[A-Za-z0-9._~%-]*&body=[A-Za-z0-9._~%-]*", written)
