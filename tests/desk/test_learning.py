"""What the owner teaches: each decision is one correction, taking it back removes exactly that one."""

from __future__ import annotations

import errno
import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.counter import Counter

from app.core.bands import RING_AT, Band
from app.core.case import CaseState
from app.core.correction import MOST, Correction, Label
from app.core.customer import Channel
from app.core.preferences import Preferences
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.core.views import Hits
from app.desk.learning import Learning
from app.stores import atomic

AWFUL = "The bread was awful and nobody answers the phone."
MORE = "Still nobody answers, the service is awful beyond words."
NOW = 1_800_000_000.0


def labels(shop: Counter) -> list[tuple[int | None, str]]:
    return [(one.mention_id, one.label.value) for one in shop.desk.learning.corrections()]


def lessons(count: int, label: Label, score: float, first: int = 0) -> list[Correction]:
    return [Correction(0, label, f"text {first + n}", NOW + n, score=score) for n in range(count)]


def test_a_corrected_verdict_is_kept_with_the_text_and_the_shipped_score(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW)
    (one,) = shop.desk.learning.corrections()
    assert one == Correction(
        one.id, Label.NOT_COMPLAINT, AWFUL, NOW, score=0.9, mention_id=mention, author="a.example anna"
    )


@pytest.mark.parametrize(
    ("kind", "label"),
    [(Kind.COMPLAINT, "complaint"), (Kind.PRAISE, "not_complaint"), (Kind.QUESTION, "not_complaint")],
)
def test_each_kind_says_complaint_or_not(shop: Counter, kind: Kind, label: str) -> None:
    mention = shop.say("Anna @anna", "Just passing by, nothing to say here.")
    shop.desk.cases.set_kind(mention, kind, NOW)
    assert labels(shop) == [(mention, label)]


def test_taking_back_removes_that_correction_alone(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    shop.desk.cases.set_kind(one, Kind.NEUTRAL, NOW)
    shop.desk.cases.set_kind(two, Kind.PRAISE, NOW)
    shop.desk.cases.set_kind(one, None, NOW)
    assert labels(shop) == [(two, "not_complaint")]
    shop.desk.cases.undo()
    assert labels(shop) == [(one, "not_complaint"), (two, "not_complaint")]
    shop.desk.cases.undo()
    assert labels(shop) == [(one, "not_complaint")]


def test_a_second_thought_replaces_the_first_and_undo_brings_it_back(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW)
    before = shop.desk.learning.corrections()
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, NOW + 1)
    assert labels(shop) == [(mention, "complaint")]
    shop.desk.cases.undo()
    assert shop.desk.learning.corrections() == before
    shop.desk.cases.undo()
    assert labels(shop) == []


def test_not_about_us_is_a_correction_until_the_case_leaves_that_state(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, NOW)
    shop.desk.cases.set_state(mention, CaseState.NOT_US, NOW)
    assert labels(shop) == [(mention, "not_us")]
    shop.desk.cases.set_state(mention, CaseState.NEW, NOW)
    assert labels(shop) == [(mention, "complaint")]
    shop.desk.cases.set_kind(mention, None, NOW)
    shop.desk.cases.set_state(mention, CaseState.NOT_US, NOW)
    shop.desk.cases.set_kind(mention, None, NOW)
    assert labels(shop) == [(mention, "not_us")]
    shop.desk.replies.mark_answered(mention, "We are sorry", Channel.POST, NOW)
    assert labels(shop) == []


def test_other_decisions_teach_nothing(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_state(mention, CaseState.RESOLVED, NOW)
    shop.desk.cases.snooze(mention, NOW + 9, NOW)
    shop.desk.cases.block_author(mention, NOW)
    assert labels(shop) == []


def test_a_full_disk_keeps_neither_the_decision_nor_the_lesson(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.archive.problem = full = Problem("stores.disk_full")
    assert shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW) == full
    assert shop.desk.learning.restore(lessons(1, Label.COMPLAINT, 0.5)) == full
    shop.archive.problem = None
    assert (labels(shop), shop.desk.inbox.row(mention).kind) == ([], Kind.COMPLAINT)
    shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW)
    shop.archive.problem = full
    with pytest.raises(ProblemError):
        shop.desk.cases.undo()
    assert shop.desk.learning.undo_last() == full
    assert shop.desk.learning.reset() == full
    assert labels(shop) == [(mention, "not_complaint")]


def test_the_newest_is_undone_one_is_removed_and_all_can_come_back(shop: Counter) -> None:
    shop.desk.learning.restore(lessons(4, Label.COMPLAINT, 0.5))
    whole = shop.desk.learning.corrections()
    assert shop.desk.learning.undo_last() == whole[3]
    assert shop.desk.learning.remove(whole[1].id) == whole[1]
    assert shop.desk.learning.remove(whole[1].id) == Problem("desk.no_correction", {"id": whole[1].id})
    assert shop.desk.learning.corrections() == (whole[0], whole[2])
    gone = shop.desk.learning.reset()
    assert shop.desk.learning.corrections() == ()
    assert shop.desk.learning.undo_last() is None
    assert shop.desk.learning.restore(gone) is None
    assert shop.desk.learning.corrections() == (whole[0], whole[2])


def test_a_reset_forgets_those_too_that_no_longer_count(shop: Counter) -> None:
    shop.desk.learning.restore(lessons(MOST + 60, Label.COMPLAINT, 0.5))
    assert len(shop.desk.learning.corrections()) == MOST
    gone = shop.desk.learning.reset()
    assert not isinstance(gone, Problem)
    assert len(gone) == MOST + 60
    assert shop.desk.learning.corrections() == ()


def test_undo_of_a_decision_after_a_reset_teaches_nothing_old(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW)
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, NOW)
    shop.desk.learning.reset()
    shop.desk.cases.undo()
    assert labels(shop) == []


def test_what_is_exported_can_be_imported_on_another_laptop(shop: Counter) -> None:
    shop.profile.clock.shift = 100_000_000.0
    odd = "Zupa\u2028 zimna\r\n«źle» \U0001f92c " + AWFUL
    shop.desk.learning.restore(
        [Correction(0, Label.NOT_US, odd, NOW, "Title", 2.0, "pl", 0.9), *lessons(2, Label.COMPLAINT, 0.5)]
    )
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.cases.set_kind(mention, Kind.NEUTRAL, NOW + 5)
    text = shop.desk.learning.export()
    assert "anna" not in text.lower()
    whole = shop.desk.learning.reset()
    assert shop.desk.learning.import_("\ufeff" + text + "\n") == 4
    back = shop.desk.learning.corrections()
    assert [replace(one, id=0, score=None) for one in back] == [
        replace(one, id=0, score=None, mention_id=None, author="") for one in whole
    ]
    assert back[-1].score == 0.9
    assert shop.desk.learning.import_(text) == 0
    assert shop.desk.learning.corrections() == back


def test_a_full_disk_leaves_the_file_that_was_saved_before(
    shop: Counter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shop.desk.learning.restore(lessons(2, Label.COMPLAINT, 0.5))
    path = tmp_path / "learnt.jsonl"
    assert shop.desk.learning.save(path) == 2
    before = path.read_text("utf-8")
    assert before == shop.desk.learning.export()

    def full(_descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(atomic.os, "fsync", full)
    told = shop.desk.learning.save(path)
    assert told == Problem("ui.file_not_written", {"file": "learnt.jsonl", "reason": "full"})
    assert path.read_text("utf-8") == before


@pytest.mark.parametrize(
    "line", ["nonsense", "[]", "7", "{}", '{"label": "praise", "text": "x"}', '{"label": "complaint", "text": 5}',
             '{"label": "complaint", "text": ""}', "[" * 99_999],
)  # fmt: skip
def test_a_file_with_a_wrong_line_teaches_nothing(shop: Counter, line: str) -> None:
    good = json.dumps({"label": "complaint", "text": "x"})
    assert shop.desk.learning.import_(f"{good}\n\n{line}") == Problem("desk.bad_correction", {"line": 3})
    assert labels(shop) == []


def test_odd_values_of_an_import_are_passed_over(shop: Counter) -> None:
    line = {"label": "complaint", "text": "x", "stars": "many", "at": "long ago", "score": "high", "more": 1}
    future = {**line, "text": "y", "at": "2999-01-01", "stars": 3}
    assert shop.desk.learning.import_(f"{json.dumps(line)}\n{json.dumps(future)}") == 2
    one, two = shop.desk.learning.corrections()
    assert (one.stars, two.stars) == (None, 3.0)
    assert max(one.at, two.at) <= shop.profile.clock()


def test_hits_count_rings_the_owner_dealt_with(shop: Counter) -> None:
    rung = [shop.say(f"P{n} @p{n}", f"{AWFUL} Order {n}.") for n in range(4)]
    silent = shop.say("Zoe @zoe", "Just passing by, nothing to say here.")
    now = shop.profile.clock() + 1
    shop.desk.bells.ring(rung, now)
    assert shop.desk.learning.hits() == Hits(0, 0)
    shop.desk.cases.set_kind(rung[0], Kind.NEUTRAL, now + 1)
    shop.desk.cases.set_state(rung[1], CaseState.NOT_US, now + 1)
    shop.desk.cases.set_state(rung[2], CaseState.ANSWERED, now + 1)
    shop.desk.cases.set_kind(silent, Kind.COMPLAINT, now + 1)
    assert shop.desk.learning.hits() == Hits(1, 3)
    assert shop.desk.learning.hits(1) == Hits(1, 1)


def test_the_preview_says_what_would_have_rung(shop: Counter) -> None:
    for n, score in enumerate(("0.95", "0.8", "0.6", "0.3")):
        shop.say(f"P{n} @p{n}", f"The soup was cold, this sure: {score}")
    found = shop.desk.learning.preview(0.75, 0.0)
    assert found.counts == {Band.RING: 2, Band.DIGEST: 1, Band.SILENT: 1}
    assert {row.score for row in found.examples[Band.RING]} == {0.95, 0.8}
    assert shop.desk.learning.preview(0.9, 0.0).counts[Band.RING] == 1
    assert shop.desk.learning.preview(0.9, shop.profile.clock() + 60).counts[Band.RING] == 0


def test_the_bell_follows_the_corrections_from_fifty_on_and_back(shop: Counter) -> None:
    learning = shop.desk.learning
    learning.restore(lessons(49, Label.NOT_COMPLAINT, 0.85))
    assert (learning.suggested_ring_at(), shop.shop.preferences().ring_at) == (None, RING_AT)
    learning.restore(lessons(1, Label.NOT_COMPLAINT, 0.85, 100))
    level = shop.shop.preferences().ring_at
    assert 0.8 < level == learning.suggested_ring_at()
    assert not shop.shop.preferences().ring_at_by_owner
    learning.undo_last()
    assert shop.shop.preferences().ring_at == RING_AT


def test_what_the_owner_answered_counts_for_the_bell(shop: Counter) -> None:
    mentions = [shop.say(f"P{n} @p{n}", f"The soup number {n} was cold: 0.73") for n in range(40)]
    shop.desk.learning.restore(lessons(50, Label.COMPLAINT, 0.71))
    without = shop.desk.learning.suggested_ring_at()
    shop.desk.learning.restore(lessons(9, Label.NOT_COMPLAINT, 0.75, 100))
    worse = shop.desk.learning.suggested_ring_at()
    for mention in mentions:
        shop.desk.cases.set_state(mention, CaseState.ANSWERED, NOW)
    assert without < worse
    assert shop.desk.learning.suggested_ring_at() < worse


def test_the_owners_own_setting_wins_until_it_is_given_back(shop: Counter) -> None:
    learning = shop.desk.learning
    learning.restore(lessons(60, Label.NOT_COMPLAINT, 0.85))
    automatic = shop.shop.preferences().ring_at
    shop.desk.settings.change(lambda known: replace(known, sound=False))
    assert not shop.shop.preferences().ring_at_by_owner
    stale = replace(shop.shop.preferences(), ring_at=0.6)
    assert shop.desk.settings.change(lambda _known: stale) is None
    assert shop.shop.preferences() == replace(stale, ring_at_by_owner=True)
    learning.restore(lessons(5, Label.NOT_COMPLAINT, 0.85, 100))
    shop.desk.settings.change(lambda _known: stale)
    assert shop.shop.preferences() == replace(stale, ring_at_by_owner=True)
    assert learning.suggested_ring_at() > 0.8
    assert learning.ring_automatically() is None
    after = shop.shop.preferences()
    assert (after.ring_at, after.ring_at_by_owner) == (pytest.approx(automatic, abs=0.04), False)


def test_a_start_brings_the_threshold_of_an_update_unless_the_owner_set_one(shop: Counter) -> None:
    learning = shop.desk.learning
    assert isinstance(learning, Learning)
    for by_owner, at, wanted in ((True, 0.8, 0.8), (False, 0.8, RING_AT), (False, 0.5, RING_AT)):
        shop.shop.put_preferences(replace(Preferences(), ring_at=at, ring_at_by_owner=by_owner))
        learning.renew_ring_at()
        assert shop.shop.preferences().ring_at == wanted


def test_a_start_reads_no_correction_where_nothing_was_updated(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    learning = shop.desk.learning
    assert isinstance(learning, Learning)
    learning.restore(lessons(60, Label.NOT_COMPLAINT, 0.85))
    before = shop.shop.preferences()
    assert (before.ring_at != RING_AT, before.ring_at_from) == (True, RING_AT)
    monkeypatch.setattr(learning, "mind_ring_at", lambda: pytest.fail("the corrections were read"))
    learning.renew_ring_at()
    assert shop.shop.preferences() == before


def test_the_next_decision_brings_the_threshold_of_an_update_unless_the_owner_set_one(shop: Counter) -> None:
    one, two = shop.say("Anna @anna", AWFUL), shop.say("Jan @jan", MORE)
    shop.shop.put_preferences(replace(Preferences(), ring_at=0.8, ring_at_by_owner=True))
    shop.desk.cases.set_kind(one, Kind.NEUTRAL, NOW)
    assert shop.shop.preferences().ring_at == 0.8
    shop.shop.put_preferences(replace(Preferences(), ring_at=0.8))
    shop.desk.cases.set_kind(two, Kind.NEUTRAL, NOW)
    assert shop.shop.preferences().ring_at == RING_AT


def test_a_shop_file_that_cannot_be_written_stops_no_lesson(shop: Counter) -> None:
    shop.shop.problem = Problem("stores.shop_busy")
    assert shop.desk.learning.restore(lessons(60, Label.NOT_COMPLAINT, 0.85)) is None
    assert len(labels(shop)) == 60
    assert shop.desk.learning.ring_automatically() == Problem("stores.shop_busy")
    assert shop.shop.preferences() == Preferences()


def test_forgetting_a_customer_forgets_what_was_learnt_from_them(shop: Counter) -> None:
    mention = shop.say("Anna @anna", AWFUL)
    shop.desk.replies.save_draft(mention, "We are sorry", "public", NOW)
    shop.desk.cases.set_kind(mention, Kind.COMPLAINT, NOW)
    (customer,) = shop.desk.customers.search("anna")
    assert shop.desk.customers.forget(customer.id) is None
    assert labels(shop) == []


def test_a_threshold_the_owner_sets_meanwhile_is_not_moved(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    """By a command beside the window, between the reckoning and the writing."""
    shop.shop.change_preferences(lambda known: replace(known, ring_at=0.5, ring_at_from=0.0))
    change = shop.shop.change_preferences

    def after_another(act: Callable[[Preferences], Preferences]) -> Problem | None:
        change(lambda known: replace(known, ring_at=0.8, ring_at_by_owner=True))
        return change(act)

    monkeypatch.setattr(shop.shop, "change_preferences", after_another)
    assert shop.desk.learning.mind_ring_at() is None
    kept = shop.shop.preferences()
    assert (kept.ring_at, kept.ring_at_by_owner) == (0.8, True)
