"""An address or a handle in hand: feeds, comments, forums, lists, accounts and channels, each where it is really there."""

from __future__ import annotations

import json

import pytest
from sources.find.looking import hand_of, look
from sources.place import sample

SITE = "https://kawaraj.example/"
CHANNEL_ID = "UCabcdefghijklmnopqrstuv"
WORDPRESS = """<!doctype html><html><head><title>Kawa Raj</title><meta name="generator" content="WordPress 6.1.9">
<link rel="https://api.w.org/" href="https://kawaraj.example/blog/wp-json/">
<link rel="alternate" type="application/rss+xml" title="Kawa Raj: wpisy" href="/blog/feed/">
<link rel="alternate" type="application/rss+xml" title="Kawa Raj: komentarze" href="/blog/comments/feed/"></head>
<body><a href="https://t.me/s/kawaraj">Telegram</a> <a href="https://t.me/share/url?url=x">share</a>
<a href="https://www.youtube.com/@kawaraj">film</a> <a rel="me" href="https://social.example/@sklep">@sklep</a>
<a href="https://bsky.app/profile/anna.test">niebo</a>
<a href="https://apps.apple.com/pl/app/kawa-raj/id1234567890">app</a></body></html>"""
COMMENTS = "https://kawaraj.example/blog/?feed=comments-atom"


def test_the_feeds_of_a_page_but_comments_of_wordpress() -> None:
    (feed, *others), asked = look("feed", hand_of("kawaraj.example"), {"https://kawaraj.example": WORDPRESS})
    assert (feed.name, feed.settings["url"]) == ("Kawa Raj: wpisy", "https://kawaraj.example/blog/feed/")
    assert not [one for one in others if "comments" in one.settings["url"]]
    assert asked == ["https://kawaraj.example"]


def test_an_address_that_is_a_feed() -> None:
    (feed,), _ = look("feed", hand_of(f"{SITE}feed.atom"), {f"{SITE}feed.atom": sample("comment_feed/feed.atom")})
    assert feed.settings["url"] == f"{SITE}feed.atom"
    assert feed.name


def test_comments_of_wordpress_where_it_lives() -> None:
    atom = sample("wordpress_comments/comments.atom")
    (found,), asked = look("wordpress_comments", hand_of(SITE), {SITE: WORDPRESS, COMMENTS: atom})
    assert (found.name, found.settings["url"]) == ("Kawa Raj", "https://kawaraj.example/blog/")
    assert asked == [SITE, COMMENTS]
    assert look("wordpress_comments", hand_of(SITE), {SITE: WORDPRESS})[0] == ()
    assert look("wordpress_comments", hand_of(SITE), {SITE: "<html><body>x</body></html>"}) == ((), [SITE])


def test_a_forum_and_the_shop_in_it() -> None:
    forum = (
        '<!doctype html><html><head><meta name="generator" content="Discourse 3.4.0"><title>Forum</title></head></html>'
    )
    (search, new), _ = look("discourse", hand_of("forum.example", name="Kawa Raj"), {"https://forum.example": forum})
    assert search.settings == {"what": "search", "address": "https://forum.example", "words": '"Kawa Raj"'}
    assert new.settings == {"what": "everything new", "address": "https://forum.example"}
    category = "https://forum.example/c/kawa/7"
    (one,), _ = look("discourse", hand_of(category), {category: forum})
    assert one.settings["what"] == "category"
    assert look("discourse", hand_of(SITE), {SITE: WORDPRESS})[0] == ()


def test_a_lemmy_server_is_asked_whether_it_is_one() -> None:
    url, site = "https://lemmy.example/c/kawa", "https://lemmy.example/api/v3/site"
    hand = hand_of(url, name="Kawa Raj")
    (one,), _ = look("lemmy", hand, {url: "<html>lemmy-ui</html>", site: '{"site_view": {"site": {}}}'})
    assert one.settings == {"server": "https://lemmy.example", "words": '"Kawa Raj"', "community": "kawa"}
    assert look("lemmy", hand, {url: "<html>lemmy-ui</html>", site: "{}"})[0] == ()
    assert look("lemmy", hand_of(url), {})[1] == []


def test_lists_only_where_a_page_has_no_feed() -> None:
    card = '<div class="review-card"><b class="author">Anna {n}</b><p>Paczka numer {n} nie przyszła, cisza.</p></div>'
    html = f"<!doctype html><html><body>{''.join(card.format(n=n) for n in range(5))}</body></html>"
    best, *_ = look("web_page", hand_of(SITE), {SITE: html})[0]
    assert (best.settings["selector"], best.count) == ("div.review-card", 5)
    assert best.examples[0].startswith("Anna 0")
    assert look("web_page", hand_of(SITE), {SITE: WORDPRESS})[0] == ()


def test_a_mastodon_account_lives_where_webfinger_says() -> None:
    finger = "https://kawaraj.example/.well-known/webfinger?resource=acct%3Aanna%40kawaraj.example"
    lookup = "https://social.example/api/v1/accounts/lookup?acct=anna"
    links = {"links": [{"rel": "self", "href": "https://social.example/users/anna"}]}
    answers = {finger: json.dumps(links), lookup: sample("mastodon/lookup.json")}
    (one,), asked = look("mastodon", hand_of("@anna@kawaraj.example"), answers)
    assert one.settings == {"what": "account", "server": "https://social.example", "name": "anna"}
    assert asked == [finger, lookup]
    assert look("mastodon", hand_of("@anna@kawaraj.example"), {}) == ((), [finger])


def test_a_page_leads_to_its_accounts() -> None:
    social = "https://social.example/api/v1/accounts/lookup?acct=sklep"
    (one,), asked = look("mastodon", hand_of(SITE), {SITE: WORDPRESS, social: sample("mastodon/lookup.json")})
    assert (one.settings["server"], asked) == ("https://social.example", [SITE, social])
    door = "https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=anna.test"
    (one,), _ = look("bluesky", hand_of(SITE), {SITE: WORDPRESS, door: sample("bluesky/getProfile.json")})
    assert (one.name, one.settings["name"]) == ("Anna Nowak (@anna.test)", "anna.test")
    telegram = sample("telegram_channel/page.html")
    (one,), _ = look("telegram_channel", hand_of(SITE), {SITE: WORDPRESS, "https://t.me/s/kawaraj": telegram})
    assert one.settings == {"channel": "kawaraj"}
    (one,), asked = look("app_store", hand_of(SITE, language="en"), {SITE: WORDPRESS})
    assert (one.name, dict(one.settings)) == ("Kawa raj", {"app": "1234567890", "countries": "pl, us"})
    assert asked == [SITE]


def test_a_hashtag_is_suggested_unasked_but_no_common_word() -> None:
    (one,), asked = look("mastodon", hand_of("Zielony Słoń"), {})
    assert (one.settings["what"], one.settings["name"], asked) == ("hashtag", "ZielonySłoń", [])
    assert look("mastodon", hand_of("Rynek"), {}) == ((), [])


def test_bluesky_accounts_called_like_the_shop() -> None:
    actors = [
        {"handle": "kawaraj.bsky.social", "displayName": "Kawa Raj"},
        {"handle": "other.bsky.social", "displayName": "Somebody"},
        {"handle": "not a handle", "displayName": "Kawa Raj"},
    ]
    found, asked = look("bluesky", hand_of("Kawa Raj"), lambda _request: json.dumps({"actors": actors}))
    assert [one.settings["name"] for one in found] == ["kawaraj.bsky.social"]
    assert len(asked) == 1
    _, asked = look("bluesky", hand_of("@kawaraj"), {})
    assert asked == ["https://public.api.bsky.app/xrpc/app.bsky.actor.getProfile?actor=kawaraj.bsky.social"]


def test_a_youtube_channel_is_kept_by_its_id() -> None:
    html = (
        f'<html><head><title>Kawowy Vlog - YouTube</title><link rel="canonical" '
        f'href="https://www.youtube.com/channel/{CHANNEL_ID}"></head></html>'
    )
    for typed in ("@kawaraj", "https://www.youtube.com/@kawaraj/videos"):
        (one,), asked = look("youtube_channel", hand_of(typed), {"https://www.youtube.com/@kawaraj": html})
        assert (one.name, dict(one.settings)) == ("Kawowy Vlog", {"channel": CHANNEL_ID})
        assert asked == ["https://www.youtube.com/@kawaraj"]


def test_a_channel_that_shows_nothing_to_strangers_is_not_suggested() -> None:
    assert look("telegram_channel", hand_of("@kawaraj"), {"https://t.me/s/kawaraj": "<html>contact</html>"})[0] == ()
    assert look("telegram_channel", hand_of("t.me/kawaraj"), {})[1] == ["https://t.me/s/kawaraj"]


@pytest.mark.parametrize(
    ("typed", "name", "settings"),
    [
        ("https://www.reddit.com/r/Poznan/", "Kawa Raj", {"words": "Kawa Raj", "subreddit": "Poznan"}),
        ("https://old.reddit.com/r/Poznan/", "", {"words": "", "subreddit": "Poznan"}),
        ("https://www.reddit.com/", "", None),
        ("https://kawaraj.example/r/Poznan", "Kawa", None),
    ],
)
def test_reddit_only_where_its_address_is_in_hand(typed: str, name: str, settings: dict[str, str] | None) -> None:
    found, asked = look("reddit", hand_of(typed, name=name), {})
    assert [dict(one.settings) for one in found] == ([settings] if settings else [])
    assert asked == []


def test_hacker_news_only_where_its_address_is_in_hand() -> None:
    (one,), _ = look("hackernews", hand_of("news.ycombinator.com", name="Kawa Raj"), {})
    assert one.settings == {"words": '"Kawa Raj"'}
    assert look("hackernews", hand_of("Kawa Raj"), {})[0] == ()
