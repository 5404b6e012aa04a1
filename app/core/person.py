"""All that is known of one person, as the desk gathers it for a file they can be handed."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import tzinfo

from app.core.case import Handling
from app.core.correction import Correction
from app.core.customer import Customer
from app.core.mention import ArchivedMention, Mention, Wording
from app.core.outbox import Outgoing


@dataclass(frozen=True, slots=True)
class Written:
    """One thing a person wrote or said, and what was made of it.

    `heard` is None while an entry by hand waits to be taken in, and of a text learnt from whose mention is gone. `picture` is the name of the file kept with it, or «».
    `replies` are those of the outbox that stand in no contact log. With `wording` it is what they said in a mention that was
    edited since and names somebody else by now, or nobody: an account that was deleted. `mention` is then as it was.
    """

    mention: Mention
    heard: ArchivedMention | None = None
    handling: Handling | None = None
    correction: Correction | None = None
    picture: str = ""
    replies: tuple[Outgoing, ...] = ()
    wording: Wording | None = None


@dataclass(frozen=True, slots=True)
class PersonRecord:
    """The card and what the person wrote, oldest first. `shop` is who keeps it, `made_at` Unix seconds.

    `titles` names sources by their ids, in English; `zone` is that of the shop.
    """

    customer: Customer
    written: tuple[Written, ...]
    shop: str
    titles: Mapping[str, str]
    made_at: float
    zone: tzinfo


Telling = Callable[[PersonRecord], Iterable[str]]
"""Gives the pieces of the text that tells a record to people."""
