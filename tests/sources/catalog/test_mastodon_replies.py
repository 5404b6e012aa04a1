"""Replies on Mastodon: posted no wider than what they answer, below the right status, and found again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import NOW, answer, sample
from sources.replying import BEGUN, Counter, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Watch
from app.sources.catalog.mastodon import SOURCE

TOKEN = "Tajny-token-1234567890"
SECRETS = {"token": TOKEN}
HERE = "https://kawaraj.example"
SETTINGS = {"what": "mentions", "server": HERE}
LOCAL = Mention(
    "mastodon", f"{HERE}/users/anna/statuses/01M7ZP5CZHWY3QGS17AABGWZZQ", url=f"{HERE}/@anna/01M7ZP5CZHWY3QGS17AABGWZZQ",
    text="nie doszło", author="anna", handle="@anna@kawaraj.example", site="kawaraj.example",
)  # fmt: skip
THERE = replace(
    LOCAL, key="https://other.example/users/anna/statuses/9", url="https://other.example/@anna/9", handle="@anna@other.example"
)  # fmt: skip
TEXT = "Przepraszamy, sprawdzamy Pani zamówienie! https://kawaraj.example/kontakt"
POSTED = f"{HERE}/users/sklep/statuses/17"


def status(mention: Mention = LOCAL, **more: Any) -> dict[str, Any]:
    acct = "anna" if mention is LOCAL else "anna@other.example"
    told = {"id": "01M7", "uri": mention.key, "url": mention.url, "visibility": "public", "account": {"acct": acct}}
    return {**told, **more}


def ours(**more: Any) -> dict[str, Any]:
    """Return our reply as a server shows it: the recorded one with another text."""
    made = json.loads(sample("mastodon/context.json"))["descendants"][0]
    content = '<p><span class="h-card"><a href="x">@<span>anna</span></a></span> ' + TEXT.replace(
        "https://", '<a href="y"><span class="invisible">https://</span><span class="">'
    )
    account = {**made["account"], "acct": "sklep", "url": f"{HERE}/@sklep"}
    told = {"content": f"{content}</span></a></p>", "created_at": "2026-11-22T22:00:00.000Z", "uri": POSTED}
    return {**made, **told, "account": account, **more}


def server(
    found: Mapping[str, Any] | None = None,
    below: object = (),
    posted: object = None,
    refusals: Mapping[str, Any] | None = None,
) -> Counter:
    """Return a server that knows one status, what stands below it, and how it takes a reply."""

    def serve(request: Request) -> object:
        assert request.secret_headers == {"Authorization": f"Bearer {TOKEN}"} or not request.url.startswith(HERE)
        path = urlsplit(request.url).path
        for part, refusal in (refusals or {}).items():
            if part in f"{request.method} {path}":
                return refusal
        if request.method == "POST":
            return posted or {"id": "17", "uri": POSTED}
        if path.endswith("/context"):
            return {"ancestors": [], "descendants": below}
        return {"statuses": [status(THERE)] if found is None else [found]} if "search" in path else found or status()

    return Counter(serve)


def reply(mention: Mention = LOCAL, text: str = TEXT, **more: Any) -> Any:
    return reply_to(mention, text, settings=SETTINGS, **{"secrets": SECRETS, **more})


def body(place: Counter) -> Any:
    request = place.asked[-1]
    assert (request.method, request.url) == ("POST", f"{HERE}/api/v1/statuses")
    return json.loads(request.body)


@pytest.mark.parametrize(
    ("seen_by", "visibility"),
    [("public", "unlisted"), ("unlisted", "unlisted"), ("private", "private"), ("direct", "direct"), ("x", "unlisted")],
)
def test_a_reply_is_read_by_no_more_people_than_what_it_answers(seen_by: str, visibility: str) -> None:
    place = server(status(visibility=seen_by))
    assert place.send(SOURCE, reply()) == Sent(POSTED)
    assert body(place) == {"status": f"@anna {TEXT}", "in_reply_to_id": "01M7", "visibility": visibility}
    assert place.urls[0] == f"{HERE}/api/v1/statuses/01M7ZP5CZHWY3QGS17AABGWZZQ"


def test_the_same_reply_has_the_same_key() -> None:
    place, keys = server(), []
    for one in ("r-1", "r-1", "r-2"):
        place.send(SOURCE, reply(id=one, now=NOW + len(keys)))
        keys.append(place.asked[-1].headers["Idempotency-Key"])
    assert keys[0] == keys[1] != keys[2]


def test_a_status_of_another_server_is_looked_up_on_ours() -> None:
    place = server()
    assert place.send(SOURCE, reply(THERE, "Cześć @Anna@other.example, już szukamy")) == Sent(POSTED)
    asked = parse_qs(urlsplit(place.urls[0]).query)
    assert (asked["q"], asked["resolve"], asked["type"]) == ([THERE.url], ["true"], ["statuses"])
    assert body(place)["status"] == "Cześć @Anna@other.example, już szukamy", "named already"


def test_another_status_is_never_answered_in_its_place() -> None:
    for mention in (LOCAL, THERE):
        place = server(status(uri=f"{HERE}/users/ewa/statuses/5", url=f"{HERE}/@ewa/5"))
        sent = place.send(SOURCE, reply(mention))
        assert isinstance(sent, Sent)
        assert sent.problem == Problem("sources.post_not_found", {"host": "kawaraj.example"})
        assert "POST" not in [request.method for request in place.asked]


@pytest.mark.parametrize(
    ("part", "refusal", "code"),
    [
        ("GET", answer({"error": "Record not found"}, 404), "sources.answered_post_gone"),
        ("GET", answer({"error": "The access token was revoked"}, 401), "sources.token_refused"),
        (
            "POST",
            answer({"error": "This action is outside the authorized scopes"}, 403),
            "sources.token_may_not_answer",
        ),
        (
            "POST",
            answer({"error": "The post you are trying to reply to does not appear to exist."}, 404),
            "sources.answered_post_gone",
        ),
        ("POST", answer({"error": "Validation failed"}, 422), "sources.answer_refused"),
        ("POST", answer(b"<html>", 401), "sources.token_refused"),
    ],
)
def test_refusals(part: str, refusal: Response, code: str) -> None:
    sent = server(refusals={part: refusal}).send(SOURCE, reply())
    assert isinstance(sent, Sent)
    assert sent.problem
    assert sent.problem.code == code
    assert TOKEN not in repr(sent)


def test_lengths() -> None:
    refused = server(refusals={"POST": answer({"error": "Validation failed"}, 422)}).send(SOURCE, reply(text="a" * 600))
    assert isinstance(refused, Sent)
    assert refused.problem == Problem("sources.answer_too_long", {"host": "kawaraj.example", "most": 500})
    watch = Watch("w", "x", "mastodon", settings=SETTINGS)
    assert SOURCE.longest_answer(watch, THERE) == 500 - len("@anna ")


def test_who_can_answer() -> None:
    def why(secrets: Mapping[str, str] = SECRETS, mention: Mention = LOCAL, **settings: str) -> str:
        watch = Watch("w", "x", "mastodon", settings={**SETTINGS, **settings})
        problem = SOURCE.why_no_answer(watch, mention, secrets)
        return problem.code if problem else ""

    assert why() == why(what="hashtag", name="kawa") == ""
    assert why({}) == why({"token": " "}) == "sources.needs_token"
    assert why(server="http://kawaraj.example") == "sources.plain_server"
    assert why(mention=replace(LOCAL, key="hash:1", url="")) == "sources.post_not_found"


def test_found_again() -> None:
    place = server(below=[json.loads(sample("mastodon/context.json"))["descendants"][0], ours()])
    found = place.look(SOURCE, reply())
    assert isinstance(found, Standing)
    assert (found.stands, found.where) == (True, POSTED)
    assert place.urls == [f"{HERE}/api/v1/statuses/01M7ZP5CZHWY3QGS17AABGWZZQ/context"]
    assert server(below=[ours(content="Zupełnie co innego")]).look(SOURCE, reply(where=POSTED)) == Standing(
        stands=True, where=POSTED, at=found.at
    ), "edited since, but it is the one"
    assert server(below=[ours(content="Zupełnie co innego, o wszystkim innym")]).look(SOURCE, reply()) == Standing()
    early = ours(created_at="2026-11-20T10:00:00.000Z")
    assert server(below=[early]).look(SOURCE, reply()) == Standing(), "written before: another one"
    quoted = ours(account={"acct": "anna", "url": f"{HERE}/@anna"})
    assert server(below=[quoted]).look(SOURCE, reply()) == Standing(), "the customer quotes us"
    assert found.at is not None
    assert found.at > BEGUN


def test_looked_for_without_a_token_where_it_was_written() -> None:
    place = server(below=[ours()])
    found = place.look(SOURCE, reply(THERE, secrets={}))
    assert isinstance(found, Standing)
    assert found.stands
    assert place.urls == ["https://other.example/api/v1/statuses/9/context"]
    assert not place.asked[0].secret_headers
    lost = server().look(SOURCE, reply(replace(THERE, key="https://other.example/objects/1", url=""), secrets={}))
    assert lost == Standing(problem=Problem("sources.post_not_found", {"host": "kawaraj.example"}))


def test_a_status_that_is_gone() -> None:
    for code in (404, 410):
        assert server(refusals={"GET": answer({}, code)}).look(SOURCE, reply()) == Standing(gone=True)
    unsure = server(refusals={"search": answer({"statuses": []})}).look(SOURCE, reply(THERE))
    assert unsure == Standing(problem=Problem("sources.post_not_found", {"host": "kawaraj.example"})), "says nothing"
    closed = server(refusals={"GET": answer({}, 401)}).look(SOURCE, reply(THERE, secrets={}))
    assert closed == Standing(problem=Problem("sources.needs_token", {"host": "other.example"}))


def test_our_own_account() -> None:
    def own(name: str, **more: Any) -> tuple[str, ...]:
        made = Watch("w", "x", "mastodon", settings={"what": "account", "server": HERE, "name": name}, own=True)
        return SOURCE.own_accounts(replace(made, **more))

    assert own("sklep") == ("@sklep@kawaraj.example",)
    assert own("@sklep@other.example") == ("@sklep@other.example",)
    assert own("sklep", own=False) == ()
