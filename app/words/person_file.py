"""All that is known of a person as one page that anybody can read and print: no script, no links, nothing fetched."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from html import escape

from app.core.customer import Contact, Draft, Identity
from app.core.outbox import Outgoing
from app.core.percent import whole_percent
from app.core.person import PersonRecord, Written
from app.core.verdict import Verdict, judged_text
from app.words import _, language
from app.words.names import (
    cause_name,
    channel_name,
    direction_name,
    hand_source_name,
    kind_name,
    label_name,
    satisfaction_name,
    stand_name,
    state_name,
)

ENDING = ".html"

_SURROGATE = re.compile("[\ud800-\udfff]")
_CONTROLS: dict[int, str | None] = {
    **dict.fromkeys((*range(0x20), *range(0x7F, 0xA0))),
    **{ord(char): char for char in "\n\t"},
    ord("\r"): "\n",
}

_HEAD = """<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
:root {{ color-scheme: light dark; }}
body {{ font: 16px/1.5 sans-serif; max-width: 46em; margin: 2em auto; padding: 0 1em; overflow-wrap: anywhere; }}
h1 {{ font-size: 1.5em; }}
h2 {{ font-size: 1.2em; margin-top: 2em; border-bottom: 1px solid; }}
h3 {{ font-size: 1em; margin: 1.5em 0 0.3em; break-after: avoid; }}
p, dd {{ margin: 0.3em 0; white-space: pre-wrap; }}
dl {{ display: grid; grid-template-columns: max-content 1fr; gap: 0 1em; margin: 0.3em 0; }}
dt {{ margin: 0.3em 0; opacity: 0.7; }}
</style>
</head>
<body>
"""

Row = tuple[str, str]
"""What a line is about, and what stands there; one of «» is left out."""


def told(record: PersonRecord) -> Iterator[str]:
    """Give a record as the pieces of an HTML page in the language spoken; every text from outside is escaped."""
    return _Page(record).pieces()


def all_written(name: str, file: str) -> str:
    """Return the sentence that a record was written into a file."""
    return _("Everything known about {name} is now in {file}.").format(name=name or _("somebody"), file=file)


class _Page:
    def __init__(self, record: PersonRecord) -> None:
        self._record = record

    def pieces(self) -> Iterator[str]:
        record, card = self._record, self._record.customer
        words = _("What {shop} keeps about {name}") if record.shop else _("What is kept about {name}")
        title = _safe(words.format(shop=record.shop, name=card.name or _("somebody")))
        yield _HEAD.format(language=language(), title=title)
        yield f'<h1 dir="auto">{title}</h1>\n'
        made = _("Made on {time}. All times are those of {zone}.")
        yield f"<p>{_safe(made.format(time=self._time(record.made_at), zone=record.zone))}</p>\n"
        yield _rows(
            (
                (_("Name"), card.name),
                *(
                    (_("Accounts and numbers") if not number else " ", self._account(one))
                    for number, one in enumerate(card.identities)
                ),
                (_("Note"), card.note),
                (_("Card made"), self._time(card.created) if card.created else ""),
            )
        )
        yield from _part(_("What this person wrote or said"), map(self._written, record.written))
        contacts = sorted(card.contacts, key=lambda contact: contact.at)
        yield from _part(_("Contact log"), map(self._contact, contacts))
        replies = (self._reply(one) for each in record.written for one in each.replies)
        yield from _part(_("Replies that are not in the contact log"), replies)
        yield from _part(_("Drafts"), map(self._draft, card.drafts))
        yield "</body>\n</html>\n"

    def _written(self, one: Written) -> str:
        mention, heard = one.mention, one.heard
        at = mention.published if mention.published is not None or heard is None else heard.heard_at
        rows = [
            (_("Title"), mention.title),
            (_("Who said it"), " ".join(part for part in (mention.author, mention.handle) if part)),
            (_("Address"), mention.url),
            (_("Stars"), "" if mention.stars is None else f"{mention.stars:g} / 5"),
            (_("Picture"), one.picture),
        ]
        if heard:
            rows += (
                (_("Heard"), self._time(heard.heard_at)),
                (_("Edited"), self._known_time(heard.edited_at)),
                *(
                    (_("Before it was edited"), f"{self._time(was.until)}: {judged_text(was.title, was.text)}")
                    for was in heard.earlier
                ),
                (_("Gone since"), self._known_time(heard.gone_at)),
                (_("Judged by the program"), _judged(one)),
            )
        elif one.wording:
            until = _("until {time}; since then it no longer names this person")
            rows += (
                (_("Before it was edited"), until.format(time=self._time(one.wording.until))),
                (_("Judged by the program"), _judged(one)),
            )
        elif mention.source:
            rows.append((_("Heard"), _("waiting to be added")))
        return _entry(
            (self._time(at), self._place(mention.source, mention.site)), mention.text, (*rows, *self._decided(one))
        )

    def _decided(self, one: Written) -> Iterator[Row]:
        handling, lesson = one.handling, one.correction
        kind = kind_name(handling.kind) if handling and handling.kind else ""
        yield _("Judged by the shop"), kind or (label_name(lesson.label) if lesson else "")
        if handling:
            yield _("Where it stands"), state_name(handling.state)
            yield _("Answered at"), self._known_time(handling.answered_at)
            yield _("Resolved at"), self._known_time(handling.resolved_at)
            mark = handling.satisfaction
            yield _("The customer was"), satisfaction_name(mark) if mark else ""
            yield _("Snoozed until"), self._known_time(handling.snoozed_until)
            yield _("Brought back at"), self._known_time(handling.back_at)

    def _contact(self, one: Contact) -> str:
        rows = (
            (_("Taken or made by"), one.who),
            (_("Address"), one.url),
            (_("Seen there"), self._known_time(one.seen_at)),
        )
        return _entry((self._time(one.at), direction_name(one.direction), channel_name(one.channel)), one.text, rows)

    def _reply(self, one: Outgoing) -> str:
        return _entry((self._time(one.created), stand_name(one.stand)), one.text)

    def _draft(self, one: Draft) -> str:
        return _entry((self._time(one.saved_at),), one.text)

    def _account(self, one: Identity) -> str:
        place = self._place(one.place)
        if one.is_nameless:
            return _("{place}: neither a name nor an account").format(place=place)
        if one.by_name_only:
            return _("{place}: {name} (by name only)").format(place=place, name=one.name or one.handle[5:])
        told = _("{place}: {handle}").format(place=place, handle=one.handle)
        return f"{told} ({one.name})" if one.name and one.name != one.handle else told

    def _place(self, source: str, site: str = "") -> str:
        title = hand_source_name(source) or _(self._record.titles.get(source, source))
        return " · ".join(dict.fromkeys(part for part in (title, site) if part))

    def _time(self, at: float | None) -> str:
        try:
            return "–" if at is None else datetime.fromtimestamp(at, self._record.zone).strftime("%Y-%m-%d %H:%M")
        except (OverflowError, OSError, ValueError):
            return "–"

    def _known_time(self, at: float | None) -> str:
        return "" if at is None else self._time(at)


def _judged(one: Written) -> str:
    then = Verdict(one.wording.kind, one.wording.score) if one.wording else None
    if (verdict := one.heard.verdict if one.heard else then) is None:
        return ""
    words = _("{kind} (chance of being a complaint: {n}%)")
    judged = words.format(kind=kind_name(verdict.kind), n=whole_percent(verdict.score * 100))
    return f"{judged}; {cause_name(verdict.cause)}" if verdict.cause else judged


def _part(title: str, entries: Iterable[str]) -> Iterator[str]:
    """Give a part of the page; one that has nothing says so."""
    yield f"<h2>{_safe(title)}</h2>\n"
    empty = True
    for entry in entries:
        empty = False
        yield entry
    if empty:
        nothing = _("Nothing.")
        yield f"<p>{_safe(nothing)}</p>\n"


def _entry(head: Iterable[str], text: str, rows: Iterable[Row] = ()) -> str:
    title = " · ".join(f"<bdi>{_safe(part)}</bdi>" for part in head if part)
    body = f'<p dir="auto">{_safe(text)}</p>\n' if text.strip() else ""
    return f"<h3>{title}</h3>\n{body}{_rows(rows)}"


def _rows(rows: Iterable[Row]) -> str:
    lines = "".join(f'<dt>{_safe(name)}</dt><dd dir="auto">{_safe(text)}</dd>\n' for name, text in rows if text.strip())
    return f"<dl>\n{lines}</dl>\n" if lines else ""


def _safe(text: str) -> str:
    """Return a text as HTML shows it letter by letter, without control characters and halves of characters."""
    if _SURROGATE.search(text):
        text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return escape(text.replace("\r\n", "\n").translate(_CONTROLS))
