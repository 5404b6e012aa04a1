"""The fast reader and feedparser have to say the same of every document that both can read."""

from __future__ import annotations

from pathlib import Path

import pytest
from sources.polling import NOW
from sources.shapes import SHAPES

from app.core.mention import Mention
from app.sources.feeds.charset import decode
from app.sources.feeds.entry import Document
from app.sources.feeds.feedparser_reader import read_loosely
from app.sources.feeds.html_text import html_text, one_line
from app.sources.feeds.mention_of import mentions_of
from app.sources.feeds.sniff import Kind, look
from app.sources.feeds.xml_reader import read_xml

FOLDER = Path(__file__).parents[1] / "samples" / "feeds"
RECORDED = [
    (path.name, decode(path.read_bytes())) for path in sorted(FOLDER.iterdir()) if path.suffix in {".rss", ".atom"}
]
ONLY_SLOWLY = {"rss 0.91 with doctype"}


def _mentions(document: Document) -> tuple[Mention, ...]:
    return mentions_of(
        document, source="feed", place="kawaraj.example/feed", address="https://kawaraj.example/feed/", now=NOW
    )


@pytest.mark.parametrize(("name", "text"), [*SHAPES, *RECORDED], ids=[name for name, _ in (*SHAPES, *RECORDED)])
def test_both_readers_say_the_same(name: str, text: str) -> None:
    found = look(text)
    atom = "feed" in found.text[:8]
    loose = read_loosely(found.text, atom=atom)
    assert loose is not None
    if name in ONLY_SLOWLY:
        assert found.kind is Kind.MESSY
        assert [mention.title for mention in _mentions(loose)] == ["x"]
        return
    assert found.kind is Kind.FEED
    fast = read_xml(found.text)
    assert fast is not None
    assert _mentions(fast) == _mentions(loose)
    titles = [one_line(html_text(document.title.value), 500) for document in (fast, loose)]
    assert titles[0] == titles[1]
    assert (fast.wait, fast.language, len(fast.entries)) == (loose.wait, loose.language, len(loose.entries))
    assert fast.author == loose.author
    assert [entry.signed for entry in fast.entries] == [entry.signed for entry in loose.entries]


def test_the_corpus_is_large_enough() -> None:
    assert len(SHAPES) >= 60
    assert sum(len(_mentions(read_xml(look(text).text) or Document())) for _, text in SHAPES) > 100


@pytest.mark.parametrize(
    "text",
    [
        "<rss><channel><item><title>a & b</title></item></channel></rss>",
        "<rss><channel><item><title>a&nbsp;b</title></item></channel></rss>",
        "<rss><channel><item><title>a</item></channel></rss>",
        '<rss><channel/></rss><!DOCTYPE x [<!ENTITY a "b">]>',
        "<rss><x:y/></rss>",
        "<rss>" + "<a/>" * 400_001 + "</rss>",
    ],
)
def test_what_is_not_well_formed_or_too_crowded_is_left_to_feedparser(text: str) -> None:
    assert read_xml(text) is None


def test_a_doctype_never_reaches_the_fast_reader() -> None:
    for start in (
        "<!DOCTYPE rss>",
        "<!-- a --><!doctype rss [<!ENTITY a 'b'>]>",
        '<?xml version="1.0"?>\n<!DOCTYPE rss>',
    ):
        assert look(start + "<rss><channel/></rss>").kind is Kind.MESSY
