"""The ways to pass a case on are found."""

from __future__ import annotations

import pytest

from app.core.mention import Mention
from app.handover.registry import HandOverRegistry


def test_every_file_of_the_catalog_is_a_target() -> None:
    assert HandOverRegistry().targets() == ("email",)


def test_a_link_is_made_by_its_target() -> None:
    mention = Mention("feed", "k", text="Zimna kawa")
    link = HandOverRegistry().link("email", mention, "serwis@shop.example")
    assert link == "mailto:serwis@shop.example?subject=Zimna%20kawa&body=Zimna%20kawa"


@pytest.mark.parametrize("target", ["", "fax", "__init__"])
def test_a_target_that_is_not_there_gives_no_link(target: str) -> None:
    assert HandOverRegistry().link(target, Mention("feed", "k"), "a@b.example") == ""
