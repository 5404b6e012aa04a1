"""What the help pages quote of the program stands in it, word for word, in each language: sentences, buttons, fields, choices.

A row of «When it does not work» begins with what the program says, with … for what is filled in; «…» elsewhere (in Polish
„…”) is a name the program shows. Names of other services are in italics or bold and are not looked at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from app.core.ports.source import Source
from app.core.watch import WatchKind
from app.sources.registry import SourceRegistry
from app.words.problem_texts import TEXTS

ROOT = Path(__file__).resolve().parents[2]
PAGES = ROOT / "docs" / "sources"
NAMES = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")
LANGUAGES = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
HERE = [(folder, name) for folder in LANGUAGES for name in NAMES if (PAGES / folder / f"{name}.md").is_file()]
"""The translated pages there are."""
ALL = [("en", name) for name in NAMES] + HERE
QUOTES = {"en": ("«", "»"), "pl": ("„", "”"), "ru": ("«", "»")}
SPOKEN = (
    "2 hours ago", "Application For Basic API Access", "I do not recommend", "I recommend", "RSS", "boards", "for devices without a browser", "i",
    "nothing changed", "photo changed", "some subset", "too fast", "too many", "too many requests", "you got 3 new reviews",
)  # fmt: skip
"""What others say or show, quoted on the English pages."""
KINDS = {WatchKind.SEARCH: "A search for words", WatchKind.CHANNEL: "A place: page, profile, feed, inbox"}
"""What the form of a watch offers under «What»; the pages say it as far as the colon."""

Say = Callable[[str], str]


@cache
def _catalogue(language: str) -> dict[str, str]:
    """Return the sentences and names of the program, English to another language, without the marks of Alt keys."""
    path = ROOT / "resources" / "translations" / language / "LC_MESSAGES" / "counterbell.po"
    with path.open("rb") as file:
        found = [(one.id, one.string) for one in read_po(file, locale=language)]
    texts = {english: said for english, said in found if isinstance(english, str) and isinstance(said, str)}
    return {english.replace("&", ""): said.replace("&", "") for english, said in texts.items()}


def _say(language: str) -> Say:
    """Return what gives the words of the program for an English sentence of it."""
    return (lambda text: text) if language == "en" else _catalogue(language).__getitem__


def _page(name: str, language: str = "en") -> str:
    return (PAGES / ("" if language == "en" else language) / f"{name}.md").read_text(encoding="utf-8")


def _first_cells(section: str) -> list[str]:
    """Return the first cell of each row of a section's table, without its head."""
    return [row.split("|")[1].strip() for row in section.splitlines() if row.startswith("| ")][1:]


def _source(page: str) -> Source:
    return next(one for one in SourceRegistry(lambda: ()).all() if one.help_page == page)


def _last_section(page: str) -> str:
    return re.split(r"(?m)^## ", page)[-1]


def _begins(sentence: str, quoted: str) -> bool:
    """Return whether a sentence of the program begins with what is quoted, up to where it or a part of it ends."""
    shown = re.sub(r"\{\w+\}", "…", sentence)
    return bool(quoted) and shown.startswith(quoted) and shown[len(quoted) :][:1] in {".", ":", ";", ","}


def quoted_wrongly(quoted: str, translated: str, say: Say) -> str:
    """Return «» if a quotation and the one that translates it are the same sentence of the program, else what is wrong."""
    meant = [text for text in TEXTS.values() if _begins(text, quoted)]
    if not meant:
        return f"the program does not say «{quoted}»"
    if not any(_begins(say(text), translated) for text in meant):
        return f"for «{quoted}» it says «{say(meant[0])}», not «{translated}»"
    return ""


def _names(page: str, language: str) -> Counter[str]:
    """Return what stands in quotation marks, outside code and the first cells of the last table."""
    first, last = QUOTES[language]
    prose = " ".join(re.sub(r"(?m)^\| [^|]*…[^|]*\|", "|", re.sub(r"`[^`]+`", "", page)).split())
    return Counter(re.findall(f"{first}([^{last}]+){last}", prose))


def test_a_quotation_is_the_beginning_of_a_sentence_of_the_program() -> None:
    polish = _say("pl")
    right, told = "Disqus knows no forum «…»", "Disqus nie zna forum „…”"
    assert quoted_wrongly(right, told, polish) == ""
    assert quoted_wrongly("… refused the e-mail (error …)", "… odrzucił list (błąd …)", polish) == ""
    for wrong in ("Disqus knows no forum …", "Disqus knows no", "knows no forum «…»", "Disqus does not take it", ""):
        assert quoted_wrongly(wrong, told, polish).startswith("the program does not say"), wrong
    for wrong in ("Disqus nie zna forum …", "Disqus nie zna", "Disqus nie przyjmuje tego klucza", ""):
        assert quoted_wrongly(right, wrong, polish).startswith("for «Disqus knows no forum"), wrong


@pytest.mark.parametrize(("language", "name"), [one for one in HERE if "\n## When it does not work\n" in _page(one[1])])
def test_what_counterbell_says_is_what_it_says(language: str, name: str) -> None:
    rows = [_first_cells(_last_section(_page(name, code))) for code in ("en", language)]
    assert rows[0]
    say, wrong = _say(language), []
    for row, translated in zip(*rows, strict=True):
        for quoted, theirs in zip(row.split(" / "), translated.split(" / "), strict=True):
            wrong.append(quoted_wrongly(quoted, theirs, say))
    assert [one for one in wrong if one] == []


@pytest.mark.parametrize(("language", "name"), HERE)
def test_names_in_quotation_marks_are_those_the_program_shows(language: str, name: str) -> None:
    shown = Counter({one: many for one, many in _names(_page(name), "en").items() if one not in SPOKEN})
    say = _catalogue(language)
    assert [one for one in shown if one not in say] == [], "not shown by the program"
    wanted = Counter({say[one]: many for one, many in shown.items()})
    assert wanted - _names(_page(name, language), language) == Counter()


@pytest.mark.parametrize(("language", "name"), [one for one in ALL if "\n## What to fill in\n" in _page(one[1])])
def test_the_fields_of_a_table_are_those_of_the_source(language: str, name: str) -> None:
    fields = [_say(language)(one.label) for one in _source(name).settings]
    section = _page(name, language).split("\n## ")[2]
    assert [one for cell in _first_cells(section) for one in cell.split(", ")] == fields


@pytest.mark.parametrize(("language", "name"), ALL)
def test_a_page_tells_which_kinds_of_watch_the_form_offers(language: str, name: str) -> None:
    opening = " ".join(_page(name, language).split("\n\n")[1].split()).split(". ")[0]
    offered = {kind: _say(language)(text).partition(":")[0] for kind, text in KINDS.items()}
    told = {kind for kind in KINDS if re.search(rf"(?i)(: | or | albo | или ){offered[kind]}\b", opening)}
    assert told == set(_source(name).kinds)
