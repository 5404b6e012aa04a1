"""The cases that one reading opens: what else of it belongs to them, before the archive has given them ids."""

from __future__ import annotations

from dataclasses import dataclass, replace

from app.core.customer import identity_of
from app.core.mention import Mention
from app.core.ports.archive import Known, NewMention


@dataclass(frozen=True, slots=True)
class _Case:
    """A case, by its id or a number below zero, and whose it is."""

    number: int
    author: str
    handle: str


class ReadingCases:
    """Follows where the mentions of one reading go, each after what it answers; `own` says that it is of the shop's own place.

    A case that is opened here has a number below zero (`NewMention.opens_as`), by which others of the reading join it.
    """

    def __init__(self, *, own: bool) -> None:
        self._own = own
        self._opened = 0
        self._with: dict[tuple[str, str], _Case] = {}
        self._last: dict[tuple[str, str], _Case] = {}
        self._begun: dict[tuple[int, str], int] = {}
        self._newest: dict[str, int] = {}

    def add_to(self, known: Known, mention: Mention) -> Known:
        """Return what is known of a mention, with the cases of this reading that it may belong to."""
        if not self._with:
            return known
        identity = identity_of(mention)
        who = identity.key if identity else ""
        begun = self._begun.get((known.thread, who), known.begun_case)
        newest = self._newest.get(who, known.identity_case)
        if (begun, newest) != (known.begun_case, known.identity_case):
            known = replace(known, begun_case=begun, identity_case=newest)
        case = self._above(mention, known)
        if case is None:
            return known
        return replace(known, thread_case=case.number, thread_author=case.author, thread_handle=case.handle)

    def _above(self, mention: Mention, known: Known) -> _Case | None:
        """Return the case of what a mention answers, or else of the newest one of its thread where the archive knows none."""
        above = self._with.get((mention.source, mention.parent)) if mention.parent and known.case is None else None
        if above or known.thread_case is not None or not mention.thread:
            return above
        thread = (mention.source, mention.thread)
        return self._with.get(thread) or self._last.get(thread)

    def note(self, new: NewMention, known: Known) -> NewMention:
        """Note the case of a mention of which this is known; one that opens a case is returned with its number."""
        mention = new.mention
        if new.opens_case:
            self._opened -= 1
            new = replace(new, opens_as=self._opened)
            self._note_opened(new)
        number = new.joins_case if new.joins_case is not None else new.opens_as
        if not number:
            return new
        is_theirs = number == known.thread_case and not known.begins
        author, handle = (known.thread_author, known.thread_handle) if is_theirs else (mention.author, mention.handle)
        case = _Case(number, author, handle)
        self._with.setdefault((mention.source, mention.key), case)
        if mention.thread and not self._own:  # below a post of the shop everybody has a story of their own
            self._last[mention.source, mention.thread] = case
        return new

    def _note_opened(self, new: NewMention) -> None:
        identity = identity_of(new.mention)
        if identity is None:
            return
        if thread := new.prints.thread or new.prints.key:
            self._begun[thread, identity.key] = new.opens_as
        if not identity.by_name_only:
            self._newest[identity.key] = new.opens_as
