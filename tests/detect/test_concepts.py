"""Reading of lexicon files."""

from __future__ import annotations

from app.core.problems import Problem
from app.core.verdict import Severity
from app.detect.concepts import Role, read_lexicon, telling_words
from app.detect.tokens import plain, russian_key


def test_entries_of_every_form() -> None:
    text = "# a comment\n\n[slow wait complaint 1.5 severity 2]\nlate, delay*, ~ość, Never .. Come*, :("
    lexicon = read_lexicon(text, "x.txt", plain)
    concept = lexicon.words["late"]
    assert (concept.name, concept.role, concept.weight) == ("slow wait", Role.COMPLAINT, 1.5)
    assert concept.severity is Severity.MONEY_OR_REPEATED
    assert lexicon.stems["delay"] is concept
    assert lexicon.endings["osc"] is concept
    assert lexicon.signs[":("] is concept
    never = lexicon.phrases.following["never"]
    assert never.following == {}
    assert never.gap is not None
    assert never.gap.following["come*"].concept is concept
    assert lexicon.problems == []


def test_words_that_tell_the_language_are_apart() -> None:
    text = "[polski language 0]\nże, jest\n"
    assert telling_words(text, plain) == {"ze", "jest"}
    assert read_lexicon(text, "pl.txt", plain).words == {}


def test_bad_lines_become_problems_and_the_rest_is_kept() -> None:
    lexicon = read_lexicon("stray\n[odd role 1]\nlost, words\n[good praise 1]\nnice", "x.txt", plain)
    assert list(lexicon.words) == ["nice"]
    assert lexicon.problems == [Problem("detect.bad_lexicon_line", {"file": "x.txt", "line": n}) for n in (1, 2, 3)]


def test_russian_is_kept_in_one_spelling() -> None:
    lexicon = read_lexicon("[x complaint 1]\nужасн*, больше никогда", "ru.txt", lambda line: russian_key(plain(line)))
    assert "uzhasn" in lexicon.stems
    assert "nikogda" in lexicon.phrase_words
