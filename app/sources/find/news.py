"""Searches of news for a shop's name, in all its cases, and for its name beside words of complaint."""

from __future__ import annotations

from collections.abc import Iterable

from app.core.ports.find import InHand
from app.core.ports.source import Suggestion
from app.core.watch import WatchKind
from app.sources.find.forms import forms
from app.sources.find.shop_words import COMPLAINT_WORDS, is_common
from app.sources.searches.words import EDITIONS, tidy_edition, tidy_words

MOST_WORDS = 30
"""Words of a search, OR not counted: Google passes over what comes after the 32nd."""

LONGEST = 360
"""Characters of a search, within what the sources allow."""

LONGEST_NAME = 100
MOST_TOWN_FORMS = 3
FORMS_BESIDE_COMPLAINTS = 4


def searches_for(hand: InHand, source: str, *, whole_texts: bool) -> tuple[Suggestion, ...]:
    """Return two searches: for the shop, and for the shop beside words of complaint; a common name goes with its town.

    With `whole_texts` the place brings enough of an article's text for the name to be required in it. A place that
    brings headlines only has to be trusted with its own search: few headlines name a small shop.
    """
    name = tidy_words(hand.name)
    if hand.url or hand.handle or len(name) > LONGEST_NAME or not any(char.isalnum() for char in name):
        return ()
    language = hand.language or "en"
    town = tidy_words(hand.town) if is_common(name) else ""
    named, towns = forms(name, language), forms(town, language)[:MOST_TOWN_FORMS] if town else ()
    complaints = COMPLAINT_WORDS.get(language, COMPLAINT_WORDS["en"])
    edition = tidy_edition(language)
    settings = {"edition": edition if edition in EDITIONS else ""}
    required = (name, *((town,) if town else ())) if whole_texts else ()
    about = f"{name} {town}".strip()
    found = (
        (about, _search(named, (), towns)),
        (f"{about}: {', '.join(complaints[:2])}…", _search(named[:FORMS_BESIDE_COMPLAINTS], complaints, towns)),
    )
    return tuple(
        Suggestion(source, called, {**settings, "words": words}, required, WatchKind.SEARCH) for called, words in found
    )


def _search(named: tuple[str, ...], complaints: tuple[str, ...], towns: tuple[str, ...]) -> str:
    """Return a search that holds one of each group: a case of the name, a complaint, the town."""
    room = MOST_WORDS - sum(len(town.split()) for town in towns)
    most = room if not complaints else room // 2
    groups = [_fitting((f'"{form}"' for form in named), most, LONGEST // 2)]
    if complaints:
        left = room - sum(len(form.split()) for form in groups[0])
        groups.append(_fitting((f'"{one}"' if " " in one else one for one in complaints), left, LONGEST // 3))
    groups += [list(towns)] if towns else []
    return " ".join(_any_of(group) for group in groups)


def _fitting(texts: Iterable[str], words: int, letters: int) -> list[str]:
    """Return as many of the first texts as there is room for, one at the least."""
    kept: list[str] = []
    for text in texts:
        words, letters = words - len(text.split()), letters - len(text) - len(" OR ")
        if kept and (words < 0 or letters < 0):
            break
        kept.append(text)
    return kept


def _any_of(texts: list[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({' OR '.join(texts)})"
