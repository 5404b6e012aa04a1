"""One fetch for a new watch: what its test was given is what its first poll reads (rachelbythebay refuses a second one)."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field

from app.core.ports.fetched import Fetched
from app.core.ports.mail import MailAnswer, MailRequest
from app.core.ports.net import Asking, Request, Response
from app.core.problems import Problem
from app.core.watch import Validators


@dataclass(frozen=True, slots=True)
class Keeping:
    """A way out that notes the whole answers it is given, to `keep` them; none of what was asked with a secret."""

    net: Asking
    fetched: Fetched
    given: dict[str, Response] = field(default_factory=dict)

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        answer = self.net.send(request, known, allow_private=allow_private, patient=patient)
        if isinstance(answer, Response) and answer.status == 200 and not answer.unchanged and request.is_plain:
            self.given[_mark(request, allow_private=allow_private)] = answer
        return answer

    def keep(self) -> None:
        """Keep what was given: only for a test that read it without a problem, as else the place is asked again."""
        for mark, answer in self.given.items():
            self.fetched.keep(mark, answer)

    def fetch_mail(
        self, request: MailRequest, *, allow_private: bool = False, patient: bool = True
    ) -> MailAnswer | Problem:
        return self.net.fetch_mail(request, allow_private=allow_private, patient=patient)


@dataclass(frozen=True, slots=True)
class Using:
    """A way out that gives answers kept shortly before to whoever knows nothing of a place yet, and else asks."""

    net: Asking
    fetched: Fetched

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        plain = known is None and request.is_plain
        kept = self.fetched.take(_mark(request, allow_private=allow_private)) if plain else None
        return kept or self.net.send(request, known, allow_private=allow_private, patient=patient)

    def fetch_mail(
        self, request: MailRequest, *, allow_private: bool = False, patient: bool = True
    ) -> MailAnswer | Problem:
        return self.net.fetch_mail(request, allow_private=allow_private, patient=patient)


def _mark(request: Request, *, allow_private: bool) -> str:
    """Return a name for all that an answer hangs on, fit for a file."""
    asked = [request.url, sorted(request.headers.items()), allow_private]
    return hashlib.blake2b(json.dumps(asked).encode(), digest_size=16).hexdigest()
