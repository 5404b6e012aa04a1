"""A web site in hand: its feeds, the comments of WordPress, a forum, or the lists on a page without any of these."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit, urlunsplit

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Response
from app.core.ports.source import Suggestion
from app.core.problems import Problem
from app.core.watch import WatchKind
from app.sources.apis.server import base_of
from app.sources.apis.values import at
from app.sources.feeds.addresses import host_of, web_address
from app.sources.feeds.charset import mended_letters
from app.sources.feeds.html_text import html_text, one_line
from app.sources.feeds.page_links import attributes_of
from app.sources.feeds.page_links import read_page as links_of
from app.sources.feeds.read import read_document
from app.sources.feeds.sniff import Kind, look
from app.sources.feeds.wordpress import comments_feed
from app.sources.find.asking import LONGEST_NAME, json_request, page_request, parts_of, said, text_of, title_of

MOST_FEEDS = 6
MOST_LISTS = 2
"""Lists of one page that are suggested: more are offered where the page is tried."""

_COMMENTS = re.compile(r"(?:/comments/feed\b|feed=comments|/feeds/comments/)", re.IGNORECASE)
_REST = "https://api.w.org/"
_LINK = re.compile(r"<link(?![\w:-])([^<>]{0,2000})>", re.IGNORECASE)
_LINK_HEADER = re.compile(r'<([^<>]{1,500})>\s*;\s*rel="?https://api\.w\.org/"?')
_META = re.compile(r"<meta(?![\w:-])([^<>]{0,2000})>", re.IGNORECASE)
_CATEGORY = re.compile(r"/c/(?:[^/]+/)*\d{1,9}(?:/|\Z)")
_COMMUNITY = re.compile(r"/c/([\w-]{1,60}(?:@[\w.:-]{1,120})?)/?")


def find_feeds(hand: InHand) -> FindSteps:
    """Suggest the feed that an address is, or those that the page there names; comments of WordPress have their own."""
    if not hand.url:
        return ()
    response = yield page_request(hand.url)
    text = text_of(response)
    if not text:
        return ()
    if look(text).kind in {Kind.FEED, Kind.JSON, Kind.MESSY}:
        document = read_document(response.body, response.headers.get("content-type", ""))
        if isinstance(document, Problem):
            return ()
        name = one_line(html_text(mended_letters(document.title.value)), LONGEST_NAME)
        return (_feed(response.url, name or host_of(response.url)),)
    known = wordpress_home(response, text)
    feeds = (
        (address, name)
        for address, name in links_of(text, response.url).feeds
        if "youtube.com/feeds/" not in address and not (known and _COMMENTS.search(address))
    )
    return tuple(_feed(address, name) for address, name in feeds)[:MOST_FEEDS]


def _feed(address: str, name: str) -> Suggestion:
    kind = WatchKind.CHANNEL
    return Suggestion("feed", name if name != address else host_of(address), {"url": address}, kind=kind)


def wordpress_home(response: Response, text: str) -> str:
    """Return where the WordPress lives that made a page, «» for a page of something else."""
    header = _LINK_HEADER.search(response.headers.get("link", "")[:4_000])
    tags = (attributes_of(tag[1]) for tag in _LINK.finditer(text))
    rest = header[1] if header else next((tag.get("href", "") for tag in tags if tag.get("rel") == _REST), "")
    if rest and (address := web_address(rest, response.url)):
        parts = urlsplit(address)
        path = parts.path.partition("/wp-json")[0].removesuffix("/index.php").rstrip("/") + "/"
        return urlunsplit((parts.scheme, parts.netloc, path, "", ""))
    made_by, base = next(_made_by(text), "").lower(), base_of(response.url)
    return f"{base}/" if base and (made_by.startswith("wordpress") or "/wp-content/" in text) else ""


def _made_by(text: str) -> Iterator[str]:
    for tag in _META.finditer(text):
        found = attributes_of(tag[1])
        if found.get("name", "").lower() == "generator":
            yield found.get("content", "")


def find_wordpress(hand: InHand) -> FindSteps:
    """Suggest the comments of a WordPress site, where it shows any feed of them."""
    if not hand.url:
        return ()
    page = yield page_request(hand.url)
    text = text_of(page)
    home = wordpress_home(page, text)
    if not home:
        return ()
    try:
        address = comments_feed(home)
    except ValueError:  # an address that is none
        return ()
    answer = yield page_request(address)
    if answer.status >= 400 or isinstance(read_document(answer.body, answer.headers.get("content-type", "")), Problem):
        return ()
    return (Suggestion("wordpress_comments", title_of(text) or host_of(home), {"url": home}, kind=WatchKind.CHANNEL),)


def find_discourse(hand: InHand) -> FindSteps:
    """Suggest what is new on a Discourse forum, or in the category in hand; with the shop's name, a search for it."""
    if not hand.url:
        return ()
    page = yield page_request(hand.url)
    text = text_of(page)
    base, name = base_of(page.url), title_of(text) or host_of(page.url)
    if not base or not next(_made_by(text), "").startswith("Discourse"):
        return ()
    found = []
    if hand.name:
        settings = {"what": "search", "address": base, "words": _quoted(hand.name)}
        found.append(Suggestion("discourse", f"{hand.name}: {name}", settings, kind=WatchKind.SEARCH))
    if _CATEGORY.search(parts_of(page.url)[1]):
        found.append(Suggestion("discourse", name, {"what": "category", "address": page.url}, kind=WatchKind.CHANNEL))
    else:
        found.append(Suggestion("discourse", name, {"what": "everything new", "address": base}, kind=WatchKind.CHANNEL))
    return tuple(found)


def find_lemmy(hand: InHand) -> FindSteps:
    """Suggest a search for the shop's name on a Lemmy server, in one community where that is in hand."""
    if not (hand.url and hand.name):
        return ()
    page = yield page_request(hand.url)
    base, text = base_of(page.url), text_of(page)
    if not base or "lemmy" not in text.lower():
        return ()
    site = yield json_request(f"{base}/api/v3/site")
    if not isinstance(at(said(site), "site_view"), dict):
        return ()
    community = _COMMUNITY.fullmatch(parts_of(page.url)[1])
    settings = {"server": base, "words": _quoted(hand.name), "community": community[1] if community else ""}
    return (Suggestion("lemmy", f"{hand.name}: {host_of(base)}", settings, kind=WatchKind.SEARCH),)


def _quoted(name: str) -> str:
    return f'"{name}"' if " " in name else name
