"""Corrections on the disk, the causes of mentions, and what the owner's decisions say of rings and bands."""

from __future__ import annotations

import itertools
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, keep, said

from app.core.bands import Band
from app.core.case import CaseState, Handling
from app.core.correction import LONGEST_TAUGHT, MOST, Correction, Label
from app.core.ports.archive import Edit, Heard
from app.core.verdict import Cause, Kind, Verdict
from app.core.watch import WatchState
from app.stores.archive.learning import SPARE
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS

ANNA = {"handle": "@anna_zapominalska", "site": "x.pl", "author": "Anna Zapominalska"}
KEY = "x.pl @anna_zapominalska"


def lesson(text: str = "zimna zupa", label: Label = Label.NOT_COMPLAINT, **more: object) -> Correction:
    return Correction(**{"id": 0, "label": label, "text": text, "at": NOW, **more})  # type: ignore[arg-type]


def sure(score: float, key: str, **more: object):  # type: ignore[no-untyped-def]
    new = case(key, **more)
    return replace(new, verdict=Verdict(Kind.COMPLAINT, score, cause=Cause.DELIVERY))


def test_a_correction_comes_back_whole_after_a_restart(opened: Opened) -> None:
    (mention,) = opened.hear(case("a")).mention_ids
    whole = lesson(
        "słowa", Label.NOT_US, title="T", stars=2.0, language="pl", score=0.25, mention_id=mention, author=KEY
    )
    (first, second) = opened.desk.teach((), (whole, lesson("later", at=NOW + 1)))
    opened.archive.close()
    opened.open()
    assert opened.desk.corrections() == (replace(whole, id=first), lesson("later", id=second, at=NOW + 1))
    assert opened.listener.corrections() == opened.desk.corrections()


def test_a_correction_knows_whether_it_was_said_in_an_own_channel(opened: Opened) -> None:
    (ours,) = opened.hear(case("a"), own=True).mention_ids
    (theirs,) = opened.hear(case("b"), watch="v").mention_ids
    opened.desk.teach((), (lesson("one", mention_id=ours, own=True), lesson("two", mention_id=theirs, at=NOW + 1)))
    opened.desk.teach((), (lesson("imported", at=NOW + 2),))
    assert [one.own for one in opened.listener.corrections()] == [True, False, False]


def test_a_second_correction_of_a_mention_replaces_the_first(opened: Opened) -> None:
    (mention,) = opened.hear(case("a")).mention_ids
    opened.desk.teach((), (lesson(mention_id=mention), lesson("imported")))
    (again,) = opened.desk.teach((), (lesson(label=Label.COMPLAINT, mention_id=mention, at=NOW + 1),))
    assert [(one.id, one.label) for one in opened.desk.corrections()] == [
        (2, Label.NOT_COMPLAINT),
        (again, "complaint"),
    ]


def test_what_is_restored_has_its_id_again_and_stands_once(opened: Opened) -> None:
    opened.desk.teach((), (lesson("a"), lesson("b")))
    before = opened.desk.corrections()
    opened.desk.teach([one.id for one in before], ())
    assert opened.desk.corrections() == ()
    assert opened.desk.teach((), before) == (1, 2)
    opened.desk.teach((), before)
    assert opened.desk.corrections() == before
    assert opened.desk.teach((), (lesson("c"),)) == (3,)


def test_the_mark_changes_with_the_corrections(opened: Opened) -> None:
    marks = [opened.listener.corrections_mark()]
    for gone, taught in (((), (lesson("a"),)), ((), (lesson("b"),)), ((1,), (lesson("c"),)), ((2, 3), ())):
        opened.desk.teach(gone, taught)
        marks.append(opened.listener.corrections_mark())
    assert all(one != two for one, two in itertools.pairwise(marks))
    assert opened.listener.corrections_mark() == marks[-1]


def test_the_oldest_go_and_come_back_when_newer_ones_are_taken_back(opened: Opened) -> None:
    opened.desk.teach((), [lesson(f"t{n}", at=NOW + n) for n in range(MOST + SPARE + 7)])
    kept = opened.desk.corrections()
    assert (len(kept), kept[0].text, kept[-1].text) == (MOST, f"t{SPARE + 7}", f"t{MOST + SPARE + 6}")
    opened.desk.teach([kept[-1].id], ())
    assert opened.desk.corrections()[0].text == f"t{SPARE + 6}"
    with opened.listener._connections.reading() as connection:
        assert connection.execute("SELECT count(*) FROM corrections").fetchone() == (MOST + SPARE - 1,)


def test_a_decision_and_its_lesson_are_one(opened: Opened) -> None:
    stored = opened.hear(case("a"))
    (mention,), (case_id,) = stored.mention_ids, stored.case_ids
    assert case_id is not None
    (kept,) = opened.desk.decide({case_id: Handling(case_id, kind=Kind.PRAISE)}, (), (lesson(mention_id=mention),))
    assert [one.id for one in opened.desk.corrections_of(case_id)] == [kept]
    assert opened.desk.corrections_of(-mention) == opened.desk.corrections_of(case_id)
    opened.desk.decide({case_id: None}, (kept,), ())
    assert (opened.desk.handling(case_id), opened.desk.corrections()) == (None, ())


def test_forgetting_a_person_takes_their_words_out_of_the_corrections(opened: Opened) -> None:
    words = "Niezapominajki zwiędły w tydzień"
    long = "Niezapominajkowo " * LONGEST_TAUGHT
    one, two = opened.hear(case("n1", words, **ANNA), said("n2", long, **ANNA)).mention_ids
    (other,) = opened.hear(said("o", words, handle="@ola", site="x.pl")).mention_ids
    opened.desk.teach(
        (),
        (
            lesson(words, mention_id=one),
            lesson("niezapominajka gone", author=KEY),
            lesson(long),
            lesson(words),
            lesson(words, mention_id=other, author="x.pl @ola"),
            lesson("zwykły wpis"),
        ),
    )
    assert opened.archive.backup(NOW)
    opened.desk.forget([KEY])
    assert [c.mention_id for c in opened.desk.corrections()] == [other, None]
    opened.desk.forget(["x.pl @ola"])
    assert [c.text for c in opened.desk.corrections()] == ["zwykły wpis"]
    assert b"iezapominajk" not in opened.bytes()
    assert two
    opened.desk.teach((), (lesson(words, mention_id=one),))
    assert len(opened.desk.corrections()) == 1, "what was forgotten is not taught again"


def test_a_backup_from_before_corrections_is_kept_when_a_person_is_forgotten(opened: Opened, tmp_path: Path) -> None:
    old = tmp_path / "old"
    opened.archive.close()
    archive = open_archive(old / "archive.db", opened.backups, NOW, steps=STEPS[:1])
    assert isinstance(archive, tuple)
    archive[0].close()
    (old / "archive.db").rename(opened.backups / "archive-20200101.sqlite")
    opened.open()
    opened.hear(case("a", **ANNA))
    opened.desk.forget([KEY])
    assert (opened.backups / "archive-20200101.sqlite").exists()


def test_an_archive_from_before_corrections_gets_them(opened: Opened, tmp_path: Path) -> None:
    file = tmp_path / "old" / "archive.db"
    first = open_archive(file, tmp_path / "b", NOW, steps=STEPS[:1])
    assert isinstance(first, tuple)
    first[0].close()
    with sqlite3.connect(file) as connection:
        columns = "watch_id, source, site, place, key, url, handle, identity_key, parent, thread, language"
        row = ", ".join(["'x'"] * 11)
        connection.execute(
            f"INSERT INTO mentions ({columns}, at, heard_at, kind, score, severity, reasons, own, rings, key_print, "
            f"address_print, text_print, thread_print) VALUES ({row}, 1, 1, 'praise', 0.9, 0, '[]', 0, 0, 1, 1, 1, 1)"
        )
        connection.execute("INSERT INTO texts VALUES (1, 't', 'a', 'słowa')")
    connection.close()
    again = open_archive(file, tmp_path / "b", NOW, checked=True)
    assert isinstance(again, tuple)
    archive, _ = again
    kept = archive.desk().mention(1)
    assert kept is not None
    assert (kept.verdict.cause, archive.desk().corrections()) == (None, ())
    archive.close()


def test_a_cause_is_kept_shown_and_replaced_by_an_edit(opened: Opened) -> None:
    new = sure(0.9, "a")
    (mention,) = opened.hear(new, said("b")).mention_ids[:1]
    row, kept = opened.desk.row(mention), opened.desk.mention(mention)
    assert row is not None
    assert kept is not None
    assert (row.cause, kept.verdict.cause, opened.desk.row(2).cause) == (Cause.DELIVERY, Cause.DELIVERY, None)  # type: ignore[union-attr]
    edit = Edit(mention, new.mention, new.prints, Verdict(Kind.COMPLAINT, 0.8, cause=Cause.MONEY))
    keep(opened.listener, [Heard("w", False, WatchState("w"), NOW, NOW, edits=(edit,))])
    row = opened.desk.row(mention)
    assert row is not None
    assert row.cause is Cause.MONEY


def test_rings_are_judged_by_what_the_owner_did_after_them(opened: Opened) -> None:
    deeds = [
        Handling(0, kind=Kind.NEUTRAL),
        Handling(0, CaseState.NOT_US, Kind.COMPLAINT),
        Handling(0, kind=Kind.COMPLAINT),
        Handling(0, CaseState.ANSWERED),
        Handling(0, CaseState.IN_WORK),
        Handling(0, CaseState.NO_REPLY),
        Handling(0, snoozed_until=NOW + 9),
    ]
    stored = opened.hear(*(case(f"k{n}", rings=True) for n in range(len(deeds) + 1)))
    opened.desk.mark_rung(stored.mention_ids, NOW)
    assert opened.desk.judged_rings(20) == ()
    for case_id, deed in zip(stored.case_ids, deeds, strict=False):
        opened.desk.put_handling(replace(deed, case_id=case_id or 0, changed_at=NOW + 1))
    assert opened.desk.judged_rings(20) == (True, True, True, False, False)
    assert opened.desk.judged_rings(2) == (True, True)


def test_what_was_decided_before_it_rang_is_no_judgement_and_a_correction_is_the_last_word(opened: Opened) -> None:
    stored = opened.hear(case("a", rings=True), case("b", rings=True), case("silent"))
    for case_id in stored.case_ids:
        opened.desk.put_handling(Handling(case_id or 0, CaseState.ANSWERED, changed_at=NOW - 1))
    opened.desk.mark_rung(stored.mention_ids[:2], NOW)
    assert opened.desk.judged_rings(20) == ()
    opened.desk.teach((), (lesson(mention_id=stored.mention_ids[0], at=NOW + 1),))
    assert opened.desk.judged_rings(20) == (False,)


def test_scores_of_answered_complaints_that_were_never_corrected(opened: Opened) -> None:
    stored = opened.hear(*(sure(0.6 + n / 100, f"k{n}") for n in range(5)))
    states = (CaseState.ANSWERED, CaseState.RESOLVED, CaseState.ANSWERED, CaseState.NEW, CaseState.NOT_US)
    for n, (case_id, state) in enumerate(zip(stored.case_ids, states, strict=True)):
        opened.desk.put_handling(Handling(case_id or 0, state, changed_at=NOW + n))
    opened.desk.teach((), (lesson(mention_id=stored.mention_ids[2]),))
    assert opened.desk.settled_levels(9) == (0.61, 0.6)
    assert opened.desk.settled_levels(1) == (0.61,)


def test_bands_go_by_the_level_and_an_edit_brings_its_own(opened: Opened) -> None:
    new = sure(0.7, "a")
    leant = replace(new, verdict=replace(new.verdict, lean=0.5))
    (mention,) = opened.hear(leant).mention_ids
    assert opened.desk.bands(0.75, 0.5, 0.0, 1)[Band.RING][0] == 1
    assert opened.desk.bands(0.75, 0.5, 0.0, 1)[Band.RING][1][0].level == pytest.approx(leant.verdict.level)
    edit = Edit(mention, new.mention, new.prints, replace(new.verdict, lean=-0.5))
    keep(opened.listener, [Heard("w", False, WatchState("w"), NOW, NOW, edits=(edit,))])
    assert opened.desk.bands(0.75, 0.5, 0.0, 1)[Band.DIGEST][0] == 1


def test_bands_of_what_was_heard_with_the_newest_as_examples(opened: Opened) -> None:
    opened.hear(sure(0.9, "old"), at=NOW - 100)
    for n, score in enumerate((0.9, 0.8, 0.7, 0.6, 0.5, 0.75)):
        opened.hear(sure(score, f"k{n}"), at=NOW + n)
    opened.hear(replace(sure(0.99, "repost"), repost_of=1, opens_case=False))
    found = opened.desk.bands(0.75, 0.6, NOW, 2)
    assert {band: count for band, (count, _) in found.items()} == {Band.RING: 3, Band.DIGEST: 2, Band.SILENT: 1}
    assert {band: [row.score for row in rows] for band, (_, rows) in found.items()} == {
        Band.RING: [0.75, 0.8],
        Band.DIGEST: [0.6, 0.7],
        Band.SILENT: [0.5],
    }
    assert opened.desk.bands(0.75, 0.6, 0.0, 0)[Band.RING] == (4, ())


def test_the_digest_is_told_once(opened: Opened) -> None:
    first = opened.hear(case("a", digests=True), case("b", rings=True), said("c", digests=True)).mention_ids
    later = opened.hear(case("d", digests=True), at=NOW + 5).mention_ids
    assert opened.desk.undigested(NOW - 1, NOW + 5) == (first[0], first[2])
    assert opened.desk.unrung(NOW - 1) == (first[1],)
    opened.desk.mark_digested([first[0], 999], NOW)
    assert opened.desk.undigested(0.0, NOW + 6) == (first[2], *later)


def test_a_ring_is_judged_by_what_was_said_after_it(opened: Opened) -> None:
    """A text that was taught before and rings all the same has not been judged yet."""
    (mention,) = opened.hear(case("a")).mention_ids
    opened.desk.teach((), (lesson(mention_id=mention, at=NOW - 1),))
    opened.desk.mark_rung((mention,), NOW)
    assert opened.desk.judged_rings(9) == ()
    opened.desk.teach((), (lesson(mention_id=mention, at=NOW + 1),))
    assert opened.desk.judged_rings(9) == (False,)
