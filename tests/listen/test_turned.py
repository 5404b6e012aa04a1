"""A mention edited into a complaint, through the listener and the bells: it rings once, as a new complaint does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

import pytest
from fakes.counter import Counter
from fakes.profile import Ears, Profile

from app.core.case import CaseState
from app.core.messages import Arrived, Polled, PollNow
from app.core.preferences import Preferences
from app.core.verdict import Kind, Verdict
from app.core.views import Folder
from app.listen.engine import Listener
from app.listen.targets import renewed

FEED = "https://a.example/feed"
PLAIN = "1; Anna @anna; Bought a loaf at the bakery on the corner this morning."
AWFUL = "1; Anna @anna; Bought a loaf at the bakery on the corner: awful, and nobody answers the phone."
WORSE = "1; Anna @anna; Bought a loaf at the bakery on the corner: awful, and still nobody answers the phone!"
GREAT = "1; Anna @anna; Bought a loaf at the bakery on the corner: it is great, and so is everybody there."
MINUTE = 60.0


@pytest.fixture
def shop(profile: Profile) -> Iterator[Counter]:
    made = Counter(profile)
    yield made
    made.close()


def reads(profile: Profile, listener: Listener, ears: Ears, *pages: str) -> None:
    """Have the watch read the page as it is now, and now, and now."""
    for page in pages:
        before = len(ears.of(Polled))
        profile.web.pages[FEED] = page
        listener.obey(PollNow(("a",)))
        ears.expect(Polled, before + 1)


def heard(shop: Counter, *pages: str) -> tuple[list[Arrived], int]:
    """Return what was told of the pages after the first, and the mention."""
    with shop.profile.listening() as (listener, ears):
        reads(shop.profile, listener, ears, *pages)
        first, *rest = ears.of(Arrived)
    (mention_id,) = first.mention_ids
    return rest, mention_id


def complaints(shop: Counter) -> list[int]:
    return [row.mention_id for row in shop.desk.inbox.page(Folder.COMPLAINTS, "", 0, 9, now(shop)).rows]


def now(shop: Counter) -> float:
    return shop.profile.clock() + MINUTE


def test_an_edited_item_rings_once_and_stands_among_the_complaints(shop: Counter) -> None:
    edits, mention = heard(shop, PLAIN, AWFUL, AWFUL, WORSE)
    assert [(one.mention_ids, one.ringing) for one in edits] == [((), (mention,)), ((), ())]
    assert complaints(shop) == [mention]
    row = shop.desk.inbox.row(mention)
    assert row.case_id
    assert row.due_at
    alert = shop.desk.bells.ring(edits[0].ringing, now(shop))
    assert [one.mention_id for one in alert.rows] == [mention]
    assert shop.desk.bells.ring((mention,), now(shop)) is None
    assert shop.desk.bells.catch_up(now(shop)) is None


def test_it_rings_from_the_archive_where_nobody_was_told(shop: Counter) -> None:
    _edits, mention = heard(shop, PLAIN, AWFUL)
    assert [row.mention_id for row in shop.desk.bells.catch_up(now(shop)).rows] == [mention]
    assert shop.desk.bells.catch_up(now(shop)) is None


def test_a_complaint_that_was_one_before_keeps_its_case_and_rings_no_more(shop: Counter) -> None:
    edits, mention = heard(shop, AWFUL, WORSE, GREAT, AWFUL)
    assert [one.ringing for one in edits] == [(), (), ()]
    assert complaints(shop) == [mention]
    assert shop.desk.bells.ring((mention,), now(shop)).total == 1
    assert shop.desk.bells.catch_up(now(shop)) is None


@pytest.mark.parametrize("page", [PLAIN, GREAT])
@pytest.mark.parametrize("decision", ["not us", "kind"])
def test_what_the_owner_has_said_it_is_stays_so(shop: Counter, page: str, decision: str) -> None:
    _none, mention = heard(shop, page)
    if decision == "kind":
        shop.desk.cases.set_kind(mention, Kind.PRAISE, now(shop))
    else:
        shop.desk.cases.set_state(mention, CaseState.NOT_US, now(shop))
    before = shop.desk.inbox.row(mention)
    with shop.profile.listening() as (listener, ears):
        reads(shop.profile, listener, ears, AWFUL)
        (edit,) = ears.of(Arrived)
    assert (edit.mention_ids, edit.ringing) == ((), ())
    assert complaints(shop) == []
    after = shop.desk.inbox.row(mention)
    assert (after.state, after.due_at, after.case_id) == (before.state, before.due_at, before.case_id)
    assert "awful" in after.excerpt
    assert shop.desk.bells.catch_up(now(shop)) is None


@pytest.mark.parametrize("page", [PLAIN, GREAT])
@pytest.mark.parametrize("state", [CaseState.NO_REPLY, CaseState.ANSWERED, CaseState.WAITING, CaseState.RESOLVED])
def test_what_was_answered_and_is_edited_into_a_complaint_since_rings_and_is_open_again(
    shop: Counter, page: str, state: CaseState
) -> None:
    _none, mention = heard(shop, page)
    shop.desk.cases.set_state(mention, state, now(shop))
    shop.profile.clock.shift += 2 * MINUTE
    with shop.profile.listening() as (listener, ears):
        reads(shop.profile, listener, ears, f"{page} And more.", AWFUL, WORSE)
        rung = [one.ringing for one in ears.of(Arrived)]
    assert rung == [(), (mention,), ()]
    assert complaints(shop) == []
    alert = shop.desk.bells.ring((mention,), now(shop))
    assert alert
    assert [row.mention_id for row in alert.rows] == complaints(shop) == [mention]
    assert shop.desk.bells.catch_up(now(shop)) is None


def seen_anew(text: str, **_more: object) -> Verdict:
    """Judge as a detector does that has learnt what a loaf is."""
    return Verdict(Kind.COMPLAINT, 0.9) if "loaf" in text else Verdict(Kind.NEUTRAL, 0.1)


def test_what_the_detector_alone_sees_otherwise_opens_nothing_that_was_answered(shop: Counter) -> None:
    _none, mention = heard(shop, GREAT)
    shop.desk.cases.set_state(mention, CaseState.ANSWERED, now(shop))
    before = shop.desk.inbox.row(mention)
    shop.profile.clock.shift += 2 * MINUTE
    shop.profile.detector.judge = seen_anew  # type: ignore[method-assign]
    with shop.profile.listening() as (listener, ears):
        reads(shop.profile, listener, ears, f"{GREAT} 12 likes")
        (edit,) = ears.of(Arrived)
    assert (edit.mention_ids, edit.ringing) == ((), ())
    assert complaints(shop) == []
    after = shop.desk.inbox.row(mention)
    assert (after.state, after.due_at, after.case_id) == (before.state, before.due_at, before.case_id)


def test_a_praise_edited_into_a_complaint_keeps_its_case_and_gets_a_target(shop: Counter) -> None:
    edits, mention = heard(shop, GREAT, AWFUL)
    assert [one.ringing for one in edits] == [(mention,)]
    assert complaints(shop) == [mention]
    assert shop.desk.inbox.row(mention).due_at
    assert [(c.first_mention, c.kind) for c in shop.profile.listener_archive.open_cases()] == [
        (mention, Kind.COMPLAINT)
    ]


@pytest.mark.parametrize("page", [PLAIN, GREAT])
def test_what_was_written_hours_ago_is_not_overdue_once_it_is_edited_into_a_complaint(shop: Counter, page: str) -> None:
    shop.profile.source.published = shop.profile.clock() - 20 * 3600
    before = shop.profile.clock()
    _edits, mention = heard(shop, page, AWFUL)
    due = shop.desk.inbox.row(mention).due_at
    assert due >= before + 4 * 3600
    (case,) = shop.profile.listener_archive.open_cases()
    assert renewed([case], Preferences(), UTC, before) == []
