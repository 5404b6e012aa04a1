"""Drafts of replies, found by the case: also one begun while its mention had none, before an edit made a case of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from app.core.customer import Customer, Draft
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import CustomerFiles
from app.core.problems import Problem


class Drafts:
    """The drafts in the customers' files, of which one belongs to a case."""

    def __init__(self, archive: DeskArchive, files: CustomerFiles) -> None:
        self._archive, self._files = archive, files

    def of(self, case_id: int) -> tuple[Customer, Draft] | None:
        """Return the draft of a case and whose it is; among those from before it was one, the newest."""
        if held := self._files.draft_for(case_id):
            return held
        newest = max(self._earlier(case_id), key=lambda pair: pair[1].saved_at, default=None)
        return (newest[0], replace(newest[1], case_id=case_id)) if newest else None

    def put(self, customer_id: str, draft: Draft) -> Problem | None:
        """Keep a draft in place of all earlier ones of its case; an empty text only removes those."""
        if problem := self._files.put_draft(customer_id, draft):
            return problem
        for customer, earlier in tuple(self._earlier(draft.case_id)):
            if problem := self._files.put_draft(customer.id, replace(earlier, text="")):
                return problem
        return None

    def _earlier(self, case_id: int) -> Iterator[tuple[Customer, Draft]]:
        mentions = self._archive.case_mentions(case_id) if case_id > 0 else ()
        return (held for mention in mentions if (held := self._files.draft_for(-mention.id)))
