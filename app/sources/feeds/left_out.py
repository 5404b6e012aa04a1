"""What the first poll of a long feed left out: it is old, and no news at any later poll.

It is kept apart from what was read before (see `read_before`), since that is known by how it is written in well-formed RSS
and Atom only, and is read once more where entries hang together. An entry that reads otherwise is told.
"""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b

from app.core.mention import Mention
from app.core.ports.source import LASTING

NAME = f"{LASTING}left"
"""Where the bookmark keeps the marks, twelve letters each; a document has at most MOST_ENTRIES, so there are no more."""


def without_left_out(mentions: tuple[Mention, ...], bookmark: Mapping[str, str]) -> tuple[Mention, ...]:
    """Return the mentions of a later poll without those that the first one left out."""
    left = frozenset(bookmark.get(NAME, "").split())
    return tuple(mention for mention in mentions if _mark(mention) not in left) if left else mentions


def with_left_out(
    bookmark: Mapping[str, str], mentions: tuple[Mention, ...], told: tuple[Mention, ...]
) -> dict[str, str]:
    """Return the bookmark of a first poll that told some of its mentions; what an earlier first one left out counts no more."""
    rest = {name: value for name, value in bookmark.items() if name != NAME}
    if len(told) == len(mentions):
        return rest
    known = {_mark(mention) for mention in told}
    left = dict.fromkeys(mark for mention in mentions if (mark := _mark(mention)) not in known)
    return {**rest, NAME: " ".join(left)}


def _mark(mention: Mention) -> str:
    """Return how a mention is known again: where its key is its words alone, by its date too, as others may write the same."""
    when = mention.published if mention.key.startswith("hash:") else ""
    reads = f"{mention.key}\n{mention.author}\n{mention.title}\n{mention.text}\n{mention.stars}{when}"
    return blake2b(reads.encode("utf-8", "replace"), digest_size=6).hexdigest()
