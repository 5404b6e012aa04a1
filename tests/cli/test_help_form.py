"""The help of the command line is written in one form in each language: Polish says what a command does, Russian names the act."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.cli.main import parser
from app.words import use

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"

ENDINGS = {"pl": ("a", "e", "i", "y"), "ru": ("ть", "ти", "чь", "ться")}
"""How the verbs of that form end: «wypisuje» and not «wypisz», «вывести» and not «выводит»."""


def acts(of: argparse.ArgumentParser) -> Iterator[tuple[str, str]]:
    """Give every command and every switch below a parser, with its help."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            yield from ((f"{of.prog} {one.dest}", one.help or "") for one in action._choices_actions)
            for below in action.choices.values():
                yield from acts(below)
        elif action.nargs == 0 and action.help and action.help != argparse.SUPPRESS:
            yield f"{of.prog} {action.option_strings[-1]}", action.help


@pytest.mark.parametrize("language", ["pl", "ru"])
def test_commands_and_switches_are_told_in_one_form(language: str) -> None:
    use(language, FOLDER)
    told = dict(acts(parser("1.0")))
    assert len(told) > 60
    odd = {}
    for name, words in told.items():
        parts = words.split(";")[0].partition(": ")  # before it may stand with what a switch goes
        verbs = [word.strip(",") for word in (parts[2] or parts[0]).split()]
        is_told = (
            verbs[0].endswith(ENDINGS["pl"]) if language == "pl" else any(v.endswith(ENDINGS["ru"]) for v in verbs)
        )
        if not is_told and not name.endswith("-own"):
            odd[name] = words
    assert odd == {}


def arguments(of: argparse.ArgumentParser) -> Iterator[tuple[str, argparse.Action]]:
    """Give every argument below a parser with the name of its command."""
    for action in of._actions:
        if isinstance(action, argparse._SubParsersAction):
            for below in action.choices.values():
                yield from arguments(below)
        else:
            yield of.prog, action


def test_every_argument_is_explained_and_called_by_a_word_of_the_language() -> None:
    every = list(arguments(parser("1.0")))
    assert [(name, one.dest) for name, one in every if not one.help] == []
    assert [(name, one.dest) for name, one in every if not (one.option_strings or one.metavar)] == []


def test_what_the_exit_codes_mean_stands_at_the_end_of_the_help() -> None:
    told = " ".join(parser("1.0").format_help().split())
    assert told.endswith("and 3 when a watch could not be polled.")
