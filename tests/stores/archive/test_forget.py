"""Forgetting a person: nothing of theirs is left in any file, nothing of others is gone, nothing comes back."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, marks, said

from app.core.case import Handling
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.core.views import Folder
from app.stores.archive import backup, desk
from app.stores.archive.backup import Backups
from app.stores.archive.schema import STEPS
from app.stores.atomic import put_aside

ANNA = {"handle": "@anna_zapominalska", "site": "x.pl", "author": "Anna Zapominalska"}
KEY = "x.pl @anna_zapominalska"
DAY = 86_400.0
TRACES = (b"zapominalska", b"Zapominalska", b"niezapominajk", b"Niezapominajk")


def crowd(opened: Opened) -> None:
    for n in range(30):
        opened.hear(*(said(f"o{n}-{m}", f"zwykły wpis numer {n} słowo{m} " * 5, author=f"Ola {m}") for m in range(20)))


def test_no_byte_of_a_person_is_left(opened: Opened) -> None:
    crowd(opened)
    opened.hear(
        case("n1", "Niezapominajki zwiędły " * 300, title="Niezapominajkowo", **ANNA),
        said("n2", "niezapominajka", **ANNA),
    )
    crowd(opened)
    opened.edit(601, said("n1", "Niezapominajkami nie będę pisać " * 40, **ANNA).mention, Kind.COMPLAINT)
    assert opened.archive.backup(NOW).is_file()  # type: ignore[union-attr]
    assert opened.desk.page(Folder.EVERYTHING, "niezapominajk", 0, 9, NOW).total == 2
    assert any(trace in opened.bytes() for trace in TRACES)
    assert opened.desk.forget([KEY]) == 2
    assert [trace for trace in TRACES if trace in opened.bytes()] == []
    assert opened.desk.page(Folder.EVERYTHING, "niezapominajk", 0, 9, NOW).total == 0
    assert opened.desk.page(Folder.EVERYTHING, "zwykl", 0, 9, NOW).total == 600
    assert len(Backups(opened.file, opened.backups).dated(NOW)) == 1


@pytest.mark.parametrize("by", ["forget", "remove"])
@pytest.mark.parametrize(
    ("began", "folder", "due"), [(Kind.PRAISE, Folder.PRAISE, None), (Kind.QUESTION, Folder.QUESTIONS, NOW + 5)]
)
def test_what_is_left_without_the_complaint_is_what_it_was(
    opened: Opened, by: str, began: Kind, folder: Folder, due: float | None
) -> None:
    """Praise that a complaint was added to stands under Praise again, without a target, once whoever complained is gone."""
    joins = opened.hear(said("n", "hm"), case("a", "said", began, author="Ola", due_at=due)).case_ids[1]
    ours = said("o", "sorry", Kind.COMPLAINT, joins_case=joins, ours=True)
    awful = said("b", "awful", Kind.COMPLAINT, joins_case=joins, due_at=NOW + 5, **ANNA)
    opened.hear(ours, awful)
    assert [row.due_at for row in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows] == [NOW + 5]
    if by == "forget":
        assert opened.desk.forget([KEY]) == 1
    else:
        opened.desk.remove(4)
    assert opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows == ()
    assert [(row.mention_id, row.due_at) for row in opened.desk.page(folder, "", 0, 9, NOW).rows] == [(2, due)]


@pytest.mark.parametrize("stays", ["complaint", "edited", "owner's"])
def test_what_is_left_stays_a_complaint_where_it_still_is_one(opened: Opened, stays: str) -> None:
    kind = Kind.PRAISE if stays == "owner's" else Kind.COMPLAINT
    joins = opened.hear(case("a", "stale", kind, author="Ola", due_at=NOW + 5)).case_ids[0]
    opened.hear(said("b", "awful", Kind.COMPLAINT, joins_case=joins, **ANNA))
    if stays == "edited":
        opened.edit(1, said("a", "all is well by now", author="Ola").mention, Kind.PRAISE)
    if stays == "owner's":
        opened.desk.put_handling(Handling(joins or 0, kind=Kind.COMPLAINT))
    assert opened.desk.forget([KEY]) == 1
    assert [(row.mention_id, row.due_at) for row in opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows] == [
        (1, NOW + 5)
    ]


def test_a_case_others_wrote_to_stays_without_them(opened: Opened) -> None:
    alone, shared = opened.hear(case("a", **ANNA), case("b", due_at=NOW + 5, **ANNA)).case_ids
    assert alone is not None
    assert shared is not None
    (neutral,) = opened.hear(said("n", **ANNA)).mention_ids
    (other,) = opened.hear(said("c", joins_case=shared, handle="@ola", site="x.pl", repost_of=2)).mention_ids
    for case_id in (alone, shared, -neutral):
        opened.desk.put_handling(Handling(case_id, kind=Kind.COMPLAINT))
    opened.desk.mark_rung([1, 2, other], NOW)
    assert opened.desk.forget([KEY, "x.pl @nobody", ""]) == 3
    (row,) = opened.desk.page(Folder.COMPLAINTS, "", 0, 9, NOW).rows
    assert (row.mention_id, row.case_id, row.places) == (other, shared, 1)
    (left,) = opened.listener.open_cases()
    assert (left.first_mention, left.identity_key) == (other, "")
    assert [opened.desk.handling(case_id) is None for case_id in (alone, shared, -neutral)] == [True, False, True]
    assert opened.desk.rung([1, 2, other]) == {other}
    kept = opened.desk.mention(other)
    assert kept is not None
    assert kept.repost_of is None
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 1


def test_the_next_poll_does_not_hear_it_anew(opened: Opened) -> None:
    again = case("a", "some longer words", rings=True, **ANNA)
    (id_,) = opened.hear(again).mention_ids
    opened.desk.forget([KEY])
    (known,) = opened.listener.known(*marks(again))
    assert (known.by_key, known.text_print, known.thread_case) == (id_, again.prints.text, None)
    stored = opened.hear(again, case("b", **ANNA))
    assert (stored.mention_ids, stored.ringing) == ((id_, id_ + 1), ())
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 1


def test_whichever_backup_is_restored_it_stays_forgotten(opened: Opened) -> None:
    opened.hear(said("other", "zwykły wpis", author="Ola"))
    assert opened.archive.backup(NOW - 2 * DAY).is_file()  # type: ignore[union-attr]
    again = case("n1", "niezapominajka i dłuższe słowa", rings=True, **ANNA)
    (id_,) = opened.hear(again).mention_ids
    assert opened.archive.backup(NOW - DAY).is_file()  # type: ignore[union-attr]
    opened.desk.forget([KEY])
    copies = Backups(opened.file, opened.backups).dated(NOW)
    assert len(copies) == 2
    for _, copy in copies:
        opened.archive.close()
        opened.file.write_bytes(b"broken")
        opened.open()
        assert opened.told[0].code == "stores.archive_restored"
        assert [known.by_key for known in opened.listener.known(*marks(again))] == [id_]
        assert opened.hear(again).ringing == ()
        assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 1
        copy.unlink()


def test_copies_from_before_an_upgrade_lose_a_person_too(opened: Opened) -> None:
    opened.hear(said("n1", "niezapominajka", **ANNA), said("other", "zwykły wpis", author="Ola"))
    opened.archive.close()
    opened.open(steps=(*STEPS, "CREATE TABLE extra (id INTEGER);"))
    (kept,) = opened.backups.glob("archive-v*-before-v*.sqlite")
    half = opened.backups / f".{kept.name}.part"
    half.write_bytes(b"niezapominajka")
    assert b"niezapominajka" in kept.read_bytes()
    opened.desk.forget([KEY])
    assert [trace for trace in TRACES if trace in opened.bytes()] == []
    assert not half.exists()
    copy = sqlite3.connect(kept)
    assert copy.execute("SELECT author FROM texts").fetchall() == [("Ola",)]
    copy.close()


def test_a_later_forgetting_mends_copies_that_lack_an_earlier_one(opened: Opened) -> None:
    (id_,) = opened.hear(case("a", "some longer words", **ANNA)).mention_ids
    old = opened.archive.backup(NOW)
    assert isinstance(old, Path)
    before = old.read_bytes()
    opened.desk.forget([KEY])
    old.write_bytes(before)
    opened.desk.forget(["x.pl @somebody-else"])
    opened.archive.close()
    opened.file.unlink()
    opened.open()
    assert opened.desk.mention(id_) is None
    assert opened.hear(case("a", "some longer words", **ANNA)).mention_ids == (id_,)


def test_stopped_in_the_middle_it_is_as_before_and_can_be_done_again(
    opened: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    again = case("n1", "niezapominajka", **ANNA)
    opened.hear(again)
    assert opened.archive.backup(NOW).is_file()  # type: ignore[union-attr]

    def killed(*_args: object) -> int:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(desk, "erase", killed)
        with pytest.raises(KeyboardInterrupt):
            opened.desk.forget([KEY])
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 1
    assert opened.desk.forget([KEY]) == 1
    assert [trace for trace in TRACES if trace in opened.bytes()] == []


def test_what_is_heard_from_them_meanwhile_stays_forgotten_too(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    assert opened.archive.backup(NOW).is_file()  # type: ignore[union-attr]
    late = case("late", "some longer words", **ANNA)
    forget = Backups.forget

    def hearing(backups: Backups, keys: Sequence[str], prints: Sequence[tuple[int, ...]]) -> None:
        forget(backups, keys, prints)
        if keys:
            opened.hear(late)

    monkeypatch.setattr(Backups, "forget", hearing)
    assert opened.desk.forget([KEY]) == 1
    opened.archive.close()
    opened.file.unlink()
    opened.open()
    assert opened.hear(late).mention_ids == (1,)
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 0


def test_a_backup_under_way_for_too_long_is_a_problem(opened: Opened, monkeypatch: pytest.MonkeyPatch) -> None:
    opened.hear(case("n1", **ANNA))
    monkeypatch.setattr(backup, "PATIENCE", 0.05)
    with backup.FileLock(opened.backups / ".archive.lock"), pytest.raises(ProblemError) as raised:
        opened.desk.forget([KEY])
    assert raised.value.problem == Problem("stores.busy", {"path": "archive.db"})
    assert opened.desk.counts(NOW)[Folder.EVERYTHING] == 1


def test_ids_are_never_given_again(opened: Opened) -> None:
    before = opened.hear(case("a", **ANNA))
    opened.desk.forget([KEY])
    after = opened.hear(case("b"))
    assert after.mention_ids[0] > before.mention_ids[0]
    assert (after.case_ids[0] or 0) > (before.case_ids[0] or 0)


def test_nobody_is_nobody(opened: Opened) -> None:
    opened.hear(said("a"), said("b", author="Gość"))
    assert opened.desk.forget(["", "rss name:gosc"]) == 0
    assert opened.desk.forget([]) == 0


def test_copies_that_cannot_be_changed_go(opened: Opened) -> None:
    opened.hear(said("a", "niezapominajka", **ANNA))
    broken = opened.backups / "archive-20200101.sqlite"
    broken.write_bytes(b"niezapominajka" * 999)
    strange = opened.backups / "archive-before-v2.sqlite"
    with sqlite3.connect(strange) as connection:
        connection.execute("CREATE TABLE old (text)")
        connection.execute("INSERT INTO old VALUES ('niezapominajka')")
    connection.close()
    aside = opened.file.with_name("archive.db.copy")
    aside.write_bytes(b"niezapominajka")
    aside.rename(opened.file.with_name("archive.db.broken-20200101T000000Z"))
    other = opened.file.with_name("shop.json.broken-20200101T000000Z")
    other.write_bytes(b"{}")
    opened.desk.forget([KEY])
    assert [trace for trace in TRACES if trace in opened.bytes()] == []
    assert list(opened.backups.glob("*.sqlite")) == []
    assert [path.name for path in opened.file.parent.glob("*broken*")] == [other.name]
    assert put_aside(other, NOW).exists()


def test_many_mentions_go_at_once(opened: Opened) -> None:
    (first,) = opened.hear(case("a", **ANNA)).mention_ids
    (second,) = opened.hear(case("b", handle="@ola", site="x.pl")).mention_ids
    (third,) = opened.hear(case("c", handle="@ewa", site="x.pl")).mention_ids
    opened.desk.remove()
    opened.desk.remove(first, third, 99)
    assert [one.id for one in opened.desk.mentions_after(0, 9)] == [second]


def test_one_mention_goes_with_its_case_and_may_be_heard_anew(opened: Opened) -> None:
    (alone,) = opened.hear(case("a", due_at=NOW + 5, **ANNA)).case_ids
    (shared,) = opened.hear(case("b", due_at=NOW + 5, handle="@ola", site="x.pl")).case_ids
    (third,) = opened.hear(said("c", joins_case=shared, **ANNA)).mention_ids
    (again,) = opened.hear(said("d", repost_of=1, handle="@ewa", site="x.pl")).mention_ids
    assert alone is not None
    assert shared is not None
    for case_id in (alone, shared):
        opened.desk.put_handling(Handling(case_id, kind=Kind.COMPLAINT))
    opened.desk.remove(1)
    assert (opened.desk.mention(1), opened.desk.handling(alone)) == (None, None)
    assert [one.id for one in opened.listener.open_cases()] == [shared]
    assert opened.desk.mention(again) is not None
    opened.desk.remove(2)
    (left,) = opened.listener.open_cases()
    assert left.first_mention == third
    assert opened.desk.handling(shared) is not None
    opened.desk.remove(2)
    assert opened.hear(case("a", **ANNA)).mention_ids == (again + 1,)


def test_what_is_left_without_who_complained_is_whose_it_was(opened: Opened) -> None:
    """What that customer complains of elsewhere does not join somebody's praise."""
    joins = opened.hear(case("a", "lovely", Kind.PRAISE, author="Ola", handle="@ola", site="x.pl")).case_ids[0]
    (awful,) = opened.hear(said("b", "awful", Kind.COMPLAINT, joins_case=joins, **ANNA)).mention_ids
    opened.desk.remove(awful)
    with closing(sqlite3.connect(opened.file)) as connection:
        assert connection.execute("SELECT kind, identity_key FROM cases").fetchall() == [("praise", "x.pl @ola")]
