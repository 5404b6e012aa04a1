"""Feeds in every shape met so far, as (name, text): both readers have to say the same of each."""

from __future__ import annotations

_NS = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:media="http://search.yahoo.com/mrss/" '
    'xmlns:thr="http://purl.org/syndication/thread/1.0" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" xmlns:dcterms="http://purl.org/dc/terms/"'
)
_ATOM = 'xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0"'
_DATE = "<pubDate>Sat, 21 Nov 2026 18:44:58 +0100</pubDate>"


def rss(items: str, head: str = "", attributes: str = "") -> str:
    """Return an RSS 2.0 document."""
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {_NS} {attributes}><channel>'
        f"<title>Kawiarnia KawaRaj</title><link>https://kawaraj.example/</link><description>x</description>{head}{items}"
        "</channel></rss>"
    )


def atom(entries: str, head: str = "", attributes: str = "") -> str:
    """Return an Atom 1.0 document."""
    return (
        f'<?xml version="1.0" encoding="utf-8"?><feed {_ATOM} {attributes}><title>Opinie</title>'
        f"<id>tag:kawaraj.example,2026:opinie</id><updated>2026-11-21T18:44:58Z</updated>{head}{entries}</feed>"
    )


def item(inside: str) -> str:
    """Return one RSS item with an id of its own and this inside."""
    return f"<item><title>Zimna kawa</title><link>https://kawaraj.example/1</link>{inside}</item>"


def entry(inside: str, entry_id: str = "tag:kawaraj.example,2026:1") -> str:
    """Return one Atom entry with this inside."""
    return f"<entry><id>{entry_id}</id><updated>2026-11-21T18:24:34.29Z</updated>{inside}</entry>"


def large_feed() -> str:
    """Return a feed of 35 items and about 71 KB, like those of the measurements in the facts."""
    prose = (
        "<p>Zamówiłem kawę i ciasto na wynos, a przy ladzie okazało się, że nikt nie widział mojego zamówienia. Czekałem "
        "godzinę, potem drugą, i dopiero telefon do właściciela pomógł. Заказ так и не привезли, очень жаль.</p>\n"
    )
    detail = (
        '<p>Według <a href="https://kawaraj.example/menu?a=1&amp;b=2">cennika</a> płaci się <strong>12&nbsp;zł</strong> '
        "&#8211; u mnie było 18.<br />Obsługa milczała.</p>\n<ul><li>kawa zimna</li><li>rachunek błędny</li></ul>\n"
    )
    items = "".join(
        f"<item><title>Opinia {number}: kawa &amp;amp; ciasto</title><link>https://kawaraj.example/opinie/{number}</link>"
        f"<dc:creator><![CDATA[Anna {number}]]></dc:creator><pubDate>Sat, 21 Nov 2026 1{number % 10}:44:58 +0000</pubDate>"
        f'<guid isPermaLink="false">https://kawaraj.example/?p={number}</guid><category><![CDATA[opinie]]></category>'
        f"<description><![CDATA[Zamówiłem kawę i ciasto, czekałem godzinę [&#8230;]]]></description>"
        f"<content:encoded><![CDATA[{prose * 3}{detail}{prose * 2}]]></content:encoded><slash:comments>3</slash:comments></item>"
        for number in range(35)
    )
    return rss(items, "<language>pl-PL</language>")


SHAPES: tuple[tuple[str, str], ...] = (
    ("rss minimal", rss("<item><title>Sam tytuł</title></item>")),
    ("rss description only", rss("<item><description>Paczka nie doszła.\n\nCzekam.</description></item>")),
    (
        "rss full",
        rss(
            item(
                f'<guid isPermaLink="false">77</guid>{_DATE}<dc:creator>Ewa</dc:creator>'
                "<description>krótko</description><content:encoded><![CDATA[<p>Długo &amp; zimno</p>]]>"
                "</content:encoded>"
            )
        ),
    ),
    (
        "rss content before description",
        rss(item("<content:encoded>&lt;p&gt;A&lt;/p&gt;</content:encoded><description>B</description>")),
    ),
    ("rss permalink guid without link", rss("<item><title>x</title><guid>https://kawaraj.example/g</guid></item>")),
    (
        "rss guid no permalink no link",
        rss('<item><title>x</title><guid isPermaLink="false">https://a.example/g</guid></item>'),
    ),
    ("rss numeric guid", rss(item("<guid>123</guid>"))),
    (
        "rss repeated guid",
        rss(
            item("<guid>same</guid><description>one</description>")
            + "<item><link>https://kawaraj.example/2</link><guid>same</guid><title>two</title></item>"
        ),
    ),
    ("rss same item twice", rss(item("<guid>same</guid>") * 2)),
    (
        "rss shared link",
        rss("".join(f"<item><link>https://kawaraj.example/</link><title>t{n}</title></item>" for n in "abc")),
    ),
    (
        "rss author forms",
        rss(
            item("<guid>1</guid><author>anna@kawaraj.example (Anna Nowak)</author>")
            + item("<guid>2</guid><author>Anna Nowak &lt;anna@kawaraj.example&gt;</author>")
            + item("<guid>3</guid><author>anna@sklep.shopping</author>")
            + item("<guid>4</guid><itunes:author>Jan &amp; Ewa</itunes:author>")
        ),
    ),
    ("rss two authors", rss(item("<dc:creator>Anna</dc:creator><dc:creator>Ewa</dc:creator>"))),
    (
        "rss google news",
        rss(
            item(
                '<guid isPermaLink="false">CBMiabc</guid><source url="https://www.gazeta.example">Gazeta'
                '</source><description>&lt;a href="https://news.example/x"&gt;Kawa&lt;/a&gt;&amp;nbsp;'
                "&lt;font&gt;Gazeta&lt;/font&gt;</description>"
            )
        ),
    ),
    ("rss relative link", rss("<item><title>x</title><link>/opinie/5</link></item>")),
    (
        "rss xml:base",
        rss("<item><title>x</title><link>5.html</link></item>", attributes='xml:base="https://b.example/o/"'),
    ),
    ("rss item xml:base", rss('<item xml:base="https://c.example/d/"><title>x</title><link>5.html</link></item>')),
    (
        "rss unsafe links",
        rss(
            "".join(
                f"<item><title>t{n}</title><link>{link}</link></item>"
                for n, link in enumerate(
                    (
                        "javascript:alert(1)",
                        "file:///etc/passwd",
                        "http://[bad",
                        "mailto:a@b.example",
                        "http://",
                        "data:text/html,x",
                    )
                )
            )
        ),
    ),
    ("rss ttl", rss(item(""), "<ttl>90</ttl>")),
    (
        "rss syndication",
        rss(item(""), "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>"),
    ),
    ("rss language", rss(item(""), "<language>pl-PL</language>")),
    ("rss item language", rss(item("<dc:language>ru</dc:language>"), "<language>pl</language>")),
    ("rss xml:lang", rss(item('<description xml:lang="ru">Холодно</description>'), attributes='xml:lang="pl"')),
    (
        "rss itunes summary",
        rss(item("<description>krótko</description><itunes:summary>długo i dokładnie</itunes:summary>")),
    ),
    (
        "rss media",
        rss(
            "<item><media:title>Film</media:title><link>https://kawaraj.example/f</link>"
            "<media:description>O kawie</media:description><media:rating>nonadult</media:rating></item>"
        ),
    ),
    (
        "rss dates",
        rss(
            "".join(
                f"<item><guid>d{n}</guid><title>x</title><pubDate>{date}</pubDate></item>"
                for n, date in enumerate(
                    (
                        "Sat, 21 Nov 2026 18:44:58 +0000",
                        "21 listopada 2026 18:44",
                        "21 ноября 2026 г., 18:44",
                        "1795286698",
                        "2026-11-21",
                        "Mon, 01 Jan 0001 00:00:00 +0000",
                        "never",
                        "Sat, 21 Nov 2099 18:44:58 GMT",
                        "21.11.2026 18:44:58",
                    )
                )
            )
        ),
    ),
    ("rss dc:date", rss(item("<dc:date>2026-11-21T10:00:00+01:00</dc:date>"))),
    ("rss two dates", rss(item(f"<dc:date>2026-11-20T10:00:00Z</dc:date>{_DATE}"))),
    (
        "rss threads",
        rss(
            item("<guid>1</guid>") + "<item><title>b</title><guid>2</guid><thr:in-reply-to ref='1'/></item>"
            "<item><title>c</title><guid>3</guid><thr:in-reply-to ref='2' href='https://x.example/'/></item>"
        ),
    ),
    ("rss cdata title", rss("<item><title><![CDATA[Kawa & <b>ciasto</b>]]></title><guid>t</guid></item>")),
    ("rss escaped title", rss("<item><title>Kawa &amp;amp; 5 &lt; 6</title><guid>t</guid></item>")),
    (
        "rss xhtml body",
        rss(item('<body xmlns="http://www.w3.org/1999/xhtml"><p>Kawa <b>zimna</b> &amp; droga</p></body>')),
    ),
    ("rss markup in description", rss(item("<description>Kawa <b>zimna</b><br/>i droga</description>"))),
    (
        "rss image and textinput",
        rss(
            item(""),
            "<image><title>obrazek</title><url>x.png</url><link>https://i.example</link></image>"
            "<textInput><title>szukaj</title><name>q</name><link>https://i.example</link></textInput>",
        ),
    ),
    ("rss feedburner", rss(item("<feedburner:origLink>https://kawaraj.example/prawdziwy</feedburner:origLink>"))),
    (
        "rss atom link",
        rss(
            item('<atom:link rel="replies" href="https://kawaraj.example/r"/>'),
            '<atom:link rel="self" href="https://kawaraj.example/feed"/>',
        ),
    ),
    ("rss enclosure", rss(item('<enclosure url="https://kawaraj.example/a.mp3" length="1" type="audio/mpeg"/>'))),
    (
        "rss own namespace",
        (
            '<rss version="2.0" xmlns="http://own.example/"><channel><title>t</title><item><title>x</title>'
            "<link>https://kawaraj.example/1</link></item></channel></rss>"
        ),
    ),
    ("rss empty", rss("")),
    ("rss empty item", rss("<item></item><item/>")),
    (
        "rss whitespace",
        rss(
            "<item>\n <title>\n  Dwa\n  wiersze </title>\n <link>\n https://kawaraj.example/1\n </link>\n"
            " <guid>\n g1 </guid></item>"
        ),
    ),
    (
        "rss comments and pi",
        rss("<!-- uwaga --><?pi x?><item><!-- a --><title>ty<!-- b -->tuł</title><guid>1</guid></item>"),
    ),
    ("rss windows characters", rss(item("<description>\x85 cena \x96 5 \x80</description>"))),
    ("rss twice encoded", rss(item(f"<description>{'zażółć gęślą'.encode().decode('latin-1')}</description>"))),
    (
        "rss 0.91",
        (
            '<rss version="0.91"><channel><title>t</title><link>https://a.example/</link><item><title>x</title>'
            "<link>https://a.example/1</link><description>y</description></item></channel></rss>"
        ),
    ),
    (
        "rss 0.91 with doctype",
        (
            '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
            '"http://my.netscape.com/publish/formats/rss-0.91.dtd"><rss version="0.91"><channel>'
            "<title>t</title><item><title>x</title><link>https://a.example/1</link></item></channel></rss>"
        ),
    ),
    (
        "rss items outside channel",
        (
            '<rss version="2.0"><channel><title>t</title></channel><item><title>x</title>'
            "<link>https://a.example/1</link></item></rss>"
        ),
    ),
    (
        "rdf 1.0",
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" '
            'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://a.example/"><title>t</title>'
            "<link>https://a.example/</link></channel>"
            '<item rdf:about="https://a.example/1"><title>x</title><link>https://a.example/1</link>'
            "<description>&lt;b&gt;y&lt;/b&gt;</description><dc:creator>Anna</dc:creator>"
            "<dc:date>2026-11-21T18:44:58+01:00</dc:date></item></rdf:RDF>"
        ),
    ),
    (
        "rdf 0.9",
        (
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns="http://my.netscape.com/rdf/simple/0.9/"><channel><title>t</title></channel>'
            "<item><title>x</title><link>https://a.example/1</link></item></rdf:RDF>"
        ),
    ),
    ("atom minimal", atom(entry("<title>x</title>"))),
    (
        "atom html",
        atom(
            entry(
                '<title type="html">Kawa &amp;amp; &lt;b&gt;ciasto&lt;/b&gt;</title>'
                '<content type="html">&lt;p&gt;Zimna&lt;/p&gt;&lt;p&gt;droga&lt;/p&gt;</content>'
            )
        ),
    ),
    ("atom text", atom(entry('<title>5 &lt; 6 &amp; 7</title><content type="text">a &lt;b&gt; c</content>'))),
    (
        "atom xhtml",
        atom(
            entry(
                '<title>x</title><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Zimna &amp; '
                "<em>droga</em> kawa</p><ul><li>raz</li><li>dwa</li></ul></div></content>"
            )
        ),
    ),
    ("atom summary only", atom(entry("<title>x</title><summary>krótko</summary>"))),
    ("atom content and summary", atom(entry("<title>x</title><summary>krótko</summary><content>długo</content>"))),
    (
        "atom content src",
        atom(entry('<title>x</title><summary>tu</summary><content type="image/png" src="https://a.example/x"/>')),
    ),
    (
        "atom links",
        atom(
            entry(
                '<title>x</title><link rel="self" href="https://a.example/self"/><link rel="edit" href="/e"/>'
                '<link rel="alternate" type="application/json" href="https://a.example/json"/>'
                '<link rel="alternate" type="text/html" href="https://a.example/page"/>'
            )
        ),
    ),
    ("atom plain link", atom(entry('<title>x</title><link href="https://a.example/page"/>'))),
    (
        "atom relative",
        atom(entry('<title>x</title><link href="../7"/>'), attributes='xml:base="https://b.example/o/p/"'),
    ),
    ("atom link base", atom(entry('<title>x</title><link xml:base="https://b.example/q/" href="7"/>'))),
    ("atom id as address", atom(entry("<title>x</title>", "https://a.example/1"))),
    (
        "atom author",
        atom(
            entry(
                "<title>x</title><author><name>Anna</name><uri>https://a.example/anna</uri>"
                "<email>anna@a.example</email></author>"
            )
        ),
    ),
    (
        "atom feed author with all",
        atom(entry("<title>x</title>"), "<author><name>K</name><email>k@k.example</email><uri>k</uri></author>"),
    ),
    (
        "atom feed authors",
        atom(entry("<title>x</title>"), "<author><name>K</name></author><author><name>A</name></author>"),
    ),
    ("atom feed author bare", atom(entry("<title>x</title>"), "<author>K</author>")),
    (
        "atom entries signed otherwise",
        atom(
            entry("<title>a</title><author><name/></author>", "tag:a,1:1")
            + entry("<title>b</title><author/>", "tag:a,1:2")
            + entry("<title>c</title><dc:creator>Anna</dc:creator>", "tag:a,1:3")
            + entry("<title>d</title><source><author><name>Ewa</name></author></source>", "tag:a,1:4")
            + entry("<title>e</title><contributor><name>Jan</name></contributor>", "tag:a,1:5")
            + entry("<title>f</title><source/>", "tag:a,1:6"),
            "<author><name>K</name></author>",
            'xmlns:dc="http://purl.org/dc/elements/1.1/"',
        ),
    ),
    (
        "atom ids under a base",
        atom(
            entry("<title>a</title>", "msg-17")
            + entry("<title>b</title>", "https://b.example/17?a=1&amp;b=2")
            + entry("<title>c</title>", "tag:a,1:3")
            + entry("<title>d</title>", "HTTPS://c.example/D")
            + entry("<title>e</title>", "/opinie/18"),
            attributes='xml:base="https://a.example/f/"',
        ),
    ),
    (
        "rss guids under a base",
        rss(
            item("<guid>o/17</guid>").replace("<link>https://kawaraj.example/1</link>", ""),
            attributes='xml:base="https://a.example/f/"',
        ),
    ),
    (
        "rss channel author forms",
        rss(item(""), "<managingEditor>a@a.example (K)</managingEditor><dc:creator>K</dc:creator>"),
    ),
    ("atom feed author only", atom(entry("<title>x</title>"), "<author><name>Redmine</name></author>")),
    (
        "atom threads",
        atom(
            entry("<title>a</title>", "tag:a,1:1")
            + entry('<title>b</title><thr:in-reply-to ref="tag:a,1:1" href="https://a.example/1"/>', "tag:a,1:2")
            + entry('<title>c</title><thr:in-reply-to ref="tag:a,1:2"/>', "tag:a,1:3")
        ),
    ),
    ("atom published and updated", atom(entry("<title>x</title><published>2026-11-01T00:00:00Z</published>"))),
    (
        "atom language",
        atom(entry("<title>x</title><content xml:lang='ru'>Холодно</content>"), attributes='xml:lang="pl"'),
    ),
    ("atom entry language", atom(entry("<title>x</title>").replace("<entry>", '<entry xml:lang="ru-RU">'))),
    (
        "atom google alerts",
        atom(
            entry(
                '<title type="html">&lt;b&gt;KawaRaj&lt;/b&gt; zamknięta</title><link href="https://www.google.com/url?rct=j&amp;sa=t&amp;'
                'url=https://gazeta.example/kawa%3Fa%3D1&amp;ct=ga&amp;cd=x"/><content type="html">Lokal &lt;b&gt;KawaRaj&lt;/b&gt;</content>',
                "tag:google.com,2013:googlealerts/feed:123",
            )
        ),
    ),
    (
        "atom source",
        atom(
            entry(
                "<title>x</title><source><title>inny</title><id>tag:s</id><updated>2026-01-01T00:00:00Z</updated>"
                "</source>"
            )
        ),
    ),
    (
        "atom app store",
        (
            '<feed xmlns:im="http://itunes.apple.com/rss" xmlns="http://www.w3.org/2005/Atom"><title>t</title>'
            '<entry><id>1234</id><title>Słabo</title><content type="text">Nie działa</content>'
            '<im:contentType term="Application"/><im:rating>1</im:rating><author><name>jan</name></author></entry></feed>'
        ),
    ),
    (
        "atom youtube",
        (
            '<feed xmlns:yt="http://www.youtube.com/xml/schemas/2015" xmlns:media="http://search.yahoo.com/mrss/" '
            'xmlns="http://www.w3.org/2005/Atom"><title>Kanał</title><entry><id>yt:video:abc</id><title>Film</title>'
            '<link rel="alternate" href="https://www.youtube.com/watch?v=abc"/><author><name>Anna</name>'
            "<uri>https://www.youtube.com/channel/UCx</uri></author><published>2026-11-01T00:00:00+00:00</published>"
            '<media:group><media:title>Film</media:title><media:content url="https://www.youtube.com/v/abc"/>'
            "<media:description>Opis\nfilmu</media:description></media:group></entry></feed>"
        ),
    ),
    (
        "atom prefixed",
        (
            '<a:feed xmlns:a="http://www.w3.org/2005/Atom"><a:title>t</a:title><a:entry><a:id>tag:1:1</a:id>'
            "<a:title>x</a:title><a:content>y</a:content></a:entry></a:feed>"
        ),
    ),
    (
        "atom 0.3",
        (
            '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>t</title><entry><title>x</title>'
            '<link rel="alternate" type="text/html" href="https://a.example/1"/><id>tag:a,1:9</id>'
            "<issued>2026-11-01T00:00:00Z</issued><modified>2026-11-02T00:00:00Z</modified>"
            '<content type="text/html" mode="escaped">&lt;p&gt;y&lt;/p&gt;</content></entry></feed>'
        ),
    ),
    ("atom empty", atom("")),
    ("emoji and right to left", rss(item("<description>👩‍👩‍👧 שלום \u202eabc\u202c العربية</description>"))),
    ("large", large_feed()),
)
