"""Two cards of one person become one, and two again, with nothing lost on the way."""

from __future__ import annotations

from dataclasses import replace

from app.core.customer import Channel, Contact, Customer, Direction, Draft, Identity
from app.core.merging import Merged, joined, merged, parted


def said(number: int, **more: object) -> Contact:
    return replace(Contact(f"c{number}", float(number), Direction.IN, Channel.PHONE, f"Call {number}"), **more)


ANNA = Customer(
    "a" * 16, "Anna", (Identity("x", "anna"),), (said(1), said(3)), (Draft(1, "One", 5.0),), "Likes rye", 20.0
)
ANIA = Customer(
    *("b" * 16, "Ania K.", (Identity("phone", "600"), Identity("x", "ANNA"))),
    (said(2), said(3, seen_at=9.0)),
    (Draft(1, "Two", 6.0), Draft(2, "Other", 6.0)),
    "Came by",
    10.0,
)


def together() -> Merged:
    return Merged(ANNA, ANIA, merged(ANNA, ANIA))


def test_all_of_both_is_on_one_card() -> None:
    now = together().now
    assert (now.id, now.name, now.created) == (ANNA.id, "Anna", 10.0)
    assert [each.key for each in now.identities] == ["x anna", "phone 600"]
    assert [(each.id, each.seen_at) for each in now.contacts] == [("c1", None), ("c3", 9.0), ("c2", None)]
    assert now.note == "Likes rye\n\nAnia K.\nCame by"
    assert [(each.case_id, each.text, each.saved_at) for each in now.drafts] == [
        (1, "Two\n\nOne", 6.0),
        (2, "Other", 6.0),
    ]


def test_merging_again_changes_nothing() -> None:
    now = together().now
    assert merged(now, ANIA) == now
    assert merged(ANNA, replace(ANNA, id="c" * 16)) == ANNA


def test_of_an_entry_on_both_cards_the_one_that_stays_keeps_its_words() -> None:
    """A copy of it lies on the other card after a merge broken off, or where a folder is synced; since then it was mended."""
    mended = replace(ANNA, contacts=(said(3, text="Mended"),))
    assert merged(mended, replace(ANIA, contacts=(said(3),))).contacts == mended.contacts
    seen = replace(ANNA, contacts=(said(3, text="Mended", seen_at=8.0),))
    assert merged(seen, ANIA).contacts[0] == seen.contacts[0]


def test_a_name_that_stands_on_the_card_is_not_noted_again() -> None:
    other = replace(ANIA, name="ANNA", note="")
    assert merged(ANNA, other).note == "Likes rye"
    assert merged(replace(ANNA, note="Animal lover"), replace(ANIA, name="Ani", note="")).note == "Animal lover\n\nAni"


def test_taken_back_both_are_as_before() -> None:
    assert parted(together(), together().now) == (ANNA, ANIA)


def test_what_came_since_stays() -> None:
    done = together()
    now = replace(
        done.now,
        name="Anna Kowalska",
        note="Another note",
        contacts=(*(each for each in done.now.contacts if each.id != "c2"), said(2, text="Mended"), said(4)),
        drafts=(Draft(2, "Other, longer", 8.0), Draft(3, "New", 8.0)),
    )
    one, other = parted(done, now)
    assert (one.name, one.note, [each.id for each in one.contacts]) == (
        "Anna Kowalska",
        "Another note",
        ["c1", "c3", "c4"],
    )
    assert [each.text for each in other.contacts] == ["Mended", "Call 3"]
    assert [each.text for each in one.drafts] == ["New"]  # that of case 1 was sent meanwhile
    assert [each.text for each in other.drafts] == ["Other, longer"]
    assert other.note == "Came by"


def test_a_card_nobody_knows_the_age_of_makes_the_other_no_younger() -> None:
    assert merged(ANNA, replace(ANIA, created=0.0)).created == ANNA.created
    assert merged(replace(ANNA, created=0.0), ANIA).created == ANIA.created
    assert merged(replace(ANNA, created=0.0), replace(ANIA, created=0.0)).created == 0.0


def test_an_entry_mended_since_the_merge_stays_mended_on_the_card_it_came_from() -> None:
    done = together()
    mended = tuple(replace(each, text="Mended") if each.id == "c1" else each for each in done.now.contacts)
    one, _other = parted(done, replace(done.now, contacts=mended))
    assert [(each.id, each.text, each.seen_at) for each in one.contacts] == [
        ("c1", "Mended", None),
        ("c3", "Call 3", None),
    ]


def test_a_draft_of_two_was_never_copied() -> None:
    copied = Draft(1, "One", 6.0, copied_at=6.0)
    assert joined(copied, Draft(1, "Two", 5.0)) == Draft(1, "One\n\nTwo", 6.0)
    assert joined(Draft(1, "On", 5.0), copied) == joined(copied, Draft(1, "On", 5.0)) == copied
