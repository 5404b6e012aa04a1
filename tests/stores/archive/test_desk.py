"""What the owner sees in the lists, and what the owner decided."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import replace
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, said

from app.core.case import CaseState, Handling
from app.core.correction import Correction, Label
from app.core.outbox import Outgoing, Wish
from app.core.verdict import Kind, Severity
from app.core.views import Folder
from app.stores.archive import inbox
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS

SOON, LATER = NOW + 60, NOW + 600


def keys(
    opened: Opened, folder: Folder, search: str = "", offset: int = 0, limit: int = 50, now: float = NOW
) -> list[str]:
    page = opened.desk.page(folder, search, offset, limit, now)
    return [kept.mention.key for row in page.rows if (kept := opened.desk.mention(row.mention_id))]


def test_an_empty_archive_shows_nothing(opened: Opened) -> None:
    for folder in Folder:
        assert opened.desk.page(folder, "", 0, 50, NOW).rows == ()
    assert opened.desk.counts(NOW) == dict.fromkeys(Folder, 0)
    assert opened.desk.next_due(NOW) is None
    assert opened.desk.row(1) is opened.desk.mention(1) is opened.desk.handling(1) is None


def test_a_row_says_it_all(opened: Opened) -> None:
    new = case(
        "a",
        "first\nline\tof " + "x" * 300,
        title="T",
        author="Anna",
        site="x.pl",
        stars=2,
        published=NOW - 9,
        due_at=SOON,
    )
    stored = opened.hear(new, own=True, watch="w3")
    opened.hear(said("b", joins_case=stored.case_ids[0]))
    row = opened.desk.row(stored.mention_ids[0])
    assert row is not None
    assert (row.case_id, row.kind, row.score, row.severity) == (
        stored.case_ids[0],
        Kind.COMPLAINT,
        0.5,
        Severity.GRUMBLE,
    )
    assert (row.author, row.source, row.site, row.title, row.stars, row.own) == ("Anna", "rss", "x.pl", "T", 2.0, True)
    assert (row.published, row.heard_at, row.due_at, row.state) == (NOW - 9, NOW, SOON, CaseState.NEW)
    assert (row.places, row.mentions, row.watch_id) == (1, 2, "w3")
    assert row.excerpt.startswith("first line of xxx")
    assert len(row.excerpt) == 200
    assert row.excerpt.endswith("…")


def test_each_kind_has_its_folder_and_the_most_urgent_first(opened: Opened) -> None:
    opened.hear(
        case("none old"), case("late", due_at=LATER), case("q", kind=Kind.QUESTION), case("soon", due_at=SOON),
        case("p", kind=Kind.PRAISE), case("l", kind=Kind.LEAD), said("n"), said("loose", kind=Kind.COMPLAINT),
    )  # fmt: skip
    opened.hear(case("none new"), at=NOW + 1)
    assert keys(opened, Folder.COMPLAINTS) == ["soon", "late", "none new", "none old"]
    assert [keys(opened, f) for f in (Folder.QUESTIONS, Folder.PRAISE, Folder.LEADS)] == [["q"], ["p"], ["l"]]
    counts = opened.desk.counts(NOW)
    assert [counts[folder] for folder in Folder] == [4, 1, 1, 1, 9, 0]


def test_pages_cut_the_list(opened: Opened) -> None:
    opened.hear(*(case(str(n), due_at=NOW + n) for n in range(7)))
    page = opened.desk.page(Folder.COMPLAINTS, "", 5, 3, NOW)
    assert (page.offset, page.total, len(page.rows)) == (5, 7, 2)
    assert keys(opened, Folder.COMPLAINTS, offset=2, limit=2) == ["2", "3"]
    assert opened.desk.page(Folder.COMPLAINTS, "", 50, 3, NOW).total == 7
    assert opened.desk.page(Folder.EVERYTHING, "", -3, -1, NOW).rows == ()


def test_everything_is_newest_first_by_when_it_was_written(opened: Opened) -> None:
    opened.hear(
        said("old", published=NOW - 99),
        said("heard"),
        said("ahead", published=NOW + 9_999),
        said("mid", published=NOW - 5),
    )
    assert keys(opened, Folder.EVERYTHING) == ["ahead", "heard", "mid", "old"]


def test_a_repost_is_in_everything(opened: Opened) -> None:
    (first,) = opened.hear(said("a")).mention_ids
    opened.hear(said("b", repost_of=first))
    assert keys(opened, Folder.EVERYTHING) == ["b", "a"]


@pytest.mark.parametrize("state", list(CaseState))
def test_only_what_is_open_is_in_a_folder(opened: Opened, state: CaseState) -> None:
    (case_id,) = opened.hear(case("a", due_at=SOON)).case_ids
    assert case_id is not None
    opened.desk.put_handling(Handling(case_id, state, changed_at=NOW))
    assert keys(opened, Folder.COMPLAINTS) == (["a"] if state.is_open else [])
    row = opened.desk.row(1)
    assert row is not None
    assert row.state is state
    assert row.due_at == (SOON if state.is_open else None)
    opened.desk.decide({case_id: None})
    assert keys(opened, Folder.COMPLAINTS) == ["a"]


def test_a_snoozed_case_comes_back_by_itself(opened: Opened) -> None:
    one, two = opened.hear(case("a", due_at=SOON), case("b", due_at=LATER)).case_ids
    assert one is not None
    assert two is not None
    opened.desk.put_handling(Handling(one, snoozed_until=NOW + 100))
    opened.desk.put_handling(Handling(two, CaseState.WAITING, snoozed_until=NOW + 50))
    assert keys(opened, Folder.COMPLAINTS) == []
    assert keys(opened, Folder.SNOOZED) == ["b", "a"]
    shown = opened.desk.page(Folder.SNOOZED, "", 0, 9, NOW).rows
    assert [row.snoozed_until for row in shown] == [NOW + 50, NOW + 100]
    assert opened.desk.counts(NOW)[Folder.SNOOZED] == 2
    assert opened.desk.next_due(NOW) is None
    assert keys(opened, Folder.COMPLAINTS, now=NOW + 100) == ["a"]
    assert keys(opened, Folder.SNOOZED, now=NOW + 100) == ["b"], (
        "nobody ended its snooze yet, and it is in no other folder"
    )
    assert opened.desk.counts(NOW + 100)[Folder.SNOOZED] == 1
    opened.desk.put_handling(Handling(two, CaseState.RESOLVED, snoozed_until=NOW + 999))
    assert keys(opened, Folder.SNOOZED) == ["a"]


def test_what_wakes_is_told_in_the_order_of_time(opened: Opened) -> None:
    one, two, three = opened.hear(case("a", due_at=SOON), case("b", due_at=LATER), case("c")).case_ids
    assert None not in {one, two, three}
    opened.desk.put_handling(Handling(one, snoozed_until=NOW + 100))
    opened.desk.put_handling(Handling(two, CaseState.ANSWERED, snoozed_until=NOW + 50))
    opened.desk.put_handling(Handling(three, CaseState.RESOLVED, snoozed_until=NOW + 20))
    assert opened.desk.awake(NOW + 49) == ()
    assert [case_id for case_id, _ in opened.desk.awake(NOW + 100)] == [two, one]
    assert opened.desk.awake(NOW + 50) == ((two, opened.desk.case_mentions(two)[0].id),)


def test_what_a_bell_brought_back_stands_by_when_that_was(opened: Opened) -> None:
    due = {"a": NOW - 50, "b": SOON, "c": LATER, "d": NOW - 200}
    ids = dict(zip(due, opened.hear(*(case(key, due_at=at) for key, at in due.items())).case_ids, strict=True))
    opened.hear(case("none"), at=NOW + 5)
    answered = Handling(ids["d"] or 0, CaseState.IN_WORK, answered_at=NOW - 90, changed_at=NOW)
    opened.desk.put_handling(answered)
    assert keys(opened, Folder.COMPLAINTS) == ["a", "b", "c", "none", "d"]
    opened.desk.put_handling(replace(answered, back_at=NOW - 10))
    opened.desk.put_handling(Handling(ids["c"] or 0, back_at=NOW - 5))
    opened.desk.put_handling(Handling(ids["a"] or 0, back_at=NOW - 5))
    assert keys(opened, Folder.COMPLAINTS) == ["a", "d", "c", "b", "none"]
    rows = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert [(row.due_at, row.back_at) for row in rows[:4]] == [
        (NOW - 50, NOW - 5),
        (None, NOW - 10),
        (LATER, NOW - 5),
        (SOON, None),
    ]
    first = opened.desk.next_due(NOW)
    assert first is not None
    assert first.due_at == NOW - 50, "what only came back is no first answer that is due"
    opened.desk.put_handling(Handling(ids["a"] or 0, CaseState.ANSWERED))
    second = opened.desk.next_due(NOW)
    assert second is not None
    assert second.due_at == SOON


def test_folders_and_the_next_due_are_read_from_their_indexes(opened: Opened) -> None:
    asked: list[str] = []
    with opened.desk._connections.reading() as connection:
        connection.set_trace_callback(asked.append)
        for folder in (Folder.COMPLAINTS, Folder.SNOOZED):
            inbox.page(connection, folder, "", 0, 9, NOW)
        inbox.next_due(connection, NOW)
        connection.set_trace_callback(None)
        lists = [statement for statement in asked if "FROM inbox" in statement and "count(" not in statement]
        plans = [[step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {one}")] for one in lists]
    used = [
        "SEARCH inbox USING INDEX inbox_folder (kind=?)",
        "SEARCH inbox USING INDEX inbox_snoozed",
        "SEARCH inbox USING INDEX inbox_due",
    ]
    assert [len(steps) for steps in plans] == [1, 1, 1], "nothing is sorted"
    assert all(steps[0].startswith(way) for steps, way in zip(plans, used, strict=True)), plans


def test_an_archive_from_before_has_its_open_cases_in_order(tmp_path: Path) -> None:
    first = open_archive(tmp_path / "archive.db", tmp_path / "b", NOW, steps=STEPS[:6])
    assert isinstance(first, tuple)
    first[0].close()
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        inbox_rows = [(1, 1, "complaint", 1, LATER, NOW, 0.0), (2, 2, "complaint", 1, 9e99, NOW, 0.0)]
        connection.executemany("INSERT INTO inbox VALUES (?, ?, ?, ?, ?, ?, ?)", inbox_rows)
    connection.close()
    opened = Opened(tmp_path)
    with opened.desk._connections.reading() as read:
        weights = read.execute("SELECT severity, said_at FROM inbox").fetchall()
        assert weights == [(0, 0.0)] * 2, "their mentions are gone"
        assert read.execute("SELECT case_id, due = turn FROM inbox ORDER BY turn").fetchall() == [(1, 1), (2, 1)]
    ids = opened.hear(case("a", due_at=SOON)).case_ids
    opened.desk.put_handling(Handling(ids[0] or 0, back_at=NOW))
    assert keys(opened, Folder.COMPLAINTS) == ["a"]
    opened.archive.close()


def test_a_place_is_where_the_same_text_stands(opened: Opened) -> None:
    stored = opened.hear(case("a", "The bread was cold"))
    (case_id,), (first,) = stored.case_ids, stored.mention_ids
    joins = {"joins_case": case_id}
    copies = opened.hear(
        said("copy", "The bread was cold", site="b.pl", repost_of=first, **joins),
        said("again", "The bread was cold", repost_of=first, **joins),
    ).mention_ids
    answers = opened.hear(said("answer", "Here as well", **joins), said("other", "Sorry", **joins)).mention_ids
    (alone,) = opened.hear(said("alone")).mention_ids
    rows = {row.mention_id: (row.places, row.mentions) for row in opened.desk.rows((first, *copies, *answers, alone))}
    assert [rows[one] for one in (first, *copies)] == [(3, 5)] * 3
    assert [rows[one] for one in (*answers, alone)] == [(1, 5), (1, 5), (1, 1)]


def test_a_correction_moves_a_case(opened: Opened) -> None:
    (case_id,) = opened.hear(case("a", due_at=SOON)).case_ids
    assert case_id is not None
    opened.desk.put_handling(Handling(case_id, kind=Kind.QUESTION))
    assert (keys(opened, Folder.COMPLAINTS), keys(opened, Folder.QUESTIONS)) == ([], ["a"])
    opened.desk.put_handling(Handling(case_id, kind=Kind.NEUTRAL))
    assert keys(opened, Folder.QUESTIONS) == []
    assert opened.desk.next_due(NOW) is None
    row = opened.desk.row(1)
    assert row is not None
    assert (row.kind, row.due_at) == (Kind.NEUTRAL, None)


def test_a_neutral_mention_the_owner_calls_a_complaint(opened: Opened) -> None:
    (id_,) = opened.hear(said("a")).mention_ids
    case_id = opened.desk.case_for(id_, NOW)
    assert case_id == -id_
    handling = Handling(case_id, CaseState.IN_WORK, Kind.COMPLAINT, changed_at=NOW)
    opened.desk.put_handling(handling)
    assert opened.desk.handling(case_id) == handling
    (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.mention_id, row.case_id, row.kind, row.state, row.places) == (
        id_,
        None,
        Kind.COMPLAINT,
        CaseState.IN_WORK,
        1,
    )
    assert opened.desk.counts(NOW)[Folder.COMPLAINTS] == 1
    assert [kept.id for kept in opened.desk.case_mentions(case_id)] == [id_]
    opened.desk.decide({case_id: None})
    assert keys(opened, Folder.COMPLAINTS) == []


def test_the_case_of_a_mention_and_its_mentions_oldest_first(opened: Opened) -> None:
    stored = opened.hear(case("b", published=NOW - 5))
    (case_id,) = stored.case_ids
    assert case_id is not None
    assert opened.desk.case_for(stored.mention_ids[0], NOW) == case_id
    opened.hear(said("c", joins_case=case_id), said("a", joins_case=case_id, published=NOW - 50))
    assert [kept.mention.key for kept in opened.desk.case_mentions(case_id)] == ["a", "b", "c"]


def test_handling_comes_back_whole(opened: Opened) -> None:
    whole = Handling(7, CaseState.ANSWERED, Kind.LEAD, 1.0, 2.0, 3.0, back_at=4.0)
    opened.desk.put_handling(whole)
    opened.desk.put_handling(Handling(8))
    assert (opened.desk.handling(7), opened.desk.handling(8)) == (whole, Handling(8))


def test_the_next_due_is_the_first_open_one(opened: Opened) -> None:
    one, _ = opened.hear(case("a", due_at=SOON), case("b", due_at=LATER, kind=Kind.QUESTION)).case_ids
    first = opened.desk.next_due(NOW)
    assert first is not None
    assert (first.due_at, first.case_id) == (SOON, one)
    assert one is not None
    opened.desk.put_handling(Handling(one, CaseState.IN_WORK, answered_at=NOW))
    second = opened.desk.next_due(NOW)
    assert second is not None
    assert second.due_at == LATER


def test_folders_with_something_overdue(opened: Opened) -> None:
    late, early = NOW - 1, NOW + 1
    lead, *_ = opened.hear(
        case("a", due_at=late, kind=Kind.LEAD),
        case("b", due_at=early),
        case("c", kind=Kind.PRAISE),
        case("d", due_at=NOW, kind=Kind.QUESTION),
        said("e"),
    ).case_ids
    assert opened.desk.overdue(NOW) == {Folder.LEADS, Folder.QUESTIONS}
    assert opened.desk.overdue(NOW + 2) == {Folder.LEADS, Folder.QUESTIONS, Folder.COMPLAINTS}
    assert lead is not None
    opened.desk.put_handling(Handling(lead, CaseState.IN_WORK, snoozed_until=NOW + 60))
    assert opened.desk.overdue(NOW) == {Folder.QUESTIONS}, "what sleeps is not late"
    opened.desk.put_handling(Handling(lead, CaseState.RESOLVED))
    assert Folder.LEADS not in opened.desk.overdue(NOW + 99)
    opened.desk.put_handling(Handling(lead, CaseState.WAITING, answered_at=NOW))
    assert Folder.LEADS not in opened.desk.overdue(NOW + 99), "it was answered"


def test_a_bell_rings_once(opened: Opened) -> None:
    old = opened.hear(case("old", rings=True), at=NOW - 100).mention_ids
    new = opened.hear(case("a", rings=True), said("b"), case("c", rings=True)).mention_ids
    assert opened.desk.unrung(NOW - 1) == (new[0], new[2])
    assert opened.desk.unrung(0.0) == (*old, new[0], new[2])
    opened.desk.mark_rung([new[0], new[0], 999], NOW)
    opened.desk.mark_rung([new[0]], NOW + 5)
    assert opened.desk.rung([*new, 999]) == {new[0]}
    opened.archive.close()
    opened.open()
    assert opened.desk.unrung(NOW - 1) == (new[2],)


def test_rows_in_the_order_asked_for(opened: Opened) -> None:
    ids = opened.hear(said("a"), said("b"), said("c")).mention_ids
    rows = opened.desk.rows([ids[2], 77, ids[0]])
    assert [row.mention_id for row in rows] == [ids[2], ids[0]]


def test_by_identity_newest_first_and_not_more(opened: Opened) -> None:
    opened.hear(
        *(said(str(n), handle="@anna", site="x.pl", published=NOW - n) for n in range(5)), said("o", author="Ola Nowak")
    )
    found = opened.desk.by_identity(["x.pl @anna", "x.pl @anna", "", "nobody"], 3)
    assert [kept.mention.key for kept in found] == ["0", "1", "2"]
    assert [kept.mention.key for kept in opened.desk.by_identity(["rss name:ola nowak"])] == ["o"]


def test_the_tally_for_reports(opened: Opened) -> None:
    stored = opened.hear(case("a", site="x.pl", published=NOW - 9), said("b"), watch="w1")
    opened.hear(said("c", repost_of=stored.mention_ids[0]), said("d"))
    opened.hear(said("late"), at=NOW + 10)
    opened.hear(said("early"), at=NOW - 10)
    case_id = stored.case_ids[0]
    assert case_id is not None
    opened.desk.put_handling(Handling(case_id, CaseState.ANSWERED, Kind.QUESTION, answered_at=NOW + 3))
    assert opened.desk.tally(NOW, NOW + 10) == (
        ("w1", "x.pl", "question", NOW - 9, NOW, NOW + 3, True),
        ("w1", "rss", "neutral", NOW, NOW, None, True),
        ("w", "rss", "neutral", NOW, NOW, None, True),
    )


def test_the_tally_leaves_out_our_own_posts_and_what_is_not_about_us(opened: Opened) -> None:
    stored = opened.hear(case("a"), case("b"), said("ours", ours=True), said("c"), watch="w1")
    opened.hear(said("ours by hand", published=NOW, ours=True), watch="by_hand", own=True)
    other = stored.case_ids[1]
    assert other is not None
    opened.desk.put_handling(Handling(other, CaseState.NOT_US))
    opened.desk.put_handling(Handling(-stored.mention_ids[3], CaseState.NOT_US))
    assert [row[2] for row in opened.desk.tally(NOW, NOW + 10)] == ["complaint"]


def test_thanks_for_praise_do_not_answer_what_is_complained_of_later(opened: Opened) -> None:
    """The complaint stands for the case then, and would be told as answered before it was written."""
    praised = opened.hear(case("a", "great cake", Kind.PRAISE), at=NOW).case_ids[0]
    assert praised is not None
    opened.desk.put_handling(Handling(praised, CaseState.ANSWERED, answered_at=NOW + 2, changed_at=NOW + 2))
    opened.hear(said("b", "and mouldy", Kind.COMPLAINT, joins_case=praised), at=NOW + 4)
    assert [(row[2], row[5], row[6]) for row in opened.desk.tally(NOW, NOW + 10)] == [
        ("praise", NOW + 2, False),
        ("complaint", None, True),
    ]


def test_the_tally_tells_a_further_word_of_a_case_from_its_first(opened: Opened) -> None:
    case_id = opened.hear(case("a")).case_ids[0]
    opened.hear(said("again", joins_case=case_id), said("other"), at=NOW + 1)
    assert [row[6] for row in opened.desk.tally(NOW, NOW + 10)] == [True, False, True]


def test_what_was_entered_by_hand_is_counted_when_it_was_said(opened: Opened) -> None:
    long_ago = NOW - 200 * 86_400
    opened.hear(case("phone", published=long_ago), said("letter"), watch="by_hand", own=True)
    opened.hear(case("old post", published=long_ago))
    assert [row[:4] for row in opened.desk.tally(NOW, NOW + 10)] == [
        ("by_hand", "rss", "neutral", NOW),
        ("w", "rss", "complaint", long_ago),
    ]
    assert [row[:4] for row in opened.desk.tally(long_ago, long_ago + 10)] == [
        ("by_hand", "rss", "complaint", long_ago)
    ]


def test_many_threads_read_while_one_writes(opened: Opened) -> None:
    stop, failed = threading.Event(), list[BaseException]()

    def read() -> None:
        try:
            while not stop.is_set():
                page = opened.desk.page(Folder.EVERYTHING, "", 0, 5, NOW)
                assert page.total >= len(page.rows)
                opened.desk.put_handling(Handling(-1, changed_at=NOW))
            opened.desk.close()
        except BaseException as error:  # noqa: BLE001  shown by the test
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(3)]
    for thread in threads:
        thread.start()
    for n in range(40):
        opened.hear(said(f"k{n}", "some words"))
    stop.set()
    for thread in threads:
        thread.join(60)
    assert failed == []
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 40


def test_a_complaint_edited_into_praise_is_found_in_the_list_where_its_case_stands(opened: Opened) -> None:
    angry = case("a", "The cake was dry and awful")
    (mention,) = opened.hear(angry).mention_ids
    opened.edit(mention, replace(angry.mention, text="They called back, great people"), Kind.PRAISE)
    row = opened.desk.row(mention, of_case=True)
    assert row is not None
    assert row.kind is Kind.COMPLAINT
    assert mention in [one.mention_id for one in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows]
    alone = opened.desk.row(mention)
    assert alone is not None
    assert alone.kind is Kind.PRAISE


def test_what_was_entered_by_hand_is_counted_once_and_on_one_day(opened: Opened) -> None:
    (first,) = opened.hear(case("phone", published=NOW), watch="by_hand", own=True).mention_ids
    opened.hear(said("told again", published=NOW + 1, repost_of=first), watch="by_hand", own=True)
    assert len(opened.desk.tally(NOW, NOW + 10)) == 1
    assert (len(opened.desk.tally(NOW - 10, NOW)), len(opened.desk.tally(NOW, NOW + 0.5))) == (0, 1)


def test_what_is_taken_back_leaves_no_decision_and_teaches_nothing(opened: Opened) -> None:
    loose, kept = opened.hear(said("a"), said("b")).mention_ids
    lesson = Correction(0, Label.COMPLAINT, "words", NOW, mention_id=loose)
    opened.desk.decide({-loose: Handling(-loose, CaseState.WAITING), -kept: Handling(-kept)}, (), (lesson,))
    opened.desk.remove(loose)
    assert (opened.desk.handling(-loose), opened.desk.corrections()) == (None, ())
    assert opened.desk.handling(-kept) == Handling(-kept)


def test_a_resolved_case_is_of_the_kind_it_came_to_be(opened: Opened) -> None:
    (case_id,) = opened.hear(case("a", kind=Kind.PRAISE)).case_ids
    assert case_id is not None
    opened.hear(said("b", kind=Kind.COMPLAINT, joins_case=case_id, due_at=SOON))
    for kind, told in ((None, "complaint"), (Kind.QUESTION, "question")):
        opened.desk.put_handling(Handling(case_id, CaseState.RESOLVED, kind, resolved_at=NOW))
        assert [row[2] for row in opened.desk.resolved(NOW, NOW + 1)] == [told]


def test_a_case_is_begun_on_once_the_owner_decided_or_a_reply_is_under_way(opened: Opened) -> None:
    names = ("plain", "answered by us", "kind said", "sent", "taken back", "joined")
    new = [case(name, handle="@anna", site="x.pl") for name in names]
    cases = {name: case_id for name, case_id in zip(names, opened.hear(*new).case_ids, strict=True) if case_id}
    opened.hear(said("ours", handle="@shop", site="x.pl", ours=True, joins_case=cases["answered by us"]))
    opened.hear(said("jan", handle="@jan", site="x.pl", joins_case=cases["joined"]))
    opened.desk.put_handling(Handling(cases["kind said"], kind=Kind.COMPLAINT))
    tray = opened.archive.out_tray()
    for name in ("sent", "taken back"):
        (mention, *_) = opened.desk.case_mentions(cases[name])
        assert tray.put(Outgoing(name, mention.id, "w", "Sorry", Wish.SEND, NOW))
    assert tray.cancel("taken back", NOW)
    for each in tray.untold():
        tray.note(each.outgoing, NOW, None, logged=False)
    free = {"plain", "answered by us", "taken back"}
    assert opened.desk.not_begun("x.pl @anna") == tuple(cases[name] for name in names if name in free)


def test_what_brought_a_settled_case_back_is_told_no_more(opened: Opened) -> None:
    opened.hear(case("a"))
    for state in CaseState:
        opened.desk.put_handling(Handling(1, state, back_at=NOW))
        row = opened.desk.row(1)
        assert row is not None
        assert row.back_at == (NOW if state.is_open else None)


@pytest.mark.parametrize(("before", "found"), [(1_000, True), (3_900, True), (5_000, False)])
def test_an_excerpt_shows_what_was_searched_for_deep_in_a_text(opened: Opened, before: int, *, found: bool) -> None:
    opened.hear(said("a", "x " * (before // 2) + "krokodyl is what it says."))
    (row,) = opened.desk.page(Folder.EVERYTHING, "krokodyl", 0, 9, NOW).rows
    assert ("krokodyl" in row.excerpt) is found
