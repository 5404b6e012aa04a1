"""One customer's file: a small TinyDB of the tables profile, identities, contacts and drafts."""

from __future__ import annotations

import contextlib
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from tinydb.table import Table

from app.core.customer import Contact, Customer, Draft, Identity
from app.stores.atomic import (
    Tables,
    UnreadableError,
    changing,
    make_folder,
    put_document,
    raw_documents,
    read_tables,
    replace_documents,
    replace_file,
    sync_folder,
)
from app.stores.documents import from_document, readable, to_document

ID = re.compile(r"[0-9a-f]{16,32}")
"""What a customer's id looks like; nothing else ever becomes part of a path."""

Entry = TypeVar("Entry", Identity, Contact, Draft)


class CustomerFile:
    """The file of one customer under `folder`/xx/ID.json. Raises `UnreadableError` and `OSError`.

    Its state before the last change stays under `folder`/.previous/ID.json, to restore from.
    """

    def __init__(self, folder: Path, customer_id: str) -> None:
        self.id = customer_id
        self.path = folder / customer_id[:2] / f"{customer_id}.json"
        self._previous = folder / ".previous" / f"{customer_id}.json"

    def read(self, *, patient: bool = True) -> Customer | None:
        """Return the customer, or None where there is no file. Entries of wrong types are left out, not deleted."""
        tables = self.tables(patient=patient)
        return None if tables is None else customer_of(self.id, tables)

    def tables(self, *, patient: bool = True) -> Tables | None:
        """Return what the file holds, or None where there is none. A card always has something: one of nothing is broken."""
        return _filled(read_tables(self.path, patient=patient))

    def write(self, old: Customer, new: Customer) -> None:
        """Bring the file from one state to another; what the file holds besides these values stays in it."""
        self._make_folder(self.path.parent)
        self._keep_previous()
        with changing(self.path) as base:
            profile = {"id": new.id, "name": new.name, "note": new.note, "created": new.created}
            put_document(base.table("profile"), "1", profile)
            _update(base.table("identities"), Identity, old.identities, {one.key: one for one in new.identities})
            _update(base.table("contacts"), Contact, old.contacts, {one.id: one for one in new.contacts})
            _update(base.table("drafts"), Draft, old.drafts, {str(one.case_id): one for one in new.drafts})

    def restore(self) -> bool:
        """Bring the state before the last change back; False where there is none that can be read."""
        try:
            if _filled(read_tables(self._previous)) is None:
                return False
            replace_file(self.path, self._previous.read_bytes())
        except UnreadableError:
            return False
        return True

    def erase(self) -> None:
        """Delete the file and every copy of it that this program or a folder-syncing service has made beside it."""
        copies = [*self._previous.parent.glob(f"*{self.id}*"), *self.path.parent.glob(f"*{self.id}*")]
        for copy in sorted(copies, key=lambda copy: copy == self.path):  # itself last: a failure leaves it to be seen
            copy.unlink(missing_ok=True)
        for folder in {copy.parent for copy in copies}:
            sync_folder(folder)

    def _make_folder(self, folder: Path) -> None:
        if not folder.is_dir():
            make_folder(folder.parent)
            make_folder(folder)
            sync_folder(folder.parent)

    def _keep_previous(self) -> None:
        """Give the state that is about to be replaced a second name: costs no copy and no wait for the disk."""
        spare = self._previous.with_suffix(".new")
        with contextlib.suppress(OSError):  # a disk without hard links, or no file yet: there is then no second state
            self._previous.parent.mkdir(mode=0o700, exist_ok=True)
            spare.unlink(missing_ok=True)
            os.link(self.path, spare)
            os.replace(spare, self._previous)  # noqa: PTH105


def _filled(tables: Tables | None) -> Tables | None:
    if tables is not None and not any(tables.values()):
        raise UnreadableError("nothing in it")
    return tables


def customer_of(customer_id: str, tables: Tables) -> Customer:
    """Return the customer in a file's tables."""
    profile, _ = readable(Customer, tables.get("profile", {}).get("1", {}))
    return Customer(
        customer_id,
        profile.get("name", ""),
        tuple(_good(Identity, tables.get("identities", {})).values()),
        tuple(_good(Contact, tables.get("contacts", {})).values()),
        tuple(_good(Draft, tables.get("drafts", {})).values()),
        profile.get("note", ""),
        profile.get("created", 0.0),
    )


def skipped_entries(tables: Tables) -> tuple[tuple[str, str], ...]:
    """Return table and key of the entries in a file that cannot be used."""
    kinds = {"identities": Identity, "contacts": Contact, "drafts": Draft}
    return tuple(
        (name, key)
        for name, kind in kinds.items()
        for key in tables.get(name, {}).keys() - _good(kind, tables.get(name, {})).keys()
    )


def _good(kind: type[Entry], documents: Mapping[str, Any]) -> dict[str, Entry]:
    """Return the usable entries by their keys; a contact's key is its id, a draft's its case."""
    good = {}
    for key, document in documents.items():
        with contextlib.suppress(ValueError):  # `skipped_entries` tells of it
            good[key] = from_document(kind, document, **_given(kind, key))
    return good


def _given(kind: type[Any], key: str) -> dict[str, Any]:
    if kind is Contact:
        return {"id": key}
    return {"case_id": int(key)} if kind is Draft else {}


def _update(table: Table, kind: type[Any], old: Sequence[Any], new: Mapping[str, Any]) -> None:
    if tuple(old) != tuple(new.values()):
        known = tuple(_good(kind, raw_documents(table)))
        replace_documents(table, known, {key: to_document(value) for key, value in new.items()})
