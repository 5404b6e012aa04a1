"""The one reply under a review: when it is ours, and looks at places that say anything at all."""

from __future__ import annotations

import json
import random

import pytest
from sources.place import NOW, answer, sample
from sources.review_replies import TEXT, carried_out, reply_to
from sources.signing import account_file, apple_key, pem

from app.core.mention import Mention
from app.core.ports.answer import Seeing, Standing
from app.core.ports.net import Request, Response
from app.sources.registry import SourceRegistry
from app.sources.reviews.reply import standing
from app.words.problem_texts import TEXTS

SETTINGS = {"app": "1234567890", "issuer": "57246542-96fe-1a63-e053-0824d011072a", "key_id": "2X9R4HXF34",
            "package": "pl.kawaraj.app", "client_id": "0123456789abcdef", "domain": "kawaraj.pl"}  # fmt: skip
SESSION = json.dumps({"access": "a.b.c", "refresh": "d.e.f", "until": int(NOW * 2)})
SECRETS = {"client_id": "1", "client_secret": "2", "refresh_token": "3", "account": account_file(), "session": SESSION}
KEYS = {
    "app_store_connect": "00000031-aaaa-bbbb-cccc-000000000001",
    "google_play": "7f1a6f0e-1111-4222-8333-444455556666",
    "google_business": "accounts/1029/locations/71/reviews/AbFvOqk1",
    "trustpilot": "6560a1b2c3d4e5f607182931",
    "allegro": "5f245afca39ce1004cb8fc37",
}
JUNK = (None, True, -1, 1e300, 10**400, "", "\ud800", "x" * 70_000, [], {}, [[]], [{}], [None], {"text": []}, TEXT)
REPLY = {
    "data": {"id": "1"},
    "included": [{"type": "customerReviewResponses", "id": "5", "attributes": {"responseBody": TEXT, "lastModifiedDate": "x"}}],
    "comments": [{"developerComment": {"text": TEXT, "lastModified": {"seconds": "1795300000"}}}],
    "reviewReply": {"comment": TEXT, "updateTime": "2026-11-22T00:20:00Z"},
    "companyReply": {"text": TEXT, "createdAt": "2026-11-22T00:20:00Z", "updatedAt": None},
    "answer": {"message": TEXT, "createdAt": "2026-11-22T00:20:00Z"},
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "at", "stands"),
    [
        ("", NOW, False),
        ("  ", NOW, False),
        (TEXT, None, True),
        (f"Dzień dobry! {TEXT}", NOW - 90 * 86_400, True),
        ("Dziękujemy!", NOW - 90 * 86_400, False),
        ("Dziękujemy!", None, False),
        ("Coś zupełnie innego, wpisane ręcznie.", NOW + 60, True),
    ],
)
def test_a_reply_is_ours_if_it_reads_so_or_came_since(text: str, at: float | None, stands: bool) -> None:
    reply = reply_to(Mention("allegro", "1"), {}, {})
    expected = Standing(stands=True, where="here", at=at) if stands else Standing()
    assert standing(text, at, reply, "here") == expected


def _spoilt(found: object, chance: random.Random) -> object:
    if chance.random() < 0.15:
        return chance.choice(JUNK)
    if isinstance(found, dict):
        return {name: _spoilt(value, chance) for name, value in found.items()}
    return [_spoilt(value, chance) for value in found] if isinstance(found, list) else found


@pytest.mark.parametrize("source_id", KEYS)
def test_a_look_bears_anything(source_id: str) -> None:
    source = SourceRegistry(lambda: ()).get(source_id)
    assert isinstance(source, Seeing)
    secrets = {**SECRETS, "key": pem(apple_key()) if source_id == "app_store_connect" else "x"}
    reply = reply_to(Mention(source_id, KEYS[source_id]), SETTINGS, secrets)
    seen = 0
    for seed in range(200):
        chance = random.Random(f"{source_id} {seed}")

        def serve(request: Request, chance: random.Random = chance) -> Response:
            if "oauth" in request.url:
                return answer(
                    sample("allegro/token.json" if "allegro" in request.url else "google_business/token.json")
                )
            return answer(json.dumps(_spoilt(REPLY, chance)), chance.choice((200, 200, 200, 401, 403, 404)))

        found, _ = carried_out(source.look(reply), serve)
        assert isinstance(found, Standing)
        assert not (found.stands and (found.gone or found.problem))
        assert found.problem is None or found.problem.code in TEXTS
        seen += found.stands
    assert 20 < seen < 190
