"""Messages as bytes to headers and texts, however broken: one pass a level, few levels, never an exception.

The standard library's parser is not used on mail from strangers: a message nested a thousand deep, or with a thousand
open boundaries, ends it or keeps it busy for minutes.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.sources.feeds.charset import decode

DEEPEST = 8
MOST_PARTS = 60
MOST_HEADERS = 400
LONGEST_HEADER = 8_000

_HEAD_END = re.compile(rb"\r?\n\r?\n|\A\r?\n")
_FOLD = re.compile(rb"\r?\n[ \t]+")
_FIELD = re.compile(rb"([!-9;-~]{1,100})[ \t]*:[ \t]*(.*)", re.DOTALL)
_PARAMETER = re.compile(r""";\s*([\w.*-]{1,40})\s*=\s*(?:"((?:[^"\\]|\\.){0,300})"|([^\s;"]{1,300}))""")
_WORD = re.compile(rb"=\?([A-Za-z0-9_.:-]{1,40})(?:\*[\w-]{0,20})?\?([bBqQ])\?([^?\r\n]*)\?=")
_BETWEEN_WORDS = re.compile(rb"(\?=)[ \t]+(?==\?[A-Za-z0-9_.:*-]{1,60}\?[bBqQ]\?)")
_NO_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


@dataclass(frozen=True, slots=True)
class Headers:
    """The headers of a message or part in their order: lower-case names, raw values without folds."""

    fields: Sequence[tuple[str, bytes]] = ()

    def all(self, name: str) -> tuple[str, ...]:
        """Return every value of a header as text, encoded words decoded, on one line."""
        return tuple(header_text(value) for field, value in self.fields if field == name)

    def get(self, name: str) -> str:
        """Return the first value of a header, «» where it has none."""
        return next(iter(self.all(name)), "")

    def raw(self, name: str) -> str:
        """Return the first value of a header with its encoded words as they are, for what has a grammar of its own."""
        return next((value.decode("utf-8", "replace") for field, value in self.fields if field == name), "")


@dataclass(frozen=True, slots=True)
class Message:
    """A message: its headers, and all its plain texts and HTML that are no attachments."""

    headers: Headers
    plain: str
    html: str
    kind: str


def read_message(raw: bytes) -> Message:
    """Return what is in a message; one that was cut short gives what there is."""
    headers, body = _split(raw)
    kind, _ = _content_type(headers)
    plain: list[str] = []
    html: list[str] = []
    for number, (part_kind, text) in enumerate(_texts(headers, body, 0)):
        if number >= MOST_PARTS:
            break
        (html if part_kind == "text/html" else plain).append(text)
    return Message(headers, "\n".join(plain), "\n".join(html), kind)


def header_text(value: bytes) -> str:
    """Return a header's value with its encoded words decoded; neighbours in one charset are one text, cut anywhere."""
    pieces: list[tuple[str, bytes]] = []
    joined = _BETWEEN_WORDS.sub(rb"\1", value)
    at = 0
    for word in _WORD.finditer(joined):
        if word.start() > at:
            pieces.append(("", joined[at : word.start()]))
        charset, content = word[1].decode("ascii").lower(), _word_bytes(word)
        if pieces and word.start() == at and pieces[-1][0] == charset:
            pieces[-1] = (charset, pieces[-1][1] + content)
        else:
            pieces.append((charset, content))
        at = word.end()
    pieces.append(("", joined[at:]))
    text = "".join(decode(content, f"charset={charset}") if charset else _bare(content) for charset, content in pieces)
    return " ".join(text.split())


def _word_bytes(word: re.Match[bytes]) -> bytes:
    if word[2] in b"bB":
        return _base64(word[3])
    return binascii.a2b_qp(word[3], header=True)


def _bare(content: bytes) -> str:
    return content.decode("ascii") if content.isascii() else decode(content)


def _split(raw: bytes) -> tuple[Headers, bytes]:
    """Return the headers and the body of a message or part."""
    end = _HEAD_END.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    fields: list[tuple[str, bytes]] = []
    for line in _FOLD.sub(b" ", head[:200_000]).split(b"\n"):
        if len(fields) >= MOST_HEADERS:
            break
        if field := _FIELD.fullmatch(line.rstrip(b"\r")[:LONGEST_HEADER]):
            fields.append((field[1].decode("ascii").lower(), field[2].strip()))
    return Headers(fields), body


def _content_type(headers: Headers) -> tuple[str, Mapping[str, str]]:
    written = headers.raw("content-type")[:2_000]
    kind = written.partition(";")[0].strip().lower()
    found = {match[1].lower(): match[2] if match[2] is not None else match[3] for match in _PARAMETER.finditer(written)}
    return kind or "text/plain", found


def _texts(headers: Headers, body: bytes, depth: int) -> Iterator[tuple[str, str]]:
    """Yield the kind and text of each part that is meant to be read where it stands."""
    kind, parameters = _content_type(headers)
    if headers.raw("content-disposition").lstrip().lower().startswith("attachment"):
        return
    boundary = parameters.get("boundary", "")
    if kind.startswith("multipart/") and boundary and depth < DEEPEST:
        for part in _parts(body, boundary):
            yield from _texts(*_split(part), depth + 1)
    elif kind in {"text/plain", "text/html"} or (depth == 0 and "/" not in kind):
        text = decode(_unpacked(headers, body), f"charset={parameters.get('charset', '')}")
        flowed = parameters.get("format", "").lower() == "flowed" and kind != "text/html"
        yield kind, _unwrapped(text, glue=parameters.get("delsp", "").lower() == "yes") if flowed else text


def _parts(body: bytes, boundary: str) -> list[bytes]:
    mark = re.escape(boundary.encode("utf-8", "replace"))
    pieces = re.split(rb"(?:\A|\r?\n)--" + mark + rb"(--)?[ \t]*(?=\r?\n|\Z)", body, maxsplit=MOST_PARTS)
    parts: list[bytes] = []
    for closing, piece in zip(pieces[1::2], pieces[2::2], strict=False):
        if closing:
            break
        parts.append(re.sub(rb"\A\r?\n", b"", piece, count=1))
    return parts


def _unpacked(headers: Headers, body: bytes) -> bytes:
    coding = headers.raw("content-transfer-encoding").strip().lower()
    if coding == "base64":
        return _base64(body)
    return binascii.a2b_qp(body) if coding == "quoted-printable" else body


def _base64(packed: bytes) -> bytes:
    """Return what base64 stands for, as far as it goes: it may be cut anywhere, and hold what does not belong."""
    clean = _NO_BASE64.sub(b"", packed)
    clean = clean[: len(clean) - 1] if len(clean) % 4 == 1 else clean
    return binascii.a2b_base64(clean + b"=" * (-len(clean) % 4))


def _unwrapped(text: str, *, glue: bool) -> str:
    """Return a text whose lines were wrapped by «format=flowed» as its writer wrote it (RFC 3676); quotes stay."""
    lines: list[str] = []
    open_line = False
    for line in text.replace("\r\n", "\n").split("\n"):
        quoted = line.startswith(">")
        if open_line and not quoted and not lines[-1].startswith(">"):
            lines[-1] += line.removeprefix(" ")
        else:
            lines.append(line)
        open_line = line.endswith(" ") and line != "-- " and not quoted
        if open_line and glue:
            lines[-1] = lines[-1][:-1]
    return "\n".join(lines)
