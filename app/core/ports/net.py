"""What a source asks of the network, and what it is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol

from app.core.ports.mail import MailAnswer, MailRequest, Posted, PostRequest
from app.core.problems import Problem
from app.core.watch import HostState, Validators


@dataclass(frozen=True, slots=True)
class Request:
    """One HTTP request. `secret_headers` are dropped when a redirect leaves the host and never logged.

    `unchanged_ok` allows the answer «nothing changed» (a 304, or the same bytes as last time). `errors` are the statuses
    of 400 and above whose answers are sent to the source as well, since it knows what they mean there. `pause` is for
    how many seconds nobody asks the host again, whatever comes of this; a 403 of such a host means «too fast» as well.
    `url_secret` stands in the address in place of «{secret}» when it is sent, and nowhere else: not in logs, not in what
    is kept of the address, not in a Response.
    """

    url: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    body: bytes | None = field(default=None, repr=False)
    unchanged_ok: bool = True
    errors: tuple[int, ...] = ()
    pause: float = 0.0
    url_secret: str = field(default="", repr=False)

    @property
    def is_plain(self) -> bool:
        """Say whether it only fetches, and without a secret."""
        return self.method == "GET" and self.body is None and not (self.secret_headers or self.url_secret)


@dataclass(frozen=True, slots=True)
class Response:
    """An answer of any status. `headers` have lower-case names; `body` is decoded from its transfer coding only.

    `url` is the final address; `moved` is where the asked address has moved for good (every hop permanent), or «».
    `unchanged` says that the body (then empty) is the one of last time. `validators` are to be kept for the next time.
    `fresh_for` is how many seconds the server asks us to wait (max-age, Expires, Retry-After), 0.0 for nothing asked;
    it is already capped. `retry_at` is until when (Unix seconds) its host is left alone because it refused us, whether it
    named a time or not; None where it did not refuse.
    """

    url: str
    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    unchanged: bool = False
    moved: str = ""
    validators: Validators = field(default_factory=Validators)
    fresh_for: float = 0.0
    retry_at: float | None = None

    def asked_until(self, now: float) -> float | None:
        """Return until when (Unix seconds) nothing is to be asked again, None where no time was named."""
        if self.retry_at is not None:
            return self.retry_at
        return now + self.fresh_for if self.fresh_for else None


class Asking(Protocol):
    """The way out of whoever only reads. Thread-safe; a call waits for its host's turn."""

    def send(
        self, request: Request, known: Validators | None = None, *, allow_private: bool = False, patient: bool = True
    ) -> Response | Problem:
        """Send one request under all rules of politeness and safety and return the answer or why there is none.

        Any HTTP status is a Response; only what never came is a Problem («net.offline», «net.timeout»,
        «net.name_unknown», «net.refused», «net.tls», «net.no_tls», «net.never_asked», «net.too_large», «net.private_address», «net.bad_address»,
        «net.redirects», «net.led_astray», «net.broken», «net.waiting» where the host asked us to wait: then `retry_at` is set and nothing
        was sent). Without `patient` the spacing of requests to a host is not waited for (a person is waiting instead).

        What may change something (no GET, no HEAD) is never sent twice: it is led on by 307 and 308 at the same host only,
        else it is «net.redirects». Where not a byte of it left, or it was led away undone, the Problem has `unsent` 1.
        """
        ...

    def fetch_mail(
        self, request: MailRequest, *, allow_private: bool = False, patient: bool = True
    ) -> MailAnswer | Problem:
        """Look into a mailbox under the same rules: one look at a host at a time, checked addresses, valid certificates.

        Besides the problems above: «mail.denied» (name or password), «mail.no_password_login», «mail.no_tls»,
        «mail.not_imap», «mail.no_folder» (`folder`, `folders`), «mail.busy» with `retry_at`. None of them holds what
        the server said, which may repeat the password.
        """
        ...


class Net(Asking, Protocol):
    """The one way out, whole."""

    def send_mail(self, request: PostRequest, *, allow_private: bool = False) -> Posted | Problem:
        """Hand a letter to a mail server under the same rules.

        With any problem but one it surely was not sent: «mail.denied», «mail.no_sending_login», «mail.no_tls»,
        «mail.not_smtp», «mail.bad_address», «mail.no_recipient», «mail.refused», «mail.later» with `retry_at`, and what
        never came. With «mail.unknown» the connection broke after the letter was begun, and nobody knows.
        """
        ...

    def host_states(self) -> tuple[HostState, ...]:
        """Return the hosts whose state changed since the last call, to be kept."""
        ...

    def remember_hosts(self, states: tuple[HostState, ...]) -> None:
        """Take over what was kept of hosts, at the start and later; nobody is left alone for shorter because of it."""
        ...

    def close(self) -> None:
        """Close all connections; calls under way end soon with a Problem."""
        ...
