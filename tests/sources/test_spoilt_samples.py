"""Every source of the catalogue on its recorded sample with anything missing, of a wrong type, overlong or cut off."""

from __future__ import annotations

import json
import random
import re
from dataclasses import asdict
from pathlib import Path

import pytest
from sources.conversing import NOW, converse, page
from sources.spoiling import spoilt
from sources.test_catalog import IDS, TOKEN, _secrets, _settings, _source
from sources.test_catalog_samples import ANSWERS, KINDS, SAMPLES

from app.core.mention import LONGEST_TEXT
from app.core.ports.mail import MailRequest
from app.core.ports.net import Request, Response
from app.words.problem_texts import TEXTS

SEEDS = 60
JUNK = (
    None, True, False, 0, -1, 7, 1e300, float("nan"), float("-inf"), 10**400, "", " ", "x", "\ud800", "\x00\u202e", "a" * 70_000, "0", "9" * 60,
    "2026-99-99", "javascript:x", "http://[", "https://kawaraj.example/x", "//", [], {}, [[]], [{}], [None, 1], {"a": 1}, {"id": None},
    "<" * 5_000, "&#x110000;", "٣", "²", "-0", "1e400", "null", "2026-11-21T18:44:58Z", "@", ":", "/" * 3_000, "[]", "{}",
)  # fmt: skip
TEXT_JUNK = tuple(one for one in JUNK if isinstance(one, str) and len(one) < 6_000)
WALL = "<!DOCTYPE html><html><head><title>502</title></head><body><h1>Bad Gateway</h1><p>nginx</p></body></html>"
PROGRAMS = tuple(name for name in IDS if name not in {"mailbox", "telegram_channel", "web_page"})
"""The sources whose places never answer with a page or a letter."""

EMPTY_OBJECTS = frozenset({"google_business", "google_play"})
"""The sources whose places say «nothing» with an empty object: another object cannot be told from it for sure."""


def _spoilt_text(text: str, chance: random.Random, share: float) -> str:
    """Return markup or a letter with tags, lines and texts missing, twice, or other ones in their place."""
    parts = re.split(r"(<[^<>]{1,3000}>|\r?\n)", text)
    kept: list[str] = []
    for part in parts:
        if chance.random() >= share:
            kept.append(part)
        elif chance.random() < 0.4:
            kept.append(chance.choice(TEXT_JUNK) if not part.startswith("<") else re.sub('"[^"]*"', '"²"', part))
        elif chance.random() < 0.5:
            kept += [part, part]
    whole = "".join(kept)
    return whole if chance.random() < 0.8 else whole[: chance.randrange(len(whole) + 1)]


def spoilt_sample(path: Path, chance: random.Random) -> bytes:
    """Return a sample with a share of it spoilt, from none to a fifth."""
    share = chance.choice((0.0, 0.005, 0.02, 0.05, 0.2))
    body = path.read_bytes()
    if path.suffix != ".json":
        return _spoilt_text(body.decode("utf-8", "replace"), chance, share).encode("utf-8", "surrogatepass")
    said = json.dumps(spoilt(json.loads(body), chance, share, JUNK, (0, 1, 1, 1, 1, 2)))
    return said[: None if chance.random() < 0.9 else chance.randrange(len(said) + 1)].encode()


def _sample(source_id: str, request: object) -> Path:
    url = request.url if isinstance(request, Request) else ""
    return SAMPLES / next(name for letters, name in ANSWERS[source_id].items() if letters in url)


@pytest.mark.parametrize("source_id", IDS)
def test_whatever_is_spoilt_there_are_mentions_or_a_problem(source_id: str) -> None:
    sweep(source_id, range(SEEDS))


def sweep(source_id: str, seeds: range) -> None:
    source = _source(source_id)
    for seed in seeds:
        chance = random.Random(f"{source_id} {seed}")

        def serve(request: Request | MailRequest, chance: random.Random = chance) -> Response:
            path = _sample(source_id, request)
            sound = path.stem in {"token", "auth", "createSession"} and chance.random() < 0.7
            body = path.read_bytes() if sound else spoilt_sample(path, chance)
            return page(body, KINDS.get(path.suffix, "application/xml"), status=200)

        bookmark: dict[str, str] = {}
        for first in (True, False):
            heard = converse(
                source, _settings(source), [serve], secrets=_secrets(source), first=first, bookmark=bookmark
            )
            reading = heard.reading
            bookmark = dict(reading.bookmark)
            assert reading.problem is None or reading.problem.code in TEXTS, seed
            keys = [(mention.key, mention.author, mention.handle, mention.url) for mention in reading.mentions]
            assert len(keys) == len(set(keys)), seed
            assert TOKEN not in repr((reading, [getattr(one, "url", "") for one in heard.requests])), seed
            assert all(isinstance(value, str) and len(value) < 60_000 for value in bookmark.values()), seed
            assert all(isinstance(one, str) for one in reading.gone), seed
            assert 0.0 <= reading.wait <= 31 * 86_400, seed
            assert isinstance(reading.title, str)
            for mention in reading.mentions:
                repr(asdict(mention)).encode()
                texts = {name: value for name, value in asdict(mention).items() if name not in {"published", "stars"}}
                assert all(isinstance(value, str) for value in texts.values()), (seed, texts)
                assert 0 < len(mention.key) <= 1_100, seed
                assert len(mention.text) <= LONGEST_TEXT, seed
                assert len(mention.title) <= 600, seed
                assert len(mention.author) <= 300, seed
                assert mention.url == "" or mention.url.startswith(("http://", "https://")), seed
                assert mention.published is None or 0 < mention.published < NOW + 1e6, seed
                assert mention.stars is None or 1 <= mention.stars <= 5, seed


@pytest.mark.parametrize("source_id", PROGRAMS)
@pytest.mark.parametrize("kind", ["text/html; charset=utf-8", "application/json"])
def test_a_page_in_place_of_an_answer_is_no_silence(source_id: str, kind: str) -> None:
    """An error page that calls itself a success must be told: nobody would know that nothing is heard any more."""
    source = _source(source_id)
    heard = converse(source, _settings(source), [page(WALL, kind)], secrets=_secrets(source), bookmark={"kept": "x"})
    assert heard.reading.problem is not None
    assert heard.reading.mentions == ()


@pytest.mark.parametrize("source_id", [name for name in PROGRAMS if name not in EMPTY_OBJECTS])
@pytest.mark.parametrize(
    "said",
    [
        "{}",
        "null",
        "",
        '{"message": "maintenance"}',
        '{"error": "x"}',
        '{"data": null, "items": null, "results": null}',
    ],
)
def test_an_object_of_something_else_is_no_silence(source_id: str, said: str) -> None:
    def serve(request: Request | MailRequest) -> Response:
        path = _sample(source_id, request)
        sound = path.stem in {"token", "auth", "createSession"}
        return page(path.read_bytes() if sound else said, "application/json")

    source = _source(source_id)
    heard = converse(source, _settings(source), [serve], secrets=_secrets(source), bookmark={"kept": "x"})
    assert heard.reading.problem is not None
