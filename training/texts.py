"""Reads our own labelled texts: `texts/<language>/*.txt`, one text a line; README.md beside them tells the form."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

from app.core.verdict import Cause, Kind
from app.detect.lexicon import LANGUAGES

FOLDER = Path(__file__).parent / "texts"

BLOCK = 8
"""Neighbouring lines that stay together when a part is set aside: near relatives stand near each other."""

ASIDE = 10
"""One block in so many is set aside as our own test and never trained on."""

_KINDS = {"c": Kind.COMPLAINT, "q": Kind.QUESTION, "p": Kind.PRAISE, "l": Kind.LEAD, "n": Kind.NEUTRAL}
_LINE = re.compile(r"(?P<relative>\+?)\s*(?P<code>c[0-3]|[qpln])(?P<words>(?: [^|]*)?)\|(?P<text>.*)")
_STARS = re.compile(r"\*([1-5])")


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text. `severity` and `cause` stand with complaints only; `block` is what it is set aside with."""

    language: str
    trade: str
    block: str
    kind: Kind
    text: str
    title: str = ""
    severity: int | None = None
    cause: Cause | None = None
    stars: float | None = None
    tags: frozenset[str] = frozenset()

    @property
    def aside(self) -> bool:
        """Whether it belongs to the tenth that judges and is never trained on; the files o-* train whole."""
        return part(self.block, ASIDE) == 0 and not self.is_turn

    @property
    def is_brief(self) -> bool:
        """Whether it is one of the short everyday lines of the files m-*."""
        return self.block.split("/")[1][0] == "m"

    @property
    def is_turn(self) -> bool:
        """Whether it is of a turn that the detector met least well, as all in the files o-* are."""
        return self.block.split("/")[1][0] == "o"

    @property
    def is_trap(self) -> bool:
        """Whether it was written to mislead, as all in the files a-*, b-* and g-* were."""
        return self.block.split("/")[1][0] in "abg"


class TextError(ValueError):
    """A line that cannot be read, with its file and number."""


def part(block: str, parts: int) -> int:
    """Return into which of so many parts a block falls: the same on every machine."""
    return int.from_bytes(blake2b(block.encode(), digest_size=8).digest(), "big") % parts


def read_texts(folder: Path = FOLDER) -> list[Text]:
    """Return all texts, in the order of languages, files and lines; raises TextError."""
    return [
        text for language in LANGUAGES for path in sorted((folder / language).glob("*.txt")) for text in _file(path)
    ]


def _file(path: Path) -> Iterator[Text]:
    trade = ""
    block = inside = 0
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip() or line.startswith("#"):
            continue
        if line.startswith("[") and line.rstrip().endswith("]"):
            trade = line.strip()[1:-1]
            continue
        found = _LINE.fullmatch(line.strip())
        if found is None or not trade or not found["text"].strip():
            raise TextError(f"{path.name}, line {number}: {line[:60]!r}")
        if inside >= BLOCK and not found["relative"]:
            block, inside = block + 1, 0
        inside += 1
        try:
            yield _text(found, path.parent.name, trade, f"{path.parent.name}/{path.stem}/{block}")
        except ValueError as error:
            raise TextError(f"{path.name}, line {number}: {error}") from error


def _text(found: re.Match[str], language: str, trade: str, block: str) -> Text:
    kind = _KINDS[found["code"][0]]
    words = found["words"].split()
    cause = severity = None
    if kind is Kind.COMPLAINT:
        cause, severity = Cause(words[0]) if words else Cause.OTHER, int(found["code"][1])
        words = words[1:]
    stars = next((float(star[1]) for word in words if (star := _STARS.fullmatch(word))), None)
    title, bar, text = found["text"].strip().replace("\\n", "\n").partition("||")
    if not bar:
        title, text = "", title
    return Text(
        language,
        trade,
        block,
        kind,
        text.strip(),
        title.strip(),
        severity,
        cause,
        stars,
        frozenset(word for word in words if not _STARS.fullmatch(word)),
    )
