"""CSS selectors, as far as picking out a list's entries needs them: names, .classes, #ids, [attributes], spaces, >, commas."""

from __future__ import annotations

import re
from dataclasses import dataclass

from app.sources.pages.tree import Element, Page

LONGEST = 300
"""Characters of a selector."""

_NAME = r"-?[A-Za-z_\u0080-\uffff][\w\u0080-\uffff-]*"
_PART = re.compile(
    rf"""\#(?P<id>{_NAME})|\.(?P<class>{_NAME})
    |\[\s*(?P<attribute>{_NAME})\s*(?:(?P<how>[~^$*]?=)\s*(?:"(?P<quoted>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>{_NAME}|\d+))\s*)?\]""",
    re.VERBOSE,
)
_TYPE = re.compile(rf"\*|{_NAME}")
_COMBINATOR = re.compile(r"\s*(>)\s*|\s+")
_MOST_STEPS = 12


@dataclass(frozen=True, slots=True)
class Test:
    """One condition on an attribute: `how` is «» where it only has to be there, else the CSS operator."""

    attribute: str
    how: str = ""
    value: str = ""

    def holds(self, element: Element) -> bool:
        written = element.attributes.get(self.attribute)
        if written is None:
            return False
        match self.how:
            case "":
                return True
            case "~=":
                return self.value in written.split()
            case "^=":
                return bool(self.value) and written.startswith(self.value)
            case "$=":
                return bool(self.value) and written.endswith(self.value)
            case "*=":
                return bool(self.value) and self.value in written
            case _:
                return written == self.value


@dataclass(frozen=True, slots=True)
class Step:
    """One element of a path: its name («» for any), its conditions, and whether it is a child of the step before."""

    name: str
    tests: tuple[Test, ...]
    child: bool = False

    def holds(self, element: Element) -> bool:
        """Say whether an element fits, wherever it stands."""
        return self.name in {"", element.name} and all(test.holds(element) for test in self.tests)


Selector = tuple[tuple[Step, ...], ...]
"""The paths that commas separate."""


def read_selector(written: str) -> Selector | None:
    """Return a selector, or None where it is none, too long, or has what is not understood here (:pseudo-classes, +, ~)."""
    if not written.strip() or len(written) > LONGEST:
        return None
    paths = [_path(part.strip()) for part in _split(written)]
    return tuple(path for path in paths if path) if all(paths) else None


def _split(written: str) -> list[str]:
    """Return the parts between commas, those inside of brackets aside."""
    parts, depth, start = list[str](), 0, 0
    for position, char in enumerate(written):
        depth += (char == "[") - (char == "]")
        if char == "," and depth == 0:
            parts.append(written[start:position])
            start = position + 1
    return [*parts, written[start:]]


def _path(written: str) -> tuple[Step, ...]:
    """Return the steps of a path, none where it is not understood."""
    steps: list[Step] = []
    position, child = 0, False
    while len(steps) < _MOST_STEPS:
        start = position
        name = _TYPE.match(written, position)
        position = name.end() if name else position
        tests: list[Test] = []
        while part := _PART.match(written, position):
            tests.append(_test(part))
            position = part.end()
        if position == start:
            return ()
        steps.append(Step(name.group().lower() if name and name.group() != "*" else "", tuple(tests), child))
        if position == len(written):
            return tuple(steps)
        between = _COMBINATOR.match(written, position)
        if between is None:
            return ()
        position, child = between.end(), bool(between[1])
    return ()


def _test(part: re.Match[str]) -> Test:
    if part["id"]:
        return Test("id", "=", part["id"])
    if part["class"]:
        return Test("class", "~=", part["class"])
    value = next((text for text in part.group("quoted", "single", "bare") if text is not None), "")
    return Test(part["attribute"].lower(), part["how"] or "", value)


def select(page: Page, selector: Selector) -> list[int]:
    """Return the numbers of the elements that a selector picks, in the order of the page; linear in their number."""
    picked: set[int] = set()
    for path in selector:
        picked |= _picked(page, path)
    return sorted(picked)


def _picked(page: Page, path: tuple[Step, ...]) -> set[int]:
    before: set[int] = set()
    for index, step in enumerate(path):
        below: list[bool] = []
        found: set[int] = set()
        for number, element in enumerate(page.elements):
            up = element.parent
            inside = up >= 0 and (up in before or (not step.child and below[up]))
            below.append(inside)
            if (index == 0 or inside) and step.holds(element):
                found.add(number)
        before = found
        if not found:
            return found
    return before
