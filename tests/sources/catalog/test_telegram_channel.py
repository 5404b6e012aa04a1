"""Telegram: the public page of a channel to mentions."""

from __future__ import annotations

import pytest
from sources.place import NOW, Place, answer, sample

from app.core.mention import Mention
from app.core.ports.net import Request
from app.sources.catalog.telegram_channel import SOURCE

SETTINGS = {"channel": "@KawaRaj"}


def test_posts_become_mentions_and_notes_do_not() -> None:
    place = Place(lambda _: sample("telegram_channel/page.html"))
    reading = place.poll(SOURCE, SETTINGS, first=True)
    ola, shop = reading.mentions
    assert shop == Mention(
        source="telegram_channel",
        key="kawaraj/101",
        url="https://t.me/KawaRaj/101",
        text="Dziś dostawy są opóźnione.\nPrzepraszamy! kawaraj.example",
        author="KawaRaj & przyjaciele",
        handle="@KawaRaj",
        site="t.me",
        published=1795255200.0,
    )
    assert (ola.text, ola.author, ola.parent) == ("Już jeździmy 🚲\nDo jutra!", "Ola", "kawaraj/101")
    assert (reading.title, place.urls) == ("KawaRaj & przyjaciele", ["https://t.me/s/KawaRaj"])


def _page(numbers: list[int]) -> str:
    from datetime import UTC, datetime

    posts = "".join(
        f'<div class="tgme_widget_message js-widget_message" data-post="KawaRaj/{n}"><div class="tgme_widget_message_text js-message_text" dir="auto">'
        f'post {n}</div><time datetime="{datetime.fromtimestamp(NOW - 90_000 + n, UTC).isoformat()}" class="time"></time></div>'
        for n in numbers
    )
    return f'<section class="tgme_channel_history">{posts}</section>'


def test_older_pages_are_read_until_what_is_known() -> None:
    newest = 30

    def serve(request: Request) -> object:
        before = int(request.url.partition("before=")[2] or newest + 1)
        return answer(_page(list(range(max(1, before - 20), before))))

    place = Place(serve)
    bookmark = place.poll(SOURCE, SETTINGS, first=True).bookmark
    newest = 95
    reading = place.poll(SOURCE, SETTINGS, bookmark=bookmark)
    assert {mention.text for mention in reading.mentions} == {f"post {n}" for n in range(31, 96)}
    assert len(place.requests) == 4
    assert place.poll(SOURCE, SETTINGS, bookmark=reading.bookmark).mentions == ()


def test_an_edited_post_is_told_again() -> None:
    bookmark = Place(lambda _: answer(_page([1, 2]))).poll(SOURCE, SETTINGS, first=True).bookmark
    edited = Place(lambda _: answer(_page([1, 2]).replace("post 1", "post 1, mended")))
    assert [m.text for m in edited.poll(SOURCE, SETTINGS, bookmark=bookmark).mentions] == ["post 1, mended"]


def test_a_channel_that_shows_nothing_says_so() -> None:
    page = "<html><body><div class='tgme_page_title'>KawaRaj</div></body></html>"
    hidden = Place(lambda _: answer(page, url="https://t.me/KawaRaj")).poll(SOURCE, SETTINGS)
    odd = Place(lambda _: answer(page)).poll(SOURCE, SETTINGS)
    assert [reading.problem and reading.problem.code for reading in (hidden, odd)] == [
        "sources.telegram_hidden",
        "sources.broken_answer",
    ]


def test_an_empty_channel_is_no_problem() -> None:
    assert Place(lambda _: answer(_page([]))).poll(SOURCE, SETTINGS, first=True).problem is None


@pytest.mark.parametrize(
    "typed",
    [
        "KawaRaj",
        "@KawaRaj",
        "https://t.me/KawaRaj",
        "t.me/s/KawaRaj/101",
        "https://telegram.me/KawaRaj?x=1",
        "tg://resolve?domain=KawaRaj",
    ],
)
def test_a_channel_is_a_name_or_a_link(typed: str) -> None:
    assert SOURCE.tidy({"channel": typed})["channel"] == "KawaRaj"
    assert SOURCE.check({"channel": typed}) is None
    assert SOURCE.place({"channel": typed}) == "t.me/kawaraj"


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("", "sources.no_channel"),
        ("https://t.me/+abcDEF", "sources.telegram_private"),
        ("t.me/joinchat/abc", "sources.telegram_private"),
        ("kawa raj", "sources.bad_channel"),
        ("ab", "sources.bad_channel"),
    ],
)
def test_what_is_no_public_channel(typed: str, code: str) -> None:
    problem = SOURCE.check({"channel": typed})
    assert problem
    assert problem.code == code
