"""A letter: who it is from, as their name is meant."""

from __future__ import annotations

import pytest

from app.core.ports.mail import MailMessage
from app.sources.mail.letter import Person, read_letter


@pytest.mark.parametrize(
    ("written", "name"),
    [
        (r'"Anna \"Ania\" Nowak" <anna@example.com>', 'Anna "Ania" Nowak'),
        (r'"Anna \"Ania\"" <anna@example.com>', 'Anna "Ania"'),
        (r'"\"Anna Nowak\"" <anna@example.com>', "Anna Nowak"),
        (r'"Anna \(biuro\) \\ Nowak" <anna@example.com>', r"Anna (biuro) \ Nowak"),
        (r'"=?utf-8?q?=C5=81ucja_\=22X\=22?=" <anna@example.com>', 'Łucja "X"'),
        ('"Anna <3" <anna@example.com>', "Anna <3"),
        ('anna@example.com (Anna "Ania" Nowak)', 'Anna "Ania" Nowak'),
        ('"Anna Nowak" <anna@example.com>', "Anna Nowak"),
        ("\"'Anna Nowak'\" <anna@example.com>", "Anna Nowak"),
        ("Anna O'Neill <anna@example.com>", "Anna O'Neill"),
        ('"Anna <anna@example.com>', "Anna"),
        ('"anna@example.com" <anna@example.com>', ""),
    ],
)
def test_a_name_is_shown_as_it_is_meant(written: str, name: str) -> None:
    raw = f"From: {written}\r\n\r\nHi".encode()
    assert read_letter(MailMessage(1, len(raw), raw), frozenset(), 1e9).author == Person(name, "anna@example.com")
