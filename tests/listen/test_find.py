"""Finding watches: all sources at once, each find once, nothing that is watched, no longer than the owner waits."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import replace
from types import SimpleNamespace

import pytest
from fakes.pages import PageSource, PageSources
from fakes.profile import Profile

from app.core.in_hand import in_hand
from app.core.ports.net import Request, Response
from app.core.ports.source import Suggestion
from app.core.problems import SILENT, Problem
from app.core.views import Doubt, Found, Missed
from app.core.watch import WatchKind
from app.listen import find
from app.listen.find import TOO_SLOW, UNREACHABLE, find_watches
from app.listen.poll import OFFLINE_NOW

PAGE = "https://shop.example"


def _found(profile: Profile, *typed: str, sources: Sequence[PageSource] = (), **more: object) -> list[Found | Missed]:
    told: list[Found | Missed] = []
    parts = replace(profile.parts, sources=PageSources(*(sources or (profile.source,))))
    caller = threading.current_thread()

    def tell(news: Found | Missed) -> None:
        assert threading.current_thread() is caller
        told.append(news)

    find_watches(parts, in_hand(typed), tell, **more)  # type: ignore[arg-type]
    return told


class Suggests(PageSource):
    """Suggests what it is told, after the requests it is told to make."""

    def __init__(self, source_id: str, *suggestions: Suggestion, asks: Sequence[Request] = ()) -> None:
        super().__init__(source_id)
        self.title = source_id.title()
        self.suggestions, self.asks = suggestions, asks
        self.statuses: list[int] = []

    def find(self, hand):
        for request in self.asks:
            response = yield request
            self.statuses.append(response.status)
        return self.suggestions


def test_what_a_page_leads_to_is_found_and_of_what_is_watched_by_which_watch(profile: Profile) -> None:
    profile.watch("a")
    profile.web.pages[PAGE] = "see https://a.example/feed/ https://b.example/feed https://b.example/feed/"
    watched, found = _found(profile, "shop.example")
    assert watched == Missed("Page", Problem("listen.find_watched", {"name": "A"}))
    assert watched.is_watched
    assert isinstance(found, Found)
    watch = found.watch
    assert (watch.id, watch.source, watch.kind) == ("", "page", WatchKind.CHANNEL)
    assert (watch.settings["url"], watch.own, found.source_title) == ("https://b.example/feed", True, "Page")
    assert watch.name == "Meant"
    assert profile.web.asked == [PAGE]


def test_a_place_is_found_once_however_its_address_is_written(profile: Profile) -> None:
    profile.web.pages[PAGE] = "see https://b.example/f?b=2&a=1 https://b.example//f?a=1&b=2 https://b.example/f?a=2&b=1"
    assert [found.watch.settings["url"] for found in _found(profile, "shop.example") if isinstance(found, Found)] == [
        "https://b.example/f?b=2&a=1",
        "https://b.example/f?a=2&b=1",
    ]


def test_searches_are_never_the_shops_own_and_speak_its_language(profile: Profile) -> None:
    search = Suggestion("one", "Żabka", {"url": "https://x.example"}, ("Żabka",), WatchKind.SEARCH)
    place = Suggestion("one", "Żabka", {"url": "https://y.example"}, kind=WatchKind.CHANNEL)
    first, second = _found(profile, "Żabka", sources=(Suggests("one", search, place),))
    assert isinstance(first, Found)
    assert isinstance(second, Found)
    assert (first.watch.own, first.watch.language, first.watch.required) == (False, "pl", ("Żabka",))
    assert (second.watch.own, second.watch.language) == (True, "")
    assert second.rank < first.rank
    assert second.watch.name == "Żabka (y.example)"
    (found, _) = _found(profile, "Żabka", sources=(Suggests("one", place, search),), own=False)
    assert not found.watch.own


def test_the_same_page_is_fetched_once_for_all(profile: Profile) -> None:
    profile.web.pages[PAGE] = "see https://b.example/feed"
    sources = [PageSource(name) for name in ("one", "two", "three")]
    told = _found(profile, "shop.example", sources=sources)
    assert [type(one) for one in told] == [Missed] * 0 + [Found] * 3
    assert profile.web.asked == [PAGE]


def test_sources_are_asked_at_once(profile: Profile) -> None:
    profile.web.gate.clear()
    asks = [Request(f"https://{n}.example/") for n in range(4)]
    for request in asks:
        profile.web.pages[request.url] = "x"
    sources = [Suggests(f"s{n}", asks=[request]) for n, request in enumerate(asks)]
    opener = threading.Thread(target=lambda: (profile.web.expect(4), profile.web.gate.set()))
    opener.start()
    _found(profile, "Kawa", sources=sources)
    opener.join()
    assert profile.web.most_together == 4


def test_any_status_is_sent_on_and_a_page_that_refuses_is_told_once(profile: Profile) -> None:
    profile.web.pages[PAGE] = Response(PAGE, 403)
    sources = [Suggests(name, asks=[Request(PAGE)]) for name in ("one", "two")]
    (missed,) = _found(profile, "shop.example", sources=sources)
    assert isinstance(missed, Missed)
    assert missed.problem.code == "watch.denied"
    assert [source.statuses for source in sources] == [[403], [403]]


def test_a_host_that_is_not_there_is_told_once_and_the_others_go_on(profile: Profile) -> None:
    good = Suggestion("three", "Found", {"url": "https://z.example"})
    sources = [Suggests("one", asks=[Request(PAGE)]), Suggests("two", asks=[Request(PAGE)]), Suggests("three", good)]
    told = _found(profile, "shop.example", sources=sources)
    assert sorted(type(one).__name__ for one in told) == ["Found", "Missed"]


def test_without_a_network_that_is_said_once_of_all(profile: Profile) -> None:
    asks = [Request(f"https://{name}.example/") for name in ("one", "two")]
    for request in asks:
        profile.web.pages[request.url] = Problem("net.offline", {"host": request.url})
    told = _found(profile, "Kawa", sources=[Suggests(f"s{n}", asks=[request]) for n, request in enumerate(asks)])
    assert told == [Missed("", Problem(OFFLINE_NOW))]


def test_without_a_network_no_place_is_doubted_besides(profile: Profile) -> None:
    problems = ["net.name_unknown", "net.offline", "net.name_unknown"]
    asks = [Request(f"https://{number}.example/") for number in range(3)]
    for request, code in zip(asks, problems, strict=True):
        profile.web.pages[request.url] = Problem(code, {"host": request.url.split("/")[2]})
    sources = [Suggests(f"s{n}", asks=[request]) for n, request in enumerate(asks)]
    assert _found(profile, "Kawa", sources=sources) == [Missed("", Problem(OFFLINE_NOW))]
    profile.web.pages[asks[1].url] = ""
    assert {one.problem.code for one in _found(profile, "Kawa", sources=sources)} == {UNREACHABLE}


def test_silent_name_servers_are_no_network_only_where_nobody_is_found(profile: Profile) -> None:
    sources = _unknown(profile, "one.example", "shop.example")
    for host in ("one.example", "shop.example"):
        profile.web.pages[f"https://{host}/"] = Problem("net.offline", {"host": host, "why": SILENT})
    assert _found(profile, "shop.example", sources=sources) == [Missed("", Problem(OFFLINE_NOW))]
    profile.web.pages["https://one.example/"] = ""
    unknown = Problem("net.name_unknown", {"host": "shop.example", "why": SILENT})
    assert [one.problem for one in _found(profile, "shop.example", sources=sources)] == [unknown]
    assert [one.problem for one in _found(profile, "shop.example", sources=sources[1:])] == [unknown], (
        "nothing else asked"
    )


def _unknown(profile: Profile, *hosts: str) -> list[Suggests]:
    """Return sources that ask a host each; of all but «there.example» no name is known."""
    for host in hosts:
        there = host == "there.example"
        profile.web.pages[f"https://{host}/"] = "" if there else Problem("net.name_unknown", {"host": host})
    return [Suggests(host, asks=[Request(f"https://{host}/")]) for host in hosts]


def test_where_no_name_is_known_at_all_there_is_no_network(profile: Profile) -> None:
    sources = _unknown(profile, "one.example", "two.example", "10.0.0.2")
    profile.web.pages["https://10.0.0.2/"] = Problem("net.private_address", {"host": "10.0.0.2"})
    assert _found(profile, "Kawa", sources=sources)[-1] == Missed("", Problem(OFFLINE_NOW))
    sources = _unknown(profile, "one.example", "two.example")
    assert _found(profile, "Kawa", sources=sources) == [Missed("", Problem(OFFLINE_NOW))]
    sources = _unknown(profile, "one.example", "shop.example")
    assert _found(profile, "shop.example", sources=sources) == [Missed("", Problem(OFFLINE_NOW))]


@pytest.mark.parametrize(
    ("typed", "hosts", "codes"),
    [
        ("Kawa", ("one.example",), {UNREACHABLE}),
        ("Kawa", ("one.example", "two.example", "there.example"), {UNREACHABLE}),
        ("shop.example", ("shop.example", "there.example"), {"net.name_unknown"}),
        ("shop.example", ("shop.example",), {"net.name_unknown"}),
        ("shop.example rogal.example", ("shop.example", "rogal.example"), {"net.name_unknown"}),
    ],
)
def test_one_place_that_is_not_there_or_one_that_is_tells_nothing_of_the_network(
    profile: Profile, typed: str, hosts: tuple[str, ...], codes: set[str]
) -> None:
    told = _found(profile, *typed.split(), sources=_unknown(profile, *hosts))
    met = {one.problem.code for one in told if isinstance(one, Missed)}
    assert met >= codes
    assert OFFLINE_NOW not in met


@pytest.mark.parametrize(
    ("typed", "host", "code"),
    [
        ("shop.example", "shop.example", "net.name_unknown"),
        ("SHOP.example:8080/blog", "shop.example", "net.name_unknown"),
        ("kawiarnia-łódź.pl", "xn--kawiarnia-d-zeb04hqw.pl", "net.name_unknown"),
        ("@kawa@shop.example", "shop.example", "net.name_unknown"),
        ("shop.example", "api.other.example", UNREACHABLE),
        ("Kawa", "api.other.example", UNREACHABLE),
    ],
)
def test_only_a_host_that_was_typed_can_be_misspelt(profile: Profile, typed: str, host: str, code: str) -> None:
    profile.web.pages[PAGE] = Problem("net.name_unknown", {"host": host})
    (missed,) = _found(profile, typed, sources=(Suggests("one", asks=[Request(PAGE)]),))
    assert missed == Missed("One", Problem(code, {"host": host}))


def test_a_source_may_only_read_and_three_times(profile: Profile) -> None:
    for number in range(9):
        profile.web.pages[f"https://{number}.example/"] = "x"
    asks = [Request(f"https://{number}.example/") for number in range(9)]
    greedy = Suggests("greedy", Suggestion("greedy", "x", {"url": "https://z.example"}), asks=asks)
    rude = [
        Suggests(f"rude{n}", asks=[request])
        for n, request in enumerate(
            (
                Request("https://0.example/", method="POST"),
                Request("https://0.example/", body=b"x"),
                Request("https://0.example/", secret_headers={"Authorization": "x"}),
                Request("https://0.example/{secret}", url_secret="x"),
            )
        )
    ]
    told = _found(profile, "Kawa", sources=(greedy, *rude))
    assert [type(one) for one in told] == [Missed] * 4
    assert profile.web.asked == ["https://0.example/", "https://1.example/", "https://2.example/"]
    assert not any(profile.web.private)


def test_a_source_that_crashes_spoils_nothing(profile: Profile, allowed_logs: list[str]) -> None:
    class Crashes(PageSource):
        def find(self, hand):
            raise ZeroDivisionError
            yield

    class Odd(Suggests):
        def place(self, settings):
            raise ZeroDivisionError

    allowed_logs.append("crashed")
    good = Suggestion("good", "Good", {"url": "https://z.example"})
    odd = Suggestion("odd", "Odd", {"url": "https://y.example"})
    told = _found(profile, "Kawa", sources=(Crashes("bad"), Odd("odd", odd), Suggests("good", good)))
    assert {one.problem.code for one in told if isinstance(one, Missed)} == {"listen.crashed"}
    assert [one.watch.name for one in told if isinstance(one, Found)] == ["Good"]


def test_whoever_is_too_slow_is_left_behind(profile: Profile, monkeypatch: pytest.MonkeyPatch) -> None:
    profile.web.gate.clear()
    quick = Suggestion("quick", "Quick", {"url": "https://z.example"})
    sources = (Suggests("slow", asks=[Request(PAGE)]), Suggests("quick", quick))
    told: list[Found | Missed] = []
    waited = SimpleNamespace(monotonic=lambda: 1e6 if told else 0.0)  # long, as soon as the quick one was told
    monkeypatch.setattr(find, "time", waited)
    find_watches(replace(profile.parts, sources=PageSources(*sources)), in_hand(("shop.example",)), told.append)
    assert [one.watch.name for one in told if isinstance(one, Found)] == ["Quick"]
    assert [one for one in told if isinstance(one, Missed)] == [Missed("Slow", Problem(TOO_SLOW))]
    profile.web.gate.set()


def test_it_stops_when_the_owner_has_had_enough(profile: Profile) -> None:
    profile.web.gate.clear()
    enough = threading.Event()
    timer = threading.Timer(0.1, enough.set)
    timer.start()
    sources = (Suggests("s", asks=[Request(PAGE)]),)
    assert _found(profile, "shop.example", sources=sources, stopped=enough.is_set, seconds=3600.0) == []
    timer.join()
    profile.web.gate.set()


@pytest.mark.parametrize("typed", [(), ("",)])
def test_nothing_in_hand_asks_nobody(profile: Profile, typed: tuple[str, ...]) -> None:
    assert _found(profile, *typed) == []
    assert profile.web.asked == []


class _Home:
    """A network of one's own: its one host is asked only where that is allowed, and speaks no TLS."""

    def __init__(self, web: object) -> None:
        self._web = web
        self.asked: list[tuple[str, bool]] = []

    def __getattr__(self, name: str) -> object:
        return getattr(self._web, name)

    def send(self, request: Request, *_: object, allow_private: bool = False, **__: object) -> Response | Problem:
        self.asked.append((request.url, allow_private))
        if not allow_private:
            return Problem("net.private_address", {"host": "shop.lan"})
        if request.url.startswith("https:"):
            return Problem("net.no_tls", {"host": "shop.lan"})
        return Response(request.url, 200, body=f"see {request.url}/feed http://other.lan/feed".encode())


def test_a_place_at_home_is_looked_at_where_that_is_allowed(profile: Profile) -> None:
    home = _Home(profile.web)

    def look(typed: str, *, allowed: bool) -> list[Found | Missed]:
        told: list[Found | Missed] = []
        parts = replace(profile.parts, net=home, sources=PageSources(profile.source))
        find_watches(parts, in_hand([typed]), told.append, allow_private=allowed)
        return told

    (refused,) = look("shop.lan", allowed=False)
    assert isinstance(refused, Missed)
    assert refused.problem.code == "net.private_address"
    assert home.asked == [("https://shop.lan", False)]
    found = look("shop.lan", allowed=True)
    assert [(one.watch.settings["url"], one.watch.allow_private) for one in found if isinstance(one, Found)] == [
        ("http://shop.lan/feed", True),
        ("http://other.lan/feed", False),
    ]
    (tls,) = look("https://shop.lan", allowed=True)
    assert isinstance(tls, Missed)
    assert tls.problem.code == "net.no_tls"


@pytest.mark.parametrize(
    ("typed", "count", "kind", "doubt"),
    [
        ("shop.example", 0, WatchKind.CHANNEL, Doubt.NONE),
        ("@shop", 0, WatchKind.CHANNEL, Doubt.NONE),
        ("shop.example", 12, WatchKind.CHANNEL, Doubt.LIST),
        ("Rogalik", 0, WatchKind.CHANNEL, Doubt.NAME),
        ("Rogalik, Kraków", 0, WatchKind.CHANNEL, Doubt.NAME),
        ("Rogalik", 0, WatchKind.SEARCH, Doubt.BROAD),
        ("Rogalik, Kraków", 0, WatchKind.SEARCH, Doubt.NONE),
        ("Kawa Raj", 0, WatchKind.SEARCH, Doubt.NONE),
        ("shop.example", 0, WatchKind.SEARCH, Doubt.NONE),
    ],
)
def test_what_may_not_be_meant_is_marked(
    profile: Profile, typed: str, count: int, kind: WatchKind, doubt: Doubt
) -> None:
    one = Suggestion("one", "Found", {"url": "https://y.example"}, kind=kind, count=count)
    (found,) = _found(profile, typed, sources=(Suggests("one", one),))
    assert isinstance(found, Found)
    assert found.doubt is doubt
