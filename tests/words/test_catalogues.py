"""The catalogues: complete, not fuzzy, with the same blanks, compiled from what is read."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from app.words import LANGUAGES

ROOT = Path(__file__).resolve().parents[2]
BLANK = re.compile(r"\{[a-z_]*\}")
KEYWORDS = {"_": None, "N_": None, "msgid": None, "ngettext": (1, 2)}
TOO_FAMILIAR = {
    "pl": re.compile(
        r"\b(zakończ|zamknij|przywróć|wybierz|zaznacz|sprawdź|popraw|powtórz|uruchom|przenieś|wpisz|otwórz|skopiuj|usuń|naciśnij"
        r"|użyj|spróbuj|zobacz|pamiętaj|możesz|musisz|chcesz|masz|zmienisz|tw(ój|oj[aąeęiu]\w*)"
        r"|wyświetl|dodaj|dodasz|ciebie|tobie|tobą|cię)\b",
        re.IGNORECASE,
    ),
    "ru": re.compile(r"(?i:\b(ты|тебя|тебе|тобой|тво(й|я|ё|и|его|ей|их))\b)|(?<=[а-я,] )(Ваш|Вас|Вам|Вы\b)"),
}
"""What is said to a friend; buttons may say it to the program, sentences not to the owner."""


def _path(language: str) -> Path:
    return ROOT / "resources" / "translations" / language / "LC_MESSAGES" / "counterbell.po"


def _catalogue(language: str) -> Catalog:
    with _path(language).open("rb") as file:
        return read_po(file, locale=language)


@pytest.fixture(scope="module")
def said() -> set[str]:
    """Every English sentence of the program."""
    found = extract_from_dir(ROOT / "app", method_map=[("**.py", "python")], keywords=KEYWORDS)
    return {m[2] if isinstance(m[2], str) else m[2][0] for m in found if m[2]}


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_every_sentence_is_translated(language: str, said: set[str]) -> None:
    catalogue = _catalogue(language)
    missing = []
    for sentence in said:
        message = catalogue.get(sentence)
        texts = () if message is None else message.string if isinstance(message.string, tuple) else (message.string,)
        if message is None or message.fuzzy or not texts or not all(texts):
            missing.append(sentence)
    assert said
    assert not missing


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_nothing_is_translated_that_nobody_says(language: str, said: set[str]) -> None:
    known = {message.id if isinstance(message.id, str) else message.id[0] for message in _catalogue(language)}
    assert known - said - {""} == set(), "or it stands inside an f-string, where it is not found"


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_blanks_are_the_same(language: str) -> None:
    for message in _catalogue(language):
        if not message.id:
            continue
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = set(BLANK.findall(" ".join(ids)))
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            assert set(BLANK.findall(text)) <= allowed, message.id
            if len(ids) == 1:
                assert set(BLANK.findall(text)) == allowed, message.id


@pytest.mark.parametrize("language", sorted(TOO_FAMILIAR))
def test_the_owner_is_spoken_to_politely(language: str) -> None:
    for message in _catalogue(language):
        for text in message.string if isinstance(message.string, tuple) else (message.string,):
            told = re.sub("„[^”]*”|«[^»]*»", "", text) if message.id and text.endswith(".") else ""
            assert not TOO_FAMILIAR[language].search(told), text


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_plurals_have_the_languages_three_forms(language: str) -> None:
    catalogue = _catalogue(language)
    assert catalogue.num_plurals == 3 or language not in {"pl", "ru"}
    assert all(len(m.string) == catalogue.num_plurals for m in catalogue if isinstance(m.id, tuple))


@pytest.mark.parametrize("language", [one for one in LANGUAGES if one != "en"])
def test_compiled_catalogue_is_that_of_the_readable_one(language: str) -> None:
    made = io.BytesIO()
    write_mo(made, _catalogue(language))
    assert made.getvalue() == _path(language).with_suffix(".mo").read_bytes()
