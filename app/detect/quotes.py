"""Finds the words in a text that its writer did not write: quoted letters and posts, signatures and disclaimers.

Everything is blanked out, character for character, so that positions stay; and where nothing else is said, what is quoted
stays: a complaint that is forwarded counts. `said` is where the text itself begins, behind a title that somebody may
have typed long before. Each search is guarded by one that costs next to nothing, and takes linear time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

_FLAGS = re.MULTILINE | re.IGNORECASE

_QUOTED = re.compile(r"[ \t]*(?:>|&gt;)(?!.*<[ \t]*$).*")
_COUNTED = re.compile(r"[ \t]*(?:>|&gt;)[ \t]*\d")
"""How a list begins rather than a quotation: «> 2 weeks of waiting»."""

_VERB = r"\b(?:wrote|pisze|napisał(?:a|\(a\))?|пишет|(?:на)?писал(?:а|\(а\))?)"
_HEAD = re.compile(
    rf"^(?=.{{6,200}}$)(?:.*(?:{_VERB}|<[^<>\s@]+@[^<>\s@]+>):|wiadomość napisana przez .*:)[ \t]*$", _FLAGS
)
"""The line above a quotation: «On 3 May Anna wrote:», «"Anna" <anna@kawaraj.example>:»."""

_BEGINS = r"(?:on|w dniu|dnia)\b|(?:pon|wt|śr|czw|pt|sob|nie?dz|mon|tue|wed|thu|fri|sat|sun|пн|вт|ср|чт|пт|сб|вс|пон|пят|суб|вос|чет)\w*[.,]|\d"
_HEAD_BEGINS = re.compile(rf"[ \t]*(?:{_BEGINS})[^\n]*", re.IGNORECASE)
_BY_A_PROGRAM = re.compile(
    rf"[^\n]*(?:\((?:a|а)\):|<[^<>\s@]+@[^<>\s@]+>)|[ \t]*wiadomość napisana przez"
    rf"|[ \t]*(?:{_BEGINS})(?=[^\n]*\b\d\d?:\d\d\b)",
    re.IGNORECASE,
)
"""What only a program of mail writes above a quotation, so that it is known without «>» below."""

_MINE = re.compile(r"\b(?:i|we|ja|my|я|мы)\b|\b(?:na)?pisał[ae]m\b|\bwysłał[ae]m\b", re.IGNORECASE)
"""Who writes what they wrote themselves quotes no letter."""

_BELOW = re.compile(
    r"\b(?:below|inline|poniżej|ponizej|niżej|pod spodem|pod cytatem|w treści|ниже|под цитатой|в тексте)\b",
    re.IGNORECASE,
)
_LONGEST_POINTER = 200
"""Characters above a quoted letter that may say no more than that the answer stands below it."""

_ORIGINAL = re.compile(
    r"^[ \t]*(?:-{3,}\s*(?:original message|wiadomość oryginalna|oryginalna wiadomość|исходное сообщение|"
    r"пересылаемое сообщение).*|_{10,}[ \t]*)$",
    _FLAGS,
)
_FORWARDED = re.compile(
    r"^[ \t>*_=-]*(?:(?:begin )?forwarded message|(?:początek |treść )?(?:przekazywanej|przekazana|przesłana|przesyłana) "
    r"wiadomo\w+|wiadomość (?:przekazana|przesłana)(?: dalej)?|начало переадресованного сообщения|"
    r"(?:пересылаемое|пересланное) сообщение)[ \t:*_=-]*$|^[ \t]*[*_=-]{5,}[ \t]*$",
    _FLAGS,
)
"""Lines above a letter that say nothing but that it is forwarded."""

_FIELD = re.compile(
    r"[ \t]*\*?(?:(?P<whose>from|od|от|от кого)|(?P<at>sent|date|wysłan[oae]|data|отправлен[оа]|дата)|(?P<to>to|do|кому)"
    r"|cc|dw|subject|temat|копия|тема|importance|ważność|важность)[ \t]*:(?P<value>.*)",
    re.IGNORECASE,
)
_MESSAGE = re.compile(
    r"^[ \t]*(?:treść|wiadomość|pytanie|opis|message|comment|question|сообщение|текст|вопрос)[^\n:]{0,20}:", _FLAGS
)
"""What stands in the letters of contact forms: below it somebody speaks."""

_ANSWER = re.compile(r"\s*(?:re|odp|aw|sv|antw|отв|ответ)(?:\[\d{1,3}\])?\s*:", re.IGNORECASE)
_REPOST = re.compile(r"(?<![\w@])RT @\w{1,50}:")
_LONGEST_POST = 600
"""Characters of the longest text that may be a post in which another is passed on."""

_FEWEST_WORDS = 5
"""Words above a post that is passed on from which they are judged without it: «look!» and «oh no» say too little."""

_TAGS = re.compile(r"[@#]\w+|https?://\S+|[^\w@#]+")
_BBCODE = re.compile(r"\[(/?)quote(?:[=\s][^\[\]\n]{0,200})?\]", re.IGNORECASE)

_DEVICE = re.compile(
    r"^[ \t]*(?:sent (?:from (?:my|outlook|mail|yahoo|proton|samsung)\b|via )|get outlook for "
    r"|wysłan[oae] (?:z (?:mo\w+|aplikacji|programu|urządzenia|telefonu|smartfon\w*|iphon\w*|ipad\w*|android\w*|gmail\w*|outlook\w*|samsung\w*)\b)"
    r"|отправлено (?:с|из) (?:мо\w+|iphone|ipad|android|samsung|телефона|смартфона|мобильн\w+|почты|outlook|яндекс\w*|mail)\b)[^,!?\n]{0,60}$",
    _FLAGS,
)
_DISCLAIMER = re.compile(
    r"^[ \t*]*(?:(?:uwaga|disclaimer|confidentiality(?: notice)?|внимание|zastrzeżenie|klauzula poufności)\b[ \t:.!–-]*)?"
    r"(?:(?:niniejsz\w+|ta|tej|ten) (?:wiadomoś\w+|e-?mail\w*|korespondencj\w+)|wiadomość ta|(?:treść|zawartość) (?:tej|niniejszej)"
    r"|informacje (?:zawarte|zamieszczone) w|(?:the )?(?:information|contents?)(?: contained)? (?:in|of) this|this (?:e-?mail|message|communication|transmission)"
    r"|(?:данное|это|настоящее) (?:электронное )?(?:сообщение|письмо)|(?:информация, )?(?:содержащаяся|содержание|содержимое) (?:в )?(?:данно|это|настояще)\w+)\b",
    _FLAGS,
)
_SECRET = re.compile(
    r"poufn|confidential|privileged|конфиденциальн|wyłącznie dla|intended (?:only|solely)|solely for", re.IGNORECASE
)
_ADDRESSED = re.compile(
    r"adresat|odbiorc|omyłk|pomyłk|recipient|addressee|intended|in error|адресат|получател|ошибк|ошибочно",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"wyłącznie dla|intended (?:only|solely)|solely for|только для|usuni|zniszcz|skasow|powiadom|poinform|zwrotn|do nadawcy"
    r"|zwrot (?:\w+ )?(?:wiadomo|e-?mail|koresp)|notify|delete|destroy|удал|уничтож|уведом|сообщите",
    re.IGNORECASE,
)
_DISCLAIMER_LENGTH = 700
"""Characters within which a disclaimer says that it is secret, whom it is meant for and what others are to do with it."""

_SIGNED = re.compile(r"^[ \t]*--( ?)[ \t]*$", re.MULTILINE)
_POSTSCRIPT = re.compile(r"^[ \t]*(?:p\.?[ \t]?s\b|п\.?[ \t]?с\b|з\.?[ \t]?ы\b)", _FLAGS)
_CLOSING = re.compile(
    r"(?:z )?(?:pozdraw|poważani|wyrazami)|(?:best |kind |warm )*regards|sincerely|cheers|с уважением|с наилучшими",
    re.IGNORECASE,
)
_CONTACT = re.compile(
    r"^[ \t]*(?:(?:tel|mob|kom|phone|fax|faks|e-?mail|www|https?|nip|regon|ul|ул|тел|моб|сайт|адрес)\b"
    r"|\+?[\d ()-]{7,}$|[^\s@]+@[^\s@]+$)",
    _FLAGS,
)
_SENTENCE_ENDS = (".", "!", "?", ":", ";", ",", "…")
_SIGNATURE_LINES = 12
_SIGNATURE_LENGTH = 700
_LONGEST_NAME = 60
_LONGEST_CLOSING = 40
_MOST_NAMES = 4
_NEXT = re.compile(r"\s*\S")
_LONGEST_HEAD = 200
_MOST_LETTERS = 5
_MOST_DISCLAIMERS = 100
_SECRETS = ("onfidential", "rivileged", "ntended ", "olely for", "oufn", "yłącznie dla", "онфиденц", "CONFID", "POUFN")


def _beginnings(words: str) -> frozenset[str]:
    return frozenset(
        case(word.replace("_", " ")) for word in words.split() for case in (str.lower, str.title, str.upper)
    )


_LETTER_BEGINS = _beginnings("fro od: od_ от: от_")
_ORIGINAL_BEGINS = frozenset(["---", "___"])
_SIGNED_BEGINS = frozenset(["--", "-- "])
_SENT_BEGINS = _beginnings("sen get wys отп")
_SECRET_BEGINS = _beginnings("uwa dis con вни zas kla nin ta_ tej ten wia tre zaw inf the thi дан это нас инф сод")
"""How lines begin, in their first three letters, that the patterns of the same names may find."""


def without_quotes(text: str, said: int = 0) -> str:
    """Return a text with blanks in place of what its writer did not write, equally long; all where nothing else is said."""
    if said and is_answer(text):
        said = 0
    if "[/" in text:
        text = _or_all(_without_bbcode(text), text, said)
    if "RT @" in text and len(text) - said <= _LONGEST_POST:
        text = _without_repost(text, said)
    begins: set[str] = set()
    if text.find("\n", said) >= 0:
        lines = text[said:].split("\n")
        begins = _begins(lines)
        text = _without_letters(text, said, lines, begins)
    if ">" in text or "&gt;" in text:
        text = _without_marked(text, said)
    return _without_footers(text, said, begins) if begins else text


def is_answer(title: str) -> bool:
    """Say whether a title is that of what a text answers: «Re: Terrible service»."""
    return _ANSWER.match(title) is not None


def blank(text: str) -> str:
    """Return as many blanks as a text has characters, its line breaks kept."""
    return "\n".join([" " * len(line) for line in text.split("\n")])


def _or_all(without: str, text: str, said: int) -> str:
    return without if without[said:].strip() else text


def _without_bbcode(text: str) -> str:
    parts: list[str] = []
    reached = depth = start = 0
    for tag in _BBCODE.finditer(text):
        if not tag[1]:
            start = tag.start() if not depth else start
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                parts += (text[reached:start], blank(text[start : tag.end()]))
                reached = tag.end()
    return "".join((*parts, text[reached:])) if parts else text


def _without_repost(text: str, said: int) -> str:
    """Blank the post that is passed on; where next to nothing is said of it, it is what is said."""
    found = _REPOST.search(text, said)
    if found is None or len(_TAGS.sub(" ", text[said : found.start()]).split()) < _FEWEST_WORDS:
        return text
    return text[: found.start()] + blank(text[found.start() :])


def _without_marked(text: str, said: int) -> str:
    """Blank the lines with «>» before them, and those that say whose words they are; a list below «order 4411:» stays."""
    lines: list[str] = []
    above, marked, listed = "", False, False
    for line in text.split("\n"):
        if _QUOTED.fullmatch(line):
            if not marked:
                listed = (above.endswith(":") or bool(_COUNTED.match(line))) and not _HEAD.fullmatch(above)
            marked = True
            lines.append(line if listed else blank(line))
        else:
            marked, above = marked and not line.strip(), line.rstrip() or above
            lines.append(line)
    if (without := "\n".join(lines)) == text:
        return text
    return _or_all(_HEAD.sub(lambda found: blank(found[0]), without), text, said)


def _without_letters(text: str, said: int, lines: list[str], begins: set[str]) -> str:
    """Blank the letters below what was written, from where the first of them begins."""
    begin = min((at for at in _letters(text, said, lines, begins) if _is_own(text[said:at])), default=-1)
    above = text[said:begin].strip() if begin >= 0 else ""
    if begin < 0 or (len(above) <= _LONGEST_POINTER and _BELOW.search(above)):
        return text
    return text[:begin] + blank(text[begin:])


def _is_own(above: str) -> bool:
    """Say whether something is said here, and not only that a letter is forwarded, from what device and by whom."""
    above = _FORWARDED.sub("", above)
    return bool(above.strip()) and bool(_without_footers(above, 0, _begins(above.split("\n")), alone=True).strip())


def _letters(text: str, said: int, lines: list[str], begins: set[str]) -> Iterator[int]:
    """Yield where quoted letters without «>» begin, the first few of each sort."""
    if not begins.isdisjoint(_ORIGINAL_BEGINS):
        yield from islice(_originals(text, said), _MOST_LETTERS)
    if not {line[-2:].strip()[-1:] for line in lines}.isdisjoint(":"):
        yield from islice(_below_heads(text, said), _MOST_LETTERS)
    if not begins.isdisjoint(_LETTER_BEGINS):
        yield from islice(_below_fields(lines, said), _MOST_LETTERS)


def _originals(text: str, said: int) -> Iterator[int]:
    """Yield where a line announces a letter; one of underscores does where «From:» stands below it."""
    for found in _ORIGINAL.finditer(text, said):
        below = _NEXT.match(text, found.end())
        if "_" not in found[0] or (below and (field := _FIELD.match(text, below.end() - 1)) and field["whose"]):
            yield found.start()


def _below_heads(text: str, said: int) -> Iterator[int]:
    for head in _HEAD.finditer(text, said):
        below = _NEXT.match(text, head.end())
        if below is None or below[0][-1] in ">&":  # these lines are marked
            continue
        begin = max(text.rfind("\n", said, max(head.start() - 1, said)) + 1, said)
        above = text[begin : head.start()].strip()
        wrapped = _HEAD_BEGINS.match(above) and not _HEAD_BEGINS.match(head[0]) and len(above) <= _LONGEST_HEAD
        if _MINE.search(head[0]):
            continue
        if wrapped and _BY_A_PROGRAM.match(f"{above} {head[0]}"):
            yield begin
        elif _BY_A_PROGRAM.match(head[0]):
            yield head.start()


def _below_fields(lines: list[str], said: int) -> Iterator[int]:
    """Yield where lines like «From:», «Sent:» and «To:» follow one another, as above a letter, not as in a form."""
    begin = at = said
    run: dict[str, str] = {}
    for line in lines:
        if field := _FIELD.fullmatch(line):
            begin = begin if run else at
            run[next((name for name in ("whose", "at", "to") if field[name]), "")] = field["value"]
            if line.lstrip().startswith("*"):  # in bold: no person writes it so
                run.setdefault("", "")
        elif run:
            if _is_letter(run) and not _MESSAGE.match(line):
                yield begin
            run = {}
        at += len(line) + 1
    if _is_letter(run):
        yield begin


def _is_letter(fields: dict[str, str]) -> bool:
    named = "" in fields or "@" in fields.get("whose", "") + fields.get("to", "")
    return named and "whose" in fields and "to" in fields and any(map(str.isdigit, fields.get("at", "")))


def _without_footers(text: str, said: int, begins: set[str], *, alone: bool = False) -> str:
    """Blank disclaimers, signatures and the names of devices; with `alone` even where nothing is said above them."""
    if not begins.isdisjoint(_SECRET_BEGINS) and any(word in text for word in _SECRETS):
        begin = next((at for at in _disclaimers(text, said) if alone or text[said:at].strip()), -1)
        text = text if begin < 0 else text[:begin] + blank(text[begin:])
    span = None if begins.isdisjoint(_SIGNED_BEGINS) else _signature(text, said)
    if span and (alone or text[said : span[0]].strip()):
        text = text[: span[0]] + blank(text[span[0] : span[1]]) + text[span[1] :]
    if not begins.isdisjoint(_SENT_BEGINS):
        without = _DEVICE.sub(lambda found: blank(found[0]), text)
        text = without if alone else _or_all(without, text, said)
    return text


def _begins(lines: list[str]) -> set[str]:
    return {line.lstrip(" \t*")[:3] for line in lines}


def _disclaimers(text: str, said: int) -> Iterator[int]:
    for found in islice(_DISCLAIMER.finditer(text, said), _MOST_DISCLAIMERS):
        beginning = text[found.start() : found.start() + _DISCLAIMER_LENGTH]
        after = found.end() - found.start()
        if _SECRET.search(beginning) and _ADDRESSED.search(beginning, after) and _ASKED.search(beginning, after):
            yield found.start()


def _signature(text: str, said: int) -> tuple[int, int] | None:
    """Return where the last line with «--» and what stands below it begins and ends, if that looks like a signature."""
    lines = list(_SIGNED.finditer(text, said))
    if not lines:
        return None
    line = lines[-1]
    script = _POSTSCRIPT.search(text, line.end())
    end = script.start() if script else len(text)
    below = text[line.end() : end].strip()
    return (line.start(), end) if _looks_signed(below, plainly=bool(line[1])) else None


def _looks_signed(below: str, *, plainly: bool) -> bool:
    """Say whether these lines are a signature: short, and with a name, a closing or ways to reach somebody.

    `plainly`: the line above is «-- » with its blank, as programs write it, and people do not.
    """
    lines = [line.strip() for line in below.split("\n") if line.strip()]
    if len(below) > _SIGNATURE_LENGTH or len(lines) > _SIGNATURE_LINES or _MESSAGE.search(below):
        return False
    if plainly or not lines:
        return not any(
            line.endswith(("!", "?")) or (len(line) > _LONGEST_NAME and line.endswith(".")) for line in lines
        )
    if _CLOSING.match(lines[0]) and len(lines[0]) <= _LONGEST_CLOSING:
        return True
    if len(lines[0]) > _LONGEST_NAME or lines[0].endswith(_SENTENCE_ENDS):
        return False
    if _CONTACT.search(below):
        return True
    words = lines[0].split()
    named = len(words) <= _MOST_NAMES and all(word[0].isupper() and not word.isupper() for word in words)
    return named and (len(words) > 1 or len(lines) == 1)
