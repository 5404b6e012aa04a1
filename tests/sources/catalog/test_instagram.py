"""An Instagram account: comments, their answers and tags to mentions; answers below comments. By its documentation."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from sources.place import Place, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to

from app.core.mention import Mention
from app.core.ports.net import Request
from app.core.watch import Watch
from app.sources.catalog.instagram import SOURCE

SETTINGS = {"account": "17841400000000000"}
KEY = {"token": "Tajny-token"}


def _serve(request: Request) -> object:
    return sample("meta/tags.json" if "/tags?" in request.url else "meta/media.json")


def _heard() -> dict[str, Mention]:
    reading = Place(_serve).poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    return {mention.key: mention for mention in reading.mentions}


def test_comments_answers_and_tags_become_mentions() -> None:
    found = _heard()
    assert found["17901"] == Mention(
        source="instagram",
        key="17901",
        url="https://www.instagram.com/p/AbC/",
        text="Paczka przyszła rozbita 😡",
        author="anna.k",
        handle="https://www.instagram.com/anna.k/",
        site="instagram.com",
        published=1795249800.0,
        parent="17801",
        thread="17801",
    )
    assert (found["17902"].parent, found["17902"].thread, found["17902"].author) == ("17901", "17801", "kawaraj")
    assert (found["17803"].text, found["17803"].thread) == ("Najlepsza kawa w Łodzi @kawaraj", "")
    place = Place(_serve)
    first = place.poll(SOURCE, SETTINGS, secrets=KEY, first=True)
    assert place.poll(SOURCE, SETTINGS, secrets=KEY, bookmark=first.bookmark).mentions == ()
    assert len(place.requests) == 2


def test_an_account_is_a_number() -> None:
    assert SOURCE.check(SETTINGS) is None
    problem = SOURCE.check({"account": "@kawaraj"})
    assert problem
    assert problem.code == "sources.meta_bad_account"


def test_answers_stand_below_the_first_comment_and_name_whom_they_answer() -> None:
    found = _heard()
    for key, above, text in (("17901", "17901", TEXT), ("17902", "17901", f"@kawaraj {TEXT}")):
        sent, asked = carried_out(SOURCE.answer(reply_to(found[key], SETTINGS, KEY)), lambda _: {"id": "17950"})
        assert (sent.where, sent.problem) == ("17950", None)
        assert urlsplit(asked[0].url).path == f"/v26.0/{above}/replies"
        assert parse_qs((asked[0].body or b"").decode()) == {"message": [text]}
    watch = Watch("w", "x", "instagram", settings=SETTINGS)
    problem = SOURCE.why_no_answer(watch, found["17803"], KEY)
    assert problem
    assert problem.code == "sources.answer_not_here"


def test_our_answer_is_seen() -> None:
    row = {"id": "17950", "text": f"@anna.k {TEXT}", "username": "kawaraj", "timestamp": "2026-11-21T23:50:00+0000"}
    reply = reply_to(_heard()["17901"], SETTINGS, KEY)
    seen, asked = carried_out(SOURCE.look(reply), lambda _: {"data": [row]})
    assert (seen.stands, seen.where) == (True, "17950")
    assert urlsplit(asked[0].url).path == "/v26.0/17901/replies"
    gone, _ = carried_out(SOURCE.look(reply), lambda _: answer({"error": {"code": 100, "error_subcode": 33}}, 400))
    assert gone.gone
