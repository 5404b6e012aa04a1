"""HTML to plain text in linear time, however hostile the HTML is.

No pattern here can look past the next «<», and each search for the end of a block is given up for good the first time
it finds none; so no input makes the work grow faster than its length. The usual case is one split at the tags.
"""

from __future__ import annotations

import re
from html import unescape

from app.core.mention import LONGEST_TEXT
from app.sources.feeds.charset import WINDOWS

_LINE = "\v"
"""Stands for a line break of ours until the line breaks of the source, which mean nothing beside blocks, are gone."""

_OPEN, _CLOSE = "\x0e", "\x0f"
"""Stand where a quotation begins and ends, until its lines are marked; a text itself holds none of them."""

_BLOCKS = (
    "address|article|aside|br|caption|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer"
    "|form|h1|h2|h3|h4|h5|h6|header|hr|legend|li|main|menu|nav|ol|optgroup|option|p|pre|section|summary|table|tbody|tfoot"
    "|thead|tr|ul"
)
_INLINE = (
    "a|abbr|acronym|audio|b|bdi|bdo|big|body|button|canvas|cite|code|del|dfn|em|embed|font|html|i|iframe|img|input|ins|kbd"
    "|label|link|mark|meta|noscript|object|param|picture|q|rp|rt|ruby|s|samp|script|small|source|span|strike|strong|style"
    "|sub|sup|svg|td|th|time|tt|u|var|video|wbr"
)
_HIDDEN = ("script", "style", "head", "template", "svg", "math", "iframe", "object")


class _Marks(dict[str, str]):
    """What takes the place of each tag, by its name in any letter case; nothing for most."""

    def __missing__(self, name: str) -> str:
        lower = name.lower()
        return "" if lower == name else self[lower]


_MARKS = _Marks(
    {
        **{slash + name: "" for name in _INLINE.split("|") for slash in ("", "/")},
        **{slash + name: _LINE for name in _BLOCKS.split("|") for slash in ("", "/")},
        "li": f"{_LINE}• ",
        "blockquote": _LINE + _OPEN,
        "/blockquote": _CLOSE + _LINE,
        "td": " ",
        "th": " ",
    }
)


class _References(dict[str, str]):
    """What entities stand for; each is looked up once. A number too long to be a character stands for nothing."""

    def __missing__(self, reference: str) -> str:
        decoded = unescape(reference) if len(reference) <= 40 or reference[1] != "#" else ""
        if len(self) < 2_000:
            self[reference] = decoded
        return decoded


_REFERENCES = _References()
_QUOTE_MARKS = re.compile(f"([{_OPEN}{_CLOSE}])")
_REFERENCE = re.compile(r"(&(?:#(?:[0-9]++|[xX][0-9a-fA-F]++)|[a-zA-Z][a-zA-Z0-9]{1,31}+);?)")
_INSIDE = r"""(?:[^<>"']*+(?:(?:"[^"<]*"|'[^'<]*')[^<>"']*+)*+>|[^<>]*+>)"""
_TAG = re.compile(rf"<(/?[a-zA-Z][a-zA-Z0-9-]*+)(?::[a-zA-Z][\w-]*+)?(?=[\s/>]){_INSIDE}")
_CUT_TAG = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]*+)(?![\w:-])[^<>]*+")
_DECLARATION = re.compile(r"<[!?][^<>]*+>")
_HIDDEN_START = re.compile(rf"<!--|<({'|'.join(_HIDDEN)})(?![\w:-])", re.IGNORECASE)
_HIDDEN_END = {
    name: re.compile(
        rf"</{name}[^<>]*+>" if name == "script" else rf"</{name}[^<>]*+>|<{name}(?![\w:-])", re.IGNORECASE
    )
    for name in _HIDDEN
}
"""Where what is hidden ends; another beginning before that says that it never does. Scripts write tags of scripts."""

_MAY_HIDE = frozenset((*_HIDDEN, *map(str.upper, _HIDDEN), *map(str.title, _HIDDEN)))
_ALONE = re.compile(r"(?<=[\w.,!?…>])<br\s*+/?>|<br\s*+/?>(?=[\w<])|<img\s[^<>=]*+=[^<>]*+>", re.IGNORECASE)
"""Tags without an end that are markup and not words about markup: a break that touches words, a picture with an address."""

_BEGINNING = re.compile(rf"""\s*+<([a-zA-Z][a-zA-Z0-9]*+)(?:\s[^<>=]*+={_INSIDE}|>(?=[\w<"'„“«(¡¿\r\n]))""")
"""A tag that a text begins with and goes on from at once, or one with an attribute: nobody begins so to speak of a tag."""

_BESIDE = re.compile(r"<img\s[^<>]*+>|\A\s*+<br\s*+/?>|<br\s*+/?>\s*+\Z", re.IGNORECASE)
"""What programs add to a text in which all markup is escaped: a picture that counts readers, a break before or after it."""

_WRAPPED = re.compile(r"\s*+<(p|div)(?:\s[^<>]*+)?>[^<]*+</\1>\s*+", re.IGNORECASE)
_ENDING = re.compile(r"(?:</[a-zA-Z][a-zA-Z0-9]*+>|…|\.\.\.|&hellip;|&#8230;)\]?\s*\Z")
"""One element around a text without other tags; how an escaped markup in it ends, whole or cut."""

_COMMENT_END = re.compile(r"--!?>")
_UNSEEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ufffe\uffff\ud800-\udfff]+"
)


def html_text(markup: str, *, quotes: bool = True) -> str:
    """Return the plain text of HTML: blocks as lines, list items as «• », no tags, entities decoded, tidied and cut.

    What is quoted has «> » before each line, unless all is or `quotes` is False: where pages show what customers say so.
    Markup that was escaped once too often (WordPress does it in RSS descriptions) is taken for what was meant; tags that
    are escaped beside real ones (but a lone picture or break), or only named («widać <iframe> i koniec»), are words of the writer and stay.
    """
    written = markup
    if _OPEN in markup or _CLOSE in markup:
        markup = markup.replace(_OPEN, "").replace(_CLOSE, "")
    if "<" in markup:
        markup = _without_tags(markup)
    if "&" in markup:
        markup = decode_entities(markup)
        if "<" in markup and _was_escaped(_BESIDE.sub("", written, count=1), markup):
            markup = decode_entities(_without_tags(markup))
    return plain_text(_with_quotes_marked(markup) if quotes and _OPEN in markup else markup)


def without_hidden(markup: str) -> str:
    """Return HTML without comments, declarations, its head, scripts and whatever else is not shown as text."""
    return _without_declarations(markup) if "<!" in markup or "<?" in markup else _without_hidden(markup)


def plain_text(text: str) -> str:
    """Return a text tidied: no control characters or bidi overrides, single spaces, no empty lines, cut to size."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\u00a0" in text:
        text = text.replace("\u00a0", " ")
    lines = [
        line.strip() if line.isprintable() and "  " not in line else _tidy(line) for line in text.split("\n") if line
    ]
    return cut("\n".join([line for line in lines if line]), LONGEST_TEXT)


def one_line(text: str, longest: int) -> str:
    """Return a plain text on one line of at most so many characters."""
    return cut(text.replace("\n", " "), longest)


def cut(text: str, longest: int) -> str:
    """Return a text of at most `longest` characters; one that had to be cut ends in «…»."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def decode_entities(text: str) -> str:
    """Return a text with its entities decoded."""
    parts = _REFERENCE.split(text)
    parts[1::2] = [_REFERENCES[reference] for reference in parts[1::2]]
    return "".join(parts)


def _was_escaped(written: str, decoded: str) -> bool:
    """Say whether what a markup decodes to is markup once more, all of it: there are no real tags, but for a wrapping."""
    if _WRAPPED.fullmatch(written):
        return _LINE in _MARKS.get(_first_tag(decoded), "") and _ENDING.search(decoded[-40:]) is not None
    return not _TAG.search(written) and _is_markup(decoded)


def _first_tag(decoded: str) -> str:
    """Return the name of the tag that a text begins with as markup does, «» for none; of none that hides its content."""
    first = _BEGINNING.match(decoded)
    name = first[1].lower() if first else ""
    return name if name in _MARKS and name not in _HIDDEN else ""


def _is_markup(decoded: str) -> bool:
    """Say whether a text is markup by an element in it that is closed and shown, a break that touches words, or its beginning.

    The last is left where the end was cut off.
    """
    if _first_tag(decoded):
        return True
    begun: set[str] = set()
    for name in map(str.lower, _TAG.findall(decoded)):
        if name[0] != "/":
            begun.add(name)
        elif name[1:] in begun and name in _MARKS and name[1:] not in _HIDDEN:
            return True
    return _ALONE.search(decoded) is not None


def _with_quotes_marked(text: str) -> str:
    parts = _QUOTE_MARKS.split(text)
    depth = 0
    said = False
    for number, part in enumerate(parts):
        if part == _OPEN:
            depth += 1
        elif part == _CLOSE:
            depth = max(0, depth - 1)
        elif depth:
            parts[number] = "\n".join([f"> {line}" for line in part.split("\n") if line.strip()])
        else:
            said = said or (not part.isspace() and part != "")
    return "\n".join(parts) if said else text


def _tidy(line: str) -> str:
    return " ".join(_UNSEEN.sub("", line.translate(WINDOWS)).split())


def _without_tags(markup: str) -> str:
    if ("!" in markup and "<!" in markup) or (
        "?" in markup and "<?" in markup
    ):  # the single letter is found much faster
        markup = _without_declarations(markup)
    parts = _TAG.split(markup)
    names = parts[1::2]
    if not _MAY_HIDE.isdisjoint(names):
        parts = _TAG.split(_without_hidden(markup))
        names = parts[1::2]
    parts[1::2] = [_MARKS[name] for name in names]
    text = "".join(parts)
    if _LINE in text:
        text = text.replace("\n", " ").replace("\r", " ").replace(_LINE, "\n")
    return _without_cut_tag(text) if "<" in text else text


def _without_cut_tag(text: str) -> str:
    """Drop the tag that a text was cut off in."""
    start = text.rfind("<")
    match = _CUT_TAG.fullmatch(text, start)
    return text[:start] if match and match[1].lower() in _MARKS else text


def _without_declarations(markup: str) -> str:
    markup = _without_hidden(markup)
    if "<![CDATA[" in markup:
        markup = markup.replace("<![CDATA[", " ").replace("]]>", " ")
    return _DECLARATION.sub("", markup)


def _without_hidden(markup: str) -> str:
    """Drop comments, scripts and the like; what opens and never closes is shown, its tag goes later as any other."""
    kept: list[str] = []
    kept_to = position = 0
    endless: set[str] = set()
    while match := _HIDDEN_START.search(markup, position):
        position = match.end()
        name = (match[1] or "").lower()
        end = None if name in endless else _hidden_end(name, markup, position)
        if end is None:
            endless.add(name)
        elif end[0][1] == "/" or not name:
            position = end.end()
        if not name or (end and end[0][1] == "/"):
            kept.append(markup[kept_to : match.start()])
            kept_to = position
    kept.append(markup[kept_to:])
    return "".join(kept)


def _hidden_end(name: str, markup: str, position: int) -> re.Match[str] | None:
    """Return where what began before `position` ends, or begins once more.

    A comment, which has no name, only ends, and a template may hold others.
    """
    if not name:
        return _COMMENT_END.search(markup, position - 2)
    depth = 1
    for match in _HIDDEN_END[name].finditer(markup, position):
        depth += -1 if match[0][1] == "/" else 1
        if not depth or name != "template":
            return match
    return None
