"""Storing what was heard, all or nothing, and knowing it again."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest
from stores.archive.hearing import NOW, Opened, case, keep, marks, said

from app.core.case import CaseState, Handling
from app.core.mention import Mention
from app.core.ports.archive import Heard
from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind, Reason, Severity, Verdict
from app.core.watch import HostState, Move, Validators, WatchState
from app.stores.archive.fields import state_of, state_values
from app.stores.archive.open import open_archive
from app.stores.archive.schema import STEPS


def test_every_field_of_a_mention_comes_back(opened: Opened) -> None:
    mention = Mention(
        "mastodon", "k1", "https://m.social/1", "Tytuł", "Treść\nżółta 😡", "Anna K.", "@anna", "m.social", 1_799_999_000.5,
        "pl", 4.5, "parent", "thread",
    )  # fmt: skip
    verdict = Verdict(Kind.COMPLAINT, 0.93, Severity.DANGER, (Reason(0, 5, 0.1 + 0.2), Reason(7, 9, -1.5)))
    new = replace(case("k1"), mention=mention, verdict=verdict)
    stored = opened.hear(new, watch="w7", own=True)
    kept = opened.desk.mention(stored.mention_ids[0])
    assert kept is not None
    assert kept.mention == mention
    assert kept.verdict == verdict
    assert (kept.watch_id, kept.own, kept.heard_at, kept.edited_at) == ("w7", True, NOW, None)
    assert kept.case_id == stored.case_ids[0] is not None


def test_ids_stand_in_the_order_of_what_was_heard(opened: Opened) -> None:
    stored = opened.hear(said("a"), case("b", rings=True), said("c"), case("d", rings=True))
    keys = [kept.mention.key for id_ in stored.mention_ids if (kept := opened.desk.mention(id_))]
    assert keys == ["a", "b", "c", "d"]
    assert stored.ringing == (stored.mention_ids[1], stored.mention_ids[3])
    assert stored.case_ids[0] is stored.case_ids[2] is None
    assert len({stored.case_ids[1], stored.case_ids[3], None}) == 3


def test_a_key_heard_twice_is_one_mention(opened: Opened) -> None:
    first = opened.hear(case("a", "one", rings=True))
    again = opened.hear(said("b"), case("a", "two", rings=True), said("c"), said("c"))
    assert again.mention_ids[1] == first.mention_ids[0]
    assert again.case_ids[1] == first.case_ids[0]
    assert again.mention_ids[2] == again.mention_ids[3]
    assert again.ringing == ()
    kept = opened.desk.mention(first.mention_ids[0])
    assert kept is not None
    assert kept.mention.text == "one"


def test_of_equal_texts_one_that_was_not_set_aside_is_known(opened: Opened) -> None:
    words = "same words here"
    first, _ = opened.hear(case("a", words, author="Marek"), said("b", words, repost_of=1, joins_case=1)).mention_ids
    (asked,) = opened.listener.known(*marks(said("c", words)))
    assert (asked.by_text, asked.text_case, asked.text_not_us) == (first, 1, False)
    opened.desk.put_handling(Handling(1, CaseState.NOT_US))
    (asked,) = opened.listener.known(*marks(said("c", words)))
    assert (asked.by_text, asked.text_case, asked.text_not_us) == (first, 1, True)
    (loose,) = opened.hear(said("d", words, author="Ewelina")).mention_ids
    (asked,) = opened.listener.known(*marks(said("c", words)))
    assert (asked.by_text, asked.text_not_us) == (loose, False)
    opened.desk.put_handling(Handling(-loose, CaseState.NOT_US))
    (asked,) = opened.listener.known(*marks(said("c", words)))
    assert (asked.by_text, asked.text_not_us) == (first, True)


def test_known_by_key_address_and_text(opened: Opened) -> None:
    (first,) = opened.hear(said("a", "same words here", author="Anna", site="a.pl")).mention_ids
    (second,) = opened.hear(said("b", "same words here", author="Ola", site="b.pl")).mention_ids
    new = [
        said("a", "other"),
        said("tag:z", "other", url="https://a.pl/b"),
        said("y", "same words here"),
        said("x", "nothing of it"),
    ]
    by_key, by_address, by_text, nothing = opened.listener.known(*marks(*new))
    print_of_text = said("a", "same words here").prints.text
    assert (by_key.by_key, by_key.by_address, by_key.text_print) == (first, first, print_of_text)
    assert (by_address.by_key, by_address.by_address, by_address.text_print) == (None, second, print_of_text)
    assert (by_text.by_text, by_text.by_another, by_text.said_here) == (first, False, False)
    assert (nothing.by_key, nothing.by_address, nothing.by_text, nothing.text_print) == (None, None, None, 0)


def test_prints_of_nothing_are_equal_to_nothing(opened: Opened) -> None:
    bare = replace(said("a"), prints=replace(said("a").prints, address=0, text=0))
    opened.hear(bare)
    other = replace(said("b"), prints=replace(said("b").prints, address=0, text=0))
    (known,) = opened.listener.known(*marks(other))
    assert (known.by_key, known.by_address, known.by_text) == (None, None, None)


def test_the_other_source_has_keys_of_its_own(opened: Opened) -> None:
    opened.hear(said("1", url=""))
    (known,) = opened.listener.known(*marks(said("1", source="mastodon", url="")))
    assert known.by_key is None


def test_known_in_chunks_keeps_the_order(opened: Opened) -> None:
    new = [said(f"k{n}", f"text {n}") for n in range(1_203)]
    ids = opened.hear(*new).mention_ids
    asked = [*new[::-1], said("never", "heard")]
    assert [known.by_key for known in opened.listener.known(*marks(*asked))] == [*ids[::-1], None]


@pytest.mark.parametrize(
    ("fields", "joins"),
    [
        ({"parent": "root"}, True),
        ({"thread": "root"}, True),
        ({"thread": "t1"}, True),
        ({"parent": "neutral", "thread": "t1"}, True),
        ({"parent": "root", "source": "mastodon"}, False),
        ({"parent": "gone"}, False),
        ({}, False),
    ],
)
def test_the_case_of_the_thread(opened: Opened, fields: dict[str, str], *, joins: bool) -> None:
    stored = opened.hear(said("neutral"), case("root", thread="t1"), said("t1", thread="t1"))
    (known,) = opened.listener.known(*marks(said("new", **fields)))
    assert known.thread_case == (stored.case_ids[1] if joins else None)


@pytest.mark.parametrize(
    ("fields", "joins"),
    [
        ({"thread": "post", "author": "Anna", "handle": "anna@lab.test"}, True),
        ({"thread": "post", "author": "Piotr", "handle": "piotr@lab.test"}, False),
        ({"thread": "post"}, False),
        ({"thread": "post", "parent": "hers", "author": "Piotr", "handle": "piotr@lab.test"}, True),
    ],
)
def test_below_a_post_of_the_shop_everybody_has_a_story_of_their_own(
    opened: Opened, fields: dict[str, str], *, joins: bool
) -> None:
    hers = case("hers", thread="post", author="Anna", handle="anna@lab.test")
    stored = opened.hear(hers, own=True)
    (known,) = opened.listener.known(*marks(said("new", **fields)))
    assert known.thread_case == (stored.case_ids[0] if joins else None)


@pytest.mark.parametrize(("own", "joins"), [(True, False), (False, True)])
@pytest.mark.parametrize("author", ["", "Guest", "Piotr"])
def test_guests_below_a_post_of_the_shop_share_no_case(opened: Opened, author: str, *, own: bool, joins: bool) -> None:
    stored = opened.hear(case("guest's", thread="post", author="Guest"), own=own)
    (known,) = opened.listener.known(*marks(said("new", thread="post", author=author)))
    assert known.thread_case == (stored.case_ids[0] if joins else None)


def test_the_parent_s_case_goes_before_the_thread_s(opened: Opened) -> None:
    _, of_parent = opened.hear(case("root"), case("answer", thread="root")).case_ids
    (known,) = opened.listener.known(*marks(said("new", parent="answer", thread="root")))
    assert known.thread_case == of_parent


def test_the_newest_open_case_of_the_same_account(opened: Opened) -> None:
    opened.hear(case("a", handle="@anna", site="x.pl"))
    (second,) = opened.hear(case("b", handle="@anna", site="x.pl")).case_ids
    asked = marks(said("c", handle="@ANNA", site="x.pl"), said("d", handle="@anna", site="y.pl"), said("e"))
    assert [known.identity_case for known in opened.listener.known(*asked)] == [second, None, None]


def test_a_name_alone_joins_no_cases(opened: Opened) -> None:
    opened.hear(case("a", author="Anna Kowalska", site="x.pl"))
    (known,) = opened.listener.known(*marks(said("b", author="Anna Kowalska", site="x.pl")))
    assert known.identity_case is None


@pytest.mark.parametrize(
    ("state", "kind", "open_"),
    [
        (CaseState.NEW, None, True),
        (CaseState.IN_WORK, Kind.QUESTION, True),
        (CaseState.NEW, Kind.NEUTRAL, False),
        (CaseState.WAITING, None, False),
        (CaseState.RESOLVED, None, False),
        (CaseState.NOT_US, None, False),
    ],
)
def test_only_an_open_case_is_joined(opened: Opened, state: CaseState, kind: Kind | None, *, open_: bool) -> None:
    (case_id,) = opened.hear(case("a", handle="@anna", site="x.pl")).case_ids
    assert case_id is not None
    opened.desk.put_handling(Handling(case_id, state, kind))
    (known,) = opened.listener.known(*marks(said("b", handle="@anna", site="x.pl")))
    assert known.identity_case == (case_id if open_ else None)


def test_an_old_case_is_another_story(opened: Opened) -> None:
    opened.hear(case("a", handle="@anna", site="x.pl"), at=NOW - 15 * 86_400)
    opened.hear(said("b"))
    (known,) = opened.listener.known(*marks(said("c", handle="@anna", site="x.pl")))
    assert known.identity_case is None


def test_a_complaint_that_joins_makes_the_case_one(opened: Opened) -> None:
    (case_id,) = opened.hear(case("a", kind=Kind.PRAISE)).case_ids
    stored = opened.hear(said("b", kind=Kind.COMPLAINT, joins_case=case_id, due_at=NOW + 60))
    assert stored.case_ids == (case_id,)
    assert [(c.kind, c.due_at) for c in opened.listener.open_cases()] == [(Kind.COMPLAINT, NOW + 60)]


def test_a_case_that_is_gone_is_opened_anew(opened: Opened) -> None:
    stored = opened.hear(said("a", kind=Kind.COMPLAINT, joins_case=99), said("b", joins_case=99))
    assert stored.case_ids[0] not in {None, 99}
    assert stored.case_ids[1] is None


def test_an_edit_replaces_content_and_leaves_the_rest(opened: Opened) -> None:
    stored = opened.hear(case("a", "first words", handle="@anna", site="x.pl", due_at=NOW + 9), at=NOW - 100)
    (id_,) = stored.mention_ids
    opened.edit(id_, Mention("rss", "a", text="second version", handle="@anna", site="x.pl"), Kind.QUESTION)
    kept = opened.desk.mention(id_)
    assert kept is not None
    assert (kept.mention.text, kept.verdict.kind, kept.edited_at, kept.heard_at) == (
        "second version", Kind.QUESTION, NOW, NOW - 100,
    )  # fmt: skip
    assert kept.case_id == stored.case_ids[0]
    (known,) = opened.listener.known(*marks(said("z", "second version")))
    assert known.by_text == id_


@pytest.mark.parametrize("kind", [Kind.NEUTRAL, Kind.QUESTION, Kind.PRAISE])
def test_a_complaint_edited_away_stays_a_complaint_s_case(opened: Opened, kind: Kind) -> None:
    (id_,) = opened.hear(case("a", "bad", due_at=NOW)).mention_ids
    opened.edit(id_, Mention("rss", "a", text="EDIT: solved"), kind)
    assert [(c.kind, c.due_at) for c in opened.listener.open_cases()] == [(Kind.COMPLAINT, NOW)]


def test_the_case_of_a_praise_follows_its_edit_to_a_question(opened: Opened) -> None:
    (id_,) = opened.hear(case("a", "good", Kind.PRAISE, due_at=NOW)).mention_ids
    opened.edit(id_, Mention("rss", "a", text="good?"), Kind.QUESTION)
    assert [c.kind for c in opened.listener.open_cases()] == [Kind.QUESTION]


def test_states_and_hosts_come_back_whole(opened: Opened) -> None:
    state = WatchState(
        "w1",
        {"since": "7"},
        {"https://a.pl": Validators('W/"x"', "Mon", "hash", 5.0)},
        {"https://a.pl": Move("https://b.pl", 2, 1.0, 7.0)},
        1.0, 2.0, 3.0, 4.0, 5,
        Problem("net.timeout", {"host": "a.pl", "seconds": 3}, 99.5),
        "sig",
        "heard as",
    )  # fmt: skip
    hosts = (HostState("a.pl", 5.0, 2), HostState("b.pl"))
    keep(
        opened.listener,
        [Heard("w1", False, state, 1.0, 2.0, hosts=hosts), Heard("w2", False, WatchState("w2"), 1.0, 2.0)],
    )
    assert opened.listener.states() == opened.desk.states() == {"w1": state, "w2": WatchState("w2")}
    assert opened.listener.hosts() == hosts
    opened.listener.drop_watch("w1")
    assert set(opened.listener.states()) == {"w2"}


def test_what_another_version_keeps_of_a_state_is_no_obstacle() -> None:
    """A window may run on while the program is brought up to date under it."""
    state = WatchState(
        "w1", validators={"https://a.pl": Validators('"x"')}, moves={"https://a.pl": Move("https://b.pl", 2, 1.0)}
    )
    values = list(state_values(state))
    assert '"of"' not in values[2]
    for at in (2, 3):
        values[at] = values[at].replace("}}", ', "later": 1}}')
    assert state_of(tuple(values)) == state


def test_what_another_version_leaves_out_of_a_state_costs_no_more_than_that() -> None:
    problem = Problem("net.timeout", {"host": "a.pl"}, 5.0)
    state = WatchState("w1", {"a": "7"}, {"https://a.pl": Validators('"x"')}, problem=problem, failures=2)
    values = list(state_values(replace(state, moves={"https://a.pl": Move("https://b.pl", 2, 1.0)})))
    values[2] = values[2].replace('"full_at": 0.0, ', "")
    values[3] = values[3].replace('"times": 2, ', "")
    values[9] = values[9].replace('"code"', '"level": {"a": 1}, "code"')
    values[9] = values[9].replace('}, "retry', f', "far": {10**400}}}, "retry')
    assert state_of(tuple(values)) == state, "of a move half told nothing is known"
    values[2], values[3] = '{"https://a.pl": 5}', '{"https://a.pl": null}'
    values[9] = '{"args": {"host": "a.pl"}}'
    assert state_of(tuple(values)) == replace(state, validators={}, problem=None)


def test_states_that_do_not_say_as_what_they_were_heard_are_kept_as_they_are(tmp_path: Path) -> None:
    opened = open_archive(tmp_path / "archive.db", tmp_path / "backups", NOW, steps=STEPS[:8])
    assert isinstance(opened, tuple)
    opened[0].close()
    moved = '{"https://a.pl": {"target": "https://b.pl", "times": 5, "first_at": 1.0}}'
    with sqlite3.connect(tmp_path / "archive.db") as connection:
        connection.execute(
            "INSERT INTO watch_states VALUES ('w', '{\"since\": \"7\"}', '{}', ?, 9.0, 8.0, 7.0, 6.0, 2, NULL, 'sig')",
            (moved,),
        )
    connection.close()
    today = Opened(tmp_path)
    assert today.listener.states() == {
        "w": WatchState(
            "w", {"since": "7"}, {}, {"https://a.pl": Move("https://b.pl", 5, 1.0)}, 9.0, 8.0, 7.0, 6.0, 2, None, "sig"
        )
    }
    assert today.told == ()
    today.archive.close()


def test_polls_are_logged_for_a_month(opened: Opened) -> None:
    month = 30 * 86_400
    for at in (NOW - month - 10, NOW - 5, NOW):
        problem = Problem("net.timeout") if at == NOW else None
        keep(opened.listener, [Heard("w", False, WatchState("w"), at - 1, at, problem=problem)])
    with sqlite3.connect(opened.file) as connection:
        polls = connection.execute("SELECT watch_id, finished, problem FROM polls ORDER BY id").fetchall()
    connection.close()
    assert polls == [("w", NOW - 5, ""), ("w", NOW, "net.timeout")]


def test_the_hours_of_polls_that_went_well_are_told(opened: Opened) -> None:
    hour = NOW // 3_600 * 3_600
    for watch_id, at, problem in (
        ("w", hour + 5, None), ("w", hour + 3_599, None), ("w", hour + 3_600, None), ("v", hour + 10, None),
        ("u", hour + 20, Problem("net.timeout")), ("w", hour - 7_200, None),
    ):  # fmt: skip
        keep(opened.listener, [Heard(watch_id, False, WatchState(watch_id), at - 1, at, problem=problem)])
    first = int(hour // 3_600)
    assert opened.desk.hours_heard(hour) == {
        "w": {first: hour + 5, first + 1: hour + 3_600}, "v": {first: hour + 10}
    }  # fmt: skip


def test_a_clock_years_ahead_does_not_take_the_month_of_polls(opened: Opened) -> None:
    for number in range(40):
        opened.hear(at=NOW + number)
    opened.hear(at=NOW + 3_650 * 86_400)
    opened.hear(at=NOW + 40)
    with opened.listener._connections.reading() as connection:
        (left,) = connection.execute("SELECT count(*) FROM polls WHERE finished <= ?", (NOW + 40,)).fetchone()
    assert left == 38


def test_open_cases_and_new_targets(opened: Opened) -> None:
    stored = opened.hear(
        case("a", due_at=NOW + 1, stars=1, source="google"),
        case("b", due_at=NOW + 2),
        case("c", kind=Kind.PRAISE),
        own=True,
    )
    one, two, _ = stored.case_ids
    assert one is not None
    assert two is not None
    found = opened.listener.open_cases()
    assert [(c.id, c.due_at, c.own, c.stars, c.source) for c in found] == [
        (one, NOW + 1, True, 1.0, "google"), (two, NOW + 2, True, None, "rss"),
    ]  # fmt: skip
    opened.listener.set_due([(one, None), (two, NOW + 50)])
    assert [(c.id, c.due_at) for c in opened.listener.open_cases()] == [(two, NOW + 50)]
    opened.desk.put_handling(Handling(two, CaseState.ANSWERED, answered_at=NOW))
    assert opened.listener.open_cases() == ()


def test_an_exception_of_the_work_rolls_everything_back(opened: Opened) -> None:
    def work() -> list[Heard]:
        opened.listener.known(*marks(said("a")))
        raise LookupError("no such thing")

    with pytest.raises(LookupError):
        opened.listener.transaction(work)
    assert opened.hear(said("a")).mention_ids == (1,)


def test_a_fault_in_one_poll_stores_none(opened: Opened) -> None:
    good = Heard("good", False, WatchState("good"), 1.0, 2.0, (said("a"),))
    bad = Heard("bad", False, WatchState("bad", next_due="x"), 1.0, 2.0)  # type: ignore[arg-type]
    with pytest.raises(sqlite3.IntegrityError):
        keep(opened.listener, [good, bad])
    assert opened.desk.mention(1) is None
    assert opened.listener.states() == {}


def test_a_full_disk_is_a_problem_and_nothing_changes(opened: Opened) -> None:
    opened.hear(said("a"))
    with opened.listener._connections.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages + 3}")
    big = Heard("w", False, WatchState("full"), 1.0, 2.0, (said("b", "word " * 20_000),))
    assert keep(opened.listener, [big]) == Problem("stores.disk_full", {"path": "archive.db"})
    opened.listener.close()
    assert set(opened.listener.states()) == {"w"}
    assert opened.hear(said("c")).mention_ids == (2,)


def test_another_writer_for_too_long_is_a_problem(opened: Opened, tmp_path: Path) -> None:
    opened.archive.close()
    opened.open(patience=0.05)
    other = sqlite3.connect(opened.file, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    busy = Problem("stores.busy", {"path": "archive.db"})
    assert keep(opened.listener, []) == busy
    with pytest.raises(ProblemError) as told:
        opened.desk.put_handling(Handling(1))
    assert told.value.problem == busy
    with pytest.raises(ProblemError):
        opened.listener.set_due([(1, None)])
    other.close()
    assert keep(opened.listener, []) == []


@pytest.mark.parametrize(
    "text",
    [
        "half \ud83d of an emoji \udc00",
        "nul \x00 inside",
        "\x00",
        "שלום עולם \u202e dlrow",
        "👨‍👩‍👧‍👦🏳️‍🌈",
        "a\u0301\u0328" * 50,
        "żółw " * 200_000,
        "",
    ],
)
def test_any_text_is_kept(opened: Opened, text: str) -> None:
    fields = {"title": text[:99], "author": text[:99], "handle": text[:99], "site": text[:9], "thread": text[:9]}
    new = case("k" + text[:5], text, **fields)
    state = WatchState("s" + text[:5], {"b": text[:9]})
    heard = Heard("w", False, state, NOW, NOW, (new,))
    stored = keep(opened.listener, [heard])
    assert not isinstance(stored, Problem)
    kept = opened.desk.mention(stored[0].mention_ids[0])
    assert kept is not None
    assert len(kept.mention.text) == len(text)
    assert "\x00" not in kept.mention.text
    kept.mention.text.encode()
    (known,) = opened.listener.known(*marks(new))
    assert known.by_key == kept.id
    opened.edit(kept.id, replace(new.mention, text=text + "!"))
    opened.desk.by_identity([f"{text[:9]} {text[:99]}"])
    assert opened.listener.states()["s" + kept.mention.key[1:]].bookmark == {"b": text[:9]}


def test_numbers_that_are_none_are_left_out(opened: Opened) -> None:
    (id_,) = opened.hear(said("a", published=float("nan"), stars=float("inf"))).mention_ids
    row = opened.desk.row(id_)
    assert row is not None
    assert (row.published, row.stars) == (NOW, None)


def test_a_second_archive_at_the_same_place_sees_it_all(opened: Opened) -> None:
    other = open_archive(opened.file, opened.backups, NOW)
    assert not isinstance(other, Problem)
    opened.hear(said("a"))
    assert other[0].desk().mention(1) is not None
    other[0].close()
