"""The ways to pass a case on are found."""

from __future__ import annotations

import pytest

from app.core.case import CaseState
from app.core.mention import ArchivedMention, Mention
from app.core.verdict import Kind, Verdict
from app.core.views import CaseView
from app.handover.registry import HandOverRegistry


def _view(mention: Mention) -> CaseView:
    archived = ArchivedMention(1, "w1", mention, Verdict(Kind.COMPLAINT, 0.9), 10.0)
    return CaseView(
        *(archived, (archived,), 1, Kind.COMPLAINT, CaseState.NEW, None, None, None, (), 1, None, None, "Żabka")
    )


def test_every_file_of_the_catalog_is_a_target() -> None:
    assert HandOverRegistry().targets() == ("email",)


def test_a_link_is_made_by_its_target() -> None:
    view = _view(Mention("feed", "k", text="Zimna kawa"))
    link = HandOverRegistry().link("email", view, "serwis@shop.example")
    assert link == "mailto:serwis@shop.example?subject=Zimna%20kawa&body=Zimna%20kawa"


@pytest.mark.parametrize("target", ["", "fax", "__init__"])
def test_a_target_that_is_not_there_gives_no_link(target: str) -> None:
    assert HandOverRegistry().link(target, _view(Mention("feed", "k")), "a@b.example") == ""
