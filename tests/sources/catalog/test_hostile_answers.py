"""Places that answer our replies and looks with anything at all: never an exception, never a reply taken for posted."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from dataclasses import dataclass, field

import pytest
from sources.malformed import case
from sources.place import NOW, answer, sample
from sources.replying import Counter, reply_to
from sources.spoiling import spoilt

from app.core.mention import Mention
from app.core.ports.answer import Answering, Seeing, Sent, Standing
from app.core.ports.mail import MailAnswer, MailMessage, MailRequest, Posted, PostRequest
from app.core.ports.net import Request
from app.core.problems import Problem
from app.sources.registry import SourceRegistry
from app.words.problem_texts import TEXTS

TOKEN = "Tajny-token-1234567890"
POST = "at://did:plc:lfgueycdlkq7xxyrqex72msn/app.bsky.feed.post/3n2tpqonadk2v"


@dataclass(frozen=True)
class Way:
    """A source, a mention of it, settings to answer with, and recorded answers to be spoilt."""

    source: str
    key: str
    settings: Mapping[str, str]
    samples: tuple[str, ...] = ()
    url: str = ""
    secrets: Mapping[str, str] = field(default_factory=lambda: {"token": TOKEN, "password": TOKEN})


HERE = "https://kawaraj.example"
WAYS = {
    "mailbox": Way("mailbox", "a@b.example", {"user": "biuro@kawaraj.example", "answers": "Answer by e-mail as well"}),
    "mastodon here": Way(
        "mastodon", f"{HERE}/users/anna/statuses/5", {"what": "mentions", "server": HERE}, ("mastodon/context.json",)
    ),
    "mastodon there": Way(
        "mastodon", "https://other.example/users/anna/statuses/5", {"what": "mentions", "server": HERE}, ("mastodon/search-v2.json",)
    ),
    "bluesky": Way(
        "bluesky", POST, {"what": "mentions", "user": "a.test"}, ("bluesky/getPostThread.json", "bluesky/searchPosts.json")
    ),
    "bluesky unsigned": Way("bluesky", POST, {"what": "account", "name": "a.test"}, ("bluesky/getPostThread.json",), secrets={}),
    "wordpress": Way(
        "wordpress_comments", f"{HERE}/?p=1#comment-2", {"url": HERE, "user": "admin"}, ("wordpress_comments/rest-comments.json",)
    ),
    "comments": Way("comment_feed", "tag:127.0.0.1:8090,2018:/isso/1/1", {"url": f"{HERE}/feed?uri=/x/"}),
    "discourse": Way("discourse", f"{HERE}/t/12/3", {"what": "everything new", "address": HERE}, ("discourse/posts.json",)),
    "lemmy comment": Way("lemmy", f"{HERE}/comment/5", {"server": HERE, "words": "x"}, ("lemmy/search.json",)),
    "lemmy post": Way("lemmy", f"{HERE}/post/5", {"server": HERE, "words": "x"}, ("lemmy/search.json",)),
    "hackernews": Way("hackernews", "5", {"words": "x"}, ("hackernews/search_by_date.json",)),
    "stackexchange": Way("stackexchange", "cooking 5", {"site": "cooking", "words": "x"}, ("stackexchange/search_advanced.json",)),
    "reddit": Way("reddit", "t1_a", {"words": "x", "agreed": "yes"}, url="https://www.reddit.com/r/a/comments/b/c/a/"),
}  # fmt: skip
JUNK = (
    None, True, 0, -1, 1e300, float("nan"), 10**400, "", "\ud800", "\x00\u202e", "a" * 70_000, "9" * 60, "2026-99-99", "javascript:x",
    "http://[", [], {}, [[]], [{}], [None, 1], {"id": 1}, "<" * 5_000, "&#x110000;", "²", "@" * 9_000, "a." * 9_000,
)  # fmt: skip
STATUSES = (200, 200, 200, 201, 204, 400, 401, 403, 404, 409, 410, 422, 429, 500)
ODD = (
    b"",
    b"null",
    b"[]",
    b"{}",
    b"0",
    b'"x"',
    b"[[]]",
    b"[" * 9_000,
    b'{"a":' * 9_000,
    b"<" * 9_000,
    b"\xff\xfe\x00",
    b"<rss",
    b"9" * 9_000,
)


def _body(way: Way, chance: random.Random) -> bytes:
    kind = chance.random()
    if way.samples and kind < 0.6:
        recorded = json.loads(sample(chance.choice(way.samples)))
        return json.dumps(spoilt(recorded, chance, chance.choice((0.0, 0.02, 0.1)), JUNK)).encode()
    if kind < 0.8:
        return case(chance.randrange(105), 20_000).body
    return chance.choice(ODD)


def _place(way: Way, chance: random.Random) -> Counter:
    def serve(request: object) -> object:
        if isinstance(request, PostRequest):
            return chance.choice((Posted(), Posted(("x@y.example",)), Problem("mail.later", {"host": "x"}, NOW + 9)))
        if isinstance(request, MailRequest):
            raws = [_body(way, chance) for _ in range(3)]
            return MailAnswer(1, 0, tuple(MailMessage(n, len(raw), raw) for n, raw in enumerate(raws, 1)))
        assert isinstance(request, Request)
        if "Session" in request.url and chance.random() < 0.9:
            return {"accessJwt": "a.b.c", "refreshJwt": "c", "did": "did:plc:a"}
        return answer(_body(way, chance), chance.choice(STATUSES))

    return Counter(serve)


@pytest.mark.parametrize("name", WAYS)
def test_anything_may_be_answered(name: str) -> None:
    way = WAYS[name]
    source = SourceRegistry(lambda: ()).get(way.source)
    assert isinstance(source, Seeing)
    mention = Mention(way.source, way.key, url=way.url, text="x", author="Anna", handle="anna@lab.example")
    for seed in range(120):
        chance = random.Random(f"{name} {seed}")
        place = _place(way, chance)
        reply = reply_to(mention, settings=way.settings, secrets=way.secrets, id=str(seed))
        found = place.look(source, reply)
        outcomes: list[object] = [found]
        if isinstance(found, Standing):
            assert not (found.stands and found.gone)
            assert isinstance(found.where, str)
        requests = list(place.asked)
        if isinstance(source, Answering):
            sent = place.send(source, reply)
            outcomes.append(sent)
            requests += place.asked
            if isinstance(sent, Sent) and sent.problem is None:
                assert any(isinstance(one, PostRequest) or one.method == "POST" for one in place.asked)
        for outcome in outcomes:
            problem = outcome if isinstance(outcome, Problem) else getattr(outcome, "problem", None)
            assert problem is None or problem.code in TEXTS or problem.code.startswith("status "), problem
            assert TOKEN not in repr(outcome)
            repr(outcome).encode()
        assert TOKEN not in repr(requests)
        assert len(requests) < 30
