"""Bytes to text: which of the encodings claimed, or which of those usual here, the bytes are really in."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WIDE = ((b"<\0\0\0", "utf-32-le"), (b"\0\0\0<", "utf-32-be"), (b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))
_DECLARED = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{1,40})["']""")
_META = re.compile(rb"""<meta[^<>]{1,200}?charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_HEADER = re.compile(r"""charset\s*=\s*["']?([A-Za-z0-9._:-]{1,40})""", re.IGNORECASE)
_KNOWN = re.compile(
    r"utf-?(?:8|16|32)(?:-?[bl]e)?|us-ascii|ascii|(?:iso-?|iso_)?8859-\d+|latin-?\d+|(?:windows|cp|win|x-cp)-?125\d"
    r"|koi8-?[rut]|(?:cp|ibm)-?(?:437|85[0258]|866)|x?-?mac-?\w{1,12}|gb2312|gbk|gb18030|big5(?:-?hkscs)?"
    r"|euc-?(?:jp|kr|cn)|shift[_-]?jis|cp9(?:32|49|50)|iso-2022-\w{2,6}"
)
"""Names of encodings worth trying; among Python's others are some that are slow, obsolete or no encodings at all."""

_SAMPLE = 20_000
"""Bytes looked at when guessing: far more than the few dozen letters that decide."""

_BEFORE = 200
"""Bytes of plain ASCII before the first other letter that are looked at."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_CYRILLIC = ("windows-1251", "koi8-r")
_GUESSES = ("windows-1250", "iso-8859-2", *_CYRILLIC, "cp1252")
_HOLD_ALL = frozenset({"iso8859-1", "cp1252", "iso8859-15", "mac-roman"})
"""Encodings that (almost) any bytes are text in, and which servers and mail programs claim unasked: no proof of anything."""

_CENTRAL = frozenset({"cp1250", "iso8859-2"})
"""Encodings that share most letters with the western ones: those in «señor» and «être» count for Polish twice."""

_RUSSIANS = frozenset({"cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866", "mac-cyrillic"})
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_WESTERN = frozenset("éèêëäöüßñçàâîïôûáíúåøæãõòùìœÄÖÜÉÈÀÇÑÅØÆÁ¿¡£")
_TYPESET = frozenset("„”“’–—…«»\xa0©")
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Characters 128 to 159 stand for nothing in Unicode; where they occur those of Windows are meant, as browsers assume."""

_RUSSIAN = re.compile("(?<![A-Za-zА-яЁё])(?:[А-ЯЁ]?[а-яё]+|[А-ЯЁ]+)(?![A-Za-zА-яЁё])")
"""Words without Latin letters, as they are written: all small, all capital, or one capital first."""

_USUAL, _RARE = (re.compile(letters, re.IGNORECASE) for letters in ("[оеаинтсрвл]", "[йчхжшюцщэфъё]"))
_MIXED = re.compile("[A-Za-z][\u0370-\u06ff]|[\u0370-\u06ff][A-Za-z]|[а-яё][А-ЯЁ]")
_POLISH_ONLY = re.compile(
    r"\b(?:nie|jest|który|dla|czy|może|dużo|każd\w+|przez|tylko|już|są|mogę|chcę|że|się)\b|(?<=\s)[wz](?=\s[a-zćłńóśźż])|cz|sz|dzi|[bdgkptw]rz|cj[aeięąi]"
    r"|ów|ych\b|[ść]ć|[aeiy]ć\b|ń(?=[bcdfghklmpstwz])|[aeio]ń\b|ę[bdgkwzż]|[gjkmnstz]ę\b|[a-z]ż\b|[a-z]ą\b|[a-z][a-ln-z]ł\b|\b[łź][a-z]|śni"
    r"|ś[bjkmpwz]",
    re.IGNORECASE,
)
"""What Polish is full of, and what the same bytes read as a western language are not."""

_FEW_BROKEN = 4
"""Letters of UTF-8 to a broken one from which a text is UTF-8, whatever alphabet of one byte a letter is claimed.

Excerpts are cut in the middle of a letter, and in texts of one byte a letter such letters occur by rare chance only.
"""

_EASTERN = re.compile("gb|big5|euc|shift|iso-2022|cp9")
"""Encodings of several bytes a letter: a body that is text in one of them is so by no chance."""

_CUT_INSIDE = re.compile("\ufffd[^\\W\\d_]")
_HALVES = re.compile(rb"\xed[\xa0-\xaf][\x80-\xbf]\xed[\xb0-\xbf][\x80-\xbf]")
"""An emoji as some databases write it into UTF-8: its two halves of UTF-16, one by one."""

_POUNDS = re.compile("£ ?[0-9]")
_SIGN_IN_WORD = re.compile("[A-Za-zóêæñœ][¹³±¶¼£¯¡¦¬Ÿ][A-Za-zóêæñœ]")
"""Polish letters taken for western ones: signs that stand in the middle of no word of any language."""


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a body, without its byte-order mark; never fails, at worst with «�» in it.

    A byte-order mark decides; then what is UTF-8 is UTF-8, whatever is claimed (no other text looks like it by
    chance); then the XML declaration where it decodes cleanly, then the header's charset likewise; then a guess. But a
    claim of Latin-1 or its kin, in which any bytes are text, gives way to another claim (the header's only where the words
    are no less likely in it) and to what is surely Russian or Polish, and of two other claims the one in which the words
    are far more likely is right.
    """
    for mark, encoding in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(encoding, "replace")
    start = body[:64].lstrip(b" \t\r\n")
    for pattern, encoding in _WIDE:
        if start.startswith(pattern):
            return body.decode(encoding, "replace")
    return _narrow(body, content_type)


def _narrow(body: bytes, content_type: str) -> str:
    declared, header = _names(body, content_type)
    if declared.startswith("iso-2022") and (text := _clean(body, declared)) is not None:
        return text
    if (text := _clean(body, "utf-8")) is not None:
        return text
    lenient = _HALVES.sub(_joined, body).decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    whole = len(lenient) - len(lenient.encode("ascii", "ignore")) - broken
    mostly, surely = whole > broken, whole > (1 if "utf" in declared else _FEW_BROKEN) * broken
    names = [
        name
        for name in (declared, header)
        if not name.startswith("utf")
        and not (mostly and _is_one_of(name, _HOLD_ALL))
        and not (surely and not _EASTERN.match(name))
    ]
    if (text := _claimed(body, names)) is not None:
        return text
    if mostly:
        return lenient
    sample = _telling(body)
    if "utf" in declared + header and _is_cut(lenient, whole, sample):
        return lenient
    return body.decode(_guess(sample), "replace")


def _is_cut(lenient: str, whole: int, sample: bytes) -> bool:
    """Say whether a text is UTF-8 of which letters were cut at the end of words, and nothing else.

    Letters that are `whole` prove little: in «ВЕРНЁТЕ», «МЁД» or «ТЕРЕМ»» of windows-1251 two bytes happen to be one. Where
    none is, one letter or two were cut: Polish of one byte a letter may have some at ends of words.
    """
    few = whole > 0 or lenient.count("\ufffd") <= 2
    return few and not _CUT_INSIDE.search(lenient) and not _sure(sample)


def _joined(halves: re.Match[bytes]) -> bytes:
    units = halves[0].decode("utf-8", "surrogatepass").encode("utf-16-le", "surrogatepass")
    return units.decode("utf-16-le").encode()


def _claimed(body: bytes, names: list[str]) -> str | None:
    """Return the text in the encoding claimed first, or in another that what the bytes say speaks for; None for no claim."""
    texts = {name: text for name in names if (text := _clean(body, name)) is not None}
    firm = [name for name in texts if not _is_one_of(name, _HOLD_ALL)]
    first, last = next(iter(texts), ""), next(reversed(texts), "")
    if firm == [first]:  # what the document itself names stands against a header that proves nothing
        return texts[first]
    if not texts:
        return None
    sample = _telling(body)
    like = {name: _likeness(sample.decode(name if name in firm else "cp1252", "replace")) for name in texts}
    if len(firm) == 2:
        judged = all(_is_one_of(name, _CENTRAL | _RUSSIANS) for name in firm)
        return texts[last if judged and like[last] > max(like[first], 1.1 * like[first]) else first]
    twice = 2.0 if _is_one_of(last, _CENTRAL) else 1.0
    if firm and like[last] >= max(like[first], twice * like[first]):
        return texts[last]
    sure = _sure(sample)
    return body.decode(sure, "replace") if sure else texts[first]


def _is_one_of(name: str, encodings: frozenset[str]) -> bool:
    try:
        return codecs.lookup(name).name in encodings
    except LookupError:  # unknown to this Python
        return False


def _names(body: bytes, content_type: str) -> tuple[str, str]:
    """Return the encodings that the document and the header claim, each «» where none or none worth trying."""
    inside = _DECLARED.search(body[:1_000]) or _META.search(body[:2_000])
    outside = _HEADER.search(content_type[:500])
    names = (inside[1].decode("ascii").lower() if inside else "", outside[1].lower() if outside else "")
    declared, header = (name if _KNOWN.fullmatch(name) else "" for name in names)
    return declared, header


def _clean(body: bytes, encoding: str) -> str | None:
    try:
        return body.decode(encoding) if encoding else None
    except (UnicodeError, LookupError):  # not in this encoding, or one that this Python does not know
        return None


def _telling(body: bytes) -> bytes:
    """Return what to guess by: texts with letters beyond ASCII from shortly before these, without those that have none."""
    pieces = re.split(rb"[<>\r\n]+", body)
    return b"\n".join([piece[_telling_from(piece) :] for piece in pieces if not piece.isascii()])[:_SAMPLE]


def _telling_from(piece: bytes) -> int:
    found = _BEYOND_ASCII.search(piece)
    return max(found.start() - _BEFORE, 0) if found else 0


def _guess(sample: bytes) -> str:
    """Return the encoding whose reading of the bytes looks most like Polish, Russian or a western language."""
    return max(_GUESSES, key=lambda encoding: _likeness(sample.decode(encoding, "replace")))


def _sure(sample: bytes) -> str:
    """Return the encoding in which the bytes are Russian or Polish beyond doubt, «» where they may be western."""
    guess = _guess(sample)
    text = sample.decode(guess, "replace")
    if guess in _CYRILLIC:
        letters = sum(len(word) for word in _RUSSIAN.findall(text) if len(word) > 1)
        return guess if letters >= 4 and letters > 4 * len(_MIXED.findall(text)) else ""
    return guess if guess != "cp1252" and _is_polish(text, sample.decode("cp1252", "replace")) else ""


def _is_polish(text: str, western: str) -> bool:
    """Say whether a text is Polish beyond doubt; `western` is what the same bytes are in western Europe."""
    ours, foreign = 0, 10 * len(_POUNDS.findall(western))
    for char, other in zip(text, western, strict=True):
        if char in _POLISH:
            ours += char != other
        elif char > "\x7f" and char not in _TYPESET:
            foreign += 1 if char == other else 10
    proofs, signs = _POLISH_ONLY.findall(text.lower()), _SIGN_IN_WORD.findall(western)
    return foreign <= ours <= 8 * len(proofs + signs) and len(set(proofs)) + 2 * len(set(signs)) >= 2


def _likeness(text: str) -> float:
    """Return how much the letters beyond ASCII look like those of a language; letters of two scripts in a word do not."""
    words = "".join([word for word in _RUSSIAN.findall(text) if len(word) > 1])
    russian = 2.0 * len(words) + len(_USUAL.findall(words)) - 2.0 * len(_RARE.findall(words))
    others = 1.0 * (len(words) - sum("Ѐ" <= char <= "ӿ" for char in text))
    for char in text:
        if char > "\x7f" and not "Ѐ" <= char <= "ӿ":
            if char in _POLISH:
                others += 2.0
            elif char in _WESTERN or char in _TYPESET or (char > "\u036f" and char.isalpha()):
                others += 1.0
            else:
                others -= 1.0
    return russian + others - 3.0 * len(_MIXED.findall(text))


def mended_letters(text: str) -> str:
    """Return a text that was UTF-8, taken for Latin-1 and encoded again («Ä…» for «ą») as what it was."""
    if text.isascii():
        return text
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:  # the rule: text that was sent as it is
        return text
