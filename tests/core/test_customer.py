"""Who wrote it, and who is nobody in particular."""

from __future__ import annotations

import pytest

from app.core.customer import NOBODY, Customer, Identity, identity_of
from app.core.mention import Mention
from app.core.text import fold


def test_an_account_is_known_by_place_and_handle_whatever_its_letter_case() -> None:
    one = identity_of(
        Mention("mastodon", "1", author="Anna K.", handle="Anna@Mastodon.example", site="Mastodon.example")
    )
    other = identity_of(
        Mention("mastodon", "2", author="Anna", handle=" anna@mastodon.example ", site="mastodon.example")
    )
    assert one
    assert other
    assert one.key == other.key == "mastodon.example anna@mastodon.example"
    assert one.name == "Anna K."
    assert not one.by_name_only


def test_the_same_handle_elsewhere_is_another_account() -> None:
    assert Identity("a.example", "anna").key != Identity("b.example", "anna").key


def test_without_a_site_the_source_is_the_place() -> None:
    assert identity_of(Mention("email", "1", handle="anna@poczta.example")) == Identity("email", "anna@poczta.example")


def test_a_name_alone_is_weak() -> None:
    identity = identity_of(Mention("feed", "1", author="  Łukasz  NOWAK ", site="forum.example"))
    assert identity == Identity("forum.example", "name:lukasz nowak", "  Łukasz  NOWAK ")
    assert identity.by_name_only


@pytest.mark.parametrize(
    "name", ["", " ", "Gość", "GUEST", "Anonim", "[deleted]", "Аноним", "Użytkownik", "A Google user"]
)
def test_shared_names_are_nobody(name: str) -> None:
    assert identity_of(Mention("feed", "1", author=name)) is None


@pytest.mark.parametrize(
    "handle", ["no-reply@shop.example", "NoReply+7@shop.example", "/u/[deleted]", "@Anonymous", "www-data@x.example"]
)
def test_shared_accounts_are_known_by_the_name_if_any(handle: str) -> None:
    assert identity_of(Mention("feed", "1", handle=handle)) is None
    assert identity_of(Mention("feed", "1", handle=handle, author="Ewa")) == Identity("feed", "name:ewa", "Ewa")


def test_shared_names_are_written_folded() -> None:
    assert {name for name in NOBODY if fold(name) != name or name != name.strip() or not name} == set()


PHONE = Customer("c", "Anna", (Identity("phone", "+48601234567", "Anna"),))


@pytest.mark.parametrize(
    "typed", ["+48 601 234 567", "0048 601-234-567", "48601234567", "601234567", "601 234 567", "0601234567"]
)
def test_a_phone_number_is_one_however_it_is_written(typed: str) -> None:
    assert PHONE.is_called(typed)
    assert Customer("c", "+48 601 234 567").is_called(typed)


@pytest.mark.parametrize("typed", ["8 901 234-56-78", "+7 (901) 234 56 78", "9012345678", "007 9012345678"])
def test_a_russian_number_is_one_with_and_without_its_eight(typed: str) -> None:
    assert Customer("c", "+7 901 234-56-78").is_called(typed)
    assert Customer("c", "8 (901) 234-56-78").is_called(typed)


@pytest.mark.parametrize(
    "typed",
    ["+49 601 234 567", "0049601234567", "1601234567", "9601234567", "+7 960 123 45 67", "+48 601 234 568", "1234567"],
)
def test_a_number_that_only_ends_alike_is_another_persons(typed: str) -> None:
    assert not PHONE.is_called(typed)
    assert not Customer("c", "+48 601 234 567").is_called(typed)


def test_an_account_of_digits_is_no_phone_number() -> None:
    account = Customer("c", "Ivan", (Identity("telegram", "601234567", "Ivan"),))
    assert not account.is_called("+48 601 234 567")
    assert not account.is_called("601 234 567")
    assert account.is_called("601234567")


@pytest.mark.parametrize("typed", ["Wilk, Łukasz", "lukasz WILK", " łukasz  wilk "])
def test_a_whole_name_is_one_in_any_order(typed: str) -> None:
    assert Customer("c", "Łukasz Wilk").is_called(typed)


@pytest.mark.parametrize("typed", ["Łukasz", "Wilk", "Łuk Wilk", "Łukasz Wilk Nowak", "Łukasz Łukasz", "", " ", "!"])
def test_a_part_of_a_name_or_more_than_it_is_not_surely_it(typed: str) -> None:
    assert not Customer("c", "Łukasz Wilk").is_called(typed)
