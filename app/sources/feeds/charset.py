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

_GUESSES = ("windows-1250", "iso-8859-2", "windows-1251", "koi8-r", "cp1252")
_POLISH = frozenset("ąćęłńóśźżĄĆĘŁŃÓŚŹŻ")
_WESTERN = frozenset("éèêëäöüßñçàâîïôûáíúåøæÄÖÜÉ")
_TYPESET = frozenset("„”“’–—…«»\xa0©")
WINDOWS = {code: bytes([code]).decode("cp1252", "ignore") for code in range(0x80, 0xA0)}
"""Characters 128 to 159 stand for nothing in Unicode; where they occur those of Windows are meant, as browsers assume."""

_RUSSIAN = re.compile("[а-яё]{2,}")
_MIXED = re.compile("[A-Za-z][А-яЁё]|[А-яЁё][A-Za-z]|[а-яё][А-ЯЁ]")


def decode(body: bytes, content_type: str = "") -> str:
    """Return the text of a body, without its byte-order mark; never fails, at worst with «�» in it.

    A byte-order mark decides; then what is UTF-8 is UTF-8, whatever is claimed (no other text looks like it by
    chance); then the XML declaration where it decodes cleanly, then the header's charset likewise; then a guess.
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
    for encoding in (declared, header):
        if not encoding.startswith("utf") and (text := _clean(body, encoding)) is not None:
            return text
    lenient = body.decode("utf-8", "replace")
    broken = lenient.count("\ufffd")
    if sum(char > "\x7f" for char in lenient[:_SAMPLE]) > 2 * broken or (broken <= 2 and "utf" in declared + header):
        return lenient
    return body.decode(_guess(body), "replace")


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


def _guess(body: bytes) -> str:
    """Return the encoding whose reading of the bytes looks most like Polish, Russian or a western language."""
    sample = body[:_SAMPLE]
    return max(_GUESSES, key=lambda encoding: _likeness(sample.decode(encoding, "replace")))


def _likeness(text: str) -> float:
    """Return how much the letters beyond ASCII look like those of a language; letters of two scripts in a word do not."""
    russian = sum(len(run) for run in _RUSSIAN.findall(text))
    others = 0.0
    for char in text:
        if char > "\x7f" and not "Ѐ" <= char <= "ӿ":
            if char in _POLISH:
                others += 2.0
            elif char in _WESTERN or char in _TYPESET:
                others += 1.0
            else:
                others -= 1.0
    return 2.0 * russian + others - 3.0 * len(_MIXED.findall(text))


def mended_letters(text: str) -> str:
    """Return a text that was UTF-8, taken for Latin-1 and encoded again («Ä…» for «ą») as what it was."""
    if text.isascii():
        return text
    try:
        return text.encode("iso-8859-1").decode("utf-8")
    except UnicodeError:  # the rule: text that was sent as it is
        return text
