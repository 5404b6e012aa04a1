"""What `make` sets up before anything else: .venv, made anew where it is of no use."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

PYTHON = """#!/bin/sh
# A Python that writes down what it is asked, and makes a .venv of another one like it.
echo "$*" >>"$ASKED"
case "$*" in
*ensurepip*) [ -z "${NO_ENSUREPIP:-}" ] || [ -e installed ] ;;
*-venv*) echo python3.11-venv ;;
"-m venv "*) rm -rf .venv; mkdir -p .venv/bin; sed 's/^# A/PIP=yes # A/' "$0" >.venv/bin/python; chmod +x .venv/bin/python ;;
"-m pip "*) [ -n "${PIP:-}" ] ;;
esac
"""

needs_a_shell = pytest.mark.skipif(os.name == "nt", reason="a script for Unix")


def _program(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    path.chmod(0o755)


def _prepared(folder: Path, **environment: str) -> tuple[list[str], str]:
    """Run prepare.sh there with nothing but our Python on the path; return what that was asked and what was said."""
    tools = folder / "tools"
    for name in ("sh", "sed", "rm", "mkdir", "chmod", "id", "tail", "grep", "touch"):
        tools.mkdir(exist_ok=True)
        found = shutil.which(name)
        assert found
        (tools / name).symlink_to(found)
    _program(tools / "python3.11", PYTHON)
    asked = folder / "asked"
    done = subprocess.run(
        ["sh", ROOT / "installer" / "prepare.sh"],
        cwd=folder,
        env={"PATH": str(tools), "ASKED": str(asked), **environment},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return asked.read_text().splitlines(), done.stderr


def _venv(folder: Path, *, pip: bool) -> None:
    _program(folder / ".venv" / "bin" / "python", PYTHON.replace("# A", "PIP=yes # A") if pip else PYTHON)
    (folder / ".venv" / "kept").touch()


@needs_a_shell
def test_a_venv_is_made_where_there_is_none(tmp_path: Path) -> None:
    asked, _ = _prepared(tmp_path)
    assert any(line.startswith("-m venv ") for line in asked)
    assert any("--require-hashes -r requirements.lock" in line for line in asked)


@needs_a_shell
def test_one_that_is_whole_is_kept(tmp_path: Path) -> None:
    _venv(tmp_path, pip=True)
    asked, _ = _prepared(tmp_path)
    assert (tmp_path / ".venv" / "kept").exists()
    assert not [line for line in asked if line.startswith("-m venv")]


@needs_a_shell
@pytest.mark.parametrize("half", ["without pip", "its Python gone"])
def test_one_of_no_use_is_made_anew(tmp_path: Path, half: str) -> None:
    _venv(tmp_path, pip=False)
    if half == "its Python gone":
        (tmp_path / ".venv" / "bin" / "python").unlink()
        (tmp_path / ".venv" / "bin" / "python").symlink_to(tmp_path / "python3.9")
    _prepared(tmp_path)
    assert not (tmp_path / ".venv" / "kept").exists()
    assert _prepared_again(tmp_path)


def _prepared_again(folder: Path) -> bool:
    shutil.rmtree(folder / "tools")
    (folder / "asked").unlink()
    asked, _ = _prepared(folder)
    return not [line for line in asked if line.startswith("-m venv")]


@needs_a_shell
def test_debian_is_asked_for_the_venv_of_this_very_python(tmp_path: Path) -> None:
    _program(tmp_path / "tools" / "apt-get", '#!/bin/sh\necho "apt-get $*" >>"$ASKED"; touch installed\n')
    _program(tmp_path / "tools" / "dpkg-query", '#!/bin/sh\n[ "${4##*-venv*}" ] && echo install ok installed\n')
    _program(tmp_path / "tools" / "sudo", '#!/bin/sh\n"$@"\n')
    asked, said = _prepared(tmp_path, NO_ENSUREPIP="yes")
    assert "Installing: python3.11-venv" in said
    assert [line.split()[-1] for line in asked if line.startswith("apt-get") and " install " in line] == [
        "python3.11-venv"
    ]


def test_make_alone_lists_every_word() -> None:
    text = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = re.search(r"^\.PHONY: (.*)$", text, re.MULTILINE)
    assert words
    listed = set(re.findall(r'@echo "make ([\w-]+)', text))
    packages = {"test-packages-linux", "test-packages-windows"}
    assert set(words[1].split()) == listed | packages | {"help"}
    assert {*re.findall(r"^([a-z][\w-]*):", text, re.MULTILINE)} == set(words[1].split()), "each word is .PHONY"


@pytest.mark.skipif(not shutil.which("make"), reason="needs make")
@pytest.mark.parametrize("python", ["there", "gone"])
def test_make_sees_that_the_python_of_the_venv_is_gone(tmp_path: Path, python: str) -> None:
    for name in ("Makefile", "pyproject.toml", "requirements.lock", "installer/prepare.sh"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copy2(ROOT / name, tmp_path / name)
    _venv(tmp_path, pip=True)
    (tmp_path / ".venv" / ".prepared").touch()
    if python == "gone":
        (tmp_path / ".venv" / "bin" / "python").unlink()
    done = subprocess.run(["make", "-n", "run"], cwd=tmp_path, capture_output=True, text=True, timeout=60, check=True)
    assert ("prepare.sh" in done.stdout) == (python == "gone")
