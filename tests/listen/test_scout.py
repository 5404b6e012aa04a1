"""The second process of a rush, run for real as this program's own child, and its failing."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from dataclasses import replace

import pytest
from fakes.pages import PageSources, WordDetector
from fakes.web import Web
from servers.http_server import ScriptedServer

from app.core.correction import Correction, Label
from app.core.identity import Prints
from app.core.mention import Mention
from app.core.preferences import Preferences
from app.core.problems import Problem
from app.core.verdict import Kind, Reason, Severity, Verdict
from app.core.watch import HostState, Watch, WatchState
from app.listen.poll import Looked, Reached
from app.listen.scout import Errand, Kit, Scout, _receive, _send, serve_scout
from app.listen.stems import SnowballStemmer
from app.listen.teach import Lesson

COMMAND = (sys.executable, "-m", "app", "listen", "--scout")
FEED = (
    '<?xml version="1.0"?><rss version="2.0"><channel><title>T</title><item><guid>k1</guid><title>Paczka</title>'
    "<description>Paczka nie dotarła, nikt nie odbiera telefonu, oddajcie pieniądze!</description></item>"
    "<item><guid>k2</guid><title>Pogoda</title><description>Jutro deszcz.</description></item></channel></rss>"
)
NOW = 1_800_000_000.0


@pytest.fixture
def scout() -> Iterator[Scout]:
    made = Scout(COMMAND, ())
    yield made
    made.close()


def _errand(url: str, **more: object) -> Errand:
    watch = Watch("w", "W", "feed", settings={"url": url}, allow_private=True)
    return Errand(replace(watch, **more), WatchState("w"), Preferences(), NOW)  # type: ignore[arg-type]


@pytest.mark.parametrize("own", [True, False])
def test_a_link_says_nothing_in_an_own_channel(scout: Scout, own: bool) -> None:
    said = FEED.replace("Paczka nie dotarła, nikt nie odbiera telefonu, oddajcie pieniądze!", "Hol https://a.example/1")
    with ScriptedServer() as server:
        server.routes["/feed"] = (
            200,
            {},
            said.replace("<title>Paczka</title>", "<title>Zimne i niesmaczne</title>").encode(),
        )
        reached = scout.reach(_errand(server.url("/feed"), own=own, required=("zimne",)))
    assert reached is not None
    assert reached.looked is not None
    (verdict,) = reached.looked.verdicts.values()
    assert (verdict.kind is Kind.COMPLAINT) == own


def test_it_fetches_sifts_out_what_is_not_about_us_and_judges(scout: Scout) -> None:
    with ScriptedServer() as server:
        server.routes["/feed"] = (200, {"ETag": '"1"'}, FEED.encode())
        reached = scout.reach(_errand(server.url("/feed"), required=("paczka",)))
    assert reached is not None
    assert reached.problem is None
    assert reached.looked is not None
    assert [m.title for m in reached.looked.mentions] == ["Paczka"]
    (verdict,) = reached.looked.verdicts.values()
    assert verdict.kind is Kind.COMPLAINT
    assert reached.looked.prints[0].key
    assert reached.state.heard_at == NOW
    assert next(iter(reached.state.validators.values())).etag == '"1"'


def test_it_begins_with_what_it_is_told_of_hosts_and_of_the_owners_corrections() -> None:
    lesson = Lesson((Correction(1, Label.COMPLAINT, "Fine bread.", NOW),), ("U Ani",), ("Bread & Co",))
    blocked = (HostState("a.example", NOW + 60, 1),)
    web, detector, told = Web(), WordDetector(), io.BytesIO()
    _send(told, (blocked, lesson))
    told.seek(0)
    serve_scout(Kit(web, PageSources(), detector, SnowballStemmer()), told, io.BytesIO())
    assert detector.taught == [lesson.corrections]
    assert detector.names == [(lesson.shop, lesson.competitors)]
    assert web.remembered == blocked
    assert web.closed.is_set()


def test_a_failing_poll_comes_back_as_its_problem(scout: Scout) -> None:
    with ScriptedServer() as server:
        server.routes["/feed"] = (404, {}, b"")
        reached = scout.reach(_errand(server.url("/feed")))
    assert reached is not None
    assert reached.problem
    assert reached.problem.code == "watch.not_found"


def test_an_unknown_source_is_left_to_the_asker(scout: Scout) -> None:
    assert scout.reach(_errand("http://127.0.0.1:1/", source="nothing")) is None


def test_one_that_died_leaves_all_to_the_asker(scout: Scout) -> None:
    scout._child.kill()
    scout._child.wait()
    assert scout.reach(_errand("http://127.0.0.1:1/")) is None
    assert scout.reach(_errand("http://127.0.0.1:1/")) is None


def test_a_command_that_says_nothing_sensible_does_no_harm() -> None:
    made = Scout((sys.executable, "-c", "print('x' * 100)"), ())
    assert made.reach(_errand("http://127.0.0.1:1/")) is None
    made.close()


def test_what_comes_back_is_what_was_sent() -> None:
    verdict = Verdict(Kind.COMPLAINT, 0.9, Severity.DANGER, (Reason(1, 5, 0.9),))
    looked = Looked((Mention("feed", "k", stars=2.0),), (Prints(1, 2, 3),), {"k": verdict}, (HostState("h", 9.0, 1),))
    sent = (7, Reached((), WatchState("w"), problem=Problem("net.waiting", {"host": "h"}, 5.0), looked=looked))
    pipe = io.BytesIO()
    _send(pipe, sent)
    pipe.seek(0)
    assert _receive(pipe) == sent
    assert _receive(pipe) is None
