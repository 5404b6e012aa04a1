"""The weights file: what was learnt from labelled texts, one byte a weight; made by `make train`."""

from __future__ import annotations

import json
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from app.core.problems import Problem

MAGIC = b"counterbell weights 6\n"
ZERO = 128
"""The byte that stands for a weight of nought."""

HEAVIEST = 1_000


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of weights, one byte for each of `columns`; a weight is (byte - `ZERO`) * `scale`.

    `heavy` holds the few rows that need more than a byte, as whole numbers to be multiplied by `scale`, each between
    -`HEAVIEST` and `HEAVIEST`.
    """

    columns: tuple[str, ...]
    rows: bytes
    scale: float
    heavy: Mapping[int, Sequence[int]] = field(default_factory=dict)

    @property
    def bits(self) -> int:
        """The number of rows, as a power of two."""
        return (len(self.rows) // len(self.columns)).bit_length() - 1


@dataclass(frozen=True, slots=True)
class Weights:
    """`header` holds the small numbers: biases, concepts, signs, calibration. `traits` are those of cause and severity.

    `usual` has a bit for each row of `kinds`, set where it is the row of a word that complaints use; see `has_bit`.
    `wording` has a byte for each row of a word: how much more frequent the word is in complaints than elsewhere, see detect/wording.py.
    """

    header: Mapping[str, Any]
    kinds: Table
    traits: Table
    usual: bytes
    wording: bytes


def has_bit(bits: bytes, number: int) -> bool:
    """Return whether a bit is set: the first is the lowest one of the first byte; beyond the end all count as set."""
    place = number >> 3
    return place >= len(bits) or bool(bits[place] >> (number & 7) & 1)


def pack(header: Mapping[str, Any], kinds: Table, traits: Table, usual: bytes, wording: bytes) -> bytes:
    """Return the bytes of a weights file: a checksum, then all as it is; unpacking would take as long as all the rest."""
    described = {
        **header,
        "tables": {
            name: {
                "columns": list(table.columns),
                "scale": table.scale,
                "bytes": len(table.rows),
                "heavy": {str(row): list(weights) for row, weights in table.heavy.items()},
            }
            for name, table in (("kinds", kinds), ("traits", traits))
        },
        "words": len(wording),
    }
    head = json.dumps(described, ensure_ascii=True, sort_keys=True, separators=(",", ":")).encode()
    whole = len(head).to_bytes(4, "little") + head + kinds.rows + traits.rows + wording + usual
    return MAGIC + zlib.crc32(whole).to_bytes(4, "little") + whole


def unpack(data: bytes) -> Weights:
    """Return the weights that a file's bytes hold; raises ValueError where they are none."""
    if not data.startswith(MAGIC):
        raise ValueError("not a weights file")
    try:
        start = len(MAGIC) + 4
        whole = memoryview(data)[start:]
        if zlib.crc32(whole) != int.from_bytes(data[len(MAGIC) : start], "little"):
            raise ValueError("damaged weights file")
        size = int.from_bytes(whole[:4], "little")
        header = json.loads(bytes(whole[4 : 4 + size]))
        told = header["tables"]
        start = 4 + size
        middle = start + told["kinds"]["bytes"]
        end = middle + told["traits"]["bytes"]
        kinds = _table(told["kinds"], bytes(whole[start:middle]))
        traits = _table(told["traits"], bytes(whole[middle:end]))
        rest = end + int(header["words"])
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("damaged weights file") from error
    return Weights(header, kinds, traits, bytes(whole[rest:]), bytes(whole[end:rest]))


def _table(told: Mapping[str, Any], rows: bytes) -> Table:
    columns: Sequence[str] = told["columns"]
    if len(rows) != told["bytes"] or not rows or len(rows) % len(columns):
        raise ValueError("damaged weights file")
    heavy = {int(row): tuple(map(int, weights)) for row, weights in told["heavy"].items()}
    return Table(tuple(columns), rows, float(told["scale"]), heavy)


def read_weights(path: Path) -> Weights | Problem:
    """Return the weights in a file, or the problem «detect.no_weights»."""
    try:
        return unpack(path.read_bytes())
    except (OSError, ValueError):
        return Problem("detect.no_weights", {"file": path.name})
