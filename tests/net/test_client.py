"""The net against a scripted server: what is sent, what comes back, what is kept."""

from __future__ import annotations

import itertools
import logging
import random
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from servers.http_server import Answer, Heard, Reply, ScriptedServer, gzipped, redirect

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import HostState, Validators
from app.net.client import PoliteNet
from app.net.connection import MOST_IDLE_HOSTS
from app.net.freshness import DAY, FULL_SPREAD, hash_of

Get = Callable[..., Response]
Fail = Callable[..., Problem]

FEED = b"<rss><channel/></rss>"


def conditional(heard: Heard) -> Reply:
    """Answer like a good feed server: 304 to whoever knows it."""
    if heard.headers.get("if-none-match") == 'W/"1"':
        return Answer(304, {"ETag": 'W/"1"', "Cache-Control": "max-age=300"})
    return Answer(200, {"ETag": 'W/"1"', "Last-Modified": "some day"}, FEED)


def test_we_say_who_we_are(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = FEED
    assert get("/feed", headers={"Accept": "text/plain", "User-Agent": "Mozilla"}).body == FEED
    headers = server.requests[0].headers
    assert headers["user-agent"] == "Counterbell/1.0 (+https://counterbell.example/bot)"
    assert headers["accept"] == "text/plain"
    assert headers["accept-encoding"] == "gzip, deflate"
    get("/feed")
    assert "application/atom+xml" in server.requests[1].headers["accept"]


def test_everything_asked_for_is_sent(server: ScriptedServer, get: Get) -> None:
    server.routes["/post"] = lambda heard: Answer(201, {"X-Twice": "a"}, heard.body)
    secret = {"Authorization": "Bearer abc "}
    answer = get(
        "/post?a=b", method="post", headers={"X-A": "ł".encode().decode("latin-1")}, secret_headers=secret, body=b"text"
    )
    heard = server.requests[0]
    assert (heard.method, heard.query, heard.body) == ("POST", "a=b", b"text")
    assert heard.headers["authorization"] == "Bearer abc"
    assert (answer.status, answer.body, answer.headers["x-twice"]) == (201, b"text", "a")
    assert answer.validators == Validators()


@pytest.mark.parametrize("value", ["two\r\nX-Evil: 1", "zażółć", "nul\0"])
def test_a_header_http_cannot_carry(server: ScriptedServer, fail: Fail, value: str) -> None:
    problem = fail("/feed", secret_headers={"X-Key": value})
    assert problem == Problem("net.bad_header", {"host": "127.0.0.1", "name": "X-Key"})
    assert server.requests == []


@pytest.mark.parametrize("headers", [{}, {"Content-Type": "application/gzip"}, {"Content-Encoding": "identity"}])
def test_a_packed_file_that_nobody_calls_packed_is_opened(
    server: ScriptedServer, get: Get, headers: dict[str, str]
) -> None:
    packed = gzipped(FEED).body
    server.routes["/feed.xml.gz"] = Answer(200, headers, packed)
    assert get("/feed.xml.gz").body == FEED
    server.routes["/feed.xml.gz"] = gzipped(packed)
    assert get("/feed.xml.gz").body == FEED
    for other in (packed[:-9], packed[:12] + b"?" * 40, packed[:2], b"\x1f\x8b\x08", b"\x1f\x8b\x07" + packed):
        server.routes["/other"] = other
        assert get("/other").body == other


def test_a_redirect_without_a_target_is_the_sites_fault(server: ScriptedServer, get: Get, fail: Fail) -> None:
    server.routes["/feed"] = Answer(301, {}, b"x")
    assert fail("/feed").code == "net.led_astray"
    server.routes["/feed"] = Answer(302, {}, b"<rss/>")
    assert (get("/feed").status, get("/feed").body) == (302, b"<rss/>")


def test_cookies_are_neither_kept_nor_handed_on(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = Answer(200, {"Set-Cookie": "spy=1; Path=/"}, FEED)
    assert "set-cookie" not in get("/feed").headers
    get("/feed")
    assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize("status", [204, 400, 404, 410, 500])
def test_any_status_is_an_answer(server: ScriptedServer, get: Get, status: int) -> None:
    server.routes["/feed"] = Answer(status, {}, b"sorry" if status != 204 else b"")
    known = Validators('"1"', "", "hash", 5.0)
    answer = get("/feed", known)
    assert (answer.status, answer.unchanged, answer.validators) == (status, False, known)
    assert answer.body == (b"sorry" if status != 204 else b"")


def test_head(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = Answer(200, {"ETag": '"1"'}, FEED)
    answer = get("/feed", method="HEAD")
    assert (answer.status, answer.body, answer.headers["content-length"]) == (200, b"", str(len(FEED)))
    assert get("/feed").body == FEED


def test_unchanged_by_validators(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = conditional
    first = get("/feed")
    assert (first.body, first.unchanged) == (FEED, False)
    assert (first.validators.etag, first.validators.last_modified) == ('W/"1"', "some day")
    second = get("/feed", first.validators)
    heard = server.requests[1].headers
    assert (heard["if-none-match"], heard["if-modified-since"]) == ('W/"1"', "some day")
    assert (second.status, second.body, second.unchanged, second.fresh_for) == (304, b"", True, 300.0)
    assert second.validators == replace(first.validators, max_age=300.0)


def test_a_304_that_names_no_freshness_leaves_that_of_the_answer_in_force(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = Answer(200, {"ETag": '"1"', "Cache-Control": "max-age=14400"}, FEED)
    known = get("/feed").validators
    for headers, fresh in (({}, 14_400.0), ({"Age": "400"}, 14_000.0), ({"Expires": "0"}, 14_400.0)):
        server.routes["/feed"] = Answer(304, {"ETag": '"1"', **headers})
        confirmed = get("/feed", known)
        assert (confirmed.unchanged, confirmed.fresh_for, confirmed.validators) == (True, fresh, known)
    server.routes["/feed"] = Answer(304, {"ETag": '"1"', "Cache-Control": "no-cache"})
    assert (get("/feed", known).fresh_for, get("/feed", known).validators.max_age) == (0.0, 0.0)
    server.routes["/feed"] = Answer(200, {"ETag": '"2"'}, FEED + b" ")
    anew = get("/feed", known)
    assert (anew.unchanged, anew.fresh_for, anew.validators.max_age) == (False, 0.0, 0.0)
    server.routes["/feed"] = Answer(500)
    assert get("/feed", known).fresh_for == 0.0


def test_unchanged_by_hash(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = gzipped(FEED)
    first = get("/feed")
    second = get("/feed", first.validators)
    assert (second.status, second.unchanged, second.body) == (200, True, b"")
    server.routes["/feed"] = b"something new"
    third = get("/feed", second.validators)
    assert (third.unchanged, third.body) == (False, b"something new")
    assert third.validators.body_hash == hash_of(b"something new")


def test_the_body_where_unchanged_will_not_do(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = conditional
    first = get("/feed")
    again = get("/feed", first.validators, unchanged_ok=False)
    assert "if-none-match" not in server.requests[1].headers
    assert (again.status, again.unchanged, again.body) == (200, False, FEED)


def test_a_304_for_somebody_who_knows_nothing_is_not_unchanged(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = Answer(304)
    assert not get("/feed").unchanged


def test_one_unconditional_fetch_a_day(server: ScriptedServer, get: Get, clock: Any) -> None:
    server.routes["/feed"] = conditional
    known = get("/feed").validators
    assert known.full_at == clock.now
    clock.now += DAY - 60
    known = get("/feed", known).validators
    assert known.full_at == clock.now - DAY + 60
    clock.now += FULL_SPREAD + 120
    answer = get("/feed", known)
    assert "if-none-match" not in server.requests[-1].headers
    assert (answer.status, answer.unchanged, answer.validators.full_at) == (200, True, clock.now)
    assert get("/feed", answer.validators).status == 304


def test_redirects_are_followed_and_permanent_ones_told(server: ScriptedServer, get: Get) -> None:
    server.routes |= {"/old": redirect("/older", 301), "/older": redirect("/feed", 308), "/feed": conditional}
    first = get("/old")
    assert (first.url, first.moved, first.body) == (server.url("/feed"), server.url("/feed"), FEED)
    second = get("/old", first.validators)
    assert second.unchanged
    assert server.to("/feed")[1].headers["if-none-match"] == 'W/"1"'
    server.routes["/older"] = redirect("/feed", 302)
    assert get("/old").moved == ""
    server.routes |= {"/older": redirect("/gone", 301), "/gone": Answer(404)}
    assert get("/old").moved == ""


def test_a_redirect_with_a_broken_or_huge_body_is_followed(server: ScriptedServer, get: Get) -> None:
    server.routes |= {
        "/broken": Answer(302, {"Location": "/feed", "Content-Encoding": "gzip"}, b"not packed"),
        "/huge": Answer(302, {"Location": "/feed"}, bytes(300_000)),
        "/feed": FEED,
    }
    assert get("/broken").body == FEED
    assert get("/huge").body == FEED


def test_redirect_loops_end(server: ScriptedServer, fail: Fail) -> None:
    server.routes |= {"/a": redirect("/b"), "/b": redirect("/a")}
    assert fail("/a").code == "net.redirects"
    assert len(server.requests) == 2
    server.routes["*"] = lambda heard: redirect(heard.path + "x", 301)
    assert fail("/long").code == "net.redirects"
    assert len(server.requests) == 2 + 6


def test_secrets_and_validators_stay_with_their_host(server: ScriptedServer, net: PoliteNet) -> None:
    with ScriptedServer() as other:
        server.routes |= {"/same": redirect("/away"), "/away": redirect(other.url("/feed"), 301)}
        other.routes["/feed"] = Answer(200, {"ETag": '"theirs"'}, FEED)
        known = Validators('"ours"', "Monday", hash_of(FEED), 1_800_000_000.0)
        request = Request(
            server.url("/same"), headers={"X-Plain": "yes", "Cookie": "a=b"}, secret_headers={"X-Api-Key": "secret"}
        )
        answer = net.send(request, known, allow_private=True)
        here, there = server.to("/away")[0].headers, other.requests[0].headers
    assert here["x-api-key"] == "secret"
    assert here["if-none-match"] == '"ours"'
    assert there["x-plain"] == "yes"
    assert not {"x-api-key", "if-none-match", "if-modified-since", "cookie"} & set(there)
    assert isinstance(answer, Response)
    assert answer.unchanged
    assert (answer.validators.etag, answer.validators.last_modified, answer.moved) == ("", "", "")


def test_a_refused_host_is_left_alone(server: ScriptedServer, get: Get, fail: Fail, net: PoliteNet, clock: Any) -> None:
    server.routes["/feed"] = Answer(429, {"Retry-After": "120"})
    answer = get("/feed")
    assert (answer.status, answer.fresh_for, answer.retry_at) == (429, 120.0, clock.now + 120)
    problem = fail("/other")
    assert (problem.code, problem.retry_at) == ("net.waiting", clock.now + 120)
    assert problem.args == {"host": f"127.0.0.1:{server.port}", "seconds": 120}
    assert len(server.requests) == 1
    clock.now += 121
    server.routes["/feed"] = FEED
    assert get("/feed").body == FEED


def test_a_reset_header_counts_as_the_wish_it_is(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = Answer(429, {"X-RateLimit-Reset": "45"})
    assert get("/feed").fresh_for == 45.0


def test_refusals_outlive_a_restart(
    server: ScriptedServer, get: Get, build: Callable[..., PoliteNet], net: PoliteNet
) -> None:
    server.routes["/feed"] = Answer(503)
    get("/feed")
    states = net.host_states()
    assert [(state.host, state.strikes) for state in states] == [(f"127.0.0.1:{server.port}", 1)]
    assert net.host_states() == ()
    later = build()
    later.remember_hosts(states)
    answer = later.send(Request(server.url("/feed")), allow_private=True)
    assert isinstance(answer, Problem)
    assert answer.code == "net.waiting"
    assert later.host_states() == ()


def test_what_is_remembered_later_makes_no_wait_shorter(
    server: ScriptedServer, get: Get, net: PoliteNet, clock: Any
) -> None:
    server.routes["/feed"] = Answer(503)
    get("/feed")
    host = f"127.0.0.1:{server.port}"
    net.remember_hosts((HostState(host, clock.now + 1, 1),))
    clock.now += 2
    assert net.send(Request(server.url("/feed")), allow_private=True) == Problem(
        "net.waiting", {"host": host, "seconds": 58}, clock.now + 58
    )
    net.remember_hosts((HostState(host, clock.now + 500, 1),))
    clock.now += 100
    assert net.send(Request(server.url("/feed")), allow_private=True) == Problem(
        "net.waiting", {"host": host, "seconds": 400}, clock.now + 400
    )


def test_success_is_told_once_and_forgotten(server: ScriptedServer, get: Get, net: PoliteNet, clock: Any) -> None:
    server.routes["/feed"] = FEED
    get("/feed")
    assert net.host_states() == ()
    host = f"127.0.0.1:{server.port}"
    net.remember_hosts((HostState(host, clock.now - 5, 2),))
    get("/feed")
    assert net.host_states() == (HostState(host),)


def test_who_waited_in_the_row_of_a_host_that_refuses_does_not_ask(server: ScriptedServer, net: PoliteNet) -> None:
    asked, go = threading.Event(), threading.Event()

    def refuse(heard: Heard) -> Reply:
        asked.set()
        go.wait(60)
        return Answer(429, {"Retry-After": "60"})

    server.routes["*"] = refuse
    request = Request(server.url("/feed"))
    with ThreadPoolExecutor(8) as pool:
        first = pool.submit(net.send, request, allow_private=True)
        assert asked.wait(60)
        others = [pool.submit(net.send, request, allow_private=True) for _ in range(7)]
        go.set()
        codes = [answer.code for other in others if isinstance(answer := other.result(), Problem)]
    assert isinstance(first.result(), Response)
    assert codes == ["net.waiting"] * 7
    assert len(server.requests) == 1


def test_public_names_are_spaced_and_people_do_not_wait(
    server: ScriptedServer, build: Callable[..., PoliteNet], names: Any
) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    server.routes |= {"/feed": FEED, "/old": redirect("/feed")}
    request = Request(server.url("/feed", "shop.example"))
    net = build(spacing=0.2)
    for _ in range(3):
        net.send(request, allow_private=True)
    times = [heard.at for heard in server.requests]
    assert all(later - earlier >= 0.2 for earlier, later in itertools.pairwise(times))
    slow = build(spacing=3600.0)  # who waits for it does not come back
    slow.send(Request(server.url("/old", "shop.example")), allow_private=True)  # the hops of one request are not spaced
    slow.send(request, allow_private=True, patient=False)
    assert [heard.path for heard in server.requests[3:]] == ["/old", "/feed", "/feed"]


def test_private_machines_are_not_spaced(server: ScriptedServer, build: Callable[..., PoliteNet]) -> None:
    server.routes["/feed"] = FEED
    net = build(spacing=3600.0)
    for _ in range(5):
        assert isinstance(net.send(Request(server.url("/feed")), allow_private=True), Response)


def test_one_at_a_time_on_one_connection(server: ScriptedServer, net: PoliteNet) -> None:
    inside, most, lock = 0, 0, threading.Lock()

    def slow(heard: Heard) -> Reply:
        nonlocal inside, most
        with lock:
            inside += 1
            most = max(most, inside)
        server.closing.wait(0.002)
        with lock:
            inside -= 1
        return gzipped(heard.path.encode())

    server.routes["*"] = slow

    def fetch(number: int) -> bool:
        answer = net.send(Request(server.url(f"/{number}")), allow_private=True)
        return isinstance(answer, Response) and answer.body == f"/{number}".encode()

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(fetch, range(200)))
    assert most == 1
    assert len({heard.client for heard in server.requests}) == 1


def test_a_connection_closed_by_the_server_meanwhile_is_no_problem(server: ScriptedServer, get: Get) -> None:
    server.routes["/feed"] = FEED
    for _ in range(5):
        assert get("/feed").body == FEED
        server.drop_connections()


def test_a_kept_connection_that_fails_is_tried_once_more(server: ScriptedServer, get: Get, fail: Fail) -> None:
    server.routes["/feed"] = FEED
    get("/feed")
    replies = iter([Answer(slam=True), Answer(body=FEED)])
    server.routes["/feed"] = lambda heard: next(replies)
    assert get("/feed").body == FEED
    server.routes["/feed"] = Answer(slam=True)
    assert fail("/feed").code == "net.broken"
    before = len(server.requests)
    assert fail("/feed", method="POST", body=b"once").code == "net.broken"
    assert len(server.requests) == before + 1


def test_a_connection_long_unused_is_not_trusted(server: ScriptedServer, get: Get, clock: Any) -> None:
    server.routes["/feed"] = FEED
    for pause in (0, 20, 31, -3600):
        clock.now += pause
        get("/feed")
    clients = [heard.client for heard in server.requests]
    assert clients[0] == clients[1]
    assert len(set(clients)) == 3


def test_only_some_idle_connections_are_kept(server: ScriptedServer, net: PoliteNet, names: Any) -> None:
    server.routes["*"] = FEED
    for number in range(MOST_IDLE_HOSTS + 10):
        names.known[f"shop{number}.example"] = ["127.0.0.1"]
        net.send(Request(server.url("/feed", f"shop{number}.example")), allow_private=True)
    assert server.wait_until(lambda: server.connections <= MOST_IDLE_HOSTS)


def test_a_post_is_never_sent_twice(server: ScriptedServer, get: Get, fail: Fail) -> None:
    server.routes |= {"/feed": FEED, "/post": Answer(slam=True)}
    get("/feed")
    assert fail("/post", method="POST", body=b"once").code == "net.broken"
    assert len(server.to("/post")) == 1


def test_of_a_post_that_may_have_arrived_it_is_not_said_that_there_is_no_network(
    server: ScriptedServer, build: Callable[..., PoliteNet], names: Any
) -> None:
    names.known["shop.example"] = ["127.0.0.1"]
    server.routes["/post"] = Answer(slam=True)
    lost = build(route=False).send(Request(server.url("/post", "shop.example"), "POST", body=b"x"), allow_private=True)
    assert lost == Problem("net.broken", {"host": "shop.example"})


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_only_a_post_that_never_left_is_marked_unsent(
    server: ScriptedServer, fail: Fail, net: PoliteNet, method: str
) -> None:
    server.routes["/post"] = Answer(slam=True)
    assert "unsent" not in fail("/post", method=method).args
    server.close()
    assert fail("/post", method=method).args.get("unsent", 0) == (method == "POST")
    net.close()
    assert fail("/post", method=method).args.get("unsent", 0) == (method == "POST")


def test_a_post_is_not_led_away(server: ScriptedServer, fail: Fail) -> None:
    server.routes |= {"/post": redirect("/page", 303), "/page": FEED}
    assert fail("/post", method="POST", body=b"x") == Problem("net.redirects", {"host": "127.0.0.1", "unsent": 0})
    assert not server.to("/page")


def test_addresses_never_reach_a_log(server: ScriptedServer, get: Get, fail: Fail) -> None:
    lines: list[str] = []

    class Catcher(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(record.getMessage())

    catcher, root = Catcher(0), logging.getLogger()
    level = root.level
    root.addHandler(catcher)
    root.setLevel(0)
    try:
        server.routes |= {
            "/bot123:TOKEN/a": Answer(
                200, {"Transfer-Encoding": "chunked", "Content-Length": "3"}, b"3\r\nabc\r\n0\r\n\r\n"
            ),
            "/bot123:TOKEN/b": Answer(200, {"No colon here\r\nBad": "1"}, b"x", length=False),
            "/bot123:TOKEN/c": Answer(slam=True),
        }
        assert get("/bot123:TOKEN/a").body == b"abc"
        get("/bot123:TOKEN/b")
        problem = fail("/bot123:TOKEN/c?key=SECRET")
    finally:
        root.removeHandler(catcher)
        root.setLevel(level)
    assert lines == []
    assert problem.args == {"host": "127.0.0.1"}


def test_sixteen_threads_many_hosts(net: PoliteNet, server: ScriptedServer, names: Any) -> None:
    server.routes["*"] = lambda heard: gzipped(heard.headers["host"].encode() * 1000)
    hosts = [f"shop{number}.example" for number in range(40)]
    names.known |= {host: ["127.0.0.1"] for host in hosts}
    chance = random.Random(3)

    def fetch(number: int) -> bool:
        host = chance.choice(hosts)
        answer = net.send(Request(server.url(f"/{number}", host)), allow_private=True)
        return isinstance(answer, Response) and answer.body == f"{host}:{server.port}".encode() * 1000

    with ThreadPoolExecutor(16) as pool:
        assert all(pool.map(fetch, range(300)))


def test_after_closing_nothing_is_sent(server: ScriptedServer, get: Get, fail: Fail, net: PoliteNet) -> None:
    server.routes["/feed"] = FEED
    get("/feed")
    net.close()
    assert fail("/feed") == Problem("net.closed")
    assert len(server.requests) == 1
