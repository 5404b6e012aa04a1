"""Replies on Bluesky: tied to root and parent, never twice, and found again even before the network shows them."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from sources.place import Place, answer, sample
from sources.replying import Counter, reply_to

from app.core.mention import Mention
from app.core.ports.answer import Sent, Standing
from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import Watch
from app.sources.bluesky.replies import key_of_reply
from app.sources.catalog.bluesky import BlueskySource

SETTINGS = {"what": "mentions", "user": "sklep.test", "server": "https://pds.example"}
SECRETS = {"password": "abcd-efgh"}
SHOP, ANNA = "did:plc:y3zwigahjoi7oykvntoi2ulr", "did:plc:lfgueycdlkq7xxyrqex72msn"
POSTS = "app.bsky.feed.post"
THREAD = json.loads(sample("bluesky/getPostThread.json"))["thread"]
ROOT, ANSWER = THREAD["post"], THREAD["replies"][0]["post"]
MENTION = Mention(
    "bluesky", ANSWER["uri"], text=ANSWER["record"]["text"], author="Anna Nowak", handle="@anna.test", language="pl"
)
OURS = f"at://{SHOP}/{POSTS}/{key_of_reply('r-17')}"
TEXT = "Przepraszamy, sprawdzamy Pani zamówienie! @anna.test"


class Server:
    """A server of the network with the recorded thread: a repository that takes each key once, answers with 500 after."""

    def __init__(self, **refusals: object) -> None:
        self.records: dict[str, Any] = {}
        self.posts = [ROOT, ANSWER]
        self.below: list[Any] = []
        self.refusals, self.tokens = refusals, 0
        self.expired: set[str] = set()
        self.counter = Counter(self)

    def __call__(self, request: Request) -> object:
        method = urlsplit(request.url).path.rpartition(".")[2]
        asked = {name: values[0] for name, values in parse_qs(urlsplit(request.url).query).items()}
        if method in {"createSession", "refreshSession"}:
            self.tokens += 1
            return {
                "accessJwt": f"a{self.tokens}",
                "refreshJwt": f"r{self.tokens}",
                "did": SHOP,
                "handle": "sklep.test",
            }
        if request.secret_headers.get("Authorization", "").removeprefix("Bearer ") in self.expired:
            return answer({"error": "ExpiredToken", "message": "Token has expired"}, 400)
        if refusal := self.refusals.get(method):
            return refusal
        return getattr(self, f"_{method.lower()}")(asked, request)

    def _getposts(self, asked: Mapping[str, str], _: Request) -> object:
        return {"posts": [post for post in self.posts if post["uri"] == asked["uris"]]}

    def _resolvehandle(self, asked: Mapping[str, str], _: Request) -> object:
        return {"did": ANNA} if asked["handle"] == "anna.test" else answer({"error": "InvalidRequest"}, 400)

    def _createrecord(self, _: Mapping[str, str], request: Request) -> object:
        body = json.loads(request.body or b"")
        assert (body["repo"], body["collection"]) == (SHOP, POSTS)
        if body["rkey"] in self.records:
            return answer({"error": "InternalServerError", "message": "Internal Server Error"}, 500)
        self.records[body["rkey"]] = body["record"]
        return {"uri": f"at://{SHOP}/{POSTS}/{body['rkey']}", "cid": "bafy"}

    def _getrecord(self, asked: Mapping[str, str], _: Request) -> object:
        if record := self.records.get(asked["rkey"]):
            return {"uri": f"at://{SHOP}/{POSTS}/{asked['rkey']}", "cid": "bafy", "value": record}
        return answer({"error": "RecordNotFound", "message": f"Could not locate record: {asked['rkey']}"}, 400)

    def _getpostthread(self, asked: Mapping[str, str], _: Request) -> object:
        if not any(post["uri"] == asked["uri"] for post in self.posts):
            return answer({"error": "NotFound", "message": f"Post not found: {asked['uri']}"}, 400)
        return {"thread": {"post": ANSWER, "replies": self.below}}

    def send(self, source: BlueskySource | None = None, **more: Any) -> Sent:
        sent = self.counter.send(source or BlueskySource(), reply(**more))
        assert isinstance(sent, Sent), sent
        assert not set(SECRETS.values()) & set(repr(sent).split("'"))
        return sent

    def look(self, **more: Any) -> Standing:
        found = self.counter.look(BlueskySource(), reply(**more))
        assert isinstance(found, Standing), found
        return found


def reply(mention: Mention = MENTION, text: str = TEXT, **more: Any) -> Any:
    return reply_to(mention, text, settings=SETTINGS, **{"secrets": SECRETS, **more})


def view(uri: str, text: str, handle: str = "sklep.test", at: str = "2026-11-22T22:00:00.000Z") -> dict[str, Any]:
    return {"post": {"uri": uri, "author": {"handle": handle}, "record": {"text": text}, "indexedAt": at}}


def test_a_reply() -> None:
    server = Server()
    assert server.send() == Sent(OURS)
    record = server.records[key_of_reply("r-17")]
    parent = {"uri": ANSWER["uri"], "cid": ANSWER["cid"]}
    assert record["reply"] == {"root": {"uri": ROOT["uri"], "cid": ROOT["cid"]}, "parent": parent}
    assert (record["$type"], record["text"], record["langs"]) == (POSTS, TEXT, ["pl"])
    assert record["createdAt"].endswith("Z")
    assert record["facets"][0]["features"] == [{"$type": "app.bsky.richtext.facet#mention", "did": ANNA}]


def test_an_answer_to_the_first_post_of_a_thread() -> None:
    server = Server()
    server.send(mention=replace(MENTION, key=ROOT["uri"]))
    tied = next(iter(server.records.values()))["reply"]
    assert tied["root"] == tied["parent"] == {"uri": ROOT["uri"], "cid": ROOT["cid"]}


def test_a_second_try_makes_no_second_post() -> None:
    server = Server()
    assert server.send() == server.send(text="inaczej") == Sent(OURS)
    assert len(server.records) == 1
    assert server.records[key_of_reply("r-17")]["text"] == TEXT


def test_a_token_that_ran_out() -> None:
    server, source = Server(), BlueskySource()
    server.send(source)
    server.expired = {"a1"}
    assert server.send(source, id="r-18").problem is None
    server.expired = {f"a{number}" for number in range(20)}
    problem = server.send(source, id="r-19").problem
    assert problem == Problem("sources.app_password_refused", {"host": "pds.example", "user": "sklep.test"})
    assert len(server.records) == 2


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda server: server.posts.clear(), "sources.answered_post_gone"),
        (lambda server: server.posts.__setitem__(1, {**ANSWER, "viewer": {"replyDisabled": True}}), "sources.answers_closed"),
        (lambda server: server.posts.__setitem__(1, {**ANSWER, "cid": None}), "sources.broken_answer"),
        (lambda server: server.refusals.update(createRecord=answer({"error": "InvalidRequest"}, 400)), "sources.answer_refused"),
        (lambda server: server.refusals.update(createRecord=answer({"error": "AccountTakedown"}, 400)), "sources.account_closed"),
        (lambda server: server.refusals.update(createRecord=answer({}, 500)), "watch.server_error"),
        (lambda server: server.refusals.update(createSession=answer({"error": "AuthFactorTokenRequired"}, 401)), "sources.wants_app_password"),
    ],
)  # fmt: skip
def test_refusals(spoil: Callable[[Server], None], code: str) -> None:
    server = Server()
    spoil(server)
    if "createSession" in server.refusals:
        refusal = server.refusals["createSession"]
        usual = server.counter._serve
        server.counter._serve = lambda request: refusal if "createSession" in request.url else usual(request)
    problem = server.send().problem
    assert problem
    assert problem.code == code
    assert not server.records


def test_lengths_are_counted_as_people_see_them() -> None:
    server = Server()
    assert server.send(text="👨‍👩‍👧‍👦" * 100 + "ż" * 200).problem is None
    too_long = Problem("sources.answer_too_long", {"host": "pds.example", "most": 300})
    assert server.send(text="ż" * 301).problem == too_long
    assert server.send(text="👨‍👩‍👧‍👦" * 299).problem == too_long, "3000 bytes"
    assert BlueskySource().longest_answer(Watch("w", "x", "bluesky"), MENTION) == 300


def test_who_can_answer() -> None:
    def why(mention: Mention = MENTION, secrets: Mapping[str, str] = SECRETS, **settings: str) -> str:
        watch = Watch("w", "x", "bluesky", settings={**SETTINGS, **settings})
        problem = BlueskySource().why_no_answer(watch, mention, secrets)
        return problem.code if problem else ""

    assert why() == why(what="account", name="sklep.test") == ""
    assert why(secrets={}) == why(user="") == "sources.needs_app_password"
    assert why(replace(MENTION, key="x")) == "sources.post_not_found"
    assert why(user="kawa raj") == "sources.bad_account"


def test_found_again_below_the_post() -> None:
    server = Server()
    server.below = [view(f"at://{ANNA}/{POSTS}/a", "Dziękuję", "anna.test"), view(OURS, "(od redakcji) " + TEXT)]
    assert server.look().where == OURS
    other = f"at://{SHOP}/{POSTS}/3n2tpqsuu6k2v"
    server.below = [view(other, TEXT.replace("!", "."))]
    assert server.look().where == other, "written by hand"
    server.below = [view(other, "Coś zupełnie innego o czymś innym"), view(other, TEXT, "anna.test")]
    assert server.look() == Standing()


def test_found_in_our_own_repository_before_the_network_shows_it() -> None:
    server = Server()
    server.send()
    found = server.look()
    assert (found.stands, found.where) == (True, OURS)
    assert server.look(id="r-18") == Standing()


def test_a_look_without_a_password() -> None:
    server = Server()
    server.below = [view(OURS, TEXT)]
    found = server.counter.look(
        BlueskySource(), reply_to(MENTION, TEXT, settings={"what": "account", "name": "sklep.test"})
    )
    assert isinstance(found, Standing)
    assert found.stands
    (request,) = server.counter.asked
    assert request.url.startswith("https://public.api.bsky.app/xrpc/app.bsky.feed.getPostThread?uri=at%3A")
    assert not request.secret_headers


@pytest.mark.parametrize(
    ("thread", "standing"),
    [
        ({"notFound": True, "uri": MENTION.key}, Standing(gone=True)),
        ({"blocked": True, "uri": MENTION.key}, Standing(gone=True)),
        ({"post": ROOT}, Standing(problem=Problem("sources.broken_answer", {"host": "pds.example"}))),
        (None, Standing(problem=Problem("sources.broken_answer", {"host": "pds.example"}))),
    ],
)
def test_posts_that_are_gone(thread: object, standing: Standing) -> None:
    assert Server(getPostThread={"thread": thread}).look() == standing
    server = Server()
    server.posts = []
    assert server.look() == Standing(gone=True)


def test_answers_that_were_deleted_are_told_by_a_poll() -> None:
    gone = f"at://{ANNA}/{POSTS}/x"

    def serve(request: Request) -> Response | object:
        if "getAuthorFeed" in request.url:
            return {"feed": [{"post": {**ROOT, "replyCount": 2}}]}
        return {"thread": {**THREAD, "replies": [*THREAD["replies"], {"uri": gone, "notFound": True}]}}

    reading = Place(serve).poll(BlueskySource(), {"what": "account", "name": "sklep.test"}, own=True, first=True)
    assert reading.gone == (gone,)
    assert ANSWER["uri"] in [mention.key for mention in reading.mentions]

    def deleted(request: Request) -> Response | object:
        return serve(request) if "getAuthorFeed" in request.url else answer({"error": "NotFound", "message": "x"}, 400)

    reading = Place(deleted).poll(BlueskySource(), {"what": "account", "name": "sklep.test"}, own=True, first=True)
    assert reading.gone == (ROOT["uri"],)


def test_our_own_accounts() -> None:
    watch = Watch("w", "x", "bluesky", settings=SETTINGS)
    assert BlueskySource().own_accounts(watch) == ("@sklep.test",)
    listened = replace(watch, settings={"what": "account", "name": "@kawa.test", "user": "a@b.example"})
    assert BlueskySource().own_accounts(listened) == ()
    assert BlueskySource().own_accounts(replace(listened, own=True)) == ("@kawa.test",)
