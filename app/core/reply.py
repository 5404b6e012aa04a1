"""Replies: drafts, saved replies with blanks, and the checks a draft passes before it is copied."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

BLANK = re.compile(r"\{([^{}\n]{1,40})\}|\[([^\[\]\n]{1,40})\]")
"""A blank of a saved reply: {order} or [order]."""

_IN_OTHER_WORDS = {
    "imię": "name",
    "imie": "name",
    "имя": "name",
    "imię i nazwisko": "full name",
    "имя и фамилия": "full name",
    "sklep": "shop",
    "магазин": "shop",
    "miejscowość": "town",
    "miasto": "town",
    "город": "town",
    "podpis": "signature",
    "подпись": "signature",
    "numer zamówienia": "order",
    "номер заказа": "order",
    "odpowiedź": "answer",
    "ответ": "answer",
    "kiedy": "when",
    "когда": "when",
}
"""What blanks are called in the program's other languages."""

_NUMBER = re.compile(r"(?<!\d)(?<!\d[.,])(?:\(?\+?\d[\s.()/-]{0,2}){9,34}(?!\d)")
"""Nine digits and more with what people put between them: telephone, order, account and card numbers.

Letters may touch them, as in «tel.600100200»; the decimals of a number do not count.
"""

_LONGEST_TELEPHONE = 15
"""Digits of a telephone number with its country (E.164)."""
_OWN_DIGITS = 9
"""Last digits by which a telephone number is known, with the code of its country or without."""

_IBAN = re.compile(r"(?<![A-Za-z])[A-Z]{2}(\d\d[ -]?[A-Z]{0,4}[ -]?(?:\d[ -]?){9,30})")
"""An account number with its country; the group is what stands after the country."""

_HARMLESS = re.compile(
    r"https?://\S+"
    r"|(?<!\d)(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d\d|(?:19|20)\d\d[./-]\d{1,2}[./-]\d{1,2})(?!\d)"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")


@dataclass(frozen=True, slots=True)
class SavedReply:
    """A template. `language` is «pl», «ru», «en» or «»; `kind` the kind of mention it suits, or «».

    `cause` is what a complaint must be about, `audience` for whom it is («public», «private»); «» suits any.
    """

    id: str
    name: str
    text: str
    language: str = ""
    kind: str = ""
    cause: str = ""
    audience: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """One check of a draft: `code` is «blank», «private», «empty» or «long»; `args` fill its sentence."""

    code: str
    passed: bool
    args: Mapping[str, str | int]


def blank_name(name: str) -> str:
    """Return what is equal for one blank however it is written: {Name}, [ NAME ] and {imię} are «name»."""
    plain = " ".join(name.replace("_", " ").split()).casefold()
    return _IN_OTHER_WORDS.get(plain, plain)


def blanks(text: str) -> tuple[str, ...]:
    """Return the names of the blanks still in a text as they are written, in order, each blank once."""
    found = [(match.group(1) or match.group(2)).strip() for match in BLANK.finditer(text)]
    return tuple(
        {blank_name(name): name for name in reversed(found)}[blank] for blank in dict.fromkeys(map(blank_name, found))
    )


def fill(template: str, values: Mapping[str, str]) -> str:
    """Return the template with the blanks filled for which a non-empty value is known; others stay to be seen."""
    known = {blank_name(name): value for name, value in values.items()}

    def one(match: re.Match[str]) -> str:
        return known.get(blank_name(match.group(1) or match.group(2)), "") or match.group(0)

    return BLANK.sub(one, template)


def fitting(
    replies: Iterable[SavedReply], *, language: str, kind: str, cause: str = "", audience: str = ""
) -> tuple[SavedReply, ...]:
    """Return the replies that suit a mention, those made for such ones first and of equals the newest; `replies` are oldest first.

    Where `audience` is «» it is not decided yet for whom the reply is.
    """
    suiting = [
        one
        for one in replies
        if one.language in {"", language}
        and one.kind in {"", kind}
        and one.cause in {"", cause}
        and (not audience or one.audience in {"", audience})
    ]
    suiting.reverse()
    suiting.sort(key=lambda one: (not one.kind, not one.cause, not one.audience, not one.language))
    return tuple(suiting)


def without_line_of(template: str, name: str) -> str:
    """Return the template without the lines on which nothing but this blank stands."""

    def is_left(line: str) -> bool:
        match = BLANK.fullmatch(line.strip())
        return match is None or blank_name(match.group(1) or match.group(2)) != name

    return "\n".join(filter(is_left, template.split("\n")))


def private_data(text: str, ours: str = "") -> str:
    """Return the first mail address or long number (telephone, order, account) in a text, or «».

    What stands in `ours` as well, such as the shop's own number in its signature, is not private; nor are dates and web addresses.
    """
    bare = _HARMLESS.sub("|", text)
    known = re.sub(r"\W", "", ours).lower()
    for pattern in (_MAIL, _IBAN, _NUMBER):
        for match in pattern.finditer(bare):
            found = match.group(0).strip(" \t\r\n.-/(")
            bare_found = re.sub(r"\W", "", match.group(match.lastindex or 0)).lower()
            if pattern is _NUMBER and len(bare_found) <= _LONGEST_TELEPHONE:
                bare_found = bare_found[-_OWN_DIGITS:]
            if bare_found not in known:
                return found
    return ""


def check_draft(text: str, audience: str, limit: int | None, ours: str = "") -> tuple[Check, ...]:
    """Return the checks of a draft for an audience («public», «private», «hand_over»); `limit` in characters or None.

    `ours` is text whose addresses and numbers may stand in public: the shop's signature.
    """
    missing = blanks(text)
    private = private_data(text, ours) if audience == "public" else ""
    checks = [
        Check("empty", bool(text.strip()), {}),
        Check("blank", not missing, {"blank": missing[0] if missing else ""}),
        Check("private", not private, {"found": private}),
    ]
    if limit is not None:
        checks.append(Check("long", len(text) <= limit, {"length": len(text), "limit": limit}))
    return tuple(checks)
