"""A place that answers as told, and polls of it in the way the listener polls: refusals reach a source only if it asks."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import Path

from app.core.ports.net import Request, Response
from app.core.ports.source import Poll, Reading, Source
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch

NOW = 1_795_300_000.0
"""Unix seconds: 22 November 2026, the day after the samples were recorded."""

SAMPLES = Path(__file__).resolve().parents[1] / "samples"


def sample(name: str) -> bytes:
    """Return a recorded or documented answer."""
    return (SAMPLES / name).read_bytes()


def answer(body: object = b"", status: int = 200, *, url: str = "", wait: float = 0.0) -> Response:
    """Return an answer; what is neither text nor bytes is sent as JSON."""
    if isinstance(body, str):
        body = body.encode()
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    kind = "text/html; charset=utf-8" if data.lstrip()[:1] == b"<" else "application/json; charset=utf-8"
    return Response(url, status, {"content-type": kind}, data, fresh_for=wait)


class Place:
    """Answers requests with `serve`, keeps them, and remembers what it said for «unchanged»; a Problem is no answer at all."""

    def __init__(self, serve: Callable[[Request], Response | object]) -> None:
        self.requests: list[Request] = []
        self._serve = serve
        self._said: dict[str, bytes] = {}

    @property
    def urls(self) -> list[str]:
        return [request.url for request in self.requests]

    def poll(
        self,
        source: Source,
        settings: Mapping[str, str],
        *,
        secrets: Mapping[str, str] | None = None,
        bookmark: Mapping[str, str] | None = None,
        first: bool = False,
        own: bool = False,
        now: float = NOW,
    ) -> Reading:
        """Return the reading of one poll; a refusal that the source does not ask for ends it with a problem."""
        self.requests = []
        watch = Watch("w1", "Opinie", source.id, settings=dict(settings), own=own)
        steps = source.poll(Poll(watch, now, bookmark or {}, secrets or {}, first=first))
        met: Problem | None = None
        try:
            request = next(steps)
            while True:
                response = self._answer(request)
                if isinstance(response, Problem):
                    met = met or response
                    request = steps.throw(ProblemError(response))
                    continue
                if response.status >= 400 and response.status not in request.errors:
                    steps.close()
                    return Reading(bookmark=bookmark or {}, problem=Problem(f"status {response.status}"))
                request = steps.send(response)
        except StopIteration as stop:
            reading = stop.value
        assert isinstance(reading, Reading)
        return replace(reading, problem=reading.problem or met)

    def _answer(self, request: Request) -> Response | Problem:
        assert len(self.requests) < 60, "a poll without end"
        self.requests.append(request)
        said = self._serve(request)
        if isinstance(said, Problem):
            return said
        response = said if isinstance(said, Response) else answer(said)
        unchanged = (
            request.unchanged_ok
            and response.status == 200
            and self._said.get(request.url) == response.body
            and request.method == "GET"
        )
        self._said[request.url] = response.body
        return Response(
            response.url or request.url,
            response.status,
            response.headers,
            b"" if unchanged else response.body,
            unchanged=unchanged,
            fresh_for=response.fresh_for,
        )
