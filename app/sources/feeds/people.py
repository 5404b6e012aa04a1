"""Authors as feeds write them: a name, a mail address, or both in one of several orders."""

from __future__ import annotations

import re

from app.sources.feeds.entry import NOBODY, Person

LONGEST = 200
"""Characters of an author's name that are looked at; longer ones are not names."""

_MAIL = re.compile(r"(?<![\w.+%@-])[\w.+%-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_AROUND = " \t\r\n()<>[]\"',;:"


def person_of(written: str) -> Person:
    """Return who is meant by «Anna», «anna@shop.pl (Anna)», «Anna <anna@shop.pl>» or a mail address alone."""
    written = written.strip()[:LONGEST]
    if not written:
        return NOBODY
    if "@" not in written or not (found := _MAIL.search(written)):
        return Person(name=written)
    rest = written[: found.start()].removesuffix("mailto:") + " " + written[found.end() :]
    return Person(name=rest.strip(_AROUND), mail=found.group())
