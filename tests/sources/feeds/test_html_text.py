"""HTML to text: what people see, in linear time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.core.mention import LONGEST_TEXT
from app.sources.feeds.html_text import html_text, plain_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("", ""),
        ("Kawa", "Kawa"),
        ("<p>Kawa</p><p>zimna</p>", "Kawa\nzimna"),
        ("<p>Kawa\nbyła\r\n  zimna</p>", "Kawa była zimna"),
        ("Kawa\n\n\nzimna", "Kawa\nzimna"),
        ("Kawa<br>zimna<br/>droga<BR />zła", "Kawa\nzimna\ndroga\nzła"),
        ("<ul><li>raz</li><LI class='x'>dwa</ul>", "• raz\n• dwa"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><th>c</th></tr></table>", "a b\nc"),
        ("<b>Ka</b><i>wa</i> <a href='https://x.example/?a>b'>zimna</a>", "Kawa zimna"),
        ('<a title="5 > 4" href=x>tu</a>', "tu"),
        ("<a title=it's>tam</a> don't", "tam don't"),
        ("Kawa &amp; ciasto &#8211; 5&nbsp;z&#x142;&hellip;", "Kawa & ciasto – 5 zł…"),
        ("zimna &lt;b&gt;!&lt;/b&gt; &amp;amp; zła", "zimna ! & zła"),
        ("1 &lt; 2 &amp;&amp; 3 > 2", "1 < 2 && 3 > 2"),
        ("5 < 6, a <3 i <> b", "5 < 6, a <3 i <> b"),
        (
            "Anna <anna@kawaraj.example> pisze <https://x.example>",
            "Anna <anna@kawaraj.example> pisze <https://x.example>",
        ),
        ("<!-- nic --><p>coś</p><!--[if mso]>x<![endif]-->", "coś"),
        ("a <!-- bez końca <b>b</b>", "a bez końca b"),
        ("a<script>alert('<p>')</script><style>p{}</style><SCRIPT>x</SCRIPT >b", "ab"),
        ("a<script>bez końca", "a"),
        ("<head><title>x</title></head><body>y</body>", "y"),
        ("<svg><text>x</text></svg>y<template>z</template>", "y"),
        ('<img src="https://track.example/p.gif" alt="kot">kawa', "kawa"),
        ("<![CDATA[<p>Kawa</p>]]>", "Kawa"),
        ("<!DOCTYPE html><?php echo 1 ?><p>x", "x"),
        ("koniec <a href='http", "koniec"),
        ("<o:p>Word</o:p><w:x/>", "Word"),
        ("za\u00adkład\u200b \u202eodwrotnie\u202c \ufeff!\x00\x1b", "zakład odwrotnie !"),
        ("שלום العربية", "שלום العربية"),
        ("👩\u200d👩\u200d👧", "👩\u200d👩\u200d👧"),
        ("cena\x85 5 \x80", "cena… 5 €"),
        ("&#133;&#x80;", "…€"),
        ("&#99999999999999999999;&#xFFFFFFFFF;a&#0;&#xD800;", "\ufffd\ufffda\ufffd\ufffd"),
        ("&nieznana; &copy 2026 &", "&nieznana; © 2026 &"),
        ("a \t\u00a0\u2003 b", "a b"),
    ],
)
def test_text(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<blockquote>zimna<br>droga</blockquote><p>Nie!</p>", "> zimna\n> droga\nNie!"),
        ("Nie!<blockquote type=cite>a<BLOCKQUOTE>b</BLOCKQUOTE>\n<p>c</blockquote>d", "Nie!\n> a\n> b\n> c\nd"),
        ("Nie!<blockquote>zimna &amp;lt; &gt; droga", "Nie!\n> zimna &lt; > droga"),
        ("Nie!&lt;blockquote&gt;zimna&lt;/blockquote&gt;", "Nie!\n> zimna"),
        ("<blockquote>zimna</blockquote>", "zimna"),
        ("<div> <blockquote><blockquote>a</blockquote>b</blockquote>\n</div>", "a\nb"),
        ("a</blockquote>b<blockquote></blockquote>c", "a\nb\nc"),
        ("a&#14;b\x0ec\x0fd", "abcd"),
    ],
)
def test_what_is_quoted_is_marked_beside_own_words(markup: str, text: str) -> None:
    assert html_text(markup) == text
    assert html_text(markup, quotes=False).split() == text.replace("\n> ", "\n").removeprefix("> ").split()


def test_a_number_of_thousands_of_digits_is_dropped() -> None:
    assert html_text(f"a&#{'9' * 10_000};b&#x{'f' * 10_000};c") == "abc"


def test_long_texts_are_cut() -> None:
    text = html_text("<p>" + "kawa " * 20_000 + "</p>")
    assert len(text) <= LONGEST_TEXT
    assert text.endswith("kawa…")
    assert html_text("a" * LONGEST_TEXT) == "a" * LONGEST_TEXT


@pytest.mark.parametrize(
    "piece",
    ["<", "<!--", "<![CDATA[", "<script", "<script>", "<style>x", "<a ", '<a "', "<a '", "<a b=\"'", "</", "<p", "&", "&#", "&#1", "&a", "&lt;",
     "&lt;!--", "<li", "<td", "<!", "<?", "]]>", "-->", "<!-->", "\n", " ", "\x85", "\u202e", "a@", "<a@", "<blockquote>", "a<blockquote>b\n", "a</blockquote>", "\x0e", "<blockquote>a</blockquote>", "<a:", "<-", "<svg><!--", "&amp;lt;p"],
)  # fmt: skip
def test_floods_take_linear_time(piece: str) -> None:
    html_text(piece * 1_000)
    start = time.perf_counter()
    html_text(piece * (5_000_000 // len(piece)))
    assert time.perf_counter() - start < 8.0


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.sampled_from("<>&;#!-/?[]\"'= \n\r\tapbrlix1ąж\u202e\x00\x85\u00a0\ud800"), max_size=200))
def test_whatever_comes_in_tidy_text_comes_out(markup: str) -> None:
    text = html_text(markup)
    assert text == plain_text(text)
    assert not set(text) & set("\x00\u202e\ud800\r\t\u00a0\x85")
    assert "\n\n" not in text
    assert all(line == line.strip() for line in text.split("\n"))
    text.encode()


@settings(max_examples=200, deadline=None)
@given(st.lists(st.text(alphabet="abcąężшю .,!?()0123456789", min_size=1, max_size=30), min_size=1, max_size=8))
def test_words_are_never_lost(paragraphs: list[str]) -> None:
    markup = "".join(f"<div class='x'><p>{paragraph}</p></div>\n" for paragraph in paragraphs)
    assert html_text(markup).split() == " ".join(paragraphs).split()
