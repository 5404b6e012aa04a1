"""Entering by hand at the desk: kept for the listener, tied to a card, tables in and out, forgotten without a trace."""

from __future__ import annotations

import errno
from dataclasses import replace
from pathlib import Path

import pytest
from fakes.counter import Counter, counter_in

from app.core.by_hand import Entry, Where, mention_of
from app.core.customer import Channel, Direction, Identity
from app.core.mention import ArchivedMention
from app.core.mention_table import Handed, Wishes
from app.core.person import PersonRecord
from app.core.ports.by_hand import EntryDraft, Kept
from app.core.problems import Problem
from app.core.verdict import Kind
from app.core.views import Folder
from app.listen.by_hand import at_once

AWFUL = "The bread was awful and nobody answers the phone."
PICTURE = b"\x89PNG\r\n\x1a\nnot much of one"


def take_in(shop: Counter) -> None:
    for step in at_once(shop.profile.parts, shop.profile.waiting):
        assert not isinstance(step, Problem)


def entered(shop: Counter, entry: Entry, picture: bytes = b"", customer: str = "") -> ArchivedMention:
    kept = shop.desk.by_hand.add(entry, picture, customer)
    assert isinstance(kept, Kept)
    assert kept.mention_id is None
    assert shop.desk.by_hand.taken_in(kept.entry) is None
    take_in(shop)
    heard = shop.desk.by_hand.taken_in(kept.entry)
    assert heard is not None
    return heard


def on_phone(**more: object) -> Entry:
    return Entry("", **{"where": Where.PHONE, "text": AWFUL, "author": "Anna K.", **more})  # type: ignore[arg-type]


def test_what_nobody_sees_is_taken_out_of_a_link_and_an_account(shop: Counter) -> None:
    link = entered(
        shop, Entry("", Where.WEB, text=AWFUL, url="\u200bhttps://forum.example/t/12\u200b", handle="@a\ufeffnna")
    )
    assert (link.mention.url, link.mention.handle) == ("https://forum.example/t/12", "@anna")


@pytest.mark.parametrize("how", ["account", "card"])
def test_what_is_being_typed_of_a_person_goes_when_they_are_forgotten(shop: Counter, how: str) -> None:
    heard = entered(shop, on_phone(handle="600 100 200"))
    view = shop.desk.inbox.open(heard.id)
    assert view is not None
    assert view.customer is not None
    account, card = ("600-100-200", "") if how == "account" else ("", view.customer.id)
    other = EntryDraft(on_phone(author="Jan", handle="700 100 200"))
    mine = EntryDraft(on_phone(author="A", handle=account), card)
    assert shop.desk.by_hand.put_draft(other) is None
    shop.desk.by_hand.forget(tuple(one.key for one in view.customer.identities))
    assert shop.desk.by_hand.draft() == other
    assert shop.desk.by_hand.put_draft(mine) is None
    assert shop.desk.customers.forget(view.customer.id) is None
    assert shop.desk.by_hand.draft() is None


def test_who_phones_has_a_card_with_story_draft_and_answer_like_anybody(shop: Counter) -> None:
    heard = entered(shop, on_phone(handle="+48 600 100 200", at=shop.profile.clock() - 60))
    desk = shop.desk
    view = desk.inbox.open(heard.id)
    assert view is not None
    assert view.customer is not None
    assert view.customer.identities == (Identity("phone", "+48600100200", "Anna K."),)
    assert (view.kind, view.mention.own, view.due_at is not None) == (Kind.COMPLAINT, True, True)
    assert not isinstance(desk.replies.save_draft(heard.id, "Sorry", "private", 1.0), Problem)
    assert [entry.mention.id for entry in desk.customers.history(view.customer.id) if entry.mention] == [heard.id]
    again = entered(shop, on_phone(handle="0048 600-100-200", where=Where.SHOP, author="Mrs K."))
    view = desk.inbox.open(again.id)
    assert view is not None
    assert (view.times, again.case_id) == (2, heard.case_id)
    assert len(desk.customers.search("")) == 1


def test_a_known_customer_is_chosen_or_found_by_the_same_account_elsewhere(shop: Counter) -> None:
    desk = shop.desk
    card = shop.files.create("Anna Kowalska", Identity("allegro.pl", "anna@mail.example"), 1.0)
    assert not isinstance(card, Problem)
    entered(shop, on_phone(handle="anna@mail.example"))
    entered(shop, on_phone(author="Ania"), customer=card.id)
    entered(shop, on_phone(author="Ania", text="Another great word."))
    known = desk.customers.get(card.id)
    assert known is not None
    assert [one.key for one in known.identities] == [
        "allegro.pl anna@mail.example",
        "mailbox anna@mail.example",
        "by_hand name:ania",
    ]
    assert len([entry for entry in desk.customers.history(card.id) if entry.mention]) == 3
    assert isinstance(desk.by_hand.add(on_phone(), b"", "0" * 32), Problem)


def test_what_a_chosen_customer_says_joins_the_case_that_is_open(shop: Counter) -> None:
    first = entered(shop, on_phone(handle="+48 600 100 200"))
    view = shop.desk.inbox.open(first.id)
    assert view is not None
    assert view.customer is not None
    again = entered(shop, on_phone(author="Mrs K.", text="The bread is still awful."), customer=view.customer.id)
    by_name = entered(shop, on_phone(author="Mrs K.", text="And the rolls are awful too."))
    assert (again.mention.author, again.case_id) == ("Mrs K.", first.case_id)
    known = shop.desk.customers.get(view.customer.id)
    assert known is not None
    assert [one.key for one in known.identities] == ["phone +48600100200", "by_hand name:mrs k."]
    told = [entry.mention.id for entry in shop.desk.customers.history(known.id) if entry.mention]
    assert sorted(told) == [first.id, again.id, by_name.id]


def test_a_link_heard_already_opens_that_mention_and_keeps_nothing(shop: Counter) -> None:
    heard = shop.say("Piotr @piotr", AWFUL)
    mention = shop.archive.mention(heard)
    assert mention is not None
    link = mention.mention.url.replace("https://", "www.") + "?utm_source=mail"
    kept = shop.desk.by_hand.add(Entry("", Where.WEB, url=link, text="What I saw"))
    assert isinstance(kept, Kept)
    assert kept.mention_id == heard
    assert shop.profile.waiting.names() == ()
    found = shop.desk.by_hand.heard(link)
    assert found is not None
    assert found.id == heard
    assert shop.desk.by_hand.heard("") is None
    again = entered(shop, Entry("", Where.WEB, url=link, text="What I saw", again=True))
    assert again.id != heard


@pytest.mark.parametrize(
    ("entry", "picture", "code"),
    [
        (Entry("", text="  \n"), b"", "desk.nothing_said"),
        (Entry("", url="javascript:alert(1)"), b"", "desk.bad_link"),
        (Entry("", url="not a link"), b"", "desk.bad_link"),
        (Entry("", text="a", stars=6), b"", "desk.bad_stars"),
        (Entry("", url="https://a.example/1"), PICTURE, "desk.picture_without_words"),
        (Entry("", text="a"), b"GIF89a", "desk.bad_picture"),
    ],
)
def test_what_makes_no_sense_is_told_and_not_kept(shop: Counter, entry: Entry, picture: bytes, code: str) -> None:
    told = shop.desk.by_hand.add(entry, picture)
    assert isinstance(told, Problem)
    assert told.code == code
    assert shop.profile.waiting.names() == ()


def test_a_picture_is_kept_with_its_mention_and_goes_when_the_person_is_forgotten(shop: Counter) -> None:
    heard = entered(shop, on_phone(where=Where.OTHER, handle="@anna"), PICTURE)
    path = shop.desk.by_hand.picture(heard.mention)
    assert path is not None
    assert path.read_bytes() == PICTURE
    waits = shop.desk.by_hand.add(on_phone(where=Where.OTHER, handle="@anna", text="More words."), PICTURE)
    assert isinstance(waits, Kept)
    shop.desk.by_hand.add(on_phone(author="Jan"))
    view = shop.desk.inbox.open(heard.id)
    assert view is not None
    assert view.customer is not None
    assert shop.desk.customers.forget(view.customer.id) is None
    assert list(path.parent.iterdir()) == []
    (left,) = shop.profile.waiting.names()
    assert [entry.author for entry in shop.profile.waiting.read(left)] == ["Jan"]


def test_the_verdict_is_told_while_somebody_types(shop: Counter) -> None:
    assert shop.desk.by_hand.verdict(on_phone()).kind is Kind.COMPLAINT
    assert shop.desk.by_hand.verdict(Entry("", url="https://awful.example/awful")).kind is Kind.NEUTRAL


def test_what_is_typed_is_judged_as_said_to_the_shop_where_it_was(shop: Counter) -> None:
    told = "news unless ours"
    assert shop.desk.by_hand.verdict(on_phone(text=told)).kind is Kind.COMPLAINT
    assert shop.desk.by_hand.verdict(on_phone(text=told, where=Where.WEB)).kind is Kind.NEUTRAL


def test_what_is_exported_is_imported_again_elsewhere_and_known_here(shop: Counter, tmp_path: Path) -> None:
    shop.say("Piotr @piotr", AWFUL)
    entered(
        shop,
        on_phone(handle="+48600100200", at=1_790_000_000.0, stars=2.0, title="=1+1", text="-5, 'said' \"she\"\n+x"),
    )
    entered(shop, Entry("", Where.WEB, url="https://forum.example/t/1"))
    file = tmp_path / "all.csv"
    assert shop.desk.by_hand.export(file) == 3
    assert file.read_bytes().startswith(b"\xef\xbb\xbfdate,author,")
    assert not any(cell.startswith(("=", "+", "-")) for cell in file.read_text("utf-8-sig").split(","))
    before = [one.mention for one in shop.archive.mentions_after(0, 10)]
    found = shop.desk.by_hand.look(file, Wishes(open_old=True), lambda _done, _total: True)
    assert not isinstance(found, Problem)
    assert (found.count, found.left_out_count, found.encoding) == (3, 0, "UTF-8")
    assert isinstance(shop.desk.by_hand.hand_in(file, Wishes(), lambda _done, _total: True), Handed)
    (step,) = at_once(shop.profile.parts, shop.profile.waiting)
    assert not isinstance(step, Problem)
    assert (step.told.new, step.told.known) == (0, 3)
    with counter_in(tmp_path / "elsewhere") as other:
        assert isinstance(other.desk.by_hand.hand_in(file, Wishes(), lambda _done, _total: True), Handed)
        take_in(other)
        assert sorted((one.mention for one in other.archive.mentions_after(0, 10)), key=repr) == sorted(
            before, key=repr
        )
        assert {one.mention.source: one.own for one in other.archive.mentions_after(0, 10)}["phone"] is True


def test_a_table_that_cannot_be_written_is_told(shop: Counter, tmp_path: Path) -> None:
    refused = Problem("ui.file_not_written", {"file": "all.csv", "reason": "no_folder"})
    assert shop.desk.by_hand.export(tmp_path / "nowhere" / "all.csv") == refused


def test_a_table_is_handed_in_whole_or_not_at_all(shop: Counter, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    hand_in, waiting = shop.desk.by_hand.hand_in, shop.profile.waiting
    file.write_text("text,date\na,03/05/2026\n", encoding="utf-8")
    told = hand_in(file, Wishes(), lambda _done, _total: True)
    assert isinstance(told, Problem)
    assert told.code == "desk.table_dates"
    file.write_text("text\n", encoding="utf-8")
    assert hand_in(file, Wishes(), lambda _done, _total: True) == Problem("desk.table_empty", {"file": "t.csv"})
    file.write_text("text\n" + "row\n" * 3_000, encoding="utf-8")
    assert hand_in(file, Wishes(), lambda done, _total: done < 900) == Problem("desk.stopped")
    assert waiting.names() == ()
    assert not list((shop.profile.folder / "by-hand").glob(".*.tmp"))
    handed = hand_in(file, Wishes(), lambda _done, _total: True)
    assert isinstance(handed, Handed)
    assert handed.count == 1
    shop.desk.by_hand.withdraw(handed.batch)
    assert waiting.names() == ()


def added(shop: Counter, entry: Entry, picture: bytes = b"", customer: str = "") -> Kept:
    kept = shop.desk.by_hand.add(entry, picture, customer)
    assert isinstance(kept, Kept)
    return kept


def test_what_waits_is_withdrawn_with_its_picture_and_the_card_made_for_it(shop: Counter) -> None:
    kept = added(shop, on_phone(handle="600 100 200"), PICTURE)
    assert shop.desk.customers.search("") != ()
    assert shop.desk.by_hand.take_back(kept) is None
    take_in(shop)
    assert shop.desk.by_hand.taken_in(kept.entry) is None
    assert shop.desk.customers.search("") == ()
    assert shop.desk.by_hand.picture(mention_of(kept.entry)) is None


@pytest.mark.parametrize("url", ["", "https://forum.example/t/7"])
def test_what_was_taken_in_goes_with_its_case_and_can_be_added_again(shop: Counter, url: str) -> None:
    entry = on_phone(handle="600 100 200", url=url, at=shop.profile.clock())
    kept = added(shop, entry, PICTURE)
    take_in(shop)
    assert shop.archive.counts(0.0)[Folder.COMPLAINTS] == 1
    assert shop.desk.by_hand.take_back(kept) is None
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == shop.archive.counts(0.0)[Folder.COMPLAINTS] == 0
    assert shop.desk.customers.search("") == ()
    assert shop.desk.by_hand.picture(mention_of(kept.entry)) is None
    assert shop.desk.by_hand.take_back(kept) is None
    entered(shop, entry)


def test_a_table_taken_back_leaves_what_a_watch_heard_and_what_was_there_before(shop: Counter, tmp_path: Path) -> None:
    file, now = tmp_path / "t.csv", shop.profile.clock
    file.write_text("text\nRow one of two\nRow two of two\n", encoding="utf-8")
    desk = shop.desk.by_hand
    watched = shop.say("Piotr @piotr", AWFUL)
    handed = [desk.hand_in(file, Wishes(), lambda _done, _total: True)]
    take_in(shop)
    now.shift += 60.0
    spoken = entered(shop, on_phone())
    handed.append(desk.hand_in(file, Wishes(), lambda _done, _total: True))
    take_in(shop)
    for each, left in zip(reversed(handed), (4, 2), strict=True):
        assert isinstance(each, Handed)
        assert desk.take_back(each) is None
        assert shop.archive.counts(0.0)[Folder.EVERYTHING] == left
    assert {one.id for one in shop.archive.mentions_after(0, 9)} == {watched, spoken.id}


def test_a_table_that_cannot_be_taken_back_is_told_and_tried_again(shop: Counter, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("text\nRow one\n", encoding="utf-8")
    handed = shop.desk.by_hand.hand_in(file, Wishes(), lambda _done, _total: True)
    assert isinstance(handed, Handed)
    take_in(shop)
    shop.archive.problem = full = Problem("stores.disk_full")
    assert shop.desk.by_hand.take_back(handed) == full
    shop.archive.problem = None
    assert shop.open_desk().by_hand.take_back(handed) is None
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 1, "another run knows of no table"
    assert shop.desk.by_hand.take_back(handed) is None
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 0


def test_taking_back_leaves_what_others_need(shop: Counter) -> None:
    desk = shop.desk
    first = added(shop, on_phone(handle="600 100 200", at=1.0))
    second = added(shop, on_phone(handle="600 100 200", text="Another awful word.", at=2.0))
    assert (bool(first.card), second.card) == (True, "")
    assert desk.by_hand.take_back(first) is None
    assert desk.customers.get(first.card) is not None, "the second still waits"
    take_in(shop)
    again = added(shop, on_phone(text="Third.", author="Ewa", handle="600 300 300", at=3.0))
    take_in(shop)
    heard = desk.by_hand.taken_in(again.entry)
    assert heard is not None
    assert not isinstance(desk.customers.log_for(heard.id, Direction.IN, Channel.PHONE, "rang again", 4.0), Problem)
    assert desk.by_hand.take_back(again) is None
    assert desk.customers.get(again.card) is not None, "a contact stands on it"
    assert desk.by_hand.taken_in(second.entry) is not None


def test_what_was_heard_before_is_not_taken_back(shop: Counter) -> None:
    link = {"where": Where.WEB, "url": "https://forum.example/t/7"}
    kept = [added(shop, on_phone(**link, at=at)) for at in (1.0, 2.0)]
    take_in(shop)
    assert shop.desk.by_hand.take_back(kept[1]) is None
    assert shop.desk.by_hand.taken_in(kept[0].entry) is not None
    known = added(shop, on_phone(**link, at=3.0))
    assert known.mention_id is not None
    assert shop.desk.by_hand.take_back(known) is None
    assert shop.desk.by_hand.taken_in(kept[0].entry) is not None


def test_what_cannot_be_taken_back_says_so(shop: Counter) -> None:
    kept = added(shop, on_phone())
    take_in(shop)
    shop.archive.problem = Problem("stores.disk_full")
    assert shop.desk.by_hand.take_back(kept) == Problem("stores.disk_full")
    shop.archive.problem = None
    assert shop.desk.by_hand.taken_in(kept.entry) is not None


def namesakes(shop: Counter) -> list[tuple[str, int]]:
    """Make two customers of one name, and for each an entry for which the card was chosen: return cards and mentions."""
    made = []
    for phone in ("600100200", "700100200"):
        first = added(shop, on_phone(text=f"I rang from {phone}.", handle=phone))
        take_in(shop)
        made.append((first.card, entered(shop, on_phone(text=f"Private words of {phone}."), customer=first.card).id))
    assert made[0][0] != made[1][0]
    return made


def test_of_two_customers_of_one_name_the_one_chosen_has_the_entry(shop: Counter) -> None:
    for (card, mention), other in zip(namesakes(shop), ("700100200", "600100200"), strict=True):
        view, known = shop.desk.inbox.open(mention), shop.desk.customers.record(card)
        assert view is not None
        assert view.customer is not None
        assert view.customer.id == card
        assert isinstance(known, PersonRecord)
        assert len(known.written) == 2
        assert not [one for one in known.written if other in one.mention.text]


@pytest.mark.parametrize("where", list(Where))
@pytest.mark.parametrize("name", ["Jan Wilk", "Klient", ""])
def test_a_chosen_customer_has_the_entry_though_nobody_says_who_spoke(shop: Counter, name: str, where: Where) -> None:
    desk = shop.desk
    cards = [shop.files.create(name, None, 1.0) for _twice in range(2)]
    for number, card in enumerate(cards):
        assert not isinstance(card, Problem)
        entered(shop, Entry("", where, text=f"Said by {number}, awful.", at=9.0), customer=card.id)
    for number, card in enumerate(cards):
        assert not isinstance(card, Problem)
        said = [one.mention.mention.text for one in desk.customers.history(card.id) if one.mention]
        assert said == [f"Said by {number}, awful."]
        record = desk.customers.record(card.id)
        assert isinstance(record, PersonRecord)
        assert len(record.written) == 1


def test_forgetting_one_of_two_customers_of_one_name_leaves_the_other(shop: Counter) -> None:
    (card, mention), (_other, others) = namesakes(shop)
    assert shop.desk.customers.forget(card) is None
    assert shop.archive.mention(mention) is None
    assert shop.archive.mention(others) is not None


def test_what_was_put_aside_goes_when_somebody_is_forgotten(shop: Counter) -> None:
    kept = added(shop, on_phone(author="Anna Nowak", handle="600100200"))
    shop.profile.waiting.put_aside(kept.batch)
    assert shop.desk.customers.forget(kept.card) is None
    files = [path for path in shop.profile.folder.rglob("*") if path.is_file()]
    assert [path.name for path in files if b"Anna Nowak" in path.read_bytes()] == []


def test_a_picture_that_another_program_has_open_is_told(shop: Counter, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = shop.desk.by_hand.add(on_phone(handle="600100200"), PICTURE)
    assert isinstance(kept, Kept)
    take_in(shop)
    unlink = Path.unlink

    def locked(path: Path, missing_ok: bool = False) -> None:
        if path.suffix == ".png":
            raise PermissionError(errno.EACCES, "used by another process")
        unlink(path, missing_ok=missing_ok)

    monkeypatch.setattr(Path, "unlink", locked)
    assert isinstance(shop.desk.customers.forget(kept.card), Problem)
    monkeypatch.undo()
    assert shop.desk.customers.get(kept.card) is not None, "it can be tried again"
    assert shop.desk.customers.forget(kept.card) is None


@pytest.mark.parametrize("what", ["note", "draft", "account"])
def test_a_card_made_for_an_entry_stays_with_what_was_written_on_it_since(shop: Counter, what: str) -> None:
    kept = added(shop, on_phone(handle="600 100 200"))
    customers = shop.desk.customers
    if what == "note":
        customers.set_note(kept.card, "Comes on Fridays")
    elif what == "draft":
        customers.save_begun(kept.card, "Came by", "in visit", 1.0)
    else:
        both = (Identity("a.example", "anna"),)
        shop.files.change(kept.card, lambda card: replace(card, identities=(*card.identities, *both)))
    before = customers.get(kept.card)
    assert shop.desk.by_hand.take_back(kept) is None
    assert customers.get(kept.card) == before is not None


def test_a_table_taken_back_leaves_what_a_watch_heard_since_it_was_handed_in(shop: Counter, tmp_path: Path) -> None:
    file = tmp_path / "t.csv"
    file.write_text("text,source,key,site\nRow one,page,1,\nRow two,page,9,\n", encoding="utf-8")
    handed = shop.desk.by_hand.hand_in(file, Wishes(), lambda _done, _total: True)
    assert isinstance(handed, Handed)
    shop.profile.clock.shift += 60.0
    watched = shop.say("Piotr @piotr", AWFUL)
    assert shop.archive.mention(watched).mention.key == "1"
    take_in(shop)
    assert shop.archive.counts(0.0)[Folder.EVERYTHING] == 2
    assert shop.desk.by_hand.take_back(handed) is None
    assert [one.id for one in shop.archive.mentions_after(0, 9)] == [watched]


def test_a_second_entry_of_a_link_taken_back_leaves_the_picture_of_the_first(shop: Counter) -> None:
    link = {"where": Where.WEB, "url": "https://forum.example/t/7"}
    first, second = added(shop, on_phone(**link, at=1.0), PICTURE), added(shop, on_phone(**link, at=2.0))
    take_in(shop)
    assert shop.desk.by_hand.take_back(second) is None
    assert shop.desk.by_hand.picture(mention_of(first.entry)) is not None


def test_of_two_customers_with_one_account_at_two_places_none_has_that_at_a_third(shop: Counter) -> None:
    """«anna» of three forums may be three people; of two places one is guessed to be the other only where there is one."""
    cards = [shop.files.create("Anna", Identity(place, "anna"), 1.0) for place in ("a.example", "c.example")]
    kept = added(shop, on_phone(where=Where.WEB, url="https://b.example/t/7", handle="anna"))
    assert kept.card not in {"", *(card.id for card in cards)}
    assert [len(shop.files.get(card.id).identities) for card in cards] == [1, 1]
