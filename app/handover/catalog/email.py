"""By e-mail: a mailto: link that opens the owner's own mail program with the case written down."""

from __future__ import annotations

from urllib.parse import quote

from app.core.mention import Mention

LONGEST = 1_900
"""Characters of a whole link: Windows hands no more than 2,000 or so to a mail program."""

_LONGEST_SUBJECT = 60
_LONGEST_NAME = 120
_LONGEST_PLACE = 900
_LINE = "%0D%0A"
_CUT = quote("…")


def link(mention: Mention, address: str) -> str:
    """Return a mailto: link to `address` (several with commas between, or «» to be filled in by the mail program).

    The message holds, each on a line: where it stands, who wrote it, and the text, which is cut so that the link stays
    below `LONGEST` characters. All but the «@» and commas of the address is percent-encoded.
    """
    place = _encoded(mention.url)
    known = (
        place if len(place) <= _LONGEST_PLACE else "",
        _short(_writer(mention.author, mention.handle), _LONGEST_NAME),
    )
    head = "".join(line + _LINE for line in known if line)
    subject = _short(mention.title or mention.text, _LONGEST_SUBJECT)
    start = f"mailto:{_short_address(address)}?subject={subject}&body={head + _LINE if head else ''}"
    return start + _cut(mention.text or mention.title, LONGEST - 1 - len(start))


def _writer(author: str, handle: str) -> str:
    return f"{author} ({handle})" if author and handle and author != handle else author or handle


def _short_address(address: str) -> str:
    wanted = (quote(each.strip(), safe="@", errors="replace") for each in address.split(","))
    kept = [each for each in wanted if each]
    while len(",".join(kept)) > 400:
        kept.pop()
    return ",".join(kept)


def _short(text: str, longest: int) -> str:
    """Return the first line of a text, at most so many characters, encoded."""
    line = " ".join(next(iter(text.strip().splitlines()), "").split())
    return _encoded(line if len(line) <= longest else line[: longest - 1].rstrip() + "…")


def _encoded(text: str) -> str:
    return quote(text, safe="", errors="replace")


def _cut(text: str, room: int) -> str:
    """Return as much of a text, encoded, as goes into so many characters; a cut shows as «…»."""
    pieces: list[str] = []
    length = 0
    for char in text.strip().replace("\r\n", "\n"):
        piece = _LINE if char in "\r\n" else _encoded(char)
        if length + len(piece) > room:
            return _ended(pieces, length, room)
        pieces.append(piece)
        length += len(piece)
    return "".join(pieces)


def _ended(pieces: list[str], length: int, room: int) -> str:
    while pieces and length + len(_CUT) > room:
        length -= len(pieces.pop())
    return "".join(pieces) + _CUT if length + len(_CUT) <= room else ""
