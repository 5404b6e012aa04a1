"""Pages as trees: what is left open, what is broken, and how long the worst ones take."""

from __future__ import annotations

import pytest
from fakes.growth import is_linear

from app.sources.pages.lists import lists_on
from app.sources.pages.selector import read_selector, select
from app.sources.pages.tree import DEEPEST, MOST_ELEMENTS, Page, read_tree


def _picked(html: str, selector: str) -> list[str]:
    page = read_tree(html)
    made = read_selector(selector)
    assert made is not None
    return [page.markup[page.elements[n].inside : page.elements[n].end] for n in select(page, made)]


def test_entries_left_open_end_where_the_next_begins() -> None:
    assert _picked("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "ul > li")[0].strip() == "a"
    assert len(_picked("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>", "li")) == 4
    assert len(_picked("<table><tr><td>a<td>b<tr><td>c</table>", "tr > td")) == 3
    assert len(_picked("<table><tr><td>a<td>b<tr><td>c</table>", "table > tr")) == 2
    assert len(_picked("<p>a<p>b<div>c</div>", "p")) == 2


@pytest.mark.parametrize(
    ("selector", "count"),
    [
        ("li", 3), ("LI", 3), ("li.a", 2), (".a.b", 1), ("#x", 1), ("ul#x > li", 3), ("body li", 3), ("body > li", 0),
        ("[data-id]", 2), ("[data-id=7]", 1), ('li[data-id="8"]', 1), ("[class~=b]", 1), ("[data-id^='7']", 1), ("li.b, #x", 2),
        ("* > li", 3), ("div ul > li.a", 2), ("div > li", 0), ("[title*='a, b']", 1),
    ],
)  # fmt: skip
def test_selectors(selector: str, count: int) -> None:
    html = "<body><div><ul id=x><li class='a b' data-id=7>1</li><li class=a data-id='8'>2<li title='x a, b'>3</ul></div></body>"
    assert len(_picked(html, selector)) == count


@pytest.mark.parametrize(
    "selector",
    ["", " ", ">", "a >", "a,", ",", "a:hover", "a::before", "a ~ b", "[", "[a=", "a..b", "#", "." * 400, "a " * 200],
)
def test_what_is_no_selector(selector: str) -> None:
    assert read_selector(selector) is None


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", "<a ", "<a b='", '<a b="\'>', "<div>", "</div>", "<div><p>", "<!--", "<![CDATA[", "<script>", "<li>", "<tr><td>", "<a href=x>y",
     "</p></a>", "<p class='" + "x " * 50 + "'>", "&#", "<br/>", "<x:y z>", "<ul><li>", "<table>", "<div class=comment>a", "\x00", "<time>1"],
)  # fmt: skip
def test_hostile_pages_take_no_longer_than_their_length(piece: str) -> None:
    pages: list[Page] = []

    def read(length: int) -> None:
        pages.append(read_tree(piece * (length // len(piece))))
        lists_on(pages[-1])

    assert is_linear(read, 200_000)
    page = pages[-1]
    assert len(page.elements) <= MOST_ELEMENTS
    depth = [0] * len(page.elements)
    for number, element in enumerate(page.elements):
        depth[number] = depth[element.parent] + 1 if element.parent >= 0 else 1
        assert element.parent < number <= element.last < len(page.elements)
        assert element.start <= element.inside <= element.end
    assert max(depth, default=0) <= DEEPEST
