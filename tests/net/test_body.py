"""Bodies: packed in all ways, cut in all places, and bombs."""

from __future__ import annotations

import gzip
import zlib

import pytest

from app.net.body import PIECE, Plain, Zipped

TEXT = ("Najgorsza obsługa w mieście. " * 9000).encode()


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(data) + packer.flush()


def unpacked(packing: Zipped, data: bytes, size: int) -> bytes:
    pieces = [piece for start in range(0, len(data), size) for piece in packing.unpack(data[start : start + size])]
    assert all(len(piece) <= PIECE for piece in pieces)
    return b"".join(pieces)


@pytest.mark.parametrize("size", [1, 2, 7, 10_000_000])
@pytest.mark.parametrize(
    ("data", "is_gzip"),
    [
        (gzip.compress(TEXT), True),
        (gzip.compress(TEXT[:1000]) + gzip.compress(TEXT[1000:]), True),
        (gzip.compress(TEXT) + b"\0\0\0\0\0\0", True),
        (gzip.compress(TEXT) + b"\n", True),
        (gzip.compress(TEXT) + b"rubbish behind it", True),
        (zlib.compress(TEXT), False),
        (zlib.compress(TEXT) + b"rubbish", False),
        (raw_deflate(TEXT), False),
    ],
)
def test_what_was_packed_comes_out(data: bytes, is_gzip: bool, size: int) -> None:
    packing = Zipped(gzip=is_gzip)
    assert unpacked(packing, data, size) == TEXT
    assert packing.complete


@pytest.mark.parametrize("data", [gzip.compress(TEXT)[:-30], gzip.compress(b"x") + gzip.compress(TEXT)[:-30], b"\x1f"])
def test_a_cut_body_is_not_complete(data: bytes) -> None:
    packing = Zipped(gzip=True)
    unpacked(packing, data, 1000)
    assert not packing.complete


def test_nothing_is_complete() -> None:
    assert Zipped(gzip=True).complete
    assert Plain().complete


def test_what_is_not_packed_is_an_error() -> None:
    with pytest.raises(zlib.error):
        unpacked(Zipped(gzip=True), b"<rss>plain text</rss>", 1000)
