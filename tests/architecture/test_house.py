"""The house rules that a tool does not know: sizes, first lines, words, one lock, no promises."""

from __future__ import annotations

import ast
import re
import subprocess
import tomllib
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[2]
SOURCES = sorted((ROOT / "app").rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))
LONGEST_FILE = 500
MOST_STATEMENTS = 40


def _name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def _trees() -> Iterator[tuple[str, ast.Module]]:
    for path in SOURCES:
        yield _name(path), ast.parse(path.read_text(encoding="utf-8"))


def test_files_are_short_enough() -> None:
    lengths = {_name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in SOURCES + TESTS}
    assert {name: length for name, length in lengths.items() if length > LONGEST_FILE} == {}


def test_modules_say_what_they_are_for() -> None:
    firsts = {name: (ast.get_docstring(tree) or "").partition("\n")[0] for name, tree in _trees()}
    assert {name: first for name, first in firsts.items() if len(first) <= 10} == {}


def test_functions_are_short_enough() -> None:
    counts = {
        f"{name}:{node.name}": sum(isinstance(inner, ast.stmt) for inner in ast.walk(node)) - 1
        for name, tree in _trees()
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
    }
    assert {name: count for name, count in counts.items() if count > MOST_STATEMENTS} == {}


def test_broad_excepts_give_their_reason_or_raise_again() -> None:
    bare = []
    for name, tree in _trees():
        lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
        for node in ast.walk(tree):
            if not isinstance(node, ast.ExceptHandler):
                continue
            broad = (
                node.type is None
                or "Exception" in re.findall(r"\w+", ast.unparse(node.type))
                or "BaseException" in ast.unparse(node.type)
            )
            last = node.body[-1]
            raises = isinstance(last, ast.Raise) and last.exc is None
            if broad and not raises and "#" not in lines[node.lineno - 1]:
                bare.append(f"{name}:{node.lineno}")
    assert not bare


def test_no_vague_module_names() -> None:
    vague = {"utils", "util", "helpers", "helper", "common", "manager", "misc"}
    assert not [p for p in SOURCES if p.stem in vague]


def test_no_promises_in_the_program() -> None:
    promise = re.compile(r"\b(TODO|FIXME|XXX|NotImplementedError)\b")
    assert not [_name(p) for p in SOURCES if promise.search(p.read_text(encoding="utf-8"))]


def test_no_qapplication_instance() -> None:
    assert not [_name(p) for p in SOURCES if "QApplication.instance" in p.read_text(encoding="utf-8")]


def test_no_layout_is_asked_for_its_items() -> None:
    """Qt frees them with their widgets, unseen by Python, and a program that goes on holding them crashes."""
    asked = re.compile(r"\.(itemAt|itemAtPosition)\(")
    assert [_name(path) for path in SOURCES if asked.search(path.read_text(encoding="utf-8"))] == []


def test_faces_hold_no_polish_or_russian_text() -> None:
    foreign = re.compile("[а-яёА-ЯЁąćęłńśźżĄĆĘŁŃŚŹŻ]")
    faces = [p for p in SOURCES if p.parts[len(ROOT.parts) + 1] in {"ui", "cli"}]
    found = []
    for path in faces:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docs = {
            ast.get_docstring(n, clean=False)
            for n in ast.walk(tree)
            if isinstance(n, ast.Module | ast.ClassDef | ast.FunctionDef)
        }
        marked = {
            id(arg)
            for n in ast.walk(tree)
            if isinstance(n, ast.Call) and ast.unparse(n.func) in {"_", "N_", "ngettext"}
            for arg in n.args
        }
        for node in ast.walk(tree):
            text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
            if foreign.search(text) and text not in docs and id(node) not in marked:
                found.append(f"{path.name}: {text}")
    assert faces
    assert not found


def _unmet(asked: Iterable[str], lock: str) -> list[str]:
    """Return what is asked for that a lock file lacks, holds in a version out of bounds, or that has no upper bound."""
    locked: dict[str, set[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE):
        locked.setdefault(canonicalize_name(name), set()).add(version)
    wishes = [Requirement(line) for line in asked]
    return [
        str(wish)
        for wish in wishes
        if not {"<", "<=", "==", "~="} & {one.operator for one in wish.specifier}
        or not (held := locked.get(canonicalize_name(wish.name)))
        or not all(map(wish.specifier.contains, held))
    ]


def test_lock_holds_every_dependency_within_its_bounds() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [
        *project["project"]["dependencies"],
        *project["project"]["optional-dependencies"]["dev"],
        *project["build-system"]["requires"],
    ]
    assert not _unmet(asked, (ROOT / "requirements.lock").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("asked", "is_met"),
    [
        ("requests>=2.32,<3", True),
        ("Requests~=2.30", True),
        ("typing_extensions<5; python_version < '3.12'", True),
        ("typing.extensions[more]<5", True),
        ("numpy>=2,<3", True),
        ("numpy<2.5", False),
        ("requests>=99,<100", False),
        ("requests<2.32", False),
        ("requests>=2.32", False),
        ("typing_extensions; python_version < '3.12'", False),
        ("urllib3<3", False),
    ],
)
def test_a_bound_that_is_not_held_is_found(asked: str, is_met: bool) -> None:
    lock = (
        "numpy==2.4.6 ; python_full_version < '3.12' \\\n    --hash=sha256:00\nnumpy==2.5.5 ; python_full_version >= '3.12' \\\n"
        "requests==2.34.2 \\\n    --hash=sha256:00\ntyping-extensions==4.15.0\n"
    )
    assert (_unmet([asked], lock) == []) == is_met


def test_layers_hold() -> None:
    done = subprocess.run(
        [ROOT / ".venv/bin/lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-2000:]
