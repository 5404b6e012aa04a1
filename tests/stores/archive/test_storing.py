"""What an edit changes and what it leaves, and what a mention says of itself after many of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from stores.archive.hearing import NOW, Opened, case, keep, prints, said

from app.core.by_hand import BY_HAND
from app.core.case import CaseState, Handling
from app.core.mention import Mention
from app.core.ports.archive import Edit, Heard, NewMention
from app.core.verdict import Cause, Kind, Severity, Verdict
from app.core.views import Folder
from app.core.watch import WatchState


def edit(opened: Opened, id_: int, new: NewMention, at: float = NOW, *, fuller: bool, turned: bool = False) -> None:
    one = Edit(id_, new.mention, new.prints, new.verdict, new if turned else None, fuller)
    stored = keep(opened.listener, [Heard("w", False, WatchState("w"), at, at, edits=(one,))])
    assert isinstance(stored, list), stored


def test_what_was_heard_shortened_first_is_no_edit_and_said_nothing_else_before(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "The beginning of…"), at=NOW - 9).mention_ids
    edit(opened, id_, said("a", "The beginning of it all."), fuller=True)
    kept = opened.desk.mention(id_)
    assert kept is not None
    assert (kept.mention.text, kept.edited_at, kept.earlier) == ("The beginning of it all.", None, ())


def test_the_whole_of_what_was_heard_shortened_may_turn_out_a_complaint_and_is_dated(opened: Opened) -> None:
    """So that the bell rings for what became known only now."""
    (id_,) = opened.hear(said("a", "The beginning of…"), at=NOW - 9).mention_ids
    edit(opened, id_, case("a", "The beginning of it all was awful.", rings=True), fuller=True, turned=True)
    kept = opened.desk.mention(id_)
    assert kept is not None
    assert (kept.edited_at, kept.earlier) == (NOW, ())
    assert opened.desk.unrung(NOW - 1) == (id_,)


def test_of_many_wordings_the_first_the_complaints_and_the_newest_are_kept(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", "0 likes")).mention_ids
    for number in range(1, 50):
        kind = Kind.COMPLAINT if number in {3, 4} else Kind.NEUTRAL
        opened.edit(id_, Mention("rss", "a", text=f"{number} likes", url="https://a.pl/a"), kind, NOW + number)
    kept = opened.desk.mention(id_)
    assert kept is not None
    assert [one.text for one in kept.earlier] == [f"{number} likes" for number in (0, 3, 4, *range(22, 49))]
    assert len(kept.earlier) == 30


@pytest.mark.parametrize(("published", "at"), [(None, NOW - 9), (NOW - 50, NOW - 50), (NOW + 5, NOW - 9)])
def test_an_edit_moves_nothing_to_the_top(opened: Opened, published: float | None, at: float) -> None:
    (id_,) = opened.hear(said("a", "first"), at=NOW - 9).mention_ids
    opened.edit(id_, Mention("rss", "a", text="second", url="https://a.pl/a", published=published), at=NOW)
    with opened.listener._connections.reading() as connection:
        assert connection.execute("SELECT at FROM mentions").fetchone() == (at,)


def test_what_is_entered_by_hand_is_no_poll(opened: Opened) -> None:
    stored = keep(opened.listener, [Heard(BY_HAND, True, None, NOW, NOW, (said("a"),))])
    assert isinstance(stored, list), stored
    assert stored[0].mention_ids == (1,)
    assert (opened.desk.hours_heard(0.0), opened.desk.states()) == ({}, {})


def test_a_case_stays_a_complaint_though_its_first_mention_is_edited_into_praise(opened: Opened) -> None:
    (id_,) = opened.hear(case("a", "awful", due_at=NOW)).mention_ids
    opened.edit(id_, Mention("rss", "a", text="great", url="https://a.pl/a"), Kind.PRAISE)
    assert [one.kind for one in opened.listener.open_cases()] == [Kind.COMPLAINT]


def test_a_case_that_a_later_mention_made_a_complaint_is_shown_with_what_that_is_worth(opened: Opened) -> None:
    stored = opened.hear(case("a", "great cake", Kind.PRAISE), at=NOW - 9)
    worse = Verdict(Kind.COMPLAINT, 0.9, Severity.DANGER, cause=Cause.SAFETY)
    for key, verdict in (("b", Verdict(Kind.COMPLAINT, 0.95)), ("c", worse), ("d", Verdict(Kind.COMPLAINT, 0.99))):
        opened.hear(replace(said(key, joins_case=stored.case_ids[0]), verdict=verdict))
    with opened.listener._connections.writing() as connection:
        connection.execute("UPDATE cases SET first_mention = 1")  # as earlier versions left it
    (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.mention_id, row.score, row.severity, row.cause) == (3, 0.9, Severity.DANGER, Cause.SAFETY)
    praised = opened.desk.page(Folder.EVERYTHING, "", 0, 9, NOW).rows[-1]
    assert (praised.kind, praised.score, praised.severity, praised.cause) == (Kind.PRAISE, 0.5, Severity.GRUMBLE, None)


def test_what_makes_a_complaint_of_a_case_stands_for_it_in_the_list(opened: Opened) -> None:
    """Else the row would tell of the praise, thanks would be proposed, and no plan for the danger."""
    stored = opened.hear(case("a", "great cake", Kind.PRAISE), at=NOW - 9)
    joins = stored.case_ids[0]
    opened.hear(
        said("b", "nice", Kind.PRAISE, joins_case=joins), said("c", "ours", Kind.COMPLAINT, joins_case=joins, ours=True)
    )
    assert opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows == ()
    other = opened.hear(case("d", "good tea", Kind.PRAISE)).case_ids[0]
    danger = replace(said("e", "poisoned", joins_case=other), verdict=Verdict(Kind.COMPLAINT, 0.9, Severity.DANGER))
    opened.hear(danger, said("f", "and cold", Kind.COMPLAINT, joins_case=other))
    (row,) = (one for one in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows if one.case_id == other)
    assert (row.mention_id, row.excerpt, row.severity) == (5, "poisoned", Severity.DANGER)


def test_a_complaint_that_grows_dangerous_stands_for_its_case_and_before_older_grumbles(opened: Opened) -> None:
    """The row, its place and what opens behind it are of the glass, not of the stale cake; the case stays its author's."""
    due = {"due_at": NOW + 60}
    opened.hear(case("older", "They were rude.", published=NOW - 900, **due))
    joins = opened.hear(case("a", "The cake was stale.", published=NOW - 500, author="Ann", **due)).case_ids[0]
    glass = Verdict(Kind.COMPLAINT, 0.9, Severity.DANGER, cause=Cause.SAFETY)
    opened.hear(
        replace(said("b", "My son is in hospital, glass in it.", joins_case=joins), verdict=glass),
        replace(said("ours", "So sorry that there was glass.", joins_case=joins, ours=True), verdict=glass),
        said("c", "And nobody answers.", Kind.COMPLAINT, joins_case=joins),
    )
    for _ in range(2):
        first, second = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
        assert (first.mention_id, first.severity, first.cause) == (3, Severity.DANGER, Cause.SAFETY)
        assert second.mention_id == 1
        assert opened.desk.next_due(NOW) == first
        opened.desk.put_handling(Handling(joins or 0, CaseState.IN_WORK))
    assert [one.first_mention for one in opened.listener.open_cases()] == [1, 2]
    opened.desk.remove(3)
    assert [row.mention_id for row in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows] == [1, 2]


def test_what_is_edited_for_the_worse_or_leaves_its_case_changes_what_stands_for_it(opened: Opened) -> None:
    joins = opened.hear(case("a", "stale")).case_ids[0]
    (later,) = opened.hear(said("b", "and cold", Kind.COMPLAINT, joins_case=joins)).mention_ids
    mention = Mention("rss", "b", text="and glass", url="https://a.pl/b")
    for severity, standing in ((Severity.DANGER, later), (Severity.GRUMBLE, 1), (Severity.DANGER, later)):
        worse = Edit(later, mention, prints(mention), Verdict(Kind.COMPLAINT, 0.5, severity))
        keep(opened.listener, [Heard("w", False, WatchState("w"), NOW, NOW, edits=(worse,))])
        (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
        assert (row.mention_id, row.severity) == (standing, severity)
    with opened.listener._connections.writing() as connection:
        connection.execute("UPDATE mentions SET case_id = NULL WHERE id = ?", (later,))
    (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.mention_id, row.severity) == (1, Severity.GRUMBLE)


def test_a_grumble_takes_the_place_of_the_praise_that_earlier_versions_left_for_it(opened: Opened) -> None:
    joins = opened.hear(case("a", "great cake", Kind.PRAISE)).case_ids[0]
    opened.hear(said("b", "and cold", Kind.COMPLAINT, joins_case=joins))
    with opened.listener._connections.writing() as connection:
        connection.execute("UPDATE cases SET first_mention = 1")
    assert [row.mention_id for row in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows] == [2]


def test_the_same_words_elsewhere_do_not_stand_for_a_case(opened: Opened) -> None:
    joins = opened.hear(case("a", "great cake", Kind.PRAISE)).case_ids[0]
    danger = Verdict(Kind.COMPLAINT, 0.9, Severity.DANGER)
    opened.hear(replace(said("b", "glass", joins_case=joins, repost_of=1), verdict=danger))
    (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.mention_id, row.excerpt) == (1, "great cake")


def test_what_the_shop_answers_makes_no_complaint_of_a_case(opened: Opened) -> None:
    """«Sorry that it was late» is judged as a complaint, and what the customer complains of afterwards has to stand in the list."""
    joins = opened.hear(case("a", "where is my order?", Kind.QUESTION), at=NOW - 9).case_ids[0]
    ours = replace(said("b", joins_case=joins, ours=True), verdict=Verdict(Kind.COMPLAINT, 0.9, Severity.DANGER))
    opened.hear(ours)
    assert opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows == ()
    assert [row.mention_id for row in opened.desk.page(Folder.QUESTIONS, "", 0, 9, NOW).rows] == [1]
    opened.hear(said("c", "it came broken", Kind.COMPLAINT, joins_case=joins))
    (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.mention_id, row.severity) == (3, Severity.GRUMBLE)
    assert opened.hear(replace(ours, mention=said("d").mention, prints=said("d").prints, joins_case=99)).case_ids == (
        None,
    )


def test_two_of_one_key_in_one_batch_are_one_mention_though_they_read_differently(opened: Opened) -> None:
    heard = [
        Heard(name, False, WatchState(name), NOW, NOW, (case("a", name, rings=True),)) for name in ("first", "second")
    ]
    stored = keep(opened.listener, heard)
    assert isinstance(stored, list), stored
    assert [(one.mention_ids, one.case_ids, one.ringing) for one in stored] == [((1,), (1,), (1,)), ((1,), (1,), ())]


def test_an_id_is_never_given_twice(opened: Opened) -> None:
    opened.hear(said("a"), case("b"))
    opened.desk.remove(2)
    assert opened.hear(case("c")).mention_ids == (3,)
    (kept,) = opened.desk.case_mentions(2)
    assert kept.mention.key == "c"


def test_what_is_there_again_is_gone_no_more(opened: Opened) -> None:
    (id_,) = opened.hear(said("a")).mention_ids
    for more in ({"gone": ("a",)}, {"back": (id_,)}):
        keep(opened.listener, [Heard("w", False, WatchState("w"), NOW, NOW, source="rss", **more)])  # type: ignore[arg-type]
        kept = opened.desk.mention(id_)
        assert kept is not None
        assert (kept.gone_at is None) is ("back" in more)


def test_a_bell_for_the_digest_becomes_one_that_rings_and_never_less(opened: Opened) -> None:
    one, two = opened.hear(case("a", digests=True), case("b", rings=True)).mention_ids
    edit(opened, one, case("a", "awful", rings=True), fuller=False, turned=True)
    edit(opened, two, case("b", "less so", digests=True), fuller=False, turned=True)
    assert opened.desk.unrung(NOW - 60) == (one, two)
    assert opened.desk.undigested(NOW - 60, NOW + 60) == ()


def test_what_is_dated_ahead_stands_where_it_was_heard(opened: Opened) -> None:
    opened.hear(said("ahead", published=NOW + 5_000), at=NOW)
    opened.hear(said("later"), at=NOW + 60)
    page = opened.desk.page(Folder.EVERYTHING, "", 0, 9, NOW)
    assert [row.mention_id for row in page.rows] == [2, 1]
