"""What the owner enters by hand: kept for the listener, tied to the customer's card, and tables in and out."""

from __future__ import annotations

import uuid
from codecs import BOM_UTF8
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import Protocol

from app.core.address import host_of
from app.core.by_hand import BY_HAND, Entry, mention_of, picture_name, place_of_handle, shown_address
from app.core.customer import Customer, Identity, identity_of
from app.core.mention import ArchivedMention, Mention
from app.core.mention_table import GoOn, Handed, Preview, Wishes
from app.core.ports.by_hand import DraftFile, EntryDraft, Kept, Pictures, Waiting
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.owner_file import WriteFile
from app.core.ports.shop import CustomerFiles
from app.core.problems import Problem, ProblemError
from app.core.text import seen
from app.core.verdict import Verdict
from app.desk.mention_table.read import Found, broken, entries_of, preview, table_in
from app.desk.mention_table.shape import TornError
from app.desk.mention_table.written import lines_of

MOST_STARS = 5.0
LARGEST_PICTURE = 3 * 1024 * 1024
"""Bytes of a picture that is kept; the window makes them smaller than that."""

_PICTURES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
_FORGET_AT_ONCE = 1_000_000
_REMOVED_AT_ONCE = 250
"""Mentions of one transaction: a tenth of a second, so that what polls bring never waits long."""


class Judge(Protocol):
    """Returns the verdict on a mention; `own` is whether it was said to the shop itself."""

    def __call__(self, mention: Mention, *, own: bool) -> Verdict: ...


@dataclass(frozen=True, slots=True)
class _HandedIn:
    """A table handed to the listener at a time: source and key of each row."""

    at: float
    rows: Sequence[tuple[str, str]]

    def brought(self, heard: ArchivedMention) -> bool:
        """Tell whether a mention came by this table, and was not known before or brought by a watch."""
        return heard.watch_id == BY_HAND and heard.heard_at >= self.at


class ByHand:
    """Called on any thread but the GUI's. `judge` is the detector as this shop has taught it."""

    def __init__(
        self,
        archive: DeskArchive,
        customers: CustomerFiles,
        files: tuple[Waiting, Pictures, DraftFile],
        judge: Judge,
        clock: tuple[Callable[[], float], tzinfo],
        write_file: WriteFile,
    ) -> None:
        self._write_file = write_file
        self._tables: dict[str, _HandedIn] = {}
        self._archive = archive
        self._customers = customers
        self._waiting, self._pictures, self._draft = files
        self._judge = judge
        self._now, self._zone = clock

    def add(self, entry: Entry, picture: bytes = b"", customer_id: str = "") -> Kept | Problem:
        tidied = _tidied(entry)
        if problem := _wrong(tidied, picture):
            return problem
        if tidied.is_link and (heard := self.heard(tidied.url)):
            return Kept(tidied, mention_id=heard.id)
        tidied = self._theirs(tidied, customer_id)
        mention = mention_of(tidied)
        card = self._tie(mention, customer_id)
        if isinstance(card, Problem):
            return card
        name = picture_name(mention)
        if picture and (problem := self._pictures.put(name, picture)):
            return problem
        kept = self._waiting.put((tidied,))
        if isinstance(kept, Problem):
            self._pictures.drop(name)
            return kept
        return Kept(tidied, kept, card=card)

    def take_back(self, kept: Kept | Handed) -> Problem | None:
        if isinstance(kept, Kept) and kept.mention_id is not None:
            return None
        self._waiting.drop(kept.batch)
        if self._waiting.is_there(kept.batch):
            return Problem("desk.not_taken_back")
        return self._take_back_table(kept) if isinstance(kept, Handed) else self._take_back_entry(kept)

    def _take_back_table(self, handed: Handed) -> Problem | None:
        table = self._tables.get(handed.batch)
        rows = table.rows if table else ()
        try:
            for start in range(0, len(rows), _REMOVED_AT_ONCE):
                found = (self._archive.by_key(*row) for row in rows[start : start + _REMOVED_AT_ONCE])
                self._archive.remove(*(one.id for one in found if one and table and table.brought(one)))
        except ProblemError as error:
            return error.problem
        return None

    def _take_back_entry(self, kept: Kept) -> Problem | None:
        mention = mention_of(kept.entry)
        found = self._archive.by_key(mention.source, mention.key)
        is_it = found is not None and found.mention.published == mention.published
        try:
            if found is not None and is_it:
                self._archive.remove(found.id)
        except ProblemError as error:
            return error.problem
        if found is None or is_it:
            self._pictures.drop(picture_name(mention))
        return self._drop_card(kept.card)

    def draft(self) -> EntryDraft | Problem | None:
        return self._draft.get()

    def put_draft(self, draft: EntryDraft | None) -> Problem | None:
        return self._draft.put(draft)

    def heard(self, url: str) -> ArchivedMention | None:
        return self._archive.at_address(_full(url)) if url.strip() else None

    def taken_in(self, entry: Entry) -> ArchivedMention | None:
        mention = mention_of(entry)
        found = self._archive.by_key(mention.source, mention.key)
        return found or (self._archive.at_address(mention.url) if entry.is_link else None)

    def verdict(self, entry: Entry) -> Verdict:
        mention = mention_of(entry)
        judged = replace(mention, title="") if mention.title == shown_address(mention.url) else mention
        return self._judge(judged, own=entry.is_ours)

    def picture(self, mention: Mention) -> Path | None:
        return self._pictures.path(picture_name(mention))

    def look(self, path: Path, wishes: Wishes, go_on: GoOn) -> Preview | Problem:
        table = table_in(path, wishes, self._zone, self._now(), go_on)
        return table if isinstance(table, Problem) else preview(table, go_on)

    def hand_in(self, path: Path, wishes: Wishes, go_on: GoOn) -> Handed | Problem:
        table = table_in(path, wishes, self._zone, self._now(), go_on)
        if isinstance(table, Problem):
            return table
        if table.either_way and wishes.day_first is None:
            return Problem("desk.table_dates", {"file": table.file})
        found, rows, now = Found(), list[tuple[str, str]](), self._now()

        def noted() -> Iterator[Entry]:
            for entry in entries_of(table, found, go_on):
                mention = mention_of(entry)
                rows.append((mention.source, mention.key))
                yield entry

        try:
            name = self._waiting.put(noted())
        except ProblemError as error:
            return error.problem
        except TornError as error:
            return broken(table.file, error)
        if isinstance(name, Problem):
            return name
        if not found.count:
            self._waiting.drop(name)
            return Problem("desk.table_empty", {"file": table.file})
        self._tables[name] = _HandedIn(now, rows)
        return Handed(name, found.count)

    def withdraw(self, batch: str) -> None:
        self._waiting.drop(batch)

    def export(self, path: Path) -> int | Problem:
        count = -1

        def pieces() -> Iterator[bytes]:
            nonlocal count
            yield BOM_UTF8  # has a spreadsheet read the file as UTF-8
            for line in self.exported():
                count += 1
                yield line.encode("utf-8", "replace")

        return self._write_file(path, pieces()) or count

    def exported(self) -> Iterator[str]:
        return lines_of(self._archive.mentions_after)

    def forget(self, identity_keys: tuple[str, ...], nameless: Sequence[ArchivedMention] = ()) -> None:
        """Remove what was entered of people who are to be forgotten, before their mentions and their cards go.

        That is pictures, entries that wait, and one that is being typed.
        """
        draft = self._draft.get()
        if isinstance(draft, EntryDraft) and self._is_about(draft, identity_keys):
            self._draft.put(None)
        self._waiting.drop_aside()
        for heard in (*self._archive.by_identity(identity_keys, _FORGET_AT_ONCE), *nameless):
            self._pictures.drop(picture_name(heard.mention))
        for name in self._waiting.names():
            entries = tuple(self._waiting.read(name))
            left = tuple(entry for entry in entries if not _is_by(entry, identity_keys))
            for gone in set(entries) - set(left):
                self._pictures.drop(picture_name(mention_of(gone)))
            if len(left) < len(entries) and (not left or isinstance(self._waiting.put(left), str)):
                self._waiting.drop(name)

    def not_taken_in(self, identity_keys: tuple[str, ...]) -> tuple[Mention, ...]:
        """Return what was entered of these accounts and waits, or is being typed."""
        draft = self._draft.get()
        typed = (draft.entry,) if isinstance(draft, EntryDraft) and self._is_about(draft, identity_keys) else ()
        waiting = (entry for name in self._waiting.names() for entry in self._waiting.read(name))
        return tuple(mention_of(entry) for entry in (*(e for e in waiting if _is_by(e, identity_keys)), *typed))

    def _is_about(self, draft: EntryDraft, identity_keys: tuple[str, ...]) -> bool:
        card = self._customers.get(draft.customer_id) if draft.customer_id else None
        chosen = card is not None and any(identity.key in identity_keys for identity in card.identities)
        return chosen or _is_by(draft.entry, identity_keys)

    def _tie(self, mention: Mention, customer_id: str) -> str | Problem:
        """See to it that whoever said it has a card with this account; return the id of a card made now, or «»."""
        identity = identity_of(mention)
        if customer_id:
            return self._give(customer_id, identity) or self._call_so(customer_id, mention) or ""
        if identity is None or self._customers.find(identity):
            return ""
        twin = None if identity.by_name_only else self._same_account(identity)
        if isinstance(twin, Problem):
            return twin
        if twin:
            return self._give(twin.id, identity) or ""
        made = self._customers.create(mention.author or mention.handle, identity, self._now())
        return made if isinstance(made, Problem) else made.id

    def _theirs(self, entry: Entry, customer_id: str) -> Entry:
        """Return an entry with what ties it to the card chosen for it: its name and its number or mail address.

        So it joins their open case. Where the card has neither, the name ties it, or if that is not theirs alone the card's id.
        """
        card = self._customers.get(customer_id) if customer_id else None
        if card is None or entry.handle:
            return entry
        named = entry if entry.author else replace(entry, author=" ".join(card.name.split()))
        account = _account_of(card)
        if not account and not self._is_free(identity_of(mention_of(named)), card.id):
            account = f"#{card.id[:12]}"
        return replace(named, handle=account)

    def _is_free(self, identity: Identity | None, customer_id: str) -> bool:
        known = self._customers.find(identity) if identity else None
        return identity is not None and (known is None or known.id == customer_id)

    def _call_so(self, customer_id: str, mention: Mention) -> Problem | None:
        """Note on a card the name that was typed, unless it is somebody else's: who is next called so is found by it."""
        named = identity_of(replace(mention, handle=""))
        return self._give(customer_id, named) if self._is_free(named, customer_id) else None

    def _drop_card(self, customer_id: str) -> Problem | None:
        """Remove a card on which nothing stands but who it is."""
        card = self._customers.get(customer_id) if customer_id else None
        is_other = card is not None and card.id != customer_id  # it was merged into that one meanwhile
        if (
            card is None
            or is_other
            or card.unread
            or card.contacts
            or card.drafts
            or card.note
            or len(card.identities) > 1
        ):
            return None
        keys = tuple(identity.key for identity in card.identities)
        is_awaited = any(_is_by(entry, keys) for name in self._waiting.names() for entry in self._waiting.read(name))
        return None if is_awaited or self._archive.by_identity(keys, 1) else self._customers.forget(customer_id)

    def _give(self, customer_id: str, identity: Identity | None) -> Problem | None:
        def with_it(one: Customer) -> Customer:
            known = identity is None or any(each.key == identity.key for each in one.identities)
            return one if known or identity is None else replace(one, identities=(*one.identities, identity))

        changed = self._customers.change(customer_id, with_it)
        return changed if isinstance(changed, Problem) else None

    def _same_account(self, identity: Identity) -> Customer | Problem | None:
        """Return the one customer who has this phone number, mail address or account at some other place.

        A card with this number that cannot be read now may be theirs: then why it cannot.
        """
        wanted = identity.handle.lower()
        holding = self._customers.search(identity.handle)
        if unread := next((one.unread for one in holding if one.unread), None):
            return unread
        found = [one for one in holding if any(each.handle.lower() == wanted for each in one.identities)]
        return found[0] if len(found) == 1 else None


def _account_of(card: Customer) -> str:
    """Return a phone number or mail address of a card, by which it is known wherever somebody spoke, «» for none."""
    handles = (one.handle for one in card.identities if not one.by_name_only)
    return next((handle for handle in handles if place_of_handle(handle)), "")


def _is_by(entry: Entry, identity_keys: tuple[str, ...]) -> bool:
    identity = identity_of(mention_of(entry))
    return identity is not None and identity.key in identity_keys


def _full(url: str) -> str:
    typed = seen(url).strip()
    return typed if not typed or "://" in typed[:12] else f"https://{typed}"


def _tidied(entry: Entry) -> Entry:
    """Return an entry trimmed, with an id of its own and a whole address."""
    return replace(
        entry,
        id=entry.id or uuid.uuid4().hex,
        text=entry.text.strip(),
        title=entry.title.strip(),
        url=_full(entry.url),
        author=" ".join(entry.author.split()),
        handle=" ".join(seen(entry.handle).split()),
    )


def _wrong(entry: Entry, picture: bytes) -> Problem | None:
    if picture and not entry.text:
        return Problem("desk.picture_without_words")
    if not (entry.text or entry.url):
        return Problem("desk.nothing_said")
    is_web = entry.url.lower().startswith(("http://", "https://")) and "." in host_of(entry.url)
    if entry.url and (not is_web or any(map(str.isspace, entry.url))):
        return Problem("desk.bad_link", {"url": entry.url[:200]})
    if picture and (len(picture) > LARGEST_PICTURE or not picture.startswith(_PICTURES)):
        return Problem("desk.bad_picture")
    if entry.stars is not None and not 1 <= entry.stars <= MOST_STARS:
        return Problem("desk.bad_stars")
    return None
