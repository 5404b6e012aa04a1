"""The plan that fits a case: what the owner wrote for its situation, and for many complaints at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.core.harm import endangers
from app.core.mention import ArchivedMention
from app.core.playbook import CRISIS, DANGER, MANY, WITHIN, Plan, plans_for
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.shop import ShopFile
from app.core.verdict import Kind, judged_text
from app.core.views import InboxRow


class Playbook:
    """Reads the shop file and counts in the archive; changes nothing. `now` gives Unix seconds."""

    def __init__(self, archive: DeskArchive, shop: ShopFile, now: Callable[[], float]) -> None:
        self._archive, self._shop, self._now = archive, shop, now

    def of(self, row: InboxRow, mentions: Sequence[ArchivedMention]) -> tuple[Plan, ...]:
        """Return the plans for a case of these mentions; () for what is no complaint, or done with.

        A case is as dangerous as the worst of what was said in it. A threat with law or the press is none of danger: the plan
        for what the complaint is about fits it.
        """
        written = self._shop.preferences().plans
        if not written or row.kind is not Kind.COMPLAINT or row.state.is_over:
            return ()
        said = ((one.verdict, judged_text(one.mention.title, one.mention.text)) for one in mentions)
        danger = DANGER in written and any(endangers(verdict, text) for verdict, text in said)
        crisis = CRISIS in written and self._archive.complainers(self._now() - WITHIN) >= MANY
        return plans_for(written, row.cause, danger=danger, crisis=crisis)
