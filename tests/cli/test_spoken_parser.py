"""The command line explains itself in the owner's language, its own frame included."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.cli.main import parser
from app.words import use

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"


def test_help_is_english_by_itself() -> None:
    said = parser("1.0").format_help()
    assert said.startswith("usage: counterbell")
    assert "options:" in said


@pytest.mark.parametrize("language", ["pl", "ru"])
@pytest.mark.parametrize("words", [["--help"], ["watch", "--help"], ["watch", "add", "--help"]])
def test_no_english_frame_is_left(language: str, words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    use(language, FOLDER)
    with pytest.raises(SystemExit) as ended:
        parser("1.0").parse_args(words)
    said = capsys.readouterr().out
    assert ended.value.code == 0
    assert "counterbell" in said
    for english in ("usage", "options", "positional", "show this", "show program"):
        assert english not in said


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["show"], "Brakuje: WZMIANKA."),
        (["show", "1", "2"], "Niezrozumiałe: 2."),
        (["show", "abc"], "WZMIANKA: „abc” tu nie pasuje."),
        (
            ["mention", "add", "--said", "fax"],
            "--said: „fax” tu nie pasuje. Do wyboru: phone, shop, letter, web, other.",
        ),
        (["inbox", "--limit"], "Po --limit brakuje wartości."),
        (["nonsense"], "„nonsense” tu nie pasuje"),
        (["watch", "edit", "a", "--pause", "--resume"], "--resume i --pause wykluczają się."),
        (["--profile=", "inbox"], "Po --profile brakuje wartości."),
        (["inbox", "--folder="], "Po --folder brakuje wartości."),
        (["inbox", "--json=yes"], "Do --json nie podaje się wartości."),
        (["watch", "add", "--secret-file", "key=/nowhere"], "\n--secret-file: Nie można odczytać pliku /nowhere"),
    ],
    ids=str,
)
def test_wrong_arguments_are_told_in_the_owners_language(
    words: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    use("pl", FOLDER)
    with pytest.raises(SystemExit) as ended:
        parser("1.0").parse_args(words)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert told in said
    assert said.endswith("--help”.\n")
    assert "error" not in said


@pytest.mark.parametrize(
    ("words", "command"),
    [
        (["watch", "list", "more"], "counterbell watch list"),
        (["mention", "export", "--jsn"], "counterbell mention export"),
        (["demo", "x"], "counterbell demo"),
        (["watch", "--x", "list"], "counterbell watch"),
        (["--x", "watch", "list"], "counterbell"),
    ],
)
def test_what_a_command_does_not_know_its_own_help_explains(
    words: list[str], command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        parser("1.0").parse_args(words)
    said = capsys.readouterr().err
    assert ended.value.code == 2
    assert said.startswith(f"usage: {command} [")
    assert said.endswith(f"«{command} --help» shows what is possible.\n")


def test_the_help_of_a_command_says_what_it_does(capsys: pytest.CaptureFixture[str]) -> None:
    for words, does in ((["demo"], "Start with a sample shop"), (["watch", "remove"], "Stop listening to a place; ")):
        with pytest.raises(SystemExit):
            parser("1.0").parse_args([*words, "--help"])
        assert does in capsys.readouterr().out
