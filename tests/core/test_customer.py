"""Who wrote it, and who is nobody in particular."""

from __future__ import annotations

import pytest

from app.core.customer import NOBODY, Identity, identity_of
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
