"""Allegro: ratings, tokens that rotate, answers, signing in. What Allegro says is written by its documentation."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from sources.allegro_place import CLIENT, SECRET, AllegroPlace
from sources.place import NOW, Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing
from app.core.ports.net import Request, Response
from app.core.ports.signin import SignedIn, SigningIn
from app.core.ports.source import Poll
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch
from app.sources.allegro import session
from app.sources.allegro.session import Session
from app.sources.catalog.allegro import SOURCE

SETTINGS = {"client_id": CLIENT}
HOURS = 3_600.0


def secrets(number: int = 1, until: float = NOW + 10 * HOURS) -> dict[str, str]:
    return {"client_secret": SECRET, "session": Session(f"access-{number}", f"refresh-{number}", until).written()}


@pytest.fixture(autouse=True)
def _no_sessions_yet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session.SESSIONS, "_newest", {})


@pytest.fixture
def allegro() -> AllegroPlace:
    return AllegroPlace(given=1, valid=1)


def test_ratings_become_mentions(allegro: AllegroPlace) -> None:
    place = Place(allegro)
    reading = place.poll(SOURCE, SETTINGS, secrets=secrets(), first=True)
    anna, piotr = reading.mentions
    assert anna == Mention(
        source="allegro",
        key="5f245afca39ce1004cb8fc37",
        url="https://salescenter.allegro.com",
        text="Paczka szła dwa tygodnie.\nBrak kontaktu.",
        author="anna_k",
        handle="anna_k",
        site="allegro.pl",
        published=1795272728.0,
        stars=1.0,
    )
    assert (piotr.text, piotr.language, round(piotr.stars or 0, 2)) == ("Svěží káva", "cs", 4.67)
    assert place.urls == ["https://api.allegro.pl/sale/user-ratings?limit=100"]
    assert (reading.secrets, reading.problem) == ({}, None)
    assert place.poll(SOURCE, SETTINGS, secrets=secrets(), bookmark=reading.bookmark).mentions == ()


def test_a_session_that_runs_out_is_renewed_and_handed_back(allegro: AllegroPlace) -> None:
    old = secrets(until=NOW + 60)
    place = Place(allegro)
    reading = place.poll(SOURCE, SETTINGS, secrets=old, first=True)
    renewed = reading.secrets["session"]
    assert json.loads(renewed) == {"access": "access-2", "refresh": "refresh-2", "until": int(NOW) + 43_199}
    assert len(reading.mentions) == 2
    kept = {**old, "session": renewed}
    again = place.poll(SOURCE, SETTINGS, secrets=kept, bookmark=reading.bookmark, now=NOW + HOURS)
    assert (again.secrets, again.problem, len(place.requests)) == ({}, None, 1)
    assert SECRET not in repr((reading, again, allegro.seen))
    assert "access-2" not in repr((reading, allegro.seen))


def test_a_session_that_could_not_be_kept_is_not_lost(allegro: AllegroPlace) -> None:
    old = secrets(until=0.0)
    place = Place(allegro)
    first = place.poll(SOURCE, SETTINGS, secrets=old, first=True)
    later = place.poll(SOURCE, SETTINGS, secrets=old, bookmark=first.bookmark, now=NOW + 20 * HOURS)
    assert later.problem is None
    assert json.loads(later.secrets["session"])["refresh"] == "refresh-3"


def test_a_renewed_session_is_handed_back_where_the_poll_broke_off(allegro: AllegroPlace) -> None:
    steps = SOURCE.poll(_poll(secrets(until=0.0)))
    request = next(steps)
    listed = steps.send(_response(allegro(request), request))
    assert "user-ratings" in listed.url
    offline = Problem("net.offline")
    with pytest.raises(StopIteration) as ended:
        steps.throw(ProblemError(offline))
    assert ended.value.value.problem == offline
    assert "refresh-2" in ended.value.value.secrets["session"]
    steps = SOURCE.poll(_poll(secrets(number=2)))
    next(steps)
    with pytest.raises(ProblemError):
        steps.throw(ProblemError(offline))


def _poll(of: dict[str, str]) -> Poll:
    return Poll(Watch("w1", "Oceny", "allegro", settings=SETTINGS), NOW, secrets=of)


def _response(said: object, request: Request) -> Response:
    return replace(said if isinstance(said, Response) else answer(said), url=request.url)


def test_an_access_token_refused_before_its_time_is_renewed(allegro: AllegroPlace) -> None:
    allegro.valid = 99
    reading = Place(allegro).poll(SOURCE, SETTINGS, secrets=secrets(), first=True)
    assert (len(reading.mentions), json.loads(reading.secrets["session"])["access"]) == (2, "access-2")


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"client_secret": SECRET}, "sources.needs_sign_in"),
        ({"client_secret": SECRET, "session": "{"}, "sources.needs_sign_in"),
        ({"session": secrets()["session"]}, "sources.allegro_no_client"),
        ({**secrets(number=7, until=0.0)}, "sources.sign_in_ended"),
        ({**secrets(until=0.0), "client_secret": "wrong"}, "sources.allegro_client"),
    ],
    ids=["not signed in", "broken", "no client", "ended", "client"],
)
def test_each_way_to_be_turned_away_is_told(allegro: AllegroPlace, given: dict[str, str], code: str) -> None:
    reading = Place(allegro).poll(SOURCE, SETTINGS, secrets=given)
    assert reading.problem
    assert reading.problem.code == code


def test_rights_that_are_missing_and_faults_are_told(allegro: AllegroPlace) -> None:
    allegro.api = answer({"errors": []}, 403)
    assert Place(allegro).poll(SOURCE, SETTINGS, secrets=secrets()).problem == Problem("sources.allegro_rights")
    allegro.api = answer(b"<html>")
    assert Place(allegro).poll(SOURCE, SETTINGS, secrets=secrets()).problem.code == "sources.broken_answer"  # type: ignore[union-attr]
    allegro.api = answer(b"", 429)
    assert Place(allegro).poll(SOURCE, SETTINGS, secrets=secrets()).problem.code == "status 429"  # type: ignore[union-attr]


def test_older_ratings_are_asked_for_until_what_was_known(allegro: AllegroPlace) -> None:
    def ratings(request: Request) -> object:
        skip = int(request.url.partition("offset=")[2] or "0")
        rows = [
            {"id": f"rating-{250 - skip - n}", "recommended": True, "lastChangedAt": f"2026-11-{21 - skip // 100}T00:00:{n % 60:02}Z"}
            for n in range(min(100, 250 - skip))
        ]  # fmt: skip
        return {"ratings": rows}

    place = Place(ratings)
    bookmark = {"told": "", "since": str(NOW - 40 * 86_400)}
    reading = place.poll(SOURCE, SETTINGS, secrets=secrets(), bookmark=bookmark)
    assert len({mention.key for mention in reading.mentions}) == 250
    assert place.urls[1:] == [f"https://api.allegro.pl/sale/user-ratings?limit=100&offset={n}" for n in (100, 200)]


def test_an_answer_is_put_and_seen(allegro: AllegroPlace) -> None:
    mention = Place(allegro).poll(SOURCE, SETTINGS, secrets=secrets()).mentions[0]
    reply = reply_to(mention, SETTINGS, secrets())
    assert isinstance(SOURCE, Answering)
    assert isinstance(SOURCE, Seeing)
    assert SOURCE.why_no_answer(reply.watch, mention, secrets()) is None
    assert SOURCE.why_no_answer(reply.watch, mention, {}) == Problem("sources.needs_sign_in", {"host": "allegro.pl"})
    allegro.api = answer({"message": TEXT, "createdAt": "2026-11-21T22:30:00.000Z"})
    sent, asked = carried_out(SOURCE.answer(reply), allegro)
    assert (sent.problem, sent.secrets) == (None, {})
    assert (asked[-1].method, asked[-1].url) == (
        "PUT",
        f"https://api.allegro.pl/sale/user-ratings/{mention.key}/answer",
    )
    assert asked[-1].headers["Content-Type"] == "application/vnd.allegro.public.v1+json"
    assert json.loads(asked[-1].body or b"") == {"message": TEXT}
    for shape in ({"message": TEXT}, {"text": TEXT, "language": "pl-PL"}):
        allegro.api = answer({"id": mention.key, "answer": shape})
        assert carried_out(SOURCE.look(reply), allegro)[0].stands
    allegro.api = answer({"id": mention.key, "answer": None})
    assert not carried_out(SOURCE.look(reply), allegro)[0].stands
    allegro.api = answer({}, 404)
    assert carried_out(SOURCE.look(reply), allegro)[0].gone
    allegro.api = answer({}, 422)
    assert carried_out(SOURCE.answer(reply), allegro)[0].problem.code == "sources.reply_not_taken"
    allegro.api = answer(sample("allegro/ratings.json"))
    late = reply_to(mention, SETTINGS, secrets(until=0.0))
    assert "refresh-2" in carried_out(SOURCE.answer(late), allegro)[0].secrets["session"]


def _signed(place: AllegroPlace, given: dict[str, str] | None = None) -> tuple[list[object], SignedIn]:
    steps = SOURCE.sign_in(SETTINGS, given or {"client_secret": SECRET}, NOW)
    told: list[object] = []
    try:
        step = next(steps)
        while len(told) < 2_000:
            if isinstance(step, Request):
                step = steps.send(_response(place(step), step))
                continue
            told.append(step)
            step = steps.send(None)
    except StopIteration as done:
        return told, done.value
    raise AssertionError("a sign-in without end")


def test_signing_in_brings_a_session_that_works() -> None:
    allegro = AllegroPlace()
    assert isinstance(SOURCE, SigningIn)
    told, ended = _signed(allegro)
    code, *pauses = told
    assert (code.code, code.lasts) == ("cbt3zdu4g", 3_600.0)  # type: ignore[attr-defined]
    assert code.address == "https://allegro.pl/skojarz-aplikacje?code=cbt3zdu4g"  # type: ignore[attr-defined]
    assert [pause.seconds for pause in pauses] == [5.0, 5.0, 5.0]  # type: ignore[attr-defined]
    assert ended.problem is None
    assert "access-1" not in repr(ended)
    reading = Place(allegro).poll(SOURCE, SETTINGS, secrets={"client_secret": SECRET, **ended.secrets}, first=True)
    assert (len(reading.mentions), reading.secrets) == (2, {})


@pytest.mark.parametrize(
    ("refuse", "code"),
    [
        ("access_denied", "sources.sign_in_denied"),
        ("expired_token", "sources.sign_in_expired"),
        ("something", "watch.bad_status"),
    ],
)
def test_a_sign_in_that_comes_to_nothing_is_told(refuse: str, code: str) -> None:
    assert _signed(AllegroPlace(refuse=refuse))[1].problem.code == code  # type: ignore[union-attr]


def test_a_code_nobody_confirms_runs_out_and_asking_slows_down_where_wanted() -> None:
    told, ended = _signed(AllegroPlace(confirmed_after=10**6))
    assert ended.problem == Problem("sources.sign_in_expired")
    assert len(told) == 1 + 3_600 // 5
    told, ended = _signed(AllegroPlace(refuse="slow_down"))
    assert ended.problem == Problem("sources.sign_in_expired")
    seconds = [pause.seconds for pause in told[1:]]  # type: ignore[attr-defined]
    assert (seconds[:3], max(seconds)) == ([5.0, 10.0, 15.0], 60.0)


@pytest.mark.parametrize("given", [{}, {"client_secret": "wrong"}])
def test_without_the_right_client_there_is_no_code(given: dict[str, str]) -> None:
    steps = SOURCE.sign_in(SETTINGS, given, NOW)
    try:
        request = next(steps)
        steps.send(_response(AllegroPlace()(request), request))
    except StopIteration as done:
        ended = done.value
    expected = "sources.allegro_client" if given else "sources.allegro_no_client"
    assert ended.problem == Problem(expected)


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"device_code": "D", "user_code": "U"},
        {"device_code": "D", "user_code": "U", "verification_uri": "https://evil.example/allegro.pl"},
        {"device_code": "D", "user_code": "U", "verification_uri": "http://allegro.pl/x"},
        {"device_code": "D", "user_code": "U", "verification_uri": "javascript:alert(1)"},
        {"device_code": "D" * 5_000, "user_code": "U", "verification_uri": "https://allegro.pl/x"},
    ],
)
def test_only_pages_of_allegro_are_opened(said: dict[str, str]) -> None:
    steps = SOURCE.sign_in(SETTINGS, {"client_secret": SECRET}, NOW)
    request = next(steps)
    with pytest.raises(StopIteration) as ended:
        steps.send(_response(said, request))
    assert ended.value.value.problem.code == "sources.broken_answer"


def test_the_sandbox_is_another_place() -> None:
    sandbox = {**SETTINGS, "server": "allegro.pl.allegrosandbox.pl"}
    place = Place(lambda _: sample("allegro/ratings.json"))
    reading = place.poll(SOURCE, sandbox, secrets=secrets(), first=True)
    assert place.urls == ["https://api.allegro.pl.allegrosandbox.pl/sale/user-ratings?limit=100"]
    assert reading.mentions[0].url == "https://salescenter.allegro.com.allegrosandbox.pl"
    assert SOURCE.place(sandbox) != SOURCE.place(SETTINGS) == SOURCE.place({**SETTINGS, "server": "evil.example"})
    assert SOURCE.check({"client_id": "a b"}) == SOURCE.check({}) == Problem("sources.allegro_client_id")
    assert SOURCE.check(SETTINGS) is None
