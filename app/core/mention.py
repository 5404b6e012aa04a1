"""A mention: one thing that somebody published or sent, as its source tells it and as the archive keeps it."""

from __future__ import annotations

from dataclasses import dataclass

from app.core.verdict import Kind, Verdict

LONGEST_TEXT = 60_000
"""Characters of a mention's text that are kept and judged; a longer one is cut and ends in «…»."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What a source heard. All texts are plain text; times are Unix seconds or None where the source gave no usable one.

    `key` is the source's own id, or a fallback that stays the same between polls. `site` is the host or publisher
    where it stands. `parent` and `thread` are keys of other mentions of the same source («» for none).
    `handle` is the author's account, page address or mail; `author` the name shown. `stars` run from 1 to 5.
    """

    source: str
    key: str
    url: str = ""
    title: str = ""
    text: str = ""
    author: str = ""
    handle: str = ""
    site: str = ""
    published: float | None = None
    language: str = ""
    stars: float | None = None
    parent: str = ""
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a mention said before it was edited, which was noticed at `until`, and how that was judged."""

    until: float
    title: str
    text: str
    kind: Kind
    score: float


@dataclass(frozen=True, slots=True)
class ArchivedMention:
    """A mention in the archive. `repost_of` is the id of the mention with the same text heard first, or None.

    `gone_at` is when it was first found that it is no longer there. `earlier` are its wordings before edits, oldest first.
    """

    id: int
    watch_id: str
    mention: Mention
    verdict: Verdict
    heard_at: float
    edited_at: float | None = None
    repost_of: int | None = None
    case_id: int | None = None
    own: bool = False
    gone_at: float | None = None
    earlier: tuple[Wording, ...] = ()
