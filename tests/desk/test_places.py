"""With which of several watches a reply is sent, and why none can."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from desk.sending import Sending, sending_in

from app.core.customer import Channel
from app.core.mention import Mention
from app.core.problems import Problem
from app.core.views import Way
from app.core.watch import Watch

LOCKED = Problem("stores.keyring_locked")


@pytest.fixture
def shop(tmp_path: Path) -> Iterator[Sending]:
    with sending_in(tmp_path) as made:
        made.profile.shop.remove_watch("a")
        for name in ("0", "a", "z"):
            made.profile.watch(name, "")
        yield made


def refuse(shop: Sending, why: Mapping[str, Problem]) -> None:
    """Have the place take no replies by these watches."""

    def why_no_answer(watch: Watch, _mention: Mention, _secrets: Mapping[str, str]) -> Problem | None:
        return why.get(watch.id)

    shop.source.why_no_answer = why_no_answer  # type: ignore[method-assign]


def test_the_watch_that_heard_it_answers_though_others_stand_before_it(shop: Sending) -> None:
    assert [watch.id for watch in shop.shop.watches()] == ["0", "a", "z"]
    refuse(shop, {})
    assert shop.send().watch_id == "a"
    shop.desk.replies.mark_answered(shop.mention_id, "Sorry", Channel.POST, shop.profile.clock())
    assert {one.outgoing.watch_id for one in shop.desk.outbox.list()} == {"a"}


def test_why_it_cannot_be_sent_is_what_the_watch_that_heard_it_says(shop: Sending) -> None:
    why = {name: Problem(f"sources.why_{name}") for name in ("0", "a", "z")}
    refuse(shop, why)
    assert shop.desk.outbox.way(shop.mention_id) == Way(why["a"])


def test_a_keyring_that_is_locked_is_told(shop: Sending) -> None:
    shop.shop.put_watch(Watch("a", "A", "page", settings={**shop.watch.settings, "has_password": "1"}))
    for name in ("0", "z"):
        shop.shop.remove_watch(name)
    shop.profile.secrets.get = lambda _watch_id, _name: LOCKED  # type: ignore[method-assign]
    assert shop.desk.outbox.way(shop.mention_id) == Way(LOCKED)
    shop.shop.put_watch(Watch("a", "A", "page", settings=shop.watch.settings))
    assert shop.desk.outbox.way(shop.mention_id).problem is None, "no secret of it lies there"
