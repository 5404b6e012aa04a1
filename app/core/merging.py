"""Two cards of one person become one, and two again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import TypeVar

from app.core.customer import Contact, Customer, Draft
from app.core.text import fold

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge did: the card `before` it, the `other` one that went into it, and the card as it is `now`."""

    before: Customer
    other: Customer
    now: Customer


def merged(one: Customer, other: Customer) -> Customer:
    """Return a card that holds what both hold; its id and name stay.

    Merging the same card once more changes nothing, so that a merge broken off can be done again.
    """
    drafts = {draft.case_id: draft for draft in one.drafts}
    for draft in other.drafts:
        drafts[draft.case_id] = joined(drafts.get(draft.case_id), draft)
    contacts = {contact.id: contact for contact in one.contacts}
    for contact in other.contacts:
        known = contacts.get(contact.id)
        if known is None or (known.seen_at is None and contact.seen_at is not None):
            contacts[contact.id] = contact
    return replace(
        one,
        identities=(*one.identities, *_new(other.identities, one.identities, lambda each: each.key)),
        contacts=tuple(contacts.values()),
        drafts=tuple(drafts.values()),
        note=_note(one, other),
        created=min((at for at in (one.created, other.created) if at), default=0.0),
    )


def joined(one: Draft | None, other: Draft) -> Draft:
    """Return one draft for a case that has two: the newer one, the words of the older below it."""
    if one is None or one.text in other.text:
        return other
    if other.text in one.text:
        return one
    older, newer = sorted((one, other), key=lambda draft: draft.saved_at)
    return replace(newer, text=f"{newer.text}\n\n{older.text}", copied_at=None)


def parted(done: Merged, now: Customer) -> tuple[Customer, Customer]:
    """Return both cards as they were before a merge, with what came to them since; `now` is the merged card by now."""
    before, other = done.before, done.other
    was = {draft.case_id: draft for draft in done.now.drafts}
    mine, theirs, then = _by_id(before.contacts), _by_id(other.contacts), _by_id(done.now.contacts)
    keys = {each.key for each in other.identities} - {each.key for each in before.identities}
    now_contacts, now_drafts = _by_id(now.contacts), {draft.case_id: draft for draft in now.drafts}
    one = replace(
        now,
        identities=tuple(each for each in now.identities if each.key not in keys),
        contacts=tuple(
            mine[each.id] if each.id in mine and each == then[each.id] else each
            for each in now.contacts
            if each.id in mine or each.id not in theirs
        ),
        drafts=_drafts_back(
            before.drafts, now_drafts, was, (now_drafts.keys() - {each.case_id for each in other.drafts})
        ),
        note=before.note if now.note == done.now.note else now.note,
        created=before.created,
    )
    back = replace(
        other,
        contacts=tuple(
            each if each.id in mine else now_contacts[each.id]
            for each in other.contacts
            if each.id in mine or each.id in now_contacts
        ),
        drafts=_drafts_back(other.drafts, now_drafts, was, frozenset()),
    )
    return one, back


def _drafts_back(
    earlier: Iterable[Draft], now: dict[int, Draft], was: dict[int, Draft], kept: Iterable[int]
) -> tuple[Draft, ...]:
    """Return drafts as they were, but as they are now where they were worked at since, and without those sent since.

    Those of the cases `kept` that are new are added.
    """
    back: dict[int, Draft] = {}
    for draft in earlier:
        current = now.get(draft.case_id)
        if current is not None:
            back[draft.case_id] = draft if current == was.get(draft.case_id) else current
    for case_id in sorted(kept):
        back.setdefault(case_id, now[case_id])
    return tuple(back.values())


def _note(one: Customer, other: Customer) -> str:
    """Return both notes; a name that stands nowhere else on the card goes before the other's note."""
    names = {fold(name).strip() for name in (one.name, *(each.name for each in other.identities))}
    name = other.name.strip()
    parts = ("" if fold(name) in names else name, other.note.strip())
    added = "\n".join(part for part in parts if part and f"\n{part}\n" not in f"\n{one.note}\n")
    return "\n\n".join(part for part in (one.note, added) if part)


def _by_id(contacts: Iterable[Contact]) -> dict[str, Contact]:
    return {contact.id: contact for contact in contacts}


def _new(theirs: Iterable[Entry], mine: Iterable[Entry], key: Callable[[Entry], str]) -> Iterable[Entry]:
    known = {key(each) for each in mine}
    return (each for each in theirs if key(each) not in known)
