"""HTML to text: what people see, in linear time."""

from __future__ import annotations

import pytest
from fakes.growth import is_linear
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
        ("a<script>bez końca", "abez końca"),
        ("a<!-- raz <!-- dwa", "a raz dwa"),
        ("<svg><title>x</title><p>Paczka nie doszła</p>", "x\nPaczka nie doszła"),
        ("<p>Nie polecam<svg><p>Zepsute<svg><text>x</text></svg> i drogie", "Nie polecam\nZepsute i drogie"),
        ("<iframe src=x />Nie polecam <iframe src=y></iframe>nikomu <IFRAME>x</iframe>", "Nie polecam nikomu"),
        ("<style>p{}</style>a<style>Nie<object>polecam<style>p{}</style>b", "aNiepolecamb"),
        ("<script>document.write('<script src=x><\\/script>')</script>kawa", "kawa"),
        ("<head><title>x</title></head><body>y</body>", "y"),
        ("<svg><text>x</text></svg>y<template>z</template>", "y"),
        ("Kawa<template><p>a</p><template>b</template>c</template> zimna<template>x</template>", "Kawa zimna"),
        ("Kawa<template>Nie polecam<template>b</template> zimna", "KawaNie polecamb zimna"),
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


@pytest.mark.parametrize("name", ["script", "style", "iframe", "object", "svg", "head", "template", "b", "br"])
@pytest.mark.parametrize(
    "written", ["Widać {} i koniec. Nie polecam!", "Jest: {}", "«{}», a nie menu", "{} zamiast menu"]
)
def test_tags_that_the_writer_names_are_words_and_stay(name: str, written: str) -> None:
    text = written.format(f"<{name}>")
    escaped = text.replace("<", "&lt;").replace(">", "&gt;")
    twice = escaped.replace("&", "&amp;")
    for markup in (escaped, f"<p>{escaped}</p>", f"<div>{escaped}<br></div>", f"&lt;p&gt;{twice}&lt;/p&gt;"):
        assert html_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("5 &lt;b&gt; c", "5 <b> c"),
        ("a &lt;!-- b &lt;i&gt; --&gt; c", "a <!-- b <i> --> c"),
        ("<p>kod: &lt;b&gt;Menu&lt;/b&gt; &lt;script&gt;x&lt;/script&gt;</p>", "kod: <b>Menu</b> <script>x</script>"),
        ("Po &lt;script&gt; nic, &lt;/script&gt; też", "Po <script> nic, </script> też"),
        ("<b>Uwaga</b> &lt;iframe&gt;: &lt;br/&gt;!", "Uwaga <iframe>: <br/>!"),
        ("&lt;p&gt; zamiast menu, a potem &lt;br&gt; i nic", "<p> zamiast menu, a potem <br> i nic"),
        ("&lt;b&gt;, &lt;i&gt; i &lt;p&gt; na stronie", "<b>, <i> i <p> na stronie"),
        ("&lt;Kowalska&gt;Oszuści", "<Kowalska>Oszuści"),
        ("&lt;iframe src='x'&gt; zamiast menu", "<iframe src='x'> zamiast menu"),
        ("Jest &lt;a href='x'&gt; zamiast menu", "Jest <a href='x'> zamiast menu"),
        ("&lt;5 zł&gt; to za dużo", "<5 zł> to za dużo"),
        ("Widać &lt;p&gt; i koniec<br>", "Widać <p> i koniec"),
        ("Kod: &lt;b&gt;Menu&lt;/b&gt;<br>dalej", "Kod: <b>Menu</b>\ndalej"),
        ("<p>&lt;p&gt;Menu&lt;/p&gt; widzę zamiast menu</p>", "<p>Menu</p> widzę zamiast menu"),
        ("<p>&lt;b&gt;Menu&lt;/b&gt;</p>", "<b>Menu</b>"),
        ("<p>Widać &lt;p&gt;Menu&lt;/p&gt;</p>", "Widać <p>Menu</p>"),
        ("<p>&lt;p&gt;Menu&lt;/p&gt;</p><p>I tyle &lt;br&gt;</p>", "<p>Menu</p>\nI tyle <br>"),
        ("Widać &lt;b&gt; i koniec <img src='https://track.example/p.gif'>", "Widać <b> i koniec"),
    ],
)
def test_escaped_tags_stay_beside_real_ones_and_where_they_are_no_markup(markup: str, text: str) -> None:
    assert html_text(markup) == text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("&lt;p&gt;Kawa&lt;/p&gt;&lt;script&gt;x&lt;/script&gt;&lt;p&gt;zimna&lt;/p&gt;", "Kawa\nzimna"),
        ("Zimna &lt;b&gt;kawa&lt;/b&gt;", "Zimna kawa"),
        ("Zimna&lt;br /&gt;kawa&lt;BR&gt;&lt;br&gt;droga", "Zimna\nkawa\ndroga"),
        ("&lt;img src=&quot;https://track.example/p.gif&quot;&gt; kawa", "kawa"),
        ("&lt;a href='x'&gt;Kawa&lt;/A&gt; &lt;!-- nic --&gt;zimna", "Kawa zimna"),
        ("&lt;p&gt;Widać &lt;iframe&gt; i koniec&lt;/p&gt; Nie polecam", "Widać i koniec\nNie polecam"),
        ("&lt;p&gt;Okropna obsługa, nie [&amp;hellip;]", "Okropna obsługa, nie […]"),
        ("\n &lt;P&gt;&lt;strong&gt;Okropna obsługa", "Okropna obsługa"),
        ("&lt;p&gt;\nOkropna obsługa", "Okropna obsługa"),
        ("&lt;p&gt;„Bułki” &amp;#8211; stare", "„Bułki” – stare"),
        ('&lt;a href="https://x.example"&gt;Anna [&amp;#8230;]', "Anna […]"),
        ("&lt;div class='x'&gt; Okropna obsługa, dzwoniłam", "Okropna obsługa, dzwoniłam"),
        ("&lt;p&gt;Okropna&lt;/p&gt;<img src='https://track.example/p.gif'>", "Okropna"),
        ("<img src=x />&lt;p&gt;Okropna obsługa&lt;/p&gt;", "Okropna obsługa"),
        ("&lt;p&gt;Okropna&lt;/p&gt;<br />\n", "Okropna"),
        (" <BR>&lt;p&gt;Okropna&lt;/p&gt;", "Okropna"),
        ("<p>&lt;p&gt;Okropna &lt;b&gt;obsługa&lt;/b&gt;&lt;/p&gt;</p>", "Okropna obsługa"),
        ("<div class='x'>\n&lt;p&gt;Okropna obsługa, nie [&amp;hellip;]</div>", "Okropna obsługa, nie […]"),
    ],
)
def test_what_was_escaped_once_too_often_is_read_as_markup(markup: str, text: str) -> None:
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
     "&lt;!--", "<li", "<td", "<!", "<?", "]]>", "-->", "<!-->", "\n", " ", "\x85", "\u202e", "a@", "<a@", "<blockquote>", "a<blockquote>b\n", "a</blockquote>", "\x0e", "<blockquote>a</blockquote>", "<a:", "<-", "<svg><!--", "<svg><style>", "<head><p>", "&lt;br", "&lt;img =", "&lt;b&gt;", "a&lt;br ",
     "&amp;lt;p", "&lt;p ", "&lt;p =", "<br ", "<br>", "<img ", "<img >", "<br> &lt;p&gt;a", "<template>", "<template><template></template>", "<p>&lt;p&gt;a</p>"],
)  # fmt: skip
def test_floods_take_linear_time(piece: str) -> None:
    assert is_linear(lambda length: html_text(piece * (length // len(piece))), 300_000)


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
