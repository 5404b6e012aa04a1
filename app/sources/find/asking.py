"""What all that look for watches have in common: the page in hand is asked for alike, and so fetched once for all."""

from __future__ import annotations

import re
from collections.abc import Callable, Generator
from urllib.parse import urlsplit

from app.core.ports.find import FindSteps, InHand
from app.core.ports.net import Request, Response
from app.core.ports.source import Suggestion
from app.core.text import letters
from app.sources.apis.values import json_of
from app.sources.feeds.addresses import web_address
from app.sources.feeds.charset import decode
from app.sources.feeds.html_text import html_text, one_line
from app.sources.feeds.page_links import attributes_of
from app.sources.feeds.read import ACCEPT

LONGEST_NAME = 80
MOST_LINKS = 400
LOOKED_AT = 1_000_000
"""Characters of a page in which links are looked for."""

_LINK = re.compile(r"<(?:a|link)(?![\w:-])([^<>]{0,2000})>", re.IGNORECASE)
_TITLE = re.compile(r"<title[^<>]{0,200}>([^<]{0,500})", re.IGNORECASE)
_SITE = re.compile(
    r"""<meta(?=[^<>]{0,500}\bproperty\s*=\s*["']?og:(?:site_name|title)\b)[^<>]{0,2000}>""", re.IGNORECASE
)


def page_request(url: str) -> Request:
    """Return the request for the page in hand."""
    return Request(url, headers={"Accept": ACCEPT}, unchanged_ok=False)


def json_request(url: str) -> Request:
    """Return the request for an answer of an interface."""
    return Request(url, headers={"Accept": "application/json"}, unchanged_ok=False)


def text_of(response: Response) -> str:
    """Return the page an answer holds, «» where it is no success."""
    if response.status >= 400:
        return ""
    return decode(response.body, response.headers.get("content-type", ""))[:LOOKED_AT]


def said(response: Response) -> object:
    """Return the JSON of an answer, None where it is no success or none."""
    return json_of(response.body) if response.status < 400 else None


def title_of(text: str) -> str:
    """Return what a page calls itself on one line, «» where it does not."""
    for tag in _SITE.finditer(text):
        if name := one_line(html_text(attributes_of(tag.group()).get("content", "")), LONGEST_NAME):
            return name
    found = _TITLE.search(text)
    return one_line(html_text(found[1]), LONGEST_NAME) if found else ""


def links_on(text: str, address: str) -> tuple[str, ...]:
    """Return the web addresses that a page links to, each once, in its order."""
    found: dict[str, None] = {}
    for tag in _LINK.finditer(text):
        href = attributes_of(tag[1]).get("href", "")
        if href and (url := web_address(href, address)):
            found.setdefault(url)
        if len(found) >= MOST_LINKS:
            break
    return tuple(found)


def parts_of(url: str) -> tuple[str, str]:
    """Return host (lower case, without «www.») and path of an address, two «» for what is none."""
    try:
        parts = urlsplit(url)
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:  # brackets that are no IPv6 address
        return "", ""


def resembles(name: str, *called: str) -> bool:
    """Say whether something called so may be the shop of that name: all the letters of one stand in the other."""
    wanted = letters(name)
    return len(wanted) >= 3 and any(wanted in has or (len(has) >= 4 and has in wanted) for has in map(letters, called))


def named_there(hand: InHand, place: Callable[[str], str]) -> Generator[Request, Response, str]:
    """Return what the address in hand names at a place, or the first thing there that its page links to, «» for none.

    `place` returns what an address names there, «» for nothing.
    """
    if named := place(hand.url):
        return named
    page = yield page_request(hand.url)
    return next((named for link in links_on(text_of(page), page.url) if (named := place(link))), "")


def at_once(found: tuple[Suggestion, ...]) -> FindSteps:
    """Return what needs to be asked of nobody."""
    yield from ()
    return found
