"""What an owner has in hand: a web address, an @handle or a shop's name and town, told apart as typed."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from urllib.parse import urlsplit

from app.core.ports.find import InHand
from app.core.shop_name import spoken_name
from app.core.text import composed, fold, seen

_ADDRESS = re.compile(r"(?:https?|feed)://\S+", re.IGNORECASE)
_HOST = re.compile(
    r"(?:[^\W_](?:[\w-]{0,62})\.)+(?:[^\W\d_]{2,24}|xn--[a-z0-9-]{2,59})(?::\d{1,5})?(?:[/?#]\S*)?"
    r"|(?:localhost|\d{1,3}(?:\.\d{1,3}){3})(?::\d{1,5})?(?:[/?#]\S*)?",
    re.IGNORECASE,
)
_ACCOUNT = re.compile(r"@?([\w.+-]{1,100}@[^\W_][\w.-]{0,250}\.[^\W\d_]{2,24}(?::\d{1,5})?)")
_HANDLE = re.compile(r"@([\w.·-]{1,250})")
_CLEAR_HOST = re.compile(
    r"(?:www\.\S+|(?:[^\W_][\w-]{0,62}\.)+"
    r"(?:com|net|org|eu|info|biz|shop|store|online|pl|ru|su|by|kz|ua|de|cz|sk|lt|uk|social|рф)(?:[/?#]\S*)?)",
    re.IGNORECASE,
)
"""A host that is one among other words too; «Dr.Max» and «E.Leclerc» are shops."""

_CYRILLIC = re.compile(r"[а-яё]", re.IGNORECASE)
_POLISH = re.compile(r"[ąćęłńśźż]", re.IGNORECASE)

MOST = 12
"""Things taken in hand at once: more than a shop has pages and accounts."""


def in_hand(typed: Iterable[str], *, town: str = "", language: str = "") -> tuple[InHand, ...]:
    """Return what was typed taken apart: the shop's name, then each address, then each handle; name and town with all.

    Several in one text, with blanks or commas between them, are taken apart. What is neither address nor handle is
    the shop's name, as people write it (see `shop_name`), and behind its last comma the town unless that is given.
    `language` («pl», «ru», «en») is the owner's; where the letters of the name tell another, that one is meant.
    """
    urls: list[str] = []
    handles: list[str] = []
    names: list[str] = []
    texts = [text for text in (" ".join(composed(seen(one[:1_000])).split()) for one in typed) if text][:MOST]
    for text in [part for whole in texts for part in _parts(whole)][:MOST]:
        if url := _url(text):
            urls += [url] if _is_sound(url) else []
        elif match := _ACCOUNT.fullmatch(text) or _HANDLE.fullmatch(text):
            handles.append(match[1])
        elif any(map(str.isalnum, text)):
            names.append(spoken_name(text.lstrip("#@")))
    name, town = _name_and_town(" ".join(dict.fromkeys(names)), " ".join(composed(town).split()))
    spoken = _language(f"{name} {town}") or language
    known = InHand(" ".join(texts), name=name, town=town, language=spoken)
    return (
        *((known,) if name else ()),
        *(replace(known, url=url) for url in dict.fromkeys(urls)),
        *(replace(known, handle=handle) for handle in dict.fromkeys(handles)),
    )


def _parts(text: str) -> list[str]:
    """Return the addresses and handles in a text one by one, and what is left of it as one name."""
    if _url(text) or _is_account(text):
        return [text]
    apart: list[str] = []
    name: list[str] = []
    for word in text.split():
        pieces = [word] if _ADDRESS.match(word) or "/" in word else re.split(r"(?<=[,;])", word)
        for piece in filter(None, pieces):
            bare = piece.strip(",;")
            known = _ADDRESS.fullmatch(bare) or _CLEAR_HOST.fullmatch(bare) or _is_account(bare)
            (apart if known else name).append(bare if known else piece)
    left = " ".join(name).strip(" ,;")
    return [*apart, *([left] if left else [])] if apart else [text]


def _is_account(text: str) -> bool:
    return bool(_ACCOUNT.fullmatch(text) or _HANDLE.fullmatch(text))


def _url(text: str) -> str:
    """Return an address with its scheme, «» for what is none."""
    if _ADDRESS.fullmatch(text):
        return re.sub(r"\Afeed:", "https:", text, flags=re.IGNORECASE)
    return f"https://{text}" if _HOST.fullmatch(text) else ""


def _is_sound(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:  # brackets that are no IPv6 address, a port that is no number
        return False


def _name_and_town(name: str, town: str) -> tuple[str, str]:
    if not town and "," in name:
        name, _, town = (part.strip() for part in name.rpartition(","))
    words = name.split()
    if town and len(words) > 1 and fold(words[-1].strip(",")) == fold(town):
        name = " ".join(words[:-1])
    return spoken_name(name), spoken_name(town)


def _language(text: str) -> str:
    """Return the language that letters give away, «» for those of any Latin alphabet."""
    return "ru" if _CYRILLIC.search(text) else "pl" if _POLISH.search(text) else ""
