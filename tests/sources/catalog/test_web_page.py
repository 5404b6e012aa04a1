"""Any web page: lists found, entries read, new ones told once, and pages that changed their build."""

from __future__ import annotations

import pytest
from sources.conversing import UNCHANGED, converse, page

from app.sources.catalog.web_page import SOURCE

SETTINGS = {"url": "https://kawaraj.example/opinie", "selector": "div.review-card"}


def _card(number: int, text: str = "", stars: int = 2) -> str:
    text = text or f"Paczka numer {number} nie przyszła, a infolinia milczy od tygodnia."
    return f"""<div class="review-card css-1ab2c3" data-review-id="r{number}"><div class="review-head">
<a class="review-author" href="/profil/anna{number}">Anna {number}</a> <time datetime="2026-11-{number % 28 + 1:02}T10:00:00+01:00">{number} dni temu</time></div>
<div itemprop="reviewRating"><meta itemprop="ratingValue" content="{stars}"><meta itemprop="bestRating" content="5"></div>
<h3><a href="/produkt/kawa">Kawa ziarnista</a></h3><p class="review-body">{text}</p><div class="review-actions"><button>Pomocne</button> <span class="likes-count">12</span></div></div>"""


def _page(*cards: str) -> str:
    menu = "".join(f'<li class="menu-item"><a href="/k{n}">Kategoria {n}</a></li>' for n in range(12))
    return (
        f'<!doctype html><html lang="pl"><head><title>Opinie &amp; oceny</title></head><body><nav><ul>{menu}</ul></nav>'
        f'<main><div class="list">{"".join(cards)}</div></main><footer><ul><li>Kontakt</li><li>Regulamin</li></ul></footer></body></html>'
    )


def test_an_entry() -> None:
    heard = converse(SOURCE, SETTINGS, [page(_page(_card(7), _card(6)))], first=True)
    mention = heard.reading.mentions[0]
    assert (mention.key, mention.author, mention.handle) == (
        "kawaraj.example/opinie r7",
        "Anna 7",
        "https://kawaraj.example/profil/anna7",
    )
    assert (mention.title, mention.stars) == ("Kawa ziarnista", 2.0)
    assert mention.text == "Paczka numer 7 nie przyszła, a infolinia milczy od tygodnia."
    assert (mention.url, mention.site) == ("https://kawaraj.example/produkt/kawa", "kawaraj.example")
    assert mention.published == 1_794_128_400.0
    assert heard.reading.title == "Opinie & oceny"


def test_only_new_and_edited_entries_are_told_again() -> None:
    bookmark = converse(SOURCE, SETTINGS, [page(_page(_card(2), _card(1)))], first=True).reading.bookmark
    assert converse(SOURCE, SETTINGS, [UNCHANGED], bookmark=bookmark).reading.bookmark == bookmark
    same = _page(_card(2), _card(1)).replace("2 dni temu", "3 dni temu").replace("12</span>", "13</span>")
    assert converse(SOURCE, SETTINGS, [page(same)], bookmark=bookmark).reading.mentions == ()
    more = converse(
        SOURCE, SETTINGS, [page(_page(_card(3), _card(2, "Oddali pieniądze."), _card(1)))], bookmark=bookmark
    )
    assert [mention.key[-2:] for mention in more.reading.mentions] == ["r3", "r2"]


def test_the_first_poll_takes_a_hundred_and_the_second_not_the_rest() -> None:
    whole = page(_page(*(_card(n) for n in range(150, 0, -1))))
    first = converse(SOURCE, SETTINGS, [whole], first=True)
    assert len(first.reading.mentions) == 100
    assert converse(SOURCE, SETTINGS, [whole], bookmark=first.reading.bookmark).reading.mentions == ()


def test_without_a_part_the_lists_are_offered_the_likeliest_first() -> None:
    settings = {"url": "https://kawaraj.example/opinie"}
    reading = converse(SOURCE, settings, [page(_page(*(_card(n) for n in range(5))))]).reading
    assert reading.problem is not None
    assert reading.problem.code == "sources.choose_part"
    best = reading.suggestions[0]
    assert (best.source, best.settings["selector"]) == ("web_page", "div.review-card")
    assert best.name.startswith("5 × Anna 0")
    chosen = converse(SOURCE, best.settings, [page(_page(*(_card(n) for n in range(5))))], first=True).reading
    assert len(chosen.mentions) == 5
    assert all("menu" not in one.settings["selector"] for one in reading.suggestions[:2])


def test_comments_that_answer_comments() -> None:
    html = """<html><body><ol class="comment-list"><li id="comment-10" class="comment depth-1"><article class="comment-body"><footer><b class="fn">Ewa</b>
<a href="/p/#comment-10"><time datetime="2026-11-20T10:00:00+00:00">20 listopada</time></a></footer><p>Paczka nie przyszła.</p></article>
<ol class="children"><li id="comment-11" class="comment depth-2"><b class="fn">Sklep</b> <p>Przepraszamy, już sprawdzamy.</p></li></ol></li>
<li id="comment-12" class="comment depth-1"><b class="fn">Jan</b><p>Polecam, szybka dostawa.</p></li></ol></body></html>"""
    settings = {"url": "https://kawaraj.example/p/", "selector": "li.comment"}
    ewa, shop, jan = converse(SOURCE, settings, [page(html)], first=True).reading.mentions
    assert (ewa.author, ewa.text, ewa.url) == ("Ewa", "Paczka nie przyszła.", "https://kawaraj.example/p/#comment-10")
    assert (shop.parent, shop.thread, shop.text) == (ewa.key, ewa.key, "Przepraszamy, już sprawdzamy.")
    assert (jan.parent, jan.author) == ("", "Jan")


def test_reviews_of_a_woocommerce_shop() -> None:
    review = """<li class="review byuser even thread-even depth-1" id="li-comment-{n}"><div id="comment-{n}" class="comment_container"><img alt="" src="x.png">
<div class="comment-text"><div class="star-rating" role="img" aria-label="Oceniono {stars} na 5"><span style="width:40%">Oceniono <strong class="rating">{stars}</strong> na 5</span></div>
<p class="meta"><strong class="woocommerce-review__author">Ola {n} </strong><span class="screen-reader-text">pisze:</span><time class="woocommerce-review__published-date" datetime="2026-11-20T10:00:00+01:00">20 listopada</time></p>
<div class="description"><p>Ziarna zwietrzałe numer {n}.</p></div></div></div></li>"""
    html = f"<html><body><ol class='commentlist'>{review.format(n=31, stars=2)}{review.format(n=30, stars=5)}</ol></body></html>"
    offered = converse(SOURCE, {"url": "https://kawaraj.example/produkt/kawa/"}, [page(html)]).reading.suggestions[0]
    one, _ = converse(SOURCE, offered.settings, [page(html)], first=True).reading.mentions
    assert (one.author, one.stars, one.published) == ("Ola 31", 2.0, 1_795_165_200.0)
    assert one.text == "Ziarna zwietrzałe numer 31."
    assert offered.settings["selector"] == "li.review"
    assert "comment-31" in one.key


def test_entries_that_are_only_counted_keep_their_keys() -> None:
    def counted(*texts: str) -> str:
        return "<ul id='g'>" + "".join(f"<li id='item-{n}'>{text}</li>" for n, text in enumerate(texts)) + "</ul>"

    settings = {"url": "https://kawaraj.example/g", "selector": "#g > li"}
    before = converse(SOURCE, settings, [page(counted("Zimna kawa", "Miło"))], first=True).reading
    after = converse(
        SOURCE, settings, [page(counted("Nowa skarga", "Zimna kawa", "Miło"))], bookmark=before.bookmark
    ).reading
    assert [mention.text for mention in after.mentions] == ["Nowa skarga"]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "sources.empty_answer"),
        (b"%PDF-1.7", "sources.not_text"),
        (b"<html><body><div id=app></div></body></html>", "sources.nothing_selected"),
        (b"<!doctype html><form><input type='password'></form>", "sources.login_page"),
        (b"<rss version='2.0'><channel><title>x</title></channel></rss>", "sources.feed_not_page"),
    ],
)
def test_pages_that_hold_nothing(body: bytes, code: str) -> None:
    before = converse(SOURCE, SETTINGS, [page(_page(_card(1)))], first=True).reading.bookmark
    reading = converse(SOURCE, SETTINGS, [page(body)], bookmark=before).reading
    assert reading.problem is not None
    assert (reading.problem.code, dict(reading.bookmark)) == (code, dict(before))


def test_an_empty_shell_offers_nothing() -> None:
    reading = converse(
        SOURCE, {"url": "https://kawaraj.example/"}, [page("<html><body><div id=app></div></body></html>")]
    ).reading
    assert reading.problem is not None
    assert (reading.problem.code, reading.suggestions) == ("sources.no_part", ())


@pytest.mark.parametrize(
    ("settings", "code"),
    [
        ({"url": ""}, "sources.no_page_address"),
        ({"url": "https://a.example", "selector": "li:nth-child(2)"}, "sources.bad_selector"),
        ({"url": "https://a.example", "selector": "li + li"}, "sources.bad_selector"),
        ({"url": "https://a.example", "selector": ">"}, "sources.bad_selector"),
        ({"url": "https://a.example", "selector": "a,"}, "sources.bad_selector"),
    ],
)
def test_what_is_typed_wrongly(settings: dict[str, str], code: str) -> None:
    problem = SOURCE.check(settings)
    assert problem is not None
    assert problem.code == code


def test_the_place_is_address_and_part() -> None:
    assert SOURCE.place({"url": "www.a.example/x/", "selector": " li.a "}) == SOURCE.place(
        {"url": "https://a.example/x", "selector": "li.a"}
    )
    assert SOURCE.place({"url": "a.example/x", "selector": "li.a"}) != SOURCE.place(
        {"url": "a.example/x", "selector": "li.b"}
    )
