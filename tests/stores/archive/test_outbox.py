"""The outbox in the archive: an older file, two writers, and what goes with a mention."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, keep, said

from app.core.case import CaseState, Handling
from app.core.mention import Mention
from app.core.outbox import Delivery, Outgoing, Stand, Wish
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS


def outgoing(number: int, mention_id: int, wish: Wish = Wish.SEND) -> Outgoing:
    return Outgoing(f"reply{number}", mention_id, "w", f"Words {number}\x00", wish, NOW + number, contact="c")


def test_an_older_archive_gets_its_outbox(tmp_path: Path) -> None:
    file = tmp_path / "archive.db"
    first = open_archive(file, tmp_path / "b", NOW, steps=STEPS[:2])
    assert not isinstance(first, Problem)
    first[0].close()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute(
            "INSERT INTO mentions (watch_id, source, site, place, key, url, handle, identity_key, parent, thread, "
            "language, at, heard_at, kind, score, severity, reasons, own, rings, key_print, address_print, text_print, "
            "thread_print) VALUES ('w', 'rss', '', '', 'k', '', '', '', '', '', '', 1, 1, 'neutral', 0.1, 0, '[]', 0, 0, 5, 0, 0, 0)"
        )
        connection.execute("INSERT INTO texts VALUES (1, '', 'Anna', 'words')")
        connection.commit()
    opened = Opened(tmp_path)
    (old,) = opened.desk.mentions_after(0, 5)
    assert (old.mention.text, old.gone_at) == ("words", None)
    assert opened.archive.out_tray().put(outgoing(1, old.id))
    opened.archive.close()


def test_a_reply_comes_back_as_it_was_written(opened: Opened) -> None:
    (mention_id,) = opened.hear(said("a", "awful", Kind.COMPLAINT, opens_case=True)).mention_ids
    tray, outbox = opened.archive.out_tray(), opened.archive.outbox()
    assert tray.put(outgoing(1, mention_id))
    assert not tray.put(outgoing(2, 99)), "of a mention that is gone"
    assert outbox.begin(NOW)
    sending = outbox.claim("reply1", NOW)
    assert sending
    assert (sending.stand, sending.order, sending.tries, sending.begun) == (Stand.SENDING, 1, 1, NOW)
    assert outbox.claim("reply1", NOW) is None
    problem = Problem("net.timeout", {"host": "a"}, NOW + 5)
    kept = Delivery(Stand.UNKNOWN, 1, 1, 1, 2, NOW, NOW + 1, NOW + 9, "r1", NOW + 2, problem)
    outbox.put("reply1", kept, gone=True)
    (one,) = outbox.awaited()
    assert one.outgoing.delivery == kept
    assert one.outgoing.text == "Words 1\ufffd"
    assert (one.mention.id, one.mention.gone_at) == (mention_id, NOW + 1)
    outbox.end()


def test_only_who_holds_the_lock_claims_and_breaks_off(opened: Opened) -> None:
    (mention_id,) = opened.hear(said("a")).mention_ids
    opened.archive.out_tray().put(outgoing(1, mention_id))
    one, other = opened.archive.outbox(), opened.archive.outbox()
    assert one.begin(NOW)
    assert not other.begin(NOW)
    assert other.claim("reply1", NOW) is None
    assert one.claim("reply1", NOW)
    assert not other.begin(NOW + 100)
    one.end()
    assert other.begin(NOW + 100)
    (left,) = other.awaited()
    assert left.outgoing.stand is Stand.UNKNOWN
    assert left.outgoing.delivery.problem == Problem("outbox.broken_off")
    other.end()


def test_a_lock_that_cannot_be_had_is_a_problem(opened: Opened) -> None:
    opened.file.with_name(f"{opened.file.name}.sending").mkdir()
    with pytest.raises(ProblemError) as raised:
        opened.archive.outbox().begin(NOW)
    assert raised.value.problem == Problem("stores.folder_in_the_way", {"path": "archive.db.sending"})


def test_after_a_restore_nobody_knows_what_was_sent_since_the_copy(opened: Opened) -> None:
    (mention_id,) = opened.hear(said("a")).mention_ids
    tray, outbox = opened.archive.out_tray(), opened.archive.outbox()
    for number, wish in enumerate((Wish.SEND, Wish.SEND, Wish.LOOK), 1):
        tray.put(outgoing(number, mention_id, wish))
    assert isinstance(opened.archive.backup(NOW), Path)
    outbox.begin(NOW)
    outbox.claim("reply1", NOW)
    outbox.put("reply1", Delivery(Stand.SENT, 1))
    outbox.end()
    opened.archive.close()
    opened.file.write_bytes(b"broken" * 100)
    opened.open()
    assert [problem.code for problem in opened.told] == ["stores.archive_restored"]
    after = opened.archive.outbox()
    assert [(one.outgoing.stand, one.outgoing.wish) for one in after.awaited()] == [
        (Stand.UNKNOWN, Wish.SEND),
        (Stand.UNKNOWN, Wish.SEND),
        (Stand.WAITING, Wish.LOOK),
    ]


def test_what_is_taken_back_while_it_is_claimed_is_one_or_the_other(opened: Opened) -> None:
    (mention_id,) = opened.hear(said("a")).mention_ids
    tray, outbox = opened.archive.out_tray(), opened.archive.outbox()
    outbox.begin(NOW)
    for number in (1, 2):
        tray.put(outgoing(number, mention_id))
    assert tray.cancel("reply1", NOW)
    assert outbox.claim("reply1", NOW) is None
    assert outbox.claim("reply2", NOW)
    assert not tray.cancel("reply2", NOW)
    assert [one.outgoing.id for one in outbox.awaited()] == ["reply2"]
    outbox.end()


def test_of_two_desks_that_saw_the_same_one_notes_it(opened: Opened) -> None:
    (mention_id,) = opened.hear(said("a", kind=Kind.COMPLAINT, opens_case=True)).mention_ids
    tray, outbox = opened.archive.out_tray(), opened.archive.outbox()
    tray.put(outgoing(1, mention_id))
    outbox.put("reply1", Delivery(Stand.SENT, 1, next_at=None))
    (one,) = tray.untold()
    answered = Handling(1, CaseState.ANSWERED, answered_at=NOW)
    assert tray.note(one.outgoing, NOW, answered, logged=True)
    assert not tray.note(one.outgoing, NOW, Handling(1, CaseState.NEW), logged=True)
    assert opened.desk.handling(1) == answered
    assert tray.untold() == ()


def test_what_the_shop_is_heard_to_write_is_found_by_thread_only(opened: Opened) -> None:
    (asked,) = opened.hear(said("a", thread="t"), at=NOW).mention_ids
    opened.archive.out_tray().put(outgoing(1, asked))
    answer, thread, *_others = opened.hear(
        said("b", parent="a", ours=True),
        said("c", thread="t", ours=True),
        said("d", parent="a"),
        said("e", parent="x", ours=True),
        at=NOW + 5,
    ).mention_ids
    assert [mention.id for _reply, mention in opened.archive.outbox().heard()] == [answer, thread]


def test_a_reply_goes_with_its_mention(opened: Opened) -> None:
    (mention_id,) = opened.hear(said("a", handle="@anna", site="x.pl")).mention_ids
    tray, outbox = opened.archive.out_tray(), opened.archive.outbox()
    tray.put(outgoing(1, mention_id))
    outbox.begin(NOW)
    outbox.claim("reply1", NOW)
    opened.desk.forget(("x.pl @anna",))
    outbox.put("reply1", Delivery(Stand.SENT, 1))
    outbox.end()
    assert tray.get("reply1") is None
    assert b"Words 1" not in opened.bytes()


def test_a_mention_keeps_its_first_note_of_having_gone(opened: Opened) -> None:
    mention = Mention("rss", "a", text="words of a certain length", url="https://a.pl/a")
    (mention_id,) = opened.hear(said("a", "words of a certain length")).mention_ids
    (known,) = opened.listener.known([mention], [said("a", "words of a certain length").prints])
    assert not known.gone
    from app.core.ports.archive import Heard
    from app.core.watch import WatchState

    for at in (NOW + 1, NOW + 2):
        stored = keep(opened.listener, [Heard("w", False, WatchState("w"), at, at, source="rss", gone=("a", "b"))])
        assert not isinstance(stored, Problem)
        assert stored[0].gone == (at == NOW + 1)
    assert opened.desk.mention(mention_id).gone_at == NOW + 1
    (known,) = opened.listener.known([mention], [said("a", "words of a certain length").prints])
    assert known.gone
