"""The language of the system, as its environment tells it."""

from __future__ import annotations

import sys

import pytest

from app.bootstrap.speech import system_language

NAMES = ("LC_ALL", "LC_MESSAGES", "LANG", "LANGUAGE")


@pytest.mark.skipif(sys.platform == "win32", reason="Windows says it in another way")
@pytest.mark.parametrize(
    ("said", "language"),
    [
        ({"LANG": "pl_PL.UTF-8"}, "pl"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "ru_RU.UTF-8"}, "ru"),
        ({"LANG": "en_US.UTF-8", "LANGUAGE": "pl:en"}, "pl"),
        ({"LANG": "C.UTF-8", "LANGUAGE": "pl"}, "c."),
        ({"LANG": "C", "LANGUAGE": "pl"}, "c"),
        ({}, "en"),
    ],
)
def test_the_language_list_goes_before_the_locale_unless_that_is_none(
    monkeypatch: pytest.MonkeyPatch, said: dict[str, str], language: str
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in said.items():
        monkeypatch.setenv(name, value)
    assert system_language() == language
