"""A place that takes replies, and the source that answers there and looks: `Board` says what the place does next."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace

from fakes.pages import PageSource
from fakes.web import Web

from app.core.mention import Mention
from app.core.outbox import Outgoing, Wish
from app.core.ports.answer import Answer, LookSteps, SendSteps, Sent, Standing
from app.core.ports.net import Request, Response
from app.core.ports.outbox import OutTray
from app.core.ports.source import Reading, Setting, Steps
from app.core.problems import Problem, ProblemError
from app.core.watch import Watch

POST, LOOK = "https://a.example/reply", "https://a.example/look"
TIMEOUT = Problem("net.timeout", {"host": "a.example"})


@dataclass
class Board:
    """`said` are the replies that stand there. `then` is what the next POSTs come to, `sees` what looks come to.

    Of a POST: «takes», «swallows» (takes it and never answers), «loses» (neither), a status, or a Problem. Of a look:
    «looks», or a Problem.
    """

    web: Web
    said: list[str] = field(default_factory=list)
    then: list[object] = field(default_factory=list)
    sees: list[object] = field(default_factory=list)
    posts: int = 0
    looks: int = 0

    def __post_init__(self) -> None:
        self.web.pages[POST] = self._post
        self.web.pages[LOOK] = self._look

    def _post(self) -> Response | Problem:
        self.posts += 1
        then = self.then.pop(0) if self.then else "takes"
        if isinstance(then, Problem):
            return then
        if isinstance(then, int):
            return Response(POST, then)
        if then in {"takes", "swallows"}:
            self.said.append((self.web.requests[-1].body or b"").decode())
        return Response(POST, 200, body=b"r1") if then == "takes" else TIMEOUT

    def _look(self) -> Response | Problem:
        self.looks += 1
        sees = self.sees.pop(0) if self.sees else "looks"
        return sees if isinstance(sees, Problem) else Response(LOOK, 200, body="\n".join(self.said).encode())


class ReplySource(PageSource):
    """A page that takes replies; `seeing` says whether it can look, `why` why it cannot answer."""

    settings = (*PageSource.settings, Setting("session", "Session", kind="session", required=False))

    def __init__(self, *, private: bool = False) -> None:
        super().__init__()
        self.why: Problem | None = None
        self.sent: Callable[[Answer], None] = lambda _answer: None
        self.renews: Mapping[str, str] = {}
        self.gone = False
        self.parents: Mapping[str, str] = {}
        self.limit: int | None = None
        self.given: list[Mapping[str, str]] = []
        self.answers_in_private = private

    def poll(self, poll):  # type: ignore[no-untyped-def]
        def steps() -> Steps:
            self.given.append(poll.secrets)
            reading = yield from super(ReplySource, self).poll(poll)
            answers = tuple(replace(one, parent=self.parents.get(one.key, "")) for one in reading.mentions)
            return Reading(answers, reading.bookmark, problem=reading.problem, gone=self._gone, secrets=self.renews)

        return steps()

    _gone: tuple[str, ...] = ()

    def take_away(self, *keys: str) -> None:
        self._gone = keys

    def own_accounts(self, watch: Watch) -> tuple[str, ...]:
        return ("@Baker",)

    def why_no_answer(self, watch: Watch, mention: Mention, secrets: Mapping[str, str]) -> Problem | None:
        return self.why

    def longest_answer(self, watch: Watch, mention: Mention) -> int | None:
        return self.limit

    def answer(self, answer: Answer) -> SendSteps:
        self.sent(answer)
        try:
            response = yield Request(POST, "POST", body=answer.text.encode())
        except ProblemError as error:
            return Sent(problem=error.problem, secrets=self.renews)
        return Sent(response.body.decode(), secrets=self.renews)


class LookingSource(ReplySource):
    """The same, able to look."""

    def look(self, answer: Answer) -> LookSteps:
        response = yield Request(LOOK)
        found = answer.text in response.body.decode().splitlines()
        return Standing(found, "https://a.example/1#reply" if found else "", gone=self.gone, secrets=self.renews)


def write_off(
    tray: OutTray, mention_id: int, now: float, text: str = "We are sorry and bake anew.", **more: object
) -> str:
    """Put a reply into the outbox as the desk does; returns its id."""
    values = {"watch_id": "a", "wish": Wish.SEND, "created": now, "not_before": now, **more}
    outgoing = Outgoing(uuid.uuid4().hex[:12], mention_id, text=text, **values)  # type: ignore[arg-type]
    assert tray.put(outgoing)
    return outgoing.id
