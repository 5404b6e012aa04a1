"""What a source asks of a mailbox, and what it is given."""

from __future__ import annotations

from dataclasses import dataclass, field

TLS_PORT = 993
STARTTLS_PORT = 143

MOST_BYTES = 196_608
"""Bytes of a message that are fetched: its head and text; what is larger is pictures and attachments."""


@dataclass(frozen=True, slots=True)
class MailRequest:
    """One look into one folder of a mailbox over IMAP, encrypted before a word is said. Nothing is changed there.

    TLS from the first byte, or with `starttls` right after the greeting; never none. Where the folder's UIDVALIDITY is
    `validity` the messages with a UID above `after` are brought, the lowest first. Where it is another (the first look,
    or a folder made anew) those that arrived since `since` (Unix seconds) are; of these, with `newest`, the last
    `most` only.

    With `finding` none of that counts: the letters are brought, the last `most` of them, that arrived since `since` and
    have one of these texts in the header of that name. With `sent` they are looked for in the folder that the server
    keeps sent letters in, in place of `folder`; where it has none, nothing is found.
    """

    host: str
    user: str
    password: str = field(repr=False)
    port: int = TLS_PORT
    starttls: bool = False
    folder: str = "INBOX"
    validity: int = 0
    after: int = 0
    since: float = 0.0
    newest: bool = False
    most: int = 300
    message_bytes: int = MOST_BYTES
    finding: tuple[tuple[str, str], ...] = ()
    sent: bool = False


@dataclass(frozen=True, slots=True)
class MailMessage:
    """A message as it lies on the server: `size` in bytes, `raw` its beginning (all of it where it is small enough).

    `arrived` is when the server took it in (Unix seconds), None where it does not say.
    """

    uid: int
    size: int
    raw: bytes = field(repr=False)
    arrived: float | None = None


@dataclass(frozen=True, slots=True)
class MailAnswer:
    """What a look brought, the lowest UID first. `validity` and `last` are to be asked with the next time.

    With `more` there is more to come above `last`: time or bytes ran out, or there are more than `most`.
    """

    validity: int
    last: int
    messages: tuple[MailMessage, ...] = ()
    more: bool = False


SUBMISSION_TLS_PORT = 465
SUBMISSION_PORT = 587


@dataclass(frozen=True, slots=True)
class PostRequest:
    """One letter to be sent over SMTP, encrypted before a word is said: TLS at once, or with `starttls` after the greeting.

    `raw` is the whole message with its head; `sender` and `recipients` are bare addresses. The first recipient is whom it
    is for: where the server refuses that one nothing is sent. The others are copies.
    """

    host: str
    user: str
    password: str = field(repr=False)
    sender: str
    recipients: tuple[str, ...]
    raw: bytes = field(repr=False)
    port: int = SUBMISSION_TLS_PORT
    starttls: bool = False


@dataclass(frozen=True, slots=True)
class Posted:
    """The server has taken the letter; `refused` are the copies it will not send."""

    refused: tuple[str, ...] = ()
