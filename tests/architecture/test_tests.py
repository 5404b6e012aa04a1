"""What holds for the tests themselves: each of them can fail."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TESTS = sorted((ROOT / "tests").rglob("*.py"))

ASSERTING = {"raises", "warns", "fail", "waitSignal", "waitSignals", "waitUntil", "waitExposed", "assertNotEmitted"}
"""Calls of pytest and pytest-qt that fail the test in which they do not come true."""

Function = ast.FunctionDef | ast.AsyncFunctionDef


def _called(call: ast.Call) -> str:
    """Return the last name of what is called: «run» of `subprocess.run()`."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _fails(node: ast.AST) -> bool:
    """Say whether a statement or a call fails where something does not hold, of itself."""
    if not isinstance(node, ast.Call):
        return isinstance(node, ast.Assert)
    checked = any(
        word.arg == "check" and isinstance(word.value, ast.Constant) and word.value.value is True
        for word in node.keywords
    )
    return checked or _called(node) in ASSERTING or _called(node).startswith("assert_")


def silent(trees: Iterable[ast.Module]) -> list[str]:
    """Return the tests that assert nothing, neither themselves nor by anything of these files that they call.

    What is called goes by its name alone: it asserts where each function of that name does.
    """
    functions = [node for tree in trees for node in ast.walk(tree) if isinstance(node, Function)]
    calls = [{_called(node) for node in ast.walk(one) if isinstance(node, ast.Call)} for one in functions]
    speaks = [any(map(_fails, ast.walk(one))) for one in functions]
    while True:
        mute = {one.name for one, spoken in zip(functions, speaks, strict=True) if not spoken}
        known = {one.name for one in functions} - mute
        found = [spoken or bool(names & known) for spoken, names in zip(speaks, calls, strict=True)]
        if found == speaks:
            return [
                one.name for one, spoken in zip(functions, speaks, strict=True) if not spoken and one.name[:4] == "test"
            ]
        speaks = found


def test_tests_assert_something() -> None:
    assert silent(ast.parse(path.read_text(encoding="utf-8")) for path in TESTS) == []


@pytest.mark.parametrize(
    "body",
    [
        "assert shown()",
        "with pytest.raises(ValueError):\n        shown()",
        "qtbot.waitUntil(shown)",
        "with qtbot.waitSignal(page.done):\n        shown()",
        "subprocess.run(['x'], check=True)",
        "double.assert_called_once()",
        "for one in all_of_them():\n        is_right(one)",
        "page.is_right_too()",
    ],
)
def test_one_that_asserts_is_heard(body: str) -> None:
    assert silent([_file(body)]) == []


@pytest.mark.parametrize(
    "body",
    [
        "shown()",
        "check = expected(shown)  # assert it",
        "'assert nothing'",
        "subprocess.run(['x'], check=False)",
        "checked(page)",
        "page.sometimes()",
    ],
)
def test_one_that_only_speaks_of_it_is_found(body: str) -> None:
    assert silent([_file(body)]) == ["test_it"]


def _file(body: str) -> ast.Module:
    return ast.parse(
        f"def test_it():\n    {body}\n"
        "def is_right(one):\n    assert one\n"
        "def checked(page):\n    return page\n"
        "class Page:\n    def is_right_too(self):\n        is_right(self)\n    def sometimes(self):\n        is_right(self)\n"
        "class Other:\n    def sometimes(self):\n        pass\n"
    )
