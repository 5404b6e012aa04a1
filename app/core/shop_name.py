"""A shop's name as people write it: «Kawa Raj» of «P.P.H.U. „Kawa Raj” sp. z o.o. 🥐»."""

from __future__ import annotations

import re
import unicodedata

from app.core.text import composed

_NOT_WRITTEN = frozenset({"So", "Sk", "Cf", "Cs", "Co", "Cc"})
"""Classes of signs that nobody types with a name: pictures, tints of skin, joiners, marks that cannot be seen."""

_KEPT = frozenset("№°\t\n")
_BESIDE_PICTURES = re.compile("[\ufe00-\ufe0f\u20e3\U000e0100-\U000e01ef]")
_OPEN, _SHUT = '"„”“«»‟', '"„”“«»‟'
_QUOTES = re.compile(f"[{_OPEN}]")
_SINGLE = re.compile(r"(?<!\w)['‘’‚‛‹›](.+?)['‘’‛‹›](?!\w)")

_ANYWHERE = (
    r"sp(?:ó[łl]ka|\.)?\s*z\s*\.?\s*o\s*\.?\s*o\b\.?(?:\s*sp\.?\s*k\b\.?)?",
    r"sp[óo][łl]ka\s+(?:z\s+ograniczon[ąa]\s+odpowiedzialno[śs]ci[ąa]|cywilna|jawna|akcyjna|partnerska|komandytow[\w-]+|komandytowa)",
    r"sp\.\s*(?:j|k|p)\b\.?|s\.\s*k\.\s*a\b\.?|p\.\s*s\.\s*a\b\.?|s\.\s*[ac]\b\.?|s\.\s*r\.\s*o\b\.?|spol\.\s*s\s*r\.\s*o\b\.?",
    r"(?-i:S[ACJ]|SKA|PSA)\b",
    r"(?:P\.?\s?P\.?\s?H\.?\s?U|P\.?\s?P\.?\s?U\.?\s?H|P\.?\s?P\.?\s?H|P\.?\s?H\.?\s?U|P\.?\s?U\.?\s?H|F\.?\s?P\.?\s?H\.?\s?U|F\.?\s?H\.?\s?U)\b\.?",
    r"(?:firma|przedsi[ęe]biorstwo|zak[łl]ad)\s+(?:(?:produkcyjno|handlowo|us[łl]ugowo)\s*-\s*){1,2}(?:us[łl]ugow|handlow|produkcyjn)[aey]",
    r"(?:ООО|ОДО|ЗАО|ПАО|ОАО|НАО|АО|ИП|ЧП|ЧУП|ТОО)\b",
    r"о\.\s*о\.\s*о\b\.?|з\.\s*а\.\s*о\b\.?|и\.\s*п\.",
    r"общество\s+с\s+ограниченной\s+ответственностью|индивидуальный\s+предприниматель",
    r"(?:(?:публичное|непубличное|открытое|закрытое)\s+)?акционерное\s+общество",
)
_AT_END = (
    r"gmbh(?:\s*&\s*co\.?\s*kg)?\b",
    r"(?:ltd|limited|incorporated|inc|corp|plc|llp|p\.l\.c|l\.l\.c|llc)\b\.?",
)
_COMPANY = re.compile(r"(?<=\w),?\s+co\.(?:\s*,?\s*(?:ltd|inc)\b\.?)?\s*$", re.IGNORECASE)
_PART_OF_IT = re.compile(r"the\s|.*(?:[&+]|\band|\bi)\s*co\.", re.IGNORECASE)
"""Names that people write with their «Co.»: «Smith & Co.», «The Bread Co.»."""

_FORM = "|".join(_ANYWHERE)
_LEADING = re.compile(rf"^(?:{_FORM})(?=[\s,{_OPEN}]|$)[\s,;:–—-]*", re.IGNORECASE)
_TRAILING = re.compile(
    rf"(?:^|(?<=[\s,{_SHUT}]))[\s,;(–—-]*(?<!\w)(?:{_FORM}|{'|'.join(_AT_END)})[\s)]*$", re.IGNORECASE
)
_EDGES = " \t,;"
_LONGEST = 200
"""Characters beyond which a text is no name of a shop."""

_FEWEST = 3
_ARTICLES = frozenset({"the", "le", "la", "les", "der", "die", "das", "el"})
"""Letters and digits of the shortest name that can be told from other words, and longer words that cannot."""


def spoken_name(typed: str) -> str:
    """Return a shop's name without emoji, marks that cannot be seen, quotation marks and the legal form of its firm.

    With a legal form, what follows the words in quotation marks is left out as well: the owner's own name. Where too
    little would be left to be a name, less is left out; where nothing, it stays as it was typed, its blanks apart.
    """
    whole = " ".join(composed(typed).split())
    if len(whole) > _LONGEST:
        return whole
    shown = _shown(whole)
    bare = _without_form(shown)
    owned = re.sub(rf"^(.*[{_OPEN}].+[{_SHUT}])\s+[^,{_SHUT}]+", r"\1", bare) if bare != shown else bare
    names = [" ".join(_SINGLE.sub(r"\1", _QUOTES.sub(" ", one)).split()) for one in (owned, bare, shown)]
    names = [name.replace(" ,", ",").strip(_EDGES) for name in names]
    said = [name for name in names if any(map(str.isalnum, name))]
    return next(filter(_is_name, said), said[0] if said else whole)


def _is_name(text: str) -> bool:
    return sum(map(str.isalnum, text)) >= _FEWEST and text.casefold() not in _ARTICLES


def _shown(text: str) -> str:
    """Return a text without the signs that nobody types."""
    kept = (
        sign if sign in _KEPT or unicodedata.category(sign) not in _NOT_WRITTEN else _in_place(sign) for sign in text
    )
    return " ".join(_BESIDE_PICTURES.sub("", "".join(kept)).split()).strip(_EDGES)


def _in_place(sign: str) -> str:
    """Return what stands where a sign was: nothing for a mark within a word, else a blank."""
    return "" if unicodedata.category(sign) == "Cf" else " "


def _without_form(text: str) -> str:
    """Return a text without legal forms at its ends, however many stand there."""
    while (left := _shorter(text)) != text and any(map(str.isalnum, left)):
        text = left
    return text


def _shorter(text: str) -> str:
    if not _PART_OF_IT.match(text):
        text = _COMPANY.sub("", text)
    return _TRAILING.sub("", _LEADING.sub("", text)).strip(_EDGES)
