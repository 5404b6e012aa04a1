"""Our own labelled texts: enough of everything, in the form they promise, and set aside without leaks."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from app.core.verdict import Cause, Kind
from training.texts import BLOCK, FOLDER, LANGUAGES, Text, TextError, read_texts

SHOPS = {
    "bakery", "garage", "hairdresser", "onlineshop", "courier", "restaurant", "clinic", "telecom", "bank", "hotel",
    "school", "repair",
}  # fmt: skip
TRADES = SHOPS | {
    "airline", "transport", "electronics", "software", "games", "streaming", "supermarket", "gym", "housing", "office",
    "media", "other",
}  # fmt: skip
TAGS = {
    "news", "ad", "market", "mail", "review", "forum", "them", "report", "polite", "harsh", "mixed", "sarcasm", "slang",
    "nodia", "translit", "typos", "caps", "emoji",
}  # fmt: skip
PL_MARKS = re.compile("[ąćęłńóśźż]", re.IGNORECASE)
FOLDED = str.maketrans("ąćęłńóśźżё", "acelnoszze")
UNHEARD = re.compile(r"[\s!-/:-@\[-`{-~«»„“”‘’…–—]+")
"""Spaces and punctuation: two texts that differ by nothing else are one."""

in_each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def texts(language: str) -> tuple[Text, ...]:
    return tuple(text for text in _all() if text.language == language)


@cache
def _all() -> tuple[Text, ...]:
    return tuple(read_texts())


def words(text: Text) -> int:
    return len(f"{text.title} {text.text}".split())


def written(folder: Path, lines: str, name: str = "c-test.txt") -> list[Text]:
    (folder / "en").mkdir(exist_ok=True)
    (folder / "en" / name).write_text(lines, encoding="utf-8")
    return read_texts(folder)


@in_each_language
def test_enough_of_every_verdict(language: str) -> None:
    counts = Counter(text.kind for text in texts(language))
    assert counts.total() >= 1500
    assert set(counts) == set(Kind)
    assert min(counts.values()) >= 150


@in_each_language
def test_every_trade_is_spoken_of_and_none_unknown(language: str) -> None:
    counts = Counter(text.trade for text in texts(language))
    assert set(counts) <= TRADES
    assert min(counts[trade] for trade in SHOPS) >= 60
    for trade in SHOPS:
        assert {text.kind for text in texts(language) if text.trade == trade} == set(Kind), trade


@in_each_language
def test_complaints_have_every_severity_and_cause(language: str) -> None:
    complaints = [text for text in texts(language) if text.kind is Kind.COMPLAINT]
    assert {text.severity for text in complaints} == {0, 1, 2, 3}
    assert {text.cause for text in complaints} == set(Cause)
    assert not any(text.severity or text.cause for text in texts(language) if text.kind is not Kind.COMPLAINT)


@in_each_language
def test_tags_are_known_and_named_shops_stand_in_the_text(language: str) -> None:
    for text in texts(language):
        for tag in text.tags - TAGS:
            side, _, name = tag.partition("=")
            said = f"{text.title} {text.text}".lower().translate(FOLDED)
            stems = [word[: max(3, len(word) - 3)] for word in re.split("[_-]", name.lower().translate(FOLDED))]
            assert side in {"us", "them"}, tag
            assert name.strip("_"), f"{tag} in {text.block}"
            assert all(stem in said for stem in stems), f"{tag}: {text.text}"


@in_each_language
def test_no_text_stands_twice(language: str) -> None:
    counts = Counter(UNHEARD.sub("", f"{text.title}{text.text}").casefold() or text.text for text in texts(language))
    assert [text for text, times in counts.items() if times > 1] == []


@in_each_language
def test_no_text_says_its_last_sentence_twice(language: str) -> None:
    endings = [re.split(r"(?<=[.!?]) ", text.text)[-3:] for text in texts(language) if len(text.text) > 60]
    assert [ending for ending in endings if len(ending) == 3 and ending[1] == ending[2] and len(ending[2]) > 15] == []


@in_each_language
def test_every_length_from_three_words_to_a_long_review(language: str) -> None:
    lengths = [words(text) for text in texts(language)]
    assert sum(length <= 3 for length in lengths) >= 50
    assert sum(length >= 60 for length in lengths) >= 80
    assert max(lengths) >= 80
    for kind in (Kind.COMPLAINT, Kind.PRAISE, Kind.NEUTRAL):
        mine = [words(text) for text in texts(language) if text.kind is kind]
        assert min(mine) <= 3, kind
        assert max(mine) >= 50, kind


@in_each_language
def test_stars_stand_with_some_reviews_only(language: str) -> None:
    judged = [text for text in texts(language) if text.kind in {Kind.COMPLAINT, Kind.PRAISE}]
    starred = [text for text in texts(language) if text.stars is not None]
    assert 0 < len(starred) < len(judged) / 3


def test_polish_without_its_marks() -> None:
    bare = [text for text in texts("pl") if "nodia" in text.tags]
    assert len(bare) >= len(texts("pl")) / 20
    assert [text.text for text in bare if PL_MARKS.search(f"{text.title}{text.text}")] == []
    assert {text.kind for text in bare} == set(Kind)


def test_russian_in_latin_letters() -> None:
    latin = [text for text in texts("ru") if "translit" in text.tags]
    assert len(latin) >= len(texts("ru")) / 100
    assert [text.text for text in latin if len(re.findall("[а-яё]", text.text.lower())) > len(text.text) / 3] == []
    assert {text.kind for text in latin} == set(Kind)


@in_each_language
def test_about_a_tenth_is_set_aside(language: str) -> None:
    everything = Counter(text.kind for text in texts(language))
    aside = Counter(text.kind for text in texts(language) if text.aside)
    assert 0.08 <= aside.total() / everything.total() <= 0.13
    for kind in Kind:
        assert 0.05 <= aside[kind] / everything[kind] <= 0.16, kind
    assert {text.is_trap for text in texts(language) if text.aside} == {True, False}


@in_each_language
def test_blocks_are_short_and_never_cross_the_border(language: str) -> None:
    blocks: dict[str, list[Text]] = {}
    for text in texts(language):
        blocks.setdefault(text.block, []).append(text)
    assert all(len({text.aside for text in block}) == 1 for block in blocks.values())
    assert [text for block in blocks.values() for text in block] == list(texts(language))
    assert max(len(block) for block in blocks.values()) <= BLOCK * 3


@in_each_language
def test_close_relatives_stay_in_the_block_of_what_they_are_relatives_of(language: str) -> None:
    lines = [
        line
        for path in sorted((FOLDER / language).glob("*.txt"))
        for line in path.read_text(encoding="utf-8").splitlines()
        if "|" in line and not line.startswith("#")
    ]
    mine = texts(language)
    assert len(lines) == len(mine)
    apart = [
        line
        for line, text, before in zip(lines[1:], mine[1:], mine, strict=False)
        if line.startswith("+") and text.block != before.block
    ]
    assert apart == []


def test_a_line_of_every_form(tmp_path: Path) -> None:
    first, second, third = written(
        tmp_path,
        "# a comment\n\n[bakery]\nc2 money *1 review us=Lumaro | Twice || Paid at Lumaro\\ntwice.\n"
        "+p harsh | Damn good.\n[bank]\nn | Open till 5 | and on Sunday\n",
    )
    assert (first.kind, first.severity, first.cause) == (Kind.COMPLAINT, 2, Cause.MONEY)
    assert (first.trade, first.stars, first.tags) == ("bakery", 1.0, {"review", "us=Lumaro"})
    assert (first.title, first.text) == ("Twice", "Paid at Lumaro\ntwice.")
    assert (second.kind, second.severity, second.cause, second.block) == (Kind.PRAISE, None, None, first.block)
    assert (third.trade, third.text, third.title) == ("bank", "Open till 5 | and on Sunday", "")


@pytest.mark.parametrize(
    "lines",
    [
        "n | no trade stands above",
        "[bank]\nx | no such code",
        "[bank]\nc4 money | no such severity",
        "[bank]\nc1 polite | no such cause",
        "[bank]\nn no bar",
        "[bank]\nn news |  ",
    ],
)
def test_a_line_that_cannot_be_read_is_named(tmp_path: Path, lines: str) -> None:
    with pytest.raises(TextError, match=rf"c-test\.txt, line {len(lines.splitlines())}"):
        written(tmp_path, lines)


def test_a_block_waits_for_the_relatives_of_its_last_text(tmp_path: Path) -> None:
    lines = "[bank]\n" + "n | one\n" * BLOCK + "+n | two\n+n | three\nn | four\n"
    blocks = [text.block for text in written(tmp_path, lines)]
    assert blocks == ["en/c-test/0"] * (BLOCK + 2) + ["en/c-test/1"]


@pytest.mark.parametrize(
    ("name", "trap"), [("a-x.txt", True), ("b-x.txt", True), ("c-x.txt", False), ("e-x.txt", False)]
)
def test_the_files_a_and_b_hold_the_traps(tmp_path: Path, name: str, trap: bool) -> None:
    (text,) = written(tmp_path, "[bank]\nn | one", name)
    assert text.is_trap is trap
