"""The pages that help with the sources: one for each, all of one form, all in the index."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PAGES = Path(__file__).resolve().parents[2] / "docs" / "sources"
NAMES = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")
WANTED = ("Three steps", "What is heard", "How often", "What it cannot see", "How it was verified")
ORDER = (
    "Three steps",
    "What is heard",
    "Answering",
    "How often",
    "What it costs",
    "What it cannot see",
    "How it was verified",
    "When it does not work",
)


@pytest.mark.parametrize("name", NAMES)
def test_a_page_has_the_form_of_all(name: str) -> None:
    page = (PAGES / f"{name}.md").read_text(encoding="utf-8")
    found = re.findall(r"(?m)^## (.+)$", page)
    assert found[0] == "Three steps"
    assert [one for one in WANTED if one not in found] == []
    known = [one for one in found if one in ORDER]
    assert known == [one for one in ORDER if one in known]
    assert page.split("\n")[2].startswith("Counts as: ")
    intro = page.split("## ")[0]
    assert "cost" in intro.casefold() or "charges" in intro


def test_the_index_names_them_all() -> None:
    index = (PAGES / "README.md").read_text(encoding="utf-8")
    assert sorted(re.findall(r"\]\((\w+)\.md\)", index)) == NAMES
    assert f"{len(NAMES)} kinds of places" in index
