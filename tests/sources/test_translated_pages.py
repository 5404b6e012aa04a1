"""The translated help pages of the sources say what the English ones say: nothing left out, no figure or address changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from app.words import LANGUAGES

PAGES = Path(__file__).resolve().parents[2] / "docs" / "sources"
NAMES = sorted(page.stem for page in PAGES.glob("*.md") if page.stem != "README")
FOLDERS = sorted(folder.name for folder in PAGES.iterdir() if folder.is_dir())
COMPLETE = ("pl", "ru")
"""Languages in which no page may be missing; in others the program shows the English one."""

_HEADING = re.compile(r"(?m)^(#+) +(.+)$")
_CODE = re.compile(r"`([^`]+)`")
_LINK = re.compile(r"\]\(([^)\s]+)\)")
_ADDRESS = re.compile(r"(?:https?://)?(?:[a-zA-Z0-9-]+\.)+[a-z]{2,}\b(?:/[\w./-]*\w)?", re.ASCII)
_STEP = re.compile(r"(?m)^ *\d+\. ")
_FIGURE = re.compile(r"\d+(?:[.:]\d+)*")
_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:,\d{3})+)(?![\d.,]\d)")
_SPACED_THOUSANDS = re.compile(r"(?<![\d.,])(\d{1,3})((?:[ \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]\d{3})+)(?!\d)")


def differences(english: str, page: str) -> list[str]:
    """Return in which sections a page translated from an English one has something else than it, and what."""
    levels = [[len(marks) for marks, _title in _HEADING.findall(text)] for text in (english, page)]
    if levels[0] != levels[1]:
        return [f"levels of headings: English {levels[0]}, here {levels[1]}"]
    found = []
    for (_title, theirs), (title, ours) in zip(_sections(english), _sections(page), strict=True):
        wanted, there = _parts(theirs, in_english=True), _parts(ours, in_english=False)
        for kind, counted in wanted.items():
            if missing := counted - there[kind]:
                found.append(f"«{title}»: {kind} missing: {_listed(missing)}")
            if more := there[kind] - counted:
                found.append(f"«{title}»: {kind} that English has not: {_listed(more)}")
    return found


def _sections(page: str) -> Iterator[tuple[str, str]]:
    """Yield each heading with itself and what stands below it, up to the next."""
    starts = [(match.start(), match[2]) for match in _HEADING.finditer(page)]
    ends = [start for start, _title in starts[1:]] + [len(page)]
    for (start, title), end in zip(starts, ends, strict=True):
        yield title, page[start:end]


def _parts(section: str, *, in_english: bool) -> dict[str, Counter[str]]:
    prose = _LINK.sub("]", _CODE.sub("", section))
    lines = [line.strip() for line in prose.splitlines()]
    targets = _LINK.findall(section)
    if not in_english:
        targets = [target.removeprefix("../") if target.startswith("../../") else target for target in targets]
    return {
        "table rows": Counter(f"of {line.count('|') - 1} cells" for line in lines if line.startswith("|")),
        "list items": Counter("-" for line in lines if line.startswith("- ")),
        "steps": Counter("-" for _step in _STEP.findall(prose)),
        "paragraphs": Counter("-" for block in section.split("\n\n") if block.strip()),
        "code": Counter(" ".join(code.split()) for code in _CODE.findall(section)),
        "links": Counter(targets),
        "addresses": Counter(_ADDRESS.findall(prose)),
        "figures": Counter(_figures(_STEP.sub("", _ADDRESS.sub("", prose)), in_english=in_english)),
    }


def _figures(text: str, *, in_english: bool) -> list[str]:
    """Return the figures in a text as «1000.5»; English writes «1,000.5» and the others «1 000,5»."""
    if in_english:
        text = _THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
    else:
        text = _SPACED_THOUSANDS.sub(lambda match: re.sub(r"\D", "", match[0]), text)
        text = re.sub(r"(?<=\d),(?=\d)", ".", text)
    return _FIGURE.findall(text)


def _listed(counted: Counter[str]) -> str:
    return ", ".join(one if number == 1 else f"{one} ({number} times)" for one, number in counted.items())


def _dead(folder: Path, page: str) -> list[str]:
    """Return the links of a page in `folder` that lead to no file, neither beside it nor, as in the program, in English."""
    paths = [target.partition("#")[0] for target in _LINK.findall(page) if "://" not in target]
    return [path for path in paths if path and not (folder / path).is_file() and not (PAGES / path).is_file()]


ENGLISH = """# Feed

Costs 1,000 units or 0.50 € a day; see [E-mail](mailbox.md) and [the guide](../user-guide.md#bell), tried with 0.14.0.

## Three steps

1. Open `isso.cfg` at example.com/keys.
2. Wait 5, 10 minutes.

| it says | do |
|---|---|
| `a | b` | nothing |

- One in 2026.
"""
POLISH = """# Kanał

Kosztuje 1\N{NO-BREAK SPACE}000 jednostek lub 0,50 € dziennie, sprawdzone z 0.14.0; zob. [przewodnik](../../user-guide.md#bell)
i [E-mail](mailbox.md).

## Trzy kroki

1. Pod adresem example.com/keys otwórz `isso.cfg`.
2. Poczekaj 5, 10 minut.

| program mówi | co zrobić |
|---|---|
| `a | b` | nic |

- W 2026 jeden.
"""


def test_a_faithful_translation_differs_in_nothing() -> None:
    assert differences(ENGLISH, ENGLISH.replace("../user", "../../user").replace("1,000", "1000")) == []
    assert differences(ENGLISH, POLISH) == []
    assert differences("# A\n\nSet `a\nb`; in 2026 300 more.\n", "# A\n\nw 2026 300 więcej; `a b`\n") == []


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        ("## Trzy", "### Trzy", "levels of headings: English [1, 2], here [1, 3]"),
        ("1\N{NO-BREAK SPACE}000", "1,000", "«Kanał»: figures missing: 1000"),
        ("1\N{NO-BREAK SPACE}000", "10\N{NO-BREAK SPACE}000", "«Kanał»: figures that English has not: 10000"),
        ("0,50", "0,5", "«Kanał»: figures missing: 0.50"),
        ("5, 10", "10, 10", "«Trzy kroki»: figures missing: 5"),
        ("(mailbox.md)", "(../mailbox.md)", "«Kanał»: links that English has not: ../mailbox.md"),
        ("../../user", "../user", None),
        ("`isso.cfg`", "isso.cfg", "«Trzy kroki»: code missing: isso.cfg"),
        ("example.com/keys", "example.com/key", "«Trzy kroki»: addresses missing: example.com/keys"),
        ("| `a | b` | nic |\n", "", "«Trzy kroki»: table rows missing: of 2 cells"),
        ("| nic |", "| nic | |", "«Trzy kroki»: table rows that English has not: of 3 cells"),
        ("2. Poczekaj", "   Poczekaj", "«Trzy kroki»: steps missing: -"),
        ("- W 2026 jeden.\n", "W 2026 jeden.\n", "«Trzy kroki»: list items missing: -"),
        ("jeden.\n", "jeden.\n\nI jeszcze coś.\n", "«Trzy kroki»: paragraphs that English has not: -"),
    ],
)
def test_what_differs_is_named_with_its_section(right: str, wrong: str, told: str | None) -> None:
    assert right in POLISH
    found = differences(ENGLISH, POLISH.replace(right, wrong))
    assert (told in found) if told else not found, found


def test_the_folders_are_languages_of_the_program_and_hold_no_page_of_their_own() -> None:
    assert set(COMPLETE) <= set(FOLDERS) <= LANGUAGES.keys() - {"en"}
    strange = [f"{one}/{page.name}" for one in FOLDERS for page in (PAGES / one).glob("*") if page.stem not in NAMES]
    assert strange == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("language", sorted({*COMPLETE, *FOLDERS}))
def test_a_translated_page_says_the_same(language: str, name: str) -> None:
    file = PAGES / language / f"{name}.md"
    if not file.is_file():
        assert language not in COMPLETE, f"{language}/{name}.md is missing"
        return
    page = file.read_text(encoding="utf-8")
    found = differences((PAGES / f"{name}.md").read_text(encoding="utf-8"), page)
    assert found == [], f"{language}/{name}.md differs from the English page:\n" + "\n".join(found)
    assert _dead(file.parent, page) == [], f"links of {language}/{name}.md that lead nowhere"


@pytest.mark.parametrize("name", [*NAMES, "README"])
def test_no_link_of_an_english_page_leads_nowhere(name: str) -> None:
    assert _dead(PAGES, (PAGES / f"{name}.md").read_text(encoding="utf-8")) == []
