"""A poll of any source with given answers, without any network."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from app.core.ports.mail import MailAnswer, MailMessage, MailRequest
from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Source
from app.core.watch import Watch, WatchKind

NOW = 1_795_300_000.0
"""Unix seconds: 22 November 2026, the day after the samples were recorded."""

Answer = bytes | str | Response | Callable[[Request], "bytes | str | Response"]


@dataclass
class Heard:
    """What a source asked for, and what it made of the answers."""

    requests: list[Request] = field(default_factory=list)
    reading: Reading = field(default_factory=Reading)


def page(
    body: bytes | str, content_type: str = "text/html; charset=utf-8", *, status: int = 200, url: str = ""
) -> Response:
    """Return an answer; without an address it is that of the request."""
    return Response(url, status, {"content-type": content_type}, body.encode() if isinstance(body, str) else body)


UNCHANGED = Response("", 304, unchanged=True)


def converse(
    source: Source,
    settings: Mapping[str, str],
    answers: Sequence[Answer],
    *,
    bookmark: Mapping[str, str] | None = None,
    secrets: Mapping[str, str] | None = None,
    first: bool = False,
    now: float = NOW,
    language: str = "",
    own: bool = False,
) -> Heard:
    """Poll a source; the answers are used in order, the last one as often as is asked."""
    kind = source.kinds[0] if source.kinds else WatchKind.CHANNEL
    watch = Watch("w1", "Opinie", source.id, kind, settings=settings, language=language, own=own)
    heard = Heard()
    steps = source.poll(Poll(watch, now, bookmark=bookmark or {}, secrets=secrets or {}, first=first))
    try:
        request = next(steps)
        while len(heard.requests) < 60:
            heard.requests.append(request)
            answer = answers[min(len(heard.requests), len(answers)) - 1]
            given = answer(request) if callable(answer) else answer
            response = given if isinstance(given, Response) else page(given)
            if isinstance(request, MailRequest):  # whatever was to be a page lies in the mailbox
                body = response.body
                request = steps.send(MailAnswer(7, 9, (MailMessage(9, len(body), body, now),)))
                continue
            request = steps.send(response if response.url else replace(response, url=request.url))
    except StopIteration as stop:
        heard.reading = stop.value
        return heard
    raise AssertionError("a source that never ends")
