"""A net without a network: addresses have answers, a gate can hold calls back, and everything asked is remembered."""

from __future__ import annotations

import threading
from collections.abc import Callable

from app.core.ports.net import Request, Response
from app.core.problems import Problem
from app.core.watch import HostState, Validators

PATIENCE = 60.0

Answer = Response | Problem | str


class Web:
    """Gives each address its answer: a text is a page that is «unchanged» when asked for again."""

    def __init__(self) -> None:
        self.pages: dict[str, Answer | Callable[[], Answer]] = {}
        self.asked: list[str] = []
        self.requests: list[Request] = []
        self.known: list[Validators | None] = []
        self.private: list[bool] = []
        self.together = self.most_together = 0
        self.changed_hosts: tuple[HostState, ...] = ()
        self.remembered: tuple[HostState, ...] = ()
        self.gate = threading.Event()
        self.gate.set()
        self.closed = threading.Event()
        self._news = threading.Condition()

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        with self._news:
            self.asked.append(request.url)
            self.requests.append(request)
            self.known.append(known)
            self.private.append(allow_private)
            self.together += 1
            self.most_together = max(self.most_together, self.together)
            self._news.notify_all()
        try:
            while not self.gate.wait(0.02):
                if self.closed.is_set():
                    return Problem("net.closed")
            return self._answer(request.url, known)
        finally:
            with self._news:
                self.together -= 1
                self._news.notify_all()

    def host_states(self) -> tuple[HostState, ...]:
        changed, self.changed_hosts = self.changed_hosts, ()
        return changed

    def remember_hosts(self, states: tuple[HostState, ...]) -> None:
        self.remembered = states

    def close(self) -> None:
        self.closed.set()

    def expect(self, times: int, url: str = "") -> None:
        """Wait until an address (any) has been asked so often."""

        def enough() -> bool:
            return len([asked for asked in self.asked if url in {"", asked}]) >= times

        with self._news:
            assert self._news.wait_for(enough, PATIENCE), f"asked only {self.asked}"

    def _answer(self, url: str, known: Validators | None) -> Response | Problem:
        page = self.pages.get(url, Problem("net.name_unknown", {"host": url}))
        answer = page() if callable(page) else page
        if not isinstance(answer, str):
            return answer
        if known and known.body_hash == answer:
            return Response(url, 200, unchanged=True, validators=known)
        return Response(url, 200, {}, answer.encode(), validators=Validators(body_hash=answer, full_at=1.0))
