"""Writing mentions as a table that any spreadsheet opens and Counterbell imports again."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

from app.core.mention import ArchivedMention
from app.desk.mention_table.dates import written
from app.desk.mention_table.entries import guarded

COLUMNS = (
    *("date", "author", "handle", "stars", "title", "text", "url", "site", "language"),
    *("source", "key", "parent", "thread", "kind", "score", "heard"),
)
"""The last three are for the reader of the table; an import leaves them out and judges anew."""

PAGE = 1_000
"""Mentions read from the archive at a time."""

Read = Callable[[int, int], tuple[ArchivedMention, ...]]
"""Gives mentions that follow an id, at most so many."""


def lines_of(read: Read) -> Iterator[str]:
    """Give the lines of the table of all mentions, the headings first, each with its line end."""
    yield _line(COLUMNS)
    last = 0
    while page := read(last, PAGE):
        last = page[-1].id
        for heard in page:
            yield _line(_cells(heard))


def _cells(heard: ArchivedMention) -> tuple[str, ...]:
    mention, verdict = heard.mention, heard.verdict
    texts = (mention.title, mention.text, mention.url, mention.site, mention.language)
    own = (mention.source, mention.key, mention.parent, mention.thread)
    at = "" if mention.published is None else written(mention.published)
    stars = "" if mention.stars is None else f"{mention.stars:g}"
    told = (verdict.kind.value, f"{verdict.score:.4f}", written(heard.heard_at))
    return (at, mention.author, mention.handle, stars, *texts, *own, *told)


def _line(cells: tuple[str, ...]) -> str:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(map(guarded, cells))
    return out.getvalue()
