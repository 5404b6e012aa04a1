"""What an element of a page is there for: a date, an author, stars, a headline, or something around the text."""

from __future__ import annotations

import re

from app.sources.pages.tree import Element

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
AROUND = frozenset({"button", "form", "input", "nav", "select", "textarea", "footer"})
"""Elements that are no part of what somebody wrote."""

_WORDS = re.compile(r"[a-z]+|[A-Z][a-z]*")
_DATE_WORDS = frozenset({"date", "time", "datetime", "timestamp", "ago", "published", "posted"})
_AUTHOR_WORDS = frozenset({"author", "autor", "username", "nickname", "nick", "reviewer", "poster", "byline", "fn"})
_AROUND_WORDS = frozenset(
    {
        "share",
        "likes",
        "like",
        "votes",
        "vote",
        "counter",
        "toolbar",
        "actions",
        "buttons",
        "button",
        "pagination",
        "reply",
    }
)
_UNSEEN = (frozenset({"sr", "only"}), frozenset({"screen", "reader"}), frozenset({"visually", "hidden"}))
_STAR_WORDS = frozenset({"star", "stars", "rating", "score", "ocena", "rate"})
_OUT_OF = re.compile(r"(\d(?:[.,]\d{1,2})?)\s*(?:/|out of|of|na|z|из)\s*(5|10)\b", re.IGNORECASE)
_DATES = frozenset({"datePublished", "dateCreated"})


def words_of(element: Element) -> frozenset[str]:
    """Return the words that an element's classes are made of: «review-date», «reviewDate» and «review__date» alike."""
    written = element.attributes.get("class", "")[:500]
    return frozenset(word.lower() for word in _WORDS.findall(written)) if written else frozenset()


def is_date(element: Element, words: frozenset[str]) -> bool:
    """Say whether an element tells when something was written; a word for it counts in small elements only."""
    if element.name == "time" or element.attributes.get("itemprop") in _DATES:
        return True
    return bool(words & _DATE_WORDS) and "by" not in words and element.letters <= 40


def is_author(element: Element, words: frozenset[str]) -> bool:
    """Say whether an element names who wrote something."""
    if element.attributes.get("itemprop") == "author" or "author" in element.attributes.get("rel", "").split():
        return True
    return (bool(words & _AUTHOR_WORDS) or {"posted", "by"} <= words) and 1 <= element.letters <= 80


def is_around(element: Element, words: frozenset[str]) -> bool:
    """Say whether an element is a thing to click on or to count, and no text of anybody."""
    attributes = element.attributes
    if "hidden" in attributes or attributes.get("aria-hidden") == "true" or any(words >= unseen for unseen in _UNSEEN):
        return True
    if element.name in AROUND or attributes.get("role") in {"button", "navigation", "toolbar"}:
        return True
    return bool(words & _AROUND_WORDS) and element.letters <= 60


def stars_of(element: Element, words: frozenset[str]) -> tuple[str, str]:
    """Return the rating and the best one that an element of stars is labelled with («Rated 4 out of 5»), «» for none."""
    if not words & _STAR_WORDS:
        return "", ""
    label = element.attributes.get("aria-label", "") or element.attributes.get("title", "")
    found = _OUT_OF.search(label[:100])
    return (found[1], found[2]) if found else ("", "")
