"""Speaking a language, and sentences for problems."""

import ast
from pathlib import Path

from app.core.case import CaseState
from app.core.customer import Channel, Direction
from app.core.problems import Problem
from app.core.verdict import Kind
from app.words import language, ngettext, use
from app.words.names import channel_name, direction_name, kind_name, state_name
from app.words.problem_texts import TEXTS
from app.words.problems import sentence

FOLDER = Path(__file__).resolve().parents[2] / "resources" / "translations"


def test_a_language_is_spoken_and_an_unknown_one_is_english() -> None:
    assert use("pl_PL.UTF-8", FOLDER) == language() == "pl"
    assert kind_name(Kind.COMPLAINT) == "skarga"
    assert use("ru", FOLDER) == "ru"
    assert kind_name(Kind.COMPLAINT) == "жалоба"
    assert use("xx", FOLDER) == "en"
    assert kind_name(Kind.COMPLAINT) == "complaint"


def test_plural_forms() -> None:
    use("pl", FOLDER)
    assert [ngettext("{n} hour", "{n} hours", n).format(n=n) for n in (1, 2, 5, 22)] == [
        "1 godzina",
        "2 godziny",
        "5 godzin",
        "22 godziny",
    ]
    use("ru", FOLDER)
    assert [ngettext("{n} hour", "{n} hours", n).format(n=n) for n in (1, 2, 5, 21)] == [
        "1 час",
        "2 часа",
        "5 часов",
        "21 час",
    ]


def test_everything_has_a_name() -> None:
    names = [
        *map(kind_name, Kind),
        *map(state_name, CaseState),
        *map(channel_name, Channel),
        *map(direction_name, Direction),
    ]
    assert all(names)


def test_a_sentence_never_fails_for_want_of_an_argument() -> None:
    for code in TEXTS:
        said = sentence(Problem(code))
        assert said
        assert "{" not in said, code


def test_every_problem_that_the_program_names_has_a_sentence() -> None:
    calls = [
        node
        for path in (FOLDER.parents[1] / "app").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Problem" and node.args
    ]
    codes = {code.value for call in calls if isinstance(code := call.args[0], ast.Constant)}
    assert len(codes) > 100
    assert codes <= set(TEXTS)


def test_an_unknown_problem_names_its_code() -> None:
    assert "what.ever" in sentence(Problem("what.ever"))


def test_a_wait_says_until_when() -> None:
    assert sentence(Problem("net.rate_limited", {"host": "h"}, 1_800_000_000.0)) != sentence(
        Problem("net.rate_limited", {"host": "h"})
    )


def test_why_a_file_was_refused_is_told_in_the_language_of_the_owner() -> None:
    use("pl", FOLDER)
    assert "dysk jest pełny" in sentence(Problem("ui.file_not_written", {"file": "a.csv", "reason": "full"}))
    assert "Input/output error" in sentence(
        Problem("ui.file_not_written", {"file": "a", "reason": "Input/output error"})
    )
