"""A search for watches by one source with given answers, without any network."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from sources.conversing import page

from app.core.in_hand import in_hand
from app.core.ports.find import InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Suggestion
from app.sources.registry import SourceRegistry

Answers = Mapping[str, "bytes | str | Response"]

SOURCES = SourceRegistry(lambda: ())


def hand_of(typed: str, *, name: str = "", town: str = "", language: str = "pl") -> InHand:
    """Return what one text typed comes to; `name` is the shop's, where that is known beside it."""
    (hand,) = in_hand([typed], town=town, language=language)
    return replace(hand, name=hand.name or name)


def look(
    source_id: str, hand: InHand, answers: Answers | Callable[[Request], Response | str | bytes]
) -> tuple[tuple[Suggestion, ...], list[str]]:
    """Return what a source suggests, and the addresses it asked; what has no answer is a 404."""
    source, asked = SOURCES.get(source_id), []
    assert source is not None
    steps = source.find(hand)
    try:
        request = next(steps)
        while True:
            assert (request.method, request.body, request.secret_headers) == ("GET", None, {})
            asked.append(request.url)
            given = answers(request) if callable(answers) else answers.get(request.url, page("", status=404))
            answer = given if isinstance(given, Response) else page(given)
            request = steps.send(answer if answer.url else replace(answer, url=request.url))
    except StopIteration as ended:
        for one in ended.value:
            found = SOURCES.get(one.source)
            assert found is not None
            assert found.tidy(found.tidy(one.settings)) == found.tidy(one.settings)
            found.place(one.settings)
        return tuple(ended.value), asked
