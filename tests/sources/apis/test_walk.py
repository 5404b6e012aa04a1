"""Walking back: what was told, gaps, and places that never say the time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from sources.place import NOW

from app.core.mention import Mention
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.sources.apis.told import MOST, Told
from app.sources.apis.walk import Page, kept_apart, put_together, walk


def _mention(number: int, text: str = "x", published: float | None = None) -> Mention:
    return Mention("test", f"k{number}", text=text, published=published)


def _walked(
    pages: Mapping[str, Page | Problem], bookmark: Mapping[str, str], most: int = 10, *, first: bool = False
) -> tuple[list[str], Reading]:
    asked: list[str] = []
    poll = Poll(Watch("w", "n", "test"), NOW, bookmark=bookmark, first=first)
    steps = walk(
        poll, lambda cursor: Request(f"https://a.example/{cursor}"), lambda _, cursor: pages[cursor], most_pages=most
    )
    try:
        request = next(steps)
        while True:
            asked.append(request.url.rpartition("/")[2])
            request = steps.send(Response(request.url, 200))
    except StopIteration as done:
        return asked, done.value


def test_a_place_without_times_is_walked_to_what_is_known() -> None:
    pages: dict[str, Page | Problem] = {
        "": Page((_mention(1), _mention(2)), "b"),
        "b": Page((_mention(3),), "c"),
        "c": Page((_mention(4),)),
    }
    _, first = _walked({"": Page((_mention(3), _mention(4)))}, {}, first=True)
    asked, reading = _walked(pages, first.bookmark)
    assert asked == ["", "b"]
    assert [mention.key for mention in reading.mentions] == ["k1", "k2"]


def test_a_pinned_old_thing_at_the_top_does_not_end_the_walk() -> None:
    bookmark = {"since": str(NOW - 1_000)}
    pinned = _mention(0, published=NOW - 9e6)
    pages: dict[str, Page | Problem] = {
        "": Page((pinned, _mention(9, published=NOW - 10)), "b", NOW - 10),
        "b": Page((_mention(8, published=NOW - 20),), "c", NOW - 2_000),
    }
    asked, reading = _walked(pages, bookmark)
    assert (asked, len(reading.mentions)) == (["", "b"], 3)


def test_a_broken_older_page_is_a_gap_and_no_failure() -> None:
    bookmark = {"since": "1000000000.0"}
    broken = Problem("sources.broken_answer")
    newest = Page((_mention(9, published=NOW - 10),), "b", NOW - 10)
    _, reading = _walked({"": newest, "b": broken}, bookmark)
    assert (reading.problem, reading.bookmark["gap"], reading.bookmark["edge"]) == (None, "b", "1000000000.0")
    _, mended = _walked({"": newest, "b": Page((_mention(8, published=NOW - 20),))}, reading.bookmark)
    assert [mention.key for mention in mended.mentions] == ["k8"]
    assert "gap" not in mended.bookmark


def test_a_page_the_place_no_longer_has_ends_the_walk() -> None:
    newest = Page((_mention(9, published=NOW - 10),), "b", NOW - 10)
    _, reading = _walked({"": newest, "b": Problem("watch.bad_status")}, {"since": "1000000000.0"})
    assert "gap" not in reading.bookmark


def test_a_time_to_come_does_not_hide_what_follows() -> None:
    _, first = _walked({"": Page((_mention(1, published=NOW + 90_000),))}, {}, first=True)
    assert float(first.bookmark["since"]) == NOW


def test_a_place_that_leads_in_a_circle_is_left() -> None:
    pages: dict[str, Page | Problem] = {
        name: Page((_mention(n, published=NOW - n),), onward)
        for n, (name, onward) in enumerate((("", "b"), ("b", "b")))
    }
    asked, _ = _walked(pages, {"since": "0.0"})
    assert asked == ["", "b"]


def test_what_was_told_is_kept_within_bounds_and_edits_are_told() -> None:
    told = Told({})
    told.add(_mention(number) for number in range(2 * MOST))
    marks = told.marks()
    assert len(marks.split()) == MOST
    again = Told({"told": marks})
    again.add((_mention(1), _mention(2, "another text"), _mention(2 * MOST)))
    assert [mention.key for mention in again.fresh(first=False)] == ["k2", f"k{2 * MOST}"]
    assert again.knows(_mention(2))
    assert Told({"told": "zz nonsense"}).marks() == "zz nonsense"


def test_bookmarks_of_several_places_stay_apart() -> None:
    poll = Poll(Watch("w", "n", "test"), NOW, bookmark={"pl since": "5", "de since": "6", "blocked": "x"})
    assert dict(kept_apart(poll, "pl").bookmark) == {"since": "5"}
    assert put_together("pl", Reading(bookmark={"since": "7"})) == {"pl since": "7"}


def test_the_newest_page_is_asked_for_whole_where_nothing_is_known_any_more() -> None:
    def asked(bookmark: dict[str, str]) -> bool:
        poll = Poll(Watch("w", "n", "test"), NOW, bookmark=bookmark)
        return next(walk(poll, lambda cursor: Request("https://a.example/"), lambda _, cursor: Page())).unchanged_ok

    assert (asked({"blocked": "x"}), asked({"told": "", "since": "5.0"})) == (False, True)


def test_a_gap_goes_on_behind_a_page_that_new_things_pushed_into_it() -> None:
    known = Told({})
    known.add([_mention(9, published=NOW - 10), _mention(8, published=NOW - 20)])
    bookmark = {"told": known.marks(), "since": str(NOW - 10), "gap": "c", "edge": str(NOW - 900)}
    pages: dict[str, Page | Problem] = {
        "": Page((_mention(9, published=NOW - 10),), "b", NOW - 10),
        "c": Page((_mention(8, published=NOW - 20),), "d", NOW - 20),
        "d": Page((_mention(7, published=NOW - 30),), "e", NOW - 901),
    }
    asked, reading = _walked(pages, bookmark)
    assert (asked, [mention.key for mention in reading.mentions]) == (["", "c", "d"], ["k7"])
    assert "gap" not in reading.bookmark


def test_an_older_page_that_never_comes_leaves_a_gap_and_takes_nothing_away() -> None:
    poll = Poll(Watch("w", "n", "test"), NOW, bookmark={"since": "1.0", "told": ""})
    newest = Page((_mention(9, published=NOW - 5),), next="older", last=NOW - 5)
    steps = walk(poll, lambda cursor: Request(f"https://a.example/{cursor}"), lambda _got, _cursor: newest)
    assert steps.send(Response(next(steps).url, 200)).url.endswith("/older")
    with pytest.raises(StopIteration) as ended:
        steps.throw(ProblemError(Problem("net.too_large")))
    reading = ended.value.value
    assert [mention.key for mention in reading.mentions] == ["k9"]
    assert (reading.bookmark["gap"], reading.bookmark["edge"]) == ("older", "1.0")


def test_a_gap_that_grows_is_walked_to_its_own_edge() -> None:
    """Away once more before an old gap was read: the new one begins above it, and has to reach as far down."""
    bookmark = {"told": "", "since": str(NOW - 1_000), "gap": "c", "edge": str(NOW - 9_000)}
    storm: dict[str, Page | Problem] = {"": Page((_mention(9, published=NOW - 10),), "b", NOW - 10)}
    _, reading = _walked(storm, bookmark, most=1)
    assert (reading.bookmark["gap"], reading.bookmark["edge"]) == ("b", str(NOW - 9_000))
    later: dict[str, Page | Problem] = {
        "": Page((_mention(9, published=NOW - 10),), "b", NOW - 10),
        "b": Page((_mention(8, published=NOW - 2_000),), "c", NOW - 2_000),
        "c": Page((_mention(7, published=NOW - 8_000),), "d", NOW - 8_000),
        "d": Page((_mention(6, published=NOW - 9_500),), "e", NOW - 9_500),
    }
    asked, reading = _walked(later, reading.bookmark)
    assert (asked, [mention.key for mention in reading.mentions]) == (["", "b", "c", "d"], ["k8", "k7", "k6"])
    assert "gap" not in reading.bookmark


def test_a_first_gap_has_to_reach_what_was_read_before() -> None:
    storm: dict[str, Page | Problem] = {"": Page((_mention(9, published=NOW - 10),), "b", NOW - 10)}
    _, reading = _walked(storm, {"told": "", "since": str(NOW - 1_000)}, most=1)
    assert (reading.bookmark["gap"], reading.bookmark["edge"]) == ("b", str(NOW - 1_000))


@pytest.mark.parametrize(("last", "asks"), [(NOW - 999, ["", "b"]), (NOW - 1_000, [""]), (NOW - 1_001, [""])])
def test_the_edge_is_reached_by_a_page_that_ends_at_it(last: float, asks: list[str]) -> None:
    pages: dict[str, Page | Problem] = {"": Page((_mention(9, published=last),), "b", last), "b": Page()}
    asked, reading = _walked(pages, {"told": "", "since": str(NOW - 1_000)})
    assert asked == asks
    assert "gap" not in reading.bookmark


def _refused(status: int, wait: float, page: Page | Problem) -> Reading:
    """Return the reading of a place whose second page is refused so."""
    poll = Poll(Watch("w", "n", "test"), NOW, bookmark={"since": "1.0", "told": ""})
    newest = Page((_mention(9, published=NOW - 5),), "older", NOW - 5)
    steps = walk(
        poll, lambda cursor: Request(f"https://a.example/{cursor}"), lambda _, cursor: page if cursor else newest
    )
    request = steps.send(Response(next(steps).url, 200))
    with pytest.raises(StopIteration) as ended:
        steps.send(Response(request.url, status, fresh_for=wait))
    reading = ended.value.value
    assert isinstance(reading, Reading)
    assert (reading.problem, reading.bookmark["gap"], len(reading.mentions)) == (None, "older", 1)
    return reading


def test_a_place_that_refuses_an_older_page_says_for_how_long() -> None:
    closed = Problem("sources.closed", retry_at=NOW + 300)
    assert _refused(429, 120.0, Page()).wait == 120.0
    assert _refused(200, 120.0, Problem("sources.broken_answer")).wait == 120.0
    assert _refused(200, 120.0, closed).wait == 300.0
    assert _refused(200, 0.0, closed).wait == 300.0
    assert _refused(200, 400.0, closed).wait == 400.0
    assert _refused(503, 0.0, Page()).wait == 0.0


def test_a_newest_page_that_asks_for_peace_is_the_last_one_asked_for() -> None:
    newest = Page((_mention(9, published=NOW - 10),), "b", NOW - 10, wait=60.0)
    asked, reading = _walked({"": newest}, {"told": "", "since": "1.0"})
    assert (asked, reading.wait, reading.bookmark["gap"]) == ([""], 60.0, "b")


def test_of_what_was_told_the_newest_is_remembered() -> None:
    before = Told({})
    before.add(_mention(number) for number in range(MOST))
    told = Told({"told": before.marks()})
    told.add([_mention(MOST)])
    again = Told({"told": told.marks()})
    assert (again.knows(_mention(MOST)), again.knows(_mention(0)), again.knows(_mention(MOST - 1))) == (
        True,
        True,
        False,
    )


@pytest.mark.parametrize("changed", [{"stars": 1.0}, {"text": "y"}, {"title": "t"}])
def test_a_review_that_lost_its_stars_is_told_again(changed: dict[str, object]) -> None:
    review = replace(_mention(1), stars=5.0)
    before = Told({})
    before.add([review])
    again = Told({"told": before.marks()})
    again.add([replace(review, **changed)])  # type: ignore[arg-type]
    assert len(again.fresh(first=False)) == 1


def test_what_was_read_is_not_forgotten_where_the_newest_is_deleted() -> None:
    page = Page((_mention(1, published=NOW - 500),), last=NOW - 500)
    _, reading = _walked({"": page}, {"told": "", "since": str(NOW - 100)})
    assert float(reading.bookmark["since"]) == NOW - 100
