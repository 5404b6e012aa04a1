"""From the row of a table to what is entered by hand."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from functools import lru_cache
from hashlib import blake2b

from app.core.address import host_of
from app.core.by_hand import OLD, Entry, Where
from app.core.mention import LONGEST_TEXT
from app.core.text import letters
from app.desk.mention_table.dates import moment
from app.desk.mention_table.shape import Shape

TOMORROW = 86_400.0
"""Seconds: a date further ahead is no date of something that was said."""

_GUARDED = re.compile(r"'+[=+\-@\t\r]")
_STARS = re.compile(r"(\d+(?:[.,]\d+)?)(?:\s*(?:/|z|из|of|out of)\s*(\d+))?\D*")

_SAID = {
    Where.PHONE: "phone, on the phone, call, telefon, przez telefon, telefonicznie, rozmowa, телефон, по телефону, звонок",
    Where.SHOP: "shop, in the shop, visit, shop visit, store, sklep, w sklepie, wizyta, магазин, в магазине, визит, лично",
    Where.LETTER: "letter, by letter, list, listownie, письмо",
}
_WHERE = {letters(name): where for where, names in _SAID.items() for name in names.split(",")}

_LANGUAGES = {
    "pl": "pl, polish, polski, pol, польский",
    "ru": "ru, russian, русский, rosyjski, rus",
    "en": "en, english, angielski, eng, английский",
}
_LANGUAGE = {letters(name): code for code, names in _LANGUAGES.items() for name in names.split(",")}


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads rows. `zone` is the shop's; `place` stands for rows that name none; `now` is Unix seconds."""

    shape: Shape
    zone: tzinfo
    now: float
    day_first: bool = True
    place: str = ""
    open_old: bool = False

    def read(self, cells: Sequence[str]) -> Entry | None:
        """Return what a row holds, None where it says nothing."""
        cell = _cells(self.shape, cells)
        text, title, url = cell.get("text", ""), cell.get("title", ""), _url(cell.get("url", ""))
        if not (text or title or url):
            return None
        place = cell.get("place", "") or self.place
        where = _where(place) or (Where.WEB if url else Where.OTHER)
        author, handle, stars = cell.get("author", ""), cell.get("handle", ""), _stars(cell.get("stars", ""))
        at = self._at(cell.get("date", ""))
        if not cell.get("key") and (where in _SAID or (url and place == host_of(url))):
            place = ""
        return Entry(
            id=_id((where.value, text, title, url, author, handle, place, at, stars)),
            where=where,
            text=text,
            title=title,
            url=url,
            author=author,
            handle=handle,
            place=place,
            at=at,
            stars=stars,
            language=_language(cell.get("language", "")),
            imported=True,
            history=at is not None and self.now - at > OLD and not self.open_old,
            source=cell.get("source", ""),
            key=cell.get("key", ""),
            parent=cell.get("parent", ""),
            thread=cell.get("thread", ""),
        )

    def is_unclear(self, cells: Sequence[str], entry: Entry) -> bool:
        """Say whether a row has a date that nobody understands."""
        return entry.at is None and bool(_cells(self.shape, cells).get("date"))

    def is_cut(self, entry: Entry) -> bool:
        """Say whether a row's text is too long to be kept whole."""
        return len(entry.text) > LONGEST_TEXT

    def _at(self, text: str) -> float | None:
        at = moment(text, self.zone, day_first=self.day_first) if text else None
        return None if at is None or not 0 < at <= self.now + TOMORROW else at


def _cells(shape: Shape, cells: Sequence[str]) -> Mapping[str, str]:
    """Return the cells of a row by what they hold; of two for the same the first that is filled."""
    found: dict[str, str] = {}
    for meaning, cell in zip(shape.means, cells, strict=False):
        if meaning and not found.get(meaning):
            found[meaning] = bare(cell.strip())
    return found


def bare(cell: str) -> str:
    """Return a cell without the apostrophe by which a spreadsheet is told that it is no formula."""
    return cell[1:] if cell[:1] == "'" and _GUARDED.match(cell) else cell


def guarded(cell: str) -> str:
    """Return a cell so that no spreadsheet takes it for a formula; `bare` gives it back as it was."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} or _GUARDED.match(cell) else cell


def _url(text: str) -> str:
    """Return a web address, its scheme added where people leave it out, «» for what is none."""
    if not text:
        return ""
    if re.match(r"(?!https?:)[a-z][a-z0-9+.-]*:", text, re.IGNORECASE) or re.search(r"\s", text):
        return ""
    full = text if re.match(r"https?://", text, re.IGNORECASE) else f"https://{text}"
    return full if "." in host_of(full) else ""


def _stars(text: str) -> float | None:
    """Return a rating on the scale of 1 to 5: «4,5», «4/5», «8/10», «★★☆☆☆», «5 stars»."""
    if not text:
        return None
    if full := text.count("★") + text.count("⭐"):
        return float(min(full, 5))
    match = _STARS.fullmatch(text.strip())
    if match is None:
        return None
    value, scale = float(match[1].replace(",", ".")), float(match[2] or 5)
    value = value * 5 / scale if scale else 0.0
    return value if math.isfinite(value) and 0 < value <= 5 else None


def _id(parts: tuple[object, ...]) -> str:
    """Return a text that is the same for the same row, whenever it is imported."""
    raw = "\x1f".join(map(str, parts)).encode("utf-8", "replace")
    return f"row-{blake2b(raw, digest_size=12).hexdigest()}"


@lru_cache(maxsize=1_000)
def _where(place: str) -> Where | None:
    return _WHERE.get(letters(place[:60])) if place else None


@lru_cache(maxsize=100)
def _language(name: str) -> str:
    return _LANGUAGE.get(letters(name[:20]), "") if name else ""
