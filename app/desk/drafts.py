"""Drafts of replies and of contacts, found by the case: also one begun while its mention had none, before an edit made it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import reduce

from app.core.customer import OF_CONTACTS, Customer, Draft
from app.core.merging import joined
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import CustomerFiles
from app.core.problems import Problem


class Drafts:
    """The drafts in the customers' files, of which one belongs to a case: that of its reply, or with `contacts` of a contact."""

    def __init__(self, archive: DeskArchive, files: CustomerFiles, *, contacts: bool = False) -> None:
        self._archive, self._files = archive, files
        self._beside = OF_CONTACTS if contacts else 0

    def of(self, case_id: int) -> tuple[Customer, Draft] | None:
        """Return the draft of a case and whose it is; with the words of those from before their mentions were of the case.

        What is put next takes the place of them all, so all must have been shown.
        """
        held = self._files.draft_for(self._beside + case_id)
        earlier = sorted(self._earlier(case_id), key=lambda pair: -pair[1].saved_at)
        found = [held, *earlier] if held else earlier
        if not found:
            return None
        draft = reduce(joined, (replace(one, case_id=case_id) for _customer, one in found))
        return found[0][0], draft

    def put(self, customer_id: str, draft: Draft) -> Problem | None:
        """Keep a draft in place of all earlier ones of its case; an empty text only removes those."""
        if problem := self._files.put_draft(customer_id, replace(draft, case_id=self._beside + draft.case_id)):
            return problem
        for customer, earlier in tuple(self._earlier(draft.case_id)):
            if problem := self._files.put_draft(customer.id, replace(earlier, text="")):
                return problem
        return None

    def _earlier(self, case_id: int) -> Iterator[tuple[Customer, Draft]]:
        mentions = self._archive.case_mentions(case_id) if case_id > 0 else ()
        return (held for mention in mentions if (held := self._files.draft_for(self._beside - mention.id)))
