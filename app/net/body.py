"""Reading a body: unpacked, whole, and never larger than allowed whatever it claims to be."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Protocol

import urllib3

from app.core.problems import Problem
from app.net.ended import EndedError

PIECE = 65536
"""Bytes read and unpacked at a time."""

_GZIP_FILE = b"\x1f\x8b\x08"
"""How a gzip file begins (RFC 1952), and no text does."""


class Packing(Protocol):
    """Unpacks a body piece by piece."""

    def unpack(self, data: bytes) -> Iterator[bytes]:
        """Yield what `data` unpacks to, in pieces of a bounded size."""
        ...

    @property
    def complete(self) -> bool:
        """Tell whether the body may end here."""
        ...


class Plain:
    """No packing at all."""

    complete = True

    def unpack(self, data: bytes) -> Iterator[bytes]:
        yield data


class Zipped:
    """gzip (of several members, with rubbish behind the last ignored) and deflate (with or without a zlib header)."""

    def __init__(self, *, gzip: bool) -> None:
        self._gzip = gzip
        self._head = b""
        self._stream: zlib._Decompress | None = None
        self._members = 0
        self._produced = False

    @property
    def complete(self) -> bool:
        """Tell whether the last member has ended, or nothing came at all."""
        if self._stream is None:
            return not self._head or self._members > 0
        return self._stream.eof or (self._members > 0 and not self._produced)

    def unpack(self, data: bytes) -> Iterator[bytes]:
        while data := self._head + data:
            self._head = b""
            if self._stream is not None and self._stream.eof:
                if not self._gzip:
                    return
                self._stream, self._produced, self._members = None, False, self._members + 1
            if self._stream is None:
                if len(data) < 2:
                    self._head = data
                    return
                self._stream = zlib.decompressobj(self._window(data))
            try:
                piece = self._stream.decompress(data, PIECE)
            except zlib.error:
                if self._members and not self._produced:
                    return
                raise
            self._produced = self._produced or bool(piece)
            yield piece
            data = self._stream.unused_data if self._stream.eof else self._stream.unconsumed_tail

    def _window(self, data: bytes) -> int:
        """Return the kind of stream that starts with `data` (RFC 1950: the first two bytes divide by 31)."""
        if self._gzip:
            return zlib.MAX_WBITS | 16
        has_header = data[0] & 0x0F == 8 and int.from_bytes(data[:2]) % 31 == 0
        return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def packing_of(coding: str, host: str) -> Packing:
    """Return the unpacker for a Content-Encoding; «net.broken» for one we never said we take."""
    match coding.strip().lower():
        case "" | "identity" | "none":
            return Plain()
        case "gzip" | "x-gzip":
            return Zipped(gzip=True)
        case "deflate":
            return Zipped(gzip=False)
        case _:
            raise EndedError(Problem("net.broken", {"host": host}))


def read_body(raw: urllib3.BaseHTTPResponse, host: str, cap: int) -> bytes:
    """Return the unpacked body; «net.too_large» above `cap` bytes, «net.broken» when it stops half-way."""
    claimed = raw.headers.get("content-length", "")
    if claimed.isascii() and claimed.isdigit() and int(claimed[:18]) > cap:
        raise EndedError(too_large(host, cap))
    packing = packing_of(raw.headers.get("content-encoding", ""), host)
    pieces: list[bytes] = []
    size = 0
    for data in raw.stream(PIECE, decode_content=False):
        for piece in packing.unpack(data):
            size += len(piece)
            if size > cap:
                raise EndedError(too_large(host, cap))
            pieces.append(piece)
    if not packing.complete:
        raise EndedError(Problem("net.broken", {"host": host}))
    return _opened(b"".join(pieces), host, cap)


def _opened(body: bytes, host: str, cap: int) -> bytes:
    """Return what a body holds that is a gzip file itself, as «feed.xml.gz» is that nobody calls packed; any other as it is."""
    if not body.startswith(_GZIP_FILE):
        return body
    packing, pieces, size = Zipped(gzip=True), list[bytes](), 0
    try:
        for start in range(0, len(body), PIECE):
            for piece in packing.unpack(body[start : start + PIECE]):
                size += len(piece)
                if size > cap:
                    raise EndedError(too_large(host, cap))
                pieces.append(piece)
    except zlib.error:
        return body
    return b"".join(pieces) if packing.complete else body


def too_large(host: str, cap: int) -> Problem:
    """Return the problem of a body above `cap` bytes."""
    return Problem("net.too_large", {"host": host, "megabytes": round(cap / 1_000_000, 1)})
