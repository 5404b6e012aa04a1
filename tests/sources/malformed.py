"""Malformed answers by the thousand, the same ones for the same seed: what a broken or hostile server can send."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import dataclass

from sources.shapes import SHAPES, entry, item, large_feed, rss

CAP = 5_000_000
"""Bytes: the net lets nothing larger through."""

Maker = Callable[[random.Random, int], bytes]


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    body: bytes
    content_type: str


def case(seed: int, largest: int = CAP) -> Case:
    """Return the malformed answer of a seed; floods are at most `largest` bytes."""
    chance = random.Random(seed)
    maker = MAKERS[seed % len(MAKERS)]
    size = int(largest ** chance.uniform(0.6, 1.0)) if chance.random() < 0.9 else largest
    types = (
        "application/rss+xml",
        "text/xml; charset=iso-8859-1",
        "text/html; charset=utf-16",
        "application/json",
        "",
        "x/y; charset=\x00",
    )
    return Case(f"{seed} {maker.__name__}", maker(chance, size)[:largest], chance.choice(types))


def _document(chance: random.Random) -> str:
    return chance.choice(SHAPES)[1]


def _inside(chance: random.Random, flood: str) -> bytes:
    """Put a flood into one of the places where text can stand."""
    place = chance.choice(
        (
            "<rss version='2.0'><channel><title>t</title><item><title>x</title><guid>1</guid>{}</item></channel></rss>",
            "<rss version='2.0'><channel><title>t</title><item><title>x</title><description>{}</description></item></channel></rss>",
            "<rss version='2.0'><channel><title>{}</title><item><title>x</title></item></channel></rss>",
            "<rss version='2.0'><channel><item><title>x</title><author>{}</author></item></channel></rss>",
            "<rss version='2.0'><channel><item><title>x</title><pubDate>{}</pubDate><link>{}</link></item></channel></rss>",
            "<rss version='2.0'><channel><item><title>x</title><description><![CDATA[{}]]></description></item></channel></rss>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><content type='xhtml'>{}</content></entry></feed>",
            "<feed xmlns='http://www.w3.org/2005/Atom'><entry><id>1</id><author><name>{}</name></author></entry></feed>",
            "<rss>{}",
            "{}<rss><channel><item><title>x</title></item></channel></rss>",
            "<html><head>{}</head><body></body></html>",
            "{}",
        )
    )
    return place.replace("{}", flood).encode("utf-8", "replace")


def truncated(chance: random.Random, size: int) -> bytes:
    whole = _document(chance).encode()
    return whole[: chance.randrange(len(whole) + 1)]


def cut_at_bracket(chance: random.Random, size: int) -> bytes:
    whole = large_feed()
    positions = [index for index, char in enumerate(whole) if char in "<>&;\"'=]!-"]
    return whole[: chance.choice(positions) + chance.randrange(2)].encode()


def wrong_encoding(chance: random.Random, size: int) -> bytes:
    claimed = chance.choice(
        ("utf-8", "utf-16", "windows-1250", "idna", "unicode_escape", "punycode", "nonsense", "utf-7", "hex")
    )
    text = _document(chance).replace("UTF-8", claimed).replace("utf-8", claimed)
    return text.encode(
        chance.choice(("utf-16", "utf-16-le", "cp1251", "iso-8859-2", "utf-32", "cp037", "utf-8", "koi8-r")), "replace"
    )


def invalid_utf8(chance: random.Random, size: int) -> bytes:
    return _scattered(chance, (b"\xff", b"\xc3(", b"\xed\xa0\x80", b"\xf8\x88\x80\x80\x80", b"\x80", b"\xe2\x82"))


def nuls_and_controls(chance: random.Random, size: int) -> bytes:
    return _scattered(chance, (b"\0", b"\x08", b"\x0b", b"\x1b", b"\xef\xbf\xbe", b"\0\0\0\0"))


def _scattered(chance: random.Random, junk: tuple[bytes, ...]) -> bytes:
    body = bytearray(_document(chance).encode())
    for _ in range(chance.randrange(1, 60)):
        position = chance.randrange(len(body) + 1)
        body[position:position] = chance.choice(junk)
    return bytes(body)


def mutated(chance: random.Random, size: int) -> bytes:
    body = bytearray(_document(chance).encode())
    for _ in range(chance.randrange(1, 80)):
        body[chance.randrange(len(body))] = chance.randrange(256)
    return bytes(body)


def shuffled(chance: random.Random, size: int) -> bytes:
    parts = _document(chance).split("<")
    chance.shuffle(parts)
    return "<".join(parts).encode()


def doubled_and_dropped(chance: random.Random, size: int) -> bytes:
    parts = _document(chance).split("<")
    return "<".join(part for part in parts for _ in range(chance.choice((0, 1, 1, 1, 2)))).encode()


def mixed_formats(chance: random.Random, size: int) -> bytes:
    pieces = [_document(chance) for _ in range(chance.randrange(2, 5))] + [
        "<html><body><p>hej</p></body></html>",
        '{"items":[1]}',
    ]
    chance.shuffle(pieces)
    return "".join(pieces).encode()


def nested(chance: random.Random, size: int) -> bytes:
    name = chance.choice(
        ("a", "div", "item", "title", "x:y", "entry", "source", "author", "description", "content", "image")
    )
    depth = min(100_000, size // (2 * len(name) + 5))
    closing = f"</{name}>" * (depth if chance.random() < 0.5 else 0)
    return _inside(chance, f"<{name}>" * depth + "x" + closing)


def nested_bases(chance: random.Random, size: int) -> bytes:
    return _inside(chance, '<a xml:base="a/b/c/">' * (size // 21))


def entity_bomb(chance: random.Random, size: int) -> bytes:
    entities = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))
    return f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY l0 "lol">{entities}]>{rss(item("<guid>&l11;</guid>"))[38:]}'.encode()


def external_entity(chance: random.Random, size: int) -> bytes:
    target = chance.choice(("file:///etc/passwd", "http://127.0.0.1:9/x", "/etc/passwd", "gopher://x"))
    return (
        f'<!DOCTYPE rss [<!ENTITY % p SYSTEM "{target}">%p;<!ENTITY e SYSTEM "{target}">]><rss version="2.0"><channel>'
        "<item><title>&e;</title><description>&e;&p;</description></item></channel></rss>"
    ).encode()


def broken_doctype(chance: random.Random, size: int) -> bytes:
    start = chance.choice(
        (
            "<!DOCTYPE",
            "<!DOCTYPE rss [",
            "<!DOCTYPE rss SYSTEM '",
            "<!ENTITY",
            "<!DOCTYPE [[[[",
            "<!DOCTYPE rss [<!ENTITY a '",
        )
    )
    return (start * chance.choice((1, size // 20)) + rss(item(""))).encode()


def paths_and_addresses(chance: random.Random, size: int) -> bytes:
    return chance.choice(
        (b"/etc/passwd", b"http://127.0.0.1:9/", b"file:///etc/passwd", b"C:\\boot.ini", b"../../x", b"feed:http://x")
    )


def web_pages(chance: random.Random, size: int) -> bytes:
    link = '<link rel="alternate" type="application/rss+xml" href="http://[bad"><a href="/feed/">f</a><base href="::">'
    return (
        f"<!DOCTYPE html><html><head>{link * chance.choice((0, 1, size // 110))}</head><body>" + "<p>x" * 20
    ).encode()


def binaries(chance: random.Random, size: int) -> bytes:
    start = chance.choice(
        (b"%PDF-1.4", b"PK\x03\x04", b"\x89PNG\r\n", b"GIF89a", b"\xff\xd8\xff", b"\x1f\x8b", b"", b"\0\0", b"<\0")
    )
    return start + chance.randbytes(min(size, 200_000))


def blanks(chance: random.Random, size: int) -> bytes:
    return chance.choice(
        (
            b"",
            b" ",
            b"\n" * size,
            b"\xef\xbb\xbf",
            b"\xff\xfe",
            b"\0" * size,
            b"null",
            b"<",
            b"<?xml?>",
            b"<rss",
            b"<rss>",
        )
    )


def floods(chance: random.Random, size: int) -> bytes:
    piece = chance.choice((
        "<", "&", "<!", "<!--", "<![CDATA[", "<?", "</", "<a ", '<a "', "<a b='", "<a b=\"'>", "]]>", "-->", "&#", "&#9", "&a;", "&#x",
        "&#55555;", "&#1114112;", "< ", "& ", "<a/", "</a", "<a>", "<a/>", "</a>", "<p>", "<br/>", "<script>", "<style", "<!-->", "<title>",
        "<item>", "<entry/>", "<link>", "</link>", "<category>c</category>", "<category term='%d'/>", "<source>", "<a href=", "'", '"', "=", "a",
        "a@", "@a.", "a.", "\n", "\t ", "1", "+", ":", "%", "\x85", "ą", "\U0001f600", "\u202e", "<svg>", "<textinput>", "<image>", "<content>",
        "<div>", "a=b ", "xmlns:a='b' ", "<x:y>", "<media:content/>", "<itunes:owner>", "<enclosure/>", "<contributor>", "<tags>a,b</tags>",
        "<dc:subject>x</dc:subject>", "<rss>", "<feed>", "<channel>", "&lt;", "&amp;lt;b&amp;gt;", "&lt;!--", "&lt;script&gt;", "<guid>", "<id>",
    ))  # fmt: skip
    times = size // len(piece.encode())
    if "%d" in piece:
        return _inside(chance, "".join(piece % number for number in range(times // 2)))
    return _inside(chance, piece * times)


def attribute_floods(chance: random.Random, size: int) -> bytes:
    made = chance.choice(('a{}="x" ', 'xmlns:n{}="u{}" ', "b{} ", "c{}='", "d{}=e ", 'href{}="http://[x" ', "="))
    attributes = "".join(made.replace("{}", str(number)) for number in range(size // 14))
    return (
        f"<rss version='2.0' {attributes}><channel><item {attributes}><title>x</title></item></channel></rss>".encode()
    )


def namespace_floods(chance: random.Random, size: int) -> bytes:
    return _inside(chance, "".join(f'<n{number}:a xmlns:n{number}="u{number}"/>' for number in range(size // 30)))


def huge_text(chance: random.Random, size: int) -> bytes:
    alphabet = chance.choice(
        ("a", "ab c\n", "ż ", "x" * 999 + " ", "aaaa.", "user@host ", "https://a.example/ ", "   ", "1 2 ")
    )
    return _inside(chance, alphabet * (size // len(alphabet.encode())))


def odd_references(chance: random.Random, size: int) -> bytes:
    references = (
        "&#x110000;",
        "&#xD800;",
        "&#0;",
        "&#" + "9" * 5_000 + ";",
        "&#x" + "f" * 5_000 + ";",
        "&nbsp;",
        "&undefined;",
        "&#-1;",
        "&#x;",
    )
    return _inside(chance, "".join(chance.choices(references, k=chance.randrange(1, 60))))


def odd_links(chance: random.Random, size: int) -> bytes:
    links = ("http://[::1", "http://]", "http://a:99999999/", "//", "http:///x", "javascript:x", "\u202ehttp://a", "http://\u2100.example/",
             "http://a\\b", "https://user:pw@host/", "http://" + "a." * 500, "ht!tp://x", "http://[v1.x]/", "http://1.2.3.4:port/")  # fmt: skip
    chosen = chance.choices(links, k=5)
    rows = "".join(
        f"<item><link>{link}</link><guid>{link}</guid><source url='{link}'/><title>x</title></item>" for link in chosen
    )
    atom = "".join(f"<entry xml:base='{link}'><link href='{link}'/><id>{link}</id></entry>" for link in chosen)
    return chance.choice(
        (rss(rows, attributes=f"xml:base='{chosen[0]}'"), f"<feed xml:base='{chosen[1]}'>{atom}</feed>")
    ).encode()


def odd_dates(chance: random.Random, size: int) -> bytes:
    dates = ("0000-00-00", "9999-99-99T99:99:99Z", "Sat, 99 Xxx 9999 99:99:99 +9999", "-1", "1e400", "9" * 90, "١٢٣٤٥٦٧٨٩٠", "²³/01/2020",
             "2026-11-21T24:00:00Z", "2026-11-21T23:59:60Z", "+292277026596-12-04", "Sat, 21 Nov 2026 18:44 PM", "Чт, 30 фев 2026")  # fmt: skip
    return rss("".join(item(f"<guid>{n}</guid><pubDate>{date}</pubDate>") for n, date in enumerate(dates))).encode()


def out_of_place(chance: random.Random, size: int) -> bytes:
    names = ("link", "title", "category", "width", "textinput", "image", "name", "source", "author", "guid", "enclosure", "media:credit",
             "media:content", "media:thumbnail", "media:player", "psc:chapter", "georss:point", "gml:pos", "itunes:explicit", "cloud", "tags",
             "dc:contributor", "dcterms:valid", "media:restriction", "media:license", "body", "svg", "math", "newlocation")  # fmt: skip
    tags = "".join(
        chance.choice(("<{}>", "</{}>", "<{}/>", "<{} a='1'>x</{}>")).replace("{}", chance.choice(names))
        for _ in range(60)
    )
    return chance.choice(
        (tags, f"<rss><channel>{tags}", f"<rss><channel><item>{tags}</item>", f"<feed><entry>{tags}")
    ).encode()


def json_garbage(chance: random.Random, size: int) -> bytes:
    return chance.choice((
        b"[" * size, b'{"items":' * (size // 9), b"{" * 50, b"[1,2", b'{"items":[{"id":"x"}', b'{"version":"https://jsonfeed.org/version/1","items":'
        + b"[" * 100_000, b'{"items":null}', b'{"items":[null,1,"a",[],{}]}', b'{"items":[{"id":' + b"9" * 5_000 + b"}]}", b"NaN", b'{"items":[{}]}',
        b'{"items":"' + b"x" * size + b'"}', b'{"items":[{"id":"\\ud800","content_text":"\\udc00\\u0000"}]}', b"[]", b'{"a":1}',
    ))  # fmt: skip


def json_wrong_types(chance: random.Random, size: int) -> bytes:
    values = (
        None,
        1,
        -1.5,
        True,
        [],
        {},
        [None],
        {"name": 1},
        "x",
        "",
        "\u0000",
        "http://[bad",
        1e308,
        [{"name": None}],
        "9" * 400,
    )
    names = ("id", "url", "external_url", "title", "content_html", "content_text", "summary", "date_published", "date_modified", "authors",
             "author", "language", "tags")  # fmt: skip
    items = [{name: chance.choice(values) for name in names} for _ in range(20)]
    head = {name: chance.choice(values) for name in ("title", "home_page_url", "language")}
    return json.dumps(
        {"version": chance.choice(("https://jsonfeed.org/version/1.1", 1, None)), **head, "items": items}
    ).encode()


def long_names(chance: random.Random, size: int) -> bytes:
    flood = chance.choice(("a", "a.", "a@", "a-b", "ż")) * (size // 4)
    before = chance.choice(("", "<name>x</name>", "<name/>", "<x>", "</name>", "<author>", "<![CDATA[]]>", "<!-- -->"))
    name = chance.choice(("author", "dc:creator", "managingEditor", "webMaster", "itunes:author", "dc:publisher"))
    return _inside(chance, f"<{name}>{before}{flood}</{name}>&broken")


def many_entries(chance: random.Random, size: int) -> bytes:
    one = chance.choice(
        (item("<guid>%d</guid>"), "<item/>", "<item><title>%d</title></item>", entry("<title>x</title>", "%d"))
    )
    many = "".join(one.replace("%d", str(number)) for number in range(size // (len(one) + 4)))
    return rss(many).replace("</rss>", chance.choice(("</rss>", "", "&nbsp;</rss>"))).encode()


MAKERS: tuple[Maker, ...] = (
    *(
        truncated,
        cut_at_bracket,
        wrong_encoding,
        invalid_utf8,
        nuls_and_controls,
        mutated,
        shuffled,
        doubled_and_dropped,
    ),
    *(
        mixed_formats,
        nested,
        nested_bases,
        entity_bomb,
        external_entity,
        broken_doctype,
        paths_and_addresses,
        web_pages,
        binaries,
    ),
    *(
        blanks,
        floods,
        floods,
        floods,
        attribute_floods,
        namespace_floods,
        huge_text,
        odd_references,
        odd_links,
        odd_dates,
    ),
    *(out_of_place, out_of_place, json_garbage, json_wrong_types, many_entries, mutated, long_names),
)
