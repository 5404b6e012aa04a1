"""Markdown to plain text, as far as people use it in comments; in linear time."""

from __future__ import annotations

import re

from app.core.mention import LONGEST_TEXT
from app.sources.feeds.html_text import decode_entities, plain_text

_LINK = re.compile(r"!?\[([^\]\[\n]{0,500})\]\([^()\s]{0,2000}(?: \"[^\"\n]{0,200}\")?\)")
_HEADING = re.compile(r"^[ \t]{0,20}#{1,6}[ \t]+", re.MULTILINE)
_QUOTE = re.compile(r"^[ \t]{0,20}(?:>[ \t]?){1,9}", re.MULTILINE)
_BULLET = re.compile(r"^[ \t]{0,20}[*+-][ \t]+", re.MULTILINE)
_MARKS = re.compile(r"(?<!\\)(?:\*\*\*|\*\*|~~|```|`|(?<!\w)__|__(?!\w)|(?<![\w*])\*(?=\w)|(?<=[\w.,!?])\*(?![\w*]))")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!>~-])")


def markdown_text(written: str) -> str:
    """Return the plain text of Markdown: links as their words, list items as «• », quotations with «> », no other marks."""
    text = _LINK.sub(r"\1", written[: 2 * LONGEST_TEXT])
    text = _BULLET.sub("• ", _QUOTE.sub("> ", _HEADING.sub("", text)))
    text = _ESCAPED.sub(r"\1", _MARKS.sub("", text))
    return plain_text(decode_entities(text))
