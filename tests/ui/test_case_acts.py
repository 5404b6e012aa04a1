"""What is decided about a case, as the window tells it and takes it back."""

from __future__ import annotations

import pytest
from fakes.counter import Counter
from ui.window_samples import AWFUL, OpenShop, rows

from app.core.problems import Problem, ProblemError
from app.core.verdict import Kind


def test_a_block_says_how_many_other_cases_go_with_it_and_undo_brings_all_back(
    open_shop: OpenShop, shop: Counter
) -> None:
    said = [shop.say("Spam Man", f"{thing} is awful, buy ours.") for thing in ("Bread", "Cake", "Tea")]
    anna = shop.say("Anna @anna", AWFUL)
    window = open_shop()
    window.show_case(said[1])
    before = rows(window)
    window.do("case:author")
    assert rows(window) == [anna]
    assert window.case.mention_id == anna
    assert window.banner.text == "Blocked «Spam Man». 2 more open cases of theirs are marked as not about us."
    window.do("undo")
    assert rows(window) == before
    assert window.case.mention_id == said[1]
    assert window.banner.text == "«Spam Man» is no longer blocked; 2 more cases are open again."


def test_a_decision_that_met_a_problem_can_be_made_again(
    open_shop: OpenShop, shop: Counter, monkeypatch: pytest.MonkeyPatch
) -> None:
    anna = shop.say("Anna @anna", AWFUL)
    window = open_shop()

    def busy(*_args: object) -> None:
        raise ProblemError(Problem("stores.busy", {"path": "archive.sqlite"}))

    with monkeypatch.context() as patched:
        patched.setattr(shop.desk.cases, "set_kind", busy)
        window.do("case:not_complaint")
    assert "Another program" in window.banner.text
    assert window.case.mention_id == anna
    window.do("case:not_complaint")
    shown = shop.desk.inbox.open(anna)
    assert shown is not None
    assert shown.kind is Kind.NEUTRAL
