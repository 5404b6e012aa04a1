"""The whole desk, built from the stores and what other rooms lend it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import tzinfo
from pathlib import Path
from typing import TYPE_CHECKING

from app.core.mention import ArchivedMention
from app.core.ports import desk as ports
from app.core.ports.by_hand import ByHand as ByHandPort
from app.core.ports.by_hand import DraftFile, Pictures, Waiting
from app.core.ports.desk_archive import DeskArchive
from app.core.ports.fetched import Fetched
from app.core.ports.outbox import OutTray
from app.core.ports.owner_file import WriteFile
from app.core.ports.shop import CustomerFiles, Secrets, ShopFile
from app.core.ports.source import Sources
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.desk.bells import Bells
from app.desk.by_hand import ByHand, Judge
from app.desk.cards import Customers
from app.desk.cases import Cases
from app.desk.health import Health
from app.desk.inbox import Inbox
from app.desk.learning import Learning, Level
from app.desk.outbox import Outbox
from app.desk.outcomes import Outcomes
from app.desk.person import Records
from app.desk.places import Places, ReplyViews
from app.desk.playbook import Playbook
from app.desk.proposals import LanguageOf, Proposals
from app.desk.replies import Replies
from app.desk.watches import Errands, Watches

if TYPE_CHECKING:
    from app.core.first_names import FirstNames  # for an annotation alone: a start has no use for it


@dataclass(frozen=True, slots=True)
class Lent:
    """What the desk is built of. `checks` are health checks of other rooms; `close` ends what was opened for it.

    `level` gives what the bell would go by with the shipped weights alone, `judge` the verdict of the detector as this
    shop has taught it, `language_of` the language in which somebody is answered, `first_names` the table by which people are spoken to.
    `waiting`, `pictures` and `entry_draft` take what is entered by hand. `tray` is the desk's side of the outbox,
    `fetched` what watch tests were given just now.
    """

    profile: Path
    archive: DeskArchive
    customers: CustomerFiles
    shop: ShopFile
    secrets: Secrets
    tray: OutTray
    sources: Sources
    errands: Errands
    reports: ports.Reports
    hand_over: ports.HandOver
    level: Level
    judge: Judge
    language_of: LanguageOf
    first_names: Callable[[], FirstNames]
    waiting: Waiting
    pictures: Pictures
    entry_draft: DraftFile
    fetched: Fetched
    write_file: WriteFile
    zone: tzinfo
    now: Callable[[], float]
    checks: tuple[tuple[str, Callable[[], Sequence[Problem]]], ...]
    close: Callable[[], None]


class Settings:
    """The owner's preferences in the shop file."""

    def __init__(self, shop: ShopFile) -> None:
        self._shop = shop

    def get(self) -> Preferences:
        return self._shop.preferences()

    def change(self, change: Callable[[Preferences], Preferences]) -> Problem | None:
        def owned(known: Preferences) -> Preferences:
            changed = change(known)
            by_owner = known.ring_at_by_owner or changed.ring_at != known.ring_at
            return replace(changed, ring_at_by_owner=by_owner)

        return self._shop.change_preferences(owned)


class Desk:
    """Implements core.ports.desk.Desk."""

    def __init__(self, lent: Lent) -> None:
        learning = Learning(lent.archive, lent.shop, lent.level, lent.now, lent.write_file)
        learning.renew_ring_at()
        cases = Cases(lent.archive, lent.shop, lent.customers, learning, lent.zone)
        by_hand = ByHand(
            lent.archive,
            lent.customers,
            (lent.waiting, lent.pictures, lent.entry_draft),
            lent.judge,
            (lent.now, lent.zone),
            lent.write_file,
        )

        def forget_also(keys: tuple[str, ...], nameless: Sequence[ArchivedMention]) -> None:
            lent.fetched.clear()
            by_hand.forget(keys, nameless)

        places = Places(lent.shop, lent.sources, lent.secrets)
        shown = ReplyViews(lent.tray, places)
        records = Records(
            (lent.archive, lent.customers, lent.shop, lent.tray),
            by_hand,
            lent.sources,
            (lent.now, lent.zone),
            lent.write_file,
        )
        customers = Customers(lent.archive, lent.customers, lent.shop, records, forget_also, shown.unlogged)
        proposals = Proposals(lent.shop, lent.sources, lent.language_of, lent.first_names)
        stores = (lent.archive, lent.customers, lent.shop)
        replies = Replies(stores, cases, customers, lent.tray, places, proposals)
        outcomes = Outcomes(lent.archive, lent.customers, lent.tray, cases, customers, places.in_private)
        self.by_hand: ByHandPort = by_hand
        playbook = Playbook(lent.archive, lent.shop, lent.now)
        self.inbox: ports.Inbox = Inbox(lent.archive, lent.customers, lent.shop, shown.of, proposals, playbook)
        self.cases: ports.Cases = cases
        self.learning: ports.Learning = learning
        self.customers: ports.Customers = customers
        self.replies: ports.Replies = replies
        self.outbox: ports.Outbox = Outbox(lent.archive, lent.customers, lent.tray, places, replies, outcomes)
        self.watches: ports.Watches = Watches(
            lent.archive,
            lent.shop,
            lent.sources,
            lent.secrets,
            lent.errands,
            lent.now,
        )
        self.bells: ports.Bells = Bells(lent.archive, lent.shop, lent.zone, cases.brought_back)
        self.reports: ports.Reports = lent.reports
        self.hand_over: ports.HandOver = lent.hand_over
        self.settings: ports.Settings = Settings(lent.shop)
        self.health: ports.Health = Health(
            lent.profile, lent.archive, lent.shop, self.watches.list, lent.now, lent.checks
        )
        self._close = lent.close

    def close(self) -> None:
        """Close the stores; nothing may be called afterwards."""
        self._close()
