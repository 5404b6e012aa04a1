"""A desk in memory with a believable shop: for tests of the face."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ui.fake_learning import FakeLearning
from ui.fake_outbox import FakeOutbox
from ui.fake_shop import DAY, NOW, Heard, believable, covered, finds, watches

from app.core.case import CaseState, Satisfaction
from app.core.correction import Label
from app.core.coverage import CoveredHour
from app.core.customer import OF_CONTACTS, Channel, Contact, Customer, Direction, Draft, Identity
from app.core.ports.find import InHand
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.reply import SavedReply, fill
from app.core.report_table import Column, ReportTable
from app.core.verdict import Kind
from app.core.views import CaseView, Folder, Found, HistoryEntry, InboxRow, Missed, Page, Trial, TrialMention, WatchView
from app.core.watch import Watch

PARTS = ("inbox", "cases", "replies", "customers", "watches", "bells", "reports", "hand_over", "settings", "health")


@dataclass
class FakeDesk:
    """All parts of a desk in one object: each attribute the protocol names is this one. `calls` notes what was asked."""

    heard: list[Heard] = field(default_factory=believable)
    views: list[WatchView] = field(default_factory=watches)
    preferences: Preferences = field(
        default_factory=lambda: Preferences("Piekarnia Rynek", "Poznań", "Piekarnia Rynek")
    )
    replies_kept: list[SavedReply] = field(
        default_factory=lambda: [
            SavedReply(
                "sorry",
                "Przeprosiny",
                "Dzień dobry {name}, przepraszamy za zamówienie {order}.\n{signature}",
                "pl",
                "complaint",
            ),
            SavedReply("sorry-ru", "Извинения", "Здравствуйте, {name}! Нам очень жаль.", "ru"),
            SavedReply("thanks", "Thank you", "Thank you, {name}!", "en", "praise"),
        ]
    )
    people: dict[str, Customer] = field(default_factory=dict)
    drafts: dict[int, Draft] = field(default_factory=dict)
    proposals: dict[int, Mapping[str, str]] = field(default_factory=dict)
    calls: list[tuple[Any, ...]] = field(default_factory=list)
    problem: Problem | None = None
    trial: Trial | None = None
    table: ReportTable | None = None
    saved_files: list[tuple[Path, bytes]] = field(default_factory=list)
    finds: list[Found | Missed] = field(default_factory=finds)
    undone: list[Callable[[], None]] = field(default_factory=list)
    now: float = NOW

    def __post_init__(self) -> None:
        self.learning = FakeLearning(self)
        self.outbox = FakeOutbox(self)
        for part in PARTS:
            setattr(self, part, _Part(self, part))
        anna = Identity("mastodon.social", "@anna_k@mastodon.social", "Anna K.")
        self.people.setdefault(
            "anna",
            Customer(
                "anna",
                "Anna K.",
                (anna,),
                (
                    Contact(
                        "c1",
                        NOW - 12 * DAY,
                        Direction.IN,
                        Channel.PHONE,
                        "Asked about order 1182, wants the cake on Tuesday.",
                        "Ewa",
                        1,
                    ),
                    Contact(
                        "c2", NOW - 10 * DAY, Direction.OUT, Channel.POST, "Przepraszamy, tort będzie we wtorek.", "", 1
                    ),
                ),
                note="Stała klientka, zamawia torty na urodziny.",
                created=NOW - 90 * DAY,
            ),
        )
        self.people.setdefault(
            "jan", Customer("jan", "Jan Kowalski", (Identity("phone", "+48 600 100 200"),), (), created=NOW - 30 * DAY)
        )

    def close(self) -> None:
        self.calls.append(("close",))

    def one(self, mention_id: int) -> Heard | None:
        """Return what was heard under an id."""
        return next((one for one in self.heard if one.archived.id == mention_id), None)

    def _in(self, folder: Folder) -> list[Heard]:
        kinds = {
            Folder.COMPLAINTS: Kind.COMPLAINT,
            Folder.QUESTIONS: Kind.QUESTION,
            Folder.PRAISE: Kind.PRAISE,
            Folder.LEADS: Kind.LEAD,
        }
        if folder is Folder.EVERYTHING:
            return sorted(self.heard, key=lambda one: -one.archived.heard_at)
        if folder is Folder.SNOOZED:
            return [one for one in self.heard if one.snoozed]
        found = [one for one in self.heard if one.kind is kinds[folder] and one.state.is_open and not one.snoozed]
        return sorted(found, key=lambda one: min(one.due_at or NOW + 1000 * DAY, one.back or NOW + 1000 * DAY))

    def row_of(self, one: Heard) -> InboxRow:
        """Return the row of what was heard."""
        archived, mention = one.archived, one.archived.mention
        return InboxRow(
            archived.id,
            archived.case_id,
            one.kind,
            archived.verdict.score,
            one.severity,
            mention.author,
            mention.source,
            mention.site,
            mention.title,
            " ".join(mention.text.split())[:200],
            mention.stars,
            archived.own,
            mention.published or archived.heard_at,
            archived.heard_at,
            one.due_at if one.state.is_open else None,
            one.state,
            one.places,
            archived.watch_id,
            archived.verdict.cause,
            level=archived.verdict.level,
            snoozed_until=one.snoozed,
            back_at=one.back,
        )

    def inbox_counts(self, now: float) -> Mapping[Folder, int]:
        return {folder: len(self._in(folder)) for folder in Folder}

    def inbox_page(self, folder: Folder, search: str, offset: int, limit: int, now: float) -> Page:
        rows = self._in(folder)
        if search:
            rows = [
                one
                for one in rows
                if all(
                    word in f"{one.archived.mention.author} {one.archived.mention.text}".lower()
                    for word in search.lower().split()
                )
            ]
        return Page(tuple(self.row_of(one) for one in rows[offset : offset + limit]), offset, len(rows))

    def inbox_row(self, mention_id: int) -> InboxRow | None:
        one = self.one(mention_id)
        return self.row_of(one) if one else None

    def inbox_next_due(self, now: float) -> InboxRow | None:
        rows = [self.row_of(one) for one in self._in(Folder.COMPLAINTS) if one.due_at]
        return rows[0] if rows else None

    def inbox_overdue(self, now: float) -> frozenset[Folder]:
        kinds = [folder for folder in Folder if folder not in {Folder.EVERYTHING, Folder.SNOOZED}]
        return frozenset(folder for folder in kinds if any((one.due_at or now + 1) <= now for one in self._in(folder)))

    def inbox_open(self, mention_id: int) -> CaseView | None:
        one = self.one(mention_id)
        if one is None:
            return None
        case = one.archived.case_id
        handle = one.archived.mention.handle
        customer = next(
            (p for p in self.people.values() if any(i.handle == handle for i in p.identities) and handle), None
        )
        history = tuple(HistoryEntry(c.at, contact=c) for c in customer.contacts) if customer else ()
        draft = self.drafts.get(case if case is not None else -mention_id)
        return CaseView(
            one.archived,
            (one.archived,),
            case,
            one.kind,
            one.state,
            one.due_at if one.state.is_open else None,
            one.answered_at,
            customer,
            history,
            one.times,
            draft,
            one.limit,
            "Nasz blog",
            one.archived.verdict.cause,
            self.outbox.views(mention_id),
            self.drafts.get(OF_CONTACTS + (case if case is not None else -mention_id)),
            one.snoozed,
            language=one.archived.mention.language,
            proposals={}
            if self.outbox.views(mention_id) or not one.state.is_open
            else self.proposals.get(mention_id, {}),
            satisfaction=one.satisfaction,
            news_at=self.row_of(one).news_at,
        )

    def _change(self, mention_id: int, **changes: Any) -> int | Problem:
        if self.problem:
            return self.problem
        one = self.one(mention_id)
        assert one is not None
        before = {name: getattr(one, name) for name in changes}
        taught = self.learning.known

        def undo() -> None:
            for name, value in before.items():
                setattr(one, name, value)
            self.learning.known = taught

        self.undone.append(undo)
        for name, value in changes.items():
            setattr(one, name, value)
        return one.archived.case_id or -mention_id

    def cases_set_satisfaction(self, mention_id: int, satisfaction: Satisfaction | None, now: float) -> int | Problem:
        return self._change(mention_id, satisfaction=satisfaction)

    def cases_set_state(self, mention_id: int, state: CaseState, now: float) -> int | Problem:
        one = self.one(mention_id)
        mark = one.satisfaction if one and state is CaseState.RESOLVED else None
        done = self._change(mention_id, state=state, satisfaction=mark)
        if state is CaseState.NOT_US and not isinstance(done, Problem):
            self.learning.teach(mention_id, Label.NOT_US)
        return done

    def cases_set_kind(self, mention_id: int, kind: Kind | None, now: float) -> int | Problem:
        done = self._change(mention_id, kind=kind)
        if not isinstance(done, Problem):
            self.learning.teach(mention_id, Label.COMPLAINT if kind is Kind.COMPLAINT else Label.NOT_COMPLAINT)
        return done

    def cases_snooze(self, mention_id: int, until: float | None, now: float) -> int | Problem:
        return self._change(mention_id, snoozed=until)

    def cases_undo(self) -> int | None:
        if not self.undone:
            return None
        self.undone.pop()()
        return 1

    def cases_block_author(self, mention_id: int, now: float) -> int | Problem:
        one = self.one(mention_id)
        assert one is not None
        return self._block(mention_id, "blocked_authors", one.archived.mention.author)

    def cases_block_site(self, mention_id: int, now: float) -> int | Problem:
        one = self.one(mention_id)
        assert one is not None
        return self._block(mention_id, "blocked_sites", one.archived.mention.site)

    def _block(self, mention_id: int, field_name: str, entry: str) -> int | Problem:
        before = getattr(self.preferences, field_name)
        done = self._change(mention_id, state=CaseState.NOT_US)
        if isinstance(done, Problem):
            return done
        self.preferences = replace(self.preferences, **{field_name: (*before, entry)})
        decided = self.undone.pop()

        def undo() -> None:
            decided()
            self.preferences = replace(self.preferences, **{field_name: before})

        self.undone.append(undo)
        return 0

    def replies_save_draft(
        self,
        mention_id: int,
        text: str,
        audience: str,
        now: float,
        *,
        contact: bool = False,
        copied_at: float | None = None,
    ) -> Draft | Problem:
        if self.problem:
            return self.problem
        one = self.one(mention_id)
        assert one is not None
        case = one.archived.case_id if one.archived.case_id is not None else -mention_id
        case += OF_CONTACTS if contact else 0
        draft = Draft(case, text, now, audience, copied_at)
        if text:
            self.drafts[case] = draft
        else:
            self.drafts.pop(case, None)
        return draft

    def replies_prepared(self, mention_id: int, reply: SavedReply, audience: str = "public") -> str:
        one = self.one(mention_id)
        assert one is not None
        return fill(reply.text, {"name": one.archived.mention.author, "signature": self.preferences.signature})

    def replies_mark_answered(self, mention_id: int, text: str, channel: Channel, now: float) -> Contact | Problem:
        changed = self._change(mention_id, state=CaseState.ANSWERED, answered_at=now)
        if isinstance(changed, Problem):
            return changed
        self.drafts.pop(changed, None)
        return Contact("answer", now, Direction.OUT, channel, text)

    def replies_saved(self) -> tuple[SavedReply, ...]:
        return tuple(self.replies_kept)

    def replies_put_saved(self, *replies: SavedReply) -> Problem | None:
        given = {reply.id for reply in replies}
        self.replies_kept = [*(one for one in self.replies_kept if one.id not in given), *replies]
        return self.problem

    def replies_remove_saved(self, reply_id: str) -> Problem | None:
        self.replies_kept = [one for one in self.replies_kept if one.id != reply_id]
        return self.problem

    def customers_search(self, words: str) -> tuple[Customer, ...]:
        return tuple(one for one in self.people.values() if words.lower() in one.name.lower())

    def customers_get(self, customer_id: str) -> Customer | None:
        return self.people.get(customer_id)

    def customers_history(self, customer_id: str) -> tuple[HistoryEntry, ...]:
        return tuple(HistoryEntry(one.at, contact=one) for one in self.people[customer_id].contacts)

    def customers_create(self, name: str, now: float) -> Customer | Problem:
        customer = Customer(f"new-{len(self.people)}", name, created=now)
        self.people[customer.id] = customer
        return customer

    def customers_set_note(self, customer_id: str, note: str) -> Customer | Problem:
        self.people[customer_id] = replace(self.people[customer_id], note=note)
        return self.people[customer_id]

    def customers_rename(self, customer_id: str, name: str) -> Customer | Problem:
        self.people[customer_id] = replace(self.people[customer_id], name=name)
        return self.people[customer_id]

    def customers_log(
        self, customer_id: str, direction: Direction, channel: Channel, text: str, at: float, who: str = ""
    ) -> Contact | Problem:
        contact = Contact(f"c{len(self.calls)}", at, direction, channel, text, who)
        customer = self.people[customer_id]
        self.people[customer_id] = replace(customer, contacts=(*customer.contacts, contact))
        return self.problem or contact

    def customers_log_for(
        self, mention_id: int, direction: Direction, channel: Channel, text: str, at: float, who: str = ""
    ) -> Contact | Problem:
        return self.problem or self.customers_log("anna", direction, channel, text, at, who)

    def customers_save_begun(self, customer_id: str, text: str, how: str, now: float) -> Draft | Problem:
        return self.problem or Draft(OF_CONTACTS, text, now, how)

    def customers_contacts(self, limit: int = 500) -> tuple[tuple[Customer, Contact], ...]:
        found = [(one, contact) for one in self.people.values() for contact in one.contacts]
        return tuple(sorted(found, key=lambda pair: -pair[1].at))

    def customers_forget(self, customer_id: str) -> Problem | None:
        if self.problem:
            return self.problem
        self.people.pop(customer_id)
        return None

    def watches_coverage(self, now: float) -> tuple[CoveredHour, ...]:
        return covered(self.views, now)

    def watches_list(self) -> tuple[WatchView, ...]:
        return tuple(self.views)

    def watches_test(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Trial:
        mentions = (
            TrialMention(
                "",
                "Paczka miała być we wtorek, a infolinia milczy.",
                "Anna K.",
                "https://example.org/1",
                NOW,
                True,
                Kind.COMPLAINT,
                0.93,
            ),
            TrialMention(
                "", "Inna piekarnia otwiera filię.", "Głos", "https://example.org/2", NOW, False, Kind.NEUTRAL, 0.02
            ),
        )
        return self.trial or Trial(watch, "Nasz blog", mentions)

    def watches_find(
        self,
        hands: Sequence[InHand],
        tell: Callable[[Found | Missed], None],
        *,
        own: bool = True,
        allow_private: bool = False,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        for news in self.finds:
            if stopped():
                return
            tell(replace(news, watch=replace(news.watch, own=own)) if isinstance(news, Found) else news)

    def watches_save(self, watch: Watch, secrets: Mapping[str, str] | None = None) -> Watch | Problem:
        if self.problem:
            return self.problem
        kept = replace(watch, id=watch.id or f"w{len(self.views) + 1}")
        place = next((n for n, view in enumerate(self.views) if view.watch.id == kept.id), len(self.views))
        self.views[place : place + 1] = [WatchView(kept, None, kept.source)]
        return kept

    def watches_keep_secrets_in_file(self) -> Problem | None:
        self.problem = None
        return None

    def watches_remove(self, watch_id: str) -> Problem | None:
        self.views = [view for view in self.views if view.watch.id != watch_id]
        return self.problem

    def reports_ids(self) -> tuple[str, ...]:
        return ("answered_in_time", "places")

    def reports_save(self, path: Path, content: bytes) -> Problem | None:
        self.saved_files.append((path, content))
        return self.problem

    def reports_run(self, report_id: str, since: float, until: float) -> ReportTable | None:
        return self.table or ReportTable(
            (
                Column("place"),
                Column("complaints", "count"),
                Column("share_answered", "percent"),
                Column("median", "seconds"),
                Column("last", "time"),
            ),
            (
                ("mastodon.social", 4, 75.0, 2400.0, NOW),
                ("Recenzje Google", 12, 41.666, 93000.0, None),
                ("=evil()", 0, 0, 0, NOW),
            ),
        )

    def hand_over_targets(self) -> tuple[str, ...]:
        return ("mail",)

    def hand_over_link(self, target: str, mention_id: int, address: str) -> str:
        return f"mailto:{address}?subject=case"

    def settings_get(self) -> Preferences:
        return self.preferences

    def settings_change(self, change: Callable[[Preferences], Preferences]) -> Problem | None:
        if self.problem:
            return self.problem
        preferences = change(self.preferences)
        owned = self.preferences.ring_at_by_owner or preferences.ring_at != self.preferences.ring_at
        self.preferences = replace(preferences, ring_at_by_owner=owned)
        return None

    def health_checks(self) -> tuple[tuple[str, Problem | None], ...]:
        return (("archive", None), ("disk", Problem("desk.disk_low", {"megabytes": 12})))


class _Part:
    """One attribute of the desk: passes calls on under «part_name» and notes them."""

    def __init__(self, desk: FakeDesk, part: str) -> None:
        self._desk, self._part = desk, part

    def __getattr__(self, name: str) -> Callable[..., Any]:
        method = getattr(self._desk, f"{self._part}_{name}")

        def call(*args: Any, **more: Any) -> Any:
            self._desk.calls.append((f"{self._part}.{name}", *args))
            return method(*args, **more)

        return call
